/* Byte offsets to code points, for the edges. */
#include "formats/positions.h"

#include "bytes/utf8.h"

enum { STEP = 64 };

bool positions_init(struct positions *positions, struct arena *arena, const char *text,
                    uint32_t length)
{
    *positions = (struct positions){.text = text, .length = length};
    if (utf8_count(text, length) == length)
        return true;
    positions->before = arena_new_array(arena, uint32_t, length / STEP + 1);
    if (positions->before == NULL)
        return false;
    for (uint32_t i = 1; i <= length / STEP; i++)
        positions->before[i] =
            positions->before[i - 1] + (uint32_t)utf8_count(text + (size_t)(i - 1) * STEP, STEP);
    return true;
}

uint32_t positions_code_point(const struct positions *positions, uint32_t byte)
{
    if (byte > positions->length)
        byte = positions->length;
    if (positions->before == NULL)
        return byte;
    uint32_t step = byte / STEP;
    return positions->before[step] +
           (uint32_t)utf8_count(positions->text + (size_t)step * STEP, byte - step * STEP);
}

struct code_point_span positions_code_points(const struct positions *positions,
                                             struct byte_span span)
{
    return (struct code_point_span){positions_code_point(positions, span.start),
                                    positions_code_point(positions, span.end)};
}
