/* Implements annals.h: documents from raw bytes, and what they say of themselves. */
#include "handles.h"

#include "bytes/digest.h"
#include "intake/archives.h"
#include "intake/intake.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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

/* ------------------------------------------------------------------ files and archives */

/* One file, or archive, on the way to the callee. */
struct taking {
    const annals_engine *engine;
    const annals_source *source;
    struct archive_budget *budget;
    annals_intake_report report;
    void *context;
    bool going;
    bool out_of_memory;
};

static annals_status take_bytes(struct taking *taking, const char *bytes, size_t length,
                                annals_error *error);

/* WACZ is a ZIP file whose pages stand in archive/; the rest is its index. */
static bool is_index(const char *archive, const char *member)
{
    size_t length = archive != NULL ? strlen(archive) : 0;
    return length > 5 && strcmp(archive + length - 5, ".wacz") == 0 &&
           strncmp(member, "archive/", 8) != 0;
}

/* A member of an archive: its name stands behind the archive's. */
static bool take_member(void *context, const struct archive_member *member,
                        const annals_error *refused)
{
    struct taking *outer = context;
    annals_error error = {.byte = -1};
    if (member == NULL)
        return outer->going = outer->report(outer->context, NULL, refused);
    if (is_index(outer->source->name, member->name))
        return true;
    annals_source source = {.name = member->name,
                            .url = member->url,
                            .outlet = outer->source->outlet,
                            .retrieved = member->retrieved != NULL ? member->retrieved
                                                                   : outer->source->retrieved,
                            .limit = outer->source->limit};
    struct taking inner = *outer;
    inner.source = &source;
    annals_status status = take_bytes(&inner, member->bytes, member->length, &error);
    outer->going = inner.going;
    outer->out_of_memory = inner.out_of_memory || status == ANNALS_NO_MEMORY;
    if (status != ANNALS_OK && status != ANNALS_STOPPED && outer->going) {
        annals_error named = error;
        error_set(&named, status, "%.160s: %.300s", member->name, error.sentence);
        named.file[0] = '\0';
        outer->going = outer->report(outer->context, NULL, &named);
    }
    return outer->going && !outer->out_of_memory;
}

/* The reports of one file that is no archive. */
static annals_status take_file(struct taking *taking, const char *bytes, size_t length,
                               annals_error *error)
{
    struct intake intake;
    annals_status status = intake_open(&intake, taking->source, bytes, length, error);
    while (status == ANNALS_OK && taking->going) {
        annals_error found = {.byte = -1};
        annals_document *document = next_document(taking->engine, &intake, &status, &found);
        if (document == NULL)
            break;
        if (status != ANNALS_OK) {
            annals_document_free(document);
            document = NULL;
            found.status = status;
            if (status == ANNALS_NO_MEMORY && error != NULL)
                *error = found;
            else
                status = ANNALS_OK; /* costs this report only */
        }
        if (status == ANNALS_OK)
            taking->going =
                taking->report(taking->context, document, document == NULL ? &found : NULL);
    }
    intake_release(&intake);
    return status;
}

static annals_status take_bytes(struct taking *taking, const char *bytes, size_t length,
                                annals_error *error)
{
    if (!archive_is(bytes, length))
        return take_file(taking, bytes, length, error);
    const char *name = taking->source->name != NULL ? taking->source->name : "archive";
    return archive_walk(name, NULL, bytes, length, taking->budget, take_member, taking, error);
}

/* What is said of the whole. */
static annals_status finish(const struct taking *taking, annals_status status,
                            const annals_error *found, annals_error *error)
{
    annals_error last = *found;
    if (status == ANNALS_OK && taking->out_of_memory)
        status = error_set(&last, ANNALS_NO_MEMORY, "out of memory");
    else if (status == ANNALS_OK && !taking->going)
        status = error_set(&last, ANNALS_STOPPED, "stopped on request");
    if (error != NULL)
        *error = status != ANNALS_OK ? last : (annals_error){0};
    return status;
}

enum { DEFAULT_LIMIT = 64 << 20 };

annals_status annals_intake(const annals_engine *engine, const annals_source *source,
                            const char *bytes, size_t length, annals_intake_report report,
                            void *context, annals_error *error)
{
    struct archive_budget budget =
        archive_budget(length, source->limit > 0 ? source->limit : DEFAULT_LIMIT);
    struct taking taking = {.engine = engine, .source = source, .budget = &budget,
                            .report = report, .context = context, .going = true};
    annals_error found = {0};
    annals_status status = take_bytes(&taking, bytes, length, &found);
    return finish(&taking, status, &found, error);
}

bool annals_is_archive(const char *bytes, size_t length)
{
    return archive_is(bytes, length);
}

annals_status annals_intake_archive(const annals_engine *engine, const annals_source *source,
                                    const char *path, annals_intake_report report, void *context,
                                    annals_error *error)
{
    struct stat facts;
    annals_error found = {0};
    if (stat(path, &facts) != 0)
        return error_set(error, ANNALS_CANNOT_READ, "%s", strerror(errno));
    struct archive_budget budget = archive_budget((uint64_t)facts.st_size,
                                                  source->limit > 0 ? source->limit : DEFAULT_LIMIT);
    struct taking taking = {.engine = engine, .source = source, .budget = &budget,
                            .report = report, .context = context, .going = true};
    annals_status status =
        archive_walk(source->name != NULL ? source->name : path, path, NULL, 0, &budget,
                     take_member, &taking, &found);
    return finish(&taking, status, &found, error);
}

/* ------------------------------------------------------------------ unpacking only */

struct unpacking {
    const char *path;
    annals_member_sink sink;
    void *context;
    bool going;
};

static bool hand_member(void *context, const struct archive_member *member,
                        const annals_error *refused)
{
    struct unpacking *unpacking = context;
    if (member == NULL)
        return unpacking->going = unpacking->sink(unpacking->context, NULL, refused);
    if (is_index(unpacking->path, member->name))
        return true;
    const annals_member handed = {.name = member->name,
                                  .url = member->url,
                                  .retrieved = member->retrieved,
                                  .bytes = member->bytes,
                                  .length = member->length};
    return unpacking->going = unpacking->sink(unpacking->context, &handed, NULL);
}

annals_status annals_unpack(const char *path, uint64_t limit, annals_member_sink sink,
                            void *context, annals_error *error)
{
    struct stat facts;
    if (stat(path, &facts) != 0)
        return error_set(error, ANNALS_CANNOT_READ, "%s", strerror(errno));
    struct archive_budget budget =
        archive_budget((uint64_t)facts.st_size, limit > 0 ? limit : DEFAULT_LIMIT);
    struct unpacking unpacking = {.path = path, .sink = sink, .context = context, .going = true};
    annals_status status =
        archive_walk(path, path, NULL, 0, &budget, hand_member, &unpacking, error);
    return status == ANNALS_OK && !unpacking.going
               ? error_set(error, ANNALS_STOPPED, "stopped on request")
               : status;
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
        .foreign = document->document.foreign,
        .replaced = facts->replaced,
    };
    if (facts->published != DAY_UNKNOWN)
        calendar_write(facts->published, report->published);
    bool own = facts->original != NULL;
    struct digest digest = digest_of(own ? facts->original : document->document.text,
                                     own ? facts->original_length : document->document.length);
    digest_write(&digest, report->sha256);
}
