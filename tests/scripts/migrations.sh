#!/bin/sh
# A record of every earlier schema is brought forward while somebody reads it: the reader sees what was there when
# he began, whoever comes later the record that today's annals would have made of the same reports and decisions.
# In SQLite, and in PostgreSQL where a server is installed. usage: migrations.sh PROGRAM
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
[ -x "$program" ] || { echo "0 passed, 1 failed: no program $program"; exit 1; }
source=$(cd "$(dirname "$0")/../.." && pwd)
command -v python3 >/dev/null || { echo "no python3: migrations are not tested; 0 passed, 0 failed"; exit 0; }
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
newest=$(ls "$source"/src/record/schema/*.sql | wc -l)
# What is asked of a record of today and of one that was brought forward.
answers() {
    "$program" --record "$1" export --as dump
    for words in "claims --text killed" "control Afghanistan" "actors" "places" "events --format csv" "log" "verify"; do
        "$program" --record "$1" $words
    done
}
same() {
    if cmp -s "$2" "$3"; then good; else
        bad "$1"
        diff "$2" "$3" | head -4
    fi
}
echo '{"id": "last", "published": "2016-01-11", "text": "Dale attacked Umbar near Linhir on Monday, killing 3 soldiers."}' >last.jsonl

# ---- records of today: with decisions, and (before schema 3 there were none) without
"$program" --record plain.db read --quiet "$source/examples/reports"
cp plain.db decided.db
whole=$("$program" --record plain.db reports --format tsv | sed 1d | wc -l | tr -d ' ')
set -- $("$program" --record decided.db claims --format tsv --limit 6 | sed 1d | cut -f1) \
    $("$program" --record decided.db events --format tsv --limit 2 | sed 1d | cut -f1)
{
    "$program" --record decided.db amend "$1" --set killed=12 --author Anna
    "$program" --record decided.db amend "$2" --set place=Kabul --author Anna
    "$program" --record decided.db amend "$3" --reject --author Bob
    "$program" --record decided.db merge "$7" "$8" --author Bob
    "$program" --record decided.db note "$4" "look again" --author Anna
    "$program" --record decided.db undo d1 --author Bob
} >/dev/null 2>err || bad "decisions: $(cat err)"

# ---- SQLite
older() { python3 "$source/tests/migrations/older.py" "$source/src/record/schema" "$1" "$2.db" "$3" $4; }
# Before schema 7 keys were others, and where merging is in doubt they decide: what comes of older records is
# compared with what comes of the schema before today's under those keys, the rest with a record of today.
bring() {
    for like in plain decided; do
        if [ "$1" = today ]; then
            cp $like.db "$1-$like.db"
        else
            older $((newest - 1)) $like "$1-$like.db" keys
        fi
        "$program" --record "$1-$like.db" read --quiet last.jsonl
        answers "$1-$like.db" | sed "s/$1-$like\.db/RECORD/" >$like.answers
    done
    like=decided
}
bring keys
number=1
while [ "$number" -lt "$newest" ]; do
    like=decided keys=keys
    [ "$number" -ge 3 ] || like=plain
    [ "$number" -lt 7 ] || keys=
    [ "$number" -ne 7 ] || bring today
    older "$number" "$like" "old$number.db" "$keys" || bad "a record of schema $number"
    "$program" --record "old$number.db" reports >out 2>&1
    [ $? -eq 3 ] && grep -q "made by an older annals; .annals read. brings it up to date" out && good || bad "schema $number is asked: $(cat out)"
    rm -f began migrated
    python3 - "$number" <<'P' >read 2>&1 &
import os, sqlite3, sys, time
number = int(sys.argv[1])
reader = sqlite3.connect(f"old{number}.db", isolation_level=None)
reader.execute("BEGIN")
ask = lambda: reader.execute("SELECT (SELECT count(*) FROM reports), (SELECT count(*) FROM claims), "
                             "(SELECT user_version FROM pragma_user_version)").fetchone()
before = ask()
open("began", "w").close()
while not os.path.exists("migrated"):
    assert ask() == before
    time.sleep(0.01)
assert ask() == before and before[2] == number, before
reader.execute("COMMIT")
after = ask()
assert after[0] == before[0] + 1 and after[2] > number, after
P
    reader=$!
    until [ -e began ] || ! kill -0 $reader 2>/dev/null; do sleep 0.05; done
    "$program" --record "old$number.db" read --quiet last.jsonl >out 2>&1 && good || bad "schema $number is brought forward: $(cat out)"
    touch migrated
    wait $reader && good || bad "a reader beside the migration from $number: $(tail -1 read)"
    answers "old$number.db" | sed "s/old$number\.db/RECORD/" >old.answers
    # Which blocks go on with the one before was not known before schema 3.
    if [ "$number" -lt 3 ]; then
        sed -i 's/^\(blocks.*\)\t[01]$/\1/' old.answers
        sed -i 's/^\(blocks.*\)\t[01]$/\1/' $like.answers
    fi
    same "answers from schema $number" $like.answers old.answers
    "$program" --record "old$number.db" read "$source/examples/reports" >out 2>&1
    grep -q "^0 new reports, $whole known already" out && good || bad "reports of schema $number are known: $(tail -1 out)"
    number=$((number + 1))
done
[ "$(grep -c ^decisions decided.answers)" -ge 6 ] && [ "$(grep -c ^event_claims decided.answers)" -gt 100 ] && good || bad "nothing was compared"

# ---- PostgreSQL
finish() {
    printf '%d passed, %d failed\n' "$passed" "$failed"
    [ "$failed" -eq 0 ]
    exit
}
. "$source/tests/server/postgresql.sh"
reason=$(no_server "$program") && { echo "skipped: PostgreSQL ($reason)"; finish; }
trap 'stop_server "$folder/server"; rm -rf "$folder"' EXIT
make_server "$folder/server" owner && start_server "$folder/server" "$hasty" || { bad "no server: $(tail -2 server.made)"; finish; }
export PGUSER=owner
sql() { "$bin/psql" -qAtX -v ON_ERROR_STOP=1 -d war "$@"; }
"$bin/psql" -qAtX -d postgres -c "CREATE DATABASE war"
at() { echo "postgresql:///war?host=$folder/server&user=owner&options=-csearch_path%3D$1"; }
sql -c "CREATE SCHEMA today"
"$program" --record "$(at today)" restore --quiet decided.db >out 2>&1 || bad "a record of today: $(cat out)"
# Every earlier schema, and the newest as it was kept before: "010+2" is schema 10 in its second arrangement.
numbers=$(ls "$source/src/record/schema/postgresql" | sed -n 's/\.sql$//p')
arrangements=$(ls "$source/src/record/schema/postgresql/own" | sed -n 's/^0*\([1-9].*\)\.sql$/\1/p')
last=$(echo "$numbers" | tail -1)
for older in $(echo "$numbers" | sed '$d') $(echo "$arrangements" | sed -e '$d' -e "s/^/$last+/"); do
    number=${older%+*}
    arrangement=${older#"$number"}
    arrangement=${arrangement#+}
    sql -c "SET client_min_messages = warning; DROP SCHEMA IF EXISTS older CASCADE; CREATE SCHEMA older"
    for each in $numbers $(echo "$arrangements" | sed 's/^/own\/00/'); do
        case $each in
        own/*) [ "$((1${each#own/} - 1000))" -le "${arrangement:-0}" ] || continue ;;
        *) [ "$each" \> "$number" ] && continue ;;
        esac
        sql -c "SET client_min_messages = warning; SET search_path = older" -f "$source/src/record/schema/postgresql/$each.sql" >out 2>&1 ||
            bad "schema $each: $(tail -1 out)"
    done
    sql -v number="$((1$number - 1000))" -v arrangement="${arrangement:-0}" -f "$source/tests/migrations/older.sql" >out 2>&1 ||
        bad "rows of schema $older: $(tail -1 out)"
    "$program" --record "$(at older)" reports >out 2>&1
    [ $? -eq 3 ] && grep -q "made by an older annals" out && good || bad "schema $older in PostgreSQL is asked: $(cat out)"
    # A reader with a snapshot of his own, for whom it waits: tables are not altered under one who reads them.
    rm -f began migrated
    sql >read 2>&1 <<SQL &
SET search_path = older;
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT count(*) FROM reports;
\! touch began
\! sleep 1
SELECT count(*) FROM reports;
COMMIT;
SQL
    reader=$!
    until [ -e began ] || ! kill -0 $reader 2>/dev/null; do sleep 0.05; done
    "$program" --record "$(at older)" --wait 60 read --quiet last.jsonl >out 2>&1 && good || bad "schema $older in PostgreSQL is brought forward: $(cat out)"
    wait $reader
    sql -c "SELECT count(*) FROM older.reports" >>read
    [ "$(tr '\n' ' ' <read)" = "$whole $whole $((whole + 1)) " ] && good || bad "a reader beside the migration in PostgreSQL: $(tr '\n' ' ' <read)"
    answers "$(at older)" | sed 's/^postgresql[^:]*:[^:]*:/RECORD:/' >old.answers
    same "answers from schema $older in PostgreSQL" decided.answers old.answers
done
finish
