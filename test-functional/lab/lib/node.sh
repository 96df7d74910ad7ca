# shellcheck shell=bash
# A node is a process group of User Mode Linux. Killing the group is the power cut; deleting its folder is a new machine.

lab_up() {
  local n image_was
  image_was=$(cat "$lab_dir/image" 2>/dev/null || true)
  if [ "$image_was" != "$image" ]; then
    [ -z "$image_was" ] || say 'the image is a new one: nodes and saved disks of the old one are dropped'
    lab_down
    rm -rf "$saved_dir"; mkdir -p "$saved_dir"
  fi
  [ -n "$(running_nodes)" ] || sweep
  own_folders
  network_up
  echo "$image" >"$lab_dir/image"
  write_known_hosts
  start_nodes "$1"
  await_nodes "$1"
}

lab_down() {
  local n
  for n in $(known_nodes); do cut_power "$n"; done
  sweep
  rm -rf "$node_dir" "$uml_dir" "$lab_dir/image" "$lab_dir"/relay-*.sock "$lab_dir/known_hosts"
}

# Ends what a killed "lab" command, or a killed caller of it, has left behind: everything of ours, found without any file.
sweep() {
  local pids pid
  if [ -e "/run/netns/$LAB_NETNS" ]; then
    pids=$(ip netns pids "$LAB_NETNS")
    for pid in $pids; do
      tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF -e "umid=" -e socat || continue
      tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF "$lab_dir/" ||
        fail "network namespace $LAB_NETNS is in use by another lab (process $pid); choose another number with BRICKLAYER_LAB_ID"
    done
    # shellcheck disable=SC2086
    [ -z "$pids" ] || kill -9 $pids 2>/dev/null || true
    await_empty_netns
  fi
  network_down
}

await_empty_netns() {
  local i
  for ((i = 0; i < 500; i++)); do
    [ -n "$(ip netns pids "$LAB_NETNS")" ] || return 0
    sleep 0.02
  done
  fail "processes in network namespace $LAB_NETNS do not end: $(ip netns pids "$LAB_NETNS" | tr '\n' ' ')"
}

known_nodes() { (cd "$node_dir" 2>/dev/null && ls) || true; }

running_nodes() {
  local n
  for n in $(known_nodes); do
    [ -z "$(pid_of "$n")" ] || echo "$n"
  done
}

# Processes of a node are found by their command line: a file with a number in it outlives what it names.
pids_of() { pgrep -f -- "^$image_dir/[0-9a-f]+/linux\\.uml umid=n$1 uml_dir=$uml_dir/" || true; }

# The process groups of a node: one when it runs, none when it is off.
groups_of() {
  local pids
  pids=$(pids_of "$1" | paste -sd,)
  [ -z "$pids" ] || ps -o pgid= -p "$pids" | tr -d ' ' | sort -u
}

# The process that drives the node; nothing when it does not run.
pid_of() {
  local group
  for group in $(groups_of "$1"); do
    ! pids_of "$1" | grep -qx "$group" || echo "$group"
  done
}

start_nodes() {
  local n
  for n in $1; do
    relay_up "$n"
    [ -n "$(pid_of "$n")" ] || { cut_power "$n"; start_node "$n"; }
  done
}

start_node() {
  local n=$1 dir=$node_dir/$1 i disks=()
  image=$(cat "$lab_dir/image")
  mkdir -p "$dir" "$uml_dir"
  tap_up "$n"
  for ((i = 0; i < LAB_DISKS; i++)); do
    local disk=$dir/${LAB_DISK_LETTERS[i]}.raw
    [ -e "$disk" ] || truncate -s "$LAB_DISK_SIZE" "$disk"
    disks+=("ubd$((i + 1))=$disk")
  done
  : >"$dir/console.log"
  # Its memory is a file in /dev/shm, which in containers is often tiny or noexec.
  local memory=/dev/shm
  roomy_and_executable $memory || memory=$lab_dir
  # One core for each node: handing a traced process over to another core is what makes an unpinned node three times slower.
  # The network card is the one whose name the kernel gives it: vec0.
  ( close_lock
    TMPDIR=$memory exec setsid taskset -c $((n % $(nproc))) ip netns exec "$LAB_NETNS" "$image/linux.uml" \
      "umid=n$n" "uml_dir=$uml_dir/" "mem=$LAB_MEMORY" "ubd0=$dir/root.cow,$image/root.img" "${disks[@]}" \
      root=/dev/ubda rw init=/sbin/lab-init quiet "lab.name=n$n" "lab.ip=$(storage_ip "$n")/24" lab.if=vec0 \
      "vec0:transport=tap,ifname=tap$n,depth=64,gro=1,mac=$(printf '02:77:00:00:00:%02x' "$n")" \
      con=null con0=null,fd:1 </dev/null >"$dir/console.log" 2>&1 ) &
}

roomy_and_executable() {
  local free
  free=$(df --output=avail -B1M "$1" 2>/dev/null | tail -n1) || return 1
  [ "$free" -ge $((LAB_NODES * 400)) ] && ! findmnt -no OPTIONS "$1" | grep -qw noexec
}

# Bounded by LAB_WAIT for all of them together.
await_nodes() {
  local n deadline=$((SECONDS + LAB_WAIT))
  for n in $1; do
    until grep -q '^lab: .* ready' "$node_dir/$n/console.log" 2>/dev/null; do
      ! grep -q 'Kernel panic' "$node_dir/$n/console.log" 2>/dev/null || fail "node $n: $(grep -m1 'Kernel panic' "$node_dir/$n/console.log") (see $node_dir/$n/console.log)"
      [ $SECONDS -lt $deadline ] || fail "node $n did not come up within $LAB_WAIT s, see $node_dir/$n/console.log"
      sleep 0.05
    done
  done
}

# Without its helper processes gone a node's tap stays taken, and the next start fails. Zombies hold nothing, and where PID 1 does not reap
# (a container) they stay.
cut_power() {
  local group i
  for group in $(groups_of "$1"); do
    kill -9 -- "-$group" 2>/dev/null || true
    for ((i = 0; i < 500; i++)); do
      ps -e -o pgid=,stat= | awk -v group="$group" '$1 == group && $2 !~ /^Z/ { alive = 1 } END { exit !alive }' || break
      sleep 0.02
    done
    [ $i -lt 500 ] || fail "node $1 does not end (process group $group)"
  done
  rm -rf "${uml_dir:?}/n$1"
}

# The first process only: it drives the others, and stopping them too leaves the node broken.
signal_node() {
  local pid
  pid=$(pid_of "$1")
  [ -n "$pid" ] || fail "node $1 does not run"
  kill "-$2" "$pid"
}

node_ssh() { # USER N CMD..
  local user=$1 n=$2; shift 2
  image=$(cat "$lab_dir/image")
  exec ssh -o LogLevel=ERROR -p "$LAB_PORT" -i "$image/id" -o UserKnownHostsFile="$lab_dir/known_hosts" -o GlobalKnownHostsFile=/dev/null \
    -o IdentitiesOnly=yes -o BatchMode=yes -o ConnectTimeout=30 -o ServerAliveInterval=5 "$user@$(manage_ip "$n")" "$@"
}

write_known_hosts() {
  local n
  for ((n = 1; n <= LAB_NODES_MAX; n++)); do
    echo "[$(manage_ip "$n")]:$LAB_PORT $(cat "$image/host_key")"
  done >"$lab_dir/known_hosts"
}

set_sudo() {
  local rules=/etc/sudoers.d/brick program=/usr/bin/sudo
  local undo="[ ! -e $program.away ] || mv $program.away $program; [ ! -e /root/sudoers.brick ] || mv /root/sudoers.brick $rules"
  case $2 in
    granted) node_ssh root "$1" "$undo" ;;
    denied) node_ssh root "$1" "$undo; mv $rules /root/sudoers.brick" ;;
    missing) node_ssh root "$1" "$undo; mv $program $program.away" ;;
    *) wrong_usage "sudo is granted, denied or missing, not '$2'" ;;
  esac
}
