#!/bin/sh
# annals backup and restore: the copy holds what the record held, whoever writes meanwhile; nothing that
# is there already is overwritten; what fails leaves no file. usage: backup.sh PROGRAM
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
[ -x "$program" ] || { echo "0 passed, 1 failed: no program $program"; exit 1; }
folder=$(mktemp -d)
trap 'umount "$folder/small" 2>/dev/null; rm -rf "$folder"' EXIT
cd "$folder" || exit 3
passed=0
failed=0
good() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
    sed 's/^/    /' out err 2>/dev/null
}
# expect TITLE STATUS WORDS COMMAND...: the exit status, and words that it says.
expect() {
    title=$1
    status=$2
    words=$3
    shift 3
    "$@" >out 2>err </dev/null
    found=$?
    if [ "$found" -ne "$status" ]; then
        bad "$title: exit status $found, not $status"
    elif ! cat out err | grep -qF -- "$words"; then
        bad "$title: it does not say \"$words\""
    else
        good
    fi
}
same() { if cmp -s "$2" "$3"; then good; else bad "$1: the dumps differ"; fi; }
dump() { "$program" --record "$1" export --as dump >"$2"; }
none() { if [ -z "$(ls | grep "$2")" ]; then good; else bad "$1: $(ls | grep "$2" | tr '\n' ' ')"; fi; }

reports() {
    awk -v from="$1" -v to="$2" 'BEGIN {
        split("Gondor Rohan Mordor Harad", nations, " ")
        for (i = from; i < to; i++)
            printf "{\"id\": \"r%d\", \"published\": \"2015-0%d-1%d\", \"text\": \"%s attacked %s near " \
                "Osgiliath on Monday, killing %d soldiers, its governor said. %s denied it.\"}\n", \
                i, i % 9 + 1, i % 9, nations[i % 4 + 1], nations[(i + 1) % 4 + 1], i + 2, nations[i % 4 + 1] }'
}
reports 0 150 >first.jsonl
reports 150 800 >second.jsonl
"$program" --record a.db read --quiet first.jsonl
dump a.db a.dump

expect "a backup" 0 "b.db: a copy of the record" "$program" --record a.db backup b.db
dump b.db b.dump
same "a backup" a.dump b.dump
none "beside a backup" part
expect "a place that is taken" 3 "there is a file of this name already" "$program" --record a.db backup b.db
dump b.db b.dump
same "what was there" a.dump b.dump
expect "a restored record" 0 "c.db: the record of the backup" "$program" --record c.db restore b.db
dump c.db c.dump
same "a restored record" a.dump c.dump
expect "a record that is there" 3 "there is a file of this name already" "$program" --record a.db restore b.db
expect "a restored record takes more" 0 "new report" "$program" --record c.db read second.jsonl
expect "no such backup" 3 "there is no such record" "$program" --record d.db restore nowhere.db
expect "no such record" 3 "there is no such record" "$program" --record nowhere.db backup d.db
expect "no such folder" 3 "No such file" "$program" --record a.db backup nowhere/d.db
expect "no file" 2 "one FILE" "$program" --record a.db backup
touch d.db-wal
expect "a log that another record left" 3 "d.db-wal: there is a file of this name" \
    "$program" --record d.db restore b.db
rm d.db-wal
head -c 20000 b.db >half.db
expect "half of a backup" 3 "half.db: " "$program" --record d.db restore half.db
# Pages in the midst of the file overwritten.
cp b.db damaged.db
yes X | head -c 40960 | dd of=damaged.db bs=4096 seek=20 conv=notrunc 2>/dev/null
expect "a damaged backup" 3 "damaged" "$program" --record d.db restore damaged.db
printf 'This is a letter, and no copy of a record, though it is as long as one might be. %s\n' \
    "Yours, as ever." >letter.db
expect "a letter" 3 "not a record of annals" "$program" --record d.db restore letter.db
none "after what failed" '^d.db\|part'
chmod 640 a.db
"$program" --record a.db backup --quiet private.db
[ "$(stat -c %a private.db)" = 640 ] && good || bad "who may read a backup: $(stat -c %a private.db)"

# ---- while a writer writes: a copy is a record that stood there, report by report
cp a.db w.db
"$program" --record w.db read --quiet --jobs 1 second.jsonl &
writer=$!
number=0
while kill -0 "$writer" 2>/dev/null && [ "$number" -lt 40 ]; do
    number=$((number + 1))
    "$program" --record w.db backup --quiet "w$number.db" 2>err || bad "a backup while a writer writes"
done
wait "$writer" && good || bad "the writer beside backups"
[ "$number" -ge 3 ] && good || bad "only $number backups while a writer wrote"
dump w.db w.dump
grep "^reports" w.dump | LC_ALL=C sort >whole
grew=0
for copy in w[0-9]*.db; do
    "$program" --record "$copy" export --as dump | grep "^reports" | LC_ALL=C sort >part
    # Reports that are not merged yet are no damage.
    "$program" --record "$copy" verify >out 2>&1 || bad "verify $copy"
    [ "$(wc -l <part)" -gt 150 ] && [ "$(wc -l <part)" -lt 800 ] && grew=1
    [ "$(LC_ALL=C comm -23 part whole | wc -l)" -eq 0 ] && [ "$(wc -l <part)" -ge 150 ] || bad "$copy holds other reports"
done
good
[ "$grew" -eq 1 ] && good || bad "no backup was made in the midst of the writing"
# What a copy lacks is read into it: the same record.
"$program" --record w1.db read --quiet second.jsonl
dump w1.db w1.dump
same "a backup that is read on" w.dump w1.dump

# ---- stopped, and a full disk
for moment in 0.004 0.008 0.016 0.032 0.064; do
    timeout -s TERM "$moment" "$program" --record w.db backup s.db >out 2>err
    none "a backup stopped after $moment seconds" '^s.db.part'
    rm -f s.db
done
mkdir small
if mount -t tmpfs -o size=300k tmpfs small 2>/dev/null; then
    expect "a full disk" 3 "no space is left" "$program" --record w.db backup small/f.db
    [ -z "$(ls small)" ] && good || bad "a full disk: left $(ls small)"
    umount small
else
    echo "skipped: a full disk (tmpfs cannot be mounted here)"
fi
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
