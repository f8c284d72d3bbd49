/* SHA-256 of bytes (FIPS 180-4), computed by libsodium. */
#include "bytes/digest.h"

#include <sodium/crypto_hash_sha256.h>

_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(struct digest_state),
               "struct digest_state is too small");

void digest_begin(struct digest_state *state)
{
    crypto_hash_sha256_init((crypto_hash_sha256_state *)state);
}

void digest_add(struct digest_state *state, const void *bytes, size_t length)
{
    crypto_hash_sha256_update((crypto_hash_sha256_state *)state, bytes, length);
}

struct digest digest_end(struct digest_state *state)
{
    struct digest digest;
    crypto_hash_sha256_final((crypto_hash_sha256_state *)state, digest.bytes);
    return digest;
}

struct digest digest_of(const void *bytes, size_t length)
{
    struct digest_state state;
    digest_begin(&state);
    digest_add(&state, bytes, length);
    return digest_end(&state);
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
