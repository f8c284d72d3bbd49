/* When to ask again what did not answer well. */
#ifndef ANNALS_FETCH_SCHEDULE_H
#define ANNALS_FETCH_SCHEDULE_H

#include <stdint.h>

/* A page that failed so often is given up. */
enum { SCHEDULE_TRIES = 10 };

/* Seconds until the next try after `failures` in a row (1 or more): `base` doubled with each, a day
 * at most, and never less than the server asked for (`retry_after`, itself a week at most). */
int64_t schedule_after(int64_t base, uint32_t failures, uint64_t retry_after);

#endif
