/* What is said of towns and of little else: "overran Karsa", "Karsa fell to the rebels", "Karsa is in
 * government hands", "took Karsa from the army".
 *
 * Method: the verb before a name (kind "ground" of en/place_words.tsv, or kind "control" where "from"
 * follows the name) and what is said behind it. Left out: verbs that are also said of persons
 * ("captured Karsa") without more beside them. The lists of words stand here, since this stage needs
 * no grammar, which marks those of en/word_lists.tsv. */
#include "meaning/places_find.h"

enum { REACH = 6 };

/* The article of an Arabic name in small letters, its hyphen and the name: "el-Fasher", "ash-Shaddadi". */
bool place_has_article(const struct place_work *work, uint32_t at, uint32_t end)
{
    static const char *const articles[] = {"al", "el", "ad", "ed", "ar", "er", "as", "es", "ash",
                                           "esh", "at", "et", "an", "en", "az", "ez"};
    if (at + 2 >= end || is_capital(token_at(work, at)) ||
        (token_at(work, at + 1)->flags & TOKEN_HYPHEN) == 0 ||
        ((token_at(work, at + 1)->flags | token_at(work, at + 2)->flags) & TOKEN_SPACE_BEFORE) != 0 ||
        !is_capital(token_at(work, at + 2)))
        return false;
    for (size_t i = 0; i < sizeof articles / sizeof articles[0]; i++)
        if (is_text(token_at(work, at), articles[i]))
            return true;
    return false;
}

/* "control of Karsa", "the fall of Karsa", "their grip on Karsa". */
static bool is_ruled(const struct place_work *work, const struct sentence *sentence, uint32_t first)
{
    static const char *const nouns[] = {"control", "fall", "capture", "recapture", "liberation", "siege",
                                        "grip", "occupation", "conquest", "outskirts", "shelling"};
    if (first < sentence->tokens.first + 2 ||
        !(is_text(token_at(work, first - 1), "of") || is_text(token_at(work, first - 1), "over") ||
          is_text(token_at(work, first - 1), "on")))
        return false;
    for (size_t i = 0; i < sizeof nouns / sizeof nouns[0]; i++)
        if (is_text(token_at(work, first - 2), nouns[i]))
            return true;
    return false;
}

/* "handed Karsa back to", "lost Karsa to", "handed over Karsa", "gave up Karsa". */
static bool is_given(const struct place_work *work, const struct sentence *sentence, uint32_t first,
                     uint32_t end)
{
    static const char *const verbs[] = {"handed", "ceded", "lost", "surrendered", "lose", "cede", "hand",
                                        "losing", "handing", "yielded"};
    bool up = first > sentence->tokens.first + 1 && is_text(token_at(work, first - 1), "up") &&
              (is_text(token_at(work, first - 2), "gave") || is_text(token_at(work, first - 2), "give"));
    bool over = first > sentence->tokens.first + 1 && is_text(token_at(work, first - 1), "over");
    const struct token *verb = token_at(work, over ? first - 2 : first - 1);
    bool gives = false;
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        gives = gives || is_text(verb, verbs[i]);
    if (end < sentence->tokens.end &&
        (is_text(token_at(work, end), "back") || is_text(token_at(work, end), "over")))
        end++;
    return up || (gives && (over || (end < sentence->tokens.end && is_text(token_at(work, end), "to"))));
}

/* "besieged Karsa", "took Karsa from the army". */
static bool is_taken(const struct place_work *work, const struct sentence *sentence, uint32_t first,
                     uint32_t end)
{
    while (first > sentence->tokens.first && is_text(token_at(work, first - 1), "the"))
        first--;
    if (first == sentence->tokens.first || is_capital(token_at(work, first - 1)))
        return false;
    uint32_t kinds = place_kinds(work, first - 1);
    bool from = end < sentence->tokens.end && is_text(token_at(work, end), "from");
    return (kinds & WORD_IS_GROUND) != 0 || ((kinds & WORD_IS_CONTROL) != 0 && from) ||
           is_ruled(work, sentence, first) || is_given(work, sentence, first, end);
}

/* "driven from Karsa", "pulled out of Karsa": said of bodies as well. */
bool place_is_left(const struct place_work *work, const struct sentence *sentence, uint32_t first)
{
    static const char *const verbs[] = {"drove",   "driven",    "drive",   "expelled",   "ousted",
                                        "pushed",  "withdrew",  "pulled",  "withdrawn",  "withdraw",
                                        "pull",    "retreated", "flushed", "dislodged",  "evicted",
                                        "fled",    "chased",    "moved",   "retreating", "withdrawing",
                                        "pulling", "withdrawal", "retreat"};
    if (first < sentence->tokens.first + 2 || !(is_text(token_at(work, first - 1), "from") ||
                                                (is_text(token_at(work, first - 1), "of") &&
                                                 is_text(token_at(work, first - 2), "out"))))
        return false;
    for (uint32_t i = first - 1, left = REACH; i > sentence->tokens.first && left > 0; i--, left--)
        for (size_t j = 0; j < sizeof verbs / sizeof verbs[0]; j++)
            if (is_text(token_at(work, i - 1), verbs[j]))
                return true;
    return false;
}

/* ", still held by", ", besieged since": behind a comma. */
static uint32_t past_comma(const struct place_work *work, const struct sentence *sentence, uint32_t at)
{
    bool comma = at + 2 < sentence->tokens.end && is_text(token_at(work, at), ",");
    if (comma && (is_text(token_at(work, at + 1), "still") || is_text(token_at(work, at + 1), "now")))
        at++;
    return comma ? at + 1 : at;
}

/* "in rebel hands", "under the control of the army", "under siege": from `at` on, without a comma. */
static bool is_held_by(const struct place_work *work, const struct sentence *sentence, uint32_t at)
{
    bool in = is_text(token_at(work, at), "in"), under = is_text(token_at(work, at), "under");
    if (!in && !under)
        return false;
    for (uint32_t i = at + 1; i < sentence->tokens.end && i <= at + REACH; i++) {
        const struct token *token = token_at(work, i);
        if ((token->flags & TOKEN_PUNCTUATION) != 0 && (token->flags & TOKEN_HYPHEN) == 0)
            return false;
        if (in && is_text(token, "hands"))
            return true;
        if (under && (is_text(token, "control") || is_text(token, "siege") ||
                      is_text(token, "occupation")))
            return true;
    }
    return false;
}

/* "has fallen to", "is still besieged", "remains in rebel hands": behind the name, past auxiliaries. */
static bool is_said_of_ground(const struct place_work *work, const struct sentence *sentence,
                              uint32_t end)
{
    static const char *const words[] = {"has", "have", "had",  "is",   "are",    "was",     "were",
                                        "be",  "been", "still", "now", "remain", "remains", "remained",
                                        "not", "also", "once", "stays", "stayed", "again", "firmly",
                                        "back", "no", "longer", "largely", "entirely", "fully"};
    uint32_t start = past_comma(work, sentence, end);
    bool passive = start > end;
    for (uint32_t i = start; i < sentence->tokens.end && i <= start + REACH; i++) {
        const struct token *token = token_at(work, i);
        bool last = i + 1 == sentence->tokens.end;
        if (is_text(token, "fell") || is_text(token, "fallen"))
            return !last && (is_text(token_at(work, i + 1), "to") ||
                             is_text(token_at(work, i + 1), "into") || i > end);
        bool by = !last && is_text(token_at(work, i + 1), "by");
        if (passive && (place_kinds(work, i) & WORD_IS_GROUND) != 0)
            return start == end || by;
        if (passive && (is_text(token, "controlled") || (start > end && is_text(token, "held"))))
            return by;
        if (is_held_by(work, sentence, i))
            return true;
        bool auxiliary = false;
        for (size_t j = 0; j < sizeof words / sizeof words[0]; j++)
            auxiliary = auxiliary || is_text(token, words[j]);
        if (!auxiliary)
            return false;
        passive = true;
    }
    return false;
}

bool place_is_ground(const struct place_work *work, const struct sentence *sentence,
                     struct token_range range)
{
    if (work->caseless)
        return false;
    return is_taken(work, sentence, range.first, range.end) ||
           is_said_of_ground(work, sentence, range.end);
}
