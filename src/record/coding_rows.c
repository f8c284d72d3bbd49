/* The rows of what was found in a report: sentences, times, places, actors and claims.
 *
 * A claim's key follows from the report's and the claim's position alone (schema/007.sql). The
 * report's own rows, and transactions, are writing.c's. */
#include "record/coding_rows.h"

#include "bytes/hash.h"

#include <math.h>
#include <stdlib.h>

enum { POSITION_BITS = 23 };

/* ------------------------------------------------------------------ sentences, times, places,
 * actors */

static void add_sentences(struct writer *writer)
{
    const struct document *document = writer->document;
    for (uint32_t i = 0; i < document->sentences.count; i++) {
        writer_begin(writer, SQL_ADD_SENTENCE);
        writer_number(writer, writer->report);
        writer_number(writer, i);
        writer_number(writer, document->sentences.items[i].span.start);
        writer_number(writer, document->sentences.items[i].span.end);
        writer_number(writer, document->sentences.items[i].heading);
        writer_end(writer);
    }
}

static void add_times(struct writer *writer)
{
    static const char *const types[] = {"DATE", "TIME", "DURATION", "SET"};
    for (uint32_t i = 0; i < writer->document->times.count; i++) {
        const struct time_mention *time = &writer->document->times.items[i];
        writer_begin(writer, SQL_ADD_TIME);
        writer_number(writer, writer->report);
        writer_number(writer, i);
        writer_number(writer, time->span.start);
        writer_number(writer, time->span.end);
        writer_text(writer, types[time->type]);
        writer_text(writer, time->value);
        writer_day(writer, time->from);
        writer_day(writer, time->to);
        writer_text(writer, time->anchor);
        writer_end(writer);
    }
}

static void add_place(struct writer *writer, uint32_t index)
{
    const struct place_mention *place = &writer->document->places.items[index];
    writer_begin(writer, SQL_ADD_PLACE);
    writer_number(writer, writer->report);
    writer_number(writer, index);
    writer_number(writer, place->span.start);
    writer_number(writer, place->span.end);
    writer_text(writer, place->name);
    writer_folded(writer, place->name);
    if (place->geonameid == 0)
        writer_nothing(writer);
    else
        writer_number(writer, place->geonameid);
    writer_real(writer, place->located ? place->latitude : NAN);
    writer_real(writer, place->located ? place->longitude : NAN);
    writer_text(writer, place->feature);
    writer_text(writer, place->country);
    writer_text(writer, place->admin1);
    writer_text(writer, place->admin2);
    writer_index(writer, place->acled_precision != 0 ? place->acled_precision : NONE);
    writer_index(writer, place->ucdp_precision != 0 ? place->ucdp_precision : NONE);
    writer_text(writer, place->relation);
    writer_text(writer, place->reason);
    writer_certainty(writer, place->certainty);
    writer_end(writer);
}

static void add_actors(struct writer *writer)
{
    static const char *const kinds[] = {"person", "organisation", "state", "population",
                                        "unnamed group"};
    const struct document *document = writer->document;
    for (uint32_t i = 0; i < document->actors.count; i++) {
        const struct actor *actor = &document->actors.items[i];
        writer_begin(writer, SQL_ADD_ACTOR);
        writer_number(writer, writer->report);
        writer_number(writer, i);
        writer_text(writer, actor->name != NULL ? actor->name : "");
        writer_folded(writer, actor->name != NULL ? actor->name : "");
        writer_text(writer, actor->entry);
        writer_text(writer, kinds[actor->kind]);
        writer_text(writer, actor->type);
        writer_text(writer, actor->code);
        writer_text(writer, actor->country);
        writer_text(writer, actor->who);
        writer_index(writer, actor->parent);
        writer_end(writer);
    }
    for (uint32_t i = 0; i < document->actor_mentions.count; i++) {
        const struct actor_mention *mention = &document->actor_mentions.items[i];
        writer_begin(writer, SQL_ADD_MENTION);
        writer_number(writer, writer->report);
        writer_number(writer, mention->actor);
        writer_number(writer, mention->span.start);
        writer_number(writer, mention->span.end);
        writer_end(writer);
    }
}

/* ------------------------------------------------------------------ claims */

/* Whether the number is new to the set, which has room for twice as many and holds none as 0. */
static bool add_to_set(uint64_t *set, uint64_t size, int64_t number)
{
    uint64_t wanted = (uint64_t)number + 1, at = (uint64_t)number % size;
    for (; set[at] != 0; at = (at + 1) % size)
        if (set[at] == wanted)
            return false;
    set[at] = wanted;
    return true;
}

/* Keys for all claims of the report: its first 40 bits, then 23 bits of the trigger's position; of
 * two claims with the same bits the later one takes the next free number. */
static int64_t *claim_keys(struct writer *writer)
{
    const struct document *document = writer->document;
    uint64_t size = (uint64_t)document->claims.count * 2 + 1;
    int64_t *keys = arena_new_array(&writer->arena, int64_t, document->claims.count);
    uint64_t *set = arena_new_array(&writer->arena, uint64_t, size);
    if (keys == NULL || set == NULL) {
        writer_keep(writer, STORE_NOMEM);
        return NULL;
    }
    const int64_t mask = (INT64_C(1) << POSITION_BITS) - 1;
    for (uint32_t i = 0; i < document->claims.count; i++) {
        struct byte_span trigger = document->claims.items[i].trigger;
        int64_t position = (int64_t)(hash_join(trigger.start, trigger.end) & (uint64_t)mask);
        while (!add_to_set(set, size, position))
            position = (position + 1) & mask;
        keys[i] = (writer->report & ~mask) | position;
    }
    return keys;
}

static void add_participants(struct writer *writer, int64_t claim, const char *role,
                             const struct participant *participants, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        writer_begin(writer, SQL_ADD_PARTICIPANT);
        writer_number(writer, claim);
        writer_text(writer, role);
        writer_number(writer, i);
        writer_index(writer, participants[i].actor);
        writer_span(writer, participants[i].span);
        writer_text(writer, participants[i].kind);
        writer_end(writer);
    }
}

static void add_counts(struct writer *writer, int64_t key, const struct claim *claim)
{
    for (uint32_t i = 0; i < claim->counts.count; i++) {
        const struct claim_count *count = &claim->counts.items[i];
        writer_begin(writer, SQL_ADD_COUNT);
        writer_number(writer, key);
        writer_number(writer, i);
        writer_text(writer, count->what);
        writer_text(writer, count->who);
        writer_real(writer, count->low);
        writer_real(writer, count->high);
        writer_span(writer, count->span);
        writer_end(writer);
    }
}

static void add_speakers(struct writer *writer, int64_t key, const struct claim *claim)
{
    for (uint32_t i = 0; i < claim->according_to.count; i++) {
        writer_begin(writer, SQL_ADD_ACCORDING_TO);
        writer_number(writer, key);
        writer_number(writer, i);
        writer_index(writer, claim->according_to.items[i].actor);
        writer_span(writer, claim->according_to.items[i].span);
        writer_span(writer, claim->according_to.items[i].cue);
        writer_end(writer);
    }
}

static void add_claim_row(struct writer *writer, int64_t key, const struct claim *claim)
{
    static const char *const precisions[] = {NULL,     "day",  "week",   "month",
                                             "season", "year", "decade", "century"};
    writer_begin(writer, SQL_ADD_CLAIM);
    writer_number(writer, key);
    writer_number(writer, writer->report);
    writer_index(writer, claim->sentence);
    writer_number(writer, claim->trigger.start);
    writer_number(writer, claim->trigger.end);
    writer_text(writer, claim->plover);
    writer_text(writer, claim->mode);
    writer_text(writer, claim->cameo);
    writer_text(writer, claim->acled_type);
    writer_text(writer, claim->acled_detail);
    writer_index(writer, claim->place);
    writer_day(writer, claim->from);
    writer_day(writer, claim->to);
    writer_text(writer, precisions[claim->precision]);
    writer_text(writer, claim->anchor);
    writer_text(writer, claim_status_name(claim->status));
    writer_text(writer, control_change_name(claim->control));
    writer_index(writer, claim->control != CONTROL_NONE ? claim->control_place : NONE);
    writer_index(writer, claim->control != CONTROL_NONE ? claim->control_holder : NONE);
    writer_certainty(writer, claim->confidence);
    writer_text(writer, claim->rule);
    writer_text(writer, claim->explanation);
    writer_text(writer, claim->clause);
    writer_number(writer, writer->version);
    writer_end(writer);
}

static void add_search(struct writer *writer, int64_t key, const struct claim *claim)
{
    if (claim->sentence >= writer->document->sentences.count)
        return;
    struct byte_span span = writer->document->sentences.items[claim->sentence].span;
    writer_begin(writer, SQL_SEARCH_CLAIM);
    writer_number(writer, key);
    writer_bytes(writer, document_bytes(writer->document, span), span.end - span.start);
    writer_end(writer);
}

/* A report that is stored by itself may be asked for before it is merged: until then each of its
 * claims is an event of its own, under the same key. */
static void add_event(struct writer *writer, int64_t key, const struct claim *claim)
{
    writer_begin(writer, SQL_ADD_EVENT);
    writer_number(writer, key);
    writer_day(writer, claim->from);
    writer_day(writer, claim->to);
    writer_text(writer, claim->plover);
    writer_index(writer, NONE);
    writer_index(writer, NONE);
    if (claim->place < writer->document->places.count) {
        writer->column -= 2;
        writer_number(writer, writer->report);
        writer_number(writer, claim->place);
    }
    writer_end(writer);
    writer_begin(writer, SQL_ADD_EVENT_CLAIM);
    writer_number(writer, key);
    writer_number(writer, key);
    writer_number(writer, key);
    writer_end(writer);
}

struct keyed {
    int64_t key;
    uint32_t claim;
};

static int by_key(const void *left, const void *right)
{
    int64_t a = ((const struct keyed *)left)->key, b = ((const struct keyed *)right)->key;
    return (a > b) - (a < b);
}

/* FTS5 gathers rows in memory as long as their numbers ascend. */
void coding_rows_add_searches(struct writer *writer)
{
    const struct document *document = writer->document;
    uint32_t count = document->claims.count;
    const int64_t *keys = claim_keys(writer);
    struct keyed *sorted = arena_new_array(&writer->arena, struct keyed, count);
    if (keys == NULL || sorted == NULL || count == 0)
        return;
    for (uint32_t i = 0; i < count; i++)
        sorted[i] = (struct keyed){keys[i], i};
    qsort(sorted, count, sizeof *sorted, by_key);
    for (uint32_t i = 0; i < count; i++)
        add_search(writer, sorted[i].key, &document->claims.items[sorted[i].claim]);
}

static void add_claims(struct writer *writer)
{
    const struct document *document = writer->document;
    int64_t *keys = claim_keys(writer);
    for (uint32_t i = 0; keys != NULL && i < document->claims.count; i++) {
        const struct claim *claim = &document->claims.items[i];
        add_claim_row(writer, keys[i], claim);
        add_participants(writer, keys[i], "agent", claim->agents.items, claim->agents.count);
        add_participants(writer, keys[i], "patient", claim->patients.items, claim->patients.count);
        add_participants(writer, keys[i], "instrument", claim->instruments.items,
                         claim->instruments.count);
        add_counts(writer, keys[i], claim);
        add_speakers(writer, keys[i], claim);
        if (writer->alone)
            add_event(writer, keys[i], claim);
    }
}

/* ------------------------------------------------------------------ all of it */

void coding_rows_add(struct writer *writer)
{
    add_sentences(writer);
    add_times(writer);
    for (uint32_t i = 0; i < writer->document->places.count; i++)
        add_place(writer, i);
    add_actors(writer);
    add_claims(writer);
}
