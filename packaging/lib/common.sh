# SPDX-License-Identifier: GPL-3.0-or-later
# What run.sh and test.sh share: messages, numbered steps with their time, logs, and failures that say what to do.
# Sourced by bash; expects ESPALIER_ROOT. Details of every step go to build/logs/NAME.log.

LOG_DIR=$ESPALIER_ROOT/build/logs
STEP=0
STEPS=0
STEP_PID=
STEP_KEEP=    # not empty while a step must not be cut short (apt at work)
STATUS_LINE=  # not empty while an unfinished line stands on the terminal

say() { printf '%s\n' "$*"; }

# fail SENTENCE REMEDY [LOG]: the last lines of the log, what failed, what to do; ends the script.
fail() {
    clear_status
    if [ -n "${3:-}" ] && [ -s "$3" ]; then
        printf '\nLast lines of %s:\n' "$3" >&2
        tail -n 20 "$3" | sed 's/^/    /' >&2
    fi
    printf '\n%s\n%s\n' "$1" "$2" >&2
    exit 1
}

clear_status() {
    [ -z "$STATUS_LINE" ] || printf '\r\033[K'
    STATUS_LINE=
}

# What the step's tool last said about its own progress: "[12/340]" of ninja, " 3/40 Test" of ctest, "Get:7", "Unpacking..." of apt.
progress_in() {
    tail -c 4000 "$1" 2>/dev/null | tr '\r' '\n' |
        sed -nE 's/^\[([0-9]+\/[0-9]+)\].*/\1/p; s/^ *([0-9]+\/[0-9]+) Test .*/\1/p; s/^Get:([0-9]+) .*/package \1/p; s/^(Unpacking|Setting up) ([^ ]+) .*/\1 \2/p' |
        tail -n 1
}

# Shows that the step lives: on a terminal every second in place, elsewhere a line every 30 seconds.
watch_step() {
    local title=$1 log=$2 begin=$3 told=$SECONDS
    while kill -0 "$STEP_PID" 2>/dev/null; do
        sleep 0.5
        if [ -t 1 ]; then
            printf '\r\033[K[%s/%s] %s: %s %s s' "$STEP" "$STEPS" "$title" "$(progress_in "$log")" $((SECONDS - begin))
            STATUS_LINE=1
        elif [ $((SECONDS - told)) -ge 30 ]; then
            told=$SECONDS
            say "      ... $(progress_in "$log") $((SECONDS - begin)) s"
        fi
    done
    clear_status
}

# step TITLE LOGNAME COMMAND...: runs the command with its output in the log. Returns the command's status.
step() {
    local title=$1 log=$LOG_DIR/$2.log begin=$SECONDS status=0
    shift 2
    begin_step "$title"
    set -m # a process group of its own, so that an interrupt can end the whole tree
    "$@" >"$log" 2>&1 </dev/null 9>&- &
    STEP_PID=$!
    set +m
    watch_step "$title" "$log" "$begin"
    wait "$STEP_PID" || status=$?
    STEP_PID=
    [ "$status" -ne 0 ] || end_step "$title" $((SECONDS - begin))
    return "$status"
}

begin_step() {
    STEP=$((STEP + 1))
    [ -t 1 ] || say "[$STEP/$STEPS] $1"
}

end_step() {
    if [ -t 1 ]; then
        say "[$STEP/$STEPS] $1: done, $2 s"
    else
        say "      done, $2 s"
    fi
}

# A step that takes no time worth measuring.
note_step() {
    STEP=$((STEP + 1))
    say "[$STEP/$STEPS] $1"
}

on_interrupt() {
    clear_status
    trap '' INT TERM
    if [ -n "$STEP_PID" ] && [ -n "$STEP_KEEP" ]; then
        say "Stopping as soon as apt has finished (it must not be cut short)..."
        wait "$STEP_PID"
    elif [ -n "$STEP_PID" ]; then
        kill -TERM -- "-$STEP_PID" 2>/dev/null
        wait "$STEP_PID" 2>/dev/null
    fi
    printf 'Stopped. Run the same command again to go on from here.\n' >&2
    exit 130
}

# One set-up at a time in a checkout; a second one waits for the first.
begin_work() {
    mkdir -p "$LOG_DIR" 2>/dev/null || fail "Espalier cannot write to its own folder, $ESPALIER_ROOT." \
        "Clone it to a folder of yours, or give yourself write permission there."
    [ -n "${HOME:-}" ] || HOME=$(getent passwd "$(id -u)" | cut -d: -f6)
    export HOME
    trap on_interrupt INT TERM
    exec 9>"$ESPALIER_ROOT/build/.lock"
    if command -v flock >/dev/null && ! flock -n 9; then
        say "Another run is at work in this folder; waiting for it."
        flock 9
    fi
}

# need_space FOLDER MEGABYTES WHAT
need_space() {
    local free
    free=$(df -Pm "$1" 2>/dev/null | awk 'NR == 2 { print $4 }')
    [ -z "$free" ] || [ "$free" -ge "$2" ] || fail "There is too little room for $3: about $2 MB are needed in $1, $free MB are free." \
        "Free some space there and run the same command again."
}
