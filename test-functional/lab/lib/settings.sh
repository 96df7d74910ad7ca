# shellcheck shell=bash disable=SC2034
# What a lab is called and where it lies. Everything that could collide between two labs follows from LAB_ID.

LAB=${BRICKLAYER_LAB:-/var/tmp/bricklayer-lab}
LAB_ID=${BRICKLAYER_LAB_ID:-0}
LAB_NODES=${BRICKLAYER_LAB_NODES:-3}
LAB_DISKS=${BRICKLAYER_LAB_DISKS:-3}
LAB_DISK_SIZE=${BRICKLAYER_LAB_DISK_SIZE:-20G}
LAB_MEMORY=${BRICKLAYER_LAB_MEMORY:-512M}
LAB_WAIT=${BRICKLAYER_LAB_WAIT:-180}

LAB_NODES_MAX=32
LAB_DISK_LETTERS=(b c d e f g h)

say() { printf 'lab: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# Exit status 3 is a promise to whoever runs tests: nothing is broken, this machine just cannot run a lab.
cannot_run() { say "this machine cannot run a lab: $*"; exit 3; }

whole_number() { # NAME VALUE LOW HIGH
  [[ $2 =~ ^(0|[1-9][0-9]{0,5})$ ]] && [ "$2" -ge "$3" ] && [ "$2" -le "$4" ] ||
    { say "$1 is '$2', it must be a number from $3 to $4"; exit 2; }
}
whole_number BRICKLAYER_LAB_ID "$LAB_ID" 0 99
LAB_PORT=${BRICKLAYER_LAB_PORT:-$((2222 + LAB_ID))}
LAB_NETNS=${BRICKLAYER_LAB_NETNS:-bricklab$LAB_ID}
whole_number BRICKLAYER_LAB_NODES "$LAB_NODES" 1 $LAB_NODES_MAX
whole_number BRICKLAYER_LAB_DISKS "$LAB_DISKS" 1 ${#LAB_DISK_LETTERS[@]}
whole_number BRICKLAYER_LAB_PORT "$LAB_PORT" 1 65535
whole_number BRICKLAYER_LAB_WAIT "$LAB_WAIT" 1 3600

lab_dir=$LAB/lab-$LAB_ID  # of this lab: disks, consoles, sockets
node_dir=$lab_dir/node     # node/N: root.cow, b.raw.., console.log
saved_dir=$lab_dir/saved   # saved/NAME/N: copies of those disks
uml_dir=$lab_dir/uml       # User Mode Linux keeps its own folders here, and empties them
image_dir=$LAB/image       # image/STAMP: shared by all labs, never changed once built

manage_ip() { echo "127.0.1.$1"; }
storage_ip() { echo "10.77.0.$1"; }
