/* RSS and Atom feeds: their items as reports.
 *
 * Reads RSS 0.9x, 1.0 and 2.0 and Atom 1.0 by the local names of elements (libxml2, without network
 * and without entities of the feed's own). An item's date is its own; the feed's date of building
 * is nobody's. Leaves out: fetching, enclosures, the paging of archives. */
#include "intake/feed.h"

#include "intake/metadata.h"
#include "intake/xml_nodes.h"

#include <libxml/parser.h>
#include <string.h>

/* How full the text of an element usually is; 0 where it is no text. */
static int fullness(const xmlNode *node)
{
    return xml_is_named(node, "encoded")       ? 4
           : xml_is_named(node, "content")     ? 3
           : xml_is_named(node, "description") ? 2
           : xml_is_named(node, "summary")     ? 1
                                               : 0;
}

static void read_item(struct articles *feed, struct arena *arena, xmlNode *node)
{
    struct article *item = articles_add(feed);
    int full = 0;
    bool own_date = false;
    if (item == NULL)
        return;
    for (xmlNode *child = node->children; child != NULL; child = child->next) {
        if (xml_is_named(child, "title") && item->title == NULL)
            item->title = xml_text(arena, child);
        else if (xml_is_named(child, "link") && item->url == NULL)
            item->url = xml_link(arena, child);
        else if (xml_is_named(child, "guid") || xml_is_named(child, "id"))
            item->id = xml_text(arena, child);
        else if (xml_is_named(child, "author") || xml_is_named(child, "creator"))
            item->author = xml_text(arena, child);
        bool published = xml_is_named(child, "pubDate") || xml_is_named(child, "published");
        bool other = xml_is_named(child, "date") || xml_is_named(child, "issued");
        if (published || (other && !own_date)) {
            const char *text = xml_text(arena, child);
            int32_t day = text != NULL ? metadata_day(arena, text) : DAY_UNKNOWN;
            if (day != DAY_UNKNOWN) {
                item->published = day;
                own_date = published;
            }
        }
        if (fullness(child) > full) {
            const char *text = xml_text(arena, child);
            item->html = text != NULL ? text : item->html;
            full = text != NULL ? fullness(child) : full;
        }
    }
}

static void walk(struct articles *feed, struct arena *arena, xmlNode *node, int depth)
{
    for (; node != NULL && depth < 6; node = node->next) {
        if (xml_is_named(node, "item") || xml_is_named(node, "entry")) {
            read_item(feed, arena, node);
        } else if (node->type == XML_ELEMENT_NODE) {
            if (xml_is_named(node, "title") && feed->title == NULL)
                feed->title = xml_text(arena, node);
            if (xml_is_named(node, "language") && feed->language == NULL)
                feed->language = xml_text(arena, node);
            walk(feed, arena, node->children, depth + 1);
        }
    }
}

annals_status feed_read(struct articles *feed, struct arena *arena, const char *bytes,
                        size_t length, annals_error *error)
{
    *feed = (struct articles){0};
    array_init(&feed->items, arena);
    if (length > INT32_MAX)
        return error_set(error, ANNALS_TOO_LARGE, "a feed is larger than 2 GiB");
    annals_status status = xml_check(bytes, length, error);
    if (status != ANNALS_OK)
        return status;
    xmlParserCtxt *parser = xmlNewParserCtxt();
    if (parser == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    xmlDoc *document = xmlCtxtReadMemory(parser, bytes, (int)length, NULL, "UTF-8",
                                         XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                             XML_PARSE_NOCDATA);
    if (document == NULL) {
        int line = parser->lastError.line;
        const char *message = parser->lastError.message;
        error_set(error, ANNALS_MALFORMED, "not a well-formed feed: %.200s",
                  message != NULL ? message : "no XML");
        if (error != NULL)
            error->sentence[strcspn(error->sentence, "\n")] = '\0';
        error_at(error, NULL, line > 0 ? (uint64_t)line : 0, 0, -1);
        status = ANNALS_MALFORMED;
    } else {
        walk(feed, arena, xmlDocGetRootElement(document), 0);
    }
    xmlFreeDoc(document);
    xmlFreeParserCtxt(parser);
    if (status == ANNALS_OK && feed->items.count == 0)
        status = error_set(error, ANNALS_EMPTY, "the feed has no items");
    return status;
}
