#!/bin/sh
# annals serve: its answers against docs/openapi.json, and hostile clients. usage: serve.sh PROGRAM
program=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$program" --record "$folder/demo.db" read --quiet examples/reports || { echo "0 passed, 1 failed"; exit 1; }
node tests/page/http.mjs "$program" "$folder/demo.db"
