#!/bin/sh
# What `make install` puts somewhere works there: the program, and a program of somebody else's that is
# linked against the library, shared and static. usage: installed.sh PROGRAM
cd "$(dirname "$0")/../.." || exit 3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
passed=0
failed=0
good() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
}
make -s install PREFIX="$folder/usr" >"$folder/log" 2>&1 && good || { bad "make install"; tail -5 "$folder/log"; }
for file in bin/annals include/annals.h lib/libannals.a lib/libannals.so share/man/man1/annals.1 \
    lib/pkgconfig/annals.pc share/annals/dictionaries share/bash-completion/completions/annals; do
    [ -e "$folder/usr/$file" ] && good || bad "$file is not installed"
done
cat >"$folder/user.c" <<'C'
#include <annals.h>
#include <stdio.h>
int main(void)
{
    puts(annals_version());
    return annals_record_open("/nowhere/at/all.db", ANNALS_READ_ONLY, 0, NULL, NULL) != ANNALS_NOT_FOUND;
}
C
flags=$(PKG_CONFIG_PATH="$folder/usr/lib/pkgconfig" pkg-config --cflags --libs annals)
if gcc "$folder/user.c" $flags -o "$folder/user" 2>"$folder/log"; then
    [ "$(LD_LIBRARY_PATH=$folder/usr/lib "$folder/user")" = "$(sed -n 's/^VERSION := //p' Makefile)" ] &&
        good || bad "a program with the shared library"
else
    bad "linking with the shared library"
    cat "$folder/log"
fi
printf 'Gondor attacked Mordor.\n' >"$folder/a.txt"
(cd "$folder" && usr/bin/annals read a.txt >log 2>&1 && usr/bin/annals info | grep -q "data: .*usr/.*share/annals") &&
    good || { bad "the installed program"; cat "$folder/log"; }
make -s uninstall PREFIX="$folder/usr" >/dev/null 2>&1
left=$(find "$folder/usr" -type f -o -type l | wc -l)
[ "$left" -eq 0 ] && good || bad "make uninstall leaves $left files"
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
