/* Where a sentence's verbs put what it tells: past, present, future; in the foreground or before. */
#ifndef ANNALS_MEANING_TIME_TENSE_H
#define ANNALS_MEANING_TIME_TENSE_H

#include "document/document.h"
#include "meaning/time_resolve.h"

struct tense_reading {
    enum time_tense tense;
    bool before;  /* past perfect: earlier than what is being told */
    bool perfect; /* present perfect: up to now */
    bool sudden;  /* the present of what nobody announces: "kills", "ambush" */
    bool simple;  /* "seizes", not "is seizing", "is seized" */
    bool unreal;  /* would, could, may, if: not told as fact */
};

/* The tense that governs a token: of its verb by the tree; by the nearest verb where there is none. */
struct tense_reading tense_at(const struct document *document, uint32_t sentence, uint32_t token);

#endif
