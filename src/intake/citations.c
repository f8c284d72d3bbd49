/* Citations: RIS (Research Information Systems, 2012) and CSL-JSON (Citation Style Language 1.0.2).
 *
 * Of RIS the tags that news items have: T1/TI, AU, JO/T2/JF/PB, DA/PY/Y1, UR, AB/N2, AN/ID, LA and
 * L1 (the attached file). Leaves out: everything that only books and journals have. */
#include "intake/citations.h"

#include "bytes/buffer.h"
#include "intake/metadata.h"

#include <jansson.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ------------------------------------------------------------------ RIS */

bool ris_is(const char *bytes, size_t length)
{
    size_t at = 0;
    while (at < length && (unsigned char)bytes[at] <= ' ')
        at++;
    return length - at > 8 && memcmp(bytes + at, "TY  - ", 6) == 0;
}

/* "2015/10/04/", "2015-10-04", "2015 Oct 4"; a year alone is no day. */
static int32_t ris_day(struct arena *arena, const char *text)
{
    char day[16];
    int year, month, date;
    if (sscanf(text, "%4d/%2d/%2d", &year, &month, &date) == 3 && month > 0 && date > 0 &&
        calendar_is_valid(year, (uint32_t)month, (uint32_t)date)) {
        snprintf(day, sizeof day, "%04d-%02d-%02d", year % 10000, month % 100, date % 100);
        return calendar_read(day);
    }
    return strlen(text) > 7 ? metadata_day(arena, text) : DAY_UNKNOWN;
}

static void set_first(const char **field, const char *value)
{
    if (*field == NULL)
        *field = value;
}

static void take_tag(struct article *article, struct arena *arena, const char *tag,
                     const char *value)
{
    static const struct {
        const char *tags;
        size_t field;
    } fields[] = {
        {"T1 TI CT", offsetof(struct article, title)},
        {"AU A1", offsetof(struct article, author)},
        {"JO JF T2 PB", offsetof(struct article, source)},
        {"UR", offsetof(struct article, url)},
        {"AB N2", offsetof(struct article, text)},
        {"AN ID", offsetof(struct article, id)},
        {"LA", offsetof(struct article, language)},
        {"L1 L2", offsetof(struct article, file)},
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (strstr(fields[i].tags, tag) != NULL)
            set_first((const char **)(void *)((char *)article + fields[i].field), value);
    if ((strcmp(tag, "DA") == 0 || strcmp(tag, "Y1") == 0 || strcmp(tag, "PY") == 0) &&
        article->published == DAY_UNKNOWN)
        article->published = ris_day(arena, value);
}

annals_status ris_read(struct articles *articles, struct arena *arena, const char *bytes,
                       size_t length, annals_error *error)
{
    static const char no_end[] = "a reference without its end (ER)";
    struct article article = {.published = DAY_UNKNOWN};
    uint64_t number = 0, begun = 0;
    uint32_t before = articles->items.count;
    for (size_t at = 0; at < length;) {
        const char *line = bytes + at, *end = memchr(line, '\n', length - at);
        size_t size = end != NULL ? (size_t)(end - line) : length - at;
        at += size + 1;
        number++;
        while (size > 0 && (unsigned char)line[size - 1] <= ' ')
            size--;
        if (size < 5 || memcmp(line + 2, "  -", 3) != 0)
            continue;
        char tag[3] = {line[0], line[1], '\0'};
        const char *value =
            arena_copy(arena, line + (size > 6 ? 6 : size), size > 6 ? size - 6 : 0);
        if (strcmp(tag, "TY") == 0) {
            if (begun > 0)
                articles_add_trouble(articles, begun, no_end);
            article = (struct article){.published = DAY_UNKNOWN};
            begun = number;
        } else if (strcmp(tag, "ER") == 0) {
            struct article *added = begun > 0 ? articles_add(articles) : NULL;
            if (added != NULL) {
                *added = article;
                added->line = begun;
            }
            begun = 0;
        } else if (value != NULL && value[0] != '\0') {
            take_tag(&article, arena, tag, value);
        }
    }
    if (begun > 0)
        articles_add_trouble(articles, begun, no_end);
    return articles->items.count > before ? ANNALS_OK
                                          : error_set(error, ANNALS_EMPTY, "no reference");
}

/* ------------------------------------------------------------------ CSL-JSON */

bool csl_is(const char *bytes, size_t length, const char *name)
{
    size_t at = 0, limit = length < 8192 ? length : 8192;
    size_t letters = name != NULL ? strlen(name) : 0;
    while (at < length && (unsigned char)bytes[at] <= ' ')
        at++;
    if (at >= length || bytes[at] != '[' || letters < 5 ||
        strcasecmp(name + letters - 5, ".json") != 0)
        return false;
    bool found = false;
    for (size_t i = at; i + 8 < limit; i++) {
        if (memcmp(bytes + i, "\"text\"", 6) == 0) /* a list of reports */
            return false;
        found = found || memcmp(bytes + i, "\"issued\"", 8) == 0 ||
                memcmp(bytes + i, "\"type\"", 6) == 0;
    }
    return found;
}

static const char *string_of(struct arena *arena, const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text != NULL && text[0] != '\0' ? arena_copy_string(arena, text) : NULL;
}

static int32_t issued(const json_t *object)
{
    const json_t *parts =
        json_array_get(json_object_get(json_object_get(object, "issued"), "date-parts"), 0);
    int numbers[3] = {0, 0, 0};
    for (size_t i = 0; i < 3; i++) {
        const json_t *part = json_array_get(parts, i);
        numbers[i] = json_is_integer(part)  ? (int)json_integer_value(part)
                     : json_is_string(part) ? atoi(json_string_value(part))
                                            : 0;
    }
    return numbers[1] > 0 && numbers[2] > 0 &&
                   calendar_is_valid(numbers[0], (uint32_t)numbers[1], (uint32_t)numbers[2])
               ? calendar_day(numbers[0], (uint32_t)numbers[1], (uint32_t)numbers[2])
               : DAY_UNKNOWN;
}

static const char *author_of(struct arena *arena, const json_t *object)
{
    const json_t *first = json_array_get(json_object_get(object, "author"), 0);
    const char *literal = string_of(arena, first, "literal");
    const char *given = string_of(arena, first, "given"),
               *family = string_of(arena, first, "family");
    return literal != NULL                   ? literal
           : given != NULL && family != NULL ? arena_print(arena, "%s %s", given, family)
                                             : family;
}

annals_status csl_read(struct articles *articles, struct arena *arena, const char *bytes,
                       size_t length, annals_error *error)
{
    json_error_t trouble;
    json_t *list = json_loadb(bytes, length, 0, &trouble);
    uint32_t before = articles->items.count;
    if (list == NULL) {
        error_set(error, ANNALS_MALFORMED, "not well-formed JSON: %.160s", trouble.text);
        return error_at(error, NULL, (uint64_t)trouble.line, (uint64_t)trouble.column,
                        trouble.position);
    }
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *object = json_array_get(list, i);
        struct article *article = json_is_object(object) ? articles_add(articles) : NULL;
        if (article == NULL)
            continue;
        article->id = string_of(arena, object, "id");
        article->title = string_of(arena, object, "title");
        article->source = string_of(arena, object, "container-title");
        if (article->source == NULL)
            article->source = string_of(arena, object, "publisher");
        article->url = string_of(arena, object, "URL");
        article->language = string_of(arena, object, "language");
        article->text = string_of(arena, object, "abstract");
        article->file = string_of(arena, object, "file");
        article->author = author_of(arena, object);
        article->published = issued(object);
    }
    json_decref(list);
    if (arena->failed)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    return articles->items.count > before ? ANNALS_OK
                                          : error_set(error, ANNALS_EMPTY, "no reference");
}
