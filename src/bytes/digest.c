/* SHA-256 of bytes (FIPS 180-4), computed by libsodium; whole blocks by the processor's own
 * instructions where it has them (Intel's and AMD's SHA extensions: sha256rnds2 makes two rounds,
 * sha256msg1 and sha256msg2 four words of the schedule), which is some fifteen times less work:
 * each process that keeps a record hashes all dictionaries and models, and each report. The state
 * is libsodium's, whose layout its header tells, so that pieces of any length go either way.
 *
 * Left out: the instructions of other processors; there it is libsodium alone. */
#include "bytes/digest.h"

#include <sodium/crypto_hash_sha256.h>
#include <stdbool.h>

_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(struct digest_state),
               "struct digest_state is too small");

enum { BLOCK = 64 };

#if defined(__x86_64__) && defined(__GNUC__)
#include <cpuid.h>
#include <immintrin.h>
#include <stdatomic.h>

#define SHA __attribute__((target("sha,sse4.1,ssse3")))

/* The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
static const uint32_t round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static bool can_sha(void)
{
    /* 0: not asked yet, 1: no, 2: yes. Who asks twice gets the same answer. */
    static atomic_int known;
    int answer = atomic_load_explicit(&known, memory_order_relaxed);
    if (answer == 0) {
        unsigned a = 0, b = 0, c = 0, d = 0;
        answer = 1;
        if (__builtin_cpu_supports("sse4.1") && __get_cpuid_count(7, 0, &a, &b, &c, &d) &&
            (b >> 29 & 1) != 0)
            answer = 2;
        atomic_store_explicit(&known, answer, memory_order_relaxed);
    }
    return answer == 2;
}

/* The instructions want the eight words of the state as two vectors: a, b, e, f and c, d, g, h, the
 * first one highest. */
SHA static void add_blocks(uint32_t state[8], const unsigned char *bytes, size_t count)
{
    const __m128i order = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i low = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xb1);
    __m128i high = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1b);
    __m128i abef = _mm_alignr_epi8(low, high, 8), cdgh = _mm_blend_epi16(high, low, 0xf0);
    for (; count > 0; count--, bytes += BLOCK) {
        const __m128i abef_before = abef, cdgh_before = cdgh;
        __m128i words[4];
        for (int i = 0; i < 4; i++)
            words[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(bytes + 16 * i)), order);
        for (int i = 0; i < 16; i++) {
            __m128i *oldest = &words[i & 3];
            const __m128i last = words[(i + 3) & 3];
            __m128i rounds =
                _mm_add_epi32(*oldest, _mm_loadu_si128((const __m128i *)(round_constants + 4 * i)));
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, rounds);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(rounds, 0x0e));
            __m128i next = _mm_sha256msg1_epu32(*oldest, words[(i + 1) & 3]);
            next = _mm_add_epi32(next, _mm_alignr_epi8(last, words[(i + 2) & 3], 4));
            *oldest = _mm_sha256msg2_epu32(next, last);
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    low = _mm_shuffle_epi32(abef, 0x1b);
    high = _mm_shuffle_epi32(cdgh, 0xb1);
    _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(low, high, 0xf0));
    _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(high, low, 8));
}
#else
static bool can_sha(void)
{
    return false;
}

static void add_blocks(uint32_t state[8], const unsigned char *bytes, size_t count)
{
    (void)state, (void)bytes, (void)count;
}
#endif

void digest_begin(struct digest_state *state)
{
    crypto_hash_sha256_init((crypto_hash_sha256_state *)state);
}

void digest_add(struct digest_state *state, const void *bytes, size_t length)
{
    crypto_hash_sha256_state *whole = (crypto_hash_sha256_state *)state;
    if (length >= 2 * BLOCK && can_sha()) {
        /* What waits for the rest of its block, then whole blocks; `count` is in bits. */
        size_t waiting = (size_t)(whole->count / 8 % BLOCK), first = (BLOCK - waiting) % BLOCK;
        size_t blocks = (length - first) / BLOCK;
        crypto_hash_sha256_update(whole, bytes, first);
        bytes = (const unsigned char *)bytes + first;
        add_blocks(whole->state, bytes, blocks);
        whole->count += (uint64_t)blocks * BLOCK * 8;
        bytes = (const unsigned char *)bytes + blocks * BLOCK;
        length -= first + blocks * BLOCK;
    }
    crypto_hash_sha256_update(whole, bytes, length);
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
