/* Who may ask. */
#ifndef ANNALS_SERVE_ADMISSION_H
#define ANNALS_SERVE_ADMISSION_H

#include <stdbool.h>

/* Whether the Host header names this server: the address itself or, on a loopback address,
 * "localhost". A page of another name that was made to point here (DNS rebinding) is refused. Where
 * `address` is all addresses any literal will do: then the token guards. */
bool admission_host(const char *address, const char *host);

/* Compares in a time that does not tell where they differ. */
bool admission_token(const char *token, const char *given);

#endif
