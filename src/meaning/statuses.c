/* Words that say how certain an event is, read from their table and looked up by hash. */
#include "meaning/statuses.h"

#include "dictionary/table.h"
#include "document/claim.h"

#include <string.h>

static const char *const class_names[] = {
    "verb",    "verb-clause", "verb-noun", "noun",    "adj-clause", "adj",   "det",     "adverb",
    "aux",     "mark",        "modal",     "hearsay", "report",     "false", "verdict", "check",
    "telling", "ending",      "effect",    "attempt", "row",        "brink", "unmet",   "short",
    "fiction", "part",        "governing", "granted", "held",       "terms", "talks",   "whoever",
    "open",    "known",       "presumed",  "outcome",   "vain",    "court", "contest",
    "performed", "wishing", "means", "asking"};

static int index_of(const char *const *names, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

static annals_status read_row(const struct table *table, uint32_t row, struct statuses *statuses,
                              const struct inflections *inflections, annals_error *error)
{
    const char *status = table_cell(table, row, "status");
    int class = index_of(class_names, STATUS_CLASS_COUNT, table_cell(table, row, "class"));
    int value = -1;
    for (int i = STATUS_ASSERTED; i <= STATUS_DISPUTED; i++)
        if (strcmp(status, claim_status_name((enum claim_status)i)) == 0)
            value = i;
    if (class < 0 || value < 0)
        return table_fail(table, row, error, "no such class or status");
    statuses->values[row] = (uint8_t)value;
    const char *at = table_cell(table, row, "words"), *word;
    size_t length;
    bool verb = class <= STATUS_OF_VERB_NOUN || class == STATUS_OF_VERDICT ||
                class == STATUS_OF_CHECK || class == STATUS_OF_ENDING ||
                class == STATUS_OF_TELLING || class == STATUS_OF_EFFECT ||
                class == STATUS_OF_ATTEMPT || class == STATUS_OF_HELD || class == STATUS_OF_TERMS ||
                class == STATUS_OF_OPEN || class == STATUS_OF_OUTCOME || class == STATUS_OF_VAIN ||
                class == STATUS_OF_PRESUMED || class == STATUS_OF_PERFORMED ||
                class == STATUS_OF_WISHING || class == STATUS_OF_MEANS;
    while (table_next_item(&at, &word, &length))
        if (!phrases_add(&statuses->words[class], word, length, row) ||
            (verb &&
             !inflections_add_verb(inflections, &statuses->words[class], word, length, row)))
            return table_fail(table, row, error, "a word that cannot be added");
    return ANNALS_OK;
}

annals_status statuses_read(struct statuses *statuses, const struct inflections *inflections,
                            struct arena *arena, const char *path, annals_error *error)
{
    static const char *const columns[] = {"id", "words", "class", "status", NULL};
    struct table table;
    annals_status status = table_read_columns(&table, arena, path, columns, error);
    if (status != ANNALS_OK)
        return status;
    for (int i = 0; i < STATUS_CLASS_COUNT; i++)
        phrases_init(&statuses->words[i], arena);
    statuses->values = arena_new_array(arena, uint8_t, table.row_count);
    if (statuses->values == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    for (uint32_t row = 0; row < table.row_count && status == ANNALS_OK; row++)
        status = read_row(&table, row, statuses, inflections, error);
    return status;
}

int statuses_find(const struct statuses *statuses, enum status_class class, uint64_t hash)
{
    uint32_t length, next;
    const struct phrases *words = &statuses->words[class];
    uint32_t handle = phrases_find(words, &hash, sizeof hash, 1, &length);
    return handle == PHRASE_NONE ? -1 : statuses->values[phrases_value(words, handle, &next)];
}
