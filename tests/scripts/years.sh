#!/bin/sh
# A report without a day does not join what happened years apart, nor does one that tells of both.
# usage: years.sh PROGRAM
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
[ -x "$program" ] || { echo "0 passed, 1 failed: no program $program"; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 3
passed=0
failed=0
good() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
    sed 's/^/    /' out
}
# story ID PUBLISHED DAY: the same words, of another year or of none.
story() {
    printf '{"id": "%s", %s"text": "Gunmen of the Sword Brigade stormed the cement works of Qarabulli%s and killed nine watchmen. ' "$1" "$2" "$3"
    printf 'They set fire to two lorries and fled towards the salt marsh, the mayor Salem Durman said."}\n'
}
story early '"published": "2009-03-11", ' ' on Tuesday 10 March 2009' >reports.jsonl
story undated '' '' >>reports.jsonl
story late '"published": "2012-06-06", ' ' on Tuesday 5 June 2012' >>reports.jsonl
"$program" --record a.db read --quiet reports.jsonl && good || bad "read"
"$program" --record a.db claims --format csv | awk -F, 'NR > 1 { print $3, $2 }' | sort -u >out
event_of() { awk -v report="$1" '$1 == report { print $2 }' out; }
[ -n "$(event_of early)" ] && [ "$(event_of early)" != "$(event_of late)" ] && good || bad "2009 and 2012 are one event"
[ "$(event_of undated)" = "$(event_of early)" ] || [ "$(event_of undated)" = "$(event_of late)" ] &&
    good || bad "the report without a day is nobody's, so it bridges nothing"
# What is only alleged of years before, in a report of today: its dead are not those of today.
printf '{"id": "accused", "published": "2012-06-06", "text": "Gunmen killed nine watchmen in Qarabulli on Tuesday. Their leader Salem Durman stands accused of massacring 300 prisoners in the war of 2002. The wounded were taken to Tripoli."}\n' >accused.jsonl
"$program" --record b.db read --quiet accused.jsonl && good || bad "read what is alleged"
"$program" --record b.db count killed >out
grep -q "^  300 .* 2002" out && good || bad "the dead of 2002 are in the event of 2012"
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
