/* What a reviewer sends, strictly read: known members alone, each of its type and bounded; text without
 * control characters, but for the line feeds of a note.
 *
 * A reviewer decides on what he sees. With `after` he says up to which decision he has seen the log;
 * where somebody decided on the same claims or events since, nothing is kept. Decisions of another
 * process between that look and the writing are not seen: they are not lost either, for the log keeps
 * all, and of two on one slot the later one holds. */
#include "serve/review.h"

#include <jansson.h>
#include <string.h>
#include <time.h>

enum { AUTHOR_LONGEST = 100, TEXT_LONGEST = 4000, VALUE_LONGEST = 500, SLOT_LONGEST = 40 };

static annals_status refuse(annals_error *error, const char *what)
{
    return error_set(error, ANNALS_MALFORMED, "%s", what);
}

/* The member as a string, NULL where it is not there; `lines`: it may have several. */
static annals_status read_text(struct review *review, const json_t *object, const char *name,
                               size_t longest, bool lines, const char **text, annals_error *error)
{
    const json_t *member = json_object_get(object, name);
    *text = NULL;
    if (member == NULL || json_is_null(member))
        return ANNALS_OK;
    if (!json_is_string(member))
        return error_set(error, ANNALS_MALFORMED, "%s is a string", name);
    const char *value = json_string_value(member);
    if (strlen(value) > longest)
        return error_set(error, ANNALS_MALFORMED, "%s is longer than %zu bytes", name, longest);
    for (const char *at = value; *at != '\0'; at++)
        if (((unsigned char)*at < 0x20 && !(lines && *at == '\n')) || *at == 0x7f)
            return error_set(error, ANNALS_MALFORMED, "%s has control characters", name);
    *text = arena_copy_string(&review->arena, value);
    return *text != NULL ? ANNALS_OK : error_set(error, ANNALS_NO_MEMORY, "out of memory");
}

static annals_status check_members(json_t *object, const char *const *names, annals_error *error)
{
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
    {
        const char *const *name = names;
        while (*name != NULL && strcmp(*name, key) != 0)
            name++;
        if (*name == NULL)
            return error_set(error, ANNALS_MALFORMED, "there is no member \"%.40s\" here", key);
    }
    return ANNALS_OK;
}

static annals_status read_ids(struct review *review, const json_t *list, annals_decision *decision,
                              annals_error *error)
{
    size_t count = json_array_size(list);
    if (!json_is_array(list) || count == 0 || count > REVIEW_IDS)
        return error_set(error, ANNALS_MALFORMED, "ids is a list of 1 to %d ids", REVIEW_IDS);
    const char **ids = arena_new_array(&review->arena, const char *, count);
    if (ids == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < count; i++) {
        const char *id = json_string_value(json_array_get(list, i));
        /* Whole ids: the beginning of one may mean another thing tomorrow. */
        bool whole = id != NULL && (id[0] == 'd' ? strlen(id) < RECORD_ID_SIZE
                                                 : strlen(id) == RECORD_ID_SIZE - 2);
        if (!whole)
            return refuse(error, "an id is a string: a letter and 13 digits, or d and a number");
        ids[i] = arena_copy_string(&review->arena, id);
        if (ids[i] == NULL)
            return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    }
    decision->ids = ids;
    decision->id_count = count;
    return ANNALS_OK;
}

static annals_status read_decision(struct review *review, json_t *object, const char *author,
                                   annals_error *error)
{
    static const char *const names[] = {"kind", "ids", "slot", "value", "reason", NULL};
    annals_decision *decision = &review->decisions[review->count++];
    *decision = (annals_decision){.author = author, .decided = review->decided};
    if (!json_is_object(object))
        return refuse(error, "a decision is an object");
    annals_status status = check_members(object, names, error);
    if (status == ANNALS_OK)
        status = read_text(review, object, "kind", SLOT_LONGEST, false, &decision->kind, error);
    if (status == ANNALS_OK)
        status = read_text(review, object, "slot", SLOT_LONGEST, false, &decision->slot, error);
    if (status == ANNALS_OK)
        status = read_text(review, object, "value", VALUE_LONGEST, false, &decision->value, error);
    if (status == ANNALS_OK)
        status = read_text(review, object, "reason", TEXT_LONGEST, true, &decision->reason, error);
    if (status == ANNALS_OK && decision->kind == NULL)
        return refuse(error, "a decision has a kind: accept, reject, amend, merge, split, note, undo");
    if (status == ANNALS_OK && strcmp(decision->kind, "note") == 0 &&
        (decision->reason == NULL || decision->reason[0] == '\0'))
        return refuse(error, "a note has a text: reason");
    /* What is not known is null here, and "unknown" where decisions are kept. */
    if (status == ANNALS_OK && decision->slot != NULL && decision->value == NULL)
        decision->value = "unknown";
    return status == ANNALS_OK
               ? read_ids(review, json_object_get(object, "ids"), decision, error)
               : status;
}

static annals_status read_all(struct review *review, json_t *root, annals_error *error)
{
    static const char *const names[] = {"author", "after", "decisions", NULL};
    const char *author;
    const json_t *after = json_object_get(root, "after");
    json_t *list = json_object_get(root, "decisions");
    if (!json_is_object(root))
        return refuse(error, "the body is an object with author and decisions");
    annals_status status = check_members(root, names, error);
    if (status == ANNALS_OK)
        status = read_text(review, root, "author", AUTHOR_LONGEST, false, &author, error);
    if (status != ANNALS_OK)
        return status;
    if (author == NULL || author[strspn(author, " ")] == '\0')
        return refuse(error, "who decides? author is missing");
    if (after != NULL && (!json_is_integer(after) || json_integer_value(after) < 0))
        return refuse(error, "after is the number of a decision");
    review->after = after != NULL ? (uint64_t)json_integer_value(after) : 0;
    size_t count = json_array_size(list);
    if (!json_is_array(list) || count == 0 || count > REVIEW_DECISIONS)
        return error_set(error, ANNALS_MALFORMED, "decisions is a list of 1 to %d decisions",
                         REVIEW_DECISIONS);
    for (size_t i = 0; status == ANNALS_OK && i < count; i++)
        status = read_decision(review, json_array_get(list, i), author, error);
    for (uint32_t i = 0; after != NULL && i < review->count; i++)
        review->decisions[i].seen = &review->after;
    return status;
}

annals_status review_read(struct review *review, const char *bytes, size_t length,
                          annals_error *error)
{
    json_error_t wrong;
    time_t now = time(NULL);
    struct tm parts;
    memset(review, 0, sizeof *review);
    arena_init(&review->arena);
    strftime(review->decided, sizeof review->decided, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &parts));
    json_t *root = length > REVIEW_LONGEST
                       ? NULL
                       : json_loadb(bytes != NULL ? bytes : "", length, JSON_REJECT_DUPLICATES, &wrong);
    if (length > REVIEW_LONGEST)
        return error_set(error, ANNALS_TOO_LARGE, "the body is longer than %d bytes",
                         REVIEW_LONGEST);
    if (root == NULL)
        return error_set(error, ANNALS_MALFORMED, "the body is no JSON: line %d, column %d: %s",
                         wrong.line, wrong.column, wrong.text);
    annals_status status = read_all(review, root, error);
    json_decref(root);
    return status;
}

void review_release(struct review *review)
{
    arena_release(&review->arena);
}
