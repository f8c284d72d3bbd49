/* Which words the reports of a batch have: whether a sentence of one has others. */
#ifndef ANNALS_RECORD_REPORT_WORDS_H
#define ANNALS_RECORD_REPORT_WORDS_H

#include "bytes/buffer.h"

#include <stdbool.h>
#include <stdint.h>

/* Zeros are one without reports. */
struct report_words {
    struct buffer reports, hashes;
    uint64_t *slots; /* the words of one report by hash */
    uint32_t slot_count, next;
    int64_t group; /* whose words they are */
    bool asked;
};

/* What a report and its claims have in common. */
int64_t report_words_group(int64_t key);
void report_words_release(struct report_words *words);
/* A vector as search_words_pack makes it. What was there before is forgotten once it was asked for.
 */
void report_words_add(struct report_words *words, int64_t report, const struct buffer *vector);
/* Whether all words of a vector are known to be among those of the report that the claim is of. */
bool report_words_hold(struct report_words *words, int64_t claim, const struct buffer *vector);

#endif
