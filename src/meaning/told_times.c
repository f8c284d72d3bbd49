/* When what a word tells happened.
 * Method: of the sentence's own time expressions, the one nearest to the word in the tree, where
 * "nearest" stops at clauses: the time of "said" is not that of what was said, nor the time inside
 * a relative clause that of the main verb. Then the narrative time of the paragraph, then the date
 * of the report, the latter only for what is told in its present: the simple past or the present
 * perfect, not the past perfect ("had fled") unless it is a speaker's past ("said they had fled"),
 * not what will or would happen. Without a tree, the nearest expression in the sentence. What is
 * left out: times that only the order of events implies, but for "two days after". */
#include "meaning/times.h"

#include "document/stage.h"
#include "meaning/time_tense.h"

enum { FAR = 1000, CLIMB = 40, SHARED = 8, APART = 60 };

static const struct told_time nothing = {DAY_UNKNOWN, DAY_UNKNOWN, PRECISION_UNKNOWN, NULL, NONE};

/* Whether an expression can date something. */
static bool dates(const struct time_mention *time)
{
    return time->from != DAY_UNKNOWN && time->to != DAY_UNKNOWN &&
           time->precision != PRECISION_UNKNOWN && time->type != TIME_SET;
}

static uint32_t first_time_in(const struct document *document, uint32_t sentence)
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

/* The token of an expression whose head is outside of it. */
static uint32_t head_of(const struct document *document, struct token_range range)
{
    for (uint32_t i = range.first; i < range.end; i++) {
        uint32_t head = document->tokens.items[i].head;
        if (head == NONE || head < range.first || head >= range.end)
            return i;
    }
    return range.first;
}

/* What it costs to go from a token up to its head. Going out of a complement or a parenthesis means
 * another event; a clause that hangs on the verb shares its time more or less. */
static uint32_t cost_up(enum relation relation)
{
    switch (relation_universal(relation)) {
    case REL_CCOMP:
    case REL_PARATAXIS:
        return 60;
    case REL_ACL:
    case REL_CSUBJ:
        return 30;
    case REL_ADVCL:
        return 12;
    case REL_CONJ:
        return 6;
    case REL_XCOMP:
        return 2;
    default:
        return 3;
    }
}

/* What it costs when the expression hangs below the token by such a relation. */
static uint32_t cost_down(enum relation relation)
{
    switch (relation_universal(relation)) {
    case REL_CCOMP:
    case REL_PARATAXIS:
    case REL_ADVCL:
    case REL_CONJ:
        return 60;
    case REL_ACL:
        return 40;
    case REL_XCOMP:
        return 8;
    default:
        return 2;
    }
}

/* "Massacred them after TAKING the town in 1998", "among people WAITING a day earlier": a gerund
 * shares the time of its verb. */
static bool is_gerund(const struct token *token)
{
    return (token->relation == REL_ADVCL || token->relation == REL_ACL) &&
           token->upos == UPOS_VERB && token->folded_length > 4 &&
           strcmp(token->folded + token->folded_length - 3, "ing") == 0;
}

/* "Eight died WHEN rockets hit a market on Thursday": of one time with its verb, where a finite
 * verb says so. */
static bool is_when(const struct document *document, uint32_t verb)
{
    const struct token *tokens = document->tokens.items;
    const struct sentence *sentence = &document->sentences.items[tokens[verb].sentence];
    if (tokens[verb].relation != REL_ADVCL || tokens[verb].head > verb)
        return false;
    for (uint32_t i = verb; i-- > sentence->tokens.first;)
        if (tokens[i].head == verb && strcmp(tokens[i].folded, "when") == 0)
            return true;
    return false;
}

/* "The town WHICH THEY LOST in May": when that was says nothing of the verb above. What the noun
 * itself did
 * ("a blast that hit the market on Monday", "people who had fled to the mosque on Monday") is what
 * the verb above tells of, as like as not, and the day may be that verb's own. */
static bool is_aside(const struct document *document, uint32_t verb)
{
    const struct token *tokens = document->tokens.items;
    const struct sentence *sentence = &document->sentences.items[tokens[verb].sentence];
    if (tokens[verb].relation != REL_ACL_RELCL)
        return false;
    for (uint32_t i = verb; i-- > sentence->tokens.first;)
        if (tokens[i].head == verb && relation_universal(tokens[i].relation) == REL_NSUBJ)
            return (tokens[i].features & WORD_RELATIVE) == 0 &&
                   strcmp(tokens[i].folded, "who") != 0 && strcmp(tokens[i].folded, "which") != 0 &&
                   strcmp(tokens[i].folded, "that") != 0;
    return false;
}

/* Nouns in a row and what hangs on them belong to one clause. */
static bool is_nominal(const struct token *token)
{
    enum relation relation = relation_universal(token->relation);
    return (relation == REL_CONJ || relation == REL_LIST) &&
           (token->upos == UPOS_NOUN || token->upos == UPOS_PROPN);
}

/* "Marched on Friday after THE murder of a priest": what is known already was before. */
static bool is_known_before(const struct document *document, uint32_t token)
{
    const struct token *tokens = document->tokens.items;
    const struct sentence *sentence = &document->sentences.items[tokens[token].sentence];
    bool after = false, known = false;
    if (tokens[token].upos != UPOS_NOUN || relation_universal(tokens[token].relation) != REL_OBL)
        return false;
    for (uint32_t i = token; i-- > sentence->tokens.first;) {
        bool own = tokens[i].head == token;
        after |= own && tokens[i].relation == REL_CASE && strcmp(tokens[i].folded, "after") == 0;
        known |= own && tokens[i].relation == REL_DET && strcmp(tokens[i].folded, "the") == 0;
    }
    return after && known;
}

/* Distance in the tree from `token` to the expression's head, clause by clause. */
static uint32_t tree_distance(const struct document *document, uint32_t token, uint32_t time)
{
    const struct token *tokens = document->tokens.items;
    uint32_t up = 0, above = token;
    for (uint32_t step = 0; step < CLIMB; step++) {
        /* Is the expression below `above`? */
        uint32_t down = 0, below = time;
        for (uint32_t i = 0; i < CLIMB && below != above && tokens[below].head != NONE; i++) {
            down += is_nominal(&tokens[below])                              ? 2
                    : is_gerund(&tokens[below]) || is_when(document, below) ? SHARED
                    : is_aside(document, below)                             ? APART
                                                : cost_down(tokens[below].relation);
            below = tokens[below].head;
        }
        if (below == above)
            return up + down;
        if (tokens[above].head == NONE)
            break;
        up += is_known_before(document, above) ? FAR : cost_up(tokens[above].relation);
        above = tokens[above].head;
    }
    return FAR;
}

static uint32_t distance(const struct document *document, uint32_t token,
                         const struct time_mention *time)
{
    uint32_t head = head_of(document, time->tokens);
    if ((document->layers & HAS_TREE) != 0 && (document->tokens.items[token].head != NONE ||
                                               document->tokens.items[token].relation == REL_ROOT))
        return tree_distance(document, token, head);
    return head > token ? head - token : token - head;
}

static struct told_time from_mention(const struct document *document, uint32_t index,
                                     const char *anchor)
{
    const struct time_mention *time = &document->times.items[index];
    return (struct told_time){time->from, time->to, time->precision, anchor, index};
}

static struct told_time from_sentence(const struct document *document, uint32_t sentence,
                                      uint32_t token)
{
    enum { REACH = 50 };
    uint32_t end = document->sentences.items[sentence].span.end;
    uint32_t best = NONE, best_distance = REACH;
    for (uint32_t i = first_time_in(document, sentence);
         i < document->times.count && document->times.items[i].span.start < end; i++) {
        const struct time_mention *time = &document->times.items[i];
        if (!dates(time))
            continue;
        uint32_t far = distance(document, token, time);
        /* A finer date wins over a coarser one that is as near: "on Friday … this year". */
        far += time->precision > PRECISION_WEEK ? 1 : 0;
        if (far < best_distance) {
            best = i;
            best_distance = far;
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
static bool dates_the_telling(const struct document *document, const struct time_mention *time)
{
    const struct token *tokens = document->tokens.items;
    uint32_t at = head_of(document, time->tokens);
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
    uint32_t first = first_time_in(document, sentence);
    return first < document->times.count && document->times.items[first].span.start < span.end &&
           is_date_heading(document, sentence, &document->times.items[first]);
}

/* A chronology in the present ("On May 8 a bomb kills …"): the present after it is of the same
 * time, while the present after a past is that of the report. */
static bool is_told_in_present(const struct document *document, uint32_t sentence,
                               const struct time_mention *time)
{
    if (is_date_heading(document, sentence, time))
        return true;
    return tense_at(document, sentence, head_of(document, time->tokens)).tense == TENSE_PRESENT;
}

/* The last date that an earlier sentence of the paragraph names for what it tells. */
static struct told_time from_paragraph(const struct document *document, uint32_t sentence,
                                       enum time_tense tense)
{
    const struct sentence *sentences = document->sentences.items;
    for (uint32_t i = first_time_in(document, sentence); i-- > 0;) {
        const struct time_mention *time = &document->times.items[i];
        uint32_t before = document->tokens.items[time->tokens.first].sentence;
        if (sentences[before].block != sentences[sentence].block)
            break;
        bool ahead =
            document->report.published != DAY_UNKNOWN && time->from > document->report.published;
        /* "They had taken the town in May": told to look back, and the story goes on where it was. */
        bool back = tense_at(document, before, head_of(document, time->tokens)).before;
        if (dates(time) && time->type != TIME_DURATION && !ahead && !back &&
            time->precision <= PRECISION_YEAR && dates_the_telling(document, time) &&
            (tense != TENSE_PRESENT || is_told_in_present(document, before, time)))
            return from_mention(document, i, "narrative");
    }
    return nothing;
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
    if (told.time == NONE || published == DAY_UNKNOWN || !done || reading.unreal ||
        told.precision != PRECISION_DAY || told.from <= published || told.from - published > WEEK ||
        told.from != told.to)
        return told;
    const struct time_mention *time = &document->times.items[told.time];
    if (time->tokens.end - time->tokens.first != 1 || time->type != TIME_DATE)
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
        struct told_time told = from_sentence(document, sentence, token);
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

static bool is_at_or_below(const struct token *tokens, uint32_t token, uint32_t above)
{
    for (uint32_t i = 0; i < CLIMB && token != above && tokens[token].head != NONE; i++) {
        enum relation relation = relation_universal(tokens[token].relation);
        if (relation == REL_CCOMP || relation == REL_PARATAXIS)
            return false;
        token = tokens[token].head;
    }
    return token == above;
}

/* "Took it on Sunday, a day after the army left", "came two days before the attack": the token of
 * what is dated by the rest of the sentence, and by how many days; NONE where `token` is in no such
 * clause. */
static uint32_t dated_by_rest(const struct document *document, uint32_t sentence, uint32_t token,
                              int32_t *days)
{
    const struct token *tokens = document->tokens.items;
    const struct sentence *whole = &document->sentences.items[sentence];
    for (uint32_t i = first_time_in(document, sentence);
         i < document->times.count && document->times.items[i].span.start < whole->span.end; i++) {
        const struct time_mention *time = &document->times.items[i];
        uint32_t word = time->tokens.end;
        if (time->type != TIME_DURATION || word >= whole->tokens.end || tokens[word].head == NONE)
            continue;
        bool after = strcmp(tokens[word].folded, "after") == 0;
        uint32_t clause = tokens[word].head;
        if ((!after && strcmp(tokens[word].folded, "before") != 0) || tokens[clause].head == NONE ||
            clause < word || !is_at_or_below(tokens, token, clause))
            continue;
        *days = days_of(time->value);
        *days = after ? -*days : *days;
        return *days == (after ? 1 : -1) ? NONE : clause;
    }
    return NONE;
}

static bool has_own_date(const struct document *document, uint32_t sentence, uint32_t clause)
{
    const struct sentence *whole = &document->sentences.items[sentence];
    for (uint32_t i = first_time_in(document, sentence);
         i < document->times.count && document->times.items[i].span.start < whole->span.end; i++)
        if (dates(&document->times.items[i]) && document->times.items[i].type != TIME_DURATION &&
            is_at_or_below(document->tokens.items,
                           head_of(document, document->times.items[i].tokens), clause))
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

/* "TWO DAYS BEFORE the September 11 attacks he was murdered": the date is that of the attacks, so
 * many days from his death. */
static struct told_time apart_from_date(const struct document *document, uint32_t sentence,
                                        uint32_t token, struct told_time told)
{
    const struct token *tokens = document->tokens.items;
    const struct sentence *whole = &document->sentences.items[sentence];
    if (told.time == NONE || (document->layers & HAS_TREE) == 0)
        return told;
    uint32_t date = head_of(document, document->times.items[told.time].tokens);
    for (uint32_t i = first_time_in(document, sentence);
         i < document->times.count && document->times.items[i].span.start < whole->span.end; i++) {
        const struct time_mention *time = &document->times.items[i];
        uint32_t word = time->tokens.end;
        if (time->type != TIME_DURATION || word >= whole->tokens.end || tokens[word].head == NONE)
            continue;
        bool after = strcmp(tokens[word].folded, "after") == 0;
        uint32_t event = tokens[word].head;
        int32_t days = days_of(time->value);
        if ((!after && strcmp(tokens[word].folded, "before") != 0) || event < word || days < 0 ||
            date <= word || !is_at_or_below(tokens, date, event) ||
            is_at_or_below(tokens, token, event))
            continue;
        if (told.precision != PRECISION_DAY || told.to - told.from > 1)
            return nothing;
        told.from += after ? days : -days;
        told.to += after ? days : -days;
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

static struct told_time time_of_word(const struct document *document, uint32_t sentence,
                                     uint32_t token)
{
    struct told_time told = from_sentence(document, sentence, token);
    struct tense_reading reading = tense_at(document, sentence, token);
    if (told.from != DAY_UNKNOWN)
        return apart_from_date(
            document, sentence, token,
            not_to_come(document, sentence, token, up_to_report(document, told)));
    /* What had happened before is not dated by what is being told. */
    if ((reading.before && !is_backshifted(document, token)) || is_known_before(document, token))
        return nothing;
    bool future = reading.tense == TENSE_FUTURE || reading.unreal;
    if (!future)
        told = from_saying(document, sentence, token);
    if (!future && told.from == DAY_UNKNOWN)
        told = from_paragraph(document, sentence, reading.tense);
    if (told.from != DAY_UNKNOWN || future || document->report.published == DAY_UNKNOWN)
        return told;
    /* News reaches the reader on the day or the day after. */
    int32_t published = document->report.published;
    return (struct told_time){published - 1, published, PRECISION_DAY, "published", NONE};
}
