# SPDX-License-Identifier: GPL-3.0-or-later
# What Espalier needs from Debian, group by group with the reason, and how it gets installed: only what is missing,
# with apt, as root or through sudo. Sourced after common.sh.

MISSING=()
declare -A INSTALLED=()

need_debian() {
    local name=this system
    [ ! -r /etc/os-release ] || name=$(. /etc/os-release && printf '%s' "${PRETTY_NAME:-this system}")
    command -v apt-get >/dev/null && command -v dpkg-query >/dev/null ||
        fail "This set-up knows Debian 12 or later and its relatives; $name has no apt." \
            "Install what README.md lists under 'Other systems' and build with: cmake --preset release && cmake --build build/release"
    NATIVE=$(dpkg --print-architecture)
    case $NATIVE in
    amd64) RUNTIMES=(x86_64 aarch64 armhf riscv64) ;;
    arm64) RUNTIMES=(aarch64 armhf riscv64) ;;
    *) fail "Espalier's workbench runs on amd64 and arm64; this computer is $NATIVE." "Use another computer as the workbench; this one can be a device." ;;
    esac
}

read_installed() {
    local package architecture status
    INSTALLED=()
    while read -r package architecture status; do
        [ "$status" = installed ] || continue
        case $architecture in "$NATIVE" | all) INSTALLED[$package]=1 ;; esac
    done < <(dpkg-query -W -f '${Package} ${Architecture} ${db:Status-Status}\n')
}

# need WHY PACKAGE...: remembers and names those that are not installed.
need() {
    local why=$1 package missing=()
    shift
    for package in "$@"; do
        [ -n "${INSTALLED[$package]:-}" ] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    say "  needed $why: ${missing[*]}"
    MISSING+=("${missing[@]}")
}

need_to_build() {
    need "to compile" g++ cmake ninja-build ccache
    need "to train models (LibTorch, with a fast BLAS)" libtorch-dev libopenblas0-pthread
    need "for JSON and the command line" nlohmann-json3-dev libcli11-dev
    need "to check our tables of Unicode against (the tests)" libutf8proc-dev
    need "to read compressed data files" zlib1g-dev libzstd-dev
    need "to reach devices by SSH" libssh-dev openssh-client
    need "for the window (Qt 6, QCustomPlot)" qt6-base-dev qt6-svg-dev qt6-tools-dev qt6-l10n-tools libqcustomplot-dev
    [ "$NATIVE" != amd64 ] || need "for the small C library of what runs on x86-64 devices" musl-dev
    need "to build what runs on 64-bit Arm devices" g++-aarch64-linux-gnu
    need "to build what runs on 32-bit Arm devices" g++-arm-linux-gnueabihf
    need "to build what runs on 64-bit RISC-V devices" g++-riscv64-linux-gnu
}

need_for_display() {
    [ -z "${WAYLAND_DISPLAY:-}" ] || need "to open windows on Wayland" qt6-wayland
    if ! { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh-cn 2>/dev/null | head -n 1)" ]; }; then
        need "to show Chinese sentences" fonts-wqy-microhei
    fi
}

need_to_test() {
    need "to test pushes against a real SSH server (the tests start their own; Debian's package also starts the system's)" openssh-server
    need "to test what was built for Arm and RISC-V on this computer" qemu-user-static
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        env LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
    else
        sudo -n env LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

# Asks for the password now, in the open, and not in the middle of a step.
become_root() {
    [ "$(id -u)" -ne 0 ] || return 0
    local remedy="As root, run: apt-get update && apt-get install --no-install-recommends ${MISSING[*]}
Then run the same command again."
    command -v sudo >/dev/null || fail "Packages are missing, and installing them needs root or sudo." "$remedy"
    if sudo -n true 2>/dev/null; then
        return 0
    elif [ -t 0 ]; then
        say "Installing needs your password for sudo."
        sudo -v || fail "sudo did not let you install packages." "$remedy"
    else
        fail "Packages are missing, and sudo would ask for a password where nobody can type it." "$remedy"
    fi
}

# Repeats a command for up to ten minutes while another package manager holds a lock.
patiently() {
    local attempt output status
    output=$(mktemp)
    for attempt in $(seq 60); do
        "$@" 2>&1 | tee "$output"
        status=${PIPESTATUS[0]}
        [ "$status" -ne 0 ] && grep -qE 'Could not get lock|Unable to (acquire|lock)|is another process using it|frontend lock was locked' "$output" || break
        echo "Another package manager is at work; trying again in 10 seconds ($attempt of 60)."
        sleep 10
    done
    rm -f "$output"
    return "$status"
}

# lists_know PACKAGE...: whether apt could install each of them.
lists_know() {
    local package
    for package in "$@"; do
        LC_ALL=C apt-cache policy "$package" 2>/dev/null | grep -q 'Candidate: [^(]' || return 1
    done
}

# update_lists PACKAGE...: one broken source must not stop what the others can give.
update_lists() {
    patiently as_root apt-get -q update && return 0
    echo "Some package lists could not be fetched."
    lists_know "$@"
}

# The system's disk must hold all of it: a half-unpacked package is worse than none.
check_room() {
    local estimate need free
    estimate=$(LC_ALL=C apt-get --assume-no --no-install-recommends install "${MISSING[@]}" 2>/dev/null | sed -nE 's/^After this operation, ([0-9,.]+) (.?B) of additional.*/\1 \2/p; s/^Need to get (.*\/)?([0-9,.]+) (.?B) of archives.*/\2 \3/p' | tr -d ,)
    need=$(printf '%s\n' "$estimate" | awk '{ f = $2 == "GB" ? 1000 : $2 == "MB" ? 1 : 0.001; s += $1 * f } END { printf "%d", s }')
    free=$(df -Pm /usr | awk 'NR == 2 { print $4 }')
    echo "Needs about $need MB in /usr and the package cache; $free MB are free."
    [ "$free" -ge $((need + 200)) ] || { echo "No space left on device"; return 1; }
}

apt_install() {
    lists_know "${MISSING[@]}" || update_lists "${MISSING[@]}" || return 1
    check_room || return 1
    local install=(as_root apt-get -q -y --no-install-recommends -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 install "${MISSING[@]}")
    patiently "${install[@]}" && return 0
    # Lists that have aged name files the mirror no longer has.
    echo "Trying once more with new package lists."
    update_lists "${MISSING[@]}" && patiently "${install[@]}"
}

why_apt_failed() {
    case $(tail -n 200 "$1") in
    *"No space left"* | *"enough free space"*) echo "Free some space on the system's disk (apt-get clean helps) and run the same command again." ;;
    *"Could not get lock"* | *"frontend lock"*) echo "Another package manager holds apt's lock: let it finish, then run the same command again." ;;
    *"dpkg --configure -a"*) echo "An earlier installation was cut short: run 'dpkg --configure -a' as root, then the same command again." ;;
    *"failure resolving"* | *"Could not resolve"* | *"Could not connect"* | *"onnection timed out"* | *"Network is unreachable"*)
        echo "This computer does not reach its Debian mirror: check the network (and apt's proxy), then run the same command again." ;;
    *"Mirror sync in progress"* | *"Hash Sum mismatch"*) echo "The Debian mirror is being updated at this moment: run the same command again in an hour, or choose another mirror." ;;
    *"Unable to locate"* | *"no installation candidate"*) echo "This release does not have all packages: Debian 12 or later is needed, with its 'main' component." ;;
    *) echo "Read $1, put right what apt complains about (apt-get -f install often does), and run the same command again." ;;
    esac
}

# Installs MISSING, or says that nothing is.
install_missing() {
    if [ ${#MISSING[@]} -eq 0 ]; then
        note_step "Packages: all are there"
        return 0
    fi
    become_root
    STEP_KEEP=1
    step "Installing packages" packages apt_install ||
        fail "Debian's packages could not be installed." "$(why_apt_failed "$LOG_DIR/packages.log")" "$LOG_DIR/packages.log"
    STEP_KEEP=
}

# LibTorch takes whatever BLAS the system points at; the reference one is some fifty times slower than OpenBLAS.
check_blas() {
    local triplet chosen
    triplet=$(g++ -dumpmachine)
    chosen=$(LC_ALL=C update-alternatives --query "libblas.so.3-$triplet" 2>/dev/null | sed -n 's/^Value: //p')
    case $chosen in
    "" | */blas/libblas.so.3)
        say "Note: this system's BLAS is ${chosen:-unknown}, which makes training slow. OpenBLAS is installed; choose it with:"
        say "      update-alternatives --auto libblas.so.3-$triplet   (as root)"
        ;;
    esac
}
