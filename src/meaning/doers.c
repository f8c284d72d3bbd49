/* Who did the deed that a noun tells, where other words than "by" say so: "charged with murder IN the
 * killing of a nurse", "on trial FOR the bombing", "the American-LED invasion".
 *
 * Method: up from the noun over what somebody is charged with (supports.tsv, role "charge") to the
 * verb that charges him; a participle before the noun and behind a hyphen. Leaves out: who is only
 * sought, asked or arrested "in connection with" it: nobody says that he did it. */
#include "meaning/arguments_parts.h"
#include "meaning/supports.h"

enum { LONGEST_WAY = 3 };

/* What the deed at `noun` hangs on where that is what somebody is charged with: "charged with MURDER
 * in the killing"; else `noun`. A "charge of murder" tells of no deed beside it. */
static uint32_t charge_above(const struct tree *tree, uint32_t noun)
{
    const struct token *tokens = tree->tokens;
    for (int steps = 0; steps < LONGEST_WAY; steps++) {
        while (tokens[noun].relation == REL_CONJ && tokens[noun].head < noun)
            noun = tokens[noun].head;
        uint32_t preposition = tree_preposition(tree, noun), above = tokens[noun].head;
        if (preposition == NONE || above == NONE || above > noun || tokens[above].upos != UPOS_NOUN ||
            (steps == 0 && token_is(&tokens[preposition], "of")) ||
            !supports_hold(tree->supports, &tokens[above], SUPPORT_CHARGE, tokens[preposition].hash))
            return noun;
        noun = above;
    }
    return noun;
}

/* Whom the clause of `verb` is said of: "HE was charged", "charged HIM", "the man CHARGED". */
static void add_charged(const struct tree *tree, uint32_t verb, enum argument_place place, int depth,
                        struct arguments *arguments)
{
    struct arguments outer = {0};
    arguments_at(tree, verb, &outer, depth + 1);
    if (place == ARGUMENT_OBJECT)
        arguments_inherit(&outer, place, verb, ARGUMENT_SUBJECT, arguments);
    else
        arguments_inherit_subject(&outer, verb, ARGUMENT_SUBJECT, arguments);
}

/* "Stood TRIAL for the bombing", "faces CHARGES of murder in the death": with the deed hung on the verb beside
 * what the verb has. */
static uint32_t charge_beside(const struct tree *tree, uint32_t noun)
{
    const struct token *tokens = tree->tokens;
    uint32_t verb = tokens[noun].head, preposition = tree_preposition(tree, noun);
    if (verb == NONE || tokens[verb].upos != UPOS_VERB || preposition == NONE ||
        !relation_is(tokens[noun].relation, REL_OBL))
        return NONE;
    for (uint32_t child = tree->first_child[verb]; child != NONE && child < noun;
         child = tree->next_sibling[child])
        if (child > verb && tokens[child].upos == UPOS_NOUN &&
            (tokens[child].relation == REL_OBJ || relation_is(tokens[child].relation, REL_OBL)) &&
            supports_hold(tree->supports, &tokens[child], SUPPORT_CHARGE, tokens[preposition].hash))
            return child;
    return NONE;
}

/* "CHARGED with murder", "FACES charges", "is on TRIAL": who has what stands at `charge`. */
static void add_by_charge(const struct tree *tree, uint32_t charge, struct arguments *arguments, int depth)
{
    const struct token *tokens = tree->tokens;
    uint32_t verb = tokens[charge].head, preposition = tree_preposition(tree, charge);
    bool on = preposition != NONE && token_is(&tokens[preposition], "on");
    /* "Is on TRIAL": what is said of him. */
    if (on && tree_child_exactly(tree, charge, REL_COP) != NONE) {
        add_charged(tree, charge, ARGUMENT_SUBJECT, depth, arguments);
        return;
    }
    if (verb == NONE || tokens[verb].upos != UPOS_VERB)
        return;
    bool oblique = preposition != NONE && relation_is(tokens[charge].relation, REL_OBL);
    if (oblique && supports_hold(tree->supports, &tokens[verb], SUPPORT_OBJECT, tokens[preposition].hash))
        add_charged(tree, verb, ARGUMENT_OBJECT, depth, arguments);
    else if ((oblique && on) || (tokens[charge].relation == REL_OBJ &&
                                 supports_hold(tree->supports, &tokens[verb], SUPPORT_CHARGE, 0)))
        add_charged(tree, verb, ARGUMENT_SUBJECT, depth, arguments);
}

static void from_charge(const struct tree *tree, uint32_t word, struct arguments *arguments, int depth)
{
    uint32_t charge = charge_above(tree, word);
    if (charge == word || tree->tokens[word].relation == REL_CONJ)
        charge = charge_beside(tree, word);
    if (charge != NONE)
        add_by_charge(tree, charge, arguments, depth);
}

/* "The arrest of TWO MEN on charges of", "acquitted THE BOSS of charges of", "denied charges of": who stands
 * before the charge, where no word of supports.tsv leads to him. */
static void add_before_charge(const struct tree *tree, uint32_t charge, struct arguments *arguments, int depth)
{
    uint32_t above = tree->tokens[charge].head;
    struct arguments outer = {0};
    if (above == NONE)
        return;
    arguments_at(tree, above, &outer, depth + 1);
    if (tree->tokens[above].upos == UPOS_VERB) {
        if (tree->tokens[charge].relation == REL_OBJ ||
            !arguments_inherit(&outer, ARGUMENT_OBJECT, charge, ARGUMENT_SUBJECT, arguments))
            arguments_inherit(&outer, ARGUMENT_SUBJECT, charge, ARGUMENT_SUBJECT, arguments);
        return;
    }
    const struct argument *whom = arguments_behind(tree, &outer, "of");
    enum relation relation = tree->tokens[above].relation;
    if (whom != NULL && whom->token != charge)
        arguments_add(arguments, ARGUMENT_SUBJECT, whom->token, NONE, charge);
    else if (relation == REL_OBJ || relation == REL_NSUBJ_PASS)
        arguments_add(arguments, ARGUMENT_SUBJECT, above, NONE, charge);
}

bool arguments_of_charge(const struct tree *tree, uint32_t clause, struct arguments *arguments, int depth)
{
    uint32_t mark = tree_child_exactly(tree, clause, REL_MARK), charge = tree->tokens[clause].head;
    if (mark == NONE || arguments_has(arguments, ARGUMENT_SUBJECT) || arguments->passive ||
        tree->supports == NULL || tree->tokens[charge].upos != UPOS_NOUN ||
        !supports_hold(tree->supports, &tree->tokens[charge], SUPPORT_CHARGE, tree->tokens[mark].hash))
        return false;
    uint32_t preposition = tree_preposition(tree, charge);
    if (preposition != NONE && token_is(&tree->tokens[preposition], "in")) /* "in charge of" */
        return false;
    add_by_charge(tree, charge, arguments, depth);
    if (!arguments_has(arguments, ARGUMENT_SUBJECT))
        add_before_charge(tree, charge, arguments, depth);
    return true;
}

/* "The AMERICAN-led invasion": who led it. */
static void from_leading(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    for (uint32_t led = tree->first_child[word]; led != NONE && led < word;
         led = tree->next_sibling[led]) {
        if (tree->tokens[led].relation != REL_AMOD || led < 2 ||
            (tree->tokens[led - 1].flags & TOKEN_HYPHEN) == 0 ||
            strcmp(tree->tokens[led].folded, "led") != 0)
            continue;
        for (uint32_t who = tree->first_child[led]; who != NONE && who < led;
             who = tree->next_sibling[who])
            if (who + 2 == led)
                arguments_add(arguments, ARGUMENT_SUBJECT, who, NONE, led);
    }
}

void arguments_doers(const struct tree *tree, uint32_t word, struct arguments *arguments, int depth)
{
    if (!arguments_has(arguments, ARGUMENT_SUBJECT))
        from_charge(tree, word, arguments, depth);
    if (!arguments_has(arguments, ARGUMENT_SUBJECT))
        from_leading(tree, word, arguments);
}
