/* ACLED event type and sub-type of a claim, by who does what to whom with what (ACLED Codebook
 * 2019, revised 2023). What the actors do not settle stays null. */
#include "meaning/coding.h"

static uint32_t kinds_of(const struct making *making, const struct participant_list *list)
{
    uint32_t kinds = 0;
    for (uint32_t i = 0; i < list->count; i++)
        kinds |= coding_kinds(making->coding, list->tokens[i]);
    return kinds;
}

static void set(struct claim *claim, const char *type, const char *detail)
{
    claim->acled_type = type;
    claim->acled_detail = detail;
}

static bool is_weapon(const struct coding *coding, uint32_t token, const char *weapon)
{
    /* "Danish warplanes" are Denmark's air force, and aircraft still. */
    const char *is = coding->tree.tokens[token].upos == UPOS_NOUN
                         ? coding_weapon_told(coding, token)
                         : coding_weapon(coding, token);
    return is != NULL && strcmp(is, weapon) == 0;
}

/* "The ARTILLERY units", "SUICIDE bombs": the word before says with what. */
static bool is_weapon_or_of_it(const struct coding *coding, uint32_t token, const char *weapon)
{
    if (is_weapon(coding, token, weapon))
        return true;
    for (uint32_t child = coding->tree.first_child[token]; child != NONE;
         child = coding->tree.next_sibling[child])
        if (coding->tree.tokens[child].relation == REL_COMPOUND && is_weapon(coding, child, weapon))
            return true;
    return false;
}

static bool is_used(const struct making *making, const struct participant_list *list,
                    const char *weapon)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (is_weapon_or_of_it(making->coding, list->tokens[i], weapon))
            return true;
    return false;
}

/* "Danish WARPLANES destroyed a depot": the nation is the agent, and the planes did it. */
static bool is_subject(const struct making *making, const char *weapon)
{
    const struct argument *subject = arguments_get(&making->arguments, ARGUMENT_SUBJECT);
    return subject != NULL && subject->preposition == NONE &&
           is_weapon_or_of_it(making->coding, subject->token, weapon);
}

/* "Shells FILLED WITH CHLORINE": what was fired carried poison; "a gas pipeline" is no poison. */
static bool carries_poison(const struct making *making)
{
    enum { STEPS = 4 };
    const struct tree *tree = &making->coding->tree;
    uint32_t sentence = tree->tokens[making->trigger].sentence, first = making->trigger;
    while (first > 0 && tree->tokens[first - 1].sentence == sentence)
        first--;
    for (uint32_t i = first;
         i < tree->document->tokens.count && tree->tokens[i].sentence == sentence; i++) {
        const char *weapon = coding_weapon(making->coding, i);
        if (weapon == NULL || strcmp(weapon, "chemical") != 0 ||
            relation_is(tree->tokens[i].relation, REL_COMPOUND))
            continue;
        uint32_t above = tree->tokens[i].head;
        for (int step = 0; step < STEPS && above != NONE; step++, above = tree->tokens[above].head)
            for (uint32_t used = 0; used < making->instruments.count; used++)
                if (making->instruments.tokens[used] == above)
                    return true;
    }
    return false;
}

/* What was used settles it for attacks from a distance. */
static const char *detail_of_weapon(const struct making *making)
{
    static const struct {
        const char *weapon, *detail;
    } details[] = {
        {"chemical", "Chemical weapon"},
        {"suicide", "Suicide bomb"},
        {"aircraft", "Air/drone strike"},
        {"drone", "Air/drone strike"},
        {"grenade", "Grenade"},
        {"artillery", "Shelling/artillery/missile attack"},
        {"mortar", "Shelling/artillery/missile attack"},
        {"rocket", "Shelling/artillery/missile attack"},
        {"missile", "Shelling/artillery/missile attack"},
        {"shell", "Shelling/artillery/missile attack"},
        {"vehicle bomb", "Remote explosive/landmine/IED"},
        {"mine", "Remote explosive/landmine/IED"},
        {"bomb", "Remote explosive/landmine/IED"},
    };
    for (size_t i = 0; i < sizeof details / sizeof details[0]; i++) {
        if (is_used(making, &making->instruments, details[i].weapon) ||
            is_used(making, &making->agents, details[i].weapon) ||
            is_subject(making, details[i].weapon))
            return carries_poison(making) ? details[0].detail : details[i].detail;
    }
    return NULL;
}

static bool is_remote(const struct frame *frame)
{
    return frame->acled_type != NULL &&
           strcmp(frame->acled_type, "Explosions/Remote violence") == 0;
}

/* The sub-type of an attack from a distance, or NULL where it is none. */
static const char *remote_detail(const struct making *making)
{
    if (!is_remote(making->frame) && !making->frame->acled_by_actor)
        return NULL;
    const char *detail = detail_of_weapon(making);
    return detail == NULL && is_remote(making->frame) ? making->frame->acled_detail : detail;
}

/* Dead or hurt. */
static bool is_hurt(const struct making *making)
{
    for (uint32_t i = 0; i < making->frame->count_count; i++)
        if (strcmp(making->frame->counts[i].what, "killed") == 0 ||
            strcmp(making->frame->counts[i].what, "wounded") == 0)
            return true;
    return false;
}

/* Dead, hurt or destroyed, and no word of who did it. */
static bool is_consequence(const struct making *making)
{
    return frame_is(making->frame, "ASSAULT") && making->agents.count == 0 &&
           (strcmp(making->frame->cameo, "171") == 0 || is_hurt(making));
}

static uint32_t sentence_of(const struct making *making)
{
    return making->coding->tree.tokens[making->trigger].sentence;
}

/* The first making of the sentence, or their number where there is none. */
static uint32_t first_of_sentence(const struct coding *coding, uint32_t sentence)
{
    uint32_t low = 0, high = coding->makings.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (sentence_of(&coding->makings.items[middle]) < sentence)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* "Ten were wounded when a MINE detonated", "came under MISSILE FIRE": another event of the
 * sentence tells by what; the nearest one. */
static const char *detail_from_beside(const struct making *making)
{
    const struct coding *coding = making->coding;
    uint32_t sentence = sentence_of(making), nearest = UINT32_MAX;
    const char *detail = NULL;
    for (uint32_t i = first_of_sentence(coding, sentence);
         i < coding->makings.count && sentence_of(&coding->makings.items[i]) == sentence; i++) {
        const struct making *other = &coding->makings.items[i];
        bool part = other->absorbed && coding->tree.tokens[other->trigger].head == making->trigger;
        if (other->trigger == making->trigger ||
            (!part && (other->dropped || !is_consequence(making))))
            continue;
        uint32_t distance = other->trigger > making->trigger ? other->trigger - making->trigger
                                                             : making->trigger - other->trigger;
        const char *found = distance < nearest ? remote_detail(other) : NULL;
        if (found == NULL)
            continue;
        nearest = distance;
        detail = found;
    }
    return detail;
}

/* "KILLING four", with no word before it that joins it. */
static bool is_gerund(const struct tree *tree, uint32_t token)
{
    const struct token *word = &tree->tokens[token];
    return word->upos == UPOS_VERB && word->folded_length > 4 &&
           strcmp(word->folded + word->folded_length - 3, "ing") == 0 &&
           tree_child(tree, token, REL_MARK) == NONE && tree_child(tree, token, REL_AUX) == NONE;
}

/* "Fired rockets at the base, KILLING four": what came of the event above. Its claim, or NULL. */
static const struct claim *claim_above(const struct making *making)
{
    const struct coding *coding = making->coding;
    const struct document *document = coding->document;
    uint32_t token = making->trigger;
    if (!is_hurt(making) || !is_gerund(&coding->tree, token))
        return NULL;
    while (coding->tree.tokens[token].relation == REL_CONJ &&
           is_gerund(&coding->tree, coding->tree.tokens[token].head))
        token = coding->tree.tokens[token].head;
    enum relation relation = coding->tree.tokens[token].relation;
    uint32_t above = coding->tree.tokens[token].head;
    if ((relation != REL_ADVCL && relation != REL_CONJ) || above > token)
        return NULL;
    for (uint32_t i = document->claims.count;
         i-- > 0 && document->claims.items[i].sentence == sentence_of(making);)
        if (document->claims.items[i].trigger_token == above &&
            strcmp(document->claims.items[i].plover, "ASSAULT") == 0)
            return &document->claims.items[i];
    return NULL;
}

/* "A suicide bomber struck the market. THE BLAST killed nine": the blast is his. */
static void set_suicide(const struct making *making, struct claim *claim)
{
    enum { REACH = 1 };
    const struct document *document = making->coding->document;
    if (claim->acled_detail == NULL ||
        strcmp(claim->acled_detail, "Remote explosive/landmine/IED") != 0)
        return;
    for (uint32_t i = document->claims.count;
         i-- > 0 && document->claims.items[i].sentence + REACH >= claim->sentence;)
        if (&document->claims.items[i] != claim && document->claims.items[i].acled_detail != NULL &&
            strcmp(document->claims.items[i].acled_detail, "Suicide bomb") == 0)
            set(claim, "Explosions/Remote violence", "Suicide bomb");
}

static bool tells_of_protest(const struct making *making)
{
    const struct coding *coding = making->coding;
    uint32_t sentence = sentence_of(making);
    for (uint32_t i = first_of_sentence(coding, sentence);
         i < coding->makings.count && sentence_of(&coding->makings.items[i]) == sentence; i++)
        if (frame_is(coding->makings.items[i].frame, "PROTEST"))
            return true;
    return false;
}

/* "Detained DURING A MARCH", "in an attempt TO PROTEST": where and when those were taken. */
static bool is_during_protest(const struct making *making)
{
    const struct coding *coding = making->coding;
    const struct token *tokens = coding->tree.tokens;
    uint32_t sentence = sentence_of(making);
    for (uint32_t i = first_of_sentence(coding, sentence);
         i < coding->makings.count && sentence_of(&coding->makings.items[i]) == sentence; i++) {
        uint32_t token = coding->makings.items[i].trigger;
        if (!frame_is(coding->makings.items[i].frame, "PROTEST"))
            continue;
        if (tokens[token].relation == REL_ACL)
            token = tokens[token].head;
        uint32_t joins = tree_child(&coding->tree, token, REL_CASE);
        if (tokens[token].head == making->trigger && joins != NONE &&
            token_in(&tokens[joins], WORDS_DURING_A_PROTEST))
            return true;
    }
    return false;
}

/* Somebody listed is told of by a word of `words`. */
static bool holds(const struct making *making, const struct participant_list *list,
                  enum word_list words)
{
    const struct token *tokens = making->coding->tree.tokens;
    for (uint32_t i = 0; i < list->count; i++)
        if (token_in(&tokens[list->tokens[i]], words) || token_in(&tokens[list->nouns[i]], words))
            return true;
    return false;
}

/* "Attacked a peaceful RALLY" */
static bool is_done_to_protest(const struct making *making)
{
    const struct coding *coding = making->coding;
    for (uint32_t i = 0; i < making->arguments.count; i++) {
        const struct argument *argument = &making->arguments.items[i];
        bool against = argument->preposition != NONE &&
                       (token_is(&coding->tree.tokens[argument->preposition], "against") ||
                        token_is(&coding->tree.tokens[argument->preposition], "on"));
        uint32_t event = argument->place == ARGUMENT_OBJECT || against
                             ? coding->making_at[argument->token]
                             : NONE;
        if (event != NONE && frame_is(coding->makings.items[event].frame, "PROTEST"))
            return true;
    }
    return false;
}

/* "Two were killed when police broke up the march": another event of the sentence is force against
 * those who protest. */
static bool is_of_intervention(const struct making *making)
{
    const struct coding *coding = making->coding;
    uint32_t sentence = sentence_of(making);
    if (!is_hurt(making))
        return false;
    for (uint32_t i = first_of_sentence(coding, sentence);
         i < coding->makings.count && sentence_of(&coding->makings.items[i]) == sentence; i++) {
        const struct frame *frame = coding->makings.items[i].frame;
        if (frame->acled_detail != NULL &&
            strcmp(frame->acled_detail, "Protest with intervention") == 0)
            return true;
    }
    return false;
}

/* "Clashes between farmers and herders": two at least, and no mere shooting. */
static bool is_between(const struct making *making)
{
    return making->frame->both_sides && making->frame->mode == NULL &&
           making->agents.count + making->patients.count > 1;
}

/* "Fighting raged in the port": whoever fights there; a legal fight has no place. */
static bool is_fought_somewhere(const struct making *making, const struct claim *claim)
{
    return making->frame->both_sides && making->frame->mode == NULL &&
           making->agents.count + making->patients.count == 0 &&
           (claim->place != NONE || occurrence_is_told(making));
}

/* "Gunmen opened fire INSIDE A MOSQUE": on those who were there. */
static bool is_shooting_inside(const struct making *making)
{
    const struct coding *coding = making->coding;
    uint32_t state = KIND_STATE_FORCE | KIND_POLICE | KIND_GOVERNMENT;
    uint32_t agents = kinds_of(making, &making->agents);
    if ((agents & KIND_ARMED) == 0 || (agents & state) != 0)
        return false;
    for (uint32_t i = 0; i < making->arguments.count; i++) {
        const struct argument *argument = &making->arguments.items[i];
        if (argument->preposition != NONE &&
            token_in(&coding->tree.tokens[argument->token], WORDS_SCENES_OF_A_SHOOTING))
            return true;
    }
    return false;
}

/* "ARMY units": who did it, where only the word before says it. */
static uint32_t kinds_of_subject(const struct making *making)
{
    const struct coding *coding = making->coding;
    const struct argument *subject = arguments_get(&making->arguments, ARGUMENT_SUBJECT);
    uint32_t kinds = 0;
    if (subject == NULL || subject->preposition != NONE)
        return 0;
    for (uint32_t child = coding->tree.first_child[subject->token]; child != NONE;
         child = coding->tree.next_sibling[child]) {
        enum relation relation = coding->tree.tokens[child].relation;
        if (relation == REL_COMPOUND || relation == REL_AMOD || relation == REL_NMOD)
            kinds |= coding_kinds(coding, child);
    }
    return kinds & (KIND_STATE_FORCE | KIND_POLICE | KIND_REBEL | KIND_ARMED);
}

static void set_by_sides(const struct making *making, struct claim *claim)
{
    uint32_t agents = kinds_of(making, &making->agents);
    uint32_t patients = kinds_of(making, &making->patients);
    if (making->agents.count == 0)
        agents = kinds_of_subject(making);
    bool state = (agents & (KIND_STATE_FORCE | KIND_POLICE | KIND_GOVERNMENT)) != 0;
    bool armed = ((agents | patients) & KIND_ARMED) != 0;
    if (making->frame->control == CONTROL_TAKES && making->agents.count == 0 && agents == 0)
        return; /* who took it is not said */
    if (making->frame->control == CONTROL_TAKES)
        set(claim, "Battles",
            state ? "Government regains territory" : "Non-state actor overtakes territory");
    else if (frame_is(making->frame, "COERCE") && state)
        set(claim, "Strategic developments", "Arrests");
    else if (((patients & KIND_PROTESTER) != 0 || is_done_to_protest(making)) && state)
        set(claim, "Protests", "Excessive force against protesters");
    else if ((patients & KIND_ARMED) == 0 && (state || making->agents.count == 0) &&
             is_of_intervention(making))
        set(claim, "Protests", "Excessive force against protesters");
    else if (!armed && (holds(making, &making->agents, WORDS_MOBS) ||
                        (is_between(making) && (agents & KIND_CIVILIAN) != 0)))
        set(claim, "Riots", "Mob violence");
    else if ((agents & KIND_PROTESTER) != 0)
        set(claim, "Riots", "Violent demonstration");
    else if ((patients & KIND_ARMED) != 0 || (is_between(making) && armed))
        set(claim, "Battles", "Armed clash");
    else if ((patients & (KIND_PERSON | KIND_FACILITY | KIND_VEHICLE | KIND_ACTOR)) != 0)
        set(claim, "Violence against civilians", "Attack");
    else if (is_shooting_inside(making))
        set(claim, "Violence against civilians", "Attack");
    else if ((agents & KIND_ARMED) != 0 || is_fought_somewhere(making, claim))
        set(claim, "Battles", "Armed clash");
}

/* What did not happen, or is not known to, is no event for ACLED. */
static bool is_recorded(enum claim_status status)
{
    return status == STATUS_ASSERTED || status == STATUS_CLAIMED || status == STATUS_ALLEGED ||
           status == STATUS_DISPUTED;
}

/* "By actor": what the row leaves to who did it, with what. */
static void set_by_actor(const struct making *making, struct claim *claim)
{
    uint32_t agents = kinds_of(making, &making->agents);
    bool protester = (agents & KIND_PROTESTER) != 0 && (agents & KIND_REBEL) == 0;
    const char *detail = protester ? NULL : detail_of_weapon(making);
    if (detail == NULL && making->means != NULL && making->means->acled_type != NULL) {
        set(claim, making->means->acled_type, making->means->acled_detail);
        return;
    }
    /* "A BOMBING left one dead", which its row leaves to who did it. */
    if (detail == NULL && making->means != NULL && !protester)
        detail = "Remote explosive/landmine/IED";
    if (detail == NULL)
        detail = detail_from_beside(making);
    const struct claim *above = detail == NULL ? claim_above(making) : NULL;
    if (above != NULL && above->acled_type != NULL &&
        (strcmp(above->acled_type, "Explosions/Remote violence") == 0 ||
         strcmp(above->acled_detail, "Armed clash") == 0)) {
        set(claim, above->acled_type, above->acled_detail);
        return;
    }
    if (detail != NULL)
        set(claim, "Explosions/Remote violence", detail);
    else
        set_by_sides(making, claim);
}

/* What flew or who blew himself up is a mode of its own, whichever verb tells it. */
static void set_mode(struct claim *claim)
{
    if (strcmp(claim->plover, "ASSAULT") != 0 || claim->mode != NULL || claim->acled_detail == NULL)
        return;
    if (strcmp(claim->acled_detail, "Air/drone strike") == 0)
        claim->mode = "aerial";
    else if (strcmp(claim->acled_detail, "Suicide bomb") == 0)
        claim->mode = "suicide";
    else if (strcmp(claim->acled_detail, "Chemical weapon") == 0)
        claim->mode = "chemical";
}

static void set_types(const struct making *making, struct claim *claim)
{
    const struct frame *frame = making->frame;
    if (!is_recorded(claim->status))
        return;
    if (frame->acled_by_actor) {
        set_by_actor(making, claim);
        return;
    }
    set(claim, frame->acled_type, frame->acled_detail);
    if (frame->acled_detail == NULL)
        return;
    /* An activist taken from his home is arrested; one taken at a march, the march is broken up. */
    uint32_t agents = kinds_of(making, &making->agents);
    if (strcmp(frame->acled_detail, "Looting/property destruction") == 0) {
        if ((agents & KIND_PROTESTER) != 0)
            set(claim, "Riots", "Violent demonstration");
    } else if (strcmp(frame->acled_detail, "Arrests") == 0) {
        if (holds(making, &making->patients, WORDS_MARCHERS) ||
            ((kinds_of(making, &making->patients) & KIND_PROTESTER) != 0 &&
             tells_of_protest(making)) ||
            is_during_protest(making))
            set(claim, "Protests", "Protest with intervention");
    } else if (strcmp(frame->acled_detail, "Government regains territory") == 0) {
        if ((agents & KIND_REBEL) != 0 &&
            (agents & (KIND_STATE_FORCE | KIND_POLICE | KIND_GOVERNMENT)) == 0)
            set(claim, "Battles", "Non-state actor overtakes territory");
    } else if (is_remote(frame)) {
        const char *detail = detail_of_weapon(making);
        if (detail != NULL)
            set(claim, frame->acled_type, detail);
    } else if (strcmp(frame->acled_detail, "Armed clash") == 0) {
        const char *detail = detail_of_weapon(making);
        if (detail != NULL && strcmp(detail, "Air/drone strike") == 0)
            set(claim, "Explosions/Remote violence", detail);
    }
}

void acled_find(const struct making *making, struct claim *claim)
{
    set_types(making, claim);
    set_suicide(making, claim);
    set_mode(claim);
}
