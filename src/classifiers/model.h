/* Model files: named sections of plain numbers, mapped and used where they lie.
 *
 *     header   magic, byte order mark, version, kind, file length, checksum, hash of the training
 *              data, number of sections
 *     table    one row a section: name, offset, size
 *     sections each at a multiple of 64 bytes
 *
 * Everything is little-endian. Opening checks the whole frame and the checksum, so a damaged file
 * is refused; readers of a section check its size. */
#ifndef ANNALS_CLASSIFIERS_MODEL_H
#define ANNALS_CLASSIFIERS_MODEL_H

#include "bytes/mapping.h"

enum { MODEL_VERSION = 1, MODEL_SECTION_LIMIT = 64, MODEL_ALIGNMENT = 64, MODEL_NAME = 24 };

struct model_header {
    char magic[8];       /* MODEL_MAGIC */
    uint32_t byte_order; /* 0x01020304 as the writer's machine has it */
    uint32_t version;
    char kind[16];       /* what the model is for, NUL-padded */
    uint64_t length;     /* of the file */
    uint64_t checksum;   /* model_checksum of all bytes after the header */
    uint64_t training;   /* hash of the training data */
    uint32_t sections;
    uint32_t zero;
};

#define MODEL_MAGIC "annalsM\n"

struct model_section {
    char name[MODEL_NAME]; /* NUL-padded */
    uint64_t offset, size;
};

struct model {
    struct mapping mapping;
    const struct model_header *header;
    const struct model_section *sections;
};

/* Maps and checks a file. ANNALS_NOT_FOUND, ANNALS_CANNOT_READ; ANNALS_FOREIGN for what is not a
 * model of this kind or is damaged; ANNALS_NEWER for a later version. */
annals_status model_open(struct model *model, const char *path, const char *kind,
                         annals_error *error);
/* The same over bytes in memory, which must be aligned to 64 and outlive the model. */
annals_status model_check(struct model *model, const unsigned char *bytes, size_t length,
                          const char *kind, annals_error *error);
void model_close(struct model *model);

/* The section of this name and size in bytes; NULL, with the error set, where there is none. */
const void *model_section(const struct model *model, const char *name, size_t size,
                          annals_error *error);
/* The section of this name, whatever its size. */
const void *model_section_any(const struct model *model, const char *name, size_t *size);

uint64_t model_checksum(const unsigned char *bytes, size_t length);

#endif
