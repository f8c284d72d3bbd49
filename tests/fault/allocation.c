/* Each allocation fails in turn: opening, reading, coding and writing must then say so, leak nothing
 * and crash nowhere. Linked with --wrap for malloc, calloc and realloc (see the Makefile).
 *
 * usage: allocation DATA; prints `N passed, N failed`. */
#include "annals.h"

static long countdown = -1; /* allocations until one fails; below 0 none does */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *bytes, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *bytes, size_t size);

static bool fails_now(void)
{
    return countdown >= 0 && countdown-- == 0;
}

void *__wrap_malloc(size_t size)
{
    return fails_now() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails_now() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *bytes, size_t size)
{
    return fails_now() ? NULL : __real_realloc(bytes, size);
}

static bool swallow(void *context, const char *bytes, size_t length)
{
    (void)bytes;
    *(size_t *)context += length;
    return true;
}

static const char report[] =
    "{\"id\":\"r1\",\"published\":\"2015-09-29\",\"text\":\"KUNDUZ, Afghanistan \\u2014 Taliban "
    "fighters seized the city of Kunduz on Monday, killing at least 20 soldiers, a police "
    "commander said.\\n\\nThe army denied it.\"}";

static annals_status code_one(const annals_engine *engine, annals_error *error)
{
    annals_document *document = NULL;
    size_t written = 0;
    annals_status status = annals_read(engine, report, sizeof report - 1, &document, error);
    if (status == ANNALS_OK)
        status = annals_code(engine, document, error);
    if (status == ANNALS_OK)
        status = annals_write(document, ANNALS_CODED_JSON, swallow, &written, error);
    annals_document_free(document);
    return status;
}

static annals_status open_only(const char *data, annals_error *error)
{
    annals_engine *engine = NULL;
    annals_status status = annals_open(data, &engine, error);
    annals_close(engine);
    return status;
}

int main(int count, char **arguments)
{
    annals_error error;
    annals_engine *engine = NULL;
    unsigned passed = 0, failed = 0;
    if (count != 2 || annals_open(arguments[1], &engine, &error) != ANNALS_OK) {
        printf("cannot open the engine: %s\n0 passed, 1 failed\n", count == 2 ? error.sentence : "");
        return 1;
    }
    for (int phase = 0; phase < 2; phase++) {
        annals_status status = ANNALS_NO_MEMORY;
        /* Steps widen, or a large dictionary would take minutes. */
        for (long nth = 0; status != ANNALS_OK && nth < 1000000; nth += 1 + nth / 64) {
            memset(&error, 0, sizeof error);
            countdown = nth;
            status = phase == 0 ? code_one(engine, &error) : open_only(arguments[1], &error);
            countdown = -1;
            bool honest = status == ANNALS_OK || error.status == status;
            passed += honest;
            failed += !honest;
            if (!honest)
                printf("allocation %ld of phase %d: status %d, error says %d\n", nth, phase, status,
                       error.status);
        }
    }
    annals_close(engine);
    printf("%u passed, %u failed\n", passed, failed);
    return failed > 0;
}
