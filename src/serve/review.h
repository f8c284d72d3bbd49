/* What a reviewer sends: decisions, as the body of a POST. */
#ifndef ANNALS_SERVE_REVIEW_H
#define ANNALS_SERVE_REVIEW_H

#include "bytes/arena.h"
#include "record/record.h"

enum { REVIEW_DECISIONS = 50, REVIEW_IDS = 200, REVIEW_LONGEST = 64 << 10 };

struct review {
    struct arena arena;
    annals_decision decisions[REVIEW_DECISIONS];
    uint32_t count;
    uint64_t after; /* the newest decision that the reviewer knows of, where he says so */
    char decided[32];
};

/* Reads {"author", "after", "decisions": [{"kind", "ids", "slot", "value", "reason"}]}. Strings live in
 * the review's arena; review_release in any case. ANNALS_MALFORMED says what is wrong with it. */
annals_status review_read(struct review *review, const char *bytes, size_t length,
                          annals_error *error);
void review_release(struct review *review);

#endif
