/* Words that tell of what kind an actor is: reads dictionaries/en/actor_words.tsv.
 *
 * Method: each word is a phrase of one word whose values are rows; a word of several kinds stands
 * in several rows. A token is compared by its folded form, not its lemma: "forces" makes a name
 * that of a body, "forced" does not. Leaves out: names of several words, which are entries of the
 * world's tables. */
#include "meaning/actor_words.h"

#include "dictionary/table.h"

#include <string.h>

/* 0 where no kind is called so. */
static uint16_t kind_called(const char *name)
{
    static const struct {
        const char *name;
        enum actor_word_kind kind;
    } kinds[] = {
        {"apart", ACTOR_WORD_APART},   {"armed", ACTOR_WORD_ARMED},       {"body", ACTOR_WORD_BODY},
        {"group", ACTOR_WORD_GROUP},   {"groups", ACTOR_WORD_GROUPS},     {"tie", ACTOR_WORD_TIE},
        {"title", ACTOR_WORD_TITLE},   {"cabinet", ACTOR_WORD_CABINET},   {"past", ACTOR_WORD_PAST},
        {"abroad", ACTOR_WORD_ABROAD}, {"opposite", ACTOR_WORD_OPPOSITE},
        {"deed", ACTOR_WORD_DEED},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(name, kinds[i].name) == 0)
            return (uint16_t)kinds[i].kind;
    return 0;
}

annals_status actor_words_read(struct actor_words *words, struct arena *arena, const char *path,
                               annals_error *error)
{
    static const char *const columns[] = {"id", "kind", "words", NULL};
    struct table table;
    annals_status status = table_read_columns(&table, arena, path, columns, error);
    if (status != ANNALS_OK)
        return status;
    phrases_init(&words->words, arena);
    words->kinds = arena_new_array(arena, uint16_t, table.row_count);
    if (words->kinds == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    for (uint32_t row = 0; row < table.row_count; row++) {
        const char *kind = table_cell(&table, row, "kind");
        words->kinds[row] = kind_called(kind);
        if (words->kinds[row] == 0)
            return table_fail(&table, row, error, "the kind \"%s\" is not known", kind);
        const char *at = table_cell(&table, row, "words"), *word;
        size_t length;
        while (table_next_item(&at, &word, &length))
            if (!phrases_add(&words->words, word, length, row))
                return table_fail(&table, row, error, "a word that cannot be added");
    }
    return ANNALS_OK;
}

bool actor_words_has(const struct actor_words *words, const struct token *token,
                     enum actor_word_kind kind)
{
    uint32_t length, handle = phrases_find(&words->words, &token->hash, sizeof *token, 1, &length);
    while (handle != PHRASE_NONE)
        if ((words->kinds[phrases_value(&words->words, handle, &handle)] & kind) != 0)
            return true;
    return false;
}

bool actor_words_hold(const struct actor_words *words, const struct document *document,
                      struct token_range range, enum actor_word_kind kind)
{
    for (uint32_t i = range.first; i < range.end; i++)
        if (actor_words_has(words, &document->tokens.items[i], kind))
            return true;
    return false;
}
