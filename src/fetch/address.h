/* Web addresses: resolving, taking apart, and which of them lead into a private network. */
#ifndef ANNALS_FETCH_ADDRESS_H
#define ANNALS_FETCH_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

enum { ADDRESS_SIZE = 2048 };

/* Resolves `link` against `base` (NULL: it must be whole) and writes it in its normal form, without
 * fragment. False where the result is not http or https, carries a user or password, or is longer
 * than ADDRESS_SIZE. */
bool address_resolve(char address[ADDRESS_SIZE], const char *base, const char *link);

/* Scheme, host and port of a resolved address, such as "https://news.example": whom robots.txt and
 * delays are for. */
void address_host(const char *address, char host[ADDRESS_SIZE]);

/* Path and query of a resolved address; begins with "/". */
const char *address_path(const char *address);

/* Whether an address of the network is not one of the public internet: loopback, private,
 * link-local, shared, multicast, reserved, documentation, also where IPv6 wraps such an IPv4
 * address. Other families count as private. */
bool address_is_private(const struct sockaddr *address);

#endif
