# shellcheck shell=bash
# The image: Debian's User Mode Linux kernel, a root file system for it, and the key that logs in. An image is known by the hash of what it
# is made from and never changes: nodes keep only their differences from it, and those are void when it changes.

image_stamp() {
  cat "$here/lib/image.sh" "$here/image/"* | sha256sum | cut -c1-16
}

image_packages=(
  openssh-server sudo glusterfs-server lvm2 thin-provisioning-tools xfsprogs
  iproute2 iputils-ping procps psmisc kmod attr
)
kernel_modules=(dm-mod dm-thin-pool dm-snapshot dm-mirror fuse loop overlay ipv6 target_core_user target_core_file tcm_loop)

build_image() {
  image=$image_dir/$(image_stamp)
  [ ! -e "$image" ] || return 0
  mkdir -p "$image_dir"
  exec {image_lock}>"$image_dir/lock"
  flock -w 1800 "$image_lock" || fail "another lab has been building an image for 30 minutes ($image_dir/lock)"
  if [ ! -e "$image" ]; then
    local began=$SECONDS
    build_into "$image_dir/new"
    mv "$image_dir/new" "$image"
    say "image built in $((SECONDS - began)) s: $image ($(du -sh "$image" | cut -f1))"
  fi
  exec {image_lock}>&-
}

build_into() {
  local out=$1 tmp=$1/tmp suite sources
  suite=$(. /etc/os-release; echo "${VERSION_CODENAME-}")
  sources=/etc/apt/sources.list.d/debian.sources
  [ -e "$sources" ] || sources=/etc/apt/sources.list
  apt_sources_are_debian "$sources" && [ -n "$suite" ] ||
    cannot_run "the nodes are made from Debian's packages, and apt has no Debian sources here ($sources)"

  rm -rf --one-file-system "$out"; mkdir -p "$tmp"
  say '1/5 kernel: downloading user-mode-linux'
  apt-cache show user-mode-linux >/dev/null 2>&1 || quiet_apt update || true
  apt-cache show user-mode-linux >/dev/null 2>&1 || cannot_run 'apt knows no package user-mode-linux'
  unpack_kernel "$tmp" "$out"

  say "2/5 root file system: Debian $suite with ${#image_packages[@]} packages (about a minute)"
  # The sources of this machine are used as they are, so no mirror is written down here. Such a mirror may be a frozen one: then its
  # release files have expired, which says nothing about the packages.
  mmdebstrap --quiet --variant=minbase --mode=root \
    --aptopt='Acquire::Check-Valid-Until "false"' --aptopt='APT::Install-Recommends "false"' \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --include="$(IFS=,; echo "${image_packages[*]}")" \
    "$suite" "$tmp/root" "$sources" >&2 || fail 'mmdebstrap could not make the root file system'

  say '3/5 settings of a node'
  furnish "$tmp/root" "$out"
  say '4/5 kernel modules'
  copy_modules "$tmp/uml/usr/lib/uml/modules" "$tmp/root"
  say '5/5 packing root.img'
  truncate -s 2G "$out/root.img"
  mke2fs -q -t ext4 -J size=8 -E root_owner=0:0 -d "$tmp/root" "$out/root.img"
  chmod a-w "$out/root.img"
  rm -rf "$tmp"
}

apt_sources_are_debian() {
  [ -e "$1" ] && (. /etc/os-release; [ "${ID-}" = debian ])
}

# Unpacked, not installed: nothing of it belongs on this machine.
unpack_kernel() {
  local tmp=$1 out=$2
  (cd "$tmp" && quiet_apt -o APT::Sandbox::User=root download user-mode-linux) || fail 'user-mode-linux could not be downloaded'
  dpkg-deb -x "$tmp"/user-mode-linux_*.deb "$tmp/uml"
  cp "$tmp/uml/usr/bin/linux.uml" "$out/"
}

furnish() {
  local root=$1 out=$2
  install -m755 "$here/image/node-init" "$root/sbin/lab-init"
  install -m644 "$here/image/fstab.lab" "$root/etc/fstab.lab"
  install -m644 "$here/image/lvmlocal.conf" "$root/etc/lvm/lvmlocal.conf"
  : >"$root/etc/fstab"
  ln -sf ../proc/self/mounts "$root/etc/mtab" # glusterd reads it when it takes a snapshot; systemd would have made it
  rm -rf "$root"/etc/apt/sources.list* "$root"/var/lib/apt/lists/*
  # For geo-replication, which the lab has not: glusterd runs it ten times at start, which takes 20 s in a node.
  rm -f "$root"/usr/lib/*/glusterfs/gsyncd
  # sshd keeps Debian's limits (10 sessions a connection, 10 logins under way): the product must live with them.

  ssh-keygen -q -t ed25519 -N '' -C bricklayer-lab -f "$out/id"
  chroot "$root" useradd --create-home --shell /bin/sh brick
  authorize "$root/root" root "$root" "$out/id.pub"
  authorize "$root/home/brick" brick "$root" "$out/id.pub"
  install -m440 "$here/image/sudoers" "$root/etc/sudoers.d/brick"
  cut -d' ' -f1,2 "$root/etc/ssh/ssh_host_ed25519_key.pub" >"$out/host_key" # one key for all nodes
}

authorize() { # HOME USER ROOT KEY
  install -d -m700 "$1/.ssh"
  install -m600 "$4" "$1/.ssh/authorized_keys"
  # bash reads it for every command that comes by ssh, and starting processes is what costs time in a node.
  : >"$1/.bashrc"
  chroot "$3" chown -R "$2:" "${1#"$3"}"
}

# Only the modules that are used, with those they depend on: 12 MB instead of 105.
copy_modules() {
  local all=$1 root=$2 version module line file
  version=$(ls "$all")
  local src=$all/$version dst=$root/lib/modules/$version
  mkdir -p "$dst"
  cp "$src"/modules.{order,builtin,builtin.modinfo} "$dst/"
  for module in "${kernel_modules[@]}"; do
    line=$(grep -E "/${module//[-_]/[-_]}\.ko:" "$src/modules.dep") || fail "this kernel has no module $module"
    for file in ${line/:/ }; do install -Dm644 "$src/$file" "$dst/$file"; done
  done
  depmod -b "$root" "$version"
}
