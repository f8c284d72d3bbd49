/* annals undo: takes decisions back. */
#include "deciding.h"

enum { MOST = 100 };

int command_undo(const struct settings *settings, int count, char **arguments)
{
    struct options options;
    annals_decision decisions[MOST];
    if (!options_read(&options, settings, OPTIONS_AUTHOR | OPTIONS_REASON, &count, arguments))
        return EXIT_WRONG_USE;
    if (count == 0 || count > MOST) {
        fputs("annals: undo what? decisions, as `annals log` prints their numbers\n", stderr);
        return EXIT_WRONG_USE;
    }
    for (int i = 0; i < count; i++)
        decisions[i] = (annals_decision){
            .kind = "undo", .ids = (const char *const *)&arguments[i], .id_count = 1};
    return keep_decisions(&options, decisions, (size_t)count);
}
