/* What the sentence around a number says of it. */
#ifndef ANNALS_RECORD_TOLD_NUMBERS_H
#define ANNALS_RECORD_TOLD_NUMBERS_H

#include "record/record.h"

/* "Twelve people": of every kind, whoever they may prove to be. */
bool number_is_of_people(const struct record_claim *claim, const struct record_count *count);
/* "A guard", "Ann Hale": one person, told without a number. */
bool number_is_single(const struct record_claim *claim, const struct record_count *count);
/* Is `part` counted among those whom `whole` counts before it in the sentence? */
bool number_is_part(const struct record_claim *claim, const struct record_count *whole,
                    const struct record_count *part);
/* "Ten of the FIFTY-FIVE": does `whole` follow right upon its part? */
bool number_is_whole(const struct record_claim *claim, const struct record_count *part,
                     const struct record_count *whole);
/* "Scores", "several": a word whose bounds are a convention. */
bool number_is_vague(const struct record_claim *claim, const struct record_count *count);
/* "Six people were SHOT": some of them may be dead. */
bool number_is_hit(const struct record_claim *claim, const struct record_count *count);
/* "60 dead since the town fell": a sum over days, whatever day the claim is dated to. */
bool number_is_of_days(const struct record_claim *claim);
/* "Ten killed in separate attacks": a sum over events. */
bool number_is_of_events(const struct record_claim *claim);

#endif
