#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds everything and runs all tests without a display. Run it again at any time: nothing is built twice.
set -u
ESPALIER_ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)

usage() {
    cat <<USAGE
Usage: packaging/test.sh [NAME]

Installs what is missing (apt, as root or through sudo), builds Espalier and runs its tests, or those whose name matches NAME.
USAGE
}

case ${1:-} in
--help | -h) usage; exit 0 ;;
-*) printf 'There is no option %s.\n\n' "$1" >&2; usage >&2; exit 2 ;;
esac

for part in common packages build; do
    . "$ESPALIER_ROOT/packaging/lib/$part.sh"
done

RESULTS=$ESPALIER_ROOT/build/release/Testing/Temporary/LastTest.log

prepare() {
    need_debian
    begin_work
    STEPS=$((3 + ${#RUNTIMES[@]}))
    read_installed
    need_to_build
    need_to_test
    install_missing
    check_blas
    [ -f "$RESULTS" ] || need_space "$ESPALIER_ROOT/build" 2500 "building Espalier and its tests"
}

run_tests() {
    cd "$ESPALIER_ROOT/build/release" || return 1
    rm -f "$RESULTS"
    env -u DISPLAY -u WAYLAND_DISPLAY LC_ALL=C.UTF-8 ctest -j "$(nproc)" --no-tests=error --output-on-failure ${1:+-R "$1"}
}

# Qt Test counts functions and data rows; ctest counts programs.
summarise() {
    local skipped
    skipped=$(grep -aE '^SKIP ' "$RESULTS" | sed -E 's/^SKIP *: */  /' | sort -u)
    [ -z "$skipped" ] || printf '\nSkipped, and why:\n%s\n' "$skipped"
    say ""
    grep -E 'tests passed|^Total Test time' "$LOG_DIR/tests.log"
    awk '/^Totals: / { passed += $2; failed += $4; skipped += $6 } END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped }' "$RESULTS"
}

prepare
build_runtimes
check_runtime_sizes
build_preset "Building Espalier and its tests" release
STATUS=0
step "Running the tests" tests run_tests "$@" || STATUS=$?
[ -f "$RESULTS" ] || fail "The tests could not be run." "Read $LOG_DIR/tests.log." "$LOG_DIR/tests.log"
if [ "$STATUS" -ne 0 ]; then
    grep -E '^(FAIL!|XPASS|QFATAL) |^   Loc:|\*\*\*|^The following tests FAILED' "$LOG_DIR/tests.log"
fi
summarise
[ "$STATUS" -eq 0 ] || fail "Some tests failed." "Their whole output is in $LOG_DIR/tests.log; one alone: ctest --test-dir build/release -R NAME --output-on-failure"
say "All of it took $SECONDS s."
