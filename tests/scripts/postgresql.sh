#!/bin/sh
# A record in PostgreSQL: the same reports and the same decisions give the same bytes there as in SQLite,
# from every command. The server is the test's own: in a folder of its own, on a socket there, no
# network. usage: postgresql.sh PROGRAM
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
[ -x "$program" ] || { echo "0 passed, 1 failed: no program $program"; exit 1; }
cd "$(dirname "$0")/../.." || exit 3
source=$PWD
share=$source/build/share/annals
skip() {
    echo "skipped: $1"
    echo "0 passed, 0 failed"
    exit 0
}
. tests/server/postgresql.sh
reason=$(no_server "$program") && skip "$reason"

folder=$(mktemp -d)
passed=0
failed=0
good() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
}
is() { if [ "$2" = "$3" ]; then good; else bad "$1: $2, not $3"; fi; }
stop() { stop_server "$folder/server"; }
trap 'stop; rm -rf "$folder"' EXIT
make_server "$folder/server" owner || { cat "$folder/server.made"; echo "0 passed, 1 failed: no server"; exit 1; }
start() { start_server "$folder/server" "$hasty"; }
start || { cat "$folder/server/log"; echo "0 passed, 1 failed: no server"; exit 1; }
cd "$folder" || exit 3
export PGUSER=owner
query() { "$bin/psql" -qAtX -d "${2:-postgres}" -c "$1"; }
# SQLite's file and a database of its own, under one name.
address() { echo "postgresql:///$1?host=$folder/server&user=owner"; }

# both NAME COMMAND...: the same bytes from both, and the same exit status.
both() {
    name=$1
    shift
    "$program" --record "$name.db" "$@" >ours 2>&1 </dev/null &
    "$program" --record "$(address "$name")" "$@" >theirs 2>&1 </dev/null
    theirs=$?
    wait $!
    ours=$?
    # The second of a decision may end between the two.
    minute='s|\(20[0-9-]*\)[ T][0-2][0-9]:[0-5][0-9][0-9:Z]*|\1 TIME|'
    sed -e "s|$name\\.db|RECORD|g" -e "$minute" ours >ours.plain
    sed -e "s|postgresql:///$name[^ ]*user=owner|RECORD|g" -e "$minute" theirs >theirs.plain
    if [ "$ours" -ne "$theirs" ]; then
        bad "$*: exit status $ours and $theirs"
        head -3 theirs
    elif cmp -s ours.plain theirs.plain; then
        good
    else
        bad "$*"
        diff ours.plain theirs.plain | head -6
    fi
}
# each NAME: the lines of standard input, one command each.
each() {
    while IFS= read -r line; do
        eval "both $1 $line"
    done
}
# expect TITLE STATUS WORDS COMMAND...
expect() {
    title=$1
    status=$2
    words=$3
    shift 3
    "$@" >out 2>&1 </dev/null
    found=$?
    if [ "$found" -ne "$status" ] || ! grep -qF -- "$words" out; then
        bad "$title: exit status $found, and it says: $(head -2 out)"
    else
        good
    fi
}

# ---------------------------------------------------------------- two reports of a day whose digests begin alike (read.sh)
query "CREATE DATABASE alike"
for number in 00080 06895; do
    printf '{"id":"k%s","published":"2015-10-05","text":"Gondor attacked Rohan near Dale on Monday, killing five soldiers. Number %s."}\n' \
        $number $number
done >alike.jsonl
both alike read --quiet alike.jsonl
both alike export --as dump
both alike verify --quiet

# ---------------------------------------------------------------- reading and asking
query "CREATE DATABASE war"
expect "an empty database" 3 "this record is empty" "$program" --record "$(address war)" reports
both war read --quiet "$source/examples/reports"
both war export --as dump
[ "$(wc -l <ours)" -gt 1000 ] && good || bad "the dump has $(wc -l <ours) lines"
both war read --quiet "$source/examples/reports"
each war <<'COMMANDS'
info
reports --format json
reports --text "killed wounded"
reports --text '"the town" hospit*' --format jsonl
reports --group-by month
claims --format json
claims --format csv
claims --text "wounded soldiers"
claims --type battles
claims --type 19
claims --status asserted --limit 5 --offset 3
claims --actor taliban --format tsv
claims --speaker commander
claims --place Kabul --within 100
claims --place 34.5,69.2 --within 200
claims --place 36.7,68.9 --within 5
claims --place 34.5,-179.9 --within 9000
claims --place 89.9,0 --within 8000
claims --place 0,0 --within 30000
claims --place "Kunduz, Afghanistan" --from 2001-11-01
claims --place Nowhereville
claims --source courier --as-of 2002-01-01
claims --confidence 0.5 --limit 20
claims --group-by actor
claims --group-by week
claims --group-by place
events --format json
events --place Afghanistan --text killed
events --from 2001-01-01 --to 2015-12-31 --best high --format csv
events --group-by country --format json
timeline
control Afghanistan --format json
control Kunduz --history
actors --format json
actors --actor taliban
places --format json
places --limit 4 --offset 2
relations
relations --group-by year --format json
count killed --format json
count wounded --place Kunduz --from 2015-01-01 --to 2016-12-31
disputes --format json
export --as acled
export --as geojson
export --as jsonl --redact persons
verify
COMMANDS

# ---------------------------------------------------------------- what people decide
set -- $("$program" --record war.db claims --format tsv --limit 8 | sed 1d | cut -f1)
set -- "$@" $("$program" --record war.db events --format tsv --limit 3 | sed 1d | cut -f1)
each war <<COMMANDS
amend $1 --set type=ASSAULT --set killed=12 --author Anna --reason "the second report"
amend $2 --set place=Kabul --author Anna
amend $2 --set date=2001-11-08/2001-11-10 --author Bob
amend $3 --set "agent=Taliban; Northern Alliance" --set patient=unknown --author Bob
amend $4 --set control=takes --set holder=Taliban --author Bob
amend $5 --reject --author Anna
amend $6 --set status=alleged --set killed=10-15 --author Anna
merge $9 ${10} --author Anna --reason "one campaign"
split $9 $1 --author Bob
note $1 "A note" --author Anna
undo d1 --author Bob
agreement --format tsv
export --as dump
claims --format json
events --format csv
control Afghanistan --format json
COMMANDS
both war log "$1" --format tsv

# ---------------------------------------------------------------- coded again
mkdir data
cp -RL "$share/dictionaries" data/dictionaries
ln -s "$share/models" data/models
ln -s "$share/gazetteer.bin" data/gazetteer.bin
sed -i '/^wound/d' data/dictionaries/en/events.tsv
version=$("$program" --record war.db info --format json | sed 's/.*"dictionaries":"\([0-9a-f]\{12\}\).*/\1/')
each war <<COMMANDS
--data data recode
export --as dump
claims --with $version --text wounded
events --with $version --format csv
verify
COMMANDS

# ---------------------------------------------------------------- SQL of the user's own
each war <<'COMMANDS'
sql "SELECT * FROM claim_sheet ORDER BY claim LIMIT 5" --format json
sql "SELECT * FROM events_sheet ORDER BY event LIMIT 5" --format json
sql "SELECT * FROM counts_sheet ORDER BY claim, what, who LIMIT 5" --format json
sql "DELETE FROM reports"
sql "SELECT 1; SELECT 2"
sql "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n" --timeout 1
COMMANDS
expect "a SELECT that changes" 2 "only SELECT is allowed" "$program" --record "$(address war)" \
    sql "WITH gone AS (DELETE FROM unmerged RETURNING report) SELECT * FROM gone"

# ---------------------------------------------------------------- from one store to the other
same() { if cmp -s "$2" "$3"; then good; else bad "$1: the dumps differ"; fi; }
dump() { "$program" --record "$1" export --as dump >"$2"; }
dump war.db war.dump
# A server gives rows as they lie: a decision that another one undoes may come after it.
query "SET session_replication_role = replica; UPDATE decisions SET kind = kind WHERE decision = 1" war
[ "$(query "SELECT decision FROM decisions" war | tail -1)" = 1 ] && good || bad "the first decision lies before the last"
# Names are told by the writer: all that stand in rows, and no others.
names() {
    query "SELECT count(*) FROM ((SELECT $2 FROM $1 EXCEPT SELECT $3 FROM $4) UNION ALL (SELECT $3 FROM $4 EXCEPT SELECT $2 FROM $1)) n" war
}
is "names of actors" "$(names actors "identity, name, coalesce(code, '')" "identity, name, code" actor_names)" 0
parts="coalesce(feature, ''), coalesce(country, ''), coalesce(admin1, ''), coalesce(admin2, '')"
is "names of places" "$(names places "identity, name, $parts" "identity, name, feature, country, admin1, admin2" place_names)" 0
expect "a backup into a file" 0 "compared row by row" "$program" --record "$(address war)" backup copy.db
dump copy.db copy.dump
same "a backup into a file" war.dump copy.dump
query "CREATE DATABASE copy"
expect "a file into a database" 0 "compared row by row" "$program" --record "$(address copy)" restore war.db
both copy claims --text wounded --format json
both copy control Afghanistan --format json
dump "$(address copy)" copy.dump
same "a file into a database" war.dump copy.dump
# Every table, whether the dump shows it or not.
rows() {
    printf '%s\n' "SELECT format('SELECT %L, count(*) FROM %I', tablename, tablename) FROM pg_tables" \
        "WHERE schemaname = 'public' ORDER BY 1" '\gexec' | "$bin/psql" -qAtX -d "$1"
}
rows war >war.rows
rows copy >copy.rows
same "rows of each table" war.rows copy.rows
for file in "$source"/src/record/schema/*.sql; do
    number=$(basename "$file")
    [ "$number" \< 008.sql ] || [ -e "$source/src/record/schema/postgresql/$number" ] ||
        bad "the schema has $number for SQLite alone"
done
expect "a record that is there" 3 "reports in this record already" \
    "$program" --record "$(address copy)" restore war.db

# ---------------------------------------------------------------- many at once
reports() {
    awk -v from="$1" -v to="$2" 'BEGIN {
        split("Gondor Rohan Mordor Harad", nations, " ")
        for (i = from; i < to; i++)
            printf "{\"id\": \"r%d\", \"published\": \"2015-0%d-1%d\", \"text\": \"%s attacked %s near " \
                "Osgiliath on Monday, killing %d soldiers, its governor said. %s denied it.\"}\n", \
                i, i % 9 + 1, i % 9, nations[i % 4 + 1], nations[(i + 1) % 4 + 1], i + 2, nations[i % 4 + 1] }'
}
for part in 0 1 2; do reports $((part * 60)) $((part * 60 + 60)) >"part$part.jsonl"; done
cat part?.jsonl >all.jsonl
"$program" --record all.db read --quiet all.jsonl
plain() { "$program" --record "$1" export --as dump | grep -v -e ^sightings -e ^decision >"$2"; }
plain all.db all.dump
query "CREATE DATABASE many"
many=$(address many)
"$program" --record "$many" read --quiet part0.jsonl
claims=$("$program" --record "$many" claims --format tsv --limit 5 | sed 1d | cut -f1)
waited=
for part in 1 2; do
    "$program" --record "$many" --wait 60 read --quiet part$part.jsonl >"read$part" 2>&1 &
    waited="$waited $!"
done
for reviewer in 1 2 3 4; do
    for claim in $claims; do
        "$program" --record "$many" --wait 60 amend "$claim" --set killed=$reviewer --author "reviewer $reviewer"
    done >"reviewer$reviewer" 2>&1 &
    waited="$waited $!"
done
for process in $waited; do wait "$process" || bad "one of many at once"; done
[ "$(query "SELECT count(*) || '/' || max(decision) FROM decisions" many)" = 20/20 ] && good || bad "a decision was lost"
expect "after many at once" 0 "nothing damaged" "$program" --record "$many" verify
plain "$many" many.dump
same "many at once" all.dump many.dump

# Two who read the same at the same time: each report is stored once.
query "CREATE DATABASE same"
waited=
for reader in 1 2 3; do
    "$program" --record "$(address same)" --wait 60 read all.jsonl >"same$reader" 2>&1 &
    waited="$waited $!"
done
for process in $waited; do wait "$process" || bad "one of those who read the same: $(cat same?)"; done
plain "$(address same)" same.dump
same "three read the same" all.dump same.dump
grep -h -o '[0-9]* new' same? | awk '{ sum += $1 } END { exit sum != 180 }' && good || bad "new reports: $(cat same?)"

# ---------------------------------------------------------------- served while others write
query "CREATE DATABASE served"
"$program" --record "$(address served)" read --quiet part0.jsonl
"$program" --record "$(address served)" serve --quiet >serving 2>&1 &
serving=$!
tries=0
until grep -q 'http://' serving 2>/dev/null || [ "$tries" -gt 100 ]; do tries=$((tries + 1)); sleep 0.1; done
page=$(grep -o 'http://[0-9.:]*' serving | head -1)
reports_served() { curl -s "$page/api/v1/reports?limit=1000" | grep -o '"id":' | wc -l; }
if command -v curl >/dev/null; then
    before=$(reports_served)
    [ "$before" -gt 0 ] && [ "$(reports_served)" = "$before" ] && good || bad "serve answers: $before, $(cat serving)"
    "$program" --record "$(address served)" read --quiet part1.jsonl
    [ "$(reports_served)" -gt "$before" ] && good || bad "serve tells what was before others wrote"
fi
kill "$serving"
wait "$serving" 2>/dev/null

# ---------------------------------------------------------------- what refers to what
expect "nothing refers to nothing" 0 "nothing damaged" "$program" --record "$(address same)" verify
before=$(query "SELECT count(*) FROM reports" same)
query "SELECT take_out(ARRAY(SELECT report FROM reports ORDER BY report DESC LIMIT 3))" same >/dev/null
is "reports after some were taken out" "$(query "SELECT count(*) FROM reports" same)" $((before - 3))
[ "$(query "SELECT count(*) FROM lost_references" same)" = 0 ] && good || bad "what is taken out does not take along what refers to it"
query "SELECT take_out(ARRAY(SELECT report FROM decision_targets LIMIT 1))" war 2>&1 | grep -q "a decision refers to the report" && good || bad "a report on which somebody decided is taken out"
query "DELETE FROM claims WHERE claim IN (SELECT claim FROM participants LIMIT 1)" same
expect "a row that refers to none" 1 "refers to a row of claims that is not there" "$program" --record "$(address same)" verify
# ---------------------------------------------------------------- tables over several machines
# What Citus asks of tables that it distributes, of the live catalogue, by the list in docs/scale.md: every key that is
# to be unique has the column by which the table is distributed; foreign keys lead to tables that all machines hold, or
# from that column to that of a table distributed alike; no column counts by itself; no table has a trigger or a rule but what lies on
# one machine, where no key of a table of several leads.
awk -F'|' '/^\| lie together by/ { on = 1; next } on && !/^\|/ { on = 0 } on && !/^\|--/ {
    key = $2; gsub(/[ `]/, "", key); count = split($3, names, ",")
    for (i = 1; i <= count; i++) {
        name = names[i]; own = key
        if (name ~ / by /) { own = name; sub(/.* by /, "", own); sub(/ by .*/, "", name) }
        gsub(/[ `]/, "", name); gsub(/[ `]/, "", own)
        print name "\t" (own == "everywhere" || own == "onemachine" ? "" : own) "\t" key
    } }' "$source/docs/scale.md" >spread
[ "$(wc -l <spread)" -gt 40 ] && good || bad "docs/scale.md distributes $(wc -l <spread) tables"
undistributed() {
    "$bin/psql" -qAtX -v ON_ERROR_STOP=1 -d same <<'SQL' 2>&1
CREATE TEMP TABLE spread (name TEXT, key TEXT, beside TEXT);
\copy spread FROM 'spread'
CREATE TEMP VIEW spreading AS SELECT c.oid AS id, s.* FROM spread s
    JOIN pg_class c ON c.relname = s.name AND c.relkind = 'r' AND c.relnamespace = 'public'::REGNAMESPACE;
SELECT 'not listed: ' || tablename FROM pg_tables WHERE schemaname = 'public' AND
    tablename NOT IN (SELECT name FROM spreading);
SELECT 'not there: ' || name FROM spread WHERE name NOT IN (SELECT name FROM spreading);
SELECT format('%s has no column %s that is never null', name, key) FROM spreading WHERE key <> '' AND NOT EXISTS
    (SELECT 1 FROM pg_attribute WHERE attrelid = id AND attname = key AND attnotnull);
SELECT format('%s is unique without %s', indexrelid::REGCLASS, key) FROM spreading
    JOIN pg_index ON indrelid = id JOIN pg_attribute ON attrelid = id AND attname = key
    WHERE indisunique AND NOT attnum = ANY (indkey::SMALLINT[]);
SELECT format('%s of %s leads to %s', k.conname, a.name, b.name) FROM pg_constraint k
    JOIN spreading a ON a.id = k.conrelid JOIN spreading b ON b.id = k.confrelid
    WHERE k.contype = 'f' AND (b.beside = 'onemachine') > (a.beside = 'onemachine') OR k.contype = 'f' AND b.key <> '' AND (a.beside <> b.beside OR NOT EXISTS (
        SELECT 1 FROM unnest(k.conkey, k.confkey) AS u (mine, theirs)
        JOIN pg_attribute x ON x.attrelid = a.id AND x.attnum = u.mine AND x.attname = a.key
        JOIN pg_attribute y ON y.attrelid = b.id AND y.attnum = u.theirs AND y.attname = b.key));
SELECT format('%s.%s counts by itself', name, attname) FROM spreading JOIN pg_attribute ON attrelid = id
    WHERE attidentity <> '' OR EXISTS (SELECT 1 FROM pg_attrdef d WHERE d.adrelid = id AND d.adnum = attnum AND
    pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval%');
SELECT format('%s has the trigger %s', name, tgname) FROM spreading JOIN pg_trigger ON tgrelid = id
    WHERE NOT tgisinternal AND beside <> 'onemachine';
SELECT format('%s has the rule %s', name, rulename) FROM spreading JOIN pg_rewrite ON ev_class = id;
SELECT format('%s is made of others', attname) FROM spreading JOIN pg_attribute ON attrelid = id AND attname = key
    WHERE attgenerated <> '';
SQL
}
is "tables that cannot be distributed" "$(undistributed)" ""
query "CREATE UNIQUE INDEX not_so ON event_claims (event, act) WHERE FALSE" same
is "a key that hinders" "$(undistributed)" "not_so is unique without claim"
query "DROP INDEX not_so" same
query "CREATE FUNCTION nothing() RETURNS TRIGGER LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'" same
query "CREATE TRIGGER not_so AFTER DELETE ON claims FOR EACH STATEMENT EXECUTE FUNCTION nothing()" same
is "a trigger that hinders" "$(undistributed)" "claims has the trigger not_so"
query "DROP TRIGGER not_so ON claims" same

# ---------------------------------------------------------------- copies while writers write
# Out of the database and into it: each copy is a record that stood there at one moment, whole reports only; what
# it lacks is read into it, and it is the same record.
query "CREATE DATABASE busy"
busy=$(address busy)
"$program" --record "$busy" read --quiet part0.jsonl
reports 180 420 >part3.jsonl
"$program" --record busy.db read --quiet part0.jsonl
"$program" --record "$busy" --wait 60 read --quiet --jobs 1 part3.jsonl >writer 2>&1 &
waited=$!
"$program" --record busy.db --wait 60 read --quiet --jobs 1 part3.jsonl >writer2 2>&1 &
waited="$waited $!"
(
    for round in 1 2 3 4 5 6 7 8; do
        "$program" --record "$busy" --wait 60 amend "$("$program" --record "$busy" claims --format tsv --limit 1 | sed 1d | cut -f1)" \
            --set killed=$round --author Eve || exit 1
    done
) >decider 2>&1 &
waited="$waited $!"
copied=
for round in 1 2; do
    "$program" --record "$busy" backup --quiet "busy$round.db" 2>out || bad "a backup of a busy database: $(cat out)"
    copied="$copied busy$round.db"
    query "CREATE DATABASE busy$round"
    "$program" --record "$(address "busy$round")" restore --quiet busy.db 2>out || bad "a restore of a busy file: $(cat out)"
    copied="$copied $(address "busy$round")"
done
for process in $waited; do wait "$process" || bad "a writer beside copies: $(cat writer writer2 decider)"; done
cat part0.jsonl part3.jsonl >busy.jsonl
"$program" --record busy-plain.db read --quiet busy.jsonl
whole() { "$program" --record "$1" export --as dump | grep -v -e ^sightings -e ^decision >"$2"; }
undecided() { grep -e ^reports -e ^claims -e ^participants -e ^counts -e ^blocks -e ^digests "$1"; }
whole busy-plain.db busy.dump
undecided busy.dump >busy.coded
LC_ALL=C sort busy.coded >busy.sorted
for copy in $copied; do
    "$program" --record "$copy" verify >out 2>&1 || bad "verify $copy: $(head -2 out)"
    whole "$copy" copy.dump
    [ "$(undecided copy.dump | LC_ALL=C sort | LC_ALL=C comm -23 - busy.sorted | wc -l)" -eq 0 ] && good || bad "$copy holds other rows"
    "$program" --record "$copy" read --quiet part3.jsonl || bad "$copy is read on"
    whole "$copy" copy.dump
    undecided copy.dump >copy.coded
    same "$copy, read on" busy.coded copy.coded
done

# ---------------------------------------------------------------- who waits
# until_is VALUE QUERY DATABASE: whether it comes to be so within a minute.
until_is() {
    tries=0
    until [ "$(query "$2" "$3")" = "$1" ] || [ "$tries" -gt 600 ]; do tries=$((tries + 1)); sleep 0.1; done
    [ "$tries" -le 600 ]
}
stuck="FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"

# ---------------------------------------------------------------- a deadlock
# A stranger locks a claim's row and then wants the writers' lock; who holds that wants the row. The database
# ends the one who waited first, which is annals; it begins anew and comes through.
claim=$("$program" --record "$many" claims --format tsv --limit 1 | sed 1d | cut -f1)
before=$(query "SELECT max(decision) FROM decisions" many)
mkfifo words
"$bin/psql" -qAtX -d many <words >strange 2>&1 &
stranger=$!
exec 3>words
echo "SET deadlock_timeout = '60s'; BEGIN; SELECT count(*) FROM (SELECT claim FROM claims FOR UPDATE) AS locked;" >&3
until_is 1 "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE relation = 'claims'::REGCLASS AND mode = 'RowShareLock' AND state = 'idle in transaction'" many ||
    bad "the stranger has no lock: $(cat strange)"
# The server looks for a deadlock once, so long after the wait begins.
PGOPTIONS="-c deadlock_timeout=5s" "$program" --record "$many" --wait 60 amend "$claim" --set status=alleged --author Dora >decided 2>&1 &
decider=$!
until_is 1 "SELECT count(*) $stuck" many || bad "a decision does not wait: $(cat decided)"
echo "SELECT pg_advisory_xact_lock(1634627180, hashtext(current_schema())); COMMIT;" >&3
exec 3>&-
wait $decider && grep -q status decided && good || bad "a decision in a deadlock: $(cat decided)"
wait $stranger || bad "the stranger: $(cat strange)"
[ "$(query "SELECT count(*) FROM decisions WHERE author = 'Dora'" many)" = 1 ] && good || bad "a decision in a deadlock is kept once"
sleep 1
[ "$(query "SELECT deadlocks FROM pg_stat_database WHERE datname = 'many'")" -ge 1 ] && good || bad "there was no deadlock"
"$program" --record "$many" undo "d$((before + 1))" --author Dora >/dev/null || bad "undo after a deadlock"

# ---------------------------------------------------------------- the server goes away
# Held by a lock on the first or the last table of a batch, so that it is always in the midst of one.
for table in reports unmerged; do
    query "CREATE DATABASE gone_$table"
    "$program" --record "$(address gone_$table)" read --quiet part0.jsonl || bad "read before the server goes away"
    PGAPPNAME=holder "$bin/psql" -qAtX -d gone_$table -c "BEGIN; LOCK TABLE $table IN SHARE MODE; SELECT pg_sleep(120)" >/dev/null 2>&1 &
    holder=$!
    until_is 1 "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE application_name = 'holder' AND mode = 'ShareLock' AND granted" gone_$table ||
        bad "nobody holds $table"
    "$program" --record "$(address gone_$table)" --wait 60 read --quiet all.jsonl >out 2>&1 &
    process=$!
    until_is 1 "SELECT count(*) $stuck" gone_$table || bad "a reading does not come to $table: $(head -2 out)"
    is "the connection that is cut" "$(query "SELECT pg_terminate_backend(pid) $stuck" gone_$table)" t
    query "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'holder'" >/dev/null
    wait $holder
    # What was under way is done again.
    wait $process || bad "a reading whose connection was lost: $(head -2 out)"
    plain "$(address gone_$table)" gone.dump
    same "a reading whose connection was lost" all.dump gone.dump
    "$program" --record "$(address gone_$table)" read --quiet all.jsonl || bad "read after the server went away"
    plain "$(address gone_$table)" gone.dump
    same "read after the server went away" all.dump gone.dump
done
# The page's server says so, and goes on when it is back.
if command -v curl >/dev/null; then
    "$program" --record "$many" serve --quiet >served 2>err &
    service=$!
    for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do grep -q http served && break; sleep 0.2; done
    site=$(cat served)
    health() { curl -s -m 5 -o /dev/null -w '%{http_code}' "${site}healthz"; }
    figure() { curl -s -m 5 "${site}metrics" | sed -n "s/^$1 //p"; }
    is "health with a database" "$(health)" 200
    is "reports in a database" "$(figure annals_record_reports)" 180
    [ "$(figure annals_record_size_bytes)" -gt 1000000 ] && good || bad "the size of a database: $(figure annals_record_size_bytes)"
    stop
    sleep 1.2
    is "health without" "$(health)" 503
    is "no database" "$(figure annals_record_up)" 0
    is "what was known last" "$(figure annals_record_reports)" 180
    start
    sleep 1.2
    is "health when it is back" "$(health)" 200
    is "a database again" "$(figure annals_record_up)" 1
    kill $service
    wait $service || bad "the page's server ended badly: $(cat err)"
fi
expect "no such database" 3 "does not exist" "$program" --record "$(address nowhere)" reports
expect "no such server" 3 "cannot open" "$program" --record "postgresql:///x?host=/nonexistent" reports
expect "a password in the address" 3 "~/.pgpass" "$program" --record "postgresql://a:secret@localhost/x" reports
query "CREATE DATABASE other"
query "CREATE TABLE reports (a INT)" other
expect "another program's database" 3 "of another program" "$program" --record "$(address other)" read all.jsonl
# One that was writing when a newer annals came: it stores nothing more.
mkfifo going
"$program" --record "$many" read --quiet - <going >out 2>&1 &
writer=$!
exec 9>going
sleep 1
reports=$(query "SELECT count(*) FROM reports" many)
query "UPDATE annals_record SET schema = 99 WHERE application = 'arrangement'" many
sed 's/"text": *"/&Again. /' all.jsonl >&9
exec 9>&-
wait $writer && bad "a newer arrangement under a writer: it went on" || good
grep -q "a newer annals has brought this record forward" out && good || bad "a newer arrangement under a writer: $(cat out)"
is "reports after it" "$(query "SELECT count(*) FROM reports" many)" "$reports"
expect "a newer arrangement" 3 "newer annals (its arrangement is 99" "$program" --record "$many" reports
expect "a newer arrangement, written to" 3 "newer annals (its arrangement is 99" "$program" --record "$many" read --quiet all.jsonl
query "UPDATE annals_record SET schema = 99" many
expect "a newer record" 3 "made by a newer annals" "$program" --record "$many" reports

# ---------------------------------------------------------------- who may do what
"$bin/psql" -qAtX -v ON_ERROR_STOP=1 -d copy -f "$source/packaging/postgresql/roles.sql" >out 2>&1 &&
    "$bin/psql" -qAtX -v ON_ERROR_STOP=1 -d copy -f "$source/packaging/postgresql/roles.sql" >out 2>&1 && good || bad "roles: $(cat out)"
for role in reader coder reviewer restricted; do query "CREATE ROLE the_$role LOGIN IN ROLE annals_$role" copy; done
query "INSERT INTO restricted_sources SELECT source FROM reports WHERE source LIKE 'THE NORTHERN%' LIMIT 1" copy
who() { echo "postgresql:///copy?host=$folder/server&user=the_$1"; }
lines() { "$program" --record "$(who "$1")" $2 --format tsv 2>/dev/null | sed 1d | wc -l; }
whole=$("$program" --record war.db claims --format tsv | sed 1d | wc -l)
[ "$(lines restricted claims)" -eq "$whole" ] && good || bad "a member sees the restricted source"
[ "$(lines reader claims)" -lt "$whole" ] && [ "$(lines reader claims)" -gt 0 ] && good || bad "a reader sees it too"
[ "$(lines reader "reports --source northern")" -eq 0 ] && good || bad "a reader finds the restricted source"
open=$("$program" --record "$(who reader)" claims --format tsv | sed -n 2p | cut -f1)
expect "a reader decides" 3 "may only be read" "$program" --record "$(who reader)" amend "$open" --set killed=3 --author X
expect "a reviewer decides" 0 "Kabul" "$program" --record "$(who reviewer)" amend "$open" --set place=Kabul --author X
for role in reviewer coder; do
    for change in "UPDATE decisions SET author = 'Y'" "DELETE FROM decisions" "DELETE FROM decision_targets" "TRUNCATE decisions CASCADE"; do
        "$bin/psql" -qAtX -U "the_$role" -d copy -c "$change" 2>&1 | grep -q "permission denied" && good || bad "a $role may: $change"
    done
done
expect "a reviewer reads reports in" 3 "may only be read" "$program" --record "$(who reviewer)" read part0.jsonl
expect "a coder reads reports in" 0 "60 new reports" "$program" --record "$(who coder)" read part0.jsonl

# ---------------------------------------------------------------- the unit tests of the record
query "CREATE DATABASE unit"
for name in questions decisions control merging blocks render serve; do
    test=$(dirname "$program")/tests/${name}_test
    [ -x "$test" ] || continue
    if (cd "$source" && ANNALS_DATA=$share ANNALS_TEST_RECORD=$(address unit) "$test") >out 2>&1; then
        good
    else
        bad "${name}_test: $(grep -m 3 -e ERROR -e LINE out)"
    fi
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
