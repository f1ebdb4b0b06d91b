# What the scripts share: installing what is missing, building with progress. Sourced, not run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Each dependency is imported only by targets that name it.
SWIFT_FLAGS=(--explicit-target-dependency-import-check error)

say() { printf '%s\n' "$*" >&2; }
fail() { say "$(basename "$0"): $*"; exit 1; }

# install PACKAGE…: Debian packages that are not there yet.
install() {
    local missing=() package
    for package in "$@"; do
        dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed \
            || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    say "Installing Debian packages: ${missing[*]}"
    command -v apt-get >/dev/null || fail "apt-get is missing; install these by hand: ${missing[*]}"
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "neither root nor sudo; install these by hand: ${missing[*]}"
        as_root=(sudo)
    fi
    local log
    log=$(mktemp)
    if ! { "${as_root[@]}" apt-get update \
        && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
            "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        fail "the packages could not be installed"
    fi
    rm -f "$log"
}

# What building needs.
install_for_building() {
    install libcurl4-openssl-dev libssl-dev libmongoc-dev libsqlite3-dev zlib1g-dev pkg-config ca-certificates tzdata
    command -v swift >/dev/null || fail "the Swift 6.3 toolchain is missing: see https://www.swift.org/install/linux/"
    local version
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
    case $version in
        6.[3-9]*|[7-9].*) ;;
        *) fail "Swift 6.3 or newer is needed; this is ${version:-unknown}" ;;
    esac
}

# What running is better with. Without ffmpeg the club works, but many iPhones do not play voice notes; without
# rsvg-convert new levels and badges are told without a picture.
install_for_running() {
    (install ffmpeg) || say "Going on without ffmpeg: recordings are served as they were posted."
    (install librsvg2-bin fonts-dejavu-core) || say "Going on without rsvg-convert: levels and badges come without a picture."
}

# build ARGUMENT…: swift build, with its progress, and the time it took.
build() {
    local began=$SECONDS
    swift build "${SWIFT_FLAGS[@]}" "$@" >&2
    say "Built in $((SECONDS - began)) s."
}
