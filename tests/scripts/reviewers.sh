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
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb)" 2>/dev/null)
[ -x "$bin/initdb" ] || skip "no PostgreSQL server is installed (tools/setup --tests)"
command -v node >/dev/null || skip "no node"
command -v sqlite3 >/dev/null || skip "no sqlite3"
"$program" --record "postgresql:///x?host=/nonexistent" reports 2>&1 | grep -q "without libpq" &&
    skip "annals was built without libpq"
folder=$(mktemp -d)
passed=0
failed=0
good() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
}
# A server does not run as root.
user=
mkdir "$folder/server"
if [ "$(id -u)" -eq 0 ]; then
    user=postgres
    id "$user" >/dev/null 2>&1 || skip "root, and no user $user to run the server as"
    chmod 755 "$folder"
    chown "$user" "$folder/server"
fi
served() { if [ -n "$user" ]; then setpriv --reuid "$user" --regid "$user" --clear-groups "$@"; else "$@"; fi; }
stop() { served "$bin/pg_ctl" -D "$folder/server/data" -m immediate stop >/dev/null 2>&1; }
trap 'stop; rm -rf "$folder"' EXIT
served "$bin/initdb" -D "$folder/server/data" -E UTF8 --locale=C -A trust -U owner >"$folder/initdb" 2>&1 &&
    served "$bin/pg_ctl" -D "$folder/server/data" -w -l "$folder/server/log" -o "-c listen_addresses='' \
        -c unix_socket_directories='$folder/server' -c fsync=off -c full_page_writes=off \
        -c deadlock_timeout=200ms" start >/dev/null ||
    { cat "$folder/initdb" "$folder/server/log"; echo "0 passed, 1 failed: no server"; exit 1; }
export PGHOST="$folder/server" PGUSER=owner
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
