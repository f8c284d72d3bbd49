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
# A cluster of one machine, of our own: controller, node and their key stand in the folder.
start_slurm() {
    for tool in munged slurmctld slurmd sbatch; do
        PATH=$PATH:/usr/sbin command -v $tool >/dev/null || return 1
    done
    [ "$(id -u)" -eq 0 ] || return 1
    PATH=$PATH:/usr/sbin
    mkdir -m 700 slurm
    mkdir slurm/state slurm/spool
    head -c 128 /dev/urandom >slurm/key
    chmod 400 slurm/key
    munged --force --key-file="$folder/slurm/key" --socket="$folder/slurm/munge" --pid-file="$folder/slurm/munged.pid" \
        --log-file="$folder/slurm/munged.log" --seed-file="$folder/slurm/seed" >/dev/null 2>&1 || return 1
    port=$((20000 + $$ % 20000))
    cat >slurm/slurm.conf <<CONF
ClusterName=test
SlurmctldHost=$(hostname)(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/slurm/munge
SlurmctldPort=$port
SlurmdPort=$((port + 1))
StateSaveLocation=$folder/slurm/state
SlurmdSpoolDir=$folder/slurm/spool
SlurmctldPidFile=$folder/slurm/slurmctld.pid
SlurmdPidFile=$folder/slurm/slurmd.pid
SlurmctldLogFile=$folder/slurm/slurmctld.log
SlurmdLogFile=$folder/slurm/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
SchedulerType=sched/builtin
SchedulerParameters=sched_interval=1,sched_min_interval=0,batch_sched_delay=0
KillWait=1
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
NodeName=$(hostname) NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES State=UP
CONF
    export SLURM_CONF="$folder/slurm/slurm.conf"
    slurmctld -f "$SLURM_CONF" && slurmd -f "$SLURM_CONF" || return 1
    tries=0
    until sinfo --noheader --states=idle 2>/dev/null | grep -q . || [ "$tries" -gt 100 ]; do
        tries=$((tries + 1))
        sleep 0.2
    done
    [ "$tries" -le 100 ]
}
stop_slurm() {
    for name in slurmd slurmctld munged; do
        [ -s "$folder/slurm/$name.pid" ] || continue
        process=$(cat "$folder/slurm/$name.pid")
        kill "$process" 2>/dev/null
        tries=0
        while kill -0 "$process" 2>/dev/null && [ "$tries" -lt 50 ]; do
            tries=$((tries + 1))
            sleep 0.1
        done
        kill -9 "$process" 2>/dev/null
    done
}
trap 'stop_slurm; rm -rf "$folder"' EXIT
if start_slurm; then
    sbatch --quiet --chdir="$folder" --output=/dev/null ./recipe.sh 2>err ||
        { echo "FAILED: sbatch: $(cat err)"; failed=$((failed + 1)); }
    tries=0
    while squeue --noheader 2>/dev/null | grep -q . && [ "$tries" -lt 200 ]; do
        tries=$((tries + 1))
        sleep 0.2
    done
else
    # Without Slurm's scheduler: task by task, with the variables that it sets.
    echo "no Slurm of our own could be started: its recipe runs task by task"
    SLURM_ARRAY_TASK_MAX=6
    export SLURM_ARRAY_TASK_MAX
    for SLURM_ARRAY_TASK_ID in $(seq 0 6); do
        export SLURM_ARRAY_TASK_ID
        sh ./recipe.sh
    done
fi
# Round robin: line i of the input is line i / tasks of task i % tasks.
paste -d '\n' coded/0.jsonl coded/1.jsonl coded/2.jsonl coded/3.jsonl coded/4.jsonl coded/5.jsonl coded/6.jsonl |
    grep . >array.jsonl
check "a Slurm array" array.jsonl
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
