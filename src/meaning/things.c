/* What nouns stand for that are no actors. */
#include "meaning/things.h"

#include "dictionary/table.h"

annals_status things_read(struct things *things, struct arena *arena, const char *path,
                          annals_error *error)
{
    static const char *const columns[] = {"id", "words", "kind", "detail", NULL};
    struct table table;
    annals_status status = table_read_columns(&table, arena, path, columns, error);
    if (status != ANNALS_OK)
        return status;
    phrases_init(&things->words, arena);
    things->count = table.row_count;
    things->items = arena_new_array(arena, struct thing, table.row_count);
    if (things->items == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    for (uint32_t row = 0; row < table.row_count; row++) {
        things->items[row].kind = table_cell(&table, row, "kind");
        things->items[row].detail = table_cell(&table, row, "detail");
        const char *at = table_cell(&table, row, "words"), *word;
        size_t length;
        while (table_next_item(&at, &word, &length))
            if (!phrases_add(&things->words, word, length, row))
                return table_fail(&table, row, error, "a word that cannot be added");
    }
    return ANNALS_OK;
}

const struct thing *things_find(const struct things *things, const uint64_t *lemmas,
                                uint32_t count)
{
    uint32_t length, next;
    uint32_t handle = phrases_find(&things->words, lemmas, sizeof *lemmas, count, &length);
    if (handle == PHRASE_NONE || length != count)
        return NULL;
    return &things->items[phrases_value(&things->words, handle, &next)];
}
