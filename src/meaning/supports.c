/* Support verbs, read from their table and looked up by lemma. */
#include "meaning/supports.h"

#include "bytes/hash.h"
#include "dictionary/table.h"

#include <string.h>

static const char *const role_names[] = {"agent",  "patient", "event", "object", "names", "measure",
                                         "itself", "two",     "state", "many",   "held",  "apart",
                                         "charge", "again",   "naming", "other", "finite", "felt",
                                         "bid",    "asked",  "task",   "gives",  "things",
                                         "others", "together", "same", "text", "issue"};

static annals_status read_row(const struct table *table, uint32_t row, struct supports *supports,
                              const struct inflections *inflections, annals_error *error)
{
    const char *role = table_cell(table, row, "role");
    const char *with = table_cell(table, row, "with");
    struct support *support = &supports->items[row];
    support->with = *with != '\0' ? hash_bytes(with, strlen(with)) : 0;
    bool known = false;
    for (int i = SUPPORT_AGENT; i <= SUPPORT_ISSUE; i++) {
        if (strcmp(role, role_names[i]) == 0) {
            support->role = (enum support_role)i;
            known = true;
        }
    }
    if (!known)
        return table_fail(table, row, error, "no such role: \"%s\"", role);
    const char *at = table_cell(table, row, "words"), *word;
    size_t length;
    while (table_next_item(&at, &word, &length))
        if (!phrases_add(&supports->words, word, length, row) ||
            !inflections_add_verb(inflections, &supports->words, word, length, row))
            return table_fail(table, row, error, "a word that cannot be added");
    return ANNALS_OK;
}

annals_status supports_read(struct supports *supports, const struct inflections *inflections,
                            struct arena *arena, const char *path, annals_error *error)
{
    static const char *const columns[] = {"id", "words", "role", "with", NULL};
    struct table table;
    annals_status status = table_read_columns(&table, arena, path, columns, error);
    if (status != ANNALS_OK)
        return status;
    phrases_init(&supports->words, arena);
    supports->count = table.row_count;
    supports->items = arena_new_array(arena, struct support, table.row_count);
    if (supports->items == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    for (uint32_t row = 0; row < table.row_count && status == ANNALS_OK; row++)
        status = read_row(&table, row, supports, inflections, error);
    return status;
}

bool supports_hold(const struct supports *supports, const struct token *verb,
                   enum support_role role, uint64_t preposition)
{
    uint32_t length;
    uint32_t handle = phrases_find(&supports->words, &verb->lemma_hash, sizeof *verb, 1, &length);
    if (handle == PHRASE_NONE)
        handle = phrases_find(&supports->words, &verb->hash, sizeof *verb, 1, &length);
    while (handle != PHRASE_NONE) {
        const struct support *support =
            &supports->items[phrases_value(&supports->words, handle, &handle)];
        if (support->role == role && support->with == preposition)
            return true;
    }
    return false;
}

bool supports_by_itself(const struct tree *tree, uint32_t word)
{
    const struct token *verb = &tree->tokens[word];
    if (supports_hold(tree->supports, verb, SUPPORT_ITSELF, 0))
        return true;
    for (uint32_t child = tree->first_child[word]; child != NONE;
         child = tree->next_sibling[child]) {
        uint32_t preposition = tree_child(tree, child, REL_CASE);
        if (tree->tokens[child].relation == REL_OBL && preposition == word + 1 &&
            supports_hold(tree->supports, verb, SUPPORT_ITSELF, tree->tokens[preposition].hash))
            return true;
    }
    return false;
}
