#!/bin/sh
# annals read on input and records that are wrong: each is named with its reason, the rest is read,
# and the exit status says so. usage: read.sh PROGRAM
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
[ -x "$program" ] || { echo "0 passed, 1 failed: no program $program"; exit 1; }
folder=$(mktemp -d)
trap 'umount "$folder/small" 2>/dev/null; rm -rf "$folder"' EXIT
cd "$folder" || exit 3
passed=0
failed=0
skipped=0
good() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
    sed 's/^/    /' out err 2>/dev/null
}
# expect TITLE STATUS WORDS COMMAND...: the exit status, and words on standard error ("" = none).
expect() {
    title=$1
    status=$2
    words=$3
    shift 3
    "$@" >out 2>err </dev/null
    found=$?
    if [ "$found" -ne "$status" ]; then
        bad "$title: exit status $found, not $status"
    elif [ -z "$words" ] && [ -s err ]; then
        bad "$title: something on standard error"
    elif [ -n "$words" ] && ! grep -qF -- "$words" err; then
        bad "$title: \"$words\" is not on standard error"
    else
        good
    fi
}
# holds TITLE RECORD NUMBER: so many reports.
holds() {
    number=$("$program" --record "$2" reports --format jsonl 2>/dev/null | wc -l)
    if [ "$number" -eq "$3" ]; then good; else bad "$1: $number reports, not $3"; fi
}
report() {
    printf '{"id": "%s", "published": "2021-08-08", "source": "The Test", "text": "%s"}\n' "$1" "$2"
}

# ---- input that is wrong, beside a good report
printf 'A good report.\n\nGondor attacked Mordor on Monday.\n' >good.txt
: >empty.txt
printf '   \n\n \t\n' >blank.txt
mkdir folder empty
printf 'Another report of the day before.\n' >folder/b.txt
printf 'A third report.\n' >folder/a.txt
printf '\177ELF\002\001\001\000\000\000\000\000\000\000\000\000' >binary.txt
printf 'A sentence.\nBroken \303\050 here.\n' >broken.txt
truncate -s 2G huge.txt 2>/dev/null || dd if=/dev/zero of=huge.txt bs=1 count=0 seek=2G 2>/dev/null
{
    report one "One thing happened."
    report two "Two things happened." | cut -c1-60
    report three "Three things happened."
    echo '{"id": "four"}'
    echo '{"id": "five", "published": "31 August", "text": "x"}'
    echo '["not", "a", "report"]'
    printf '{"id": "six", "text": "zero'
} >lines.jsonl
expect "a good file" 0 "" "$program" --record a.db read good.txt
holds "a good file" a.db 1
expect "the same again" 0 "" "$program" --record a.db read good.txt
holds "the same again" a.db 1
cp good.txt copy.txt
expect "a copy" 0 "" "$program" --record a.db read copy.txt
holds "a copy" a.db 1
expect "an empty file" 1 "empty.txt: is empty" "$program" --record b.db read empty.txt good.txt
holds "the rest after an empty file" b.db 1
expect "a blank file" 1 "blank.txt: " "$program" --record b.db read blank.txt
expect "a binary" 1 "binary.txt: " "$program" --record b.db read binary.txt
expect "a missing file" 1 "nowhere.txt: No such file" "$program" --record b.db read nowhere.txt
expect "an empty folder" 1 "empty: the folder holds no file" "$program" --record b.db read empty
expect "a folder" 0 "" "$program" --record c.db read folder
holds "a folder" c.db 2
expect "a device" 1 "is neither a file nor a folder" "$program" --record b.db read /dev/null
expect "2 GB" 1 "huge.txt: larger than 67108864 bytes" "$program" --record b.db read huge.txt
expect "a limit of one's own" 1 "good.txt: larger than 10 bytes" \
    "$program" --record d.db read --max-size 10 good.txt folder/a.txt
expect "lines over the limit" 1 "lines.jsonl: line 1: byte 0: larger than 20 bytes" \
    "$program" --record d.db read --max-size 20 lines.jsonl
expect "lines" 1 "lines.jsonl: line 2: byte " "$program" --record e.db read lines.jsonl
holds "the good lines" e.db 2
for words in 'line 4: ' 'line 5: ' 'line 6: ' 'line 7: '; do
    "$program" --record e.db read lines.jsonl >out 2>err
    if grep -qF "$words" err; then good; else bad "lines: $words"; fi
done
expect "all of it at once" 1 "nowhere.txt" "$program" --record f.db read \
    empty.txt blank.txt binary.txt folder nowhere.txt empty huge.txt lines.jsonl good.txt
holds "all of it at once" f.db 5
report stdin "Something came in." | "$program" --record g.db read - >out 2>err
holds "JSON lines on standard input" g.db 1
printf 'Something else came in.\n' | "$program" --record g.db read - >out 2>err
holds "text on standard input" g.db 2
printf 'caf\351\n' >latin.txt
"$program" --record g.db read latin.txt >out 2>err
[ $? -le 1 ] && good || bad "bytes of an old charset"

# ---- reports that are not in English
report rohan "Soldiers of Rohan killed nine people in Dale on Monday." >tongues.jsonl
report gondor "Des soldats ont attaqué le village dans la nuit de lundi et ils ont tué neuf personnes, selon le maire de la ville, qui n'a pas dit où ils sont." >>tongues.jsonl
report mordor "Взрыв в городе." >>tongues.jsonl
expect "other languages" 0 "" "$program" --record tongues.db read tongues.jsonl
grep -q "^3 new reports, 2 of them not in English (stored, not coded)$" out && good || bad "other languages are counted"
"$program" --record tongues.db sql --format csv "SELECT name, language, (SELECT count(*) > 0 FROM claims c
    WHERE c.report = r.report) AS coded FROM reports r ORDER BY name" >out 2>err
[ "$(tail -n +2 out | tr -d '\r' | tr '\n' ' ')" = "gondor,fr,0 mordor,und,0 rohan,,1 " ] && good || bad "other languages are marked"
"$program" --record tongues.db reports --format csv | tr -d '\r' | grep -q ',fr\(,\|$\)' && good || bad "annals reports shows the language"
"$program" code tongues.jsonl >out 2>err
sed -n 2p out | grep -q '"language":"fr".*"claims":\[\]' && good || bad "annals code marks another language"
sed -n 1p out | grep -q '"language"' && bad "annals code marks English" || good

# ---- wrong use
expect "no path" 2 "read what?" "$program" read
expect "an unknown option" 2 "unknown option --nonsense" "$program" read --nonsense
expect "a value that is none" 2 "does not take" "$program" read --max-size ten good.txt
expect "a missing value" 2 "needs a value" "$program" timeline --from
expect "a day that is none" 2 "is not a day" "$program" --record a.db timeline --from 2021-02-30
expect "a status that is none" 2 "does not take" "$program" --record a.db claims --status maybe
expect "an unknown command" 2 "there is no command" "$program" nonsense
expect "a layout that has no rows" 2 "table, json or jsonl" "$program" --record a.db show r0 --format csv
expect "a gazetteer that does nothing" 2 "gazetteer what?" "$program" gazetteer
expect "a format of trees that is none" 2 "--format is conllu (default) or tree" "$program" parse --format box
expect "a watch over nothing" 2 "watch what?" "$program" --record empty.db watch
expect "holders that nobody names" 0 "no report says who holds a place" "$program" --record empty.db control
expect "a data folder that is not there" 0 "" "$program" --data nowhere info
grep -q '^data: nowhere (there is no such folder' out && ! grep -q '^dictionaries:' out && good || bad "info of no data: $(cat out)"
expect "an id that is none" 3 "is no id" "$program" --record a.db show nonsense
expect "an id of nothing" 3 "nothing with the id" "$program" --record a.db show e0000000000000

# ---- records that are wrong
expect "no record" 3 "there is no such record" "$program" --record nowhere.db timeline
printf 'Dear aunt, this is a letter and no database, though it is longer than a hundred bytes. %s\n' \
    "Your nephew writes to you again soon." >letter.db
expect "a letter as record" 3 "not a record of annals" "$program" --record letter.db read good.txt
expect "a folder as record" 3 "this is a folder" "$program" --record folder read good.txt
if command -v python3 >/dev/null; then
python3 - <<'P'
import sqlite3
other = sqlite3.connect('other.db')
other.execute('create table recipes (name)')
other.commit()
newer = sqlite3.connect('newer.db')
newer.execute('pragma application_id = %d' % 0x616e6e6c)
newer.execute('pragma user_version = 99')
newer.commit()
P
expect "another program's database" 3 "another program" "$program" --record other.db read good.txt
expect "a newer record" 3 "newer annals" "$program" --record newer.db read good.txt
expect "a newer record, asked" 3 "newer annals" "$program" --record newer.db timeline

# ---- a record that another process holds
cp a.db held.db
python3 - <<'P' &
import sqlite3, time, os
held = sqlite3.connect('held.db', isolation_level=None)
held.execute('begin immediate')
open('holding', 'w').close()
while not os.path.exists('let-go'):
    time.sleep(0.05)
held.execute('commit')
P
holder=$!
while [ ! -f holding ]; do sleep 0.1; done
expect "a held record" 3 "in use by another process (waited 1.0 seconds)" \
    "$program" --record held.db --wait 1 read folder
expect "a held record can be asked" 0 "" "$program" --record held.db reports
(sleep 1; touch let-go) &
expect "a held record that is let go" 0 "" "$program" --record held.db --wait 20 read folder
wait "$holder"
holds "a held record that is let go" held.db 3
else
    skipped=$((skipped + 7))
    echo "skipped: records of other programs and held ones (no python3; tests/unit/record_test.c has them)"
fi

# ---- a folder that cannot be written
mkdir locked
cp a.db locked/a.db
chmod 555 locked
chmod 444 locked/a.db
chmod 755 "$folder"
if [ "$(id -u)" -ne 0 ]; then
    as=
elif command -v setpriv >/dev/null && setpriv --reuid=65534 --clear-groups "$program" --version >/dev/null 2>&1; then
    as="setpriv --reuid=65534 --clear-groups"
else
    as=none
fi
if [ "$as" != none ]; then
    expect "a read-only folder" 3 "locked/new.db: " $as "$program" --record locked/new.db read good.txt
    expect "a read-only record" 3 "may only be read" $as "$program" --record locked/a.db read good.txt
    expect "a read-only record can be asked" 0 "" $as "$program" --record locked/a.db reports
    grep -q copy.txt out && good || bad "a read-only record can be asked: what it holds"
else
    skipped=$((skipped + 4))
    echo "skipped: read-only folders (as root, without setpriv)"
fi

# ---- two reports of one day whose SHA-256 begin with the same 24 bits, and whose claims stand at the same place
like() {
    printf '{"id":"k%05d","published":"2015-10-05","text":"Gondor attacked Rohan near Dale on Monday, killing five soldiers. Number %05d."}\n' \
        "$1" "$1"
}
{ like 80 && like 6895; } >like.jsonl
like 80 >like-one.jsonl
like 6895 >like-two.jsonl
expect "two alike at once" 0 "" "$program" --record like.db read like.jsonl
for order in "one two" "two one"; do
    rm -f alike.db*
    for part in $order; do
        expect "two alike, $order" 0 "" "$program" --record alike.db read like-$part.jsonl
    done
    "$program" --record alike.db reports --format tsv >out
    [ "$(wc -l <out)" -eq 3 ] && good || bad "two alike: $(cat out)"
    expect "two alike, $order, are sound" 0 "" "$program" --record alike.db verify --quiet
    "$program" --record alike.db claims --format csv >claims-alike
    [ "$(wc -l <claims-alike)" -gt 2 ] && good || bad "two alike: no claims"
done

# ---- a full disk
mkdir small
if mount -t tmpfs -o size=900k tmpfs small 2>/dev/null; then
    awk 'BEGIN { for (i = 0; i < 60; i++) {
        printf "{\"id\": \"r%d\", \"text\": \"", i
        for (j = 0; j < 200; j++) printf "Gondor attacked Mordor again on day %d. ", i
        print "\"}" } }' >many.jsonl
    expect "a full disk" 3 "no space is left" "$program" --record small/a.db read many.jsonl
    "$program" --record small/a.db reports --format jsonl >out 2>err
    number=$(wc -l <out)
    [ "$number" -lt 60 ] && good || bad "a full disk: $number reports"
    cp small/a.db* . 2>/dev/null
    expect "what was stored before is safe" 0 "" "$program" --record a.db export --as dump
    umount small
else
    skipped=$((skipped + 3))
    echo "skipped: a full disk (tmpfs cannot be mounted here)"
fi
[ -c /dev/full ] && {
    "$program" --record f.db export --as dump >/dev/full 2>err
    [ $? -eq 3 ] && good || bad "output that cannot be written"
}
[ "$skipped" -gt 0 ] && echo "$skipped skipped"
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
