/* A 64-bit hash of bytes, the same on every machine: FNV-1a with a final mix (Fowler, Noll, Vo;
 * the mix is Steele and Vigna's SplitMix64 finalizer). For tables inside the program, not against
 * an adversary: tables that hold outside text bound their probes. */
#ifndef ANNALS_BYTES_HASH_H
#define ANNALS_BYTES_HASH_H

#include <stddef.h>
#include <stdint.h>

static inline uint64_t hash_mix(uint64_t value)
{
    value ^= value >> 30;
    value *= UINT64_C(0xbf58476d1ce4e5b9);
    value ^= value >> 27;
    value *= UINT64_C(0x94d049bb133111eb);
    return value ^ (value >> 31);
}

static inline uint64_t hash_bytes(const void *bytes, size_t length)
{
    const unsigned char *byte = bytes;
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < length; i++)
        // NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult)
        hash = (hash ^ byte[i]) * UINT64_C(0x100000001b3);
    return hash_mix(hash);
}

/* hash_bytes of bytes that come piece by piece. */
struct hash_run {
    uint64_t hash;
};

static inline void hash_run_start(struct hash_run *run)
{
    run->hash = UINT64_C(0xcbf29ce484222325);
}

static inline void hash_run_add(struct hash_run *run, const void *bytes, size_t length)
{
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < length; i++)
        run->hash = (run->hash ^ byte[i]) * UINT64_C(0x100000001b3);
}

static inline uint64_t hash_run_end(const struct hash_run *run)
{
    return hash_mix(run->hash);
}

/* Hash of a sequence: order matters. */
static inline uint64_t hash_join(uint64_t left, uint64_t right)
{
    return hash_mix(left * UINT64_C(0x9e3779b97f4a7c15) + right);
}

#endif
