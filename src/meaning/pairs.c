/* What is told of a pair of words; see pairs.h. */
#include "meaning/pairs.h"

void tell(struct telling *telling, uint64_t value)
{
    uint64_t feature = hash_join(telling->count + 1, value);
    telling->features[telling->count++] = (uint32_t)(feature ^ feature >> 32);
}

void tell_with(struct telling *telling, uint64_t value, uint64_t other)
{
    tell(telling, value);
    tell(telling, hash_join(value, other));
}

bool pair_is_head(const struct token *word)
{
    static const enum relation never[] = {REL_FLAT,   REL_FLAT_FOREIGN, REL_FIXED, REL_DET,
                                          REL_NUMMOD, REL_GOESWITH,     REL_CASE,  REL_MARK,
                                          REL_CC,     REL_PUNCT};
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
        if (word->relation == never[i])
            return false;
    return true;
}

enum { UP = 5, DOWN = 6 };

uint64_t pair_path(const struct tree *tree, uint32_t from, uint32_t to, uint32_t *length)
{
    uint64_t above = 1;
    uint32_t top = from;
    for (uint32_t up = 0; up <= UP && top != NONE; up++) {
        uint64_t below = 1;
        uint32_t at = to;
        for (uint32_t down = 0; down <= DOWN && at != NONE; down++) {
            if (at == top) {
                *length = up + down;
                return hash_join(above, below);
            }
            below = hash_join(below, tree->tokens[at].relation);
            at = tree->tokens[at].head;
        }
        above = hash_join(above, 64 + tree->tokens[top].relation);
        top = tree->tokens[top].head;
    }
    *length = UP + DOWN;
    return 0;
}

uint64_t pair_step(uint32_t count)
{
    uint64_t step = 0;
    for (; count > 0; count /= 2)
        step++;
    return step;
}
