/* What words and figures can be in a time expression, before any rule.
 * Method: a look-up of each atom in the words of time and of number, and the forms of figures (a
 * year, a day of the month, a clock's time). Words that are mostly something else ("may", "march",
 * "fall") must be capitals or nouns; where there are no tags, their neighbours decide. A bare figure
 * is a year only where nothing says that it counts something.
 * What is left out: years before 1000 and bare years after 2199. */
#include "meaning/time_matching.h"

#include <math.h>

static void add_reading(struct time_matcher *matcher, struct time_item *item, uint32_t word_class,
                        double value)
{
    struct time_reading *reading = array_push(&matcher->readings);
    if (reading == NULL)
        return;
    *reading = (struct time_reading){(uint16_t)word_class, value};
    item->reading_count++;
    class_set_add(&item->classes, word_class);
}

static bool is_one_of(const struct atom *atom, const char *const *words)
{
    for (; *words != NULL; words++)
        if (atom_is(atom, *words))
            return true;
    return false;
}

/* The tag of an atom; UPOS_NONE where there is none. */
static enum word_class upos_of(const struct time_matcher *matcher, uint32_t at)
{
    return matcher->document->tokens.items[matcher->atoms[at].token].upos;
}

/* ------------------------------------------------------------------ guards of words */

static bool stands_as_noun(const struct time_matcher *matcher, uint32_t at)
{
    static const char *const before[] = {"the",   "last", "this",  "next",  "that",     "in",
                                         "of",    "since", "by",   "until", "early",    "late",
                                         "mid",   "each", "every", "during", "previous", "past",
                                         "following", "coming", "from", "a", "-", NULL};
    switch (upos_of(matcher, at)) {
    case UPOS_NONE:
        return at > 0 && is_one_of(&matcher->atoms[at - 1], before);
    case UPOS_NOUN:
    case UPOS_PROPN:
    case UPOS_ADJ:
    case UPOS_NUM:
    case UPOS_X:
        return true;
    default:
        return false;
    }
}

/* Whether a token is part of a person's name of several words. */
static bool is_in_person(const struct document *document, uint32_t token)
{
    const struct name *name = document_name_around(document, token);
    return name != NULL && name->kind == NAME_PERSON &&
           name->tokens.end - name->tokens.first > 1;
}

/* "April Jones", "Mr. August", "Jan Kavan": by titles, the names found, and the tree. */
static bool is_part_of_name(const struct time_matcher *matcher, uint32_t at)
{
    const struct document *document = matcher->document;
    uint32_t index = matcher->atoms[at].token;
    const struct token *token = &document->tokens.items[index];
    if (atom_is(&matcher->atoms[at], "jan") || is_in_person(document, index))
        return true;
    for (uint32_t i = index + 1; i < document->tokens.count && i < index + 3; i++)
        if (document->tokens.items[i].head == index && document->tokens.items[i].relation == REL_FLAT)
            return true;
    return token->relation == REL_FLAT && token->head != NONE && token->head < index;
}

static bool stands_as_name(const struct time_matcher *matcher, uint32_t at)
{
    static const char *const titles[] = {"mr.", "mr", "mrs.", "mrs", "ms.", "ms", "dr.", "gen.",
                                         "sgt.", "col.", "captain", "general", "colonel", "major",
                                         "lieutenant", "sergeant", "president", NULL};
    static const char *const determiners[] = {"the", "a", "an", "'s", "its", "his", "their", ",", "(",
                                              "and", "or", NULL};
    if (!matcher->atoms[at].capitalised ||
        (at > 0 && is_one_of(&matcher->atoms[at - 1], titles)))
        return false;
    enum word_class upos = upos_of(matcher, at);
    const struct atom *after = at + 1 < matcher->atom_count ? &matcher->atoms[at + 1] : NULL;
    bool figures = after != NULL && after->digits;
    static const char *const before[] = {"in", "of", "since", "until", "by", "last", "next", "early",
                                         "late", "mid", "-", "during", "this", NULL};
    figures |= at > 0 && (matcher->atoms[at - 1].digits || is_one_of(&matcher->atoms[at - 1], before));
    if (!figures && is_part_of_name(matcher, at))
        return false;
    /* "April Jones was wounded", "spoke to June Park"; but "the April Supreme Court ruling". */
    if (!figures && after != NULL && after->capitalised &&
        (at == 0 || !is_one_of(&matcher->atoms[at - 1], determiners)))
        return false;
    if (upos != UPOS_NONE)
        return figures || upos == UPOS_PROPN || upos == UPOS_NOUN;
    return at > 0 || figures;
}

/* "The Winter Palace", "the Daily Planet": a capital that the sentence does not ask for, before
 * another. */
static bool stands_in_name(const struct time_matcher *matcher, uint32_t at)
{
    const struct atom *after = at + 1 < matcher->atom_count ? &matcher->atoms[at + 1] : NULL;
    return matcher->atoms[at].capitalised && at > 0 && after != NULL && after->capitalised;
}

static void add_words(struct time_matcher *matcher, uint32_t at, struct time_item *item)
{
    const struct lexicon *words = &matcher->rules->words;
    uint32_t handle = lexicon_find(words, matcher->atoms[at].hash);
    while (handle != PHRASE_NONE) {
        const struct lexicon_entry *entry = lexicon_entry(words, handle, &handle);
        if ((entry->guard == GUARD_CAPITAL && !stands_as_name(matcher, at)) ||
            (entry->guard == GUARD_LOWER && stands_in_name(matcher, at)) ||
            (entry->guard == GUARD_NOUN &&
             (!stands_as_noun(matcher, at) || stands_in_name(matcher, at))))
            continue;
        add_reading(matcher, item, entry->word_class, entry->value);
    }
}

/* ------------------------------------------------------------------ years */

/* A plural noun: by its tag, else by its form. */
static bool is_plural_noun(const struct time_matcher *matcher, uint32_t at)
{
    static const char *const irregular[] = {"people", "men",    "women", "children", "troops",
                                            "police", "metres", NULL};
    static const char *const function[] = {"as", "is", "was", "his", "its", "this", "has",
                                           "us", "'s", "does", "perhaps", NULL};
    if (at >= matcher->atom_count)
        return false;
    const struct atom *atom = &matcher->atoms[at];
    if (is_one_of(atom, irregular))
        return true;
    const struct token *token = &matcher->document->tokens.items[atom->token];
    if (token->upos != UPOS_NONE)
        return token->upos == UPOS_NOUN && (token->features & WORD_PLURAL) != 0;
    return !atom->capitalised && atom->length > 3 && atom->folded[atom->length - 1] == 's' &&
           atom->folded[atom->length - 2] != 's' && !is_one_of(atom, function);
}

/* By the tree, a numeral before a common noun: "2000 sheep". */
static bool is_counting(const struct time_matcher *matcher, uint32_t at)
{
    const struct token *tokens = matcher->document->tokens.items;
    uint32_t token = matcher->atoms[at].token;
    const struct token *number = &tokens[token];
    return number->relation == REL_NUMMOD && number->head == token + 1 &&
           tokens[number->head].upos == UPOS_NOUN;
}

/* "A 2017 attack on the port", not "a 2000 seat hall". */
static bool is_before_one_noun(const struct time_matcher *matcher, uint32_t at)
{
    static const char *const articles[] = {"a", "an", NULL};
    return at > 0 && is_one_of(&matcher->atoms[at - 1], articles) &&
           upos_of(matcher, at + 1) == UPOS_NOUN && !is_plural_noun(matcher, at + 1) &&
           (at + 2 >= matcher->atom_count || upos_of(matcher, at + 2) != UPOS_NOUN);
}

static bool may_be_year(const struct time_matcher *matcher, uint32_t at, double value)
{
    static const char *const time_before[] = {"in",    "since", "until", "by",     "from",  "before",
                                              "after", "during", "circa", "till",  "early", "late",
                                              "mid",   "year",   "of",    "between", "fiscal", NULL};
    static const char *const names[] = {"$",    "#",          "flight", "no",    "no.", "resolution",
                                        "room", "pounds",     "route",  "unit",  "page", "us$",
                                        "at",   "number",     "than",   "least", "only", NULL};
    static const char *const measures[] = {"percent", "%", "per", "million", "billion", "km",
                                           "hours", "gmt", "local", "hrs", "am", "pm", "feet",
                                           NULL};
    static const char *const owners[] = {"the", "its", "his", "their", "'s", "their", NULL};
    const struct atom *before = at > 0 ? &matcher->atoms[at - 1] : NULL;
    const struct atom *after = at + 1 < matcher->atom_count ? &matcher->atoms[at + 1] : NULL;
    if (value < 1000 || value > 2199 || (before != NULL && is_one_of(before, names)))
        return false;
    if (after != NULL && is_one_of(after, measures))
        return false;
    bool timely = before != NULL && is_one_of(before, time_before);
    if (value < 1700 || value > 2100)
        return timely && !is_plural_noun(matcher, at + 1);
    if (is_plural_noun(matcher, at + 1) ||
        (at + 2 < matcher->atom_count && after != NULL && !after->capitalised && !timely &&
         upos_of(matcher, at + 1) == UPOS_ADJ && is_plural_noun(matcher, at + 2)))
        return before != NULL && is_one_of(before, owners);
    if (before != NULL && before->capitalised && at > 1 && !before->digits)
        return lexicon_find(&matcher->rules->words, before->hash) != PHRASE_NONE;
    if (before != NULL && atom_is(before, "-") && !before->space_before && at >= 2)
        return (matcher->atoms[at - 2].digits && matcher->atoms[at - 2].length == 4) || timely ||
               atom_is(&matcher->atoms[at - 2], "mid");
    if (is_counting(matcher, at) && !(before != NULL && is_one_of(before, owners)) &&
        !is_before_one_noun(matcher, at))
        return false;
    return true;
}

/* ------------------------------------------------------------------ figures */

/* Digits of `atom` from `at` as a number; `*end` gets where they stop. */
static int32_t digits_from(const struct atom *atom, uint32_t at, uint32_t *end)
{
    int32_t value = 0;
    *end = at;
    while (*end < atom->length && *end < at + 6 && atom->folded[*end] >= '0' &&
           atom->folded[*end] <= '9')
        value = value * 10 + (atom->folded[(*end)++] - '0');
    return value;
}

/* "10:45", "22:30:15"; "10.45" needs a rule that sees what follows. */
static void read_clock(struct time_matcher *matcher, const struct atom *atom,
                       struct time_item *item)
{
    uint32_t end, last;
    int32_t hour = digits_from(atom, 0, &end);
    if (end == 0 || end > 2 || end >= atom->length ||
        (atom->folded[end] != ':' && atom->folded[end] != '.'))
        return;
    int32_t minute = digits_from(atom, end + 1, &last);
    if (last == end + 3 && (last == atom->length || atom->folded[last] == ':') && hour <= 24 &&
        minute < 60)
        add_reading(matcher, item, atom->folded[end] == ':' ? FIGURE_CLOCK : FIGURE_DOTCLOCK,
                    hour * 60 + minute);
}

/* Of the two readings of "03/08/2015" that which lies within some weeks before the report, where only
 * one does. */
static bool is_day_first(const struct time_matcher *matcher, int32_t year, int32_t first, int32_t second)
{
    enum { NEAR = 60 };
    int32_t published = matcher->document->report.published;
    if (published == DAY_UNKNOWN || first > 12 || second > 12 || first < 1 || second < 1)
        return first > 12;
    int32_t by_month = published - calendar_day(year, (uint32_t)first, (uint32_t)second);
    int32_t by_day = published - calendar_day(year, (uint32_t)second, (uint32_t)first);
    return by_day >= 0 && by_day <= NEAR && (by_month < 0 || by_month > NEAR);
}

/* "11/02/89": month first, as American reports have it, unless only day first can be or is near;
 * "3.8.2015": day first. */
static void read_slash_date(struct time_matcher *matcher, const struct atom *atom,
                            struct time_item *item)
{
    uint32_t end, second_end, third_end;
    int32_t first = digits_from(atom, 0, &end);
    if (end == 0 || end >= atom->length || (atom->folded[end] != '/' && atom->folded[end] != '.'))
        return;
    char mark = atom->folded[end];
    int32_t second = digits_from(atom, end + 1, &second_end);
    if (second_end == end + 1 || second_end >= atom->length || atom->folded[second_end] != mark)
        return;
    int32_t third = digits_from(atom, second_end + 1, &third_end);
    if (third_end != atom->length || third_end == second_end + 1 ||
        (mark == '.' && (third_end != second_end + 5 || end > 2 || second_end > end + 3)))
        return;
    int32_t year = third, month = first, day = second;
    if (year < 100)
        year += year < 50 ? 2000 : 1900;
    if (end == 4) {
        year = first;
        month = second;
        day = third;
    } else if (mark == '.' || is_day_first(matcher, year, first, second)) {
        month = second;
        day = first;
    }
    if (month < 1 || day < 1)
        return;
    if (calendar_is_valid(year, (uint32_t)month, (uint32_t)day))
        add_reading(matcher, item, FIGURE_SLASHDATE, calendar_day(year, (uint32_t)month, (uint32_t)day));
}

/* "1990s", "90s", "'90s", "'89". */
static void read_year_forms(struct time_matcher *matcher, const struct atom *atom,
                            struct time_item *item)
{
    uint32_t start = atom->length > 0 && atom->folded[0] == '\'' ? 1 : 0, end;
    int32_t value = digits_from(atom, start, &end);
    uint32_t digits = end - start;
    bool plural = end + 1 == atom->length && atom->folded[end] == 's';
    bool genitive = end + 2 == atom->length && atom->folded[end] == '\'' &&
                    atom->folded[end + 1] == 's';
    if ((plural || genitive) && value % 10 == 0 && (digits == 4 || digits == 2)) {
        if (digits == 2)
            value += value >= 20 ? 1900 : 2000;
        if (value >= 1000 && value < 2200)
            add_reading(matcher, item, FIGURE_DECADE, value);
    } else if (start == 1 && digits == 2 && end == atom->length) {
        add_reading(matcher, item, FIGURE_SHORTYEAR, value + (value < 40 ? 2000 : 1900));
    }
}

static void add_figures(struct time_matcher *matcher, uint32_t at, const struct numeral *numeral,
                        struct time_item *item)
{
    const struct atom *atom = &matcher->atoms[at];
    double value = numeral->value;
    bool whole = value == floor(value);
    add_reading(matcher, item, numeral->ordinal ? FIGURE_ORDINAL : FIGURE_NUMBER, value);
    if (whole && value >= 1 && value <= 31 &&
        (numeral->ordinal || (numeral->plain && atom->length <= 2)))
        add_reading(matcher, item, FIGURE_DAYNUM, value);
    if (numeral->plain && atom->length == 2)
        add_reading(matcher, item, FIGURE_TWO, value);
    if (numeral->plain && atom->length == 4 && value < 2400 && (int)value % 100 < 60) {
        int minutes = (int)value / 100 * 60 + (int)value % 100;
        add_reading(matcher, item, FIGURE_MILITARY, minutes);
    }
    if (!numeral->ordinal && whole && value >= 1 && value <= 24)
        add_reading(matcher, item, FIGURE_HOUR, value);
    bool year = numeral->year || (numeral->plain && atom->length == 4);
    bool millennium = !numeral->figures && value >= 2000 && value < 2030;
    if (year && value >= 1000 && value < 2200) {
        add_reading(matcher, item, FIGURE_ANYYEAR, value);
        if (numeral->year || may_be_year(matcher, at, value))
            add_reading(matcher, item, FIGURE_YEAR, value);
    } else if (millennium) {
        add_reading(matcher, item, FIGURE_ANYYEAR, value);
    }
}

void time_items(struct time_matcher *matcher)
{
    matcher->items.count = 0;
    matcher->readings.count = 0;
    for (uint32_t at = 0; at < matcher->atom_count;) {
        const struct atom *atom = &matcher->atoms[at];
        struct time_item item = {.first = at, .end = at + 1, .meaning = NONE,
                                 .readings = matcher->readings.count};
        struct numeral numeral;
        if (numeral_read(matcher->numbers, matcher->atoms, matcher->atom_count, at, &numeral)) {
            item.end = numeral.end;
            add_figures(matcher, at, &numeral, &item);
            if (numeral.figures && !numeral.plain)
                read_clock(matcher, atom, &item);
        } else if (atom->digits || atom->folded[0] == '\'') {
            read_clock(matcher, atom, &item);
            read_slash_date(matcher, atom, &item);
            read_year_forms(matcher, atom, &item);
        }
        if (item.end == at + 1)
            add_words(matcher, at, &item);
        if (upos_of(matcher, at) == UPOS_NOUN && !atom->digits)
            add_reading(matcher, &item, FIGURE_NOUN, 0);
        if (upos_of(matcher, at) == UPOS_ADJ)
            add_reading(matcher, &item, FIGURE_ADJECTIVE, 0);
        if (atom->length == 1 && atom->folded[0] == '-')
            add_reading(matcher, &item, (uint32_t)matcher->rules->hyphen, 0);
        struct time_item *added = array_push(&matcher->items);
        if (added == NULL)
            return;
        *added = item;
        at = item.end;
    }
}
