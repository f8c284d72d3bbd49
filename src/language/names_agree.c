/* Names of one report inform each other: "Osman" is a person where "Tariq Osman" is one, and what
 * is counted up with towns is a town.
 *
 * Method: the surest name written alike, or whose surname it is, decides over unsure ones; in a
 * list the name that the others hang on does. Left out: names that only sound alike. */
#include "language/names_agree.h"

#include "bytes/hash.h"

/* A table from a hash to the index of the surest name with it. */
struct name_index {
    uint64_t *keys;
    uint32_t *names;
    uint32_t mask;
};

static uint32_t *index_slot(struct name_index *index, uint64_t key)
{
    uint32_t at = (uint32_t)key & index->mask;
    while (index->keys[at] != 0 && index->keys[at] != key)
        at = (at + 1) & index->mask;
    if (index->keys[at] == 0) {
        index->keys[at] = key;
        index->names[at] = NONE;
    }
    return &index->names[at];
}

static uint64_t name_hash(const struct document *document, const struct name *name)
{
    uint64_t hash = 1;
    for (uint32_t i = name->tokens.first; i < name->tokens.end; i++)
        hash = hash_join(hash, document->tokens.items[i].hash);
    return hash == 0 ? 1 : hash;
}

static void vote(const struct document *document, uint32_t *slot, uint32_t name)
{
    if (*slot == NONE ||
        document->names.items[*slot].certainty < document->names.items[name].certainty)
        *slot = name;
}

/* Lets sure names decide over unsure ones that are the same, or the surname of one. */
void names_agree(struct document *document, struct arena *scratch)
{
    uint32_t count = document->names.count, size = 16;
    while (size < count * 4)
        size *= 2;
    struct name_index index = {.keys = arena_new_array(scratch, uint64_t, size),
                               .names = arena_new_array(scratch, uint32_t, size),
                               .mask = size - 1};
    if (index.keys == NULL || index.names == NULL)
        return;
    for (uint32_t i = 0; i < count; i++) {
        const struct name *name = &document->names.items[i];
        vote(document, index_slot(&index, name_hash(document, name)), i);
        if (name->kind == NAME_PERSON && name->tokens.end - name->tokens.first > 1) {
            struct name surname = {.tokens = {name->tokens.end - 1, name->tokens.end}};
            vote(document, index_slot(&index, name_hash(document, &surname)), i);
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        struct name *name = &document->names.items[i];
        uint32_t best = *index_slot(&index, name_hash(document, name));
        const struct name *other = &document->names.items[best];
        if (best != i && name->certainty < 0.7f && other->certainty > name->certainty &&
            other->kind != NAME_OTHER) {
            name->kind = other->kind;
            name->certainty = other->certainty < 0.8f ? other->certainty : 0.8f;
        }
    }
}

/* The name's token that hangs on a token outside it; NONE where the tree is not there. */
static uint32_t head_token(const struct document *document, struct token_range range)
{
    for (uint32_t i = range.first; i < range.end; i++) {
        uint32_t head = document->tokens.items[i].head;
        if (head != NONE && (head < range.first || head >= range.end))
            return i;
    }
    return NONE;
}

/* Things that are counted up together are of one kind: "Vashtra, Dalen and Orvo". */
void names_agree_in_lists(struct document *document)
{
    for (uint32_t i = 1; i < document->names.count; i++) {
        struct name *name = &document->names.items[i];
        uint32_t token = name->certainty < 0.6f ? head_token(document, name->tokens) : NONE;
        if (token == NONE || document->tokens.items[token].relation != REL_CONJ)
            continue;
        uint32_t head = document->tokens.items[token].head;
        for (uint32_t back = i; back > 0 && i - back < 16; back--) {
            const struct name *other = &document->names.items[back - 1];
            if (head < other->tokens.first || head >= other->tokens.end)
                continue;
            if (other->certainty >= 0.6f && other->kind != NAME_NATIONALITY) {
                name->kind = other->kind;
                name->certainty = 0.6f;
            }
            break;
        }
    }
}
