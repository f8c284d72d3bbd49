/* Which tokens stand for a place: names and what refers to them ("the city", "there"). */
#ifndef ANNALS_MEANING_SCENES_H
#define ANNALS_MEANING_SCENES_H

#include "meaning/coding.h"

/* Fills coding->where: [tokens], index of the place that the token stands for, or NONE; and
 * coding->place of words that refer to a place. */
void scenes_find(struct coding *coding);

/* Whether two indexes of places are one place. */
bool scenes_same(const struct document *document, uint32_t a, uint32_t b);

bool scenes_is_country(const struct document *document, uint32_t place);

/* The place of a sentence that names one only, or, with a token, of the part of it that is told
 * together with the token, as what is said is told apart from who says it. NONE where it names
 * none or several; `any` says which. */
uint32_t scenes_only_place(const struct coding *coding, uint32_t sentence, uint32_t token,
                           bool *any);

/* Whether what `other` tells is told in the same breath as `token`: not about who says it. */
bool scenes_told_together(const struct coding *coding, uint32_t token, uint32_t other);

/* A place named in passing: not in the main clause, and in a country that the report was not filed
 * from, that most of its places are not in, and where no claim of it has happened so far. False
 * where that is not known. */
bool scenes_is_abroad(const struct coding *coding, uint32_t place);

/* A place that nobody knows: "another town", "two villages", "the city" where two were named. */
bool scenes_is_open_place(const struct coding *coding, uint32_t token);

/* The words for the other places coordinated with `place` in the sentence; returns their number,
 * at most `maximum`. */
uint32_t scenes_conjuncts(const struct coding *coding, uint32_t place, uint32_t sentence,
                          uint32_t *tokens, uint32_t maximum);

#endif
