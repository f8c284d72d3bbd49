/* Finds the time expressions of a sentence by the rules.
 * Method: a cascade (Abney 1996). Each level walks the items from left to right and lets the rule
 * that takes most atoms replace them by one item, which the next level sees; the second level runs
 * until nothing changes, so that "9 a.m. EST" joins "Tuesday" and both join "Oct. 3".
 * What is left out: overlapping readings; the longest match of a level is final. */
#include "meaning/time_matching.h"

enum { JOINING_PASSES = 3 };

struct match {
    const struct time_matcher *matcher;
    const struct time_rule *rule;
    int32_t taken[TIME_ELEMENTS]; /* item of each element, -1 where it took none */
    int32_t best[TIME_ELEMENTS];
    uint32_t best_end; /* item after the last; 0 = no match */
};

void time_matcher_init(struct time_matcher *matcher, const struct time_rules *rules,
                       const struct numbers *numbers, const struct document *document,
                       struct arena *scratch)
{
    *matcher = (struct time_matcher){.rules = rules, .numbers = numbers, .document = document};
    array_init(&matcher->readings, scratch);
    array_init(&matcher->items, scratch);
    array_init(&matcher->next, scratch);
    array_init(&matcher->meanings, scratch);
}

static bool takes(const struct time_element *element, const struct time_item *item)
{
    for (uint32_t i = 0; i < TIME_CLASS_WORDS; i++)
        if ((element->classes.bits[i] & item->classes.bits[i]) != 0)
            return true;
    return false;
}

/* Whether the context elements [from, to) hold when the first of them stands at item `at`. */
static bool context_holds(const struct match *match, uint32_t from, uint32_t to, int64_t at)
{
    for (uint32_t i = from; i < to; i++, at++) {
        const struct time_element *element = &match->rule->elements[i];
        bool there = at >= 0 && at < (int64_t)match->matcher->items.count &&
                     takes(element, &match->matcher->items.items[at]);
        if (there != (element->use == ELEMENT_NEEDS))
            return false;
    }
    return true;
}

/* Tries the elements from `element` on at item `at`; keeps the longest way. */
static void try_from(struct match *match, uint32_t element, uint32_t at)
{
    const struct time_rule *rule = match->rule;
    if (element == rule->end) {
        if (at > match->best_end && context_holds(match, rule->end, rule->count, at)) {
            match->best_end = at;
            memcpy(match->best, match->taken, sizeof match->best);
        }
        return;
    }
    if (at < match->matcher->items.count &&
        takes(&rule->elements[element], &match->matcher->items.items[at])) {
        match->taken[element] = (int32_t)at;
        try_from(match, element + 1, at + 1);
    }
    if (rule->elements[element].optional) {
        match->taken[element] = -1;
        try_from(match, element + 1, at);
    }
}

static void take_readings(const struct time_matcher *matcher, const struct time_element *element,
                          const struct time_item *item, struct time_meaning *meaning)
{
    for (uint32_t i = 0; i < item->reading_count; i++) {
        const struct time_reading *reading = &matcher->readings.items[item->readings + i];
        if (!class_set_has(&element->classes, reading->word_class))
            continue;
        if (reading->word_class == FIGURE_CLOCK || reading->word_class == FIGURE_DOTCLOCK ||
            reading->word_class == FIGURE_MILITARY) {
            int32_t minutes = (int32_t)reading->value, hours = minutes / 60;
            time_put(meaning, TIME_HOUR, hours);
            time_put(meaning, TIME_MINUTE, minutes % 60);
        } else if (reading->word_class == FIGURE_SLASHDATE) {
            struct civil_date date = calendar_date((int32_t)reading->value);
            time_put(meaning, TIME_YEAR, date.year);
            time_put(meaning, TIME_MONTH, date.month);
            time_put(meaning, TIME_DAY, date.day);
        } else if (element->field >= 0) {
            time_put(meaning, (enum time_field)element->field, reading->value);
        } else if (matcher->rules->class_fields[reading->word_class] >= 0) {
            time_put(meaning, (enum time_field)matcher->rules->class_fields[reading->word_class],
                     reading->value);
        }
    }
}

/* Of two joined expressions, "yesterday" says more of the kind than "afternoon". */
static bool keeps_kind(const struct time_meaning *meaning, const struct time_meaning *part)
{
    int32_t kind = time_get(part, TIME_KIND);
    return time_has(meaning, TIME_KIND) &&
           (kind == KIND_NONE ||
            (kind == KIND_CALENDAR && time_get(meaning, TIME_KIND) == KIND_SHIFT));
}

static void merge(struct time_meaning *meaning, const struct time_meaning *part)
{
    for (uint32_t i = 0; i < TIME_FIELD_COUNT; i++)
        if (time_has(part, (enum time_field)i) && !(i == TIME_KIND && keeps_kind(meaning, part)))
            time_put(meaning, (enum time_field)i, part->values[i]);
}

/* The item that a match makes. */
static struct time_item build(struct time_matcher *matcher, const struct match *match)
{
    struct time_meaning meaning = {0};
    uint32_t first = UINT32_MAX, end = 0;
    for (uint32_t i = match->rule->first; i < match->rule->end; i++) {
        if (match->best[i] < 0)
            continue;
        const struct time_item *item = &matcher->items.items[match->best[i]];
        first = item->first < first ? item->first : first;
        end = item->end;
        if (item->meaning == NONE)
            take_readings(matcher, &match->rule->elements[i], item, &meaning);
        else
            merge(&meaning, &matcher->meanings.items[item->meaning]);
    }
    for (uint32_t i = 0; i < TIME_FIELD_COUNT; i++)
        if (time_has(&match->rule->constants, (enum time_field)i))
            time_put(&meaning, (enum time_field)i, match->rule->constants.values[i]);
    struct time_item item = {.first = first, .end = end, .meaning = NONE,
                             .rule = (uint32_t)(match->rule - matcher->rules->rules.items)};
    class_set_add(&item.classes, match->rule->gives);
    struct time_meaning *added = array_push(&matcher->meanings);
    if (added != NULL) {
        *added = meaning;
        item.meaning = matcher->meanings.count - 1;
    }
    return item;
}

/* Of two rules that take as much: the one that says more of what it takes or stands beside. */
static bool is_closer(const struct time_rule *rule, const struct time_rule *other)
{
    return rule->count != other->count ? rule->count > other->count : rule < other;
}

/* The longest match of a level's rules at an item; its rule is NULL where there is none. */
static struct match match_at(const struct time_matcher *matcher, uint32_t level, uint32_t at)
{
    struct match best = {.matcher = matcher};
    const struct time_item *item = &matcher->items.items[at];
    for (uint32_t word = 0; word < TIME_CLASS_WORDS; word++) {
        for (uint64_t bits = item->classes.bits[word]; bits != 0; bits &= bits - 1) {
            const int16_t *list =
                matcher->rules->starts[level][word * 64 + (uint32_t)__builtin_ctzll(bits)];
            for (; list != NULL && *list >= 0; list++) {
                struct match match = {.matcher = matcher,
                                      .rule = &matcher->rules->rules.items[*list]};
                if (match.rule->first > 0 &&
                    !context_holds(&match, 0, match.rule->first,
                                   (int64_t)at - match.rule->first))
                    continue;
                try_from(&match, match.rule->first, at);
                if (match.best_end > best.best_end ||
                    (match.best_end > 0 && match.best_end == best.best_end &&
                     is_closer(match.rule, best.rule)))
                    best = match;
            }
        }
    }
    return best;
}

/* One pass of a level; returns how many items it made. */
static uint32_t run_level(struct time_matcher *matcher, uint32_t level)
{
    uint32_t made = 0;
    matcher->next.count = 0;
    for (uint32_t at = 0; at < matcher->items.count;) {
        struct match match = match_at(matcher, level, at);
        struct time_item *added = array_push(&matcher->next);
        if (added == NULL)
            return 0;
        if (match.best_end > at) {
            *added = build(matcher, &match);
            at = match.best_end;
            made++;
        } else {
            *added = matcher->items.items[at++];
        }
    }
    if (made > 0) {
        struct time_item *items = matcher->items.items;
        uint32_t capacity = matcher->items.capacity;
        matcher->items.items = matcher->next.items;
        matcher->items.count = matcher->next.count;
        matcher->items.capacity = matcher->next.capacity;
        matcher->next.items = items;
        matcher->next.capacity = capacity;
    }
    return made;
}

uint32_t time_match(struct time_matcher *matcher, const struct atom *atoms, uint32_t count)
{
    matcher->atoms = atoms;
    matcher->atom_count = count;
    matcher->meanings.count = 0;
    time_items(matcher);
    if (run_level(matcher, 0) == 0)
        return 0;
    for (uint32_t pass = 0; pass < JOINING_PASSES && run_level(matcher, 1) > 0; pass++)
        ;
    run_level(matcher, 2);
    uint32_t found = 0;
    for (uint32_t i = 0; i < matcher->items.count; i++)
        found += matcher->items.items[i].meaning != NONE;
    return found;
}
