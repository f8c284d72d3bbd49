/* What the text itself says about when it was published.
 *
 * News names the weekday of what happened today or yesterday, and the day and month of what
 * happened some weeks ago; it seldom names a year to come. That is enough to choose between two
 * readings of a date in digits and to doubt a date that belongs to an archive, not to find a date
 * by itself. Leaves out: reading events (meaning/). */
#include "intake/evidence.h"

#include "bytes/hash.h"

#include <string.h>

struct spelling {
    const char *word;
    float side;
};

static const struct spelling spellings[] = {
    {"armoured", 1},     {"armored", -1},     {"centre", 1},       {"center", -1},
    {"defence", 1},      {"defense", -1},     {"labour", 1},       {"labor", -1},
    {"neighbouring", 1}, {"neighboring", -1}, {"organisation", 1}, {"organization", -0.5f},
    {"kilometres", 1},   {"kilometers", -1},  {"metres", 1},       {"meters", -1},
    {"honour", 1},       {"honor", -1},       {"programme", 1},    {"program", -0.5f},
    {"grey", 0.5f},      {"gray", -0.5f},     {"gmt", 0.5f},       {"bst", 1},
    {"est", -1},         {"edt", -1},         {"pst", -1},         {"pdt", -1},
    {"cst", -1},         {"cdt", -1},         {"militarised", 1},  {"militarized", -1},
    {"mobilised", 1},    {"mobilized", -1},   {"theatre", 1},      {"colour", 1},
    {"color", -1},       {"favour", 1},       {"favor", -1}};

static float spelling_of(const struct word *word)
{
    uint32_t length = word->span.end - word->span.start;
    if ((word->flags & SHAPE_NUMBER) != 0 || length < 3 || length > 12)
        return 0;
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++)
        if (hash_bytes(spellings[i].word, strlen(spellings[i].word)) == word->hash)
            return spellings[i].side;
    return 0;
}

static void read_body_word(struct evidence *evidence, const struct word *word)
{
    int8_t weekday = printed_weekday(word);
    uint8_t month = printed_month(word);
    if (weekday >= 0 && word->span.end - word->span.start > 5)
        evidence->weekdays |= (uint8_t)(1u << weekday);
    /* "may" and "march" are months only with a capital, inside a sentence. */
    if (month > 0 && (word->flags & SHAPE_CAPITALISED) != 0 && (word->flags & SHAPE_OPENS) == 0)
        evidence->months |= (uint16_t)(1u << month);
    if ((word->flags & SHAPE_NUMBER) != 0 && word->digits == 4 && word->number >= 1900 &&
        word->number <= 2100) {
        evidence->year_count++;
        if ((int32_t)word->number > evidence->latest_year)
            evidence->latest_year = (int32_t)word->number;
    }
}

static void read_style(struct evidence *evidence, const struct printed_dates *dates)
{
    for (uint32_t i = 0; i < dates->list.count; i++) {
        const struct printed_date *date = &dates->list.items[i];
        if (date->separator == 0)
            evidence->style += date->month_first ? -1 : 1;
        else if (!date->ambiguous && date->day > 12 && !date->year_first)
            evidence->digits += date->month_first ? -1 : 1;
    }
}

void evidence_find(struct evidence *evidence, struct arena *scratch,
                   const struct document *document, const struct words *words)
{
    *evidence = (struct evidence){0};
    array_init(&evidence->dates.list, scratch);
    for (uint32_t b = 0; b < document->blocks.count; b++) {
        const struct block *block = &document->blocks.items[b];
        uint32_t first = words_from(words, block->span.start);
        uint32_t end = words_from(words, block->span.end);
        struct printed_dates dates;
        printed_dates_find(&dates, scratch, document->text, words, first, end);
        for (uint32_t i = first; i < end; i++)
            evidence->spelling += spelling_of(&words->list.items[i]);
        read_style(evidence, &dates);
        if (block->kind != BLOCK_BODY && block->kind != BLOCK_HEADING && block->kind != BLOCK_TITLE)
            continue;
        for (uint32_t i = first; i < end; i++)
            read_body_word(evidence, &words->list.items[i]);
        for (uint32_t i = 0; i < dates.list.count && evidence->dates.list.count < 400; i++) {
            struct printed_date *kept = array_push(&evidence->dates.list);
            if (kept != NULL)
                *kept = dates.list.items[i];
        }
    }
}

/* True where month and day of a date without a year fall on `day` or up to `before` days before. */
static bool meets(const struct printed_date *date, int32_t day, int32_t before)
{
    struct civil_date civil = calendar_date(day);
    for (int32_t year = civil.year - 1; year <= civil.year; year++) {
        if (!calendar_is_valid(year, date->month, date->day))
            continue;
        int32_t then = calendar_day(year, date->month, date->day);
        if (then <= day && then + before >= day)
            return true;
    }
    return false;
}

float evidence_for(const struct evidence *evidence, int32_t day)
{
    float sum = 0;
    struct civil_date civil = calendar_date(day);
    bool near = false, later = false;
    if ((evidence->weekdays >> calendar_weekday(day) & 1u) != 0)
        sum += 0.5f;
    else if ((evidence->weekdays >> calendar_weekday(day - 1) & 1u) != 0)
        sum += 0.3f;
    if ((evidence->months >> civil.month & 1u) != 0)
        sum += 0.5f;
    for (uint32_t i = 0; i < evidence->dates.list.count; i++) {
        const struct printed_date *date = &evidence->dates.list.items[i];
        if (date->ambiguous)
            continue;
        int32_t then = printed_date_day(date, false);
        near =
            near || (then == DAY_UNKNOWN ? meets(date, day, 45) : then <= day && then + 45 >= day);
        later = later || (then != DAY_UNKNOWN && then > day + 60);
    }
    sum += near ? 1.0f : 0;
    sum -= later ? 1.0f : 0;
    if (evidence->latest_year > civil.year + 1)
        sum -= 0.5f;
    if (evidence->year_count >= 2 && evidence->latest_year + 3 <= civil.year)
        sum -= 0.5f;
    return sum;
}
