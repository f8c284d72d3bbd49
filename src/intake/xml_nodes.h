/* What is read of the nodes of a feed. */
#ifndef ANNALS_INTAKE_XML_NODES_H
#define ANNALS_INTAKE_XML_NODES_H

#include "bytes/arena.h"

#include <libxml/tree.h>

/* Whether it is an element of this local name. */
bool xml_is_named(const xmlNode *node, const char *name);
/* The text of a node, trimmed, in `arena`; NULL where it has none. */
const char *xml_text(struct arena *arena, xmlNode *node);
/* An Atom link that is the page itself, or the text of an RSS link; NULL where there is none. */
const char *xml_link(struct arena *arena, xmlNode *node);

#endif
