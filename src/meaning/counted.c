/* What an amount counts.
 * Method: with a tree, the head of a nummod, or what hangs on the amount by "of"; an amount that is a
 * subject or object by itself counts nothing that is named, unless the sentence opens with the whole
 * ("Of the 900 fighters, only 325 …"). Without a tree, the last word of the noun phrase to the right.
 * What is left out: a noun that stands sentences before ("Another 23 laid down their arms"). */
#include "meaning/counted.h"

static bool is_one_of(const struct atom *atom, const char *const *words)
{
    for (; *words != NULL; words++)
        if (atom_is(atom, *words))
            return true;
    return false;
}

static bool is_nominal(enum word_class upos)
{
    return upos == UPOS_NOUN || upos == UPOS_PROPN;
}

/* Words that end a noun phrase where there are no tags. */
static bool ends_phrase(const struct atom *atom)
{
    static const char *const words[] = {
        "in",    "on",     "at",    "of",    "to",   "from", "by",   "with",  "for",   "and",
        "or",    "were",   "was",   "are",   "is",   "had",  "have", "has",   "been",  "be",
        "who",   "which",  "that",  "after", "before", "during", "when", "while", "as", "said",
        "died",  "fled",   "killed", "wounded", "injured", "surrendered", "but", "near", "into",
        "will",  "would",  "not",   "including", "since", "because", "under", "over", "against",
        "around", "across", "between", "than", "dead", "missing", "more", "others", NULL};
    char first = atom->folded[0];
    return !((first >= 'a' && first <= 'z') || (unsigned char)first >= 0x80 || first == '-') ||
           is_one_of(atom, words);
}

/* The noun of the phrase that begins at atom `at`: its last word. */
static uint32_t noun_to_the_right(const struct document *document, const struct atom *atoms,
                                  uint32_t count, uint32_t at)
{
    uint32_t noun = NONE;
    for (; at < count; at++) {
        const struct token *token = &document->tokens.items[atoms[at].token];
        if (token->upos != UPOS_NONE) {
            if (is_nominal(token->upos) && !atoms[at].digits)
                noun = atoms[at].token;
            else if (token->upos != UPOS_ADJ && token->upos != UPOS_DET &&
                     token->upos != UPOS_ADV && token->upos != UPOS_NUM &&
                     !(token->flags & TOKEN_HYPHEN) &&
                     !(token->upos == UPOS_VERB && noun == NONE &&
                       (token->features & WORD_PARTICIPLE) != 0))
                break;
        } else {
            if (ends_phrase(&atoms[at]))
                break;
            if (!atom_is(&atoms[at], "-"))
                noun = atoms[at].token;
        }
    }
    return noun;
}

/* The determiner after an "of" that says the amount is part of a whole: "of the 900 fighters". */
static bool is_whole(const struct atom *atoms, uint32_t count, uint32_t at)
{
    static const char *const words[] = {"the", "his", "her", "its", "their", "our", "my", "those",
                                        "these", "them", "us", "whom", "which", NULL};
    /* "US" is no pronoun. */
    bool name = at < count && atoms[at].capitalised && atoms[at].length == 2;
    return at < count && !name && (is_one_of(&atoms[at], words) || atoms[at].digits);
}

/* After "of": the noun that the tree gives it, else the phrase to the right without determiner and
 * number. */
static uint32_t after_of(const struct document *document, const struct atom *atoms, uint32_t count,
                         uint32_t at)
{
    const struct token *of = &document->tokens.items[atoms[at - 1].token];
    if (of->relation == REL_CASE && of->head != NONE && of->head > atoms[at - 1].token) {
        enum word_class upos = document->tokens.items[of->head].upos;
        /* "Nine of them children". */
        if (upos == UPOS_PRON)
            return noun_to_the_right(document, atoms, count, at + 1);
        return is_nominal(upos) || upos == UPOS_ADJ ? of->head : NONE;
    }
    uint32_t start = at;
    while (at < count && at < start + 3 && is_whole(atoms, count, at))
        at++;
    return noun_to_the_right(document, atoms, count, at);
}

/* "Of the 900 fighters, only 325": the noun of the opening phrase. */
static uint32_t opening_whole(const struct document *document, const struct atom *atoms,
                              uint32_t count, const struct amount *amount)
{
    if (count < 4 || !atom_is(&atoms[0], "of") || amount->first < 3 || !is_whole(atoms, count, 1))
        return NONE;
    for (uint32_t i = 1; i < amount->first; i++)
        if (atom_is(&atoms[i], ","))
            return after_of(document, atoms, i, 1);
    return NONE;
}

/* "16 interior MINISTRY troops": one ministry cannot be sixteen. Not "a three-day raid". */
static bool is_one_of_many(const struct document *document, uint32_t number, uint32_t noun)
{
    const struct token *tokens = document->tokens.items;
    uint32_t above = tokens[noun].head;
    return noun > number + 1 && tokens[number + 1].folded[0] != '-' &&
           tokens[noun].relation == REL_COMPOUND && above != NONE && above > noun &&
           (tokens[noun].features & WORD_SINGULAR) != 0 && tokens[noun].upos == UPOS_NOUN &&
           (tokens[above].features & WORD_PLURAL) != 0;
}

static uint32_t counted_by_tree(const struct document *document, uint32_t token)
{
    const struct token *number = &document->tokens.items[token];
    bool modifies = number->relation == REL_NUMMOD ||
                    ((number->relation == REL_AMOD || number->relation == REL_DET) &&
                     number->head > token);
    if (number->head == NONE || !modifies)
        return NONE;
    const struct token *head = &document->tokens.items[number->head];
    /* "13,000 remaining forces": the number may hang on the participle. */
    if (head->upos == UPOS_VERB && head->relation == REL_AMOD && head->head != NONE)
        return head->head;
    if (is_one_of_many(document, token, number->head))
        return head->head;
    return is_nominal(head->upos) || head->upos == UPOS_ADJ ? number->head : NONE;
}

bool is_strength(const struct atom *atoms, uint32_t count, uint32_t at)
{
    static const char *const words[] = {"man", "strong", "member", "person", NULL};
    return at + 1 < count && atom_is(&atoms[at], "-") && is_one_of(&atoms[at + 1], words);
}

struct counted counted_find(const struct document *document, const struct atom *atoms,
                            uint32_t count, const struct amount *amount)
{
    struct counted counted = {NONE, NONE};
    uint32_t at = amount->end;
    bool strong = is_strength(atoms, count, at);
    if (amount->comma)
        at++;
    if (strong)
        at += 2;
    if (at < count && (atom_is(&atoms[at], "more") || atom_is(&atoms[at], "other")) &&
        at + 1 < count)
        at++;
    if (at < count && atom_is(&atoms[at], "of")) {
        counted.noun = after_of(document, atoms, count, at + 1);
        if (is_whole(atoms, count, at + 1))
            counted.part_of = counted.noun;
        return counted;
    }
    if (!strong && !amount->suffix)
        counted.noun = counted_by_tree(document, atoms[amount->number_end - 1].token);
    if (counted.noun != NONE && counted.noun < atoms[amount->number].token)
        counted.noun = NONE; /* "Article 5" */
    if (counted.noun == NONE)
        counted.noun = noun_to_the_right(document, atoms, count, at);
    if (counted.noun == NONE)
        counted.part_of = opening_whole(document, atoms, count, amount);
    return counted;
}
