/* Whom an inquiry is about: "investigated THE MAYOR" tells whom, "investigated the murder OF THE MAYOR"
 * only what. Those who suffered a deed are not the ones that are looked into for it.
 *
 * Method: who stands with "of" or "against" at a noun of violence below the verb or noun of inquiry. */
#include "meaning/participants.h"

static bool is_deed(const struct coding *coding, uint32_t noun)
{
    if (coding->tree.tokens[noun].upos != UPOS_NOUN)
        return false;
    uint32_t index = coding->making_at[noun];
    if (index == NONE)
        return token_is(&coding->tree.tokens[noun], "death");
    return frame_is(coding->makings.items[index].frame, "ASSAULT");
}

bool patients_only_probed(const struct making *making, uint32_t token)
{
    const struct coding *coding = making->coding;
    const struct token *tokens = coding->tree.tokens;
    const char *mode = making->frame->mode;
    if (mode == NULL || strcmp(mode, "investigate") != 0)
        return false;
    for (int steps = 0; token != NONE && token != making->trigger && steps < 5; steps++) {
        uint32_t above = tokens[token].head, preposition = tree_preposition(&coding->tree, token);
        bool suffers = preposition != NONE && (token_is(&tokens[preposition], "of") ||
                                               token_is(&tokens[preposition], "against") ||
                                               token_is(&tokens[preposition], "on"));
        if (suffers && above != NONE && above != making->trigger && is_deed(coding, above))
            return true;
        token = above;
    }
    return false;
}
