/* Digests of bytes (libsodium): of what was read, and of the dictionaries and models that read it.
 */
#ifndef ANNALS_BYTES_DIGEST_H
#define ANNALS_BYTES_DIGEST_H

#include <stddef.h>
#include <stdint.h>

struct digest {
    unsigned char bytes[32];
};

/* SHA-256: the identity of a report, and of what is given to others. */
struct digest digest_of(const void *bytes, size_t length);

/* BLAKE2b of several pieces, one after the other: what many bytes are compared by. */
struct fingerprint {
    _Alignas(64) unsigned char space[384];
};

void fingerprint_begin(struct fingerprint *fingerprint);
void fingerprint_add(struct fingerprint *fingerprint, const void *bytes, size_t length);
struct digest fingerprint_end(struct fingerprint *fingerprint);

/* 64 lower-case hexadecimal digits and a NUL. */
void digest_write(const struct digest *digest, char text[65]);
/* The first 63 bits, most significant first: never negative as a signed number. */
uint64_t digest_number(const struct digest *digest);

#endif
