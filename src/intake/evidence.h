/* What the text itself says about when it was published: weekdays, months, dates and years that it
 * mentions, and on which side of the Atlantic it was written. */
#ifndef ANNALS_INTAKE_EVIDENCE_H
#define ANNALS_INTAKE_EVIDENCE_H

#include "document/document.h"
#include "intake/printed_dates.h"

struct evidence {
    uint8_t weekdays;           /* bit w: enum weekday w is named in the body */
    uint16_t months;            /* bit m: month m (1 to 12) is named in the body */
    int32_t latest_year;        /* the latest year named in the body; 0 where none is */
    uint32_t year_count;        /* years named in the body */
    struct printed_dates dates; /* dates in the body */
    int style;      /* of the rest of the page: > 0 day before month, < 0 month before day */
    int digits;     /* the same from dates in digits that have one reading only */
    float spelling; /* > 0 British, < 0 American */
};

/* Gathers evidence from the body, and style from the whole page. */
void evidence_find(struct evidence *evidence, struct arena *scratch,
                   const struct document *document, const struct words *words);

/* How well the body agrees with publication on `day`: about -2 to 2.5; 0 where it tells nothing. */
float evidence_for(const struct evidence *evidence, int32_t day);

#endif
