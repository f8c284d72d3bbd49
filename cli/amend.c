/* annals amend: corrects, accepts or rejects claims. */
#include "deciding.h"

enum { MOST = 1000 };

/* Slots of the --set options, copied so that each ends where its value begins. */
struct sets {
    char slots[SET_VALUES][64];
    const char *values[SET_VALUES];
};

static bool read_sets(const struct options *options, struct sets *sets)
{
    for (size_t i = 0; i < options->set_count; i++) {
        const char *text = options->sets[i];
        size_t length = strcspn(text, "=");
        if (length >= sizeof sets->slots[i]) {
            fprintf(stderr, "annals: a claim has no slot \"%.*s\"\n", (int)length, text);
            return false;
        }
        memcpy(sets->slots[i], text, length);
        sets->slots[i][length] = '\0';
        sets->values[i] = text + length + 1;
    }
    return true;
}

int command_amend(const struct settings *settings, int count, char **arguments)
{
    static annals_decision decisions[MOST];
    struct options options;
    struct sets sets;
    size_t used = 0;
    if (!options_read(&options, settings, OPTIONS_AMEND | OPTIONS_AUTHOR | OPTIONS_REASON, &count,
                      arguments))
        return EXIT_WRONG_USE;
    size_t each = options.set_count + options.accept + options.reject;
    if (count == 0 || each == 0 || (options.reject && each > 1)) {
        fputs("annals: amend what? claims, with --set SLOT=VALUE, --accept or --reject\n", stderr);
        return EXIT_WRONG_USE;
    }
    if ((size_t)count * each > MOST) {
        fprintf(stderr, "annals: more than %d decisions at once\n", MOST);
        return EXIT_WRONG_USE;
    }
    if (!read_sets(&options, &sets))
        return EXIT_WRONG_USE;
    for (int i = 0; i < count; i++) {
        annals_decision decision = {.ids = (const char *const *)&arguments[i], .id_count = 1};
        for (size_t j = 0; j < options.set_count; j++) {
            decision.kind = "amend";
            decision.slot = sets.slots[j];
            decision.value = sets.values[j];
            decisions[used++] = decision;
        }
        decision.slot = decision.value = NULL;
        decision.kind = options.reject ? "reject" : "accept";
        if (options.accept || options.reject)
            decisions[used++] = decision;
    }
    return keep_decisions(&options, decisions, used);
}
