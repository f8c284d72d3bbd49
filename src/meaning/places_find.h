/* What the parts of finding places share: the words of the report, what is seen at a name, and what
 * names that stand together say of each other. */
#ifndef ANNALS_MEANING_PLACES_FIND_H
#define ANNALS_MEANING_PLACES_FIND_H

#include "meaning/places.h"

#include <string.h>

static inline const struct token *token_at(const struct place_work *work, uint32_t at)
{
    return &work->document->tokens.items[at];
}

static inline bool is_word(const struct token *token)
{
    return (token->flags & (TOKEN_PUNCTUATION | TOKEN_HYPHEN | TOKEN_NUMBER)) == 0;
}

static inline bool is_capital(const struct token *token)
{
    return (token->flags & (TOKEN_CAPITALISED | TOKEN_ALL_CAPITALS)) != 0;
}

static inline bool is_text(const struct token *token, const char *text)
{
    return strcmp(token->folded, text) == 0;
}

/* places_evidence.c: whether the report has ordinary capitals. */
void place_weigh_case(struct place_work *work);
/* The token before `at` in its sentence, hyphens, "the" and "al-" passed over; NONE at the start.
 */
uint32_t place_before(const struct place_work *work, uint32_t at, uint32_t first);
/* A word with a capital that the tagger does not take for anything but a name. */
bool place_is_name_like(const struct place_work *work, uint32_t at);
/* What the words before token `at` say of a name there: bits of enum place_evidence. */
uint32_t place_look_before(const struct place_work *work, const struct sentence *sentence,
                           uint32_t at);
/* Adds a candidate with all that is seen at it; NULL without memory. */
struct place_candidate *place_add_candidate(struct place_work *work,
                                            const struct sentence *sentence,
                                            struct token_range range);
/* Classes of the feature word of "the city of Kunduz", where the name begins at `at`; or NULL. */
const char *place_classes_before(const struct place_work *work, const struct sentence *sentence,
                                 uint32_t at);
/* Classes of the feature word of "Ghazni, a key province", where the name ends at `end`; or NULL.
 */
const char *place_classes_told(const struct place_work *work, const struct sentence *sentence,
                               uint32_t end);

/* places_together.c: which candidates from `first` on lie in the next one, in a sentence that ends
 * at `sentence_end`. */
void places_link_containers(struct place_work *work, uint32_t first, uint32_t sentence_end);
/* Gives the candidates of a list from `first` on the feature word that they share. */
void places_share_classes(struct place_work *work, uint32_t first);

#endif
