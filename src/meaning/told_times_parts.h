/* What told_times.c and other_times.c share: which time expressions date what is told. */
#ifndef ANNALS_MEANING_TOLD_TIMES_PARTS_H
#define ANNALS_MEANING_TOLD_TIMES_PARTS_H

#include "meaning/time_tense.h"
#include "meaning/times.h"

enum { CLIMB = 40 }; /* steps up a tree */

/* Whether an expression can date something. */
bool time_dates(const struct time_mention *time);
/* Index of the first time expression of a sentence, or of the first behind it. */
uint32_t times_first_in(const struct document *document, uint32_t sentence);
/* A chronology in the present ("On May 8 a bomb kills ..."): the present after it is of the same
 * time, while the present after a past is that of the report. `simple`: only where it is no "is
 * killing", "has killed". */
bool time_told_in_present(const struct document *document, uint32_t sentence,
                          const struct time_mention *time, bool simple);
/* Whether it dates what the sentence tells, not a thing in it. */
bool time_dates_the_telling(const struct document *document, const struct time_mention *time);
bool time_at_or_below(const struct token *tokens, uint32_t token, uint32_t above);

/* other_times.c: what `token` tells is not of the report's day, though its own is not known. */
bool time_is_another(const struct document *document, uint32_t sentence, uint32_t token,
                     const struct tense_reading *reading);

#endif
