#!/bin/sh
# annals read on files that are wrong, each in its own way: the message that names what is wrong, exit status 1
# where one is refused, and the good file behind them read. usage: hostile.sh PROGRAM
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
[ -x "$program" ] || { echo "0 passed, 1 failed: no program $program"; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/pile"
cd "$folder/pile" || exit 3
passed=0
failed=0
good() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
}
: >../wanted
# refused NAME WORDS: what standard error must say of the file made just before.
refused() { printf '%s\t%s\n' "$1" "$2" >>../wanted; }
# taken NAME: it must be read without a word.
taken() { printf '%s\t\n' "$1" >>../wanted; }
# kept ID: a report that must be in the record, whatever is wrong beside it.
: >../kept
kept() { printf '%s\n' "$1" >>../kept; }
many() { yes "$1" | head -n "$2" | tr -d '\n'; }
died='Three soldiers died in Kunduz on Saturday, police said.'

# Not text, whatever the name says.
printf 'Shells fell on Kunduz.\000 Two men died.\n' >nul.txt && refused nul.txt 'byte 22: not text: a NUL byte at 22'
printf '\177ELF\002\001\001\000\000\000' >program.txt && refused program.txt 'not text but a program'
printf '\211PNG\r\n\032\n\000\000' >picture.txt && refused picture.txt 'not text but a PNG image'
printf 'GIF89a\001\000\001\000' >picture.html && refused picture.html 'not text but a GIF image'
printf '\377\330\377\340\000\020JFIF\000' >photo.pdf && refused photo.pdf 'not text but a JPEG image'
printf 'RIFF\044\000\000\000WAVEfmt ' >sound.txt && refused sound.txt 'not text but a RIFF file'
printf 'ID3\003\000\000\000' >sound.mp3 && refused sound.mp3 'not text but an MP3 file'
printf 'SQLite format 3\000\020\000' >base.txt && refused base.txt 'not text but a SQLite database'
: >empty.txt && refused empty.txt 'is empty'
printf ' \n\t\n' >blank.txt && refused blank.txt 'holds no text'
printf '\376\377' >mark.txt && refused mark.txt 'holds no text'

# Charsets that lie, are cut, or are none.
printf '%s \223Never\224, he said. Caf\351.\n' "$died" >latin.txt && taken latin.txt
printf '<meta charset=utf-8><p>%s \223Never\224, he said.</p>' "$died" >latin.html && taken latin.html
printf '%s\n' "$died" | sed 's/./&\x00/g' | tr -d '\n' >wide.txt && taken wide.txt
printf '\377\376T\000h\000r\000e\000e\000.\000x' >odd.txt && refused odd.txt 'a NUL byte'
printf 'Three soldiers died in Kunduz\342\200\256 on Saturday\342\200\254, police said.\n' >override.txt && taken override.txt
printf '{"id":"a","text":"\377\376"}\n' >notutf8.jsonl && refused notutf8.jsonl 'line 1: byte 18: not JSON'
printf '{"id":"a","text":"\\ud800"}\n' >half.jsonl && refused half.jsonl 'line 1: byte 25: not JSON'

# Deep, long, looping.
{ many '<div>' 200000; printf '%s' "$died"; } >deep.html && taken deep.html
{ printf '{"id":"a","text":'; many '[' 200000; } >deep.jsonl && refused deep.jsonl 'maximum parsing depth'
{ printf '<rss>'; many '<a>' 200000; } >deep.xml && refused deep.xml 'not a well-formed feed'
attributes() { seq "$1" | sed "s/.*/ a&='1'/" | tr -d '\n'; }
{ printf '<rss><channel><item'; attributes 60000; printf '><title>One</title></item></channel></rss>'; } >attributes.xml
refused attributes.xml 'an element of more than 1000 attributes'
{ printf '<rss><channel><item'; attributes 900; printf '><title>One</title></item></channel></rss>'; } >fewer.xml && taken fewer.xml
{ printf '<!-- <nitf > --><!DOCTYPE nitf [<!ENTITY a "&#60;b'; attributes 60000; printf '/>">]><nitf><p>&a;</p></nitf>'; } >declared.xml
refused declared.xml 'declares an entity of more than 4096 bytes'
{ printf '<rss><channel>'; many '<!ENTITY ' 400000; } >beginnings.xml && refused beginnings.xml 'not a well-formed feed'
{ printf '{\\rtf1 '; many '{' 200000; printf '%s' "$died"; } >deep.rtf && refused deep.rtf 'groups over 256 deep'
many 'Shells fell on Kunduz. ' 100000 >long.txt && refused long.txt '2300000 bytes of text, more than one report may have'
many 'Shells fell on Kunduz. ' 3000000 >oneline.txt && refused oneline.txt 'larger than 67108864 bytes'
{ printf '{"id":"a","text":"'; many 'Shells fell. ' 6000000; printf '"}\n{"id":"b","text":"%s"}\n' "$died"; } >oneline.jsonl
refused oneline.jsonl 'line 1: byte 0: larger than 67108864 bytes'
ln -s . loop
mkdir inner && ln -s .. inner/up && refused inner 'holds no file to read'
ln -s nowhere dangling.txt && refused dangling.txt 'No such file or directory'
mkfifo pipe.txt && refused pipe.txt 'is neither a file nor a folder'

# XML that bites, and XML that is no news.
entity() { printf '<!ENTITY %s "&%s;&%s;&%s;&%s;&%s;&%s;&%s;&%s;&%s;&%s;">' "$1" "$2" "$2" "$2" "$2" "$2" "$2" "$2" "$2" "$2" "$2"; }
{
    printf '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
    entity b a && entity c b && entity d c && entity e d && entity f e && entity g f && entity h g
    printf ']><rss><channel><item><title>&h;</title></item></channel></rss>'
} >laughs.xml && refused laughs.xml 'not a well-formed feed'
printf '%s secret' "$died" >../secret
printf '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "%s/secret">]><rss><channel><item><title>One</title>%s</item></channel></rss>' \
    "$folder" "<description>&a; Two men died.</description>" >outside.xml && taken outside.xml
printf '<rss><channel><item><title>One</title></channel></rss>' >unclosed.xml && refused unclosed.xml 'not a well-formed feed'
printf '<rss><channel></channel></rss>' >noitems.xml && refused noitems.xml 'the feed has no items'
printf '<?xml version="1.0"?>\n<kml><Document><name>Kunduz</name></Document></kml>' >places.kml
refused places.kml 'XML of a kind that annals does not read (<kml>)'

# Lists of pages, which hold no text.
map='http://www.sitemaps.org/schemas/sitemap/0.9'
page='<url><loc>https://lamp.example/2001/11/12/kunduz</loc><lastmod>2001-11-12</lastmod></url>'
printf '<?xml version="1.0"?>\n<urlset xmlns="%s">%s%s</urlset>' "$map" "$page" "$page" >sitemap.xml
refused sitemap.xml 'a sitemap: it lists 2 pages and holds no text; `annals watch` follows'
gzip -c sitemap.xml >sitemap.xml.gz && refused sitemap.xml.gz 'a sitemap: it lists 2 pages'
printf '<!-- made today --><s:sitemapindex xmlns:s="%s"><s:sitemap><s:loc>https://lamp.example/a.xml</s:loc></s:sitemap></s:sitemapindex>' \
    "$map" >index.xml && refused index.xml 'an index of sitemaps: it lists 1 sitemap and'
printf '<urlset xmlns="%s"><url>' "$map" >cutmap.xml && refused cutmap.xml 'not well-formed XML'
printf 'https://lamp.example/a\r\n\r\nhttp://lamp.example/b\r\n' >sitemap.txt
refused sitemap.txt 'holds no text but 2 web addresses'
printf 'https://lamp.example/a\n%s\n' "$died" >address.txt && taken address.txt
printf '<opml version="2.0"><head><title>Feeds</title></head><body><outline xmlUrl="https://lamp.example/rss"/></body></opml>' >feeds.opml
refused feeds.opml 'a list of feeds (OPML)'

# JSON lines.
printf '{"id":"a"}\n' >notext.jsonl && refused notext.jsonl 'line 1: byte 0: "text" is missing'
printf '{"id":"a","text":5}\n' >number.jsonl && refused number.jsonl '"text" is not a string'
printf '{"id":"a","text":"%s","published":"2001-02-30"}\n' "$died" >badday.jsonl && refused badday.jsonl 'is not a date'
printf '{"id":"a","text":"%s"\n' "$died" >cut.jsonl && refused cut.jsonl 'not JSON'
printf '{"id":"a","text":"%s"} {"id":"b"}\n' "$died" >two.jsonl && refused two.jsonl 'end of file expected'
printf '[{"id":"a","text":"%s"}]\n' "$died" >array.jsonl && refused array.jsonl 'a report is a JSON object'
printf '{"id":"a","id":"b","text":"%s"}\n' "$died" >twice.jsonl && refused twice.jsonl 'duplicate object key'

# Tables, mail, citations, pages, documents.
printf 'title,text\n"One,"Three men died.\n' >quotes.csv && refused quotes.csv 'a table whose rows have no text'
printf 'text\n' >onlyhead.csv && refused onlyhead.csv 'a table whose rows have no text'
printf 'a,b\n1,2\n' >numbers.csv && refused numbers.csv 'a table without a column of text'
printf 'From a@b.example Mon Nov 12 10:00:00 2001\n' >nobody.mbox && refused nobody.mbox 'mail that cannot be read'
printf 'TY  - NEWS\n' >cut.ris && refused cut.ris 'a reference without its end'
printf '<html><body></body></html>' >empty.html && refused empty.html 'the page holds no text'
printf '<html><script>var a = 1</script></html>' >script.html && refused script.html 'the page holds no text'
printf '{\\rtf1 {\\pict 0102}}' >notext.rtf && refused notext.rtf 'an RTF document without text'
if [ -x /usr/bin/pdftotext ]; then
    printf '%%PDF-1.4\n%%%%EOF\n' >nothing.pdf && refused nothing.pdf 'a PDF file that is damaged or locked'
fi

# What is damaged costs itself only.
printf 'id,text\nrow-before,"%s One."\nrow,too,many\nrow-behind,"%s Two."\n' "$died" "$died" >row.csv
refused row.csv 'line 3: more fields than the head has names' && kept row-before && kept row-behind
printf 'id,text\rrow-cr,"%s Three."\r' "$died" >cr.csv && taken cr.csv && kept row-cr
printf 'TY  - NEWS\nTI  - Cut\nTY  - NEWS\nAN  - ris-behind\nAB  - %s Four.\nER  - \n' "$died" >torn.ris
refused torn.ris 'line 1: a reference without its end (ER)' && kept ris-behind
printf 'TY  - NEWS\nL1  - self.ris\nER  - \n' >self.ris && refused self.ris 'a list that another list names'
letter='From a@b.example Mon Nov 12 10:00:00 2001\nMessage-ID: <%s@b.example>\nContent-Type: %s\n\n%s\n\n'
{ printf "$letter" none image/png 'iVBORw0KGgo=' && printf "$letter" mail-behind text/plain "$died Five."; } >letters.mbox
refused letters.mbox 'a message without text at byte 0' && kept mail-behind@b.example
answer="HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>$died Six.</p>"
record() { printf "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://lamp.example/$1\r\nContent-Length: $2\r\n\r\n$answer\r\n\r\n"; }
length=$(printf "$answer" | wc -c)
{ record warc-short 20 && record warc-behind "$length" && record warc-long 9999; } >lies.warc
refused lies.warc 'a damaged web archive: at byte 0 a record has another length than it says' && kept https://lamp.example/warc-behind
many 'WARC/1.0 ' 1 >flood.warc && yes 'WARC/1.0' | head -n 300000 >>flood.warc
refused flood.warc 'more than 100 damaged records: the rest is not read'

# JSON that is a list, or spread over lines; JSON that is no report.
printf '[\n {"id": "list-one", "text": "%s"},\n {"id": "list-none"},\n {"id": "list-two",\n  "type": "news", "text": "%s"}]\n' \
    "$died" "$died" >list.json
refused list.json 'line 3: byte' && kept list-one && kept list-two
printf '{\n "id": "spread",\n "text": "%s"\n}\n' "$died" >spread.json && taken spread.json && kept spread
printf '[{"id": "list-cut", "text": "%s"},\n {"id": ' "$died" >cut.json && refused cut.json 'line 2: byte' && kept list-cut
many '[' 1000000 >deep.json && refused deep.json 'JSON of a kind that annals does not read'
printf '\357\273\277{"id":"marked","text":"%s"}\n' "$died" >marked.jsonl && taken marked.jsonl && kept marked
printf '\377\376{\000' >wide.jsonl && refused wide.jsonl 'JSON lines in UTF-16'
printf '{"id":"a","text":"Shells\\u0000fell."}\n' >nul.jsonl && refused nul.jsonl 'line 1: byte 0: "text" holds a NUL character'
{ printf '{"id":"'; many i 9000; printf '","text":"%s"}\n' "$died"; } >longid.jsonl
refused longid.jsonl '"id" has 9000 bytes, more than the 8192'

# Names that would write a line of their own, or speak to the terminal.
line=$(printf 'new\nline.jsonl') && printf '{' >"$line" && refused 'new\u000aline.jsonl' 'not JSON'
colour=$(printf '\033[31mred.txt') && : >"$colour" && refused '\u001b[31mred.txt' 'is empty'
ln -s /dev/zero zero.txt && refused zero.txt 'is neither a file nor a folder'

# Archives.
# member NAME: an empty member of a ZIP file.
member() { printf 'PK\003\004\024\000' && head -c 20 /dev/zero && printf "\\$(printf %03o ${#1})\000\000\000%s" "$1"; }
{ member '[Content_Types].xml' && member xl/workbook.xml; } >sheet.xlsx && refused sheet.xlsx 'a sheet (XLSX), not text'
{ member '[Content_Types].xml' && member ppt/presentation.xml; } >show.pptx && refused show.pptx 'slides (PPTX), not text'
{ printf 'PK\003\004\024\000' && head -c 8 /dev/zero && printf 'oa\253,\024\000\000\000\024\000\000\000\010\000\000\000mimetypeapplication/epub+zip'; } >book.epub
refused book.epub 'a book (EPUB), which annals does not read'
{ printf 'PK\005\006' && head -c 18 /dev/zero; } >nothing.zip && refused nothing.zip 'an archive with nothing in it'
printf '%s\n' "$died" | gzip | head -c 20 >cut.gz && refused cut.gz 'a damaged archive'
printf 'PK\003\004' >cut.zip && refused cut.zip 'a damaged archive'
printf '7z\274\257\047\034' >cut.7z && refused cut.7z 'a damaged archive'
cp ../secret one.txt
for depth in 1 2 3 4 5 6; do
    tar -cf next.tar one.txt && mv next.tar one.txt
done
mv one.txt nested.tar && refused nested.tar 'an archive within more than 4 others'
head -c 300000000 /dev/zero | tr '\000' 'a' | gzip -1 >bomb.gz && refused bomb.gz 'unpacks to more than'
printf 'WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\n' >negative.warc && refused negative.warc 'a damaged web archive'
printf 'WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx' >long.warc
refused long.warc 'is larger than a report may be'

printf 'Kabul, 3 May 2015\n\n%s\n' "$died" >zz-good.txt && taken zz-good.txt

cd ..
timeout 120 "$program" --record one.db read --quiet pile >out 2>err
[ $? -eq 1 ] && good || bad "exit status"
"$program" --record one.db reports --format tsv >read 2>/dev/null
while IFS="$(printf '\t')" read -r name words; do
    if [ -z "$words" ]; then
        if grep -qF "pile/$name" err; then bad "$name is refused: $(grep -F "pile/$name" err)"; else good; fi
    elif grep -F "annals: pile/$name: " err | grep -qF -- "$words"; then
        good
    else
        bad "$name: not \"$words\" but: $(grep -F "pile/$name" err)"
    fi
done <wanted
while read -r id; do
    if grep -qF -- "$id" read; then good; else bad "$id is not read"; fi
done <kept
if grep -q 'zz-good.txt' read; then good; else bad "the good file behind them is not read"; fi
if "$program" --record one.db reports --text secret --format tsv 2>/dev/null | grep -q 'outside'; then
    bad "a file beside the feed was read"
else good; fi
if grep -v '^annals: pile/' err | grep -q .; then bad "a message without a file's name"; else good; fi
# A pipe without an end is read to the limit, and no further.
yes "$died" | timeout 60 "$program" --record two.db read --quiet - >out 2>err
[ $? -eq 1 ] && grep -q 'standard input: larger than 67108864 bytes' err && good || bad "an endless pipe: $(cat err)"
# What code and parse say of files that are no JSON lines: a line or two, not one for each of theirs.
said() { # FILE, COMMAND ..., standard error wanted
    file=$1 wanted=$2
    shift 2
    "$program" "$@" "$file" >out 2>err
    [ $? -eq 1 ] && [ ! -s out ] && [ "$(cat err)" = "$wanted" ] && good || bad "$* $file: $(cat err)"
}
foreign='line 1: not JSON: a report is an object on one line; `annals read` takes other formats'
mkdir folder
{ printf '%%PDF-1.4\n' && many 'garbage' 300 | fold -w 7; } >cut.pdf
printf 'Rebels shelled Kunduz.\n\nFive died.\n' >two-lines.txt
for command in code parse; do
    said folder 'annals: folder: Is a directory' $command
    said cut.pdf "annals: cut.pdf: $foreign
annals: cut.pdf: 300 more lines are not JSON" $command
    said two-lines.txt "annals: two-lines.txt: $foreign
annals: two-lines.txt: 1 more line is not JSON" $command
done
said folder 'annals: folder: Is a directory' parse --conllu
# What stands between lines that are no JSON is coded all the same.
printf 'junk\n{"id":"a","text":"%s"}\n' "$died" | "$program" code 2>err | grep -q '"type"' &&
    [ "$(cat err)" = "annals: standard input: $foreign" ] && good || bad "a line of junk: $(cat err)"
# What a report writes steers no terminal: neither escapes, nor controls of eight bits, nor turned lines.
printf 'Rebels take Kunduz\n\nKUNDUZ, 3 Oct 2015 - Rebels \033[31mshelled\033[0m Kunduz \033]0;title\007on Saturday, \302\233killing \342\200\256five soldiers.\n' >steers.txt
"$program" --record steers.db read --quiet steers.txt >/dev/null
for view in timeline claims events reports 'claims --format csv' 'sql "SELECT sentence FROM claims"'; do
    eval "\"$program\" --record steers.db $view" >out
    if LC_ALL=C grep -q "$(printf '[\033\007]\\|\302\233\\|\342\200\256')" out || ! grep -q . out; then
        bad "$view lets a report steer the terminal"
    else good; fi
done
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
