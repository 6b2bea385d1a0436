# What the scripts share. Sourced, not run.

# Installs the Debian packages that are missing; asks for nothing if all are there.
need() {
    local missing=()
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    echo "Installing ${missing[*]}" >&2
    local as=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || {
            echo "These Debian packages are missing: ${missing[*]}" >&2
            echo "Install them as root, or install sudo: apt-get install ${missing[*]}" >&2
            exit 1
        }
        as=(sudo)
    fi
    # `${as[@]+...}` because older shells call an empty array unset.
    ${as[@]+"${as[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2
    ${as[@]+"${as[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# Stops, with the mend, unless there is a Swift that Package.swift can be read by.
need_swift() {
    local version
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
    if [ -z "$version" ]; then
        echo "There is no swift on the PATH. Install Swift 6.3 from https://www.swift.org/install/linux/" >&2
        exit 1
    fi
    if [ "$(printf '%s\n6.2\n' "$version" | sort -V | head -n 1)" != 6.2 ]; then
        echo "Swift $version is too old; 6.2 or later is needed: https://www.swift.org/install/linux/" >&2
        exit 1
    fi
}

# What the package needs to be built.
need_build() {
    need git ca-certificates libargon2-dev libcrypt-dev libcurl4-openssl-dev libsqlite3-dev
    need_swift
}
