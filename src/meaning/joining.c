/* One event told twice in a sentence gives one claim: "killed five in an attack", "a bombing killed
 * five", "attacked, killing five". The verb's claim stays and takes over what it lacks.
 *
 * What follows from another event lacks nobody either: "two died when police fired" were shot by
 * the police, as were those hurt in "the firing" of which the report told before. */
#include "meaning/arguments_parts.h"
#include "meaning/coding.h"
#include "meaning/participants.h"

static bool overlaps(const struct participant_list *a, const struct participant_list *b)
{
    for (uint32_t i = 0; i < a->count; i++)
        if (list_has(b, a->tokens[i]))
            return true;
    return false;
}

static void take_over(struct participant_list *to, const struct participant_list *from,
                      uint32_t without)
{
    for (uint32_t i = 0; i < from->count; i++) {
        if (from->tokens[i] == without || list_has(to, from->tokens[i]) ||
            to->count == PARTICIPANTS)
            continue;
        to->nouns[to->count] = from->nouns[i];
        to->tokens[to->count++] = from->tokens[i];
    }
}

/* Same kind of event, and nobody named who would be another in each. */
static bool may_be_one(const struct making *a, const struct making *b)
{
    return strcmp(a->frame->plover, b->frame->plover) == 0 &&
           (a->agents.count == 0 || b->agents.count == 0 || overlaps(&a->agents, &b->agents));
}

/* "Two were killed in an attack ON THE EMBASSY": what was attacked is nobody who was killed, and would
 * be lost. */
static bool hits_a_building(const struct making *noun, const struct making *verb)
{
    for (uint32_t i = 0; i < noun->patients.count; i++) {
        uint32_t kinds = coding_kinds(noun->coding, noun->patients.tokens[i]);
        if ((kinds & KIND_FACILITY) != 0 && (kinds & KIND_PERSON) == 0 && verb->patients.count > 0 &&
            !list_has(&verb->patients, noun->patients.tokens[i]))
            return true;
    }
    return false;
}

/* "In a shootout WITH POLICE", "clashes AGAINST rebels"; not "a shooting ON the west side", nor "the clash
 * with police left nine dead", of whom nobody knows on which side they were. */
static bool is_against(const struct making *noun)
{
    const struct tree *tree = &noun->coding->tree;
    uint32_t preposition =
        noun->patients.count > 0 ? tree_preposition(tree, noun->patients.nouns[0]) : NONE;
    return noun->frame->both_sides && preposition != NONE &&
           tree->tokens[noun->trigger].relation != REL_NSUBJ &&
           (token_is(&tree->tokens[preposition], "with") ||
            token_is(&tree->tokens[preposition], "against"));
}

/* "Clashes BETWEEN FARMERS AND HERDERS killed nine": either side may have. */
static bool has_two_sides(const struct making *noun)
{
    return noun->frame->both_sides && noun->agents.count > 0 && noun->patients.count > 0 &&
           tree_is_below(&noun->coding->tree, noun->patients.tokens[0], noun->agents.tokens[0]);
}

/* "Six soldiers were killed in clashes between the army and THE REBELS": those who are not of their side,
 * where only one of the two can be theirs. */
static void take_other_side(struct making *verb, const struct making *noun)
{
    static const uint32_t sides[] = {KIND_STATE_FORCE | KIND_POLICE, KIND_REBEL};
    const struct coding *coding = noun->coding;
    if (verb->agents.count > 0 || verb->patients.count == 0)
        return;
    uint32_t hurt = coding_kinds(coding, verb->patients.tokens[0]);
    uint32_t first = coding_kinds(coding, noun->agents.tokens[0]);
    uint32_t second = coding_kinds(coding, noun->patients.tokens[0]);
    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++) {
        bool of_first = (first & sides[i]) != 0, of_second = (second & sides[i]) != 0;
        if ((hurt & sides[i]) == 0 || (hurt & sides[1 - i]) != 0 || of_first == of_second)
            continue;
        take_over(&verb->agents, of_first ? &noun->patients : &noun->agents, NONE);
    }
}

/* "A BOMBING left one dead": what it was done with. */
static void take_means(struct making *verb, const struct making *noun)
{
    take_over(&verb->instruments, &noun->instruments, NONE);
    bool bombing = strncmp(noun->frame->cameo, "183", 3) == 0;
    if (verb->means == NULL && (noun->frame->acled_type != NULL || bombing))
        verb->means = noun->frame;
}

/* "The attack killed five", "five died in clashes": the event noun is subject or stands behind
 * "in", "during", "by" of the verb. */
static void join_noun(struct coding *coding, struct making *noun, uint32_t verb_index)
{
    struct making *verb = &coding->makings.items[verb_index];
    if (noun->dropped && !verb->dropped && may_be_one(verb, noun) && noun->agents.count == 0 &&
        noun->patients.count == 0)
        take_means(verb, noun);
    if (noun->dropped || !may_be_one(verb, noun))
        return;
    if (has_two_sides(noun)) {
        take_other_side(verb, noun);
        return;
    }
    /* "The rebels killed five IN AN ATTACK on the port": theirs, too, where both are told. */
    if (noun->agents.count == 0)
        take_over(&noun->agents, &verb->agents, NONE);
    if (noun->patients.count > 0 && verb->patients.count > 0 &&
        !overlaps(&noun->patients, &verb->patients) && verb->frame->count_count == 0)
        return;
    if (verb->agents.count == 0)
        take_over(&verb->agents, &noun->agents, NONE);
    /* "Two were killed in a shootout WITH POLICE": the other side. */
    if (verb->agents.count == 0 && verb->patients.count > 0 && is_against(noun) &&
        !overlaps(&noun->patients, &verb->patients) &&
        !lists_share_side(coding, &noun->patients, &verb->patients) &&
        !coding_is_of_party(coding, noun->patients.tokens[0], verb->patients.tokens[0]))
        take_over(&verb->agents, &noun->patients, NONE);
    if (verb->patients.count == 0)
        take_over(&verb->patients, &noun->patients, NONE);
    take_means(verb, noun);
    if (!hits_a_building(noun, verb))
        noun->joined = verb_index;
}

static bool is_assault(const struct making *making)
{
    return frame_is(making->frame, "ASSAULT");
}

static bool is_joining(const struct coding *coding, const struct token *word, uint32_t token)
{
    if (word->relation == REL_NSUBJ || word->relation == REL_OBL_AGENT)
        return true;
    if (!relation_is(word->relation, REL_OBL) && !relation_is(word->relation, REL_NMOD) &&
        word->relation != REL_ADVCL)
        return false;
    static const char *const words[] = {"in",   "during", "by",      "with",
                                        "from", "after",  "through", NULL};
    static const char under[] = "under";
    uint32_t preposition = tree_preposition(&coding->tree, token);
    if (preposition == NONE)
        preposition = tree_child_exactly(&coding->tree, token, REL_MARK);
    if (preposition == NONE && arguments_verbal_noun(&coding->tree, token))
        return true;
    return preposition != NONE &&
           (token_is_one_of(&coding->tree.tokens[preposition], words) ||
            (token_is(&coding->tree.tokens[preposition], under) &&
             is_assault(&coding->makings.items[coding->making_at[token]])));
}

/* "Were left WOUNDED", parsed as a verb. */
static bool is_left_so(const struct making *making)
{
    const struct token *word = &making->coding->tree.tokens[making->trigger];
    return making->frame->class == FRAME_VERB && word->relation == REL_XCOMP && word->head != NONE &&
           arguments_past_participle(word) &&
           token_is(&making->coding->tree.tokens[word->head], "leave") &&
           tree_child_exactly(&making->coding->tree, word->head, REL_AUX_PASS) != NONE;
}

/* "Left sixty DEAD": the verb tells it with its number. */
static void join_adjective(struct coding *coding, struct making *adjective)
{
    uint32_t above = coding->tree.tokens[adjective->trigger].head;
    uint32_t verb = above != NONE ? coding->making_at[above] : NONE;
    /* "Two were killed and six were WOUNDED" tells of others. */
    if (coding->tree.tokens[adjective->trigger].relation == REL_CONJ &&
        tree_child(&coding->tree, adjective->trigger, REL_NSUBJ) != NONE)
        return;
    if (verb == NONE || adjective->dropped || coding->makings.items[verb].joined != NONE ||
        coding->makings.items[verb].dropped || coding->makings.items[verb].frame->count_count == 0)
        return;
    if (strcmp(coding->makings.items[verb].frame->plover, adjective->frame->plover) == 0 &&
        overlaps(&coding->makings.items[verb].patients, &adjective->patients))
        adjective->joined = verb;
}

enum { SENTENCES_BACK = 4 };

/* "The firing", "this attack", and nothing more: whoever says so takes the event as known. */
static bool is_definite(const struct tree *tree, uint32_t token)
{
    static const char *const words[] = {"the", "this", "that", NULL};
    bool definite = false;
    for (uint32_t child = tree->first_child[token]; child != NONE;
         child = tree->next_sibling[child]) {
        enum relation relation = tree->tokens[child].relation;
        if (relation == REL_DET)
            definite = token_is_one_of(&tree->tokens[child], words);
        else if (relation != REL_CASE && relation != REL_PUNCT)
            return false;
    }
    return definite;
}

static bool is_same_event(const struct making *earlier, const struct making *later)
{
    const struct token *tokens = later->coding->tree.tokens;
    bool same_mode = later->frame->mode != NULL && later->frame->mode[0] != '\0' &&
                     earlier->frame->mode != NULL &&
                     strcmp(later->frame->mode, earlier->frame->mode) == 0;
    return strcmp(earlier->frame->plover, later->frame->plover) == 0 &&
           (same_mode || tokens[earlier->trigger].lemma_hash == tokens[later->trigger].lemma_hash);
}

/* "Police fired at the crowd. Two were hurt in THE FIRING": the event told last that may be it. */
static void take_from_before(struct coding *coding)
{
    const struct token *tokens = coding->tree.tokens;
    for (uint32_t i = 0; i < coding->makings.count; i++) {
        struct making *later = &coding->makings.items[i];
        if (later->frame->class != FRAME_NOUN || later->dropped || later->agents.count > 0 ||
            later->patients.count > 0 || !is_assault(later) || !is_definite(&coding->tree, later->trigger))
            continue;
        for (uint32_t j = i; j-- > 0;) {
            const struct making *earlier = &coding->makings.items[j];
            if (tokens[earlier->trigger].sentence + SENTENCES_BACK < tokens[later->trigger].sentence)
                break;
            if (!is_same_event(earlier, later) || earlier->dropped)
                continue;
            if (!overlaps(&earlier->agents, &later->patients))
                take_over(&later->agents, &earlier->agents, NONE);
            break;
        }
    }
}

/* The event that the phrase with `noun` belongs to: the verb's object, or the noun before. */
static const struct making *event_above(const struct coding *coding, uint32_t noun)
{
    static const char *const words[] = {"with", "through", "including", NULL};
    const struct token *tokens = coding->tree.tokens;
    for (int steps = 0; steps < 3 && tokens[noun].relation == REL_CONJ; steps++)
        noun = tokens[noun].head;
    uint32_t preposition = tree_preposition(&coding->tree, noun), above = tokens[noun].head;
    if (preposition == NONE || above == NONE || !token_is_one_of(&tokens[preposition], words) ||
        (!relation_is(tokens[noun].relation, REL_OBL) &&
         !relation_is(tokens[noun].relation, REL_NMOD)))
        return NULL;
    uint32_t event = above;
    if (tokens[above].upos == UPOS_VERB && coding->making_at[above] == NONE)
        event = tree_child_exactly(&coding->tree, above, REL_OBJ);
    uint32_t index = event != NONE ? coding->making_at[event] : NONE;
    return index != NONE ? &coding->makings.items[index] : NULL;
}

/* "The rebels unleashed an offensive WITH ATTACKS on barracks and CLASHES with the army": who does the
 * whole does its parts. */
static void take_from_whole(struct coding *coding)
{
    for (uint32_t i = 0; i < coding->makings.count; i++) {
        struct making *part = &coding->makings.items[i];
        if (part->frame->class != FRAME_NOUN || part->dropped || part->agents.count > 0 ||
            !is_assault(part))
            continue;
        const struct making *whole = event_above(coding, part->trigger);
        if (whole != NULL && whole != part && event_has_consequences(whole) &&
            !overlaps(&whole->agents, &part->patients))
            take_over(&part->agents, &whole->agents, NONE);
    }
}

/* "Two killed IN POLICE FIRING": the verb right before the preposition, wherever a parser hangs the
 * noun. */
static uint32_t verb_before(const struct coding *coding, uint32_t noun)
{
    uint32_t preposition = tree_preposition(&coding->tree, noun);
    if (preposition == NONE || preposition == 0 ||
        !token_is(&coding->tree.tokens[preposition], "in"))
        return NONE;
    uint32_t index = coding->making_at[preposition - 1];
    bool verb = index != NONE && is_assault(&coding->makings.items[index]) &&
                coding->makings.items[index].frame->class == FRAME_VERB;
    return verb ? index : NONE;
}

void events_join(struct coding *coding)
{
    take_from_before(coding);
    take_from_whole(coding);
    for (uint32_t i = 0; i < coding->makings.count; i++) {
        struct making *noun = &coding->makings.items[i];
        const struct token *word = &coding->tree.tokens[noun->trigger];
        if (noun->frame->class == FRAME_ADJECTIVE || is_left_so(noun))
            join_adjective(coding, noun);
        if (noun->frame->class != FRAME_NOUN || noun->dropped || word->head == NONE)
            continue;
        uint32_t verb = is_joining(coding, word, noun->trigger) ? coding->making_at[word->head] : NONE;
        if (verb == NONE)
            verb = verb_before(coding, noun->trigger);
        if (verb != NONE && coding->makings.items[verb].joined == NONE &&
            !coding->makings.items[verb].dropped)
            join_noun(coding, noun, verb);
    }
    agents_beside(coding);
    sides_beside(coding);
    consequences_find(coding);
    patients_beside(coding);
    asked_beside(coding);
}
