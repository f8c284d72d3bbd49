/* Attributions that the order of the words shows where the tree has them wrong. */
#ifndef ANNALS_MEANING_SPEECH_ORDER_H
#define ANNALS_MEANING_SPEECH_ORDER_H

#include "meaning/speech.h"

/* True where nothing stands between the token and the end of its sentence but when it was, or whom
 * somebody cites. */
bool speech_is_only_when(const struct document *document, uint32_t token, uint32_t end);

/* Mends the sentence's own attributions, which begin at `first`, and adds what they lack. */
void speech_order_find(const struct cues *cues, struct document *document, uint32_t sentence,
                       uint32_t first);

#endif
