/* Who speaks by the shape of a text: a quotation with a name below it, the turns of a transcript.
 */
#ifndef ANNALS_MEANING_SIGNATURES_H
#define ANNALS_MEANING_SIGNATURES_H

#include "document/document.h"

struct signatures {
    bool transcript; /* the document has turns: "NAME: …" again and again */
};

void signatures_init(const struct document *document, struct signatures *signatures);

/* Adds what the sentence shows to the attributions, of which the sentence's own begin at `first`;
 * attributions must be added sentence by sentence. */
void signatures_find(const struct signatures *signatures, struct document *document,
                     uint32_t sentence, uint32_t first);

#endif
