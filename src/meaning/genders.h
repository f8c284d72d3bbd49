/* Whom a pronoun fits by number and sex, and who is a man and who a woman. */
#ifndef ANNALS_MEANING_GENDERS_H
#define ANNALS_MEANING_GENDERS_H

#include "meaning/coding.h"

enum fit { FITS_NOT, FITS_MAN, FITS_WOMAN, FITS_BODY, FITS_MANY };

/* What the pronouns of the third person fit; FITS_NOT for all other words. */
enum fit pronoun_fit(const struct token *pronoun);

/* By actor: "Clinton" may be either, Hillary Clinton is not; and who speaks the words of a
 * quotation. */
struct genders {
    const struct coding *coding;
    uint8_t *of_actor;   /* [actors] enum entity_gender */
    uint32_t *quoted_by; /* [tokens] actor, or NONE; antecedents.c fills it */
};

void genders_find(struct genders *genders, const struct coding *coding);

/* Whether the actor is known to be of the other sex than the pronoun's. */
bool genders_differ(const struct genders *genders, uint32_t actor, enum fit fit);

/* The gender of whoever is named at `token`, by the stage of references. */
enum entity_gender gender_at(const struct document *document, uint32_t token);

#endif
