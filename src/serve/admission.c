/* Who may ask: host names against DNS rebinding, origins against requests of other sites' pages, tokens.
 *
 * A browser sends in Host the name that the user (or a page of another site, through a name server
 * of its own) gave; only names that can be nobody else's are let in. */
#include "serve/admission.h"

#include <string.h>

static bool is(const char *name, size_t length, const char *other)
{
    if (strlen(other) != length)
        return false;
    for (size_t i = 0; i < length; i++) {
        char left = name[i], right = other[i];
        left = left >= 'A' && left <= 'Z' ? (char)(left - 'A' + 'a') : left;
        right = right >= 'A' && right <= 'Z' ? (char)(right - 'A' + 'a') : right;
        if (left != right)
            return false;
    }
    return true;
}

static bool is_port(const char *text)
{
    if (*text == '\0')
        return true;
    if (*text != ':' || strlen(text) > 6 || text[1] == '\0')
        return false;
    return strspn(text + 1, "0123456789") == strlen(text + 1);
}

/* Digits and dots, or what stands in brackets: an address, never a name. */
static bool is_literal(const char *host, size_t length)
{
    if (host[0] == '[')
        return length > 2 && host[length - 1] == ']';
    return length > 0 && strspn(host, "0123456789.") >= length;
}

bool admission_host(const char *address, const char *host)
{
    if (host == NULL)
        return false;
    const char *bracket = host[0] == '[' ? strchr(host, ']') : NULL;
    size_t length = bracket != NULL ? (size_t)(bracket - host) + 1 : strcspn(host, ":");
    if (length == 0 || !is_port(host + length))
        return false;
    if (strcmp(address, "0.0.0.0") == 0 || strcmp(address, "::") == 0)
        return is_literal(host, length) || is(host, length, "localhost");
    bool loopback = strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0;
    if (loopback && (is(host, length, "localhost") || is(host, length, "127.0.0.1") ||
                     is(host, length, "[::1]")))
        return true;
    if (bracket != NULL)
        return is(host + 1, length - 2, address);
    return is(host, length, address);
}

bool admission_origin(const char *host, const char *origin, const char *site)
{
    if (site != NULL && strcmp(site, "same-origin") != 0)
        return false;
    if (origin == NULL)
        return true;
    size_t scheme = strncmp(origin, "http://", 7) == 0    ? 7
                    : strncmp(origin, "https://", 8) == 0 ? 8
                                                          : 0;
    return scheme > 0 && host != NULL && is(origin + scheme, strlen(origin + scheme), host);
}

bool admission_token(const char *token, const char *given)
{
    size_t length = strlen(token), other = given != NULL ? strlen(given) : 0;
    unsigned char difference = (unsigned char)(length != other);
    for (size_t i = 0; i < length; i++)
        difference |= (unsigned char)(token[i] ^ (i < other ? given[i] : (char)~token[i]));
    return difference == 0;
}
