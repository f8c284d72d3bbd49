/* What a claim on control says once its status and sources are known: who took a place by his own
 * word, what is held no longer, and from whom it was taken.
 *
 * What leaves out: losers told of in another clause. */
#include "meaning/coding.h"

#include <string.h>

/* "The rebels claimed that the base was conquered": by whom else? Whose foe took it a state says in
 * the same words, unless it is taken back. */
void control_by_speaker(const struct making *making, struct claim *claim)
{
    const struct coding *coding = making->coding;
    bool open = claim->control == CONTROL_TAKES && claim->control_holder == NONE &&
                claim->agents.count == 0 && claim->status == STATUS_CLAIMED &&
                claim->according_to.count == 1 && claim->according_to.items[0].actor != NONE;
    if (!open)
        return;
    uint32_t speaker = claim->according_to.items[0].actor;
    uint32_t kinds = coding_kinds_of_type(coding->document->actors.items[speaker].type);
    bool back =
        strcmp(making->frame->id, "recapture") == 0 || strncmp(making->frame->id, "clear", 5) == 0;
    if ((kinds & KIND_REBEL) != 0 || (back && (kinds & (KIND_STATE_FORCE | KIND_GOVERNMENT)) != 0))
        claim->control_holder = speaker;
}

/* "Is no longer in rebel hands": it was, and it is lost. */
void control_no_longer(const struct making *making, struct claim *claim)
{
    enum { REACH = 8 };
    const struct tree *tree = &making->coding->tree;
    const struct token *trigger = &tree->tokens[making->trigger];
    bool over = false;
    if (claim->control != CONTROL_HOLDS ||
        (claim->status != STATUS_NEGATED && claim->status != STATUS_ASSERTED &&
         claim->status != STATUS_CLAIMED))
        return;
    for (uint32_t i = making->trigger, left = REACH;
         i > 0 && left > 0 && !over && !token_is(&tree->tokens[i], ","); i--, left--)
        over = tree->tokens[i - 1].sentence == trigger->sentence &&
               token_is(&tree->tokens[i - 1], "no") && token_is(&tree->tokens[i], "longer");
    if (!over)
        return;
    claim->control = CONTROL_LOSES;
    claim->status = claim->according_to.count > 0 ? STATUS_CLAIMED : STATUS_ASSERTED;
}

/* Who is armed or governs, and is behind "from" at the word that tells the taking; not one of the
 * takers. */
void control_loser(const struct making *making, struct claim *claim)
{
    const struct coding *coding = making->coding;
    if (claim->control != CONTROL_TAKES || making->arguments.passive)
        return;
    for (uint32_t i = 0; i < claim->patients.count; i++)
        if (claim->patients.items[i].actor != NONE)
            return;
    const struct argument *from = arguments_behind(&coding->tree, &making->arguments, "from");
    uint32_t actor =
        from != NULL && (coding_kinds(coding, from->token) & (KIND_ARMED | KIND_GOVERNMENT)) != 0
            ? coding_actor(coding, from->token)
            : NONE;
    for (uint32_t i = 0; i < claim->agents.count; i++)
        if (claim->agents.items[i].actor == actor)
            return;
    struct participant *loser = actor != NONE ? array_push(&claim->patients) : NULL;
    if (loser == NULL)
        return;
    loser->actor = actor;
    loser->kind = "organisation";
    loser->span =
        document_span_of(coding->document, (struct token_range){from->token, from->token + 1});
}
