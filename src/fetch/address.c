/* Web addresses: resolving, taking apart, and which of them lead into a private network.
 *
 * Parsing is libcurl's own (curl_url), so that what is checked here is what is fetched there. The
 * blocks that are not of the public internet are those of the IANA special-purpose registries
 * (RFC 6890 and what updates it). Leaves out: names; a name may resolve to anything, so the address
 * is judged when the socket is opened (fetch.c). */
#include "fetch/address.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>

static bool is_web(CURLU *url)
{
    char *scheme = NULL, *user = NULL, *password = NULL;
    curl_url_get(url, CURLUPART_USER, &user, 0);
    curl_url_get(url, CURLUPART_PASSWORD, &password, 0);
    bool good = curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK && scheme != NULL &&
                (strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0) && user == NULL &&
                password == NULL;
    curl_free(scheme);
    curl_free(user);
    curl_free(password);
    return good;
}

bool address_resolve(char address[ADDRESS_SIZE], const char *base, const char *link)
{
    char *whole = NULL;
    CURLU *url = curl_url();
    bool good = url != NULL;
    if (good && base != NULL)
        good = curl_url_set(url, CURLUPART_URL, base, 0) == CURLUE_OK;
    good = good && curl_url_set(url, CURLUPART_URL, link, CURLU_URLENCODE) == CURLUE_OK &&
           is_web(url) && curl_url_set(url, CURLUPART_FRAGMENT, NULL, 0) == CURLUE_OK &&
           curl_url_get(url, CURLUPART_URL, &whole, CURLU_NO_DEFAULT_PORT) == CURLUE_OK &&
           whole != NULL && strlen(whole) < ADDRESS_SIZE;
    if (good) {
        memcpy(address, whole, strlen(whole) + 1);
        /* Names of hosts have no case; paths have. */
        char *end = strstr(address, "://") + 3;
        end += strcspn(end, "/?");
        for (char *at = address; at < end; at++)
            *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
    }
    curl_free(whole);
    curl_url_cleanup(url);
    return good;
}

const char *address_path(const char *address)
{
    const char *host = strstr(address, "://");
    host = host != NULL ? host + 3 : address;
    const char *path = host + strcspn(host, "/?");
    return *path != '\0' ? path : "/";
}

void address_host(const char *address, char host[ADDRESS_SIZE])
{
    const char *start = strstr(address, "://");
    start = start != NULL ? start + 3 : address;
    size_t length = (size_t)(start - address) + strcspn(start, "/?");
    length = length < ADDRESS_SIZE - 1 ? length : ADDRESS_SIZE - 1;
    memcpy(host, address, length);
    host[length] = '\0';
}

/* ------------------------------------------------------------------ private networks */

/* In host order: the block's address and the number of bits that count. */
static const struct block {
    uint32_t address;
    int bits;
} not_public[] = {
    {0x00000000, 8},  /* this network */
    {0x0a000000, 8},  /* private */
    {0x64400000, 10}, /* shared by a provider's customers */
    {0x7f000000, 8},  /* loopback */
    {0xa9fe0000, 16}, /* link-local: also the metadata services of clouds */
    {0xac100000, 12}, /* private */
    {0xc0000000, 24}, /* protocol assignments */
    {0xc0000200, 24}, /* documentation */
    {0xc0586300, 24}, /* 6to4 relays */
    {0xc0a80000, 16}, /* private */
    {0xc6120000, 15}, /* measurements */
    {0xc6336400, 24}, /* documentation */
    {0xcb007100, 24}, /* documentation */
    {0xe0000000, 4},  /* multicast */
    {0xf0000000, 4},  /* reserved, broadcast */
};

static bool is_private_4(uint32_t address)
{
    for (size_t i = 0; i < sizeof not_public / sizeof not_public[0]; i++)
        if ((address ^ not_public[i].address) >> (32 - not_public[i].bits) == 0)
            return true;
    return false;
}

static uint32_t number_at(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool is_private_6(const uint8_t bytes[16])
{
    static const uint8_t zeros[12] = {0};
    static const uint8_t translated[12] = {0x00, 0x64, 0xff, 0x9b};
    static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
    if (memcmp(bytes, mapped, 12) == 0 || memcmp(bytes, translated, 12) == 0)
        return is_private_4(number_at(bytes + 12));
    if (bytes[0] == 0x20 && bytes[1] == 0x02) /* 6to4 */
        return is_private_4(number_at(bytes + 2));
    if (memcmp(bytes, zeros, 12) == 0) /* unspecified, loopback, the old embedding of IPv4 */
        return true;
    if (number_at(bytes) >> 9 == 0x20010000u >> 9) /* Teredo, benchmarks, ORCHID */
        return true;
    if (number_at(bytes) == 0x20010db8) /* documentation */
        return true;
    return bytes[0] >> 5 != 1; /* only 2000::/3 is given out */
}

bool address_is_private(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        struct sockaddr_in four;
        memcpy(&four, address, sizeof four);
        return is_private_4(ntohl(four.sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 six;
        memcpy(&six, address, sizeof six);
        return is_private_6(six.sin6_addr.s6_addr);
    }
    return true;
}
