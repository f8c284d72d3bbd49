/* How far people agree who judged the same things. */
#ifndef ANNALS_RECORD_AGREEMENT_H
#define ANNALS_RECORD_AGREEMENT_H

#include <stdint.h>

#define AGREEMENT_MISSING UINT32_MAX

struct agreement {
    uint64_t units; /* that two people at least judged */
    double agreed;  /* share of pairs of judgements that are the same; NAN without units */
    double alpha;   /* NAN where nothing varies */
};

/* Krippendorff's alpha for nominal values: `values[units][people]`, numbers from 0 on or
 * AGREEMENT_MISSING. */
struct agreement agreement_measure(const uint32_t *values, uint32_t units, uint32_t people);

#endif
