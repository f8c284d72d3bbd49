/* UTF-8: decoding, checking, counting, case and accent folding. Case and decomposition come from
 * utf8proc (Unicode Character Database), the only use of that library. */
#ifndef ANNALS_BYTES_UTF8_H
#define ANNALS_BYTES_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decodes one code point at `bytes`; `*length` gets its size in bytes (1 to 4). Malformed bytes
 * give U+FFFD and length 1. `available` must be at least 1. */
uint32_t utf8_decode(const char *bytes, size_t available, size_t *length);

/* Writes one code point (surrogates and values over U+10FFFF as U+FFFD); returns its size, 1 to 4.
 * `bytes` has room for 4. */
size_t utf8_encode(uint32_t code_point, char *bytes);

/* Offset of the first malformed byte, or `length` where all is well formed. */
size_t utf8_valid_length(const char *bytes, size_t length);

/* Number of code points of well-formed UTF-8. */
size_t utf8_count(const char *bytes, size_t length);

/* Columns that the text takes on a terminal: 0 for combining marks, 2 for wide characters. */
size_t utf8_width(const char *bytes, size_t length);

/* Folds for comparison: lower case, accents stripped, typographic quotes and dashes to ASCII.
 * Writes at most `length` * 3 bytes to `folded`; returns the number written. */
size_t utf8_fold(const char *bytes, size_t length, char *folded);

bool utf8_is_upper(uint32_t code_point);
bool utf8_is_lower(uint32_t code_point);
/* Letters and combining marks. */
bool utf8_is_letter(uint32_t code_point);
bool utf8_is_digit(uint32_t code_point);
/* White space, including no-break and zero-width spaces. */
bool utf8_is_space(uint32_t code_point);

#endif
