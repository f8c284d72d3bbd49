#!/bin/sh
# A process killed at any moment while it reads loses at most the report in hand: reading again gives
# the record that an undisturbed reading gives, whatever the number of threads.
# usage: interrupt.sh PROGRAM [ROUNDS]
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
rounds=${2:-10}
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
# The paths are the same, the order is not.
mkdir shuffled
sort -R --random-source=/bin/sh reports.jsonl >shuffled/reports.jsonl
(cd shuffled && "$program" --record s.db read --quiet reports.jsonl && "$program" --record s.db export --as dump >../dump)
check "another order" dump
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
