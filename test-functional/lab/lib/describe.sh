# shellcheck shell=bash
# What others need to know about the lab.

lab_status() {
  local n state all
  all=$(known_nodes)
  [ -n "$all" ] || { echo "lab $LAB_ID is down"; return; }
  for n in $all; do
    state='is off'
    [ -z "$(pid_of "$n")" ] || state="runs as process $(pid_of "$n")"
    echo "node $n $state; ssh root@$(manage_ip "$n") port $LAB_PORT, storage $(storage_ip "$n"); $(tail -n1 "$node_dir/$n/console.log" 2>/dev/null)"
  done
}

# Each node is a zone of its own, so that a replica set spreads over nodes whichever way a placer looks at it.
lab_topology() {
  whole_number 'the number of nodes' "$1" 1 "$LAB_NODES_MAX"
  whole_number 'the number of devices' "$2" 1 ${#LAB_DISK_LETTERS[@]}
  local n i node=() device
  for ((n = 1; n <= $1; n++)); do
    device=()
    for ((i = 0; i < $2; i++)); do device+=("\"/dev/vd${LAB_DISK_LETTERS[i]}\""); done
    node+=("
    { \"node\": { \"hostnames\": { \"manage\": [\"$(manage_ip "$n")\"], \"storage\": [\"$(storage_ip "$n")\"] }, \"zone\": $n },
      \"devices\": [$(join ', ' "${device[@]}")] }")
  done
  printf '{ "clusters": [ { "nodes": [%s\n] } ] }\n' "$(join ',' "${node[@]}")"
}

join() {
  local by=$1 all=$2; shift 2
  local one
  for one; do all+=$by$one; done
  printf '%s' "$all"
}

lab_config() {
  need_running
  local sudo=false
  [ "$1" = root ] || sudo=true
  cat <<X
{
  "executor": "ssh",
  "sshexec": {
    "keyfile": "$(cat "$lab_dir/image")/id",
    "user": "$1",
    "sudo": $sudo,
    "port": "$LAB_PORT",
    "fstab": "/etc/fstab"
  }
}
X
}

lab_env() {
  cat <<X
LAB=$LAB
LAB_ID=$LAB_ID
LAB_NODES=$LAB_NODES
LAB_DISKS=$LAB_DISKS
LAB_PORT=$LAB_PORT
LAB_NETNS=$LAB_NETNS
LAB_KEY=$image_dir/$(image_stamp)/id
LAB_KNOWN_HOSTS=$lab_dir/known_hosts
LAB_CONSOLES=$node_dir
X
}
