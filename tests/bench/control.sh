#!/bin/sh
# Control of a country on a day over 1,000,000 claims, a tenth of them on who holds a place, all in one
# country of 1,500 places; made in SQL. usage: control.sh PROGRAM [RUNS]
program=$1
runs=${2:-5}
folder=$(mktemp -d) || exit 3
trap 'rm -rf "$folder"' EXIT
export ANNALS_RECORD="$folder/a.db"
echo '{"id":"x","text":"Nothing happened.","published":"2020-01-01"}' > "$folder/x.jsonl"
"$program" read --quiet "$folder/x.jsonl" || exit 3
sqlite3 "$ANNALS_RECORD" <<'END' > /dev/null
PRAGMA synchronous = OFF;
BEGIN;
CREATE TEMP TABLE n AS WITH RECURSIVE s(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM s WHERE i < 49999)
    SELECT i, (i + 1) << 23 AS report, date('2015-01-01', '+' || (i * 7919 % 3000) || ' days') AS day FROM s;
CREATE TEMP TABLE k AS WITH RECURSIVE s(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM s WHERE k < 19)
    SELECT k FROM s;
INSERT INTO reports SELECT report, printf('%064x', i), 'r' || i, 'Report ' || i, 'Paper ' || (i % 40), NULL, NULL,
    'en', day, 'given', NULL, NULL, printf('%.200c', 'x'), (SELECT min(version) FROM versions) FROM n;
INSERT INTO sentences SELECT report, 0, 0, 100, 0 FROM n;
INSERT INTO places SELECT report, k, 10, 20, 'Town ' || t, 'town ' || t, 1000 + t, 10.0, 20.0, 'PPL', 'GD',
    'Province ' || (t % 34), NULL, 1, 1, NULL, NULL, 0.9
    FROM (SELECT report, k, (i * 31 + k * 7) % 1500 AS t FROM n, k WHERE k < 2);
INSERT INTO actors SELECT report, 0, 'Red Front', 'red front', 'red-front', 'organisation', 'rebel', 'GDAREBRED',
    'GDA', 'combatant', NULL FROM n;
INSERT INTO actors SELECT report, 1, 'army', 'army', NULL, 'organisation', 'state force', 'GDAMIL', 'GDA',
    'security force', NULL FROM n;
INSERT INTO claims SELECT report + k * 50, report, 0, k * 5, k * 5 + 4, 'ASSAULT', 'kill', '190', 'Battles',
    'Armed clash', 0, day, day, 'day', 'published',
    CASE (i + k) % 9 WHEN 0 THEN 'claimed' WHEN 1 THEN iif(i % 3 = 0, 'denied', 'asserted') ELSE 'asserted' END,
    iif(k < 2, CASE (i * 13 + k) % 7 WHEN 0 THEN 'takes' WHEN 1 THEN 'takes' WHEN 2 THEN 'loses'
                   WHEN 3 THEN 'contests' ELSE 'holds' END, NULL),
    iif(k < 2, k, NULL), iif(k < 2, (i * 17 / 3 + k) % 2, NULL), 0.8, 'test', NULL, 'words',
    (SELECT min(version) FROM versions) FROM n, k;
INSERT INTO unmerged SELECT report FROM n;
COMMIT;
END
sqlite3 "$ANNALS_RECORD" "SELECT count(*) || ' claims, ' || (SELECT count(*) FROM control_claims) ||
    ' of control' FROM claims"
for run in $(seq "$runs"); do
    begin=$(date +%s%N)
    rows=$("$program" control --on 2020-03-01 --format jsonl | wc -l)
    echo "$rows places in $((($(date +%s%N) - begin) / 1000000)) ms"
done
