#!/bin/sh
# Who held what in the histories of tests/control and its second, third and fourth set: a floor under the right
# answers. usage: histories.sh PROGRAM
program=$1
passed=0
failed=0
# FOLDER FLOOR
histories() {
    right=$(python3 tools/ask-control "$program" "$1/questions.json" "$1/reports.jsonl" |
        sed -n 's/^\([0-9]*\) of [0-9]* right$/\1/p')
    if [ "${right:-0}" -ge "$2" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: ${right:-no} questions of $1 right, $2 at least before"
    fi
}
histories tests/control 55
histories tests/control/second 43
histories tests/control/third 19
histories tests/control/fourth 16
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
