/* What coding the reports again changed: events that are new, gone or told otherwise, and the sums
 * of their figures, before and after; as coded, without what people decided.
 *
 * An event before is the same as one after that has its id; else the first one after that holds one
 * of its claims and has no such match. Both codings are asked from the record by the version
 * (older.c), so the comparison can be had again as long as the older coding is kept. */
#include "render/sheet.h"
#include "render/views.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct told {
    const char *id, *first, *last, *place, *type;
    double killed, wounded;
    uint32_t claims;
    const char **claim_ids;
    uint32_t match; /* its number on the other side, or NO_MATCH */
};

#define NO_MATCH UINT32_MAX

struct claim_place {
    const char *id;
    uint32_t event;
};

struct side {
    struct changes *changes;
    ARRAY(struct told) events; /* in order of id */
    ARRAY(struct claim_place) claims;
};

struct changes {
    struct record *record;
    struct output *output;
    annals_layout layout;
    struct arena arena;
    struct record_recoding recoding;
    struct side before, after;
};

/* ------------------------------------------------------------------ gathering */

static const char *copy(struct changes *changes, const char *text)
{
    return text != NULL ? arena_copy_string(&changes->arena, text) : NULL;
}

static int by_text(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static bool is_recoded(const struct changes *changes, const struct record_event *event)
{
    for (uint32_t i = 0; i < event->claim_count; i++) {
        const char *report = event->claims[i].report;
        if (bsearch(&report, changes->recoding.reports.items, changes->recoding.reports.count,
                    sizeof report, by_text) != NULL)
            return true;
    }
    return false;
}

static annals_status gather(void *context, const struct record_event *event)
{
    struct side *side = context;
    struct changes *changes = side->changes;
    const struct record_claim *claim = &event->claims[0];
    if (changes->recoding.reports.count == 0 || !is_recoded(changes, event))
        return ANNALS_OK;
    struct told *told = array_push(&side->events);
    if (told == NULL)
        return ANNALS_NO_MEMORY;
    *told = (struct told){
        .id = copy(changes, event->id),
        .first = copy(changes, event->first),
        .last = copy(changes, event->last),
        .place = copy(changes, event->place.name != NULL ? event->place.name : claim->place.name),
        .killed = event->killed.best,
        .wounded = event->wounded.best,
        .claims = event->claim_count,
        .match = NO_MATCH};
    told->type = claim->mode != NULL
                     ? arena_print(&changes->arena, "%s %s", claim->plover, claim->mode)
                     : copy(changes, claim->plover);
    told->claim_ids = arena_new_array(&changes->arena, const char *, event->claim_count);
    for (uint32_t i = 0; told->claim_ids != NULL && i < event->claim_count; i++)
        told->claim_ids[i] = copy(changes, event->claims[i].id);
    return changes->arena.failed ? ANNALS_NO_MEMORY : ANNALS_OK;
}

static annals_status gather_coding(struct changes *changes, struct side *side, int64_t version,
                                   annals_error *error)
{
    struct record *other = NULL;
    annals_query all = {0};
    annals_status status =
        record_open(record_path(changes->record), ANNALS_READ_ONLY, 10000, &other, error);
    if (status == ANNALS_OK)
        status = record_use_coding(other, version, error);
    if (status == ANNALS_OK)
        status = record_events(other, &all, gather, side, error);
    record_close(other);
    return status;
}

static int by_id(const void *left, const void *right)
{
    return strcmp(((const struct told *)left)->id, ((const struct told *)right)->id);
}

static int by_claim(const void *left, const void *right)
{
    return strcmp(((const struct claim_place *)left)->id, ((const struct claim_place *)right)->id);
}

static void sort_side(struct side *side)
{
    if (side->events.count > 0)
        qsort(side->events.items, side->events.count, sizeof *side->events.items, by_id);
    for (uint32_t i = 0; i < side->events.count; i++)
        for (uint32_t j = 0; j < side->events.items[i].claims; j++) {
            struct claim_place *claim = array_push(&side->claims);
            if (claim != NULL)
                *claim = (struct claim_place){side->events.items[i].claim_ids[j], i};
        }
    if (side->claims.count > 0)
        qsort(side->claims.items, side->claims.count, sizeof *side->claims.items, by_claim);
}

static void match(struct changes *changes, uint32_t before, uint32_t after)
{
    changes->before.events.items[before].match = after;
    changes->after.events.items[after].match = before;
}

static void match_sides(struct changes *changes)
{
    struct side *before = &changes->before, *after = &changes->after;
    for (uint32_t i = 0, j = 0; i < before->events.count && j < after->events.count;) {
        int order = strcmp(before->events.items[i].id, after->events.items[j].id);
        if (order == 0)
            match(changes, i, j);
        i += order <= 0;
        j += order >= 0;
    }
    for (uint32_t i = 0; i < before->events.count; i++) {
        struct told *event = &before->events.items[i];
        for (uint32_t j = 0; event->match == NO_MATCH && j < event->claims; j++) {
            struct claim_place wanted = {event->claim_ids[j], 0};
            const struct claim_place *found =
                after->claims.count > 0 ? bsearch(&wanted, after->claims.items, after->claims.count,
                                                  sizeof wanted, by_claim)
                                        : NULL;
            if (found != NULL && after->events.items[found->event].match == NO_MATCH)
                match(changes, i, found->event);
        }
    }
}

/* ------------------------------------------------------------------ what differs */

static bool is_same(const char *left, const char *right)
{
    return left == NULL || right == NULL ? left == right : strcmp(left, right) == 0;
}

static bool is_same_number(double left, double right)
{
    return left == right || (isnan(left) && isnan(right));
}

static void add_value(struct buffer *text, const char *what, const char *before, const char *after)
{
    if (!is_same(before, after))
        buffer_print(text, "%s%s %s \xe2\x86\x92 %s", text->length > 0 ? "; " : "", what,
                     before != NULL ? before : "unknown", after != NULL ? after : "unknown");
}

static void add_number(struct buffer *text, const char *what, double before, double after)
{
    char left[32] = "unknown", right[32] = "unknown";
    if (!isnan(before))
        snprintf(left, sizeof left, "%.0f", before);
    if (!isnan(after))
        snprintf(right, sizeof right, "%.0f", after);
    if (!is_same_number(before, after))
        add_value(text, what, left, right);
}

static void add_differences(struct buffer *text, const struct told *before,
                            const struct told *after)
{
    add_value(text, "date", before->first, after->first);
    if (is_same(before->first, after->first))
        add_value(text, "until", before->last, after->last);
    add_value(text, "place", before->place, after->place);
    add_value(text, "type", before->type, after->type);
    add_number(text, "killed", before->killed, after->killed);
    add_number(text, "wounded", before->wounded, after->wounded);
    add_number(text, "claims", before->claims, after->claims);
}

/* One row of the list. */
struct change {
    const char *kind;         /* "added", "gone", "changed" */
    const struct told *event; /* as it is; where it is gone, as it was */
    const char *what;
};

static int by_day(const void *left, const void *right)
{
    const struct change *a = left, *b = right;
    const char *days[2] = {a->event->first != NULL ? a->event->first : "9",
                           b->event->first != NULL ? b->event->first : "9"};
    int order = strcmp(days[0], days[1]);
    order = order != 0 ? order : strcmp(a->event->id, b->event->id);
    return order != 0 ? order : strcmp(a->kind, b->kind);
}

struct change_list {
    ARRAY(struct change) items;
};

static void push(struct changes *changes, struct change_list *list, const char *kind,
                 const struct told *event, struct buffer *what)
{
    struct change *change = array_push(&list->items);
    if (change != NULL)
        *change =
            (struct change){kind, event, what->length > 0 ? copy(changes, what->bytes) : NULL};
    buffer_clear(what);
}

static void list_changes(struct changes *changes, struct change_list *list)
{
    struct buffer what;
    buffer_init(&what);
    array_init(&list->items, &changes->arena);
    for (uint32_t i = 0; i < changes->before.events.count; i++) {
        const struct told *before = &changes->before.events.items[i];
        const struct told *after =
            before->match == NO_MATCH ? NULL : &changes->after.events.items[before->match];
        if (after != NULL)
            add_differences(&what, before, after);
        if (after == NULL)
            push(changes, list, "gone", before, &what);
        else if (what.length > 0)
            push(changes, list, "changed", after, &what);
    }
    for (uint32_t i = 0; i < changes->after.events.count; i++)
        if (changes->after.events.items[i].match == NO_MATCH)
            push(changes, list, "added", &changes->after.events.items[i], &what);
    buffer_release(&what);
    if (list->items.count > 0)
        qsort(list->items.items, list->items.count, sizeof *list->items.items, by_day);
}

/* ------------------------------------------------------------------ sums */

/* Counts of one PLOVER type. */
struct sum {
    char type[32];
    uint32_t before, after, added, gone, changed;
};

struct sums {
    ARRAY(struct sum) items; /* in order of type */
};

static struct sum *find_sum(struct sums *sums, const struct told *event)
{
    char type[32];
    snprintf(type, sizeof type, "%s", event->type != NULL ? event->type : "unknown");
    type[strcspn(type, " ")] = '\0';
    for (uint32_t i = 0; i < sums->items.count; i++)
        if (strcmp(sums->items.items[i].type, type) == 0)
            return &sums->items.items[i];
    struct sum *sum = array_push(&sums->items);
    if (sum != NULL)
        snprintf(sum->type, sizeof sum->type, "%s", type);
    return sum;
}

static int by_type(const void *left, const void *right)
{
    return strcmp(((const struct sum *)left)->type, ((const struct sum *)right)->type);
}

static void add_up(struct changes *changes, const struct change_list *list, struct sums *sums)
{
    array_init(&sums->items, &changes->arena);
    for (uint32_t i = 0; i < changes->before.events.count; i++) {
        struct sum *sum = find_sum(sums, &changes->before.events.items[i]);
        if (sum != NULL)
            sum->before++;
    }
    for (uint32_t i = 0; i < changes->after.events.count; i++) {
        struct sum *sum = find_sum(sums, &changes->after.events.items[i]);
        if (sum != NULL)
            sum->after++;
    }
    for (uint32_t i = 0; i < list->items.count; i++) {
        const struct change *change = &list->items.items[i];
        struct sum *sum = find_sum(sums, change->event);
        if (sum == NULL)
            continue;
        sum->added += change->kind[0] == 'a';
        sum->gone += change->kind[0] == 'g';
        sum->changed += change->kind[0] == 'c';
    }
    if (sums->items.count > 0)
        qsort(sums->items.items, sums->items.count, sizeof *sums->items.items, by_type);
}

static double total_of(const struct side *side, bool wounded)
{
    double total = 0;
    for (uint32_t i = 0; i < side->events.count; i++) {
        double value = wounded ? side->events.items[i].wounded : side->events.items[i].killed;
        total += isnan(value) ? 0 : value;
    }
    return total;
}

/* ------------------------------------------------------------------ tables */

static void add(struct buffer *cell, const char *text)
{
    if (text != NULL)
        buffer_add_string(cell, text);
}

#define CELL(name, code)                                                                           \
    static void change_##name(struct buffer *cell, const void *row)                                \
    {                                                                                              \
        const struct change *change = row;                                                         \
        code;                                                                                      \
    }

CELL(kind, add(cell, change->kind))
CELL(event, add(cell, change->event->id))
CELL(date, add(cell, change->event->first))
CELL(place, add(cell, change->event->place))
CELL(type, add(cell, change->event->type))
CELL(what, add(cell, change->what))

static const struct column change_columns[] = {
    {"change", IN_TABLE | IN_FILE, change_kind},
    {"event", IN_TABLE | IN_FILE, change_event},
    {"date", IN_TABLE | IN_FILE, change_date},
    {"place", IN_TABLE | IN_FILE | YIELDS, change_place},
    {"type", IN_TABLE | IN_FILE | YIELDS, change_type},
    {"what", IN_TABLE | IN_FILE | YIELDS, change_what},
    {NULL, 0, NULL},
};

#define SUM_CELL(name)                                                                             \
    static void sum_##name(struct buffer *cell, const void *row)                                   \
    {                                                                                              \
        buffer_print(cell, "%u", ((const struct sum *)row)->name);                                 \
    }

SUM_CELL(before)
SUM_CELL(after)
SUM_CELL(added)
SUM_CELL(gone)
SUM_CELL(changed)

static void sum_type(struct buffer *cell, const void *row)
{
    buffer_add_string(cell, ((const struct sum *)row)->type);
}

static const struct column sum_columns[] = {
    {"events", IN_TABLE, sum_type},
    {"before", IN_TABLE | RIGHT, sum_before},
    {"after", IN_TABLE | RIGHT, sum_after},
    {"added", IN_TABLE | RIGHT, sum_added},
    {"gone", IN_TABLE | RIGHT, sum_gone},
    {"changed", IN_TABLE | RIGHT, sum_changed},
    {NULL, 0, NULL},
};

static void write_tables(struct changes *changes, const struct change_list *list,
                         const struct sums *sums)
{
    struct sheet sheet;
    struct buffer *out = &changes->output->buffer;
    if (changes->layout == ANNALS_TABLE) {
        sheet_begin(&sheet, changes->output, ANNALS_TABLE, sum_columns);
        for (uint32_t i = 0; i < sums->items.count; i++)
            sheet_row(&sheet, &sums->items.items[i]);
        sheet_end(&sheet);
        buffer_print(out, "\nkilled %.0f before, %.0f after; wounded %.0f before, %.0f after\n",
                     total_of(&changes->before, false), total_of(&changes->after, false),
                     total_of(&changes->before, true), total_of(&changes->after, true));
        if (list->items.count == 0) {
            buffer_add_string(out, "no event changed\n");
            return;
        }
        buffer_add_byte(out, '\n');
    }
    sheet_begin(&sheet, changes->output, changes->layout, change_columns);
    for (uint32_t i = 0; i < list->items.count; i++)
        sheet_row(&sheet, &list->items.items[i]);
    sheet_end(&sheet);
}

/* ------------------------------------------------------------------ JSON */

static void put_string(struct json_writer *json, const char *key, const char *value)
{
    json_key(json, key);
    json_string(json, value);
}

static void put_number(struct json_writer *json, const char *key, double value)
{
    json_key(json, key);
    json_number(json, value, 2);
}

static void put_told(struct json_writer *json, const char *key, const struct told *event)
{
    json_key(json, key);
    if (event == NULL) {
        json_null(json);
        return;
    }
    json_begin(json, '{');
    put_string(json, "event", event->id);
    put_string(json, "from", event->first);
    put_string(json, "to", event->last);
    put_string(json, "place", event->place);
    put_string(json, "type", event->type);
    put_number(json, "killed", event->killed);
    put_number(json, "wounded", event->wounded);
    put_number(json, "claims", event->claims);
    json_end(json, '}');
}

static void put_change(struct changes *changes, struct json_writer *json,
                       const struct change *change)
{
    const struct told *before = change->kind[0] == 'g' ? change->event : NULL;
    const struct told *after = change->kind[0] == 'g' ? NULL : change->event;
    if (change->kind[0] == 'c')
        before = &changes->before.events.items[after->match];
    json_begin(json, '{');
    put_string(json, "change", change->kind);
    put_told(json, "before", before);
    put_told(json, "after", after);
    json_end(json, '}');
}

static void put_figure(struct changes *changes, struct json_writer *json, const char *what,
                       bool wounded)
{
    json_key(json, what);
    json_begin(json, '{');
    put_number(json, "before", total_of(&changes->before, wounded));
    put_number(json, "after", total_of(&changes->after, wounded));
    json_end(json, '}');
}

static void write_json(struct changes *changes, const struct change_list *list,
                       const struct sums *sums)
{
    struct json_writer json = {.buffer = &changes->output->buffer};
    json_begin(&json, '{');
    put_number(&json, "reports", changes->recoding.reports.count);
    json_key(&json, "types");
    json_begin(&json, '[');
    for (uint32_t i = 0; i < sums->items.count; i++) {
        const struct sum *sum = &sums->items.items[i];
        json_begin(&json, '{');
        put_string(&json, "type", sum->type);
        put_number(&json, "before", sum->before);
        put_number(&json, "after", sum->after);
        put_number(&json, "added", sum->added);
        put_number(&json, "gone", sum->gone);
        put_number(&json, "changed", sum->changed);
        json_end(&json, '}');
    }
    json_end(&json, ']');
    put_figure(changes, &json, "killed", false);
    put_figure(changes, &json, "wounded", true);
    json_key(&json, "events");
    json_begin(&json, '[');
    for (uint32_t i = 0; i < list->items.count; i++)
        put_change(changes, &json, &list->items.items[i]);
    json_end(&json, ']');
    json_end(&json, '}');
    buffer_add_byte(&changes->output->buffer, '\n');
}

/* ------------------------------------------------------------------ the whole */

annals_status view_changes(struct record *record, const annals_query *query, struct output *output,
                           annals_error *error)
{
    struct changes changes = {.record = record, .output = output, .layout = query->layout};
    struct change_list list;
    struct sums sums;
    arena_init(&changes.arena);
    changes.before.changes = changes.after.changes = &changes;
    array_init(&changes.before.events, &changes.arena);
    array_init(&changes.before.claims, &changes.arena);
    array_init(&changes.after.events, &changes.arena);
    array_init(&changes.after.claims, &changes.arena);
    annals_status status = record_last_recoding(record, &changes.arena, &changes.recoding, error);
    bool any = changes.recoding.reports.count > 0;
    if (any)
        qsort(changes.recoding.reports.items, changes.recoding.reports.count, sizeof(const char *),
              by_text);
    if (status == ANNALS_OK && any)
        status = gather_coding(&changes, &changes.after, changes.recoding.version, error);
    for (uint32_t i = 0; status == ANNALS_OK && i < changes.recoding.older.count; i++)
        status = gather_coding(&changes, &changes.before, changes.recoding.older.items[i], error);
    if (status == ANNALS_OK) {
        sort_side(&changes.before);
        sort_side(&changes.after);
        match_sides(&changes);
        list_changes(&changes, &list);
        add_up(&changes, &list, &sums);
        if (changes.arena.failed)
            status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
        else if (query->layout == ANNALS_JSON || query->layout == ANNALS_JSONL)
            write_json(&changes, &list, &sums);
        else if (!any && query->layout == ANNALS_TABLE)
            buffer_add_string(&output->buffer, "nothing was coded again\n");
        else
            write_tables(&changes, &list, &sums);
    }
    arena_release(&changes.arena);
    return status;
}
