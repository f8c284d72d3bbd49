/* Listings: files that people keep beside their news and that hold no news themselves.
 *
 * Sitemaps (sitemaps.org), indexes of them and OPML lists are told by the name of the root element,
 * as links.c and feed readers do; lists of addresses by every line being one. They are refused with
 * what they are and how much they list, for coding a list of addresses as if it were prose would be
 * worse; `annals watch` follows them. XML of a vocabulary that no reader knows is refused by its
 * root: its tags are no words. Leaves out: SGML without a declaration, which is read as text. */
#include "intake/listings.h"

#include "intake/links.h"

#include <string.h>
#include <strings.h>

/* Behind the declaration, comments, instructions and the document type: the first element's "<".
 * NULL where there is none. */
static const char *find_root(const char *at, const char *end)
{
    while (at < end) {
        if ((unsigned char)*at <= ' ') {
            at++;
            continue;
        }
        bool comment = end - at > 4 && strncmp(at, "<!--", 4) == 0;
        bool other = end - at > 2 && at[0] == '<' && (at[1] == '?' || at[1] == '!');
        if (!comment && !other)
            return *at == '<' ? at : NULL;
        const char *stop = at;
        size_t left = (size_t)(end - at);
        if (comment)
            while (left > 3 && strncmp(stop, "-->", 3) != 0) {
                stop++;
                left--;
            }
        else
            stop = memchr(at, '>', left);
        if (stop == NULL || (comment && left <= 3))
            return NULL;
        at = stop + (comment ? 3 : 1);
    }
    return NULL;
}

/* The local name of the root element in `name`, or "" where the text does not begin as XML does. */
static void root_name(const char *text, size_t length, char name[40])
{
    const char *end = text + length;
    if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
        text += 3;
    const char *root = find_root(text, end), *at = root != NULL ? root + 1 : end;
    size_t used = 0;
    for (; at < end && (unsigned char)*at > ' ' && *at != '>' && *at != '/'; at++) {
        if (*at == ':')
            used = 0;
        else if (used < 39)
            name[used++] = *at;
    }
    name[used] = '\0';
}

static bool is_address(const char *line, size_t length)
{
    size_t scheme = length > 8 && strncasecmp(line, "https://", 8) == 0  ? 8
                    : length > 7 && strncasecmp(line, "http://", 7) == 0 ? 7
                                                                         : 0;
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)line[i] <= ' ')
            return false;
    return scheme > 0;
}

/* How many addresses the text lists; 0 where a line is none. */
static uint64_t count_addresses(const char *text, size_t length)
{
    uint64_t count = 0;
    for (size_t at = 0; at < length;) {
        const char *stop = memchr(text + at, '\n', length - at);
        size_t next = stop != NULL ? (size_t)(stop - text) + 1 : length, end = next;
        while (at < end && (unsigned char)text[at] <= ' ')
            at++;
        while (end > at && (unsigned char)text[end - 1] <= ' ')
            end--;
        if (end > at && !is_address(text + at, end - at))
            return 0;
        count += end > at;
        at = next;
    }
    return count;
}

static annals_status refuse_sitemap(struct arena *scratch, const char *text, size_t length,
                                    annals_error *error)
{
    struct links links;
    annals_status status = links_read(&links, scratch, text, length, error);
    if (status != ANNALS_OK)
        return status;
    bool index = links.kind != NULL && strcmp(links.kind, "index of sitemaps") == 0;
    uint32_t count = links.items.count;
    return error_set(error, ANNALS_EMPTY,
                     "%s: it lists %u %s%s and holds no text; `annals watch` follows one at a web "
                     "address",
                     index ? "an index of sitemaps" : "a sitemap", count,
                     index ? "sitemap" : "page", count == 1 ? "" : "s");
}

annals_status listing_refuse(struct arena *scratch, const char *text, size_t length,
                             annals_error *error)
{
    char root[40];
    root_name(text, length, root);
    if (strcmp(root, "urlset") == 0 || strcmp(root, "sitemapindex") == 0)
        return refuse_sitemap(scratch, text, length, error);
    if (strcmp(root, "opml") == 0)
        return error_set(error, ANNALS_EMPTY,
                         "a list of feeds (OPML), which holds no text; `annals watch --list` takes "
                         "their addresses, one a line");
    uint64_t count = root[0] == '\0' ? count_addresses(text, length) : 0;
    if (count > 0)
        return error_set(error, ANNALS_EMPTY,
                         "holds no text but %llu web address%s, and read fetches nothing",
                         (unsigned long long)count, count == 1 ? "" : "es");
    return ANNALS_OK;
}

annals_status foreign_xml_refuse(const char *text, size_t length, annals_error *error)
{
    char root[40];
    size_t at = length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (at < length && (unsigned char)text[at] <= ' ')
        at++;
    if (length - at < 6 || strncmp(text + at, "<?xml", 5) != 0 || (unsigned char)text[at + 5] > ' ')
        return ANNALS_OK;
    root_name(text, length, root);
    return error_set(error, ANNALS_NOT_TEXT,
                     "XML of a kind that annals does not read (<%s>); it reads RSS, Atom, NITF and "
                     "NewsML",
                     root);
}
