/* References: the entities with more than one mention, `mention = mention = ...`, one a line, each
 * with its gender where it is known. */
#include "show.h"

static void print_references(const struct document *document, struct buffer *out)
{
    static const char *const genders[] = {"", " (male)", " (female)", ""};
    for (uint32_t i = 0; i < document->entities.count; i++) {
        const struct entity *entity = &document->entities.items[i];
        if (entity->mention_count < 2)
            continue;
        bool first = true;
        for (uint32_t j = entity->first_mention; j < document->mentions.count; j++) {
            const struct mention *mention = &document->mentions.items[j];
            if (mention->entity != i)
                continue;
            buffer_print(out, "%s%.*s", first ? "" : " = ",
                         (int)(mention->span.end - mention->span.start),
                         document_bytes(document, mention->span));
            first = false;
        }
        buffer_print(out, "%s\n", genders[entity->gender]);
    }
}

const struct show show_references = {
    .name = "references", .wanted = HAS_MENTIONS, .print = print_references, .body = true};
