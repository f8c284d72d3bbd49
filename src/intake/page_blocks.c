/* Blocks of an HTML page.
 *
 * Method: the segmentation of Kohlschütter et al. (2010): text between block-level tags is one
 * block, with its words and the words in links. What HTML5 and class names call furniture is left
 * out beforehand, as Readability (Arc90, 2009) does with "unlikely candidates", unless it holds two
 * fifths of the page's text: then the name lies. Leaves out: style sheets, rendering. */
#include "intake/page_blocks.h"

#include "bytes/utf8.h"

#include <string.h>
#include <strings.h>

enum { DEPTH_LIMIT = 500 };

/* Words of class names and ids that mean furniture; whole words, sorted not needed. */
static const char *const furniture_names[] = {
    "nav",          "navbar",      "navigation", "menu",          "sidebar",     "footer",
    "breadcrumb",   "breadcrumbs", "share",      "sharing",       "social",      "related",
    "recommended",  "recommend",   "promo",      "promos",        "newsletter",  "subscribe",
    "subscription", "signup",      "cookie",     "cookies",       "consent",     "gdpr",
    "ad",           "ads",         "advert",     "advertisement", "advertising", "sponsor",
    "sponsored",    "comment",     "comments",   "disqus",        "widget",      "popup",
    "modal",        "overlay",     "paywall",    "toolbar",       "pagination",  "pager",
    "tags",         "ticker",      "skip",       "banner",        "trending",    "popular",
    "mostread",     "masthead",    "outbrain",   "taboola",       "login",       "search",
    "print",        "tools",       "hidden",     "screenreader",  "archive",     "more",
    "teaser",       "teasers",     "crumb",      "crumbs",        "leftmenu",    "rightmenu",
    "topmenu",      "mainmenu",    "sidemenu",   "submenu",       "topnav",      "sidenav",
    "subnav",       "sitenav",     "bio",        "authorbox",     "pullquote",   "tweet",
    "onetrust",     NULL};

/* What is never the report, however much of the page it takes: readers' comments under a short
 * report, a banner of ten paragraphs. */
static const char *const certain_names[] = {"comment", "comments", "disqus",   "cookie", "cookies",
                                            "consent", "gdpr",     "onetrust", NULL};

static bool is_any(const char *word, size_t length, const char *const *names)
{
    for (; *names != NULL; names++)
        if (strlen(*names) == length && strncasecmp(*names, word, length) == 0)
            return true;
    return false;
}

static const char *attribute(const GumboElement *element, const char *name)
{
    const GumboAttribute *found = gumbo_get_attribute(&element->attributes, name);
    return found != NULL ? found->value : NULL;
}

static bool names_any(const char *value, const char *const *names)
{
    while (value != NULL && *value != '\0') {
        size_t length = strcspn(value, " -_\t\n");
        if (length > 0 && is_any(value, length, names))
            return true;
        value += length + (value[length] != '\0');
    }
    return false;
}

static bool is_named(const GumboElement *element, const char *const *names)
{
    return names_any(attribute(element, "class"), names) ||
           names_any(attribute(element, "id"), names);
}

static bool is_dialog(const char *role)
{
    return role != NULL &&
           (strcasecmp(role, "dialog") == 0 || strcasecmp(role, "alertdialog") == 0);
}

static bool is_hidden(const GumboElement *element)
{
    const char *style = attribute(element, "style"), *aria = attribute(element, "aria-hidden");
    const char *class = attribute(element, "class");
    if (gumbo_get_attribute(&element->attributes, "hidden") != NULL ||
        (aria != NULL && strcasecmp(aria, "true") == 0))
        return true;
    if (class != NULL &&
        (strstr(class, "visually-hidden") != NULL || strstr(class, "sr-only") != NULL ||
         strstr(class, "screen-reader") != NULL))
        return true;
    return style != NULL &&
           (strstr(style, "display:none") != NULL || strstr(style, "display: none") != NULL ||
            strstr(style, "visibility:hidden") != NULL ||
            strstr(style, "visibility: hidden") != NULL);
}

/* Never text of a report, whatever it holds. */
static bool is_never_text(const GumboElement *element)
{
    switch (element->tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_INPUT:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_AUDIO:
        return true;
    default:
        return is_hidden(element);
    }
}

static bool is_furniture(const struct page_blocks *page, uint32_t index)
{
    static const char *const roles[] = {
        "navigation", "banner", "complementary", "contentinfo", "dialog", "alertdialog",
        "search",     "menu",   "menubar",       "toolbar",     NULL};
    const struct page_element *here = &page->elements.items[index];
    const GumboElement *element = here->element;
    uint32_t all = page->elements.items[0].letters;
    if (here->letters * 5 >= all * 2)
        return !here->holds_main && here->letters * 20 < all * 19 &&
               (is_named(element, certain_names) || is_dialog(attribute(element, "role")));
    switch (element->tag) {
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_MENU:
    case GUMBO_TAG_FIELDSET:
        return true;
    case GUMBO_TAG_HEADER:
        if (here->link_letters * 2 > here->letters)
            return true;
        break;
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_HTML:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_H1:
        return false;
    default:
        break;
    }
    const char *role = attribute(element, "role");
    if (role != NULL && is_any(role, strlen(role), roles))
        return true;
    return is_named(element, furniture_names);
}

/* ------------------------------------------------------------------ measuring */

static uint32_t count_letters(const char *text)
{
    uint32_t letters = 0;
    for (; *text != '\0'; text++)
        letters += (unsigned char)*text > ' ' && ((unsigned char)*text & 0xc0) != 0x80;
    return letters;
}

static void measure(struct page_blocks *page, const GumboNode *node, uint32_t parent, bool linked,
                    int depth)
{
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA) {
        uint32_t letters = count_letters(node->v.text.text);
        // NOLINTNEXTLINE(clang-analyzer-core.NullDereference)
        page->elements.items[parent].letters += letters;
        page->elements.items[parent].link_letters += linked ? letters : 0;
        return;
    }
    if (node->type != GUMBO_NODE_ELEMENT || depth > DEPTH_LIMIT)
        return;
    const GumboElement *element = &node->v.element;
    uint32_t index = page->elements.count;
    struct page_element *here = array_push(&page->elements);
    if (here == NULL)
        return;
    *here = (struct page_element){.element = element, .parent = parent};
    linked = linked || element->tag == GUMBO_TAG_A;
    const char *property = attribute(element, "itemprop");
    here->holds_main = element->tag == GUMBO_TAG_H1 || element->tag == GUMBO_TAG_MAIN ||
                       (property != NULL && strcasecmp(property, "articleBody") == 0);
    if (!is_never_text(element))
        for (unsigned i = 0; i < element->children.length; i++)
            measure(page, element->children.data[i], index, linked, depth + 1);
    here = &page->elements.items[index];
    here->end = page->elements.count;
    if (index != parent) {
        page->elements.items[parent].holds_main |= here->holds_main;
        page->elements.items[parent].letters += here->letters;
        page->elements.items[parent].link_letters += here->link_letters;
    }
}

/* ------------------------------------------------------------------ collecting */

struct collecting {
    struct page_blocks *page;
    struct page_block block; /* the one that is growing */
    uint32_t index;          /* of the next element, in document order */
    uint32_t pictured;       /* the block-level element that the last picture stood in */
    bool in_word, blank;     /* a blank is due before the next letter */
    bool linked, preformatted, cell, caption, time;
    uint8_t heading;
};

static void flush(struct collecting *collecting, uint32_t element)
{
    struct page_blocks *page = collecting->page;
    struct page_block *block = &collecting->block;
    while (page->length > block->start && (unsigned char)page->text[page->length - 1] <= ' ')
        page->length--;
    block->end = page->length;
    /* What stands below a picture in a small box of its own describes it. */
    if (collecting->pictured == block->element && block->element > 0 && block->words <= 40 &&
        page->elements.items[block->element].letters < 250 &&
        (page->elements.items[block->element].element->tag == GUMBO_TAG_TD ||
         page->elements.items[block->element].element->tag == GUMBO_TAG_DIV))
        block->caption = true;
    if (block->words > 0) {
        struct page_block *kept = array_push(&page->blocks);
        if (kept != NULL)
            *kept = *block;
        page->text[page->length++] = '\n';
        page->text[page->length++] = '\n';
    } else {
        page->length = block->start;
    }
    *block = (struct page_block){.start = page->length, .element = element};
    collecting->in_word = collecting->blank = false;
}

static void add_letter(struct collecting *collecting, const char *bytes, size_t size, bool letter)
{
    struct page_blocks *page = collecting->page;
    if (collecting->blank && page->length > collecting->block.start &&
        page->text[page->length - 1] != '\n')
        page->text[page->length++] = ' ';
    collecting->blank = false;
    if (letter && !collecting->in_word) {
        collecting->block.words++;
        collecting->block.link_words += collecting->linked;
        collecting->block.heading = collecting->heading;
        collecting->block.cell = collecting->cell;
        collecting->block.caption = collecting->caption;
        collecting->block.time |= collecting->time;
    }
    collecting->in_word = letter;
    memcpy(page->text + page->length, bytes, size);
    page->length += (uint32_t)size;
}

/* The end of a line of preformatted text; an empty line parts paragraphs. */
static void add_line_end(struct collecting *collecting)
{
    struct page_blocks *page = collecting->page;
    bool empty = page->length > collecting->block.start && page->text[page->length - 1] == '\n';
    if (empty)
        flush(collecting, collecting->block.element);
    else if (page->length > collecting->block.start)
        page->text[page->length++] = '\n';
    collecting->in_word = collecting->blank = false;
}

static void add_text(struct collecting *collecting, const char *text)
{
    size_t length = strlen(text);
    for (size_t at = 0, size; at < length; at += size) {
        uint32_t letter = utf8_decode(text + at, length - at, &size);
        if (collecting->preformatted && letter == '\n') {
            add_line_end(collecting);
        } else if (utf8_is_space(letter)) {
            collecting->blank = true;
            collecting->in_word = false;
        } else {
            add_letter(collecting, text + at, size,
                       utf8_is_letter(letter) || utf8_is_digit(letter));
        }
    }
}

/* A line break ends the block (old pages part paragraphs, bylines and links so) unless it stands
 * inside a sentence, as in text wrapped by hand. */
static void add_break(struct collecting *collecting)
{
    struct page_blocks *page = collecting->page;
    uint32_t length = page->length - collecting->block.start;
    char last = length > 0 ? page->text[page->length - 1] : '\n';
    bool wrapped = length >= 60 && (last == ',' || last == '-' || (last >= 'a' && last <= 'z'));
    if (wrapped) {
        page->text[page->length++] = '\n';
        collecting->blank = collecting->in_word = false;
    } else if (length > 0) {
        flush(collecting, collecting->block.element);
    }
}

static bool is_inline(GumboTag tag)
{
    static const GumboTag tags[] = {
        GUMBO_TAG_A,    GUMBO_TAG_SPAN, GUMBO_TAG_ABBR,   GUMBO_TAG_ACRONYM, GUMBO_TAG_BDO,
        GUMBO_TAG_BDI,  GUMBO_TAG_CITE, GUMBO_TAG_DFN,    GUMBO_TAG_DEL,     GUMBO_TAG_INS,
        GUMBO_TAG_KBD,  GUMBO_TAG_MARK, GUMBO_TAG_Q,      GUMBO_TAG_SUB,     GUMBO_TAG_SUP,
        GUMBO_TAG_VAR,  GUMBO_TAG_WBR,  GUMBO_TAG_IMG,    GUMBO_TAG_LABEL,   GUMBO_TAG_SAMP,
        GUMBO_TAG_TIME, GUMBO_TAG_DATA, GUMBO_TAG_RUBY,   GUMBO_TAG_FONT,    GUMBO_TAG_B,
        GUMBO_TAG_I,    GUMBO_TAG_EM,   GUMBO_TAG_STRONG, GUMBO_TAG_UNKNOWN};
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
        if (tags[i] == tag)
            return true;
    return false;
}

static bool is_caption(const GumboElement *element)
{
    static const char *const names[] = {"caption", "credit",       "photo", "photocredit",
                                        "figure",  "imagecaption", NULL};
    const char *class = attribute(element, "class");
    if (element->tag == GUMBO_TAG_FIGCAPTION || element->tag == GUMBO_TAG_FIGURE ||
        element->tag == GUMBO_TAG_CAPTION)
        return true;
    while (class != NULL && *class != '\0') {
        size_t length = strcspn(class, " -_\t\n");
        if (length > 0 && is_any(class, length, names))
            return true;
        class += length + (class[length] != '\0');
    }
    return false;
}

static void collect(struct collecting *collecting, const GumboNode *node, int depth);

static void collect_children(struct collecting *collecting, const GumboElement *element, int depth)
{
    for (unsigned i = 0; i < element->children.length; i++)
        collect(collecting, element->children.data[i], depth + 1);
}

static void enter(struct collecting *collecting, const struct page_element *here)
{
    const GumboElement *element = here->element;
    if (element->tag >= GUMBO_TAG_H1 && element->tag <= GUMBO_TAG_H6)
        collecting->heading = (uint8_t)(element->tag - GUMBO_TAG_H1 + 1);
    collecting->linked |= element->tag == GUMBO_TAG_A;
    collecting->preformatted |= element->tag == GUMBO_TAG_PRE;
    collecting->time |= element->tag == GUMBO_TAG_TIME;
    /* A short credit in a byline is no caption; only blocks are. */
    collecting->caption |= !is_inline(element->tag) && is_caption(element);
    if (element->tag == GUMBO_TAG_TD || element->tag == GUMBO_TAG_TH)
        collecting->cell = here->letters < 60; /* else a page laid out by tables */
}

static void collect(struct collecting *collecting, const GumboNode *node, int depth)
{
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA) {
        add_text(collecting, node->v.text.text);
        return;
    }
    if (node->type == GUMBO_NODE_WHITESPACE) {
        add_text(collecting, node->v.text.text);
        return;
    }
    if (node->type != GUMBO_NODE_ELEMENT || depth > DEPTH_LIMIT ||
        collecting->index >= collecting->page->elements.count)
        return;
    const GumboElement *element = &node->v.element;
    uint32_t index = collecting->index++;
    if (element->tag == GUMBO_TAG_BR) {
        add_break(collecting);
        return;
    }
    if (element->tag == GUMBO_TAG_IMG)
        collecting->pictured = collecting->block.element;
    if (is_never_text(element) || is_furniture(collecting->page, index)) {
        collecting->index = collecting->page->elements.items[index].end;
        if (!is_inline(element->tag))
            flush(collecting, collecting->block.element);
        return;
    }
    bool block = !is_inline(element->tag);
    uint32_t outer = collecting->block.element;
    if (block)
        flush(collecting, index);
    struct collecting before = *collecting;
    enter(collecting, &collecting->page->elements.items[index]);
    collect_children(collecting, element, depth);
    collecting->heading = before.heading;
    collecting->linked = before.linked;
    collecting->preformatted = before.preformatted;
    collecting->time = before.time;
    collecting->caption = before.caption;
    collecting->cell = before.cell;
    if (block)
        flush(collecting, outer);
}

bool page_blocks_find(struct page_blocks *page, struct arena *arena, const GumboNode *root,
                      size_t room)
{
    array_init(&page->elements, arena);
    array_init(&page->blocks, arena);
    page->length = 0;
    page->text = arena_allocate(arena, room);
    if (page->text == NULL)
        return false;
    measure(page, root, 0, false, 0);
    struct collecting collecting = {.page = page};
    collect(&collecting, root, 0);
    flush(&collecting, 0);
    return !arena->failed;
}
