#!/bin/sh
# annals code on reports of twelve and of eight wars, coded by hand: floors for facts found and for claims that tell one.
# usage: reports.sh PROGRAM
command -v python3 >/dev/null || { echo "no python3: hand-coded reports are not scored; 0 passed, 0 failed"; exit 0; }
root=$(dirname "$0")/../..
passed=0
failed=0
# least NAME FIGURE FLOOR
least() {
    if [ -n "$2" ] && [ "$(printf '%s\n' "$2 $3" | awk '{ print ($1 >= $2) }')" = 1 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $1: $2, at least $3 wanted"
    fi
}
# floors PROGRAM FOLDER FACTS CLAIMS DATES
floors() {
    out=$(python3 "$root/tools/find-facts" "$1" "$2") || { echo "FAILED: $2 is not scored"; failed=$((failed + 1)); return; }
    printf '%s\n' "$out"
    folder=${2##*/} facts=$3 claims=$4 dates=$5
    set -- $(printf '%s\n' "$out" | tail -1)
    least "$folder: facts found, percent" "$2" "$facts"
    least "$folder: claims that tell a fact, percent" "$4" "$claims"
    least "$folder: dates of publication" "$6" "$dates"
}
floors "$1" "$root/tests/reports" 72 90 10
floors "$1" "$root/tests/reports/second" 62 89 7
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
