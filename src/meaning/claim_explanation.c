/* The words and the tree path behind each slot, for `annals code --explain`: "agent rebels: nsubj of
 * captured; patient town: obj of captured"; of those taken over from an event of a sentence before, how
 * they stood there. */
#include "meaning/coding.h"

#include "bytes/buffer.h"

enum { LONGEST_PATH = 6 };

/* "nsubj of captured", or over several words "nmod of convoy, obj of attacked". */
static void add_path(struct buffer *text, const struct making *making, uint32_t token)
{
    const struct tree *tree = &making->coding->tree;
    for (int steps = 0; token != making->trigger && steps < LONGEST_PATH; steps++) {
        const struct token *word = &tree->tokens[token];
        if (word->head == NONE)
            return;
        buffer_print(text, "%s%s of %s", steps > 0 ? ", " : " ", relation_name(word->relation),
                     tree->tokens[word->head].folded);
        token = word->head;
    }
}

/* "The insurgents": whose they are, and how that is known. */
static void add_reason(struct buffer *text, const struct making *making, uint32_t token)
{
    const struct document *document = making->coding->document;
    uint32_t mention = making->coding->actor_mention[token];
    const struct actor_mention *found =
        mention != NONE ? &document->actor_mentions.items[mention] : NULL;
    if (found == NULL || found->reason == NULL)
        return;
    const struct actor *actor = &document->actors.items[found->actor];
    const struct actor *body =
        actor->parent != NONE ? &document->actors.items[actor->parent] : actor;
    buffer_print(text, ", of %s: %s", body->name != NULL ? body->name : "?", found->reason);
}

/* "They": how sure the network is of whom they are, at the pronoun or at the noun told for it. */
static void add_meant(struct buffer *text, const struct making *making, uint32_t token)
{
    const struct coding *coding = making->coding;
    uint32_t sentence = coding->tree.tokens[making->trigger].sentence;
    struct token_range range = coding->document->sentences.items[sentence].tokens;
    float chance = coding->referent_chance[token];
    for (uint32_t i = range.first; i < range.end; i++)
        if (coding->noun_meant[i] == token && coding->referent_chance[i] > chance)
            chance = coding->referent_chance[i];
    if (chance > 0)
        buffer_print(text, ", meant by referents.model, %.2f", (double)chance);
}

static void add_list(struct buffer *text, const struct making *making,
                     const struct participant_list *list, const char *slot, bool taken,
                     float chance)
{
    for (uint32_t i = 0; i < list->count; i++) {
        const struct token *word = &making->coding->tree.tokens[list->tokens[i]];
        buffer_print(text, "; %s %s:", slot, word->folded);
        add_path(text, making, list->tokens[i]);
        if (chance > 0)
            buffer_print(text, ", chosen by chooser.model, %.2f", (double)chance);
        if (taken)
            buffer_print(text, ", told before");
        add_meant(text, making, list->tokens[i]);
        add_reason(text, making, list->tokens[i]);
    }
}

void explanation_write(const struct making *making, struct claim *claim)
{
    struct buffer text;
    buffer_init(&text);
    buffer_print(&text, "rule %s by \"%s\"", making->frame->id,
                 making->coding->tree.tokens[making->trigger].folded);
    const struct choice *choice = making->coding->choice;
    add_list(&text, making, &making->agents, "agent", making->agents_taken,
             choice->filled[0] ? choice->chance[0] : 0);
    add_list(&text, making, &making->patients, "patient", making->patients_taken,
             choice->filled[1] ? choice->chance[1] : 0);
    add_list(&text, making, &making->instruments, "instrument", false, 0);
    if (!text.failed)
        claim->explanation =
            arena_copy(making->coding->document->arena, text.bytes, text.length);
    buffer_release(&text);
}
