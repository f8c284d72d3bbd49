#!/bin/sh
# Reports of the second and third set of invented incidents become events: a floor under B-cubed and a bound on
# the near misses that are merged (measured 92.9 and none of 9, 80.5 and none of 15). usage: incidents.sh PROGRAM
passed=0
for limits in "second 90 0" "third 79 0"; do
    set -- "${1:-build/release/annals}" $limits
    tools/ask-incidents "$1" "tests/incidents/$2" --floor "$3" "$4" && passed=$((passed + 1))
done
echo "$passed passed, $((2 - passed)) failed"
[ "$passed" -eq 2 ]
