#!/bin/sh
# A process killed at any moment while it reads or merges loses at most the reports in hand: reading again
# gives the record that an undisturbed reading gives, whatever the number of threads, the order of
# the reports and the number of readings over which they are spread.
# usage: interrupt.sh PROGRAM [ROUNDS [SHUFFLES]]   a round kills three times; make scale: 67 and 50
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
rounds=${2:-5}
shuffles=${3:-3}
[ -x "$program" ] || { echo "0 passed, 1 failed: no program $program"; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 3
passed=0
failed=0
# Reports of invented nations, each a little different.
awk 'BEGIN {
    split("Gondor Rohan Mordor Dunland Harad Umbar", nations, " ")
    split("Osgiliath Edoras Pelargir Dale Linhir", towns, " ")
    for (i = 0; i < 300; i++) {
        a = nations[i % 6 + 1]; b = nations[(i * 5 + 1) % 6 + 1]; town = towns[i % 5 + 1]
        text = sprintf("%s attacked %s near %s on Monday, killing %d soldiers. The governor of %s " \
            "said %d civilians were wounded. %s denied it.", a, b, town, i + 2, town, i % 7 + 2, b)
        printf "{\"id\": \"r%d\", \"published\": \"2015-0%d-1%d\", \"source\": \"Paper %d\", " \
            "\"text\": \"%s %s\"}\n", i, i % 9 + 1, i % 9, i % 4, text, text
    } }' >reports.jsonl
check() {
    if cmp -s whole.dump "$2"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED: %s\n' "$1"
        diff whole.dump "$2" | head -5
    fi
}
start=$(date +%s%N)
"$program" --record whole.db read --quiet --jobs 1 reports.jsonl || echo "FAILED: reading"
took=$((($(date +%s%N) - start) / 1000))
"$program" --record whole.db export --as dump >whole.dump
for jobs in 2 8; do
    "$program" --record "jobs$jobs.db" read --quiet --jobs "$jobs" reports.jsonl
    "$program" --record "jobs$jobs.db" export --as dump >dump
    check "$jobs threads" dump
done
# The paths are the same, the order is not; each order is read in 1, 3 or 7 parts, by 1, 2 or 8 threads.
mkdir parts
shuffle=0
while [ "$shuffle" -lt "$shuffles" ]; do
    shuffle=$((shuffle + 1))
    rm -f parts/*
    awk -v seed="$shuffle" 'BEGIN { srand(seed) } { printf "%.9f\t%s\n", rand(), $0 }' reports.jsonl | sort |
        cut -f2- >order
    case $((shuffle % 3)) in 0) parts=1 ;; 1) parts=3 ;; 2) parts=7 ;; esac
    case $((shuffle / 3 % 3)) in 0) jobs=8 ;; 1) jobs=1 ;; 2) jobs=2 ;; esac
    part=0
    while [ "$part" -lt "$parts" ]; do
        awk -v part="$part" -v parts="$parts" 'int((NR - 1) * parts / 300) == part' order >parts/reports.jsonl
        (cd parts && "$program" --record s.db read --quiet --jobs "$jobs" reports.jsonl)
        part=$((part + 1))
    done
    "$program" --record parts/s.db export --as dump >dump
    check "another order ($shuffle) in $parts parts by $jobs threads" dump
done
round=0
while [ "$round" -lt "$rounds" ]; do
    round=$((round + 1))
    rm -f killed.db*
    tries=0
    while [ "$tries" -lt 3 ]; do
        tries=$((tries + 1))
        "$program" --record killed.db read --quiet --jobs $((round % 3 + 1)) reports.jsonl >/dev/null 2>&1 &
        process=$!
        # Some moment between the beginning and the end.
        sleep "$(awk -v took="$took" -v part="$((round * 7 + tries * 31))" \
            'BEGIN { printf "%.6f", took / 1e6 * (part % 97) / 97 }')"
        kill -9 "$process" 2>/dev/null
        wait "$process" 2>/dev/null
    done
    if "$program" --record killed.db read --quiet reports.jsonl 2>err; then
        "$program" --record killed.db export --as dump >dump
        check "killed, round $round" dump
    else
        failed=$((failed + 1))
        echo "FAILED: reading again after a kill"
        cat err
    fi
done
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
