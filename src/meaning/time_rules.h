/* The rules of dictionaries/en/times.tsv and the words of dictionaries/en/time_words.tsv.
 *
 * A rule is a pattern over items (words, numbers, expressions found by an earlier level) and what an
 * expression of that form means: the values of the words it took, by the names of their classes, and
 * the constants of its `set` column. The head comment of times.tsv is the manual. */
#ifndef ANNALS_MEANING_TIME_RULES_H
#define ANNALS_MEANING_TIME_RULES_H

#include "meaning/numerals.h"
#include "meaning/time_values.h"

/* What an expression says before it is resolved. */
#define TIME_FIELD_TABLE(ROW)                                                                      \
    ROW(KIND, "kind") ROW(YEAR, "year") ROW(MONTH, "month") ROW(DAY, "day")                        \
    ROW(WEEKDAY, "weekday") ROW(SEASON, "season") ROW(QUARTER, "quarter") ROW(HALF, "half")        \
    ROW(PART, "part") ROW(HOUR, "hour") ROW(MINUTE, "minute") ROW(MERIDIEM, "meridiem")            \
    ROW(DECADE, "decade") ROW(CENTURY, "century") ROW(HOLIDAY, "holiday") ROW(UNIT, "unit")        \
    ROW(AMOUNT, "amount") ROW(OPERATOR, "operator") ROW(ANCHOR, "anchor") ROW(STAGE, "stage")      \
    ROW(CALENDAR, "calendar") ROW(REFERENCE, "reference") ROW(DETERMINER, "determiner")            \
    ROW(GRAIN, "grain") ROW(NTH, "nth")                  \
    ROW(BACKGROUND, "background")

enum time_field {
#define ROW(name, text) TIME_##name,
    TIME_FIELD_TABLE(ROW)
#undef ROW
    TIME_FIELD_COUNT
};

enum time_kind {
    KIND_CALENDAR,  /* names a place in the calendar, perhaps without its year */
    KIND_SHIFT,     /* so many units before or after something */
    KIND_DURATION,  /* how long */
    KIND_SET,       /* how often */
    KIND_REFERENCE, /* now, recently, soon */
    KIND_NONE,      /* no time at all: "22 years old" */
};

enum time_anchor_name { ANCHOR_REPORT, ANCHOR_STORY };

enum time_reference { REFERENCE_PRESENT, REFERENCE_PAST, REFERENCE_FUTURE };

enum time_part {
    PART_MORNING,
    PART_AFTERNOON,
    PART_EVENING,
    PART_NIGHT,
    PART_MIDDAY,
    PART_DAYTIME,
    PART_COUNT
};

enum time_stage { STAGE_START, STAGE_MIDDLE, STAGE_END, STAGE_BEFORE, STAGE_AFTER };

enum time_calendar { CALENDAR_GREGORIAN, CALENDAR_LUNAR, CALENDAR_SOLAR };

struct time_meaning {
    uint32_t given; /* bits of enum time_field */
    double values[TIME_FIELD_COUNT];
};

static inline bool time_has(const struct time_meaning *meaning, enum time_field field)
{
    return (meaning->given >> field & 1u) != 0;
}

static inline int32_t time_get(const struct time_meaning *meaning, enum time_field field)
{
    return time_has(meaning, field) ? (int32_t)meaning->values[field] : 0;
}

static inline void time_put(struct time_meaning *meaning, enum time_field field, double value)
{
    meaning->given |= 1u << field;
    meaning->values[field] = value;
}

enum { TIME_CLASS_WORDS = 5, TIME_CLASS_MAXIMUM = TIME_CLASS_WORDS * 64, TIME_ELEMENTS = 14 };

struct class_set {
    uint64_t bits[TIME_CLASS_WORDS];
};

/* Classes of items that have no words of their own: what figures can be. */
#define TIME_FIGURE_TABLE(ROW)                                                                     \
    ROW(NUMBER, "number") ROW(ORDINAL, "ordinal") ROW(YEAR, "year") ROW(DAYNUM, "daynum")          \
    ROW(TWO, "two") ROW(SHORTYEAR, "shortyear") ROW(DECADE, "decade") ROW(CLOCK, "clock")          \
    ROW(HOUR, "hour") ROW(SLASHDATE, "slashdate") ROW(ANYYEAR, "anyyear")                            \
    ROW(DOTCLOCK, "dotclock") ROW(MILITARY, "military") ROW(NOUN, "noun") ROW(ADJECTIVE, "adjective")

enum time_figure {
#define ROW(name, text) FIGURE_##name,
    TIME_FIGURE_TABLE(ROW)
#undef ROW
    FIGURE_COUNT
};

struct time_element {
    struct class_set classes;
    bool optional;
    enum { ELEMENT_TAKES, ELEMENT_NEEDS, ELEMENT_FORBIDS } use;
    int8_t field; /* where the value goes; -1 = by class */
};

struct time_rule {
    struct time_element elements[TIME_ELEMENTS];
    uint8_t first, end; /* elements that take; the rest is context */
    uint8_t count;
    uint16_t gives;
    uint32_t row;
    struct time_meaning constants;
};

enum { TIME_LEVELS = 3 };

struct time_rules {
    struct lexicon words;
    struct table word_table, rule_table;
    ARRAY(const char *) class_names;
    int8_t *class_fields; /* [TIME_CLASS_MAXIMUM] field that a class fills, or -1 */
    int hyphen; /* class of the hyphen, which is no word of the lexicon */
    ARRAY(struct time_rule) rules;
    /* Rules that may begin with an item of a class: rule indexes, -1 ends a list. */
    int16_t *starts[TIME_LEVELS][TIME_CLASS_MAXIMUM];
};

annals_status time_rules_open(struct time_rules *rules, const struct stage_setting *setting,
                              annals_error *error);

static inline bool class_set_has(const struct class_set *set, uint32_t index)
{
    return (set->bits[index / 64] >> (index % 64) & 1u) != 0;
}

static inline void class_set_add(struct class_set *set, uint32_t index)
{
    set->bits[index / 64] |= UINT64_C(1) << (index % 64);
}

#endif
