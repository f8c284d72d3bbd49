/* Stores a coded report: one transaction, all or nothing.
 *
 * Keys follow from the report's day and bytes and the claim's position alone (schema/007.sql), so that the
 * rows are the same whatever came before. The report is noted as not merged; merging.c then finds the
 * events. Of several reports at once the claims are in no event until then. */
#include "record/originals.h"
#include "record/waiting_rows.h"
#include "record/writing.h"

#include "bytes/digest.h"
#include "bytes/hash.h"
#include "bytes/utf8.h"

#include <math.h>
#include <stdlib.h>

/* One report on its way into the record. Keeps the first failure; what follows does nothing. */
struct writer {
    struct record *record;
    const struct document *document;
    struct arena arena;
    int64_t report, version;
    bool versioned; /* the version is in the record */
    bool alone; /* not one of many that are merged at once */
    struct waiting_rows *waiting; /* rows of many reports wait there; NULL: each is written at once */
    struct store_statement *statement; /* being filled; NULL: the row will wait */
    int column;
    int code;
};

enum { POSITION_BITS = 23 };

/* ------------------------------------------------------------------ one row */

/* Where rows of the statement wait; WAITING_TABLES where they do not. Tables with triggers are not
 * among them. */
static enum waiting_table waiting_table_of(enum statement statement)
{
    switch (statement) {
    case SQL_ADD_BLOCK:
        return WAITING_BLOCKS;
    case SQL_ADD_SENTENCE:
        return WAITING_SENTENCES;
    case SQL_ADD_TIME:
        return WAITING_TIMES;
    case SQL_ADD_CLAIM:
        return WAITING_CLAIMS;
    case SQL_ADD_PARTICIPANT:
        return WAITING_PARTICIPANTS;
    case SQL_ADD_COUNT:
        return WAITING_COUNTS;
    default:
        return WAITING_TABLES;
    }
}

static void begin_row(struct writer *writer, enum statement statement)
{
    writer->column = 0;
    writer->statement = NULL;
    if (writer->code != STORE_OK)
        return;
    enum waiting_table table =
        writer->waiting != NULL ? waiting_table_of(statement) : WAITING_TABLES;
    if (table != WAITING_TABLES) {
        waiting_begin(writer->waiting, table);
        return;
    }
    writer->statement = record_statement(writer->record, statement);
    if (writer->statement == NULL)
        writer->code = STORE_ERROR;
}

static void keep(struct writer *writer, int code)
{
    if (writer->code == STORE_OK)
        writer->code = code;
}

static void put_number(struct writer *writer, int64_t number)
{
    if (writer->code == STORE_OK && writer->statement == NULL)
        waiting_number(writer->waiting, number);
    else if (writer->code == STORE_OK)
        keep(writer, store_bind_int64(writer->statement, ++writer->column, number));
}

static void put_nothing(struct writer *writer)
{
    writer->column++;
    if (writer->code == STORE_OK && writer->statement == NULL)
        waiting_nothing(writer->waiting);
}

static void put_bytes(struct writer *writer, const char *bytes, size_t length)
{
    if (writer->code == STORE_OK && writer->statement == NULL)
        waiting_text(writer->waiting, bytes, length);
    else if (writer->code == STORE_OK)
        keep(writer, store_bind_lasting_bytes(writer->statement, ++writer->column, bytes, length));
}

static void put_text(struct writer *writer, const char *text)
{
    if (text == NULL)
        put_nothing(writer);
    else
        put_bytes(writer, text, strlen(text));
}

static void put_real(struct writer *writer, double value)
{
    if (!isfinite(value))
        put_nothing(writer);
    else if (writer->code == STORE_OK && writer->statement == NULL)
        waiting_real(writer->waiting, value);
    else if (writer->code == STORE_OK)
        keep(writer, store_bind_double(writer->statement, ++writer->column, value));
}

/* Four decimals: what a float's certainty is good for. */
static void put_certainty(struct writer *writer, double value)
{
    put_real(writer, round(value * 10000) / 10000);
}

static void put_index(struct writer *writer, uint32_t index)
{
    if (index == NONE)
        put_nothing(writer);
    else
        put_number(writer, index);
}

static void put_span(struct writer *writer, struct byte_span span)
{
    if (span_is_empty(span)) {
        put_nothing(writer);
        put_nothing(writer);
    } else {
        put_number(writer, span.start);
        put_number(writer, span.end);
    }
}

static void put_day(struct writer *writer, int32_t day)
{
    char text[16];
    if (day == DAY_UNKNOWN) {
        put_nothing(writer);
        return;
    }
    calendar_write(day, text);
    put_text(writer, arena_copy_string(&writer->arena, text));
}

/* `name` as searches compare it. */
static void put_folded(struct writer *writer, const char *name)
{
    size_t length = strlen(name);
    char *folded = arena_allocate(&writer->arena, length * 3 + 1);
    if (folded == NULL)
        keep(writer, STORE_NOMEM);
    else
        put_bytes(writer, folded, utf8_fold(name, length, folded));
}

static void end_row(struct writer *writer)
{
    if (writer->code != STORE_OK || writer->statement == NULL)
        return;
    int code = store_step(writer->statement);
    keep(writer, code == STORE_DONE ? store_reset(writer->statement) : code);
}

/* ------------------------------------------------------------------ the report */

struct identity {
    struct digest digest;
    int64_t key;
    int64_t report; /* under which it stands in the record */
    uint32_t document;
    bool added; /* it was not known */
};

enum { DAY_BITS = 16, FIRST_DAY = -7306 /* the day before 1950; they last to 2129 */ };

/* Reports of one day stand together in every table, so that news of today is not strewn over the
 * whole file. */
static int64_t key_of(const struct document *document, const struct digest *digest)
{
    int64_t number = (int64_t)digest_number(digest), day = document->report.published;
    if (day == DAY_UNKNOWN || day <= FIRST_DAY || day - FIRST_DAY >= INT64_C(1) << DAY_BITS)
        return number;
    return (day - FIRST_DAY) << (63 - DAY_BITS) | number >> DAY_BITS;
}

static struct identity identify(const struct document *document)
{
    struct identity identity = {.key = 0};
    if (document->report.original != NULL)
        identity.digest = digest_of(document->report.original, document->report.original_length);
    else
        identity.digest = digest_of(document->text, document->length);
    identity.key = key_of(document, &identity.digest);
    return identity;
}

static void add_version(struct writer *writer, const struct record_version *version)
{
    if (writer->versioned)
        return;
    writer->versioned = true;
    writer->version = writing_version(version);
    begin_row(writer, SQL_ADD_VERSION);
    put_number(writer, writer->version);
    put_text(writer, version->program);
    put_text(writer, version->dictionaries);
    put_text(writer, version->models);
    end_row(writer);
}

static void add_sighting(struct writer *writer, const char *path, const char *retrieved)
{
    if (path == NULL)
        return;
    begin_row(writer, SQL_ADD_SIGHTING);
    put_number(writer, writer->report);
    put_text(writer, path);
    put_text(writer, retrieved);
    end_row(writer);
}

static void add_original(struct writer *writer)
{
    const struct report_facts *facts = &writer->document->report;
    bool apart = facts->original != NULL &&
                 (facts->original_length != writer->document->length ||
                  memcmp(facts->original, writer->document->text, facts->original_length) != 0);
    size_t packed = 0;
    const void *bytes = apart ? originals_pack(&writer->arena, facts->original,
                                               facts->original_length, &packed)
                              : NULL;
    begin_row(writer, SQL_ADD_ORIGINAL);
    put_number(writer, writer->report);
    put_text(writer, bytes != NULL ? "zlib" : apart ? "plain" : "text");
    put_number(writer, apart ? (int64_t)facts->original_length : writer->document->length);
    if (apart && writer->code == STORE_OK)
        keep(writer, store_bind_lasting_blob(writer->statement, ++writer->column,
                                             bytes != NULL ? bytes : facts->original,
                                             bytes != NULL ? packed : facts->original_length));
    end_row(writer);
}

static void add_report(struct writer *writer, const struct digest *digest)
{
    static const char *const origins[] = {NULL, "given", "metadata", "printed", "inferred"};
    const struct report_facts *facts = &writer->document->report;
    char hexadecimal[65];
    digest_write(digest, hexadecimal);
    begin_row(writer, SQL_ADD_REPORT);
    put_number(writer, writer->report);
    put_text(writer, hexadecimal);
    put_text(writer, facts->id);
    put_text(writer, facts->title);
    put_text(writer, facts->source);
    put_text(writer, facts->byline);
    put_text(writer, facts->url);
    put_text(writer, facts->language);
    put_day(writer, facts->published);
    put_text(writer, origins[facts->published_from]);
    put_span(writer, facts->published_span);
    put_bytes(writer, writer->document->text, writer->document->length);
    put_number(writer, writer->version);
    end_row(writer);
    begin_row(writer, SQL_ADD_DIGEST);
    put_number(writer, (int64_t)digest_number(digest));
    put_number(writer, writer->report);
    end_row(writer);
}

static void add_report_search(struct writer *writer)
{
    begin_row(writer, SQL_SEARCH_REPORT);
    put_number(writer, writer->report);
    put_text(writer, writer->document->report.title);
    put_bytes(writer, writer->document->text, writer->document->length);
    end_row(writer);
}

static void add_blocks(struct writer *writer)
{
    static const char *const kinds[] = {"body",     "title",   "heading", "byline", "date",
                                        "dateline", "caption", "furniture"};
    const struct document *document = writer->document;
    for (uint32_t i = 0; i < document->blocks.count; i++) {
        begin_row(writer, SQL_ADD_BLOCK);
        put_number(writer, writer->report);
        put_number(writer, i);
        put_text(writer, kinds[document->blocks.items[i].kind]);
        put_number(writer, document->blocks.items[i].span.start);
        put_number(writer, document->blocks.items[i].span.end);
        put_number(writer, document->blocks.items[i].continues);
        end_row(writer);
    }
}

static void add_sentences(struct writer *writer)
{
    const struct document *document = writer->document;
    for (uint32_t i = 0; i < document->sentences.count; i++) {
        begin_row(writer, SQL_ADD_SENTENCE);
        put_number(writer, writer->report);
        put_number(writer, i);
        put_number(writer, document->sentences.items[i].span.start);
        put_number(writer, document->sentences.items[i].span.end);
        put_number(writer, document->sentences.items[i].heading);
        end_row(writer);
    }
}

static void add_times(struct writer *writer)
{
    static const char *const types[] = {"DATE", "TIME", "DURATION", "SET"};
    for (uint32_t i = 0; i < writer->document->times.count; i++) {
        const struct time_mention *time = &writer->document->times.items[i];
        begin_row(writer, SQL_ADD_TIME);
        put_number(writer, writer->report);
        put_number(writer, i);
        put_number(writer, time->span.start);
        put_number(writer, time->span.end);
        put_text(writer, types[time->type]);
        put_text(writer, time->value);
        put_day(writer, time->from);
        put_day(writer, time->to);
        put_text(writer, time->anchor);
        end_row(writer);
    }
}

static void add_place(struct writer *writer, uint32_t index)
{
    const struct place_mention *place = &writer->document->places.items[index];
    begin_row(writer, SQL_ADD_PLACE);
    put_number(writer, writer->report);
    put_number(writer, index);
    put_number(writer, place->span.start);
    put_number(writer, place->span.end);
    put_text(writer, place->name);
    put_folded(writer, place->name);
    if (place->geonameid == 0)
        put_nothing(writer);
    else
        put_number(writer, place->geonameid);
    put_real(writer, place->located ? place->latitude : NAN);
    put_real(writer, place->located ? place->longitude : NAN);
    put_text(writer, place->feature);
    put_text(writer, place->country);
    put_text(writer, place->admin1);
    put_text(writer, place->admin2);
    put_index(writer, place->acled_precision != 0 ? place->acled_precision : NONE);
    put_index(writer, place->ucdp_precision != 0 ? place->ucdp_precision : NONE);
    put_text(writer, place->relation);
    put_text(writer, place->reason);
    put_certainty(writer, place->certainty);
    end_row(writer);
}

static void add_actors(struct writer *writer)
{
    static const char *const kinds[] = {"person", "organisation", "state", "population",
                                        "unnamed group"};
    const struct document *document = writer->document;
    for (uint32_t i = 0; i < document->actors.count; i++) {
        const struct actor *actor = &document->actors.items[i];
        begin_row(writer, SQL_ADD_ACTOR);
        put_number(writer, writer->report);
        put_number(writer, i);
        put_text(writer, actor->name != NULL ? actor->name : "");
        put_folded(writer, actor->name != NULL ? actor->name : "");
        put_text(writer, actor->entry);
        put_text(writer, kinds[actor->kind]);
        put_text(writer, actor->type);
        put_text(writer, actor->code);
        put_text(writer, actor->country);
        put_text(writer, actor->who);
        put_index(writer, actor->parent);
        end_row(writer);
    }
    for (uint32_t i = 0; i < document->actor_mentions.count; i++) {
        const struct actor_mention *mention = &document->actor_mentions.items[i];
        begin_row(writer, SQL_ADD_MENTION);
        put_number(writer, writer->report);
        put_number(writer, mention->actor);
        put_number(writer, mention->span.start);
        put_number(writer, mention->span.end);
        end_row(writer);
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
        keep(writer, STORE_NOMEM);
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
        begin_row(writer, SQL_ADD_PARTICIPANT);
        put_number(writer, claim);
        put_text(writer, role);
        put_number(writer, i);
        put_index(writer, participants[i].actor);
        put_span(writer, participants[i].span);
        put_text(writer, participants[i].kind);
        end_row(writer);
    }
}

static void add_counts(struct writer *writer, int64_t key, const struct claim *claim)
{
    for (uint32_t i = 0; i < claim->counts.count; i++) {
        const struct claim_count *count = &claim->counts.items[i];
        begin_row(writer, SQL_ADD_COUNT);
        put_number(writer, key);
        put_number(writer, i);
        put_text(writer, count->what);
        put_text(writer, count->who);
        put_real(writer, count->low);
        put_real(writer, count->high);
        put_span(writer, count->span);
        end_row(writer);
    }
}

static void add_speakers(struct writer *writer, int64_t key, const struct claim *claim)
{
    for (uint32_t i = 0; i < claim->according_to.count; i++) {
        begin_row(writer, SQL_ADD_ACCORDING_TO);
        put_number(writer, key);
        put_number(writer, i);
        put_index(writer, claim->according_to.items[i].actor);
        put_span(writer, claim->according_to.items[i].span);
        put_span(writer, claim->according_to.items[i].cue);
        end_row(writer);
    }
}

static void add_claim_row(struct writer *writer, int64_t key, const struct claim *claim)
{
    static const char *const precisions[] = {NULL,     "day",  "week",   "month",
                                             "season", "year", "decade", "century"};
    begin_row(writer, SQL_ADD_CLAIM);
    put_number(writer, key);
    put_number(writer, writer->report);
    put_index(writer, claim->sentence);
    put_number(writer, claim->trigger.start);
    put_number(writer, claim->trigger.end);
    put_text(writer, claim->plover);
    put_text(writer, claim->mode);
    put_text(writer, claim->cameo);
    put_text(writer, claim->acled_type);
    put_text(writer, claim->acled_detail);
    put_index(writer, claim->place);
    put_day(writer, claim->from);
    put_day(writer, claim->to);
    put_text(writer, precisions[claim->precision]);
    put_text(writer, claim->anchor);
    put_text(writer, claim_status_name(claim->status));
    put_text(writer, control_change_name(claim->control));
    put_index(writer, claim->control != CONTROL_NONE ? claim->control_place : NONE);
    put_index(writer, claim->control != CONTROL_NONE ? claim->control_holder : NONE);
    put_certainty(writer, claim->confidence);
    put_text(writer, claim->rule);
    put_text(writer, claim->explanation);
    put_text(writer, claim->clause);
    put_number(writer, writer->version);
    end_row(writer);
}

static void add_search(struct writer *writer, int64_t key, const struct claim *claim)
{
    if (claim->sentence >= writer->document->sentences.count)
        return;
    struct byte_span span = writer->document->sentences.items[claim->sentence].span;
    begin_row(writer, SQL_SEARCH_CLAIM);
    put_number(writer, key);
    put_bytes(writer, document_bytes(writer->document, span), span.end - span.start);
    end_row(writer);
}

/* A report that is stored by itself may be asked for before it is merged: until then each of its
 * claims is an event of its own, under the same key. */
static void add_event(struct writer *writer, int64_t key, const struct claim *claim)
{
    begin_row(writer, SQL_ADD_EVENT);
    put_number(writer, key);
    put_day(writer, claim->from);
    put_day(writer, claim->to);
    put_text(writer, claim->plover);
    put_index(writer, NONE);
    put_index(writer, NONE);
    if (claim->place < writer->document->places.count) {
        writer->column -= 2;
        put_number(writer, writer->report);
        put_number(writer, claim->place);
    }
    end_row(writer);
    begin_row(writer, SQL_ADD_EVENT_CLAIM);
    put_number(writer, key);
    put_number(writer, key);
    put_number(writer, key);
    end_row(writer);
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
static void add_claim_searches(struct writer *writer)
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
        add_participants(writer, keys[i], "patient", claim->patients.items,
                         claim->patients.count);
        add_participants(writer, keys[i], "instrument", claim->instruments.items,
                         claim->instruments.count);
        add_counts(writer, keys[i], claim);
        add_speakers(writer, keys[i], claim);
        if (writer->alone)
            add_event(writer, keys[i], claim);
    }
}

/* ------------------------------------------------------------------ the whole */

static annals_status find_report(struct writer *writer, const struct digest *digest, bool *known,
                                 annals_error *error)
{
    char hexadecimal[65];
    digest_write(digest, hexadecimal);
    begin_row(writer, SQL_FIND_REPORT);
    put_number(writer, (int64_t)digest_number(digest));
    int code = writer->code == STORE_OK ? store_step(writer->statement) : writer->code;
    if (code != STORE_ROW && code != STORE_DONE)
        return record_fail(writer->record, "cannot read", error);
    *known = code == STORE_ROW;
    const char *stored = *known ? store_text(writer->statement, 0) : NULL;
    bool same = stored == NULL || strcmp(stored, hexadecimal) == 0;
    if (*known)
        writer->report = store_int64(writer->statement, 1);
    store_reset(writer->statement);
    /* One chance in 2^63 a pair: told, not hidden. */
    return same ? ANNALS_OK
                : error_set(error, ANNALS_FOREIGN,
                            "another report has the same 63 first bits of SHA-256");
}

static annals_status look_for(struct record *record, const struct document *document,
                              const char *path, bool *known, annals_error *error)
{
    struct identity identity = identify(document);
    struct writer writer = {.record = record, .document = document, .report = identity.key};
    arena_init(&writer.arena);
    bool found = false;
    annals_status status = find_report(&writer, &identity.digest, &found, error);
    if (status == ANNALS_OK && found && record->writable) {
        add_sighting(&writer, path, NULL);
        if (writer.code != STORE_OK)
            status = record_fail(record, "cannot store the report", error);
    }
    if (status == ANNALS_OK)
        *known = found;
    arena_release(&writer.arena);
    return status;
}

annals_status record_knows(struct record *record, const struct document *document,
                           const char *path, bool *known, annals_error *error)
{
    annals_status status;
    uint32_t tries = 0;
    do {
        status = look_for(record, document, path, known, error);
    } while (status != ANNALS_OK && store_again(record->database, tries++));
    return status;
}

/* What a report says of ground is found when it is noted: its claims must be there. */
static void add_unmerged(struct writer *writer, int64_t report)
{
    begin_row(writer, SQL_ADD_UNMERGED);
    put_number(writer, report);
    end_row(writer);
}

/* All that was found in the report. */
static void add_coding(struct writer *writer)
{
    add_sentences(writer);
    add_times(writer);
    for (uint32_t i = 0; i < writer->document->places.count; i++)
        add_place(writer, i);
    add_actors(writer);
    add_claims(writer);
    if (writer->waiting == NULL)
        add_unmerged(writer, writer->report);
}

static annals_status add_document(struct writer *writer, const struct digest *digest,
                                  const struct record_version *version,
                                  const annals_origin *origin, bool *known, annals_error *error)
{
    annals_status status = *known ? ANNALS_OK : find_report(writer, digest, known, error);
    if (status != ANNALS_OK)
        return status;
    if (!*known) {
        add_version(writer, version);
        add_report(writer, digest);
        add_original(writer);
        add_blocks(writer);
        add_coding(writer);
    }
    add_sighting(writer, origin->path, origin->retrieved);
    if (writer->code == STORE_OK && writer->arena.failed)
        writer->code = STORE_NOMEM;
    if (writer->code == STORE_NOMEM)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    return writer->code == STORE_OK ? ANNALS_OK
                                    : record_fail(writer->record, "cannot store the report", error);
}

static int by_identity(const void *left, const void *right)
{
    const struct identity *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->document > b->document) - (a->document < b->document);
}

/* In order of key: neighbours in the tables one after the other. */
static struct identity *sort_documents(struct arena *arena, const struct document *const *documents,
                                       uint32_t count)
{
    struct identity *identities = arena_new_array(arena, struct identity, count);
    for (uint32_t i = 0; identities != NULL && i < count; i++) {
        identities[i] = identify(documents[i]);
        identities[i].document = i;
    }
    if (identities != NULL)
        qsort(identities, count, sizeof *identities, by_identity);
    return identities;
}

/* FTS5 writes out what it has gathered whenever a statement with triggers begins (its savepoint), so
 * all of one index go in one after the other, when everything else is written. */
static annals_status add_searches(struct writer *writer, const struct document *const *documents,
                                  const struct identity *identities, uint32_t count,
                                  annals_error *error)
{
    static void (*const indexes[])(struct writer *) = {add_report_search, add_claim_searches};
    for (int index = 0; index < 2; index++)
        for (uint32_t i = 0; i < count && writer->code == STORE_OK; i++) {
            if (!identities[i].added)
                continue;
            writer->document = documents[identities[i].document];
            writer->report = identities[i].key;
            indexes[index](writer);
            if (writer->code == STORE_OK && writer->arena.failed)
                writer->code = STORE_NOMEM;
            arena_reset(&writer->arena);
        }
    if (writer->code == STORE_NOMEM)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    return writer->code == STORE_OK ? ANNALS_OK
                                    : record_fail(writer->record, "cannot store the report", error);
}

enum { MANY = 20 };

/* All of them are looked for at once. */
static void expect_reports(struct writer *writer, struct arena *arena,
                           const struct identity *identities, uint32_t count)
{
    struct record *record = writer->record;
    int64_t *digests = store_is_far(record->database) && identities != NULL
                           ? arena_new_array(arena, int64_t, count)
                           : NULL;
    for (uint32_t i = 0; digests != NULL && i < count; i++)
        digests[i] = (int64_t)digest_number(&identities[i].digest);
    if (digests != NULL)
        keep(writer, store_ahead(record_statement(record, SQL_FIND_REPORT), digests, count));
}

/* Of reports with the same bytes the first is stored; what was looked for before does not know it. */
static bool is_repeated(const struct identity *identities, uint32_t number)
{
    return number > 0 && memcmp(&identities[number].digest, &identities[number - 1].digest,
                                sizeof identities[number].digest) == 0;
}

enum { WAITING_REPORTS = 500 };

static bool waits_long(const struct writer *writer, uint32_t reports)
{
    return writer->waiting != NULL &&
           (reports >= WAITING_REPORTS || waiting_is_much(writer->waiting));
}

/* Writes the rows that wait, and notes their reports, those from `first` on. */
static annals_status write_waiting(struct writer *writer, const struct identity *identities,
                                   uint32_t first, uint32_t end, annals_error *error)
{
    if (writer->waiting == NULL)
        return ANNALS_OK;
    keep(writer, waiting_write(writer->waiting));
    for (uint32_t i = first; i < end; i++)
        if (identities[i].added)
            add_unmerged(writer, identities[i].report);
    arena_reset(&writer->arena);
    if (writer->code == STORE_NOMEM)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    return writer->code == STORE_OK ? ANNALS_OK
                                    : record_fail(writer->record, "cannot store the report", error);
}

static annals_status add_each(struct writer *writer, const struct document *const *documents,
                              struct identity *identities, uint32_t count,
                              const struct record_version *version, const annals_origin *origins,
                              bool *known, annals_error *error)
{
    annals_status status = ANNALS_OK;
    uint32_t written = 0;
    for (uint32_t i = 0; i < count && status == ANNALS_OK; i++) {
        uint32_t at = identities[i].document;
        bool found = is_repeated(identities, i);
        writer->document = documents[at];
        writer->report = found ? identities[i - 1].report : identities[i].key;
        status = add_document(writer, &identities[i].digest, version, &origins[at], &found, error);
        if (known != NULL)
            known[at] = found;
        identities[i].added = !found;
        identities[i].report = writer->report;
        if (writer->waiting == NULL)
            arena_reset(&writer->arena);
        if (status != ANNALS_OK || !(i + 1 == count || waits_long(writer, i - written)))
            continue;
        status = write_waiting(writer, identities, written, i + 1, error);
        written = i + 1;
    }
    return status == ANNALS_OK ? add_searches(writer, documents, identities, count, error) : status;
}

static annals_status add_documents(struct writer *writer, const struct document *const *documents,
                                   uint32_t count, const struct record_version *version,
                                   const annals_origin *origins, bool *known,
                                   annals_error *error)
{
    struct record *record = writer->record;
    /* Switching costs as much as a few reports. */
    annals_status status =
        count < MANY ? ANNALS_OK : record_check_references(record, false, error);
    store_beside(record->database);
    if (status == ANNALS_OK)
        status = record_run(record, SQL_BEGIN, "cannot store the report", error);
    if (status != ANNALS_OK)
        return status;
    struct arena sorting;
    /* Only where references are not checked may rows go in table by table. */
    writer->waiting = record->unchecked && !writer->alone ? record_waiting_rows(record) : NULL;
    arena_init(&sorting);
    arena_init(&writer->arena);
    struct identity *identities = sort_documents(&sorting, documents, count);
    expect_reports(writer, &sorting, identities, count);
    if (identities == NULL || sorting.failed)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    else
        status =
            add_each(writer, documents, identities, count, version, origins, known, error);
    arena_release(&sorting);
    if (status == ANNALS_OK)
        status = record_run(record, SQL_COMMIT, "cannot store the report", error);
    if (status != ANNALS_OK)
        record_run(record, SQL_ROLLBACK, "", NULL);
    if (writer->waiting != NULL)
        waiting_forget(writer->waiting);
    /* The bound strings were the documents' and the arena's. */
    for (int i = 0; i < STATEMENT_COUNT; i++)
        if (record->statements[i] != NULL)
            store_clear(record->statements[i]);
    arena_release(&writer->arena);
    return status;
}

/* On a server another may have stored one of them meanwhile, or the connection may have been lost:
 * then all is done again. What was stored after all is known by then. */
static annals_status add_until_done(struct record *record, bool alone,
                                    const struct document *const *documents, uint32_t count,
                                    const struct record_version *version,
                                    const annals_origin *origins, bool *known, annals_error *error)
{
    annals_status status;
    uint32_t tries = 0;
    do {
        struct writer writer = {.record = record, .alone = alone};
        status = add_documents(&writer, documents, count, version, origins, known, error);
    } while (status != ANNALS_OK && store_again(record->database, tries++));
    return status;
}

/* ------------------------------------------------------------------ a coding alone */

int64_t writing_version(const struct record_version *version)
{
    struct digest_state state;
    digest_begin(&state);
    digest_add(&state, version->program, strlen(version->program) + 1);
    digest_add(&state, version->dictionaries, strlen(version->dictionaries) + 1);
    digest_add(&state, version->models, strlen(version->models) + 1);
    struct digest digest = digest_end(&state);
    return (int64_t)digest_number(&digest);
}

annals_status writing_report(struct record *record, const struct document *document,
                             int64_t *report, annals_error *error)
{
    struct identity identity = identify(document);
    struct writer writer = {.record = record, .document = document, .report = identity.key};
    bool found = false;
    annals_status status = find_report(&writer, &identity.digest, &found, error);
    *report = writer.report;
    if (status == ANNALS_OK && !found)
        status = error_set(error, ANNALS_NOT_FOUND, "the record does not have this report");
    return status;
}

annals_status writing_add_version(struct record *record, const struct record_version *version,
                                  annals_error *error)
{
    struct writer writer = {.record = record};
    add_version(&writer, version);
    return writer.code == STORE_OK ? ANNALS_OK : record_fail(record, "cannot store", error);
}

annals_status writing_add_coding(struct record *record, const struct document *document,
                                 int64_t version, annals_error *error)
{
    struct writer writer = {
        .record = record, .document = document, .version = version, .alone = true};
    annals_status status = writing_report(record, document, &writer.report, error);
    if (status != ANNALS_OK)
        return status;
    arena_init(&writer.arena);
    add_coding(&writer);
    add_claim_searches(&writer);
    bool failed = writer.arena.failed || writer.code == STORE_NOMEM;
    for (int i = 0; i < STATEMENT_COUNT; i++)
        if (record->statements[i] != NULL)
            store_clear(record->statements[i]);
    arena_release(&writer.arena);
    if (failed)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    return writer.code == STORE_OK ? ANNALS_OK
                                   : record_fail(record, "cannot store the report", error);
}

/* ------------------------------------------------------------------ reports */

annals_status record_add_all(struct record *record, const struct document *const *documents,
                             uint32_t count, const struct record_version *version,
                             const annals_origin *origins, bool *known, annals_error *error)
{
    return add_until_done(record, false, documents, count, version, origins, known, error);
}

annals_status record_add(struct record *record, const struct document *document,
                         const struct record_version *version, const annals_origin *origin,
                         annals_error *error)
{
    return add_until_done(record, true, &document, 1, version, origin, NULL, error);
}
