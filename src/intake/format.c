/* Formats of files that hold reports.
 *
 * Method: the first bytes that are no white space. A brace with a quoted key is JSONL; XML with a
 * feed's root is a feed; a doctype or the tags that pages begin with are HTML. What begins
 * otherwise is HTML or JSONL only if its name says so and it has an angle bracket or brace at all.
 * Leaves out: archives (archives.c) and what intake.c asks its own readers about. */
#include "intake/format.h"

#include <string.h>
#include <strings.h>

static int begins(const char *at, size_t left, const char *with)
{
    size_t length = strlen(with);
    return left >= length && strncasecmp(at, with, length) == 0;
}

/* True where one of `texts` stands within the first `limit` bytes. */
static int holds(const char *at, size_t left, size_t limit, const char *const *texts)
{
    for (size_t i = 0; i < left && i < limit; i++)
        if (at[i] == '<')
            for (const char *const *text = texts; *text != NULL; text++)
                if (begins(at + i, left - i, *text))
                    return 1;
    return 0;
}

static int ends(const char *name, const char *with)
{
    size_t length = name != NULL ? strlen(name) : 0, size = strlen(with);
    return length > size && strcasecmp(name + length - size, with) == 0;
}

enum file_format format_find(const char *bytes, size_t length, const char *name)
{
    static const char *const feeds[] = {"<rss", "<feed", "<rdf:RDF", NULL};
    static const char *const pages[] = {
        "<!doctype html", "<html", "<head",    "<body", "<meta ", "<title",
        "<article",       "<div",  "<p>",      "<p ",   "<table", "<h1",
        "<script",        "<main", "<section", NULL};
    size_t at = 0;
    if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        at = 3;
    while (at < length && (unsigned char)bytes[at] <= ' ')
        at++;
    const char *start = bytes + at;
    size_t left = length - at;
    if (left >= 2 && *start == '{') {
        size_t quote = 1;
        while (quote < left && (unsigned char)start[quote] <= ' ')
            quote++;
        if (quote < left && (start[quote] == '"' || start[quote] == '}'))
            return FORMAT_JSONL;
    }
    if (left > 0 && *start == '<') {
        if (holds(start, left, 2048, feeds) && !begins(start, left, "<!doctype html"))
            return FORMAT_FEED;
        if (holds(start, left, 4096, pages))
            return FORMAT_HTML;
    }
    if (left > 0 && memchr(start, '<', left) != NULL &&
        (ends(name, ".html") || ends(name, ".htm") || ends(name, ".xhtml")))
        return FORMAT_HTML;
    if (left > 0 && memchr(start, '{', left) != NULL &&
        (ends(name, ".jsonl") || ends(name, ".ndjson")))
        return FORMAT_JSONL;
    return FORMAT_TEXT;
}

const char *format_name(enum file_format format)
{
    static const char *const names[] = {"text", "html", "jsonl",  "feed", "pdf",      "office",
                                        "rtf",  "mail", "newsml", "ris",  "csl-json", "table"};
    return names[format];
}
