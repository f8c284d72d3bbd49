/* Who takes part: from the tokens that fill a frame's slots to the actors and things they stand
 * for. "Dozens of rebels", "a group of gunmen" stand for what is behind "of"; conjuncts take part
 * each on their own; a weapon that acts is an instrument of nobody known; an event that acts
 * ("the attack killed") lends its own agents (joining.c). */
#include "meaning/coding.h"

/* "A car bomb IN Turkey": where it is, not whose. */
static bool is_only_there(const struct coding *coding, uint32_t token)
{
    static const char *const words[] = {"in",     "at",     "near",    "outside", "inside",
                                        "across", "around", "through", "within",  "along"};
    uint32_t preposition = tree_preposition(&coding->tree, token);
    for (size_t i = 0; preposition != NONE && i < sizeof words / sizeof words[0]; i++)
        if (token_is(&coding->tree.tokens[preposition], words[i]))
            return true;
    return false;
}

/* The first actor inside a noun phrase: whose it is, by whom, about whom ("Turkey's efforts", "the
 * ban on the party"). */
static uint32_t actor_within(const struct coding *coding, uint32_t token, bool pronouns, int depth)
{
    if (depth > 3)
        return NONE;
    for (uint32_t child = coding->tree.first_child[token]; child != NONE;
         child = coding->tree.next_sibling[child]) {
        enum relation relation = relation_universal(coding->tree.tokens[child].relation);
        if ((relation != REL_NMOD && relation != REL_COMPOUND && relation != REL_AMOD) ||
            is_only_there(coding, child))
            continue;
        if (coding_actor(coding, child) != NONE &&
            (pronouns || coding->tree.tokens[child].upos != UPOS_PRON))
            return child;
        uint32_t inner = actor_within(coding, child, pronouns, depth + 1);
        if (inner != NONE)
            return inner;
    }
    return NONE;
}

/* As above; "its" only where nobody else is named: "its war with the neighbour". */
static uint32_t actor_inside(const struct coding *coding, uint32_t token)
{
    uint32_t found = actor_within(coding, token, false, 0);
    return found != NONE ? found : actor_within(coding, token, true, 0);
}

/* Adds a participant, by its names where an apposition gives them. */
static void add_participant(const struct coding *coding, uint32_t token,
                            struct participant_list *list)
{
    uint32_t before = list->count;
    if (!members_by_name(coding, token, list))
        list_add(list, token);
    for (uint32_t i = before; i < list->count; i++)
        list->nouns[i] = token;
}

/* "That", "who", "it" whose antecedent is not known say nothing. */
static bool is_open_pronoun(const struct coding *coding, uint32_t token)
{
    const struct token *word = &coding->tree.tokens[token];
    /* "At 2130": a bare number behind a preposition counts nobody. */
    if (word->upos == UPOS_NUM && coding_actor(coding, token) == NONE &&
        (relation_is(word->relation, REL_OBL) || relation_is(word->relation, REL_NMOD)))
        return true;
    static const char *const words[] = {"that",       "which",  "who",     "whom",      "it",
                                        "this",       "these",  "what",    "whose",     "each",
                                        "one",        "itself", "nothing", "something", "anything",
                                        "everything", "there"};
    if ((word->upos != UPOS_PRON && word->upos != UPOS_DET) || coding_actor(coding, token) != NONE)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(word->folded, words[i]) == 0)
            return true;
    return false;
}

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

static bool is_physical(const struct frame *frame)
{
    return strcmp(frame->plover, "ASSAULT") == 0 || strcmp(frame->plover, "COERCE") == 0 ||
           strcmp(frame->plover, "RETREAT") == 0 || strcmp(frame->plover, "MOBILIZE") == 0;
}

/* "The city urged", "the nations agreed": people that act as one. */
static bool is_community(const struct token *word)
{
    static const char *const words[] = {"country",  "nation", "city",    "town",  "village",
                                        "province", "state",  "kingdom", "county"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (word->upos == UPOS_NOUN && token_is(word, words[i]))
            return true;
    return false;
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
                        KIND_VEHICLE | KIND_PLACE | KIND_WEAPON;
    if ((kinds & somebody) != 0 || coding_is_measure(coding, token))
        return true;
    return word->upos != UPOS_VERB && is_core(making, token);
}

/* "Seized BY smugglers": whoever stands there did it, known word or not. */
static bool is_by_whom(const struct coding *coding, uint32_t token, uint32_t kinds)
{
    const struct token *word = &coding->tree.tokens[token];
    uint32_t thing = KIND_EVENT | KIND_WEAPON | KIND_FACILITY | KIND_VEHICLE | KIND_PLACE;
    return word->relation == REL_OBL_AGENT && word->upos == UPOS_NOUN && (kinds & thing) == 0 &&
           !coding_is_idea(coding, token) && (word->features & WORD_PLURAL) != 0;
}

/* "Homeless ADVOCATES urged": who asks, praises or accuses is somebody, known word or not. */
static bool is_speaking(const struct making *making, uint32_t token, uint32_t kinds)
{
    static const char *const speaking[] = {"REQUEST", "ACCUSE", "SUPPORT", "REJECT", "PROTEST"};
    static const char *const texts[] = {"report",   "letter",  "statement", "document", "study",
                                        "law",      "article", "message",   "rule",     "proposal",
                                        "evidence", "result",  "figure",    "datum",    "word"};
    const struct coding *coding = making->coding;
    const struct token *word = &coding->tree.tokens[token];
    uint32_t thing = KIND_EVENT | KIND_WEAPON | KIND_FACILITY | KIND_VEHICLE | KIND_PLACE;
    if (making->frame->class != FRAME_VERB || word->upos != UPOS_NOUN ||
        word->relation != REL_NSUBJ || (word->features & WORD_PLURAL) == 0 ||
        (kinds & thing) != 0 || coding_is_idea(coding, token))
        return false;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (token_is(word, texts[i]))
            return false;
    for (size_t i = 0; i < sizeof speaking / sizeof speaking[0]; i++)
        if (strcmp(making->frame->plover, speaking[i]) == 0)
            return true;
    return false;
}

/* An agent must be somebody. A thing or an idea that acts leads to whose it is. */
static uint32_t as_agent(const struct making *making, uint32_t token)
{
    const struct coding *coding = making->coding;
    uint32_t kinds = coding_kinds(coding, token);
    const struct token *word = &coding->tree.tokens[token];
    if (kinds & KIND_ACTOR)
        return token;
    if ((kinds & KIND_EVENT) != 0 && coding->making_at[token] != NONE)
        return NONE;
    uint32_t inner = actor_inside(coding, token);
    if (inner != NONE)
        return inner;
    if ((kinds & (KIND_PERSON | KIND_ORGANISATION)) != 0 || word->upos == UPOS_PROPN ||
        coding_is_measure(coding, token) || is_community(word) ||
        is_by_whom(coding, token, kinds) || is_speaking(making, token, kinds))
        return token;
    return NONE;
}

static bool is_explosion(const struct frame *frame)
{
    return strncmp(frame->cameo, "183", 3) == 0;
}

/* Only persons are killed, wounded and caught; a place that stands there was misread. */
static bool hits_persons(const struct frame *frame)
{
    if (strncmp(frame->cameo, "18", 2) != 0 || is_explosion(frame))
        return false;
    for (uint32_t i = 0; i < frame->count_count; i++)
        if (frame->counts[i].role == ROLE_PATIENT &&
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

static uint32_t as_patient(const struct making *making, uint32_t token)
{
    const struct coding *coding = making->coding;
    uint32_t kinds = coding_kinds(coding, token);
    if ((kinds & KIND_ACTOR) != 0)
        return token;
    if (hits_persons(making->frame) && (kinds & KIND_PLACE) != 0 &&
        (kinds & (KIND_PERSON | KIND_ORGANISATION | KIND_NUMBER)) == 0)
        return NONE;
    uint32_t thing = kinds & (KIND_PERSON | KIND_ORGANISATION | KIND_FACILITY | KIND_VEHICLE |
                              KIND_PLACE | KIND_WEAPON);
    if (is_physical(making->frame) && thing != 0)
        return token;
    if ((kinds & KIND_EVENT) != 0 && thing == 0 && coding->making_at[token] != NONE) {
        const struct making *event = &coding->makings.items[coding->making_at[token]];
        if (strcmp(making->frame->plover, "ACCUSE") == 0)
            return somebody_in(coding, event, &event->frame->agent);
        /* "Responsibility for the terrorist attack on the bus": the bus. */
        if (strcmp(making->frame->plover, "ASSAULT") == 0 && event != making)
            return somebody_in(coding, event, &event->frame->patient);
    }
    uint32_t inner = actor_inside(coding, token);
    /* "Criticised HIS successor": the successor, not himself. */
    bool whose = inner != NONE && coding->tree.tokens[inner].upos == UPOS_PRON &&
                 coding->tree.tokens[inner].head == token && (kinds & KIND_EVENT) == 0 &&
                 coding->tree.tokens[token].upos == UPOS_NOUN && !coding_is_idea(coding, token);
    if (whose)
        return is_core(making, token) ? token : inner;
    if (inner != NONE)
        return inner;
    inner = thing == 0 ? body_inside(coding, token) : NONE;
    if (inner != NONE)
        return inner;
    if ((kinds & KIND_EVENT) != 0 && thing == 0)
        return NONE;
    bool hit = strcmp(making->frame->plover, "ASSAULT") == 0;
    return hit || may_be_addressed(making, token, kinds) ? token : NONE;
}

/* What was fired only says that there was a gun. */
static void add_instrument(struct making *making, uint32_t token)
{
    const char *weapon = coding_weapon(making->coding, token);
    if (weapon != NULL && strcmp(weapon, "ammunition") != 0)
        list_add(&making->instruments, token);
}

/* The organisation that acts through its members: "guerrillas of the FMLN", "supporters of the
 * party", where the members' own side is not known. */
static uint32_t body_of(const struct coding *coding, uint32_t token)
{
    uint32_t actor = coding_actor(coding, token);
    uint32_t body = coding_noun_behind(coding, token, "of");
    if (actor == NONE || body == NONE || coding->tree.tokens[token].upos == UPOS_PROPN)
        return NONE;
    uint32_t other = coding_actor(coding, body);
    if (other == NONE || coding->document->actors.items[other].kind != ACTOR_ORGANISATION)
        return NONE;
    return body;
}

static void fill_agents(struct making *making)
{
    const struct coding *coding = making->coding;
    const struct frame *frame = making->frame;
    uint32_t heads[8];
    uint32_t count = frames_fill(&frame->agent, frame->both_sides, &coding->tree,
                                 &making->arguments, coding_kinds, coding, heads, 8);
    for (uint32_t i = 0; i < count; i++) {
        struct participant_list listed;
        members_find(coding, heads[i], &listed);
        for (uint32_t j = 0; j < listed.count; j++) {
            uint32_t token = coding_stands_for(coding, listed.tokens[j]);
            if (coding_weapon(coding, token) != NULL) {
                /* A suicide bomber is both who does it and what it is done with. */
                add_instrument(making, token);
                if (strcmp(coding_weapon(coding, token), "suicide") != 0)
                    token = actor_inside(coding, token);
            } else if (token != NONE) {
                token = as_agent(making, token);
            }
            if (token == NONE || token == making->trigger || coding->time[token] != NONE ||
                is_open_pronoun(coding, token))
                continue;
            add_participant(coding, token, &making->agents);
            uint32_t body = body_of(coding, token);
            if (body != NONE)
                list_add(&making->agents, body);
        }
    }
}

/* "Smith, 27, and": an age is nobody. */
static bool is_age(const struct coding *coding, uint32_t token)
{
    const struct token *word = &coding->tree.tokens[token];
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

static bool is_road(const struct token *word)
{
    static const char *const words[] = {"road",   "street", "avenue",    "highway",
                                        "lane",   "drive",  "motorway",  "square",
                                        "corner", "route",  "boulevard", "way"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (token_is(word, words[i]))
            return true;
    return false;
}

static bool is_span_of_time(const struct token *word)
{
    static const char *const words[] = {"day",   "week",    "month", "year",     "morning",
                                        "night", "evening", "eve",   "occasion", "anniversary"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (token_is(word, words[i]))
            return true;
    return false;
}

/* "A shooting", "a killing": deeds that hit persons; a bombing at a store hits the store. */
static bool is_aimed(const struct frame *frame)
{
    return frame->class == FRAME_NOUN &&
           (frame->mode == NULL || strcmp(frame->mode, "firearms") == 0 ||
            strcmp(frame->mode, "kill") == 0 || strcmp(frame->mode, "beat") == 0);
}

/* "A bombing in the capital" hits somebody in the capital, not the capital; an explosion on a
 * street or near a town does not hit it either; "a shooting at a store" hits somebody there. */
static bool is_only_where(const struct making *making, uint32_t head, uint32_t token)
{
    const struct coding *coding = making->coding;
    const struct frame *frame = making->frame;
    const struct token *noun = &coding->tree.tokens[token];
    uint32_t preposition = tree_preposition(&coding->tree, head);
    uint32_t kinds = coding_kinds(coding, token);
    if (frame->control != CONTROL_NONE)
        return false;
    bool assault = strcmp(frame->plover, "ASSAULT") == 0, place = (kinds & KIND_PLACE) != 0;
    bool explodes = assault && is_explosion(frame) && place && (kinds & KIND_FACILITY) == 0;
    if (preposition == NONE)
        return explodes && (kinds & KIND_ACTOR) == 0;
    if (is_span_of_time(noun) || (strcmp(frame->plover, "PROTEST") == 0 && is_road(noun)))
        return true;
    const struct token *word = &coding->tree.tokens[preposition];
    if (!assault || token_is(word, "in"))
        return assault && place;
    if (explodes && !token_is(word, "of") && !token_is(word, "against"))
        return true;
    if (is_road(noun))
        return token_is(word, "on") || token_is(word, "at");
    return token_is(word, "at") && is_aimed(frame) && (kinds & (KIND_FACILITY | KIND_PLACE)) != 0;
}

/* "A car LOADED with dynamite": what it carries, where that explodes; NONE elsewhere. */
static uint32_t load_of(const struct coding *coding, uint32_t token)
{
    const struct tree *tree = &coding->tree;
    for (uint32_t verb = tree->first_child[token]; verb != NONE; verb = tree->next_sibling[verb]) {
        const struct token *word = &tree->tokens[verb];
        if (!relation_is(word->relation, REL_ACL) ||
            (!token_is(word, "load") && !token_is(word, "pack") && !token_is(word, "fill") &&
             !token_is(word, "rig") && !token_is(word, "carry")))
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

/* True where what `head` leads to does not suffer the event: time, place, the agents. */
static bool is_no_patient(struct making *making, uint32_t head, uint32_t token)
{
    const struct coding *coding = making->coding;
    if (token == NONE || token == making->trigger || coding->time[token] != NONE ||
        is_age(coding, token) || is_open_pronoun(coding, token) ||
        is_only_where(making, head, token) || is_agent_itself(making, token) ||
        list_has(&making->agents, token) || is_whose(making, token))
        return true;
    uint32_t load = is_explosion(making->frame) ? load_of(coding, token) : NONE;
    if (load != NONE)
        add_instrument(making, load);
    return load != NONE;
}

/* The patients in one slot; true where one of them is an actor or a place. */
static bool patients_in(struct making *making, const struct frame_slots *slots,
                        struct participant_list *patients)
{
    const struct coding *coding = making->coding;
    uint32_t heads[8];
    uint32_t count = frames_fill(slots, making->frame->both_sides, &coding->tree,
                                 &making->arguments, coding_kinds, coding, heads, 8);
    bool known = false;
    for (uint32_t i = 0; i < count; i++) {
        struct participant_list listed;
        members_find(coding, heads[i], &listed);
        for (uint32_t j = 0; j < listed.count; j++) {
            uint32_t head = coding_stands_for(coding, listed.tokens[j]);
            uint32_t token = as_patient(making, head);
            if (is_no_patient(making, listed.tokens[j], token))
                continue;
            known |= (coding_kinds(coding, token) & (KIND_ACTOR | KIND_PLACE)) != 0;
            add_participant(coding, token, patients);
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
static void fill_patients(struct making *making)
{
    const struct frame_slots *slots = &making->frame->patient;
    for (uint32_t first = 0; first < slots->count;) {
        struct frame_slots group = {0};
        group.items[group.count++] = slots->items[first++];
        while (first < slots->count && slots->items[first].joined)
            group.items[group.count++] = slots->items[first++];
        struct participant_list found = {0};
        bool known = patients_in(making, &group, &found);
        if (known || making->patients.count == 0)
            making->patients = found.count > 0 ? found : making->patients;
        if (known || (is_physical(making->frame) && making->patients.count > 0))
            return;
    }
}

/* "USED mortars to attack", "a car bomb was USED to kill". */
static void add_used(struct making *making)
{
    const struct tree *tree = &making->coding->tree;
    const struct token *word = &tree->tokens[making->trigger];
    if ((word->relation != REL_ADVCL && word->relation != REL_XCOMP) || word->head == NONE ||
        !token_is(&tree->tokens[word->head], "use"))
        return;
    uint32_t used = tree_child_exactly(tree, word->head, REL_OBJ);
    if (used == NONE)
        used = tree_child_exactly(tree, word->head, REL_NSUBJ_PASS);
    if (used != NONE)
        add_instrument(making, used);
}

/* "with", "using" and modifiers name weapons whatever the row says. */
static void fill_instruments(struct making *making)
{
    const struct coding *coding = making->coding;
    const struct frame *frame = making->frame;
    uint32_t heads[8];
    uint32_t count = frames_fill(&frame->instrument, true, &coding->tree, &making->arguments,
                                 coding_kinds, coding, heads, 8);
    for (uint32_t i = 0; i < count; i++)
        add_instrument(making, heads[i]);
    if (strcmp(frame->plover, "ASSAULT") != 0)
        return;
    for (uint32_t i = 0; i < making->arguments.count; i++) {
        const struct argument *argument = &making->arguments.items[i];
        bool with = argument->preposition != NONE &&
                    (token_is(&coding->tree.tokens[argument->preposition], "with") ||
                     token_is(&coding->tree.tokens[argument->preposition], "by"));
        if (with || (argument->place == ARGUMENT_MODIFIER && frame->class == FRAME_NOUN))
            add_instrument(making, argument->token);
    }
    for (uint32_t child = coding->tree.first_child[making->trigger]; child != NONE;
         child = coding->tree.next_sibling[child]) {
        uint32_t object = token_is(&coding->tree.tokens[child], "use")
                              ? tree_child_exactly(&coding->tree, child, REL_OBJ)
                              : NONE;
        if (object != NONE)
            add_instrument(making, object);
    }
    add_used(making);
    if (coding_weapon(coding, making->trigger) != NULL && frame->class == FRAME_NOUN)
        list_add(&making->instruments, making->trigger);
}

/* Two who act on one another: the first is written as agent, the others as patients. */
static void share_sides(struct making *making)
{
    if (!making->frame->both_sides || making->patients.count > 0 || making->agents.count < 2)
        return;
    for (uint32_t i = 1; i < making->agents.count; i++)
        list_add(&making->patients, making->agents.tokens[i]);
    making->agents.count = 1;
}

/* "The president, in a MEETING WITH his guest, asked": who has the meeting is who does what the
 * clause tells. */
static void agent_of_clause(struct making *making)
{
    const struct coding *coding = making->coding;
    const struct tree *tree = &coding->tree;
    const struct token *word = &tree->tokens[making->trigger];
    uint32_t preposition = tree_preposition(tree, making->trigger);
    if (making->agents.count > 0 || strcmp(making->frame->plover, "CONSULT") != 0 ||
        making->frame->class != FRAME_NOUN || preposition == NONE || word->head == NONE ||
        !relation_is(word->relation, REL_OBL) ||
        !(token_is(&tree->tokens[preposition], "in") ||
          token_is(&tree->tokens[preposition], "during")))
        return;
    struct arguments outer;
    arguments_find(tree, word->head, &outer);
    const struct argument *subject = arguments_get(&outer, ARGUMENT_SUBJECT);
    if (subject != NULL && (coding_kinds(coding, subject->token) & KIND_ACTOR) != 0)
        add_participant(coding, subject->token, &making->agents);
}

void participants_find(struct making *making)
{
    fill_agents(making);
    agent_of_clause(making);
    fill_patients(making);
    fill_instruments(making);
    /* "The firing of WEAPONS" hits none of them. */
    bool fired = making->frame->mode != NULL && strcmp(making->frame->mode, "firearms") == 0;
    for (uint32_t i = 0; fired && i < making->patients.count; i++)
        if (coding_weapon(making->coding, making->patients.tokens[i]) != NULL)
            list_drop(&making->patients, i--);
    for (uint32_t i = 0; i < making->patients.count; i++)
        if (list_has(&making->instruments, making->patients.tokens[i]) &&
            making->frame->class == FRAME_VERB && strcmp(making->frame->plover, "ASSAULT") == 0)
            list_drop(&making->patients, i--);
    share_sides(making);
}

static const char *patient_kind(const struct coding *coding, uint32_t token)
{
    uint32_t kinds = coding_kinds(coding, token);
    if (kinds & KIND_PERSON)
        return "person";
    if (kinds & KIND_FACILITY)
        return "facility";
    if (kinds & (KIND_VEHICLE | KIND_AIRCRAFT))
        return "vehicle";
    if (kinds & KIND_ORGANISATION)
        return "organisation";
    if (kinds & KIND_PLACE)
        return "place";
    if (kinds & KIND_NUMBER)
        return "person";
    return "other";
}

static const char *instrument_kind(const struct coding *coding, uint32_t token)
{
    const char *weapon = coding_weapon(coding, token);
    return weapon != NULL && weapon[0] != '\0' ? weapon : NULL;
}

static bool is_relative(const struct token *word)
{
    return token_is(word, "who") || token_is(word, "which") || token_is(word, "that") ||
           token_is(word, "whom");
}

bool participant_is_nobody(const struct making *making, uint32_t token)
{
    const struct token *word = &making->coding->tree.tokens[token];
    return coding_actor(making->coding, token) == NONE &&
           (word->upos == UPOS_PRON || (word->upos == UPOS_NUM && making->frame->count_count > 0));
}

/* The noun phrase without what only says where it is: "a shop in the port" is "a shop". */
static struct token_range bare_phrase(const struct tree *tree, uint32_t token)
{
    struct token_range phrase = tree_noun_phrase(tree, token);
    for (uint32_t child = tree->first_child[token]; child != NONE;
         child = tree->next_sibling[child]) {
        uint32_t preposition = tree_preposition(tree, child);
        if (child > token && preposition != NONE && preposition > token &&
            preposition < phrase.end && !token_is(&tree->tokens[preposition], "of"))
            phrase.end = preposition;
    }
    return phrase;
}

static void write_list(const struct making *making, const struct participant_list *list,
                       struct participant *(*push)(struct claim *),
                       const char *(*kind)(const struct coding *, uint32_t), struct claim *claim)
{
    const struct coding *coding = making->coding;
    for (uint32_t i = 0; i < list->count; i++) {
        uint32_t token = list->tokens[i];
        if (participant_is_nobody(making, token))
            continue;
        struct participant *participant = push(claim);
        if (participant == NULL)
            return;
        participant->actor = coding_actor(coding, token);
        participant->kind = kind != NULL ? kind(coding, token) : NULL;
        uint32_t mention = coding->actor_mention[token];
        struct token_range phrase = bare_phrase(&coding->tree, token);
        for (uint32_t j = phrase.first; j < token; j++)
            if (arguments_hidden_verb(&coding->tree, j))
                phrase.first = j + 1;
        participant->span =
            mention != NONE && (coding->tree.tokens[token].upos != UPOS_PRON ||
                                is_relative(&coding->tree.tokens[token]))
                ? document_span_of(
                      coding->document,
                      tree_whole_words(&coding->tree,
                                       coding->document->actor_mentions.items[mention].tokens))
                : document_span_of(coding->document, phrase);
    }
}

static struct participant *push_agent(struct claim *claim)
{
    return array_push(&claim->agents);
}

static struct participant *push_patient(struct claim *claim)
{
    return array_push(&claim->patients);
}

static struct participant *push_instrument(struct claim *claim)
{
    return array_push(&claim->instruments);
}

static bool takes_part(const struct claim *claim, uint32_t actor)
{
    for (uint32_t i = 0; i < claim->agents.count; i++)
        if (claim->agents.items[i].actor == actor)
            return true;
    return false;
}

/* "Fighters of the front", "front guerrillas": what they do the armed group does, whose name the
 * words hold. The participant has no span of its own. */
static void write_bodies(const struct making *making, struct claim *claim)
{
    const struct document *document = making->coding->document;
    uint32_t count = claim->agents.count;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t actor = claim->agents.items[i].actor;
        if (actor == NONE || document->actors.items[actor].kind != ACTOR_UNNAMED)
            continue;
        uint32_t parent = document->actors.items[actor].parent;
        if (parent == NONE || document->actors.items[parent].kind != ACTOR_ORGANISATION ||
            (coding_kinds_of_type(document->actors.items[parent].type) & KIND_REBEL) == 0 ||
            takes_part(claim, parent))
            continue;
        struct participant *body = array_push(&claim->agents);
        if (body != NULL)
            body->actor = parent;
    }
}

/* The police last named before the trigger, or NONE. */
static uint32_t police_before(const struct coding *coding, uint32_t trigger)
{
    uint32_t found = NONE;
    for (uint32_t i = 0; i < coding->document->actor_mentions.count; i++) {
        const struct actor_mention *mention = &coding->document->actor_mentions.items[i];
        const char *type = coding->document->actors.items[mention->actor].type;
        if (type != NULL && strcmp(type, "police") == 0 &&
            (found == NONE || mention->head < trigger))
            found = mention->actor;
    }
    return found;
}

/* An arrest is the work of police: where the report speaks of them and of nobody else they are
 * meant. The participant has no span. */
static void write_implied(const struct making *making, struct claim *claim)
{
    if (!making->frame->implies_police || claim->agents.count > 0)
        return;
    uint32_t police = police_before(making->coding, making->trigger);
    struct participant *agent = police != NONE ? array_push(&claim->agents) : NULL;
    if (agent != NULL)
        agent->actor = police;
}

void participants_write(const struct making *making, struct claim *claim)
{
    write_list(making, &making->agents, push_agent, NULL, claim);
    if (is_physical(making->frame))
        write_bodies(making, claim);
    write_implied(making, claim);
    write_list(making, &making->patients, push_patient, patient_kind, claim);
    write_list(making, &making->instruments, push_instrument, instrument_kind, claim);
}
