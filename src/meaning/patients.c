/* To whom an event is done: which of the tokens that fill a frame's patient slots suffer it. Where
 * bodies and things are hit, anything may be; elsewhere somebody is addressed. What a slot leads to
 * is left out where it is only a place, a time, an age, a road, or who acts. */
#include "meaning/participants.h"

/* People or a body without a side inside a noun phrase: "the ban on the party". */
static uint32_t body_inside(const struct coding *coding, uint32_t token)
{
    for (uint32_t child = coding->tree.first_child[token]; child != NONE;
         child = coding->tree.next_sibling[child])
        if (relation_is(coding->tree.tokens[child].relation, REL_NMOD) &&
            coding->tree.tokens[child].upos != UPOS_NUM &&
            !token_is(&coding->tree.tokens[child], "%") &&
            (coding_kinds(coding, child) & (KIND_PERSON | KIND_ORGANISATION)) != 0)
            return child;
    return NONE;
}

/* Subject or object of the trigger, not what hangs on it by a preposition. */
static bool is_core(const struct making *making, uint32_t token)
{
    for (uint32_t i = 0; i < making->arguments.count; i++)
        if (making->arguments.items[i].token == token &&
            (making->arguments.items[i].place == ARGUMENT_OBJECT ||
             making->arguments.items[i].place == ARGUMENT_SUBJECT))
            return true;
    return false;
}

/* What is done in words and deeds that hit no body concerns somebody: "insisted on PERFORMING
 * tasks", "a truce under SUPERVISION" have no patient. The object itself may be anything:
 * "boycotted the poll". */
static bool may_be_addressed(const struct making *making, uint32_t token, uint32_t kinds)
{
    const struct coding *coding = making->coding;
    const struct token *word = &coding->tree.tokens[token];
    bool named = (word->flags & TOKEN_CAPITALISED) != 0 && word->upos == UPOS_NOUN;
    if (word->upos == UPOS_PROPN || word->upos == UPOS_X || word->upos == UPOS_PRON || named)
        return true;
    bool money = token > 0 && (token_is(word - 1, "$") || token_is(word - 1, "us$"));
    if (word->upos == UPOS_NUM || word->upos == UPOS_SYM)
        return !money && word->upos == UPOS_NUM &&
               tree_child(&coding->tree, token, REL_NMOD) != NONE;
    uint32_t somebody = KIND_ACTOR | KIND_PERSON | KIND_ORGANISATION | KIND_FACILITY |
                        KIND_VEHICLE | KIND_PLACE | KIND_WEAPON | KIND_ARMED;
    if ((kinds & somebody) != 0 || coding_is_measure(coding, token) ||
        (!participants_physical(making->frame) && patients_listed(coding, token, kinds)))
        return true;
    if (kinds == 0 && participants_called_on(making, token))
        return true;
    return word->upos != UPOS_VERB && is_core(making, token);
}

/* Only persons are killed, wounded and caught; a place that stands there was misread. */
bool patients_only_persons(const struct frame *frame)
{
    if (strncmp(frame->cameo, "18", 2) != 0 || participants_explosion(frame))
        return false;
    for (uint32_t i = 0; i < frame->count_count; i++)
        if ((frame->counts[i].role == ROLE_PATIENT ||
             (frame->counts[i].role == ROLE_SLOT && frame->class == FRAME_NOUN)) &&
            (strcmp(frame->counts[i].what, "killed") == 0 ||
             strcmp(frame->counts[i].what, "wounded") == 0 ||
             strcmp(frame->counts[i].what, "captured") == 0))
            return true;
    return false;
}

/* "Condemned the murder of the judge": who did it, where that is told, not the judge. */
static uint32_t somebody_in(const struct coding *coding, const struct making *event,
                            const struct frame_slots *slots)
{
    const uint32_t somebody =
        KIND_ACTOR | KIND_PERSON | KIND_ORGANISATION | KIND_FACILITY | KIND_VEHICLE;
    uint32_t tokens[4];
    uint32_t count = frames_fill(slots, false, &coding->tree, &event->arguments, coding_kinds,
                                 coding, tokens, 4);
    for (uint32_t i = 0; i < count; i++)
        if ((coding_kinds(coding, tokens[i]) & somebody) != 0)
            return tokens[i];
    return NONE;
}

/* "The Peruvian oil industry", "his farmhands": whose it is was not hit; "sympathisers of the party" are
 * of the party. */
static bool is_body_of(const struct coding *coding, uint32_t inner)
{
    const struct actor *actor = &coding->document->actors.items[coding_actor(coding, inner)];
    return coding->tree.tokens[inner].upos != UPOS_PRON && actor->kind != ACTOR_STATE &&
           tree_preposition(&coding->tree, inner) != NONE;
}

static uint32_t as_patient(const struct making *making, uint32_t token)
{
    const struct coding *coding = making->coding;
    uint32_t kinds = coding_kinds(coding, token);
    if ((kinds & KIND_ACTOR) != 0)
        return token;
    if (patients_only_persons(making->frame) && (kinds & KIND_PLACE) != 0 &&
        (kinds & (KIND_PERSON | KIND_ORGANISATION | KIND_NUMBER)) == 0)
        return NONE;
    uint32_t thing = kinds & (KIND_PERSON | KIND_ORGANISATION | KIND_FACILITY | KIND_VEHICLE |
                              KIND_PLACE | KIND_WEAPON);
    if (participants_physical(making->frame) && thing != 0)
        return token;
    if ((kinds & KIND_EVENT) != 0 && thing == 0 && coding->making_at[token] != NONE) {
        const struct making *event = &coding->makings.items[coding->making_at[token]];
        if (frame_is(making->frame, "ACCUSE"))
            return somebody_in(coding, event, &event->frame->agent);
        /* "Responsibility for the terrorist attack on the bus": the bus. */
        if (frame_is(making->frame, "ASSAULT") && event != making)
            return somebody_in(coding, event, &event->frame->patient);
    }
    bool hit = frame_is(making->frame, "ASSAULT");
    uint32_t named = participants_name_behind(coding, token);
    if (named != NONE && !hit)
        return named;
    bool judged = thing == 0 && !token_in(&coding->tree.tokens[token], WORDS_CASES);
    uint32_t answerable = judged ? patients_answerable(making, token) : NONE;
    if (answerable != NONE)
        return answerable;
    uint32_t inner = participants_actor_inside(coding, token);
    /* "On the stability of OUR institutions" concerns others than us. */
    if (inner != NONE && coding->tree.tokens[inner].upos == UPOS_PRON &&
        coding->tree.tokens[inner].head != token)
        inner = NONE;
    /* "Investigated the NUNS' CASE": not the nuns. */
    if (inner != NONE && coding->tree.tokens[inner].upos != UPOS_PRON &&
        frame_is(making->frame, "ACCUSE") && token_in(&coding->tree.tokens[token], WORDS_CASES))
        return token;
    if (hit && inner != NONE && !is_body_of(coding, inner))
        return token;
    /* "Criticised HIS successor": the successor, not himself. */
    bool whose = inner != NONE && coding->tree.tokens[inner].upos == UPOS_PRON &&
                 coding->tree.tokens[inner].head == token && (kinds & KIND_EVENT) == 0 &&
                 coding->tree.tokens[token].upos == UPOS_NOUN && !coding_is_idea(coding, token);
    /* "Promised to disclose THEIR names" promises them nothing. */
    if (whose && frame_is(making->frame, "AGREE"))
        return NONE;
    if (whose)
        return is_core(making, token) || (kinds & KIND_PERSON) != 0 ? token : inner;
    /* "The disarmament of the rebels and HIS attempt": he is not disarmed. */
    bool idea = inner != NONE && coding->tree.tokens[inner].upos == UPOS_PRON &&
                coding->tree.tokens[token].relation == REL_CONJ && coding_is_idea(coding, token);
    if (idea && participants_physical(making->frame))
        return NONE;
    if (inner != NONE)
        return inner;
    inner = thing == 0 ? body_inside(coding, token) : NONE;
    if (inner != NONE)
        return inner;
    if ((kinds & KIND_EVENT) != 0 && thing == 0)
        return NONE;
    return hit || may_be_addressed(making, token, kinds) ? token : NONE;
}

/* "Smith, 27, and": an age is nobody. */
static bool is_age(const struct coding *coding, uint32_t token)
{
    const struct token *word = &coding->tree.tokens[token];
    /* "Two children, AGES seven and NINE" */
    if (token_is(word, "age") || token_is(word, "aged"))
        return true;
    if (word->upos == UPOS_NUM && word->head != NONE && token_is(&coding->tree.tokens[word->head], "age"))
        return true;
    return word->upos == UPOS_NUM && token > 0 && token_is(word - 1, ",") && word->head != NONE &&
           coding->tree.tokens[word->head].upos == UPOS_PROPN;
}

/* Who acts does not act on itself: "lost its town", "its own people" say nothing of a patient. */
static bool is_agent_itself(const struct making *making, uint32_t token)
{
    uint32_t actor = coding_actor(making->coding, token);
    for (uint32_t i = 0; actor != NONE && i < making->agents.count; i++)
        if (coding_actor(making->coding, making->agents.tokens[i]) == actor)
            return making->coding->tree.tokens[token].upos == UPOS_PRON;
    return false;
}

static bool is_span_of_time(const struct token *word)
{
    /* "At the same TIME"; a paper may be the "Times". */
    return strcmp(word->folded, "time") == 0 || token_in(word, WORDS_SPANS_THAT_SAY_WHEN);
}

/* "A shooting", "a killing": deeds that hit persons; a bombing at a store hits the store. */
static bool is_aimed(const struct frame *frame)
{
    return frame->class == FRAME_NOUN && !participants_explosion(frame) &&
           (frame->mode == NULL || strcmp(frame->mode, "firearms") == 0 ||
            strcmp(frame->mode, "kill") == 0 || strcmp(frame->mode, "beat") == 0);
}

/* "Exploded on BANK and Mill STREETS": the names of roads in a row. */
static bool is_of_roads(const struct tree *tree, uint32_t token)
{
    const struct token *tokens = tree->tokens;
    if (tokens[token].upos != UPOS_PROPN)
        return false;
    if (tokens[token].relation == REL_CONJ)
        token = tokens[token].head;
    for (uint32_t child = tree->first_child[token]; child != NONE; child = tree->next_sibling[child])
        if (tokens[child].relation == REL_CONJ && tree_preposition(tree, child) == NONE &&
            token_in(&tokens[child], WORDS_ROADS_THAT_SAY_WHERE))
            return true;
    return false;
}

/* "A bombing in KARADA": a name of which no table knows more. */
static bool is_unknown_name(const struct token *noun, uint32_t kinds)
{
    return noun->upos == UPOS_PROPN &&
           (kinds & (KIND_ACTOR | KIND_PERSON | KIND_ORGANISATION | KIND_FACILITY | KIND_VEHICLE)) == 0;
}

/* "A bombing in the capital" hits somebody in the capital, not the capital; an explosion on a
 * street or near a town does not hit it either; "a shooting at a store" hits somebody there. */
static bool is_only_where(const struct making *making, uint32_t head, uint32_t token)
{
    const struct coding *coding = making->coding;
    const struct frame *frame = making->frame;
    const struct token *noun = &coding->tree.tokens[token];
    /* "In the capital and THE PORT": the preposition is of both. */
    while (coding->tree.tokens[head].relation == REL_CONJ &&
           tree_preposition(&coding->tree, head) == NONE)
        head = coding->tree.tokens[head].head;
    uint32_t preposition = tree_preposition(&coding->tree, head);
    uint32_t kinds = coding_kinds(coding, token);
    if (frame->control != CONTROL_NONE)
        return false;
    bool assault = frame_is(frame, "ASSAULT"), place = (kinds & KIND_PLACE) != 0;
    bool explodes =
        assault && participants_explosion(frame) && place && (kinds & KIND_FACILITY) == 0;
    if (preposition == NONE)
        return explodes && (kinds & KIND_ACTOR) == 0;
    bool road = token_in(noun, WORDS_ROADS_THAT_SAY_WHERE) || is_of_roads(&coding->tree, token);
    if (is_span_of_time(noun) || (frame_is(frame, "PROTEST") && road))
        return true;
    const struct token *word = &coding->tree.tokens[preposition];
    /* "A blast near the court" does not hit the court; "a rally at the stadium" is only there. */
    if (assault && participants_explosion(frame) && frame->class == FRAME_NOUN &&
        token_is(word, "near"))
        return true;
    if (frame_is(frame, "PROTEST") && token_is(word, "at") && making->agents.count > 0 &&
        (kinds & KIND_ACTOR) == 0 && (kinds & (KIND_FACILITY | KIND_PLACE)) != 0)
        return true;
    bool nobody = assault && participants_explosion(frame) && token_in(noun, WORDS_PLACES_OF_NOBODY);
    if (!assault || token_is(word, "in"))
        return assault && (place || nobody || is_unknown_name(noun, kinds));
    /* "His car was shot at near the town", "an operation on the outskirts" */
    bool beside = token_is(word, "on") && token_in(noun, WORDS_SIDES_OF_A_PLACE);
    if (place && (token_is(word, "near") || beside))
        return true;
    if (explodes && !token_is(word, "of") && !token_is(word, "against") && !token_is(word, "over"))
        return true;
    if (road)
        return token_is(word, "on") || token_is(word, "at");
    /* "A shooting on BROADWAY": who is shot at stands behind "at". */
    if (token_is(word, "on") && frame->class == FRAME_NOUN && frame->mode != NULL &&
        strcmp(frame->mode, "firearms") == 0 && noun->upos == UPOS_PROPN &&
        (place || (kinds & (KIND_ACTOR | KIND_PERSON | KIND_ORGANISATION | KIND_VEHICLE)) == 0))
        return true;
    return token_is(word, "at") && is_aimed(frame) && (kinds & (KIND_FACILITY | KIND_PLACE)) != 0;
}

/* "LOADED", "FULL": what stands for a car's being so. */
static bool is_laden(const struct token *word)
{
    return token_in(word, WORDS_LADEN_WITH_A_LOAD) &&
           (relation_is(word->relation, REL_ACL) || word->relation == REL_AMOD);
}

/* "A car LOADED with dynamite", "FULL of it": what it carries, where that explodes; NONE elsewhere. */
static uint32_t load_of(const struct coding *coding, uint32_t token)
{
    const struct tree *tree = &coding->tree;
    for (uint32_t verb = tree->first_child[token]; verb != NONE; verb = tree->next_sibling[verb]) {
        if (!is_laden(&tree->tokens[verb]))
            continue;
        for (uint32_t child = tree->first_child[verb]; child != NONE;
             child = tree->next_sibling[child]) {
            uint32_t load = coding_stands_for(coding, child);
            if ((coding_kinds(coding, load) & KIND_EXPLOSIVE) != 0)
                return load;
        }
    }
    return NONE;
}

/* "The TERRORIST attack": whose attack it is. */
static bool is_whose(const struct making *making, uint32_t token)
{
    const struct token *word = &making->coding->tree.tokens[token];
    return making->frame->class == FRAME_NOUN &&
           (relation_is(word->relation, REL_COMPOUND) || word->relation == REL_AMOD) &&
           (coding_kinds(making->coding, token) & KIND_REBEL) != 0;
}

/* "Thanked you for being HERE", "sent TO REINFORCE them", "committed THEMSELVES": words that are
 * nobody. */
static bool is_no_noun(const struct making *making, uint32_t token)
{
    const struct tree *tree = &making->coding->tree;
    const struct token *word = &tree->tokens[token];
    uint32_t mark = tree_child_exactly(tree, token, REL_MARK);
    if (word->upos == UPOS_VERB)
        return mark != NONE && token_is(&tree->tokens[mark], "to");
    bool reflexive =
        word->upos == UPOS_PRON && word->folded_length > 5 && strstr(word->folded, "sel") != NULL;
    return word->upos == UPOS_ADV || (reflexive && !participants_physical(making->frame));
}

/* "The rebels took three HOSTAGES" has those; "took them HOSTAGE" does not. */
static bool is_hostage_word(const struct making *making, uint32_t token)
{
    const struct tree *tree = &making->coding->tree;
    return token_in(&tree->tokens[token], WORDS_CAPTIVES_AS_A_STATE) &&
           tree_child(tree, token, REL_DET) == NONE &&
           tree_child(tree, token, REL_NUMMOD) == NONE &&
           frame_asks_for(making->frame, tree, &making->arguments, token);
}

/* "Demanded the arrest OF THE MAYOR", "the return OF THE DEAD": who is to be arrested is asked for
 * nothing; "the resignation OF THE MAYOR" is asked of him, and so is what "made a proposal TO THE MAYOR"
 * says. */
static bool is_of_demanded(const struct making *making, uint32_t token)
{
    const struct coding *coding = making->coding;
    uint32_t noun = coding->tree.tokens[token].head;
    uint32_t index = noun != NONE ? coding->making_at[noun] : NONE;
    if (!frame_is(making->frame, "REQUEST") || index == NONE || noun == making->trigger)
        return false;
    const struct making *event = &coding->makings.items[index];
    if (frame_is(event->frame, "REQUEST"))
        return false;
    uint32_t done[4], doers[4];
    uint32_t count = frames_fill(&event->frame->patient, true, &coding->tree, &event->arguments,
                                 coding_kinds, coding, done, 4);
    uint32_t others = frames_fill(&event->frame->agent, true, &coding->tree, &event->arguments,
                                  coding_kinds, coding, doers, 4);
    /* "The dismissal OF THE MINISTER" is asked of him, too; talks are had by both. */
    bool found = false, office = strncmp(event->frame->cameo, "17", 2) == 0 &&
                                 strncmp(event->frame->cameo, "173", 3) != 0;
    for (uint32_t i = 0; i < count; i++)
        found = found || done[i] == token;
    for (uint32_t i = 0; i < others; i++)
        found = found && doers[i] != token;
    return found && !office && !event->frame->both_sides && event->frame->class == FRAME_NOUN;
}

/* "A SCHOOL shooting": only a name before the noun says who was shot. */
static bool is_only_kind_of(const struct making *making, uint32_t token)
{
    const struct coding *coding = making->coding;
    const struct token *word = &coding->tree.tokens[token];
    uint32_t actor = coding_actor(coding, token);
    if (making->frame->class != FRAME_NOUN || token > making->trigger ||
        word->relation == REL_NMOD_POSS || tree_preposition(&coding->tree, token) != NONE ||
        !tree_is_below(&coding->tree, token, making->trigger) || making->frame->mode == NULL ||
        strcmp(making->frame->mode, "firearms") != 0)
        return false;
    return !relation_is(word->relation, REL_COMPOUND) || word->upos != UPOS_PROPN || actor == NONE ||
           coding->document->actors.items[actor].kind != ACTOR_PERSON;
}

/* True where what `head` leads to does not suffer the event: time, place, the agents. */
static bool is_no_patient(struct making *making, uint32_t head, uint32_t token)
{
    const struct coding *coding = making->coding;
    if (token == NONE || token == making->trigger || participants_time(coding, token) ||
        is_age(coding, token) || participants_open_pronoun(coding, token) ||
        is_only_where(making, head, token) || is_agent_itself(making, token) ||
        list_has(&making->agents, token) || is_whose(making, token) || is_no_noun(making, token) ||
        is_hostage_word(making, token) || is_of_demanded(making, token) ||
        is_only_kind_of(making, token) || patients_only_probed(making, token) ||
        participants_speaker_label(coding, token))
        return true;
    uint32_t load = participants_explosion(making->frame) ? load_of(coding, token) : NONE;
    if (load != NONE)
        participants_add_instrument(making, load);
    return load != NONE;
}

/* "One AT THE PARK, another AT A SCHOOL" */
static bool is_of_each(const struct making *making, uint32_t token)
{
    const struct token *tokens = making->coding->tree.tokens;
    for (uint32_t i = 0; i < making->arguments.count; i++) {
        const struct argument *argument = &making->arguments.items[i];
        if (argument->token == token && argument->via != NONE &&
            (token_is(&tokens[argument->via], "one") || token_is(&tokens[argument->via], "other") ||
             token_is(&tokens[argument->via], "another")))
            return true;
    }
    return false;
}

/* The verb that the one at `trigger` is coordinated with, or NONE; "240 WOUNDED" behind it may be
 * parsed as a noun phrase of the number. */
static uint32_t verb_before(const struct coding *coding, uint32_t trigger, uint32_t number)
{
    const struct token *word = &coding->tree.tokens[trigger];
    if (word->head == number &&
        (word->relation == REL_AMOD || relation_is(word->relation, REL_ACL)))
        word = &coding->tree.tokens[number];
    bool beside = word->relation == REL_CONJ || word->relation == REL_PARATAXIS;
    return beside && word->head != NONE && word->head < trigger ? word->head : NONE;
}

/* "Nine OF the soldiers"; "AT LEAST nine" is a number alone. */
static bool is_of_others(const struct tree *tree, uint32_t number)
{
    for (uint32_t child = tree->first_child[number]; child != NONE;
         child = tree->next_sibling[child])
        if (child > number && relation_is(tree->tokens[child].relation, REL_NMOD))
            return true;
    return false;
}

/* Of whom many may be told by a number alone: those killed, hurt, caught, driven out. */
static bool counts_persons(const struct frame *frame)
{
    static const char *const fates[] = {"detained", "captured", "abducted", "displaced",
                                        "killed",   "wounded"};
    if (patients_only_persons(frame))
        return true;
    for (uint32_t i = 0; i < frame->count_count; i++)
        for (size_t j = 0; j < sizeof fates / sizeof fates[0]; j++)
            if (frame->counts[i].role == ROLE_PATIENT && strcmp(frame->counts[i].what, fates[j]) == 0)
                return true;
    return false;
}

/* "Left two guards dead, six WOUNDED AND NINE CAPTURED": the event told right before the number,
 * where the trigger is not coordinated with its word; NONE where none stands there. */
static uint32_t event_right_before(const struct making *making, uint32_t number)
{
    enum { NEAR = 6 };
    const struct coding *coding = making->coding;
    uint32_t own = coding->making_at[making->trigger];
    if (own == NONE || own == 0)
        return NONE;
    uint32_t before = coding->makings.items[own - 1].trigger;
    bool near = before < number && before + NEAR > number &&
                coding->tree.tokens[before].sentence == coding->tree.tokens[number].sentence;
    return near ? own - 1 : NONE;
}

/* "Two soldiers were killed and SIX wounded": six soldiers; "two of the enemy and six". The one noun of
 * persons that suffers the verb before, or the number itself. */
static uint32_t elided_noun(const struct making *making, uint32_t number)
{
    const struct coding *coding = making->coding;
    const struct token *word = &coding->tree.tokens[number];
    bool bare = word->upos == UPOS_NUM && coding->quantity[number] != NONE &&
                coding_actor(coding, number) == NONE && !is_of_others(&coding->tree, number);
    if (!bare || !counts_persons(making->frame))
        return number;
    uint32_t verb = verb_before(coding, making->trigger, number);
    uint32_t index = verb != NONE ? coding->making_at[verb] : NONE;
    if (index == NONE)
        index = event_right_before(making, number);
    if (index == NONE || !counts_persons(coding->makings.items[index].frame))
        return number;
    const struct participant_list *before = &coding->makings.items[index].patients;
    uint32_t noun = before->count == 1 ? before->tokens[0] : NONE;
    bool persons = noun != NONE && coding->tree.tokens[noun].upos == UPOS_NOUN &&
                   ((coding_kinds(coding, noun) & (KIND_PERSON | KIND_ARMED)) != 0 ||
                    token_in(&coding->tree.tokens[noun], WORDS_ADVERSARIES));
    return persons ? noun : number;
}

/* "The BODY of the mayor": the mayor. */
static uint32_t whose_body(const struct coding *coding, uint32_t token)
{
    const struct token *tokens = coding->tree.tokens;
    bool body = token_is(&tokens[token], "body") || token_is(&tokens[token], "corpse");
    for (uint32_t child = coding->tree.first_child[token]; body && child != NONE;
         child = coding->tree.next_sibling[child])
        if (relation_is(tokens[child].relation, REL_NMOD) &&
            (coding_kinds(coding, child) & KIND_PERSON) != 0)
            return child;
    return token;
}

/* "Petra, of the law school, WHO was abducted": a clause with "who" tells of a person, not of the
 * building or the place that it was hung on. */
uint32_t participants_who(const struct making *making, uint32_t token)
{
    const struct coding *coding = making->coding;
    /* "Arrested a man but released HIM": the man, who is no actor. */
    if (coding->noun_meant[token] != NONE)
        return coding->noun_meant[token];
    const struct token *tokens = coding->tree.tokens, *noun = &tokens[token];
    uint32_t clause = making->trigger;
    for (int steps = 0; steps < 3 && tokens[clause].relation == REL_CONJ; steps++)
        clause = tokens[clause].head;
    if (tokens[clause].relation != REL_ACL_RELCL || tokens[clause].head != token ||
        !relation_is(noun->relation, REL_NMOD) || noun->head == NONE ||
        coding_actor(coding, token) != NONE ||
        (coding_kinds(coding, token) & (KIND_PERSON | KIND_ARMED)) != 0)
        return whose_body(coding, token);
    uint32_t subject = tree_child(&coding->tree, clause, REL_NSUBJ);
    bool who = subject != NONE && token_is(&tokens[subject], "who");
    uint32_t above = whose_body(coding, noun->head);
    return who && (coding_kinds(coding, above) & KIND_PERSON) != 0 ? above : token;
}

/* The patients in one slot, or in phrases `astray` of it; true where one of them is an actor or a
 * place. */
static bool patients_in(struct making *making, const struct frame_slots *slots, bool astray,
                        struct participant_list *patients)
{
    const struct coding *coding = making->coding;
    uint32_t heads[8];
    bool all = making->frame->both_sides, one = !all && slots->count == 1;
    uint32_t count = (astray ? frames_fill_astray : frames_fill)(
        slots, all || one, &coding->tree, &making->arguments, coding_kinds, coding, heads, 8);
    bool known = false;
    /* One phrase fills a slot: the first that may, "at the bank" behind "at 3:15". */
    for (uint32_t i = 0; i < count; i++) {
        if (one && patients->count > 0 && !is_of_each(making, heads[i]))
            break;
        struct participant_list listed;
        members_of_said(making, heads[i], &listed);
        for (uint32_t j = 0; j < listed.count; j++) {
            uint32_t head = coding_stands_for(coding, listed.tokens[j]);
            head = participants_who(making, head);
            if (participants_only_wished(making, heads[i], listed.tokens[j]))
                continue;
            uint32_t elided = elided_noun(making, head);
            if (elided != head) {
                list_add(patients, elided);
                patients->nouns[patients->count - 1] = head;
                known = true;
                continue;
            }
            uint32_t token = as_patient(making, head);
            if (is_no_patient(making, listed.tokens[j], token))
                continue;
            known |= (coding_kinds(coding, token) & (KIND_ACTOR | KIND_PLACE)) != 0;
            participants_add(coding, token, patients);
            /* "Sanctions on Iran and Libya": what was found inside has conjuncts of its own. */
            struct participant_list others = {0};
            if (token != head)
                members_find(coding, token, &others);
            for (uint32_t k = 1; k < others.count; k++)
                list_add(patients, others.tokens[k]);
        }
    }
    return known;
}

/* The first alternative that leads to an actor or a place, else the first that is filled: "impose a
 * curfew in response to riots in the capital". Where bodies and things are hit the order of the row
 * decides alone. */
static void patients_in_slots(struct making *making, bool astray)
{
    const struct frame_slots *slots = &making->frame->patient;
    for (uint32_t first = 0; first < slots->count;) {
        struct frame_slots group = {0};
        group.items[group.count++] = slots->items[first++];
        while (first < slots->count && slots->items[first].joined)
            group.items[group.count++] = slots->items[first++];
        struct participant_list found = {0};
        bool known = patients_in(making, &group, astray, &found);
        if (known || making->patients.count == 0)
            making->patients = found.count > 0 ? found : making->patients;
        if (known || (participants_physical(making->frame) && making->patients.count > 0))
            return;
    }
}

void patients_find(struct making *making)
{
    if (making->frame->patient.count > 0)
        phrases_behind(making);
    patients_in_slots(making, false);
    if (making->patients.count == 0)
        patients_in_slots(making, true);
    patients_of_condition(making);
    owners_find(making);
}
