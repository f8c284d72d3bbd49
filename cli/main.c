/* annals: the program. Reads what stands before the command, finds the command, runs it. */
#include "help.h"
#include "journal.h"

#include <inttypes.h>
#include <limits.h>
#include <unistd.h>

#ifndef ANNALS_DATA
#define ANNALS_DATA "/usr/local/share/annals"
#endif

bool to_standard_output(void *context, const char *bytes, size_t length)
{
    (void)context;
    return fwrite(bytes, 1, length, stdout) == length;
}

/* As one line of a log. */
static void log_error(const struct settings *settings, const annals_error *error)
{
    const char *sentence =
        error->sentence[0] != '\0' ? error->sentence : annals_status_sentence(error->status);
    const annals_log_field fields[] = {{"file", error->file, 0}, {"line", NULL, (double)error->line}};
    size_t first = error->file[0] == '\0', last = error->line > 0 ? 2 : 1;
    journal_event(settings, ANNALS_LOG_ERROR, sentence, fields + first,
                  last > first ? last - first : 0);
}

void print_error(const struct settings *settings, const annals_error *error)
{
    if (settings->log_format == ANNALS_LOG_JSON) {
        log_error(settings, error);
        return;
    }
    /* Names come from strangers, too: no line of theirs, no code for the terminal. */
    char file[2 * sizeof error->file], sentence[2 * sizeof error->sentence];
    fputs("annals: ", stderr);
    if (error->file[0] != '\0')
        fprintf(stderr, "%s: ", annals_log_text(error->file, file, sizeof file));
    if (error->line > 0)
        fprintf(stderr, "line %" PRIu64 ": ", error->line);
    if (error->byte >= 0)
        fprintf(stderr, "byte %" PRId64 ": ", error->byte);
    fprintf(stderr, "%s\n",
            annals_log_text(error->sentence[0] != '\0' ? error->sentence : annals_status_sentence(error->status),
                            sentence, sizeof sentence));
}

/* `--help` anywhere behind the command, up to a `--`. */
static bool wants_help(int count, char **arguments)
{
    for (int i = 0; i < count && strcmp(arguments[i], "--") != 0; i++)
        if (strcmp(arguments[i], "--help") == 0)
            return true;
    return false;
}

/* The data folder: told, or beside the program (../share/annals, ../../share/annals in the build
 * tree), or where it was installed. */
static const char *find_data(char path[PATH_MAX])
{
    static const char *const places[] = {"../share/annals", "../../share/annals",
                                         "share/annals"};
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length <= 0)
        return ANNALS_DATA;
    program[length] = '\0';
    char *slash = strrchr(program, '/');
    if (slash != NULL)
        *slash = '\0';
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        int written = snprintf(path, PATH_MAX, "%s/%s", program, places[i]);
        char whole[PATH_MAX];
        if (written <= 0 || written >= PATH_MAX || access(path, R_OK) != 0)
            continue;
        if (realpath(path, whole) != NULL)
            memcpy(path, whole, strlen(whole) + 1);
        return path;
    }
    return ANNALS_DATA;
}

/* Reads what stands before the command; the index of the command, or -1 on wrong use. */
static int read_settings(struct settings *settings, int count, char **arguments)
{
    int at = 1;
    while (at < count && arguments[at][0] == '-')
        at += at + 1 < count && strchr(arguments[at], '=') == NULL ? 2 : 1;
    struct options options;
    int given = at - 1;
    if (!options_read(&options, settings, OPTIONS_WHERE, &given, arguments + 1))
        return -1;
    *settings = options.settings;
    return at;
}

int main(int count, char **arguments)
{
    char data[PATH_MAX];
    struct settings settings = {.program = arguments[0],
                                .data = getenv("ANNALS_DATA"),
                                .record = getenv("ANNALS_RECORD"),
                                .wait = 10000};
    if (count > 1 && strcmp(arguments[1], "--help") == 0) {
        help_print(stdout);
        return EXIT_DONE;
    }
    if (count > 1 && strcmp(arguments[1], "--version") == 0) {
        printf("annals %s\n", annals_version());
        return EXIT_DONE;
    }
    int at = read_settings(&settings, count, arguments);
    if (at < 0)
        return EXIT_WRONG_USE;
    if (settings.data == NULL)
        settings.data = find_data(data);
    if (settings.record == NULL || settings.record[0] == '\0')
        settings.record = "annals.db";
    if (at >= count) {
        help_print(stderr);
        return EXIT_WRONG_USE;
    }
    const struct command *command = command_find(arguments[at]);
    if (command == NULL || wants_help(count - at - 1, arguments + at + 1))
        return help_of(arguments[at]);
    return command->run(&settings, count - at - 1, arguments + at + 1);
}
