/* Judges the claims of a report: its confidence for each, and out with those that are most likely
 * no event.
 *
 * Method: two logistic regressions over hashed features, is it such an event and is nothing
 * wrong in agent and patient, fitted by annals-train to claims that people read (models/en/README.md has the
 * recipe and how well they hold on reports of other papers). Leaves out: mending; a wrong agent is
 * doubted, and the next best is not looked for. */
#include "meaning/trust.h"

#include "bytes/hash.h"
#include "meaning/coding.h"

#include <math.h>

/* Below this a claim is left out. A note is judged by its words alone, and the model must be surer of
 * it. */
static const float LEAST = 0.4f, LEAST_OF_NOTE = 0.2f;
/* And so is one that most likely says something wrong of event, agent or patient. What was said
 * hangs on who said it, so that words must be surer. */
static const float LEAST_WHOLE = 0.6f, LEAST_WHOLE_OF_WORDS = 0.4f, LEAST_WHOLE_OF_NOTE = 0.3f;

/* Confidence is told in twentieths: the model knows no finer. */
static const float STEPS = 20;

/* Nothing is certain. */
static const float MOST = 0.95f;

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

/* The first `wanted` features of a claim and those of its report, at most `limit`. */
static uint32_t copy_features(const struct coding *coding, const struct trust_report *report,
                              const struct trust_note *note, uint32_t wanted, uint32_t limit,
                              uint64_t *features)
{
    uint32_t count = wanted < limit ? wanted : limit;
    memcpy(features, coding->trust.features.items + note->first, count * sizeof *features);
    for (uint32_t i = 0; i < report->count && count + 2 <= limit; i++) {
        features[count++] = report->features[i];
        features[count++] = hash_join(report->features[i], note->kind);
    }
    return count;
}

uint32_t trust_features(const struct coding *coding, const struct trust_report *report,
                        uint32_t claim, uint64_t *features)
{
    const struct trust_note *note = &coding->trust.notes.items[claim];
    return copy_features(coding, report, note, note->count, TRUST_FEATURES, features);
}

uint32_t trust_role_features(const struct coding *coding, const struct trust_report *report,
                             uint32_t claim, uint64_t *features)
{
    const struct trust_note *note = &coding->trust.notes.items[claim];
    return copy_features(coding, report, note, note->count + note->roles, TRUST_ROLE_FEATURES,
                         features);
}

/* The least that a claim must be right in all three. */
static float least_whole(const struct claim *claim, bool note)
{
    bool deed = is_physical(claim) || strcmp(claim->plover, "COERCE") == 0 ||
                strcmp(claim->plover, "PROTEST") == 0;
    bool toll = claim->counts.count > 0 && is_physical(claim);
    return note ? LEAST_WHOLE_OF_NOTE : deed && !toll ? LEAST_WHOLE : LEAST_WHOLE_OF_WORDS;
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

/* "Fifteen BODIES WERE FOUND in a well": what that is to be called may be doubted, the dead not. */
static bool is_of_bodies(const struct claim *claim)
{
    return claim->rule != NULL && strcmp(claim->rule, "recover.bodies") == 0 &&
           claim->counts.count > 0;
}

/* "The blast KILLED 85": whom a toll counts need not be named where the sentence tells the deed.
 * Without it nobody knows what they died of. */
static bool is_toll_of(const struct claim *claim, const struct claim *deed)
{
    if (!is_physical(claim) || !is_physical(deed) || deed->sentence != claim->sentence)
        return false;
    for (uint32_t i = 0; i < claim->counts.count; i++)
        if (strcmp(claim->counts.items[i].what, "killed") == 0 ||
            strcmp(claim->counts.items[i].what, "wounded") == 0)
            return true;
    return false;
}

static float probability(const struct linear *model, const uint64_t *features, uint32_t count)
{
    return linear_probability(model, linear_sum(model, features, count));
}

void trust_judge(struct coding *coding, const struct trust_models *models)
{
    struct document *document = coding->document;
    uint64_t features[TRUST_ROLE_FEATURES];
    struct trust_report report;
    uint32_t kept = 0;
    if (coding->trust.notes.count != document->claims.count)
        return; /* memory is out */
    trust_report_find(coding, &report);
    bool note = report.count == 0;
    float least = note ? LEAST_OF_NOTE : LEAST;
    for (uint32_t i = 0; i < document->claims.count; i++) {
        struct claim *claim = &document->claims.items[i];
        uint32_t count = trust_features(coding, &report, i, features);
        float event = probability(&models->event, features, count);
        count = trust_role_features(coding, &report, i, features);
        float whole = event * probability(&models->roles, features, count);
        claim->confidence = fminf(rintf(whole * STEPS) / STEPS, MOST);
        bool sure = whole >= least_whole(claim, note) ||
                    (kept > 0 && is_toll_of(claim, &document->claims.items[kept - 1]));
        if ((event >= least && sure) || is_gunfire(claim) || is_of_bodies(claim) ||
            is_of_control(coding, claim))
            document->claims.items[kept++] = *claim;
    }
    document->claims.count = kept;
}
