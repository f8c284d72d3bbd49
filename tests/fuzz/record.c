/* Fuzz target: a record that somebody else wrote, opened and asked. The first byte chooses what is
 * hostile: 'f', the whole file; 'p', pages of a good record overwritten at chosen places, the file
 * perhaps cut; 'u', rows of a good record changed behind its back by SQL, so that what its own
 * tables hold is nonsense. The good record is made once, of three reports. Whatever comes, the
 * library answers or says why not. */
#include "annals.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static annals_engine *engine;
static uint8_t *good;
static size_t good_length;

static const char *const reports[] = {
    "{\"id\":\"one\",\"published\":\"2019-03-05\",\"source\":\"Northern "
    "Wire\",\"title\":\"Shelling near "
    "Aleppo\",\"text\":\"Government artillery shelled two villages near Aleppo on Monday, killing "
    "at "
    "least six civilians, a doctor said. Rebels then seized a checkpoint west of the city.\"}",
    "{\"id\":\"two\",\"published\":\"2019-03-06\",\"source\":\"Daily Lamp\",\"text\":\"Nine "
    "civilians were "
    "killed when government artillery shelled villages near Aleppo on Monday, rescuers said. The "
    "army "
    "denied that it had shelled the villages.\"}",
    "{\"id\":\"three\",\"published\":\"2019-03-09\",\"source\":\"Northern Wire\",\"text\":\"The "
    "army retook "
    "the checkpoint west of Aleppo on Friday. Russia will send aid to the city next week.\"}",
};

static void hold(annals_status status, const annals_error *error)
{
    if (status == ANNALS_OK)
        return;
    fprintf(stderr, "%s: %s\n", error->file, error->sentence);
    abort();
}

/* A folder of memory, where there is one: every run writes a file. */
static const char *path_of(const char *ending)
{
    static char path[100];
    snprintf(path, sizeof path, "%s/annals-fuzz-%ld.db%s",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp", (long)getpid(), ending);
    return path;
}

static void remove_files(void)
{
    unlink(path_of("-wal"));
    unlink(path_of("-shm"));
    unlink(path_of("-journal"));
    unlink(path_of(""));
}

static void keep_good(void)
{
    FILE *file = fopen(path_of(""), "rb");
    assert(file != NULL);
    fseek(file, 0, SEEK_END);
    good_length = (size_t)ftell(file);
    rewind(file);
    good = malloc(good_length);
    assert(good != NULL && fread(good, 1, good_length, file) == good_length);
    fclose(file);
}

static void make_good(void)
{
    annals_error error = {0};
    annals_record *record = NULL;
    const char *data = getenv("ANNALS_DATA");
    hold(annals_open(data != NULL ? data : "build/share/annals", &engine, &error), &error);
    remove_files();
    hold(annals_record_open(path_of(""), ANNALS_READ_WRITE, 0, &record, &error), &error);
    for (size_t i = 0; i < sizeof reports / sizeof reports[0]; i++) {
        annals_document *document = NULL;
        annals_origin origin = {"fuzz.jsonl", "2020-01-01"};
        hold(annals_read(engine, reports[i], strlen(reports[i]), &document, &error), &error);
        hold(annals_code(engine, document, &error), &error);
        hold(annals_record_add(record, engine, document, &origin, &error), &error);
        annals_document_free(document);
    }
    hold(annals_record_merge(record, &error), &error);
    annals_record_close(record);
    keep_good();
    atexit(remove_files);
}

/* ------------------------------------------------------------------ damage */

struct taken {
    const uint8_t *bytes;
    size_t length;
};

static uint64_t take(struct taken *taken, unsigned count)
{
    uint64_t number = 0;
    for (; count > 0; count--) {
        number = number << 8 | (taken->length > 0 ? taken->bytes[0] : 0u);
        taken->bytes += taken->length > 0;
        taken->length -= taken->length > 0;
    }
    return number;
}

static void write_file(const uint8_t *bytes, size_t length)
{
    remove_files();
    FILE *file = fopen(path_of(""), "wb");
    assert(file != NULL && fwrite(bytes, 1, length, file) == length);
    fclose(file);
}

static void damage_pages(struct taken *taken)
{
    uint8_t *copy = malloc(good_length);
    assert(copy != NULL);
    memcpy(copy, good, good_length);
    size_t left = take(taken, 1) < 8 ? take(taken, 3) % good_length : good_length;
    while (taken->length > 4) {
        size_t at = take(taken, 3) % good_length;
        for (uint64_t count = take(taken, 1) % 16 + 1; count > 0 && at < good_length; count--)
            copy[at++] = (uint8_t)take(taken, 1);
    }
    write_file(copy, left);
    free(copy);
}

/* Runs `sql`, which gives one text; the caller frees it. */
static char *ask(sqlite3 *database, const char *sql)
{
    sqlite3_stmt *prepared = NULL;
    char *answer = NULL;
    if (sqlite3_prepare_v2(database, sql, -1, &prepared, NULL) == SQLITE_OK &&
        sqlite3_step(prepared) == SQLITE_ROW && sqlite3_column_text(prepared, 0) != NULL)
        answer = strdup((const char *)sqlite3_column_text(prepared, 0));
    sqlite3_finalize(prepared);
    return answer;
}

static void bind_value(sqlite3_stmt *prepared, struct taken *taken)
{
    static const int64_t numbers[] = {0, 1, -1, INT32_MAX, INT64_MAX, INT64_MIN, 4000000000, 255};
    switch (take(taken, 1) % 6) {
    case 0:
        sqlite3_bind_null(prepared, 1);
        break;
    case 1:
        sqlite3_bind_int64(prepared, 1, numbers[take(taken, 1) % 8]);
        break;
    case 2:
        sqlite3_bind_int64(prepared, 1, (int64_t)take(taken, 2));
        break;
    case 3:
        sqlite3_bind_double(prepared, 1, take(taken, 1) % 2 != 0 ? 1e308 : -0.5);
        break;
    default: {
        int length = (int)(take(taken, 1) % 64);
        length = (size_t)length > taken->length ? (int)taken->length : length;
        bool blob = take(taken, 1) % 4 == 0;
        length = (size_t)length > taken->length ? (int)taken->length : length;
        if (blob)
            sqlite3_bind_blob(prepared, 1, taken->bytes, length, SQLITE_TRANSIENT);
        else
            sqlite3_bind_text(prepared, 1, (const char *)taken->bytes, length, SQLITE_TRANSIENT);
        take(taken, (unsigned)length);
    }
    }
}

/* One column of one row, or of all rows, of a table gets another value; or rows go. */
static void damage_row(sqlite3 *database, struct taken *taken)
{
    char sql[500];
    snprintf(sql, sizeof sql,
             "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%%' "
             "ORDER BY name LIMIT 1 OFFSET %u %% (SELECT count(*) FROM sqlite_master WHERE type = "
             "'table' AND name NOT LIKE 'sqlite%%')",
             (unsigned)take(taken, 1));
    char *table = ask(database, sql);
    snprintf(sql, sizeof sql,
             "SELECT name FROM pragma_table_info('%s') LIMIT 1 OFFSET %u %% (SELECT count(*) FROM "
             "pragma_table_info('%s'))",
             table != NULL ? table : "", (unsigned)take(taken, 1), table != NULL ? table : "");
    char *column = ask(database, sql);
    unsigned row = (unsigned)take(taken, 1), deletes = take(taken, 1) % 8 == 0;
    sqlite3_stmt *prepared = NULL;
    if (deletes)
        snprintf(sql, sizeof sql, "DELETE FROM \"%s\" WHERE rowid %% 7 = %u", table, row % 7);
    else
        snprintf(sql, sizeof sql, "UPDATE \"%s\" SET \"%s\" = ?1%s", table, column,
                 row % 2 == 0 ? "" : " WHERE rowid % 3 = 1");
    if (table != NULL && column != NULL &&
        sqlite3_prepare_v2(database, sql, -1, &prepared, NULL) == SQLITE_OK) {
        if (!deletes)
            bind_value(prepared, taken);
        sqlite3_step(prepared);
    }
    sqlite3_finalize(prepared);
    free(table);
    free(column);
}

static void damage_rows(struct taken *taken)
{
    sqlite3 *database = NULL;
    write_file(good, good_length);
    if (sqlite3_open(path_of(""), &database) == SQLITE_OK) {
        sqlite3_exec(database,
                     "PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; "
                     "PRAGMA ignore_check_constraints = ON; BEGIN",
                     NULL, NULL, NULL);
        for (unsigned i = 0; i < 8 && taken->length > 5; i++)
            damage_row(database, taken);
        sqlite3_exec(database, "COMMIT", NULL, NULL, NULL);
    }
    sqlite3_close(database);
}

/* ------------------------------------------------------------------ questions */

static bool swallow(void *context, const char *bytes, size_t length)
{
    size_t *sum = context;
    for (size_t i = 0; i < length; i++)
        *sum += (unsigned char)bytes[i];
    return true;
}

static void check(annals_status status, const annals_error *error)
{
    assert(status == ANNALS_OK || error->sentence[0] != '\0');
}

static void ask_record(uint64_t choice)
{
    static const annals_view views[] = {
        ANNALS_REPORTS, ANNALS_CLAIMS,   ANNALS_EVENTS,    ANNALS_TIMELINE, ANNALS_SUMMARY,
        ANNALS_CONTROL, ANNALS_LOG,      ANNALS_REVIEW,    ANNALS_CHANGES,  ANNALS_GEOJSON,
        ANNALS_ACTORS,  ANNALS_PLACES,   ANNALS_RELATIONS, ANNALS_COUNT,    ANNALS_DISPUTES,
        ANNALS_DUMP,    ANNALS_AGREEMENT};
    annals_record *record = NULL;
    annals_error error = {0};
    size_t sum = 0;
    annals_status status = annals_record_open(path_of(""), ANNALS_READ_ONLY, 0, &record, &error);
    check(status, &error);
    if (status != ANNALS_OK)
        return;
    annals_query query = {.view = views[choice % (sizeof views / sizeof views[0])],
                          .layout = choice & 64 ? ANNALS_JSON : ANNALS_TABLE,
                          .what = "killed",
                          .place = choice & 128 ? "Aleppo" : NULL,
                          .limit = 50};
    if (query.view == ANNALS_CONTROL && query.place == NULL)
        query.id = "Aleppo";
    check(annals_render(record, &query, swallow, &sum, &error), &error);
    annals_record_close(record);
}

static void export_record(uint64_t choice)
{
    annals_record *record = NULL;
    annals_error error = {0};
    annals_query query = {.limit = 50};
    size_t sum = 0, count = 0;
    const annals_export_format *formats = annals_export_formats();
    while (formats[count].name != NULL)
        count++;
    const annals_export_format *format = &formats[choice % count];
    annals_export_settings settings = {
        .format = format->name, .data = getenv("ANNALS_DATA"), .persons = choice & 64};
    annals_status status = annals_record_open(path_of(""), ANNALS_READ_ONLY, 0, &record, &error);
    check(status, &error);
    if (status == ANNALS_OK && !format->file)
        check(annals_export(record, &query, &settings, swallow, &sum, NULL, &error), &error);
    annals_record_close(record);
}

static void recode_record(annals_record *record)
{
    annals_document *document = NULL;
    annals_error error = {0};
    uint64_t count = 0;
    check(annals_record_outdated(record, engine, &count, &error), &error);
    annals_status status = annals_record_next(record, engine, &document, &error);
    check(status, &error);
    if (status == ANNALS_OK && document != NULL) {
        check(annals_code(engine, document, &error), &error);
        check(annals_record_replace(record, engine, document, &error), &error);
    }
    annals_document_free(document);
}

static void verify_record(bool recode)
{
    annals_record *record = NULL;
    annals_error error = {0};
    size_t sum = 0;
    uint64_t damages = 0;
    annals_status status = annals_record_open(path_of(""), ANNALS_READ_WRITE, 0, &record, &error);
    check(status, &error);
    if (status != ANNALS_OK)
        return;
    check(annals_record_verify(record, swallow, NULL, &sum, &damages, &error), &error);
    if (recode)
        recode_record(record);
    check(annals_record_merge(record, &error), &error);
    annals_record_close(record);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (good == NULL)
        make_good();
    if (length < 3)
        return 0;
    struct taken taken = {bytes + 3, length - 3};
    switch (bytes[0]) {
    case 'f':
        write_file(taken.bytes, taken.length);
        break;
    case 'p':
        damage_pages(&taken);
        break;
    default:
        damage_rows(&taken);
        break;
    }
    ask_record(bytes[1]);
    if (bytes[2] % 3 == 0)
        verify_record(bytes[2] % 5 == 0);
    else if (bytes[2] % 3 == 1)
        export_record(bytes[2] / 3u);
    else
        ask_record(bytes[2]);
    return 0;
}
