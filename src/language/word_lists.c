/* The lists of words that the code asks for by name, in one hash table from words to bits.
 *
 * Cost: two probes a token, whatever the number of lists; 100 bytes a word of the table. */
#include "language/word_lists.h"

#include "bytes/hash.h"
#include "dictionary/table.h"

#include <string.h>

struct word_lists_slot {
    uint64_t key; /* hash_bytes of the word; 0 marks a free slot */
    struct word_listing *listing;
};

static const char *const list_ids[] = {
#define ROW(name, id) id,
    WORD_LISTS(ROW)
#undef ROW
};

static const char *const columns[] = {"id", "words", "of", "says", NULL};

static enum word_list list_of(const char *id)
{
    for (int i = 0; i < WORD_LIST_COUNT; i++)
        if (strcmp(list_ids[i], id) == 0)
            return (enum word_list)i;
    return WORD_LIST_COUNT;
}

static uint32_t slot_of(const struct word_lists *lists, uint64_t key)
{
    uint32_t mask = lists->slot_count - 1, at = (uint32_t)key & mask;
    while (lists->slots[at].key != 0 && lists->slots[at].key != key)
        at = (at + 1) & mask;
    return at;
}

static struct word_listing *add_word(struct word_lists *lists, const char *word, size_t length)
{
    uint64_t key = hash_bytes(word, length);
    struct word_lists_slot *slot = &lists->slots[slot_of(lists, key)];
    if (slot->listing == NULL) {
        slot->key = key;
        slot->listing = &lists->items[lists->count++];
    }
    return slot->listing;
}

static annals_status read_row(struct word_lists *lists, const struct table *table, uint32_t row,
                              bool found[WORD_LIST_COUNT], annals_error *error)
{
    const char *of = table_cell(table, row, "of"), *at = table_cell(table, row, "words"), *word;
    enum word_list list = list_of(table_cell(table, row, "id"));
    bool either = strcmp(of, "either") == 0;
    bool written = either || strcmp(of, "word") == 0, lemma = either || strcmp(of, "lemma") == 0;
    size_t length;
    if (list == WORD_LIST_COUNT)
        return table_fail(table, row, error, "no list that annals asks for");
    if (!written && !lemma)
        return table_fail(table, row, error, "of: word, lemma or either expected, not \"%s\"", of);
    if (found[list])
        return table_fail(table, row, error, "a second line of this list");
    found[list] = true;
    uint64_t bit = UINT64_C(1) << (list % 64);
    while (table_next_item(&at, &word, &length)) {
        struct word_listing *listing = add_word(lists, word, length);
        listing->written[list / 64] |= written ? bit : 0;
        listing->lemma[list / 64] |= lemma ? bit : 0;
    }
    return ANNALS_OK;
}

static uint32_t count_words(const struct table *table)
{
    uint32_t count = 0;
    for (uint32_t row = 0; row < table->row_count; row++) {
        const char *at = table_cell(table, row, "words"), *word;
        size_t length;
        while (table_next_item(&at, &word, &length))
            count++;
    }
    return count;
}

annals_status word_lists_read(struct word_lists *lists, const struct stage_setting *setting,
                              annals_error *error)
{
    struct table table;
    bool found[WORD_LIST_COUNT] = {false};
    const char *path = stage_path(setting, "dictionaries/en", "word_lists.tsv");
    if (path == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    annals_status status = table_read_columns(&table, setting->arena, path, columns, error);
    if (status != ANNALS_OK)
        return status;
    uint32_t most = count_words(&table);
    *lists = (struct word_lists){.slot_count = 64};
    while (lists->slot_count < 2 * most)
        lists->slot_count *= 2;
    lists->items = arena_new_array(setting->arena, struct word_listing, most);
    lists->slots = arena_new_array(setting->arena, struct word_lists_slot, lists->slot_count);
    if (lists->items == NULL || lists->slots == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    for (uint32_t row = 0; row < table.row_count && status == ANNALS_OK; row++)
        status = read_row(lists, &table, row, found, error);
    for (int i = 0; i < WORD_LIST_COUNT && status == ANNALS_OK; i++)
        if (!found[i]) {
            error_set(error, ANNALS_MALFORMED, "the list \"%s\" is missing", list_ids[i]);
            status = error_at(error, path, 0, 0, -1);
        }
    return status;
}

static const struct word_listing *listing_of(const struct word_lists *lists, uint64_t key)
{
    return lists->slots[slot_of(lists, key)].listing;
}

void word_lists_mark(const struct word_lists *lists, struct token *token)
{
    token->listed = token->lemma_listed = listing_of(lists, token->hash);
    if (strcmp(token->lemma, token->folded) != 0)
        token->lemma_listed = listing_of(lists, hash_bytes(token->lemma, strlen(token->lemma)));
}
