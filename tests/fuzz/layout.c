/* Fuzz target: a plain text through layout and publication date. Every byte that is no white space
 * lies in exactly one block. */
#include "bytes/utf8.h"
#include "pipeline/pipeline.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const struct pipeline *pipeline_once(void)
{
    static struct pipeline pipeline;
    static struct arena arena;
    static bool opened;
    const char *data = getenv("ANNALS_DATA");
    struct stage_setting setting = {.data = data != NULL ? data : "build/share/annals",
                                    .arena = &arena};
    annals_error error = {0};
    if (!opened && pipeline_open(&pipeline, &setting, &error) != ANNALS_OK) {
        fprintf(stderr, "%s: %s\n", error.file, error.sentence);
        abort();
    }
    opened = true;
    return &pipeline;
}

static void check_cover(const struct document *document)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i <= document->blocks.count; i++) {
        struct byte_span span = i < document->blocks.count
                                    ? document->blocks.items[i].span
                                    : (struct byte_span){document->length, document->length};
        while (at < span.start) {
            size_t size;
            uint32_t letter = utf8_decode(document->text + at, document->length - at, &size);
            assert(utf8_is_space(letter) || letter <= ' ');
            at += (uint32_t)size;
        }
        assert(at == span.start && span.end <= document->length);
        at = span.end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena arena, scratch;
    struct document document;
    annals_error error = {0};
    if (utf8_valid_length((const char *)bytes, length) != length)
        return 0;
    arena_init(&arena);
    arena_init(&scratch);
    document_init(&document, &arena, arena_copy(&arena, (const char *)bytes, length),
                  (uint32_t)length);
    assert(pipeline_run(pipeline_once(), &document, HAS_FACTS, &scratch, &error) == ANNALS_OK);
    check_cover(&document);
    arena_release(&arena);
    arena_release(&scratch);
    return 0;
}
