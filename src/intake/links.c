/* Links: what a feed or sitemap points to.
 *
 * Reads RSS 0.9x, 1.0 and 2.0, Atom 1.0 and sitemaps (sitemaps.org 0.9, with the news extension's
 * dates) by the local names of elements (libxml2, without network). Bytes are decoded as those of
 * reports are, so that a feed that lies about its charset is still read. Leaves out: what items say
 * of themselves beyond link and date (feed.c reads that where a feed is the report), the paging of
 * archives, JSON feeds. */
#include "intake/links.h"
#include "intake/xml_nodes.h"

#include "intake/charset.h"
#include "intake/metadata.h"

#include <libxml/parser.h>
#include <string.h>

static bool is_permanent(xmlNode *guid)
{
    xmlChar *value = xmlGetProp(guid, (const xmlChar *)"isPermaLink");
    bool permanent = value == NULL || strcmp((const char *)value, "true") == 0;
    xmlFree(value);
    return permanent;
}

static int32_t day_of(struct arena *arena, xmlNode *node)
{
    const char *text = xml_text(arena, node);
    return text != NULL ? metadata_day(arena, text) : DAY_UNKNOWN;
}

static void read_item(struct links *links, struct arena *arena, xmlNode *node)
{
    struct link found = {.published = DAY_UNKNOWN};
    const char *guid = NULL;
    for (xmlNode *child = node->children; child != NULL; child = child->next) {
        if (xml_is_named(child, "link") && found.address == NULL)
            found.address = xml_link(arena, child);
        else if (xml_is_named(child, "guid") && is_permanent(child))
            guid = xml_text(arena, child);
        else if (xml_is_named(child, "pubDate") || xml_is_named(child, "published"))
            found.published = day_of(arena, child);
        else if (xml_is_named(child, "date") && found.published == DAY_UNKNOWN)
            found.published = day_of(arena, child);
    }
    if (found.address == NULL && guid != NULL && strncmp(guid, "http", 4) == 0)
        found.address = guid;
    struct link *link = found.address != NULL ? array_push(&links->items) : NULL;
    if (link != NULL)
        *link = found;
}

/* `lastmod` is when a page was changed, which is not when it was published; the news extension's
 * date is. */
static void read_location(struct links *links, struct arena *arena, xmlNode *node, bool is_list)
{
    struct link found = {.published = DAY_UNKNOWN, .is_list = is_list};
    for (xmlNode *child = node->children; child != NULL; child = child->next) {
        if (xml_is_named(child, "loc") && found.address == NULL)
            found.address = xml_text(arena, child);
        for (xmlNode *inner = xml_is_named(child, "news") ? child->children : NULL; inner != NULL;
             inner = inner->next)
            if (xml_is_named(inner, "publication_date"))
                found.published = day_of(arena, inner);
    }
    struct link *link = found.address != NULL ? array_push(&links->items) : NULL;
    if (link != NULL)
        *link = found;
}

static void walk(struct links *links, struct arena *arena, xmlNode *node, int depth)
{
    for (; node != NULL && depth < 4 && links->items.count < LINKS_LIMIT; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (xml_is_named(node, "item") || xml_is_named(node, "entry"))
            read_item(links, arena, node);
        else if (xml_is_named(node, "url"))
            read_location(links, arena, node, false);
        else if (xml_is_named(node, "sitemap"))
            read_location(links, arena, node, true);
        else if (xml_is_named(node, "title") && links->title == NULL)
            links->title = xml_text(arena, node);
        else
            walk(links, arena, node->children, depth + 1);
    }
}

static const char *kind_of(const xmlNode *root)
{
    return root == NULL                                             ? NULL
           : xml_is_named(root, "rss") || xml_is_named(root, "RDF") ? "RSS"
           : xml_is_named(root, "feed")                             ? "Atom"
           : xml_is_named(root, "urlset")                           ? "sitemap"
           : xml_is_named(root, "sitemapindex")                     ? "index of sitemaps"
                                                                    : NULL;
}

annals_status links_read(struct links *links, struct arena *arena, const char *bytes, size_t length,
                         annals_error *error)
{
    struct decoded decoded;
    *links = (struct links){0};
    array_init(&links->items, arena);
    annals_status status =
        charset_decode(&decoded, arena, (const unsigned char *)bytes, length, NULL, error);
    if (status == ANNALS_OK && decoded.length > INT32_MAX)
        status = error_set(error, ANNALS_TOO_LARGE, "a feed is larger than 2 GiB");
    if (status == ANNALS_OK)
        status = xml_check(decoded.text, decoded.length, error);
    if (status != ANNALS_OK)
        return status;
    xmlParserCtxt *parser = xmlNewParserCtxt();
    if (parser == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    xmlDoc *document = xmlCtxtReadMemory(parser, decoded.text, (int)decoded.length, NULL, "UTF-8",
                                         XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                             XML_PARSE_NOCDATA);
    xmlNode *root = document != NULL ? xmlDocGetRootElement(document) : NULL;
    links->kind = kind_of(root);
    if (document == NULL)
        status = error_set(error, ANNALS_MALFORMED, "is no feed: not well-formed XML (line %d)",
                           parser->lastError.line);
    else if (links->kind == NULL)
        status = error_set(error, ANNALS_MALFORMED,
                           "is no feed: neither RSS nor Atom nor a sitemap (it is <%.40s>)",
                           root != NULL ? (const char *)root->name : "");
    else
        walk(links, arena, root->children, 0);
    xmlFreeDoc(document);
    xmlFreeParserCtxt(parser);
    return status;
}
