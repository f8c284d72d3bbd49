/* Stores a coded report: one transaction, all or nothing.
 *
 * Keys follow from the report's day and bytes and the claim's position alone (schema/007.sql), so
 * that the rows are the same whatever came before; but for the later of two reports of one day
 * whose digests begin with the same 24 bits (choose_key). The report is noted as not merged;
 * merging.c then finds the events. Of several reports at once the claims are in no event until
 * then. */
#include "record/writing.h"
#include "record/coding_rows.h"
#include "record/originals.h"
#include "record/waiting_rows.h"

#include "bytes/digest.h"
#include "bytes/hash.h"

#include <stdlib.h>

/* ------------------------------------------------------------------ the report */

struct identity {
    struct digest digest;
    int64_t key;
    int64_t report; /* under which it stands in the record */
    uint32_t document;
    bool added; /* it was not known */
};

/* What the keys of a report's claims have beside those of its own (coding_rows.c). */
static const int64_t POSITIONS = (INT64_C(1) << 23) - 1;

enum { DAY_BITS = 16, FIRST_DAY = -7306 /* the day before 1950; they last to 2129 */ };

/* Reports of one day stand together in every table, so that news of today is not strewn over the
 * whole file. */
static int64_t key_of(const struct document *document, int64_t number)
{
    int64_t day = document->report.published;
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
    identity.key = key_of(document, (int64_t)digest_number(&identity.digest));
    return identity;
}

static void add_version(struct writer *writer, const struct record_version *version)
{
    if (writer->versioned)
        return;
    writer->versioned = true;
    writer->version = writing_version(version);
    writer_begin(writer, SQL_ADD_VERSION);
    writer_number(writer, writer->version);
    writer_text(writer, version->program);
    writer_text(writer, version->dictionaries);
    writer_text(writer, version->models);
    writer_end(writer);
}

static void add_sighting(struct writer *writer, const char *path, const char *retrieved)
{
    if (path == NULL)
        return;
    writer_begin(writer, SQL_ADD_SIGHTING);
    writer_number(writer, writer->report);
    writer_text(writer, path);
    writer_text(writer, retrieved);
    writer_end(writer);
}

static void add_original(struct writer *writer)
{
    const struct report_facts *facts = &writer->document->report;
    bool apart = facts->original != NULL &&
                 (facts->original_length != writer->document->length ||
                  memcmp(facts->original, writer->document->text, facts->original_length) != 0);
    size_t packed = 0;
    const void *bytes =
        apart ? originals_pack(&writer->arena, facts->original, facts->original_length, &packed)
              : NULL;
    writer_begin(writer, SQL_ADD_ORIGINAL);
    writer_number(writer, writer->report);
    writer_text(writer, bytes != NULL ? "zlib" : apart ? "plain" : "text");
    writer_number(writer, apart ? (int64_t)facts->original_length : writer->document->length);
    if (apart && writer->code == STORE_OK)
        writer_keep(writer,
                    store_bind_lasting_blob(writer->statement, ++writer->column,
                                            bytes != NULL ? bytes : facts->original,
                                            bytes != NULL ? packed : facts->original_length));
    writer_end(writer);
}

static void add_report(struct writer *writer, const struct digest *digest)
{
    static const char *const origins[] = {NULL, "given", "metadata", "printed", "inferred"};
    const struct report_facts *facts = &writer->document->report;
    char hexadecimal[65];
    digest_write(digest, hexadecimal);
    writer_begin(writer, SQL_ADD_REPORT);
    writer_number(writer, writer->report);
    writer_text(writer, hexadecimal);
    writer_text(writer, facts->id);
    writer_text(writer, facts->title);
    writer_text(writer, facts->source);
    writer_text(writer, facts->byline);
    writer_text(writer, facts->url);
    writer_text(writer, facts->language);
    writer_day(writer, facts->published);
    writer_text(writer, origins[facts->published_from]);
    writer_span(writer, facts->published_span);
    writer_bytes(writer, writer->document->text, writer->document->length);
    writer_number(writer, writer->version);
    writer_end(writer);
    writer_begin(writer, SQL_ADD_DIGEST);
    writer_number(writer, (int64_t)digest_number(digest));
    writer_number(writer, writer->report);
    writer_end(writer);
}

static void add_report_search(struct writer *writer)
{
    writer_begin(writer, SQL_SEARCH_REPORT);
    writer_number(writer, writer->report);
    writer_text(writer, writer->document->report.title);
    writer_bytes(writer, writer->document->text, writer->document->length);
    writer_end(writer);
}

static void add_blocks(struct writer *writer)
{
    static const char *const kinds[] = {"body", "title",    "heading", "byline",
                                        "date", "dateline", "caption", "furniture"};
    const struct document *document = writer->document;
    for (uint32_t i = 0; i < document->blocks.count; i++) {
        writer_begin(writer, SQL_ADD_BLOCK);
        writer_number(writer, writer->report);
        writer_number(writer, i);
        writer_text(writer, kinds[document->blocks.items[i].kind]);
        writer_number(writer, document->blocks.items[i].span.start);
        writer_number(writer, document->blocks.items[i].span.end);
        writer_number(writer, document->blocks.items[i].continues);
        writer_end(writer);
    }
}

/* ------------------------------------------------------------------ the whole */

static annals_status find_report(struct writer *writer, const struct digest *digest, bool *known,
                                 annals_error *error)
{
    char hexadecimal[65];
    digest_write(digest, hexadecimal);
    writer_begin(writer, SQL_FIND_REPORT);
    writer_number(writer, (int64_t)digest_number(digest));
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

static bool has_neighbour(struct writer *writer, int64_t key)
{
    writer_begin(writer, SQL_FIND_NEIGHBOUR);
    writer_number(writer, key & ~POSITIONS);
    int code = writer->code == STORE_OK ? store_step(writer->statement) : writer->code;
    if (code != STORE_ROW && code != STORE_DONE)
        writer_keep(writer, code);
    if (writer->statement != NULL)
        store_reset(writer->statement);
    return code == STORE_ROW;
}

/* Claims have the first 40 bits of their report's key, which are its day and 24 of its digest: of
 * thousands of reports of one day two may have the same. The one that comes later takes others; so
 * its keys, and these alone, depend on the order in which reports come. `taken`: by one of the same
 * batch. */
static void choose_key(struct writer *writer, const struct digest *digest, bool taken)
{
    enum { TRIES = 64 };
    for (uint64_t i = 1;
         writer->code == STORE_OK && i < TRIES && (taken || has_neighbour(writer, writer->report));
         i++) {
        uint64_t number = hash_join(digest_number(digest), i) & INT64_MAX;
        writer->report = key_of(writer->document, (int64_t)number);
        taken = false;
    }
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

annals_status record_knows(struct record *record, const struct document *document, const char *path,
                           bool *known, annals_error *error)
{
    annals_status status;
    uint32_t tries = 0;
    do {
        status = look_for(record, document, path, known, error);
    } while (status != ANNALS_OK && store_again(record->database, tries++));
    return status;
}

annals_status record_expect(struct record *record, const struct document *const *documents,
                            uint32_t count, annals_error *error)
{
    struct arena arena;
    arena_init(&arena);
    int64_t *digests =
        store_is_far(record->database) ? arena_new_array(&arena, int64_t, count) : NULL;
    int code = STORE_OK;
    for (uint32_t i = 0; digests != NULL && i < count; i++) {
        struct identity identity = identify(documents[i]);
        digests[i] = (int64_t)digest_number(&identity.digest);
    }
    if (digests != NULL)
        code = store_ahead(record_statement(record, SQL_FIND_REPORT), digests, count);
    arena_release(&arena);
    return code == STORE_OK ? ANNALS_OK : record_fail(record, "cannot read", error);
}

/* What a report says of ground is found when it is noted: its claims must be there. */
static void add_unmerged(struct writer *writer, int64_t report)
{
    writer_begin(writer, SQL_ADD_UNMERGED);
    writer_number(writer, report);
    writer_end(writer);
}

/* All that was found in the report. */
static void add_coding(struct writer *writer)
{
    coding_rows_add(writer);
    if (writer->waiting == NULL)
        add_unmerged(writer, writer->report);
}

static annals_status add_document(struct writer *writer, const struct digest *digest, bool taken,
                                  const struct record_version *version, const annals_origin *origin,
                                  bool *known, annals_error *error)
{
    annals_status status = *known ? ANNALS_OK : find_report(writer, digest, known, error);
    if (status != ANNALS_OK)
        return status;
    if (!*known) {
        choose_key(writer, digest, taken);
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

/* FTS5 writes out what it has gathered whenever a statement with triggers begins (its savepoint),
 * so all of one index go in one after the other, when everything else is written. */
static annals_status add_searches(struct writer *writer, const struct document *const *documents,
                                  const struct identity *identities, uint32_t count,
                                  annals_error *error)
{
    static void (*const indexes[])(struct writer *) = {add_report_search, coding_rows_add_searches};
    for (int index = 0; index < 2; index++)
        for (uint32_t i = 0; i < count && writer->code == STORE_OK; i++) {
            if (!identities[i].added)
                continue;
            writer->document = documents[identities[i].document];
            writer->report = identities[i].report;
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
        writer_keep(writer, store_ahead(record_statement(record, SQL_FIND_REPORT), digests, count));
    for (uint32_t i = 0; digests != NULL && i < count; i++)
        digests[i] = identities[i].key & ~POSITIONS;
    if (digests != NULL && writer->code == STORE_OK)
        writer_keep(writer,
                    store_ahead(record_statement(record, SQL_FIND_NEIGHBOUR), digests, count));
}

/* Of reports with the same bytes the first is stored; what was looked for before does not know it.
 */
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
    for (uint32_t i = first; i < end; i++)
        if (identities[i].added)
            add_unmerged(writer, identities[i].report);
    writer_keep(writer, waiting_write(writer->waiting));
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
        bool taken = false;
        for (uint32_t j = i; j > 0 && (identities[j - 1].key ^ identities[i].key) <= POSITIONS; j--)
            taken = taken || identities[j - 1].added;
        status = add_document(writer, &identities[i].digest, taken, version, &origins[at], &found,
                              error);
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
                                   const annals_origin *origins, bool *known, annals_error *error)
{
    struct record *record = writer->record;
    /* Switching costs as much as a few reports. */
    annals_status status = count < MANY ? ANNALS_OK : record_check_references(record, false, error);
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
        status = add_each(writer, documents, identities, count, version, origins, known, error);
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
    const char *parts[] = {version->program, version->dictionaries, version->models};
    struct fingerprint fingerprint;
    fingerprint_begin(&fingerprint);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        fingerprint_add(&fingerprint, parts[i], strlen(parts[i]) + 1);
    struct digest digest = fingerprint_end(&fingerprint);
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
    coding_rows_add_searches(&writer);
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
