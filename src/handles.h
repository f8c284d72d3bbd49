/* What the handles of annals.h are; shared by the files that implement it. */
#ifndef ANNALS_HANDLES_H
#define ANNALS_HANDLES_H

#include "bytes/arena.h"
#include "pipeline/pipeline.h"

struct annals_engine {
    struct arena arena;
    struct pipeline pipeline;
    const char *data; /* the folder it was opened on */
};

struct annals_document {
    struct arena arena, scratch;
    struct document document;
};

/* The record behind its handle. */
struct record;
struct record *annals_record_inner(annals_record *record);

#endif
