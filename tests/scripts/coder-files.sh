#!/bin/sh
# `annals code --actors --agents`: dictionaries of one's own go before those installed.
# usage: coder-files.sh PROGRAM
program=$1
passed=0
failed=0
actors=tests/dictionaries/coder.actors
agents=tests/dictionaries/coder.agents
# code DATE TEXT PATTERN: the coded report has the pattern.
code() {
    printf '{"id":"r","published":"%s","text":"%s"}\n' "$1" "$2" |
        "$program" code --actors "$actors" --agents "$agents" >build/coder-files.out
    if grep -q -- "$3" build/coder-files.out; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED: "%s" does not give %s\n' "$2" "$3"
    fi
}
without() {
    printf '{"id":"r","published":"%s","text":"%s"}\n' "$1" "$2" |
        "$program" code --actors "$actors" --agents "$agents" >build/coder-files.out
    if grep -q -- "$3" build/coder-files.out; then
        failed=$((failed + 1))
        printf 'FAILED: "%s" gives %s\n' "$2" "$3"
    else
        passed=$((passed + 1))
    fi
}
code 2001-02-03 "Zubia closed its harbour." '"code": *"ZUB"'
code 1998-02-03 "Oska Melde closed the harbour." '"code": *"ZUBOPP"'
code 2001-02-03 "Oska Melde closed the harbour." '"code": *"ZUBGOV"'
code 2009-02-03 "The Karga Front closed the harbour." '"type": *"government"'
code 2001-02-03 "Kenyan harbour pilots went home." '"code": *"KENLAB"'
code 2001-02-03 "Kenyan relief workers went home." '"code": *"NGOKEN"'
without 2001-02-03 "The Summer Games closed the harbour." 'Games'
without 2001-02-03 "Horoscope for today: Kenya closes the harbour." '"code": *"KEN"'
"$program" code --actors tests/dictionaries/coder-broken.actors </dev/null 2>build/coder-files.out
[ $? -eq 3 ] && grep -q 'line 1' build/coder-files.out && passed=$((passed + 1)) || {
    failed=$((failed + 1))
    echo "FAILED: a broken file is not named"
}
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
