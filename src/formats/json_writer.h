/* Writes JSON into a buffer: compact, keys in the order written, numbers the same on every machine.
 * Commas are the writer's business; the caller says only what follows. */
#ifndef ANNALS_FORMATS_JSON_WRITER_H
#define ANNALS_FORMATS_JSON_WRITER_H

#include "bytes/buffer.h"
#include "bytes/span.h"

struct json_writer {
    struct buffer *buffer;
    bool comma; /* something stands before in this object or array */
};

void json_begin(struct json_writer *json, char bracket); /* '{' or '[' */
void json_end(struct json_writer *json, char bracket);   /* '}' or ']' */
void json_key(struct json_writer *json, const char *key);
/* NULL is written as null. Malformed UTF-8 is replaced by U+FFFD. */
void json_string(struct json_writer *json, const char *string);
void json_integer(struct json_writer *json, int64_t value);
/* Shortest form with at most `decimals` decimals; NAN and infinities are null. */
void json_number(struct json_writer *json, double value, int decimals);
void json_boolean(struct json_writer *json, bool value);
void json_null(struct json_writer *json);
void json_span(struct json_writer *json, struct code_point_span span); /* [start,end] */

#endif
