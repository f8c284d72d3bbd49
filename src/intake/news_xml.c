/* News in XML: NITF 3 (also inside NewsML), NewsML 1 and NewsML-G2 (IPTC), by the local names of
 * elements.
 *
 * Headline, byline, outlet, day and paragraphs; in NewsML-G2 the text is NITF, XHTML or plain text
 * inside contentSet. Leaves out: pictures' own items, translations of one item (each stands as it
 * comes), content that only lies at another address. */
#include "intake/news_xml.h"

#include "bytes/buffer.h"
#include "intake/metadata.h"
#include "intake/xml_nodes.h"

#include <libxml/parser.h>
#include <string.h>
#include <strings.h>

enum { DEPTH = 64 };

bool news_xml_is(const char *bytes, size_t length)
{
    static const char *const roots[] = {"<nitf", "<newsItem", "<newsMessage", "<NewsML",
                                        "<packageItem"};
    size_t limit = length < 4096 ? length : 4096;
    size_t blank = 0;
    while (blank < length && (unsigned char)bytes[blank] <= ' ')
        blank++;
    if (blank == length || bytes[blank] != '<')
        return false;
    for (size_t i = blank; i < limit; i++)
        for (size_t j = 0; bytes[i] == '<' && j < sizeof roots / sizeof roots[0]; j++) {
            size_t size = strlen(roots[j]);
            if (length - i > size && strncmp(bytes + i, roots[j], size) == 0 &&
                strchr(" \t\r\n>/", bytes[i + size]) != NULL)
                return true;
        }
    return false;
}

static bool is_named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcasecmp((const char *)node->name, name) == 0;
}

/* The text of a node with its white space folded; NULL where it has none. */
static const char *text_of(struct arena *arena, xmlNode *node)
{
    xmlChar *content = xmlNodeGetContent(node);
    char *copy = content != NULL ? arena_copy_string(arena, (const char *)content) : NULL;
    xmlFree(content);
    if (copy == NULL)
        return NULL;
    char *to = copy;
    for (const char *from = copy; *from != '\0'; from++) {
        if ((unsigned char)*from > ' ')
            *to++ = *from;
        else if (to > copy && to[-1] != ' ')
            *to++ = ' ';
    }
    while (to > copy && to[-1] == ' ')
        to--;
    *to = '\0';
    return copy[0] != '\0' ? copy : NULL;
}

static const char *attribute(struct arena *arena, xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetProp(node, (const xmlChar *)name);
    const char *copy = value != NULL ? arena_copy_string(arena, (const char *)value) : NULL;
    xmlFree(value);
    return copy;
}

struct item {
    struct article article;
    struct buffer text;
    struct arena *arena;
};

static void set_day(struct item *item, const char *text)
{
    if (text == NULL || item->article.published != DAY_UNKNOWN)
        return;
    /* NITF writes 20151004T120000+0000. */
    char day[16];
    if (strspn(text, "0123456789") >= 8) {
        snprintf(day, sizeof day, "%.4s-%.2s-%.2s", text, text + 4, text + 6);
        item->article.published = calendar_read(day);
    } else {
        item->article.published = calendar_read(text);
    }
    if (item->article.published == DAY_UNKNOWN)
        item->article.published = metadata_day(item->arena, text);
}

static void add_paragraph(struct item *item, const char *text)
{
    if (text == NULL)
        return;
    buffer_add_string(&item->text, text);
    buffer_add_string(&item->text, "\n\n");
}

static bool is_text(const xmlNode *node)
{
    static const char *const names[] = {"p", "hl2", "h2", "h3", "li", "pre", "blockquote"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (is_named(node, names[i]))
            return true;
    return false;
}

static void set_first(const char **field, const char *value)
{
    if (*field == NULL)
        *field = value;
}

/* One element of an item; true where its children are not to be walked. */
static bool take_element(struct item *item, xmlNode *node)
{
    struct article *article = &item->article;
    struct arena *arena = item->arena;
    if (is_named(node, "hl1") || is_named(node, "HeadLine") || is_named(node, "headline")) {
        set_first(&article->title, text_of(arena, node));
        return true;
    }
    if (is_named(node, "title") && article->title == NULL) {
        article->title = text_of(arena, node);
        return true;
    }
    if (is_named(node, "byline") || is_named(node, "ByLine") || is_named(node, "by")) {
        set_first(&article->author, text_of(arena, node));
        return true;
    }
    if (is_named(node, "distributor") || is_named(node, "provider") || is_named(node, "Party") ||
        is_named(node, "infoSource")) {
        const char *name = text_of(arena, node);
        if (name == NULL)
            name = attribute(arena, node, "FormalName");
        set_first(&article->source, name);
        return true;
    }
    if (is_named(node, "date.issue") || is_named(node, "story.date"))
        set_day(item, attribute(arena, node, "norm"));
    else if (is_named(node, "versionCreated") || is_named(node, "contentCreated") ||
             is_named(node, "FirstCreated") || is_named(node, "ThisRevisionCreated") ||
             is_named(node, "sent"))
        set_day(item, text_of(arena, node));
    else if (is_named(node, "doc-id"))
        set_first(&article->id, attribute(arena, node, "id-string"));
    else if (is_named(node, "media") || is_named(node, "script") || is_named(node, "style") ||
             is_named(node, "remoteContent"))
        return true;
    if (is_text(node)) {
        add_paragraph(item, text_of(arena, node));
        return true;
    }
    return false;
}

static void walk_item(struct item *item, xmlNode *node, int depth)
{
    for (; node != NULL && depth < DEPTH; node = node->next)
        if (node->type == XML_ELEMENT_NODE && !take_element(item, node))
            walk_item(item, node->children, depth + 1);
}

/* Text of an item that has no paragraphs. */
static void take_plain(struct item *item, xmlNode *node, int depth)
{
    for (; node != NULL && depth < DEPTH && item->text.length == 0; node = node->next) {
        if (is_named(node, "inlineData") || is_named(node, "DataContent") ||
            is_named(node, "body.content"))
            add_paragraph(item, text_of(item->arena, node));
        take_plain(item, node->children, depth + 1);
    }
}

static void add_item(struct articles *articles, struct arena *arena, xmlNode *root)
{
    struct item item = {.article = {.published = DAY_UNKNOWN}, .arena = arena};
    buffer_init(&item.text);
    item.article.id = attribute(arena, root, "guid");
    item.article.language = attribute(arena, root, "lang");
    item.article.line = (uint64_t)xmlGetLineNo(root);
    walk_item(&item, root->children, 0);
    if (item.text.length == 0)
        take_plain(&item, root->children, 0);
    if (item.text.length > 0) {
        struct article *article = articles_add(articles);
        if (article != NULL) {
            *article = item.article;
            article->text =
                item.article.title != NULL
                    ? arena_print(arena, "%s\n\n%s", item.article.title, item.text.bytes)
                    : arena_copy(arena, item.text.bytes, item.text.length);
        }
    }
    buffer_release(&item.text);
}

/* Items may stand in messages and packages. */
static void find_items(struct articles *articles, struct arena *arena, xmlNode *node, int depth)
{
    for (; node != NULL && depth < DEPTH; node = node->next) {
        if (is_named(node, "newsItem") || is_named(node, "nitf"))
            add_item(articles, arena, node);
        else if (node->type == XML_ELEMENT_NODE)
            find_items(articles, arena, node->children, depth + 1);
    }
}

annals_status news_xml_read(struct articles *articles, struct arena *arena, const char *bytes,
                            size_t length, annals_error *error)
{
    annals_status status = xml_check(bytes, length, error);
    if (status != ANNALS_OK)
        return status;
    xmlParserCtxt *parser = length < INT32_MAX ? xmlNewParserCtxt() : NULL;
    uint32_t before = articles->items.count;
    if (parser == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    xmlDoc *document = xmlCtxtReadMemory(parser, bytes, (int)length, NULL, "UTF-8",
                                         XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                             XML_PARSE_NOCDATA);
    if (document == NULL) {
        const char *message = parser->lastError.message;
        int size = message != NULL ? (int)strcspn(message, "\n") : 0;
        status = error_set(error, ANNALS_MALFORMED, "not well-formed XML: %.*s",
                           size > 200 ? 200 : size, message != NULL ? message : "");
        if (parser->lastError.line > 0)
            error_at(error, NULL, (uint64_t)parser->lastError.line, 0, -1);
    } else {
        find_items(articles, arena, xmlDocGetRootElement(document), 0);
    }
    xmlFreeDoc(document);
    xmlFreeParserCtxt(parser);
    if (status == ANNALS_OK && arena->failed)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (status == ANNALS_OK && articles->items.count == before)
        status = error_set(error, ANNALS_EMPTY, "no item with text");
    return status;
}
