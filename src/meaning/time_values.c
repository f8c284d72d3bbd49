/* Moments: a day, week, month … of the calendar, and how TimeML writes it.
 * Method: a moment is its unit and its first day; everything else follows from the calendar. Values
 * are those of the TimeML 1.2.1 annotation guidelines (Saurí et al. 2006): seasons SP, SU, FA, WI,
 * halves H1 and H2, quarters Q1 to Q4, decades by three digits, centuries by two.
 * What is left out: seasons of the southern hemisphere. */
#include "meaning/time_values.h"

#include <math.h>
#include <stdio.h>

static int32_t floor_to(int32_t year, int32_t step)
{
    return year - ((year % step) + step) % step;
}

struct moment moment_quarter(int32_t year, int32_t quarter)
{
    return (struct moment){UNIT_QUARTER, calendar_day(year, (uint32_t)(quarter * 3 - 2), 1)};
}

struct moment moment_half(int32_t year, int32_t half)
{
    return (struct moment){UNIT_HALF, calendar_day(year, half == 2 ? 7 : 1, 1)};
}

struct moment moment_season(int32_t year, enum season season)
{
    return (struct moment){UNIT_SEASON, calendar_day(year, (uint32_t)season * 3 + 3, 1)};
}

struct moment moment_of(enum time_unit unit, int32_t day)
{
    struct civil_date date = calendar_date(day);
    int32_t weekday = (int32_t)calendar_weekday(day);
    switch (unit) {
    case UNIT_WEEKEND:
        /* Of a working day: the weekend that follows. */
        return (struct moment){unit, day - weekday + 5};
    case UNIT_WEEK:
        return (struct moment){unit, day - weekday};
    case UNIT_MONTH:
        return (struct moment){unit, calendar_day(date.year, date.month, 1)};
    case UNIT_QUARTER:
        return moment_quarter(date.year, (date.month + 2) / 3);
    case UNIT_SEASON:
        if (date.month <= 2)
            return moment_season(date.year - 1, SEASON_WINTER);
        return moment_season(date.year, (enum season)(date.month / 3 - 1));
    case UNIT_HALF:
        return moment_half(date.year, date.month > 6 ? 2 : 1);
    case UNIT_YEAR:
        return (struct moment){unit, calendar_day(date.year, 1, 1)};
    case UNIT_DECADE:
        return (struct moment){unit, calendar_day(floor_to(date.year, 10), 1, 1)};
    case UNIT_CENTURY:
        return (struct moment){unit, calendar_day(floor_to(date.year, 100), 1, 1)};
    case UNIT_MILLENNIUM:
        return (struct moment){unit, calendar_day(floor_to(date.year, 1000), 1, 1)};
    default:
        return (struct moment){UNIT_DAY, day};
    }
}

/* Months in a unit that is made of months; 0 for the others. */
static int32_t months_in(enum time_unit unit)
{
    static const int32_t months[UNIT_COUNT] = {
        [UNIT_MONTH] = 1,   [UNIT_QUARTER] = 3,  [UNIT_SEASON] = 3,     [UNIT_HALF] = 6,
        [UNIT_YEAR] = 12,   [UNIT_DECADE] = 120, [UNIT_CENTURY] = 1200, [UNIT_MILLENNIUM] = 12000};
    return months[unit];
}

static int32_t shift_months(int32_t day, int64_t months)
{
    struct civil_date date = calendar_date(day);
    int64_t month = (int64_t)date.year * 12 + date.month - 1 + months;
    if (month < -9000 * 12)
        month = -9000 * 12;
    if (month > 9000 * 12)
        month = 9000 * 12;
    int32_t year = (int32_t)(month >= 0 ? month / 12 : -((11 - month) / 12));
    uint32_t of_year = (uint32_t)(month - (int64_t)year * 12) + 1;
    uint32_t longest = calendar_days_in_month(year, of_year);
    return calendar_day(year, of_year, date.day > longest ? longest : date.day);
}

struct moment moment_shift(struct moment moment, enum time_unit unit, int32_t amount)
{
    int32_t first = moment.first, months = months_in(unit);
    if (amount > 1000000)
        amount = 1000000;
    if (amount < -1000000)
        amount = -1000000;
    if (months > 0)
        first = shift_months(moment_of(unit, first).first, (int64_t)months * amount);
    else if (unit == UNIT_WEEK || unit == UNIT_WEEKEND)
        first += 7 * amount;
    else if (unit == UNIT_DAY)
        first += amount;
    return moment_of(unit, first);
}

int32_t moment_last(struct moment moment)
{
    int32_t months = months_in(moment.unit);
    if (months > 0)
        return shift_months(moment.first, months) - 1;
    if (moment.unit == UNIT_WEEK)
        return moment.first + 6;
    return moment.unit == UNIT_WEEKEND ? moment.first + 1 : moment.first;
}

enum precision moment_precision(struct moment moment)
{
    switch (moment.unit) {
    case UNIT_WEEKEND:
    case UNIT_WEEK:
        return PRECISION_WEEK;
    case UNIT_MONTH:
        return PRECISION_MONTH;
    case UNIT_QUARTER:
    case UNIT_SEASON:
    case UNIT_HALF:
        return PRECISION_SEASON;
    case UNIT_YEAR:
        return PRECISION_YEAR;
    case UNIT_DECADE:
        return PRECISION_DECADE;
    case UNIT_CENTURY:
    case UNIT_MILLENNIUM:
        return PRECISION_CENTURY;
    default:
        return PRECISION_DAY;
    }
}

void moment_write(struct moment moment, char value[VALUE_SIZE])
{
    static const char *const seasons[] = {"SP", "SU", "FA", "WI"};
    struct civil_date date = calendar_date(moment.first);
    int32_t week_year;
    int year = date.year;
    unsigned month = date.month;
    switch (moment.unit) {
    case UNIT_WEEKEND:
    case UNIT_WEEK: {
        unsigned week = calendar_iso_week(moment.first, &week_year);
        snprintf(value, VALUE_SIZE, "%04d-W%02u%s", (int)week_year, week,
                 moment.unit == UNIT_WEEKEND ? "-WE" : "");
        break;
    }
    case UNIT_MONTH:
        snprintf(value, VALUE_SIZE, "%04d-%02u", year, month);
        break;
    case UNIT_QUARTER:
        snprintf(value, VALUE_SIZE, "%04d-Q%u", year, (month + 2) / 3);
        break;
    case UNIT_SEASON:
        snprintf(value, VALUE_SIZE, "%04d-%s", year, seasons[month / 3 - 1]);
        break;
    case UNIT_HALF:
        snprintf(value, VALUE_SIZE, "%04d-H%d", year, month > 6 ? 2 : 1);
        break;
    case UNIT_YEAR:
        snprintf(value, VALUE_SIZE, "%04d", year);
        break;
    case UNIT_DECADE:
        snprintf(value, VALUE_SIZE, "%03d", year / 10);
        break;
    case UNIT_CENTURY:
        snprintf(value, VALUE_SIZE, "%02d", year / 100);
        break;
    case UNIT_MILLENNIUM:
        snprintf(value, VALUE_SIZE, "%01d", year / 1000);
        break;
    default:
        calendar_write(moment.first, value);
    }
}

/* The letter of ISO 8601, and how many of the letter's units the unit has. */
static const struct {
    const char *before;
    char letter;
    double factor, days;
} units[UNIT_COUNT] = {
    [UNIT_SECOND] = {"PT", 'S', 1, 1 / 86400.0}, [UNIT_MINUTE] = {"PT", 'M', 1, 1 / 1440.0},
    [UNIT_HOUR] = {"PT", 'H', 1, 1 / 24.0},      [UNIT_DAY] = {"P", 'D', 1, 1},
    [UNIT_WEEKEND] = {"P", 'D', 2, 2},           [UNIT_WEEK] = {"P", 'W', 1, 7},
    [UNIT_MONTH] = {"P", 'M', 1, 30.44},         [UNIT_QUARTER] = {"P", 'Q', 1, 91.3},
    [UNIT_SEASON] = {"P", 'M', 3, 91.3},         [UNIT_HALF] = {"P", 'M', 6, 182.6},
    [UNIT_YEAR] = {"P", 'Y', 1, 365.24},         [UNIT_DECADE] = {"P", 'Y', 10, 3652.4},
    [UNIT_CENTURY] = {"P", 'Y', 100, 36524},     [UNIT_MILLENNIUM] = {"P", 'Y', 1000, 365242},
};

void duration_write(enum time_unit unit, double amount, char value[VALUE_SIZE])
{
    static const char vague[UNIT_COUNT] = {
        [UNIT_QUARTER] = 'Q', [UNIT_DECADE] = 'E', [UNIT_CENTURY] = 'C', [UNIT_MILLENNIUM] = 'L'};
    const char *before = units[unit].before;
    if (isnan(amount)) {
        char letter = vague[unit] != 0 ? vague[unit] : units[unit].letter;
        snprintf(value, VALUE_SIZE, "%sX%c", before, letter);
        return;
    }
    amount *= units[unit].factor;
    double whole = floor(amount);
    bool half = fabs(amount - whole - 0.5) < 1e-9;
    if (half && whole >= 1 && unit == UNIT_YEAR)
        snprintf(value, VALUE_SIZE, "P%.0fY6M", whole);
    else if (half && whole >= 1 && unit == UNIT_HOUR)
        snprintf(value, VALUE_SIZE, "PT%.0fH30M", whole);
    else if (half && whole >= 1 && unit == UNIT_MINUTE)
        snprintf(value, VALUE_SIZE, "PT%.0fM30S", whole);
    else if (half && whole == 0 && unit == UNIT_HOUR)
        snprintf(value, VALUE_SIZE, "PT30M");
    else if (half && whole == 0 && unit == UNIT_YEAR)
        snprintf(value, VALUE_SIZE, "P6M");
    else
        snprintf(value, VALUE_SIZE, "%s%.15g%c", before, amount, units[unit].letter);
}

double duration_days(enum time_unit unit, double amount)
{
    return amount * units[unit].days;
}
