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

struct record;

struct annals_record {
    struct record *record;
    const annals_engine *engine; /* whose versions stand below; NULL before the first report */
    char dictionaries[65], models[65];
    int64_t recoded; /* the last report that was handed out to be coded again */
};

#endif
