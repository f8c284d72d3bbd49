/* When what a word tells happened.
 * Method: of the sentence's own time expressions, the one nearest to the word in the tree, where
 * "nearest" stops at clauses: the time of "said" is not that of what was said, nor the time inside
 * a relative clause that of the main verb. Then the narrative time of the paragraph, then the date
 * of the report, the latter only for what is told in its present: the simple past or the present
 * perfect, not the past perfect ("had fled") unless it is a speaker's past ("said they had fled"),
 * not what will or would happen. Without a tree, the nearest expression in the sentence. What is
 * left out: times that only the order of events implies, but for "two days after". */
#include "meaning/told_times_parts.h"

#include "document/stage.h"
#include "document/word_lists.h"
#include "meaning/time_distance.h"
#include "meaning/time_tense.h"
#include "meaning/tree.h"

static const struct told_time nothing = {DAY_UNKNOWN, DAY_UNKNOWN, PRECISION_UNKNOWN, NULL, NONE};

bool time_dates(const struct time_mention *time)
{
    return time->from != DAY_UNKNOWN && time->to != DAY_UNKNOWN &&
           time->precision != PRECISION_UNKNOWN && time->type != TIME_SET;
}

/* "Their greatest success SINCE 2001": the time says how great, not when. */
static bool measures_rank(const struct document *document, const struct time_mention *time)
{
    enum { BETWEEN = 5 };
    const struct token *tokens = document->tokens.items;
    uint32_t first = time->tokens.first;
    if (first == 0 || strcmp(tokens[first - 1].folded, "since") != 0)
        return false;
    uint32_t since = first - 1,
             start = document->sentences.items[tokens[since].sentence].tokens.first;
    for (uint32_t i = since; i-- > start && since - i <= BETWEEN;) {
        if (tokens[i].upos == UPOS_VERB || tokens[i].upos == UPOS_PUNCT)
            return false;
        bool most = tokens[i].upos == UPOS_ADV && tokens[i + 1].upos == UPOS_ADJ;
        if ((tokens[i].upos == UPOS_ADJ || most) && (tokens[i].features & WORD_SUPERLATIVE) != 0)
            return true;
    }
    return false;
}

uint32_t times_first_in(const struct document *document, uint32_t sentence)
{
    uint32_t start = document->sentences.items[sentence].span.start;
    uint32_t low = 0, high = document->times.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (document->times.items[middle].span.start < start)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct told_time from_mention(const struct document *document, uint32_t index,
                                     const char *anchor)
{
    const struct time_mention *time = &document->times.items[index];
    return (struct told_time){time->from, time->to, time->precision, anchor, index};
}

/* "In 1968, WHEN tanks rolled in": the time that the clause explains; NONE where it is in none. */
static uint32_t time_before_when(const struct document *document, uint32_t sentence, uint32_t token)
{
    enum { STEPS = 3 };
    const struct token *tokens = document->tokens.items;
    uint32_t start = document->sentences.items[sentence].tokens.first, when = NONE;
    for (int step = 0; step < STEPS && when == NONE && tokens[token].head != NONE; step++) {
        for (uint32_t i = token; i-- > start && when == NONE;)
            if (tokens[i].head == token && strcmp(tokens[i].folded, "when") == 0)
                when = i;
        token = tokens[token].head;
    }
    if (when == NONE || when == start)
        return NONE;
    uint32_t end = strcmp(tokens[when - 1].folded, ",") == 0 ? when - 1 : when;
    for (uint32_t i = times_first_in(document, sentence);
         i < document->times.count && document->times.items[i].tokens.end <= end; i++)
        if (document->times.items[i].tokens.end == end && time_dates(&document->times.items[i]) &&
            document->times.items[i].type != TIME_DURATION)
            return i;
    return NONE;
}

/* "Last summer" in a report of no known day: it dates its clause, but nobody can say when that was.
 */
static bool is_left_open(const struct document *document, const struct time_mention *time)
{
    return document->report.published == DAY_UNKNOWN && time->value == NULL &&
           (time->type == TIME_DATE || time->type == TIME_TIME);
}

/* "BY Friday", "UNTIL Friday". */
static bool is_deadline(const struct document *document, const struct time_mention *time)
{
    static const char *const words[] = {"by", "until", NULL};
    uint32_t first = time->tokens.first;
    return first > 0 && token_is_one_of(&document->tokens.items[first - 1], words);
}

/* "Told them TO LEAVE BY FRIDAY": the day is that of what they are to do. */
static bool is_set_for_others(const struct document *document, uint32_t token,
                              const struct time_mention *time)
{
    const struct token *tokens = document->tokens.items;
    uint32_t at = time_head(document, time->tokens);
    for (uint32_t i = 0; i < CLIMB && tokens[at].head != NONE && tokens[at].upos != UPOS_VERB; i++)
        at = tokens[at].head;
    return tokens[at].upos == UPOS_VERB && at != token && tokens[at].head == token &&
           (tokens[at].features & WORD_INFINITIVE) != 0 && is_deadline(document, time);
}

/* "*open": nearest of all is an expression that nobody can say the day of. */
static struct told_time from_sentence(const struct document *document, uint32_t sentence,
                                      uint32_t token, bool *open)
{
    enum { REACH = 50 };
    *open = false;
    uint32_t end = document->sentences.items[sentence].span.end;
    uint32_t best = NONE, best_distance = REACH;
    uint32_t explained =
        (document->layers & HAS_TREE) != 0 ? time_before_when(document, sentence, token) : NONE;
    if (explained != NONE)
        return from_mention(document, explained, "sentence");
    for (uint32_t i = times_first_in(document, sentence);
         i < document->times.count && document->times.items[i].span.start < end; i++) {
        const struct time_mention *time = &document->times.items[i];
        bool left_open = is_left_open(document, time);
        if ((!time_dates(time) && !left_open) || measures_rank(document, time) ||
            is_set_for_others(document, token, time))
            continue;
        uint32_t far = time_distance(document, token, time);
        /* A finer date wins over a coarser one that is as near: "on Friday … this year". */
        far += time->precision > PRECISION_WEEK ? 1 : 0;
        if (far < best_distance) {
            best = left_open ? NONE : i;
            best_distance = far;
            *open = left_open;
        }
    }
    return best == NONE ? nothing : from_mention(document, best, "sentence");
}

static bool is_bare_or_on(const struct document *document, uint32_t first)
{
    const struct token *before = first > 0 ? &document->tokens.items[first - 1] : NULL;
    return before == NULL || before->upos != UPOS_ADP || strcmp(before->folded, "on") == 0;
}

/* Whether an expression dates what its sentence tells: it hangs on the main verb, not on a noun
 * ("the May attacks") nor in a relative clause or in what somebody said. */
bool time_dates_the_telling(const struct document *document, const struct time_mention *time)
{
    const struct token *tokens = document->tokens.items;
    uint32_t at = time_head(document, time->tokens);
    if ((document->layers & HAS_TREE) == 0)
        return true;
    for (uint32_t i = 0; i < CLIMB && tokens[at].head != NONE; i++) {
        enum relation relation = relation_universal(tokens[at].relation);
        bool of_noun = relation == REL_NMOD || relation == REL_COMPOUND || relation == REL_AMOD;
        /* "Took Gao on Sunday", misread as "Gao on Sunday". */
        of_noun &= tokens[at].head > at || !is_bare_or_on(document, time->tokens.first);
        if (of_noun || relation == REL_ACL)
            return false;
        at = tokens[at].head;
    }
    return true;
}

/* "May 19:": a sentence of nothing but the date that heads an entry of a chronology. */
static bool is_date_heading(const struct document *document, uint32_t sentence,
                            const struct time_mention *time)
{
    struct token_range words = document->sentences.items[sentence].tokens;
    for (uint32_t i = words.first; i < words.end; i++)
        if ((i < time->tokens.first || i >= time->tokens.end) &&
            (document->tokens.items[i].flags & TOKEN_PUNCTUATION) == 0)
            return false;
    return true;
}

bool times_heads_entry(const struct document *document, uint32_t sentence)
{
    struct byte_span span = document->sentences.items[sentence].span;
    uint32_t first = times_first_in(document, sentence);
    return first < document->times.count && document->times.items[first].span.start < span.end &&
           is_date_heading(document, sentence, &document->times.items[first]);
}

/* A chronology in the present ("On May 8 a bomb kills …"): the present after it is of the same
 * time, while the present after a past is that of the report. */
bool time_told_in_present(const struct document *document, uint32_t sentence,
                          const struct time_mention *time, bool simple)
{
    if (is_date_heading(document, sentence, time))
        return true;
    const struct token *tokens = document->tokens.items;
    uint32_t verb = time_head(document, time->tokens);
    for (uint32_t i = 0; i < CLIMB && tokens[verb].head != NONE && tokens[verb].upos != UPOS_VERB;
         i++)
        verb = tokens[verb].head;
    struct tense_reading reading = tense_at(document, sentence, verb);
    return reading.tense == TENSE_PRESENT && (reading.simple || !simple);
}

/* The last date that an earlier sentence of the paragraph names for what it tells. */
static struct told_time from_paragraph(const struct document *document, uint32_t sentence,
                                       enum time_tense tense)
{
    const struct sentence *sentences = document->sentences.items;
    for (uint32_t i = times_first_in(document, sentence); i-- > 0;) {
        const struct time_mention *time = &document->times.items[i];
        uint32_t before = document->tokens.items[time->tokens.first].sentence;
        if (sentences[before].block != sentences[sentence].block)
            break;
        bool ahead =
            document->report.published != DAY_UNKNOWN && time->from > document->report.published;
        /* "They had taken the town in May": told to look back, and the story goes on where it was.
         */
        bool back = tense_at(document, before, time_head(document, time->tokens)).before;
        if (time_dates(time) && time->type != TIME_DURATION && !ahead && !back &&
            time->precision <= PRECISION_YEAR && time_dates_the_telling(document, time) &&
            (tense != TENSE_PRESENT || time_told_in_present(document, before, time, false)))
            return from_mention(document, i, "narrative");
    }
    return nothing;
}

/* "THE FOLLOWING DAYS other towns fall": behind the day told before, and up to the report. */
static struct told_time later_days(const struct document *document, uint32_t sentence,
                                   struct told_time told)
{
    enum { HEAD = 4, LONGEST = 31 };
    const struct token *tokens = document->tokens.items;
    struct token_range words = document->sentences.items[sentence].tokens;
    uint32_t at = NONE;
    for (uint32_t i = words.first; i + 1 < words.end && i < words.first + HEAD && at == NONE; i++)
        if (token_in(&tokens[i], WORDS_LATER_THAN_TOLD) &&
            token_in(&tokens[i + 1], WORDS_SPELLS_OF_TIME))
            at = i;
    if (at == NONE || told.from == DAY_UNKNOWN)
        return told;
    int32_t published = document->report.published;
    if (published == DAY_UNKNOWN || published <= told.to || published - told.to > LONGEST)
        return nothing;
    told.from = told.to + 1;
    told.to = published;
    told.time = NONE;
    return told;
}

/* "Said that rebels had fled": what was "they fled" to the speaker, who speaks in the report's
 * present. */
static bool is_backshifted(const struct document *document, uint32_t token)
{
    const struct token *tokens = document->tokens.items;
    for (uint32_t i = 0; i < CLIMB && tokens[token].head != NONE; i++) {
        enum relation relation = relation_universal(tokens[token].relation);
        uint32_t above = tokens[token].head;
        if (relation == REL_CCOMP)
            return (tokens[above].features & WORD_PAST) != 0 &&
                   !tense_at(document, tokens[above].sentence, above).before;
        if (relation == REL_ACL || relation == REL_ADVCL)
            return false;
        token = above;
    }
    return false;
}

/* "Friday", "Friday night", "10 p.m. Friday", not "next Friday", "12 May". */
static bool is_bare_weekday(const struct document *document, const struct time_mention *time)
{
    enum { LONGEST = 3 };
    const struct token *tokens = document->tokens.items;
    uint32_t first = time->tokens.first;
    if (is_deadline(document, time) && strcmp(tokens[time->tokens.end].folded, "'s") != 0)
        return false;
    if (time->tokens.end - first == 1)
        return time->type == TIME_DATE;
    if (time->type != TIME_TIME && time->tokens.end - time->tokens.first > LONGEST)
        return false;
    for (uint32_t i = time->tokens.first; i < time->tokens.end; i++)
        if (strcmp(tokens[i].folded, "next") == 0 || strcmp(tokens[i].folded, "this") == 0 ||
            (tokens[i].upos == UPOS_NUM && time->type != TIME_TIME))
            return false;
    return true;
}

/* "They are known to have been killed by Friday's bomb": what is done was not done on a weekday to
 * come. */
static struct told_time not_to_come(const struct document *document, uint32_t sentence,
                                    uint32_t token, struct told_time told)
{
    enum { WEEK = 7 };
    int32_t published = document->report.published;
    struct tense_reading reading = tense_at(document, sentence, token);
    /* "Has warned them to GIVE UP by Friday", "set a Friday deadline": not done yet. */
    const struct token *word = &document->tokens.items[token];
    bool done = (reading.before || reading.perfect || reading.tense == TENSE_PAST) &&
                word->upos == UPOS_VERB && (word->features & WORD_INFINITIVE) == 0;
    done |= word->upos == UPOS_NOUN && token_in(word, WORDS_UNFORESEEN_EVENTS);
    if (told.time == NONE || published == DAY_UNKNOWN || !done || reading.unreal ||
        told.precision != PRECISION_DAY || told.from <= published || told.from - published > WEEK ||
        told.from != told.to)
        return told;
    const struct time_mention *time = &document->times.items[told.time];
    if (!is_bare_weekday(document, time) ||
        (word->upos == UPOS_NOUN &&
         tense_at(document, sentence, time_head(document, time->tokens)).tense == TENSE_FUTURE))
        return told;
    told.from -= WEEK;
    told.to -= WEEK;
    return told;
}

/* "Since Friday": up to the report. */
static struct told_time up_to_report(const struct document *document, struct told_time told)
{
    uint32_t first = told.time != NONE ? document->times.items[told.time].tokens.first : 0;
    if (first > 0 && strcmp(document->tokens.items[first - 1].folded, "since") == 0 &&
        document->report.published > told.to)
        told.to = document->report.published;
    return told;
}

/* "Announced on Tuesday that all were dead": what is news to the speaker on that day. */
static struct told_time from_saying(const struct document *document, uint32_t sentence,
                                    uint32_t token)
{
    const struct token *tokens = document->tokens.items;
    for (uint32_t i = 0; i < CLIMB && tokens[token].head != NONE; i++) {
        bool said = relation_universal(tokens[token].relation) == REL_CCOMP;
        token = tokens[token].head;
        if (!said)
            continue;
        bool open;
        struct told_time told = from_sentence(document, sentence, token, &open);
        if (told.precision != PRECISION_DAY)
            return nothing;
        told.from--;
        told.anchor = "narrative";
        return told;
    }
    return nothing;
}

/* Days of "P2D", "P1W", "PT5H" (none); -1 for what has no such length. */
static int32_t days_of(const char *value)
{
    int32_t number = 0;
    if (value == NULL || value[0] != 'P')
        return -1;
    if (value[1] == 'T')
        return 0;
    for (value++; *value >= '0' && *value <= '9' && number < 1000; value++)
        number = number * 10 + (*value - '0');
    bool days = value[0] == 'D', weeks = value[0] == 'W';
    return number > 0 && (days || weeks) && value[1] == '\0' ? number * (weeks ? 7 : 1) : -1;
}

bool time_at_or_below(const struct token *tokens, uint32_t token, uint32_t above)
{
    for (uint32_t i = 0; i < CLIMB && token != above && tokens[token].head != NONE; i++) {
        enum relation relation = relation_universal(tokens[token].relation);
        if (relation == REL_CCOMP || relation == REL_PARATAXIS)
            return false;
        token = tokens[token].head;
    }
    return token == above;
}

/* "Two days after the army left": a length of time from an event of the sentence. */
struct gap {
    uint32_t word;  /* "after" or "before" */
    uint32_t event; /* the token that the event hangs by */
    int32_t days;   /* -1: unknown, or none that is counted in days */
    bool after;     /* else before */
};

/* The next gap of the sentence from time `*at` on, which moves behind it; false where there is
 * none.
 */
static bool next_gap(const struct document *document, const struct sentence *sentence, uint32_t *at,
                     struct gap *gap)
{
    const struct token *tokens = document->tokens.items;
    while (*at < document->times.count) {
        const struct time_mention *time = &document->times.items[(*at)++];
        uint32_t word = time->tokens.end;
        if (time->span.start >= sentence->span.end)
            return false;
        if (time->type != TIME_DURATION || word >= sentence->tokens.end ||
            tokens[word].head == NONE || tokens[word].head < word)
            continue;
        bool after = strcmp(tokens[word].folded, "after") == 0;
        bool prior = strcmp(tokens[word].folded, "prior") == 0 && word + 1 < sentence->tokens.end &&
                     strcmp(tokens[word + 1].folded, "to") == 0;
        if (!after && !prior && strcmp(tokens[word].folded, "before") != 0)
            continue;
        *gap = (struct gap){word, tokens[word].head, days_of(time->value), after};
        return true;
    }
    return false;
}

/* "Took it on Sunday, a day after the army left", "came two days before the attack": the token of
 * what is dated by the rest of the sentence, and by how many days; NONE where `token` is in no such
 * clause. */
static uint32_t dated_by_rest(const struct document *document, uint32_t sentence, uint32_t token,
                              int32_t *days)
{
    const struct token *tokens = document->tokens.items;
    uint32_t at = times_first_in(document, sentence);
    struct gap gap;
    while (next_gap(document, &document->sentences.items[sentence], &at, &gap)) {
        if (tokens[gap.event].head == NONE || !time_at_or_below(tokens, token, gap.event))
            continue;
        *days = gap.after ? -gap.days : gap.days;
        return gap.days < 0 ? NONE : gap.event;
    }
    return NONE;
}

static bool has_own_date(const struct document *document, uint32_t sentence, uint32_t clause)
{
    const struct sentence *whole = &document->sentences.items[sentence];
    for (uint32_t i = times_first_in(document, sentence);
         i < document->times.count && document->times.items[i].span.start < whole->span.end; i++)
        if (time_dates(&document->times.items[i]) &&
            document->times.items[i].type != TIME_DURATION &&
            time_at_or_below(document->tokens.items,
                             time_head(document, document->times.items[i].tokens), clause))
            return true;
    return false;
}

static struct told_time time_of_word(const struct document *document, uint32_t sentence,
                                     uint32_t token);

/* By the time of what it came before or after. */
static struct told_time from_rest(const struct document *document, uint32_t sentence,
                                  uint32_t token)
{
    int32_t days = 0;
    uint32_t clause =
        (document->layers & HAS_TREE) != 0 ? dated_by_rest(document, sentence, token, &days) : NONE;
    if (clause == NONE || has_own_date(document, sentence, clause))
        return nothing;
    struct told_time told = time_of_word(document, sentence, document->tokens.items[clause].head);
    if (told.from == DAY_UNKNOWN || told.precision != PRECISION_DAY || told.to - told.from > 1)
        return nothing;
    told.from += days;
    told.to += days;
    told.anchor = "sentence";
    told.time = NONE;
    return told;
}

/* "Began the campaign after THE FALL OF THE KING in 1989", with the year hung on the verb at times:
 * it is the year of the phrase right before it, and when the rest was is not told. */
static bool is_of_noun_before(const struct document *document, uint32_t token,
                              const struct time_mention *time)
{
    static const char *const since[] = {"after", "since", "before", "following", NULL};
    const struct token *tokens = document->tokens.items;
    uint32_t date = time_head(document, time->tokens), first = time->tokens.first;
    uint32_t start = document->sentences.items[tokens[date].sentence].tokens.first;
    if (time->precision < PRECISION_YEAR || first == start || tokens[first - 1].upos != UPOS_ADP)
        return false;
    for (uint32_t i = first - 1; i-- > start;) {
        uint32_t noun = tokens[i].head;
        bool verb = tokens[i].upos == UPOS_VERB && tokens[i].relation != REL_AMOD;
        if (verb || tokens[i].upos == UPOS_AUX || (tokens[i].flags & TOKEN_QUOTED) != 0 ||
            strcmp(tokens[i].folded, ",") == 0)
            return false;
        if (tokens[i].relation == REL_CASE && token_is_one_of(&tokens[i], since))
            return noun != NONE && noun > i && noun < first && tokens[noun].upos == UPOS_NOUN &&
                   !time_at_or_below(tokens, token, noun);
    }
    return false;
}

/* "Confirmed on Friday REPORTS THAT ten had died": the day is that of the word, not of what the
 * reports tell, which were there before. */
static bool is_of_reports(const struct document *document, uint32_t token,
                          const struct time_mention *time)
{
    const struct token *tokens = document->tokens.items;
    uint32_t date = time_head(document, time->tokens);
    if (!tense_at(document, tokens[token].sentence, token).before)
        return false;
    for (uint32_t i = 0; i < CLIMB && tokens[token].head != NONE; i++) {
        uint32_t above = tokens[token].head;
        if (relation_universal(tokens[token].relation) == REL_ACL && above < token &&
            token_in(&tokens[above], WORDS_TELL_OF_EARLIER_DEEDS))
            return tokens[above].head != NONE &&
                   token_in(&tokens[tokens[above].head], WORDS_ANSWER_REPORTS) &&
                   !time_at_or_below(tokens, date, above);
        if (relation_universal(tokens[token].relation) == REL_CCOMP)
            return false;
        token = above;
    }
    return false;
}

/* "TWO DAYS BEFORE the September 11 attacks he was murdered": the date is that of the attacks, so
 * many days from his death. */
static struct told_time apart_from_date(const struct document *document, uint32_t sentence,
                                        uint32_t token, struct told_time told)
{
    const struct token *tokens = document->tokens.items;
    if (told.time == NONE || (document->layers & HAS_TREE) == 0)
        return told;
    if (is_of_noun_before(document, token, &document->times.items[told.time]) ||
        is_of_reports(document, token, &document->times.items[told.time]))
        return nothing;
    uint32_t date = time_head(document, document->times.items[told.time].tokens);
    uint32_t at = times_first_in(document, sentence);
    struct gap gap;
    while (next_gap(document, &document->sentences.items[sentence], &at, &gap)) {
        if (gap.days < 0 || date <= gap.word || !time_at_or_below(tokens, date, gap.event) ||
            time_at_or_below(tokens, token, gap.event))
            continue;
        if (told.precision != PRECISION_DAY || told.to - told.from > 1)
            return nothing;
        told.from += gap.after ? gap.days : -gap.days;
        told.to += gap.after ? gap.days : -gap.days;
        told.time = NONE;
        return told;
    }
    return told;
}

struct told_time times_for(const struct document *document, uint32_t sentence, uint32_t token)
{
    if ((document->layers & HAS_TIMES) == 0 || sentence >= document->sentences.count)
        return nothing;
    struct told_time told = from_rest(document, sentence, token);
    return told.from != DAY_UNKNOWN ? told : time_of_word(document, sentence, token);
}

/* "Condemned THE attack", told of before, not "charged with murder". */
static bool is_pointed_out(const struct document *document, uint32_t noun)
{
    static const char *const words[] = {"the", "this", "that", "these", "those", NULL};
    const struct token *tokens = document->tokens.items;
    uint32_t start = document->sentences.items[tokens[noun].sentence].tokens.first;
    for (uint32_t i = noun; i-- > start;)
        if (tokens[i].head == noun && tokens[i].relation == REL_DET)
            return token_is_one_of(&tokens[i], words);
    return false;
}

static struct told_time time_of_word(const struct document *document, uint32_t sentence,
                                     uint32_t token)
{
    bool open;
    struct told_time told = from_sentence(document, sentence, token, &open);
    struct tense_reading reading = tense_at(document, sentence, token);
    if (open)
        return nothing;
    if (told.from != DAY_UNKNOWN)
        return apart_from_date(
            document, sentence, token,
            not_to_come(document, sentence, token, up_to_report(document, told)));
    /* What had happened before is not dated by what is being told. */
    if ((reading.before && !is_backshifted(document, token)) || time_lies_behind(document, token) ||
        (time_is_looked_back_on(document, token) && !is_pointed_out(document, token)))
        return nothing;
    bool future = reading.tense == TENSE_FUTURE || reading.unreal;
    if (!future)
        told = from_saying(document, sentence, token);
    if (!future && told.from == DAY_UNKNOWN)
        told = later_days(document, sentence, from_paragraph(document, sentence, reading.tense));
    if (told.from != DAY_UNKNOWN || future || document->report.published == DAY_UNKNOWN ||
        time_is_another(document, sentence, token, &reading))
        return told;
    /* News reaches the reader on the day or the day after. */
    int32_t published = document->report.published;
    return (struct told_time){published - 1, published, PRECISION_DAY, "published", NONE};
}
