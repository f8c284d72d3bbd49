/* Actors: `name | kind | type | code | who | parent: mention; mention`, in the order they are
 * found;
 * "-" where nothing is known. */
#include "show.h"

static const char *or_dash(const char *text)
{
    return text != NULL ? text : "-";
}

static void print_actors(const struct document *document, struct buffer *out)
{
    static const char *const kinds[] = {"person", "organisation", "state", "population",
                                        "unnamed group"};
    for (uint32_t i = 0; i < document->actors.count; i++) {
        const struct actor *actor = &document->actors.items[i];
        const char *parent =
            actor->parent != NONE ? document->actors.items[actor->parent].name : NULL;
        buffer_print(out, "%s | %s | %s | %s | %s | %s:", or_dash(actor->name), kinds[actor->kind],
                     or_dash(actor->type), or_dash(actor->code), or_dash(actor->who),
                     or_dash(parent));
        const char *before = " ";
        for (uint32_t j = 0; j < document->actor_mentions.count; j++) {
            const struct actor_mention *mention = &document->actor_mentions.items[j];
            if (mention->actor != i)
                continue;
            buffer_print(out, "%s%.*s", before, (int)(mention->span.end - mention->span.start),
                         document_bytes(document, mention->span));
            before = "; ";
        }
        buffer_add_byte(out, '\n');
    }
}

const struct show show_actors = {.name = "actors", .wanted = HAS_ACTORS, .print = print_actors};
