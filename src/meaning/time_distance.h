/* How far a time expression is from a word that tells an event. */
#ifndef ANNALS_MEANING_TIME_DISTANCE_H
#define ANNALS_MEANING_TIME_DISTANCE_H

#include "document/document.h"

/* The token of an expression whose head is outside of it. */
uint32_t time_head(const struct document *document, struct token_range range);

/* "Marched on Friday after THE murder of a priest", "accused on Friday of KILLING him": what is
 * known or spoken of was before. */
bool time_lies_behind(const struct document *document, uint32_t token);

/* Whether what is told around the word looks back on it: "condemned THE ATTACK", "the trial for THE
 * KILLING". Its day is not that of what is told, but may be one told of before. */
bool time_is_looked_back_on(const struct document *document, uint32_t token);

/* Steps in the tree from `token` to the expression, dearer where they leave a clause; 1000 where
 * another event lies between. Without a tree, the words between them. */
uint32_t time_distance(const struct document *document, uint32_t token,
                       const struct time_mention *time);

#endif
