#!/bin/sh
# annals watch against a server of our own that misbehaves (tests/server/misbehaving.c): whatever the other
# side does, the round ends, says what was wrong, keeps what is good, and the next goes on from there.
# usage: watch.sh PROGRAM
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
[ -x "$program" ] || { echo "0 passed, 1 failed: no program $program"; exit 1; }
source=$(cd "$(dirname "$0")/.." && pwd)/server/misbehaving.c
folder=$(mktemp -d)
server=
trap '[ -n "$server" ] && kill "$server" 2>/dev/null; rm -rf "$folder"' EXIT
cd "$folder" || exit 3
passed=0
failed=0
good() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
    sed 's/^/    /' out err 2>/dev/null
}
"${CC:-gcc}" -std=c17 -O1 -D_DEFAULT_SOURCE -include stdbool.h -include stdio.h -include string.h \
    "$source" -o server -lz -lsqlite3 >out 2>err || { bad "the server does not compile"; echo "0 passed, 1 failed"; exit 1; }
./server "$folder" >port 2>/dev/null &
server=$!
while [ ! -s port ]; do sleep 0.05; done
port=$(cat port)
site="http://127.0.0.1:$port"
other="http://localhost:$port" # to us another host, with delays and put-offs of its own
# watch RECORD ARGUMENT...: one round, quick and without manners.
watch() {
    record=$1
    shift
    "$program" --record "$record" watch --once --delay 0 --timeout 3 --max-size 1M --allow-private \
        "$@" >out 2>err </dev/null
}
# expect TITLE STATUS WORDS...: of the last round; each of WORDS is on standard error.
expect() {
    title=$1
    if [ "$found" -ne "$2" ]; then
        bad "$title: exit status $found, not $2"
        return
    fi
    shift 2
    for words; do
        if grep -qF -- "$words" err; then good; else bad "$title: \"$words\" is not on standard error"; fi
    done
}
# says PAGE WORD REASON: a line of the last round.
says() {
    if grep -E "^[0-9:]+ +$2 +http://[^ ]*$1 " err | grep -qF -- "$3"; then good; else bad "$1: not \"$2 ... $3\""; fi
}
asked() { grep -c "^GET $1 " requests; }
is() { if [ "$2" = "$3" ]; then good; else bad "$1: $2, not $3"; fi; }
ask() { "$program" --record "$1" sql --format csv "$2" 2>&1 | tail -n +2 | tr -d '\r'; }

# ---- a feed that behaves: items that stand twice are one, the page itself is kept
watch a.db "$site/feed"
found=$?
expect "a feed" 0 "RSS, 4 links, 2 new" "2 new reports" "claims"
is "a page is asked for once" "$(asked /good-1)" 1
is "the page as it came" "$(ask a.db "SELECT count(*) AS n FROM originals WHERE encoding <> 'text'")" 2
is "and undamaged" "$("$program" --record a.db verify --quiet >/dev/null 2>&1; echo $?)" 0
is "where it was found" "$(ask a.db "SELECT min(path) FROM sightings")" "$site/good-1"
is "its address" "$(ask a.db "SELECT min(url) FROM reports")" "$site/good-1"
is "what the feed says of it" "$(ask a.db "SELECT DISTINCT source, published FROM reports")" "Osgiliath Post,2015-10-05"
is "claims" "$(ask a.db "SELECT count(*) > 2 FROM claims")" 1
grep -q "User-Agent: annals/$("$program" --version | sed 's/annals //')" requests && good || bad "who we say we are"
watch a.db "$site/feed"
found=$?
expect "the same again" 0 "same " "not changed since"
is "the mark goes along" "$(grep -c '^GET /feed "one"' requests)" 1
is "no page is asked for again" "$(asked /good-1)" 1
watch a.db
found=$?
expect "the feeds of the record" 0 "$site/feed  not changed"

# ---- a mark that changes brings what is new
watch b.db "$site/changing"
watch b.db "$site/changing"
found=$?
expect "a changed feed" 0 "2 links, 1 new" "1 new report"
is "what was there is not asked for again" "$(asked /good-4)" 1
is "both" "$(ask b.db "SELECT count(*) FROM reports")" 2

# ---- twenty pages, each bad or odd in its own way; the round takes no longer than they are slow
start=$(date +%s)
watch c.db "$site/bad-pages"
found=$?
took=$(($(date +%s) - start))
expect "bad pages" 1 "3 new reports, 17 not to be had" "waiting"
[ "$took" -le 8 ] && good || bad "bad pages took $took seconds"
says /slow later "no whole answer within 3 seconds"
says /endless refused "larger than 1048576 bytes"
says /short later "ends before its time"
says /loop refused "more than 5 redirects"
is "redirects end" "$(asked /loop)" 6
says /to-file refused "file:///etc/passwd, which is no web page"
says /missing gone "HTTP 404"
says /gone gone "HTTP 410"
says /broken later "HTTP 500"
says /truncated-gzip later "cut off"
says /huge-head refused "head of the answer is larger"
says /huge-line refused "head of the answer is larger"
says /garbage later ""
says /bomb refused "unpacks to more than 1048576 bytes"
says /private/page denied "robots.txt"
is "what robots.txt forbids is not asked for" "$(asked /private/page)" 0
is "robots.txt is asked for once a round" "$(grep -c '^GET /robots.txt' requests)" 6
says /binary refused ""
says /empty refused ""
says /latin kept "claim"
is "bytes of another charset than said" "$(ask c.db "SELECT count(*) FROM reports WHERE text LIKE '%café%'")" 1
says /moved kept "claim"
is "where a redirect led" "$(ask c.db "SELECT url FROM reports WHERE url LIKE '%good-3'")" "$site/good-3"
says /packed kept "claim"
says /flaky later "HTTP 503"
is "who waits" "$(ask c.db "SELECT group_concat(replace(page, '$site', ''), ' ') AS pages FROM (SELECT page FROM watched_pages
    WHERE state = 'waiting' ORDER BY rank)")" "/slow /short /broken /truncated-gzip /garbage /flaky"

# ---- ten more, and the good one behind them
watch w.db "$site/worse-pages"
found=$?
expect "worse pages" 1 "1 new report, 9 not to be had"
says /slow-head later "no whole answer within 3 seconds"
says /long refused "no text"
says /not-packed later "the packed body is damaged"
says /negative later "Content-Length"
says /bad-chunks later "chunked"
says /there refused "more than 5 redirects"
says /cookie refused "more than 5 redirects"
is "a wall of cookies ends" "$(asked /cookie)" 6
says /same later "was not asked that (HTTP 304)"
says /nothing gone "HTTP 204"
says /good-20 kept "claim"
watch w.db "$site/same"
found=$?
expect "a feed that did not change before it was known" 1 "/same " "was not asked that"
watch x.db --max-size 16M --limit 2 "$site/large-feed"
found=$?
expect "a feed of 100,000 items" 1 "50000 links, 50000 new" "2 not to be had" "49998 waiting"
watch y.db "$site/renamed"
watch y.db "$site/renamed"
found=$?
expect "a page under other names" 0 "1 link, 0 new"
is "a day to come is none" "$(ask y.db "SELECT count(*) FROM reports WHERE published IS NULL")" 1
if command -v openssl >/dev/null; then
    mkdir tls
    printf '[ca]\ndefault_ca=own\n[own]\ndatabase=tls/index\nserial=tls/serial\nnew_certs_dir=tls\ndefault_md=sha256\npolicy=any\n[any]\ncommonName=supplied\n' >tls/settings
    : >tls/index && echo 01 >tls/serial
    openssl req -new -newkey rsa:2048 -nodes -keyout tls/key -out tls/request -subj /CN=localhost 2>/dev/null
    openssl ca -batch -config tls/settings -selfsign -keyfile tls/key -in tls/request -startdate 20150101000000Z \
        -enddate 20150102000000Z -out tls/certificate 2>/dev/null
    openssl s_server -accept 0 -key tls/key -cert tls/certificate -www >tls/out 2>&1 &
    locked=$!
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        grep -q ACCEPT tls/out && break
        sleep 0.2
    done
    watch z.db "https://localhost:$(sed -n 's/^ACCEPT.*:\([0-9]*\)$/\1/p' tls/out)/feed"
    found=$?
    kill $locked
    expect "a certificate that nobody vouches for, and that has expired" 1 "later " "certificate"
fi

# ---- what failed is not asked for again before its time, and then it is
watch c.db
is "not before its time" "$(asked /flaky)" 1
./server --due c.db || bad "the record's clock is not set back"
watch c.db
found=$?
expect "its time has come" 1 "1 new report"
is "tries are counted" "$(ask c.db "SELECT tries FROM watched_pages WHERE page LIKE '%broken'")" 2
is "and the wait grows" "$(ask c.db "SELECT strftime('%s', due) - strftime('%s', looked) AS wait
    FROM watched_pages WHERE page LIKE '%broken'")" 1800

# ---- a server that asks for fewer requests is left alone, with all of its pages
watch d.db "$other/busy-pages"
found=$?
expect "429" 1 "HTTP 429" "3 waiting"
is "429: its other pages rest too" "$(asked /good-6)" 0
is "429: as long as it asked" "$(ask d.db "SELECT DISTINCT strftime('%s', due) - strftime('%s', (SELECT looked FROM
    watched_pages WHERE page LIKE '%busy')) AS wait FROM watched_pages")" 7200

# ---- feeds that are none
for feed in not-xml html broken gone slow bomb loop missing truncated-gzip empty; do
    watch e.db "$other/$feed"
    found=$?
    expect "$feed as feed" 1 "/$feed " "asked again after"
done
before=$(asked /not-xml)
watch e.db "$other/not-xml"
is "a feed that failed is not asked again at once" "$(asked /not-xml)" "$before"
watch e.db "$site/empty-feed"
found=$?
expect "a feed without items" 0 "0 links, 0 new"
for feed in latin-feed:8 atom:10 sitemap:9; do
    watch f.db "$site/${feed%:*}"
    found=$?
    expect "${feed%:*}" 0 "/good-${feed#*:} " "1 new report"
done
is "a title of another charset" "$(ask f.db "SELECT count(*) FROM reports WHERE source = 'Café Post'")" 1
watch f.db
is "sitemaps of an index are watched" "$(asked /map)" 2

# ---- a report that is not in English is kept and marked, whatever its page says of itself
watch f.db "$site/foreign"
found=$?
expect "a foreign report" 0 "foreign " "not in English: stored, not coded" "1 new report (1 not in English)"
is "a foreign report in the record" "$(ask f.db "SELECT language, (SELECT count(*) FROM claims c WHERE c.report = r.report)
    AS claims FROM reports r WHERE url LIKE '%french'")" fr,0

# ---- private addresses, other schemes
"$program" --record g.db watch --once "$site/feed" >out 2>err
found=$?
expect "a private address" 1 "private network (--allow-private"
"$program" --record g.db watch --once "http://[::ffff:127.0.0.1]:$port/feed" >out 2>err
found=$?
expect "a private address in disguise" 1 "private network"
for address in ftp://127.0.0.1/feed file:///etc/passwd "http://user:word@127.0.0.1/" nonsense; do
    "$program" --record g.db watch --once "$address" >out 2>err
    found=$?
    expect "$address" 2 "is no web address"
done
"$program" --record g.db watch --once --allow-private http://127.0.0.1:1/feed >out 2>err
found=$?
expect "nobody listens" 1 "later " "asked again after"

# ---- lists, limits, delays
printf '# of the north\n%s/feed\n\n  %s/atom\n' "$site" "$site" >list
watch h.db --list list --limit 2
found=$?
expect "a list" 0 "2 new reports, 1 waiting"
watch h.db --list nowhere
found=$?
expect "no list" 3 "nowhere: No such file"
"$program" --record i.db watch --once --allow-private --delay 0.4 "$site/feed" >out 2>err &
start=$(date +%s%N)
wait $!
took=$((($(date +%s%N) - start) / 1000000))
[ "$took" -ge 1200 ] && good || bad "four requests to one host took $took ms: delays of 400 ms are not kept"

# ---- a signal ends it between two pages, and the next round goes on
for signal in INT TERM; do
    rm -f j.db* stopped.err
    "$program" --record j.db watch --allow-private --delay 0.3 "$site/many" >out 2>stopped.err &
    child=$!
    for _ in $(seq 200); do
        grep -q kept stopped.err 2>/dev/null && break
        sleep 0.1
    done
    kill -$signal $child
    wait $child
    found=$?
    cp stopped.err err
    expect "SIG$signal" 0 "waiting"
done
kept=$(ask j.db "SELECT count(*) FROM reports")
[ "${kept:-0}" -ge 1 ] && [ "$kept" -lt 8 ] && good || bad "stopped with $kept reports"
is "what was kept is merged" "$(ask j.db "SELECT count(*) FROM unmerged")" 0
watch j.db
is "gone on with" "$(ask j.db "SELECT count(*) FROM reports")" 8
is "each page asked for once more at most" "$(grep '^GET /good-1[1-8]' requests | sort | uniq -c | awk '$1 > 3' | wc -l)" 0

# ---- figures and a log as JSON
"$program" --record k.db watch --allow-private --delay 0 --every 60 --metrics 127.0.0.1:0 --log-format json "$site/feed" >out 2>log &
child=$!
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    grep -q '"message":"round"' log 2>/dev/null && break
    sleep 0.2
done
figures=$(sed -n 's/.*"figures".*"port":\([0-9]*\).*/\1/p' log)
curl -s -m 5 "http://127.0.0.1:$figures/metrics" >figures
is "a watcher is well" "$(curl -s -m 5 -o /dev/null -w '%{http_code}' "http://127.0.0.1:$figures/healthz")" 200
kill $child
wait $child
kept=$(ask k.db "SELECT count(*) FROM reports")
[ "$kept" -ge 1 ] && good || bad "nothing was kept"
is "what was kept is counted" "$(sed -n 's/^annals_watch_outcomes_total{outcome="kept"} //p' figures)" "$kept"
is "a round is counted" "$(sed -n 's/^annals_watch_rounds_total //p' figures)" 1
lint=$(dirname "$source")/../page/exposition.mjs
if command -v node >/dev/null; then node "$lint" figures >out 2>&1 && good || bad "figures that are not well formed"; fi
is "all it says is JSON" "$(grep -vc '^{"time":"20[0-9T:.-]*Z","level":"[a-z]*","message":"[a-z]*".*}$' log)" 0
is "what was kept is said" "$(grep -c '"message":"kept","address":"http' log)" "$kept"

# ---- status
"$program" --record a.db watch --status --format csv >out 2>err
is "status" "$(sed -n 2p out | cut -d, -f1-4 | tr -d '\r')" "$site/feed,2,0,0"
"$program" --record c.db watch --status >out 2>err && grep -q bad-pages out && good || bad "status as a table"
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
