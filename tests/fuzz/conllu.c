/* Fuzz target: CoNLL-U from outside, through the grammar, out again as CoNLL-U and as a tree. */
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
    annals_status status =
        annals_read_conllu(engine_once(), (const char *)bytes, length, &document, &error);
    if (status == ANNALS_OK) {
        status = annals_parse(engine_once(), document, &error);
        assert(status == ANNALS_OK || status == ANNALS_NO_MEMORY);
        annals_write(document, ANNALS_CONLLU, swallow, NULL, &error);
        annals_write(document, ANNALS_TREE, swallow, NULL, &error);
    } else {
        assert(error.sentence[0] != '\0');
    }
    annals_document_free(document);
    return 0;
}
