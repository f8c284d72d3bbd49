#!/bin/sh
# annals count and disputes on invented reports: what is added, replaced, left out, set side by side.
# usage: figures.sh PROGRAM
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
    sed 's/^/    /' out 2>/dev/null | head -40
}
# has TITLE WORDS: the last answer holds them.
has() { if grep -qF -- "$2" out; then good; else bad "$1: no \"$2\""; fi; }
hasnt() { if grep -qF -- "$2" out; then bad "$1: \"$2\""; else good; fi; }
ask() { "$program" --record a.db "$@" >out 2>err; }

cat >reports.jsonl <<'END'
{"id": "a", "published": "2016-05-11", "source": "Morning Herald", "title": "Bomb in Kandahar market", "text": "A bomb killed seven civilians and five soldiers in the market of Kandahar on Tuesday, police said. Thirty others were wounded."}
{"id": "b", "published": "2016-05-11", "source": "Evening Dispatch", "title": "Kandahar market bombed", "text": "A bomb in the market of Kandahar killed 19 people on Tuesday, according to doctors. Thirty people were wounded."}
{"id": "c", "published": "2016-05-20", "source": "Highland Gazette", "title": "Fort of Ghazni falls", "text": "Soldiers stormed the fort of Ghazni on Thursday. Of the 80 guards, only 50 were taken prisoner. Red Cross officials recovered 40 bodies."}
{"id": "d", "published": "2016-06-02", "source": "River Post", "title": "Families leave Farah", "text": "Up to 400 families fled from Farah on Wednesday, officials said. Village elders fear that this number may be as high as 900."}
{"id": "e", "published": "2016-06-09", "source": "River Post", "title": "Quiet day", "text": "The minister of water opened a bridge in Herat on Wednesday."}
END
"$program" --record a.db read --quiet reports.jsonl && good || bad "read"

ask count killed --place Kandahar --format json
has "witnesses are not added" '"low":12,"best":19,"high":19'
has "who says so" '"according_to":"doctors"'
has "its sentence" 'killed 19 people on Tuesday'
ask count killed --place Kandahar --best low --format json
has "--best low" '"low":12,"best":12,"high":19'
ask count killed --place Kandahar --best nonsense
[ $? -eq 2 ] && good || bad "--best nonsense is refused"
ask count wounded --place Kandahar
has "for people" "wounded: 30 (low 30, high 30), 1 event"
ask count dead --format csv
has "another word, as rows" "total,killed,"
has "a side" "side,killed,5,5,5"
ask count killed --place Herat
has "nobody" "nobody says how many"
ask count killed --place Herat --format json
has "nobody, as JSON" '"best":null'
ask count bridges
[ $? -eq 2 ] && grep -q "nothing that is counted" err && good || bad "what is not counted is refused"
ask count
[ $? -eq 2 ] && good || bad "count what?"
ask count killed --from 2020-01-01 --to 2020-12-31 --format json
has "other days" '"best":null'

ask disputes --format json
has "figures of one event" '12'
has "the other side" '"says":"19 killed"'
has "a sum" '"kind":"sum","about":"90 of 80"'
has "another number for the same" 'may be as high as 900'
hasnt "nothing of the bridge" "bridge"
ask disputes --place Ghazni --format json
hasnt "filters hold" "Kandahar"
ask disputes --format csv
has "rows" "1,"
ask disputes --width 80
has "one under the other" "  12 killed"
hasnt "one under the other, without a bar" "│"
ask disputes --width 120
has "side by side" " │ "
longest=$(awk '{ if (length($0) > most) most = length($0) } END { print most }' out)
[ "$longest" -le 140 ] && good || bad "lines of $longest bytes in 120 columns"

event=$("$program" --record a.db events --place Kandahar --format csv | awk -F, 'NR == 2 { print $1 }')
ask show "$event"
has "show tells who says so" "- 19, doctors in Evening Dispatch, 11 May 2016"
ask show "$event" --format json
has "show, as JSON" '"figures":[{"what":"killed","side":null,"low":12,"best":19,"high":19,"basis":"given"'

cat >stances.jsonl <<'END'
{"id": "f", "published": "2016-07-01", "source": "River Post", "title": "Talks over Farah", "text": "Fighters killed two soldiers near Farah on Monday. The governor has ruled out any talks with the rebels, his office said. Negotiations are still underway in the old town, a mediator said."}
END
"$program" --record b.db read --quiet stances.jsonl
"$program" --record b.db disputes --format json >out
has "talks and no talks" '"kind":"intentions"'

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
