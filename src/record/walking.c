/* Walks over the sentences in which disputes are looked for, once for all that listen, and no longer than
 * the question may take.
 *
 * Where the question leaves out claims, only reports with a claim that passes are read; else all. A
 * report that prints the text of another is left out, and so is one that has no word with which a sign
 * of theirs begins: its sentences are not parted. */
#include "record/finding.h"

#include "record/statements.h"

#define REPORTS                                                                                    \
    "SELECT r.report, coalesce(r.name, r.title), coalesce(r.source, r.title, r.name), "            \
    "r.published, r.text FROM reports r "                                                          \
    "WHERE NOT EXISTS (SELECT 1 FROM copies p WHERE p.report = r.report) "

/* Who listens. */
struct walk {
    struct finding *finding;
    struct contrasts *contrasts;
    struct terms *terms;
    struct arena arena; /* one report's */
};

bool finding_goes_on(struct finding *finding)
{
    finding->late = finding->late || record_is_late(finding->record);
    return !finding->late;
}

static annals_status hear(struct walk *walk, const struct walked *walked)
{
    annals_status status = ANNALS_OK;
    if ((walked->types & SIGNS_OF_DOUBT) != 0)
        status = doubts_hear(walk->finding, walked);
    if (status == ANNALS_OK && (walked->types & SIGNS_OF_STANCE) != 0)
        status = contrasts_hear(walk->contrasts, walked);
    if (status == ANNALS_OK && (walked->types & SIGNS_OF_TERMS) != 0)
        status = terms_hear(walk->terms, walked);
    return status;
}

/* The sentences of a report, whose text is lent until the statement goes on. */
static annals_status walk_sentences(struct walk *walk, int64_t report, const char *text,
                                    uint32_t length, struct walked *walked, annals_error *error)
{
    struct record *record = walk->finding->record;
    annals_status status = ANNALS_OK;
    struct store_statement *row = statement_ask(
        record, "SELECT start, stop FROM sentences WHERE report = ?1 ORDER BY sentence", "i", report);
    while (status == ANNALS_OK && row != NULL && store_step(row) == STORE_ROW) {
        int64_t start = store_int64(row, 0), stop = store_int64(row, 1);
        stop = stop < length ? stop : length;
        if (start < 0 || start > stop)
            continue;
        walked->start = (uint32_t)start;
        walked->sentence = arena_copy(&walk->arena, text + start, (size_t)(stop - start));
        if (walked->sentence == NULL)
            return error_set(error, ANNALS_NO_MEMORY, "out of memory");
        walked->types = signs_types(walk->finding->signs, walked->sentence);
        status = hear(walk, walked);
    }
    annals_status end = statement_end(record, row, error);
    return status == ANNALS_OK ? end : status;
}

/* Every report that the statement gives. */
static annals_status walk_rows(struct walk *walk, struct store_statement *row, annals_error *error)
{
    struct finding *finding = walk->finding;
    annals_status status = ANNALS_OK;
    int code = STORE_DONE;
    while (status == ANNALS_OK && (code = store_step(row)) == STORE_ROW) {
        struct walked walked = {.name = store_text(row, 1),
                                .source = store_text(row, 2),
                                .published = store_text(row, 3)};
        int64_t report = store_int64(row, 0);
        const char *text = record_text(row, 4);
        uint32_t length = (uint32_t)store_bytes(row, 4);
        record_id_write('r', report, walked.report);
        if ((signs_types(finding->signs, text) &
             (SIGNS_OF_DOUBT | SIGNS_OF_STANCE | SIGNS_OF_TERMS)) != 0)
            status = walk_sentences(walk, report, text, length, &walked, error);
        arena_reset(&walk->arena);
        if (status == ANNALS_OK && !finding_goes_on(finding))
            status = record_check_time(finding->record, "cannot read", error);
    }
    return status == ANNALS_OK && code != STORE_DONE
               ? record_fail(finding->record, "cannot read", error)
               : status;
}

/* Reports one after the other, as the claims stand: in order of their ids. */
static annals_status walk_reports(struct walk *walk, struct store_statement *row,
                                  annals_error *error)
{
    const struct finding *finding = walk->finding;
    annals_status status = ANNALS_OK;
    const char *last = "";
    for (uint32_t i = 0; status == ANNALS_OK && i < finding->said.count; i++) {
        const char *text = finding->said.items[i].text;
        char letter;
        int64_t low, high;
        if (strcmp(text, last) == 0 || !record_id_read(text, &letter, &low, &high))
            continue;
        last = text;
        store_reset(row);
        store_bind_int64(row, 1, low);
        status = walk_rows(walk, row, error);
    }
    return status;
}

static annals_status walk_all(struct walk *walk, annals_error *error)
{
    struct record *record = walk->finding->record;
    bool filtered = walk->finding->filtered;
    struct store_statement *row = NULL;
    int code = store_prepare(record->database,
                             filtered ? REPORTS "AND r.report = ?" : REPORTS "ORDER BY r.report",
                             &row);
    annals_status status = code != STORE_OK ? record_fail(record, "cannot read", error)
                           : filtered       ? walk_reports(walk, row, error)
                                            : walk_rows(walk, row, error);
    store_finalize(row);
    return status;
}

annals_status finding_walk(struct finding *finding, annals_error *error)
{
    struct walk walk = {.finding = finding,
                        .contrasts = contrasts_begin(finding),
                        .terms = terms_begin(finding)};
    if (finding->signs->items.count == 0)
        return ANNALS_OK;
    if (walk.contrasts == NULL || walk.terms == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    arena_init(&walk.arena);
    annals_status status = walk_all(&walk, error);
    arena_release(&walk.arena);
    if (status == ANNALS_OK)
        contrasts_compare(walk.contrasts);
    if (status == ANNALS_OK)
        terms_compare(walk.terms);
    return finding->arena->failed ? ANNALS_NO_MEMORY : status;
}
