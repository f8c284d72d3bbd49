/* The words on one place, ordered and weighed; what control_periods.c makes periods of. */
#ifndef ANNALS_RECORD_CONTROL_WORDS_H
#define ANNALS_RECORD_CONTROL_WORDS_H

#include "record/control.h"

/* Orders by the last day that each may be true, and marks what is denied. */
void control_sort(struct control_word *words, uint32_t count);
/* False for denials, and for what gives way to a finer or plainer word. The words are sorted. */
bool control_counts(const struct control_word *words, uint32_t count, uint32_t index);

bool control_same_side(const char *left, const char *right);
/* Does it say that its side holds the place? */
bool control_is_support(const struct control_word *word);
/* Is it of more days than CONTROL_REACH? */
bool control_is_wide(const struct control_word *word);

#endif
