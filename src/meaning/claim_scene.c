/* The place of a claim whose words name none: that of what is told around it.
 *
 * Method: only for what happens on the ground (attacks, arrests, flights, protests), not for statements,
 * talks and plans, which happen wherever the speaker is. First the only place of the claim's own sentence;
 * then, where the sentence names none, the place of the claim before it in the paragraph; then the only
 * place of the sentence before it there. What is left out: places that the reader's knowledge gives. */
#include "meaning/scenes.h"

static bool is_on_the_ground(const struct claim *claim)
{
    static const char *const types[] = {"ASSAULT", "COERCE", "RETREAT", "PROTEST", "MOBILIZE"};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcmp(claim->plover, types[i]) == 0)
            return true;
    return false;
}

static bool names_a_place(const struct coding *coding, uint32_t sentence)
{
    struct token_range range = coding->document->sentences.items[sentence].tokens;
    for (uint32_t i = range.first; i < range.end; i++)
        if (coding->where[i] != NONE)
            return true;
    return false;
}

/* The place of the last claim told before in the same paragraph. */
static uint32_t place_of_claims_before(const struct document *document, const struct claim *claim)
{
    const struct sentence *sentences = document->sentences.items;
    for (uint32_t i = document->claims.count - 1; i-- > 0;) {
        const struct claim *before = &document->claims.items[i];
        if (sentences[before->sentence].block != sentences[claim->sentence].block)
            break;
        if (before->place != NONE && is_on_the_ground(before))
            return before->place;
    }
    return NONE;
}

static uint32_t place_of_sentences_before(const struct coding *coding, uint32_t sentence)
{
    const struct sentence *sentences = coding->document->sentences.items;
    for (uint32_t i = sentence; i-- > 0 && sentences[i].block == sentences[sentence].block;)
        if (names_a_place(coding, i))
            return scenes_only_place(coding, i);
    return NONE;
}

void scene_inherit(const struct making *making, struct claim *claim)
{
    const struct coding *coding = making->coding;
    if (claim->place != NONE || !is_on_the_ground(claim))
        return;
    if (names_a_place(coding, claim->sentence)) {
        claim->place = scenes_only_place(coding, claim->sentence);
        return;
    }
    claim->place = place_of_claims_before(coding->document, claim);
    if (claim->place == NONE)
        claim->place = place_of_sentences_before(coding, claim->sentence);
}
