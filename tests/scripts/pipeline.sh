#!/bin/sh
# annals read as a pipeline: the same record whatever the threads and the memory it may take, stopped and gone on
# with, and what it says on a terminal while it works. usage: pipeline.sh PROGRAM
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
[ -x "$program" ] || { echo "0 passed, 1 failed: no program $program"; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 3
passed=0
failed=0
skipped=0
good() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
}

# Reports of one to forty sentences: some wait for long ones before them.
awk 'BEGIN {
    split("Dale Kunduz Aleppo Homs Goma Juba Malakal Sanaa Aden Tripoli", place)
    split("shelled a village near|attacked a checkpoint outside|bombed the market of|seized a depot east of", deed, "|")
    split("soldiers rebels militiamen gunmen", who)
    for (i = 1; i <= 160; i++) {
        text = ""
        sentences = i % 7 == 0 ? 40 : 1 + i % 5
        for (j = 1; j <= sentences; j++)
            text = text sprintf("On Monday %s %s %s and killed %d people, the mayor said. ", who[1 + (i + j) % 4],
                deed[1 + (i * j) % 4], place[1 + (i + 3 * j) % 10], 2 + (i * j) % 30)
        printf "{\"id\":\"r%d\",\"published\":\"2015-05-%02d\",\"source\":\"Paper %d\",\"text\":\"%s\"}\n", i,
            1 + i % 28, i % 4, text
    }
}' >reports.jsonl

# read_as NAME OPTION...: the dump of what is read so.
read_as() {
    name=$1
    shift
    "$program" --record "$name.db" read --quiet "$@" reports.jsonl 2>"$name.err" || bad "$name: $(cat "$name.err")"
    "$program" --record "$name.db" export --as dump >"$name.dump"
}
same() { if cmp -s one.dump "$1.dump"; then good; else bad "$1: another record"; fi; }
read_as one --jobs 1
[ "$(wc -l <one.dump)" -gt 500 ] && good || bad "the dump is short"
read_as two --jobs 2 && same two
read_as nine --jobs 9 && same nine
read_as tight --jobs 3 --max-memory 1M && same tight
read_as tightest --jobs 1 --max-memory 1 && same tightest
read_as wide --jobs 2 --max-memory 4G && same wide
for size in 0 -1 ten 5T; do
    "$program" --record x.db read --max-memory "$size" reports.jsonl >out 2>err
    [ $? -eq 2 ] && good || bad "--max-memory $size is taken"
done

# Stopped by a signal, in the midst, and gone on with: no report lost, none twice.
for signal in INT TERM KILL; do
    "$program" --record "$signal.db" read --quiet --jobs 2 reports.jsonl 2>err &
    reader=$!
    sleep 0.4
    kill -s "$signal" "$reader" 2>/dev/null
    wait "$reader" 2>/dev/null
    read_as "$signal" --jobs 2 && same "$signal"
done

# A reading that is gone on with says what it knew; a second one adds nothing.
"$program" --record one.db read --jobs 2 reports.jsonl >out 2>err
[ "$(cat out)" = "0 new reports, 160 known already" ] && [ ! -s err ] && good || bad "known reports: $(cat out err)"

# The bar: on a terminal alone, with rate and time left, gone in the end.
"$program" --record pipe.db read reports.jsonl >out 2>err
[ "$(cat out)" = "160 new reports" ] && [ ! -s err ] && good || bad "a bar where there is no terminal"
if command -v script >/dev/null && script -qec true /dev/null </dev/null >/dev/null 2>&1; then
    # Enough that it takes more than the second after which the rate is told: fewer where a variant is slow.
    parts=25
    case "$program" in */coverage/* | */thread/* | */sanitize/*) parts=5 ;; esac
    for part in $(seq 1 $parts); do
        sed "s/\"id\":\"r/&$part-/; s/ Monday / the $part th of May /" reports.jsonl
    done >more.jsonl
    script -qec "'$program' --record bar.db read --jobs 1 more.jsonl" /dev/null </dev/null >bar 2>&1
    tr '\r' '\n' <bar >lines
    grep -q '% ━*─* [0-9]* reports' lines && good || bad "no bar on a terminal"
    grep -q 'reports, [0-9.]* a second, [0-9]* \(s\|min\) left' lines && good || bad "no rate and time left: $(tail -3 lines)"
    grep -q "$((160 * parts)) new reports" lines && good || bad "no summary behind the bar"
    script -qec "'$program' --record quiet.db read --quiet reports.jsonl" /dev/null </dev/null >bar 2>&1
    [ ! -s bar ] && good || bad "a bar with --quiet"
else
    skipped=$((skipped + 4))
    echo "skipped: the bar (no program script that makes a terminal)"
fi
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
