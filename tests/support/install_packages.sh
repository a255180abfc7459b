# The packages that Debian 12 needs to build and test azrestored. To be sourced: defines install_packages, which
# installs missing packages with apt-get and prints their names. On other systems it prints the needed tools and
# returns: their packages have other names there, and CMake reports missing ones.

needed_packages=(
  g++ cmake ninja-build ccache pkg-config
  mold                       # links in a second what GNU ld links in ten
  libboost1.81-dev libssl-dev nlohmann-json3-dev libsqlite3-dev libicu-dev libspdlog-dev libcli11-dev libsystemd-dev
  prometheus-cpp-dev
  libgtest-dev libgmock-dev  # the test framework; CMake needs it to build the simulator
  libbenchmark-dev           # tests/bench
  openssl python3            # the throw-away certificate authority; a recording's replay server, and the demo's table
  libfaketime                # sets the clock of the daemon only
  valgrind                   # tests/sanitizers.sh
  systemd ca-certificates    # systemd-analyze verify; the authorities that azrestored trusts by default
  patch                      # tests/ablation removes safeguards with it
  scdoc                      # man pages
  python3-jsonschema         # tests/reference compares the JSON Schemas with the programs
  prometheus python3-prometheus-client  # promtool and the OpenMetrics parser check the metrics
  tmux                       # the terminal of tests/system/terminal.py
  dpkg-dev lintian           # the package's dependencies; Debian's checks of the package
  debootstrap systemd-container  # the booted system of tests/system/booted.sh
)

# Node runs Microsoft's own client against the simulator (tests/conformance). It is often installed without apt.
command -v npm >/dev/null || needed_packages+=(nodejs npm)

is_installed() { [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

install_packages() {
  if ! command -v apt-get >/dev/null; then
    echo "This system is not Debian; install these tools: g++ 12 or newer, CMake 3.25, Ninja, Boost 1.81, OpenSSL 3, nlohmann_json 3.11," \
         "SQLite 3.40, ICU 72, spdlog 1.10, CLI11 2.1, libsystemd, prometheus-cpp, promtool, GoogleTest, openssl, python3 with jsonschema and prometheus_client, Node 18 and npm."
    return
  fi
  local package missing=()
  for package in "${needed_packages[@]}"; do
    is_installed "$package" || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  echo "Installing with apt-get: ${missing[*]}"
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    echo "This needs root, and sudo is not installed. Run as root: apt-get install ${missing[*]}" >&2
    return 1
  fi
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  # Only promtool is needed, and not a server that monitors this machine.
  if [ -d /run/systemd/system ] && [[ " ${missing[*]} " == *" prometheus "* ]]; then
    as_root systemctl disable --quiet --now prometheus
  fi
}
