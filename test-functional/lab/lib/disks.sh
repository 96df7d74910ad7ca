# shellcheck shell=bash
# Disks as they were at some moment. All of a node is its disks, so a copy of them and a new boot is that moment again.

reset_nodes() {
  local n
  for n in $1; do
    cut_power "$n"
    rm -rf "${node_dir:?}/$n"
  done
  start_nodes "$1"
  await_nodes "$1"
}

# Nodes are stopped for it: a copy made under a running node could hold one half of a write.
save_disks() {
  local n target=$saved_dir/$1
  for n in $(running_nodes); do (node_ssh root "$n" sync </dev/null) || fail "node $n could not write back its disks"; done
  rm -rf "$target" "$target.new"; mkdir -p "$target.new"
  local all; all=$(running_nodes)
  for n in $all; do
    cut_power "$n"
    cp -a --sparse=always "$node_dir/$n" "$target.new/"
    start_node "$n"
  done
  cp "$lab_dir/image" "$target.new/image"
  mv "$target.new" "$target"
  await_nodes "$all"
}

has_saved() {
  [ -e "$saved_dir/$1/image" ] && [ "$(cat "$saved_dir/$1/image")" = "$image_dir/$(image_stamp)" ]
}

restore_disks() {
  local n all
  has_saved "$1" || fail "no disks are kept under the name '$1' for the present image"
  all=$(cd "$saved_dir/$1" && ls -d [0-9]*)
  for n in $(known_nodes); do cut_power "$n"; rm -rf "${node_dir:?}/$n"; done
  for n in $all; do cp -a --sparse=always "$saved_dir/$1/$n" "$node_dir/"; done
  start_nodes "$all"
  await_nodes "$all"
}

forget_disks() { rm -rf "${saved_dir:?}/$1"; }

remove_all() {
  rm -rf "$lab_dir"
  # Images are shared: those that another lab runs on stay.
  local dir
  for dir in "$image_dir"/*/; do
    dir=${dir%/}
    grep -qsxF "$dir" "$LAB"/lab-*/image || rm -rf "$dir"
  done
}
