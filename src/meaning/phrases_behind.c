/* Whom an attack was aimed at, told right behind its noun and hung elsewhere: "condemned the attack ON THE
 * CAMP", "an attack last night AGAINST A SCHOOL", "the bombing and shelling OF VILLAGES"; and with whom
 * somebody talked: "spoke during a meeting on Monday WITH THE MINERS"; and whom another of the same befell:
 * "the murders last year and especially THAT OF THE JUDGE".
 *
 * Method: what stands between the noun and the preposition is read off the words: nouns joined to it, a
 * participle of carrying out, a phrase of time. Left out: "on" behind a verb that takes it ("blamed the
 * attack ON THEM") and behind shootings, where it is a street. */
#include "meaning/participants.h"
#include "meaning/supports.h"

#include <string.h>

/* Behind the phrase of time that begins at `at`: "LAST NIGHT", "ON 22 MARCH"; `at` where none does. */
static uint32_t past_time(const struct coding *coding, uint32_t at, uint32_t end)
{
    enum { LEAD_LONGEST = 3, TIME_LONGEST = 10 };
    uint32_t first = at, past;
    while (first < end && first < at + LEAD_LONGEST && coding->time[first] == NONE &&
           (coding->tree.tokens[first].upos == UPOS_ADP ||
            coding->tree.tokens[first].upos == UPOS_DET))
        first++;
    for (past = first; past < end && past < at + TIME_LONGEST && coding->time[past] != NONE;)
        past++;
    return past > first ? past : at;
}

/* Behind the other deeds that are told with this one: "the bombing AND SHELLING of". */
static uint32_t past_joined(const struct coding *coding, uint32_t trigger, uint32_t at, uint32_t end)
{
    const struct token *tokens = coding->tree.tokens;
    if (at + 1 >= end || tokens[at].upos != UPOS_CCONJ)
        return at;
    uint32_t next = at + 1, index = coding->making_at[next];
    bool joined = index != NONE && tokens[next].relation == REL_CONJ &&
                  (tokens[next].head == trigger || tokens[next].head == tokens[trigger].head) &&
                  frame_is(coding->makings.items[index].frame, "ASSAULT");
    return joined ? next + 1 : at;
}

/* Behind the participle by which the deed was done: "CARRIED OUT", "PERPETRATED". */
static uint32_t past_carried_out(const struct coding *coding, uint32_t at, uint32_t end)
{
    const struct token *tokens = coding->tree.tokens;
    if (at >= end || tokens[at].upos != UPOS_VERB || tokens[at].relation != REL_ACL ||
        (tokens[at].features & WORD_PARTICIPLE) == 0 || (tokens[at].features & WORD_PRESENT) != 0 ||
        !supports_hold(coding->tree.supports, &tokens[at], SUPPORT_AGENT, 0))
        return at;
    bool particle = at + 1 < end && tokens[at + 1].relation == REL_COMPOUND_PRT;
    return at + (particle ? 2 : 1);
}

/* The preposition at `at` says whom it hit. */
static bool is_aim(const struct making *making, uint32_t at, uint32_t noun)
{
    const struct tree *tree = &making->coding->tree;
    const struct token *word = &tree->tokens[at];
    if (frame_is(making->frame, "CONSULT"))
        return at > making->trigger + 1 && token_is(word, "with");
    if (token_is(word, "against"))
        return true;
    bool before = at == making->trigger + 1;
    /* "Of" is of the noun that it stands behind. */
    if (token_is(word, "of"))
        return true;
    /* "A shooting Monday ON Oak Street"; "blamed the attack ON the rebels" */
    if (!token_is(word, "on") || making->frame->mode != NULL)
        return false;
    uint32_t above = tree->tokens[noun].head;
    return !before || above == NONE ||
           !supports_hold(tree->supports, &tree->tokens[above], SUPPORT_NAMES, word->hash);
}

/* The word at `that` is joined to the noun, to its phrase or to its clause. */
static bool is_joined_to(const struct tree *tree, uint32_t that, uint32_t noun)
{
    enum { STEPS_MOST = 5 };
    const struct token *tokens = tree->tokens;
    uint32_t at = tokens[that].relation == REL_CONJ ? tokens[that].head : NONE;
    for (int steps = 0; steps < STEPS_MOST && at != NONE && at != noun; steps++) {
        enum relation relation = relation_universal(tokens[at].relation);
        if (relation != REL_NMOD && relation != REL_OBL && relation != REL_ACL && relation != REL_CONJ)
            return false;
        at = tokens[at].head;
    }
    return at == noun;
}

/* "The murders and THAT OF the judge" */
static void of_another(struct making *making, uint32_t end)
{
    enum { WORDS_MOST = 20 };
    const struct tree *tree = &making->coding->tree;
    const struct token *tokens = tree->tokens;
    for (uint32_t i = making->trigger + 1; i + 2 < end && i < making->trigger + WORDS_MOST; i++) {
        bool that = strcmp(tokens[i].folded, "that") == 0 || strcmp(tokens[i].folded, "those") == 0;
        uint32_t noun = tokens[i + 1].relation == REL_CASE ? tokens[i + 1].head : NONE;
        if (!that || !token_is(&tokens[i + 1], "of") || noun == NONE || tokens[noun].head != i ||
            !is_joined_to(tree, i, making->trigger))
            continue;
        arguments_add(&making->arguments, ARGUMENT_PREPOSITION, noun, i + 1, NONE);
        return;
    }
}

void phrases_behind(struct making *making)
{
    const struct coding *coding = making->coding;
    const struct token *tokens = coding->tree.tokens;
    uint32_t end = coding->document->sentences.items[tokens[making->trigger].sentence].tokens.end;
    bool talks = frame_is(making->frame, "CONSULT");
    if (making->frame->class != FRAME_NOUN || (!talks && !frame_is(making->frame, "ASSAULT")))
        return;
    if (!talks)
        of_another(making, end);
    uint32_t at = past_joined(coding, making->trigger, making->trigger + 1, end);
    at = past_carried_out(coding, at, end);
    at = past_time(coding, at, end);
    if (at >= end || tokens[at].upos != UPOS_ADP || tokens[at].relation != REL_CASE ||
        tokens[at].head == NONE || tokens[at].head <= at)
        return;
    uint32_t noun = tokens[at].head;
    if (tokens[noun].head != making->trigger && coding->time[noun] == NONE && is_aim(making, at, noun))
        arguments_add(&making->arguments, ARGUMENT_PREPOSITION, noun, at, NONE);
}
