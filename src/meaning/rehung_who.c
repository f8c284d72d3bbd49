/* Clauses with "who", and phrases with "including", that parsers of news hang on a deed or a thing:
 * "the arrest of Marek, WHO is charged", "killed twelve in the raid, INCLUDING a nurse".
 *
 * Method: "who" tells of a person. Where its clause hangs on a noun that is none, and somebody
 * stands below that noun right before the clause, or above it ("the head of the school, who was"),
 * it is said of him. Persons behind "including" are some of those whom the verb befell, or who did
 * it, not of the deed or the place before. Unlike the rest of rehung.c this asks who is somebody,
 * so it follows once the actors are marked. Leaves out: two persons ("the brother of Marek, who was
 * charged"). Participles behind a comma that say why somebody was caught are said of him. And names
 * that they hang on the title before ("French sprinter ANNA MAREK"): a name that is somebody right
 * behind a noun that is nobody takes the place of that noun. */
#include "meaning/coding.h"
#include "meaning/rehung.h"

enum { STEPS = 6, SOMEBODY = KIND_PERSON | KIND_ARMED };

/* The "who" or "whom" of the clause at `clause`, or NONE. */
static uint32_t who_of(const struct tree *tree, uint32_t clause)
{
    for (uint32_t child = tree->first_child[clause]; child != NONE && child < clause;
         child = tree->next_sibling[child])
        if (tree->tokens[child].upos == UPOS_PRON &&
            (token_is(&tree->tokens[child], "who") || token_is(&tree->tokens[child], "whom")))
            return child;
    return NONE;
}

/* The noun of the phrase that ends before `who`, where it hangs on `above` by a preposition; or
 * NONE. */
static uint32_t phrase_before(const struct tree *tree, uint32_t who, uint32_t above)
{
    const struct token *tokens = tree->tokens;
    uint32_t last = who - 1;
    if (tokens[last].upos == UPOS_PUNCT && last > above)
        last--;
    for (int steps = 0; steps < STEPS && last > above && tokens[last].head != NONE; steps++) {
        if (tokens[last].head == above)
            return relation_is(tokens[last].relation, REL_NMOD) ? last : NONE;
        last = tokens[last].head;
    }
    return NONE;
}

/* Somebody whom the noun at `above` is said of: "Ivo Marek, of the mining SCHOOL, who was". */
static uint32_t person_above(const struct coding *coding, uint32_t above)
{
    const struct token *tokens = coding->tree.tokens;
    uint32_t person = relation_is(tokens[above].relation, REL_NMOD) ? tokens[above].head : NONE;
    if (person == NONE || person > above)
        return NONE;
    uint32_t kinds = coding_kinds(coding, person);
    /* A name of two words is somebody's, known or not. */
    bool name = tokens[person].upos == UPOS_PROPN &&
                tree_child(&coding->tree, person, REL_FLAT) != NONE &&
                (kinds & (KIND_FACILITY | KIND_ORGANISATION | KIND_ACTOR)) == 0;
    return name || (kinds & SOMEBODY) != 0 ? person : NONE;
}

/* "Have", "are", "was" before the verb of the clause. */
static const struct token *auxiliary_of(const struct tree *tree, uint32_t clause)
{
    for (uint32_t child = tree->first_child[clause]; child != NONE && child < clause;
         child = tree->next_sibling[child])
        if (tree->tokens[child].upos == UPOS_AUX)
            return &tree->tokens[child];
    return NULL;
}

static bool is_spelled(const struct token *word, const char *const *words)
{
    for (; word != NULL && *words != NULL; words++)
        if (strcmp(word->folded, *words) == 0)
            return true;
    return false;
}

/* "A CLERK and a nurse who WERE shot", "JUDGES and clerks, who have demanded": the first of those
 * who are told of, though the clause hangs on the last; or NONE. By the number of the verb; where
 * that tells nothing by the comma, where neither bears arms and may be on another side. */
static uint32_t first_of_all(const struct coding *coding, uint32_t who, uint32_t clause)
{
    static const char *const plural[] = {"were", "are", "have", NULL};
    static const char *const singular[] = {"was", "is", "has", NULL};
    const struct token *tokens = coding->tree.tokens;
    uint32_t last = tokens[clause].head, first = tokens[last].head;
    if (tokens[last].relation != REL_CONJ || first == NONE || first > last || last > who ||
        (coding_kinds(coding, first) & coding_kinds(coding, last) & KIND_PERSON) == 0)
        return NONE;
    const struct token *auxiliary = auxiliary_of(&coding->tree, clause);
    if (is_spelled(auxiliary, singular))
        return NONE;
    if ((tokens[last].features & WORD_PLURAL) == 0)
        return is_spelled(auxiliary, plural) ? first : NONE;
    bool armed = ((coding_kinds(coding, first) | coding_kinds(coding, last)) & KIND_ARMED) != 0;
    return token_is(&tokens[who - 1], ",") && !armed ? first : NONE;
}

/* "Colleagues of THE SIX WHO were abducted": a number that has nothing but "the" before it needs
 * its clause; or NONE. */
static uint32_t number_before(const struct tree *tree, uint32_t who, uint32_t above)
{
    if (who < 2)
        return NONE;
    const struct token *number = &tree->tokens[who - 1];
    bool stands = number->upos == UPOS_NUM && token_is(number - 1, "the") &&
                  number->head == above && relation_is(number->relation, REL_NMOD);
    return stands ? who - 1 : NONE;
}

static bool rehang_relative(const struct coding *coding, struct token *tokens, uint32_t clause)
{
    uint32_t above = tokens[clause].head;
    if (above == NONE || above > clause || tokens[above].upos != UPOS_NOUN)
        return false;
    uint32_t who = who_of(&coding->tree, clause), kinds = coding_kinds(coding, above);
    uint32_t number = who != NONE ? number_before(&coding->tree, who, above) : NONE;
    if (number != NONE) {
        tokens[clause].head = number;
        return true;
    }
    uint32_t first = who != NONE ? first_of_all(coding, who, clause) : NONE;
    if (first != NONE) {
        tokens[clause].head = first;
        return true;
    }
    if (who == NONE || (kinds & SOMEBODY) != 0)
        return false;
    bool body = (kinds & (KIND_ACTOR | KIND_ORGANISATION)) != 0;
    uint32_t person = body ? NONE : phrase_before(&coding->tree, who, above);
    if (person == NONE || (coding_kinds(coding, person) & SOMEBODY) == 0)
        person = person_above(coding, above);
    if (person == NONE || (body && tokens[person].upos != UPOS_PROPN))
        return false;
    tokens[clause].head = person;
    return true;
}

/* Those whom the clause of `verb` befell, or who did it, where they are several; or NONE. */
static uint32_t several_of(const struct coding *coding, uint32_t verb, uint32_t before)
{
    const struct tree *tree = &coding->tree;
    uint32_t found = NONE;
    for (uint32_t child = tree->first_child[verb]; child != NONE && child < before;
         child = tree->next_sibling[child]) {
        enum relation relation = tree->tokens[child].relation;
        if (relation == REL_OBJ || relation == REL_NSUBJ_PASS || relation == REL_NSUBJ)
            found = child;
    }
    if (found == NONE)
        return NONE;
    const struct token *whole = &tree->tokens[found];
    bool several = (whole->features & WORD_PLURAL) != 0 || whole->upos == UPOS_NUM;
    return several && (coding_kinds(coding, found) & (SOMEBODY | KIND_NUMBER)) != 0 ? found : NONE;
}

/* "Twelve were killed in the raid, INCLUDING SIX CHILDREN". */
static bool rehang_included(const struct coding *coding, struct token *tokens, uint32_t part)
{
    const struct tree *tree = &coding->tree;
    uint32_t preposition = tree_child_exactly(tree, part, REL_CASE), verb = tokens[part].head;
    if (preposition == NONE || verb == NONE || verb > part ||
        strcmp(tokens[preposition].folded, "including") != 0 ||
        (coding_kinds(coding, part) & SOMEBODY) == 0)
        return false;
    for (int steps = 0; steps < STEPS && tokens[verb].upos != UPOS_VERB; steps++) {
        if ((coding_kinds(coding, verb) & (SOMEBODY | KIND_ACTOR | KIND_NUMBER)) != 0 ||
            (!relation_is(tokens[verb].relation, REL_NMOD) &&
             !relation_is(tokens[verb].relation, REL_OBL)) ||
            tokens[verb].head == NONE)
            return false;
        verb = tokens[verb].head;
    }
    if (tokens[verb].upos != UPOS_VERB)
        return false;
    uint32_t whole = several_of(coding, verb, part);
    if (whole == NONE)
        return false;
    tokens[part].head = whole;
    tokens[part].relation = REL_NMOD;
    return true;
}

static bool is_office(const struct coding *coding, uint32_t noun)
{
    return (coding_kinds(coding, noun) & KIND_PERSON) != 0;
}

/* The name of who is told of with the title at `title`: hung on it, or on what "of" brings to it
 * ("the secretary of state ANNA MAREK"); NONE where a comma or another word parts them. */
static uint32_t name_behind(const struct coding *coding, uint32_t title)
{
    const struct tree *tree = &coding->tree;
    for (uint32_t child = tree->first_child[title]; child != NONE;
         child = tree->next_sibling[child]) {
        const struct token *name = &tree->tokens[child];
        uint32_t last = title;
        if (child < title || name->upos != UPOS_PROPN ||
            tree_child(tree, child, REL_CASE) != NONE ||
            (name->relation != REL_APPOS && name->relation != REL_NMOD) ||
            coding->actor_mention[child] == NONE)
            continue;
        uint32_t of = tree_child_exactly(tree, child, REL_NMOD_DESC);
        if (of != NONE && of < child && is_office(coding, title) && !is_office(coding, of) &&
            tree_child(tree, of, REL_CASE) == title + 1)
            last = of;
        for (uint32_t other = tree->first_child[title]; other != child;
             other = tree->next_sibling[other])
            if (other == title + 2 && relation_is(tree->tokens[other].relation, REL_NMOD) &&
                token_is(&tree->tokens[title + 1], "of"))
                last = other;
        if (last != of && of != NONE && tree_child(tree, of, REL_CASE) != NONE)
            continue; /* "the murder OF MRS Marek" */
        uint32_t first = last == of ? last + 1 : tree_noun_phrase(tree, child).first;
        if (first == last + 1 && tree->tokens[last + 1].upos == UPOS_PROPN)
            return child;
    }
    return NONE;
}

/* "French SPRINTER Anna Marek asked": she asked, and no Frenchman beside her. */
static bool rehang_named(struct coding *coding, uint32_t title)
{
    struct token *tokens = coding->document->tokens.items;
    const struct tree *tree = &coding->tree;
    if (tokens[title].upos != UPOS_NOUN || coding->actor_mention[title] != NONE ||
        tokens[title].relation == REL_APPOS || tree->first_child[title] == NONE)
        return false;
    uint32_t name = name_behind(coding, title);
    if (name == NONE || tokens[name].head != title || tree_is_below(tree, title, name))
        return false;
    for (uint32_t child = tree->first_child[title]; child != NONE;
         child = tree->next_sibling[child])
        if (child != name && (child > name || tokens[child].relation == REL_CASE))
            tokens[child].head = name;
    for (uint32_t child = tree->first_child[name]; child != NONE; child = tree->next_sibling[child])
        if (child < name && tokens[child].relation == REL_NMOD_DESC && child > title)
            tokens[child].head = title;
    tokens[name].head = tokens[title].head;
    tokens[name].relation = tokens[title].relation;
    tokens[title].head = name;
    tokens[title].relation = REL_NMOD_DESC;
    return true;
}

/* The one person whom the clause of the active `verb` befell, told before `word`; or NONE. */
static uint32_t befallen_before(const struct coding *coding, uint32_t verb, uint32_t word)
{
    const struct tree *tree = &coding->tree;
    uint32_t found = NONE;
    for (uint32_t child = tree->first_child[verb]; child != NONE && child < word;
         child = tree->next_sibling[child]) {
        enum relation relation = tree->tokens[child].relation;
        if (relation == REL_NSUBJ_PASS || relation == REL_AUX_PASS)
            return NONE;
        if (relation == REL_OBJ && child > verb)
            found = child;
    }
    return found != NONE && (coding_kinds(coding, found) & (SOMEBODY | KIND_ACTOR)) != 0 ? found
                                                                                         : NONE;
}

/* "Police arrested two clerks on Monday, ACCUSED of theft": the clerks are, not the police. */
static bool rehang_accused(const struct coding *coding, struct token *tokens, uint32_t word)
{
    const struct tree *tree = &coding->tree;
    uint32_t verb = tokens[word].head;
    if (tokens[word].upos != UPOS_VERB || !token_in(&tokens[word], WORDS_SAID_OF_THE_CAUGHT) ||
        verb == NONE || verb > word || !token_is(&tokens[word - 1], ",") ||
        !token_in(&tokens[verb], WORDS_VERBS_DONE_TO_SOMEBODY) || rehung_has_subject(tree, word) ||
        tree_child(tree, word, REL_AUX) != NONE)
        return false;
    uint32_t caught = befallen_before(coding, verb, word);
    if (caught == NONE)
        return false;
    tokens[word].head = caught;
    tokens[word].relation = REL_ACL;
    return true;
}

/* "Leaders who called THE STRIKE, AID GROUPS and unions are": who follows the clause, listed with
 * what that is about; nobody is listed with a deed or a thing. */
static bool rehang_behind_clause(const struct coding *coding, struct token *tokens, uint32_t word)
{
    const uint32_t people = SOMEBODY | KIND_ORGANISATION | KIND_ACTOR;
    uint32_t thing = tokens[word].head;
    if (thing == NONE || thing > word || tokens[thing].relation != REL_OBJ ||
        tokens[thing].upos != UPOS_NOUN || (coding_kinds(coding, thing) & people) != 0 ||
        (coding_kinds(coding, word) & people) == 0)
        return false;
    uint32_t clause = tokens[thing].head;
    uint32_t noun = tokens[clause].relation == REL_ACL_RELCL ? tokens[clause].head : NONE;
    uint32_t comma = tree_child(&coding->tree, thing, REL_PUNCT);
    bool parted = token_is(&tokens[tree_noun_phrase(&coding->tree, thing).end], ",");
    if (noun == NONE || noun > clause || !(parted || comma != NONE) ||
        tokens[noun].relation != REL_NSUBJ || tokens[noun].head < word ||
        (coding_kinds(coding, noun) & people) == 0)
        return false;
    tokens[word].head = noun;
    return true;
}

/* "By the police of SPAIN, THE FBI and Interpol": a body is listed with bodies, not with the
 * country of the first. */
static bool rehang_behind_country(const struct coding *coding, struct token *tokens, uint32_t word)
{
    const struct actor *actors = coding->document->actors.items;
    uint32_t country = tokens[word].head, body = country != NONE ? tokens[country].head : NONE;
    if (body == NONE || body > country || country > word ||
        !relation_is(tokens[country].relation, REL_NMOD) || coding_actor(coding, country) == NONE ||
        coding_actor(coding, word) == NONE ||
        actors[coding_actor(coding, country)].kind != ACTOR_STATE ||
        actors[coding_actor(coding, word)].kind != ACTOR_ORGANISATION ||
        !token_is(&tokens[country + 1], ",") ||
        (coding_kinds(coding, body) & (SOMEBODY | KIND_ORGANISATION)) == 0)
        return false;
    tokens[word].head = body;
    return true;
}

/* "The bombings at EMBASSIES in Gao, WHICH killed twelve", parsed as embassies that killed them:
 * where a deed was done does nothing to anybody, the deed does. */
static bool rehang_which(const struct coding *coding, struct token *tokens, uint32_t clause)
{
    const struct tree *tree = &coding->tree;
    uint32_t place = tokens[clause].head, which = tree_child_exactly(tree, clause, REL_NSUBJ);
    if (place == NONE || place > clause || which == NONE || which > clause ||
        !token_is(&tokens[which], "which") ||
        !token_in(&tokens[clause], WORDS_VERBS_DONE_TO_SOMEBODY) ||
        (coding_kinds(coding, place) & (SOMEBODY | KIND_EVENT | KIND_WEAPON)) != 0 ||
        !relation_is(tokens[place].relation, REL_NMOD))
        return false;
    uint32_t whom = tree_child_exactly(tree, clause, REL_OBJ);
    uint32_t deed = tokens[place].head, preposition = tree_child_exactly(tree, place, REL_CASE);
    if (deed == NONE || deed > place || preposition == NONE || whom == NONE ||
        (coding_kinds(coding, whom) & (SOMEBODY | KIND_COUNTED)) == 0 ||
        !token_in(&tokens[preposition], WORDS_ONLY_SAY_WHERE) ||
        (coding_kinds(coding, deed) & KIND_EVENT) == 0)
        return false;
    tokens[clause].head = deed;
    return true;
}

/* "The murder of the clerks AND TWO NURSES", parsed as the murder and nurses: nobody is listed with
 * a deed that tells whom it befell. */
static bool rehang_befallen(const struct coding *coding, struct token *tokens, uint32_t word)
{
    const struct tree *tree = &coding->tree;
    uint32_t deed = tokens[word].head, of = NONE;
    if (deed > word || tokens[deed].upos != UPOS_NOUN || tree_child(tree, word, REL_CASE) != NONE ||
        tree_child_exactly(tree, word, REL_CC) == NONE ||
        (coding_kinds(coding, deed) & KIND_EVENT) == 0 ||
        (coding_kinds(coding, deed) & SOMEBODY) != 0 ||
        (coding_kinds(coding, word) & SOMEBODY) == 0)
        return false;
    for (uint32_t child = tree->first_child[deed]; child != NONE && child < word;
         child = tree->next_sibling[child]) {
        uint32_t preposition = tree_child_exactly(tree, child, REL_CASE);
        if (child > deed && preposition != NONE && token_is(&tokens[preposition], "of") &&
            (coding_kinds(coding, child) & SOMEBODY) != 0)
            of = child;
    }
    if (of == NONE || tree_extent(tree, of, 0).end != tree_extent(tree, word, 0).first)
        return false;
    tokens[word].head = of;
    return true;
}

static bool repair_word(void *context, uint32_t word)
{
    struct coding *coding = context;
    struct token *tokens = coding->document->tokens.items;
    bool changed = rehang_named(coding, word);
    if (relation_is(tokens[word].relation, REL_ADVCL) && word > 0)
        return rehang_accused(coding, tokens, word) || changed;
    if (tokens[word].relation == REL_CONJ && tokens[word].head != NONE)
        return rehang_behind_clause(coding, tokens, word) ||
               rehang_behind_country(coding, tokens, word) ||
               rehang_befallen(coding, tokens, word) || changed;
    if (tokens[word].relation == REL_ACL_RELCL)
        return rehang_relative(coding, tokens, word) || rehang_which(coding, tokens, word) ||
               changed;
    if (relation_is(tokens[word].relation, REL_OBL) || relation_is(tokens[word].relation, REL_NMOD))
        return rehang_included(coding, tokens, word) || changed;
    return changed;
}

bool rehang_who(struct coding *coding)
{
    return rehang_sentences(coding->document, repair_word, coding);
}
