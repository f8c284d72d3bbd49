/* What a time expression refers to.
 * Method: an expression is a frame (a year, "last week") that its smaller parts refine (a month in
 * that year, a weekday in that week). Without a frame the smaller parts recur: the recurrence is
 * chosen by "last" or "next", else by the tense of the verb (the last one for the past, the coming one
 * for the future), as HeidelTime does for news (Strötgen and Gertz 2013). "The following day" and
 * "two weeks later" count from the narrative's time, "two weeks ago" from the publication date.
 * What is left out: nothing is guessed. Without a publication date, and without a date in the text to
 * count from, the value stays unknown. */
#include "meaning/time_resolve.h"

#include "meaning/eastern_calendars.h"

#include <math.h>
#include <stdio.h>

static const struct moment unknown = {UNIT_DAY, DAY_UNKNOWN};

static bool known(struct moment moment)
{
    return moment.first != DAY_UNKNOWN;
}

static int32_t year_of(struct moment moment)
{
    return calendar_date(moment.first).year;
}

/* ------------------------------------------------------------------ parts that recur each year */

static int32_t holiday_day(int32_t code, int32_t year)
{
    if (code >= 40000) {
        /* Election day of the United States: the Tuesday after the first Monday of November. */
        int32_t second = calendar_day(year, 11, 2);
        return second + (TUESDAY - (int32_t)calendar_weekday(second) + 7) % 7;
    }
    if (code >= 30000) {
        int32_t month = code % 10000 / 100, day = code % 100;
        /* The Islamic year whose feast falls in this year: the later of two. */
        int32_t guess = (int32_t)((year - 622) * 1.0307) + 2;
        for (int32_t lunar = guess; lunar > guess - 5; lunar--) {
            int32_t found = lunar_hijri_day(lunar, month, day);
            if (found != DAY_UNKNOWN && calendar_date(found).year == year)
                return found;
        }
        return DAY_UNKNOWN;
    }
    if (code >= 20000) {
        uint32_t month = (uint32_t)(code % 10000 / 100);
        int32_t which = code / 10 % 10, weekday = code % 10;
        int32_t first = calendar_day(year, month, 1);
        first += (weekday - (int32_t)calendar_weekday(first) + 7) % 7 + (which - 1) * 7;
        while (calendar_date(first).month != month)
            first -= 7;
        return first;
    }
    if (code >= 9000)
        return easter_day(year) + code - 10000;
    return calendar_day(year, (uint32_t)(code / 100), (uint32_t)(code % 100));
}

/* Whether it has a part that recurs each year. */
static bool recurs_yearly(const struct time_meaning *meaning)
{
    return time_has(meaning, TIME_MONTH) || time_has(meaning, TIME_SEASON) ||
           time_has(meaning, TIME_QUARTER) || time_has(meaning, TIME_HALF) ||
           time_has(meaning, TIME_HOLIDAY);
}

static struct moment month_in_year(const struct time_meaning *meaning, int32_t year)
{
    int32_t month = time_get(meaning, TIME_MONTH), day = time_get(meaning, TIME_DAY);
    int32_t calendar = time_get(meaning, TIME_CALENDAR);
    if (calendar != CALENDAR_GREGORIAN) {
        if (!time_has(meaning, TIME_DAY))
            return unknown;
        return (struct moment){UNIT_DAY, calendar == CALENDAR_LUNAR
                                             ? lunar_hijri_day(year, month, day)
                                             : solar_hijri_day(year, month, day)};
    }
    if (!calendar_is_valid(year, (uint32_t)month, day > 0 ? (uint32_t)day : 1))
        return unknown;
    if (time_has(meaning, TIME_DAY))
        return (struct moment){UNIT_DAY, calendar_day(year, (uint32_t)month, (uint32_t)day)};
    return (struct moment){UNIT_MONTH, calendar_day(year, (uint32_t)month, 1)};
}

/* "The first Monday of March", "the second week of April". */
static struct moment nth_in_month(const struct time_meaning *meaning, struct moment month)
{
    int32_t nth = time_get(meaning, TIME_NTH), first = month.first;
    struct moment found;
    if (time_has(meaning, TIME_WEEKDAY)) {
        int32_t ahead = (time_get(meaning, TIME_WEEKDAY) - (int32_t)calendar_weekday(first) + 7) % 7;
        found = (struct moment){UNIT_DAY, first + ahead + (nth - 1) * 7};
    } else if (time_get(meaning, TIME_UNIT) == UNIT_WEEKEND) {
        int32_t ahead = (SATURDAY - (int32_t)calendar_weekday(first) + 7) % 7;
        found = (struct moment){UNIT_WEEKEND, first + ahead + (nth - 1) * 7};
    } else {
        found = moment_of(UNIT_WEEK, first + (nth - 1) * 7);
    }
    return found.first <= moment_last(month) ? found : unknown;
}

/* The recurring part in a year. */
static struct moment in_year(const struct time_meaning *meaning, int32_t year)
{
    if (time_has(meaning, TIME_HOLIDAY)) {
        int32_t day = holiday_day(time_get(meaning, TIME_HOLIDAY), year);
        if (day == DAY_UNKNOWN)
            return unknown;
        return time_has(meaning, TIME_UNIT) && time_get(meaning, TIME_UNIT) == UNIT_WEEK
                   ? moment_of(UNIT_WEEK, day)
                   : (struct moment){UNIT_DAY, day};
    }
    if (time_has(meaning, TIME_MONTH)) {
        struct moment month = month_in_year(meaning, year);
        return time_has(meaning, TIME_NTH) && known(month) ? nth_in_month(meaning, month) : month;
    }
    if (time_has(meaning, TIME_QUARTER)) {
        int32_t quarter = time_get(meaning, TIME_QUARTER);
        return quarter >= 1 && quarter <= 4 ? moment_quarter(year, quarter) : unknown;
    }
    if (time_has(meaning, TIME_SEASON))
        return moment_season(year, (enum season)time_get(meaning, TIME_SEASON));
    return moment_half(year, time_get(meaning, TIME_HALF));
}

/* ------------------------------------------------------------------ choosing a recurrence */

/* What a recurring expression counts from. Without a publication date the text itself must have
 * named a day or a month: a bare year ("since 2007") is background too often. */
static int32_t reference_day(const struct time_meaning *meaning, const struct time_context *context,
                             const char **anchor)
{
    bool story = time_get(meaning, TIME_ANCHOR) == ANCHOR_STORY;
    bool told = known(context->story) &&
                (context->story.unit == UNIT_DAY ||
                 (context->story.unit == UNIT_MONTH && recurs_yearly(meaning)));
    if (story ? known(context->story) : context->published == DAY_UNKNOWN && told) {
        *anchor = "narrative";
        return context->story.first;
    }
    *anchor = "published";
    return context->published;
}

/* How far a recurrence is to seek: the side of time that the verb does not look to counts for more,
 * but a near day on that side still beats one that is most of a year away. */
static int32_t cost_of(int32_t distance, enum time_tense tense)
{
    enum { AGAINST_TENSE = 5, FORWARD_UNTENSED = 1 };
    if (distance < 0)
        return -distance * (tense == TENSE_FUTURE ? AGAINST_TENSE : 1);
    return distance *
           (tense == TENSE_PAST ? AGAINST_TENSE : tense == TENSE_FUTURE ? 1 : FORWARD_UNTENSED);
}

static struct moment choose_year(const struct time_meaning *meaning,
                                 const struct time_context *context, const char **anchor)
{
    int32_t reference = reference_day(meaning, context, anchor);
    if (reference == DAY_UNKNOWN)
        return unknown;
    int32_t year = calendar_date(reference).year;
    bool given = time_has(meaning, TIME_OPERATOR);
    int32_t operator_value = time_get(meaning, TIME_OPERATOR);
    struct moment best = unknown;
    int32_t cost = INT32_MAX;
    /* "It expects to report third-quarter profit": the verb's time is not the quarter's. */
    enum time_tense tense = context->tense;
    if (time_has(meaning, TIME_QUARTER))
        tense = tense == TENSE_FUTURE ? TENSE_UNKNOWN : TENSE_PAST;
    for (int32_t at = year - 1; at <= year + 1; at++) {
        struct moment candidate = in_year(meaning, at);
        if (!known(candidate))
            continue;
        struct moment here = moment_of(candidate.unit, reference);
        int32_t distance = candidate.first - here.first;
        if (given && operator_value == 0) {
            if (at == year)
                return candidate;
        } else if (given) {
            if (operator_value < 0 ? distance < 0 : distance > 0 && !known(best))
                best = candidate;
        } else if (cost_of(distance, tense) < cost) {
            cost = cost_of(distance, tense);
            best = candidate;
        }
    }
    return best;
}

static struct moment choose_weekday(const struct time_meaning *meaning,
                                    const struct time_context *context, const char **anchor)
{
    int32_t reference = reference_day(meaning, context, anchor);
    if (reference == DAY_UNKNOWN)
        return unknown;
    int32_t weekday = time_get(meaning, TIME_WEEKDAY);
    int32_t back = ((int32_t)calendar_weekday(reference) - weekday + 7) % 7;
    int32_t direction = time_get(meaning, TIME_OPERATOR);
    struct moment moment = {UNIT_DAY, reference - back};
    if (time_has(meaning, TIME_OPERATOR)) {
        if (direction < 0)
            moment.first -= back == 0 ? 7 : 0;
        else if (direction > 0)
            moment.first += 7;
        else if (context->tense != TENSE_PAST && back > 0)
            moment.first += 7;
        return moment;
    }
    if ((context->tense == TENSE_FUTURE || context->tense == TENSE_PRESENT) && back > 0)
        moment.first += 7;
    return moment;
}

/* ------------------------------------------------------------------ frames */

/* The smaller parts of an expression inside its frame. */
static struct moment refine(const struct time_meaning *meaning, struct moment frame)
{
    if (recurs_yearly(meaning) && frame.unit >= UNIT_YEAR)
        return in_year(meaning, year_of(frame));
    if (time_has(meaning, TIME_WEEKDAY) && frame.unit == UNIT_WEEK)
        return (struct moment){UNIT_DAY, frame.first + time_get(meaning, TIME_WEEKDAY)};
    return frame;
}

/* A whole number of a smaller unit for "one and a half years"; false where there is none. */
static bool whole_units(enum time_unit *unit, double *amount)
{
    if (*amount == floor(*amount))
        return true;
    if (*unit == UNIT_YEAR) {
        *unit = UNIT_MONTH;
        *amount *= 12;
    } else if (*unit == UNIT_DECADE || *unit == UNIT_CENTURY) {
        *amount *= *unit == UNIT_DECADE ? 10 : 100;
        *unit = UNIT_YEAR;
    } else if (*unit == UNIT_MONTH || *unit == UNIT_WEEK) {
        *amount = floor(*amount * (*unit == UNIT_WEEK ? 7 : 30) + 0.5);
        *unit = UNIT_DAY;
    }
    return *amount == floor(*amount);
}

static struct moment shift_base(const struct time_meaning *meaning,
                                const struct time_context *context, const char **anchor)
{
    bool story = time_get(meaning, TIME_ANCHOR) == ANCHOR_STORY;
    *anchor = story && known(context->story) ? "narrative" : "published";
    if (story && known(context->story))
        return context->story;
    return (struct moment){UNIT_DAY, context->published};
}

/* "Last quarter", "the quarter", "the year-earlier quarter". */
static struct moment shift_quarter(const struct time_meaning *meaning,
                                   const struct time_context *context, const char **anchor)
{
    if (known(context->quarter) && time_get(meaning, TIME_ANCHOR) == ANCHOR_STORY) {
        *anchor = "narrative";
        struct civil_date date = calendar_date(context->quarter.first);
        int32_t direction = time_get(meaning, TIME_OPERATOR);
        return time_has(meaning, TIME_GRAIN)
                   ? moment_quarter(date.year + direction, date.month / 3 + 1)
                   : moment_shift(context->quarter, UNIT_QUARTER, direction);
    }
    return unknown;
}

static struct moment shifted(const struct time_meaning *meaning, const struct time_context *context,
                             const char **anchor)
{
    enum time_unit unit = (enum time_unit)time_get(meaning, TIME_UNIT);
    int32_t direction = time_get(meaning, TIME_OPERATOR);
    double amount = time_has(meaning, TIME_AMOUNT) ? meaning->values[TIME_AMOUNT] : 1;
    bool of_quarter = time_has(meaning, TIME_GRAIN) && time_get(meaning, TIME_GRAIN) == UNIT_QUARTER;
    if (of_quarter || unit == UNIT_QUARTER) {
        struct moment quarter = shift_quarter(meaning, context, anchor);
        if (known(quarter) || of_quarter)
            return quarter;
    }
    struct moment base = shift_base(meaning, context, anchor);
    if (!known(base) || isnan(amount) || !whole_units(&unit, &amount) || unit < UNIT_DAY)
        return unknown;
    /* "They came in May. THE NEXT DAY": nobody knows which. */
    if (unit == UNIT_DAY && base.unit != UNIT_DAY)
        return unknown;
    /* "A year earlier" than a quarter is a quarter. */
    if (time_has(meaning, TIME_GRAIN) && context->quarter_near) {
        struct civil_date date = calendar_date(context->quarter.first);
        return moment_quarter(date.year + direction * (int32_t)amount, date.month / 3 + 1);
    }
    return refine(meaning, moment_shift(base, unit, direction * (int32_t)amount));
}

static struct moment the_weekend(const struct time_context *context, const char **anchor)
{
    *anchor = "published";
    if (context->published == DAY_UNKNOWN)
        return unknown;
    struct moment weekend = moment_of(UNIT_WEEKEND, context->published);
    if (weekend.first > context->published && context->tense != TENSE_FUTURE)
        weekend.first -= 7;
    return weekend;
}

/* The moment an expression names, as a day or longer. */
static struct moment locate(const struct time_meaning *meaning, const struct time_context *context,
                            const char **anchor)
{
    *anchor = "itself";
    if (time_has(meaning, TIME_KIND) && time_get(meaning, TIME_KIND) == KIND_SHIFT) {
        if (time_get(meaning, TIME_GRAIN) == UNIT_WEEKEND && time_has(meaning, TIME_GRAIN))
            return the_weekend(context, anchor);
        return shifted(meaning, context, anchor);
    }
    if (time_has(meaning, TIME_YEAR)) {
        int32_t year = time_get(meaning, TIME_YEAR);
        return recurs_yearly(meaning)
                   ? in_year(meaning, year)
                   : (struct moment){UNIT_YEAR, calendar_day(year, 1, 1)};
    }
    if (time_has(meaning, TIME_DECADE))
        return (struct moment){UNIT_DECADE, calendar_day(time_get(meaning, TIME_DECADE), 1, 1)};
    if (time_has(meaning, TIME_CENTURY))
        return (struct moment){UNIT_CENTURY,
                               calendar_day((time_get(meaning, TIME_CENTURY) - 1) * 100, 1, 1)};
    if (recurs_yearly(meaning)) {
        /* The attacks on New York keep their year. */
        if (time_get(meaning, TIME_MONTH) == 9 && time_get(meaning, TIME_DAY) == 11 &&
            context->published > calendar_day(2001, 10, 31))
            return (struct moment){UNIT_DAY, calendar_day(2001, 9, 11)};
        return time_get(meaning, TIME_CALENDAR) == CALENDAR_GREGORIAN
                   ? choose_year(meaning, context, anchor)
                   : unknown;
    }
    if (time_has(meaning, TIME_WEEKDAY))
        return choose_weekday(meaning, context, anchor);
    /* A time of day alone: on the day that is being told. */
    if (known(context->day)) {
        *anchor = "narrative";
        return context->day;
    }
    *anchor = "published";
    return (struct moment){UNIT_DAY, context->published};
}

/* ------------------------------------------------------------------ results */

static const char *const part_codes[PART_COUNT] = {"MO", "AF", "EV", "NI", "MI", "DT"};

static void write_time(const struct time_meaning *meaning, char value[VALUE_SIZE])
{
    size_t length = strlen(value);
    if (time_has(meaning, TIME_HOUR)) {
        int32_t hour = time_get(meaning, TIME_HOUR);
        if (time_has(meaning, TIME_MERIDIEM))
            hour = hour % 12 + 12 * time_get(meaning, TIME_MERIDIEM);
        snprintf(value + length, VALUE_SIZE - length, "T%02d:%02d", hour % 100,
                 time_get(meaning, TIME_MINUTE) % 100);
    } else if (time_has(meaning, TIME_PART)) {
        snprintf(value + length, VALUE_SIZE - length, "T%s",
                 part_codes[time_get(meaning, TIME_PART) % PART_COUNT]);
    }
}

/* "Early May", "the end of 1990", "earlier this year": the part of the interval that is meant. */
static void narrow(const struct time_meaning *meaning, int32_t published,
                   struct time_result *result)
{
    if (!time_has(meaning, TIME_STAGE) || result->from == result->to)
        return;
    int32_t third = (result->to - result->from + 1) / 3;
    switch (time_get(meaning, TIME_STAGE)) {
    case STAGE_START:
        result->to = result->from + third;
        break;
    case STAGE_MIDDLE:
        result->from += third;
        result->to -= third;
        break;
    case STAGE_END:
        result->from = result->to - third;
        break;
    case STAGE_BEFORE:
        if (published != DAY_UNKNOWN && published >= result->from && published < result->to)
            result->to = published;
        break;
    case STAGE_AFTER:
        if (published != DAY_UNKNOWN && published > result->from && published <= result->to)
            result->from = published;
        break;
    default:
        break;
    }
}

static void resolve_duration(const struct time_meaning *meaning, const struct time_context *context,
                             struct time_result *result)
{
    enum time_unit unit = (enum time_unit)time_get(meaning, TIME_UNIT);
    double amount = time_has(meaning, TIME_AMOUNT) ? meaning->values[TIME_AMOUNT] : NAN;
    result->type = TIME_DURATION;
    duration_write(unit, amount, result->value);
    if (!time_has(meaning, TIME_OPERATOR) || isnan(amount) || context->published == DAY_UNKNOWN)
        return;
    int32_t days = (int32_t)fmin(duration_days(unit, amount) + 0.5, 1e6);
    int32_t direction = time_get(meaning, TIME_OPERATOR);
    result->from = context->published - (direction < 0 ? days : 0);
    result->to = context->published + (direction > 0 ? days : 0);
    result->precision = moment_precision((struct moment){unit, 0});
    result->anchor = "published";
}

static void resolve_set(const struct time_meaning *meaning, struct time_result *result)
{
    result->type = TIME_SET;
    char *value = result->value;
    if (time_has(meaning, TIME_UNIT)) {
        duration_write((enum time_unit)time_get(meaning, TIME_UNIT),
                       time_has(meaning, TIME_AMOUNT) ? meaning->values[TIME_AMOUNT] : 1, value);
        return;
    }
    static const char *const seasons[] = {"SP", "SU", "FA", "WI"};
    if (time_has(meaning, TIME_WEEKDAY))
        snprintf(value, VALUE_SIZE, "XXXX-WXX-%d", time_get(meaning, TIME_WEEKDAY) % 7 + 1);
    else if (time_has(meaning, TIME_MONTH))
        snprintf(value, VALUE_SIZE, "XXXX-%02d", time_get(meaning, TIME_MONTH) % 100);
    else if (time_has(meaning, TIME_SEASON))
        snprintf(value, VALUE_SIZE, "XXXX-%s", seasons[time_get(meaning, TIME_SEASON) & 3]);
    else
        snprintf(value, VALUE_SIZE, "XXXX-XX-XX");
    write_time(meaning, value);
}

static void resolve_date(const struct time_meaning *meaning, const struct time_context *context,
                         struct time_result *result)
{
    bool clock = time_has(meaning, TIME_HOUR) || time_has(meaning, TIME_PART);
    const char *anchor;
    struct moment moment = locate(meaning, context, &anchor);
    result->type = clock ? TIME_TIME : TIME_DATE;
    if (!known(moment)) {
        /* "Years ago", "a few days later": when is not said. */
        if (time_has(meaning, TIME_KIND) && time_get(meaning, TIME_KIND) == KIND_SHIFT &&
            time_has(meaning, TIME_AMOUNT) && isnan(meaning->values[TIME_AMOUNT]) &&
            time_get(meaning, TIME_ANCHOR) == ANCHOR_REPORT)
            snprintf(result->value, VALUE_SIZE, "%s",
                     time_get(meaning, TIME_OPERATOR) < 0 ? "PAST_REF" : "FUTURE_REF");
        return;
    }
    moment_write(moment, result->value);
    if (moment.unit == UNIT_DAY)
        write_time(meaning, result->value);
    result->moment = moment;
    result->from = moment.first;
    result->to = moment_last(moment);
    result->precision = moment_precision(moment);
    result->anchor = anchor;
    if (time_get(meaning, TIME_CALENDAR) == CALENDAR_LUNAR ||
        time_get(meaning, TIME_HOLIDAY) / 10000 == 3) {
        /* The moon may be seen a day sooner or later. */
        result->from--;
        result->to++;
    }
    narrow(meaning, context->published, result);
}

/* "The quarter" where no quarter was named is a part of a town. */
static bool is_no_quarter(const struct time_meaning *meaning, const struct time_context *context)
{
    return time_has(meaning, TIME_UNIT) && time_get(meaning, TIME_UNIT) == UNIT_QUARTER &&
           time_get(meaning, TIME_KIND) == KIND_SHIFT &&
           time_get(meaning, TIME_ANCHOR) == ANCHOR_STORY && !known(context->quarter);
}

bool time_resolve(const struct time_meaning *meaning, const struct time_context *context,
                  struct time_result *result)
{
    static const char *const references[] = {"PRESENT_REF", "PAST_REF", "FUTURE_REF"};
    *result = (struct time_result){
        .moment = unknown, .from = DAY_UNKNOWN, .to = DAY_UNKNOWN, .type = TIME_DATE};
    if (is_no_quarter(meaning, context))
        return false;
    switch (time_has(meaning, TIME_KIND) ? time_get(meaning, TIME_KIND) : KIND_CALENDAR) {
    case KIND_NONE:
        return false;
    case KIND_DURATION:
        resolve_duration(meaning, context, result);
        return true;
    case KIND_SET:
        resolve_set(meaning, result);
        return true;
    case KIND_REFERENCE:
        snprintf(result->value, VALUE_SIZE, "%s",
                 references[time_get(meaning, TIME_REFERENCE) % 3]);
        return true;
    default:
        resolve_date(meaning, context, result);
        return true;
    }
}
