/* Where a claim happens. The place is sought among what hangs on the
 * trigger, then among its participants, then on the way up to the root of the sentence, but not
 * beyond a verb of saying. What is said, asked or refused happens where it is said, not where that
 * is which is spoken of. What takes or loses a place happens there (claim_control.c). */
#include "meaning/coding.h"

/* "RUSSIA'S ambassador", "Adkins, 40, OF Linden": whose somebody is, and where he is from. */
static bool is_of_person(const struct coding *coding, uint32_t person, uint32_t place)
{
    const struct token *token = &coding->tree.tokens[person];
    const char *feature = coding->where[place] != NONE
                              ? coding->document->places.items[coding->where[place]].feature
                              : NULL;
    if (feature == NULL)
        return false;
    if (coding->tree.tokens[place].relation == REL_NMOD_POSS)
        return strncmp(feature, "PCL", 3) == 0 && token->upos == UPOS_NOUN &&
               (coding_kinds(coding, person) & KIND_PERSON) != 0;
    uint32_t preposition = tree_preposition(&coding->tree, place);
    return preposition != NONE && token_is(&coding->tree.tokens[preposition], "of") &&
           token->upos == UPOS_PROPN && coding->named[person] != NONE && place > person + 1;
}

/* The place that a noun phrase stands for or lies in: "Kunduz", "the city", "a mosque in the
 * capital", "the airport of Kunduz", not "a convoy from Kabul". */
static uint32_t place_of(const struct coding *coding, uint32_t token, int depth)
{
    if (coding->where[token] != NONE || depth > 3)
        return coding->where[token];
    uint32_t found = NONE;
    for (uint32_t child = coding->tree.first_child[token]; child != NONE;
         child = coding->tree.next_sibling[child]) {
        enum relation relation = coding->tree.tokens[child].relation;
        uint32_t preposition = tree_preposition(&coding->tree, child);
        bool part = relation_is(relation, REL_FLAT) || relation_is(relation, REL_COMPOUND) ||
                    relation_is(relation, REL_APPOS) || relation == REL_AMOD ||
                    relation == REL_NMOD_POSS;
        bool lies = relation_is(relation, REL_NMOD) && preposition != NONE &&
                    token_in(&coding->tree.tokens[preposition], WORDS_SAY_WHERE);
        if ((!part && !lies && relation != REL_ADVMOD) || is_of_person(coding, token, child))
            continue;
        uint32_t place = place_of(coding, child, depth + 1);
        /* What lies behind says more than whose it is: "Afghanistan's crossing at Islam Qala". */
        if (place != NONE && (found == NONE || child > token))
            found = place;
        if (found != NONE && child > token)
            break;
    }
    return found;
}

/* The place behind a preposition that says where, or an adverb, among the children of `token`; or
 * behind one that says whence or whither, which is where what moves is, but not where those are who
 * came. */
static uint32_t place_below(const struct coding *coding, uint32_t token, bool whither)
{
    for (uint32_t child = coding->tree.first_child[token]; child != NONE;
         child = coding->tree.next_sibling[child]) {
        enum relation relation = coding->tree.tokens[child].relation;
        if (relation == REL_ADVMOD && !whither && coding->where[child] != NONE)
            return coding->where[child];
        if (!relation_is(relation, REL_OBL) && !relation_is(relation, REL_NMOD))
            continue;
        uint32_t preposition = tree_preposition(&coding->tree, child);
        if (preposition == NONE)
            continue;
        if (!token_in(&coding->tree.tokens[preposition],
                      whither ? WORDS_SAY_WHITHER : WORDS_SAY_WHERE))
            continue;
        uint32_t place = place_of(coding, child, 0);
        if (place != NONE)
            return place;
    }
    return NONE;
}

static uint32_t place_of_any(const struct coding *coding, const struct participant_list *list)
{
    uint32_t place = NONE;
    for (uint32_t i = 0; i < list->count && place == NONE; i++)
        place = place_of(coding, list->tokens[i], 0);
    return place;
}

/* "The withdrawal of the troops from the coast". */
static uint32_t whither_of_any(const struct coding *coding, const struct participant_list *list)
{
    uint32_t place = NONE;
    for (uint32_t i = 0; i < list->count && place == NONE; i++)
        place = place_below(coding, list->tokens[i], true);
    return place;
}

static bool is_country(const struct coding *coding, uint32_t place)
{
    const char *feature = place != NONE ? coding->document->places.items[place].feature : NULL;
    return feature != NULL && strncmp(feature, "PCL", 3) == 0;
}

/* Objects and modifiers of the trigger that are places: "fleeing Kunduz", "the Kunduz siege". */
static uint32_t place_of_arguments(const struct making *making)
{
    const struct coding *coding = making->coding;
    for (uint32_t i = 0; i < making->arguments.count; i++) {
        const struct argument *argument = &making->arguments.items[i];
        bool whose = argument->place == ARGUMENT_POSSESSOR || argument->place == ARGUMENT_MODIFIER;
        uint32_t place = coding->where[argument->token];
        if (place == NONE ||
            (argument->place != ARGUMENT_OBJECT && argument->place != ARGUMENT_SUBJECT &&
             !(whose && making->frame->class == FRAME_NOUN)))
            continue;
        /* A country that acts need not act at home. */
        if (argument->place == ARGUMENT_OBJECT || !is_country(coding, place))
            return place;
    }
    return NONE;
}

/* "Before the invasion", "prior to the siege", "despite the raids": another scene than that of the
 * clause. */
static bool is_another_scene(const struct coding *coding, uint32_t token)
{
    uint32_t word = tree_preposition(&coding->tree, token);
    if (word == NONE)
        word = tree_child(&coding->tree, token, REL_MARK);
    return word != NONE && token_in(&coding->tree.tokens[word], WORDS_OPEN_ANOTHER_SCENE);
}

/* What is done by words: it happens where the speaker is, not where what he speaks of is. */
static bool is_statement(const struct frame *frame)
{
    bool visits = frame->mode != NULL && strcmp(frame->mode, "visit") == 0;
    bool inquires = strncmp(frame->cameo, "09", 2) == 0;
    return (frame_is(frame, "ACCUSE") && !inquires) || frame_is(frame, "REQUEST") ||
           frame_is(frame, "REJECT") || (frame_is(frame, "CONSULT") && !visits);
}

/* "Turkey, which called for calm": not there, unless it says "where". */
static bool is_by_country(const struct making *making, uint32_t noun, uint32_t clause)
{
    const struct tree *tree = &making->coding->tree;
    if (!is_statement(making->frame) || !is_country(making->coding, making->coding->where[noun]))
        return false;
    for (uint32_t child = tree->first_child[clause]; child != NONE;
         child = tree->next_sibling[child])
        if (child < clause && token_is(&tree->tokens[child], "where"))
            return false;
    return true;
}

/* "Met his son IN MIAMI", "the talks IN GENEVA on Syria", not "called for an end to the war in
 * Chad". */
static uint32_t place_of_speech_below(const struct coding *coding, uint32_t token)
{
    const struct tree *tree = &coding->tree;
    uint32_t object = tree_child(tree, token, REL_OBJ);
    bool of_deed = object != NONE && (coding_kinds(coding, object) & KIND_EVENT) != 0 &&
                   !token_in(&tree->tokens[object], WORDS_AWAITED_EVENTS);
    for (uint32_t child = tree->first_child[token]; child != NONE;
         child = tree->next_sibling[child]) {
        enum relation relation = tree->tokens[child].relation;
        uint32_t preposition = tree_preposition(tree, child);
        if (relation == REL_ADVMOD && coding->where[child] != NONE)
            return coding->where[child];
        if ((!relation_is(relation, REL_OBL) && !relation_is(relation, REL_NMOD)) ||
            (of_deed && child > object) || preposition == NONE ||
            !token_in(&tree->tokens[preposition], WORDS_SAY_WHERE_ONE_SPEAKS) ||
            ((coding_kinds(coding, child) & KIND_EVENT) != 0 &&
             token_is(&tree->tokens[preposition], "in")))
            continue; /* "charged IN THE RAID in Gao", but "said AT A RALLY in Gao" */
        uint32_t place = place_of(coding, child, 0);
        if (place != NONE)
            return place;
    }
    return NONE;
}

/* Of those spoken to only where they are, not what country they are: "asked the crowd in Miami". */
static uint32_t place_of_listeners(const struct making *making)
{
    const struct coding *coding = making->coding;
    uint32_t place = NONE;
    for (uint32_t i = 0; i < making->patients.count && place == NONE; i++) {
        uint32_t token = making->patients.tokens[i];
        if (coding->where[token] == NONE && (coding_kinds(coding, token) & KIND_PERSON) != 0)
            place = place_of_speech_below(coding, token);
    }
    return place;
}

/* "The GENEVA talks", "held a summit IN GENEVA". */
static uint32_t place_of_talks(const struct making *making)
{
    const struct coding *coding = making->coding;
    const struct argument *object = arguments_get(&making->arguments, ARGUMENT_OBJECT);
    if (object != NULL && token_in(&coding->tree.tokens[object->token], WORDS_AWAITED_EVENTS))
        return place_of_speech_below(coding, object->token);
    if (making->frame->class != FRAME_NOUN)
        return NONE;
    for (uint32_t i = 0; i < making->arguments.count; i++) {
        uint32_t place = coding->where[making->arguments.items[i].token];
        if (place != NONE && making->arguments.items[i].place == ARGUMENT_MODIFIER &&
            !is_country(coding, place))
            return place;
    }
    return NONE;
}

/* Upwards through the clauses that the trigger is part of. What is said is not where it is said. */
static uint32_t place_above(const struct making *making)
{
    const struct coding *coding = making->coding;
    uint32_t token = making->trigger;
    for (int steps = 0; steps < 6; steps++) {
        const struct token *word = &coding->tree.tokens[token];
        uint32_t above = word->head;
        if (above == NONE || word->relation == REL_CCOMP || word->relation == REL_PARATAXIS ||
            is_another_scene(coding, token))
            break;
        if (relation_is(word->relation, REL_ACL) && coding->where[above] != NONE)
            return is_by_country(making, above, token) ? NONE : coding->where[above];
        uint32_t place = place_below(coding, above, false);
        if (place == NONE && coding->tree.tokens[above].upos != UPOS_VERB)
            place = place_of(coding, above, 0);
        if (place != NONE)
            return is_statement(making->frame) && is_country(coding, place) &&
                           coding->tree.tokens[above].upos != UPOS_VERB
                       ? NONE
                       : place;
        token = above;
    }
    return NONE;
}

/* "Fighting RAGED IN the port", parsed as if it were fighting that raged. */
static uint32_t place_of_course(const struct making *making)
{
    const struct tree *tree = &making->coding->tree;
    uint32_t place = NONE;
    for (uint32_t child = tree->first_child[making->trigger]; child != NONE && place == NONE;
         child = tree->next_sibling[child])
        if ((relation_is(tree->tokens[child].relation, REL_ACL) ||
             relation_is(tree->tokens[child].relation, REL_ADVCL)) &&
            supports_hold(tree->supports, &tree->tokens[child], SUPPORT_EVENT, 0))
            place = place_below(making->coding, child, false);
    return place;
}

/* "Seize other roads TO CHAD", parsed as if they were seized to there. */
static bool goes_nowhere(const struct making *making)
{
    return making->frame->class == FRAME_VERB &&
           (frame_is(making->frame, "COERCE") || making->frame->control != CONTROL_NONE) &&
           arguments_get(&making->arguments, ARGUMENT_OBJECT) != NULL;
}

/* "Asked RUSSIA to mediate", "was allied with CHAD": who is spoken to or of, not where. */
static bool is_among_states(const struct making *making)
{
    static const char *const types[] = {"REQUEST", "ACCUSE",    "REJECT",  "AGREE",
                                        "SUPPORT", "COOPERATE", "THREATEN"};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (frame_is(making->frame, types[i]))
            return true;
    return false;
}

/* "Another provincial capital", "the ninth town": in none of the towns named beside it. */
static bool is_town_unnamed(const struct making *making)
{
    const struct coding *coding = making->coding;
    bool unnamed = false;
    for (uint32_t i = 0; i < making->patients.count; i++) {
        const struct token *word = &coding->tree.tokens[making->patients.tokens[i]];
        /* "Gao and other cities" */
        if (coding->where[making->patients.tokens[i]] != NONE || word->relation == REL_CONJ)
            return false;
        unnamed |= word->upos == UPOS_NOUN &&
                   (strcmp(word->lemma != NULL ? word->lemma : word->folded, "city") == 0 ||
                    token_in(word, WORDS_SCENES_CAPITAL));
    }
    return unnamed && making->frame->control != CONTROL_NONE;
}

bool where_is_town_itself(const struct making *making, uint32_t place)
{
    const char *feature =
        place != NONE ? making->coding->document->places.items[place].feature : NULL;
    return feature != NULL && strncmp(feature, "PPL", 3) == 0 && is_town_unnamed(making);
}

static uint32_t place_of_parties(const struct making *making)
{
    const struct coding *coding = making->coding;
    uint32_t place = place_of_arguments(making);
    if (place == NONE)
        place = place_of_any(coding, &making->patients);
    /* What is hit need not be a patient: "bombed targets in the north". */
    const struct argument *object = arguments_get(&making->arguments, ARGUMENT_OBJECT);
    if (place == NONE && object != NULL)
        place = place_of(coding, object->token, 0);
    return is_country(coding, place) && is_among_states(making) ? NONE : place;
}

static uint32_t place_of_agents(const struct making *making)
{
    const struct coding *coding = making->coding;
    uint32_t place = NONE;
    for (uint32_t i = 0; i < making->agents.count && place == NONE; i++)
        if (!is_country(coding, coding->where[making->agents.tokens[i]]))
            place = place_of(coding, making->agents.tokens[i], 0);
    return place;
}

/* Where something is said, asked, refused or talked over. */
static uint32_t place_of_statement(const struct making *making)
{
    const struct coding *coding = making->coding;
    uint32_t place = place_of_speech_below(coding, making->trigger);
    if (place == NONE && frame_is(making->frame, "CONSULT"))
        place = place_of_talks(making);
    if (place == NONE)
        place = place_of_listeners(making);
    if (place == NONE && frame_is(making->frame, "CONSULT"))
        place = place_below(coding, making->trigger, true);
    if (place == NONE)
        place = place_above(making);
    return place != NONE ? place : place_of_agents(making);
}

static uint32_t find_place(const struct making *making)
{
    const struct coding *coding = making->coding;
    uint32_t place = place_below(coding, making->trigger, false);
    if (place == NONE && making->frame->class == FRAME_NOUN)
        place = place_of_course(making);
    if (place == NONE)
        place = place_of_parties(making);
    if (place == NONE && !goes_nowhere(making))
        place = place_below(coding, making->trigger, true);
    if (place == NONE && making->frame->class == FRAME_NOUN)
        place = whither_of_any(coding, &making->agents);
    if (place == NONE && making->frame->class == FRAME_NOUN)
        place = whither_of_any(coding, &making->patients);
    if (place == NONE)
        place = place_above(making);
    if (place != NONE && where_is_town_itself(making, place))
        return NONE;
    return place != NONE ? place : place_of_agents(making);
}

void where_find(const struct making *making, struct claim *claim)
{
    claim->place = is_statement(making->frame) ? place_of_statement(making) : find_place(making);
}
