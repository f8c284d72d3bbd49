#!/bin/sh
# An import killed at any moment, given again, goes on where it was and gives the same bytes as one
# that was left alone; on a terminal a bar shows how far it is, in a pipe nothing does.
# usage: gazetteer-import.sh PROGRAM
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
}
# Invented places; of allCountries 600,000 lines, so that its first part ends in its middle.
awk 'BEGIN {
    split("ka ru mi so ten bal dor gha qul zar ni pe lo vash tur emi sha kor da wel", part, " ")
    for (i = 1; i <= 600000; i++) {
        n = (i * 7919) % 160000; name = ""
        for (k = 0; k < 4; k++) { name = name part[n % 20 + 1]; n = int(n / 20) }
        name = toupper(substr(name, 1, 1)) substr(name, 2)
        feature = i % 10 ? "S\tHTL" : "P\tPPL" # most are read and left out, which is quick
        printf "%d\t%s\t%s\tOld %s\t%.4f\t%.4f\t%s\tZZ\t\t%02d\t\t\t\t%d\t\t\t\t\n", i, name, name,
            name, i % 170 - 85, i % 340 - 170, feature, i % 30, i % 5000
    } }' >allCountries.txt
awk 'BEGIN { for (i = 1; i <= 60000; i++) printf "%d\t%d\ten\tNew Place %d\t\t\t\t\t\t\n", i, i * 10, i }' \
    >alternateNamesV2.txt
awk 'BEGIN { for (i = 0; i < 30; i++) printf "ZZ.%02d\tNorth %d Province\tNorth %d Province\t%d\n", i, i, i,
    900000 + i }' >admin1CodesASCII.txt
head -2000 allCountries.txt | sed 's/^/1/' | gzip >cities500.gz
sources="cities500.gz allCountries.txt alternateNamesV2.txt admin1CodesASCII.txt"
import() { "$program" gazetteer import -o "$1" $sources; }
# So that what is killed is the program and not a shell that waits for it.
start_import() { exec "$program" gazetteer import -o "$1" $sources; }
same() {
    cmp -s whole.bin "$2" && good || bad "$1: other bytes"
    [ ! -e "$2.parts" ] && good || bad "$1: parts are left"
    rm -rf "$2" "$2.parts"
}
start=$(date +%s%N)
import whole.bin >out 2>&1 && good || bad "an import"
took=$((($(date +%s%N) - start) / 1000000))
[ ! -s out ] && good || bad "a bar in a pipe: $(head -c 200 out)"
[ ! -e whole.bin.parts ] && good || bad "parts are left"
# Killed as soon as so many parts are there.
parts() { find "$1.parts" -name '*.part' 2>/dev/null | wc -l; }
killed_after() {
    start_import "$2" &
    process=$!
    tries=0
    while [ "$(parts "$2")" -lt "$1" ] && [ "$tries" -lt 2000 ] && kill -0 "$process" 2>/dev/null; do
        tries=$((tries + 1))
        sleep 0.01
    done
    kill -9 "$process" 2>/dev/null
    wait "$process" 2>/dev/null
} 2>/dev/null
for count in 1 2 3 4 5; do
    killed_after "$count" killed.bin
    import killed.bin && good || bad "going on after $count parts"
    same "killed after $count parts" killed.bin
done
# Killed again and again, at moments spread over the time that an import takes.
for round in 1 2 3; do
    for part in 7 29 53 83; do
        start_import killed.bin &
        process=$!
        sleep "$(awk -v took="$took" -v part=$(((part * round) % 97)) 'BEGIN { printf "%.3f", took / 1000 * part / 97 }')"
        kill -9 "$process" 2>/dev/null
        wait "$process" 2>/dev/null
    done 2>/dev/null
    import killed.bin && good || bad "going on, round $round"
    same "killed four times, round $round" killed.bin
done
# What was read is not read again: an input whose name, size and time are as they were is not opened.
killed_after 3 killed.bin
for file in cities500.gz allCountries.txt; do
    cp -p "$file" "$file.kept"
done
if [ -e killed.bin.parts/002-allCountries.txt-0002.part ]; then
    tr -c '\n' x <allCountries.txt.kept >allCountries.txt
    touch -r allCountries.txt.kept allCountries.txt
    import killed.bin && good || bad "a finished input is read again"
    same "finished inputs from the parts" killed.bin
    mv allCountries.txt.kept allCountries.txt
else
    bad "no part for the end of allCountries"
fi
# In the middle of a file: the lines before the last part are passed over.
killed_after 2 killed.bin
rm -f killed.bin.parts/002-*-0002.part killed.bin.parts/003-* killed.bin.parts/004-*
if [ -e killed.bin.parts/002-allCountries.txt-0001.part ]; then
    cp -p allCountries.txt allCountries.txt.kept
    { head -500000 allCountries.txt.kept | tr -c '\n' x; tail -n +500001 allCountries.txt.kept; } >allCountries.txt
    touch -r allCountries.txt.kept allCountries.txt
    import killed.bin && good || bad "half an input is read again"
    same "the middle of a file" killed.bin
    mv allCountries.txt.kept allCountries.txt
else
    bad "no part in the middle of allCountries"
fi
# An input that changed is read again; so is one whose part is damaged.
killed_after 4 killed.bin
touch allCountries.txt
import killed.bin && good || bad "after a change"
same "a changed input" killed.bin
killed_after 4 killed.bin
for part in killed.bin.parts/*.part; do
    printf 'damage' | dd of="$part" bs=1 seek=130 conv=notrunc 2>/dev/null
done
import killed.bin && good || bad "after damage"
same "damaged parts" killed.bin
# An old gazetteer stays until the new one is whole.
printf 'old' >killed.bin
killed_after 2 killed.bin
[ "$(cat killed.bin)" = old ] && good || bad "the old gazetteer is gone"
import killed.bin
same "over an old one" killed.bin
# Where there is a terminal to be had.
if command -v script >/dev/null && script -qec true /dev/null </dev/null >/dev/null 2>&1; then
    script -qec "'$program' gazetteer import -o seen.bin $sources" /dev/null </dev/null >out 2>&1
    grep -q '100%.*writing seen.bin' out && good || bad "no bar on a terminal"
    grep -q '[0-9]% .*allCountries.txt' out && good || bad "the bar names no file"
    same "on a terminal" seen.bin
fi
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
