#!/bin/sh
# annals read on every format of tests/formats, whole and damaged: what is in it, what is said of the rest,
# and that the rest of the folder is read. usage: formats.sh PROGRAM
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
[ -x "$program" ] || { echo "0 passed, 1 failed: no program $program"; exit 1; }
formats=$(cd "$(dirname "$0")/../formats" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 3
passed=0
failed=0
good() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
    sed 's/^/    /' err | head -12
}
tab=$(printf '\t')
# holds FILE LINE...: the reports of the file, as "day outlet title" parted by |.
holds() {
    file=$1
    shift
    rm -f one.db*
    if [ "${file##*.}" = pdf ] && [ ! -x /usr/bin/pdftotext ]; then
        return
    fi
    "$program" --record one.db read --quiet "$formats/$file" >out 2>err
    "$program" --record one.db reports --format tsv 2>/dev/null | tail -n +2 |
        cut -f 3,5,6 | tr '\t' '|' >found
    printf '%s\n' "$@" >wanted
    if cmp -s found wanted; then good; else
        diff wanted found >>err
        bad "$file"
    fi
}
taloqan='Rebels enter Taloqan as governor leaves'
kunduz='Shells fall on Kunduz'
for file in story.docx story.odt story.rtf story.pdf story.txt.gz story.txt.zst; do
    holds "$file" "2001-11-12||$taloqan"
done
for file in two.zip two.7z two.tar.gz nested.zip; do
    holds "$file" "2001-11-12||$taloqan" "2001-11-13||$kunduz"
done
for file in pages.warc.gz pages.wacz; do
    holds "$file" "2001-11-13||$kunduz" "2001-11-13||Shells fall on Taloqan"
done
holds message.eml "2001-11-12|Example Press|$taloqan"
holds box.mbox "2001-11-12|Example Press|$taloqan" "2001-11-13|Example Press|$kunduz – two dead"
holds story.nitf.xml "2001-11-13|Example Press|$kunduz"
holds story.newsml.xml "2001-11-13|Example Press|$kunduz"
holds list.json "2001-11-13|Example Press|$kunduz"
holds list.ris "2001-11-12|Example Press|Rebels enter Taloqan" "2001-11-13|Example Press|$kunduz"
holds table.csv "2001-11-12|Example Press|Rebels enter Taloqan" "2001-11-13|Example Press|$kunduz"
for file in nexis.txt nexis.docx lexis.txt factiva.txt; do
    holds "$file" "2001-11-12|Example Press|$taloqan" "2001-11-13|Second Paper|$kunduz"
done

# refused FILE WORDS: exit status 1, and words on standard error.
refused() {
    rm -f one.db*
    "$program" --record one.db read --quiet "$1" >out 2>err
    if [ $? -eq 1 ] && grep -qF -- "$2" err; then good; else bad "$1: $2"; fi
}
refused "$formats/list.ris" "../secret.txt: lies outside the folder"
printf '\211PNG\r\n' >picture.png
refused picture.png "not text but a PNG image"
printf 'a,b\n1,2\n' >numbers.csv
refused numbers.csv "a table without a column of text"
printf '%%PDF-1.4\nnothing\n' >broken.pdf
[ -x /usr/bin/pdftotext ] && refused broken.pdf "a PDF file that is damaged"
head -c 4000000 /dev/zero | gzip -1 >zeros.txt.gz
refused zeros.txt.gz "an archive with nothing in it"
yes 'Shells fell on Kunduz.' | head -c 80000000 | gzip -1 >large.txt.gz
refused large.txt.gz "unpacks to more than a report may have"

# 180 files, each damaged in one of six ways, and a good one among them.
mkdir bad
for file in "$formats"/*.*; do
    size=$(wc -c <"$file")
    name=${file##*/}
    for part in 4 2 3; do
        head -c $((size * (part - 1) / part)) "$file" >"bad/cut$part-$name"
    done
    { head -c $((size / 2)) "$file" && printf '\000\377\376{<[\042' && tail -c $((size / 3)) "$file"; } \
        >"bad/torn-$name"
    { cat "$file" && head -c 5000 /dev/urandom; } >"bad/tail-$name"
    cp "$file" "bad/named-$name.html"
    tr 'a-m' '\200-\214' <"$file" >"bad/charset-$name"
done
printf 'Kabul, 3 May 2015\n\nThree soldiers were killed in Kabul on Saturday, police said.\n' >bad/zz-good.txt
count=$(ls bad | wc -l)
if [ "$count" -ge 150 ]; then good; else bad "only $count damaged files"; fi
timeout 120 "$program" --record bad.db read --quiet bad >out 2>err
status=$?
if [ "$status" -le 1 ]; then good; else bad "damaged files: exit status $status"; fi
if "$program" --record bad.db reports --format tsv | grep -q 'zz-good.txt'; then good; else
    bad "the good file among the damaged is not read"
fi
if grep -v '^annals: bad/' err | grep -q .; then bad "a message without a file's name"; else good; fi

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
