/* Repairs a parse sentence by sentence, so that it stays a tree.
 *
 * Method: each repair looks at the tree as it was before the pass, so two of them may hang two
 * words on each other. Where a sentence has such a ring afterwards it is left as the parser had it.
 * A sentence longer than any that people write is not repaired at all. */
#include "meaning/rehung.h"

enum { LONGEST = 512 };

/* What a repair may change of a word. */
struct hanging {
    uint32_t head, features;
    enum relation relation;
    enum word_class upos;
};

static void keep(const struct token *tokens, struct token_range range, struct hanging *kept)
{
    for (uint32_t i = range.first; i < range.end; i++)
        kept[i - range.first] = (struct hanging){tokens[i].head, tokens[i].features,
                                                 tokens[i].relation, tokens[i].upos};
}

static void restore(struct token *tokens, struct token_range range, const struct hanging *kept)
{
    for (uint32_t i = range.first; i < range.end; i++) {
        const struct hanging *word = &kept[i - range.first];
        tokens[i].head = word->head;
        tokens[i].features = word->features;
        tokens[i].relation = word->relation;
        tokens[i].upos = word->upos;
    }
}

/* Whether a word of the sentence hangs on itself, by way of others. */
static bool has_ring(const struct token *tokens, struct token_range range)
{
    for (uint32_t i = range.first; i < range.end; i++) {
        uint32_t word = i, steps = 0;
        while (word != NONE && steps++ <= range.end - range.first)
            word = tokens[word].head;
        if (word != NONE)
            return true;
    }
    return false;
}

bool rehang_sentences(struct document *document, rehang_one *repair, void *context)
{
    struct token *tokens = document->tokens.items;
    struct hanging kept[LONGEST];
    bool changed = false;
    for (uint32_t s = 0; s < document->sentences.count; s++) {
        struct token_range range = document->sentences.items[s].tokens;
        bool here = false;
        if (range.end - range.first > LONGEST)
            continue;
        keep(tokens, range, kept);
        for (uint32_t i = range.first; i < range.end; i++)
            here |= repair(context, i);
        if (here && has_ring(tokens, range)) {
            restore(tokens, range, kept);
            here = false;
        }
        changed |= here;
    }
    return changed;
}
