/* Walks over the sentences in which disputes are looked for, no longer than the question may take.
 *
 * Where the question leaves out claims, only reports with a claim that passes are read; else all. A
 * report that prints the text of another is left out. */
#include "record/finding.h"

#include "record/sqlite.h"

#define SENTENCES                                                                                  \
    "SELECT r.report, coalesce(r.name, r.title), coalesce(r.source, r.title, r.name), "            \
    "r.published, s.start, "                                                                       \
    "CAST(substr(CAST(r.text AS BLOB), s.start + 1, s.stop - s.start) AS TEXT) "                   \
    "FROM reports r JOIN sentences s ON s.report = r.report "                                      \
    "WHERE NOT EXISTS (SELECT 1 FROM copies p WHERE p.report = r.report) "

bool finding_goes_on(struct finding *finding)
{
    finding->late = finding->late || record_is_late(finding->record);
    return !finding->late;
}

/* Every sentence that the statement gives. */
static annals_status walk(struct finding *finding, struct store_statement *row,
                          sentence_visitor visit, void *context, annals_error *error)
{
    annals_status status = ANNALS_OK;
    int code = STORE_DONE;
    while (status == ANNALS_OK && (code = store_step(row)) == STORE_ROW) {
        struct walked walked = {.name = store_text(row, 1),
                                .source = store_text(row, 2),
                                .published = store_text(row, 3),
                                .start = (uint32_t)store_int64(row, 4),
                                .sentence = store_text(row, 5)};
        record_id_write('r', store_int64(row, 0), walked.report);
        if (walked.sentence != NULL)
            status = visit(context, &walked);
        if (status == ANNALS_OK && !finding_goes_on(finding))
            status = record_check_time(finding->record, "cannot read", error);
    }
    return status == ANNALS_OK && code != STORE_DONE
               ? record_fail(finding->record, "cannot read", error)
               : status;
}

/* Reports one after the other, as the claims stand: in order of their ids. */
static annals_status walk_reports(struct finding *finding, struct store_statement *row,
                                  sentence_visitor visit, void *context, annals_error *error)
{
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
        status = walk(finding, row, visit, context, error);
    }
    return status;
}

annals_status finding_walk(struct finding *finding, sentence_visitor visit, void *context,
                           annals_error *error)
{
    struct store_statement *row = NULL;
    int code = store_prepare(finding->record->database,
                             finding->filtered
                                 ? SENTENCES "AND r.report = ? ORDER BY s.sentence"
                                 : SENTENCES "ORDER BY r.report, s.sentence",
                             &row);
    annals_status status = code != STORE_OK
                               ? record_fail(finding->record, "cannot read", error)
                           : finding->filtered
                               ? walk_reports(finding, row, visit, context, error)
                               : walk(finding, row, visit, context, error);
    store_finalize(row);
    return status;
}
