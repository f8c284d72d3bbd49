/* Fuzz target: an event table of ACLED or UCDP; each row that is taken is written out again. The
 * first byte chooses the source. */
#include "annals.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static bool swallow(void *context, const char *bytes, size_t length)
{
    (void)context;
    assert(length == 0 || bytes[length - 1] == '\n');
    return true;
}

static bool take(void *context, annals_document *document, const annals_error *error)
{
    (void)context;
    assert(document != NULL || error->sentence[0] != '\0');
    if (document != NULL)
        annals_write(document, ANNALS_CODED_JSON, swallow, NULL, NULL);
    annals_document_free(document);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
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
    if (length > 0)
        annals_import(engine, bytes[0] & 1 ? "acled" : "ucdp", (const char *)bytes + 1, length - 1,
                      take, NULL, &error);
    return 0;
}
