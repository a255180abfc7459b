# A Debian 12 system under its own systemd, for scripts that test an installed package. To be sourced after
# tests/support/small_stage.sh, whose $work is /srv/stage in the system. Needs root and namespaces. Defines:
#   need_namespaces      ends the script with 77 and a sentence if there are none
#   prepare_system DEB   the system's files, and the packages that DEB depends on; kept in build/booted, needs the network once
#   boot                 starts the system with a loopback network only; its changes are in memory and lost at its end
#   inside COMMAND...    runs the command in it as root, at most a minute
#   power_off            ends it and everything that runs in it
readonly tree=$PWD/build/booted/bookworm
nspawn=  # the process that provides the system's terminal
leader=  # the system's process 1, as seen from here

need_namespaces() {
  local said
  if ! said=$(unshare --mount --pid --net --uts --ipc --fork true 2>&1); then
    echo "Skipped: a Debian system cannot be booted here without root and namespaces ($said)."
    exit 77
  fi
}

prepare_system() {
  if [ ! -e "$tree" ]; then
    echo "Making a Debian tree in $tree"
    rm -rf "$tree.new"
    mkdir -p "${tree%/*}"
    timeout 900 debootstrap --variant=minbase --include=systemd,systemd-sysv,ca-certificates bookworm "$tree.new" \
      >"$work/debootstrap.log" || { tail -20 "$work/debootstrap.log" >&2; return 1; }
    chroot "$tree.new" apt-get clean
    chroot "$tree.new" apt-get update -qq
    mv "$tree.new" "$tree"
  fi
  cp "$1" "$tree/root/package.deb"
  chroot "$tree" apt-get install -y -qq --download-only /root/package.deb >"$work/download.log" 2>&1 ||
    { cat "$work/download.log" >&2; return 1; }
}

boot() {
  # systemd needs a terminal for its console.
  script --quiet --flush --return --command "exec systemd-nspawn --quiet --directory='$tree' --volatile=overlay --bind='$work:/srv/stage' \
    --private-network --hostname=booted --keep-unit --register=no --boot" /dev/null </dev/null >"$work/console.log" 2>&1 &
  children+=($!)
  wait_for 20 "the start of systemd-nspawn" find_leader $!
  find_leader $!
  wait_for 60 "the start of the system" system_is_up
}

child_of() { grep --only-matching --max-count=1 '^[0-9]*' "/proc/$1/task/$1/children"; }
find_leader() { nspawn=$(child_of "$1") && leader=$(child_of "$nspawn"); }
system_is_up() { [[ $(inside systemctl is-system-running) == running ]]; }

inside() { timeout 60 nsenter --target "$leader" --all -- "$@"; }

power_off() {
  [ -n "$leader" ] || return 0
  kill -s RTMIN+4 "$leader" 2>/dev/null || true  # systemd's signal for it
  timeout 20 tail --pid="$nspawn" -f /dev/null || kill -9 "$leader" 2>/dev/null || true
}
