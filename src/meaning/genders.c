/* Whom a pronoun fits, and who is a man and who a woman; see genders.h. */
#include "meaning/genders.h"

enum fit pronoun_fit(const struct token *pronoun)
{
    static const struct {
        const char *word;
        enum fit fit;
    } words[] = {{"he", FITS_MAN},      {"him", FITS_MAN},   {"his", FITS_MAN},
                 {"himself", FITS_MAN}, {"she", FITS_WOMAN}, {"her", FITS_WOMAN},
                 {"it", FITS_BODY},     {"its", FITS_BODY},  {"they", FITS_MANY},
                 {"them", FITS_MANY},   {"their", FITS_MANY}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(pronoun->folded, words[i].word) == 0)
            return words[i].fit;
    return FITS_NOT;
}

void genders_find(struct genders *genders, const struct coding *coding)
{
    const struct document *document = coding->document;
    *genders = (struct genders){
        .coding = coding,
        .of_actor = arena_new_array(coding->scratch, uint8_t, document->actors.count + 1)};
    for (uint32_t i = 0; genders->of_actor != NULL && i < document->mentions.count; i++) {
        const struct mention *mention = &document->mentions.items[i];
        uint32_t actor = coding_actor(coding, mention->head);
        enum entity_gender gender = document->entities.items[mention->entity].gender;
        /* A surname alone takes its gender from the pronouns that were led to it. */
        if (actor == NONE || mention->tokens.end - mention->tokens.first < 2 ||
            mention->name == NONE || (gender != GENDER_MALE && gender != GENDER_FEMALE))
            continue;
        uint8_t *known = &genders->of_actor[actor];
        *known = *known == GENDER_UNKNOWN || *known == gender ? (uint8_t)gender : GENDER_NEUTER;
    }
}

bool genders_differ(const struct genders *genders, uint32_t actor, enum fit fit)
{
    if (genders->of_actor == NULL || actor == NONE)
        return false;
    return (fit == FITS_MAN && genders->of_actor[actor] == GENDER_FEMALE) ||
           (fit == FITS_WOMAN && genders->of_actor[actor] == GENDER_MALE);
}

enum entity_gender gender_at(const struct document *document, uint32_t token)
{
    uint32_t low = 0, high = document->mentions.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (document->mentions.items[middle].tokens.end <= token)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == document->mentions.count || document->mentions.items[low].tokens.first > token)
        return GENDER_UNKNOWN;
    uint32_t entity = document->mentions.items[low].entity;
    return entity < document->entities.count ? document->entities.items[entity].gender
                                             : GENDER_UNKNOWN;
}
