/* Fuzz target: a file of any format that annals_intake knows, archives too; the first byte chooses
 * the ending of its name. PDF is left out: its reader is a process of its own. */
#include "annals.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static bool take(void *context, annals_document *document, const annals_error *error)
{
    int *count = context;
    assert(document != NULL || error->sentence[0] != '\0');
    if (document != NULL) {
        annals_report report;
        annals_document_report(document, &report);
        assert(report.text != NULL && report.id != NULL);
    }
    annals_document_free(document);
    return ++*count < 50;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char *const names[] = {"a.txt", "a.csv",  "a.json", "a.mbox",
                                        "a.eml", "a.wacz", "a.xml",  "a.tsv"};
    static annals_engine *engine;
    annals_error error = {0};
    const char *data = getenv("ANNALS_DATA");
    int count = 0;
    if (engine == NULL)
        annals_open(data != NULL ? data : "build/share/annals", &engine, &error);
    if (engine == NULL) {
        fprintf(stderr, "%s: %s\n", error.file, error.sentence);
        abort();
    }
    if (length < 2 || (length > 6 && memcmp(bytes + 1, "%PDF-", 5) == 0))
        return 0;
    annals_source source = {.name = names[bytes[0] & 7], .limit = 1 << 20};
    annals_intake(engine, &source, (const char *)bytes + 1, length - 1, take, &count, &error);
    return 0;
}
