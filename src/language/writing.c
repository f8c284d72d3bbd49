/* How English is written: reads dictionaries/en/writing.tsv into one table of words.
 *
 * A form stands in several rows where it is of several kinds; the rows are merged into one word, so
 * that the tokeniser pays one look-up a word. Left out: spelling variants and other languages. */
#include "language/writing.h"

#include "bytes/hash.h"
#include "dictionary/table.h"

static const struct written_word plain_word = {0, NULL};

static uint32_t kind_called(const char *name)
{
#define ROW(kind, bit, text)                                                                       \
    if (strcmp(name, text) == 0)                                                                   \
        return WRITING_##kind;
    WRITING_TABLE(ROW)
#undef ROW
    return 0;
}

/* The parts of a joined word must be the word itself. */
static bool parts_fit(const char *form, const char *parts)
{
    for (; *parts != '\0'; parts++) {
        if (*parts == '|')
            continue;
        if (*form != *parts)
            return false;
        form++;
    }
    return *form == '\0';
}

static annals_status read_row(struct writing *writing, const struct table *table, uint32_t row,
                              annals_error *error)
{
    const char *form = table_cell(table, row, "form");
    const char *parts = table_cell(table, row, "parts");
    uint32_t kind = kind_called(table_cell(table, row, "kind"));
    size_t length = strlen(form);
    if (kind == 0)
        return table_fail(table, row, error, "the kind \"%s\" is not known",
                          table_cell(table, row, "kind"));
    if (length == 0)
        return table_fail(table, row, error, "the form is empty");
    if ((kind == WRITING_JOINED) != (parts[0] != '\0') ||
        (kind == WRITING_JOINED && !parts_fit(form, parts)))
        return table_fail(table, row, error, "the parts of \"%s\" are not the word itself", form);
    uint64_t hash = hash_bytes(form, length);
    uint32_t found_length = 0;
    uint32_t handle = phrases_find(&writing->phrases, &hash, sizeof hash, 1, &found_length);
    uint32_t next, index = writing->word_count;
    if (handle != PHRASE_NONE)
        index = phrases_value(&writing->phrases, handle, &next);
    else if (phrases_add(&writing->phrases, form, length, index))
        writing->word_count++;
    else
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    writing->words[index].kinds |= kind;
    if (kind == WRITING_JOINED)
        writing->words[index].parts = parts;
    return ANNALS_OK;
}

annals_status writing_open(struct writing *writing, const struct stage_setting *setting,
                           annals_error *error)
{
    static const char *const columns[] = {"id", "form", "kind", "parts", NULL};
    struct table table;
    const char *path = stage_path(setting, "dictionaries", "en/writing.tsv");
    if (path == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    annals_status status = table_read_columns(&table, setting->arena, path, columns, error);
    if (status != ANNALS_OK)
        return status;
    phrases_init(&writing->phrases, setting->arena);
    writing->word_count = 0;
    writing->words = arena_new_array(setting->arena, struct written_word, table.row_count);
    if (writing->words == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    for (uint32_t row = 0; row < table.row_count && status == ANNALS_OK; row++)
        status = read_row(writing, &table, row, error);
    return status;
}

const struct written_word *writing_find(const struct writing *writing, uint64_t hash)
{
    uint32_t length, next;
    uint32_t handle = phrases_find(&writing->phrases, &hash, sizeof hash, 1, &length);
    if (handle == PHRASE_NONE)
        return &plain_word;
    return &writing->words[phrases_value(&writing->phrases, handle, &next)];
}
