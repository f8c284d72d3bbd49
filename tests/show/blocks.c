/* Blocks: `kind: text` with newlines as " / ", then what the report says of itself. */
#include "show.h"

static void print_blocks(const struct document *document, struct buffer *out)
{
    static const char *const kinds[] = {"body", "title",    "heading", "byline",
                                        "date", "dateline", "caption", "furniture"};
    for (uint32_t i = 0; i < document->blocks.count; i++) {
        const struct block *block = &document->blocks.items[i];
        buffer_print(out, "%s%s: ", kinds[block->kind], block->continues ? " (goes on)" : "");
        for (uint32_t at = block->span.start; at < block->span.end; at++) {
            if (document->text[at] == '\n')
                buffer_add_string(out, " / ");
            else
                buffer_add_byte(out, document->text[at]);
        }
        buffer_add_byte(out, '\n');
    }
}

const struct show show_blocks = {.name = "blocks", .wanted = HAS_BLOCKS, .print = print_blocks};
