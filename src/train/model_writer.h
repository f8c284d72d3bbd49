/* Writes model files (classifiers/model.h). */
#ifndef ANNALS_TRAIN_MODEL_WRITER_H
#define ANNALS_TRAIN_MODEL_WRITER_H

#include "bytes/arena.h"
#include "classifiers/model.h"

struct model_writer {
    struct model_section sections[MODEL_SECTION_LIMIT];
    const void *bytes[MODEL_SECTION_LIMIT];
    uint32_t count;
    bool failed;
};

/* Adds a section; its bytes are read when the file is written. */
void model_writer_add(struct model_writer *writer, const char *name, const void *bytes,
                      size_t size);

annals_status model_writer_write(struct model_writer *writer, const char *path, const char *kind,
                                 uint64_t training, struct arena *arena, annals_error *error);

#endif
