/* What happened at another time than the report's, though nobody says when.
 *
 * Method: the day of the report is that of news told in its present. A chronology in the present
 * that goes on, "the next day" of a story, what is looked back on, "in the past", "during the war",
 * "weeks after they left" are of days that are not known; no day is better than the report's. */
#include "meaning/told_times_parts.h"

#include "document/stage.h"
#include "document/word_lists.h"
#include "meaning/time_distance.h"
#include "meaning/tree.h"

/* A chronology in the present goes on where a sentence has no date of its own: what "rebels seize"
 * behind "On May 8 a bomb kills" is not of the report's day. */
static bool goes_on_with_chronology(const struct document *document, uint32_t sentence,
                                    const struct tense_reading *reading)
{
    enum { SENTENCES = 6, WEEK = 7 };
    int32_t published = document->report.published;
    if (reading->tense != TENSE_PRESENT || !reading->simple || published == DAY_UNKNOWN)
        return false;
    for (uint32_t i = times_first_in(document, sentence); i-- > 0;) {
        const struct time_mention *time = &document->times.items[i];
        uint32_t before = document->tokens.items[time->tokens.first].sentence;
        if (before + SENTENCES < sentence)
            return false;
        if (time_dates(time) && time->type != TIME_DURATION && time->precision <= PRECISION_YEAR &&
            time->to < published - WEEK && time_told_in_present(document, before, time, true) &&
            time_dates_the_telling(document, time))
            return true;
    }
    return false;
}

/* "THE NEXT DAY, planes struck. Some of the crowd cheered": told on a day that nobody knows, which
 * is not that of the report. */
static bool is_told_on_unknown_day(const struct document *document, uint32_t sentence)
{
    static const char *const counted[] = {"next", "following", "later", "same", NULL};
    const struct sentence *sentences = document->sentences.items;
    uint32_t end = sentence + 1 < document->sentences.count ? times_first_in(document, sentence + 1)
                                                            : (uint32_t)document->times.count;
    for (uint32_t i = end; i-- > 0;) {
        const struct time_mention *time = &document->times.items[i];
        if (sentences[document->tokens.items[time->tokens.first].sentence].block !=
            sentences[sentence].block)
            return false;
        if (time->type != TIME_DATE)
            continue;
        if (time->value != NULL || time->from != DAY_UNKNOWN)
            return false;
        for (uint32_t j = time->tokens.first; j < time->tokens.end; j++)
            if (token_is_one_of(&document->tokens.items[j], counted))
                return true;
        return false;
    }
    return false;
}

/* "Remains of those KILLED in the raid": the word itself, or what it is told of within, up to who
 * says so. */
static bool is_within_what_lies_behind(const struct document *document, uint32_t token)
{
    const struct token *tokens = document->tokens.items;
    if ((document->layers & HAS_TREE) == 0)
        return false;
    for (uint32_t i = 0; i < CLIMB; i++) {
        enum relation relation = relation_universal(tokens[token].relation);
        if (time_lies_behind(document, token) || time_is_looked_back_on(document, token))
            return true;
        if (tokens[token].head == NONE || relation == REL_CCOMP || relation == REL_PARATAXIS)
            return false;
        token = tokens[token].head;
    }
    return false;
}

/* "In the past they were driven out", "captured during the border war", "weeks after they left": of
 * long ago, and nobody says when. */
static bool is_of_some_other_time(const struct document *document, uint32_t sentence,
                                  uint32_t token)
{
    enum { NEAR = 12 };
    const struct token *tokens = document->tokens.items;
    const struct sentence *whole = &document->sentences.items[sentence];
    if ((document->layers & HAS_TREE) == 0)
        return false;
    for (uint32_t i = times_first_in(document, sentence);
         i < document->times.count && document->times.items[i].span.start < whole->span.end; i++) {
        const struct time_mention *time = &document->times.items[i];
        if (time->value != NULL && strcmp(time->value, "PAST_REF") == 0 &&
            !token_in(&tokens[time->tokens.end - 1], WORDS_AGO_ON_THE_DAY) &&
            (time->tokens.end - time->tokens.first < 2 ||
             !token_in(&tokens[time->tokens.end - 2], WORDS_AGO_ON_THE_DAY)) &&
            time_distance(document, token, time) < NEAR)
            return true;
    }
    for (uint32_t i = token + 1; i < whole->tokens.end; i++)
        if (tokens[i].head == token && relation_universal(tokens[i].relation) == REL_OBL &&
            token_in(&tokens[i], WORDS_LONG_STRETCHES_OF_THE_PAST))
            for (uint32_t j = token + 1; j < i; j++)
                if (tokens[j].head == i && strcmp(tokens[j].folded, "during") == 0)
                    return true;
    /* "A few WEEKS AFTER", "YEARS BEFORE". */
    for (uint32_t i = whole->tokens.first + 1; i < whole->tokens.end; i++)
        if ((strcmp(tokens[i].folded, "after") == 0 || strcmp(tokens[i].folded, "before") == 0) &&
            token_in(&tokens[i - 1], WORDS_SPANS_OF_SOME_LENGTH) && tokens[i].head != NONE &&
            time_at_or_below(tokens, token, tokens[i].head))
            return true;
    return false;
}

bool time_is_another(const struct document *document, uint32_t sentence, uint32_t token,
                     const struct tense_reading *reading)
{
    return goes_on_with_chronology(document, sentence, reading) ||
           is_within_what_lies_behind(document, token) ||
           is_of_some_other_time(document, sentence, token) ||
           (reading->tense == TENSE_PAST && is_told_on_unknown_day(document, sentence));
}
