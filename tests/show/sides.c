/* Whom role words stand for: `words: whose` in text order, of those who bear arms or govern and have
 * no name of their own; whose they are is the party that they belong to, else their code, else "-". A
 * party that no word beside them names has the reason behind it. */
#include "show.h"

/* "FMLN", "the Contras": the tagger calls some names nouns. */
static bool is_name(const struct document *document, uint32_t head, const struct actor *actor)
{
    const struct token *token = &document->tokens.items[head];
    bool begins = head == document->sentences.items[token->sentence].tokens.first;
    return token->upos != UPOS_NOUN ||
           (actor->kind == ACTOR_ORGANISATION &&
            ((token->flags & TOKEN_ALL_CAPITALS) != 0 ||
             (!begins && (token->flags & TOKEN_CAPITALISED) != 0)));
}

static bool is_shown(const struct document *document, const struct actor_mention *mention)
{
    static const char *const types[] = {"rebel", "militia", "state force", "police", "government"};
    const struct actor *actor = &document->actors.items[mention->actor];
    const char *type = actor->type;
    if (mention->reason != NULL)
        return true;
    if (type == NULL || is_name(document, mention->head, actor))
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
