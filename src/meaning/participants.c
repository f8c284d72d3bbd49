/* Who takes part: from the tokens that fill a frame's slots to the actors and things they stand
 * for. "Dozens of rebels", "a group of gunmen", "members of the militia" stand for what is behind
 * "of"; conjuncts take part each on their own. */
#include "meaning/coding.h"

static uint32_t kinds_of_actor(const struct actor *actor)
{
    uint32_t kinds = KIND_ACTOR;
    static const char *const armed[] = {"state force", "rebel",          "militia",
                                        "police",      "external force", "criminal"};
    if (actor->kind == ACTOR_PERSON || actor->kind == ACTOR_UNNAMED ||
        actor->kind == ACTOR_POPULATION)
        kinds |= KIND_PERSON;
    if (actor->kind == ACTOR_ORGANISATION || actor->kind == ACTOR_STATE)
        kinds |= KIND_ORGANISATION;
    for (size_t i = 0; actor->type != NULL && i < sizeof armed / sizeof armed[0]; i++)
        if (strcmp(actor->type, armed[i]) == 0)
            kinds |= KIND_ARMED;
    return kinds;
}

static uint32_t kinds_of_thing(const struct thing *thing)
{
    static const struct {
        const char *name;
        uint32_t kind;
    } names[] = {
        {"facility", KIND_FACILITY}, {"vehicle", KIND_VEHICLE},           {"weapon", KIND_WEAPON},
        {"person", KIND_PERSON},     {"organisation", KIND_ORGANISATION}, {"place", KIND_PLACE}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(thing->kind, names[i].name) == 0)
            return names[i].kind;
    return 0;
}

uint32_t coding_kinds(const void *context, uint32_t token)
{
    const struct coding *coding = context;
    const struct document *document = coding->document;
    uint32_t kinds = 0;
    if (coding->actor_mention[token] != NONE) {
        uint32_t actor = document->actor_mentions.items[coding->actor_mention[token]].actor;
        kinds |= kinds_of_actor(&document->actors.items[actor]);
    }
    if (coding->place[token] != NONE)
        kinds |= KIND_PLACE;
    if (coding->quantity[token] != NONE)
        kinds |= KIND_NUMBER;
    const struct thing *thing =
        things_find(coding->things, document->tokens.items[token].lemma_hash);
    if (thing != NULL && coding->actor_mention[token] == NONE)
        kinds |= kinds_of_thing(thing);
    return kinds;
}

/* Nouns that only measure or group what follows "of". */
static bool is_measure(const struct coding *coding, uint32_t token)
{
    static const char *const words[] = {
        "dozen",  "hundred", "thousand", "score",  "group",   "number",  "handful", "band",
        "couple", "pair",    "member",   "series", "part",    "rest",    "most",    "some",
        "many",   "all",     "majority", "wave",   "column",  "convoy",  "crowd",   "hordes",
        "unit",   "team",    "gang",     "total",  "half",    "quarter", "third",   "one",
        "two",    "three",   "four",     "five",   "several", "few",     "million", "each"};
    const struct token *word = &coding->tree.tokens[token];
    if (word->upos == UPOS_NUM)
        return true;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (token_is(word, words[i]))
            return true;
    return false;
}

/* The token that stands for the participant: behind "of" where the head only measures. */
static uint32_t stands_for(const struct coding *coding, uint32_t token)
{
    for (int steps = 0; steps < 3; steps++) {
        if (coding->actor_mention[token] != NONE || !is_measure(coding, token))
            return token;
        uint32_t inner = NONE;
        for (uint32_t child = coding->tree.first_child[token]; child != NONE;
             child = coding->tree.next_sibling[child]) {
            uint32_t preposition = tree_child(&coding->tree, child, REL_CASE);
            if (relation_is(coding->tree.tokens[child].relation, REL_NMOD) && preposition != NONE &&
                token_is(&coding->tree.tokens[preposition], "of"))
                inner = child;
        }
        if (inner == NONE)
            return token;
        token = inner;
    }
    return token;
}

static uint32_t spread(const struct making *making, const uint32_t *heads, uint32_t head_count,
                       uint32_t *tokens, uint32_t maximum)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < head_count; i++) {
        uint32_t conjuncts[8];
        uint32_t found = arguments_conjuncts(&making->coding->tree, heads[i], conjuncts, 8);
        for (uint32_t j = 0; j < found && count < maximum; j++)
            tokens[count++] = stands_for(making->coding, conjuncts[j]);
    }
    return count;
}

static const char *kind_name(uint32_t kinds)
{
    if (kinds & KIND_PERSON)
        return "person";
    if (kinds & KIND_ORGANISATION)
        return "organisation";
    if (kinds & KIND_FACILITY)
        return "facility";
    if (kinds & KIND_VEHICLE)
        return "vehicle";
    if (kinds & KIND_PLACE)
        return "place";
    return "other";
}

static struct participant participant_at(const struct making *making, uint32_t token)
{
    const struct coding *coding = making->coding;
    struct participant participant = {.actor = NONE};
    struct token_range range = tree_noun_phrase(&coding->tree, token);
    participant.span = document_span_of(coding->document, range);
    if (coding->actor_mention[token] != NONE)
        participant.actor =
            coding->document->actor_mentions.items[coding->actor_mention[token]].actor;
    return participant;
}

static const char *weapon_kind(const struct coding *coding, uint32_t token)
{
    const struct thing *thing = things_find(coding->things, coding->tree.tokens[token].lemma_hash);
    return thing != NULL && thing->detail[0] != '\0' ? thing->detail : NULL;
}

void participants_find(struct making *making, struct claim *claim)
{
    const struct coding *coding = making->coding;
    const struct frame *frame = making->frame;
    uint32_t heads[8];
    uint32_t count = frames_fill(&frame->agent, &coding->tree, &making->arguments, coding_kinds,
                                 coding, heads, 8);
    making->agent_count = spread(making, heads, count, making->agents, 8);
    count = frames_fill(&frame->patient, &coding->tree, &making->arguments, coding_kinds, coding,
                        heads, 8);
    making->patient_count = spread(making, heads, count, making->patients, 8);
    count = frames_fill(&frame->instrument, &coding->tree, &making->arguments, coding_kinds, coding,
                        heads, 8);
    making->instrument_count = spread(making, heads, count, making->instruments, 8);
    for (uint32_t i = 0; i < making->agent_count; i++) {
        struct participant *agent = array_push(&claim->agents);
        if (agent != NULL)
            *agent = participant_at(making, making->agents[i]);
    }
    for (uint32_t i = 0; i < making->patient_count; i++) {
        struct participant *patient = array_push(&claim->patients);
        if (patient != NULL) {
            *patient = participant_at(making, making->patients[i]);
            patient->kind = kind_name(coding_kinds(coding, making->patients[i]));
        }
    }
    for (uint32_t i = 0; i < making->instrument_count; i++) {
        struct participant *instrument = array_push(&claim->instruments);
        if (instrument != NULL) {
            *instrument = participant_at(making, making->instruments[i]);
            instrument->kind = weapon_kind(coding, making->instruments[i]);
        }
    }
}
