/* Collections: the articles that a news archive wrote into one file. */
#ifndef ANNALS_INTAKE_COLLECTIONS_H
#define ANNALS_INTAKE_COLLECTIONS_H

#include "intake/articles.h"

/* Splits text (UTF-8, a line a paragraph or hard-wrapped) as Nexis Uni, LexisNexis and Factiva
 * write it. False where it is none of theirs; `articles` is then left as it was. */
bool collection_split(struct articles *articles, struct arena *arena, const char *text);

#endif
