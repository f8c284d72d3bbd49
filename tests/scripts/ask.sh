#!/bin/sh
# Questions to a record: every filter alone and together, on every list; counts by group; SQL; what is
# wrong gets a message that names it. usage: ask.sh PROGRAM
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
[ -x "$program" ] || { echo "0 passed, 1 failed: no program $program"; exit 1; }
manual=$(cd "$(dirname "$0")/../.." && pwd)/docs/record.md
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 3
passed=0
failed=0
skipped=0
good() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
    sed 's/^/    /' out err 2>/dev/null | head -20
}
annals() { "$program" --record war.db "$@"; }
# rows NUMBER COMMAND...: so many rows, and nothing on standard error.
rows() {
    number=$1
    shift
    if ! annals "$@" --format jsonl >out 2>err </dev/null; then
        bad "$*: exit status"
    elif [ "$(wc -l <out)" -ne "$number" ]; then
        bad "$*: $(wc -l <out) rows, not $number"
    elif [ -s err ] && [ "$number" -gt 0 ]; then
        bad "$*: something on standard error"
    else
        good
    fi
}
# refused STATUS WORDS COMMAND...
refused() {
    status=$1
    words=$2
    shift 2
    annals "$@" >out 2>err </dev/null
    found=$?
    if [ "$found" -ne "$status" ]; then
        bad "$*: exit status $found, not $status"
    elif ! grep -qF -- "$words" err; then
        bad "$*: \"$words\" is not on standard error"
    else
        good
    fi
}
# holds WORDS COMMAND...: on standard output.
holds() {
    words=$1
    shift
    annals "$@" >out 2>err </dev/null
    if grep -qF -- "$words" out; then good; else bad "$*: \"$words\" is not there"; fi
}

# ---- five reports of our own
cat >reports.jsonl <<'END'
{"id": "one", "published": "2015-09-29", "source": "The Hill Post", "text": "Taliban fighters attacked Kunduz on Monday and killed 20 soldiers, the police chief of Kunduz said."}
{"id": "two", "published": "2015-10-01", "source": "The Hill Post", "text": "The Taliban denied on Thursday that they had killed nine civilians in Taloqan on Tuesday."}
{"id": "three", "published": "2015-10-04", "source": "River Radio", "text": "On Saturday American aircraft bombed a hospital in Kunduz. Twelve doctors were killed, Médecins Sans Frontières said."}
{"id": "four", "published": "2015-11-20", "source": "River Radio", "text": "Gunmen attacked a hotel in Bamako on Friday and killed 19 guests, the government of Mali said."}
{"id": "five", "source": "Undated Letters", "text": "Rebels shelled Kunduz. The mayor of Kunduz demanded a ceasefire."}
END
annals read --quiet reports.jsonl >out 2>err && good || bad "the reports are read"

# ---- filters: the same report whatever the list
for list in events claims reports timeline actors places relations; do
    for filter in "--place Kunduz" "--place Kunduz,Afghanistan" "--place AF" "--actor Taliban" "--type ASSAULT" \
        "--status asserted" "--source river" "--text kill*" "--as-of 2015-10-04" "--from 2015-09-01" \
        "--to 2015-12-31" "--confidence 0.01" "--limit 2" "--offset 1" "--place Kunduz --within 100" "--report one" \
        "--place 36.7,68.9 --within 80" "--place Kunduz --actor taliban --type assault --from 2015-01-01"; do
        # shellcheck disable=SC2086
        if annals $list $filter --format json >out 2>err && [ "$(head -c 1 out)" = "[" ]; then
            good
        else
            bad "$list $filter"
        fi
    done
done
rows 1 reports --place Bamako
rows 1 reports --place "Bamako, Mali"
rows 0 reports --place "Bamako, Afghanistan"
rows 0 reports --place Mal
rows 0 reports --place "Niger"
rows 3 reports --place kunduz
rows 4 reports --place Afghanistan
rows 4 reports --place af
rows 1 reports --report two
rows 2 reports --source "river radio"
rows 3 reports --as-of 2015-10-04
rows 0 reports --as-of 2015-09-28
rows 4 reports --as-of 2030-01-01
rows 5 reports
rows 2 reports --limit 2 --offset 1
rows 1 reports --offset 4
rows 1 reports --from 2015-11-01
rows 1 reports --text "hospital doctors"
rows 0 reports --text "hospital hotel"
rows 3 reports --place 36.73,68.86 --within 20
rows 4 reports --place 36.73,68.86 --within 80
rows 2 claims --report two --status denied
rows 0 claims --report four --actor Taliban
for word in Kundu Kunduz KUNDUZ "kunduz, af"; do
    annals reports --place "$word" --format jsonl 2>/dev/null | wc -l
done | sort -u | wc -l | grep -qx 1 && good || bad "a name whatever its case"
rows 0 reports --place unduz
# What a speaker says is found by the speaker, not by the outlet.
annals claims --speaker "DOCTORS without" --format jsonl >out 2>err
[ "$(wc -l <out)" -ge 1 ] && good || bad "a speaker"
[ "$(annals claims --speaker "river radio" --format jsonl 2>/dev/null | wc -l)" -eq 0 ] && good || bad "an outlet is no speaker"

# ---- any list: filters together find no more than each alone
for pair in "--place Kunduz:--status asserted" "--actor Taliban:--as-of 2015-10-01" "--type ASSAULT:--source river" \
    "--text killed:--place AF"; do
    both=$(annals claims ${pair%%:*} ${pair#*:} --format jsonl 2>/dev/null | sort)
    one=$(annals claims ${pair%%:*} --format jsonl 2>/dev/null | sort)
    other=$(annals claims ${pair#*:} --format jsonl 2>/dev/null | sort)
    common=$(printf '%s\n%s\n' "$one" "$other" | sort | uniq -d)
    [ "$both" = "$common" ] && good || bad "$pair: not what both have"
done
all=$(annals claims --format jsonl)
pages=$(for offset in 0 3 6 9 12 15; do annals claims --limit 3 --offset $offset --format jsonl 2>/dev/null; done)
[ "$all" = "$pages" ] && good || bad "pages are not the list"

# ---- what is wrong
refused 2 "is not a day" claims --from yesterday
refused 2 "is not a day" claims --as-of 2015-13-01
refused 2 "the first day is after the last" events --from 2016-01-01 --to 2015-01-01
refused 2 "--status does not take" claims --status perhaps
refused 2 "is no type of PLOVER" claims --type burglary
refused 2 "--confidence does not take" claims --confidence 2
refused 2 "--within does not take" claims --place Kunduz --within near
refused 2 "--within does not take" claims --place Kunduz --within -3
refused 2 "of which place" claims --within 30
refused 2 "how far" claims --place 36.7,68.9
refused 2 "is no point" claims --place 136.7,68.9 --within 3
refused 2 "has coordinates" claims --place Atlantis --within 3
refused 3 "no report of this record" claims --report nine
refused 2 "group-by" events --group-by mood
refused 2 "relations go by" relations --group-by place
refused 0 "no place of this record" events --place Atlantis
refused 0 "nobody is called" claims --actor "Grey Company"
refused 0 "no outlet is called" claims --source "Morning Star"
refused 0 "there are no claims" claims --place Bamako --to 2015-01-01
refused 0 "there are no actors at Bamako" actors --place Bamako --to 2015-01-01
refused 0 "there are no places" places --to 2015-01-01 --format csv
refused 0 "there are no relations at Bamako behind that offset" relations --place Bamako --offset 1000
refused 0 "there are no events" events --group-by month --to 1990-01-01

# ---- groups
holds '"month":"2015-11"' events --group-by month --format jsonl
holds '"week":"2015-W40"' claims --group-by week --format jsonl
holds '"source":"River Radio","reports":2' reports --group-by source --format jsonl
holds '"country":"ML"' events --group-by country --format jsonl
for group in day week month year place admin1 country actor type source status; do
    for list in events claims reports; do
        annals $list --group-by $group --format csv >out 2>err && [ "$(head -1 out | cut -d, -f1)" = "$group" ] &&
            good || bad "$list --group-by $group"
    done
done
# A claim is counted once in each day, week, month or year, known or not.
claims=$(annals claims --format jsonl | wc -l)
for group in day week month year type status source; do
    sum=$(annals claims --group-by $group --format tsv | awk -F '\t' 'NR > 1 { n += $2 } END { print n }')
    [ "$sum" -eq "$claims" ] && good || bad "claims by $group: $sum of $claims"
done

# ---- actors, places, relations
holds '"name":"Taliban"' actors --format jsonl
holds '"actor":"@taliban"' actors --actor taliban --format jsonl
[ "$(annals actors --actor taliban --format jsonl | wc -l)" -ge 1 ] && good || bad "actors of a name"
annals actors --actor taliban --format jsonl | grep -qv -i taliban && bad "actors: another one" || good
holds '"place":"Kunduz"' places --format jsonl
annals places --place Bamako --format jsonl | grep -v Bamako | grep -q . && bad "places: another one" || good
holds 'attacks' relations

# ---- SQL
holds '5' sql "SELECT count(*) AS reports FROM reports"
holds '[{"a":1,"b":null,"c":"x","d":0.5}]' sql "SELECT 1 AS a, NULL AS b, 'x' AS c, 0.5 AS d" --format json
refused 2 "only SELECT is allowed" sql "DELETE FROM reports"
refused 2 "only SELECT is allowed" sql "ATTACH 'x.db' AS x"
refused 2 "one statement" sql "SELECT 1; SELECT 2"
refused 2 "no such table" sql "SELECT * FROM battles"
refused 2 "syntax error" sql "SELECT FROM"
refused 2 "sql what?" sql
refused 2 "in quotes" sql SELECT 1
refused 2 "--timeout does not take" sql "SELECT 1" --timeout soon
refused 3 "longer than 0.2 seconds" sql --timeout 0.2 \
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
[ -e x.db ] && bad "ATTACH made a file" || good
rows 5 reports
for view in events_sheet claim_sheet counts_sheet speakers_sheet actors_sheet; do
    columns=$(annals sql "SELECT * FROM $view LIMIT 0" --format csv | tr -d '\r' | tr ',' ' ')
    if [ "$view" = claim_sheet ] || grep -qF "\`$columns\`" "$manual"; then
        good
    else
        bad "docs/record.md does not list the columns of $view: $columns"
    fi
done

# documented COMMAND...: its columns stand in docs/record.md.
documented() {
    columns=$(annals "$@" --format csv 2>err | head -1 | tr -d '\r' | tr ',' ' ')
    if grep -qF "\`$columns\`" "$manual"; then good; else bad "docs/record.md: columns of $*: $columns"; fi
}
for list in actors places relations "claims --group-by month" "reports --group-by month" "events --group-by month"; do
    # shellcheck disable=SC2086
    documented $list
done

# ---- the examples of docs/record.md
# block LANGUAGE: the fenced blocks of one language, one after the other.
block() { awk -v fence="\`\`\`$1" '$0 == fence { on = 1; next } /^```/ { on = 0 } on' "$manual"; }
block sql | sed 's/--.*//' | tr '\n' ' ' | tr ';' '\n' | grep -v '^ *$' >statements
while read -r statement; do
    annals sql "$statement" >out 2>err </dev/null && good || bad "docs/record.md: $statement"
done <statements
[ "$(wc -l <statements)" -ge 4 ] && good || bad "docs/record.md has examples of SQL"
cp war.db annals.db
if command -v python3 >/dev/null && python3 -c 'import pandas' 2>/dev/null; then
    block python >example.py
    python3 example.py >out 2>err && [ -s out ] && good || bad "docs/record.md: pandas"
else
    skipped=$((skipped + 1))
fi
if command -v Rscript >/dev/null && Rscript -e 'library(RSQLite)' >/dev/null 2>&1; then
    block r >example.r
    Rscript example.r >out 2>err && [ -s out ] && good || bad "docs/record.md: R"
else
    skipped=$((skipped + 1))
fi
if command -v ogr2ogr >/dev/null; then
    block sh >example.sh
    sh example.sh >out 2>err && [ -s events.gpkg ] && good || bad "docs/record.md: QGIS"
else
    skipped=$((skipped + 1))
fi
# ---- the chronology: an act stands under the claim that knows its day and place, a denial in one line
cat >dated.jsonl <<'END'
{"id":"a","published":"2018-05-03","source":"Plains Gazette","title":"Herders bury their dead","text":"Gunmen on motorcycles killed six herders of the Tarka family. The gunmen burned two wells and a granary near the river.\n\nThe herders of Birnin Gwari buried six men of the Tarka family."}
{"id":"b","published":"2018-05-04","source":"Savanna Wire","title":"Six herders killed in Birnin Gwari","text":"Gunmen on motorcycles killed six herders of the Tarka family in Birnin Gwari on Tuesday 1 May. The gunmen burned two wells and a granary."}
{"id":"c","published":"2018-05-05","source":"Savanna Wire","title":"Denial","text":"A spokesman of the army denied that soldiers had killed four fishermen in Baga on Monday."}
END
"$program" --record dated.db read --quiet dated.jsonl
"$program" --record dated.db timeline --width 300 >out 2>err
[ "$(grep -c '^[^ ]' out)" -eq 2 ] && [ "$(grep -c 'Birnin-Gwari .*6\|Birnin-Gwari .*six herders' out)" -eq 1 ] &&
    good || bad "acts are not under the day that one claim knows"
[ "$(grep -c 'fishermen' out)" -eq 1 ] && good || bad "a denial is told twice"

[ "$skipped" -gt 0 ] && echo "$skipped skipped: no pandas, no R or no GDAL"
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
