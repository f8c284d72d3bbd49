/* News in XML: NITF, NewsML 1 and NewsML-G2 as articles. */
#ifndef ANNALS_INTAKE_NEWS_XML_H
#define ANNALS_INTAKE_NEWS_XML_H

#include "intake/articles.h"

/* Whether text (UTF-8) begins as such a file does. */
bool news_xml_is(const char *bytes, size_t length);

/* Adds an article for each item with text. ANNALS_MALFORMED names the line; ANNALS_EMPTY. */
annals_status news_xml_read(struct articles *articles, struct arena *arena, const char *bytes,
                            size_t length, annals_error *error);

#endif
