#!/bin/sh
# Twenty reviewers and five writers on one record in PostgreSQL, with deadlocks that a stranger makes
# (tests/reviewers/reviewers.mjs): no decision lost, none twice; the record is the one that the same reports and
# the same decisions give in SQLite, one after the other. usage: reviewers.sh PROGRAM [SECONDS]
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
seconds=${2:-20}
[ -x "$program" ] || { echo "0 passed, 1 failed: no program $program"; exit 1; }
cd "$(dirname "$0")/../.." || exit 3
skip() {
    echo "skipped: $1"
    echo "0 passed, 0 failed"
    exit 0
}
. tests/server/postgresql.sh
reason=$(no_server "$program") && skip "$reason"
command -v node >/dev/null || skip "no node"
command -v sqlite3 >/dev/null || skip "no sqlite3"
folder=$(mktemp -d)
passed=0
failed=0
good() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
}
trap 'stop_server "$folder/server"; rm -rf "$folder"' EXIT
make_server "$folder/server" owner && start_server "$folder/server" "$hasty -c deadlock_timeout=200ms" ||
    { cat "$folder/server.made" "$folder/server/log"; echo "0 passed, 1 failed: no server"; exit 1; }
export PGUSER=owner
query() { "$bin/psql" -qAtX -d "${2:-postgres}" -c "$1"; }
query "CREATE DATABASE war"
record="postgresql:///war?host=$folder/server&user=owner"

node tests/reviewers/reviewers.mjs "$program" "$record" "$seconds" "$folder" "$bin/psql" war >"$folder/out" 2>&1
grep -v '^[0-9]* passed' "$folder/out"
sum=$(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p' "$folder/out" | tail -1)
passed=$((passed + ${sum% *}))
failed=$((failed + ${sum#* }))
sleep 1
deadlocks=$(query "SELECT deadlocks FROM pg_stat_database WHERE datname = 'war'")
echo "$deadlocks deadlocks were ended by the database"

# ---- the same reports and decisions, one after the other, in SQLite
cd "$folder" || exit 3
echo '{"id": "last", "published": "2016-01-11", "text": "Dale attacked Umbar near Linhir, killing 3 soldiers."}' >last.jsonl
"$program" --record "$record" --wait 60 read --quiet last.jsonl && good || bad "the last report"
"$program" --record "$record" verify >verified 2>&1 && good || bad "verify: $(head -3 verified)"
"$program" --record "$record" backup --quiet copy.db && good || bad "a backup"
"$program" --record plain.db read --quiet all.jsonl || bad "reading in one go"
sqlite3 plain.db "ATTACH 'copy.db' AS copy; INSERT INTO decisions SELECT * FROM copy.decisions;
    INSERT INTO decision_targets SELECT * FROM copy.decision_targets;
    INSERT INTO decision_places SELECT * FROM copy.decision_places;" || bad "copying the decisions"
"$program" --record plain.db read --quiet last.jsonl || bad "the last report again"
plain() { "$program" --record "$1" export --as dump | grep -v ^sightings >"$2"; }
plain "$record" shared.dump
plain plain.db plain.dump
if cmp -s shared.dump plain.dump; then
    good
else
    bad "played back in SQLite the record is another"
    diff shared.dump plain.dump | head -6
fi
[ "$(grep -c ^decision shared.dump)" -ge 10 ] && good || bad "the dump has no decisions"
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
