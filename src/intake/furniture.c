/* The dictionary of page furniture, compiled to word patterns.
 *
 * Method: patterns are looked up by the hash of their first word at each word of a paragraph that
 * is short enough for some rule; long paragraphs cost nothing. Leaves out: judging shape and
 * position (layout.c), languages other than English. */
#include "intake/furniture.h"

#include "bytes/hash.h"
#include "dictionary/table.h"

enum item_kind { ITEM_WORD, ITEM_NUMBER, ITEM_NAME, ITEM_ANY, ITEM_COLON };

struct item {
    enum item_kind kind;
    uint64_t hash;
};

enum match { MATCH_WHOLE, MATCH_START, MATCH_END, MATCH_WITHIN };

struct pattern {
    uint64_t first; /* hash of the first word; 0 where it is not a certain word */
    const struct item *items;
    uint32_t count, rule;
    enum match match;
};

struct furniture {
    ARRAY(struct furniture_rule) rules;
    ARRAY(struct pattern) patterns; /* sorted by `first`, then rule */
    uint32_t longest;               /* of all rules */
};

enum { ANY_LIMIT = 6 };

/* ------------------------------------------------------------------ reading */

static bool read_choice(const char *cell, const char *const *names, int *value)
{
    for (int i = 0; names[i] != NULL; i++)
        if (strcmp(cell, names[i]) == 0) {
            *value = i;
            return true;
        }
    return false;
}

static bool read_zones(const char *cell, uint8_t *zones)
{
    const char *item;
    size_t length;
    *zones = 0;
    while (table_next_item(&cell, &item, &length)) {
        if (length == 3 && memcmp(item, "any", 3) == 0)
            *zones |= ZONE_ANY;
        else if (length == 4 && memcmp(item, "head", 4) == 0)
            *zones |= ZONE_HEAD;
        else if (length == 4 && memcmp(item, "tail", 4) == 0)
            *zones |= ZONE_TAIL;
        else
            return false;
    }
    return *zones != 0;
}

static annals_status read_rule(struct furniture_rule *rule, enum match *match,
                               const struct table *table, uint32_t row, annals_error *error)
{
    static const char *const kinds[] = {"furniture", "caption", "byline", "date", NULL};
    static const enum block_kind values[] = {BLOCK_FURNITURE, BLOCK_CAPTION, BLOCK_BYLINE,
                                             BLOCK_DATE};
    static const char *const matches[] = {"whole", "start", "end", "within", NULL};
    static const char *const strengths[] = {"weak", "strong", NULL};
    static const char *const afters[] = {"", "list", "end", NULL};
    int kind, how, strong, after;
    if (!read_choice(table_cell(table, row, "kind"), kinds, &kind))
        return table_fail(table, row, error, "\"kind\" is not known");
    if (!read_zones(table_cell(table, row, "zone"), &rule->zones))
        return table_fail(table, row, error, "\"zone\" is not known");
    if (!read_choice(table_cell(table, row, "match"), matches, &how))
        return table_fail(table, row, error, "\"match\" is not known");
    if (!read_choice(table_cell(table, row, "strength"), strengths, &strong))
        return table_fail(table, row, error, "\"strength\" is not known");
    if (!read_choice(table_cell(table, row, "after"), afters, &after))
        return table_fail(table, row, error, "\"after\" is not known");
    rule->longest = (uint32_t)strtoul(table_cell(table, row, "longest"), NULL, 10);
    if (rule->longest == 0 || rule->longest > 200)
        return table_fail(table, row, error, "\"longest\" is not a number of words (1 to 200)");
    rule->id = table_cell(table, row, "id");
    rule->kind = values[kind];
    rule->strong = strong != 0;
    rule->after = (enum furniture_after)after;
    rule->within = how == MATCH_WITHIN;
    *match = (enum match)how;
    return ANNALS_OK;
}

static bool add_item(struct item *items, uint32_t *count, enum item_kind kind, uint64_t hash)
{
    if (*count >= 24)
        return false;
    items[(*count)++] = (struct item){kind, hash};
    return true;
}

/* Cuts one pattern into items; false where it is too long or begins with "*" or ":". */
static bool read_pattern(struct pattern *pattern, struct arena *arena, const char *text,
                         size_t length)
{
    struct item items[24];
    uint32_t count = 0;
    bool fits = true;
    for (size_t at = 0; at < length && fits;) {
        size_t end = at;
        while (end < length && text[end] != ' ')
            end++;
        if (end == at) {
            at++;
            continue;
        }
        static const char marks[] = "#@*:";
        const char *mark = end - at == 1 ? strchr(marks, text[at]) : NULL;
        struct words words;
        if (mark != NULL) {
            fits = add_item(items, &count, (enum item_kind)(ITEM_NUMBER + (mark - marks)), 0);
        } else {
            words_find(&words, arena, text + at, (uint32_t)(end - at));
            for (uint32_t i = 0; i < words.list.count && fits; i++)
                fits = add_item(items, &count, ITEM_WORD, words.list.items[i].hash);
        }
        at = end;
    }
    struct item *kept = count > 0 ? arena_new_array(arena, struct item, count) : NULL;
    if (!fits || kept == NULL || items[0].kind == ITEM_ANY || items[0].kind == ITEM_COLON)
        return false;
    memcpy(kept, items, count * sizeof items[0]);
    pattern->items = kept;
    pattern->count = count;
    pattern->first = kept[0].kind == ITEM_WORD ? kept[0].hash : 0;
    return true;
}

static int compare_patterns(const void *left, const void *right)
{
    const struct pattern *a = left, *b = right;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    if (a->rule != b->rule)
        return a->rule < b->rule ? -1 : 1;
    return a->items < b->items ? -1 : a->items > b->items;
}

static annals_status read_row(struct furniture *furniture, struct arena *arena,
                              const struct table *table, uint32_t row, annals_error *error)
{
    struct furniture_rule *rule = array_push(&furniture->rules);
    enum match match = MATCH_WHOLE;
    if (rule == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    annals_status status = read_rule(rule, &match, table, row, error);
    if (status != ANNALS_OK)
        return status;
    if (rule->longest > furniture->longest)
        furniture->longest = rule->longest;
    const char *at = table_cell(table, row, "patterns"), *text;
    size_t length;
    while (table_next_item(&at, &text, &length)) {
        struct pattern *pattern = array_push(&furniture->patterns);
        if (pattern == NULL)
            return error_set(error, ANNALS_NO_MEMORY, "out of memory");
        pattern->rule = furniture->rules.count - 1;
        pattern->match = match;
        if (!read_pattern(pattern, arena, text, length))
            return table_fail(table, row, error, "a pattern is empty, too long, or begins with *");
    }
    return ANNALS_OK;
}

annals_status furniture_open(struct furniture **opened, const struct stage_setting *setting,
                             annals_error *error)
{
    static const char *const columns[] = {"id",       "kind",  "zone",     "match",   "longest",
                                          "strength", "after", "patterns", "example", NULL};
    struct furniture *furniture = arena_new(setting->arena, struct furniture);
    const char *path = stage_path(setting, "dictionaries/en", "furniture.tsv");
    struct table table;
    if (furniture == NULL || path == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    array_init(&furniture->rules, setting->arena);
    array_init(&furniture->patterns, setting->arena);
    annals_status status = table_read_columns(&table, setting->arena, path, columns, error);
    for (uint32_t row = 0; status == ANNALS_OK && row < table.row_count; row++)
        status = read_row(furniture, setting->arena, &table, row, error);
    if (status != ANNALS_OK)
        return status;
    if (furniture->patterns.count > 0)
        qsort(furniture->patterns.items, furniture->patterns.count, sizeof(struct pattern),
              compare_patterns);
    *opened = furniture;
    return ANNALS_OK;
}

/* ------------------------------------------------------------------ finding */

struct stretch {
    const char *text;
    const struct word *words;
    uint32_t first, end;
};

/* True where a colon follows word `i`. */
static bool has_colon(const struct stretch *stretch, uint32_t i)
{
    const char *at = stretch->text + stretch->words[i].span.end;
    while (*at == ' ')
        at++;
    return *at == ':';
}

/* Matches items from word `at`; returns the word after the match, or NONE. */
static uint32_t match_items(const struct stretch *stretch, const struct item *items, uint32_t count,
                            uint32_t at)
{
    for (uint32_t i = 0; i < count; i++) {
        if (items[i].kind == ITEM_ANY) {
            for (uint32_t skip = 0; skip <= ANY_LIMIT && at + skip <= stretch->end; skip++) {
                uint32_t end = match_items(stretch, items + i + 1, count - i - 1, at + skip);
                if (end != NONE)
                    return end;
            }
            return NONE;
        }
        if (items[i].kind == ITEM_COLON) {
            if (!has_colon(stretch, at - 1))
                return NONE;
            continue;
        }
        if (at >= stretch->end)
            return NONE;
        const struct word *word = &stretch->words[at++];
        bool fits = items[i].kind == ITEM_NUMBER ? (word->flags & SHAPE_NUMBER) != 0
                    : items[i].kind == ITEM_NAME ? (word->flags & SHAPE_CAPITALISED) != 0
                                                 : word->hash == items[i].hash;
        if (!fits)
            return NONE;
    }
    return at;
}

static bool pattern_fits(const struct pattern *pattern, const struct stretch *stretch, uint32_t at)
{
    bool at_start = at == stretch->first;
    if (!at_start && (pattern->match == MATCH_WHOLE || pattern->match == MATCH_START))
        return false;
    uint32_t end = match_items(stretch, pattern->items, pattern->count, at);
    if (end == NONE)
        return false;
    bool to_end = pattern->match == MATCH_WHOLE || pattern->match == MATCH_END;
    return !to_end || end == stretch->end;
}

/* First pattern whose first word has this hash. */
static uint32_t first_pattern(const struct furniture *furniture, uint64_t hash)
{
    uint32_t low = 0, high = furniture->patterns.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (furniture->patterns.items[middle].first < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The lowest rule below `best` among the patterns that begin with `hash` and fit at word `at`. */
static uint32_t best_rule(const struct furniture *furniture, const struct stretch *stretch,
                          uint64_t hash, uint32_t at, unsigned zones, bool prose, uint32_t best)
{
    uint32_t length = stretch->end - stretch->first;
    for (uint32_t i = first_pattern(furniture, hash);
         i < furniture->patterns.count && furniture->patterns.items[i].first == hash; i++) {
        const struct pattern *pattern = &furniture->patterns.items[i];
        const struct furniture_rule *rule = &furniture->rules.items[pattern->rule];
        if (pattern->rule >= best)
            break;
        if ((rule->zones & zones) != 0 && length <= rule->longest && (rule->strong || !prose) &&
            pattern_fits(pattern, stretch, at))
            best = pattern->rule;
    }
    return best;
}

const struct furniture_rule *furniture_find(const struct furniture *furniture, const char *text,
                                            const struct words *words, uint32_t first, uint32_t end,
                                            unsigned zones, bool prose)
{
    if (end - first > furniture->longest || first >= end)
        return NULL;
    struct stretch stretch = {text, words->list.items, first, end};
    uint32_t best = furniture->rules.count;
    for (uint32_t at = first; at < end; at++) {
        const struct word *word = &words->list.items[at];
        best = best_rule(furniture, &stretch, word->hash, at, zones, prose, best);
        if ((word->flags & (SHAPE_NUMBER | SHAPE_CAPITALISED)) != 0)
            best = best_rule(furniture, &stretch, 0, at, zones, prose, best);
    }
    return best < furniture->rules.count ? &furniture->rules.items[best] : NULL;
}
