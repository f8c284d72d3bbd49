/* An event's figures, after the practice of UCDP (Hogbladh, "UCDP GED Codebook", 2023: low, best and
 * high, the best being what the most reliable source that had time to count says).
 *
 * - A witness is a report; reports that print one text are one witness.
 * - A witness's figure is the largest that it gives: smaller ones are parts of it (eight of the twelve)
 *   or earlier counts of a running toll, so they are replaced, not added. Where it gives none but tells
 *   that one person was killed or hurt, that is at least one, and named victims are counted by name.
 * - Low is the lowest witness's figure, high the highest. Best is that of the witness printed last,
 *   because tolls are corrected; what a party to the fight says of its own deeds comes last of all.
 * Left out: the reliability of single outlets; dead of both sides that no report adds up. */
#include "record/figures.h"

#include <math.h>
#include <stdlib.h>

bool figures_count(const struct record_claim *claim)
{
    return strcmp(claim->status, "asserted") == 0 || strcmp(claim->status, "claimed") == 0 ||
           strcmp(claim->status, "disputed") == 0;
}

struct record_figure figures_of_claim(const struct record_claim *claim, const char *what)
{
    struct record_figure sum = {0, 0, 0}, total = {NAN, NAN, NAN};
    bool found = false;
    for (uint32_t i = 0; i < claim->counts.count; i++) {
        const struct record_count *count = &claim->counts.items[i];
        if (strcmp(count->what, what) != 0)
            continue;
        found = true;
        sum.low += isnan(count->low) ? 0 : count->low;
        sum.high += count->high;
        bool whole = count->who == NULL || strcmp(count->who, "unknown") == 0;
        if (whole && !(count->low <= total.low))
            total = (struct record_figure){count->low, count->low, count->high};
    }
    if (!isnan(total.low) || !isnan(total.high) || !found)
        return total;
    return (struct record_figure){sum.low, sum.low, sum.high};
}

/* ------------------------------------------------------------------ victims without a number */

static bool is_plural(const char *words)
{
    static const char *const plurals[] = {"people", "men",    "women", "children", "police", "troops",
                                          "them",   "they",   "those", "others",   "both",   "many",
                                          "dozens", "personnel", "family", "crew", "us",     "some"};
    const char *last = strrchr(words, ' ');
    last = last != NULL ? last + 1 : words;
    size_t length = strlen(last);
    for (size_t i = 0; i < sizeof plurals / sizeof plurals[0]; i++)
        if (strcmp(last, plurals[i]) == 0)
            return true;
    return length > 2 && last[length - 1] == 's' && last[length - 2] != 's';
}

/* "a 15-year-old", "the woman", a person's name: one, whatever it is. */
static bool is_single(const struct record_actor *victim)
{
    const char *words = victim->words != NULL ? victim->words : "";
    bool person = victim->sort != NULL && strcmp(victim->sort, "person") == 0;
    bool one = strncmp(words, "a ", 2) == 0 || strncmp(words, "an ", 3) == 0;
    bool body = victim->kind != NULL && strcmp(victim->kind, "person") != 0 &&
                strcmp(victim->kind, "unnamed group") != 0;
    return !body && (person || (one && victim->sort != NULL && strcmp(victim->sort, "other") == 0)) &&
           !is_plural(words);
}

/* Does the claim tell of killing without a number, each victim apart? Who did it may be alleged; that
 * somebody died is not. */
static bool tells_victims(const struct record_claim *claim, const char *what)
{
    bool kills = claim->mode != NULL && strcmp(claim->mode, "kill") == 0;
    if (strcmp(what, "killed") != 0 || !kills || claim->counts.count > 0 ||
        claim->patients.count == 0 ||
        (!figures_count(claim) && strcmp(claim->status, "alleged") != 0))
        return false;
    for (uint32_t i = 0; i < claim->patients.count; i++)
        if (!is_single(&claim->patients.items[i]))
            return false;
    return true;
}

static bool is_named(const struct record_actor *actor)
{
    return actor->name != NULL && actor->kind != NULL && strcmp(actor->kind, "person") == 0 &&
           strchr(actor->name, ' ') != NULL;
}

/* ------------------------------------------------------------------ witnesses */

struct witness {
    const char *report, *published;
    struct record_figure figure; /* NAN where it gives none */
    bool boast;                  /* its figure is a party's word on its own deed */
    bool told;                   /* it gives no figure: its victims are counted as they are told */
    ARRAY(const char *) names;   /* victims told one by one */
    uint32_t victims;            /* told by one claim, one by one */
};

/* Does a party to the fight speak of what it did itself? */
static bool is_boast(const struct record_claim *claim)
{
    for (uint32_t i = 0; i < claim->according_to.count; i++)
        for (uint32_t j = 0; j < claim->agents.count; j++) {
            const char *speaker = claim->according_to.items[i].name;
            const char *agent = claim->agents.items[j].name;
            if (speaker != NULL && agent != NULL && strcmp(speaker, agent) == 0)
                return true;
        }
    return false;
}

static void hear(struct witness *witness, const struct record_claim *claim, const char *what)
{
    struct record_figure figure = figures_of_claim(claim, what);
    double value = isnan(figure.low) ? figure.high : figure.low;
    double known = isnan(witness->figure.low) ? witness->figure.high : witness->figure.low;
    bool boast = is_boast(claim);
    if (!isnan(value) && (isnan(known) || (witness->boast && !boast) ||
                          (witness->boast == boast && value > known))) {
        witness->figure = figure;
        witness->boast = boast;
    }
}

static void hear_victims(struct witness *witness, const struct record_claim *claim)
{
    if (claim->patients.count > witness->victims)
        witness->victims = claim->patients.count;
    for (uint32_t i = 0; i < claim->patients.count; i++) {
        const struct record_actor *victim = &claim->patients.items[i];
        bool known = !is_named(victim);
        for (uint32_t j = 0; !known && j < witness->names.count; j++)
            known = strcmp(witness->names.items[j], victim->name) == 0;
        const char **name = known ? NULL : (const char **)array_push(&witness->names);
        if (name != NULL)
            *name = victim->name;
    }
}

static struct witness *find_witness(struct arena *arena, struct witness *witnesses, uint32_t *count,
                                    const struct record_claim *claim)
{
    const char *report = claim->original != NULL ? claim->original : claim->report;
    for (uint32_t i = 0; i < *count; i++)
        if (strcmp(witnesses[i].report, report) == 0)
            return &witnesses[i];
    struct witness *witness = &witnesses[(*count)++];
    *witness = (struct witness){.report = report, .published = claim->published,
                                .figure = {NAN, NAN, NAN}};
    array_init(&witness->names, arena);
    return witness;
}

/* Printed later, or as late and larger; a party's boast never comes before another's word. */
static bool is_better(const struct witness *left, const struct witness *right)
{
    if (left->boast != right->boast)
        return !left->boast;
    int order = strcmp(left->published != NULL ? left->published : "",
                       right->published != NULL ? right->published : "");
    if (order != 0)
        return order > 0;
    return left->figure.best > right->figure.best;
}

/* A witness's figure with all three numbers known. */
static bool complete(struct witness *witness)
{
    struct record_figure *figure = &witness->figure;
    uint32_t named = witness->names.count;
    if (isnan(figure->low) && isnan(figure->high)) {
        if (witness->victims == 0)
            return false;
        figure->low = figure->high = named > witness->victims ? named : witness->victims;
        witness->told = true;
    }
    figure->best = isnan(figure->low) ? figure->high : figure->low;
    figure->high = isnan(figure->high) ? figure->best : figure->high;
    return true;
}

struct record_figure figures_of_event(struct arena *arena, const struct record_event *event,
                                      const char *what, bool *differ)
{
    struct record_figure figure = {NAN, NAN, NAN};
    struct witness *witnesses = arena_new_array(arena, struct witness, event->claim_count);
    const struct witness *best = NULL;
    uint32_t count = 0;
    for (uint32_t i = 0; witnesses != NULL && i < event->claim_count; i++) {
        const struct record_claim *claim = &event->claims[i];
        struct witness *witness = find_witness(arena, witnesses, &count, claim);
        if (figures_count(claim))
            hear(witness, claim, what);
        if (tells_victims(claim, what))
            hear_victims(witness, claim);
    }
    bool numbered = false;
    for (uint32_t i = 0; i < count; i++)
        numbered = (complete(&witnesses[i]) && !witnesses[i].told) || numbered;
    for (uint32_t i = 0; i < count; i++) {
        struct witness *witness = &witnesses[i];
        /* Victims told one by one are no total where another knows one. */
        if (isnan(witness->figure.best) || (witness->told && numbered))
            continue;
        const struct record_figure *one = &witness->figure;
        *differ = *differ || (best != NULL && (one->best > figure.high || one->high < figure.low));
        figure.low = !(figure.low <= one->best) ? one->best : figure.low;
        figure.high = !(figure.high >= one->high) ? one->high : figure.high;
        if (best == NULL || is_better(witness, best))
            best = witness;
    }
    if (best != NULL)
        figure.best = best->figure.best;
    return figure;
}
