/* Whom role words stand for: `words: whose` in text order, of those who bear arms or govern and are
 * called by a noun; whose they are is the party that they belong to, else their code, else "-". A
 * party that no word beside them names has the reason behind it. */
#include "show.h"

static bool is_shown(const struct document *document, const struct actor_mention *mention)
{
    static const char *const types[] = {"rebel", "militia", "state force", "police", "government"};
    const char *type = document->actors.items[mention->actor].type;
    if (mention->reason != NULL)
        return true;
    if (type == NULL || document->tokens.items[mention->head].upos != UPOS_NOUN)
        return false;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcmp(type, types[i]) == 0)
            return true;
    return false;
}

static void print_sides(const struct document *document, struct buffer *out)
{
    for (uint32_t i = 0; i < document->actor_mentions.count; i++) {
        const struct actor_mention *mention = &document->actor_mentions.items[i];
        if (!is_shown(document, mention))
            continue;
        const struct actor *actor = &document->actors.items[mention->actor];
        const struct actor *side =
            actor->parent != NONE ? &document->actors.items[actor->parent] : actor;
        bool named = side->kind == ACTOR_ORGANISATION && side->entry != NULL;
        const char *code = actor->code != NULL ? actor->code : "-";
        buffer_print(out, "%.*s: %s", (int)(mention->span.end - mention->span.start),
                     document_bytes(document, mention->span), named ? side->name : code);
        if (mention->reason != NULL)
            buffer_print(out, ", %s", mention->reason);
        buffer_add_byte(out, '\n');
    }
}

const struct show show_sides = {.name = "sides", .wanted = HAS_ACTORS, .print = print_sides};
