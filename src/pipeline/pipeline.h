/* The stages in order, opened once and run over any number of documents. */
#ifndef ANNALS_PIPELINE_PIPELINE_H
#define ANNALS_PIPELINE_PIPELINE_H

#include "document/stage.h"

enum { PIPELINE_MAXIMUM = 32 };

struct pipeline {
    void *states[PIPELINE_MAXIMUM]; /* one a stage, in the order of `stages` */
    uint32_t opened;                /* stages that are open */
};

/* The one list, in stages.c; NULL ends it. */
extern const struct stage *const stages[];

/* Opens every stage. ANNALS_WRONG_USE where a stage needs what no earlier one gives. */
annals_status pipeline_open(struct pipeline *pipeline, const struct stage_setting *setting,
                            annals_error *error);
/* Opens only the stages up to those that give `wanted`: for trainers, whose own model is not there
 * yet. */
annals_status pipeline_open_until(struct pipeline *pipeline, const struct stage_setting *setting,
                                  uint32_t wanted, annals_error *error);
void pipeline_close(struct pipeline *pipeline);

/* Runs the stages in order until the layers of `wanted` are filled, or all of them where `wanted`
 * is 0; then a document that is not in English goes no further than the stage that finds that.
 * Layers that are filled already (by a reader of CoNLL-U, say) are not computed again. `scratch` is
 * reset after each stage. */
annals_status pipeline_run(const struct pipeline *pipeline, struct document *document,
                           uint32_t wanted, struct arena *scratch, annals_error *error);

/* Checks that every need is met by an earlier stage; names the first that is not. */
annals_status pipeline_check(const struct stage *const *list, annals_error *error);

/* Names of the layers of a set, separated by blanks, into `text`. */
void pipeline_layer_names(uint32_t layers, char *text, size_t size);

#endif
