/* When to ask again what did not answer well.
 *
 * Exponential back-off without jitter: the same failures give the same times, so that a test and a
 * person can foretell them. Jitter spreads many clients over time; one reader has nobody to be
 * spread from. */
#include "fetch/schedule.h"

int64_t schedule_after(int64_t base, uint32_t failures, uint64_t retry_after)
{
    const int64_t day = 24 * 3600;
    int64_t wait = base > 0 ? base : 1;
    for (uint32_t i = 1; i < failures && wait < day; i++)
        wait *= 2;
    wait = wait < day ? wait : day;
    int64_t asked = retry_after < 7 * (uint64_t)day ? (int64_t)retry_after : 7 * day;
    return wait > asked ? wait : asked;
}
