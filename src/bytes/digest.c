/* Digests, computed by libsodium: SHA-256 (FIPS 180-4) of what is stored under its digest or handed
 * to others, BLAKE2b (RFC 7693) of what is long and only compared: the dictionaries and models that
 * each process which keeps a record reads whole, the dumps of a copied record. BLAKE2b takes a
 * quarter of the work of SHA-256. */
#include "bytes/digest.h"

#include <sodium/crypto_generichash_blake2b.h>
#include <sodium/crypto_hash_sha256.h>

_Static_assert(sizeof(crypto_generichash_blake2b_state) <= sizeof(struct fingerprint),
               "struct fingerprint is too small");

struct digest digest_of(const void *bytes, size_t length)
{
    struct digest digest;
    crypto_hash_sha256(digest.bytes, bytes, length);
    return digest;
}

/* libsodium asks of a state no more than that it be aligned, which the struct sees to. */
static crypto_generichash_blake2b_state *inside(struct fingerprint *fingerprint)
{
    return (crypto_generichash_blake2b_state *)fingerprint;
}

void fingerprint_begin(struct fingerprint *fingerprint)
{
    crypto_generichash_blake2b_init(inside(fingerprint), NULL, 0, sizeof(struct digest));
}

void fingerprint_add(struct fingerprint *fingerprint, const void *bytes, size_t length)
{
    crypto_generichash_blake2b_update(inside(fingerprint), bytes, length);
}

struct digest fingerprint_end(struct fingerprint *fingerprint)
{
    struct digest digest;
    crypto_generichash_blake2b_final(inside(fingerprint), digest.bytes, sizeof digest.bytes);
    return digest;
}

void digest_write(const struct digest *digest, char text[65])
{
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < 32; i++) {
        text[2 * i] = digits[digest->bytes[i] >> 4];
        text[2 * i + 1] = digits[digest->bytes[i] & 15];
    }
    text[64] = '\0';
}

uint64_t digest_number(const struct digest *digest)
{
    uint64_t number = 0;
    for (int i = 0; i < 8; i++)
        number = number << 8 | digest->bytes[i];
    return number >> 1;
}
