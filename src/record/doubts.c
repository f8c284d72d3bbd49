/* Sentences in which a report itself says that what it tells is disputed, unknown or cannot be
 * checked ("a figure disputed by the government"), or in which it gives another number for what it
 * has just counted ("this number may be as high as 9,000").
 *
 * The signs stand in dictionaries/en/doubts.tsv. `within`: what is doubted stands before the sign
 * in the same sentence; the others speak of the claim before. Only sentences with a sign are read
 * out, so the cost is that of one walk over the texts. Left out: doubt that has none of these
 * words. */
#include "record/finding.h"

#include <ctype.h>

/* The claim that a doubt at `start` of a report is about: the last one before it that stands near,
 * one with a number where `counted`. */
static const struct said *doubted(const struct finding *finding, const char *report, uint32_t start,
                                  bool counted)
{
    uint32_t count;
    const struct said *all = finding_report(finding, report, &count), *best = NULL;
    for (const struct said *said = all; said < all + count && said->start < start; said++)
        if (start - said->start <= NEAR_BYTES && said_is_factual(said) &&
            (!counted || said->counts.count > 0))
            best = said;
    return best;
}

/* The first claim of the sentence. */
static const struct said *told_in(const struct finding *finding, const struct walked *walked)
{
    uint32_t count;
    const struct said *all = finding_report(finding, walked->report, &count);
    for (uint32_t i = 0; i < count; i++)
        if (all[i].sentence == walked->start)
            return &all[i];
    return NULL;
}

static const char *say_claim(struct finding *finding, const struct said *said)
{
    if (said->counts.count == 0)
        return said->status;
    const struct said_count *count = &said->counts.items[0];
    return dispute_range(finding, count->low, count->high, count->what, NULL);
}

static void add_doubt(struct finding *finding, const struct walked *walked,
                      const struct sign_found *found)
{
    bool within = found->sign->type == SIGN_WITHIN, counted = found->sign->type == SIGN_RECOUNT;
    uint32_t before = within || counted ? walked->start + found->start : walked->start;
    const struct said *said = doubted(finding, walked->report, before, counted);
    const struct said *own = told_in(finding, walked);
    /* What is no event is not doubted here: an offer refused, a theory. */
    bool told = own != NULL && own->start < before;
    if (said == NULL && !(within && told))
        return;
    const char *words = walked->sentence + found->start;
    struct record_stand stand = {.report = finding_copy(finding, walked->name),
                                 .source = finding_copy(finding, walked->source),
                                 .published = finding_copy(finding, walked->published),
                                 .sentence = finding_copy(finding, walked->sentence),
                                 .says = finding_copy(finding, words + strspn(words, ", "))};
    struct record_stand first = within ? stand : said->stand;
    if (own != NULL) {
        memcpy(stand.claim, own->stand.claim, sizeof stand.claim);
        stand.speaker = own->stand.speaker;
    }
    if (within) {
        /* "They claim 90 percent, a figure disputed by others": one sentence says both. */
        memcpy(first.claim, stand.claim, sizeof first.claim);
        first.says = arena_copy(finding->arena, walked->sentence, found->start);
    } else {
        first.says = say_claim(finding, said);
    }
    const struct said *about = within && own != NULL ? own : said;
    struct record_dispute *dispute =
        dispute_open(finding, counted ? "figures" : "questioned",
                     about->counts.count > 0 ? about->counts.items[0].what : NULL, about);
    dispute_take(dispute, &first, first.says);
    dispute_take(dispute, &stand, stand.says);
}

static bool has_digit(const char *text)
{
    while (*text != '\0' && !isdigit((unsigned char)*text))
        text++;
    return *text != '\0';
}

enum { TAKEN_BACK = 2 };

/* "Neither confirmed nor denied", "it cannot be denied". */
static bool is_taken_back(const struct finding *finding, const char *sentence,
                          const struct sign_found *found)
{
    bool denies = signs_have(finding->signs, SIGN_DENIAL, sentence + found->start,
                             found->stop - found->start);
    const char *end = sentence + found->stop;
    while (denies && end > sentence + found->start &&
           !signs_have(finding->signs, SIGN_DENIAL, end, (size_t)(sentence + found->stop - end)))
        end--;
    return denies && signs_stand_before(finding->signs, SIGN_NEGATION, sentence,
                                        (uint32_t)(end - sentence), TAKEN_BACK);
}

annals_status doubts_hear(struct finding *finding, const struct walked *walked)
{
    const char *at = walked->sentence;
    struct sign_found found;
    uint32_t count;
    finding_report(finding, walked->report, &count);
    if (count == 0 ||
        !signs_next(finding->signs, SIGN_WITHIN, SIGN_RECOUNT + 1, walked->sentence, &at, &found) ||
        (found.sign->type == SIGN_RECOUNT && !has_digit(walked->sentence + found.start)) ||
        dispute_holds(finding, walked->sentence) ||
        is_taken_back(finding, walked->sentence, &found))
        return ANNALS_OK;
    add_doubt(finding, walked, &found);
    return finding->arena->failed ? ANNALS_NO_MEMORY : ANNALS_OK;
}
