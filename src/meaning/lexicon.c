/* Single words with a class and a value.
 * Method: each word is a phrase of one word (dictionary/phrases.h) whose values are indexes of
 * entries. What is left out: expressions of several words, which are rules (time_rules.h). */
#include "meaning/lexicon.h"

#include <stdlib.h>

void lexicon_init(struct lexicon *lexicon, struct arena *arena)
{
    phrases_init(&lexicon->words, arena);
    array_init(&lexicon->entries, arena);
}

bool lexicon_add_word(struct lexicon *lexicon, const char *word, size_t length,
                      struct lexicon_entry entry)
{
    struct lexicon_entry *added = array_push(&lexicon->entries);
    if (added == NULL)
        return false;
    *added = entry;
    return phrases_add(&lexicon->words, word, length, lexicon->entries.count - 1);
}

static bool read_guard(const char *text, uint8_t *guard)
{
    static const char *const names[] = {"", "capital", "lower", "noun"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(text, names[i]) == 0) {
            *guard = (uint8_t)i;
            return true;
        }
    }
    return false;
}

annals_status lexicon_add(struct lexicon *lexicon, const struct table *table,
                          int (*class_of)(void *context, const char *name),
                          bool (*value_of)(const char *name, double *value), void *context,
                          annals_error *error)
{
    for (uint32_t row = 0; row < table->row_count; row++) {
        struct lexicon_entry entry = {.row = row};
        const char *name = table_cell(table, row, "class"), *item;
        const char *value = table_cell(table, row, "value");
        int word_class = class_of(context, name);
        if (word_class < 0)
            return table_fail(table, row, error, "\"%s\" is not a class of words", name);
        entry.word_class = (uint16_t)word_class;
        char *end;
        entry.value = strtod(value, &end);
        if ((*value == '\0' || *end != '\0') && (value_of == NULL || !value_of(value, &entry.value)))
            return table_fail(table, row, error, "\"%s\" is not a value", value);
        if (!read_guard(table_cell(table, row, "when"), &entry.guard))
            return table_fail(table, row, error, "`when` is not empty, capital, lower or noun");
        const char *at = table_cell(table, row, "words");
        size_t length;
        while (table_next_item(&at, &item, &length))
            if (!lexicon_add_word(lexicon, item, length, entry))
                return table_fail(table, row, error, "this word could not be added: %.*s",
                                  (int)length, item);
    }
    return ANNALS_OK;
}
