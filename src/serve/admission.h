/* Who may ask. */
#ifndef ANNALS_SERVE_ADMISSION_H
#define ANNALS_SERVE_ADMISSION_H

#include <stdbool.h>

/* Whether the Host header names this server: the address itself or, on a loopback address,
 * "localhost". A page of another name that was made to point here (DNS rebinding) is refused. Where
 * `address` is all addresses any literal will do: then the token guards. */
bool admission_host(const char *address, const char *host);

/* Whether a page of this server sends the request: Origin is http or https and the host that Host names,
 * or is not there (no browser), and Sec-Fetch-Site, where a browser says it, is "same-origin". */
bool admission_origin(const char *host, const char *origin, const char *site);

/* Compares in a time that does not tell where they differ. */
bool admission_token(const char *token, const char *given);

#endif
