/* Stage `times`: finds time expressions and resolves them in the order of the text.
 * Method: atoms of each sentence, the rules (time_matching.h), then resolution (time_resolve.h) with a
 * narrative time that moves along: each date that is named becomes what "the following day" counts
 * from.
 * What is left out: time expressions that span sentences. */
#include "meaning/times.h"

#include "document/stage.h"
#include "document/word_lists.h"
#include "meaning/time_matching.h"
#include "meaning/time_tense.h"

/* Sentences over which "a year earlier" is heard as a quarter's. */
enum { QUARTER_REACH = 3 };

struct times {
    struct time_rules rules;
    struct numbers numbers;
};

struct times_run {
    const struct times *times;
    struct document *document;
    struct time_matcher matcher;
    atom_array atoms;
    struct time_context context;
    uint32_t quarter_sentence;
};

static annals_status times_open(const struct stage_setting *setting, void **state,
                                annals_error *error)
{
    struct times *times = arena_new(setting->arena, struct times);
    if (times == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    annals_status status = numbers_open(&times->numbers, setting, error);
    if (status == ANNALS_OK)
        status = time_rules_open(&times->rules, setting, error);
    if (status == ANNALS_OK)
        *state = times;
    return status;
}

/* Takes in the "the" that belongs to an expression. "The third-quarter loss" keeps its own. */
static uint32_t first_atom(const struct times_run *run, const struct time_item *item,
                           const struct time_meaning *meaning)
{
    if (!time_has(meaning, TIME_DETERMINER) || item->first == 0 ||
        !atom_is(&run->atoms.items[item->first - 1], "the"))
        return item->first;
    if (time_has(meaning, TIME_QUARTER) && item->end >= item->first + 2 &&
        atom_is(&run->atoms.items[item->end - 2], "-"))
        return item->first;
    return item->first - 1;
}

/* "Since Friday" lasts until the report; "until Friday" ends there. */
static void apply_bound(const struct times_run *run, uint32_t first, struct time_result *result)
{
    if (first == 0 || result->from == DAY_UNKNOWN)
        return;
    const struct atom *before = &run->atoms.items[first - 1];
    if (atom_is(before, "since") && run->context.published != DAY_UNKNOWN &&
        run->context.published >= result->from)
        result->to = run->context.published;
}

/* The narrative's time and quarter move along. */
static void remember(struct times_run *run, uint32_t sentence, const struct time_meaning *meaning,
                     const struct time_result *result)
{
    /* Naming the attacks of 2001 tells no story of 2001. */
    bool background = time_has(meaning, TIME_BACKGROUND) ||
                      (time_get(meaning, TIME_MONTH) == 9 && time_get(meaning, TIME_DAY) == 11 &&
                       !time_has(meaning, TIME_YEAR));
    if (result->moment.first == DAY_UNKNOWN || result->moment.unit > UNIT_YEAR || background)
        return;
    bool year_before = time_has(meaning, TIME_UNIT) && time_get(meaning, TIME_UNIT) == UNIT_YEAR;
    if (result->moment.unit == UNIT_QUARTER && !year_before) {
        run->context.quarter = result->moment;
        run->quarter_sentence = sentence;
    }
    bool this_year = time_has(meaning, TIME_UNIT) && time_get(meaning, TIME_OPERATOR) == 0 &&
                     result->moment.unit == UNIT_YEAR;
    if (!this_year)
        run->context.story = result->moment;
    if (result->moment.unit == UNIT_DAY)
        run->context.day = result->moment;
}

static void add_mention(struct times_run *run, uint32_t first, uint32_t end,
                        const struct time_result *result)
{
    struct document *document = run->document;
    const struct atom *atoms = run->atoms.items;
    struct time_mention *mention = array_push(&document->times);
    if (mention == NULL)
        return;
    mention->span = (struct byte_span){atoms[first].span.start, atoms[end - 1].span.end};
    if (atoms[first].token != NONE)
        mention->tokens = (struct token_range){atoms[first].token, atoms[end - 1].token + 1};
    mention->type = result->type;
    if (result->value[0] != '\0')
        mention->value = arena_copy_string(document->arena, result->value);
    mention->from = result->from;
    mention->to = result->to;
    mention->precision = result->precision;
    mention->anchor = result->anchor;
}

/* "By Friday", "until May", "as early as Tuesday". */
static bool looks_forward(const struct times_run *run, uint32_t first)
{
    if (first == 0)
        return false;
    const struct atom *before = &run->atoms.items[first - 1];
    if (atom_is(before, "effective") || atom_is(before, "until") || atom_is(before, "till") || atom_is(before, "by"))
        return true;
    return first >= 3 && atom_is(before, "as") && atom_is(before - 2, "as") &&
           (atom_is(before - 1, "early") || atom_is(before - 1, "soon") ||
            atom_is(before - 1, "late"));
}

static enum time_tense tense_of(const struct times_run *run, const struct time_item *item,
                                uint32_t sentence)
{
    struct tense_reading reading =
        tense_at(run->document, sentence, run->atoms.items[item->first].token);
    if (looks_forward(run, item->first) && !reading.before)
        return TENSE_FUTURE;
    /* The present of a headline tells what is past, that of a text what is arranged. */
    if (reading.tense == TENSE_PRESENT)
        return reading.sudden || run->document->sentences.items[sentence].heading ? TENSE_PAST
                                                                                  : TENSE_PRESENT;
    return reading.tense;
}

/* "At 3 p.m. on Tuesday": the day of a time of day may follow it. */
static void take_day_after(struct times_run *run, uint32_t index, uint32_t sentence)
{
    const struct time_matcher *matcher = &run->matcher;
    const struct time_item *items = matcher->items.items;
    const struct time_meaning *meaning = &matcher->meanings.items[items[index].meaning];
    if (index + 2 >= matcher->items.count ||
        !(time_has(meaning, TIME_HOUR) || time_has(meaning, TIME_PART)) ||
        items[index + 1].meaning != NONE || items[index + 2].meaning == NONE ||
        !atom_is(&run->atoms.items[items[index + 1].first], "on"))
        return;
    struct time_result result;
    struct time_context context = run->context;
    context.tense = tense_of(run, &items[index + 2], sentence);
    if (time_resolve(&matcher->meanings.items[items[index + 2].meaning], &context, &result) &&
        result.moment.first != DAY_UNKNOWN && result.moment.unit == UNIT_DAY)
        run->context.day = result.moment;
}

/* "A year earlier, IN 2008", "two days later, ON 5 AUGUST 2014": what follows says which; the index of
 * that date, or NONE. */
static uint32_t said_again(const struct times_run *run, uint32_t index)
{
    const struct time_matcher *matcher = &run->matcher;
    const struct time_item *items = matcher->items.items;
    const struct time_meaning *meaning = &matcher->meanings.items[items[index].meaning];
    if (!time_has(meaning, TIME_KIND) || time_get(meaning, TIME_KIND) != KIND_SHIFT ||
        time_get(meaning, TIME_ANCHOR) != ANCHOR_STORY || index + 3 >= matcher->items.count ||
        items[index + 1].meaning != NONE || items[index + 2].meaning != NONE ||
        items[index + 3].meaning == NONE ||
        !atom_is(&run->atoms.items[items[index + 1].first], ","))
        return NONE;
    const struct atom *link = &run->atoms.items[items[index + 2].first];
    const struct time_meaning *again = &matcher->meanings.items[items[index + 3].meaning];
    return (atom_is(link, "in") || atom_is(link, "on")) && time_has(again, TIME_YEAR) &&
                   !time_has(again, TIME_HOUR)
               ? index + 3
               : NONE;
}

/* "The March 23 Movement": a day in the name of those who took it. */
static bool names_a_movement(const struct times_run *run, uint32_t first, uint32_t end)
{
    uint32_t begin = run->atoms.items[first].token, last = run->atoms.items[end - 1].token;
    const struct document *document = run->document;
    if (begin == NONE || last == NONE || begin == 0 || last + 1 >= document->tokens.count ||
        strcmp(document->tokens.items[begin - 1].folded, "the") != 0)
        return false;
    const struct token *name = &document->tokens.items[last + 1];
    char initial = document->text[name->span.start];
    return token_in(name, WORDS_BODIES_NAMED_BY_A_DAY) && initial >= 'A' && initial <= 'Z';
}

static void find_in_atoms(struct times_run *run, uint32_t sentence)
{
    struct time_matcher *matcher = &run->matcher;
    if (run->atoms.count == 0 || time_match(matcher, run->atoms.items, run->atoms.count) == 0)
        return;
    for (uint32_t i = 0; i < matcher->items.count; i++) {
        const struct time_item *item = &matcher->items.items[i];
        if (item->meaning == NONE)
            continue;
        const struct time_meaning *meaning = &matcher->meanings.items[item->meaning];
        run->context.tense = tense_of(run, item, sentence);
        run->context.quarter_near = run->context.quarter.first != DAY_UNKNOWN && sentence != NONE &&
                                    sentence - run->quarter_sentence <= QUARTER_REACH;
        struct time_result result;
        struct moment day_before = run->context.day;
        take_day_after(run, i, sentence);
        uint32_t again = said_again(run, i);
        bool is_time = time_resolve(again == NONE
                                        ? meaning
                                        : &matcher->meanings.items[matcher->items.items[again].meaning],
                                    &run->context, &result);
        run->context.day = day_before;
        if (!is_time)
            continue;
        uint32_t first = first_atom(run, item, meaning);
        if (names_a_movement(run, first, item->end))
            continue;
        apply_bound(run, first, &result);
        add_mention(run, first, item->end, &result);
        remember(run, sentence, meaning, &result);
    }
}

static annals_status times_run_stage(const void *state, struct document *document,
                                     struct arena *scratch, annals_error *error)
{
    struct times_run run = {.times = state, .document = document, .quarter_sentence = NONE};
    (void)error;
    run.context = (struct time_context){.published = document->report.published,
                                        .story = {UNIT_DAY, DAY_UNKNOWN},
                                        .day = {UNIT_DAY, DAY_UNKNOWN},
                                        .quarter = {UNIT_QUARTER, DAY_UNKNOWN}};
    time_matcher_init(&run.matcher, &run.times->rules, &run.times->numbers, document, scratch);
    array_init(&run.atoms, scratch);
    for (uint32_t sentence = 0; sentence < document->sentences.count; sentence++) {
        run.atoms.count = 0;
        atoms_of_sentence(document, sentence, scratch, &run.atoms);
        find_in_atoms(&run, sentence);
    }
    return ANNALS_OK;
}

const struct stage stage_times = {
    .name = "times",
    .summary = "finds dates, times, durations and sets, and resolves them",
    .needs = HAS_SENTENCES,
    .gives = HAS_TIMES,
    .open = times_open,
    .run = times_run_stage,
};
