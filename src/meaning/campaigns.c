/* Who stands in the contest that a report tells of: in a campaign people attack, fight and fire at one
 * another in words.
 *
 * Method: a report is of a campaign where the words of one (dictionaries/en/statuses.tsv, class "contest":
 * "candidate", "ballot") are one in a hundred or more, and not just a few. There every person by name is
 * one of those who contend, unless armed, and so is who is called by such a word ("the nominee"). Rows of
 * events.tsv ask for them (kind "candidate"). What leaves out: quarrels of politicians in other reports. */
#include "meaning/coding.h"

static bool is_of_contest(const struct coding *coding, uint32_t token)
{
    return statuses_find(&coding->knowledge->statuses, STATUS_OF_CONTEST,
                         coding->tree.tokens[token].lemma_hash) >= 0;
}

static bool is_of_campaign(const struct coding *coding)
{
    enum { LEAST = 4, SHARE = 100 };
    uint32_t tokens = coding->document->tokens.count, words = 0;
    for (uint32_t token = 0; token < tokens; token++)
        words += is_of_contest(coding, token);
    return words >= LEAST && words >= tokens / SHARE;
}

void campaign_find(struct coding *coding)
{
    const struct document *document = coding->document;
    coding->candidates = NULL;
    if (!is_of_campaign(coding))
        return;
    coding->candidates = arena_new_array(coding->scratch, bool, document->actors.count);
    for (uint32_t i = 0; coding->candidates != NULL && i < document->actor_mentions.count; i++) {
        const struct actor_mention *mention = &document->actor_mentions.items[i];
        uint32_t armed = coding_kinds_of_type(document->actors.items[mention->actor].type) & KIND_ARMED;
        if (armed == 0 && names_at(coding, mention->head) != NULL)
            coding->candidates[mention->actor] = true;
    }
}

bool campaign_has(const struct coding *coding, uint32_t token)
{
    if (coding->candidates == NULL)
        return false;
    uint32_t actor = coding_actor(coding, token);
    return is_of_contest(coding, token) || (actor != NONE && coding->candidates[actor]);
}
