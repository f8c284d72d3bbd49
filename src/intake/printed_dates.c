/* Dates as pages print them.
 *
 * Method: a walk over words; the bytes between two words (a comma, a hyphen, blanks) decide whether
 * they belong to one date. Day-month order of dates in digits is left open here where both readings
 * exist; published.c decides it by evidence. Leaves out: months without a day, relative dates,
 * calendars other than the Gregorian, languages other than English. */
#include "intake/printed_dates.h"

#include "bytes/hash.h"

#include <string.h>

struct name {
    const char *name;
    uint8_t value;
};

static const struct name months[] = {
    {"jan", 1},  {"january", 1},  {"feb", 2},    {"february", 2},  {"mar", 3},  {"march", 3},
    {"apr", 4},  {"april", 4},    {"may", 5},    {"jun", 6},       {"june", 6}, {"jul", 7},
    {"july", 7}, {"aug", 8},      {"august", 8}, {"sep", 9},       {"sept", 9}, {"september", 9},
    {"oct", 10}, {"october", 10}, {"nov", 11},   {"november", 11}, {"dec", 12}, {"december", 12}};

static const struct name weekdays[] = {
    {"mon", 0},  {"monday", 0},    {"tue", 1}, {"tues", 1},     {"tuesday", 1}, {"wed", 2},
    {"weds", 2}, {"wednesday", 2}, {"thu", 3}, {"thur", 3},     {"thurs", 3},   {"thursday", 3},
    {"fri", 4},  {"friday", 4},    {"sat", 5}, {"saturday", 5}, {"sun", 6},     {"sunday", 6}};

static const struct name *find_name(const struct name *names, size_t count, uint64_t hash)
{
    for (size_t i = 0; i < count; i++)
        if (hash_bytes(names[i].name, strlen(names[i].name)) == hash)
            return &names[i];
    return NULL;
}

/* Names have at most nine letters: the length spares most words the comparison. */
static bool can_be_name(const struct word *word)
{
    uint32_t length = word->span.end - word->span.start;
    return (word->flags & SHAPE_NUMBER) == 0 && length >= 3 && length <= 9;
}

uint8_t printed_month(const struct word *word)
{
    const struct name *name =
        can_be_name(word) ? find_name(months, sizeof months / sizeof months[0], word->hash) : NULL;
    return name != NULL ? name->value : 0;
}

int8_t printed_weekday(const struct word *word)
{
    const struct name *name =
        can_be_name(word) ? find_name(weekdays, sizeof weekdays / sizeof weekdays[0], word->hash)
                          : NULL;
    return name != NULL ? (int8_t)name->value : -1;
}

struct walk {
    const char *text;
    const struct word *words;
    uint32_t first, end;
};

/* The gap between word `i` and the next: true where it is one of the bytes of `marks` (blanks
 * aside); an empty gap or blanks alone count where `marks` holds a blank. */
static bool gap_is(const struct walk *walk, uint32_t i, const char *marks)
{
    if (i + 1 >= walk->end)
        return false;
    const char *at = walk->text + walk->words[i].span.end;
    const char *end = walk->text + walk->words[i + 1].span.start;
    char mark = 0;
    for (; at < end; at++) {
        if (*at == ' ' || *at == '\t' || *at == (char)0xc2 || *at == (char)0xa0)
            continue;
        if (*at == '\n' || mark != 0)
            return false;
        mark = *at;
    }
    return strchr(marks, mark != 0 ? mark : ' ') != NULL;
}

static bool gap_is_exactly(const struct walk *walk, uint32_t i, char mark)
{
    return i + 1 < walk->end && walk->words[i + 1].span.start - walk->words[i].span.end == 1 &&
           walk->text[walk->words[i].span.end] == mark;
}

static bool is_number(const struct walk *walk, uint32_t i, uint32_t low, uint32_t high)
{
    const struct word *word = &walk->words[i];
    return i < walk->end && (word->flags & SHAPE_NUMBER) != 0 && word->digits <= 4 &&
           word->number >= low && word->number <= high;
}

static bool is_text(const struct walk *walk, uint32_t i, const char *text)
{
    return i < walk->end && walk->words[i].hash == hash_bytes(text, strlen(text));
}

static bool is_ordinal_ending(const struct walk *walk, uint32_t i)
{
    return i < walk->end && walk->words[i].span.start == walk->words[i - 1].span.end &&
           (is_text(walk, i, "st") || is_text(walk, i, "nd") || is_text(walk, i, "rd") ||
            is_text(walk, i, "th"));
}

/* Two-digit years: news reaches back to 1930, not forward of 2029. */
static int32_t full_year(uint32_t year, uint8_t digits)
{
    if (digits == 4)
        return year >= 1800 && year <= 2100 ? (int32_t)year : 0;
    return digits == 2 ? (int32_t)(year >= 30 ? 1900 + year : 2000 + year) : 0;
}

/* Reads a year at word `i` that a day and month stand before; moves `*i` on. "'01" and "01" too,
 * but not the hour of a clock ("May 8 15:48", "Nov 22 10 p.m."). */
static void read_year(const struct walk *walk, uint32_t *i, struct printed_date *date)
{
    if (*i >= walk->end || (walk->words[*i].flags & SHAPE_NUMBER) == 0 || *i == walk->first)
        return;
    const struct word *word = &walk->words[*i];
    char after = walk->text[word->span.end];
    bool apostrophe = walk->text[word->span.start - 1] == '\'';
    bool joined = gap_is(walk, *i - 1, apostrophe ? "'" : " ,.-/");
    bool clock = (after == ':' && word->digits <= 2) ||
                 (after == '.' && word->digits == 2 && walk->text[word->span.end + 1] >= '0' &&
                  walk->text[word->span.end + 1] <= '9');
    if (!joined || clock || (word->digits == 2 && gap_is(walk, *i - 1, ",") && !apostrophe))
        return;
    if (word->digits == 2 && !apostrophe &&
        (is_text(walk, *i + 1, "p") || is_text(walk, *i + 1, "a") || is_text(walk, *i + 1, "pm") ||
         is_text(walk, *i + 1, "am")))
        return;
    int32_t year = full_year(word->number, word->digits);
    if (year == 0)
        return;
    date->year = year;
    date->two_digit_year = word->digits == 2;
    date->span.end = word->span.end;
    ++*i;
}

/* 2021-08-11, 2021/08/11, 2021.08.11 */
static bool read_year_first(const struct walk *walk, uint32_t *i, struct printed_date *date)
{
    const struct word *word = &walk->words[*i];
    char mark = walk->text[word->span.end];
    if (word->digits != 4 || !is_number(walk, *i, 1800, 2100) ||
        (mark != '-' && mark != '/' && mark != '.') || !gap_is_exactly(walk, *i, mark) ||
        !gap_is_exactly(walk, *i + 1, mark) || !is_number(walk, *i + 1, 1, 12) ||
        !is_number(walk, *i + 2, 1, 31))
        return false;
    date->year = (int32_t)word->number;
    date->month = (uint8_t)word[1].number;
    date->day = (uint8_t)word[2].number;
    date->separator = mark;
    date->year_first = true;
    date->span = (struct byte_span){word[0].span.start, word[2].span.end};
    *i += 3;
    return true;
}

/* 11-08-2021, 22/11/01, 23.11.2001 */
static bool read_digits(const struct walk *walk, uint32_t *i, struct printed_date *date)
{
    const struct word *word = &walk->words[*i];
    char mark = walk->text[word->span.end];
    if (!is_number(walk, *i, 1, 31) || (mark != '-' && mark != '/' && mark != '.') ||
        !gap_is_exactly(walk, *i, mark) || !gap_is_exactly(walk, *i + 1, mark) ||
        !is_number(walk, *i + 1, 1, 31) || *i + 2 >= walk->end ||
        (word[2].flags & SHAPE_NUMBER) == 0 || (word[2].digits != 2 && word[2].digits != 4))
        return false;
    uint32_t first = word[0].number, second = word[1].number;
    date->year = full_year(word[2].number, word[2].digits);
    if (date->year == 0 || (first > 12 && second > 12))
        return false;
    date->two_digit_year = word[2].digits == 2;
    date->separator = mark;
    date->month_first = second > 12;
    date->ambiguous = first <= 12 && second <= 12 && first != second && mark != '.';
    date->day = (uint8_t)(date->month_first ? second : first);
    date->month = (uint8_t)(date->month_first ? first : second);
    date->span = (struct byte_span){word[0].span.start, word[2].span.end};
    *i += 3;
    return true;
}

/* 22 November 2001, 22nd of November, 27 MAY 90, 25-Nov-01 */
static bool read_day_month(const struct walk *walk, uint32_t *i, struct printed_date *date)
{
    if (!is_number(walk, *i, 1, 31) || walk->words[*i].digits > 2)
        return false;
    uint32_t at = *i + 1;
    if (is_ordinal_ending(walk, at))
        at++;
    if (is_text(walk, at, "of"))
        at++;
    if (at >= walk->end || !gap_is(walk, at - 1, " .-/"))
        return false;
    date->month = printed_month(&walk->words[at]);
    if (date->month == 0)
        return false;
    date->day = (uint8_t)walk->words[*i].number;
    date->span = (struct byte_span){walk->words[*i].span.start, walk->words[at].span.end};
    *i = at + 1;
    read_year(walk, i, date);
    return true;
}

/* November 22, 2001; Nov. 22nd 2001; May 8 */
static bool read_month_day(const struct walk *walk, uint32_t *i, struct printed_date *date)
{
    uint32_t at = *i + 1;
    date->month = printed_month(&walk->words[*i]);
    if (date->month == 0 || !is_number(walk, at, 1, 31) || walk->words[at].digits > 2 ||
        !gap_is(walk, *i, " .-/"))
        return false;
    char after = walk->text[walk->words[at].span.end];
    if (after == ':' || after == '%')
        return false;
    date->day = (uint8_t)walk->words[at].number;
    date->month_first = true;
    date->span = (struct byte_span){walk->words[*i].span.start, walk->words[at].span.end};
    at++;
    if (is_ordinal_ending(walk, at))
        at++;
    *i = at;
    read_year(walk, i, date);
    return true;
}

/* A weekday on either side, and a clock after the date. */
static void read_surroundings(const struct walk *walk, uint32_t start, uint32_t end,
                              struct printed_date *date)
{
    date->weekday = -1;
    if (start > walk->first && gap_is(walk, start - 1, " ,.-")) {
        date->weekday = printed_weekday(&walk->words[start - 1]);
        if (date->weekday >= 0)
            date->span.start = walk->words[start - 1].span.start;
    }
    if (date->weekday < 0 && end < walk->end && gap_is(walk, end - 1, " ,(")) {
        date->weekday = printed_weekday(&walk->words[end]);
        if (date->weekday >= 0)
            date->span.end = walk->words[end].span.end;
    }
    for (uint32_t i = end; i < walk->end && i < end + 6; i++)
        if ((walk->words[i].flags & SHAPE_NUMBER) != 0 && walk->words[i].digits <= 2 &&
            walk->text[walk->words[i].span.end] == ':')
            date->clock = true;
}

static bool read_date(const struct walk *walk, uint32_t *i, struct printed_date *date)
{
    return read_year_first(walk, i, date) || read_digits(walk, i, date) ||
           read_day_month(walk, i, date) || read_month_day(walk, i, date);
}

static bool is_possible(const struct printed_date *date)
{
    int32_t year = date->year != 0 ? date->year : 2000; /* a leap year */
    return calendar_is_valid(year, date->month, date->day);
}

void printed_dates_find(struct printed_dates *dates, struct arena *arena, const char *text,
                        const struct words *words, uint32_t first, uint32_t end)
{
    struct walk walk = {text, words->list.items, first, end};
    array_init(&dates->list, arena);
    for (uint32_t i = first; i < end;) {
        struct printed_date date = {0};
        uint32_t start = i;
        if (!read_date(&walk, &i, &date) || !is_possible(&date)) {
            i = start + 1;
            continue;
        }
        read_surroundings(&walk, start, i, &date);
        struct printed_date *kept = array_push(&dates->list);
        if (kept == NULL)
            return;
        *kept = date;
    }
}

int32_t printed_date_day(const struct printed_date *date, bool month_first)
{
    bool swap = date->ambiguous && month_first;
    uint32_t month = swap ? date->day : date->month, day = swap ? date->month : date->day;
    if (date->year == 0 || !calendar_is_valid(date->year, month, day))
        return DAY_UNKNOWN;
    return calendar_day(date->year, month, day);
}
