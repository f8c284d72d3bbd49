/* Text that is all report: no furniture is looked for. */
#ifndef ANNALS_INTAKE_PLAIN_TEXT_H
#define ANNALS_INTAKE_PLAIN_TEXT_H

#include "document/document.h"

/* Fills the layer of blocks: every paragraph (lines up to a blank one) is body. False when memory
 * failed. */
bool plain_text_mark(struct document *document);

#endif
