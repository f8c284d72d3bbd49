/* The Islamic lunar and the Solar Hijri calendar, and Easter.
 * Method: the tabular Islamic calendar with leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29 of each
 * 30 (Reingold and Dershowitz, "Calendrical Calculations"); the 33-year leap rule of the Solar Hijri
 * calendar, which agrees with the astronomical one in the years that reports write about; Easter
 * after Meeus, "Astronomical Algorithms". What is left out: local sightings of the moon. */
#include "meaning/eastern_calendars.h"

int32_t lunar_hijri_day(int32_t year, int32_t month, int32_t day)
{
    if (year < 1 || year > 2000 || month < 1 || month > 12 || day < 1 || day > 30)
        return DAY_UNKNOWN;
    bool leap = (11 * year + 14) % 30 < 11;
    if (day == 30 && month % 2 == 0 && !(month == 12 && leap))
        return DAY_UNKNOWN;
    /* 1 Muharram 1 is 19 July 622 of the Gregorian calendar. */
    int32_t epoch = calendar_day(622, 7, 19);
    return epoch + (year - 1) * 354 + (3 + 11 * year) / 30 + 29 * (month - 1) + month / 2 + day - 1;
}

static bool solar_leap(int32_t year)
{
    int32_t rest = year % 33;
    return rest == 1 || rest == 5 || rest == 9 || rest == 13 || rest == 17 || rest == 22 ||
           rest == 26 || rest == 30;
}

int32_t solar_hijri_day(int32_t year, int32_t month, int32_t day)
{
    if (year < 1206 || year > 1498 || month < 1 || month > 12 || day < 1 ||
        day > (month <= 6 ? 31 : 30) || (month == 12 && day == 30 && !solar_leap(year)))
        return DAY_UNKNOWN;
    /* 1 Hamal (Farvardin) 1300 was 21 March 1921. */
    int32_t start = calendar_day(1921, 3, 21);
    for (int32_t at = 1300; at < year; at++)
        start += solar_leap(at) ? 366 : 365;
    for (int32_t at = year; at < 1300; at++)
        start -= solar_leap(at) ? 366 : 365;
    int32_t before = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
    return start + before + day - 1;
}

int32_t easter_day(int32_t year)
{
    int32_t a = year % 19, b = year / 100, c = year % 100;
    int32_t h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int32_t l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int32_t m = (a + 11 * h + 22 * l) / 451;
    int32_t sum = h + l - 7 * m + 114;
    return calendar_day(year, (uint32_t)(sum / 31), (uint32_t)(sum % 31 + 1));
}
