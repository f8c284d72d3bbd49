/* Which words the reports of a batch have, so that it is known of each claim's sentence whether it
 * has others.
 *
 * On PostgreSQL the words of claims have no index of their own: they are found by those of their
 * reports (schema/postgresql/own/004.sql). That is right where a sentence has no word that its
 * report has not. It could: a sentence may begin within what the tokenizer takes for one word,
 * and what stands behind the first megabyte of a report is not in its words. Words are compared
 * by hashes of 64 bits. A report and its claims are known by the bits that their keys have in
 * common; where two reports share them the first is looked at. Where a report is not known the
 * answer is no. */
#include "record/report_words.h"

#include "bytes/hash.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 8 << 20, CLAIM_BITS = 23 };

struct known_report {
    int64_t group;
    uint32_t begin, count; /* in hashes */
};

int64_t report_words_group(int64_t key)
{
    return key & ~((INT64_C(1) << CLAIM_BITS) - 1);
}

static uint32_t big_number(const char *at, int bytes)
{
    uint32_t number = 0;
    for (int i = 0; i < bytes; i++)
        number = number << 8 | (unsigned char)at[i];
    return number;
}

/* The hash of the word that begins at `*at`, which then is at the next one; never 0. */
static uint64_t next_word(const char **at)
{
    size_t length = strlen(*at);
    uint64_t hash = hash_bytes(*at, length);
    *at += length + 1;
    *at += 2 + 2 * (size_t)big_number(*at, 2);
    return hash != 0 ? hash : 1;
}

static void forget(struct report_words *words)
{
    buffer_clear(&words->reports);
    buffer_clear(&words->hashes);
    words->next = 0;
    words->asked = false;
    words->slot_count = 0;
}

void report_words_release(struct report_words *words)
{
    buffer_release(&words->reports);
    buffer_release(&words->hashes);
    free(words->slots);
    *words = (struct report_words){0};
}

void report_words_add(struct report_words *words, int64_t report, const struct buffer *vector)
{
    if (words->asked || words->hashes.length > MOST_BYTES || words->hashes.failed ||
        words->reports.failed)
        forget(words);
    if (vector->failed)
        return;
    struct known_report known = {report_words_group(report),
                                 (uint32_t)(words->hashes.length / sizeof(uint64_t)),
                                 big_number(vector->bytes, 4)};
    const char *at = vector->bytes + 4;
    for (uint32_t i = 0; i < known.count; i++) {
        uint64_t hash = next_word(&at);
        buffer_add(&words->hashes, (const char *)&hash, sizeof hash);
    }
    buffer_add(&words->reports, (const char *)&known, sizeof known);
}

/* Its words, by hash. */
static bool set_out(struct report_words *words, const struct known_report *known)
{
    uint32_t size = 64;
    while (size < known->count * 2)
        size *= 2;
    uint64_t *slots = realloc(words->slots, size * sizeof *slots);
    if (slots == NULL)
        return false;
    memset(slots, 0, size * sizeof *slots);
    for (uint32_t i = 0; i < known->count; i++) {
        uint64_t hash;
        memcpy(&hash, words->hashes.bytes + (known->begin + i) * sizeof hash, sizeof hash);
        uint32_t at = (uint32_t)hash & (size - 1);
        while (slots[at] != 0)
            at = (at + 1) & (size - 1);
        slots[at] = hash;
    }
    words->slots = slots;
    words->slot_count = size;
    words->group = known->group;
    return true;
}

/* Reports come again in the order in which they came. */
static bool find_report(struct report_words *words, int64_t group)
{
    uint32_t count = (uint32_t)(words->reports.length / sizeof(struct known_report));
    if (words->slot_count > 0 && words->group == group)
        return true;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = (words->next + i) % count;
        struct known_report known;
        memcpy(&known, words->reports.bytes + at * sizeof known, sizeof known);
        if (known.group != group)
            continue;
        words->next = at;
        words->slot_count = 0;
        return set_out(words, &known);
    }
    return false;
}

bool report_words_hold(struct report_words *words, int64_t claim, const struct buffer *vector)
{
    words->asked = true;
    if (words->reports.failed || words->hashes.failed || vector->failed ||
        !find_report(words, report_words_group(claim)))
        return false;
    const char *at = vector->bytes + 4;
    for (uint32_t i = big_number(vector->bytes, 4); i > 0; i--) {
        uint64_t hash = next_word(&at);
        uint32_t slot = (uint32_t)hash & (words->slot_count - 1);
        while (words->slots[slot] != hash) {
            if (words->slots[slot] == 0)
                return false;
            slot = (slot + 1) & (words->slot_count - 1);
        }
    }
    return true;
}
