/* Dates as pages print them: "22 November 2001", "Nov. 22, 2001", "11-08-2021", "27 MAY 90". */
#ifndef ANNALS_INTAKE_PRINTED_DATES_H
#define ANNALS_INTAKE_PRINTED_DATES_H

#include "bytes/calendar.h"
#include "intake/words.h"

struct printed_date {
    struct byte_span span; /* weekday and year included, clock not */
    int32_t year;          /* 0 where it is not printed */
    uint8_t month, day;    /* of an ambiguous date: as read with the day first */
    int8_t weekday;        /* enum weekday, or -1 */
    char separator;        /* of a date in digits: - / . ; 0 for one with a month's name */
    bool ambiguous;        /* day and month could change places */
    bool month_first;      /* as printed, where it is not ambiguous */
    bool year_first;       /* 2021-08-11 */
    bool two_digit_year;
    bool clock; /* a time of day stands beside it */
};

struct printed_dates {
    ARRAY(struct printed_date) list;
};

/* All dates among words [first, end) of `text`, in order. */
void printed_dates_find(struct printed_dates *dates, struct arena *arena, const char *text,
                        const struct words *words, uint32_t first, uint32_t end);

/* The day of a date whose year is known, with the day first or the month first where it is
 * ambiguous; DAY_UNKNOWN where the calendar has no such day. */
int32_t printed_date_day(const struct printed_date *date, bool month_first);

/* Month (1 to 12) or weekday (enum weekday) of a name or its usual abbreviation; 0 and -1 where it
 * is none. `word` as in words.h. */
uint8_t printed_month(const struct word *word);
int8_t printed_weekday(const struct word *word);

#endif
