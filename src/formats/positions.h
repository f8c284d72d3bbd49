/* Byte offsets to code points, for the edges. */
#ifndef ANNALS_FORMATS_POSITIONS_H
#define ANNALS_FORMATS_POSITIONS_H

#include "bytes/arena.h"
#include "bytes/span.h"

/* An index over one text: the number of code points before every 64th byte; NULL where the text is
 * all ASCII and the two are the same. */
struct positions {
    const char *text;
    uint32_t length;
    uint32_t *before; /* [length / 64 + 1] */
};

/* False when memory is out. */
bool positions_init(struct positions *positions, struct arena *arena, const char *text,
                    uint32_t length);
uint32_t positions_code_point(const struct positions *positions, uint32_t byte);
struct code_point_span positions_code_points(const struct positions *positions,
                                             struct byte_span span);

#endif
