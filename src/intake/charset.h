/* Charsets: bytes of a file to UTF-8. */
#ifndef ANNALS_INTAKE_CHARSET_H
#define ANNALS_INTAKE_CHARSET_H

#include "bytes/arena.h"
#include "bytes/status.h"

struct decoded {
    char *text; /* UTF-8, NUL-terminated, without byte order mark */
    size_t length;
    const char *charset;    /* its name, such as "UTF-8" or "WINDOWS-1252" */
    uint64_t replaced;      /* malformed bytes that had to be replaced */
    int64_t first_replaced; /* offset of the first of them in the file, or -1 */
};

/* Decodes `bytes` by, in this order: byte order mark, validity as UTF-8, the charset that the file
 * declares (XML declaration, HTML meta) or `declared` (may be NULL), uchardet's guess,
 * Windows-1252. ANNALS_EMPTY: nothing but white space. ANNALS_NOT_TEXT says what the bytes are
 * instead, or where the first NUL stands. A few malformed bytes in a text of known charset are
 * replaced and counted. */
annals_status charset_decode(struct decoded *decoded, struct arena *arena,
                             const unsigned char *bytes, size_t length, const char *declared,
                             annals_error *error);

#endif
