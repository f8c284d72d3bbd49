/* A linear classifier over hashed features. The file: a header of 48 bytes (magic, version, bits,
 * bias, scale, hash of the training data, check sum of the weights), then the weights,
 * little-endian. */
#include "classifiers/linear.h"

#include "bytes/hash.h"

#include <errno.h>
#include <math.h>

static const char magic[8] = "ANNLIN1";

struct header {
    char magic[8];
    uint32_t version, bits;
    int32_t bias;
    float scale;
    uint64_t data_hash, checksum;
    uint64_t reserved;
};

_Static_assert(sizeof(struct header) == 48, "the header is 48 bytes");

static annals_status foreign(const char *path, const char *why, annals_error *error)
{
    error_set(error, ANNALS_FOREIGN, "%s", why);
    error_at(error, path, 0, 0, -1);
    return ANNALS_FOREIGN;
}

annals_status linear_open(struct linear *linear, const char *path, annals_error *error)
{
    struct header header;
    *linear = (struct linear){0};
    annals_status status = mapping_open(&linear->mapping, path, error);
    if (status != ANNALS_OK)
        return status;
    const char *why = NULL;
    if (linear->mapping.length < sizeof header) {
        why = "too short for a model";
    } else {
        memcpy(&header, linear->mapping.bytes, sizeof header);
        size_t size = header.bits <= 24 ? sizeof(int16_t) << header.bits : 0;
        if (memcmp(header.magic, magic, sizeof magic) != 0)
            why = "not a linear model of annals";
        else if (header.version != 1)
            why = "a linear model of another version";
        else if (size == 0 || linear->mapping.length != sizeof header + size)
            why = "the model is cut short or too long";
        else if (!isfinite(header.scale) ||
                 hash_bytes(linear->mapping.bytes + sizeof header, size) != header.checksum)
            why = "the model is damaged";
    }
    if (why != NULL) {
        linear_close(linear);
        return foreign(path, why, error);
    }
    linear->weights = (const int16_t *)(const void *)(linear->mapping.bytes + sizeof header);
    linear->mask = (1u << header.bits) - 1;
    linear->bias = header.bias;
    linear->scale = header.scale;
    return ANNALS_OK;
}

void linear_close(struct linear *linear)
{
    mapping_close(&linear->mapping);
    *linear = (struct linear){0};
}

int32_t linear_sum(const struct linear *linear, const uint64_t *features, uint32_t count)
{
    int32_t sum = linear->bias;
    for (uint32_t i = 0; i < count; i++)
        sum += linear->weights[features[i] & linear->mask];
    return sum;
}

float linear_probability(const struct linear *linear, int32_t sum)
{
    return (float)(1.0 / (1.0 + exp(-(double)sum * (double)linear->scale)));
}

annals_status linear_write(const char *path, const int16_t *weights, uint32_t bits, int32_t bias,
                           float scale, uint64_t data_hash, annals_error *error)
{
    size_t count = (size_t)1 << bits;
    struct header header = {.version = 1,
                            .bits = bits,
                            .bias = bias,
                            .scale = scale,
                            .data_hash = data_hash,
                            .checksum = hash_bytes(weights, count * sizeof *weights)};
    memcpy(header.magic, magic, sizeof magic);
    FILE *stream = fopen(path, "wb");
    bool written = stream != NULL && fwrite(&header, sizeof header, 1, stream) == 1 &&
                   fwrite(weights, sizeof *weights, count, stream) == count;
    if (stream != NULL && fclose(stream) != 0)
        written = false;
    if (written)
        return ANNALS_OK;
    error_set(error, ANNALS_CANNOT_WRITE, "%s", strerror(errno));
    error_at(error, path, 0, 0, -1);
    return ANNALS_CANNOT_WRITE;
}
