/* CoNLL-U, the format of Universal Dependencies, in and out; and a tree for people. */
#ifndef ANNALS_FORMATS_CONLLU_H
#define ANNALS_FORMATS_CONLLU_H

#include "bytes/buffer.h"
#include "bytes/status.h"
#include "document/document.h"

/* Makes `document` of the sentences and tokens of CoNLL-U (one document: `# newdoc id` names it);
 * tags and trees in it are passed over. Its text is rebuilt from the words. ANNALS_MALFORMED names
 * the line; ANNALS_EMPTY where there is no word. */
annals_status conllu_read(struct document *document, struct arena *arena, const char *bytes,
                          size_t length, annals_error *error);

/* Appends the document's sentences. */
void conllu_write(const struct document *document, struct buffer *buffer);

/* Appends each sentence as an indented tree, a word a line: relation, word, class. */
void conllu_write_tree(const struct document *document, struct arena *scratch,
                       struct buffer *buffer);

#endif
