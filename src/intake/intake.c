/* Intake: the bytes of one file to one or several documents.
 *
 * JSONL is read from the bytes as given, a line at a time, so that a damaged line costs itself only
 * and its offset is that of the file. Everything else is decoded as a whole first. Facts that
 * whoever hands the file in knows (address, outlet) win over what the file says; the publication
 * date is never taken from the day of retrieval. Leaves out: reading files, folders and archives.
 */
#include "intake/intake.h"

#include "formats/report.h"
#include "intake/html.h"

#include <string.h>

enum { DEFAULT_LIMIT = 64 << 20 };

annals_status intake_open(struct intake *intake, const struct annals_source *source,
                          const char *bytes, size_t length, annals_error *error)
{
    *intake = (struct intake){.source = source, .bytes = bytes, .length = length};
    arena_init(&intake->arena);
    uint64_t limit = source->limit > 0 ? source->limit : DEFAULT_LIMIT;
    if (length > limit || length >= UINT32_MAX / 4)
        return error_set(error, ANNALS_TOO_LARGE, "%zu bytes are more than the limit of %llu",
                         length, (unsigned long long)limit);
    if (length == 0)
        return error_set(error, ANNALS_EMPTY, "the file is empty");
    bool wide =
        length >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0);
    if (!wide && format_find(bytes, length, source->name) == FORMAT_JSONL) {
        intake->format = FORMAT_JSONL;
        intake->decoded.text = (char *)(uintptr_t)bytes;
        intake->decoded.length = length;
        intake->at = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
        return ANNALS_OK;
    }
    annals_status status = charset_decode(&intake->decoded, &intake->arena,
                                          (const unsigned char *)bytes, length, NULL, error);
    if (status != ANNALS_OK)
        return status;
    intake->format = format_find(intake->decoded.text, intake->decoded.length, source->name);
    if (intake->format == FORMAT_FEED)
        status = feed_read(&intake->feed, &intake->arena, intake->decoded.text,
                           intake->decoded.length, error);
    return status;
}

void intake_release(struct intake *intake)
{
    arena_release(&intake->arena);
}

/* ------------------------------------------------------------------ facts */

/* The file's own name, without folders. */
static const char *base_name(const char *path)
{
    const char *slash = path != NULL ? strrchr(path, '/') : NULL;
    return slash != NULL && slash[1] != '\0' ? slash + 1 : path;
}

static void set_facts(const struct intake *intake, struct report_facts *facts, struct arena *arena)
{
    const struct annals_source *source = intake->source;
    if (facts->url == NULL && source->url != NULL)
        facts->url = arena_copy_string(arena, source->url);
    if (facts->source == NULL && source->outlet != NULL)
        facts->source = arena_copy_string(arena, source->outlet);
    if (source->retrieved != NULL)
        facts->retrieved = calendar_read(source->retrieved);
    facts->format = format_name(intake->format);
    if (intake->format != FORMAT_JSONL) {
        facts->charset = arena_copy_string(arena, intake->decoded.charset);
        facts->replaced = intake->decoded.replaced;
    }
}

static const char *file_id(const struct intake *intake, struct arena *arena)
{
    const char *name = base_name(intake->source->name);
    if (name == NULL)
        name = intake->source->url != NULL ? intake->source->url : "report";
    return arena_copy_string(arena, name);
}

static void keep_original(const struct intake *intake, struct report_facts *facts,
                          struct arena *arena)
{
    facts->original = arena_copy(arena, intake->bytes, intake->length);
    facts->original_length = intake->length;
}

/* ------------------------------------------------------------------ one report of each format */

static annals_status next_text(struct intake *intake, struct document *document,
                               struct arena *arena)
{
    const struct decoded *decoded = &intake->decoded;
    document_init(document, arena, arena_copy(arena, decoded->text, decoded->length),
                  (uint32_t)decoded->length);
    bool same = decoded->length == intake->length &&
                memcmp(decoded->text, intake->bytes, intake->length) == 0;
    if (!same)
        keep_original(intake, &document->report, arena);
    document->report.id = file_id(intake, arena);
    set_facts(intake, &document->report, arena);
    return ANNALS_OK;
}

static annals_status next_page(struct intake *intake, struct document *document,
                               struct arena *arena, annals_error *error)
{
    document_init(document, arena, "", 0);
    document->report.id = file_id(intake, arena);
    set_facts(intake, &document->report, arena);
    keep_original(intake, &document->report, arena);
    return html_read(document, arena, intake->decoded.text, intake->decoded.length, error);
}

static annals_status next_line(struct intake *intake, struct document *document,
                               struct arena *arena, size_t start, size_t end, annals_error *error)
{
    annals_status status = report_read(document, arena, intake->bytes + start, end - start, error);
    if (status != ANNALS_OK) {
        int64_t byte = error != NULL && error->byte > 0 ? error->byte : 0;
        uint64_t column = error != NULL ? error->column : 0;
        return error_at(error, NULL, intake->line, column, (int64_t)start + byte);
    }
    set_facts(intake, &document->report, arena);
    document->report.original = arena_copy(arena, intake->bytes + start, end - start);
    document->report.original_length = end - start;
    return ANNALS_OK;
}

static annals_status next_item(struct intake *intake, const struct feed_item *item,
                               struct document *document, struct arena *arena, annals_error *error)
{
    document_init(document, arena, "", 0);
    struct report_facts *facts = &document->report;
    facts->id = item->id != NULL ? arena_copy_string(arena, item->id)
                : item->url != NULL
                    ? arena_copy_string(arena, item->url)
                    : arena_print(arena, "%s#%zu", file_id(intake, arena), intake->at);
    facts->url = item->url != NULL ? arena_copy_string(arena, item->url) : NULL;
    facts->title = item->title != NULL ? arena_copy_string(arena, item->title) : NULL;
    facts->byline = item->author != NULL ? arena_copy_string(arena, item->author) : NULL;
    facts->source = intake->feed.title != NULL && intake->source->outlet == NULL
                        ? arena_copy_string(arena, intake->feed.title)
                        : NULL;
    facts->language =
        intake->feed.language != NULL ? arena_copy_string(arena, intake->feed.language) : NULL;
    facts->published = item->published;
    if (item->published != DAY_UNKNOWN)
        facts->published_from = DATE_METADATA;
    set_facts(intake, facts, arena);
    const char *html = item->html != NULL ? item->html : item->title;
    if (html == NULL)
        return error_set(error, ANNALS_EMPTY, "an item of the feed has no text");
    const char *page = arena_print(arena, "<h1>%s</h1><div>%s</div>",
                                   item->title != NULL ? item->title : "", html);
    if (page == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    facts->original = page;
    facts->original_length = strlen(page);
    return html_read(document, arena, page, strlen(page), error);
}

/* The next line that is not blank: [*start, *end). */
static bool find_line(struct intake *intake, size_t *start, size_t *end)
{
    while (intake->at < intake->length) {
        const char *from = intake->bytes + intake->at;
        const char *stop = memchr(from, '\n', intake->length - intake->at);
        *start = intake->at;
        *end = stop != NULL ? (size_t)(stop - intake->bytes) : intake->length;
        intake->at = stop != NULL ? *end + 1 : intake->length;
        intake->line++;
        while (*end > *start && (unsigned char)intake->bytes[*end - 1] <= ' ')
            --*end;
        size_t blank = *start;
        while (blank < *end && (unsigned char)intake->bytes[blank] <= ' ')
            blank++;
        if (blank < *end)
            return true;
    }
    return false;
}

bool intake_next(struct intake *intake, struct document *document, struct arena *arena,
                 annals_status *status, annals_error *error)
{
    size_t start, end;
    if (intake->format == FORMAT_JSONL) {
        if (!find_line(intake, &start, &end))
            return false;
        *status = next_line(intake, document, arena, start, end, error);
    } else if (intake->format == FORMAT_FEED) {
        if (intake->at >= intake->feed.items.count)
            return false;
        *status =
            next_item(intake, &intake->feed.items.items[intake->at++], document, arena, error);
    } else {
        if (intake->at++ > 0)
            return false;
        *status = intake->format == FORMAT_HTML ? next_page(intake, document, arena, error)
                                                : next_text(intake, document, arena);
    }
    if (*status == ANNALS_OK && (arena->failed || document->text == NULL))
        *status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    return true;
}
