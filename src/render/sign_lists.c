/* Reads dictionaries/en/stances.tsv and doubts.tsv.
 *
 * A row's words are put in place of @set where another row names the set. Stances say whose they
 * are; doubts are nobody's. */
#include "render/sign_lists.h"

#include "bytes/buffer.h"
#include "dictionary/table.h"

static const char *set_words(const struct table *table, const char *name, size_t length)
{
    for (uint32_t i = 0; i < table->row_count; i++) {
        const char *id = table_cell(table, i, "id");
        if (strcmp(table_cell(table, i, "sign"), "set") == 0 && strncmp(id, "set.", 4) == 0 &&
            strlen(id) == length + 4 && strncmp(id + 4, name, length) == 0)
            return table_cell(table, i, "words");
    }
    return NULL;
}

/* The words of a row with the sets written out; NULL where one is not there. */
static const char *written_out(const struct table *table, uint32_t row, struct arena *arena)
{
    const char *words = table_cell(table, row, "words");
    struct buffer text;
    bool known = true;
    buffer_init(&text);
    while (*words != '\0' && known) {
        size_t length = strcspn(words, "@");
        buffer_add(&text, words, length);
        words += length;
        if (*words != '@')
            continue;
        length = strcspn(words + 1, " |");
        const char *set = set_words(table, words + 1, length);
        known = set != NULL;
        buffer_add_string(&text, known ? set : "");
        words += 1 + length;
    }
    const char *copy = known && !text.failed
                           ? arena_copy(arena, text.length > 0 ? text.bytes : "", text.length)
                           : NULL;
    buffer_release(&text);
    return copy;
}

static annals_status read_list(struct signs *signs, struct arena *arena, const char *data,
                               const char *file, annals_error *error)
{
    static const char *const columns[] = {"id", "sign", "words", "example", NULL};
    struct table table;
    const char *path = arena_print(arena, "%s/dictionaries/en/%s", data, file);
    if (path == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    annals_status status = table_read_columns(&table, arena, path, columns, error);
    for (uint32_t i = 0; status == ANNALS_OK && i < table.row_count; i++) {
        const char *name = table_cell(&table, i, "sign");
        enum sign_type type = sign_type_named(name);
        if (strcmp(name, "set") == 0)
            continue;
        if (type == SIGN_TYPES)
            return table_fail(&table, i, error, "no sign is called so: %s", name);
        const char *words = written_out(&table, i, arena);
        if (words == NULL)
            return table_fail(&table, i, error, "a set that is not there");
        signs_add(signs, table_cell(&table, i, "id"), type,
                  strcmp(table_cell(&table, i, "whose"), "after") == 0, words);
    }
    return status;
}

annals_status sign_lists_read(struct signs *signs, struct arena *arena, const char *data,
                              annals_error *error)
{
    signs_init(signs, arena);
    if (data == NULL)
        return ANNALS_OK;
    annals_status status = read_list(signs, arena, data, "stances.tsv", error);
    if (status == ANNALS_OK)
        status = read_list(signs, arena, data, "doubts.tsv", error);
    if (status == ANNALS_OK && arena->failed)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    return status;
}
