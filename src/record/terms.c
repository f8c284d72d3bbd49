/* Agreements of which two reports or two sentences tell different terms: how long a truce is to
 * last, and on which day it begins.
 *
 * A sentence speaks of an agreement by a sign (dictionaries/en/doubts.tsv, `truce`) and tells a
 * term by a time in it: a duration ("ten days"), or a day behind a sign of beginning ("from
 * Monday"). Two are of one agreement where both sentences name the same place or party and the
 * reports are of the same days. Left out: who must do what; terms without a time. */
#include "record/finding.h"

#include "bytes/calendar.h"

#include <ctype.h>

enum { SAME_DAYS = 7, BEFORE = 16, WORDS_BEHIND = 3, SENTENCE = 1000 };

/* A term of an agreement in its sentence. */
struct term {
    struct record_stand said;
    const char *text, *value; /* TIMEX3: "P10D", "2015-08-31" */
    bool begins;
    int32_t published;
};

struct terms {
    struct finding *finding;
    ARRAY(struct term) items;
};

/* ------------------------------------------------------------------ the times of a sentence */

/* "A ten-day truce", "the truce is to last ten days"; not "after ten days of talks". */
static bool is_lasting(const struct finding *finding, const char *sentence, uint32_t from,
                       const struct sentence_time *time)
{
    const char *behind = sentence + time->stop, *at = behind, *end = behind, *start;
    char word[SIGN_LETTERS];
    struct sign_found found;
    for (int i = 0; i < WORDS_BEHIND && sign_read_word(&end, word, &start); i++)
        ;
    return signs_have(finding->signs, SIGN_LASTING, sentence + from, time->stop - from) ||
           (signs_next(finding->signs, SIGN_TRUCE, SIGN_TRUCE + 1, behind, &at, &found) &&
            behind + found.stop <= end);
}

struct terms *terms_begin(struct finding *finding)
{
    struct terms *terms = arena_new(finding->arena, struct terms);
    if (terms == NULL)
        return NULL;
    terms->finding = finding;
    array_init(&terms->items, finding->arena);
    return terms;
}

annals_status terms_hear(struct terms *terms, const struct walked *walked)
{
    struct finding *finding = terms->finding;
    size_t length = strlen(walked->sentence);
    uint32_t count;
    const struct said *all = finding_report(finding, walked->report, &count);
    if ((count == 0 && finding->filtered) || length > SENTENCE ||
        !signs_have(finding->signs, SIGN_TRUCE, walked->sentence, length))
        return ANNALS_OK;
    struct sentence_times times;
    annals_status status =
        sentence_times_read(finding->record, walked, finding->arena, &times, NULL);
    for (uint32_t i = 0; status == ANNALS_OK && i < times.count; i++) {
        const struct sentence_time *time = &times.items[i];
        bool duration = time->value[0] == 'P' && isdigit((unsigned char)time->value[1]);
        uint32_t from = time->start > BEFORE ? time->start - BEFORE : 0;
        while (from > 0 && isalnum((unsigned char)walked->sentence[from - 1]))
            from--;
        bool begins =
            !duration && strlen(time->value) == strlen("2015-08-31") &&
            signs_have(finding->signs, SIGN_BEGINNING, walked->sentence + from, time->start - from);
        duration = duration && is_lasting(finding, walked->sentence, from, time);
        struct term *term = duration || begins ? array_push(&terms->items) : NULL;
        if (term == NULL)
            continue;
        *term = (struct term){
            .text = finding_copy(finding, walked->report),
            .value = time->value,
            .begins = begins,
            .published = walked->published != NULL ? calendar_read(walked->published) : DAY_UNKNOWN,
            .said = {.report = finding_copy(finding, walked->name),
                     .source = finding_copy(finding, walked->source),
                     .published = finding_copy(finding, walked->published),
                     .sentence = finding_copy(finding, walked->sentence)}};
        for (uint32_t j = 0; j < count; j++)
            if (all[j].sentence == walked->start) {
                memcpy(term->said.claim, all[j].stand.claim, sizeof term->said.claim);
                term->said.speaker = all[j].stand.speaker;
            }
        term->said.says =
            arena_copy(finding->arena, walked->sentence + time->start, time->stop - time->start);
    }
    return finding->arena->failed ? ANNALS_NO_MEMORY : status;
}

/* ------------------------------------------------------------------ two terms */

static bool contradict(const struct term *left, const struct term *right)
{
    return left->begins == right->begins && strcmp(left->value, right->value) != 0 &&
           strcmp(left->said.sentence, right->said.sentence) != 0 &&
           left->published != DAY_UNKNOWN && right->published != DAY_UNKNOWN &&
           left->published - right->published <= SAME_DAYS &&
           right->published - left->published <= SAME_DAYS &&
           sentences_share_name(left->said.sentence, right->said.sentence) &&
           !text_is(left->said.source, right->said.source);
}

void terms_compare(struct terms *terms)
{
    struct finding *finding = terms->finding;
    for (uint32_t i = 0; i < terms->items.count && finding_goes_on(finding); i++)
        for (uint32_t j = i + 1; j < terms->items.count; j++) {
            const struct term *left = &terms->items.items[i], *right = &terms->items.items[j];
            if (!contradict(left, right))
                continue;
            struct said one = {.stand = left->said, .first = DAY_UNKNOWN};
            struct said other = {.stand = right->said, .first = DAY_UNKNOWN};
            dispute_add(finding, "terms", left->begins ? "when it begins" : "how long it lasts",
                        &one, left->said.says, &other, right->said.says);
        }
}
