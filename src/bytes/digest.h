/* SHA-256 of bytes (libsodium): the identity of what was read, and of the dictionaries and models
 * that read it. */
#ifndef ANNALS_BYTES_DIGEST_H
#define ANNALS_BYTES_DIGEST_H

#include <stddef.h>
#include <stdint.h>

struct digest {
    unsigned char bytes[32];
};

/* A digest of several pieces, one after the other. */
struct digest_state {
    uint64_t space[16];
};

struct digest digest_of(const void *bytes, size_t length);
void digest_begin(struct digest_state *state);
void digest_add(struct digest_state *state, const void *bytes, size_t length);
struct digest digest_end(struct digest_state *state);
/* 64 lower-case hexadecimal digits and a NUL. */
void digest_write(const struct digest *digest, char text[65]);
/* The first 63 bits, most significant first: never negative as a signed number. */
uint64_t digest_number(const struct digest *digest);

#endif
