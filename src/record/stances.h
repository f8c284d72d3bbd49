/* What a sentence takes a stand for: to fight or to yield, to talk or not, who rules. */
#ifndef ANNALS_RECORD_STANCES_H
#define ANNALS_RECORD_STANCES_H

#include "record/signs.h"

enum stance_type {
    STANCE_YIELD,
    STANCE_FIGHT,
    STANCE_TALK,
    STANCE_NO_TALK,
    STANCE_GAIN,
    STANCE_RULES,     /* has won, is in power */
    STANCE_NOT_RULES, /* somebody denies that it has */
    STANCE_OFFICE,    /* says that the office is his own */
    STANCE_FLED,
    STANCE_RESIGNED,
    STANCE_WHOLE, /* all of a region changed hands */
    STANCE_PART   /* most of it did */
};

struct stance {
    enum stance_type type;
    uint32_t start, stop;    /* in the sentence */
    char last[SIGN_LETTERS]; /* the last word of the sign */
    bool after;              /* whose it is follows the sign: "the surrender of the garrison" */
};

/* The stances of the sentence in their order, at most `most` of them; how many there are. */
uint32_t stances_find(const char *sentence, struct stance *stances, uint32_t most);

/* How a stance is called where it is set beside another: "will fight". */
const char *stance_says(enum stance_type type);

/* Do the two stances contradict each other where they are of one side? */
bool stances_oppose(enum stance_type left, enum stance_type right);

#endif
