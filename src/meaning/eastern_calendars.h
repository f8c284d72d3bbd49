/* The Islamic lunar and the Solar Hijri calendar, as written out in reports from Afghanistan and
 * Iran. */
#ifndef ANNALS_MEANING_EASTERN_CALENDARS_H
#define ANNALS_MEANING_EASTERN_CALENDARS_H

#include "bytes/calendar.h"

/* Day of an Islamic date by the tabular (civil) calendar, within a day of what the sighting of the
 * moon gives; DAY_UNKNOWN where there is no such date. */
int32_t lunar_hijri_day(int32_t year, int32_t month, int32_t day);

/* Day of a Solar Hijri date (Afghanistan, Iran); DAY_UNKNOWN where there is no such date. Exact for
 * the years 1206 to 1498. */
int32_t solar_hijri_day(int32_t year, int32_t month, int32_t day);

/* Easter Sunday of the western churches. */
int32_t easter_day(int32_t year);

#endif
