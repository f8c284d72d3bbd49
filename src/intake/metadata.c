/* What the head of a page says of the report.
 *
 * Method: the vocabularies in use since the 1990s, most telling first: schema.org in JSON-LD,
 * OpenGraph's article:published_time, schema.org in attributes, Dublin Core, and the names that
 * publishing systems have made up. A date is taken as written: its day is the outlet's own. Dates
 * of change are not dates of publication. Leaves out: RDFa graphs, microformats. */
#include "intake/metadata.h"

#include "bytes/utf8.h"
#include "intake/printed_dates.h"

#include <jansson.h>
#include <string.h>
#include <strings.h>

enum { DEPTH_LIMIT = 400, NO_RANK = 1000 };

int32_t metadata_day(struct arena *scratch, const char *text)
{
    while (*text == ' ')
        text++;
    int32_t day = calendar_read(text);
    if (day != DAY_UNKNOWN)
        return day;
    size_t digits = strspn(text, "0123456789");
    if (digits == 8 || (digits == 14 && text[14] == '\0')) {
        char written[11] = {text[0], text[1], text[2], text[3], '-', text[4],
                            text[5], '-',     text[6], text[7], '\0'};
        return calendar_read(written);
    }
    struct words words;
    struct printed_dates dates;
    size_t length = strlen(text);
    if (length > 80)
        return DAY_UNKNOWN;
    words_find(&words, scratch, text, (uint32_t)length);
    printed_dates_find(&dates, scratch, text, &words, 0, words.list.count);
    if (dates.list.count != 1 || dates.list.items[0].ambiguous)
        return DAY_UNKNOWN;
    return printed_date_day(&dates.list.items[0], false);
}

/* A trimmed copy; NULL where nothing is left. */
static const char *copy_text(struct arena *arena, const char *text)
{
    while (*text != '\0' && (unsigned char)*text <= ' ')
        text++;
    size_t length = strlen(text);
    while (length > 0 && (unsigned char)text[length - 1] <= ' ')
        length--;
    return length > 0 && length < 2000 ? arena_copy(arena, text, length) : NULL;
}

static void set_text(const char **field, struct arena *arena, const char *text)
{
    if (*field == NULL && text != NULL)
        *field = copy_text(arena, text);
}

static void set_day(struct metadata *metadata, struct arena *arena, const char *text, int rank)
{
    if (text == NULL || rank >= metadata->rank)
        return;
    int32_t day = metadata_day(arena, text);
    if (day == DAY_UNKNOWN)
        return;
    metadata->published = day;
    metadata->rank = rank;
}

/* ------------------------------------------------------------------ JSON-LD */

static bool is_article(const json_t *object)
{
    static const char *const endings[] = {"Article", "Posting", "Report", "Coverage", NULL};
    const json_t *type = json_object_get(object, "@type");
    if (json_is_array(type))
        type = json_array_get(type, 0);
    const char *name = json_string_value(type);
    for (int i = 0; name != NULL && endings[i] != NULL; i++) {
        size_t length = strlen(name), size = strlen(endings[i]);
        if (length >= size && strcmp(name + length - size, endings[i]) == 0)
            return true;
    }
    return false;
}

/* The name of a person or organisation: a string, an object with a name, or a list of them. */
static const char *name_of(const json_t *value, struct arena *arena)
{
    if (json_is_string(value))
        return json_string_value(value);
    if (json_is_object(value))
        return json_string_value(json_object_get(value, "name"));
    const char *names = NULL;
    for (size_t i = 0; i < json_array_size(value) && i < 8; i++) {
        const json_t *item = json_array_get(value, i);
        const char *name = json_is_array(item) ? NULL : name_of(item, arena);
        if (name != NULL)
            names = names == NULL ? name : arena_print(arena, "%s, %s", names, name);
    }
    return names;
}

static void read_linked(struct metadata *metadata, struct arena *arena, const json_t *value,
                        int depth)
{
    if (depth > 12)
        return;
    for (size_t i = 0; i < json_array_size(value) && i < 200; i++)
        read_linked(metadata, arena, json_array_get(value, i), depth + 1);
    if (!json_is_object(value))
        return;
    bool article = is_article(value);
    set_day(metadata, arena, json_string_value(json_object_get(value, "datePublished")),
            article ? 1 : 4);
    if (article) {
        set_text(&metadata->title, arena, json_string_value(json_object_get(value, "headline")));
        set_text(&metadata->byline, arena, name_of(json_object_get(value, "author"), arena));
        set_text(&metadata->source, arena, name_of(json_object_get(value, "publisher"), arena));
        set_text(&metadata->language, arena,
                 json_string_value(json_object_get(value, "inLanguage")));
    }
    read_linked(metadata, arena, json_object_get(value, "@graph"), depth + 1);
    read_linked(metadata, arena, json_object_get(value, "mainEntity"), depth + 1);
}

static void read_script(struct metadata *metadata, struct arena *arena, const GumboElement *element)
{
    const GumboAttribute *type = gumbo_get_attribute(&element->attributes, "type");
    if (type == NULL || strcasecmp(type->value, "application/ld+json") != 0 ||
        element->children.length == 0)
        return;
    const GumboNode *text = element->children.data[0];
    if (text->type != GUMBO_NODE_TEXT && text->type != GUMBO_NODE_WHITESPACE)
        return;
    json_error_t error;
    json_t *value = json_loads(text->v.text.text, 0, &error);
    if (value != NULL)
        read_linked(metadata, arena, value, 0);
    json_decref(value);
}

/* ------------------------------------------------------------------ meta elements */

struct vocabulary {
    const char *name;
    int rank;
};

static const struct vocabulary date_names[] = {{"article:published_time", 2},
                                               {"og:article:published_time", 2},
                                               {"og:published_time", 3},
                                               {"datepublished", 3},
                                               {"dc.date.issued", 5},
                                               {"dcterms.issued", 5},
                                               {"dcterms.created", 6},
                                               {"dc.date.created", 6},
                                               {"dc.date", 7},
                                               {"dcterms.date", 7},
                                               {"article.published", 5},
                                               {"parsely-pub-date", 5},
                                               {"sailthru.date", 6},
                                               {"pubdate", 5},
                                               {"publishdate", 5},
                                               {"publish-date", 5},
                                               {"publish_date", 5},
                                               {"publication_date", 5},
                                               {"publication-date", 5},
                                               {"publicationdate", 5},
                                               {"originalpublicationdate", 4},
                                               {"ptime", 6},
                                               {"pdate", 6},
                                               {"cxenseparse:recs:publishtime", 5},
                                               {"bt:pubdate", 5},
                                               {"rnews:datepublished", 5},
                                               {"date", 8},
                                               {"created", 9},
                                               {"article_date_original", 5},
                                               {"displaydate", 8}};

static const char *const title_names[] = {"og:title",      "twitter:title", "dc.title", "headline",
                                          "parsely-title", "dcterms.title", NULL};
static const char *const author_names[] = {
    "author",          "article:author",  "dc.creator",          "byl", "parsely-author",
    "sailthru.author", "dcterms.creator", "article:author_name", NULL};
static const char *const outlet_names[] = {
    "og:site_name",      "dc.publisher", "publisher", "application-name",
    "dcterms.publisher", "cre",          NULL};

static bool is_listed(const char *name, const char *const *names)
{
    for (; *names != NULL; names++)
        if (strcasecmp(name, *names) == 0)
            return true;
    return false;
}

static const char *attribute(const GumboElement *element, const char *name)
{
    const GumboAttribute *found = gumbo_get_attribute(&element->attributes, name);
    return found != NULL ? found->value : NULL;
}

static void read_named(struct metadata *metadata, struct arena *arena, const char *name,
                       const char *content)
{
    for (size_t i = 0; i < sizeof date_names / sizeof date_names[0]; i++)
        if (strcasecmp(name, date_names[i].name) == 0)
            set_day(metadata, arena, content, date_names[i].rank);
    if (is_listed(name, title_names))
        set_text(&metadata->title, arena, content);
    if (is_listed(name, author_names) && strstr(content, "://") == NULL)
        set_text(&metadata->byline, arena, content);
    if (is_listed(name, outlet_names))
        set_text(&metadata->source, arena, content);
    if (strcasecmp(name, "og:url") == 0)
        set_text(&metadata->url, arena, content);
    if (strcasecmp(name, "content-language") == 0)
        set_text(&metadata->language, arena, content);
}

static void read_meta(struct metadata *metadata, struct arena *arena, const GumboElement *element)
{
    static const char *const keys[] = {"property", "name", "itemprop", "http-equiv"};
    const char *content = attribute(element, "content");
    if (content == NULL)
        return;
    for (int i = 0; i < 4; i++) {
        const char *name = attribute(element, keys[i]);
        if (name != NULL)
            read_named(metadata, arena, name, content);
    }
}

static void read_element(struct metadata *metadata, struct arena *arena,
                         const GumboElement *element)
{
    const char *value;
    switch (element->tag) {
    case GUMBO_TAG_META:
        read_meta(metadata, arena, element);
        break;
    case GUMBO_TAG_SCRIPT:
        read_script(metadata, arena, element);
        break;
    case GUMBO_TAG_HTML:
        set_text(&metadata->language, arena, attribute(element, "lang"));
        break;
    case GUMBO_TAG_LINK:
        value = attribute(element, "rel");
        if (value != NULL && strcasecmp(value, "canonical") == 0)
            set_text(&metadata->url, arena, attribute(element, "href"));
        break;
    default:
        value = attribute(element, "itemprop");
        if (value != NULL && strcasecmp(value, "datePublished") == 0) {
            const char *written = attribute(element, "datetime");
            set_day(metadata, arena, written != NULL ? written : attribute(element, "content"), 3);
        }
    }
}

static void walk(struct metadata *metadata, struct arena *arena, const GumboNode *node, int depth)
{
    if ((node->type != GUMBO_NODE_ELEMENT && node->type != GUMBO_NODE_DOCUMENT) ||
        depth > DEPTH_LIMIT)
        return;
    if (node->type == GUMBO_NODE_ELEMENT)
        read_element(metadata, arena, &node->v.element);
    const GumboVector *children =
        node->type == GUMBO_NODE_ELEMENT ? &node->v.element.children : &node->v.document.children;
    for (unsigned i = 0; i < children->length; i++)
        walk(metadata, arena, children->data[i], depth + 1);
}

void metadata_find(struct metadata *metadata, struct arena *arena, const GumboNode *root)
{
    *metadata = (struct metadata){.published = DAY_UNKNOWN, .rank = NO_RANK};
    walk(metadata, arena, root, 0);
}
