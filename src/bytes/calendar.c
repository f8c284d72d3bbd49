/* Days of the proleptic Gregorian calendar as numbers. */
#include "bytes/calendar.h"

#include <stdio.h>

bool calendar_is_valid(int32_t year, uint32_t month, uint32_t day)
{
    return year >= -9999 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= calendar_days_in_month(year, month);
}

uint32_t calendar_days_in_month(int32_t year, uint32_t month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[(month - 1) % 12];
}

int32_t calendar_day(int32_t year, uint32_t month, uint32_t day)
{
    year -= month <= 2;
    int32_t era = (year >= 0 ? year : year - 399) / 400;
    uint32_t year_of_era = (uint32_t)(year - era * 400);
    uint32_t day_of_year = (153 * (month + (month > 2 ? (uint32_t)-3 : 9)) + 2) / 5 + day - 1;
    uint32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + (int32_t)day_of_era - 719468;
}

struct civil_date calendar_date(int32_t day)
{
    int32_t shifted = day + 719468;
    int32_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    uint32_t day_of_era = (uint32_t)(shifted - era * 146097);
    uint32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    uint32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    uint32_t month_index = (5 * day_of_year + 2) / 153;
    uint32_t month = month_index < 10 ? month_index + 3 : month_index - 9;
    return (struct civil_date){
        .year = (int32_t)year_of_era + era * 400 + (month <= 2),
        .month = (uint8_t)month,
        .day = (uint8_t)(day_of_year - (153 * month_index + 2) / 5 + 1),
    };
}

enum weekday calendar_weekday(int32_t day)
{
    return (enum weekday)(((day % 7) + 7 + 3) % 7);
}

uint32_t calendar_iso_week(int32_t day, int32_t *year)
{
    int32_t thursday = day - (int32_t)calendar_weekday(day) + 3;
    *year = calendar_date(thursday).year;
    return (uint32_t)(thursday - calendar_day(*year, 1, 1)) / 7 + 1;
}

static int32_t read_digits(const char *text, int count)
{
    int32_t value = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

int32_t calendar_read(const char *text)
{
    int32_t year = read_digits(text, 4);
    if (year < 0 || text[4] != '-')
        return DAY_UNKNOWN;
    int32_t month = read_digits(text + 5, 2);
    if (month < 0 || text[7] != '-')
        return DAY_UNKNOWN;
    int32_t day = read_digits(text + 8, 2);
    if (day < 0 || (text[10] >= '0' && text[10] <= '9') ||
        !calendar_is_valid(year, (uint32_t)month, (uint32_t)day))
        return DAY_UNKNOWN;
    return calendar_day(year, (uint32_t)month, (uint32_t)day);
}

void calendar_write(int32_t day, char text[16])
{
    struct civil_date date = calendar_date(day);
    int year = (int)date.year % 10000;
    /* Stored and listed by the million; snprintf takes several hundred instructions. */
    if (year < 0) {
        snprintf(text, 16, "%04d-%02u-%02u", year, date.month % 100u, date.day % 100u);
        return;
    }
    const uint32_t parts[] = {(uint32_t)year / 100, (uint32_t)year % 100, date.month % 100u,
                              date.day % 100u};
    char *at = text;
    for (int i = 0; i < 4; i++) {
        *at++ = (char)('0' + parts[i] / 10);
        *at++ = (char)('0' + parts[i] % 10);
        if (i == 1 || i == 2)
            *at++ = '-';
    }
    *at = '\0';
}
