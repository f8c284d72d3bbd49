/* How much two episodes resemble each other: whether two reports tell of the same happening. */
#ifndef ANNALS_RECORD_RESEMBLANCE_H
#define ANNALS_RECORD_RESEMBLANCE_H

#include "record/episodes.h"

/* The terms of the score, in the order of the columns of `joins`. */
#define TERM_TABLE(ROW)                                                                            \
    ROW(BASE, "base") ROW(WORDING, "wording") ROW(PERSONS, "persons") ROW(TOWN, "town")            \
    ROW(DIVISION, "division") ROW(APART, "apart") ROW(PUBLISHED, "published") ROW(DAY, "day")      \
    ROW(FIGURES, "figures")

enum term {
#define ROW(name, text) TERM_##name,
    TERM_TABLE(ROW)
#undef ROW
    TERM_COUNT
};

struct resemblance {
    double terms[TERM_COUNT];
    double score; /* their sum; at 0 it is as likely as not that the happening is the same */
};

void resemblance_measure(const struct episode *left, const struct episode *right,
                         struct resemblance *resemblance);

/* The score alone; `lowest` where it is less. */
double resemblance_score(const struct episode *left, const struct episode *right, double lowest);

/* Were other people hit by other means? What else is alike says nothing then. */
bool resemblance_is_other_deed(const struct episode *left, const struct episode *right);

/* The cosine of two episodes' words, 0 to 1. */
double resemblance_cosine(const struct episode *left, const struct episode *right);

#endif
