/* Implements the record's part of annals.h. */
#include "handles.h"

#include "bytes/buffer.h"
#include "bytes/digest.h"
#include "bytes/mapping.h"
#include "record/record.h"
#include "render/render.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* ------------------------------------------------------------------ versions */

static annals_status add_folder(struct fingerprint *fingerprint, const char *path, size_t root,
                                annals_error *error);

static annals_status add_file(struct fingerprint *fingerprint, const char *path, size_t root,
                              annals_error *error)
{
    struct mapping mapping;
    annals_status status = mapping_open(&mapping, path, error);
    if (status != ANNALS_OK && status != ANNALS_EMPTY)
        return status;
    /* The name counts, up to its NUL; so does an empty file. */
    fingerprint_add(fingerprint, path + root, strlen(path + root) + 1);
    if (status == ANNALS_OK) {
        fingerprint_add(fingerprint, mapping.bytes, mapping.length);
        mapping_close(&mapping);
    }
    return ANNALS_OK;
}

static annals_status add_path(struct fingerprint *fingerprint, const char *path, size_t root,
                              annals_error *error)
{
    struct stat facts;
    if (stat(path, &facts) != 0)
        return ANNALS_OK;
    if (S_ISDIR(facts.st_mode))
        return add_folder(fingerprint, path, root, error);
    return S_ISREG(facts.st_mode) ? add_file(fingerprint, path, root, error) : ANNALS_OK;
}

static int by_bytes(const struct dirent **left, const struct dirent **right)
{
    return strcmp((*left)->d_name, (*right)->d_name);
}

/* Files in the order of their names' bytes, whatever the locale; hidden files do not count. */
static annals_status add_folder(struct fingerprint *fingerprint, const char *path, size_t root,
                                annals_error *error)
{
    struct dirent **entries = NULL;
    struct buffer inner;
    annals_status status = ANNALS_OK;
    int count = scandir(path, &entries, NULL, by_bytes);
    buffer_init(&inner);
    for (int i = 0; i < count; i++) {
        if (status == ANNALS_OK && entries[i]->d_name[0] != '.') {
            buffer_clear(&inner);
            buffer_print(&inner, "%s/%s", path, entries[i]->d_name);
            status = inner.failed ? error_set(error, ANNALS_NO_MEMORY, "out of memory")
                                  : add_path(fingerprint, inner.bytes, root, error);
        }
        free(entries[i]);
    }
    free(entries);
    buffer_release(&inner);
    return status;
}

/* The gazetteer counts as a dictionary; its head holds a hash of the rest, so the head will do. */
static void add_gazetteer(struct fingerprint *fingerprint, const char *data)
{
    struct buffer path;
    struct mapping mapping;
    buffer_init(&path);
    buffer_print(&path, "%s/gazetteer.bin", data);
    if (!path.failed && mapping_open(&mapping, path.bytes, NULL) == ANNALS_OK) {
        fingerprint_add(fingerprint, mapping.bytes, mapping.length < 4096 ? mapping.length : 4096);
        mapping_close(&mapping);
    }
    buffer_release(&path);
}

/* BLAKE2b over names and bytes of every file below `data`/`folder`; that of nothing where there is
 * no such folder. */
static annals_status hash_folder(const char *data, const char *folder, char text[65],
                                 annals_error *error)
{
    struct fingerprint fingerprint;
    struct buffer path;
    buffer_init(&path);
    buffer_print(&path, "%s/%s", data, folder);
    fingerprint_begin(&fingerprint);
    annals_status status = path.failed ? error_set(error, ANNALS_NO_MEMORY, "out of memory")
                                       : add_path(&fingerprint, path.bytes, path.length, error);
    if (strcmp(folder, "dictionaries") == 0)
        add_gazetteer(&fingerprint, data);
    buffer_release(&path);
    struct digest digest = fingerprint_end(&fingerprint);
    digest_write(&digest, text);
    return status;
}

static annals_status know_versions(annals_record *record, const annals_engine *engine,
                                   annals_error *error)
{
    if (record->engine == engine)
        return ANNALS_OK;
    annals_status status = hash_folder(engine->data, "dictionaries", record->dictionaries, error);
    if (status == ANNALS_OK)
        status = hash_folder(engine->data, "models", record->models, error);
    if (status == ANNALS_OK)
        record->engine = engine;
    return status;
}

annals_status annals_info(const char *data, annals_sink sink, void *context, annals_error *error)
{
    char dictionaries[65], models[65];
    struct stat facts;
    struct buffer text;
    annals_status status = hash_folder(data, "dictionaries", dictionaries, error);
    if (status == ANNALS_OK)
        status = hash_folder(data, "models", models, error);
    if (status != ANNALS_OK)
        return status;
    buffer_init(&text);
    buffer_print(&text, "annals: %s\ndata: %s", annals_version(), data);
    if (stat(data, &facts) == 0 && S_ISDIR(facts.st_mode))
        buffer_print(&text, "\ndictionaries: %s\nmodels: %s\n", dictionaries, models);
    else
        buffer_print(&text, " (there is no such folder; reports cannot be read without)\n");
    if (text.failed)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    else if (!sink(context, text.bytes, text.length))
        status = error_set(error, ANNALS_CANNOT_WRITE, "the output could not be written");
    buffer_release(&text);
    return status;
}

/* ------------------------------------------------------------------ the record */

annals_status annals_record_open(const char *path, annals_access access, uint32_t wait,
                                 annals_record **record, annals_error *error)
{
    annals_record *opened = calloc(1, sizeof *opened);
    if (opened == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    annals_status status = record_open(path, access, wait, &opened->record, error);
    if (status != ANNALS_OK) {
        free(opened);
        return status;
    }
    *record = opened;
    return ANNALS_OK;
}

void annals_record_close(annals_record *record)
{
    if (record == NULL)
        return;
    record_close(record->record);
    free(record);
}

annals_status annals_record_copy(const char *from, const char *to, uint32_t wait,
                                 annals_copy_progress progress, void *context,
                                 annals_error *error)
{
    return record_copy(from, to, wait, progress, context, error);
}

annals_status annals_record_knows(annals_record *record, const annals_document *document,
                                  const char *path, bool *known, annals_error *error)
{
    return record_knows(record->record, &document->document, path, known, error);
}

annals_status annals_record_expect(annals_record *record, annals_document *const *documents,
                                   size_t count, annals_error *error)
{
    const struct document **list = malloc((count + 1) * sizeof *list);
    if (list == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < count; i++)
        list[i] = &documents[i]->document;
    annals_status status = record_expect(record->record, list, (uint32_t)count, error);
    free(list);
    return status;
}

annals_status annals_record_add(annals_record *record, const annals_engine *engine,
                                const annals_document *document, const annals_origin *origin,
                                annals_error *error)
{
    annals_status status = know_versions(record, engine, error);
    struct record_version version = {annals_version(), record->dictionaries, record->models};
    unsigned times = 0;
    if (status != ANNALS_OK)
        return status;
    do
        status = record_add(record->record, &document->document, &version, origin, error);
    while (record_again(record->record, status, &times));
    return status;
}

annals_status annals_record_add_all(annals_record *record, const annals_engine *engine,
                                    annals_document *const *documents,
                                    const annals_origin *origins, size_t count,
                                    annals_stored *stored, annals_error *error)
{
    annals_status status = know_versions(record, engine, error);
    struct record_version version = {annals_version(), record->dictionaries, record->models};
    if (status != ANNALS_OK || count == 0)
        return status;
    unsigned times = 0;
    const struct document **list = malloc(count * sizeof *list);
    bool *known = calloc(count, sizeof *known);
    for (size_t i = 0; list != NULL && i < count; i++)
        list[i] = &documents[i]->document;
    if (list == NULL || known == NULL) {
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    } else {
        do
            status = record_add_all(record->record, list, (uint32_t)count, &version, origins, known,
                                    error);
        while (record_again(record->record, status, &times));
    }
    for (size_t i = 0; status == ANNALS_OK && stored != NULL && i < count; i++)
        stored[i] = (annals_stored){known[i], documents[i]->document.foreign};
    free(list);
    free(known);
    return status;
}

annals_status annals_record_merge(annals_record *record, annals_error *error)
{
    unsigned times = 0;
    annals_status status;
    do
        status = record_merge(record->record, error);
    while (record_again(record->record, status, &times));
    return status;
}

void annals_record_merge_within(annals_record *record, uint64_t bytes)
{
    enum { LEAST = 500 }; /* fewer touch hardly less, and what they touch is clustered again each time */
    record_merge_within(record->record, bytes, LEAST);
}

annals_status annals_record_merge_beside(annals_record *record, bool *left, annals_error *error)
{
    return record_merge_beside(record->record, left, error);
}

/* ------------------------------------------------------------------ coding again */

annals_status annals_record_outdated(annals_record *record, const annals_engine *engine,
                                     uint64_t *count, annals_error *error)
{
    annals_status status = know_versions(record, engine, error);
    struct record_version version = {annals_version(), record->dictionaries, record->models};
    record->recoded = 0;
    return status == ANNALS_OK ? record_outdated(record->record, &version, count, error) : status;
}

annals_status annals_record_next(annals_record *record, const annals_engine *engine,
                                 annals_document **document, annals_error *error)
{
    bool found = false;
    annals_status status = know_versions(record, engine, error);
    struct record_version version = {annals_version(), record->dictionaries, record->models};
    if (status != ANNALS_OK)
        return status;
    annals_document *made = calloc(1, sizeof *made);
    if (made == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    arena_init(&made->arena);
    arena_init(&made->scratch);
    status = record_next(record->record, &version, &record->recoded, &made->document, &made->arena,
                         &found, error);
    if (status != ANNALS_OK || !found) {
        annals_document_free(made);
        made = NULL;
    }
    if (status == ANNALS_OK)
        *document = made;
    return status;
}

annals_status annals_record_replace(annals_record *record, const annals_engine *engine,
                                    const annals_document *document, annals_error *error)
{
    annals_status status = know_versions(record, engine, error);
    struct record_version version = {annals_version(), record->dictionaries, record->models};
    unsigned times = 0;
    if (status != ANNALS_OK)
        return status;
    do
        status = record_replace(record->record, &document->document, &version, error);
    while (record_again(record->record, status, &times));
    return status;
}

annals_status annals_record_verify(annals_record *record, annals_sink sink,
                                   annals_progress progress, void *context, uint64_t *damages,
                                   annals_error *error)
{
    return record_verify(record->record, sink, progress, context, damages, error);
}

annals_status annals_render(annals_record *record, const annals_query *query, annals_sink sink,
                            void *context, annals_error *error)
{
    return render(record->record, query, sink, context, error);
}

const annals_export_format *annals_export_formats(void)
{
    return export_formats();
}

annals_status annals_export(annals_record *record, const annals_query *query,
                            const annals_export_settings *settings, annals_sink sink,
                            void *context, annals_exported *exported, annals_error *error)
{
    return export_write(record->record, query, settings, sink, context, exported, error);
}

annals_status annals_export_file(annals_record *record, const annals_query *query,
                                 const annals_export_settings *settings, const char *path,
                                 annals_exported *exported, annals_error *error)
{
    return export_write_file(record->record, query, settings, path, exported, error);
}
