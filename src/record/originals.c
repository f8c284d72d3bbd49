/* Keeps the bytes a report came as: its text's own, or packed with zlib (Deutsch and Gailly, RFC
 * 1950), a page to about a quarter. What packing does not make smaller is stored plain. Nothing
 * depends on how well a zlib packs: the dump and the hash are of the bytes themselves. */
#include "record/originals.h"

#include "record/statements.h"

#include <zlib.h>

enum { LARGEST = 1 << 30 };

/* As compress2 does at its default, but with tables no larger than so many bytes can fill: to clear
 * those for 32 kilobytes takes as long as half a page. */
static bool pack(const void *bytes, size_t length, void *to, uLongf *size)
{
    enum { LEVEL = 6, LEAST_WINDOW = 9, LARGEST_WINDOW = 15, MOST_MEMORY = 8 };
    z_stream stream = {.next_in = (z_const Bytef *)bytes,
                       .avail_in = (uInt)length,
                       .next_out = to,
                       .avail_out = (uInt)*size};
    int window = LEAST_WINDOW;
    while (window < LARGEST_WINDOW && (size_t)1 << window < length)
        window++;
    int memory = window < LARGEST_WINDOW ? window - 7 : MOST_MEMORY;
    if (deflateInit2(&stream, LEVEL, Z_DEFLATED, window, memory, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    bool whole = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    *size = stream.total_out;
    deflateEnd(&stream);
    return whole;
}

const void *originals_pack(struct arena *arena, const void *bytes, size_t length, size_t *packed)
{
    if (length < 64 || length > LARGEST)
        return NULL;
    uLongf size = length;
    void *to = arena_allocate(arena, size);
    if (to == NULL || !pack(bytes, length, to, &size) || size >= length)
        return NULL;
    *packed = size;
    return to;
}

const void *originals_unpack(struct arena *arena, const void *packed, size_t length, size_t size)
{
    uLongf found = (uLongf)size;
    if (packed == NULL || size > LARGEST || size == 0)
        return NULL;
    void *to = arena_allocate(arena, size);
    if (to == NULL || uncompress(to, &found, packed, (uLong)length) != Z_OK || found != size)
        return NULL;
    return to;
}

annals_status record_original(struct record *record, int64_t report, struct arena *arena,
                              struct record_original *original, annals_error *error)
{
    static const char sql[] = "SELECT o.encoding, o.size, o.bytes, r.text FROM reports r "
                              "JOIN originals o USING (report) WHERE r.report = ?";
    struct store_statement *row = statement_ask(record, sql, "i", report);
    *original = (struct record_original){0};
    bool found = row != NULL && store_step(row) == STORE_ROW;
    if (found) {
        const char *encoding = record_text(row, 0);
        bool text = strcmp(encoding, "text") == 0;
        int column = text ? 3 : 2;
        int64_t size = store_int64(row, 1);
        const void *bytes = text ? (const void *)store_text(row, 3) : store_blob(row, 2);
        size_t length = (size_t)store_bytes(row, column);
        original->is_text = text;
        if (strcmp(encoding, "zlib") == 0) {
            original->bytes = originals_unpack(arena, bytes, length, size > 0 ? (size_t)size : 0);
            original->length = original->bytes != NULL ? (size_t)size : 0;
        } else {
            original->bytes = arena_copy(arena, bytes != NULL ? bytes : "", length);
            original->length = length;
        }
    }
    annals_status status = statement_end(record, row, error);
    if (status == ANNALS_OK && arena->failed)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (status == ANNALS_OK && original->bytes == NULL)
        return error_set(error, found ? ANNALS_FOREIGN : ANNALS_NOT_FOUND,
                         found ? "the bytes of the report are damaged"
                               : "the bytes of the report are not there");
    return status;
}
