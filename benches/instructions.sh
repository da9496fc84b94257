#!/usr/bin/env bash
# Counts the processor's instructions for each byte of input, and compares with what was recorded: time depends on the
# machine and on its neighbours, this does not. Needs valgrind and the release build:
#
#   cargo build --release
#   benches/instructions.sh                  # invented reports, compared with benches/instructions.txt
#   benches/instructions.sh --record         # writes that file; commit it with the change that explains the difference
#   benches/instructions.sh DIR              # the files of DIR instead; compared with nothing
#
# One thread. "start" is a run over the first file taken by itself, so most of it is loading the grammars; "each byte" is
# what the other files cost beyond it. valgrind offers no SHA instructions, so hashing costs about 50 a byte here that a real
# processor does not spend.
set -euo pipefail
cd "$(dirname "$0")/.."

recorded=benches/instructions.txt
tolerance=3 # percent; the rest is chance: addresses, hash seeds
program=${CARGO_TARGET_DIR:-target}/release
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mode=compare
case "${1:-}" in
--record) mode=record ;;
"") ;;
*) mode=show reports=$1 ;;
esac
if [ "$mode" != show ]; then
    reports=$work/reports
    cargo run --quiet --example generate -- --documents 20 --seed 6 --out "$work/generated" >"$work/log"
    mkdir "$reports"
    find "$work/generated" -type f \( -name '*.txt' -o -name '*.md' -o -name '*.html' -o -name '*.xhtml' \) -exec cp {} "$reports" \;
fi

count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null \
        "$program/juesuan" extract "$1" --out "$work/out" --overwrite --quiet --jobs 1 2>"$work/log" || true
    sed -n 's/.*Collected : //p' "$work/log" | grep . || { cat "$work/log" >&2; exit 2; }
}

files=$(find "$reports" -type f | wc -l)
first=$(find "$reports" -type f | LC_ALL=C sort | head -1)
first_bytes=$(wc -c <"$first")
bytes=$(find "$reports" -type f -exec cat {} + | wc -c)
one=$(count "$first")
all=$(count "$reports")
start=$((one / 1000000))
each=$(((all - one) / (bytes - first_bytes)))
whole=$((all / bytes))

echo "files $files, bytes $bytes"
echo "start $start million instructions"
echo "each byte $each instructions; $whole with the start"
case $mode in
record) printf 'start_millions %s\neach_byte %s\n' "$start" "$each" >"$recorded" ;;
compare)
    status=0
    while read -r name expected; do
        case $name in start_millions) found=$start ;; each_byte) found=$each ;; *) continue ;; esac
        if [ $((found * 100)) -gt $((expected * (100 + tolerance))) ]; then
            echo "$name: $found, and $expected were recorded: the change costs more than $tolerance %" >&2
            status=1
        elif [ $((found * 100)) -lt $((expected * (100 - tolerance))) ]; then
            echo "$name: $found, and $expected were recorded: cheaper; record it with --record"
        fi
    done <"$recorded"
    exit $status
    ;;
esac
