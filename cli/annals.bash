# Completion of annals for bash; installed as share/bash-completion/completions/annals.

_annals() {
    local commands="read watch code parse reports claims events timeline control show actors places relations sql
        export import info stages gazetteer check help"
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
            timemap jsonl bag dump" -- "$word"))
        return
        ;;
    --status)
        COMPREPLY=($(compgen -W "asserted claimed denied alleged planned threatened conditional
            negated disputed" -- "$word"))
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
    --group-by)
        COMPREPLY=($(compgen -W "day week month year place admin1 country actor type source
            status" -- "$word"))
        return
        ;;
    --from | --to | --place | --actor | --source | --text | --limit | --width | --jobs | --max-size | \
        --wait | --coarsen | --within | --speaker | --report | --as-of | --confidence | --offset | \
        --timeout | --on | --every | --delay)
        return
        ;;
    esac
    local options=
    case $command in
    '')
        COMPREPLY=($(compgen -W "$commands $where --version" -- "$word"))
        return
        ;;
    read) options="--jobs --max-size --quiet" ;;
    watch)
        options="--list --once --every --status --delay --timeout --limit --allow-private --max-size
            --quiet --format --width"
        ;;
    code) options="--jobs --explain --actors --agents" ;;
    parse) options="--conllu --format" ;;
    reports | claims | events | relations) options="$filters --group-by --format --width" ;;
    actors | places) options="$filters --format --width" ;;
    control) options="--on --as-of --history --place --limit --format --width" ;;
    sql) options="--timeout --format --width" ;;
    timeline) options="$filters --ids --format --width" ;;
    show) options="--why --format --width" ;;
    info) options="--format --width" ;;
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
        read | code | parse | check) COMPREPLY=($(compgen -f -- "$word")) ;;
        gazetteer) COMPREPLY=($(compgen -W "$options" -- "$word") $(compgen -f -- "$word")) ;;
        esac
        ;;
    esac
}

complete -o filenames -F _annals annals
