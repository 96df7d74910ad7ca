# shellcheck shell=bash
# What a lab needs from this machine, asked before anything is touched, and the folders and locks it works under.

host_packages=(mmdebstrap iproute2 socat openssh-client e2fsprogs kmod procps)

need_root() {
  [ "$(id -u)" = 0 ] || cannot_run 'it needs root (network namespaces, tap devices)'
}

need_lab() {
  [ "$(uname -s)" = Linux ] || cannot_run 'it needs Linux'
  [ "$(uname -m)" = x86_64 ] || cannot_run "Debian builds User Mode Linux for x86_64 only, this is $(uname -m)"
  need_root
  command -v apt-get >/dev/null && command -v dpkg >/dev/null ||
    cannot_run 'kernel and root file system come from Debian packages, and there is no apt-get here'
  install_missing_packages
  [ -c /dev/net/tun ] || cannot_run 'there is no /dev/net/tun (in a container: --device /dev/net/tun)'
  local probe=bricklab-probe-$$ works=yes
  ip netns add "$probe" 2>/dev/null || cannot_run '"ip netns add" is refused (in a container: --cap-add SYS_ADMIN,NET_ADMIN)'
  ip -n "$probe" tuntap add probe mode tap 2>/dev/null || works=no
  ip netns del "$probe"
  [ $works = yes ] || cannot_run 'a tap device cannot be made in a network namespace (needs NET_ADMIN and the tun module)'
  own_folders
}

need_running() {
  need_root
  [ -e "$lab_dir/image" ] && [ -e "/run/netns/$LAB_NETNS" ] || fail "lab $LAB_ID is not up: run \"lab up\" first"
}

install_missing_packages() {
  local missing=() p
  for p in "${host_packages[@]}"; do
    dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null | grep -qx installed || missing+=("$p")
  done
  [ ${#missing[@]} != 0 ] || return 0
  say "installing ${missing[*]}"
  quiet_apt update || true # an unreachable mirror shows when the packages are asked for
  quiet_apt install -y --no-install-recommends "${missing[@]}" || cannot_run "these packages cannot be installed: ${missing[*]}"
}

quiet_apt() {
  local log; log=$(mktemp)
  if DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@" </dev/null >"$log" 2>&1; then
    rm -f "$log"
  else
    grep -E '^(E|W|Err)' "$log" >&2 || tail -n 5 "$log" >&2
    rm -f "$log"
    return 1
  fi
}

# A key that logs in to the nodes and their disks lie there: for nobody else's eyes, and not where somebody else made the folder.
own_folders() {
  mkdir -p -m 700 "$LAB"
  [ -O "$LAB" ] || fail "$LAB belongs to someone else; choose another folder with BRICKLAYER_LAB"
  chmod 700 "$LAB"
  [ ${#lab_dir} -le 80 ] || fail "the path $lab_dir is too long for the sockets below it; choose a shorter one with BRICKLAYER_LAB"
  mkdir -p "$lab_dir" "$node_dir" "$saved_dir" "$uml_dir"
}

# Held until this process ends. What is started to stay closes it first, or it would hold it for ever.
take_lock() {
  mkdir -p -m 700 "$LAB" "$lab_dir"
  exec {lab_lock}>"$lab_dir/lock"
  flock -w 600 "$lab_lock" || fail "another \"lab\" command has held $lab_dir/lock for 10 minutes"
}

close_lock() { [ -z "${lab_lock:-}" ] || exec {lab_lock}>&-; }
