/* The words and the tree path behind each slot, for `annals code --explain`: "agent rebels: nsubj of
 * captured; patient town: obj of captured". */
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

static void add_list(struct buffer *text, const struct making *making,
                     const struct participant_list *list, const char *slot)
{
    for (uint32_t i = 0; i < list->count; i++) {
        const struct token *word = &making->coding->tree.tokens[list->tokens[i]];
        buffer_print(text, "; %s %s:", slot, word->folded);
        add_path(text, making, list->tokens[i]);
    }
}

void explanation_write(const struct making *making, struct claim *claim)
{
    struct buffer text;
    buffer_init(&text);
    buffer_print(&text, "rule %s by \"%s\"", making->frame->id,
                 making->coding->tree.tokens[making->trigger].folded);
    add_list(&text, making, &making->agents, "agent");
    add_list(&text, making, &making->patients, "patient");
    add_list(&text, making, &making->instruments, "instrument");
    if (!text.failed)
        claim->explanation =
            arena_copy(making->coding->document->arena, text.bytes, text.length);
    buffer_release(&text);
}
