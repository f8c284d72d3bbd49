/* Days and spans of days in words, from the record's YYYY-MM-DD. English, whatever the locale. */
#include "render/dates.h"

#include "bytes/calendar.h"

#include <string.h>

static const char *const months[] = {"",     "January", "February",  "March",   "April",    "May",
                                     "June", "July",    "August",    "September", "October",
                                     "November", "December"};
static const char *const weekdays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday"};

static void add_day(struct buffer *buffer, struct civil_date date, bool month, bool year)
{
    buffer_print(buffer, "%d", date.day);
    if (month)
        buffer_print(buffer, " %s", months[date.month]);
    if (year)
        buffer_print(buffer, " %d", date.year);
}

static bool whole_months(struct civil_date from, struct civil_date to)
{
    return from.day == 1 && to.day == calendar_days_in_month(to.year, to.month);
}

static void add_months(struct buffer *buffer, struct civil_date from, struct civil_date to)
{
    bool same_year = from.year == to.year;
    if (same_year && from.month == 1 && to.month == 12) {
        buffer_print(buffer, "%d", from.year);
    } else if (!same_year && from.month == 1 && to.month == 12) {
        buffer_print(buffer, "%d to %d", from.year, to.year);
    } else if (same_year && from.month == to.month) {
        buffer_print(buffer, "%s %d", months[from.month], from.year);
    } else if (same_year) {
        buffer_print(buffer, "%s to %s %d", months[from.month], months[to.month], to.year);
    } else {
        buffer_print(buffer, "%s %d to %s %d", months[from.month], from.year, months[to.month],
                     to.year);
    }
}

static void add_span(struct buffer *buffer, int32_t first, int32_t last, const char *precision)
{
    struct civil_date from = calendar_date(first), to = calendar_date(last);
    bool exact = precision != NULL && strcmp(precision, "day") == 0;
    if (first == last) {
        buffer_print(buffer, "%s ", weekdays[calendar_weekday(first)]);
        add_day(buffer, from, true, true);
    } else if (whole_months(from, to) && !exact) {
        add_months(buffer, from, to);
    } else if (last - first == 6 && precision != NULL && strcmp(precision, "week") == 0) {
        buffer_add_string(buffer, "Week of ");
        add_day(buffer, from, true, true);
    } else {
        bool same_year = from.year == to.year;
        add_day(buffer, from, !same_year || from.month != to.month, !same_year);
        buffer_add_string(buffer, " to ");
        add_day(buffer, to, true, true);
    }
}

void date_add_long(struct buffer *buffer, const char *first, const char *last,
                   const char *precision)
{
    int32_t from = first != NULL ? calendar_read(first) : DAY_UNKNOWN;
    int32_t to = last != NULL ? calendar_read(last) : DAY_UNKNOWN;
    if (from != DAY_UNKNOWN && to != DAY_UNKNOWN) {
        add_span(buffer, from, to, precision);
    } else if (from != DAY_UNKNOWN) {
        buffer_add_string(buffer, "From ");
        add_day(buffer, calendar_date(from), true, true);
    } else if (to != DAY_UNKNOWN) {
        buffer_add_string(buffer, "Before ");
        add_day(buffer, calendar_date(to), true, true);
    }
}

void date_add_short(struct buffer *buffer, const char *day)
{
    int32_t number = day != NULL ? calendar_read(day) : DAY_UNKNOWN;
    if (number == DAY_UNKNOWN)
        return;
    struct civil_date date = calendar_date(number);
    buffer_print(buffer, "%d %.3s %d", date.day, months[date.month], date.year);
}

void date_add_code(struct buffer *buffer, const char *first, const char *last)
{
    int32_t from = first != NULL ? calendar_read(first) : DAY_UNKNOWN;
    int32_t to = last != NULL ? calendar_read(last) : DAY_UNKNOWN;
    if (from != DAY_UNKNOWN && to != DAY_UNKNOWN && from != to) {
        struct civil_date start = calendar_date(from), end = calendar_date(to);
        bool months_only = whole_months(start, end) && start.year == end.year;
        if (months_only && start.month == end.month)
            buffer_print(buffer, "%.7s", first);
        else if (months_only && start.month == 1 && end.month == 12)
            buffer_print(buffer, "%.4s", first);
        else
            buffer_print(buffer, "%s..%s", first,
                         last + (start.year != end.year     ? 0
                                 : start.month != end.month ? 5
                                                            : 8));
    } else if (from != DAY_UNKNOWN) {
        buffer_print(buffer, "%s%s", first, to == DAY_UNKNOWN ? ".." : "");
    } else if (to != DAY_UNKNOWN) {
        buffer_print(buffer, "..%s", last);
    }
}
