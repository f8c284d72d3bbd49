/* Moments: a day, week, month … of the calendar, its neighbours, and how TimeML writes it. */
#ifndef ANNALS_MEANING_TIME_VALUES_H
#define ANNALS_MEANING_TIME_VALUES_H

#include "document/document.h"

/* Units of time, smallest first; the words of `unit` in the dictionary. */
enum time_unit {
    UNIT_SECOND,
    UNIT_MINUTE,
    UNIT_HOUR,
    UNIT_DAY,
    UNIT_WEEKEND,
    UNIT_WEEK,
    UNIT_MONTH,
    UNIT_QUARTER,
    UNIT_SEASON,
    UNIT_HALF,
    UNIT_YEAR,
    UNIT_DECADE,
    UNIT_CENTURY,
    UNIT_MILLENNIUM,
    UNIT_COUNT
};

/* A stretch of the calendar of one unit (a day or longer), by its first day. */
struct moment {
    enum time_unit unit;
    int32_t first; /* day, or DAY_UNKNOWN */
};

enum season { SEASON_SPRING, SEASON_SUMMER, SEASON_AUTUMN, SEASON_WINTER };

enum { VALUE_SIZE = 48 };

/* The week, month … that holds a day; days and smaller units give the day. */
struct moment moment_of(enum time_unit unit, int32_t day);

/* Quarter 1 to 4, half 1 to 2, season of a year. A winter belongs to the year of its December. */
struct moment moment_quarter(int32_t year, int32_t quarter);
struct moment moment_half(int32_t year, int32_t half);
struct moment moment_season(int32_t year, enum season season);

/* The moment of `unit` that lies `amount` units after (before, if negative) the one that holds the
 * first day of `moment`. Months and years keep the day of the month where the unit is a day. */
struct moment moment_shift(struct moment moment, enum time_unit unit, int32_t amount);

int32_t moment_last(struct moment moment);
enum precision moment_precision(struct moment moment);

/* ISO 8601 as TimeML writes it: 2001-11-22, 2001-W47, 2001-W47-WE, 2001-11, 2001-Q4, 2001-FA,
 * 2001-H2, 2001, 200, 20. */
void moment_write(struct moment moment, char value[VALUE_SIZE]);

/* "P3D", "PT2H", "PXY" (amount NAN), "P2Y6M", "P100Y" for a century. */
void duration_write(enum time_unit unit, double amount, char value[VALUE_SIZE]);

/* Days that an amount of a unit lasts, months and years at their mean length. */
double duration_days(enum time_unit unit, double amount);

#endif
