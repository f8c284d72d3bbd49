/* Finds sentences in which a report itself says that what it tells is disputed, unknown or cannot
 * be checked ("a figure disputed by the government"), or in which it gives another number for what
 * it has just counted ("that number could be as high as 15,000").
 *
 * A sign is a run of words; one that speaks of what stands before it in its own sentence begins
 * with a comma ("..., a figure disputed by", "..., though they deny it") or is marked so. Only
 * sentences with a sign are read out, so the cost is that of one walk over the texts. Left out:
 * doubt that has none of these words. */
#include "record/doubts.h"

#include "record/signs.h"

#include <ctype.h>

enum { SIGN_WORDS = 6 };

/* A run of words: each is one of a list; `...` is as in signs.h. */
static const struct sign {
    const char *words[SIGN_WORDS]; /* alternatives parted by '|' */
    bool within, counted;
} signs[] = {
    {{",", "a|an", "figure|claim|number|toll|account|report|version|charge|accusation|assertion",
      "disputed|denied|rejected|questioned|contested|contradicted"},
     true,
     false},
    {{",", "though|although|but|which|while", "...",
      "denies|deny|denied|disputes|dispute|disputed|rejects|rejected"},
     true,
     false},
    {{",", "though|although|but", "...", "not|never|nobody|none", "claim|claimed"}, true, false},
    {{"is|was|remains|remained", "unclear|unknown|disputed|contested", ","}, true, false},
    {{"could|can", "not", "be", "...", "verified|confirmed|checked"}, false, false},
    {{"impossible|unable|difficult|hard", "to", "verify|confirm|check"}, false, false},
    {{"no", "independent", "confirmation|evidence|account"}, false, false},
    {{"no", "word|agreement|certainty", "on|about", "whether"}, false, false},
    {{"that|the|this", "number|figure|toll|count|total", "could|may|might|would", "be|reach|rise"},
     false,
     true},
    {{"real|true|actual", "number|figure|toll|count|total", "is|was|may|could|might"}, false, true},
};

enum { SIGN_COUNT = sizeof signs / sizeof signs[0] };

/* The first sign in the sentence, and where it begins; NULL where it has none. */
static const struct sign *find_sign(const char *sentence, const char **at)
{
    char word[SIGN_LETTERS];
    const char *next = sentence;
    while (sign_read_word(&next, word, at))
        for (int i = 0; i < SIGN_COUNT; i++)
            if (sign_is_among(word, signs[i].words[0]) &&
                sign_end(signs[i].words, SIGN_WORDS, *at) != NULL)
                return &signs[i];
    return NULL;
}

static bool has_digit(const char *text)
{
    while (*text != '\0' && !isdigit((unsigned char)*text))
        text++;
    return *text != '\0';
}

struct search {
    doubt_visitor visit;
    void *context;
    struct arena arena;
};

static annals_status visit_sentence(void *context, const struct walked *walked)
{
    struct search *search = context;
    const char *sentence = walked->sentence, *at;
    const struct sign *sign = find_sign(sentence, &at);
    if (sign == NULL || (sign->counted && !has_digit(at)))
        return ANNALS_OK;
    struct doubt doubt = {.name = walked->name,
                          .source = walked->source,
                          .published = walked->published,
                          .sentence = sentence,
                          .start = walked->start + (uint32_t)(at - sentence),
                          .within = sign->within,
                          .counted = sign->counted};
    memcpy(doubt.report, walked->report, sizeof doubt.report);
    doubt.before = arena_copy(&search->arena, sentence, (size_t)(at - sentence));
    doubt.words = at + strspn(at, ", ");
    if (doubt.before == NULL)
        return ANNALS_NO_MEMORY;
    annals_status status = search->visit(search->context, &doubt);
    arena_reset(&search->arena);
    return status;
}

annals_status doubts_find(struct record *record, doubt_visitor visit, void *context,
                          annals_error *error)
{
    struct search search = {.visit = visit, .context = context};
    arena_init(&search.arena);
    annals_status status = sentences_walk(record, visit_sentence, &search, error);
    arena_release(&search.arena);
    return status;
}
