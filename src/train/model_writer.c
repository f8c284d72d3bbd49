/* Writes model files: header, table, sections at multiples of 64 bytes. */
#include "train/model_writer.h"

#include <stdio.h>
#include <string.h>

void model_writer_add(struct model_writer *writer, const char *name, const void *bytes,
                      size_t size)
{
    if (bytes == NULL || writer->count == MODEL_SECTION_LIMIT || strlen(name) >= MODEL_NAME) {
        writer->failed = true;
        return;
    }
    struct model_section *section = &writer->sections[writer->count];
    snprintf(section->name, sizeof section->name, "%s", name);
    section->size = size;
    writer->bytes[writer->count++] = bytes;
}

static size_t aligned(size_t size)
{
    return (size + MODEL_ALIGNMENT - 1) / MODEL_ALIGNMENT * MODEL_ALIGNMENT;
}

annals_status model_writer_write(struct model_writer *writer, const char *path, const char *kind,
                                 uint64_t training, struct arena *arena, annals_error *error)
{
    size_t length = aligned(sizeof(struct model_header) +
                            writer->count * sizeof(struct model_section));
    for (uint32_t i = 0; i < writer->count; i++) {
        writer->sections[i].offset = length;
        length = aligned(length + writer->sections[i].size);
    }
    unsigned char *file = arena_allocate(arena, length);
    if (file == NULL || writer->failed)
        return error_set(error, ANNALS_NO_MEMORY, "no memory for the model");
    struct model_header header = {.magic = {0},
                                  .byte_order = 0x01020304,
                                  .version = MODEL_VERSION,
                                  .length = length,
                                  .training = training,
                                  .sections = writer->count};
    memcpy(header.magic, MODEL_MAGIC, sizeof header.magic);
    snprintf(header.kind, sizeof header.kind, "%s", kind);
    memcpy(file + sizeof header, writer->sections, writer->count * sizeof *writer->sections);
    for (uint32_t i = 0; i < writer->count; i++)
        memcpy(file + writer->sections[i].offset, writer->bytes[i], writer->sections[i].size);
    header.checksum = model_checksum(file + sizeof header, length - sizeof header);
    memcpy(file, &header, sizeof header);
    FILE *out = fopen(path, "wb");
    if (out == NULL)
        return error_set(error, ANNALS_CANNOT_WRITE, "%s cannot be written", path);
    bool good = fwrite(file, 1, length, out) == length;
    good &= fclose(out) == 0;
    return good ? ANNALS_OK : error_set(error, ANNALS_CANNOT_WRITE, "%s: writing failed", path);
}
