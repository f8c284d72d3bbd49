/* Objects that verbs share, and those that a parser hung beside their verb.
 *
 * Method: verbs that follow one another with only commas and "and" between have the object of the last
 * ("ARRESTED, jailed and beat them"); a noun joined to a verb without "and" is its object ("shot, at the
 * gate, A GUARD"); of two objects a relative pronoun before the verb is its subject ("who this morning
 * shot them"); a passive's subject stands right before its auxiliary, wherever it was hung. Left out:
 * objects behind a subject of their own (misparses.c mends single verbs otherwise). */
#include "meaning/arguments_parts.h"
#include "meaning/supports.h"

#include <string.h>

static bool is_ing(const struct token *verb)
{
    return (verb->features & WORD_GERUND) != 0 ||
           ((verb->features & WORD_PARTICIPLE) != 0 && (verb->features & WORD_PRESENT) != 0);
}

/* "BEAT", "hit", "cut": its own past, whatever a parser made of it. */
static bool may_be_past(const struct token *verb)
{
    return verb->lemma != NULL && strcmp(verb->folded, verb->lemma) == 0;
}

/* The verb at `next` is coordinated with that at `word`, in the same form and without a subject. */
static bool is_verb_beside(const struct tree *tree, uint32_t word, uint32_t next)
{
    const struct token *tokens = tree->tokens;
    uint32_t head = next;
    for (int steps = 0; steps < 3 && head != word && tokens[head].relation == REL_CONJ; steps++)
        head = tokens[head].head;
    bool beside = head == word ||
                  (tokens[word].relation == REL_CONJ && tokens[word].head == head && head < word);
    return beside && tokens[next].relation == REL_CONJ && tokens[next].upos == UPOS_VERB &&
           tree_child(tree, next, REL_NSUBJ) == NONE && tree_child(tree, next, REL_AUX) == NONE &&
           (((tokens[word].features ^ tokens[next].features) & WORD_PAST) == 0 ||
            may_be_past(&tokens[next])) &&
           is_ing(&tokens[word]) == is_ing(&tokens[next]);
}

/* The last of the verbs that follow the one at `word` with nothing of their own between: commas, "and",
 * "then". NONE where there is none such. */
static uint32_t last_of_verbs(const struct tree *tree, uint32_t word)
{
    enum { LONGEST = 7 };
    bool joined = false;
    uint32_t end = tree->document->sentences.items[tree->tokens[word].sentence].tokens.end;
    for (uint32_t i = word + 1; i < end && i <= word + LONGEST; i++) {
        const struct token *token = &tree->tokens[i];
        joined |= token->upos == UPOS_CCONJ;
        if (token->upos == UPOS_VERB) {
            if (!is_verb_beside(tree, word, i))
                return NONE;
            if (joined)
                return i;
        } else if (token->upos != UPOS_CCONJ && token->upos != UPOS_ADV &&
                   token->upos != UPOS_PART && !token_is(token, ",")) {
            return NONE;
        }
    }
    return NONE;
}

/* "Arrested, beat and JAILED the miners", with the miners hung on the first of them alone. */
static void object_of_first(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    const struct token *verb = &tree->tokens[word];
    if (verb->upos != UPOS_VERB || verb->relation != REL_CONJ || verb->head == NONE ||
        verb->head > word || arguments->passive || arguments_has(arguments, ARGUMENT_OBJECT) ||
        supports_by_itself(tree, word) || supports_hold(tree->supports, verb, SUPPORT_APART, 0))
        return;
    uint32_t object = tree_child(tree, verb->head, REL_OBJ);
    if (object != NONE && tree_noun_phrase(tree, object).first == word + 1)
        arguments_add(arguments, ARGUMENT_OBJECT, object, NONE, verb->head);
}

/* "ARRESTED and charged three men", "to ARREST, jail and beat them": the object behind the last of verbs
 * that follow one another is that of each, unless the first is done to nobody ("fled and left their
 * arms"). */
void arguments_object_ahead(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    object_of_first(tree, word, arguments);
    const struct token *verb = &tree->tokens[word];
    if (verb->upos != UPOS_VERB || arguments->passive || arguments_has(arguments, ARGUMENT_OBJECT) ||
        (!arguments_has(arguments, ARGUMENT_SUBJECT) && !arguments_infinitive(tree, word)) ||
        supports_by_itself(tree, word) || supports_hold(tree->supports, verb, SUPPORT_APART, 0))
        return;
    uint32_t last = last_of_verbs(tree, word);
    uint32_t object = last != NONE ? tree_child(tree, last, REL_OBJ) : NONE;
    if (object != NONE && object > last &&
        (!supports_hold(tree->supports, &tree->tokens[last], SUPPORT_APART, 0) ||
         supports_hold(tree->supports, verb, SUPPORT_SAME, 0)))
        arguments_add(arguments, ARGUMENT_OBJECT, object, NONE, last);
}

/* "They shot, at the gate, A GUARD", parsed as a second thing they did: a noun joined to a verb by a comma
 * alone. */
static void object_behind_aside(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    if (tree->tokens[word].upos != UPOS_VERB || arguments->passive ||
        arguments_has(arguments, ARGUMENT_OBJECT) || supports_by_itself(tree, word) ||
        word + 1 >= tree->document->tokens.count || !token_is(&tree->tokens[word + 1], ","))
        return;
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child]) {
        const struct token *noun = &tree->tokens[child];
        uint32_t first = tree_noun_phrase(tree, child).first;
        bool opens = tree_child(tree, child, REL_DET) != NONE ||
                     tree_child(tree, child, REL_NUMMOD) != NONE || noun->upos == UPOS_PROPN;
        if (noun->relation == REL_CONJ && child > word && token_is_nominal(noun) && opens && first > word &&
            token_is(&tree->tokens[first - 1], ",") && tree_child(tree, child, REL_CC) == NONE &&
            tree_child(tree, child, REL_COP) == NONE && tree_child(tree, child, REL_CASE) == NONE &&
            tree_child(tree, child, REL_NSUBJ) == NONE) {
            arguments_add(arguments, ARGUMENT_OBJECT, child, NONE, NONE);
            return;
        }
    }
}

/* "Those WHO this morning massacred six monks", parsed with two objects: a verb with nobody who does it has
 * the pronoun before it for its subject. */
static void relative_subject(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    uint32_t relative = NONE, object = NONE;
    if (arguments->passive || arguments_has(arguments, ARGUMENT_SUBJECT) ||
        tree->tokens[word].relation != REL_ACL_RELCL)
        return;
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child]) {
        if (tree->tokens[child].relation != REL_OBJ)
            continue;
        if (child > word)
            object = child;
        else if (token_is(&tree->tokens[child], "who") || token_is(&tree->tokens[child], "which") ||
                 token_is(&tree->tokens[child], "that"))
            relative = child;
    }
    if (relative == NONE || object == NONE)
        return;
    for (uint32_t i = 0; i < arguments->count; i++)
        if (arguments->items[i].place == ARGUMENT_OBJECT && arguments->items[i].token != object)
            arguments->items[i].place = ARGUMENT_SUBJECT;
}

/* The noun phrase without a preposition that ends right before `auxiliary`, below `above`. */
static uint32_t phrase_before(const struct tree *tree, uint32_t above, uint32_t auxiliary)
{
    for (uint32_t child = tree->first_child[above]; child != NONE; child = tree->next_sibling[child]) {
        const struct token *noun = &tree->tokens[child];
        bool beside = relation_is(noun->relation, REL_NMOD) || noun->relation == REL_APPOS;
        if (!beside || child > auxiliary || child < above)
            continue;
        uint32_t end = tree_extent(tree, child, 0).end;
        bool ends = end == auxiliary ||
                    (end + 1 == auxiliary && token_is(&tree->tokens[end], ","));
        bool opens = tree_child(tree, child, REL_NUMMOD) != NONE ||
                     (noun->relation == REL_APPOS && tree_child(tree, child, REL_DET) != NONE);
        if (ends && opens && token_is_nominal(noun) && tree_child(tree, child, REL_CASE) == NONE)
            return child;
        uint32_t inner = phrase_before(tree, child, auxiliary);
        if (inner != NONE)
            return inner;
    }
    return NONE;
}

/* "During the raid, SIX MINERS were arrested", parsed as what the raid was: a passive with nobody to whom it
 * was done has its subject before "were". */
static void subject_before_auxiliary(const struct tree *tree, uint32_t word,
                                     struct arguments *arguments)
{
    uint32_t auxiliary = tree_child_exactly(tree, word, REL_AUX_PASS);
    if (!arguments->passive || auxiliary == NONE || auxiliary > word ||
        arguments_has(arguments, ARGUMENT_OBJECT))
        return;
    for (uint32_t child = tree->first_child[word]; child != NONE && child < auxiliary;
         child = tree->next_sibling[child]) {
        uint32_t found = relation_is(tree->tokens[child].relation, REL_OBL)
                             ? phrase_before(tree, child, auxiliary)
                             : NONE;
        if (found != NONE) {
            arguments_add(arguments, ARGUMENT_OBJECT, found, NONE, NONE);
            return;
        }
    }
}

/* "Met WITH and briefed the heads": a preposition with nothing behind it has the object of the verb
 * that is joined to its own. */
static void object_of_preposition(const struct tree *tree, uint32_t word,
                                  struct arguments *arguments)
{
    uint32_t before = word + 1;
    if (tree->tokens[word].upos != UPOS_VERB || before + 1 >= tree->document->tokens.count ||
        tree->tokens[before].head != word || tree->tokens[before].upos != UPOS_ADP ||
        tree->first_child[before] != NONE || tree->tokens[before + 1].relation != REL_CC)
        return;
    uint32_t next = tree->tokens[before + 1].head;
    uint32_t object = next != NONE && tree->tokens[next].relation == REL_CONJ &&
                              tree->tokens[next].head == word
                          ? tree_child_exactly(tree, next, REL_OBJ)
                          : NONE;
    if (object != NONE && object > next)
        arguments_add(arguments, ARGUMENT_PREPOSITION, object, before, next);
}

/* "Police have two men IN CUSTODY", hung on the men or on the verb: who has them in it. */
void arguments_held(const struct tree *tree, uint32_t above, uint32_t noun, uint32_t preposition,
                    struct arguments *arguments)
{
    uint32_t object = tree->tokens[above].upos == UPOS_NOUN ? above : tree_child(tree, above, REL_OBJ);
    uint32_t verb = object != NONE ? tree->tokens[object].head : NONE;
    if (verb == NONE || object > noun || tree->tokens[object].relation != REL_OBJ ||
        !supports_hold(tree->supports, &tree->tokens[verb], SUPPORT_HELD,
                       tree->tokens[preposition].hash) ||
        arguments_has(arguments, ARGUMENT_OBJECT))
        return;
    arguments_add(arguments, ARGUMENT_OBJECT, object, NONE, verb);
}

void arguments_strayed(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    relative_subject(tree, word, arguments);
    subject_before_auxiliary(tree, word, arguments);
    object_behind_aside(tree, word, arguments);
    object_of_preposition(tree, word, arguments);
}

bool arguments_active_again(const struct tree *tree, uint32_t word)
{
    const struct token *tokens = tree->tokens;
    uint32_t first = tokens[word].head;
    if (tokens[word].upos != UPOS_VERB || first == NONE ||
        tree_child_exactly(tree, word, REL_AUX_PASS) != NONE)
        return false;
    if (tree->supports != NULL && supports_by_itself(tree, word))
        return true;
    for (uint32_t verb = tree->first_child[first]; verb != NONE && verb < word;
         verb = tree->next_sibling[verb])
        if (verb > first && tokens[verb].relation == REL_CONJ && tokens[verb].upos == UPOS_VERB &&
            tree_child_exactly(tree, verb, REL_OBJ) != NONE &&
            tree_child_exactly(tree, verb, REL_AUX_PASS) == NONE)
            return true;
    return false;
}
