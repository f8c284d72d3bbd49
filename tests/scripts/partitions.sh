#!/bin/sh
# A record in PostgreSQL whose tables are parted by month of report (packaging/postgresql/partitions.sql), made so when it
# was empty or when it was full: the same bytes as one that is not, the same keys, indexes, triggers, views and rights, and a
# month's reports in one part. usage: partitions.sh PROGRAM
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
[ -x "$program" ] || { echo "0 passed, 1 failed: no program $program"; exit 1; }
cd "$(dirname "$0")/../.." || exit 3
source=$PWD
. tests/server/postgresql.sh
reason=$(no_server "$program") && { echo "skipped: $reason"; echo "0 passed, 0 failed"; exit 0; }
folder=$(mktemp -d)
passed=0
failed=0
good() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
}
is() { if [ "$2" = "$3" ]; then good; else bad "$1: $2, not $3"; fi; }
same() { if cmp -s "$2" "$3"; then good; else bad "$1: $(diff "$2" "$3" | head -4)"; fi; }
trap 'stop_server "$folder/server"; rm -rf "$folder"' EXIT
make_server "$folder/server" owner && start_server "$folder/server" "$hasty" || { echo "0 passed, 1 failed: no server"; exit 1; }
cd "$folder" || exit 3
export PGUSER=owner
query() { "$bin/psql" -qAtX -d "${2:-postgres}" -c "$1"; }
address() { echo "postgresql:///$1?host=$folder/server&user=owner"; }
part() { # part DATABASE OPTION...
    database=$1
    shift
    "$bin/psql" -qAtX -d "$database" "$@" -f "$source/packaging/postgresql/partitions.sql" >out 2>&1 && [ ! -s out ] && good ||
        bad "partitions.sql in $database: $(head -3 out)"
}
reports() { # reports FROM TO MONTHS: every seventh without a day
    awk -v from="$1" -v to="$2" -v months="$3" 'BEGIN {
        split("Gondor Rohan Mordor Harad", nations, " ")
        for (i = from; i < to; i++) {
            day = i % 7 == 6 ? "" : sprintf("\"published\": \"2015-%02d-%02d\", ", i % months + 1, i % 27 + 1)
            printf "{\"id\": \"r%d\", %s\"text\": \"%s attacked %s near Osgiliath on Monday, killing %d soldiers, its " \
                "governor said. %s denied it and took Minas Ithil.\"}\n", i, day, nations[i % 4 + 1],
                nations[(i + 1) % 4 + 1], i + 2, nations[i % 4 + 1] } }'
}
reports 0 90 5 >first.jsonl
reports 90 130 9 >later.jsonl
# Reading, deciding, undoing, reading on: into DATABASE or file.
work() {
    "$program" --record "$1" read --quiet first.jsonl || bad "reading into $1"
    set -- "$1" $("$program" --record "$1" claims --format tsv --limit 4 | sed 1d | cut -f1)
    "$program" --record "$1" amend "$2" --set killed=77 --set place=1138958 --author Anna >out 2>&1 || bad "amend: $(cat out)"
    "$program" --record "$1" amend "$3" --reject --author Bob >out 2>&1 || bad "reject: $(cat out)"
    "$program" --record "$1" undo d1 --author Bob >out 2>&1 || bad "undo: $(cat out)"
}
read_on() { "$program" --record "$1" read --quiet later.jsonl || bad "reading on into $1"; }
dump() { "$program" --record "$1" export --as dump | grep -v ^sightings >"$2"; }
work plain.db
dump plain.db plain.first
read_on plain.db
dump plain.db plain.dump
[ "$(wc -l <plain.dump)" -gt 1000 ] && good || bad "the dump has $(wc -l <plain.dump) lines"

# ---------------------------------------------------------------- parted when empty, or when full
for database in empty living whole older; do
    query "CREATE DATABASE $database"
    [ $database = older ] || "$program" --record "$(address $database)" read --quiet /dev/null >out 2>&1
done
part empty -v tables=all -v until=2015-03
work "$(address empty)"
read_on "$(address empty)"
dump "$(address empty)" empty.dump
same "a record that was parted when it was empty" plain.dump empty.dump

"$bin/psql" -qAtX -v ON_ERROR_STOP=1 -d living -f "$source/packaging/postgresql/roles.sql" >out 2>&1 || bad "roles: $(cat out)"
query "CREATE ROLE the_reader LOGIN IN ROLE annals_reader"
query "INSERT INTO restricted_sources VALUES ('The Secret Courier')" living
work "$(address living)"
# All that a table or view has, as its definitions say it, but for the parts themselves.
looks() {
    "$bin/psql" -qAtX -d "$1" <<'SQL'
SELECT 'column', attrelid::REGCLASS::TEXT, attnum, attname, atttypid::REGTYPE, attnotnull, attgenerated, attstorage, attcompression, attstattarget
FROM pg_attribute JOIN pg_class c ON c.oid = attrelid WHERE attnum > 0 AND NOT attisdropped AND relkind IN ('r', 'p', 'v')
AND relnamespace = 'public'::REGNAMESPACE ORDER BY 2, 3;
SELECT 'key', conrelid::REGCLASS::TEXT, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::REGNAMESPACE AND conparentid = 0 ORDER BY 2, 3;
SELECT replace(indexdef, ' ON ONLY ', ' ON ') FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1;
SELECT pg_get_triggerdef(t.oid), tgenabled FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
WHERE NOT tgisinternal AND relnamespace = 'public'::REGNAMESPACE ORDER BY 1;
SELECT 'right', relname, reloptions, relowner::REGROLE, relrowsecurity, array(SELECT unnest(relacl)::TEXT ORDER BY 1) FROM pg_class
WHERE relkind IN ('r', 'p', 'v') AND relnamespace = 'public'::REGNAMESPACE ORDER BY 2;
SELECT * FROM pg_policies WHERE schemaname = 'public' ORDER BY 2, 3;
SELECT viewname, replace(definition, ' AS text', '') FROM pg_views WHERE schemaname = 'public' ORDER BY 1;
SELECT * FROM pg_rules WHERE schemaname = 'public' ORDER BY 2, 3;
SQL
}
looks living >before
dump "$(address living)" living.before
part living -v tables=all
looks living >after
[ "$(grep -c . before)" -gt 300 ] && good || bad "the record looks like $(grep -c . before) lines"
same "what the tables of a full record have" before after
dump "$(address living)" living.after
same "a full record, parted" living.before living.after
same "and what it held" plain.first living.after
parts() { query "SELECT c.oid, c.relname, c.reltuples >= 0 FROM pg_class c WHERE relnamespace = 'public_months'::REGNAMESPACE AND relkind = 'r' ORDER BY 2" "$1"; }
parts living >parts.once
[ "$(grep -c _2015_0 parts.once)" -eq 80 ] && [ "$(grep -c _rest parts.once)" -eq 16 ] && good || bad "$(wc -l <parts.once) parts"
part living
parts living >parts.twice
same "parted twice" parts.once parts.twice
read_on "$(address living)"
dump "$(address living)" living.dump
same "a full record, parted and read on" plain.dump living.dump

# One of an earlier arrangement is brought forward as it is.
schema=$source/src/record/schema/postgresql
cat "$schema"/0*.sql "$schema"/own/00[1-6].sql >older.sql
echo "INSERT INTO annals_record VALUES ('annl', $(ls "$schema" | sed -n 's/^0*\([1-9].*\)\.sql$/\1/p' | tail -1)), ('arrangement', 6);" >>older.sql
PGOPTIONS="-c client_min_messages=warning" "$bin/psql" -qAtX -v ON_ERROR_STOP=1 -d older -f older.sql >out 2>&1 || bad "arrangement 6: $(tail -1 out)"
part older -v tables=all -v until=2015-04
for record in "$(address older)" older.db; do
    "$program" --record "$record" read --quiet first.jsonl >out 2>&1 || bad "reading into one of an earlier arrangement: $(cat out)"
done
dump "$(address older)" older.one
dump older.db older.two
same "a parted record of an earlier arrangement" older.two older.one
[ "$(query "SELECT schema FROM annals_record WHERE application = 'arrangement'" older)" -gt 6 ] && good || bad "an earlier arrangement stays"

# ---------------------------------------------------------------- a month in a part
# What EXPLAIN names: all tables that are read for reports of May.
read_for() {
    query "EXPLAIN (COSTS OFF) SELECT * FROM $1 WHERE $2 >= first_key('2015-05-01') AND $2 < first_key('2015-06-01')" living |
        grep -o "on $1[a-z0-9_]*" | sort -u | tr '\n' ' '
}
is "what is read for a month's reports" "$(read_for reports report)" "on reports_2015_05 "
is "what is read for a month's claims" "$(read_for claims claim)" "on claims_2015_05 "
is "May in its part" "$(query "SELECT count(*) FROM public_months.reports_2015_05 WHERE published BETWEEN '2015-05-01' AND '2015-05-31'" living)" \
    "$(query "SELECT count(*) FROM reports WHERE published LIKE '2015-05%'" living)"
# Months that came meanwhile lie in the rest until it is run again.
rest="SELECT count(*) FROM public_months.reports_rest WHERE published > '2015'"
[ "$(query "$rest" living)" -gt 10 ] && good || bad "the rest holds $(query "$rest" living) reports with a day"
part living
is "reports of months in the rest" "$(query "$rest" living)" 0
looks living >again
same "what the tables have after months were added" before again
dump "$(address living)" living.dump
same "months added" plain.dump living.dump
grep -q reports_2015_09 <<EOF && good || bad "there is no September"
$(parts living)
EOF

# ---------------------------------------------------------------- at work
"$program" --record "$(address living)" verify --quiet >out 2>&1 && good || bad "verify: $(head -2 out)"
"$program" --record "$(address living)" backup --quiet copy.db >out 2>&1 && good || bad "backup: $(cat out)"
dump copy.db copy.dump
same "a copy of a parted record" plain.dump copy.dump
part whole -v until=2015-02
"$program" --record "$(address whole)" restore --quiet plain.db >out 2>&1 && good || bad "restore: $(cat out)"
dump "$(address whole)" whole.dump
same "a copy into a parted record" plain.dump whole.dump
is "a reader" "$("$program" --record "postgresql:///living?host=$folder/server&user=the_reader" reports --format tsv 2>/dev/null | sed 1d | wc -l)" 130
query "UPDATE reports SET source = 'The Secret Courier' WHERE name IN ('r1', 'r6')" living
is "a reader and a restricted source" "$("$program" --record "postgresql:///living?host=$folder/server&user=the_reader" reports --format tsv 2>/dev/null | sed 1d | wc -l)" 128
"$bin/psql" -qAtX -d living -c "SET ROLE the_reader" -c "SELECT count(*) FROM public_months.reports_2015_05" >out 2>&1 && bad "a reader reads a part by itself" || good
# The page's server knows how large it is, with its parts.
if command -v curl >/dev/null; then
    : >served
    "$program" --record "$(address living)" serve --quiet >served 2>err &
    service=$!
    for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do grep -q http served && break; sleep 0.2; done
    bytes=$(curl -s -m 5 "$(cat served)metrics" | sed -n 's/^annals_record_size_bytes //p')
    parts=$(query "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public_months'::REGNAMESPACE" living)
    [ "${bytes:-0}" -gt "$parts" ] && good || bad "the size of a parted record: $bytes $(head -1 err)"
    kill $service
    wait $service 2>/dev/null
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
