/* A claim: one event as one source tells it. The fields are those of interchange JSON
 * (docs/interchange.md). */
#ifndef ANNALS_DOCUMENT_CLAIM_H
#define ANNALS_DOCUMENT_CLAIM_H

#include "bytes/array.h"
#include "bytes/span.h"

enum claim_status {
    STATUS_ASSERTED,
    STATUS_CLAIMED,
    STATUS_DENIED,
    STATUS_ALLEGED,
    STATUS_PLANNED,
    STATUS_THREATENED,
    STATUS_CONDITIONAL,
    STATUS_NEGATED,
    STATUS_DISPUTED,
};

enum control_change {
    CONTROL_NONE,
    CONTROL_TAKES,
    CONTROL_LOSES,
    CONTROL_HOLDS,
    CONTROL_CONTESTS,
    CONTROL_SHARES,
};

/* The names of interchange JSON; static storage. */
const char *claim_status_name(enum claim_status status);
const char *control_change_name(enum control_change change); /* NULL for CONTROL_NONE */

/* Somebody or something that takes part. */
struct participant {
    uint32_t actor;        /* index into the document's actors, or NONE */
    struct byte_span span; /* empty where it is not in the text */
    const char *kind;      /* patients and instruments: interchange `kind`; NULL = unknown */
    const char *code;      /* CAMEO code of its country where no actor has one; NULL = unknown */
    bool chosen;           /* no rule found it: a network chose it (meaning/choosing.h) */
};

struct claim_count {
    const char *what, *who; /* interchange vocabulary; `who` may be "unknown" */
    double low, high;       /* NAN where unbounded */
    struct byte_span span;  /* the number's words */
    uint32_t quantity;      /* index, or NONE */
};

struct claim_source {
    uint32_t actor;
    struct byte_span span, cue;
};

struct claim {
    uint32_t sentence;
    struct byte_span trigger;
    uint32_t trigger_token;
    const char *plover, *mode, *cameo;     /* mode and cameo may be NULL */
    const char *acled_type, *acled_detail; /* NULL where ACLED would not record it */
    ARRAY(struct participant) agents;
    ARRAY(struct participant) patients;
    ARRAY(struct participant) instruments;
    uint32_t place;         /* index into places, or NONE */
    int32_t from, to;       /* days, inclusive; DAY_UNKNOWN */
    uint8_t precision;      /* enum precision */
    const char *anchor;     /* what dates it: "sentence", "narrative", "published"; NULL */
    ARRAY(struct claim_count) counts;
    ARRAY(struct claim_source) according_to; /* innermost speaker first; empty = the outlet */
    enum claim_status status;
    enum control_change control;
    uint32_t control_place, control_holder; /* indexes of place and actor, or NONE */
    float confidence;                       /* 0 to 1 */
    const char *rule;                       /* id of the dictionary rule that found it */
    const char *clause;                     /* the words that tell it; NULL where not clear */
    const char *explanation;                /* words and tree path behind each slot, or NULL */
};

#endif
