/* Who is quoted by whom: "AFP quoted the mayor as saying", "the agency said, citing the mayor". */
#ifndef ANNALS_MEANING_QUOTED_H
#define ANNALS_MEANING_QUOTED_H

#include "meaning/tree.h"

/* Adds to the attributions of the sentence, which begin at `first`, those whom their speakers
 * quote, each after the one who quotes; attributions must be added sentence by sentence. */
void quoted_find(const struct tree *tree, struct document *document, uint32_t sentence,
                 uint32_t first);

#endif
