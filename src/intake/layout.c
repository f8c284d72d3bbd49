/* Layout: which parts of a report's text are the report.
 *
 * So far every paragraph (lines up to a blank line) is body. */
#include "document/stage.h"

static bool is_blank_line(const char *text, uint32_t start, uint32_t end)
{
    for (uint32_t i = start; i < end; i++)
        if ((unsigned char)text[i] > ' ')
            return false;
    return true;
}

static void add_block(struct document *document, uint32_t start, uint32_t end)
{
    while (start < end && (unsigned char)document->text[start] <= ' ')
        start++;
    while (end > start && (unsigned char)document->text[end - 1] <= ' ')
        end--;
    struct block *block = start < end ? array_push(&document->blocks) : NULL;
    if (block != NULL)
        *block = (struct block){.span = {start, end}, .kind = BLOCK_BODY};
}

static annals_status layout_run(const void *state, struct document *document,
                                struct arena *scratch, annals_error *error)
{
    (void)state;
    (void)scratch;
    (void)error;
    uint32_t start = 0;
    for (uint32_t line = 0, end; line < document->length; line = end + 1) {
        for (end = line; end < document->length && document->text[end] != '\n'; end++)
            ;
        if (is_blank_line(document->text, line, end)) {
            add_block(document, start, line);
            start = end;
        }
    }
    add_block(document, start, document->length);
    return ANNALS_OK;
}

const struct stage stage_layout = {
    .name = "layout",
    .summary = "title, byline, date and body of the page, apart from its furniture",
    .needs = 0,
    .gives = HAS_BLOCKS,
    .run = layout_run,
};
