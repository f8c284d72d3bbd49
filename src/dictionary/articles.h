/* Whether the name that an actor goes by is one of its own or a common noun, "army officer", which
 * wants an article within a sentence. Told by its letters alone, for where no grammar is at hand.
 */
#ifndef ANNALS_DICTIONARY_ARTICLES_H
#define ANNALS_DICTIONARY_ARTICLES_H

#include <stdbool.h>

/* True where the head word of the name begins with a small letter and nothing before it stands for
 * an article: "army officer", "leader of the rebels"; not "the officer", "his brother", "two
 * officers". Says no of names all in capitals and of other scripts. */
bool name_is_common(const char *name);

/* True where a name of its own is said with "the": "the United States", "the Northern Alliance",
 * "the Taliban". */
bool name_takes_the(const char *name);

/* "a", "an", or "" where the name, which is common, tells of several: "officers", "police". */
const char *name_article(const char *name);

#endif
