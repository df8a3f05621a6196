# Sourced by ./run and ./test: makes sure that what they need is installed. Debian and Ubuntu through apt, macOS through
# Homebrew; anything else is told what is missing.

say() { printf '\033[1m==> %s\033[0m\n' "$*"; }
[ -t 1 ] && [ -z "${NO_COLOR:-}" ] || say() { printf '==> %s\n' "$*"; }

require_swift() {
  if ! command -v swift >/dev/null 2>&1; then
    echo "swift was not found (leptoscan is built with Swift 6.3 or newer) install it from https://www.swift.org/install" >&2
    exit 69
  fi
}

# require_debian PACKAGE...: installs those that are missing.
require_debian() {
  local missing=()
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  local root=()
  [ "$(id -u)" -eq 0 ] || root=(sudo)
  say "Installing ${missing[*]}"
  "${root[@]}" apt-get update -qq
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# require_packages 'DEBIAN NAMES' 'HOMEBREW NAMES'
require_packages() {
  if command -v apt-get >/dev/null 2>&1; then
    # shellcheck disable=SC2086
    require_debian $1
  elif command -v brew >/dev/null 2>&1; then
    for formula in $2; do brew list "$formula" >/dev/null 2>&1 || brew install "$formula"; done
  else
    say "Neither apt-get nor brew is here: please provide HDF5 with its development files (and pkg-config) yourself"
  fi
}
