/* Regular English inflection (Quirk et al. 1985, 3.2 to 3.10 and 5.80), and the table of irregular
 * verbs. Stress is not known, so a last consonant is both doubled and left single. */
#include "meaning/inflections.h"

#include <string.h>

annals_status inflections_read(struct inflections *inflections, struct arena *arena,
                               const char *path, annals_error *error)
{
    static const char *const columns[] = {"id", "words", NULL};
    return table_read_columns(&inflections->irregular, arena, path, columns, error);
}

static bool is_vowel(char letter)
{
    return strchr("aeiou", letter) != NULL;
}

static bool add(struct phrases *phrases, const char *stem, size_t length, const char *ending,
                uint32_t value)
{
    char form[64];
    size_t ending_length = strlen(ending);
    if (length + ending_length >= sizeof form)
        return true;
    memcpy(form, stem, length);
    memcpy(form + length, ending, ending_length);
    return phrases_add(phrases, form, length + ending_length, value);
}

static bool ends_in_hiss(const char *word, size_t length)
{
    char last = word[length - 1], before = length > 1 ? word[length - 2] : ' ';
    return last == 's' || last == 'x' || last == 'z' ||
           (last == 'h' && (before == 'c' || before == 's'));
}

/* "-s" of nouns and verbs. */
static bool add_s(struct phrases *phrases, const char *word, size_t length, uint32_t value)
{
    if (word[length - 1] == 'y' && !is_vowel(word[length - 2]))
        return add(phrases, word, length - 1, "ies", value);
    return add(phrases, word, length, ends_in_hiss(word, length) ? "es" : "s", value);
}

static bool add_ed_and_ing(struct phrases *phrases, const char *word, size_t length, uint32_t value)
{
    char last = word[length - 1];
    if (last == 'e')
        return add(phrases, word, length, "d", value) &&
               add(phrases, word, length - 1, "ing", value);
    if (last == 'y' && !is_vowel(word[length - 2]))
        return add(phrases, word, length - 1, "ied", value) &&
               add(phrases, word, length, "ing", value);
    bool good =
        add(phrases, word, length, "ed", value) && add(phrases, word, length, "ing", value);
    if (good && !is_vowel(last) && strchr("wxy", last) == NULL && is_vowel(word[length - 2])) {
        char doubled[] = {last, 'e', 'd', '\0'};
        char running[] = {last, 'i', 'n', 'g', '\0'};
        good = add(phrases, word, length, doubled, value) &&
               add(phrases, word, length, running, value);
    }
    return good;
}

bool inflections_add_verb(const struct inflections *inflections, struct phrases *phrases,
                          const char *word, size_t length, uint32_t value)
{
    if (length < 2 || memchr(word, ' ', length) != NULL)
        return true;
    const struct table *table = &inflections->irregular;
    int id = table_column(table, "id");
    for (uint32_t row = 0; row < table->row_count; row++) {
        const char *base = table->rows[row].cells[id];
        if (strncmp(base, word, length) != 0 || base[length] != '\0')
            continue;
        const char *at = table_cell(table, row, "words"), *form;
        size_t form_length;
        while (table_next_item(&at, &form, &form_length))
            if (!phrases_add(phrases, form, form_length, value))
                return false;
    }
    return add_s(phrases, word, length, value) && add_ed_and_ing(phrases, word, length, value);
}

bool inflections_add_noun(struct phrases *phrases, const char *word, size_t length, uint32_t value)
{
    if (length < 2 || memchr(word, ' ', length) != NULL)
        return true;
    return add_s(phrases, word, length, value);
}
