/* Where a claim happens, and what it does to control. The place is sought among what hangs on the
 * trigger, then at its patients, then on the way up to the root of the sentence; a place of another
 * sentence is never taken. */
#include "meaning/coding.h"

static bool is_locative(const struct token *preposition)
{
    static const char *const words[] = {
        "in",   "at", "near", "outside", "inside", "around", "across",  "through", "within",
        "into", "on", "over", "from",    "to",     "toward", "towards", "along",   "off"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (token_is(preposition, words[i]))
            return true;
    return false;
}

/* A place at the token or inside its noun phrase ("the city of Kunduz", "Kunduz airport"), but not
 * a nation that only says whose ("the US embassy"). */
static uint32_t place_in(const struct coding *coding, uint32_t token)
{
    if (coding->place[token] != NONE)
        return coding->place[token];
    struct token_range range = tree_noun_phrase(&coding->tree, token);
    for (uint32_t i = range.first; i < range.end; i++)
        if (coding->place[i] != NONE && coding->named[i] == NONE &&
            coding->tree.tokens[i].upos != UPOS_ADJ)
            return coding->place[i];
    return NONE;
}

/* The place behind a preposition that says where, among the children of `token`. */
static uint32_t place_below(const struct coding *coding, uint32_t token)
{
    for (uint32_t child = coding->tree.first_child[token]; child != NONE;
         child = coding->tree.next_sibling[child]) {
        enum relation relation = coding->tree.tokens[child].relation;
        if (relation == REL_OBJ && coding->place[child] != NONE)
            return coding->place[child];
        if (!relation_is(relation, REL_OBL) && !relation_is(relation, REL_NMOD))
            continue;
        uint32_t preposition = tree_child(&coding->tree, child, REL_CASE);
        if (preposition == NONE || !is_locative(&coding->tree.tokens[preposition]))
            continue;
        uint32_t place = place_in(coding, child);
        if (place != NONE)
            return place;
    }
    return NONE;
}

static uint32_t find_place(const struct making *making)
{
    const struct coding *coding = making->coding;
    uint32_t place = place_below(coding, making->trigger);
    for (uint32_t i = 0; i < making->patients.count && place == NONE; i++)
        place = place_in(coding, making->patients.tokens[i]);
    for (uint32_t i = 0; i < making->patients.count && place == NONE; i++)
        place = place_below(coding, making->patients.tokens[i]);
    uint32_t above = coding->tree.tokens[making->trigger].head;
    for (int steps = 0; steps < 6 && above != NONE && place == NONE; steps++) {
        place = place_below(coding, above);
        above = coding->tree.tokens[above].head;
    }
    for (uint32_t i = 0; i < making->agents.count && place == NONE; i++)
        place = place_below(coding, making->agents.tokens[i]);
    return place;
}

static uint32_t token_of(const struct making *making, enum frame_role role,
                         const struct frame_slot *slot)
{
    uint32_t token = NONE;
    if (role == ROLE_AGENT)
        return making->agents.count > 0 ? making->agents.tokens[0] : NONE;
    if (role == ROLE_PATIENT)
        return making->patients.count > 0 ? making->patients.tokens[0] : NONE;
    if (role == ROLE_SLOT)
        frame_slot_fill(slot, &making->coding->tree, &making->arguments, &token, 1);
    return token;
}

void where_find(const struct making *making, struct claim *claim)
{
    const struct coding *coding = making->coding;
    const struct frame *frame = making->frame;
    claim->place = find_place(making);
    claim->control_place = claim->control_holder = NONE;
    if (frame->control == CONTROL_NONE)
        return;
    uint32_t place = token_of(making, frame->place, &frame->place_slot);
    uint32_t holder = token_of(making, frame->holder, &frame->holder_slot);
    claim->control_place = place != NONE ? place_in(coding, place) : NONE;
    if (claim->control_place == NONE && frame->place == ROLE_NONE)
        claim->control_place = claim->place;
    if (holder != NONE && coding->actor_mention[holder] != NONE)
        claim->control_holder =
            coding->document->actor_mentions.items[coding->actor_mention[holder]].actor;
    /* Control of nothing, or by nobody known who also lost it to nobody, says nothing. */
    if (claim->control_place != NONE)
        claim->control = frame->control;
    else
        claim->control_holder = NONE;
    if (claim->control != CONTROL_NONE && claim->place == NONE)
        claim->place = claim->control_place;
}
