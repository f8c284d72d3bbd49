"""Makes a record as an earlier annals would have left it: the schema files up to NUMBER, and the rows of a record of
today in those columns that were there already. Before schema 7 a report's key was the first 63 bits of its SHA-256, and
the keys of its claims began with those; with "keys" they are put back. usage: older.py SCHEMA_FOLDER NUMBER RECORD OLDER [keys]"""
import glob
import os
import sqlite3
import sys

folder, number, record, older = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
old_keys = "keys" in sys.argv[5:]
database = sqlite3.connect(older, isolation_level=None)
database.execute("PRAGMA journal_mode = WAL")
for path in sorted(glob.glob(os.path.join(folder, "*.sql")))[:number]:
    with open(path, encoding="utf-8") as file:
        database.executescript(file.read())
# What the triggers would make is copied too.
triggers = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
for name, _ in triggers:
    database.execute(f"DROP TRIGGER {name}")
database.execute("ATTACH ? AS today", (record,))

digests = dict(database.execute("SELECT report, digest FROM today.digests"))
POSITION = (1 << 23) - 1
beginnings = {report & ~POSITION: digest & ~POSITION for report, digest in digests.items()}
database.create_function("report_key", 1, digests.get, deterministic=True)
database.create_function("claim_key", 1, lambda key: key if key is None else beginnings[key & ~POSITION] | key & POSITION,
                         deterministic=True)
KEYS = {"report": "report_key", "place_report": "report_key", "original": "report_key",
        "claim": "claim_key", "other": "claim_key", "event": "claim_key", "act": "claim_key"}


def as_it_was(column):
    return f"{KEYS[column]}({column})" if old_keys and column in KEYS else column


def columns(schema, table):
    """Those that hold a value of their own: generated ones are hidden, or marked 2 and 3."""
    rows = database.execute(f"PRAGMA {schema}.table_xinfo({table})").fetchall()
    return [(row[1], row[2]) for row in rows if row[6] == 0]


def tables(schema):
    return {row[1] for row in database.execute(f"PRAGMA {schema}.table_list")
            if row[0] == schema and row[2] == "table" and not row[1].startswith("sqlite_")}


database.execute("BEGIN")
for table in sorted(tables("main") & tables("today")):
    ours = columns("main", table)
    theirs = dict(columns("today", table))
    both = [name for name, _ in ours if name in theirs]
    # Another kind of table under the same name: what it held, migrating throws away.
    if any(theirs.get(name) != kind for name, kind in ours if name in theirs) or not both:
        continue
    if [name for name, _ in ours if name not in theirs]:
        continue
    values = ", ".join(as_it_was(name) for name in both)
    database.execute(f"DELETE FROM {table}")
    database.execute(f"INSERT INTO {table} ({', '.join(both)}) SELECT {values} FROM today.{table}")
database.execute("INSERT INTO report_search (rowid, title, text) SELECT report, title, text FROM reports")
claim = "claim_key(rowid)" if old_keys else "rowid"
database.execute(f"INSERT INTO claim_search (rowid, sentence) SELECT {claim}, sentence FROM today.claim_search")
database.execute("COMMIT")
database.execute("DETACH today")
for _, sql in triggers:
    database.execute(sql)
database.execute(f"PRAGMA application_id = {0x616E6E6C}")
database.execute(f"PRAGMA user_version = {number}")
database.close()
