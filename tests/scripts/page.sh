#!/bin/sh
# The page in a headless browser. Needs Chromium: `tools/setup --tests` installs it.
# usage: page.sh PROGRAM [FOLDER for pictures]
program=$1
if ! [ -x "${CHROMIUM:-/usr/bin/chromium}" ]; then
    echo "SKIPPED: there is no Chromium; tools/setup --tests installs it"
    echo "0 passed, 0 failed"
    exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$program" --record "$folder/demo.db" read --quiet examples/reports || { echo "0 passed, 1 failed"; exit 1; }
cp "$folder/demo.db" "$folder/review.db"
node tests/page/page.mjs "$program" "$folder/demo.db" ${2:+"$2"}
node tests/page/review.mjs "$program" "$folder/review.db" ${2:+"$2"}
