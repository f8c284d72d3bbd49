/* What the numbers of a clause count: "killed 12 soldiers", "12 of them were killed", "the killing
 * of dozens". A frame says which slot a kind of count is read from; the number is the one that
 * hangs on the head there, or the head itself. */
#include "meaning/coding.h"

/* The quantity that counts the noun at `token`, or NONE. */
static uint32_t quantity_of(const struct coding *coding, uint32_t token)
{
    const struct document *document = coding->document;
    for (uint32_t i = 0; i < document->quantities.count; i++) {
        const struct quantity *quantity = &document->quantities.items[i];
        if (quantity->is_count && quantity->counted == token)
            return i;
    }
    if (coding->quantity[token] != NONE &&
        document->quantities.items[coding->quantity[token]].is_count)
        return coding->quantity[token];
    uint32_t number = tree_child(&coding->tree, token, REL_NUMMOD);
    if (number != NONE && coding->quantity[number] != NONE &&
        document->quantities.items[coding->quantity[number]].is_count)
        return coding->quantity[number];
    return NONE;
}

static const char *who_at(const struct coding *coding, uint32_t token)
{
    uint32_t mention = coding->actor_mention[token];
    if (mention == NONE)
        return "unknown";
    const struct actor *actor =
        &coding->document->actors.items[coding->document->actor_mentions.items[mention].actor];
    return actor->who != NULL ? actor->who : "unknown";
}

static void add_count(const struct making *making, const char *what, uint32_t token,
                      struct claim *claim)
{
    const struct coding *coding = making->coding;
    uint32_t index = quantity_of(coding, token);
    /* "Dozens of rebels": the number stands above the noun it counts. */
    if (index == NONE && coding->tree.tokens[token].head != NONE &&
        relation_is(coding->tree.tokens[token].relation, REL_NMOD))
        index = quantity_of(coding, coding->tree.tokens[token].head);
    if (index == NONE)
        return;
    const struct quantity *quantity = &coding->document->quantities.items[index];
    struct claim_count *count = array_push(&claim->counts);
    if (count != NULL)
        *count = (struct claim_count){.what = what,
                                      .who = who_at(coding, token),
                                      .low = quantity->low,
                                      .high = quantity->high,
                                      .span = quantity->span,
                                      .quantity = index};
}

void counts_find(const struct making *making, struct claim *claim)
{
    const struct frame *frame = making->frame;
    for (uint32_t i = 0; i < frame->count_count; i++) {
        const struct frame_count *count = &frame->counts[i];
        if (count->role == ROLE_AGENT)
            for (uint32_t j = 0; j < making->agents.count; j++)
                add_count(making, count->what, making->agents.tokens[j], claim);
        if (count->role == ROLE_PATIENT)
            for (uint32_t j = 0; j < making->patients.count; j++)
                add_count(making, count->what, making->patients.tokens[j], claim);
        if (count->role != ROLE_SLOT)
            continue;
        uint32_t tokens[8];
        uint32_t found =
            frame_slot_fill(&count->slot, &making->coding->tree, &making->arguments, tokens, 8);
        for (uint32_t j = 0; j < found; j++)
            add_count(making, count->what, tokens[j], claim);
    }
}
