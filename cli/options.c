/* Options of all commands: one table, one reader. */
#include "options.h"

#include "help.h"

#include <errno.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum option_id {
    OPTION_RECORD, OPTION_DATA, OPTION_WAIT, OPTION_FORMAT, OPTION_WIDTH, OPTION_FROM, OPTION_TO,
    OPTION_PLACE, OPTION_ACTOR, OPTION_TYPE, OPTION_STATUS, OPTION_SOURCE, OPTION_TEXT,
    OPTION_LIMIT, OPTION_IDS, OPTION_JOBS, OPTION_MAX_SIZE, OPTION_MAX_MEMORY, OPTION_QUIET, OPTION_EXPLAIN, OPTION_AS,
    OPTION_ACTORS, OPTION_AGENTS, OPTION_WHY,
    OPTION_OUTPUT, OPTION_HXL, OPTION_REDACT, OPTION_COARSEN,
    OPTION_WITHIN, OPTION_SPEAKER, OPTION_REPORT, OPTION_AS_OF, OPTION_CONFIDENCE, OPTION_OFFSET,
    OPTION_GROUP_BY, OPTION_TIMEOUT, OPTION_ON, OPTION_HISTORY,
    OPTION_PORT, OPTION_LISTEN, OPTION_TOKEN_FILE, OPTION_WRITE_TOKEN_FILE, OPTION_QUERY_TIME,
    OPTION_AUTHOR, OPTION_REASON, OPTION_SET, OPTION_ACCEPT, OPTION_REJECT, OPTION_FOR, OPTION_AGAIN,
    OPTION_WITH,
    OPTION_BEST,
    OPTION_LIST, OPTION_ONCE, OPTION_EVERY, OPTION_DELAY, OPTION_WATCH_STATUS, OPTION_ALLOW_PRIVATE,
    OPTION_QUEUE, OPTION_NAME, OPTION_COPIES, OPTION_MOST, OPTION_DRAIN, OPTION_TRIES, OPTION_PATIENCE,
    OPTION_ASIDE,
    OPTION_LOG_FORMAT, OPTION_METRICS
};

static const struct option {
    const char *name, *value; /* value NULL: takes none */
    const char *help;
    enum option_id id;
    unsigned group;
} table[] = {
    {"--from", "DAY", "happened on or after DAY (YYYY-MM-DD; reports: published)", OPTION_FROM,
     OPTIONS_FILTER},
    {"--to", "DAY", "happened on or before DAY", OPTION_TO, OPTIONS_FILTER},
    {"--place", "NAME", "at this place, or in this district, province or country; a geonameid", OPTION_PLACE,
     OPTIONS_FILTER | OPTIONS_CONTROL},
    {"--actor", "NAME", "where this actor takes part (name or code)", OPTION_ACTOR,
     OPTIONS_FILTER},
    {"--type", "TYPE", "PLOVER type or mode, CAMEO code, ACLED event or sub-event type",
     OPTION_TYPE, OPTIONS_FILTER},
    {"--status", "STATUS", "asserted, claimed, denied, alleged, planned, threatened, conditional, "
     "negated or disputed; rejected: by a person", OPTION_STATUS, OPTIONS_FILTER},
    {"--source", "NAME", "told by this outlet", OPTION_SOURCE, OPTIONS_FILTER},
    {"--text", "WORDS", "with these words; \"a phrase\" in quotes, begin* for beginnings",
     OPTION_TEXT, OPTIONS_FILTER},
    {"--within", "KM", "within KM kilometres of --place, which may be a point: \"36.7,68.9\"",
     OPTION_WITHIN, OPTIONS_FILTER},
    {"--speaker", "NAME", "according to this speaker (name or code)", OPTION_SPEAKER,
     OPTIONS_FILTER},
    {"--report", "ID", "told in this report", OPTION_REPORT, OPTIONS_FILTER},
    {"--as-of", "DAY", "as known on DAY: of reports published by then (without a date: of none)",
     OPTION_AS_OF, OPTIONS_FILTER | OPTIONS_CONTROL},
    {"--confidence", "N", "coded with this confidence or more, 0 to 1", OPTION_CONFIDENCE,
     OPTIONS_FILTER},
    {"--limit", "N", "at most N (1 or more)", OPTION_LIMIT, OPTIONS_FILTER | OPTIONS_CONTROL},
    {"--offset", "N", "leave out the first N", OPTION_OFFSET, OPTIONS_FILTER},
    {"--on", "DAY", "who held it on this day (default: that of the newest report)", OPTION_ON,
     OPTIONS_CONTROL},
    {"--history", NULL, "one holder after the other", OPTION_HISTORY, OPTIONS_CONTROL},
    {"--group-by", "WHAT", "count by day, week, month, year, place, admin1, country, actor, type, "
     "source or status", OPTION_GROUP_BY, OPTIONS_GROUP},
    {"--timeout", "SECONDS", "stop a query that takes longer (default 10)", OPTION_TIMEOUT,
     OPTIONS_SQL},
    {"--ids", NULL, "print each event's id, for `annals show`", OPTION_IDS, OPTIONS_IDS},
    {"--why", NULL, "print why the reports of an event were joined", OPTION_WHY, OPTIONS_WHY},
    {"--best", "RULE", "which figure is the best: ucdp (default), latest, median, low or high",
     OPTION_BEST, OPTIONS_BEST},
    {"--format", "FORMAT", "table (default), csv, tsv, json or jsonl", OPTION_FORMAT,
     OPTIONS_FORMAT},
    {"--width", "N", "columns to fill (default: those of the terminal)", OPTION_WIDTH,
     OPTIONS_FORMAT},
    {"--as", "FORMAT", "acled, ucdp, plover, cameo, csv, geojson, kml, gpkg, shapefile, timelinejs, "
     "timemap, jsonl, bag, html or dump", OPTION_AS, OPTIONS_EXPORT},
    {"--as", "FORMAT", "acled or ucdp", OPTION_AS, OPTIONS_IMPORT},
    {"-o", "PATH", "write to this file or folder instead of standard output", OPTION_OUTPUT,
     OPTIONS_EXPORT},
    {"--hxl", NULL, "tables: with a row of HXL tags under the head", OPTION_HXL, OPTIONS_EXPORT},
    {"--redact", "WHAT", "persons: mask the names of all persons whom no dictionary knows",
     OPTION_REDACT, OPTIONS_EXPORT},
    {"--coarsen", "KM", "move coordinates to the middle of squares of KM kilometres",
     OPTION_COARSEN, OPTIONS_EXPORT},
    {"--jobs", "N", "reports coded at the same time (default: one a processor)", OPTION_JOBS,
     OPTIONS_INPUT | OPTIONS_JOBS | OPTIONS_WORKER},
    {"--explain", NULL, "add the rule, the words and the tree path behind each slot",
     OPTION_EXPLAIN, OPTIONS_OWN},
    {"--queue", "ADDRESS", "nats://HOST:PORT or tls://..., several with commas (default $NATS_URL)",
     OPTION_QUEUE, OPTIONS_QUEUE},
    {"--name", "NAME", "the queue's name, where the servers hold several (default annals)",
     OPTION_NAME, OPTIONS_QUEUE},
    {"--copies", "N", "servers that keep each report, when the queue is made (default 1)",
     OPTION_COPIES, OPTIONS_ENQUEUE | OPTIONS_WORKER},
    {"--most", "N", "reports that may wait, when the queue is made (default 1000000)", OPTION_MOST,
     OPTIONS_ENQUEUE | OPTIONS_WORKER},
    {"--patience", "SECONDS", "when the queue is made: how long a worker may keep a report before others get "
     "it (default 60)", OPTION_PATIENCE, OPTIONS_ENQUEUE | OPTIONS_WORKER},
    {"--drain", NULL, "end when the queue is empty", OPTION_DRAIN, OPTIONS_WORKER},
    {"--tries", "N", "set a report aside that N workers took and none finished (default 3)",
     OPTION_TRIES, OPTIONS_WORKER},
    {"--aside", NULL, "list what was set aside, and why", OPTION_ASIDE, OPTIONS_ASIDE},
    {"--max-size", "SIZE", "refuse larger reports: bytes, or with K, M, G (default 64M)",
     OPTION_MAX_SIZE,
     OPTIONS_INPUT | OPTIONS_WATCH | OPTIONS_ENQUEUE | OPTIONS_WORKER},
    {"--max-memory", "SIZE", "fewer reports at a time, so as to take no more (default 600M)",
     OPTION_MAX_MEMORY, OPTIONS_MEMORY},
    {"--quiet", NULL, "no progress, no summary", OPTION_QUIET, OPTIONS_INPUT | OPTIONS_QUIET | OPTIONS_COPY |
     OPTIONS_WATCH | OPTIONS_ENQUEUE | OPTIONS_WORKER},
    {"--port", "N", "the port to serve on (default: any that is free)", OPTION_PORT, OPTIONS_SERVE},
    {"--listen", "ADDRESS", "the address to serve on (default 127.0.0.1); another needs a token",
     OPTION_LISTEN, OPTIONS_SERVE},
    {"--token-file", "FILE", "who asks must know the first line of FILE", OPTION_TOKEN_FILE,
     OPTIONS_SERVE},
    {"--write-token-file", "FILE", "who decides in the page must know the first line of FILE",
     OPTION_WRITE_TOKEN_FILE, OPTIONS_SERVE},
    {"--query-time", "SECONDS", "how long one question may take (default 5)", OPTION_QUERY_TIME,
     OPTIONS_SERVE},
    {"--quiet", NULL, "no line a request", OPTION_QUIET, OPTIONS_SERVE},
    {"--log-format", "FORMAT", "what is said on standard error: text (default) or json, one event a line",
     OPTION_LOG_FORMAT, OPTIONS_LOG},
    {"--metrics", "HOST:PORT", "answer there with figures for Prometheus (/metrics) and /healthz",
     OPTION_METRICS, OPTIONS_METRICS},
    {"--actors", "FILE", "an actor file of TABARI or PETRARCH; may be given again", OPTION_ACTORS,
     OPTIONS_OWN},
    {"--agents", "FILE", "an agent file of TABARI or PETRARCH; may be given again", OPTION_AGENTS,
     OPTIONS_OWN},
    {"--set", "SLOT=VALUE", "what the claim's slot is: type, mode, cameo, acled, status, date, place, "
     "agent, patient, control, holder, or a count (killed, ...); may be given again", OPTION_SET,
     OPTIONS_AMEND},
    {"--accept", NULL, "the claim is what the report says", OPTION_ACCEPT, OPTIONS_AMEND},
    {"--reject", NULL, "the report says no such thing: the claim leaves its event", OPTION_REJECT,
     OPTIONS_AMEND},
    {"--author", "NAME", "who decides (default $ANNALS_AUTHOR, else the login name)", OPTION_AUTHOR,
     OPTIONS_AUTHOR},
    {"--reason", "TEXT", "why; kept with the decision", OPTION_REASON, OPTIONS_REASON},
    {"--for", "N", "at most N claims (1 or more)", OPTION_FOR, OPTIONS_REVIEW},
    {"--again", NULL, "also claims that others decided on, but not the author", OPTION_AGAIN,
     OPTIONS_REVIEW},
    {"--with", "VERSION", "as these dictionaries (the beginning of their hash, as `annals info` prints "
     "it) coded the reports, without what people decided", OPTION_WITH, OPTIONS_WITH},
    {"--list", "FILE", "watch the feeds of this file, one address a line", OPTION_LIST,
     OPTIONS_WATCH},
    {"--once", NULL, "one round, then end", OPTION_ONCE, OPTIONS_WATCH},
    {"--every", "MINUTES", "look at each feed so often (default 30)", OPTION_EVERY, OPTIONS_WATCH},
    {"--status", NULL, "print what is watched, and how it went", OPTION_WATCH_STATUS, OPTIONS_WATCH},
    {"--delay", "SECONDS", "from one request to a host to the next, at least (default 2)",
     OPTION_DELAY, OPTIONS_WATCH},
    {"--timeout", "SECONDS", "give up a request that takes longer (default 30)", OPTION_TIMEOUT,
     OPTIONS_WATCH},
    {"--limit", "N", "fetch at most N pages a round (default 1000)", OPTION_LIMIT, OPTIONS_WATCH},
    {"--allow-private", NULL, "also fetch from loopback and private networks", OPTION_ALLOW_PRIVATE,
     OPTIONS_WATCH},
    {"--record", "FILE", "the record (default $ANNALS_RECORD, else ./annals.db)", OPTION_RECORD,
     OPTIONS_WHERE},
    {"--data", "FOLDER", "dictionaries and models (default: those installed)", OPTION_DATA,
     OPTIONS_WHERE},
    {"--wait", "SECONDS", "wait for a record that another process holds (default 10)", OPTION_WAIT,
     OPTIONS_WHERE},
};

enum { OPTION_COUNT = sizeof table / sizeof table[0] };

void options_print(unsigned groups, FILE *stream)
{
    for (int i = 0; i < OPTION_COUNT; i++) {
        if ((table[i].group & groups) == 0)
            continue;
        int written = fprintf(stream, "  %s%s%s", table[i].name, table[i].value != NULL ? " " : "",
                              table[i].value != NULL ? table[i].value : "");
        unsigned blanks = written < 22 ? 22 - (unsigned)written : 2;
        fprintf(stream, "%*s", (int)blanks, "");
        help_write_words(stream, table[i].help, (unsigned)written + blanks, 22);
    }
}

/* ------------------------------------------------------------------ values */

static bool wrong(const struct option *option, const char *value)
{
    fprintf(stderr, "annals: %s does not take \"%s\": %s\n", option->name, value, option->help);
    return false;
}

/* A whole number, with K, M or G where `units`. */
static bool read_number(const char *text, bool units, uint64_t *number)
{
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (end == text || errno != 0 || text[0] < '0' || text[0] > '9')
        return false;
    unsigned shift = 0;
    if (units && *end != '\0') {
        const char *unit = strchr("KMG", *end >= 'a' ? *end - 'a' + 'A' : *end);
        if (unit == NULL || end[1] != '\0')
            return false;
        shift = *unit == 'K' ? 10 : *unit == 'M' ? 20 : 30;
        end++;
    }
    if (*end != '\0' || value > UINT64_MAX >> shift)
        return false;
    *number = (uint64_t)value << shift;
    return true;
}

static bool read_format(const char *text, annals_layout *layout)
{
    static const char *const names[] = {"table", "csv", "tsv", "json", "jsonl"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        // NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): options that are asked for one have a value
        if (strcmp(names[i], text) == 0) {
            *layout = (annals_layout)i;
            return true;
        }
    return false;
}

/* A decimal number that is not negative. */
static bool read_decimal(const char *text, double *number)
{
    char *end;
    *number = strtod(text, &end);
    return text[0] >= '0' && text[0] <= '9' && *end == '\0' && *number < 1e9;
}

static bool set_decimal(struct options *options, const struct option *option, const char *value)
{
    double number;
    if (!read_decimal(value, &number))
        return wrong(option, value);
    switch (option->id) {
    case OPTION_WITHIN:
        options->query.within = number;
        return number > 0 || wrong(option, value);
    case OPTION_DELAY:
        options->delay = (uint32_t)(number * 1000);
        return number <= 3600 || wrong(option, value);
    case OPTION_CONFIDENCE:
        options->query.confidence = number;
        return number <= 1 || wrong(option, value);
    default:
        options->query.timeout = number > 4000000 ? 4000000000u : (uint32_t)(number * 1000);
        return options->query.timeout > 0 || wrong(option, value);
    }
    return true;
}

static bool read_best(const char *text, annals_best *best)
{
    static const char *const names[] = {"ucdp", "latest", "median", "low", "high"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        // NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker)
        if (strcmp(names[i], text) == 0) {
            *best = (annals_best)i;
            return true;
        }
    return false;
}

static bool is_status(const char *text)
{
    static const char *const names[] = {"asserted", "claimed",    "denied",      "alleged", "planned",
                                        "threatened", "conditional", "negated",  "disputed",
                                        "rejected"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        // NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): options that are asked for one have a value
        if (strcmp(names[i], text) == 0)
            return true;
    return false;
}

static bool set_number(struct options *options, const struct option *option, const char *value)
{
    uint64_t number;
    bool size = option->id == OPTION_MAX_SIZE || option->id == OPTION_MAX_MEMORY;
    if (!read_number(value, size, &number))
        return wrong(option, value);
    switch (option->id) {
    case OPTION_WAIT:
        options->settings.wait = number > 4000000 ? 4000000000u : (uint32_t)number * 1000;
        return true;
    case OPTION_WIDTH:
        options->query.width = number > 10000 ? 10000 : (uint32_t)number;
        return true;
    case OPTION_COARSEN:
        options->exporting.kilometres = (double)number;
        return (number > 0 && number <= 1000) || wrong(option, value);
    case OPTION_FOR:
    case OPTION_LIMIT:
        options->query.limit = number;
        return number > 0 || wrong(option, value);
    case OPTION_PORT:
        options->port = (uint16_t)number;
        return number < 65536 || wrong(option, value);
    case OPTION_QUERY_TIME:
        options->query_time = (uint32_t)(number > 3600 ? 3600 : number) * 1000;
        return number > 0 || wrong(option, value);
    case OPTION_OFFSET:
        options->query.offset = number;
        return true;
    case OPTION_EVERY:
        options->every = (uint32_t)number;
        return (number > 0 && number <= 525600) || wrong(option, value);
    case OPTION_COPIES:
        options->queue.copies = (unsigned)number;
        return (number > 0 && number <= 5) || wrong(option, value);
    case OPTION_MOST:
        options->queue.limit = number;
        return (number > 0 && number <= INT64_MAX) || wrong(option, value);
    case OPTION_PATIENCE:
        options->queue.patience = (uint32_t)number;
        return (number > 0 && number <= 86400) || wrong(option, value);
    case OPTION_TRIES:
        options->tries = (unsigned)number;
        return (number > 0 && number <= 1000) || wrong(option, value);
    case OPTION_MAX_MEMORY:
        options->max_memory = number;
        return number > 0 || wrong(option, value);
    case OPTION_JOBS:
        options->jobs = number > 256 ? 256 : (unsigned)number;
        return number > 0 || wrong(option, value);
    default:
        options->max_size = number;
        return number > 0 || wrong(option, value);
    }
}

/* Adds a file to a list that NULL ends. */
static bool add_own(const char *files[OWN_FILES + 1], const struct option *option,
                    const char *value)
{
    for (int i = 0; i < OWN_FILES; i++) {
        if (files[i] != NULL)
            continue;
        files[i] = value;
        return true;
    }
    return wrong(option, value);
}

static bool add_set(struct options *options, const struct option *option, const char *value)
{
    // NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): as above
    const char *sign = strchr(value, '=');
    if (sign == NULL || sign == value || options->set_count == SET_VALUES)
        return wrong(option, value);
    options->sets[options->set_count++] = value;
    return true;
}

/* Where the value of an option stands that takes any text; NULL for others. */
static const char **text_of(struct options *options, enum option_id id)
{
    switch (id) {
    case OPTION_RECORD: return &options->settings.record;
    case OPTION_DATA: return &options->settings.data;
    case OPTION_FROM: return &options->query.from;
    case OPTION_TO: return &options->query.to;
    case OPTION_PLACE: return &options->query.place;
    case OPTION_ACTOR: return &options->query.actor;
    case OPTION_TYPE: return &options->query.type;
    case OPTION_SOURCE: return &options->query.source;
    case OPTION_TEXT: return &options->query.text;
    case OPTION_AS: return &options->as;
    case OPTION_LISTEN: return &options->listen;
    case OPTION_TOKEN_FILE: return &options->token_file;
    case OPTION_WRITE_TOKEN_FILE: return &options->write_token_file;
    case OPTION_SPEAKER: return &options->query.speaker;
    case OPTION_REPORT: return &options->query.report;
    case OPTION_AS_OF: return &options->query.as_of;
    case OPTION_ON: return &options->query.on;
    case OPTION_GROUP_BY: return &options->query.group_by;
    case OPTION_LIST: return &options->list;
    case OPTION_QUEUE: return &options->queue.servers;
    case OPTION_METRICS: return &options->metrics;
    case OPTION_NAME: return &options->queue.name;
    case OPTION_AUTHOR: return &options->author;
    case OPTION_REASON: return &options->reason;
    case OPTION_WITH: return &options->query.with;
    case OPTION_OUTPUT: return &options->output;
    default: return NULL;
    }
}

/* What an option without a value turns on; NULL for others. */
static bool *switch_of(struct options *options, enum option_id id)
{
    switch (id) {
    case OPTION_HISTORY: return &options->query.history;
    case OPTION_ONCE: return &options->once;
    case OPTION_WATCH_STATUS: return &options->status;
    case OPTION_ALLOW_PRIVATE: return &options->allow_private;
    case OPTION_DRAIN: return &options->drain;
    case OPTION_ASIDE: return &options->aside;
    case OPTION_IDS: return &options->query.ids;
    case OPTION_WHY: return &options->query.why;
    case OPTION_ACCEPT: return &options->accept;
    case OPTION_REJECT: return &options->reject;
    case OPTION_AGAIN: return &options->again;
    case OPTION_QUIET: return &options->quiet;
    case OPTION_HXL: return &options->exporting.hxl;
    case OPTION_EXPLAIN: return &options->explain;
    default: return NULL;
    }
}

static bool set(struct options *options, const struct option *option, const char *value)
{
    const char **text = text_of(options, option->id);
    bool *on = switch_of(options, option->id);
    if (text != NULL)
        *text = value;
    if (on != NULL)
        *on = true;
    if (text != NULL || on != NULL)
        return true;
    switch (option->id) {
    case OPTION_LOG_FORMAT:
        // An option of the table that takes a value has one.
        options->settings.log_format =
            // NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker)
            strcmp(value, "json") == 0 ? ANNALS_LOG_JSON : ANNALS_LOG_TEXT;
        return strcmp(value, "json") == 0 || strcmp(value, "text") == 0 || wrong(option, value);
    case OPTION_DELAY:
    case OPTION_WITHIN:
    case OPTION_CONFIDENCE:
    case OPTION_TIMEOUT: return set_decimal(options, option, value);
    case OPTION_ACTORS: return add_own(options->actors, option, value);
    case OPTION_AGENTS: return add_own(options->agents, option, value);
    case OPTION_SET: return add_set(options, option, value);
    case OPTION_REDACT:
        options->exporting.persons = true;
        // NOLINTNEXTLINE(clang-analyzer-*)
        return strcmp(value, "persons") == 0 || wrong(option, value);
    case OPTION_STATUS:
        options->query.status = value;
        return is_status(value) || wrong(option, value);
    case OPTION_BEST:
        return read_best(value, &options->query.best) || wrong(option, value);
    case OPTION_FORMAT:
        return read_format(value, &options->query.layout) || wrong(option, value);
    default:
        return set_number(options, option, value);
    }
}

/* ------------------------------------------------------------------ the command line */

static const struct option *find_option(const char *text, size_t length, unsigned groups)
{
    for (int i = 0; i < OPTION_COUNT; i++)
        if ((table[i].group & (groups | OPTIONS_WHERE)) != 0 && strlen(table[i].name) == length &&
            memcmp(table[i].name, text, length) == 0)
            return &table[i];
    return NULL;
}

/* Reads the option at `*at` ("--name value" or "--name=value"), moves `*at` to its last word. */
static bool read_option(struct options *options, unsigned groups, int *at, int count,
                        char **arguments)
{
    const char *text = arguments[*at];
    size_t length = strcspn(text, "=");
    const struct option *option = find_option(text, length, groups);
    if (option == NULL) {
        fprintf(stderr, "annals: unknown option %s; `annals help COMMAND` lists those there are\n",
                text);
        return false;
    }
    const char *value = text[length] == '=' ? text + length + 1 : NULL;
    if (option->value == NULL) {
        if (value == NULL)
            return set(options, option, NULL);
        fprintf(stderr, "annals: %s takes no value\n", option->name);
        return false;
    }
    if (value == NULL && *at + 1 < count)
        value = arguments[++*at];
    if (value == NULL) {
        fprintf(stderr, "annals: %s needs a value: %s\n", option->name, option->value);
        return false;
    }
    return set(options, option, value);
}

static void find_terminal(struct options *options)
{
    struct winsize size;
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    if (!isatty(STDOUT_FILENO))
        return;
    options->query.width = 80;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        options->query.width = size.ws_col;
    options->query.colour = (no_colour == NULL || no_colour[0] == '\0') &&
                            (terminal == NULL || strcmp(terminal, "dumb") != 0);
}

bool options_read(struct options *options, const struct settings *settings, unsigned groups,
                  int *count, char **arguments)
{
    *options = (struct options){.settings = *settings, .max_size = UINT64_C(64) << 20,
                                .max_memory = UINT64_C(600) << 20, .delay = 2000, .tries = 3};
    find_terminal(options);
    int kept = 0;
    bool done = false;
    for (int i = 0; i < *count; i++) {
        if (!done && strcmp(arguments[i], "--") == 0)
            done = true;
        else if (done || arguments[i][0] != '-' || arguments[i][1] == '\0')
            arguments[kept++] = arguments[i];
        else if (!read_option(options, groups, &i, *count, arguments))
            return false;
    }
    *count = kept;
    return true;
}

/* ------------------------------------------------------------------ asking the record */

annals_record *open_record(const struct options *options, annals_access access)
{
    annals_record *record = NULL;
    annals_error error = {0};
    if (annals_record_open(options->settings.record, access, options->settings.wait, &record,
                           &error) != ANNALS_OK)
        print_error(&options->settings, &error);
    return record;
}

bool print_query_note(void *context, const char *sentence, size_t length)
{
    (void)context;
    fprintf(stderr, "annals: %.*s\n", (int)length, sentence);
    return true;
}

int answer(const struct options *options)
{
    annals_error error = {0};
    annals_query query = options->query;
    query.notes = print_query_note;
    query.data = options->settings.data;
    annals_record *record = open_record(options, ANNALS_READ_ONLY);
    if (record == NULL)
        return EXIT_COULD_NOT;
    annals_status status =
        annals_render(record, &query, to_standard_output, NULL, &error);
    annals_record_close(record);
    bool written = fflush(stdout) == 0;
    if (status == ANNALS_OK && written)
        return EXIT_DONE;
    if (status == ANNALS_OK)
        fprintf(stderr, "annals: standard output: %s\n", strerror(errno));
    else
        print_error(&options->settings, &error);
    return status == ANNALS_WRONG_USE ? EXIT_WRONG_USE : EXIT_COULD_NOT;
}

int list_view(const struct settings *settings, annals_view view, unsigned groups, int count,
              char **arguments)
{
    struct options options;
    if (!options_read(&options, settings, groups, &count, arguments))
        return EXIT_WRONG_USE;
    if (count > 0) {
        fprintf(stderr, "annals: \"%s\" is too much: lists take only options\n", arguments[0]);
        return EXIT_WRONG_USE;
    }
    options.query.view = view;
    return answer(&options);
}
