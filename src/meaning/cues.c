/* Classes of cue words: reads dictionaries/en/cues.tsv. A word of several classes keeps them all
 * for the model; its status is that of the first. */
#include "dictionary/table.h"
#include "meaning/speech.h"

static int status_called(const char *name)
{
    for (int i = STATUS_ASSERTED; i <= STATUS_DISPUTED; i++)
        if (strcmp(name, claim_status_name((enum claim_status)i)) == 0)
            return i;
    return -1;
}

annals_status cues_open(struct cues *cues, const struct stage_setting *setting, annals_error *error)
{
    static const char *const columns[] = {"id", "words", "status", "told", NULL};
    struct table table;
    const char *path = stage_path(setting, "dictionaries/en", "cues.tsv");
    if (path == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    annals_status status = table_read_columns(&table, setting->arena, path, columns, error);
    if (status != ANNALS_OK)
        return status;
    phrases_init(&cues->words, setting->arena);
    phrases_init(&cues->telling, setting->arena);
    cues->statuses = arena_new_array(setting->arena, enum claim_status, table.row_count);
    if (cues->statuses == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    for (uint32_t row = 0; row < table.row_count; row++) {
        int found = status_called(table_cell(&table, row, "status"));
        if (found < 0)
            return table_fail(&table, row, error, "no such status: \"%s\"",
                              table_cell(&table, row, "status"));
        cues->statuses[row] = (enum claim_status)found;
        const char *at = table_cell(&table, row, "words"), *word;
        size_t length;
        while (table_next_item(&at, &word, &length))
            if (!phrases_add(&cues->words, word, length, row))
                return error_set(error, ANNALS_NO_MEMORY, "out of memory");
        at = table_cell(&table, row, "told");
        while (table_next_item(&at, &word, &length))
            if (!phrases_add(&cues->telling, word, length, row))
                return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    }
    return ANNALS_OK;
}

enum claim_status cues_status(const struct cues *cues, const struct token *cue)
{
    uint32_t length, next;
    uint32_t handle =
        phrases_find(&cues->words, &cue->lemma_hash, sizeof cue->lemma_hash, 1, &length);
    return handle == PHRASE_NONE ? STATUS_CLAIMED
                                 : cues->statuses[phrases_value(&cues->words, handle, &next)];
}

bool cues_telling(const struct cues *cues, const struct token *cue)
{
    uint32_t length;
    return phrases_find(&cues->telling, &cue->lemma_hash, sizeof cue->lemma_hash, 1, &length) !=
           PHRASE_NONE;
}

bool cues_known(const struct cues *cues, const struct token *cue)
{
    uint32_t length;
    return phrases_find(&cues->words, &cue->lemma_hash, sizeof cue->lemma_hash, 1, &length) !=
           PHRASE_NONE;
}
