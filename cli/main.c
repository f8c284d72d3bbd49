/* annals: the program. Reads what stands before the command, finds the command, runs it. */
#include "commands.h"

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

void print_error(const struct settings *settings, const annals_error *error)
{
    (void)settings;
    fputs("annals: ", stderr);
    if (error->file[0] != '\0')
        fprintf(stderr, "%s: ", error->file);
    if (error->line > 0)
        fprintf(stderr, "line %" PRIu64 ": ", error->line);
    if (error->byte >= 0)
        fprintf(stderr, "byte %" PRId64 ": ", error->byte);
    fprintf(stderr, "%s\n",
            error->sentence[0] != '\0' ? error->sentence : annals_status_sentence(error->status));
}

static void print_help(FILE *stream)
{
    fputs("Usage: annals [--record FILE] [--data FOLDER] COMMAND ...\n\n", stream);
    for (const struct command *command = commands; command->name != NULL; command++)
        fprintf(stream, "  %-12s %s\n", command->name, command->summary);
    fputs("\n`annals help COMMAND` says more of one.\n", stream);
}

static int help_command(const char *name)
{
    const struct command *command = command_find(name);
    if (command == NULL) {
        fprintf(stderr, "annals: there is no command \"%s\"; `annals help` lists them\n", name);
        return EXIT_WRONG_USE;
    }
    printf("Usage: annals %s %s\n\n%s\n", command->name, command->usage, command->help);
    return EXIT_DONE;
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
        if (written > 0 && written < PATH_MAX && access(path, R_OK) == 0)
            return path;
    }
    return ANNALS_DATA;
}

int main(int count, char **arguments)
{
    char data[PATH_MAX];
    struct settings settings = {.program = arguments[0], .record = getenv("ANNALS_RECORD")};
    settings.data = getenv("ANNALS_DATA");
    int at = 1;
    for (; at < count && arguments[at][0] == '-'; at++) {
        if (strcmp(arguments[at], "--help") == 0) {
            print_help(stdout);
            return EXIT_DONE;
        } else if (strcmp(arguments[at], "--version") == 0) {
            printf("annals %s\n", annals_version());
            return EXIT_DONE;
        } else if (strcmp(arguments[at], "--record") == 0 && at + 1 < count) {
            settings.record = arguments[++at];
        } else if (strcmp(arguments[at], "--data") == 0 && at + 1 < count) {
            settings.data = arguments[++at];
        } else {
            fprintf(stderr, "annals: unknown option %s\n", arguments[at]);
            return EXIT_WRONG_USE;
        }
    }
    if (settings.data == NULL)
        settings.data = find_data(data);
    if (settings.record == NULL)
        settings.record = "annals.db";
    if (at == count) {
        print_help(stderr);
        return EXIT_WRONG_USE;
    }
    if (strcmp(arguments[at], "help") == 0) {
        if (at + 1 < count)
            return help_command(arguments[at + 1]);
        print_help(stdout);
        return EXIT_DONE;
    }
    const struct command *command = command_find(arguments[at]);
    if (command == NULL)
        return help_command(arguments[at]);
    if (at + 1 < count && strcmp(arguments[at + 1], "--help") == 0)
        return help_command(arguments[at]);
    return command->run(&settings, count - at - 1, arguments + at + 1);
}
