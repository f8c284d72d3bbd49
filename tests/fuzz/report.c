/* Fuzz target: the bytes of a file through the intake: charset, format, pages, feeds, lines. Blocks
 * are asserted to be sorted, apart, inside the text, with white space alone between them. */
#include "annals.h"

#include "handles.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static annals_engine *engine_once(void)
{
    static annals_engine *engine;
    annals_error error = {0};
    const char *data = getenv("ANNALS_DATA");
    if (engine == NULL)
        annals_open(data != NULL ? data : "build/share/annals", &engine, &error);
    if (engine == NULL) {
        fprintf(stderr, "%s: %s\n", error.file, error.sentence);
        abort();
    }
    return engine;
}

static void check_blocks(const struct document *document)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < document->blocks.count; i++) {
        struct byte_span span = document->blocks.items[i].span;
        assert(span.start >= at && span.start < span.end && span.end <= document->length);
        /* White space only, of one byte or several. */
        while (at < span.start) {
            unsigned char byte = (unsigned char)document->text[at++];
            assert(byte <= ' ' || byte >= 0x80 || byte == 0x7f);
        }
        at = span.end;
    }
}

static bool take(void *context, annals_document *document, const annals_error *error)
{
    (void)context;
    annals_report report;
    if (document == NULL) {
        assert(error != NULL && error->sentence[0] != '\0');
        return true;
    }
    check_blocks(&document->document);
    annals_document_report(document, &report);
    assert(report.id != NULL && report.text != NULL && strlen(report.sha256) == 64);
    annals_document_free(document);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    annals_error error = {0};
    annals_source source = {.name = "input"};
    annals_status status =
        annals_intake(engine_once(), &source, (const char *)bytes, length, take, NULL, &error);
    assert(status == ANNALS_OK || error.sentence[0] != '\0');
    return 0;
}
