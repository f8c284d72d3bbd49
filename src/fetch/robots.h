/* robots.txt: what a site lets a program like ours fetch. */
#ifndef ANNALS_FETCH_ROBOTS_H
#define ANNALS_FETCH_ROBOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether `path` (with its query, beginning with "/") may be fetched by `name`, says the robots.txt
 * of `length` bytes. `*delay`, where not NULL, gets the milliseconds that it asks for between two
 * requests, 0 where it asks for none. */
bool robots_allow(const char *bytes, size_t length, const char *name, const char *path,
                  uint32_t *delay);

#endif
