#!/bin/sh
# annals serve: its answers against docs/openapi.json, hostile clients, what reviewers send. usage: serve.sh PROGRAM
program=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$program" --record "$folder/demo.db" read --quiet examples/reports || { echo "0 passed, 1 failed"; exit 1; }
# One claim that somebody decided on, so that decisions are described too.
claim=$("$program" --record "$folder/demo.db" claims --text hospital --limit 1 --format json | grep -oE 'c[0-9a-z]{13}' | head -1)
"$program" --record "$folder/demo.db" amend "$claim" --accept --reason "read again" --author tester >/dev/null || echo "no decision"
node tests/page/http.mjs "$program" "$folder/demo.db"
node tests/page/known.mjs "$program"
node tests/page/malformed.mjs "$program" "$folder/demo.db"
node tests/page/deciding.mjs "$program" "$folder/demo.db"
node tests/page/operations.mjs "$program" "$folder/demo.db"
