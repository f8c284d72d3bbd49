/* Citations: what Zotero, ProQuest and others say of articles (RIS, CSL-JSON), joined to their
 * files. */
#ifndef ANNALS_INTAKE_CITATIONS_H
#define ANNALS_INTAKE_CITATIONS_H

#include "intake/articles.h"

bool ris_is(const char *bytes, size_t length);
bool csl_is(const char *bytes, size_t length, const char *name);

/* Adds an article a reference; its text is the abstract, its `file` the attached one.
 * ANNALS_MALFORMED names line and column; ANNALS_EMPTY. */
annals_status ris_read(struct articles *articles, struct arena *arena, const char *bytes,
                       size_t length, annals_error *error);
annals_status csl_read(struct articles *articles, struct arena *arena, const char *bytes,
                       size_t length, annals_error *error);

#endif
