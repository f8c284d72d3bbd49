/* Errors: filling an annals_error, and the table of statuses. */
#ifndef ANNALS_BYTES_STATUS_H
#define ANNALS_BYTES_STATUS_H

#include "annals.h"

/* Sets status and sentence (printf style) of `error`, which may be NULL, and returns `status`;
 * file, line, column and byte are cleared. */
annals_status error_set(annals_error *error, annals_status status, const char *sentence, ...)
    __attribute__((format(printf, 3, 4)));
#ifdef __clang_analyzer__
/* The analyser sees one file at a time, and would think that a failure may return ANNALS_OK. */
#define error_set(error, status, ...) ((void)(error), (void)(__VA_ARGS__), (annals_status)(status))
#endif

/* Adds the place to an error that was set; returns its status. `file` may be NULL. */
annals_status error_at(annals_error *error, const char *file, uint64_t line, uint64_t column,
                       int64_t byte);

#endif
