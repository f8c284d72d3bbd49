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
# checked FILE PATTERN: `annals check FILE` exits 1 and names it.
checked() {
    "$program" check "$1" >build/coder-files.out 2>&1
    if [ $? -eq 1 ] && grep -q -- "$2" build/coder-files.out; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED: check %s does not say %s\n' "$1" "$2"
    fi
}
checked tests/dictionaries/coder-broken.actors 'coder-broken.actors:1: a code has no closing bracket'
checked tests/dictionaries/coder-faulty.actors 'coder-faulty.actors:2: a synonym stands without an entry'
checked tests/dictionaries/coder-faulty.actors 'coder-faulty.actors:4: a date that no calendar has: KENGOV'
checked tests/dictionaries/coder-faulty.actors 'coder-faulty.actors:5: a date that ends before it begins: KENOPP'
checked tests/dictionaries/coder-faulty.actors 'coder-faulty.actors:6: a date is none'
checked tests/dictionaries/coder-faulty.actors 'coder-faulty.actors:7: a phrase that stands in another entry too: OSKA MELDE'
checked tests/dictionaries/coder-faulty.actors 'coder-faulty.actors:7: unknown code: ZUB'
checked tests/dictionaries/coder-faulty.actors 'coder-faulty.actors:8: an entry without a code: KARGA FRONT'
checked tests/dictionaries/coder-faulty.agents 'coder-faulty.agents:2: a plural has no closing brace'
checked tests/dictionaries/coder-faulty.agents 'coder-faulty.agents:3: no such set of words: !NOBODY!'
printf 'KENYAN_SAILOR_ [KENLAB >19990731]\n' >build/coder-sound.actors
if "$program" check build/coder-sound.actors | grep -q 'nothing found wrong'; then
    passed=$((passed + 1))
else
    failed=$((failed + 1))
    echo "FAILED: a sound file is found wrong"
fi
# ---- a folder of dictionaries in which one row of events.tsv is wrong
data=build/coder-data
rm -rf "$data" && mkdir "$data" && cp -RL build/share/annals/dictionaries "$data" &&
    ln -s ../share/annals/models ../share/annals/gazetteer.bin "$data"
sound=build/share/annals/dictionaries/en/events.tsv
# spoilt COLUMN VALUE PATTERN: that cell of the first row being VALUE, `annals check` names the line, and reading refuses it.
spoilt() {
    awk -F '\t' -v OFS='\t' -v column="$1" -v value="$2" '!/^#/ && ++row == 2 { $column = value } { print }' \
        "$sound" >"$data/dictionaries/en/events.tsv"
    checked "$data" "events.tsv:[0-9]*: $3"
    echo '{"id":"r","text":"Gunmen abducted three engineers."}' | "$program" --data "$data" code >build/coder-files.out 2>&1
    if [ $? -eq 3 ] && grep -q -- "$3" build/coder-files.out; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED: a row with %s is read\n' "$2"
    fi
}
spoilt 5 ASSAULTS 'no such type of PLOVER: "ASSAULTS"'
spoilt 5 '' 'no such type of PLOVER: ""'
spoilt 7 '' 'no code of CAMEO: ""'
spoilt 7 18x 'no code of CAMEO: "18x"'
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
