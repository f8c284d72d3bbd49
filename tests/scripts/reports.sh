#!/bin/sh
# annals code on twelve reports of twelve wars, coded by hand: floors for facts found and for claims that tell one.
# usage: reports.sh PROGRAM
command -v python3 >/dev/null || { echo "no python3: hand-coded reports are not scored; 0 passed, 0 failed"; exit 0; }
root=$(dirname "$0")/../..
passed=0
failed=0
out=$(python3 "$root/tools/find-facts" "$1" "$root/tests/reports") || { echo "0 passed, 1 failed"; exit 1; }
printf '%s\n' "$out"
set -- $(printf '%s\n' "$out" | tail -1)
# least NAME FIGURE FLOOR
least() {
    if [ -n "$2" ] && [ "$(printf '%s\n' "$2 $3" | awk '{ print ($1 >= $2) }')" = 1 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $1: $2, at least $3 wanted"
    fi
}
least "facts found, percent" "$2" 72
least "claims that tell a fact, percent" "$4" 90
least "dates of publication" "$6" 10
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
