/* Opens the stages, checks their order, runs them. */
#include "pipeline/pipeline.h"

#include <stdio.h>
#include <string.h>

static const char *const layer_names[] = {
#define ROW(name, bit, text) [bit] = text,
    LAYER_TABLE(ROW)
#undef ROW
};

enum { LAYER_COUNT = sizeof layer_names / sizeof layer_names[0] };

void pipeline_layer_names(uint32_t layers, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (int i = 0; i < LAYER_COUNT; i++) {
        if ((layers >> i & 1u) == 0 || used >= size)
            continue;
        int written = snprintf(text + used, size - used, used > 0 ? " %s" : "%s", layer_names[i]);
        used += written > 0 ? (size_t)written : 0;
    }
}

annals_status pipeline_check(const struct stage *const *list, annals_error *error)
{
    uint32_t given = 0;
    for (; *list != NULL; list++) {
        uint32_t missing = (*list)->needs & ~given;
        if (missing != 0) {
            char names[200];
            pipeline_layer_names(missing, names, sizeof names);
            return error_set(error, ANNALS_WRONG_USE,
                             "the stage \"%s\" needs what no earlier stage gives: %s",
                             (*list)->name, names);
        }
        given |= (*list)->gives;
    }
    return ANNALS_OK;
}

/* A stage that fails without a word (memory ran out while it read a table, say) still gives the
 * caller a sentence. */
static void say_at_least(annals_status status, annals_error *error)
{
    if (error != NULL && error->status != status)
        error_set(error, status, "%s", annals_status_sentence(status));
}

annals_status pipeline_open(struct pipeline *pipeline, const struct stage_setting *setting,
                            annals_error *error)
{
    return pipeline_open_until(pipeline, setting, UINT32_MAX, error);
}

annals_status pipeline_open_until(struct pipeline *pipeline, const struct stage_setting *setting,
                                  uint32_t wanted, annals_error *error)
{
    uint32_t given = 0;
    *pipeline = (struct pipeline){0};
    annals_status status = pipeline_check(stages, error);
    for (uint32_t i = 0; status == ANNALS_OK && stages[i] != NULL && (wanted & ~given) != 0; i++) {
        given |= stages[i]->gives;
        if (stages[i]->open != NULL)
            status = stages[i]->open(setting, &pipeline->states[i], error);
        if (status == ANNALS_OK)
            pipeline->opened = i + 1;
    }
    if (status != ANNALS_OK) {
        say_at_least(status, error);
        pipeline_close(pipeline);
    }
    return status;
}

void pipeline_close(struct pipeline *pipeline)
{
    while (pipeline->opened > 0) {
        uint32_t i = --pipeline->opened;
        if (stages[i]->close != NULL)
            stages[i]->close(pipeline->states[i]);
        pipeline->states[i] = NULL;
    }
}

annals_status pipeline_run(const struct pipeline *pipeline, struct document *document,
                           uint32_t wanted, struct arena *scratch, annals_error *error)
{
    for (uint32_t i = 0; i < pipeline->opened; i++) {
        if (wanted != 0 && (document->layers & wanted) == wanted)
            break;
        if ((document->layers & stages[i]->gives) == stages[i]->gives)
            continue;
        /* What is not English would only be miscoded; its grammar alone may still be asked for. */
        if (document->foreign && wanted == 0)
            break;
        annals_status status = stages[i]->run(pipeline->states[i], document, scratch, error);
        if (status == ANNALS_OK && (scratch->failed || document->arena->failed))
            status = error_set(error, ANNALS_NO_MEMORY, "out of memory in the stage \"%s\"",
                               stages[i]->name);
        arena_reset(scratch);
        if (status != ANNALS_OK) {
            say_at_least(status, error);
            return status;
        }
        document->layers |= stages[i]->gives;
    }
    return ANNALS_OK;
}
