/* Model files; see model.h. The checksum runs four multiply-and-rotate lanes over 8-byte words, as
 * xxHash64 does (Collet), so that checking costs little beside reading the pages. */
#include "classifiers/model.h"

#include "bytes/hash.h"

#include <string.h>

static uint64_t word_at(const unsigned char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

static uint64_t lane_step(uint64_t lane, uint64_t word)
{
    lane += word * UINT64_C(0xc2b2ae3d27d4eb4f);
    lane = lane << 31 | lane >> 33;
    return lane * UINT64_C(0x9e3779b185ebca87);
}

uint64_t model_checksum(const unsigned char *bytes, size_t length)
{
    uint64_t lanes[4] = {1, 2, 3, 4};
    size_t at = 0;
    for (; at + 32 <= length; at += 32)
        for (size_t lane = 0; lane < 4; lane++)
            lanes[lane] = lane_step(lanes[lane], word_at(bytes + at + lane * 8));
    uint64_t sum = hash_bytes(bytes + at, length - at);
    for (size_t lane = 0; lane < 4; lane++)
        sum = hash_join(sum, lanes[lane]);
    return hash_join(sum, length);
}

static annals_status refuse(annals_error *error, const char *why)
{
    return error_set(error, ANNALS_FOREIGN, "is no model that annals can use: %s", why);
}

static annals_status check_header(const struct model_header *header, size_t length,
                                  const char *kind, annals_error *error)
{
    if (memcmp(header->magic, MODEL_MAGIC, sizeof header->magic) != 0)
        return refuse(error, "it was not written by annals-train");
    if (header->byte_order != 0x01020304)
        return refuse(error, "it has the byte order of another machine");
    if (header->version > MODEL_VERSION)
        return error_set(error, ANNALS_NEWER, "was made by a newer annals (model version %u)",
                         header->version);
    if (header->version < MODEL_VERSION)
        return refuse(error, "it was made by an older annals");
    char padded[sizeof header->kind] = {0};
    memcpy(padded, kind, strlen(kind) < sizeof padded ? strlen(kind) : sizeof padded);
    if (memcmp(header->kind, padded, sizeof padded) != 0 || header->zero != 0)
        return refuse(error, "it is a model for something else");
    if (header->length != length)
        return refuse(error, "it is cut short or has something added");
    if (header->sections > MODEL_SECTION_LIMIT ||
        header->sections * sizeof(struct model_section) > length - sizeof *header)
        return refuse(error, "its table of sections is damaged");
    return ANNALS_OK;
}

annals_status model_check(struct model *model, const unsigned char *bytes, size_t length,
                          const char *kind, annals_error *error)
{
    *model = (struct model){.mapping = {bytes, length}};
    if (length < sizeof *model->header)
        return refuse(error, "it is too short");
    model->header = (const struct model_header *)(const void *)bytes;
    model->sections = (const struct model_section *)(const void *)(model->header + 1);
    annals_status status = check_header(model->header, length, kind, error);
    if (status != ANNALS_OK)
        return status;
    size_t frame = sizeof *model->header;
    if (model_checksum(bytes + frame, length - frame) != model->header->checksum)
        return refuse(error, "it is damaged (its checksum is wrong)");
    for (uint32_t i = 0; i < model->header->sections; i++) {
        const struct model_section *section = &model->sections[i];
        if (section->offset % MODEL_ALIGNMENT != 0 || section->offset > length ||
            section->size > length - section->offset ||
            memchr(section->name, '\0', sizeof section->name) == NULL)
            return refuse(error, "its table of sections is damaged");
    }
    return ANNALS_OK;
}

annals_status model_open(struct model *model, const char *path, const char *kind,
                         annals_error *error)
{
    struct mapping mapping;
    annals_status status = mapping_open(&mapping, path, error);
    if (status != ANNALS_OK)
        return status;
    status = model_check(model, mapping.bytes, mapping.length, kind, error);
    if (status != ANNALS_OK) {
        mapping_close(&mapping);
        *model = (struct model){0};
        return error_at(error, path, 0, 0, -1);
    }
    return ANNALS_OK;
}

void model_close(struct model *model)
{
    mapping_close(&model->mapping);
    *model = (struct model){0};
}

const void *model_section_any(const struct model *model, const char *name, size_t *size)
{
    for (uint32_t i = 0; i < model->header->sections; i++)
        if (strcmp(model->sections[i].name, name) == 0) {
            *size = (size_t)model->sections[i].size;
            return model->mapping.bytes + model->sections[i].offset;
        }
    return NULL;
}

const void *model_section(const struct model *model, const char *name, size_t size,
                          annals_error *error)
{
    size_t found = 0;
    const void *section = model_section_any(model, name, &found);
    if (section != NULL && found == size)
        return section;
    error_set(error, ANNALS_FOREIGN,
              "is no model that annals can use: its section \"%s\" is missing or of wrong size",
              name);
    return NULL;
}
