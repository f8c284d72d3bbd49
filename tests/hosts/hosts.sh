#!/bin/sh
# Four hosts on one machine, in network namespaces of their own: a database, and three with a server of the queue
# (a cluster) and a worker each. Under load workers are killed, links are cut, both ways and one way, and
# slowed down, the leader of the queue is killed, the database falls and comes back. In the end the record is the one that
# one process makes on one machine, byte for byte: nothing is lost, nothing is there twice.
# Needs root, iproute2, PostgreSQL 15 and nats-server; without them it says so and passes.
# usage: hosts.sh PROGRAM [ROUNDS [REPORTS]]   make hosts: 5 rounds, 6000 reports
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
rounds=${2:-1}
reports=${3:-1500}
[ -x "$program" ] || { echo "0 passed, 1 failed: no program $program"; exit 1; }
postgres=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
missing=
[ "$(id -u)" -eq 0 ] || missing="root"
[ -n "$postgres" ] || missing="$missing PostgreSQL"
for tool in nats-server ip tc setpriv; do
    PATH=$PATH:/usr/sbin:/sbin command -v $tool >/dev/null || missing="$missing $tool"
done
PATH=$PATH:/usr/sbin:/sbin
"$program" help read >/dev/null 2>&1 || missing="$missing program"
name=an$$
[ -n "$missing" ] || ip netns add "$name-1" 2>/dev/null || missing="network namespaces"
if [ -n "$missing" ]; then
    echo "hosts are not tested here (missing: $missing); 0 passed, 0 failed"
    exit 0
fi
folder=$(mktemp -d)
chmod 755 "$folder"
cd "$folder" || exit 3
passed=0
failed=0
good() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
}
on() {
    host=$1
    shift
    ip netns exec "$name-$host" "$@"
}
clean() {
    for file in *.pid; do [ -s "$file" ] && kill -9 "$(head -1 "$file")" 2>/dev/null; done
    [ -d database ] && as_postgres "$postgres/pg_ctl" -D "$folder/database" -m immediate stop >/dev/null 2>&1
    for host in 1 2 3 4; do ip netns del "$name-$host" 2>/dev/null; done
    ip link del "$name" 2>/dev/null
    cd / && rm -rf "$folder"
}
as_postgres() { setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; }
trap clean EXIT
trap 'exit 3' INT TERM

# ---- the hosts: each with a cable to one bridge
ip link add "$name" type bridge && ip link set "$name" up || { bad "no bridge"; echo "0 passed, 1 failed"; exit 1; }
for host in 1 2 3 4; do
    [ "$host" = 1 ] || ip netns add "$name-$host"
    ip link add "$name-$host" type veth peer name eth0 netns "$name-$host"
    ip link set "$name-$host" master "$name" up
    on "$host" ip address add "10.77.0.$host/24" dev eth0
    on "$host" ip link set eth0 up
    on "$host" ip link set lo up
done

# ---- the database on host 1
mkdir database
chown postgres database
as_postgres "$postgres/initdb" -D "$folder/database" -U annals -A trust -E UTF8 --locale=C --no-sync >initdb.log 2>&1 ||
    bad "initdb: $(tail -1 initdb.log)"
echo "host all all 10.77.0.0/24 trust" >>database/pg_hba.conf
cat >>database/postgresql.conf <<CONF
listen_addresses = '10.77.0.1'
unix_socket_directories = '$folder/database'
tcp_keepalives_idle = 2
tcp_keepalives_interval = 1
tcp_keepalives_count = 3
tcp_user_timeout = 5000
CONF
start_database() { on 1 setpriv --reuid=postgres --regid=postgres --clear-groups "$postgres/pg_ctl" -D "$folder/database" -w -l "$folder/database/log" start >/dev/null 2>&1; }
start_database || bad "the database does not start: $(tail -2 database/log)"
on 1 "$postgres/createdb" -h 10.77.0.1 -U annals annals || bad "no database"
record="postgresql://annals@10.77.0.1/annals?keepalives_idle=2&keepalives_interval=1&keepalives_count=3&tcp_user_timeout=5000&connect_timeout=3"

# ---- a cluster of three for the queue, on hosts 2 to 4
start_queue() {
    ip netns exec "$name-$1" nats-server -js -sd "$folder/queue$1" -a "10.77.0.$1" -p 4222 -n "server$1" --cluster_name test \
        --cluster "nats://10.77.0.$1:6222" --routes nats://10.77.0.2:6222,nats://10.77.0.3:6222,nats://10.77.0.4:6222 \
        >>"queue$1.log" 2>&1 &
    echo $! >"queue$1.pid"
}
for host in 2 3 4; do start_queue "$host"; done
export NATS_URL=nats://10.77.0.2:4222,nats://10.77.0.3:4222,nats://10.77.0.4:4222
tries=0
until on 1 "$program" queue --name probe >probe.log 2>&1 || [ "$tries" -gt 30 ]; do
    tries=$((tries + 1))
    sleep 0.5
done
[ "$tries" -le 30 ] && good || bad "the cluster does not come up: $(cat probe.log)"

# ---- the work, and what one process makes of it
awk -v reports="$reports" 'BEGIN {
    split("Gondor Rohan Mordor Dunland Harad Umbar", nations, " ")
    split("Osgiliath Edoras Pelargir Dale Linhir", towns, " ")
    for (i = 0; i < reports; i++) {
        a = nations[i % 6 + 1]; b = nations[(i * 5 + 1) % 6 + 1]; town = towns[i % 5 + 1]
        text = sprintf("%s attacked %s near %s on Monday, killing %d soldiers. The governor of %s " \
            "said %d civilians were wounded. %s denied it.", a, b, town, i + 2, town, i % 7 + 2, b)
        printf "{\"id\": \"r%d\", \"published\": \"%d-0%d-1%d\", \"source\": \"Paper %d\", " \
            "\"text\": \"%s %s\"}\n", i, 2000 + int(i / 100), i % 9 + 1, i % 9, i % 4, text, text
    } }' >reports.jsonl
"$program" --record one.db read --quiet reports.jsonl || bad "reading on one machine"
"$program" --record one.db export --as dump >one.dump
# They come in portions, one before each fault, so that there is work whenever something breaks.
split -n "l/$((rounds * 6 + 1))" -d -a 3 reports.jsonl portion.
: >order
for file in portion.*; do echo "$file" >>order; done
feed() {
    file=$(sed -n 1p order)
    sed -i 1d order
    # The path is part of the record: all portions go by the same.
    [ -z "$file" ] || on 1 sh -c 'mkdir -p in && mv "$2" in/reports.jsonl && cd in && exec timeout 120 "$1" enqueue reports.jsonl --copies 3 --patience 4' \
        - "$program" "$file" >>enqueued 2>&1 || bad "enqueue: $(tail -1 enqueued)"
}
feed

# Not by `on`: of a function in the background the shell would give its own number, not the program's.
# A worker of a host, started again for as long as there is work, as systemd would.
start_worker() {
    (
        while [ ! -e finished ]; do
            ip netns exec "$name-$1" "$program" --record "$record" worker --jobs 1 --tries 50 --wait 30 >>"worker$1.log" 2>&1 &
            echo $! >"worker$1.pid"
            wait $!
            sleep 0.5
        done
    ) &
}
on 1 "$program" --record "$record" read /dev/null >/dev/null 2>&1 # makes the tables
for host in 2 3 4; do start_worker "$host"; done
waiting() { on 1 "$program" queue --format json 2>/dev/null | sed -n 's/.*"waiting": \([0-9]*\), "held": \([0-9]*\).*/\1 \2/p'; }
leader() {
    for host in 2 3 4; do
        grep -h "new stream leader for.*> annals'" "queue$host.log" 2>/dev/null | sed "s/^\[[0-9]*\] \([^[]*\).*/\1 $host/"
    done | sort | tail -1 | sed 's/.* //'
}
# A direction that lets nothing through (a bit a second), or little.
throttle() {
    if [ "$2" = 8bit ]; then room="burst 2kb latency 1ms"; else room="burst 64kb latency 400ms"; fi
    tc qdisc replace dev "$1" root tbf rate "$2" $room 2>/dev/null
}
free() { tc qdisc del dev "$1" root 2>/dev/null; }

round=0
while [ "$round" -lt "$rounds" ]; do
    round=$((round + 1))
    feed
    sleep 0.3
    kill -9 "$(cat worker2.pid)" 2>/dev/null # a worker dies
    feed
    ip link set "$name-3" down               # a cable is pulled
    sleep 3
    ip link set "$name-3" up
    feed
    throttle "$name-4" 8bit # host 4 hears nothing, and is heard
    sleep 3
    free "$name-4"
    feed
    on 3 tc qdisc replace dev eth0 root tbf rate 8bit burst 2kb latency 1ms # host 3 is not heard
    kill -9 "$(cat worker4.pid)" 2>/dev/null
    sleep 3
    on 3 tc qdisc del dev eth0 root
    throttle "$name-2" 1mbit # a slow link
    feed
    first=$(leader)
    kill -9 "$(cat "queue${first:-2}.pid")" # the queue's leader dies
    sleep 2
    start_queue "${first:-2}"
    feed
    as_postgres "$postgres/pg_ctl" -D "$folder/database" -m immediate stop >/dev/null 2>&1 # the database falls
    sleep 2
    start_database || bad "the database does not come back"
    sleep 1
    free "$name-2"
done
tries=0
until [ "$(waiting)" = "0 0" ] || [ "$tries" -gt 240 ]; do
    tries=$((tries + 1))
    sleep 0.5
done
[ "$(waiting)" = "0 0" ] && good || bad "the queue is not empty: $(waiting)"
touch finished
for host in 2 3 4; do kill "$(cat "worker$host.pid")" 2>/dev/null; done
sleep 1
on 1 "$program" --record "$record" worker --drain --quiet --tries 50 || bad "the last worker"
on 1 "$program" --record "$record" export --as dump >all.dump 2>err || bad "dump: $(cat err)"
if cmp one.dump all.dump >out 2>&1; then good; else bad "the record is another: $(cat out)"; fi
[ "$(on 1 "$program" queue --aside)" = "" ] && good || bad "reports were set aside: $(on 1 "$program" queue --aside | head -2)"
# Workers begin a transaction anew and say nothing of it, so the database tells that it fell.
if grep -q "not properly shut down" database/log; then good; else bad "the database never fell"; fi
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
