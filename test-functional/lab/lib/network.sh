# shellcheck shell=bash
# The network: a bridge in a namespace of its own, a tap for each node, and for each node a relay from this machine's loopback to its sshd,
# so that the machine's own network has no interface, address or route of the lab in it.

in_netns() { ip netns exec "$LAB_NETNS" "$@"; }

network_up() {
  [ ! -e "/run/netns/$LAB_NETNS" ] || return 0
  ip netns add "$LAB_NETNS"
  ip -n "$LAB_NETNS" link set lo up
  ip -n "$LAB_NETNS" link add br0 type bridge
  ip -n "$LAB_NETNS" addr add "$(storage_ip 254)/24" dev br0
  ip -n "$LAB_NETNS" link set br0 up
}

tap_up() {
  ip -n "$LAB_NETNS" link show "tap$1" >/dev/null 2>&1 || ip -n "$LAB_NETNS" tuntap add "tap$1" mode tap
  plug_in "$1"
}

# Out of the bridge, not down: User Mode Linux never uses an interface again that once was down.
unplug() { ip -n "$LAB_NETNS" link set "tap$1" nomaster; }
plug_in() { ip -n "$LAB_NETNS" link set "tap$1" master br0 up; }

# A unix socket joins the two namespaces.
relay_up() {
  local n=$1 socket=$lab_dir/relay-$1.sock ip
  ip=$(manage_ip "$n")
  relay_runs "UNIX-LISTEN:$socket" ||
    detached ip netns exec "$LAB_NETNS" socat "UNIX-LISTEN:$socket,fork,unlink-early" "TCP:$(storage_ip "$n"):22,connect-timeout=5"
  relay_runs "UNIX-CONNECT:$socket" || {
    [ -z "$(ss -Hltn "src $ip:$LAB_PORT")" ] || fail "$ip:$LAB_PORT is taken; choose another port with BRICKLAYER_LAB_PORT"
    detached socat "TCP-LISTEN:$LAB_PORT,bind=$ip,fork,reuseaddr" "UNIX-CONNECT:$socket"
  }
}

# Relays are found by what they serve: a file with their numbers would outlive them.
relay_runs() { pgrep -f "^socat .*$1" >/dev/null; }
relays() { pgrep -f "^socat .*UNIX-(LISTEN|CONNECT):$lab_dir/relay-" || true; }

# All streams closed, or whoever reads the output of "lab up" would wait for the relay to end; and without the lab's lock.
detached() {
  ( close_lock; exec setsid "$@" </dev/null >/dev/null 2>&1 ) &
}

network_down() {
  local pids
  pids=$(relays)
  # shellcheck disable=SC2086
  [ -z "$pids" ] || kill -9 $pids 2>/dev/null || true
  [ -e "/run/netns/$LAB_NETNS" ] || return 0
  ip netns del "$LAB_NETNS"
}
