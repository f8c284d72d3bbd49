/* A request's path and parameters, strictly read: percent signs must be followed by two hexadecimal
 * digits, the result must be UTF-8 without control characters, a parameter is known and stands once.
 * Nothing is repaired, so that what is logged is what was asked. */
#include "serve/request.h"

#include "bytes/utf8.h"
#include "render/answers.h"

#include <string.h>

enum { LIMIT_USUAL = 200, LIMIT_MOST = 200000 };

static int hexadecimal(char digit)
{
    return digit >= '0' && digit <= '9'   ? digit - '0'
           : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10
           : digit >= 'A' && digit <= 'F' ? digit - 'A' + 10
                                          : -1;
}

/* NULL where the text is not well formed. In parameters a plus is a blank. */
static const char *decode(struct arena *arena, const char *text, size_t length, bool plus)
{
    char *decoded = arena_allocate(arena, length + 1);
    size_t used = 0;
    if (decoded == NULL)
        return NULL;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte == '%') {
            int high = i + 2 < length ? hexadecimal(text[i + 1]) : -1;
            int low = high >= 0 ? hexadecimal(text[i + 2]) : -1;
            if (low < 0)
                return NULL;
            byte = (unsigned char)(high * 16 + low);
            i += 2;
        } else if (byte == '+' && plus) {
            byte = ' ';
        }
        if (byte < 0x20 || byte == 0x7f)
            return NULL;
        decoded[used++] = (char)byte;
    }
    decoded[used] = '\0';
    return utf8_valid_length(decoded, used) == used ? decoded : NULL;
}

static annals_status read_parameter(struct request *request, const char *text, size_t length,
                                    annals_error *error)
{
    const char *equals = memchr(text, '=', length);
    size_t name_length = equals != NULL ? (size_t)(equals - text) : length;
    if (request->count == REQUEST_PARAMETERS)
        return error_set(error, ANNALS_WRONG_USE, "more than %d parameters", REQUEST_PARAMETERS);
    struct parameter *parameter = &request->parameters[request->count++];
    parameter->name = decode(&request->arena, text, name_length, true);
    parameter->value = equals == NULL
                           ? ""
                           : decode(&request->arena, equals + 1, length - name_length - 1, true);
    if (parameter->name == NULL || parameter->value == NULL)
        return error_set(error, ANNALS_WRONG_USE,
                         "a parameter is not percent-encoded UTF-8 without control characters");
    if (strlen(parameter->value) > PARAMETER_LONGEST)
        return error_set(error, ANNALS_WRONG_USE, "a parameter is longer than %d bytes",
                         PARAMETER_LONGEST);
    for (uint32_t i = 0; i + 1 < request->count; i++)
        if (strcmp(request->parameters[i].name, parameter->name) == 0)
            return error_set(error, ANNALS_WRONG_USE, "%.40s is given twice", parameter->name);
    return ANNALS_OK;
}

annals_status request_read(struct request *request, const char *raw, annals_error *error)
{
    *request = (struct request){.path = ""};
    arena_init(&request->arena);
    if (strlen(raw) > REQUEST_LONGEST)
        return error_set(error, ANNALS_TOO_LARGE, "the address is longer than %d bytes",
                         REQUEST_LONGEST);
    request->raw = arena_copy_string(&request->arena, raw);
    if (request->raw == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    size_t length = strcspn(raw, "?");
    request->path = decode(&request->arena, raw, length, false);
    if (request->path == NULL || request->path[0] != '/') {
        request->path = "";
        return error_set(error, ANNALS_WRONG_USE,
                         "the path is not percent-encoded UTF-8 without control characters");
    }
    annals_status status = ANNALS_OK;
    const char *at = raw[length] == '?' ? request->raw + length + 1 : "";
    while (*at != '\0' && status == ANNALS_OK) {
        size_t piece = strcspn(at, "&");
        if (piece > 0)
            status = read_parameter(request, at, piece, error);
        at += piece + (at[piece] == '&');
    }
    return status;
}

void request_release(struct request *request)
{
    arena_release(&request->arena);
}

const char *request_value(const struct request *request, const char *name)
{
    for (uint32_t i = 0; i < request->count; i++)
        if (strcmp(request->parameters[i].name, name) == 0)
            return request->parameters[i].value;
    return NULL;
}

/* ------------------------------------------------------------------ the query */

static bool read_number(const char *text, uint64_t most, uint64_t *number)
{
    *number = 0;
    if (*text == '\0' || strlen(text) > 9)
        return false;
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9')
            return false;
        *number = *number * 10 + (uint64_t)(*text - '0');
    }
    return *number <= most;
}

/* Where the value of a filter stands in the query; NULL where it is none. */
static const char **filter_of(annals_query *query, const char *name)
{
    const struct {
        const char *name;
        const char **value;
    } filters[] = {
        {"from", &query->from},     {"to", &query->to},         {"place", &query->place},
        {"actor", &query->actor},   {"type", &query->type},     {"status", &query->status},
        {"source", &query->source}, {"text", &query->text},     {"as_of", &query->as_of},
        {"speaker", &query->speaker}, {"report", &query->report},
    };
    for (size_t i = 0; i < sizeof filters / sizeof filters[0]; i++)
        if (strcmp(filters[i].name, name) == 0)
            return filters[i].value;
    return NULL;
}

static annals_status set_parameter(annals_query *query, unsigned takes,
                                   const struct parameter *parameter, annals_error *error)
{
    const char *name = parameter->name, *value = parameter->value;
    const char **filter = filter_of(query, name);
    bool text = (takes & TAKES_TEXT) != 0 && strcmp(name, "text") == 0;
    bool actor = (takes & TAKES_ACTOR) != 0 && strcmp(name, "actor") == 0;
    bool as_of = (takes & TAKES_AS_OF) != 0 && strcmp(name, "as_of") == 0;
    if (filter != NULL && ((takes & TAKES_FILTERS) != 0 || text || actor || as_of)) {
        *filter = value[0] != '\0' ? value : NULL;
        return ANNALS_OK;
    }
    if ((takes & TAKES_WHAT) != 0 && strcmp(name, "what") == 0) {
        query->what = value;
        return ANNALS_OK;
    }
    if ((takes & TAKES_DAY) != 0) {
        const char **day = strcmp(name, "on") == 0      ? &query->on
                           : strcmp(name, "as_of") == 0 ? &query->as_of
                           : strcmp(name, "place") == 0 ? &query->place
                                                        : NULL;
        if (day != NULL)
            *day = value[0] != '\0' ? value : NULL;
        bool history = strcmp(name, "history") == 0;
        if (history && strcmp(value, "yes") != 0 && strcmp(value, "no") != 0)
            return error_set(error, ANNALS_WRONG_USE, "history is yes or no");
        if (history)
            query->history = strcmp(value, "yes") == 0;
        if (day != NULL || history)
            return ANNALS_OK;
    }
    bool page = (takes & TAKES_PAGE) != 0;
    if (page && strcmp(name, "limit") == 0)
        return read_number(value, LIMIT_MOST, &query->limit) && query->limit > 0
                   ? ANNALS_OK
                   : error_set(error, ANNALS_WRONG_USE, "limit is a number from 1 to %d", LIMIT_MOST);
    if (page && strcmp(name, "offset") == 0)
        return read_number(value, 999999999, &query->offset)
                   ? ANNALS_OK
                   : error_set(error, ANNALS_WRONG_USE, "offset is a number");
    if ((takes & TAKES_FORMAT) != 0 && strcmp(name, "format") == 0) {
        query->layout = strcmp(value, "csv") == 0 ? ANNALS_CSV : ANNALS_JSON;
        return query->layout == ANNALS_CSV || strcmp(value, "json") == 0
                   ? ANNALS_OK
                   : error_set(error, ANNALS_WRONG_USE, "format is json or csv");
    }
    return error_set(error, ANNALS_WRONG_USE, "there is no parameter %.40s here", name);
}

annals_status request_query(const struct request *request, unsigned takes, annals_query *query,
                            annals_error *error)
{
    annals_status status = ANNALS_OK;
    query->layout = ANNALS_JSON;
    for (uint32_t i = 0; i < request->count && status == ANNALS_OK; i++)
        status = set_parameter(query, takes, &request->parameters[i], error);
    if (status == ANNALS_OK && (takes & TAKES_ACTOR) != 0 && query->actor == NULL)
        return error_set(error, ANNALS_WRONG_USE, "the parameter actor is missing");
    if (status == ANNALS_OK && (takes & TAKES_TEXT) != 0 && query->text == NULL)
        return error_set(error, ANNALS_WRONG_USE, "the parameter text is missing");
    if (status == ANNALS_OK && (takes & TAKES_WHAT) != 0 && query->what == NULL)
        return error_set(error, ANNALS_WRONG_USE, "the parameter what is missing: killed, wounded, ...");
    if (status == ANNALS_OK && query->limit == 0 && (takes & TAKES_PAGE) != 0)
        query->limit = query->layout == ANNALS_CSV || (takes & TAKES_MANY) != 0 ? LIMIT_MOST
                                                                                : LIMIT_USUAL;
    return status;
}
