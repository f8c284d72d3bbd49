#!/bin/sh
# annals export and import: tables in, every format out, compared with tests/golden/exports. With
# ANNALS_GOLDEN=rewrite in the environment the expected files are written anew. usage: exports.sh PROGRAM
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
[ -x "$program" ] || { echo "0 passed, 1 failed: no program $program"; exit 1; }
tests=$(cd "$(dirname "$0")/.." && pwd)
golden=$tests/golden/exports
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 3
passed=0
failed=0
good() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
    sed 's/^/    /' err 2>/dev/null | head -20
}
# check TITLE COMMAND...: the command is true.
check() {
    title=$1
    shift
    if "$@" >out 2>err; then good; else bad "$title"; fi
}
# expect TITLE STATUS WORDS COMMAND...: exit status, and words on standard error.
expect() {
    title=$1
    status=$2
    words=$3
    shift 3
    "$@" >said 2>err
    if [ $? -eq "$status" ] && { [ -z "$words" ] || grep -qF -- "$words" err; }; then
        good
    else
        bad "$title"
    fi
}
# same NAME COMMAND...: standard output is the golden file.
same() {
    name=$1
    shift
    "$@" >"$name" 2>err || bad "$name: exit status"
    if [ "$ANNALS_GOLDEN" = rewrite ]; then
        mkdir -p "$golden" && cp "$name" "$golden/$name"
    fi
    if cmp -s "$name" "$golden/$name"; then good; else
        diff "$golden/$name" "$name" >err
        bad "$name differs from tests/golden/exports"
    fi
}
run() { "$program" --record war.db "$@"; }
# columns FILE SEPARATOR NUMBER: the head has so many columns.
columns() { [ "$(head -1 "$1" | tr -d '\r' | awk -F "$2" '{ print NF }')" -eq "$3" ]; }

expect "import of ACLED names the wrong row" 1 "acled.csv: line 6: event_date" \
    "$program" --record war.db import --as acled "$tests/exports/acled.csv"
check "four rows came in" grep -q "^4 new rows, 1 refused" said
expect "import of UCDP" 0 "" "$program" --record war.db import --as ucdp "$tests/exports/ucdp.csv"
expect "the same again" 0 "" "$program" --record war.db import --as ucdp "$tests/exports/ucdp.csv"
check "a row is known by its cells" grep -q "^0 new rows, 1 known" said
expect "a table of another kind" 1 'no column "type_of_violence"' \
    "$program" --record war.db import --as ucdp "$tests/exports/acled.csv"
expect "no such import" 2 "--as acled" "$program" --record war.db import --as gtd x.csv
printf 'event_date,event_type\n"2015' >cut.csv
expect "a table that is cut off" 1 "has no column" "$program" --record war.db import --as acled cut.csv
{ sed -n 1,2p "$tests/exports/acled.csv"; printf 'A,"2015-01-01\n'; } >quote.csv
expect "a quote that does not end" 1 "quote.csv: line 3: a quote does not end" \
    "$program" --record other.db import --as acled quote.csv
check "the row before it is read" grep -q "^1 new row, 1 refused" said
printf '\377\376' >bytes.csv
expect "no UTF-8" 1 "is not UTF-8" "$program" --record war.db import --as acled bytes.csv

check "both tables tell of one event" sh -c "'$program' --record war.db events --format jsonl | wc -l | grep -qx 4"

for format in acled ucdp plover cameo csv geojson kml timelinejs timemap jsonl; do
    same "$format" run export --as "$format"
done
same ucdp-hxl run export --as ucdp --hxl
same kml-redacted run export --as kml --redact persons
same csv-coarse run export --as csv --coarsen 50
check "ACLED has 31 columns" columns acled , 31
check "UCDP has 49 columns" columns ucdp , 49
check "POLECAT has 40 columns" columns plover '	' 40
check "PETRARCH2 has 7 and no head" sh -c 'head -1 cameo | awk -F "\t" "{ exit NF != 7 || \$1 !~ /^[0-9]+\$/ }"'

# Out and in again: the types, sides, days, places and dead are those that went out.
check "ACLED out and in" sh -c "'$program' --record again.db import --as acled acled"
"$program" --record again.db export --as acled >acled-again 2>err
cut -d, -f 2-8 acled | sort >one
cut -d, -f 2-8 acled-again | sort >two
check "the same events after a round" cmp one two

expect "a folder of tables" 0 "" "$program" --record war.db export --as csv -o tables
for part in events claims counts reports; do
    check "$part.csv" test -s "tables/$part.csv"
    check "datapackage.json names $part.csv" grep -q "\"path\":\"$part.csv\"" tables/datapackage.json
done
expect "a table into a file" 0 "" "$program" --record war.db export --as acled -o acled-file
check "the same as on standard output" cmp acled acled-file
expect "a GeoPackage" 0 "" "$program" --record war.db export --as gpkg -o war.gpkg
check "its mark" sh -c 'head -c 15 war.gpkg | grep -q "SQLite format 3" && dd if=war.gpkg bs=1 skip=68 count=4 2>/dev/null | grep -q GPKG'
expect "not over a file" 3 "is there already" "$program" --record war.db export --as gpkg -o war.gpkg
expect "a shapefile" 0 "" "$program" --record war.db export --as shapefile -o war.shp
check "28 bytes a point" sh -c "[ \"\$(wc -c <war.shp)\" -eq \$((100 + 28 * $(grep -o '"Point"' geojson | wc -l))) ]"
for part in dbf shx prj cpg; do check "war.$part" test -s "war.$part"; done
if command -v ogrinfo >/dev/null 2>&1; then
    check "GDAL reads the GeoPackage" sh -c "ogrinfo -so -al war.gpkg | grep -q 'Feature Count: [1-9]'"
    check "GDAL reads the shapefile" sh -c "ogrinfo -so -al war.shp | grep -q 'Feature Count: [1-9]'"
fi
expect "a bag" 0 "" "$program" --record war.db export --as bag -o bag
check "its checksums hold" sh -c 'cd bag && sha256sum -c --quiet manifest-sha256.txt tagmanifest-sha256.txt'
check "it declares itself" grep -q "BagIt-Version: 1.0" bag/bagit.txt
check "all five reports are in it" sh -c '[ "$(ls bag/data/reports | wc -l)" -eq 5 ]'
expect "no masked bag" 2 "nothing in them can be masked" \
    "$program" --record war.db export --as bag -o masked --redact persons
expect "a bag needs a place" 2 "-o PATH" "$program" --record war.db export --as bag
expect "no such format" 2 "there is no export as" "$program" --record war.db export --as xlsx
expect "a folder that cannot be made" 3 "no/such" "$program" --record war.db export --as csv -o no/such/folder

# Masking, on a report that is coded.
cat >report.txt <<'TEXT'
Kunduz, October 3, 2015

Gunmen killed four people in Kunduz on Friday, shopkeeper Habib Zaman told Example Press. Mr Zaman said that the
gunmen had come by car.

President Ashraf Ghani condemned the attack.
TEXT
expect "a report" 0 "" "$program" --record people.db read report.txt
"$program" --record people.db export --as jsonl >open.jsonl 2>err
"$program" --record people.db export --as jsonl --redact persons >masked.jsonl 2>err
check "the name is there" grep -q "Zaman" open.jsonl
check "the name is masked" sh -c '! grep -q Zaman masked.jsonl && grep -q "name withheld" masked.jsonl'
check "who is known is not" sh -c '! grep -q Ghani open.jsonl || grep -q Ghani masked.jsonl'

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
