/* What the names of one report say of each other's kinds. */
#ifndef ANNALS_LANGUAGE_NAMES_AGREE_H
#define ANNALS_LANGUAGE_NAMES_AGREE_H

#include "document/document.h"

/* Lets sure names decide over unsure ones that are the same, or the surname of one. There must be a
 * name. Without memory nothing is changed. */
void names_agree(struct document *document, struct arena *scratch);
/* Things that are counted up together are of one kind: "Vashtra, Dalen and Orvo". */
void names_agree_in_lists(struct document *document);

#endif
