#!/bin/sh
# People decide (two of them), reports are coded again with a changed dictionary, interrupted and not,
# and a damaged record is told from a sound one. usage: decide.sh PROGRAM
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
[ -x "$program" ] || { echo "0 passed, 1 failed: no program $program"; exit 1; }
share=$(cd "$(dirname "$program")/../share/annals" && pwd) || exit 3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 3
passed=0
failed=0
good() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
    sed 's/^/    /' out err 2>/dev/null | head -20
}
# expect TITLE STATUS COMMAND...: the exit status; what it prints is in out and err.
expect() {
    title=$1
    status=$2
    shift 2
    "$@" >out 2>err </dev/null
    found=$?
    if [ "$found" -eq "$status" ]; then good; else bad "$title: exit status $found, not $status"; fi
}
says() { if grep -qF -- "$2" out err; then good; else bad "$1: \"$2\" is not said"; fi; }
same() { if cmp -s "$2" "$3"; then good; else bad "$1: $(diff "$2" "$3" | head -3)"; fi; }
annals() { "$program" --record "$record" "$@"; }
sound() { expect "$1: verify" 0 "$program" --record "$record" verify; }
# The dump without the decisions themselves.
dump() { annals export --as dump | grep -v '^decision'; }
# ids LETTER COMMAND...: the first column of a list.
ids() { annals "$@" --format tsv | tail -n +2 | cut -f1; }

awk 'BEGIN {
    split("Gondor Rohan Mordor Dunland Harad Umbar", nations, " ")
    split("Osgiliath Edoras Pelargir Dale Linhir", towns, " ")
    for (i = 0; i < 60; i++) {
        a = nations[i % 6 + 1]; b = nations[(i * 5 + 1) % 6 + 1]; town = towns[i % 5 + 1]
        text = sprintf("%s attacked %s near %s on Monday, killing %d soldiers. The governor of %s " \
            "said %d civilians were wounded. %s denied it.", a, b, town, i + 2, town, i % 7 + 2, b)
        printf "{\"id\": \"r%d\", \"published\": \"2015-0%d-1%d\", \"source\": \"Paper %d\", " \
            "\"text\": \"%s\"}\n", i, i % 9 + 1, i % 9, i % 4, text
    } }' >reports.jsonl
# Text is a page, so that paragraphs and packed originals are there too.
printf '<html><head><title>Dale shelled</title></head><body><h1>Dale shelled</h1><p>Harad shelled Dale on
Tuesday and wounded nine people, the mayor of Dale said.</p><p>Rohan troops killed four rebels.</p>%s
</body></html>\n' "$(seq -s ' ' 400 | sed 's/^/<!-- /; s/$/ -->/')" >page.html
record=a.db
expect "reading" 0 "$program" --record a.db read --quiet reports.jsonl page.html
sound "a fresh record"
dump >fresh.dump

# ---- two people review the same claims
printf 'a\nc killed=7\nc status=disputed\ns\nr\nn a note\na\nq\n' |
    annals review --for 4 --author Anna >out 2>err && good || bad "a review through a pipe"
says "the review's end" "2 accepted, 1 rejected, 2 corrected, 1 noted"
printf 'a\nc killed=8\nc status=disputed\ns\nr\na\n' |
    annals review --again --for 4 --author Bob >out 2>err && good || bad "a second review"
says "the second review's end" "2 accepted, 1 rejected, 2 corrected"
sound "two reviews"
expect "agreement" 0 "$program" --record a.db agreement --format tsv
grep -qE '^verdict	2	4	1.000	1.000' out && good || bad "agreement on verdicts"
grep -qE '^status	2	3	1.000	1.000' out && good || bad "agreement on status"
grep -qE '^killed	2	3	0.667	' out && good || bad "agreement on the killed"
expect "agreement of two" 0 "$program" --record a.db agreement Anna Bob --format json
expect "agreement of one" 2 "$program" --record a.db agreement Anna
expect "the log" 0 "$program" --record a.db log --format jsonl
[ "$(wc -l <out)" -eq 11 ] && good || bad "eleven decisions"
says "what was replaced" '"state":"replaced by d8"'
corrected=$(annals claims --status disputed --format tsv | tail -n +2 | cut -f1)
expect "a corrected claim" 0 "$program" --record a.db show "$corrected"
says "who corrected it" "(Bob, d8)"
says "how many it is now" "8 killed"
expect "the corrected list" 0 "$program" --record a.db claims --status disputed
says "the list's mark" "status by Bob"
expect "rejected claims" 0 "$program" --record a.db claims --status rejected --format jsonl
[ "$(wc -l <out)" -eq 1 ] && good || bad "one claim is rejected"
expect "a decision of nobody" 2 env ANNALS_AUTHOR= "$program" --record a.db amend "$corrected" --set colour=red
says "what a slot is" 'a claim has no "colour"'
expect "no decision on nothing" 2 "$program" --record a.db amend "$corrected"
expect "an unknown place" 2 "$program" --record a.db amend "$corrected" --set place=Qqxzzt --author Anna
says "why" "no place is called"
expect "a place of the gazetteer" 0 "$program" --record a.db amend "$corrected" --set place=1138958 --author Anna
expect "claims there" 0 "$program" --record a.db claims --place Kabul --format jsonl
[ "$(wc -l <out)" -eq 1 ] && good || bad "the decided place is searched for"

# ---- events
first=$(ids events | sed -n 1p)
second=$(ids events | sed -n 2p)
expect "merge" 0 "$program" --record a.db merge "$first" "$second" --author Anna --reason "one raid"
sound "merged events"
expect "the merged event" 0 "$program" --record a.db show "$(ids events | sed -n 1p)"
says "why it is one" "one raid (Anna, d13)"
claim=$(annals show "$(ids events | sed -n 1p)" --format json | tr ',' '\n' | sed -n 's/.*"claim":"\(c[^"]*\)".*/\1/p' | tail -1)
expect "split" 0 "$program" --record a.db split "$(ids events | sed -n 1p)" "$claim" --author Bob
sound "split events"
expect "a note" 0 "$program" --record a.db note "$(ids reports | sed -n 1p)" "from the archive" --author Bob
expect "reading on" 0 "$program" --record a.db read --quiet reports.jsonl
sound "after reading again"
for number in 1 2 3 4 6 7 8 9 10 11 12 13 14; do
    annals undo "d$number" --author Anna >/dev/null 2>>err || bad "undo d$number"
done
dump >undone.dump
same "all undone" fresh.dump undone.dump
sound "all undone"

# ---- another dictionary: nothing is wounded any more
mkdir data
cp -RL "$share/dictionaries" data/dictionaries
ln -s "$share/models" data/models
ln -s "$share/gazetteer.bin" data/gazetteer.bin
sed -i '/^wound/d' data/dictionaries/en/events.tsv
record=b.db
annals --data data read --quiet reports.jsonl page.html
dump >other.dump
cmp -s fresh.dump other.dump && bad "the other dictionary finds nothing else" || good
for jobs in 1 3; do
    record=jobs$jobs.db
    annals read --quiet reports.jsonl page.html
    annals claims --format csv >before.csv
    annals events --format csv >before-events.csv
    version=$(annals info --format json | sed 's/.*"dictionaries":"\([0-9a-f]\{12\}\).*/\1/')
    expect "recode with $jobs threads" 0 "$program" --record "$record" --data data recode --jobs "$jobs"
    says "how many" "61 reports coded again"
    says "the wounded are gone" "wounded "
    sound "recoded"
    dump >recoded.dump
    same "recode with $jobs threads" other.dump recoded.dump
    annals claims --with "$version" --format csv >with.csv
    same "claims with the older version" before.csv with.csv
    annals events --with "$version" --format csv >with.csv
    same "events with the older version" before-events.csv with.csv
    expect "the older text search" 0 "$program" --record "$record" claims --with "$version" --text wounded --format jsonl
    [ "$(wc -l <out)" -gt 50 ] && good || bad "search in the older coding"
done
expect "recode again" 0 "$program" --record "$record" --data data recode
says "nothing to do" "0 reports coded again"
expect "no such version" 3 "$program" --record "$record" claims --with 0123456789
expect "back" 0 "$program" --record "$record" recode --format json
says "the changes as JSON" '"types":[{"type":"ASSAULT"'
sound "recoded back"
dump >back.dump
same "recoded back" fresh.dump back.dump
# Decisions hold where the claim is found again, and wait where it is not.
killed=$(annals claims --text killing --format tsv | sed -n 2p | cut -f1)
wounded=$(annals claims --text wounded --format tsv | sed -n 2p | cut -f1)
annals amend "$killed" "$wounded" --set status=alleged --author Anna >/dev/null
annals --data data recode --quiet >/dev/null
sound "recoded with decisions"
expect "the log after recoding" 0 "$program" --record "$record" log
grep -q "$killed.*holds" out && good || bad "a decision survives"
grep -q "$wounded.*no longer applies" out && good || bad "a decision waits"
annals recode --quiet >/dev/null
expect "the log after recoding back" 0 "$program" --record "$record" log
grep -q "$wounded.*holds" out && good || bad "a decision applies again"
# Killed in between, it goes on.
record=killed.db
annals read --quiet reports.jsonl page.html
for round in 1 2 3 4 5 6; do
    "$program" --record "$record" --data data recode --quiet --jobs $((round % 3 + 1)) >/dev/null 2>&1 &
    process=$!
    sleep "0.$((round * 37 % 60 + 10))"
    kill -9 "$process" 2>/dev/null
    wait "$process" 2>/dev/null
    [ "$round" -eq 3 ] && sound "killed in between"
done
expect "recode after kills" 0 "$program" --record "$record" --data data recode
sound "recode after kills"
dump >recoded.dump
same "recode after kills" other.dump recoded.dump

# ---- a terminal
if command -v script >/dev/null; then
    record=a.db
    # Keys come when the program waits for them, not before.
    { sleep 1; printf 'a'; sleep 0.5; printf 'q'; } |
        script -qec "TERM=xterm ANNALS_AUTHOR=Cora '$program' --record a.db review --for 3; stty -a" /dev/null >out 2>err
    says "keys of a terminal" "1 accepted"
    tr ' ;' '\n\n' <out | grep -qx 'icanon' && good || bad "the terminal is as it was"
fi

# ---- damage
record=a.db
cp a.db damaged.db
places=$(grep -abo 'attacked Harad near' damaged.db | cut -d: -f1)
[ -n "$places" ] && good || bad "no text to damage"
for at in $places; do
    printf 'assaults' | dd of=damaged.db bs=1 seek="$at" conv=notrunc 2>/dev/null
done
expect "a changed text" 1 "$program" --record damaged.db verify
says "what is damaged" "report_search: does not hold the words of the texts"
head -c 20000 a.db >cut.db
expect "a cut record" 3 "$program" --record cut.db verify
expect "no record" 3 "$program" --record nowhere.db verify
[ -e nowhere.db ] && bad "verify makes no record" || good
expect "nothing to recode" 3 "$program" --record nowhere.db recode
[ -e nowhere.db ] && bad "recode makes no record" || good
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
