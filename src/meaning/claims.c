/* Claims: from parsed sentences with their names, places, times, numbers and speakers to who did
 * what to whom, according to whom.
 *
 * Method: every verb, noun and adjective is looked up among the frames of
 * dictionaries/en/events.tsv; the frame that fits best is filled from the arguments of the word.
 * One trigger gives at most one claim. What leaves out: events told without a trigger word ("Kunduz
 * is now a ghost town"). */
#include "meaning/coding.h"

struct claims_state {
    struct frames frames;
    struct things things;
};

static annals_status claims_open(const struct stage_setting *setting, void **state,
                                 annals_error *error)
{
    struct claims_state *claims = arena_new(setting->arena, struct claims_state);
    const char *events = stage_path(setting, "dictionaries/en", "events.tsv");
    const char *things = stage_path(setting, "dictionaries/en", "things.tsv");
    if (claims == NULL || events == NULL || things == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    annals_status status = frames_read(&claims->frames, setting->arena, events, error);
    if (status == ANNALS_OK)
        status = things_read(&claims->things, setting->arena, things, error);
    *state = claims;
    return status;
}

static uint32_t *no_index(struct arena *scratch, uint32_t count)
{
    uint32_t *index = arena_new_array(scratch, uint32_t, count + 1);
    for (uint32_t i = 0; index != NULL && i <= count; i++)
        index[i] = NONE;
    return index;
}

static void mark(uint32_t *index, struct token_range range, uint32_t value)
{
    for (uint32_t i = range.first; i < range.end; i++)
        index[i] = value;
}

static bool coding_init(struct coding *coding, const struct claims_state *claims,
                        struct document *document, struct arena *scratch)
{
    uint32_t count = document->tokens.count;
    *coding =
        (struct coding){.document = document, .frames = &claims->frames, .things = &claims->things};
    coding->actor_mention = no_index(scratch, count);
    coding->place = no_index(scratch, count);
    coding->quantity = no_index(scratch, count);
    if (!tree_init(&coding->tree, document, scratch) || scratch->failed)
        return false;
    /* An actor is looked up by the head of its mention, a place and a number by any word. */
    for (uint32_t i = 0; i < document->actor_mentions.count; i++)
        coding->actor_mention[document->actor_mentions.items[i].head] = i;
    for (uint32_t i = 0; i < document->places.count; i++)
        mark(coding->place, document->places.items[i].tokens, i);
    for (uint32_t i = 0; i < document->quantities.count; i++)
        mark(coding->quantity, document->quantities.items[i].tokens, i);
    return true;
}

static float confidence_of(const struct making *making, const struct claim *claim)
{
    float confidence = 0.5f;
    confidence += claim->agents.count > 0 ? 0.15f : 0.0f;
    confidence += claim->patients.count > 0 ? 0.15f : 0.0f;
    confidence += claim->place != NONE ? 0.05f : 0.0f;
    confidence += making->frame->condition_count > 0 ? 0.05f : 0.0f;
    if (claim->status == STATUS_CONDITIONAL || claim->status == STATUS_PLANNED)
        confidence -= 0.2f;
    return confidence;
}

static void add_claim(struct coding *coding, uint32_t token, const struct frame *frame,
                      const struct arguments *arguments)
{
    struct document *document = coding->document;
    struct claim *claim = array_push(&document->claims);
    if (claim == NULL)
        return;
    array_init(&claim->agents, document->arena);
    array_init(&claim->patients, document->arena);
    array_init(&claim->instruments, document->arena);
    array_init(&claim->counts, document->arena);
    array_init(&claim->according_to, document->arena);
    claim->sentence = document->tokens.items[token].sentence;
    claim->trigger = document->tokens.items[token].span;
    claim->trigger_token = token;
    claim->plover = frame->plover;
    claim->mode = frame->mode;
    claim->cameo = frame->cameo;
    claim->rule = frame->id;
    struct making making = {
        .coding = coding, .trigger = token, .frame = frame, .arguments = *arguments};
    participants_find(&making, claim);
    where_find(&making, claim);
    counts_find(&making, claim);
    status_find(&making, claim);
    acled_find(&making, claim);
    claim->from = claim->to = DAY_UNKNOWN;
    claim->confidence = confidence_of(&making, claim);
}

static annals_status claims_run(const void *state, struct document *document, struct arena *scratch,
                                annals_error *error)
{
    struct coding coding;
    if (!coding_init(&coding, state, document, scratch))
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    for (uint32_t token = 0; token < document->tokens.count; token++) {
        struct arguments arguments;
        arguments_find(&coding.tree, token, &arguments);
        const struct frame *frame =
            frames_find(coding.frames, &coding.tree, token, &arguments, coding_kinds, &coding);
        if (frame != NULL)
            add_claim(&coding, token, frame, &arguments);
    }
    return ANNALS_OK;
}

const struct stage stage_claims = {
    .name = "claims",
    .summary = "who did what to whom, where, when, how many, according to whom",
    .needs = HAS_SENTENCES | HAS_TREE | HAS_TIMES | HAS_PLACES | HAS_QUANTITIES | HAS_ACTORS |
             HAS_ATTRIBUTIONS,
    .gives = HAS_CLAIMS,
    .open = claims_open,
    .run = claims_run,
};
