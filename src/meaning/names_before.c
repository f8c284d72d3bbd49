/* Whom a passive is said of, where a row of names stands before it: "Juan, a teacher; Pedro, a
 * farmer; and Maria, who was his cook, WERE KILLED".
 *
 * Method: the row is read off the words, as in name_lists.c: parsers hang long lists on whatever
 * stands before them. It counts where nothing but a last remark comes between it and the
 * auxiliary. What leaves out: rows with nobody but nouns ("two clerks and a driver"), and single
 * names, which the tree has. */
#include "meaning/coding.h"

enum { LONGEST_LAST_REMARK = 16 };

/* Are the words from `at` to `end` nothing, commas, adverbs, or one remark between commas? */
static bool is_only_remark(const struct coding *coding, uint32_t at, uint32_t end)
{
    const struct token *tokens = coding->tree.tokens;
    while (end > at && (tokens[end - 1].upos == UPOS_ADV || token_is(&tokens[end - 1], "both") ||
                        token_is(&tokens[end - 1], "all")))
        end--;
    if (at < end && (token_is(&tokens[at], "(") || token_is(&tokens[at], "[")))
        while (at < end && !token_is(&tokens[at - 1], ")") && !token_is(&tokens[at - 1], "]"))
            at++;
    if (at == end || (at + 1 == end && token_is(&tokens[at], ",")))
        return true;
    if (end - at > LONGEST_LAST_REMARK || !token_is(&tokens[at], ",") ||
        !token_is(&tokens[end - 1], ","))
        return false;
    for (uint32_t i = at + 1; i < end; i++)
        if (token_is(&tokens[i], ";") || names_at(coding, i) != NULL)
            return false;
    return true;
}

/* Does the phrase that begins at `at` lead to one of the patients, right before `end`? */
static bool leads_to_patient(const struct making *making, uint32_t at, uint32_t end)
{
    const struct tree *tree = &making->coding->tree;
    for (uint32_t i = 0; i < making->patients.count; i++) {
        struct token_range phrase = tree_noun_phrase(tree, making->patients.tokens[i]);
        if (phrase.first <= at || phrase.end > end || phrase.end + 1 < end)
            continue;
        bool parted = token_is(&tree->tokens[phrase.first - 1], "and") ||
                      token_is(&tree->tokens[phrase.first - 1], "as");
        bool closed = phrase.first > at + 2 && token_is(&tree->tokens[phrase.first - 2], ";");
        if (parted && phrase.first <= at + (closed ? LONGEST_LAST_REMARK : 4))
            return true;
    }
    return false;
}

/* True where a preposition or a verb governs the name: "clashes WITH Juan, Pedro ...". */
static bool is_governed(const struct coding *coding, const struct actor_mention *mention,
                        uint32_t start)
{
    const struct token *tokens = coding->tree.tokens;
    uint32_t first = mention->tokens.first;
    while (first > start && first + 4 > mention->tokens.first &&
           (tokens[first - 1].upos == UPOS_NOUN || tokens[first - 1].upos == UPOS_PROPN ||
            tokens[first - 1].upos == UPOS_ADJ))
        first--;
    if (first == start)
        return false;
    enum word_class before = tokens[first - 1].upos;
    return before == UPOS_ADP || before == UPOS_VERB || token_is(&tokens[first - 1], "'s");
}

/* The row of names that begins with `first` and ends before the auxiliary, or none. */
static bool row_before(const struct making *making, const struct actor_mention *first,
                       uint32_t auxiliary, struct participant_list *row)
{
    const struct coding *coding = making->coding;
    const struct token *tokens = coding->tree.tokens;
    const struct actor_mention *last = first;
    bool listed = false;
    *row = (struct participant_list){0};
    while (last != NULL && last->tokens.end <= auxiliary) {
        list_add(row, last->head);
        const struct actor_mention *next = names_next(coding, last->tokens.end, auxiliary);
        for (uint32_t i = last->tokens.end; next != NULL && i < next->tokens.first; i++)
            listed |= token_is(&tokens[i], "and") || token_is(&tokens[i], ";");
        if (next == NULL)
            break;
        last = next;
    }
    uint32_t end = last->tokens.end;
    bool whole = is_only_remark(coding, end, auxiliary);
    if (whole && making->patients.count == 0)
        return row->count > 1;
    return listed && row->count > 1 && (whole || leads_to_patient(making, end, auxiliary));
}

/* "Juan and their COOK, Maria": the noun is whose name follows. */
static void drop_title(struct making *making, uint32_t first)
{
    const struct token *tokens = making->coding->tree.tokens;
    struct participant_list *patients = &making->patients;
    for (uint32_t i = 0; i < patients->count; i++) {
        uint32_t noun = patients->tokens[i];
        if (noun + 2 == first && tokens[noun].upos == UPOS_NOUN &&
            token_is(&tokens[noun + 1], ",") &&
            tree_child(&making->coding->tree, noun, REL_NMOD_POSS) != NONE)
            list_drop(patients, i--);
    }
}

void names_before(struct making *making)
{
    const struct coding *coding = making->coding;
    const struct tree *tree = &coding->tree;
    uint32_t auxiliary = tree_child_exactly(tree, making->trigger, REL_AUX_PASS);
    if (auxiliary == NONE || !making->arguments.passive || making->frame->class != FRAME_VERB ||
        !frame_is(making->frame, "ASSAULT"))
        return;
    uint32_t start =
        coding->document->sentences.items[tree->tokens[making->trigger].sentence].tokens.first;
    const struct actor_mention *seen = NULL;
    for (uint32_t i = start; i < auxiliary; i++) {
        const struct actor_mention *first = names_at(coding, i);
        struct participant_list row;
        if (first == NULL || first == seen)
            continue;
        seen = first;
        if (is_governed(coding, first, start) || !row_before(making, first, auxiliary, &row))
            continue;
        for (uint32_t j = 0; j < row.count; j++) {
            drop_title(making, names_at(coding, row.tokens[j])->tokens.first);
            if (!list_has(&making->agents, row.tokens[j]))
                list_add(&making->patients, row.tokens[j]);
        }
        return;
    }
}
