/* Which claims are of the report's own day. A sentence without a date is dated by its report
 * (told_times.c), which is right for the news of the day and wrong for what a report goes back to:
 * the deed behind a trial, a war that an essay looks back on, an attack that everybody knows of.
 *
 * Method: one event is told many times in a report and dated once (Ng et al., "Exploiting Discourse
 * Analysis for Article-Wide Temporal Classification", 2013, date by the whole article too). Where
 * the report dates deeds of the type by its sentences, and all of them before its own day, none of
 * them is of that day: a claim takes the one date that they have if it tells of the same deed (the
 * same word, participant or place), else none. A long report that names no day of its week is not
 * of a day. A deed that the sentence takes for known ("since the attack") or that a court hears of
 * is of the report's day only where the report dates such a deed there. Left out: several deeds of
 * one type and far days, told apart by whom they hit. */
#include "meaning/scenes.h"
#include "meaning/time_tense.h"

enum { TYPES = 24, SHORT = 10, WEEK = 7, STEM = 4 };

/* When the claims of one type are, by the words of their sentences. */
struct type_days {
    const char *plover;
    bool near, far, several; /* far: before the report's day; several: more than one far time */
    uint32_t first;          /* the first claim of far time */
};

struct days {
    struct coding *coding;
    int32_t published;
    bool of_a_day; /* the report names a day of its week, or is short */
    struct type_days types[TYPES];
    uint32_t count;
};

static bool is_dated_by(const struct claim *claim, const char *anchor)
{
    return claim->anchor != NULL && strcmp(claim->anchor, anchor) == 0;
}

static bool is_told_as_done(const struct claim *claim)
{
    return claim->status != STATUS_PLANNED && claim->status != STATUS_THREATENED &&
           claim->status != STATUS_CONDITIONAL && claim->status != STATUS_NEGATED;
}

static struct type_days *type_of(struct days *days, const char *plover)
{
    for (uint32_t i = 0; i < days->count; i++)
        if (strcmp(days->types[i].plover, plover) == 0)
            return &days->types[i];
    if (days->count == TYPES)
        return NULL;
    days->types[days->count] = (struct type_days){.plover = plover, .first = NONE};
    return &days->types[days->count++];
}

/* Dates of the story, not those it looks back on from there ("had taken the town in May"). */
static void gather(struct days *days)
{
    const struct document *document = days->coding->document;
    for (uint32_t i = 0; i < document->claims.count; i++) {
        const struct claim *claim = &document->claims.items[i];
        struct type_days *type = type_of(days, claim->plover);
        if (type == NULL || claim->from == DAY_UNKNOWN || !is_dated_by(claim, "sentence") ||
            !is_told_as_done(claim))
            continue;
        if (claim->to >= days->published - 1) {
            type->near |= claim->from <= days->published + 1;
            continue;
        }
        if (tense_at(document, claim->sentence, claim->trigger_token).before)
            continue;
        if (!type->far)
            type->first = i;
        const struct claim *first = &document->claims.items[type->first];
        type->several |= type->far && (first->from != claim->from || first->to != claim->to);
        type->far = true;
    }
}

static bool names_a_day_near(const struct document *document, int32_t published)
{
    for (uint32_t i = 0; i < document->times.count; i++) {
        const struct time_mention *time = &document->times.items[i];
        if ((time->type == TIME_DATE || time->type == TIME_TIME) && time->from != DAY_UNKNOWN &&
            time->precision == PRECISION_DAY && time->to >= published - WEEK &&
            time->from <= published + WEEK)
            return true;
    }
    for (uint32_t i = 0; i < document->places.count; i++)
        if (document->places.items[i].dateline)
            return true;
    return false;
}

static bool is_definite(const struct tree *tree, uint32_t noun)
{
    static const char *const words[] = {"the", "this", "that", "those", "these", NULL};
    for (uint32_t child = tree->first_child[noun]; child != NONE;
         child = tree->next_sibling[child]) {
        const struct token *token = &tree->tokens[child];
        if (token->relation == REL_NMOD_POSS ||
            (relation_is(token->relation, REL_COMPOUND) && token->upos == UPOS_PROPN))
            return true;
        if (token->relation == REL_DET && token_is_one_of(token, words))
            return true;
    }
    return false;
}

/* "Since THE ATTACK", "blamed for Friday's BLAST", "its INVASION of the islands": no news. */
static bool is_taken_for_known(const struct coding *coding, uint32_t token)
{
    const struct token *word = &coding->tree.tokens[token];
    uint32_t preposition = tree_preposition(&coding->tree, token);
    bool along = preposition != NONE && token_is(&coding->tree.tokens[preposition], "during");
    return word->upos == UPOS_NOUN && !along && is_definite(&coding->tree, token) &&
           (relation_is(word->relation, REL_OBL) || relation_is(word->relation, REL_NMOD));
}

/* "Charged with MURDER", "convicted of the SHOOTING that KILLED four": what a court hears of was
 * done before. */
static bool is_before_court(const struct coding *coding, uint32_t token)
{
    enum { STEPS = 4 };
    const struct tree *tree = &coding->tree;
    for (int step = 0; step < STEPS; step++) {
        const struct token *word = &tree->tokens[token];
        uint32_t above = word->head;
        if (above == NONE || relation_is(word->relation, REL_NSUBJ) ||
            relation_is(word->relation, REL_CCOMP) || relation_is(word->relation, REL_PARATAXIS))
            return false;
        if (tree->tokens[above].upos == UPOS_VERB &&
            status_word(coding, STATUS_OF_COURT, above) >= 0)
            return !relation_is(word->relation, REL_CONJ);
        token = above;
    }
    return false;
}

static bool is_one_word(const struct document *document, uint32_t one, uint32_t two)
{
    const char *a = document->tokens.items[one].lemma, *b = document->tokens.items[two].lemma;
    return a != NULL && b != NULL && (strcmp(a, b) == 0 || strncmp(a, b, STEM) == 0);
}

static bool shares_actor(const struct claim *one, const struct claim *two)
{
    for (uint32_t i = 0; i < one->patients.count; i++)
        for (uint32_t j = 0; j < two->patients.count; j++)
            if (one->patients.items[i].actor != NONE &&
                one->patients.items[i].actor == two->patients.items[j].actor)
                return true;
    return false;
}

/* Whether a claim tells again what the other one told. */
static bool is_same_deed(const struct document *document, const struct claim *one,
                         const struct claim *two)
{
    bool there = one->place != NONE && !scenes_is_country(document, one->place) &&
                 two->precision <= PRECISION_MONTH && scenes_same(document, one->place, two->place);
    return there || is_one_word(document, one->trigger_token, two->trigger_token) ||
           shares_actor(one, two);
}

static void undate(struct claim *claim)
{
    claim->from = claim->to = DAY_UNKNOWN;
    claim->precision = PRECISION_UNKNOWN;
    claim->anchor = NULL;
}

static void settle(struct days *days, uint32_t index)
{
    struct document *document = days->coding->document;
    struct claim *claim = &document->claims.items[index];
    const struct type_days *type = type_of(days, claim->plover);
    enum time_tense tense = tense_at(document, claim->sentence, claim->trigger_token).tense;
    if (type == NULL || tense == TENSE_PRESENT)
        return;
    if (!days->of_a_day) {
        undate(claim);
        return;
    }
    if (type->near)
        return;
    bool known =
        is_taken_for_known(days->coding, claim->trigger_token) ||
        (claim_is_on_the_ground(claim) && is_before_court(days->coding, claim->trigger_token));
    if (!type->far || !claim_is_on_the_ground(claim)) {
        if (known)
            undate(claim);
        return;
    }
    const struct claim *far = &document->claims.items[type->first];
    bool same = !type->several && is_same_deed(document, claim, far);
    /* News comes first, what lies behind it after. */
    if (index < type->first && !same && !known)
        return;
    undate(claim);
    if (!same)
        return;
    claim->from = far->from;
    claim->to = far->to;
    claim->precision = far->precision;
    claim->anchor = "narrative";
}

void report_days_settle(struct coding *coding)
{
    struct days days = {.coding = coding, .published = coding->document->report.published};
    const struct document *document = coding->document;
    if (days.published == DAY_UNKNOWN)
        return;
    days.of_a_day =
        document->sentences.count <= SHORT || names_a_day_near(document, days.published);
    gather(&days);
    for (uint32_t i = 0; i < document->claims.count; i++)
        if (is_dated_by(&document->claims.items[i], "published"))
            settle(&days, i);
}
