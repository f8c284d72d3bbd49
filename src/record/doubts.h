/* Sentences in which a report itself says that what it tells is disputed or cannot be checked. */
#ifndef ANNALS_RECORD_DOUBTS_H
#define ANNALS_RECORD_DOUBTS_H

#include "record/sqlite.h"

/* All strings live until the visitor returns. */
struct doubt {
    char report[RECORD_ID_SIZE];
    const char *name, *source, *published;
    const char *sentence;
    const char *before, *words; /* the sentence up to the sign of doubt, and from there on */
    uint32_t start;             /* of the sign in the report */
    bool within;                /* what is doubted stands before the sign in the same sentence */
    bool counted; /* it gives another number: "that figure could be as high as 15,000" */
};

typedef annals_status (*doubt_visitor)(void *context, const struct doubt *doubt);

annals_status doubts_find(struct record *record, doubt_visitor visit, void *context,
                          annals_error *error);

#endif
