/* RSS and Atom feeds: their items as reports.
 *
 * Reads RSS 0.9x, 1.0 and 2.0 and Atom 1.0 by the local names of elements (libxml2, without network
 * and without entities of the feed's own). An item's date is its own; the feed's date of building
 * is nobody's. Leaves out: fetching, enclosures, the paging of archives. */
#include "intake/feed.h"

#include "intake/metadata.h"

#include <libxml/parser.h>
#include <string.h>

static bool is_named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

/* The text of a node, trimmed; NULL where it has none. */
static const char *text_of(struct arena *arena, xmlNode *node)
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

static const char *link_of(struct arena *arena, xmlNode *node)
{
    xmlChar *address = xmlGetProp(node, (const xmlChar *)"href");
    if (address == NULL)
        return text_of(arena, node);
    xmlChar *relation = xmlGetProp(node, (const xmlChar *)"rel");
    bool own = relation == NULL || strcmp((const char *)relation, "alternate") == 0;
    const char *copy = own ? arena_copy_string(arena, (const char *)address) : NULL;
    xmlFree(relation);
    xmlFree(address);
    return copy;
}

/* How full the text of an element usually is; 0 where it is no text. */
static int fullness(const xmlNode *node)
{
    return is_named(node, "encoded")       ? 4
           : is_named(node, "content")     ? 3
           : is_named(node, "description") ? 2
           : is_named(node, "summary")     ? 1
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
        if (is_named(child, "title") && item->title == NULL)
            item->title = text_of(arena, child);
        else if (is_named(child, "link") && item->url == NULL)
            item->url = link_of(arena, child);
        else if (is_named(child, "guid") || is_named(child, "id"))
            item->id = text_of(arena, child);
        else if (is_named(child, "author") || is_named(child, "creator"))
            item->author = text_of(arena, child);
        bool published = is_named(child, "pubDate") || is_named(child, "published");
        bool other = is_named(child, "date") || is_named(child, "issued");
        if (published || (other && !own_date)) {
            const char *text = text_of(arena, child);
            int32_t day = text != NULL ? metadata_day(arena, text) : DAY_UNKNOWN;
            if (day != DAY_UNKNOWN) {
                item->published = day;
                own_date = published;
            }
        }
        if (fullness(child) > full) {
            const char *text = text_of(arena, child);
            item->html = text != NULL ? text : item->html;
            full = text != NULL ? fullness(child) : full;
        }
    }
}

static void walk(struct articles *feed, struct arena *arena, xmlNode *node, int depth)
{
    for (; node != NULL && depth < 6; node = node->next) {
        if (is_named(node, "item") || is_named(node, "entry")) {
            read_item(feed, arena, node);
        } else if (node->type == XML_ELEMENT_NODE) {
            if (is_named(node, "title") && feed->title == NULL)
                feed->title = text_of(arena, node);
            if (is_named(node, "language") && feed->language == NULL)
                feed->language = text_of(arena, node);
            walk(feed, arena, node->children, depth + 1);
        }
    }
}

annals_status feed_read(struct articles *feed, struct arena *arena, const char *bytes, size_t length,
                        annals_error *error)
{
    *feed = (struct articles){0};
    array_init(&feed->items, arena);
    if (length > INT32_MAX)
        return error_set(error, ANNALS_TOO_LARGE, "a feed is larger than 2 GiB");
    xmlParserCtxt *parser = xmlNewParserCtxt();
    if (parser == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    xmlDoc *document = xmlCtxtReadMemory(parser, bytes, (int)length, NULL, "UTF-8",
                                         XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                             XML_PARSE_NOCDATA);
    annals_status status = ANNALS_OK;
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
