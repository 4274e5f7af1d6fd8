#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The encoders of ../shared/peers on the edge runtime beside ONNX Runtime, int8 and fp32: milliseconds, ratios and their geometric means, in turn on one core. Where the processor
# has AMX tiles, which no edge device has, a second time without them.
#
#   tests/benchmarks/onnxruntime.sh [BENCH_ENCODERS]    default: build/release/tests/benchmarks/bench_encoders
#
# ESPALIER_PEERS (../shared/peers): where its graphs' generator is. ESPALIER_SCRATCH (a new folder): where ONNX Runtime is installed, from PyPI, and its graphs are made; they are
# used again. ESPALIER_CORE (1): the core. ESPALIER_ROUNDS (7), ESPALIER_SECONDS (0.15): rounds, and how long each contestant runs in one.
set -euo pipefail
here=$(cd -- "$(dirname -- "$0")" && pwd)
bench=${1:-$here/../../build/release/tests/benchmarks/bench_encoders}
peers=${ESPALIER_PEERS:-$here/../../../shared/peers}/onnxruntime
skip() { echo "skipped: $1"; exit 0; }
[ -x "$bench" ] || skip "$bench is not there; build the target bench_encoders"
[ -f "$peers/gen.py" ] || skip "$peers/gen.py is not there; set ESPALIER_PEERS"
command -v python3 > /dev/null || skip "python3 is not installed"
scratch=${ESPALIER_SCRATCH:-}
[ -n "$scratch" ] || { scratch=$(mktemp -d); trap 'rm -rf "$scratch"' EXIT; }
if ! "$scratch/venv/bin/python" -c 'import onnxruntime' 2> /dev/null; then
    python3 -m venv "$scratch/venv" && "$scratch/venv/bin/pip" install -q onnxruntime numpy || skip "PyPI gives no onnxruntime"
fi
for model in tiny minilm6 distil; do
    [ -f "$scratch/${model}_fp32.onnx" ] || (cd "$scratch" && python3 "$peers/gen.py" "$model" int8,fp32 > /dev/null)
done
pinned=(taskset -c "${ESPALIER_CORE:-1}" "$scratch/venv/bin/python" "$here/encoders.py" "$bench" "$scratch")
grep -m1 'model name' /proc/cpuinfo || true
uptime
if grep -qw amx_tile /proc/cpuinfo; then
    echo "with AMX"
    "${pinned[@]}"
    command -v gcc > /dev/null || skip "the part without AMX needs gcc"
    gcc -shared -fPIC "$peers/noamx.c" -o "$scratch/noamx.so" -ldl
    echo "without AMX"
    export LD_PRELOAD=$scratch/noamx.so
fi
"${pinned[@]}"
uptime
