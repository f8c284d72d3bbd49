/* Implements annals.h: documents from raw bytes, and what they say of themselves. */
#include "handles.h"

#include "bytes/digest.h"
#include "intake/intake.h"

#include <stdlib.h>

static annals_document *new_document(void)
{
    annals_document *document = calloc(1, sizeof *document);
    if (document != NULL) {
        arena_init(&document->arena);
        arena_init(&document->scratch);
    }
    return document;
}

/* Reads one report and finds its blocks and facts; NULL at the end of the file. */
static annals_document *next_document(const annals_engine *engine, struct intake *intake,
                                      annals_status *status, annals_error *error)
{
    annals_document *document = new_document();
    if (document == NULL) {
        *status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
        return NULL;
    }
    if (!intake_next(intake, &document->document, &document->arena, status, error)) {
        annals_document_free(document);
        return NULL;
    }
    if (*status == ANNALS_OK)
        *status = pipeline_run(&engine->pipeline, &document->document, HAS_FACTS,
                               &document->scratch, error);
    return document;
}

annals_status annals_intake(const annals_engine *engine, const annals_source *source,
                            const char *bytes, size_t length, annals_intake_report report,
                            void *context, annals_error *error)
{
    struct intake intake;
    annals_error found = {0};
    bool going = true;
    annals_status status = intake_open(&intake, source, bytes, length, &found);
    while (status == ANNALS_OK && going) {
        found = (annals_error){0};
        annals_document *document = next_document(engine, &intake, &status, &found);
        if (document == NULL)
            break;
        if (status != ANNALS_OK) {
            annals_document_free(document);
            document = NULL;
            found.status = status;
            if (status != ANNALS_NO_MEMORY)
                status = ANNALS_OK; /* costs this report only */
        }
        if (status == ANNALS_OK)
            going = report(context, document, document == NULL ? &found : NULL);
    }
    intake_release(&intake);
    if (status == ANNALS_OK && !going)
        status = error_set(&found, ANNALS_STOPPED, "stopped on request");
    if (error != NULL)
        *error = status != ANNALS_OK ? found : (annals_error){0};
    return status;
}

void annals_document_report(const annals_document *document, annals_report *report)
{
    static const char *const sources[] = {NULL, "given", "metadata", "printed", "inferred"};
    const struct report_facts *facts = &document->document.report;
    *report = (annals_report){
        .id = facts->id,
        .text = document->document.text,
        .text_length = document->document.length,
        .title = facts->title,
        .byline = facts->byline,
        .source = facts->source,
        .url = facts->url,
        .language = facts->language,
        .published_from = sources[facts->published_from],
        .published_certainty = (double)facts->published_certainty,
        .charset = facts->charset,
        .format = facts->format,
        .replaced = facts->replaced,
    };
    if (facts->published != DAY_UNKNOWN)
        calendar_write(facts->published, report->published);
    bool own = facts->original != NULL;
    struct digest digest = digest_of(own ? facts->original : document->document.text,
                                     own ? facts->original_length : document->document.length);
    digest_write(&digest, report->sha256);
}
