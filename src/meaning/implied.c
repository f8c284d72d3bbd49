/* Who made an arrest or a seizure that nobody is said to have made: "the National Guard announced
 * that NINE WERE ARRESTED", "soldiers searched homes and made arrests. THE ARRESTS went on",
 * "police were called. A man was ARRESTED".
 *
 * Method: the force on whose word it is told; else who made the arrests told of in the two
 * sentences before; else the police of the report, if it names but one, or some without a name of
 * their own. Such a participant has no span. What leaves out: forces told of after the arrest, and
 * armies of which nobody says that they arrest. */
#include "meaning/coding.h"

enum { BACK = 2 };

static uint32_t kinds_of(const struct coding *coding, uint32_t actor)
{
    return coding_kinds_of_type(coding->document->actors.items[actor].type);
}

/* "Police PATROL CAR", "police STATION": the name of a thing, and nobody. */
static bool is_of_a_thing(const struct coding *coding, const struct actor_mention *mention)
{
    const struct token *tokens = coding->tree.tokens, *head = &tokens[mention->head];
    enum relation relation = relation_universal(head->relation);
    if ((relation != REL_COMPOUND && relation != REL_AMOD) || head->head == NONE ||
        head->head < mention->tokens.end)
        return false;
    return (coding_kinds(coding, head->head) & (KIND_FACILITY | KIND_VEHICLE)) != 0;
}

/* "BRITISH police" where the arrest was made elsewhere, in a report of another country. */
static bool is_foreign(const struct coding *coding, uint32_t place, uint32_t actor)
{
    const struct countries *countries = &coding->knowledge->countries;
    const char *own = coding->document->actors.items[actor].code, *here = NULL;
    const char *report = countries_code(countries, coding->country);
    if (place != NONE)
        here = countries_code(countries, coding->document->places.items[place].country);
    return own != NULL && here != NULL && report != NULL && strlen(own) > 3 &&
           strncmp(own, here, 3) != 0 && strncmp(own, report, 3) != 0;
}

/* "POLICE sources" speak, and arrest nobody. */
static bool is_voice(const struct coding *coding, const struct actor_mention *mention)
{
    const struct token *head = &coding->tree.tokens[mention->head];
    return !token_is(head, "police") && token_in(head, WORDS_VOICES_ABSENT_FROM_TALKS);
}

/* The police of a report by how they are called: one of each kind, or NONE. */
struct forces {
    uint32_t plain, unnamed, body, person, voice;
    bool bodies, persons; /* there are several */
};

static void add_force(struct forces *forces, const struct coding *coding, uint32_t place,
                      const struct actor_mention *mention)
{
    const struct actor *actor = &coding->document->actors.items[mention->actor];
    uint32_t *kept = &forces->unnamed;
    bool foreign = is_foreign(coding, place, mention->actor);
    if (actor->kind == ACTOR_PERSON) {
        kept = &forces->person;
        forces->persons |= *kept != NONE && *kept != mention->actor;
    } else if (actor->kind != ACTOR_UNNAMED) {
        kept = &forces->body;
        forces->bodies |= *kept != NONE && *kept != mention->actor;
    } else if (foreign)
        return;
    else if (is_voice(coding, mention) || is_of_a_thing(coding, mention))
        kept = &forces->voice;
    else if (mention->tokens.end == mention->tokens.first + 1 &&
             token_is(&coding->tree.tokens[mention->head], "police"))
        kept = &forces->plain;
    if (*kept == NONE)
        *kept = mention->actor;
}

/* The police of the report: "police" first, then others without a name of their own, then the only
 * force named, then those of whom only voices or things are told. NONE of two forces. */
static uint32_t police_of(const struct coding *coding, uint32_t place)
{
    struct forces forces = {NONE, NONE, NONE, NONE, NONE, false, false};
    for (uint32_t i = 0; i < coding->document->actor_mentions.count; i++) {
        const struct actor_mention *mention = &coding->document->actor_mentions.items[i];
        const char *type = coding->document->actors.items[mention->actor].type;
        if (type != NULL && strcmp(type, "police") == 0)
            add_force(&forces, coding, place, mention);
    }
    uint32_t unnamed = forces.plain != NONE ? forces.plain : forces.unnamed;
    bool body = forces.body != NONE && !forces.bodies;
    if (unnamed != NONE)
        return unnamed;
    if (body && !is_foreign(coding, place, forces.body))
        return forces.body;
    if (forces.voice != NONE)
        return forces.voice;
    return forces.body != NONE || forces.persons ? NONE : forces.person;
}

/* True of a body that arrests: courts and men of the state do not. */
static bool may_arrest(const struct coding *coding, uint32_t actor)
{
    const struct actor *found = &coding->document->actors.items[actor];
    bool court =
        found->code != NULL && strlen(found->code) > 3 && strcmp(found->code + 3, "JUD") == 0;
    return found->kind != ACTOR_PERSON && !court &&
           (kinds_of(coding, actor) & (KIND_STATE_FORCE | KIND_POLICE | KIND_GOVERNMENT)) != 0;
}

/* True for arrests and seizures by those who have the power. */
static bool is_by_force(const struct frame *frame)
{
    bool seized = frame->mode != NULL && strcmp(frame->mode, "seize") == 0;
    return frame_is(frame, "COERCE") && (frame->implies_police || seized) && frame->agent.count > 0;
}

/* "The army said nine SOLDIERS were captured": not by itself. */
static bool befalls_own(const struct claim *claim, const struct coding *coding)
{
    for (uint32_t i = 0; i < claim->patients.count; i++)
        if (claim->patients.items[i].actor != NONE &&
            (kinds_of(coding, claim->patients.items[i].actor) &
             (KIND_STATE_FORCE | KIND_POLICE | KIND_GOVERNMENT)) != 0)
            return true;
    return false;
}

/* "THE NATIONAL GUARD announced that nine were arrested": the force that says so, or NONE. */
static uint32_t force_that_says_so(const struct coding *coding, const struct claim *claim)
{
    if (claim->status != STATUS_CLAIMED || claim->according_to.count == 0)
        return NONE;
    uint32_t actor = claim->according_to.items[0].actor;
    if (actor == NONE || !may_arrest(coding, actor) ||
        (kinds_of(coding, actor) & (KIND_STATE_FORCE | KIND_POLICE)) == 0 ||
        is_foreign(coding, claim->place, actor) || befalls_own(claim, coding))
        return NONE;
    for (uint32_t i = 0; i < coding->document->actor_mentions.count; i++) {
        const struct actor_mention *mention = &coding->document->actor_mentions.items[i];
        if (mention->span.start >= claim->according_to.items[0].span.start &&
            mention->span.end <= claim->according_to.items[0].span.end && mention->actor == actor)
            return is_voice(coding, mention) ? NONE : actor;
    }
    return actor;
}

static bool is_told_as_done(const struct claim *claim)
{
    return claim->status == STATUS_ASSERTED || claim->status == STATUS_CLAIMED;
}

static bool is_elsewhere(const struct coding *coding, const struct claim *claim,
                         const struct claim *before)
{
    const struct place_mention *places = coding->document->places.items;
    if (claim->place == NONE || before->place == NONE)
        return false;
    const char *here = places[claim->place].country, *there = places[before->place].country;
    return here != NULL && there != NULL && strcmp(here, there) != 0;
}

/* Who made the arrests told of last, in the two sentences before or this one; NONE where nobody is
 * said to have, or several. */
static uint32_t who_arrested_before(const struct coding *coding, const struct claim *claim)
{
    const struct document *document = coding->document;
    for (uint32_t i = document->claims.count - 1; i-- > 0;) {
        const struct claim *before = &document->claims.items[i];
        if (before->sentence + BACK < claim->sentence)
            return NONE;
        if (before->mode == NULL || strcmp(before->mode, "arrest") != 0 ||
            strcmp(before->plover, "COERCE") != 0 || !is_told_as_done(before) ||
            before->agents.count == 0 || is_elsewhere(coding, claim, before))
            continue;
        uint32_t actor = before->agents.items[0].actor;
        return before->agents.count == 1 && actor != NONE && may_arrest(coding, actor) ? actor
                                                                                       : NONE;
    }
    return NONE;
}

static void push_implied(struct claim *claim, uint32_t actor)
{
    struct participant *agent = actor != NONE ? array_push(&claim->agents) : NULL;
    if (agent != NULL)
        agent->actor = actor;
}

void implied_police(const struct making *making, struct claim *claim)
{
    if (making->frame->implies_police && claim->agents.count == 0)
        push_implied(claim, police_of(making->coding, NONE)); /* its place is not known yet */
}

void implied_drop(const struct making *making, struct claim *claim)
{
    if (making->frame->implies_police && making->agents.count == 0)
        claim->agents.count = 0;
}

void implied_find(const struct making *making, struct claim *claim)
{
    const struct coding *coding = making->coding;
    bool implied = making->frame->implies_police;
    if (claim->agents.count > 0 || making->agents.count > 0 ||
        (!implied && !is_by_force(making->frame)))
        return;
    bool arrest = making->frame->mode != NULL && strcmp(making->frame->mode, "arrest") == 0;
    uint32_t actor = is_by_force(making->frame) ? force_that_says_so(coding, claim) : NONE;
    if (actor == NONE && implied && arrest)
        actor = who_arrested_before(coding, claim);
    if (actor == NONE && implied)
        actor = police_of(coding, claim->place);
    for (uint32_t i = 0; i < claim->patients.count; i++)
        if (claim->patients.items[i].actor == actor)
            return;
    push_implied(claim, actor);
}
