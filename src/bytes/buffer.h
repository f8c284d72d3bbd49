/* A growing run of bytes, for building output. Keeps its first failure: after it, appends do
 * nothing and the caller checks `failed` once. Always NUL-terminated once something was added. */
#ifndef ANNALS_BYTES_BUFFER_H
#define ANNALS_BYTES_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

struct buffer {
    char *bytes;
    size_t length, capacity;
    bool failed;
};

void buffer_init(struct buffer *buffer);
void buffer_release(struct buffer *buffer);
/* Empties the buffer, keeps its memory, clears `failed`. */
void buffer_clear(struct buffer *buffer);
void buffer_add(struct buffer *buffer, const char *bytes, size_t length);
/* Adds so many bytes, which the caller writes where it says, at once; NULL: it has failed. */
char *buffer_add_room(struct buffer *buffer, size_t length);
void buffer_add_string(struct buffer *buffer, const char *string);
/* A whole number with commas between its thousands: "-12,345". */
void buffer_add_grouped(struct buffer *buffer, double number);
void buffer_add_byte(struct buffer *buffer, char byte);
void buffer_print(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
