/* annals gazetteer: makes, checks and searches the file of place names. */
#include "commands.h"

#include <limits.h>
#include <unistd.h>

static bool show_progress(void *context, const char *file, uint64_t done, uint64_t total)
{
    enum { WIDTH = 30 };
    (void)context;
    int filled = total > 0 ? (int)(done * WIDTH / total) : 0;
    const char *name = strrchr(file, '/');
    fprintf(stderr, "\r%-24.24s [%.*s%*s] %3d%%", name != NULL ? name + 1 : file, filled,
            "##############################", WIDTH - filled, "",
            total > 0 ? (int)(done * 100 / total) : 0);
    return true;
}

static int import(const struct settings *settings, const char *output, int count,
                  const char *const *paths)
{
    annals_error error = {0};
    bool terminal = isatty(2);
    if (count == 0) {
        fputs("annals: gazetteer import: name the files to read\n", stderr);
        return EXIT_WRONG_USE;
    }
    annals_status status = annals_gazetteer_import(paths, (size_t)count, output,
                                                   terminal ? show_progress : NULL, NULL, &error);
    if (terminal)
        fputs("\r\033[K", stderr);
    if (status == ANNALS_OK)
        status = annals_gazetteer_check(output, &error);
    if (status == ANNALS_OK)
        return EXIT_DONE;
    print_error(settings, &error);
    return EXIT_COULD_NOT;
}

static int find(const struct settings *settings, const char *path, int count, char **names)
{
    int result = EXIT_DONE;
    for (int i = 0; i < count; i++) {
        annals_error error = {0};
        annals_status status =
            annals_gazetteer_find(path, names[i], to_standard_output, NULL, &error);
        if (status == ANNALS_OK)
            continue;
        print_error(settings, &error);
        result = status == ANNALS_NOT_FOUND ? EXIT_SOME_REFUSED : EXIT_COULD_NOT;
    }
    return result;
}

int command_gazetteer(const struct settings *settings, int count, char **arguments)
{
    char path[PATH_MAX];
    annals_error error = {0};
    int written = snprintf(path, sizeof path, "%s/gazetteer.bin", settings->data);
    if (written < 0 || (size_t)written >= sizeof path || count == 0)
        return EXIT_WRONG_USE;
    const char *output = path;
    if (strcmp(arguments[0], "import") == 0) {
        int at = 1;
        if (at + 1 < count && strcmp(arguments[at], "-o") == 0) {
            output = arguments[at + 1];
            at += 2;
        }
        return import(settings, output, count - at, (const char *const *)arguments + at);
    }
    if (strcmp(arguments[0], "find") == 0 && count > 1)
        return find(settings, path, count - 1, arguments + 1);
    if (strcmp(arguments[0], "check") == 0 && count <= 2) {
        if (annals_gazetteer_check(count == 2 ? arguments[1] : path, &error) == ANNALS_OK)
            return EXIT_DONE;
        print_error(settings, &error);
        return EXIT_COULD_NOT;
    }
    return EXIT_WRONG_USE;
}
