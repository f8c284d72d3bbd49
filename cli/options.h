/* Options: one table for all commands, so that help, completion and the manual cannot forget one. */
#ifndef ANNALS_CLI_OPTIONS_H
#define ANNALS_CLI_OPTIONS_H

#include "commands.h"

/* Groups of options; a command accepts some. */
enum {
    OPTIONS_WHERE = 1 << 0,   /* --record, --data, --wait: before or after any command */
    OPTIONS_FORMAT = 1 << 1,  /* --format, --width */
    OPTIONS_FILTER = 1 << 2,  /* --from, --to, --place, ... */
    OPTIONS_INPUT = 1 << 3,   /* --jobs, --max-size, --quiet */
    OPTIONS_EXPORT = 1 << 4,  /* --as, -o, --hxl, --redact, --coarsen */
    OPTIONS_IDS = 1 << 5,     /* --ids */
    OPTIONS_OWN = 1 << 6,     /* --actors, --agents, --explain */
    OPTIONS_WHY = 1 << 7,     /* --why */
    OPTIONS_JOBS = 1 << 8,    /* --jobs alone */
    OPTIONS_IMPORT = 1 << 9,  /* --as of import */
    OPTIONS_GROUP = 1 << 10,  /* --group-by */
    OPTIONS_SQL = 1 << 11,    /* --timeout */
    OPTIONS_COPY = 1 << 21,   /* --quiet alone */
    OPTIONS_CONTROL = 1 << 12, /* --on, --as-of, --history, --place, --limit */
    OPTIONS_AUTHOR = 1 << 13, /* --author */
    OPTIONS_REASON = 1 << 14, /* --reason */
    OPTIONS_AMEND = 1 << 15,  /* --set, --accept, --reject */
    OPTIONS_REVIEW = 1 << 16, /* --for, --again */
    OPTIONS_WITH = 1 << 17,   /* --with */
    OPTIONS_QUIET = 1 << 18,  /* --quiet alone */
    OPTIONS_BEST = 1 << 19,  /* --best */
    OPTIONS_SERVE = 1 << 20,  /* --port, --listen, the token files, --query-time, --quiet */
    OPTIONS_MEMORY = 1 << 27, /* --max-memory */
    OPTIONS_WATCH = 1 << 22,  /* --list, --once, --every, --delay, ... */
    OPTIONS_QUEUE = 1 << 23,  /* --queue, --name */
    OPTIONS_ENQUEUE = 1 << 24, /* --copies, --most, --max-size, --quiet */
    OPTIONS_WORKER = 1 << 25, /* --jobs, --max-size, --quiet, --drain, --tries, --patience */
    OPTIONS_ASIDE = 1 << 26,  /* --aside */
    OPTIONS_LOG = 1 << 28,    /* --log-format */
    OPTIONS_METRICS = 1 << 29, /* --metrics */
};

/* Dictionaries of one's own that one run may name; values that one amendment may set. */
enum { OWN_FILES = 16, SET_VALUES = 32 };

struct options {
    struct settings settings;
    annals_query query; /* format, width, colour and filters */
    unsigned jobs;
    uint64_t max_size, max_memory; /* bytes */
    bool quiet, explain;
    const char *as, *output;
    annals_export_settings exporting;
    const char *author, *reason;
    const char *sets[SET_VALUES]; /* "slot=value" */
    size_t set_count;
    bool accept, reject, again;
    const char *listen, *token_file, *write_token_file;
    uint16_t port;
    uint32_t query_time; /* milliseconds */
    /* Of watch: */
    const char *list;
    uint32_t every, delay; /* minutes; milliseconds */
    bool once, status, allow_private;
    /* Of the queue: */
    annals_queue_settings queue;
    bool drain, aside;
    const char *metrics; /* HOST:PORT */
    unsigned tries;
    const char *actors[OWN_FILES + 1], *agents[OWN_FILES + 1]; /* NULL-terminated */
};

/* Reads the options among `*count` arguments; what is none is moved to the front and counted. After
 * `--` everything is an argument. False, with a line on standard error, where one is not accepted
 * or lacks its value. */
bool options_read(struct options *options, const struct settings *settings, unsigned groups,
                  int *count, char **arguments);

/* Prints the options of `groups`, one a line, for help. */
void options_print(unsigned groups, FILE *stream);

/* Opens the record that the options name; prints the error. */
annals_record *open_record(const struct options *options, annals_access access);

/* An annals_sink: how a question was understood, on standard error, so that it is in nobody's
 * table. */
bool print_query_note(void *context, const char *sentence, size_t length);

/* Answers the query on standard output; the command's exit status. */
int answer(const struct options *options);

/* A command that lists `view`. */
int list_view(const struct settings *settings, annals_view view, unsigned groups, int count,
              char **arguments);

#endif
