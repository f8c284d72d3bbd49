/* Reads a report: one line of interchange JSON (parsed by jansson).
 *
 * A NUL character is refused, in any field: text ends at it for C, for PostgreSQL and for most who read what
 * annals writes. */
#include "formats/report.h"

#include <jansson.h>
#include <string.h>

static annals_status malformed(annals_error *error, const char *sentence, const char *key)
{
    return error_set(error, ANNALS_MALFORMED, sentence, key);
}

/* A string field: NULL where absent, null or empty. */
static annals_status field(const json_t *object, const char *key, struct arena *arena,
                           const char **value, annals_error *error)
{
    const json_t *found = json_object_get(object, key);
    *value = NULL;
    if (found == NULL || json_is_null(found))
        return ANNALS_OK;
    if (!json_is_string(found))
        return malformed(error, "\"%s\" is not a string", key);
    if (json_string_length(found) == 0)
        return ANNALS_OK;
    if (json_string_length(found) > REPORT_FACT_LIMIT)
        return error_set(error, ANNALS_TOO_LARGE, "\"%s\" has %zu bytes, more than the %d that it may have", key,
                         json_string_length(found), REPORT_FACT_LIMIT);
    if (strlen(json_string_value(found)) != json_string_length(found))
        return malformed(error, "\"%s\" holds a NUL character", key);
    *value = arena_copy(arena, json_string_value(found), json_string_length(found));
    return *value != NULL ? ANNALS_OK : error_set(error, ANNALS_NO_MEMORY, "out of memory");
}

static annals_status read_facts(struct report_facts *facts, const json_t *object,
                                struct arena *arena, annals_error *error)
{
    const char *published = NULL;
    const struct {
        const char *key;
        const char **value;
    } fields[] = {
        {"id", &facts->id},         {"title", &facts->title},       {"source", &facts->source},
        {"url", &facts->url},       {"language", &facts->language}, {"byline", &facts->byline},
        {"published", &published},
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        annals_status status = field(object, fields[i].key, arena, fields[i].value, error);
        if (status != ANNALS_OK)
            return status;
    }
    if (facts->id == NULL)
        return malformed(error, "\"%s\" is missing", "id");
    if (published != NULL) {
        facts->published = calendar_read(published);
        if (facts->published == DAY_UNKNOWN)
            return malformed(error, "\"published\" is not a date (YYYY-MM-DD): %.40s", published);
        facts->published_from = DATE_GIVEN;
    }
    return ANNALS_OK;
}

static annals_status read_object(struct document *document, struct arena *arena,
                                 const json_t *object, annals_error *error)
{
    if (!json_is_object(object))
        return error_set(error, ANNALS_MALFORMED, "a report is a JSON object");
    const json_t *text = json_object_get(object, "text");
    if (text == NULL || json_is_null(text))
        return malformed(error, "\"%s\" is missing", "text");
    if (!json_is_string(text))
        return malformed(error, "\"%s\" is not a string", "text");
    size_t length = json_string_length(text);
    if (length > REPORT_TEXT_LIMIT)
        return error_set(error, ANNALS_TOO_LARGE,
                         "%zu bytes of text, more than one report may have (%d); it may be several",
                         length, REPORT_TEXT_LIMIT);
    if (strlen(json_string_value(text)) != length)
        return malformed(error, "\"%s\" holds a NUL character", "text");
    char *copy = arena_copy(arena, json_string_value(text), length);
    if (copy == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    document_init(document, arena, copy, (uint32_t)length);
    return read_facts(&document->report, object, arena, error);
}

annals_status report_read(struct document *document, struct arena *arena, const char *bytes,
                          size_t length, annals_error *error)
{
    json_error_t where;
    json_t *object =
        json_loadb(bytes, length, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &where);
    if (object == NULL) {
        annals_status status = json_error_code(&where) == json_error_out_of_memory
                                   ? ANNALS_NO_MEMORY
                                   : ANNALS_MALFORMED;
        error_set(error, status, "not JSON: %s", where.text);
        error_at(error, NULL, where.line > 0 ? (uint64_t)where.line : 0,
                 where.column > 0 ? (uint64_t)where.column : 0, where.position);
        return status;
    }
    annals_status status = read_object(document, arena, object, error);
    json_decref(object);
    if (status != ANNALS_OK)
        return status;
    while (length > 0 && (unsigned char)bytes[length - 1] <= ' ')
        length--;
    document->report.original = arena_copy(arena, bytes, length);
    document->report.original_length = length;
    return document->report.original != NULL ? ANNALS_OK
                                             : error_set(error, ANNALS_NO_MEMORY, "out of memory");
}
