/* Days of the proleptic Gregorian calendar as numbers: day 0 is 1970-01-01.
 * Method: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
#ifndef ANNALS_BYTES_CALENDAR_H
#define ANNALS_BYTES_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

/* No such day: the value of an unknown date. */
#define DAY_UNKNOWN INT32_MIN

struct civil_date {
    int32_t year;
    uint8_t month, day; /* 1 to 12, 1 to 31 */
};

enum weekday { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

bool calendar_is_valid(int32_t year, uint32_t month, uint32_t day);
uint32_t calendar_days_in_month(int32_t year, uint32_t month);
int32_t calendar_day(int32_t year, uint32_t month, uint32_t day);
struct civil_date calendar_date(int32_t day);
enum weekday calendar_weekday(int32_t day);
/* ISO 8601 week; `*year` gets the year the week belongs to. */
uint32_t calendar_iso_week(int32_t day, int32_t *year);
/* Reads `YYYY-MM-DD` (further text such as `T12:00Z` may follow); DAY_UNKNOWN where it is none. */
int32_t calendar_read(const char *text);
/* Writes `YYYY-MM-DD` and a NUL. */
void calendar_write(int32_t day, char text[16]);

#endif
