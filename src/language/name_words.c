/* Words that make names: reads dictionaries/en/name_words.tsv. Rows of one form are merged. */
#include "language/name_words.h"

#include "dictionary/table.h"

static const struct name_word plain_word = {0, GENDER_UNKNOWN, GENDER_UNKNOWN};

enum { TITLE_TOKENS = 4 };

static uint32_t kind_called(const char *name)
{
#define ROW(kind, bit, text)                                                                       \
    if (strcmp(name, text) == 0)                                                                   \
        return NAME_WORD_##kind;
    NAME_WORD_TABLE(ROW)
#undef ROW
    return 0;
}

enum entity_gender gender_called(const char *name)
{
    return strcmp(name, "male") == 0     ? GENDER_MALE
           : strcmp(name, "female") == 0 ? GENDER_FEMALE
           : strcmp(name, "neuter") == 0 ? GENDER_NEUTER
                                         : GENDER_UNKNOWN;
}

static annals_status read_row(struct name_words *words, const struct table *table, uint32_t row,
                              annals_error *error)
{
    const char *form = table_cell(table, row, "form");
    uint32_t kind = kind_called(table_cell(table, row, "kind"));
    if (kind == 0)
        return table_fail(table, row, error, "the kind \"%s\" is not known",
                          table_cell(table, row, "kind"));
    uint32_t handle = phrases_exact(&words->phrases, form, strlen(form)), next;
    uint32_t index = words->word_count;
    if (handle != PHRASE_NONE) {
        index = phrases_value(&words->phrases, handle, &next);
    } else {
        if (!phrases_add(&words->phrases, form, strlen(form), index))
            return table_fail(table, row, error, "the form is empty");
        words->word_count++;
    }
    struct name_word *word = &words->words[index];
    enum entity_gender gender = gender_called(table_cell(table, row, "gender"));
    word->kinds |= kind;
    if (kind == NAME_WORD_TITLE)
        word->title_gender = gender;
    else if (kind == NAME_WORD_FIRST)
        word->first_gender = gender;
    return ANNALS_OK;
}

annals_status name_words_open(struct name_words *words, const struct stage_setting *setting,
                              annals_error *error)
{
    static const char *const columns[] = {"id", "form", "kind", "gender", NULL};
    struct table table;
    const char *path = stage_path(setting, "dictionaries", "en/name_words.tsv");
    if (path == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    annals_status status = table_read_columns(&table, setting->arena, path, columns, error);
    if (status != ANNALS_OK)
        return status;
    phrases_init(&words->phrases, setting->arena);
    words->word_count = 0;
    words->words = arena_new_array(setting->arena, struct name_word, table.row_count);
    if (words->words == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    for (uint32_t row = 0; row < table.row_count && status == ANNALS_OK; row++)
        status = read_row(words, &table, row, error);
    return status;
}

const struct name_word *name_words_find(const struct name_words *words, uint64_t hash)
{
    uint32_t length, next;
    uint32_t handle = phrases_find(&words->phrases, &hash, sizeof hash, 1, &length);
    if (handle == PHRASE_NONE)
        return &plain_word;
    return &words->words[phrases_value(&words->phrases, handle, &next)];
}

uint32_t name_words_title(const struct name_words *words, const struct token *token, uint32_t count,
                          enum entity_gender *gender)
{
    uint32_t length, next;
    uint32_t handle = phrases_find(&words->phrases, &token->hash, sizeof *token,
                                   count < TITLE_TOKENS ? count : TITLE_TOKENS, &length);
    if (handle == PHRASE_NONE)
        return 0;
    const struct name_word *word = &words->words[phrases_value(&words->phrases, handle, &next)];
    if ((word->kinds & NAME_WORD_TITLE) == 0) {
        word = name_words_find(words, token->hash);
        length = 1;
    }
    *gender = word->title_gender;
    return (word->kinds & NAME_WORD_TITLE) != 0 ? length : 0;
}
