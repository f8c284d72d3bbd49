/* Finds by signs which stand a sentence tells of, and which stands exclude each other.
 *
 * A sign that begins earlier is read first, one higher in the table before one lower, and its words
 * are not read again: so "no longer fight" is to yield, not to fight. Left out: what is said in
 * other words, and hints. */
#include "record/stances.h"

#include <ctype.h>

enum { SIGN_WORDS = 6 };

#define REGIONS                                                                                    \
    "north|south|east|west|northeast|northwest|southeast|southwest|border|coast|country|capital|"  \
    "city|province"
#define TALKS "talks|negotiations|dialogue|deal|settlement"

static const struct sign {
    enum stance_type type;
    bool after;
    const char *words[SIGN_WORDS];
} signs[] = {
    {STANCE_FIGHT, false, {"not|never", "surrender|yield|capitulate"}},
    {STANCE_FIGHT, false, {"fight|fighting|resist", "to|until|till", "...", "death|end|last"}},
    {STANCE_FIGHT,
     false,
     {"vow|vowed|vows|pledged|pledge|sworn|determined", "to", "fight|resist|defend"}},
    {STANCE_FIGHT, false, {"still|were|are", "holding", "out"}},
    {STANCE_YIELD, false, {"no", "longer", "fight|resist"}},
    {STANCE_YIELD, false, {"stop|stopped|halt|cease|end", "fighting"}},
    {STANCE_YIELD, false, {"lay|laid|laying", "down", "their|its|his", "arms|weapons"}},
    {STANCE_YIELD, true, {"surrender", "of"}},
    {STANCE_YIELD, false, {"about|considering|discussing", "defecting|surrendering|surrender"}},
    {STANCE_YIELD, false, {"agreed|ready|willing|prepared|offered", "to", "surrender|disarm"}},
    {STANCE_YIELD, false, {"achieve|want|wants|seek|seeks|seeking|for", "...", "peace", "with"}},
    {STANCE_NO_TALK, false, {"ruled|rules|rule|ruling", "out", "any|all|further", TALKS}},
    {STANCE_NO_TALK, false, {"ruled|rules|rule|ruling", "out", TALKS}},
    {STANCE_NO_TALK, false, {"reject|rejects|rejected|refused|refuses", "any|all|further", TALKS}},
    {STANCE_NO_TALK, false, {"refused|refuses|refusing", "to", "negotiate|talk"}},
    {STANCE_NO_TALK, false, {"prevent|block", "a|any|the", "negotiated|peace", TALKS}},
    {STANCE_TALK, false, {TALKS, "are|is", "still|now|also", "underway|continuing|ongoing"}},
    {STANCE_TALK, false, {TALKS, "are|is", "underway|continuing|ongoing"}},
    {STANCE_TALK, false, {"open|ready|willing|prepared", "to|for", TALKS "|negotiate|talk"}},
    {STANCE_GAIN, false, {"gaining|gained|gains|gain", "ground"}},
    {STANCE_GAIN, false, {"on", "the", "offensive|advance"}},
    {STANCE_GAIN, false, {"strong|stronger|growing", "presence", "in"}},
    {STANCE_GAIN, false, {"making|made|make", "gains|advances|inroads"}},
    {STANCE_NOT_RULES, false, {"cannot|not|never|nobody", "...", "won", "the", "war"}},
    {STANCE_NOT_RULES, false, {"not|never|hardly", "won", "the", "war"}},
    {STANCE_RULES, false, {"seized|took|taken|seize|grabbed", "power"}},
    {STANCE_RULES, false, {"won", "the", "war"}},
    {STANCE_OFFICE,
     false,
     {"declared|proclaimed|declares|proclaims|styled", "himself|herself|themselves", "...",
      "president|leader|ruler|king|caliph|government"}},
    {STANCE_FLED, false, {"flight", "to"}},
    {STANCE_FLED, false, {"fled|flees|escaped", "abroad|to|into|the"}},
    {STANCE_RESIGNED, false, {"gave|gives|given|giving", "up", "power|office"}},
    {STANCE_RESIGNED, false, {"stepped|steps|stepping", "down"}},
    {STANCE_RESIGNED, false, {"handed|hands|handing", "over", "power"}},
    {STANCE_WHOLE, false, {"all|whole", "of", "the", REGIONS}},
    {STANCE_WHOLE, false, {"entire|whole", REGIONS}},
    {STANCE_PART,
     false,
     {"conquering|conquered|captured|capturing|seized|seizing|taken|took|controls|holds",
      "most|much|half|parts", "of", "the", REGIONS}},
};

static void keep_last_word(const char *from, const char *end, char last[SIGN_LETTERS])
{
    const char *at = from, *start;
    char word[SIGN_LETTERS];
    last[0] = '\0';
    while (at < end && sign_read_word(&at, word, &start) && start < end)
        memcpy(last, word, sizeof word);
}

uint32_t stances_find(const char *sentence, struct stance *stances, uint32_t most)
{
    char word[SIGN_LETTERS];
    const char *next = sentence, *start;
    uint32_t count = 0;
    while (count < most && sign_read_word(&next, word, &start))
        for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
            const struct sign *sign = &signs[i];
            const char *end = sign_is_among(word, sign->words[0])
                                  ? sign_end(sign->words, SIGN_WORDS, start)
                                  : NULL;
            if (end == NULL)
                continue;
            stances[count] = (struct stance){.type = sign->type,
                                             .start = (uint32_t)(start - sentence),
                                             .stop = (uint32_t)(end - sentence),
                                             .after = sign->after};
            keep_last_word(start, end, stances[count++].last);
            next = end;
            break;
        }
    return count;
}

const char *stance_says(enum stance_type type)
{
    static const char *const words[] = {[STANCE_YIELD] = "yields",
                                        [STANCE_FIGHT] = "fights",
                                        [STANCE_TALK] = "talks",
                                        [STANCE_NO_TALK] = "no talks",
                                        [STANCE_GAIN] = "gains ground",
                                        [STANCE_RULES] = "has won",
                                        [STANCE_NOT_RULES] = "has not won",
                                        [STANCE_OFFICE] = "claims the office",
                                        [STANCE_FLED] = "fled",
                                        [STANCE_RESIGNED] = "gave up power",
                                        [STANCE_WHOLE] = "all of it",
                                        [STANCE_PART] = "a part of it"};
    return words[type];
}

bool stances_oppose(enum stance_type left, enum stance_type right)
{
    static const enum stance_type pairs[][2] = {
        {STANCE_YIELD, STANCE_FIGHT},  {STANCE_TALK, STANCE_NO_TALK},
        {STANCE_GAIN, STANCE_GAIN},    {STANCE_RULES, STANCE_NOT_RULES},
        {STANCE_RULES, STANCE_OFFICE}, {STANCE_FLED, STANCE_RESIGNED},
        {STANCE_WHOLE, STANCE_PART},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if ((pairs[i][0] == left && pairs[i][1] == right) ||
            (pairs[i][0] == right && pairs[i][1] == left))
            return true;
    return false;
}
