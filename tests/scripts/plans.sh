#!/bin/sh
# What the triggers of a record in SQLite look for they find by a key of the row that set them off, so that a report
# costs the same in a large record: each statement's plan is asked of an empty record (SQLite keeps no statistics here,
# so the plan is the same in a full one). usage: plans.sh PROGRAM
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
[ -x "$program" ] || { echo "0 passed, 1 failed: no program $program"; exit 1; }
source=$(cd "$(dirname "$0")/../.." && pwd)
command -v python3 >/dev/null || { echo "no python3: plans are not tested; 0 passed, 0 failed"; exit 0; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$program" --record "$folder/plans.db" read --quiet "$source/examples/reports" || { echo "0 passed, 1 failed: no record"; exit 1; }
python3 - "$folder/plans.db" <<'P'
import re
import sqlite3
import sys

record = sqlite3.connect(sys.argv[1])
passed = failed = 0
few = re.compile(r"\b(report|claim|rowid|identity)=")  # rows of one report or claim, or of one name


def check(name, line, good):
    global passed, failed
    passed += good
    failed += not good
    if not good:
        print(f"FAILED: trigger {name} looks through {line}")


# The check itself: these walk what grows with the record.
for statement in ("SELECT * FROM claims WHERE plover = 'RETREAT'", "SELECT * FROM claims WHERE status = 'denied'"):
    plan = record.execute("EXPLAIN QUERY PLAN " + statement).fetchall()
    check("(none)", statement, not any(few.search(row[3]) for row in plan))

for name, text in record.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name").fetchall():
    head, body = re.fullmatch(r"(.*?)\bBEGIN\b(.*)\bEND", text, re.S).groups()
    when = re.search(r"\bWHEN\b(.*)", head, re.S)
    statements = [part for part in body.split(";") if part.strip()] + (["SELECT " + when.group(1)] if when else [])
    for statement in statements:
        if "RAISE" in statement.upper():
            continue  # only within a trigger
        statement = re.sub(r"\b(new|old)\.\w+", "?1", statement, flags=re.I)
        for row in record.execute("EXPLAIN QUERY PLAN " + statement, (1,) if "?1" in statement else ()).fetchall():
            if row[3].startswith(("SEARCH", "SCAN")) and row[3] != "SCAN CONSTANT ROW":
                check(name, row[3], bool(few.search(row[3])))
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
P
