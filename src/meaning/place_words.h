/* The words around place names, from the dictionaries, and the gazetteer: what the stage "places"
 * knows before it sees a report. Read-only after opening. */
#ifndef ANNALS_MEANING_PLACE_WORDS_H
#define ANNALS_MEANING_PLACE_WORDS_H

#include "dictionary/phrases.h"
#include "document/document.h"
#include "document/stage.h"
#include "meaning/gazetteer.h"

#define PLACE_WORD_TABLE(ROW)                                                                      \
    ROW(FEATURE, 0, "feature") ROW(TITLE, 1, "title") ROW(LOCATIVE, 2, "locative")                 \
    ROW(APPROACH, 3, "approach") ROW(DIRECTION, 4, "direction")                                    \
    ROW(ORGANISATION, 5, "organisation") ROW(MEMBER, 6, "member") ROW(ROAD, 7, "road")             \
    ROW(SAYING, 8, "saying") ROW(GOVERNMENT, 9, "government") ROW(WORD, 10, "word")                \
    ROW(GIVEN, 11, "given") ROW(SURNAME, 12, "surname") ROW(CALENDAR, 13, "calendar")  \
    ROW(PLAIN, 14, "plain") ROW(CONTROL, 16, "control")                          \
    ROW(INHABITANT, 17, "inhabitant") ROW(GROUND, 18, "ground") ROW(PART, 19, "part") \
    ROW(ROADS, 20, "roads") ROW(BLOCK, 21, "block") ROW(CROSSING, 22, "crossing") \
    ROW(MAKE, 23, "make")

enum place_word_kind {
#define ROW(name, bit, text) WORD_IS_##name = 1u << bit,
    PLACE_WORD_TABLE(ROW)
#undef ROW
    /* Filled in from roles.tsv and abbreviations: */
    WORD_IS_ROLE = 1u << 15,
};

struct place_word {
    uint32_t kinds;          /* bits of enum place_word_kind */
    const char *classes;     /* of a feature: beginnings of feature codes, best first, or NULL */
    uint32_t division;       /* of an abbreviation: entry of the gazetteer, or NO_ENTRY */
    bool alone;              /* the abbreviation is a place by itself */
};

/* Phrases that hold a place name and are none. */
enum place_blocker { BLOCK_ACTOR = 1, BLOCK_PERSON, BLOCK_METONYM, BLOCK_ORGANISATION };

struct place_knowledge {
    struct gazetteer gazetteer;
    struct phrases words; /* single words; values index `entries` */
    struct place_word *entries;
    uint32_t entry_count, entry_capacity;
    struct phrases demonyms; /* adjectives of countries and continents; values are entries */
    struct phrases country_words;   /* words of one country's reports; values are entries */
    struct phrases telephone_areas; /* "519"; values are entries of divisions */
    struct phrases blockers; /* values are enum place_blocker */
    struct arena *arena;
};

annals_status place_knowledge_open(struct place_knowledge *knowledge,
                                   const struct stage_setting *setting, annals_error *error);
void place_knowledge_close(struct place_knowledge *knowledge);

/* What is known of a word by the hash of its folded form; never NULL. */
const struct place_word *place_word_find(const struct place_knowledge *knowledge, uint64_t hash);

/* True where the feature code begins with one of `classes` ("ADM1|ADM2"); `*rank` gets which. */
bool place_class_fits(const char *classes, const char *feature, uint32_t *rank);

#endif
