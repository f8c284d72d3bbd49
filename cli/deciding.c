/* Keeps decisions: who decides, when, and what is printed of it. */
#include "deciding.h"

#include <pwd.h>
#include <time.h>
#include <unistd.h>

const char *find_author(const struct options *options)
{
    const char *author = options->author != NULL ? options->author : getenv("ANNALS_AUTHOR");
    const struct passwd *user = author == NULL || author[0] == '\0' ? getpwuid(geteuid()) : NULL;
    if (user != NULL)
        author = user->pw_name;
    if (author != NULL && author[0] != '\0')
        return author;
    fputs("annals: who decides? --author, or ANNALS_AUTHOR in the environment\n", stderr);
    return NULL;
}

const char *write_moment(void)
{
    static char moment[32];
    time_t now = time(NULL);
    struct tm parts;
    strftime(moment, sizeof moment, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &parts));
    return moment;
}

int keep_decisions(const struct options *options, annals_decision *decisions, size_t count)
{
    char id[64];
    annals_error error = {.byte = -1};
    uint64_t first = 0;
    const char *author = find_author(options);
    if (author == NULL)
        return EXIT_WRONG_USE;
    for (size_t i = 0; i < count; i++) {
        decisions[i].author = author;
        decisions[i].decided = write_moment();
        if (decisions[i].reason == NULL)
            decisions[i].reason = options->reason;
    }
    annals_record *record = open_record(options, ANNALS_READ_WRITE);
    if (record == NULL)
        return EXIT_COULD_NOT;
    annals_status status =
        annals_record_decide(record, options->settings.data, decisions, count, &first, &error);
    annals_query query = options->query;
    snprintf(id, sizeof id, "d%llu-%llu", (unsigned long long)first,
             (unsigned long long)(first + count - 1));
    query.view = ANNALS_LOG;
    query.id = id;
    if (status == ANNALS_OK)
        status = annals_render(record, &query, to_standard_output, NULL, &error);
    annals_record_close(record);
    if (status == ANNALS_OK)
        return fflush(stdout) == 0 ? EXIT_DONE : EXIT_COULD_NOT;
    print_error(&options->settings, &error);
    return status == ANNALS_WRONG_USE ? EXIT_WRONG_USE : EXIT_COULD_NOT;
}

int decide_once(const struct settings *settings, const char *kind, int least, const char *wanted,
                int count, char **arguments)
{
    struct options options;
    if (!options_read(&options, settings, OPTIONS_AUTHOR | OPTIONS_REASON, &count, arguments))
        return EXIT_WRONG_USE;
    if (count < least) {
        fprintf(stderr, "annals: %s what? %s\n", kind, wanted);
        return EXIT_WRONG_USE;
    }
    annals_decision decision = {
        .kind = kind, .ids = (const char *const *)arguments, .id_count = (size_t)count};
    return keep_decisions(&options, &decision, 1);
}
