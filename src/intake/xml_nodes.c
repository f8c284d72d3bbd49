/* What is read of the nodes of a feed, whether its items are taken in or their pages fetched; and
 * what is refused before libxml2 sees it.
 *
 * libxml2 compares each attribute of an element with all before it, and tells nobody before it is
 * done: 50,000 attributes take seconds, ten times as many minutes. So the bytes are looked over
 * first, in one go: an element of news has a dozen attributes. An element that a file declares as
 * an entity comes from the value between its quotes, which is short where it stands for a letter.
 * Leaves out: whether the file is well-formed, which libxml2 says. */
#include "intake/xml_nodes.h"

#include <string.h>

enum { MOST_ATTRIBUTES = 1000, LONGEST_ENTITY = 4096 };

static bool begins(const char *at, const char *end, const char *word)
{
    size_t length = strlen(word);
    return (size_t)(end - at) >= length && memcmp(at, word, length) == 0;
}

/* Behind the first `word` from `at` on, or the end. */
static const char *behind(const char *at, const char *end, const char *word)
{
    size_t length = strlen(word);
    for (; (size_t)(end - at) >= length; at++) {
        at = memchr(at, word[0], (size_t)(end - at));
        if (at == NULL || (size_t)(end - at) < length)
            return end;
        if (memcmp(at, word, length) == 0)
            return at + length;
    }
    return end;
}

/* Behind the attributes of the tag whose name begins at `at`. A "<" ends them though a quote is
 * open: none may stand in a value. */
static const char *count_attributes(const char *at, const char *end, uint32_t *count)
{
    char quote = '\0';
    for (*count = 0; at < end && *at != '<' && (quote != '\0' || *at != '>'); at++) {
        if (quote != '\0')
            quote = *at == quote ? '\0' : quote;
        else if (*at == '"' || *at == '\'')
            quote = *at;
        *count += quote == '\0' && *at == '=';
    }
    return at;
}

/* How long the entity's value is, which begins at the first quote behind the "<" at `at`. No other
 * "<" may stand before it: so a file of such beginnings is not looked through for each of them. */
static size_t entity_length(const char *at, const char *end)
{
    for (at++; at < end && *at != '"' && *at != '\'' && *at != '>' && *at != '<';)
        at++;
    if (at == end || *at == '>' || *at == '<')
        return 0;
    const char *closing = memchr(at + 1, *at, (size_t)(end - at - 1));
    return (size_t)((closing != NULL ? closing : end) - at);
}

annals_status xml_check(const char *bytes, size_t length, annals_error *error)
{
    const char *end = bytes + length, *at = bytes;
    while (at < end && (at = memchr(at, '<', (size_t)(end - at))) != NULL) {
        uint32_t count = 0;
        if (begins(at, end, "<!--"))
            at = behind(at, end, "-->");
        else if (begins(at, end, "<![CDATA["))
            at = behind(at, end, "]]>");
        else if (begins(at, end, "<?"))
            at = behind(at, end, "?>");
        else if (begins(at, end, "<!ENTITY") && entity_length(at, end) > LONGEST_ENTITY)
            return error_set(error, ANNALS_TOO_LARGE,
                             "XML that declares an entity of more than %d bytes", LONGEST_ENTITY);
        else if (begins(at, end, "<!"))
            at++;
        else
            at = count_attributes(at + 1, end, &count);
        if (count > MOST_ATTRIBUTES)
            return error_set(error, ANNALS_TOO_LARGE,
                             "XML with an element of more than %d attributes", MOST_ATTRIBUTES);
    }
    return ANNALS_OK;
}

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
