# Completion of annals for bash; installed as share/bash-completion/completions/annals.

_annals() {
    local commands="read watch enqueue worker queue code parse reports claims events timeline control count disputes show serve actors places relations sql
        export import backup restore info stages gazetteer check help
        review amend merge split note undo log agreement recode verify"
    local where="--record --data --wait --help"
    local filters="--from --to --place --actor --type --status --source --text --limit
        --within --speaker --report --as-of --confidence --offset"
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= i
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        --record | --data | --wait) ((i++)) ;;
        -*) ;;
        *)
            command=${COMP_WORDS[i]}
            break
            ;;
        esac
    done
    COMPREPLY=()
    case $before in
    --format)
        local formats="table csv tsv json jsonl"
        [ "$command" = parse ] && formats="conllu tree"
        COMPREPLY=($(compgen -W "$formats" -- "$word"))
        return
        ;;
    --as)
        COMPREPLY=($(compgen -W "acled ucdp plover cameo csv geojson kml gpkg shapefile timelinejs
            timemap jsonl bag html dump" -- "$word"))
        return
        ;;
    --best)
        COMPREPLY=($(compgen -W "ucdp latest median low high" -- "$word"))
        return
        ;;
    --status)
        COMPREPLY=($(compgen -W "asserted claimed denied alleged planned threatened conditional
            negated disputed rejected" -- "$word"))
        return
        ;;
    --type)
        COMPREPLY=($(compgen -W "AGREE CONSULT SUPPORT COOPERATE AID CONCEDE RETREAT REQUEST ACCUSE
            REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT" -- "$word"))
        return
        ;;
    --record | --data | --list | --actors | --agents | -o)
        COMPREPLY=($(compgen -f -- "$word"))
        return
        ;;
    --log-format)
        COMPREPLY=($(compgen -W "text json" -- "$word"))
        return
        ;;
    --set)
        COMPREPLY=($(compgen -S = -W "type mode cameo acled status date place agent patient control
            holder killed wounded captured surrendered displaced missing detained" -- "$word"))
        compopt -o nospace 2>/dev/null
        return
        ;;
    --group-by)
        COMPREPLY=($(compgen -W "day week month year place admin1 country actor type source
            status" -- "$word"))
        return
        ;;
    --from | --to | --place | --actor | --source | --text | --limit | --width | --jobs | --max-size | --max-memory | \
        --wait | --coarsen | --within | --speaker | --report | --as-of | --confidence | --offset | \
        --timeout | --on | --port | --listen | --query-time | --author | --reason | --for | --with | --every | --delay | \
        --queue | --name | --copies | --most | --patience | --tries | --metrics)
        return
        ;;
    esac
    local options=
    case $command in
    '')
        COMPREPLY=($(compgen -W "$commands $where --version" -- "$word"))
        return
        ;;
    read) options="--jobs --max-size --max-memory --quiet" ;;
    watch)
        options="--list --once --every --status --delay --timeout --limit --allow-private --max-size
            --quiet --format --width --log-format --metrics"
        ;;
    enqueue) options="--queue --name --copies --most --patience --max-size --quiet" ;;
    worker)
        options="--queue --name --drain --jobs --tries --copies --most --patience --max-size
            --max-memory --quiet --log-format --metrics"
        ;;
    queue) options="--queue --name --aside --format --width" ;;
    code) options="--jobs --explain --actors --agents" ;;
    parse) options="--conllu --format" ;;
    reports | claims) options="$filters --group-by --with --format --width" ;;
    events) options="$filters --group-by --with --best --format --width" ;;
    disputes) options="$filters --format --width" ;;
    count)
        options="$filters --best --format --width"
        COMPREPLY=($(compgen -W "killed wounded captured detained missing displaced surrendered
            defected released strength attackers protesters seized" -- "$word"))
        [ "${word:0:1}" != - ] && return
        ;;
    relations) options="$filters --group-by --format --width" ;;
    review) options="$filters --for --again --author" ;;
    amend) options="--set --accept --reject --author --reason" ;;
    merge | split | undo) options="--author --reason" ;;
    note) options="--author" ;;
    log | agreement) options="--format --width" ;;
    recode) options="--jobs --quiet --format --width" ;;
    verify) options="--quiet" ;;
    actors | places) options="$filters --format --width" ;;
    control) options="--on --as-of --history --place --limit --format --width" ;;
    sql) options="--timeout --format --width" ;;
    timeline) options="$filters --ids --with --format --width" ;;
    show) options="--why --with --best --format --width" ;;
    info) options="--format --width" ;;
    serve) options="--port --listen --token-file --write-token-file --query-time --quiet --log-format" ;;
    backup | restore) options="--quiet" ;;
    export) options="$filters --as -o --hxl --redact --coarsen" ;;
    import) options="--as --jobs --max-size --quiet" ;;
    gazetteer)
        [ "$before" = gazetteer ] && options="import check find" || options="-o"
        ;;
    help)
        COMPREPLY=($(compgen -W "$commands" -- "$word"))
        return
        ;;
    esac
    case $word in
    -*) COMPREPLY=($(compgen -W "$options $where" -- "$word")) ;;
    *)
        case $command in
        read | code | parse | check | backup | restore) COMPREPLY=($(compgen -f -- "$word")) ;;
        gazetteer) COMPREPLY=($(compgen -W "$options" -- "$word") $(compgen -f -- "$word")) ;;
        esac
        ;;
    esac
}

complete -o filenames -F _annals annals
