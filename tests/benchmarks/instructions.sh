#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Instructions of whole encoders on Arm under qemu: at 90 % zeros, dense, and their ratio, by length of the sentence. Random int8 weights; what starts the program and
# opens the package does not count, what turns the text into tokens does.
#
#   tests/benchmarks/instructions.sh [MODEL...]    tiny, minilm, distilbert; default: tiny minilm
#
# Needs qemu-user-static, build/edge-aarch64 and build/edge-armhf (cmake --build --preset edge-aarch64), and the target write_model of build/release.
# ESPALIER_BUILD (build): where these are. ESPALIER_TABLES (aarch64:neon_dot aarch64:neon armhf:neon): architectures and kernels. ESPALIER_PROFILE: a folder for the
# blocks of the longest sentence, instructions and address.
set -euo pipefail
here=$(cd -- "$(dirname -- "$0")" && pwd)
build=${ESPALIER_BUILD:-$here/../../build}
write=$build/release/tests/benchmarks/write_model
skip() { echo "skipped: $1"; exit 0; }
[ -x "$write" ] || skip "$write is not there; build the target write_model"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkfifo "$folder/log"
lengths=(1 16 64 128) # the first answer also brings pages in and looks tables up
for length in "${lengths[@]}"; do
    awk -v n="$length" 'BEGIN { for (i = 0; i < n; ++i) printf "w%d ", (i * 97 + 11) % 490 + 2; print "" }'
done > "$folder/sentences"
[ $# -gt 0 ] || set -- tiny minilm

# instructions ARCHITECTURE KERNELS PACKAGE: a line a sentence
instructions() {
    local qemu=qemu-${1/armhf/arm}-static edge=$build/edge-$1/engine/edge/espalier-edge digits=16 profile=
    [ "$1" = armhf ] && digits=8
    [ -z "${ESPALIER_PROFILE:-}" ] || profile=$ESPALIER_PROFILE/$1-$2-$(basename "$3")
    ESPALIER_EDGE_KERNELS=$2 "$qemu" -strace -d in_asm,exec,nochain -D "$folder/log" "$edge" classify --threads 1 "$3" < "$folder/sentences" > /dev/null &
    awk -v digits=$digits -v profile="$profile" -f "$here/instructions.awk" < "$folder/log"
    wait $!
}

printf '%-12s%-10s%-12s%8s%16s%16s%8s\n' '' kernels model tokens dense '90 % zeros' ratio
for table in ${ESPALIER_TABLES:-aarch64:neon_dot aarch64:neon armhf:neon}; do
    architecture=${table%:*} kernels=${table#*:}
    command -v "qemu-${architecture/armhf/arm}-static" > /dev/null || { echo "skipped: $architecture needs the package qemu-user-static"; continue; }
    [ -x "$build/edge-$architecture/engine/edge/espalier-edge" ] || { echo "skipped: build/edge-$architecture is not there; cmake --build --preset edge-$architecture"; continue; }
    for model in "$@"; do
        for sparsity in 0 0.9; do
            [ -f "$folder/$model-$sparsity" ] || "$write" "$model" "$sparsity" 500 "$folder/$model-$sparsity"
            instructions "$architecture" "$kernels" "$folder/$model-$sparsity" > "$folder/counts-$sparsity"
        done
        paste "$folder/counts-0" "$folder/counts-0.9" | awk -v a="$architecture" -v k="$kernels" -v m="$model" -v lengths="${lengths[*]}" '
            BEGIN { split(lengths, tokens, " ") }
            NR > 1 { printf "%-12s%-10s%-12s%8d%16d%16d%8.2f\n", a, k, m, tokens[NR], $1, $2, $2 / $1 }'
    done
done
