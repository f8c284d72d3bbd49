/* Which tokens stand for a place: names and what refers to them ("the city", "there"). */
#ifndef ANNALS_MEANING_SCENES_H
#define ANNALS_MEANING_SCENES_H

#include "meaning/coding.h"

/* Fills coding->where: [tokens], index of the place that the token stands for, or NONE; and
 * coding->place of words that refer to a place. */
void scenes_find(struct coding *coding);

/* Whether two indexes of places are one place. */
bool scenes_same(const struct document *document, uint32_t a, uint32_t b);

/* The place of a sentence that names one only; NONE where it names none or several. */
uint32_t scenes_only_place(const struct coding *coding, uint32_t sentence);

#endif
