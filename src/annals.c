/* Implements annals.h: the engine and its documents. */
#include "annals.h"

#include "handles.h"

#include "bytes/buffer.h"
#include "formats/coded.h"
#include "formats/conllu.h"
#include "formats/report.h"
#include "intake/plain_text.h"

#include <stdlib.h>

#ifndef ANNALS_VERSION
#define ANNALS_VERSION "0.1.0"
#endif

const char *annals_version(void)
{
    return ANNALS_VERSION;
}

annals_status annals_open(const char *data, annals_engine **engine, annals_error *error)
{
    annals_settings settings = {.data = data};
    return annals_open_settings(&settings, engine, error);
}

annals_status annals_open_settings(const annals_settings *settings, annals_engine **engine,
                                   annals_error *error)
{
    annals_engine *opened = calloc(1, sizeof *opened);
    if (opened == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    arena_init(&opened->arena);
    opened->data = arena_copy_string(&opened->arena, settings->data);
    struct stage_setting setting = {.data = settings->data,
                                    .arena = &opened->arena,
                                    .actor_files = settings->actors,
                                    .agent_files = settings->agents};
    annals_status status = opened->data == NULL
                               ? error_set(error, ANNALS_NO_MEMORY, "out of memory")
                               : pipeline_open(&opened->pipeline, &setting, error);
    if (status != ANNALS_OK) {
        arena_release(&opened->arena);
        free(opened);
        return status;
    }
    *engine = opened;
    return ANNALS_OK;
}

void annals_close(annals_engine *engine)
{
    if (engine == NULL)
        return;
    pipeline_close(&engine->pipeline);
    arena_release(&engine->arena);
    free(engine);
}

annals_status annals_stages(annals_sink sink, void *context)
{
    struct buffer line;
    buffer_init(&line);
    bool going = true;
    for (uint32_t i = 0; stages[i] != NULL && going; i++) {
        char needs[200], gives[200];
        pipeline_layer_names(stages[i]->needs, needs, sizeof needs);
        pipeline_layer_names(stages[i]->gives, gives, sizeof gives);
        buffer_clear(&line);
        buffer_print(&line, "%s\t%s\t%s\t%s\n", stages[i]->name, needs, gives, stages[i]->summary);
        going = !line.failed && sink(context, line.bytes, line.length);
    }
    bool failed = line.failed;
    buffer_release(&line);
    return failed ? ANNALS_NO_MEMORY : going ? ANNALS_OK : ANNALS_CANNOT_WRITE;
}

typedef annals_status reader(struct document *, struct arena *, const char *, size_t,
                             annals_error *);

static annals_status read_with(reader *read, const char *bytes, size_t length,
                               annals_document **document, annals_error *error)
{
    annals_document *made = calloc(1, sizeof *made);
    if (made == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    arena_init(&made->arena);
    arena_init(&made->scratch);
    annals_status status = read(&made->document, &made->arena, bytes, length, error);
    if (status != ANNALS_OK) {
        annals_document_free(made);
        return status;
    }
    *document = made;
    return ANNALS_OK;
}

annals_status annals_read(const annals_engine *engine, const char *bytes, size_t length,
                          annals_document **document, annals_error *error)
{
    (void)engine;
    return read_with(report_read, bytes, length, document, error);
}

annals_status annals_read_conllu(const annals_engine *engine, const char *bytes, size_t length,
                                 annals_document **document, annals_error *error)
{
    (void)engine;
    return read_with(conllu_read, bytes, length, document, error);
}

annals_status annals_code(const annals_engine *engine, annals_document *document,
                          annals_error *error)
{
    annals_status status =
        pipeline_run(&engine->pipeline, &document->document, 0, &document->scratch, error);
    /* It may wait long to be stored. */
    arena_release(&document->scratch);
    return status;
}

annals_status annals_parse(const annals_engine *engine, annals_document *document,
                           annals_error *error)
{
    bool marked = (document->document.layers & HAS_BLOCKS) != 0;
    if (!marked && !plain_text_mark(&document->document))
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    return pipeline_run(&engine->pipeline, &document->document, HAS_TREE, &document->scratch,
                        error);
}

static annals_status write_format(const annals_document *document, annals_format format,
                                  struct arena *scratch, struct buffer *buffer,
                                  annals_error *error)
{
    switch (format) {
    case ANNALS_EXPLAINED_JSON:
        coded_write(&document->document, true, scratch, buffer);
        return ANNALS_OK;
    case ANNALS_CODED_JSON:
        coded_write(&document->document, false, scratch, buffer);
        return ANNALS_OK;
    case ANNALS_CONLLU:
        conllu_write(&document->document, buffer);
        return ANNALS_OK;
    case ANNALS_TREE:
        conllu_write_tree(&document->document, scratch, buffer);
        return ANNALS_OK;
    }
    return error_set(error, ANNALS_WRONG_USE, "this format is not known");
}

annals_status annals_write(const annals_document *document, annals_format format, annals_sink sink,
                           void *context, annals_error *error)
{
    struct buffer buffer;
    struct arena scratch;
    buffer_init(&buffer);
    arena_init(&scratch);
    annals_status status = write_format(document, format, &scratch, &buffer, error);
    if (status == ANNALS_OK && buffer.failed)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (status == ANNALS_OK && buffer.length > 0 && !sink(context, buffer.bytes, buffer.length))
        status = error_set(error, ANNALS_CANNOT_WRITE, "the output could not be written");
    arena_release(&scratch);
    buffer_release(&buffer);
    return status;
}

size_t annals_document_length(const annals_document *document)
{
    return document->document.length;
}

size_t annals_document_memory(const annals_document *document)
{
    return sizeof *document + document->arena.used + document->scratch.used;
}

void annals_document_free(annals_document *document)
{
    if (document == NULL)
        return;
    arena_release(&document->arena);
    arena_release(&document->scratch);
    free(document);
}
