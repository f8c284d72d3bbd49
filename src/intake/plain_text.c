/* Marks every paragraph of a text as body, for `annals parse`, which gives the grammar of all that
 * it is handed. */
#include "intake/plain_text.h"

#include "document/stage.h"

static bool is_blank_line(const char *text, uint32_t start, uint32_t end)
{
    for (uint32_t i = start; i < end; i++)
        if ((unsigned char)text[i] > ' ')
            return false;
    return true;
}

static bool add_block(struct document *document, uint32_t start, uint32_t end)
{
    while (start < end && (unsigned char)document->text[start] <= ' ')
        start++;
    while (end > start && (unsigned char)document->text[end - 1] <= ' ')
        end--;
    if (start == end)
        return true;
    struct block *block = array_push(&document->blocks);
    if (block == NULL)
        return false;
    *block = (struct block){.span = {start, end}, .kind = BLOCK_BODY};
    return true;
}

bool plain_text_mark(struct document *document)
{
    uint32_t start = 0, end;
    for (uint32_t line = 0; line < document->length; line = end + 1) {
        for (end = line; end < document->length && document->text[end] != '\n'; end++)
            ;
        if (is_blank_line(document->text, line, end)) {
            if (!add_block(document, start, line))
                return false;
            start = end;
        }
    }
    document->layers |= HAS_BLOCKS;
    return add_block(document, start, document->length);
}
