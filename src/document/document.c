/* The document: one report in memory with everything found in it so far. */
#include "document/document.h"

#include "document/stage.h"

void document_init(struct document *document, struct arena *arena, const char *text,
                   uint32_t length)
{
    *document = (struct document){.arena = arena, .text = text, .length = length};
    document->report.published = DAY_UNKNOWN;
    document->report.retrieved = DAY_UNKNOWN;
    array_init(&document->blocks, arena);
    array_init(&document->sentences, arena);
    array_init(&document->tokens, arena);
    array_init(&document->names, arena);
    array_init(&document->mentions, arena);
    array_init(&document->entities, arena);
    array_init(&document->times, arena);
    array_init(&document->places, arena);
    array_init(&document->quantities, arena);
    array_init(&document->actors, arena);
    array_init(&document->actor_mentions, arena);
    array_init(&document->attributions, arena);
    array_init(&document->claims, arena);
}

uint32_t document_sentence_at(const struct document *document, uint32_t offset)
{
    uint32_t low = 0, high = document->sentences.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (document->sentences.items[middle].span.end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Index of the first token that starts at or after `offset`. */
static uint32_t first_token_from(const struct document *document, uint32_t offset)
{
    uint32_t low = 0, high = document->tokens.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (document->tokens.items[middle].span.start < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct token_range document_tokens_in(const struct document *document, struct byte_span span)
{
    struct token_range range;
    range.first = first_token_from(document, span.start);
    range.end = range.first;
    while (range.end < document->tokens.count &&
           document->tokens.items[range.end].span.end <= span.end)
        range.end++;
    return range;
}

struct byte_span document_span_of(const struct document *document, struct token_range range)
{
    if (range.end <= range.first)
        return (struct byte_span){0, 0};
    return (struct byte_span){document->tokens.items[range.first].span.start,
                              document->tokens.items[range.end - 1].span.end};
}

const char *stage_path(const struct stage_setting *setting, const char *folder, const char *file)
{
    return arena_print(setting->arena, "%s/%s/%s", setting->data, folder, file);
}

const struct name *document_name_around(const struct document *document, uint32_t token)
{
    uint32_t low = 0, high = document->names.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (document->names.items[middle].tokens.end <= token)
            low = middle + 1;
        else
            high = middle;
    }
    return low < document->names.count && document->names.items[low].tokens.first <= token
               ? &document->names.items[low]
               : NULL;
}
