/* What is read of the nodes of a feed, whether its items are taken in or their pages fetched. */
#include "intake/xml_nodes.h"

#include <string.h>

bool xml_is_named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

const char *xml_text(struct arena *arena, xmlNode *node)
{
    xmlChar *content = xmlNodeGetContent(node);
    const char *copy = NULL;
    if (content != NULL) {
        const char *start = (const char *)content;
        start += strspn(start, " \t\r\n");
        size_t length = strlen(start);
        while (length > 0 && (unsigned char)start[length - 1] <= ' ')
            length--;
        copy = length > 0 ? arena_copy(arena, start, length) : NULL;
        xmlFree(content);
    }
    return copy;
}

const char *xml_link(struct arena *arena, xmlNode *node)
{
    xmlChar *address = xmlGetProp(node, (const xmlChar *)"href");
    if (address == NULL)
        return xml_text(arena, node);
    xmlChar *relation = xmlGetProp(node, (const xmlChar *)"rel");
    bool own = relation == NULL || strcmp((const char *)relation, "alternate") == 0;
    const char *copy = own ? arena_copy_string(arena, (const char *)address) : NULL;
    xmlFree(relation);
    xmlFree(address);
    return copy;
}
