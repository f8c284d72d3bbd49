/* Intake: the bytes of one file to one or several documents.
 *
 * JSONL is read from the bytes as given, a line at a time, so that a damaged line costs itself only
 * and its offset is that of the file; so is a JSON list, an object at a time, up to the first that
 * is damaged. Everything else is decoded as a whole first. Facts that whoever hands the file in
 * knows (address, outlet) win over what the file says; the publication date is never taken from the
 * day of retrieval. PDF, office documents and RTF become text first; text of any origin may be a
 * collection of a news archive. Citations are joined to the files they name, which must lie below
 * the folder of the list. Leaves out: reading files, folders and archives.
 */
#include "intake/intake.h"

#include "bytes/mapping.h"
#include "formats/report.h"
#include "intake/citations.h"
#include "intake/collections.h"
#include "intake/html.h"
#include "intake/listings.h"
#include "intake/mail.h"
#include "intake/news_table.h"
#include "intake/news_xml.h"
#include "intake/office.h"
#include "intake/pdf.h"
#include "intake/rtf.h"

#include <jansson.h>
#include <string.h>
#include <strings.h>

enum { DEFAULT_LIMIT = 64 << 20 };

/* ------------------------------------------------------------------ telling formats */

/* Where the first byte that is no white space stands, from `at` on. */
static size_t after_blanks(const char *bytes, size_t length, size_t at)
{
    while (at < length && (unsigned char)bytes[at] <= ' ')
        at++;
    return at;
}

/* Files whose text has to be got out of them first; false where this is none. */
static bool open_packed(struct intake *intake, annals_status *status, annals_error *error)
{
    const char *bytes = intake->bytes, *text = NULL;
    size_t length = intake->length;
    uint64_t limit = intake->source->limit > 0 ? intake->source->limit : DEFAULT_LIMIT;
    if (length > 5 && memcmp(bytes, "%PDF-", 5) == 0) {
        intake->format = FORMAT_PDF;
        *status = pdf_read(&intake->arena, bytes, length, &text, error);
    } else if (office_is(bytes, length)) {
        intake->format = FORMAT_OFFICE;
        *status = office_read(&intake->arena, bytes, length, (size_t)limit, &text, error);
    } else if (length > 5 && memcmp(bytes, "{\\rtf", 5) == 0) {
        intake->format = FORMAT_RTF;
        *status = rtf_read(&intake->arena, bytes, length, &text, error);
    } else {
        return false;
    }
    if (*status != ANNALS_OK)
        return true;
    *status = charset_decode(&intake->decoded, &intake->arena, (const unsigned char *)text,
                             strlen(text), "UTF-8", error);
    if (*status == ANNALS_OK && intake->format != FORMAT_PDF)
        intake->several = collection_split(&intake->feed, &intake->arena, intake->decoded.text);
    return true;
}

/* JSON by its name and its first byte. */
static bool json_is_foreign(const char *text, size_t length, const char *name)
{
    size_t at = after_blanks(text, length, 0), letters = name != NULL ? strlen(name) : 0;
    return letters > 5 && strcasecmp(name + letters - 5, ".json") == 0 && at < length &&
           strchr("[{\"", text[at]) != NULL;
}

/* Files of text that hold several reports, or one in a form of its own. */
static annals_status open_articles(struct intake *intake, annals_error *error)
{
    const char *text = intake->decoded.text, *name = intake->source->name;
    size_t length = intake->decoded.length;
    struct articles *articles = &intake->feed;
    uint64_t empty = 0;
    intake->several = true;
    if (intake->format == FORMAT_FEED)
        return feed_read(articles, &intake->arena, text, length, error);
    if (news_xml_is(text, length)) {
        intake->format = FORMAT_NEWS_XML;
        return news_xml_read(articles, &intake->arena, text, length, error);
    }
    if (ris_is(text, length)) {
        intake->format = FORMAT_RIS;
        return ris_read(articles, &intake->arena, text, length, error);
    }
    if (csl_is(text, length, name)) {
        intake->format = FORMAT_CSL;
        return csl_read(articles, &intake->arena, text, length, error);
    }
    if (news_table_is(name)) {
        intake->format = FORMAT_TABLE;
        return news_table_read(articles, &intake->arena, text, length, &empty, error);
    }
    if (intake->format == FORMAT_TEXT && json_is_foreign(text, length, name))
        return error_set(error, ANNALS_NOT_TEXT,
                         "JSON of a kind that annals does not read; it reads reports (an object a "
                         "line, or a list "
                         "of them) and CSL-JSON");
    intake->several =
        intake->format == FORMAT_TEXT && collection_split(articles, &intake->arena, text);
    return intake->format == FORMAT_TEXT && !intake->several
               ? foreign_xml_refuse(text, length, error)
               : ANNALS_OK;
}

/* A list of objects. */
static bool is_json_list(const char *bytes, size_t length, size_t at)
{
    at = after_blanks(bytes, length, at);
    if (at >= length || bytes[at] != '[')
        return false;
    at = after_blanks(bytes, length, at + 1);
    if (at >= length || bytes[at] != '{')
        return false;
    at = after_blanks(bytes, length, at + 1);
    return at < length && bytes[at] == '"';
}

/* An object whose first line does not end it. */
static bool is_json_spread(const char *bytes, size_t length, size_t at)
{
    at = after_blanks(bytes, length, at);
    const char *stop = at < length ? memchr(bytes + at, '\n', length - at) : NULL;
    while (stop != NULL && stop > bytes + at && (unsigned char)*stop <= ' ')
        stop--;
    return stop != NULL && *stop != '}';
}

static bool open_json(struct intake *intake)
{
    const char *bytes = intake->bytes, *name = intake->source->name;
    size_t length = intake->length;
    size_t at = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    if (length >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0))
        return false;
    bool list = is_json_list(bytes, length, at) && !csl_is(bytes, length, name);
    if (!list && format_find(bytes, length, name) != FORMAT_JSONL)
        return false;
    intake->format = FORMAT_JSONL;
    intake->at = at;
    intake->spread = list || is_json_spread(bytes, length, at);
    intake->line = intake->spread;
    return true;
}

annals_status intake_open(struct intake *intake, const struct annals_source *source,
                          const char *bytes, size_t length, annals_error *error)
{
    annals_status status;
    *intake = (struct intake){.source = source, .bytes = bytes, .length = length};
    arena_init(&intake->arena);
    array_init(&intake->feed.items, &intake->arena);
    uint64_t limit = source->limit > 0 ? source->limit : DEFAULT_LIMIT;
    if (length > limit || length >= UINT32_MAX / 4)
        return error_set(error, ANNALS_TOO_LARGE, "%zu bytes are more than the limit of %llu",
                         length, (unsigned long long)limit);
    if (length == 0)
        return error_set(error, ANNALS_EMPTY, "the file is empty");
    if (open_packed(intake, &status, error))
        return status;
    if (mail_is(bytes, length, source->name)) {
        intake->format = FORMAT_MAIL;
        intake->several = true;
        return mail_read(&intake->feed, &intake->arena, bytes, length, error);
    }
    if (open_json(intake))
        return ANNALS_OK;
    status = charset_decode(&intake->decoded, &intake->arena, (const unsigned char *)bytes, length,
                            NULL, error);
    if (status != ANNALS_OK)
        return status;
    status = listing_refuse(&intake->arena, intake->decoded.text, intake->decoded.length, error);
    if (status != ANNALS_OK)
        return status;
    intake->format = format_find(intake->decoded.text, intake->decoded.length, source->name);
    return open_articles(intake, error);
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
    if (intake->format != FORMAT_JSONL && intake->decoded.charset != NULL) {
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
        uint64_t below = error != NULL && error->line > 0 ? error->line - 1 : 0;
        error_at(error, NULL, intake->line + below, column, (int64_t)start + byte);
        return status;
    }
    set_facts(intake, &document->report, arena);
    document->report.original = arena_copy(arena, intake->bytes + start, end - start);
    document->report.original_length = end - start;
    return ANNALS_OK;
}

/* A fact; what is too long to be one is not known. */
static const char *copy(struct arena *arena, const char *text)
{
    return text != NULL && strnlen(text, REPORT_FACT_LIMIT + 1) <= REPORT_FACT_LIMIT
               ? arena_copy_string(arena, text)
               : NULL;
}

/* Facts that a reader of its own set. */
static void bound_facts(struct report_facts *facts)
{
    const char **const bounded[] = {&facts->title, &facts->source, &facts->url, &facts->byline,
                                    &facts->language};
    for (size_t i = 0; i < sizeof bounded / sizeof bounded[0]; i++)
        if (*bounded[i] != NULL && strnlen(*bounded[i], REPORT_FACT_LIMIT + 1) > REPORT_FACT_LIMIT)
            *bounded[i] = NULL;
}

/* What is known of an article and not of its document yet. */
static void set_article(const struct intake *intake, const struct article *item,
                        struct report_facts *facts, struct arena *arena)
{
    const char *outlet = item->source != NULL ? item->source : intake->feed.title;
    const char *language = item->language != NULL ? item->language : intake->feed.language;
    facts->url = copy(arena, item->url);
    facts->id = copy(arena, item->id);
    if (facts->id == NULL)
        facts->id = facts->url;
    if (facts->id == NULL)
        facts->id = intake->feed.items.count == 1
                        ? file_id(intake, arena)
                        : arena_print(arena, "%s#%zu", file_id(intake, arena), intake->at);
    facts->title = item->title != NULL ? copy(arena, item->title) : facts->title;
    facts->byline = item->author != NULL ? copy(arena, item->author) : facts->byline;
    if (outlet != NULL && intake->source->outlet == NULL)
        facts->source = copy(arena, outlet);
    facts->language = language != NULL ? copy(arena, language) : facts->language;
    if (item->published != DAY_UNKNOWN) {
        facts->published = item->published;
        facts->published_from = DATE_METADATA;
    }
    set_facts(intake, facts, arena);
}

/* The file that a citation names, below the folder of the list; its first report, with what the
 * citation says of it. */
static annals_status next_file(struct intake *intake, const struct article *item,
                               struct document *document, struct arena *arena, annals_error *error)
{
    const char *name = intake->source->name != NULL ? intake->source->name : "";
    const char *slash = strrchr(name, '/');
    uint64_t limit = intake->source->limit > 0 ? intake->source->limit : DEFAULT_LIMIT;
    struct buffer bytes;
    struct intake inner;
    if (intake->depth > 0)
        return error_set(error, ANNALS_NOT_FOUND, "%.160s: a list that another list names",
                         intake->source->name);
    if (item->file[0] == '/' || strstr(item->file, "..") != NULL)
        return error_set(error, ANNALS_NOT_FOUND, "%.160s: lies outside the folder of the list",
                         item->file);
    const char *path = arena_print(&intake->arena, "%.*s%s",
                                   slash != NULL ? (int)(slash + 1 - name) : 0, name, item->file);
    if (path == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    buffer_init(&bytes);
    annals_status status = mapping_copy(&bytes, path, limit, error);
    if (status != ANNALS_OK) {
        buffer_release(&bytes);
        return status;
    }
    struct annals_source source = *intake->source;
    source.name = item->file;
    status = intake_open(&inner, &source, bytes.bytes, bytes.length, error);
    inner.depth = 1;
    if (status == ANNALS_OK && !intake_next(&inner, document, arena, &status, error))
        status = error_set(error, ANNALS_EMPTY, "%.160s: holds no report", item->file);
    intake_release(&inner);
    buffer_release(&bytes);
    if (status == ANNALS_OK)
        set_article(intake, item, &document->report, arena);
    return status;
}

static annals_status next_item(struct intake *intake, const struct article *item,
                               struct document *document, struct arena *arena, annals_error *error)
{
    if (item->trouble != NULL) {
        error_set(error, ANNALS_MALFORMED, "%s", item->trouble);
        error_at(error, NULL, item->line, 0, -1);
        return ANNALS_MALFORMED;
    }
    if (item->file != NULL)
        return next_file(intake, item, document, arena, error);
    const char *html = item->html != NULL ? item->html : item->title;
    document_init(document, arena, "", 0);
    if (item->text == NULL && html == NULL) {
        error_set(error, ANNALS_EMPTY, "an item without text");
        return error_at(error, NULL, item->line, 0, -1);
    }
    if (item->text != NULL) {
        size_t length = strlen(item->text);
        document_init(document, arena, arena_copy(arena, item->text, length), (uint32_t)length);
        set_article(intake, item, &document->report, arena);
        return ANNALS_OK;
    }
    struct report_facts *facts = &document->report;
    set_article(intake, item, facts, arena);
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

/* The next object of a list, or of objects over several lines: [*start, *end). One that is damaged
 * goes to the end of the file: nobody knows where the next begins. */
static bool find_object(struct intake *intake, size_t *start, size_t *end)
{
    const char *bytes = intake->bytes;
    json_error_t where;
    for (; intake->at < intake->length && strchr(" \t\r\n,[]", bytes[intake->at]) != NULL;
         intake->at++)
        intake->line += bytes[intake->at] == '\n';
    if (intake->at >= intake->length)
        return false;
    *start = intake->at;
    json_t *object =
        json_loadb(bytes + *start, intake->length - *start,
                   JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL | JSON_DISABLE_EOF_CHECK, &where);
    *end = object != NULL ? *start + (size_t)where.position : intake->length;
    json_decref(object);
    intake->at = *end;
    return true;
}

bool intake_next(struct intake *intake, struct document *document, struct arena *arena,
                 annals_status *status, annals_error *error)
{
    size_t start, end;
    if (intake->format == FORMAT_JSONL) {
        if (!(intake->spread ? find_object(intake, &start, &end) : find_line(intake, &start, &end)))
            return false;
        *status = next_line(intake, document, arena, start, end, error);
        for (size_t i = start; intake->spread && i < end; i++)
            intake->line += intake->bytes[i] == '\n';
    } else if (intake->several) {
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
    bound_facts(&document->report);
    if (*status == ANNALS_OK && (arena->failed || document->text == NULL))
        *status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    else if (*status == ANNALS_OK && document->length > REPORT_TEXT_LIMIT)
        *status =
            error_set(error, ANNALS_TOO_LARGE,
                      "%u bytes of text, more than one report may have (%d); it may be several",
                      document->length, REPORT_TEXT_LIMIT);
    return true;
}
