/* Victims that a report tells one by one: "a man was shot dead", "killing Mrs Hale and her son".
 *
 * The words around a claim's trigger say what becomes of its patients. A patient is one person
 * where it has a person's name or is a singular noun; a pronoun is one person without a name. How
 * many a report tells of is the largest of what its fullest claim tells, the number of full names,
 * and the number of ages ("a 30-year-old man", "a 32-year-old man"): two sentences about "the
 * woman" and "a teacher" may mean one person, so their victims are never added up. Left out: two
 * unnamed victims told in two sentences (they count as one); a name that is spelt in two ways (it
 * counts as two). */
#include "record/victims.h"

#include "record/told_numbers.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

/* ------------------------------------------------------------------ words */

static bool is_one_of(const char *word, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strcmp(word, *words) == 0)
            return true;
    return false;
}

enum { WORD = 32, NEIGHBOURS = 4 };

/* The word that begins at or after `text`, lower case; returns where it ends. */
static const char *read_word(const char *text, char word[WORD])
{
    size_t length = 0;
    while (*text != '\0' && !isalpha((unsigned char)*text))
        text++;
    for (; isalpha((unsigned char)*text); text++)
        if (length + 1 < WORD)
            word[length++] = (char)tolower((unsigned char)*text);
    word[length] = '\0';
    return text;
}

/* Is one of `words` among the next few after the trigger? */
static bool follows(const struct record_claim *claim, uint32_t reach, const char *const *words)
{
    char word[WORD];
    const char *at = claim->sentence + claim->trigger.end;
    for (uint32_t i = 0; i < reach && *at != '\0'; i++) {
        at = read_word(at, word);
        if (is_one_of(word, words))
            return true;
    }
    return false;
}

/* Does `word` stand right before the trigger? */
static bool precedes(const struct record_claim *claim, const char *word)
{
    size_t length = strlen(word), start = claim->trigger.start;
    return start > length && strncmp(claim->sentence + start - length - 1, word, length) == 0;
}

static void trigger_word(const struct record_claim *claim, char word[WORD])
{
    word[0] = '\0';
    if (claim->sentence != NULL && claim->trigger.end > claim->trigger.start)
        read_word(claim->sentence + claim->trigger.start, word);
}

/* ------------------------------------------------------------------ fates */

static bool is_factual(const struct record_claim *claim)
{
    static const char *const statuses[] = {"asserted", "claimed", "disputed",
                                           /* who did it is alleged, not that somebody died */
                                           "alleged", NULL};
    return is_one_of(claim->status, statuses);
}

/* "Injuries that are not life-threatening", "in a stable condition". */
static bool lives(const struct record_claim *claim)
{
    static const char *const signs[] = {
        "non-life",       "not life",       "stable condition",    "serious condition",
        "fair condition", "good condition", "expected to survive", "expected to recover",
        "is recovering",  "minor injur"};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (strstr(claim->sentence, signs[i]) != NULL)
            return true;
    return false;
}

enum fate victims_fate(const struct record_claim *claim)
{
    static const char *const killed[] = {
        "died",  "dies",     "dead",   "death",    "deaths",       "killed",   "kills",   "killing",
        "slain", "murdered", "murder", "executed", "assassinated", "beheaded", "lynched", NULL};
    static const char *const hurt[] = {"wounded",      "wounding", "injured",
                                       "injuring",     "hurt",     "hospitalized",
                                       "hospitalised", "maimed",   NULL};
    /* Of injuries one may die. */
    static const char *const hit[] = {"shot",    "shoots",   "shooting", "stabbed",  "stabbing",
                                      "stabs",   "hit",      "hits",     "hitting",  "struck",
                                      "strikes", "striking", "injury",   "injuries", "wound",
                                      "wounds",  NULL};
    static const char *const takes[] = {"claim", "claims", "claimed", "claiming", "take",   "takes",
                                        "took",  "taking", "taken",   "lost",     "losing", NULL};
    static const char *const life[] = {"life", NULL};
    static const char *const aims[] = {"at", "toward", "towards", "into", NULL};
    static const char *const ends[] = {"dead", "death", "killed", NULL};
    static const char *const none[] = {"escaped", "escape", "avoided", "without",
                                       "no",      "any",    NULL};
    char word[WORD];
    if (!is_factual(claim) || claim->plover == NULL || strcmp(claim->plover, "ASSAULT") != 0)
        return FATE_NONE;
    trigger_word(claim, word);
    if ((claim->mode != NULL && strcmp(claim->mode, "kill") == 0) || is_one_of(word, killed))
        return FATE_KILLED;
    if (is_one_of(word, takes) && follows(claim, NEIGHBOURS, life))
        return FATE_KILLED;
    bool deadly = precedes(claim, "fatally") || precedes(claim, "mortally") ||
                  precedes(claim, "fatal") || precedes(claim, "deadly");
    if (is_one_of(word, hurt))
        return deadly ? FATE_KILLED : FATE_HURT;
    if (!is_one_of(word, hit) || follows(claim, 1, aims))
        return FATE_NONE;
    for (int i = 0; none[i] != NULL; i++)
        if (precedes(claim, none[i]))
            return FATE_NONE;
    /* Another one beside the dead; one who is known to live. */
    if (!deadly && !follows(claim, NEIGHBOURS, ends) && (precedes(claim, "also") || lives(claim)))
        return FATE_HURT;
    return deadly || follows(claim, NEIGHBOURS, ends) ? FATE_KILLED : FATE_HIT;
}

/* ------------------------------------------------------------------ persons */

static bool is_plural(const char *words)
{
    static const char *const plurals[] = {
        "people", "men",    "women",      "children", "police", "troops",    "them",   "they",
        "those",  "others", "both",       "many",     "dozens", "personnel", "family", "crew",
        "us",     "some",   "themselves", "all",      "we",     NULL};
    const char *last = words + strlen(words), *hyphen;
    while (last > words && (isalpha((unsigned char)last[-1]) || last[-1] == '-'))
        last--;
    size_t length = strlen(last);
    /* "Passers-by". */
    if ((hyphen = strchr(last, '-')) != NULL && hyphen > last && hyphen[-1] == 's')
        return true;
    return is_one_of(last, plurals) ||
           (length > 2 && last[length - 1] == 's' && last[length - 2] != 's');
}

/* A name of two words or more, each with a capital: "old girl" is none. */
static bool is_named(const struct record_actor *actor)
{
    const char *last = actor->name != NULL ? strrchr(actor->name, ' ') : NULL;
    return last != NULL && actor->kind != NULL && strcmp(actor->kind, "person") == 0 &&
           !islower((unsigned char)actor->name[0]) && !islower((unsigned char)last[1]);
}

/* "a 15-year-old", "the woman", a person's name: one, whatever it is. */
static bool is_single(const struct record_actor *victim)
{
    const char *words = victim->words != NULL ? victim->words : "";
    bool person = victim->sort != NULL && strcmp(victim->sort, "person") == 0;
    bool one = strncmp(words, "a ", 2) == 0 || strncmp(words, "an ", 3) == 0;
    bool body = victim->kind != NULL && strcmp(victim->kind, "person") != 0 &&
                strcmp(victim->kind, "unnamed group") != 0;
    /* Who speaks or is spoken to is no victim told to the reader. */
    static const char *const speech[] = {"me",      "you",      "i",        "I",
                                         "us",      "we",       "everyone", "anyone",
                                         "someone", "somebody", "nobody",   NULL};
    return !body && !is_one_of(words, speech) &&
           (person || (one && victim->sort != NULL && strcmp(victim->sort, "other") == 0)) &&
           (is_named(victim) || !is_plural(words));
}

/* "Shot himself": the patient is who did it, and one. */
static bool is_reflexive(const struct record_claim *claim)
{
    static const char *const selves[] = {"himself", "herself", "self", NULL};
    return claim->sentence != NULL && follows(claim, 3, selves);
}

/* "He died at the scene", "took his own life": somebody, though the claim does not name him. */
static bool is_one_dead(const struct record_claim *claim)
{
    static const char *const words[] = {"died", "dies",   "dead", "claimed",
                                        "took", "taking", "lost", NULL};
    char word[WORD];
    trigger_word(claim, word);
    return claim->patients.count == 0 && is_one_of(word, words) && !precedes(claim, "those") &&
           !precedes(claim, "all") && !precedes(claim, "many");
}

/* "Killed a boy and WOUNDED his brother": the brother hangs on the same verb in the tree. */
static bool is_hurt_instead(const struct record_claim *claim, const struct record_actor *patient)
{
    static const char *const words[] = {"wounded", "wounding", "injured", "injuring", "hurt", NULL};
    if (claim->sentence == NULL || patient->words == NULL)
        return false;
    const char *end = claim->sentence + claim->trigger.end;
    const char *at = strstr(end, patient->words);
    char word[WORD];
    bool hurt = false;
    while (at != NULL && end < at) {
        end = read_word(end, word);
        if (end <= at)
            hurt = strcmp(word, "and") == 0 ? false : hurt || is_one_of(word, words);
    }
    return hurt;
}

/* "Two men and a boy": the boy; "two people, Ann Hale and Tom Reed": nobody; "Ann Hale and two
 * others": Ann Hale. */
uint32_t victims_beside(const struct record_claim *claim)
{
    uint32_t beside = 0;
    bool others = false;
    for (uint32_t i = 0; i < claim->patients.count; i++) {
        const char *words = claim->patients.items[i].words;
        others = others || (words != NULL && strstr(words, "other") != NULL);
    }
    for (uint32_t i = 0; i < claim->patients.count; i++) {
        const struct record_actor *patient = &claim->patients.items[i];
        beside += is_single(patient) && (others || !is_named(patient)) &&
                  !is_hurt_instead(claim, patient);
    }
    return claim->patients.count > 1 ? beside : 0;
}

/* ------------------------------------------------------------------ one report's */

void victims_init(struct victims *victims, struct arena *arena)
{
    *victims = (struct victims){0};
    for (int i = 0; i <= FATE_HIT; i++)
        array_init(&victims->by_fate[i].names, arena);
}

/* The age that stands before the patient in the sentence: "a 32-year-old MAN", whose words begin
 * with "old"; 0 where none does. */
static int age_of(const struct record_claim *claim, const struct record_actor *patient)
{
    char phrase[64];
    if (patient->words == NULL || strncmp(patient->words, "old ", 4) != 0)
        return 0;
    snprintf(phrase, sizeof phrase, "-year-%s", patient->words);
    const char *at = strstr(claim->sentence, phrase), *digits = at;
    while (digits != NULL && digits > claim->sentence && isdigit((unsigned char)digits[-1]))
        digits--;
    return at != NULL && at - digits >= 1 && at - digits <= 3 ? atoi(digits) : 0;
}

static void add_age(struct victims *victims, enum fate fate, int age)
{
    uint32_t *count = &victims->by_fate[fate].age_count;
    for (uint32_t i = 0; i < *count; i++)
        if (victims->by_fate[fate].ages[i] == age)
            return;
    if (*count < VICTIM_AGES)
        victims->by_fate[fate].ages[(*count)++] = age;
}

static void add_name(struct victims *victims, enum fate fate, const char *name)
{
    for (uint32_t i = 0; i < victims->by_fate[fate].names.count; i++)
        if (strcmp(victims->by_fate[fate].names.items[i], name) == 0)
            return;
    const char **item = (const char **)array_push(&victims->by_fate[fate].names);
    if (item != NULL)
        *item = name;
}

/* "The boy who shot himself has died." */
static bool tells_death(const struct record_claim *claim)
{
    static const char *const words[] = {"died", "dies", "dead", "killed", NULL};
    char word[WORD];
    for (const char *at = claim->sentence; at != NULL && *at != '\0';) {
        at = read_word(at, word);
        if (is_one_of(word, words))
            return true;
    }
    return false;
}

static const char *identity_of(const struct record_actor *actor)
{
    return actor->name != NULL ? actor->name : actor->words;
}

/* Does any claim of the event say that this person was killed? */
static bool dies(const struct record_actor *person, const struct record_event *event)
{
    const char *identity = identity_of(person);
    for (uint32_t i = 0; identity != NULL && i < event->claim_count; i++) {
        const struct record_claim *claim = &event->claims[i];
        for (uint32_t j = 0; victims_fate(claim) == FATE_KILLED && j < claim->patients.count; j++) {
            const char *other = identity_of(&claim->patients.items[j]);
            if (other != NULL && strcmp(identity, other) == 0)
                return true;
        }
    }
    return false;
}

void victims_hear(struct victims *victims, const struct record_claim *claim,
                  const struct record_event *event)
{
    enum fate fate = victims_fate(claim);
    for (uint32_t i = 0; i < claim->counts.count; i++)
        if (!number_is_single(claim, &claim->counts.items[i]))
            return;
    if (fate == FATE_NONE)
        return;
    uint32_t told = 0;
    int age = 0;
    for (uint32_t i = 0; i < claim->patients.count; i++) {
        if (!is_single(&claim->patients.items[i]) ||
            (fate == FATE_HURT && dies(&claim->patients.items[i], event)) ||
            (fate == FATE_KILLED && is_hurt_instead(claim, &claim->patients.items[i])))
            continue;
        told++;
        age = age_of(claim, &claim->patients.items[i]);
        if (is_named(&claim->patients.items[i]))
            add_name(victims, fate, claim->patients.items[i].name);
    }
    if (told == 0 && (is_reflexive(claim) || is_one_dead(claim)))
        told = 1;
    if (told == 1 && fate == FATE_HIT && tells_death(claim))
        fate = FATE_KILLED;
    if (told == 1 && age > 0)
        add_age(victims, fate, age);
    if (told > victims->by_fate[fate].most) {
        victims->by_fate[fate].most = told;
        victims->by_fate[fate].claim = claim;
    }
}

uint32_t victims_count(const struct victims *victims, enum fate fate)
{
    uint32_t names = victims->by_fate[fate].names.count, most = victims->by_fate[fate].most;
    uint32_t ages = victims->by_fate[fate].age_count;
    most = ages > most ? ages : most;
    return names > most ? names : most;
}
