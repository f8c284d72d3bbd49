/* Spans of text. The two types do not mix: byte offsets inside, code points at the edges;
 * formats/ converts. */
#ifndef ANNALS_BYTES_SPAN_H
#define ANNALS_BYTES_SPAN_H

#include <stdbool.h>
#include <stdint.h>

/* [start, end) in bytes of a document's UTF-8 text. */
struct byte_span {
    uint32_t start, end;
};

/* [start, end) in Unicode code points of a report's text. */
struct code_point_span {
    uint32_t start, end;
};

static inline bool span_is_empty(struct byte_span span)
{
    return span.end <= span.start;
}

static inline bool span_contains(struct byte_span outer, struct byte_span inner)
{
    return outer.start <= inner.start && inner.end <= outer.end;
}

static inline bool span_overlaps(struct byte_span a, struct byte_span b)
{
    return a.start < b.end && b.start < a.end;
}

#endif
