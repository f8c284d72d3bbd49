/* Which posts an actor held or holds; of a group or state, who held its posts.
 *
 * They come from two places, and each row says from which: the dictionary (world/leaders.tsv, its
 * days good to the day, month or year), and what reports tell: claims that somebody was appointed,
 * resigned or was removed, found by the rows of en/events.tsv that code these. A claim gives the
 * day of its change and, where its words say so, the post (post_words.c); whose post it is the
 * claims do not code. As known on a day, a row of the dictionary has only what surely lay before
 * it. Left out: what follows from what (who was appointed is not taken to have stayed). */
#include "bytes/utf8.h"
#include "record/survey.h"
#include "render/dates.h"
#include "render/line.h"
#include "render/post_words.h"
#include "render/views.h"

#include <string.h>

enum { CLAIMS_MOST = 500 };

/* What a row of en/events.tsv tells of a post. */
static const struct kind_of_change {
    const char *rule;    /* the row, or the beginning of its id up to a dot */
    const char *trigger; /* the trigger begins so; NULL: any */
    const char *what;    /* NULL: nothing of a post */
    bool agent;          /* whoever acts leaves; else of whom it is done */
    enum post_change change;
} changes[] = {
    {"appoint", "nominat", NULL, false, POST_APPOINTED},
    {"appoint", "elect", "elected", false, POST_APPOINTED},
    {"appoint", NULL, "appointed", false, POST_APPOINTED},
    {"resign", NULL, "resigned", true, POST_LEFT},
    {"resignation", NULL, "resigned", true, POST_LEFT},
    {"dismissal", "impeach", NULL, false, POST_LEFT},
    {"dismissal", NULL, "removed", false, POST_LEFT},
    {"purge.official", NULL, "removed", false, POST_LEFT},
};

struct posts {
    const annals_query *query;
    struct arena arena;
    struct json_rows rows;
    struct buffer text;
    ARRAY(const char *) entries; /* of the dictionary, that the name stands for */
    bool person;                 /* it may be one */
    struct table leaders, roles, states, groups, organisations;
    const char *folded; /* the name */
};

/* ------------------------------------------------------------------ who is asked about */

static annals_status begin_entries(void *context, const char *const *names, uint32_t count)
{
    (void)context;
    (void)names;
    (void)count;
    return ANNALS_OK;
}

/* Columns: entry, kind. */
static annals_status add_entry(void *context, const struct record_cell *cells, uint32_t count)
{
    struct posts *posts = context;
    if (count < 2)
        return ANNALS_OK;
    posts->person =
        posts->person || (cells[1].kind == CELL_TEXT && strcmp(cells[1].text, "person") == 0);
    const char **entry =
        cells[0].kind == CELL_TEXT ? (const char **)array_push(&posts->entries) : NULL;
    if (entry != NULL)
        *entry = arena_copy_string(&posts->arena, cells[0].text);
    return ANNALS_OK;
}

static bool is_asked(const struct posts *posts, const char *entry)
{
    for (uint32_t i = 0; entry != NULL && i < posts->entries.count; i++)
        if (strcmp(posts->entries.items[i], entry) == 0)
            return true;
    return false;
}

static const char *fold(struct arena *arena, const char *text)
{
    size_t length = strlen(text);
    char *folded = arena_allocate(arena, length * 3 + 1);
    if (folded == NULL)
        return "";
    folded[utf8_fold(text, length, folded)] = '\0';
    return folded;
}

static annals_status read_tables(struct posts *posts, annals_error *error)
{
    static const char *const names[] = {"id", "name", NULL};
    static const char *const leaders[] = {"person", "name", "post", "organisation",
                                          "from",   "to",   NULL};
    static const char *const roles[] = {"singular", "plural", "post", NULL};
    const struct {
        const char *file;
        struct table *table;
        const char *const *columns;
    } files[] = {{"world/leaders.tsv", &posts->leaders, leaders},
                 {"en/roles.tsv", &posts->roles, roles},
                 {"world/states.tsv", &posts->states, names},
                 {"world/groups.tsv", &posts->groups, names},
                 {"world/organisations.tsv", &posts->organisations, names}};
    annals_status status = ANNALS_OK;
    for (size_t i = 0; status == ANNALS_OK && i < sizeof files / sizeof files[0]; i++) {
        const char *path =
            arena_print(&posts->arena, "%s/dictionaries/%s", posts->query->data, files[i].file);
        status = path == NULL ? error_set(error, ANNALS_NO_MEMORY, "out of memory")
                              : table_read_columns(files[i].table, &posts->arena, path,
                                                   files[i].columns, error);
    }
    return status;
}

/* ------------------------------------------------------------------ rows */

static void put(struct posts *posts, const char *key, const char *value)
{
    json_key(&posts->rows.json, key);
    json_string(&posts->rows.json, value != NULL && value[0] != '\0' ? value : NULL);
}

/* "defence minister" of "defence-minister". */
static const char *post_name(struct posts *posts, const char *post)
{
    char *name = post != NULL ? arena_copy_string(&posts->arena, post) : NULL;
    for (char *at = name; at != NULL && *at != '\0'; at++)
        *at = *at == '-' ? ' ' : *at;
    return name;
}

static const char *organisation_name(const struct posts *posts, const char *id)
{
    const struct table *const tables[] = {&posts->states, &posts->groups, &posts->organisations};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        for (uint32_t row = 0; row < tables[i]->row_count; row++)
            if (strcmp(table_cell(tables[i], row, "id"), id) == 0)
                return table_cell(tables[i], row, "name");
    return NULL;
}

/* Surely on that day or before it: of "2001" the last day counts. */
static bool is_by(const char *day, const char *as_of)
{
    size_t length = strlen(day);
    int order = strncmp(day, as_of, length);
    return length > 0 && (order < 0 || (order == 0 && length == strlen(as_of)));
}

static void put_row(struct posts *posts, uint32_t row)
{
    const struct table *leaders = &posts->leaders;
    const char *from = table_cell(leaders, row, "from"), *to = table_cell(leaders, row, "to");
    const char *as_of = posts->query->as_of;
    if (as_of != NULL && !is_by(from, as_of) && !is_by(to, as_of))
        return;
    json_rows_next(&posts->rows);
    json_begin(&posts->rows.json, '{');
    put(posts, "what", "held");
    put(posts, "holder", table_cell(leaders, row, "name"));
    put(posts, "post", post_name(posts, table_cell(leaders, row, "post")));
    put(posts, "of", organisation_name(posts, table_cell(leaders, row, "organisation")));
    put(posts, "from", from);
    put(posts, "to", as_of == NULL || is_by(to, as_of) ? to : NULL);
    put(posts, "basis", "dictionary");
    static const char *const none[] = {"when",  "status", "claim",     "event", "report",
                                       "title", "source", "published", "line"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        put(posts, none[i], NULL);
    json_end(&posts->rows.json, '}');
}

/* By the first day, else the last; those without days come last, as in the file. */
static const char *day_of(const struct table *leaders, uint32_t row)
{
    const char *from = table_cell(leaders, row, "from"), *to = table_cell(leaders, row, "to");
    return *from != '\0' ? from : *to != '\0' ? to : "9";
}

static void put_dictionary(struct posts *posts)
{
    const struct table *leaders = &posts->leaders;
    ARRAY(uint32_t) rows;
    array_init(&rows, &posts->arena);
    for (uint32_t i = 0; i < leaders->row_count; i++) {
        uint32_t *row = is_asked(posts, table_cell(leaders, i, "person")) ||
                                is_asked(posts, table_cell(leaders, i, "organisation"))
                            ? array_push(&rows)
                            : NULL;
        if (row == NULL)
            continue;
        *row = i;
        for (uint32_t at = rows.count - 1; at > 0 && strcmp(day_of(leaders, rows.items[at - 1]),
                                                            day_of(leaders, rows.items[at])) > 0;
             at--) {
            uint32_t swapped = rows.items[at];
            rows.items[at] = rows.items[at - 1];
            rows.items[at - 1] = swapped;
        }
    }
    for (uint32_t i = 0; i < rows.count; i++)
        put_row(posts, rows.items[i]);
}

/* ------------------------------------------------------------------ claims */

static const struct kind_of_change *change_of(const struct record_claim *claim)
{
    const char *trigger = claim->sentence != NULL ? claim->sentence + claim->trigger.start : "";
    for (size_t i = 0; claim->rule != NULL && i < sizeof changes / sizeof changes[0]; i++) {
        const struct kind_of_change *change = &changes[i];
        size_t length = strlen(change->rule);
        if (strncmp(claim->rule, change->rule, length) == 0 &&
            (claim->rule[length] == '\0' || claim->rule[length] == '.') &&
            (change->trigger == NULL ||
             strncmp(trigger, change->trigger, strlen(change->trigger)) == 0))
            return change->what != NULL ? change : NULL;
    }
    return NULL;
}

static const char *find_post(const struct posts *posts, const struct record_claim *claim,
                             const struct record_actor *actor, enum post_change change)
{
    if (claim->sentence == NULL || span_is_empty(claim->trigger) || posts->roles.row_count == 0)
        return NULL;
    struct post_words words = {.sentence = claim->sentence,
                               .trigger = claim->sentence + claim->trigger.start,
                               .trigger_end = claim->sentence + claim->trigger.end};
    if (actor->words != NULL && actor->words[0] != '\0') {
        words.actor = strstr(words.trigger_end, actor->words);
        if (words.actor == NULL)
            words.actor = strstr(words.sentence, actor->words);
        words.actor_end = words.actor != NULL ? words.actor + strlen(actor->words) : NULL;
    }
    return post_words_find(&posts->roles, &words, change);
}

static void put_claim(struct posts *posts, const struct record_claim *claim,
                      const struct record_actor *actor, const struct kind_of_change *change)
{
    struct json_writer *json = &posts->rows.json;
    bool happened = strcmp(claim->status, "asserted") == 0 || strcmp(claim->status, "claimed") == 0;
    bool daily = happened && claim->first != NULL && claim->last != NULL &&
                 strcmp(claim->first, claim->last) == 0;
    bool left = change->change == POST_LEFT;
    json_rows_next(&posts->rows);
    json_begin(json, '{');
    put(posts, "what", change->what);
    put(posts, "holder", actor->name);
    put(posts, "post", post_name(posts, find_post(posts, claim, actor, change->change)));
    put(posts, "of", NULL);
    put(posts, "from", daily && !left ? claim->first : NULL);
    put(posts, "to", daily && left ? claim->first : NULL);
    put(posts, "basis", "report");
    buffer_clear(&posts->text);
    date_add_long(&posts->text, claim->first, claim->last, claim->precision);
    put(posts, "when", posts->text.length > 0 ? posts->text.bytes : NULL);
    put(posts, "status", claim->status);
    put(posts, "claim", claim->id);
    put(posts, "event", claim->event);
    put(posts, "report", claim->report);
    put(posts, "title", claim->title);
    put(posts, "source", line_source(claim));
    put(posts, "published", claim->published);
    buffer_clear(&posts->text);
    line_add(&posts->text, claim);
    put(posts, "line", posts->text.length > 0 ? posts->text.bytes : NULL);
    json_end(json, '}');
}

static annals_status visit_claim(void *context, const struct record_claim *claim)
{
    struct posts *posts = context;
    const struct kind_of_change *change = change_of(claim);
    if (change == NULL)
        return ANNALS_OK;
    const struct record_actor *actors = change->agent ? claim->agents.items : claim->patients.items;
    uint32_t count = change->agent ? claim->agents.count : claim->patients.count;
    for (uint32_t i = 0; i < count; i++) {
        const struct record_actor *actor = &actors[i];
        if (actor->kind == NULL || strcmp(actor->kind, "person") != 0 || actor->name == NULL)
            continue;
        if (is_asked(posts, actor->entry) ||
            (actor->entry == NULL && strcmp(fold(&posts->arena, actor->name), posts->folded) == 0))
            put_claim(posts, claim, actor, change);
    }
    return ANNALS_OK;
}

/* Claims are asked for by the CAMEO codes that those rows give. */
static annals_status put_claims(struct posts *posts, struct record *record, annals_error *error)
{
    static const char *const codes[] = {"050", "083", "175"};
    annals_status status = ANNALS_OK;
    for (size_t i = 0; status == ANNALS_OK && i < sizeof codes / sizeof codes[0]; i++) {
        const annals_query query = {.actor = posts->query->actor,
                                    .as_of = posts->query->as_of,
                                    .type = codes[i],
                                    .limit = CLAIMS_MOST};
        status = record_claims(record, &query, visit_claim, posts, error);
    }
    return status;
}

/* ------------------------------------------------------------------ the answer */

annals_status view_posts(struct record *record, const annals_query *query, struct output *output,
                         annals_error *error)
{
    struct posts posts = {.query = query};
    const struct record_table table = {begin_entries, add_entry, &posts};
    arena_init(&posts.arena);
    buffer_init(&posts.text);
    array_init(&posts.entries, &posts.arena);
    posts.folded = fold(&posts.arena, query->actor != NULL ? query->actor : "");
    json_rows_begin(&posts.rows, output, ANNALS_JSON);
    annals_status status = record_survey(record, SURVEY_ENTRIES, query, &table, error);
    if (status == ANNALS_OK && query->data != NULL)
        status = read_tables(&posts, error);
    if (status == ANNALS_OK)
        put_dictionary(&posts);
    if (status == ANNALS_OK && posts.person)
        status = put_claims(&posts, record, error);
    if (status == ANNALS_OK && posts.arena.failed)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    json_rows_end(&posts.rows);
    output->buffer.failed = output->buffer.failed || posts.text.failed;
    buffer_release(&posts.text);
    arena_release(&posts.arena);
    return status;
}
