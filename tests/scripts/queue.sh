#!/bin/sh
# The queue: what workers take from it gives the record that `read` gives, byte for byte, whatever happens to
# workers and server; what cannot be read, and what kills workers, is set aside with its reason.
# Needs nats-server; without it the script says so and passes.
# usage: queue.sh PROGRAM [ROUNDS]   a round kills a worker and the server
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
rounds=${2:-3}
[ -x "$program" ] || { echo "0 passed, 1 failed: no program $program"; exit 1; }
command -v nats-server >/dev/null || { echo "no nats-server: the queue is not tested; 0 passed, 0 failed"; exit 0; }
folder=$(mktemp -d)
server=
trap '[ -n "$server" ] && kill "$server" 2>/dev/null; rm -rf "$folder"' EXIT
examples=$(cd "$(dirname "$0")/../.." && pwd)/examples/reports
cd "$folder" || exit 3
passed=0
failed=0
good() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
    sed 's/^/    /' out err 2>/dev/null | head -20
}
is() { if [ "$2" = "$3" ]; then good; else bad "$1: $2, not $3"; fi; }
says() { if grep -qF -- "$3" "$2"; then good; else bad "$1: not \"$3\""; fi; }

# ---- a server of our own, on a port that is free
start_server() {
    : >server.log # what the server before said is not what this one says
    nats-server -js -sd "$folder/kept" -a 127.0.0.1 -p "$port" --ports_file_dir "$folder" \
        ${extra:-} >server.log 2>&1 &
    server=$!
    tries=0
    until grep -q "Server is ready" server.log || [ "$tries" -gt 100 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
}
port=-1
start_server
port=$(sed -n 's/.*Listening for client connections on 127.0.0.1:\([0-9]*\).*/\1/p' server.log)
[ -n "$port" ] || { bad "the server does not start"; sed 's/^/    /' server.log; echo "$passed passed, $failed failed"; exit 1; }
export NATS_URL="nats://127.0.0.1:$port"
run() { "$program" "$@" >out 2>err; }
dump() { "$program" --record "$1" export --as dump; }
state() { run queue --name "$1" --format json; sed -n "s/.*\"$2\": \([0-9]*\).*/\1/p" out; }

# ---- wrong use, and nobody there
run enqueue; is "enqueue what?" $? 2
run worker extra; is "worker takes no words" $? 2
run queue --name 'a b'; is "a name with a blank" $? 2
run queue --queue nats://127.0.0.1:1; is "no server" $? 3
says "no server" err "cannot reach the queue"
(unset NATS_URL; "$program" queue >out 2>err); is "no address" $? 2
says "no address" err "which queue?"

# ---- the examples, whole files: the same record as by reading
"$program" --record read.db read --quiet "$examples"
dump read.db >read.dump
run enqueue "$examples"; is "enqueue" $? 0
count=$(sed -n 's/^\([0-9]*\) put.*/\1/p' out)
is "all are waiting" "$(state annals waiting)" "$count"
run enqueue "$examples"; is "enqueue again" $? 0
is "what is put twice counts once" "$(state annals waiting)" "$count"
run --record queue.db worker --drain; is "a worker" $? 0
dump queue.db >queue.dump
if cmp read.dump queue.dump >out 2>&1; then good; else bad "the worker's record is another"; fi
is "nothing is left" "$(state annals waiting)$(state annals held)$(state annals aside)" 000
run queue; is "the state as a table" $? 0
says "the state as a table" out "0 waiting, 0 at hand"

# ---- JSON lines, paths with blanks and umlauts, archives whole and by member, what cannot be read
mkdir "d ü"
awk 'BEGIN { for (i = 0; i < 40; i++) printf "{\"id\": \"r%d\", \"published\": \"2016-05-1%d\", \"source\": \"Paper %d\", " \
    "\"text\": \"Rebels attacked the town of Rivera on Monday, killing %d soldiers, the governor said.\"}\n", i, i % 9, i % 4, i + 2 }' \
    >"d ü/lines.jsonl"
echo '{"id": "broken", "text": ' >>"d ü/lines.jsonl"
printf '\001\002\003\000binary' >"d ü/picture.png"
: >"d ü/empty.txt"
for i in 1 2 3 4 5; do
    echo "AMARA, June $i 2017 - Gunmen killed $((i + 3)) villagers near the river on Friday, police said." >"text$i.txt"
done
tar cf "d ü/some.tar" text1.txt text2.txt text3.txt
head -c 1200000 /dev/urandom >noise.bin
tar cf "d ü/large.tar" text4.txt noise.bin text5.txt
"$program" --record read2.db read --quiet "d ü" 2>read.err
is "read refuses some" $? 1
run enqueue "d ü" --name second; is "enqueue refuses what is empty or too large" $? 1
says "an empty file" err "empty.txt: is empty"
says "a member that is too large" err "max_payload"
run --record queue2.db worker --drain --name second; is "a worker that sets aside" $? 1
dump read2.db >read2.dump
dump queue2.db >queue2.dump
if cmp read2.dump queue2.dump >out 2>&1; then good; else bad "the worker's second record is another"; fi
run queue --aside --name second; is "what was set aside" $? 0
says "a broken line" out "d ü/lines.jsonl:41: "
says "a picture" out "d ü/picture.png: "
lines=$(wc -l <out | tr -d ' ')
is "how many were set aside" "$(state second aside)" "$lines"

# ---- workers and server are killed again and again: the same record
awk 'BEGIN {
    split("Gondor Rohan Mordor Dunland Harad Umbar", nations, " ")
    split("Osgiliath Edoras Pelargir Dale Linhir", towns, " ")
    for (i = 0; i < 400; i++) {
        a = nations[i % 6 + 1]; b = nations[(i * 5 + 1) % 6 + 1]; town = towns[i % 5 + 1]
        text = sprintf("%s attacked %s near %s on Monday, killing %d soldiers. The governor of %s " \
            "said %d civilians were wounded. %s denied it.", a, b, town, i + 2, town, i % 7 + 2, b)
        printf "{\"id\": \"r%d\", \"published\": \"2015-0%d-1%d\", \"source\": \"Paper %d\", " \
            "\"text\": \"%s %s\"}\n", i, i % 9 + 1, i % 9, i % 4, text, text
    } }' >many.jsonl
"$program" --record read3.db read --quiet many.jsonl
dump read3.db >read3.dump
run enqueue many.jsonl --name third --patience 2; is "enqueue many" $? 0
round=0
while [ "$round" -lt "$rounds" ]; do
    round=$((round + 1))
    "$program" --record queue3.db worker --name third --quiet --tries 100 --wait 20 >/dev/null 2>&1 &
    first=$!
    "$program" --record queue3.db worker --name third --quiet --tries 100 --wait 20 --jobs 1 >/dev/null 2>&1 &
    second=$!
    sleep "0.$((round * 3 % 7 + 1))"
    kill -9 "$first" 2>/dev/null
    kill -9 "$server" 2>/dev/null
    wait "$server" 2>/dev/null
    start_server
    sleep 0.3
    kill -9 "$second" 2>/dev/null
    wait "$first" "$second" 2>/dev/null
done
run --record queue3.db worker --name third --drain --tries 100; is "the last worker" $? 0
dump queue3.db >queue3.dump
if cmp read3.dump queue3.dump >out 2>&1; then good; else bad "after kills the record is another"; fi
is "nothing was set aside" "$(state third aside)" 0

# ---- a worker that is told to stop gives back what it has
run enqueue many.jsonl --name fourth; is "enqueue for one that stops" $? 0
"$program" --record queue4.db worker --name fourth --quiet >out 2>err &
first=$!
sleep 0.4
kill -TERM "$first"
wait "$first"; is "told to stop" $? 0
start=$(date +%s)
run --record queue4.db worker --name fourth --drain --quiet; is "another goes on" $? 0
# Nothing had to wait for the minute after which a silent worker's reports are given to others.
[ $(($(date +%s) - start)) -lt 30 ] && good || bad "it did not give back what it had"
dump queue4.db >queue4.dump
if cmp read3.dump queue4.dump >out 2>&1; then good; else bad "after a stop the record is another"; fi

# ---- reports that kill their worker are set aside, those before, between and behind them are coded: two that
# take more processor time than the worker may have
awk 'BEGIN { for (i = 0; i < 9000; i++) printf "The army that took the town which the rebels who held the bridge left burned %d houses in the valley. ", i }' >deadly.txt
{ echo "A farmer was there."; cat deadly.txt; } >deadlier.txt
run enqueue text1.txt --name fifth --patience 1; is "enqueue one" $? 0
for file in deadly.txt text2.txt deadlier.txt text3.txt; do
    run enqueue "$file" --name fifth; is "enqueue $file" $? 0
done
round=0
while [ "$(state fifth aside)" != 2 ] && [ "$round" -lt 16 ]; do
    round=$((round + 1))
    (ulimit -t 1; exec "$program" --record queue5.db worker --name fifth --drain --quiet --tries 2 --jobs 1) >/dev/null 2>&1
    sleep 0.5
done
run queue --aside --name fifth
# How often depends on how busy the machine is: a second is soon over.
for file in deadly deadlier; do
    if grep -q "$file.txt: was taken [2-9] times and never finished" out; then good; else bad "what was deadly"; fi
done
is "the others are in the record" "$("$program" --record queue5.db sql --format csv 'SELECT count(*) AS n FROM reports' | tail -1 | tr -d '\r')" 3

# ---- whoever may not write down what he begins goes by what the server counts
cat >limited.conf <<EOF
authorization { users = [
  {user: owner, password: owner}
  {user: limited, password: limited, permissions: {publish: {deny: ["\$KV.*-tries.>"]}}}
] }
EOF
main_server=$server main_url=$NATS_URL main_port=$port
port=-1 folder=$folder/limited extra="-c limited.conf"
mkdir "$folder"
start_server
port=$(sed -n 's/.*Listening for client connections on 127.0.0.1:\([0-9]*\).*/\1/p' server.log)
limited_server=$server
export NATS_URL="nats://owner:owner@127.0.0.1:$port"
for file in deadly.txt text2.txt; do run enqueue "$file" --name limited; is "enqueue $file" $? 0; done
# What was at hand beside it may be set aside, too: without the count nobody can tell which is to blame.
deadly_is_aside() { run queue --aside --name limited; grep -q "deadly.txt: was taken" out; }
round=0
while ! deadly_is_aside && [ "$round" -lt 12 ]; do
    round=$((round + 1))
    (ulimit -t 1; NATS_URL="nats://limited:limited@127.0.0.1:$port" exec "$program" --record queue8.db worker --name limited \
        --drain --quiet --tries 2 --jobs 1) >/dev/null 2>&1
    sleep 0.5
done
if deadly_is_aside; then good; else bad "what is deadly does not come to an end without a count"; fi
kill "$limited_server"
wait "$limited_server" 2>/dev/null
server=$main_server NATS_URL=$main_url port=$main_port folder=${folder%/limited} extra=

# ---- back-pressure: a queue that is full makes enqueue wait for the workers
run enqueue text1.txt --name sixth --most 50; is "a small queue" $? 0
"$program" enqueue many.jsonl --name sixth >enqueued 2>&1 &
first=$!
sleep 1
kill -0 "$first" 2>/dev/null && good || bad "enqueue did not wait"
most=$(state sixth waiting)
[ "$most" -le 50 ] && good || bad "the queue holds $most"
"$program" --record queue6.db worker --name sixth --quiet >out 2>err &
second=$!
wait "$first"; is "enqueue comes to its end" $? 0
kill -TERM "$second"
wait "$second"
run --record queue6.db worker --name sixth --drain --quiet; is "drained" $? 0
is "all came through" "$("$program" --record queue6.db sql --format csv 'SELECT count(*) AS n FROM reports' | tail -1 | tr -d '\r')" 401

# ---- figures and health of a worker, and what it says as JSON
lint=$(dirname "$examples")/../tests/page/exposition.mjs
fetch() { curl -s -m 5 -o "$2" -w '%{http_code}' "http://127.0.0.1:$figures$1"; }
figure() { sed -n "s/^$1 //p" figures; }
run worker --metrics 192.0.2.1:80; is "an address of another machine" $? 3
run worker --metrics nowhere; is "no address for figures" $? 2
says "no address for figures" err "no address for figures"
run enqueue many.jsonl "d ü/picture.png" --name seventh; is "enqueue for figures" $? 0
"$program" --record queue7.db worker --name seventh --metrics 127.0.0.1:0 --log-format json >out 2>log &
first=$!
figures=
for try in 1 2 3 4 5 6 7 8 9 10; do
    figures=$(sed -n 's/.*"figures".*"port":\([0-9]*\).*/\1/p' log 2>/dev/null)
    [ -n "$figures" ] && break
    sleep 0.2
done
for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    is=$(fetch /metrics figures)
    [ "$(figure 'annals_queue_waiting_parcels')$(figure 'annals_worker_unmerged_reports')" = 00 ] && break
    sleep 0.5
done
is "figures are answered" "$is" 200
if command -v node >/dev/null; then node "$lint" figures >out 2>&1 && good || bad "figures that are not well formed"; fi
is "reports are counted" "$(figure 'annals_worker_reports_total{outcome="stored"}')" 400
is "what was set aside is counted" "$(figure 'annals_worker_reports_total{outcome="set_aside"}')" 1
is "so in the queue" "$(figure annals_queue_set_aside_parcels)" 1
is "the record is there" "$(figure annals_worker_record_up)" 1
committed=$(figure annals_worker_last_commit_timestamp_seconds | cut -d. -f1)
[ $(($(date +%s) - committed)) -lt 120 ] && good || bad "committed at $committed"
is "a worker is well" "$(fetch /healthz out)" 200
is "no other path" "$(fetch /x out)" 404
is "no other host" "$(curl -s -m 5 -o out -w '%{http_code}' -H 'Host: evil.example' "http://127.0.0.1:$figures/metrics")" 403
is "no other method" "$(curl -s -m 5 -o out -w '%{http_code}' -d x=y "http://127.0.0.1:$figures/metrics")" 405
kill -TERM "$first"
wait "$first"; is "a worker that set something aside" $? 1
grep -v '^{"time":"20[0-9T:.-]*Z","level":"[a-z]*","message":"[^"]*".*}$' log >out
is "all it says is JSON" "$(wc -l <out | tr -d ' ')" 0
says "what was set aside, as JSON" log '"level":"warning","message":"aside"'
says "the end, as JSON" log '"message":"stopped","stored":400,"known":0,"set_aside":1'

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
