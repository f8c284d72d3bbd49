/* Lines of a log: events as JSON, and outside text as a line may show it. */
#ifndef ANNALS_FORMATS_LOG_LINE_H
#define ANNALS_FORMATS_LOG_LINE_H

#include "annals.h"

#include "bytes/buffer.h"

#include <stdint.h>

/* Adds `text` in one line: control characters, line and paragraph separators and those that change
 * the direction of writing as \u0085, malformed UTF-8 as U+FFFD, backslashes (and quotes, where
 * `quoted`) with a backslash before; the password of an address, and what follows "token=", as ***.
 */
void log_line_text(struct buffer *line, const char *text, bool quoted);

/* Adds one event and its line feed. `milliseconds` since 1970. */
void log_line_json(struct buffer *line, int64_t milliseconds, annals_log_level level,
                   const char *message, const annals_log_field *fields, size_t count);

/* Milliseconds since 1970, now. */
int64_t log_line_now(void);

#endif
