/* What somebody is told, hung on whom it is told: "told reporters THE ARMY HAD RETAKEN the town".
 *
 * Method: a clause on the object of a verb of telling (cues.tsv, column "told") that lacks nothing of
 * its own, subject nor object, tells nothing of that object: it is what was told. Before who says what is
 * found. Leaves out: clauses that may lack an object ("told the officers he had met"). */
#include "meaning/rehung.h"
#include "meaning/speech.h"

static bool is_whole(const struct tree *tree, uint32_t verb)
{
    uint32_t subject = tree_child(tree, verb, REL_NSUBJ);
    return subject != NONE && subject < verb &&
           (tree->tokens[subject].features & WORD_RELATIVE) == 0 &&
           !token_is(&tree->tokens[subject], "that") && !token_is(&tree->tokens[subject], "who") &&
           (tree_child(tree, verb, REL_OBJ) != NONE || tree_child(tree, verb, REL_CCOMP) != NONE ||
            tree_child(tree, verb, REL_COP) != NONE || tree_child(tree, verb, REL_AUX_PASS) != NONE);
}

bool rehang_told(struct document *document, const struct tree *tree, const struct cues *cues)
{
    struct token *tokens = document->tokens.items;
    bool changed = false;
    for (uint32_t verb = 1; verb < document->tokens.count; verb++) {
        uint32_t whom = tokens[verb].head, cue = whom != NONE ? tokens[whom].head : NONE;
        if (tokens[verb].relation != REL_ACL_RELCL || cue == NONE || cue > whom ||
            (tokens[whom].relation != REL_OBJ && tokens[whom].relation != REL_IOBJ) ||
            !cues_telling(cues, &tokens[cue]) || tree_child(tree, cue, REL_CCOMP) != NONE ||
            tree_extent(tree, verb, 0).first != whom + 1 || !is_whole(tree, verb))
            continue;
        tokens[verb].head = cue;
        tokens[verb].relation = REL_CCOMP;
        changed = true;
    }
    return changed;
}
