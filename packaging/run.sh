#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# From a fresh clone to the running program: installs what is missing, builds, and opens the window on the sample project.
# Without a display it runs the same project in the terminal. Run it again at any time: nothing is done twice.
set -u
ESPALIER_ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)

usage() {
    cat <<USAGE
Usage: packaging/run.sh [--terminal]

Installs what is missing (apt, as root or through sudo), builds Espalier and opens its window on the sample project.

  --terminal   run the sample project in the terminal, also where there is a display
  --help       this text

ESPALIER_HOME  folder that gets the sample project (default: ~/Espalier)
USAGE
}

TERMINAL=
for argument in "$@"; do
    case $argument in
    --terminal) TERMINAL=1 ;;
    --help | -h) usage; exit 0 ;;
    *) printf 'There is no option %s.\n\n' "$argument" >&2; usage >&2; exit 2 ;;
    esac
done

for part in common packages build; do
    . "$ESPALIER_ROOT/packaging/lib/$part.sh"
done

ENGINE=$ESPALIER_ROOT/build/release/engine/service/espalier-engine
APP=$ESPALIER_ROOT/build/release/app/espalier
SENTENCE="it is too dark in the kitchen"

prepare() {
    need_debian
    begin_work
    . "$ESPALIER_ROOT/packaging/lib/sample.sh"
    STEPS=$((4 + ${#RUNTIMES[@]}))
    if [ -z "$TERMINAL" ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        say "There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set): the sample project will run in this terminal."
        TERMINAL=1
    fi
    read_installed
    need_to_build
    [ -n "$TERMINAL" ] || need_for_display
    install_missing
    check_blas
    [ -x "$ENGINE" ] || need_space "$ESPALIER_ROOT/build" 1500 "building Espalier"
}

run_in_terminal() {
    note_step "Running $SAMPLE_PROJECT: train, prune, evaluate, package, push to this computer"
    "$ENGINE" run "$SAMPLE_PROJECT" 9>&- || fail "The sample project did not run to its end." \
        "The engine's message above says why; what was finished is kept, so running again goes on from there."
    say "
On this computer, from the pushed model:"
    "$ENGINE" classify --device this-computer "$SENTENCE" 9>&- || fail "The pushed model did not answer." "The message above says why."
    say "
Sample project  $SAMPLE_PROJECT
Engine          $ENGINE
Window          $APP
Done in $SECONDS s. Where there is a display, packaging/run.sh opens the window."
}

open_window() {
    note_step "Opening the window (everything up to here took $SECONDS s)"
    "$APP" "$SAMPLE_PROJECT" 9>&- && return 0
    fail "The window could not be opened, or ended with an error." \
        "If the display '${DISPLAY:-$WAYLAND_DISPLAY}' cannot be reached, run the project in the terminal: packaging/run.sh --terminal"
}

prepare
build_runtimes
build_preset "Building the engine and the window" release espalier espalier-engine
copy_sample
if [ -n "$TERMINAL" ]; then
    run_in_terminal
else
    open_window
fi
