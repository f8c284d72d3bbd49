/* Tables of reports: CSV and TSV with named columns, as databases of news export them. */
#ifndef ANNALS_INTAKE_NEWS_TABLE_H
#define ANNALS_INTAKE_NEWS_TABLE_H

#include "intake/articles.h"

/* Whether the file is a table by its name (.csv, .tsv, .tab). */
bool news_table_is(const char *name);

/* Adds an article a row. The text stands in a column `text`, `body`, `content`, `article`,
 * `full_text` or `notes`; title, date, source, url, id, author, language are found likewise.
 * ANNALS_MALFORMED: no column of text, and which there are. Rows without text are counted in
 * `*empty`. */
annals_status news_table_read(struct articles *articles, struct arena *arena, const char *bytes,
                              size_t length, uint64_t *empty, annals_error *error);

#endif
