#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# `espalier-edge serve` under load from another process, while its package is replaced ten times: requests that failed, latencies, and how much memory grew.
#
#   tests/benchmarks/serving.sh EDGE PACKAGE OTHER_PACKAGE [SECONDS]    needs wrk (Debian's package) and curl
set -euo pipefail
edge=${1:?espalier-edge} first=${2:?a package} second=${3:?another package} seconds=${4:-60}
command -v wrk curl > /dev/null || { echo "skipped: wrk or curl is not installed"; exit 0; }
folder=$(mktemp -d)
trap 'kill "$server" 2> /dev/null || true; rm -rf "$folder"' EXIT
cp "$first" "$folder/model.espkg"
"$edge" serve "$folder/model.espkg" --listen 127.0.0.1:0 > "$folder/out" &
server=$!
until grep -q listening "$folder/out"; do sleep 0.1; done
url=$(sed 's/.*"listening":"\([^"]*\)".*/\1/' "$folder/out")
cat > "$folder/load.lua" <<'LUA'
wrk.method = "POST"
wrk.body = '{"text": "please play some music in the kitchen and turn the lights down"}'
wrk.headers["Content-Type"] = "application/json"
LUA
resident() { awk '/VmRSS/ { print $2 }' "/proc/$server/status"; }
wrk -t1 -c64 -d2s -s "$folder/load.lua" "$url/v1/predict" > /dev/null
before=$(resident)
wrk -t1 -c64 -d"${seconds}s" --latency -s "$folder/load.lua" "$url/v1/predict" > "$folder/wrk" &
load=$!
for round in $(seq 10); do
    sleep "$(awk "BEGIN { print $seconds / 11 }")"
    [ $((round % 2)) = 0 ] && from=$first || from=$second
    cp "$from" "$folder/next" && mv "$folder/next" "$folder/model.espkg"
    echo "replaced, resident $(resident) kB"
done
wait "$load"
cat "$folder/wrk"
curl -s "$url/metrics" | grep -E '^espalier_(requests_total|models)'
echo "resident: $before kB before, $(resident) kB after"
grep -qE 'Non-2xx|Socket errors' "$folder/wrk" && { echo "requests failed"; exit 1; }
echo "no request failed"
