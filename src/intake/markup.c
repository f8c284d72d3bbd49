/* Markup made safe to parse.
 *
 * Why: an HTML5 parser follows hostile pages into quadratic time and deep recursion: a megabyte of
 * <div>, unclosed <font> that are opened again in each paragraph, tags with ten thousand
 * attributes. A first pass over the tags takes these out; what formats text and says nothing of its
 * structure goes, too. Leaves out: everything a parser does; tags are only counted and copied. */
#include "intake/markup.h"

#include <string.h>
#include <strings.h>

enum { DEPTH_LIMIT = 300, TAG_LIMIT = 8192, NAME_LIMIT = 16 };

struct tag {
    char name[NAME_LIMIT + 1]; /* lower case, cut off */
    bool closing, empty;       /* empty: "<br/>" */
    size_t end;                /* offset after ">" */
};

struct trimming {
    const char *html;
    size_t length, at;
    struct markup *markup;
    unsigned depth;   /* elements open in the copy */
    bool unclosed;    /* no ">" stands after `at` */
    unsigned dropped; /* opening tags left out for depth whose closing tags are to be left out */
};

static bool is_any(const char *name, const char *const *names)
{
    for (; *names != NULL; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

/* Elements that have no end tag, or whose end tag may be missing: they do not nest for long. */
static const char *const unnested[] = {
    "area",   "base",  "br",    "col",  "embed", "hr",   "img",   "input", "link", "meta", "param",
    "source", "track", "wbr",   "p",    "li",    "td",   "tr",    "th",    "dd",   "dt",   "option",
    "tbody",  "thead", "tfoot", "html", "head",  "body", "title", "a",     NULL};

/* The formatting elements of HTML5, which a parser opens again and again. */
static const char *const formatting[] = {"b",     "big",    "code",   "em", "font", "i",    "s",
                                         "small", "strike", "strong", "tt", "u",    "nobr", NULL};

static const char *const raw_text[] = {"script", "style",    "noscript", "template", "svg",
                                       "iframe", "noembed",  "noframes", "xmp",      "plaintext",
                                       "math",   "textarea", "select",   "object",   NULL};

static bool is_name_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '-' || byte == ':';
}

/* Reads the tag at "<"; false where it is none (a bare "<", or no end). */
static bool read_tag(struct trimming *trimming, struct tag *tag)
{
    size_t at = trimming->at + 1;
    const char *html = trimming->html;
    tag->closing = at < trimming->length && html[at] == '/';
    at += tag->closing;
    if (trimming->unclosed || at >= trimming->length || !is_name_byte(html[at]) ||
        (html[at] >= '0' && html[at] <= '9'))
        return false;
    size_t size = 0;
    while (at < trimming->length && is_name_byte(html[at])) {
        if (size < NAME_LIMIT)
            tag->name[size++] =
                (char)(html[at] >= 'A' && html[at] <= 'Z' ? html[at] + 32 : html[at]);
        at++;
    }
    tag->name[size] = '\0';
    char quote = 0;
    size_t limit = at + TAG_LIMIT * 2 < trimming->length ? at + TAG_LIMIT * 2 : trimming->length;
    for (; at < limit; at++) {
        if (quote != 0)
            quote = html[at] == quote ? 0 : quote;
        else if ((html[at] == '"' || html[at] == '\'') && html[at - 1] == '=')
            quote = html[at];
        else if (html[at] == '>')
            break;
    }
    if (at >= limit) { /* a quote that is never closed: end at the first ">" */
        const char *end = trimming->unclosed
                              ? NULL
                              : memchr(html + trimming->at, '>', trimming->length - trimming->at);
        trimming->unclosed = end == NULL;
        if (end == NULL)
            return false;
        at = (size_t)(end - html);
    }
    tag->empty = html[at - 1] == '/';
    tag->end = at + 1;
    return true;
}

static void copy(struct trimming *trimming, size_t from, size_t to)
{
    memcpy(trimming->markup->text + trimming->markup->length, trimming->html + from, to - from);
    trimming->markup->length += to - from;
}

static bool holds_text(const char *at, size_t length, const char *text)
{
    size_t size = strlen(text);
    for (size_t i = 0; i + size <= length; i++)
        if (strncasecmp(at + i, text, size) == 0)
            return true;
    return false;
}

/* Offset after "</name ...>" from `at` on, or the end; `*inner` gets where "</" stands. */
static size_t skip_raw(const struct trimming *trimming, size_t at, const char *name, size_t *inner)
{
    size_t size = strlen(name);
    while (at < trimming->length) {
        const char *found = memchr(trimming->html + at, '<', trimming->length - at);
        if (found == NULL)
            break;
        at = (size_t)(found - trimming->html);
        if (at + size + 2 <= trimming->length && found[1] == '/' &&
            strncasecmp(found + 2, name, size) == 0) {
            *inner = at;
            const char *end = memchr(found, '>', trimming->length - at);
            return end != NULL ? (size_t)(end - trimming->html) + 1 : trimming->length;
        }
        at++;
    }
    *inner = trimming->length;
    return trimming->length;
}

/* Comments, doctypes, processing instructions: left out. */
static void skip_declaration(struct trimming *trimming)
{
    const char *at = trimming->html + trimming->at;
    size_t left = trimming->length - trimming->at;
    const char *end = NULL;
    if (left > 4 && memcmp(at, "<!--", 4) == 0) {
        for (size_t i = 4; i + 2 < left && end == NULL; i++)
            if (memcmp(at + i, "-->", 3) == 0)
                end = at + i + 2;
        if (end == NULL)
            end = at + left - 1;
    } else {
        end = memchr(at, '>', left);
    }
    trimming->at = end != NULL ? (size_t)(end - trimming->html) + 1 : trimming->length;
}

static void take_tag(struct trimming *trimming, const struct tag *tag)
{
    size_t start = trimming->at;
    trimming->at = tag->end;
    if (is_any(tag->name, raw_text)) {
        size_t inner = tag->end;
        bool data = strcmp(tag->name, "script") == 0 &&
                    holds_text(trimming->html + start, tag->end - start, "ld+json");
        if (!tag->closing && !tag->empty)
            trimming->at = skip_raw(trimming, tag->end, tag->name, &inner);
        if (data && !tag->closing && tag->end - start <= TAG_LIMIT)
            copy(trimming, start, trimming->at);
        return;
    }
    if (is_any(tag->name, formatting))
        return;
    bool nests = !is_any(tag->name, unnested) && !tag->empty;
    if (tag->closing && nests) {
        if (trimming->dropped > 0) {
            trimming->dropped--;
            return;
        }
        trimming->depth -= trimming->depth > 0;
    } else if (tag->end - start > TAG_LIMIT) {
        trimming->markup->trimmed = true;
        return;
    } else if (nests) {
        if (trimming->depth >= DEPTH_LIMIT) {
            trimming->dropped++;
            trimming->markup->trimmed = true;
            return;
        }
        trimming->depth++;
    }
    copy(trimming, start, tag->end);
}

bool markup_trim(struct markup *markup, struct arena *arena, const char *html, size_t length)
{
    *markup = (struct markup){.text = arena_allocate(arena, length + 1)};
    if (markup->text == NULL)
        return false;
    struct trimming trimming = {.html = html, .length = length, .markup = markup};
    while (trimming.at < length) {
        const char *next = memchr(html + trimming.at, '<', length - trimming.at);
        size_t text_end = next != NULL ? (size_t)(next - html) : length;
        copy(&trimming, trimming.at, text_end);
        trimming.at = text_end;
        if (next == NULL)
            break;
        struct tag tag;
        if (text_end + 1 < length && (next[1] == '!' || next[1] == '?')) {
            skip_declaration(&trimming);
        } else if (read_tag(&trimming, &tag)) {
            take_tag(&trimming, &tag);
        } else {
            copy(&trimming, text_end, text_end + 1);
            trimming.at = text_end + 1;
        }
    }
    markup->text[markup->length] = '\0';
    return true;
}
