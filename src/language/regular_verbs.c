/* Lemmas of regular verbs that no treebank showed.
 *
 * Method: what stands before -ed or -ing is the verb, or lacks an "e", or has its last letter
 * twice. A short vowel before one consonant doubles it, so that "hoping" is of "hope"; else what
 * the vocabulary knows is right; else the letters that no English verb ends in without an "e"
 * ("struggl", "collaps"). Leaves out: -ied, which the learned rules know. */
#include "language/regular_verbs.h"

#include <string.h>

/* How the lemma is made of the form. */
enum making { BARE, WITH_E, UNDOUBLED, MAKINGS };

static const struct lemma_rule of_ed[MAKINGS] = {{2, 0, ""}, {1, 0, ""}, {3, 0, ""}};
static const struct lemma_rule of_ing[MAKINGS] = {{3, 0, ""}, {3, 1, "e"}, {4, 0, ""}};

static bool is_vowel(char letter)
{
    return letter != '\0' && strchr("aeiou", letter) != NULL;
}

static bool has_vowel(const char *stem, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (is_vowel(stem[i]) || stem[i] == 'y')
            return true;
    return false;
}

/* "hop", "us", "rul": a verb of this shape would have its last letter twice. */
static bool is_short(const char *stem, size_t length)
{
    if (length < 2 || is_vowel(stem[length - 1]) || strchr("wxy", stem[length - 1]) != NULL ||
        !is_vowel(stem[length - 2]))
        return false;
    return !has_vowel(stem, length - 2);
}

static bool is_doubled(const char *stem, size_t length)
{
    return length > 3 && stem[length - 1] == stem[length - 2] && !is_vowel(stem[length - 1]);
}

/* No English verb ends so: "declar", "conced", "invad" do not show it, "struggl" and "collaps" do.
 */
static bool lacks_e(const char *stem, size_t length)
{
    char last = stem[length - 1], before = length > 1 ? stem[length - 2] : 'a';
    if (strchr("cvuz", last) != NULL)
        return true;
    if (last == 'l')
        return !is_vowel(before) && strchr("lrwy", before) == NULL;
    if (last == 's')
        return before != 's' && (is_vowel(before) || strchr("nlpr", before) != NULL);
    return last == 'g' && strchr("drl", before) != NULL;
}

static bool is_known(const struct lemmatiser *lemmatiser, const struct lemma_rule *rule,
                     const char *folded, size_t length)
{
    return lemmatiser->known != NULL &&
           lemma_rule_makes_known(rule, folded, length, lemmatiser->known, lemmatiser->context);
}

const struct lemma_rule *regular_verb_rule(const struct lemmatiser *lemmatiser, const char *folded,
                                           size_t length, const struct lemma_rule *learned)
{
    bool ed = length > 4 && memcmp(folded + length - 2, "ed", 2) == 0;
    bool ing = length > 4 && memcmp(folded + length - 3, "ing", 3) == 0;
    const struct lemma_rule *made = ed ? of_ed : of_ing;
    size_t stem = length - (ed ? 2 : 3);
    if ((!ed && !ing) || strchr("iyeo", folded[stem - 1]) != NULL || !has_vowel(folded, stem))
        return learned;
    if (is_short(folded, stem))
        return &made[WITH_E];
    if (learned != NULL && is_known(lemmatiser, learned, folded, length))
        return learned;
    bool doubled = is_doubled(folded, stem);
    for (int i = 0; i < MAKINGS; i++)
        if ((i != UNDOUBLED || doubled) && is_known(lemmatiser, &made[i], folded, length))
            return &made[i];
    if (doubled && strchr("lsfz", folded[stem - 1]) == NULL)
        return &made[UNDOUBLED];
    return lacks_e(folded, stem) ? &made[WITH_E] : learned;
}
