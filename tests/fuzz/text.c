/* Fuzz target: any bytes as a report's text, through the stages of language/. Asserts that
 * sentences, tokens, names and mentions are sorted, in range, and that tokens cover the text. */
#include "bytes/utf8.h"
#include "pipeline/pipeline.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const struct pipeline *pipeline_once(void)
{
    static struct pipeline pipeline;
    static struct arena engine;
    if (pipeline.opened > 0)
        return &pipeline;
    annals_error error = {0};
    const char *data = getenv("ANNALS_DATA");
    arena_init(&engine);
    struct stage_setting setting = {.data = data != NULL ? data : "build/share/annals",
                                    .arena = &engine};
    if (pipeline_open(&pipeline, &setting, &error) != ANNALS_OK) {
        fprintf(stderr, "%s: %s\n", error.file, error.sentence);
        abort();
    }
    return &pipeline;
}

/* The bytes as well-formed UTF-8 without a NUL. */
static char *text_of(struct arena *arena, const uint8_t *bytes, size_t length)
{
    char *text = arena_copy(arena, (const char *)bytes, length);
    for (size_t at = 0; at < length;) {
        at += utf8_valid_length(text + at, length - at);
        if (at < length)
            text[at++] = '?';
    }
    for (size_t i = 0; i < length; i++)
        if (text[i] == '\0')
            text[i] = ' ';
    return text;
}

/* Blocks of three lines each; every second is a heading. */
static void cut_blocks(struct document *document)
{
    uint32_t start = 0, lines = 0;
    for (uint32_t i = 0; i <= document->length; i++) {
        bool line = i == document->length || document->text[i] == '\n';
        lines += line;
        if (i < document->length && (!line || lines % 3 != 0))
            continue;
        struct block *block = array_push(&document->blocks);
        assert(block != NULL);
        *block =
            (struct block){.span = {start, i}, .kind = lines % 2 == 0 ? BLOCK_HEADING : BLOCK_BODY};
        start = i;
    }
    document->layers |= HAS_BLOCKS;
}

/* Nothing but white space and control characters lies between two tokens. */
static void check_gap(const struct document *document, uint32_t from, uint32_t to)
{
    for (uint32_t at = from; at < to;) {
        size_t size;
        uint32_t character = utf8_decode(document->text + at, document->length - at, &size);
        assert(utf8_is_space(character) || character < ' ' || character == 0x7f);
        at += (uint32_t)size;
    }
}

static void check_tokens(const struct document *document)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < document->sentences.count; i++) {
        const struct sentence *sentence = &document->sentences.items[i];
        assert(sentence->tokens.first == (i == 0 ? 0 : sentence[-1].tokens.end));
        assert(sentence->tokens.first < sentence->tokens.end);
        assert(sentence->tokens.end - sentence->tokens.first <= 400);
        assert(span_contains(document->blocks.items[sentence->block].span, sentence->span));
        for (uint32_t j = sentence->tokens.first; j < sentence->tokens.end; j++) {
            const struct token *token = &document->tokens.items[j];
            assert(token->span.start >= at && token->span.start < token->span.end);
            assert(span_contains(sentence->span, token->span) && token->sentence == i);
            assert(strlen(token->folded) == token->folded_length);
            assert(token->head == NONE ||
                   (token->head >= sentence->tokens.first && token->head < sentence->tokens.end));
            check_gap(document, at, token->span.start);
            at = token->span.end;
        }
    }
    check_gap(document, at, document->length);
}

static void check_names(const struct document *document)
{
    uint32_t end = 0;
    for (uint32_t i = 0; i < document->names.count; i++) {
        const struct name *name = &document->names.items[i];
        assert(name->tokens.first >= end && name->tokens.first < name->tokens.end);
        assert(name->tokens.end <= document->tokens.count);
        assert(name->certainty >= 0 && name->certainty <= 1);
        end = name->tokens.end;
    }
    for (uint32_t i = 0; i < document->mentions.count; i++) {
        const struct mention *mention = &document->mentions.items[i];
        assert(mention->tokens.first <= mention->head && mention->head < mention->tokens.end);
        assert(mention->tokens.end <= document->tokens.count);
        assert(mention->entity < document->entities.count);
        assert(mention->name == NONE || mention->name < document->names.count);
    }
    for (uint32_t i = 0; i < document->entities.count; i++) {
        const struct entity *entity = &document->entities.items[i];
        assert(document->mentions.items[entity->first_mention].entity == i);
        assert(document->mentions.items[entity->best_mention].entity == i);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const struct pipeline *pipeline = pipeline_once();
    struct arena arena, scratch;
    struct document document;
    annals_error error = {0};
    if (length > 1u << 20)
        return 0;
    arena_init(&arena);
    arena_init(&scratch);
    document_init(&document, &arena, text_of(&arena, bytes, length), (uint32_t)length);
    document.report.id = "fuzz";
    cut_blocks(&document);
    annals_status status = pipeline_run(pipeline, &document,
                                        HAS_SENTENCES | HAS_NAMES | HAS_MENTIONS, &scratch, &error);
    assert(status == ANNALS_OK);
    check_tokens(&document);
    check_names(&document);
    arena_release(&arena);
    arena_release(&scratch);
    return 0;
}
