/* The second of two, hung as if it stood alone: "left one man dead AND TWO WOMEN WOUNDED", "Young
 * AND THE OTHER MAN fired", "the brothers are EACH charged", "saw them jump out and OPEN FIRE"; and
 * a clause with "that", hung on the name of the place where a deed was done.
 *
 * Method: the shape says that the parts are alike. Who is in a state beside who is in another is in
 * the same list; a verb has one subject; a bare infinitive is no twin of a finite verb; no clause
 * with "that" picks out one of several places of one name. They are put right in the tree itself,
 * as the clauses of rehung.c are. Leaves out: numbers alone ("and ten wounded"). */
#include "meaning/rehung.h"

#include "meaning/arguments_parts.h"
#include "meaning/supports.h"

static bool is_state(const struct tree *tree, uint32_t word)
{
    return tree_child(tree, word, REL_AUX) == NONE && tree_child(tree, word, REL_COP) == NONE &&
           tree_child(tree, word, REL_MARK) == NONE &&
           (tree->tokens[word].upos == UPOS_ADJ || arguments_past_participle(&tree->tokens[word]));
}

/* Who is in the first of two states, told by the state or by the verb above it; or NONE. */
static uint32_t who_is_in(const struct tree *tree, uint32_t first)
{
    const struct token *tokens = tree->tokens;
    uint32_t verb = first, state = first, above = tokens[first].head;
    if (tokens[first].relation == REL_AMOD)
        return above != NONE && above < first && tokens[above].relation == REL_OBJ &&
                       is_state(tree, first)
                   ? above
                   : NONE;
    if (tokens[first].relation == REL_XCOMP)
        verb = above;
    else
        state = tree_child_exactly(tree, first, REL_XCOMP);
    if (verb == NONE || state == NONE || tokens[verb].upos != UPOS_VERB || !is_state(tree, state))
        return NONE;
    uint32_t whom = tree_child_exactly(tree, verb, REL_OBJ);
    return whom != NONE && whom > verb && whom < state ? whom : NONE;
}

/* "Left one man dead and TWO WOMEN WOUNDED", parsed as a clause of its own. */
static bool rehang_second_state(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t first = tokens[word].head, joiner = tree_child(tree, word, REL_CC);
    uint32_t who = tree_child(tree, word, REL_NSUBJ);
    if (first == NONE || first > word || joiner == NONE || who == NONE || who > word ||
        !token_is_nominal(&tokens[who]) || tokens[who].upos == UPOS_NUM || !is_state(tree, word) ||
        tree_extent(tree, who, 0).first != joiner + 1 || tree_extent(tree, who, 0).end != word)
        return false;
    uint32_t whom = who_is_in(tree, first);
    if (whom == NONE || whom > joiner)
        return false;
    tokens[who].head = whom;
    tokens[who].relation = REL_CONJ;
    tokens[joiner].head = who;
    tokens[word].head = who;
    tokens[word].relation = REL_ACL;
    return true;
}

/* The infinitive that `verb` has below it before `word`, or NONE: beside a gerund also one that was
 * taken for what it is done for, "calling on them TO STOP". */
static uint32_t infinitive_below(const struct tree *tree, uint32_t verb, uint32_t word, bool gerund)
{
    const struct token *tokens = tree->tokens;
    uint32_t first = tree_child_exactly(tree, verb, REL_XCOMP);
    if (first == NONE && gerund)
        first = tree_child_exactly(tree, verb, REL_ADVCL);
    if (first == NONE || first < verb || first > word || tokens[first].upos != UPOS_VERB ||
        (tokens[first].features & (WORD_FINITE | WORD_PARTICIPLE)) != 0 ||
        (gerund && !arguments_infinitive(tree, first)))
        return NONE;
    return first;
}

/* "Saw two men jump out and OPEN fire", parsed as who saw them and opened fire; "is calling on them
 * to stop and LEAVE". */
static bool rehang_infinitive(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t verb = tokens[word].head;
    if (tokens[word].upos != UPOS_VERB || verb == NONE || verb > word ||
        tokens[verb].upos != UPOS_VERB ||
        (tokens[word].features & (WORD_FINITE | WORD_PARTICIPLE)) != 0 ||
        tree_child(tree, word, REL_NSUBJ) != NONE || tree_child(tree, word, REL_AUX) != NONE ||
        tree_child(tree, word, REL_MARK) != NONE)
        return false;
    const struct token *above = &tokens[verb];
    bool gerund = above->folded_length > 5 &&
                  strcmp(above->folded + above->folded_length - 3, "ing") == 0 &&
                  tree_child(tree, verb, REL_AUX) != NONE;
    bool past = (above->features & WORD_FINITE) != 0 && (above->features & WORD_PAST) != 0 &&
                tree_child(tree, verb, REL_AUX) == NONE;
    uint32_t first = past || gerund ? infinitive_below(tree, verb, word, gerund) : NONE;
    if (first == NONE)
        return false;
    tokens[word].head = first;
    return true;
}

/* Where the list may go on that the noun at `first` begins: behind it, or behind the comma that
 * ends a clause about it ("the senator, WHO LEFT, and the mayor"). */
static uint32_t list_goes_on(const struct tree *tree, uint32_t first)
{
    uint32_t end = tree_extent(tree, first, 0).end;
    bool clause = tree_child_exactly(tree, first, REL_ACL_RELCL) != NONE;
    if (clause && end < tree->document->tokens.count && token_is(&tree->tokens[end], ","))
        return end + 1;
    return clause || tree_noun_phrase(tree, first).end != end ? NONE : end;
}

/* "Young AND THE OTHER MAN fired", parsed as two that fired, each on his own. */
static bool rehang_second_subject(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t verb = tokens[word].head, joiner = tree_extent(tree, word, 0).first;
    if (joiner > 0 && tokens[joiner].relation != REL_CC && tokens[joiner - 1].head == verb)
        joiner--;
    if (verb == NONE || verb < word || joiner >= word || tokens[joiner].relation != REL_CC)
        return false;
    for (uint32_t first = tree->first_child[verb]; first != NONE && first < joiner;
         first = tree->next_sibling[first]) {
        if (tokens[first].relation != tokens[word].relation || list_goes_on(tree, first) != joiner)
            continue;
        tokens[joiner].head = word;
        tokens[word].head = first;
        tokens[word].relation = REL_CONJ;
        return true;
    }
    return false;
}

/* "Killed nine people and WOUNDED DOZENS", parsed as people and dozens who were killed: they stand
 * behind another verb. */
static bool rehang_behind_verb(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t noun = tokens[word].head, joiner = tree_child_exactly(tree, word, REL_CC);
    if (noun == NONE || noun > word || joiner == NONE || joiner < noun || joiner + 1 >= word ||
        tokens[noun].relation != REL_OBJ || !token_is_nominal(&tokens[word]))
        return false;
    uint32_t verb = joiner + 1;
    if (tokens[verb].upos != UPOS_VERB || tokens[verb].relation != REL_CONJ ||
        tokens[verb].head != tokens[noun].head || tree->first_child[verb] != NONE)
        return false;
    tokens[joiner].head = verb;
    tokens[word].head = verb;
    tokens[word].relation = REL_OBJ;
    return true;
}

/* "In Mosul and TIKRIT", tagged as a verb: a capital inside a sentence begins a name, which is
 * listed with the place before. */
static bool rehang_name(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t verb = tokens[word].head, joiner = tree_child_exactly(tree, word, REL_CC);
    if (tokens[word].upos != UPOS_VERB || verb == NONE || joiner == NONE || joiner + 1 != word ||
        joiner == 0 || tree->first_child[word] != joiner || tree->next_sibling[joiner] != NONE ||
        (tokens[word].flags & TOKEN_CAPITALISED) == 0)
        return false;
    uint32_t place = joiner - 1;
    if (tokens[place].upos != UPOS_PROPN || tokens[place].head != verb ||
        tree_child_exactly(tree, place, REL_CASE) == NONE)
        return false;
    tokens[word].head = place;
    tokens[word].upos = UPOS_PROPN;
    return true;
}

/* "The brothers are EACH charged", parsed as each that is charged. */
static bool rehang_each(struct token *tokens, const struct tree *tree, uint32_t word)
{
    static const char *const words[] = {"each", "both", "all", NULL};
    uint32_t verb = tokens[word].head;
    if (verb == NONE || verb < word || !token_is_one_of(&tokens[word], words) ||
        tree->first_child[word] != NONE)
        return false;
    uint32_t first = tree->first_child[verb];
    while (first != NONE && first < word && tokens[first].relation != tokens[word].relation)
        first = tree->next_sibling[first];
    if (first == NONE || first >= word || !token_is_nominal(&tokens[first]))
        return false;
    tokens[word].relation = REL_ADVMOD;
    return true;
}

/* "The blasts at Government House THAT HURT four guards", parsed as the house that hurt them. */
static bool rehang_from_place(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t place = tokens[word].head, that = tree_child(tree, word, REL_NSUBJ);
    if (tokens[word].upos != UPOS_VERB || place == NONE || that == NONE || that > word ||
        that <= place || !token_is(&tokens[that], "that") || tokens[that - 1].upos == UPOS_PUNCT ||
        tokens[place].upos != UPOS_PROPN || tokens[place].relation != REL_NMOD)
        return false;
    uint32_t above = tokens[place].head, preposition = tree_child_exactly(tree, place, REL_CASE);
    if (above == NONE || above > place || tokens[above].upos != UPOS_NOUN || preposition == NONE ||
        !token_in(&tokens[preposition], WORDS_ONLY_SAY_WHERE))
        return false;
    tokens[word].head = above;
    return true;
}

/* "Juan FROM the front and PEDRO FROM the party signed", parsed as a front and Pedro. */
static bool rehang_second_from(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t body = tokens[word].head;
    if (tokens[word].upos != UPOS_PROPN || body == NONE || body > word ||
        !relation_is(tokens[body].relation, REL_NMOD) || tree_child(tree, word, REL_CASE) != NONE ||
        tree_child(tree, word, REL_CC) == NONE)
        return false;
    uint32_t first = tokens[body].head, before = tree_child_exactly(tree, body, REL_CASE);
    uint32_t second = tree_child_exactly(tree, word, REL_NMOD);
    uint32_t again = second != NONE ? tree_child_exactly(tree, second, REL_CASE) : NONE;
    if (before == NONE || again == NONE || again < word || tokens[first].upos != UPOS_PROPN ||
        tokens[before].hash != tokens[again].hash || token_is(&tokens[before], "of"))
        return false;
    tokens[word].head = first;
    return true;
}

/* The "and" between what stands first among the titles at `title` and the next; NONE where none is.
 */
static uint32_t joiner_of_titles(const struct tree *tree, uint32_t first, uint32_t title)
{
    uint32_t joiner = NONE;
    for (uint32_t i = first + 1; i < title; i++)
        if (token_is(&tree->tokens[i], "and"))
            joiner = i;
        else if (token_is(&tree->tokens[i], "'s"))
            return NONE; /* "Antigua and Barbuda's minister" */
    return joiner;
}

/* "The M-19 AND MINISTER Raul Orejuela met", parsed as a title of two parts. */
static bool rehang_beside_title(struct token *tokens, const struct tree *tree, uint32_t name)
{
    uint32_t title = tree_child_exactly(tree, name, REL_NMOD_DESC);
    uint32_t first = title != NONE ? tree_child_exactly(tree, title, REL_COMPOUND) : NONE;
    if (tokens[name].upos != UPOS_PROPN || title == NONE || title > name || first == NONE ||
        first > title || tokens[first].upos != UPOS_PROPN)
        return false;
    uint32_t joiner = joiner_of_titles(tree, first, title);
    if (joiner == NONE || joiner != first + 1)
        return false;
    uint32_t the = tree_child_exactly(tree, title, REL_DET);
    for (uint32_t i = joiner + 1; i < title; i++)
        if (tokens[i].head == first || tokens[i].head == title) {
            tokens[i].head = title;
            tokens[i].relation = REL_COMPOUND;
        }
    tokens[first].head = tokens[name].head;
    tokens[first].relation = tokens[name].relation;
    tokens[name].head = first;
    tokens[name].relation = REL_CONJ;
    tokens[joiner].head = name;
    tokens[joiner].relation = REL_CC;
    if (the != NONE && the < first)
        tokens[the].head = first;
    return true;
}

/* "[Sentence as heard] THE PREMIER said", parsed as two subjects: a remark in brackets at the head
 * of a sentence is none. */
static bool rehang_remark(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t verb = tokens[word].head;
    struct token_range range = tree->document->sentences.items[tokens[word].sentence].tokens;
    if (!token_is(&tokens[range.first], "[") || verb == NONE || verb < word)
        return false;
    uint32_t end = range.first;
    while (end < verb && !token_is(&tokens[end], "]"))
        end++;
    if (end >= verb || word > end)
        return false;
    for (uint32_t child = tree->first_child[verb]; child != NONE && child < verb;
         child = tree->next_sibling[child])
        if (child > end && relation_is(tokens[child].relation, REL_NSUBJ)) {
            tokens[word].relation = REL_PARATAXIS;
            return true;
        }
    return false;
}

/* "Took nine TOURISTS hostage", "held the NURSES captive", parsed as one noun: who was taken, and
 * as what. */
static bool rehang_state(struct token *tokens, const struct tree *tree, uint32_t state)
{
    uint32_t verb = tokens[state].head;
    if (tokens[state].relation != REL_OBJ || verb == NONE || verb > state || state == 0 ||
        !supports_hold(tree->supports, &tokens[state], SUPPORT_STATE, 0))
        return false;
    uint32_t whom = state - 1;
    bool several = (tokens[whom].features & WORD_PLURAL) != 0 && tokens[whom].upos == UPOS_NOUN;
    if (tokens[whom].head != state || tokens[whom].relation != REL_COMPOUND ||
        (!several && tree_child_exactly(tree, state, REL_NMOD_POSS) == NONE &&
         tree_child(tree, state, REL_DET) == NONE) ||
        (tokens[state].features & WORD_PLURAL) != 0)
        return false;
    for (uint32_t child = tree->first_child[state]; child != NONE && child < whom;
         child = tree->next_sibling[child])
        tokens[child].head = whom;
    tokens[whom].head = verb;
    tokens[whom].relation = REL_OBJ;
    tokens[state].relation = REL_XCOMP;
    return true;
}

bool rehang_pair(struct token *tokens, const struct tree *tree, uint32_t word)
{
    switch (tokens[word].relation) {
    case REL_CONJ:
        return rehang_second_state(tokens, tree, word) || rehang_infinitive(tokens, tree, word) ||
               rehang_second_from(tokens, tree, word) || rehang_behind_verb(tokens, tree, word) ||
               rehang_name(tokens, tree, word);
    case REL_NSUBJ:
    case REL_NSUBJ_PASS:
        return rehang_second_subject(tokens, tree, word) || rehang_each(tokens, tree, word) ||
               rehang_remark(tokens, tree, word) || rehang_beside_title(tokens, tree, word);
    case REL_ACL_RELCL:
        return rehang_from_place(tokens, tree, word);
    case REL_OBJ:
        return rehang_state(tokens, tree, word);
    default:
        return false;
    }
}
