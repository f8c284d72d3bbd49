#!/bin/sh
# The recipes of docs/scale.md for `annals code` on many processors give the claims of one process.
# usage: pipes.sh PROGRAM
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
[ -x "$program" ] || { echo "0 passed, 1 failed: no program $program"; exit 1; }
manual=$(cd "$(dirname "$0")/../.." && pwd)/docs/scale.md
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 3
passed=0
failed=0
mkdir bin coded
ln -s "$program" bin/annals
PATH=$folder/bin:$PATH
awk 'BEGIN {
    split("Gondor Rohan Mordor Dunland Harad Umbar", nations, " ")
    for (i = 0; i < 1000; i++)
        printf "{\"id\": \"r%d\", \"published\": \"2015-0%d-1%d\", \"text\": \"%s attacked %s on Monday, killing %d soldiers.\"}\n",
            i, i % 9 + 1, i % 9, nations[i % 6 + 1], nations[(i * 5 + 1) % 6 + 1], i + 2
    }' >reports.jsonl
annals code --jobs 1 <reports.jsonl >one.jsonl
check() {
    if [ -s "$2" ] && cmp -s one.jsonl "$2"; then passed=$((passed + 1)); else
        failed=$((failed + 1))
        printf 'FAILED: %s\n' "$1"
    fi
}
# The recipes as they are printed there, with fewer tasks.
recipe() { awk -v word="$1" '/^```/ { inside = !inside; if (!inside && found) print text; text = ""; found = 0; next }
    inside { text = text $0 "\n"; if (index($0, word)) found = 1 }' "$manual"; }
if command -v parallel >/dev/null; then
    recipe "parallel --pipe" >recipe.sh
    sh ./recipe.sh 2>err
    check "GNU parallel" coded.jsonl
else
    echo "no GNU parallel: its recipe is not tested"
fi
recipe "#SBATCH --array" | sed 's/--array=0-99/--array=0-6/' >recipe.sh
SLURM_ARRAY_TASK_MAX=$(sed -n 's/.*--array=0-\([0-9]*\).*/\1/p' recipe.sh)
export SLURM_ARRAY_TASK_MAX
for SLURM_ARRAY_TASK_ID in $(seq 0 "$SLURM_ARRAY_TASK_MAX"); do
    export SLURM_ARRAY_TASK_ID
    sh ./recipe.sh
done
# Round robin: line i of the input is line i / tasks of task i % tasks.
paste -d '\n' coded/0.jsonl coded/1.jsonl coded/2.jsonl coded/3.jsonl coded/4.jsonl coded/5.jsonl coded/6.jsonl |
    grep . >array.jsonl
check "a Slurm array" array.jsonl
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
