/* What the sentence around a number says of it: whether it counts people of every kind, a part of those
 * counted before, those who were hit, or what happened on many days or in several events.
 *
 * Method: short lists of words right beside the number, in the claim's own sentence; where the number's
 * place in it is not known, nothing is said. Left out: what another sentence says of the number. */
#include "record/told_numbers.h"

#include "record/victims.h"

#include <ctype.h>
#include <math.h>

/* The sentence from one of its places on; NULL where that is not known. */
static const char *text_at(const struct record_claim *claim, uint32_t position)
{
    if (claim->sentence == NULL || claim->trigger.end == 0 || claim->where.start < claim->trigger.start)
        return NULL;
    uint32_t start = claim->where.start - claim->trigger.start;
    return position >= start && position - start <= strlen(claim->sentence)
               ? claim->sentence + (position - start)
               : NULL;
}

static bool is_one_of(const char *word, size_t length, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strlen(*words) == length && strncmp(word, *words, length) == 0)
            return true;
    return false;
}

static bool begins_with(const char *text, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strncmp(text, *words, strlen(*words)) == 0)
            return true;
    return false;
}

static bool has_before(const char *text, const char *end, const char *const *words)
{
    for (; *words != NULL; words++) {
        const char *found = strstr(text, *words);
        if (found != NULL && found < end)
            return true;
    }
    return false;
}

static size_t word_length(const char *text)
{
    size_t length = 0;
    while (isalpha((unsigned char)text[length]))
        length++;
    return length;
}

bool number_is_of_people(const struct record_claim *claim, const struct record_count *count)
{
    static const char *const words[] = {"people", "persons", "dead", "bodies", "victims", "lives", NULL};
    const char *at = text_at(claim, count->where.end);
    for (int i = 0; at != NULL && i < 2; i++) {
        while (*at == ' ')
            at++;
        size_t length = word_length(at);
        if (length == 0 || is_one_of(at, length, words))
            return length > 0;
        at += length;
    }
    return false;
}

bool number_is_single(const struct record_claim *claim, const struct record_count *count)
{
    static const char *const articles[] = {"a", "an", "another", "A", "An", "Another", NULL};
    const char *at = text_at(claim, count->where.start);
    if (at == NULL || !(count->low == 1 && count->high == 1) || count->where.end <= count->where.start)
        return false;
    size_t length = word_length(at);
    bool name = isupper((unsigned char)at[0]) && length > 1 && strncmp(at, "One", length) != 0 &&
                strncmp(at, "ONE", length) != 0;
    return is_one_of(at, length, articles) || name;
}

bool number_is_part(const struct record_claim *claim, const struct record_count *whole,
                    const struct record_count *part)
{
    static const char *const before[] = {"includ", "among", "(",       ":",       "—", "–",
                                         " - ",    "--",    "of whom", "of them", NULL};
    static const char *const after[] = {" of them",   " of whom", " critically",
                                        " seriously", " fatally", " of the", NULL};
    const char *from = text_at(claim, whole->where.end), *to = text_at(claim, part->where.start);
    const char *behind = text_at(claim, part->where.end);
    if (from == NULL || to == NULL || behind == NULL || from > to)
        return false;
    return begins_with(behind, after) || has_before(from, to, before);
}

bool number_is_whole(const struct record_claim *claim, const struct record_count *part,
                     const struct record_count *whole)
{
    static const char *const links[] = {" of the ", " of their ", " of its ", " of some ", NULL};
    const char *from = text_at(claim, part->where.end), *to = text_at(claim, whole->where.start);
    return from != NULL && to != NULL && to > from && to - from <= 10 && begins_with(from, links);
}

bool number_is_vague(const struct record_claim *claim, const struct record_count *count)
{
    static const char *const words[] = {"ozens", "cores", "undreds", "housands", "everal", "few", "many",
                                        "tens", "Tens", "handful", NULL};
    const char *from = text_at(claim, count->where.start), *to = text_at(claim, count->where.end);
    return from != NULL && to != NULL && has_before(from, to, words);
}

bool number_is_hit(const struct record_claim *claim, const struct record_count *count)
{
    enum { REACH = 6 };
    static const char *const hit[] = {"shot", "stabbed", "SHOT", "Shot", NULL};
    static const char *const ends[] = {"and", "wounded", "injured", "killed", "hurt", "dead", NULL};
    static const char *const harms[] = {"injur", "wound", "Injur", "Wound", "burns", NULL};
    const char *trigger =
        claim->sentence != NULL && claim->trigger.end > 0 ? claim->sentence + claim->trigger.start : "";
    if (victims_fate(claim) == FATE_HIT && !begins_with(trigger, harms))
        return true;
    const char *at = text_at(claim, count->where.end);
    for (int i = 0; at != NULL && i < REACH; i++) {
        while (*at == ' ')
            at++;
        size_t length = word_length(at);
        if (length == 0 || is_one_of(at, length, ends))
            return false;
        if (is_one_of(at, length, hit))
            return true;
        at += length;
    }
    return false;
}

static bool says(const struct record_claim *claim, const char *const *words)
{
    for (; claim->sentence != NULL && *words != NULL; words++)
        if (strstr(claim->sentence, *words) != NULL)
            return true;
    return false;
}

bool number_is_of_days(const struct record_claim *claim)
{
    static const char *const words[] = {" since ",           " in the last ",   " in the past ",
                                        " over the last ",   " over the past ", " during the past ",
                                        " during the last ", " this year",      " this month",
                                        " so far in ", NULL};
    return says(claim, words);
}

bool number_is_of_events(const struct record_claim *claim)
{
    static const char *const words[] = {" separate ",        "shootings across", "shootings throughout",
                                        "shootings around",  "attacks across",   "attacks throughout",
                                        "attacks around",    "bombings across",  "bombings around",
                                        " incidents left ",  " other incidents", NULL};
    return says(claim, words);
}
