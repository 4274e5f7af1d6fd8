# SPDX-License-Identifier: GPL-3.0-or-later
# Builds the presets. CMake and ninja decide what is out of date, so that a second run does nothing. Sourced after common.sh.

# As many compilers at once as there are cores, and memory for: one may take 2 GB (LibTorch's headers).
build_jobs() {
    local cores memory
    cores=$(nproc)
    memory=$(awk '/^MemAvailable:/ { print int($2 / 2000000) }' /proc/meminfo)
    [ "$memory" -ge 1 ] || memory=1
    echo $((cores < memory ? cores : memory))
}

# configure_and_build PRESET [TARGET...]
configure_and_build() {
    local preset=$1 folder=$ESPALIER_ROOT/build/$1
    shift
    export LC_ALL=C.UTF-8
    cd "$ESPALIER_ROOT" || return 1
    # A checkout that was moved or copied leaves a cache that names the old place.
    if [ -f "$folder/CMakeCache.txt" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$(pwd -P)" "$folder/CMakeCache.txt"; then
        rm -rf "$folder"
    fi
    if [ ! -f "$folder/build.ninja" ] || [ CMakePresets.json -nt "$folder/build.ninja" ]; then
        cmake --preset "$preset" || return 1
    fi
    cmake --build "$folder" -j "$(build_jobs)" ${1:+--target "$@"}
}

why_build_failed() {
    case $(tail -n 400 "$1") in
    *"No space left"*) echo "The disk is full: free some space and run the same command again." ;;
    *"Killed signal"* | *"out of memory"* | *"virtual memory exhausted"*) echo "The compiler ran out of memory (it needs about 2 GB): close other programs and run the same command again." ;;
    *) echo "Read $1. If you changed nothing in the sources, this is a bug of Espalier's: please report it with that file." ;;
    esac
}

build_preset() {
    local title=$1 preset=$2
    shift
    step "$title" "build-$preset" configure_and_build "$@" ||
        fail "$title failed." "$(why_build_failed "$LOG_DIR/build-$preset.log")" "$LOG_DIR/build-$preset.log"
}

# A runtime that grows must be a decision, not an accident.
check_runtime_sizes() {
    local architecture limit=1500000 size
    for architecture in "${RUNTIMES[@]}"; do
        size=$(stat -c %s "$ESPALIER_ROOT/build/edge-$architecture/engine/edge/espalier-edge") || return 1
        [ "$size" -le "$limit" ] || fail "The device runtime for $architecture has $size bytes; it may have $limit." \
            "nm --size-sort on a build without -s shows what grew. Take out what is not needed; the limit is in packaging/lib/build.sh."
    done
}

build_runtimes() {
    local architecture
    for architecture in "${RUNTIMES[@]}"; do
        build_preset "Building the device runtime for $architecture" "edge-$architecture" espalier-edge espalier-edge-sdk
    done
}
