/* Judges the claims of a report: its confidence for each, and out with those that are most likely
 * no event.
 *
 * Method: logistic regression over hashed features, fitted by annals-train to claims that people
 * read (models/en/README.md has the recipe and how well it holds on reports of other papers). What
 * leaves out: who acts on whom; a right event with a wrong agent stays. */
#include "meaning/trust.h"

#include "bytes/hash.h"
#include "meaning/coding.h"

#include <math.h>

/* Below this a claim is left out: four fifths of what goes is wrong where the model has seen nothing of
 * the corpus (docs/accuracy.md). A note is judged by its words alone, and must be surer of it. */
static const float LEAST = 0.3f, LEAST_OF_NOTE = 0.2f;

/* Confidence is told in twentieths: the model knows no finer. */
static const float STEPS = 20;

/* A note of fewer words does not show what it is about. */
enum { TOLD = 60 };

static uint64_t bucket(uint32_t part, uint32_t whole)
{
    /* In thousandths, by doubling: 0, 1-3, 4-7, … */
    uint32_t share = whole == 0 ? 0 : (uint32_t)((uint64_t)part * 1000 / whole);
    uint64_t step = 0;
    for (uint32_t least = 1; step < 8 && share >= least * 2; least *= 2)
        step++;
    return share == 0 ? 0 : step + 1;
}

static void report_feature(struct trust_report *report, const char *kind, uint64_t value)
{
    report->features[report->count++] = hash_join(hash_bytes(kind, strlen(kind)), value);
}

static bool is_physical(const struct claim *claim)
{
    return strcmp(claim->plover, "ASSAULT") == 0;
}

void trust_report_find(const struct coding *coding, struct trust_report *report)
{
    const struct document *document = coding->document;
    uint32_t words = 0, persons = 0, asked = 0, physical = 0, armed = 0;
    for (uint32_t i = 0; i < document->tokens.count; i++) {
        const struct token *word = &document->tokens.items[i];
        words += (word->flags & TOKEN_PUNCTUATION) == 0;
        asked += word->folded[0] == '?' || word->folded[0] == '!';
        persons += word->upos == UPOS_PRON && (word->flags & TOKEN_QUOTED) == 0 &&
                   (word->features & (WORD_FIRST | WORD_SECOND)) != 0;
    }
    for (uint32_t i = 0; i < document->claims.count; i++)
        physical += is_physical(&document->claims.items[i]);
    for (uint32_t i = 0; i < document->actor_mentions.count; i++) {
        uint32_t actor = document->actor_mentions.items[i].actor;
        uint32_t kinds = coding_kinds_of_type(document->actors.items[actor].type);
        armed += (kinds & KIND_ARMED) != 0;
    }
    *report = (struct trust_report){0};
    if (words < TOLD)
        return;
    report_feature(report, "persons", bucket(persons, words));
    report_feature(report, "asked", bucket(asked, words));
    report_feature(report, "physical", bucket(physical, words));
    report_feature(report, "physical share",
                   document->claims.count < 3 ? 9 : bucket(physical, document->claims.count) / 2);
    report_feature(report, "armed", bucket(armed, words));
    report_feature(report, "claims", bucket(document->claims.count, words));
}

uint32_t trust_features(const struct coding *coding, const struct trust_report *report,
                        uint32_t claim, uint64_t *features)
{
    const struct trust_note *note = &coding->trust.notes.items[claim];
    uint32_t count = note->count < TRUST_FEATURES ? note->count : TRUST_FEATURES;
    memcpy(features, coding->trust.features.items + note->first, count * sizeof *features);
    for (uint32_t i = 0; i < report->count && count + 2 <= TRUST_FEATURES; i++) {
        features[count++] = report->features[i];
        features[count++] = hash_join(report->features[i], note->kind);
    }
    return count;
}

static bool is_known(const struct participant *items, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (items[i].actor != NONE || !span_is_empty(items[i].span))
            return true;
    return false;
}

/* In how many of a hundred right events those who take part are right, too, by who is known: of the
 * claims that people read. Violence is often told of without who did it, words hardly ever. */
static int participants_right(const struct claim *claim)
{
    bool agent = is_known(claim->agents.items, claim->agents.count);
    bool patient = is_known(claim->patients.items, claim->patients.count);
    if (agent && patient)
        return 87;
    if (is_physical(claim))
        return patient ? 83 : agent ? 61 : 75;
    return agent ? 79 : patient ? 58 : 33;
}

/* A place that a group takes or loses is told by conditions of its own (claim_control.c); elections
 * are won by persons. */
static bool is_of_control(const struct coding *coding, const struct claim *claim)
{
    return claim->control != CONTROL_NONE && claim->control_place != NONE &&
           (claim->control_holder == NONE ||
            coding->document->actors.items[claim->control_holder].kind != ACTOR_PERSON);
}

/* A person who was shot was shot, be it by accident: who looks for gunfire wants to know. */
static bool is_gunfire(const struct claim *claim)
{
    return claim->rule != NULL && strncmp(claim->rule, "shoot", 5) == 0;
}

void trust_judge(struct coding *coding, const struct linear *model)
{
    struct document *document = coding->document;
    uint64_t features[TRUST_FEATURES];
    struct trust_report report;
    uint32_t kept = 0;
    if (coding->trust.notes.count != document->claims.count)
        return; /* memory is out */
    trust_report_find(coding, &report);
    for (uint32_t i = 0; i < document->claims.count; i++) {
        struct claim *claim = &document->claims.items[i];
        uint32_t count = trust_features(coding, &report, i, features);
        float event = linear_probability(model, linear_sum(model, features, count));
        claim->confidence = rintf(event * (float)participants_right(claim) / 100 * STEPS) / STEPS;
        if (event >= (report.count > 0 ? LEAST : LEAST_OF_NOTE) || is_gunfire(claim) ||
            is_of_control(coding, claim))
            document->claims.items[kept++] = *claim;
    }
    document->claims.count = kept;
}
