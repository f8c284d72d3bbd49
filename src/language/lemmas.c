/* Lemmas of words; the rules stand in classifiers/lemma_rules.h. A name's lemma is made of the
 * word as written where folding kept its bytes (so that what the rule cuts is the same), else of
 * the folded word. */
#include "language/lemmas.h"

#include "bytes/hash.h"

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

bool lemma_set(const struct lemmatiser *lemmatiser, const struct document *document,
               struct token *token)
{
    size_t length = token->folded_length;
    const struct lemma_rule *rule =
        lemma_rules_find(&lemmatiser->rules, token->folded, length,
                         lemma_class(token->upos, token->features), lemma_class(token->upos, 0),
                         lemmatiser->known, lemmatiser->context);
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
