#!/bin/sh
# Every command and option has help, a place in the manual, and a place in the completion.
# usage: documentation.sh PROGRAM
program=$1
passed=0
failed=0
good() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
}
manual=$(sed 's/\\-/-/g; s/\\f[A-Z]//g' docs/annals.1)
completion=$(cat cli/annals.bash)
has() { printf '%s\n' "$1" | grep -qE -- "(^|[^a-z-])$2([^a-z-]|\$)"; }
commands=$("$program" help | sed -n '/^Before/q; s/^  \([a-z]*\)  *.*/\1/p')
[ "$(printf '%s\n' "$commands" | wc -l)" -ge 10 ] && good || bad "help lists the commands"
for command in $commands; do
    has "$manual" "$command" && good || bad "$command is not in docs/annals.1"
    has "$completion" "$command" && good || bad "$command is not in cli/annals.bash"
    text=$("$program" help "$command") && [ -n "$text" ] && good || bad "help $command"
    [ "$("$program" "$command" --help)" = "$text" ] && good || bad "$command --help"
    printf '%s\n' "$text" | grep -q "^Usage: annals $command" && good || bad "$command: usage"
    [ -f "cli/$command.c" ] || [ "$command" = help ] && good || bad "cli/$command.c is not there"
    for option in $(printf '%s\n' "$text" | grep -oE -- '--[a-z][a-z-]*' | sort -u); do
        has "$manual" "$option" && good || bad "$option of $command is not in docs/annals.1"
        has "$completion" "$option" && good || bad "$option of $command is not in cli/annals.bash"
    done
done
for option in $("$program" --help | grep -oE -- '^  --[a-z-]*'); do
    has "$manual" "$option" && good || bad "$option is not in docs/annals.1"
    has "$completion" "$option" && good || bad "$option is not in cli/annals.bash"
done
for figure in $(grep -ohE '"(annals|process)_[a-z_]+"' src/serve/metrics.c src/serve/health.c src/serve/monitor.c cli/worker_figures.c cli/watch.c |
    tr -d '"' | sort -u); do
    grep -q "\`$figure\`" docs/operations.md && good || bad "$figure is not in docs/operations.md"
done
[ "$("$program" --version)" = "annals $(sed -n 's/^VERSION := //p' Makefile)" ] && good || bad "--version"
if command -v bash >/dev/null; then
    found=$(bash -c '. cli/annals.bash; COMP_WORDS=(annals --record x.db time); COMP_CWORD=3; _annals
        echo "${COMPREPLY[@]}"')
    [ "$found" = timeline ] && good || bad "completion of a command: $found"
    found=$(bash -c '. cli/annals.bash; COMP_WORDS=(annals claims --st); COMP_CWORD=2; _annals
        echo "${COMPREPLY[@]}"')
    [ "$found" = --status ] && good || bad "completion of an option: $found"
fi
if command -v man >/dev/null; then
    warnings=$(LC_ALL=C.UTF-8 MANROFFSEQ='' MANWIDTH=80 man --warnings -l docs/annals.1 2>&1 >/dev/null)
    [ -z "$warnings" ] && good || bad "docs/annals.1: $warnings"
fi
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
