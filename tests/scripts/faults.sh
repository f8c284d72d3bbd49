#!/bin/sh
# Disks that fail, are full, write half; calls that are interrupted; clocks that leap; kills at a chosen
# write; a power cut at every boundary of the log. Whatever happens, annals says so or succeeds, and
# reading again gives the record that an undisturbed reading gives (docs/reliability.md).
# usage: faults.sh PROGRAM; FAULTS=all tries every call instead of some
root=$(cd "$(dirname "$0")/../.." && pwd)
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
build=$(dirname "$program")
[ -x "$program" ] || { echo "0 passed, 1 failed: no program $program"; exit 1; }
case $build in */release) ;; *) build=$root/build/release ;; esac
make -s -C "$root" VARIANT=release faults >/dev/null || { echo "0 passed, 1 failed: make faults"; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 3
passed=0
failed=0
good() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
    sed 's/^/    /' err 2>/dev/null | head -5
}
awk 'BEGIN {
    split("Gondor Rohan Mordor Dunland Harad Umbar", nations, " ")
    for (i = 0; i < 6; i++)
        printf "{\"id\": \"r%d\", \"published\": \"2015-0%d-1%d\", \"text\": \"%s attacked %s near Dale on " \
            "Monday, killing %d soldiers.\"}\n", i, i + 1, i, nations[i + 1], nations[(i + 1) % 6 + 1], i + 2 }' >reports.jsonl
"$program" --record whole.db read --quiet --jobs 1 reports.jsonl
"$program" --record whole.db export --as dump >whole.dump

# faulty FAULT PATH COMMAND...: the command under the fault; its exit status in $status.
faulty() {
    fault=$1
    path=$2
    shift 2
    FAULT=$fault FAULT_PATH=$path LD_PRELOAD=$build/fault-shim.so "$@" >out 2>err
    status=$?
}
# again TITLE: what is read again, without fault, is the whole record.
again() {
    "$program" --record a.db read --quiet --jobs 1 reports.jsonl >/dev/null 2>err || { bad "$1: reading again"; return; }
    "$program" --record a.db export --as dump >dump 2>err
    if cmp -s whole.dump dump; then good; else bad "$1: the record differs"; fi
}
# reading FAULT PATH: under the fault it is done or it is told; then it is read again.
reading() {
    rm -f a.db*
    faulty "$1" "$2" "$program" --record a.db read --quiet --jobs 1 reports.jsonl
    case $status in
    0) ;;
    3) [ -s err ] || bad "$1 on $2: nothing is said" ;;
    137) [ "${1##*:}" = kill ] || bad "$1 on $2: killed" ;;
    *) bad "$1 on $2: exit status $status" ;;
    esac
    case $1:$status in *ENOSPC*:3) grep -qE "no space is left|No space left" err || bad "$1 on $2: says another reason" ;; esac
    again "$1 on $2"
}
# numbers LAST: 1, 2, 4, ... up to LAST, or all.
numbers() {
    [ "${FAULTS:-}" = all ] && seq 1 "$1" || awk -v last="$1" 'BEGIN { for (i = 1; i <= last; i *= 4) print i }'
}
for number in $(numbers 64); do
    reading "write:$number:ENOSPC:on" a.db-wal
    reading "write:$number:EIO" a.db-wal
    reading "write:$number:kill" a.db-wal
done
for number in $(numbers 16); do
    reading "write:$number:EIO" a.db
    reading "write:$number:kill" a.db
    reading "read:$number:EIO" a.db
done
reading "write:2:short" a.db-wal
reading "read:1:short" a.db
reading "write:1:EINTR" a.db-wal
for number in 1 2; do
    reading "sync:$number:EIO" a.db-wal
    reading "sync:$number:EIO" a.db
    reading "sync:$number:kill" a.db
done
reading "truncate:1:EIO" a.db-shm
reading "open:1:EMFILE" a.db
reading "open:1:EIO" a.db-wal

# ---- reports that cannot be read are named, the rest is read
mkdir some
printf 'Gondor attacked Mordor near Dale on Monday.\n' >some/a.txt
printf 'Rohan attacked Harad near Linhir on Tuesday.\n' >some/b.txt
for fault in read:1:EIO:on read:2:EIO open:1:EMFILE open:1:EIO; do
    rm -f a.db*
    faulty "$fault" b.txt "$program" --record a.db read some
    [ "$status" -eq 1 ] && grep -q 'some/b.txt: ' err && good || bad "$fault on a report: exit status $status"
    [ "$("$program" --record a.db reports --format jsonl | wc -l)" -eq 1 ] && good || bad "$fault on a report: the others"
done
for fault in read:1:short read:1:EINTR; do
    rm -f a.db*
    faulty "$fault" b.txt "$program" --record a.db read some
    [ "$("$program" --record a.db reports --format jsonl | wc -l)" -eq $((2 - (status == 1))) ] && good ||
        bad "$fault on a report: exit status $status"
done

# ---- dictionaries, models and gazetteer that cannot be opened
for file in grammar.model gazetteer.bin events.tsv; do
    faulty "open:1:EIO" "$file" "$program" --record a.db read reports.jsonl
    [ "$status" -eq 3 ] && grep -q "$file" err && good || bad "no $file: exit status $status"
done

# ---- exports and backups leave no half of a file
for fault in write:1:ENOSPC:on write:1:EIO; do
    faulty "$fault" out.csv.part "$program" --record whole.db export --as acled -o out.csv
    [ "$status" -eq 3 ] && [ ! -e out.csv ] && [ ! -e out.csv.part ] && good || bad "$fault on an export: exit status $status"
done
for fault in write:1:EIO write:9:ENOSPC:on sync:1:EIO sync:2:EIO read:3:EIO; do
    rm -rf copies && mkdir copies
    LD_PRELOAD=$build/fault-shim.so FAULT=$fault "$program" --record whole.db backup copies/b.db >out 2>err
    status=$?
    if [ "$status" -eq 0 ]; then
        "$program" --record copies/b.db export --as dump | cmp -s - whole.dump && good || bad "$fault on a backup: it differs"
    else
        [ "$status" -eq 3 ] && [ -s err ] && [ -z "$(ls copies)" ] && good || bad "$fault on a backup: $status $(ls copies)"
    fi
done

# ---- clocks
for how in back jump; do
    rm -f a.db*
    FAULT_CLOCK=$how LD_PRELOAD=$build/fault-shim.so "$program" --record a.db read --quiet reports.jsonl >out 2>err &&
        [ ! -s err ] && good || bad "a clock that goes $how"
    "$program" --record a.db export --as dump >dump
    cmp -s whole.dump dump && good || bad "a clock that goes $how: the record differs"
done

# ---- a power cut: before the log went into the file, and while it went
rm -f a.db*
faulty sync:2:kill a.db-wal "$program" --record a.db read --quiet --jobs 1 reports.jsonl
mkdir cuts
"$build/power-cut" a.db cuts >cuts.out 2>err
line=$(grep -E '^[0-9]+ passed, [0-9]+ failed' cuts.out)
[ -n "$line" ] || line="0 passed, 1 failed"
grep -v ' passed, ' cuts.out | head -5
passed=$((passed + $(echo "$line" | awk '{ print $1 }')))
failed=$((failed + $(echo "$line" | awk '{ print $3 }')))
cp a.db old.db
for number in 2 4 16; do
    # Of the pages that were not synced none, or those at the end, reached the disk.
    rm -f a.db*
    faulty "write:$number:kill" a.db "$program" --record a.db read --quiet --jobs 1 reports.jsonl
    cp a.db new.db
    cp old.db a.db
    rm -f a.db-shm
    again "a power cut while the log goes into the file, nothing written"
done
rm -f a.db*
faulty sync:2:kill a.db "$program" --record a.db read --quiet --jobs 1 reports.jsonl
size=$(stat -c %s a.db)
for every in 2 3; do
    # Every second or third page is the old one.
    cp a.db mixed.db
    cp a.db-wal mixed.db-wal
    page=1
    while [ $((page * 4096)) -lt "$size" ]; do
        head -c 4096 /dev/zero | dd of=mixed.db bs=4096 seek="$page" conv=notrunc 2>/dev/null
        page=$((page + every))
    done
    "$program" --record mixed.db export --as dump 2>err >dump
    cmp -s whole.dump dump && good || bad "a power cut in the midst of the file: every ${every}th page lost"
done
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
