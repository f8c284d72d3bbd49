# A PostgreSQL server of a script's own: in a folder of its own, on a socket there, no network; root runs it as the
# user postgres. Read with ".", it gives `bin` (the server's programs) and
#   no_server PROGRAM            says why there can be none; false where there can
#   make_server FOLDER USER      in FOLDER/data, of which USER is the owner; what it says in FOLDER/log
#   start_server FOLDER [WORDS]  WORDS: options of the server ("-c fsync=off"); PGHOST is then FOLDER
#   stop_server FOLDER           at once, as a fall of the machine would
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb)" 2>/dev/null)
# For a test: nothing that is written has to last.
hasty="-c fsync=off -c full_page_writes=off"

no_server() {
    if [ ! -x "$bin/initdb" ]; then
        echo "no PostgreSQL server is installed (tools/setup --tests)"
    elif [ "$(id -u)" -eq 0 ] && ! id postgres >/dev/null 2>&1; then
        echo "root, and no user postgres to run the server as"
    elif "$1" --record "postgresql:///x?host=/nonexistent" reports 2>&1 | grep -q "without libpq"; then
        echo "annals was built without libpq"
    else
        return 1
    fi
}
as_server() {
    if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi
}
make_server() {
    mkdir -p "$1" && chmod 755 "$(dirname "$1")" && { [ "$(id -u)" -ne 0 ] || chown postgres "$1"; } &&
        (cd "$1" && as_server "$bin/initdb" -D "$1/data" -U "$2" -A trust -E UTF8 --locale=C >"$1.made" 2>&1)
}
start_server() {
    export PGHOST="$1"
    (cd "$1" && as_server "$bin/pg_ctl" -D "$1/data" -w -l "$1/log" \
        -o "-c listen_addresses='' -c unix_socket_directories='$1' ${2:-}" start >/dev/null)
}
stop_server() { as_server "$bin/pg_ctl" -D "$1/data" -m immediate stop >/dev/null 2>&1; }
