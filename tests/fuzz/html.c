/* Fuzz target: an HTML page in UTF-8. The text is UTF-8 and its blocks are inside it. */
#include "intake/html.h"
#include "bytes/utf8.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena arena;
    struct document document;
    annals_error error = {0};
    if (utf8_valid_length((const char *)bytes, length) != length)
        return 0;
    arena_init(&arena);
    document_init(&document, &arena, "", 0);
    if (html_read(&document, &arena, (const char *)bytes, length, &error) == ANNALS_OK) {
        assert(utf8_valid_length(document.text, document.length) == document.length);
        for (uint32_t i = 0; i < document.blocks.count; i++)
            assert(document.blocks.items[i].span.end <= document.length);
    } else {
        assert(error.sentence[0] != '\0');
    }
    arena_release(&arena);
    return 0;
}
