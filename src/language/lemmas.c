/* Lemmas of words; the rules stand in classifiers/lemma_rules.h, irregular verbs that the treebank
 * did not show in dictionaries/en/verbs.tsv. A name's lemma is made of the
 * word as written where folding kept its bytes (so that what the rule cuts is the same), else of
 * the folded word. */
#include "language/lemmas.h"

#include "bytes/hash.h"
#include "dictionary/table.h"
#include "language/regular_verbs.h"

uint32_t lemma_class(uint32_t upos, uint32_t features)
{
    uint32_t shown = WORD_SINGULAR | WORD_PLURAL | WORD_FINITE | WORD_INFINITIVE | WORD_GERUND |
                     WORD_PARTICIPLE | WORD_PAST | WORD_PRESENT | WORD_THIRD | WORD_COMPARATIVE |
                     WORD_SUPERLATIVE;
    return (uint32_t)(hash_join(upos, features & shown) >> 33);
}

/* `bytes` with the rule applied, in the document's arena. */
static char *apply(struct arena *arena, const char *bytes, size_t length,
                   const struct lemma_rule *rule)
{
    size_t kept = length - (rule == NULL ? 0 : rule->cut);
    char *lemma = arena_allocate(arena, kept + LEMMA_GROWTH);
    if (lemma == NULL)
        return NULL;
    memcpy(lemma, bytes, kept);
    if (rule != NULL)
        memcpy(lemma + kept, rule->text, rule->added);
    return lemma;
}

static int compare_irregulars(const void *left, const void *right)
{
    const struct irregular *a = left, *b = right;
    int order = strcmp(a->form, b->form);
    return order != 0 ? order : strcmp(a->lemma, b->lemma);
}

/* Adds the forms of a cell; with `irregulars` NULL only counts them. */
static uint32_t add_forms(struct arena *arena, struct irregular *irregulars, uint32_t count,
                          const char *cell, const char *lemma)
{
    const char *item;
    size_t length;
    while (table_next_item(&cell, &item, &length)) {
        if (irregulars != NULL)
            irregulars[count] = (struct irregular){arena_copy(arena, item, length), lemma};
        count++;
    }
    return count;
}

annals_status lemmatiser_read_verbs(struct lemmatiser *lemmatiser,
                                    const struct stage_setting *setting, annals_error *error)
{
    static const char *const columns[] = {"id", "past", "participle", NULL};
    const char *path = stage_path(setting, "dictionaries/en", "verbs.tsv");
    struct table table;
    if (path == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    annals_status status = table_read_columns(&table, setting->arena, path, columns, error);
    if (status != ANNALS_OK)
        return status;
    struct irregular *irregulars = NULL;
    uint32_t count = 0;
    for (int pass = 0; pass < 2; pass++) {
        if (pass == 1)
            irregulars = arena_new_array(setting->arena, struct irregular, count);
        count = 0;
        for (uint32_t row = 0; row < table.row_count; row++)
            for (const char *const *column = columns + 1; *column != NULL; column++)
                count = add_forms(setting->arena, irregulars, count,
                                  table_cell(&table, row, *column),
                                  table_cell(&table, row, "id"));
        if (setting->arena->failed)
            return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    }
    qsort(irregulars, count, sizeof *irregulars, compare_irregulars);
    lemmatiser->irregulars = irregulars;
    lemmatiser->irregular_count = count;
    return ANNALS_OK;
}

/* The verb of an irregular past tense or participle, or NULL. */
static const char *irregular_lemma(const struct lemmatiser *lemmatiser, const struct token *token)
{
    if ((token->features & WORD_INFINITIVE) != 0 || token->upos != UPOS_VERB || lemmatiser->irregular_count == 0)
        return NULL;
    struct irregular wanted = {token->folded, ""};
    uint32_t low = 0, high = lemmatiser->irregular_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (compare_irregulars(&lemmatiser->irregulars[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == lemmatiser->irregular_count ||
        strcmp(lemmatiser->irregulars[low].form, token->folded) != 0)
        return NULL;
    return lemmatiser->irregulars[low].lemma;
}

bool lemma_set(const struct lemmatiser *lemmatiser, const struct document *document,
               struct token *token)
{
    size_t length = token->folded_length;
    uint32_t class_bits = lemma_class(token->upos, token->features);
    const struct lemma_rule *rule =
        lemma_rules_find(&lemmatiser->rules, token->folded, length, class_bits, lemmatiser->known,
                         lemmatiser->context);
    bool shown = lemma_rules_know(&lemmatiser->rules, token->folded, length, class_bits);
    const char *irregular = shown ? NULL : irregular_lemma(lemmatiser, token);
    if (irregular != NULL) {
        token->lemma = irregular;
        /* "overran" is past, whatever the tagger says of a form that it has never seen. */
        if ((token->features & WORD_PRESENT) != 0 && strcmp(irregular, token->folded) != 0)
            token->features = (token->features & ~(uint32_t)WORD_PRESENT) | WORD_PAST;
        token->lemma_hash = hash_bytes(irregular, strlen(irregular));
        return true;
    }
    if (!shown && token->upos == UPOS_VERB && (token->features & WORD_INFINITIVE) == 0)
        rule = regular_verb_rule(lemmatiser, token->folded, length, rule);
    token->lemma = token->folded;
    token->lemma_hash = token->hash;
    if (rule != NULL) {
        token->lemma = apply(document->arena, token->folded, length, rule);
        if (token->lemma == NULL)
            return false;
        token->lemma_hash = hash_bytes(token->lemma, strlen(token->lemma));
    }
    size_t written = token->span.end - token->span.start;
    if (token->upos != UPOS_PROPN || written != length)
        return true;
    char *name = apply(document->arena, document_bytes(document, token->span), written, rule);
    if (name != NULL && rule != NULL && (token->flags & TOKEN_ALL_CAPITALS) != 0)
        for (char *added = name + length - rule->cut; *added != '\0'; added++)
            if (*added >= 'a' && *added <= 'z')
                *added = (char)(*added - 'a' + 'A');
    token->lemma = name;
    return name != NULL;
}
