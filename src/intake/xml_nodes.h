/* What is read of the nodes of a feed; what no XML may hold. */
#ifndef ANNALS_INTAKE_XML_NODES_H
#define ANNALS_INTAKE_XML_NODES_H

#include "bytes/arena.h"

#include "bytes/status.h"

#include <libxml/tree.h>

/* To be asked before libxml2 reads the bytes: not OK where it would take a time that grows with the
 * square of their length. */
annals_status xml_check(const char *bytes, size_t length, annals_error *error);
/* Whether it is an element of this local name. */
bool xml_is_named(const xmlNode *node, const char *name);
/* The text of a node, trimmed, in `arena`; NULL where it has none. */
const char *xml_text(struct arena *arena, xmlNode *node);
/* An Atom link that is the page itself, or the text of an RSS link; NULL where there is none. */
const char *xml_link(struct arena *arena, xmlNode *node);

#endif
