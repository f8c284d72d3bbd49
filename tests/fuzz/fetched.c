/* Fuzz target: what comes from a web server. The first byte chooses: robots.txt, a packed body, a
 * feed or sitemap, an address to resolve. Asserts that what comes out is bounded and well formed.
 */
#include "fetch/fetch.h"
#include "fetch/robots.h"
#include "intake/links.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* The first line is the path, the rest robots.txt. */
static void read_robots(const char *bytes, size_t length)
{
    char path[200] = "/";
    const char *end = memchr(bytes, '\n', length);
    size_t used = end != NULL ? (size_t)(end - bytes) : 0;
    uint32_t delay = 0;
    for (size_t i = 0; i < used && i < sizeof path - 2 && bytes[i] != '\0'; i++)
        path[i + 1] = bytes[i];
    robots_allow(bytes + used, length - used, "annals", path, &delay);
    assert(delay <= 60000);
    assert(robots_allow(bytes + used, length - used, "annals", "/robots.txt", NULL));
}

static void unpack(const char *bytes, size_t length)
{
    enum { LIMIT = 100000, PIECE = 1 << 15 };
    struct buffer unpacked;
    buffer_init(&unpacked);
    annals_status status = fetch_unpack(&unpacked, bytes, length, LIMIT, NULL);
    assert(unpacked.length <= LIMIT + PIECE && (status != ANNALS_OK || unpacked.length <= LIMIT));
    buffer_release(&unpacked);
}

/* An address resolved again, alone or against itself, is the same. */
static void resolve(const char *base, const char *link)
{
    char address[ADDRESS_SIZE], again[ADDRESS_SIZE], host[ADDRESS_SIZE];
    if (!address_resolve(address, base, link))
        return;
    assert(strncmp(address, "http://", 7) == 0 || strncmp(address, "https://", 8) == 0);
    assert(address_resolve(again, NULL, address) && strcmp(address, again) == 0);
    assert(address_resolve(again, address, address) && strcmp(address, again) == 0);
    address_host(address, host);
    assert(strncmp(address, host, strlen(host)) == 0);
    assert(address_path(address)[0] == '/' || address_path(address)[0] == '?');
}

static void read_links(const char *bytes, size_t length)
{
    struct links links;
    struct arena arena;
    arena_init(&arena);
    if (links_read(&links, &arena, bytes, length, NULL) == ANNALS_OK) {
        assert(links.items.count <= LINKS_LIMIT && links.kind != NULL);
        for (uint32_t i = 0; i < links.items.count; i++)
            resolve("http://news.example/feeds/rss", links.items.items[i].address);
    }
    arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length == 0)
        return 0;
    char *text = malloc(length);
    memcpy(text, bytes + 1, length - 1);
    text[length - 1] = '\0';
    switch (bytes[0]) {
    case 'r':
        read_robots(text, length - 1);
        break;
    case 'g':
        unpack(text, length - 1);
        break;
    case 'l':
        read_links(text, length - 1);
        break;
    case 'a':
        resolve("http://news.example/feeds/rss", text);
        break;
    default:
        resolve(NULL, text);
        break;
    }
    free(text);
    return 0;
}
