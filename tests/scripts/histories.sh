#!/bin/sh
# Who held what in the histories of tests/control: a floor under the right answers. usage: histories.sh PROGRAM
program=$1
right=$(python3 tools/ask-control "$program" tests/control/questions.json tests/control/reports.jsonl |
    sed -n 's/^\([0-9]*\) of 82 right$/\1/p')
if [ "${right:-0}" -ge 45 ]; then
    echo "1 passed, 0 failed"
else
    echo "FAILED: ${right:-no} of 82 questions on control right, 47 before"
    echo "0 passed, 1 failed"
    exit 1
fi
