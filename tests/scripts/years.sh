#!/bin/sh
# A report without a day does not join what happened years apart.
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
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
