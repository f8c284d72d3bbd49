/* Numbers in figures and words: "1,234", "3.5 million", "two and a half", "twenty-first",
 * "nineteen ninety-four", "half a dozen". Exact ones only: vague words are quantities.h's. */
#ifndef ANNALS_MEANING_NUMERALS_H
#define ANNALS_MEANING_NUMERALS_H

#include "document/stage.h"
#include "meaning/atoms.h"
#include "meaning/lexicon.h"

/* The classes of dictionaries/en/numbers.tsv. */
enum number_class {
    NUMBER_CARDINAL, /* "seven": value */
    NUMBER_SCALE,    /* "thousand", "dozen": multiplies */
    NUMBER_ORDINAL,  /* "third": value */
    NUMBER_FRACTION, /* "half", "thirds": value */
    NUMBER_VAGUE,    /* "several": low and high */
    NUMBER_PLURAL,   /* "dozens", "thousands": value is the scale, low and high */
    NUMBER_BOUND,    /* "at least": value is an enum number_bound */
    NUMBER_UNIT,     /* "km"; the unit's name is the row's id after the dot */
    NUMBER_CURRENCY, /* "dollars", "$" */
    NUMBER_LABEL,    /* "flight": the number after it is a name */
    NUMBER_AGE,      /* "aged" */
    NUMBER_FAMILY,   /* "families" */
    NUMBER_CLASS_COUNT
};

enum number_bound { BOUND_LOW, BOUND_HIGH, BOUND_ABOUT, BOUND_EXACT };

struct numbers {
    struct lexicon lexicon;
    struct table table; /* the rows behind the entries: columns `low`, `high` */
    double *low, *high; /* [row_count]; NAN where empty */
};

struct numeral {
    uint32_t end; /* index after the last atom */
    double value;
    bool ordinal;
    bool figures;  /* written in figures */
    bool plain;    /* figures alone: no scale, fraction or separator */
    bool article;  /* begins with "a" or "an" */
    bool year;     /* "nineteen ninety-four" */
};

/* Reads dictionaries/en/numbers.tsv. */
annals_status numbers_open(struct numbers *numbers, const struct stage_setting *setting,
                           annals_error *error);

/* The entry of an atom in a class, or NULL. */
const struct lexicon_entry *numbers_entry(const struct numbers *numbers, const struct atom *atom,
                                          enum number_class word_class);

/* The longest entry of a class that begins at atom `at` and `*length` atoms long, or NULL. */
const struct lexicon_entry *numbers_phrase(const struct numbers *numbers, const struct atom *atoms,
                                           uint32_t count, uint32_t at,
                                           enum number_class word_class, uint32_t *length);

/* The part of an entry's id after the dot: "km"; static as long as the engine. */
const char *numbers_name(const struct numbers *numbers, const struct lexicon_entry *entry);

/* Reads the number that begins at atom `at`; false where none does. */
bool numeral_read(const struct numbers *numbers, const struct atom *atoms, uint32_t count,
                  uint32_t at, struct numeral *numeral);

#endif
