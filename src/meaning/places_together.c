/* What names of places that stand together say of each other: "Paris in Texas" lies in Texas, "the
 * provinces of Faryab, Takhar and Balkh" are three provinces.
 *
 * Method: the words between two candidates that follow one another, within a sentence. */
#include "meaning/places_find.h"

/* "Imam Sahib, a district of Kunduz province"; "Paris in Texas": between two names only words that
 * say where the first lies. */
static bool tells_container(const struct place_work *work, uint32_t from, uint32_t to, bool *close)
{
    enum { REACH = 8 };
    *close = to - from == 1 && is_text(token_at(work, from), ",");
    if (to <= from || to - from > REACH)
        return false;
    bool linked = *close;
    for (uint32_t i = from; i < to; i++) {
        const struct token *token = token_at(work, i);
        uint32_t kinds = place_kinds(work, i);
        bool little = is_text(token, ",") || is_text(token, "a") || is_text(token, "an") ||
                      is_text(token, "the") || is_text(token, "capital") || is_text(token, "(") ||
                      is_text(token, "main") || is_text(token, "largest");
        if (is_text(token, "in") || is_text(token, "of") || is_text(token, "("))
            linked = true;
        else if (!little && (kinds & (WORD_IS_FEATURE | WORD_IS_DIRECTION)) == 0)
            return false;
    }
    return linked;
}

void places_link_containers(struct place_work *work, uint32_t first, uint32_t sentence_end)
{
    for (uint32_t i = first; i + 1 < work->candidates.count; i++) {
        struct place_candidate *inner = &work->candidates.items[i];
        const struct place_candidate *outer = &work->candidates.items[i + 1];
        if ((inner->evidence | outer->evidence) & SEEN_UNKNOWN)
            continue;
        uint32_t from = inner->tokens.end;
        if (outer->use == PLACE_ADJECTIVE || inner->use == PLACE_ADJECTIVE)
            continue;
        if (!tells_container(work, from, outer->tokens.first, &inner->container_close))
            continue;
        /* "Georgia, Texas and Maine" is a list. */
        if (inner->container_close && outer->tokens.end < sentence_end &&
            (outer->evidence & SEEN_AROUND) == 0) {
            const struct token *after = token_at(work, outer->tokens.end);
            if (is_text(after, "and") || is_text(after, "or"))
                continue;
        }
        inner->container = i + 1;
    }
}

static bool is_listed(const struct place_work *work, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        if (!is_text(token_at(work, i), ",") && !is_text(token_at(work, i), "and"))
            return false;
    return to > from && to - from <= 2;
}

/* "the provinces of Faryab, Takhar and Balkh", "between Takhar and Kunduz provinces": a list of
 * names shares its feature word. */
void places_share_classes(struct place_work *work, uint32_t first)
{
    for (uint32_t i = first; i + 1 < work->candidates.count; i++) {
        struct place_candidate *one = &work->candidates.items[i];
        struct place_candidate *next = &work->candidates.items[i + 1];
        bool plural = (one->evidence & SEEN_FEATURE_BEFORE) != 0;
        bool listed = is_listed(work, one->tokens.end, next->tokens.first);
        if (listed && one->use == PLACE_LOCATION && next->use == PLACE_LOCATION) {
            one->evidence |= SEEN_LISTED;
            next->evidence |= SEEN_LISTED;
        }
        if (listed && plural && next->classes == NULL && one->classes != NULL) {
            next->classes = one->classes;
            next->evidence |= SEEN_FEATURE_BEFORE;
        }
    }
    for (uint32_t i = work->candidates.count; i-- > first + 1;) {
        struct place_candidate *last = &work->candidates.items[i];
        struct place_candidate *one = &work->candidates.items[i - 1];
        if ((last->evidence & SEEN_FEATURE_AFTER) == 0 || one->classes != NULL ||
            last->classes == NULL || !is_listed(work, one->tokens.end, last->tokens.first))
            continue;
        const struct token *word = token_at(work, last->tokens.end);
        if (word->folded_length > 0 && word->folded[word->folded_length - 1] == 's') {
            one->classes = last->classes;
            one->evidence |= SEEN_FEATURE_AFTER;
        }
    }
}
