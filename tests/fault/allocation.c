/* Each allocation fails in turn: opening, reading, coding and writing must then say so, leak
 * nothing and crash nowhere. Linked with --wrap for malloc, calloc and realloc (see the Makefile).
 *
 * usage: allocation DATA; prints `N passed, N failed`. */
#include "annals.h"

#include <sqlite3.h>
#include <unistd.h>

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

/* ------------------------------------------------------------------ the record */

/* SQLite's memory fails by the same count. */
static sqlite3_mem_methods real;

static void *sqlite_malloc(int size)
{
    return fails_now() ? NULL : real.xMalloc(size);
}

static void *sqlite_realloc(void *bytes, int size)
{
    return fails_now() ? NULL : real.xRealloc(bytes, size);
}

static void fail_in_sqlite(void)
{
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real);
    sqlite3_mem_methods ours = real;
    ours.xMalloc = sqlite_malloc;
    ours.xRealloc = sqlite_realloc;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &ours);
}

static char folder[64];

static void remove_record(const char *path)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    char file[128];
    for (int i = 0; i < 4; i++) {
        snprintf(file, sizeof file, "%s%s", path, endings[i]);
        unlink(file);
    }
}

/* Opens a record, stores a report, merges, asks for every view, copies it. */
static annals_status record_one(const annals_engine *engine, const annals_document *document,
                                annals_error *error)
{
    char path[100];
    annals_record *record = NULL;
    bool known = false;
    size_t written = 0;
    annals_origin origin = {.path = "report.txt"};
    snprintf(path, sizeof path, "%s/a.db", folder);
    annals_status status = annals_record_open(path, ANNALS_READ_WRITE, 0, &record, error);
    if (status == ANNALS_OK)
        status = annals_record_knows(record, document, NULL, &known, error);
    if (status == ANNALS_OK)
        status = annals_record_add(record, engine, document, &origin, error);
    if (status == ANNALS_OK)
        status = annals_record_merge(record, error);
    for (int view = ANNALS_REPORTS; view <= ANNALS_DUMP && status == ANNALS_OK; view++) {
        annals_query query = {.view = (annals_view)view, .place = "kunduz", .text = "the city"};
        if (view != ANNALS_SHOW)
            status = annals_render(record, &query, swallow, &written, error);
    }
    annals_record_close(record);
    char copy[110];
    snprintf(copy, sizeof copy, "%s/b.db", folder);
    if (status == ANNALS_OK)
        status = annals_record_copy(path, copy, 0, NULL, NULL, error);
    remove_record(path);
    remove_record(copy);
    return status;
}

static annals_document *coded_report(const annals_engine *engine)
{
    annals_document *document = NULL;
    if (annals_read(engine, report, sizeof report - 1, &document, NULL) != ANNALS_OK ||
        annals_code(engine, document, NULL) != ANNALS_OK)
        abort();
    return document;
}

int main(int count, char **arguments)
{
    fail_in_sqlite();
    snprintf(folder, sizeof folder, "/tmp/annals-fault-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return 1;
    annals_error error;
    annals_engine *engine = NULL;
    unsigned passed = 0, failed = 0;
    if (count != 2 || annals_open(arguments[1], &engine, &error) != ANNALS_OK) {
        printf("cannot open the engine: %s\n0 passed, 1 failed\n",
               count == 2 ? error.sentence : "");
        return 1;
    }
    annals_document *document = coded_report(engine);
    for (int phase = 0; phase < 3; phase++) {
        annals_status status = ANNALS_NO_MEMORY;
        /* Steps widen, or a large dictionary would take minutes. */
        for (long nth = 0; status != ANNALS_OK && nth < 1000000; nth += 1 + nth / 64) {
            memset(&error, 0, sizeof error);
            countdown = nth;
            status = phase == 0   ? code_one(engine, &error)
                     : phase == 1 ? open_only(arguments[1], &error)
                                  : record_one(engine, document, &error);
            countdown = -1;
            bool honest = status == ANNALS_OK || error.status == status;
            passed += honest;
            failed += !honest;
            if (!honest)
                printf("allocation %ld of phase %d: status %d, error says %d\n", nth, phase, status,
                       error.status);
        }
    }
    annals_document_free(document);
    annals_close(engine);
    rmdir(folder);
    printf("%u passed, %u failed\n", passed, failed);
    return failed > 0;
}
