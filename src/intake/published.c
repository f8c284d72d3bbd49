/* The day a report was published.
 *
 * Method: every printed date that could be it (date lines, bylines, datelines, dates behind a label
 * such as "Posted", the address) is scored by label, place on the page and by how well the body
 * agrees (evidence.c). A date whose day and month could change places is decided by other dates of
 * the page, weekdays, spelling, or not at all. Metadata of HTML win over print, except where the
 * two differ by one day, which is a time zone. No candidate good enough: unknown. A reader who
 * cannot know must not be told. Leaves out: "2 days ago" (nothing to count from), dates of events
 * in the body. */
#include "document/stage.h"
#include "intake/evidence.h"
#include "intake/imprint.h"

#include "bytes/hash.h"

enum { CANDIDATE_LIMIT = 64 };

struct candidate {
    int32_t day;
    float score;
    struct byte_span span;
    enum date_source source;
    bool updated;
};

struct search {
    const struct document *document;
    struct arena *scratch;
    struct words words;
    struct evidence evidence;
    uint32_t title, body; /* blocks: the title (NONE), the first body block */
    bool archived;        /* the page calls itself a stored copy */
    ARRAY(struct candidate) candidates;
};

enum label { LABEL_NONE, LABEL_PUBLISHED, LABEL_UPDATED, LABEL_FOREIGN };

static bool is_word(const struct word *word, const char *text)
{
    return word->hash == hash_bytes(text, strlen(text));
}

static bool is_any(const struct word *word, const char *const *texts)
{
    for (; *texts != NULL; texts++)
        if (is_word(word, *texts))
            return true;
    return false;
}

/* ------------------------------------------------------------------ what stands around a date */

static const char *const published_labels[] = {"published", "posted",  "filed",     "released",
                                               "issued",    "date",    "dated",     "publication",
                                               "uploaded",  "created", "submitted", NULL};
static const char *const updated_labels[] = {"updated", "update",    "modified", "revised",
                                             "edited",  "corrected", NULL};
static const char *const foreign_labels[] = {
    "archived", "saved",  "retrieved", "accessed",   "printed", "captured", "cached",
    "crawled",  "stored", "snapshot",  "downloaded", "today",   "today's",  "expires",
    "visited",  "viewed", "born",      "since",      "until",   NULL};
static const char *const archive_words[] = {"archive",   "archived", "archives", "cached",
                                            "library",   "stored",   "snapshot", "wayback",
                                            "retrieved", NULL};

static const char *const dated_words[] = {"date", "dated", "released", "issued", "created", NULL};

static enum label label_of(const struct word *word)
{
    if (is_any(word, published_labels))
        return LABEL_PUBLISHED;
    if (is_any(word, updated_labels))
        return LABEL_UPDATED;
    return is_any(word, foreign_labels) ? LABEL_FOREIGN : LABEL_NONE;
}

/* The label that words [first, date) before a date end in, at most five words back. "This story is
 * from" counts as one. */
static enum label find_label(const struct search *search, uint32_t first, uint32_t date)
{
    const struct word *words = search->words.list.items;
    for (uint32_t back = 1; back <= 5 && date >= first + back; back++) {
        enum label label = label_of(&words[date - back]);
        if (label != LABEL_NONE)
            return label;
        if (back == 1 && is_word(&words[date - 1], "from") && date >= first + 3 &&
            (is_word(&words[date - 3], "story") || is_word(&words[date - 3], "article")))
            return LABEL_PUBLISHED;
    }
    return LABEL_NONE;
}

static bool has_any(const struct search *search, struct byte_span span, const char *const *texts)
{
    uint32_t end = words_from(&search->words, span.end);
    for (uint32_t i = words_from(&search->words, span.start); i < end; i++)
        if (is_any(&search->words.list.items[i], texts))
            return true;
    return false;
}

/* ------------------------------------------------------------------ day and month, month and day
 */

/* How much speaks for reading `date` with the day first rather than the month. */
static float order_margin(const struct search *search, const struct printed_date *date)
{
    int32_t day_first = printed_date_day(date, false), month_first = printed_date_day(date, true);
    const struct evidence *evidence = &search->evidence;
    float margin = evidence_for(evidence, day_first) - evidence_for(evidence, month_first);
    if (date->weekday >= 0) {
        bool first = calendar_weekday(day_first) == (enum weekday)date->weekday;
        bool second = calendar_weekday(month_first) == (enum weekday)date->weekday;
        if (first != second)
            return first ? 9.0f : -9.0f;
    }
    margin += evidence->digits > 0 ? 2.5f : evidence->digits < 0 ? -2.5f : 0;
    margin += evidence->style > 0 ? 0.4f : evidence->style < 0 ? -0.4f : 0;
    margin += evidence->spelling > 1.5f ? 0.8f : evidence->spelling > 0 ? 0.4f : 0;
    margin -= evidence->spelling < -1.5f ? 0.8f : evidence->spelling < 0 ? 0.4f : 0;
    margin += date->separator == '-' ? 0.3f : 0;
    const char *url = search->document->report.url;
    if (url != NULL) {
        static const char *const day_first_countries[] = {".uk/", ".au/", ".in/", ".pk/", ".ie/",
                                                          ".fr/", ".de/", ".af/", ".nz/", NULL};
        for (int i = 0; day_first_countries[i] != NULL; i++)
            if (strstr(url, day_first_countries[i]) != NULL)
                margin += 0.8f;
        if (strstr(url, ".gov/") != NULL || strstr(url, ".mil/") != NULL)
            margin -= 0.8f;
    }
    return margin;
}

/* The year of a date that prints none: one that the page names elsewhere, if weekday or nearness
 * bear it out. */
static int32_t find_year(const struct search *search, const struct printed_date *date)
{
    int32_t found = 0;
    for (uint32_t i = 0; i < search->evidence.dates.list.count; i++) {
        const struct printed_date *other = &search->evidence.dates.list.items[i];
        int32_t then = other->ambiguous ? DAY_UNKNOWN : printed_date_day(other, false);
        if (then == DAY_UNKNOWN)
            continue;
        for (int32_t year = other->year; year <= other->year + 1; year++) {
            if (!calendar_is_valid(year, date->month, date->day))
                continue;
            int32_t day = calendar_day(year, date->month, date->day);
            bool near = day >= then && day - then <= 40;
            bool weekday =
                date->weekday >= 0 && calendar_weekday(day) == (enum weekday)date->weekday;
            if (near && (weekday || (date->weekday < 0 && day - then <= 14))) {
                if (found != 0 && found != year)
                    return 0;
                found = year;
            }
        }
    }
    return found;
}

/* The day a printed date means; DAY_UNKNOWN where it is not certain. */
static int32_t resolve(const struct search *search, const struct printed_date *date,
                       enum date_source *source)
{
    struct printed_date whole = *date;
    *source = DATE_PRINTED;
    if (whole.year == 0) {
        whole.year = find_year(search, date);
        *source = DATE_INFERRED;
    }
    if (whole.year == 0)
        return DAY_UNKNOWN;
    bool month_first = false;
    if (whole.ambiguous) {
        float margin = order_margin(search, &whole);
        if (margin < 0.75f && margin > -0.75f)
            return DAY_UNKNOWN;
        month_first = margin < 0;
    }
    int32_t day = printed_date_day(&whole, month_first);
    /* A weekday that disagrees says that one of the two is misprinted or misread. */
    if (day != DAY_UNKNOWN && whole.weekday >= 0 &&
        calendar_weekday(day) != (enum weekday)whole.weekday)
        return DAY_UNKNOWN;
    return day;
}

/* ------------------------------------------------------------------ candidates */

static void add_candidate(struct search *search, int32_t day, float score, struct byte_span span,
                          enum date_source source, bool updated)
{
    int32_t retrieved = search->document->report.retrieved;
    if (search->candidates.count >= CANDIDATE_LIMIT ||
        (retrieved != DAY_UNKNOWN && day > retrieved + 1))
        return; /* nothing is fetched before it is published; one day for time zones */
    struct candidate *candidate = array_push(&search->candidates);
    if (candidate != NULL)
        *candidate = (struct candidate){day, score, span, source, updated};
}

/* A date line above the title that is nothing but the day's date: often that of the visit. */
static bool is_page_date(const struct search *search, uint32_t b)
{
    return b <= 2 && search->document->blocks.items[b].kind == BLOCK_DATE &&
           (search->title == NONE || b < search->title);
}

static float place_score(const struct search *search, uint32_t b)
{
    const struct block *blocks = search->document->blocks.items;
    const struct block *block = &blocks[b];
    float score = 0;
    if (block->kind == BLOCK_DATELINE)
        score += b <= search->body + 1 ? 2.5f : -2.0f;
    if (block->kind == BLOCK_BYLINE)
        score += 2.0f;
    if (search->title != NONE && b > search->title && b < search->body)
        score += 2.0f;
    if (b > 0 && blocks[b - 1].kind == BLOCK_BYLINE && block->kind == BLOCK_DATE)
        score += 1.0f;
    bool above_title = b + 1 < search->document->blocks.count && blocks[b + 1].kind == BLOCK_TITLE;
    score += above_title ? 0.5f : 0;
    if (is_page_date(search, b))
        score -= b == 0 && !above_title ? 1.5f : 0.5f;
    if (b > search->body && search->body != NONE && block->kind != BLOCK_DATELINE)
        score -= 1.0f;
    bool archive =
        has_any(search, block->span, archive_words) ||
        (b + 1 < search->document->blocks.count && blocks[b + 1].kind == BLOCK_FURNITURE &&
         has_any(search, blocks[b + 1].span, archive_words));
    if (archive && (search->title == NONE || b < search->title))
        score -= 2.5f;
    return score;
}

static void add_date(struct search *search, uint32_t b, const struct printed_date *date,
                     enum label label)
{
    enum date_source source;
    int32_t day = resolve(search, date, &source);
    if (day == DAY_UNKNOWN || label == LABEL_FOREIGN)
        return;
    float score = 1.0f + place_score(search, b) + evidence_for(&search->evidence, day);
    score += label == LABEL_PUBLISHED ? 3.0f : label == LABEL_UPDATED ? 0.5f : 0;
    score += date->clock ? 0.5f : 0;
    score -= source == DATE_INFERRED ? 1.0f : 0;
    add_candidate(search, day, score, date->span, source, label == LABEL_UPDATED);
}

/* Dates of block `b`. In running text only a date right behind a label counts. */
static void read_block(struct search *search, uint32_t b)
{
    const struct block *block = &search->document->blocks.items[b];
    bool own =
        block->kind == BLOCK_DATE || block->kind == BLOCK_BYLINE || block->kind == BLOCK_DATELINE;
    bool edge = b <= search->body + 1 || b + 3 >= search->document->blocks.count;
    if (!own && (block->kind == BLOCK_CAPTION || !edge))
        return;
    struct printed_dates dates;
    uint32_t first = words_from(&search->words, block->span.start);
    uint32_t end = words_from(&search->words, block->span.end);
    if (end - first > (own ? 80u : 60u))
        return;
    printed_dates_find(&dates, search->scratch, search->document->text, &search->words, first, end);
    for (uint32_t i = 0; i < dates.list.count; i++) {
        const struct printed_date *date = &dates.list.items[i];
        uint32_t word = words_from(&search->words, date->span.start);
        uint32_t from =
            i == 0 ? first : words_from(&search->words, dates.list.items[i - 1].span.end);
        enum label label = find_label(search, from, word);
        bool tail = search->body != NONE && b > search->body && block->kind != BLOCK_DATELINE;
        if (label == LABEL_NONE && (!own || tail))
            continue; /* at the foot stand corrections and other reports */
        if (!own && is_any(&search->words.list.items[word > first ? word - 1 : word], dated_words))
            continue; /* "in a letter dated 12 May" */
        add_date(search, b, date, label);
    }
}

/* "/2015/10/03/", "/2015-10-03", "/20151003" in the address. */
static void read_address(struct search *search)
{
    const char *url = search->document->report.url;
    for (const char *at = url; at != NULL && *at != '\0'; at++) {
        if (*at != '/' && *at != '-' && *at != '_')
            continue;
        uint32_t digits[8], count = 0;
        const char *next = at + 1;
        char mark = 0;
        while (count < 8 && *next != '\0') {
            if (*next >= '0' && *next <= '9')
                digits[count++] = (uint32_t)(*next - '0');
            else if ((count == 4 || count == 6) && (mark == 0 || mark == *next) &&
                     (*next == '/' || *next == '-'))
                mark = *next;
            else
                break;
            next++;
        }
        if (count < 8 || (*next >= '0' && *next <= '9'))
            continue;
        uint32_t year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3];
        uint32_t month = digits[4] * 10 + digits[5], day = digits[6] * 10 + digits[7];
        if (year >= 1990 && year <= 2100 && calendar_is_valid((int32_t)year, month, day)) {
            int32_t found = calendar_day((int32_t)year, month, day);
            add_candidate(search, found, 3.0f + evidence_for(&search->evidence, found),
                          (struct byte_span){0, 0}, DATE_PRINTED, false);
            return;
        }
    }
}

/* "today, 24 April 2015" in the body. */
static void read_today(struct search *search)
{
    for (uint32_t i = 0; i < search->evidence.dates.list.count; i++) {
        const struct printed_date *date = &search->evidence.dates.list.items[i];
        uint32_t word = words_from(&search->words, date->span.start);
        enum date_source source;
        if (word == 0 || date->year == 0 ||
            !is_word(&search->words.list.items[word - 1], "today") ||
            search->words.list.items[word - 1].span.end + 3 < date->span.start)
            continue;
        int32_t day = resolve(search, date, &source);
        if (day != DAY_UNKNOWN)
            add_candidate(search, day, 1.5f + evidence_for(&search->evidence, day), date->span,
                          DATE_INFERRED, false);
    }
}

/* ------------------------------------------------------------------ choosing */

/* Equal days strengthen each other; an update gives way to any other date that is not later. */
static const struct candidate *choose(struct search *search)
{
    struct candidate *best = NULL;
    for (uint32_t i = 0; i < search->candidates.count; i++) {
        struct candidate *candidate = &search->candidates.items[i];
        float agreement = 0;
        for (uint32_t j = 0; j < search->candidates.count; j++)
            if (j != i && search->candidates.items[j].day == candidate->day)
                agreement = 0.5f;
        float score = candidate->score + agreement;
        bool better = best == NULL || score > best->score + 0.01f ||
                      (score > best->score - 0.3f && candidate->day < best->day);
        if (better) {
            candidate->score = score;
            best = candidate;
        }
    }
    return best != NULL && best->score >= 1.0f ? best : NULL;
}

static float certainty_of(const struct candidate *candidate)
{
    if (candidate->source == DATE_INFERRED)
        return 0.6f;
    if (candidate->updated)
        return 0.7f;
    return candidate->score >= 4 ? 0.97f : candidate->score >= 2.5f ? 0.9f : 0.75f;
}

static void settle(struct report_facts *report, const struct candidate *best)
{
    if (report->published_from == DATE_GIVEN) {
        report->published_certainty = 1;
        return;
    }
    bool known = report->published != DAY_UNKNOWN;
    if (known && report->published_certainty == 0)
        report->published_certainty = 0.95f;
    if (best == NULL)
        return;
    int32_t apart = known ? best->day - report->published : 0;
    bool time_zone = (apart == 1 || apart == -1) && best->source == DATE_PRINTED &&
                     !best->updated && best->score >= 3;
    if (known && apart == 0)
        report->published_span = best->span;
    if (known && !time_zone)
        return;
    report->published = best->day;
    report->published_from = best->source;
    report->published_span = best->span;
    report->published_certainty = certainty_of(best);
}

static annals_status published_run(const void *state, struct document *document,
                                   struct arena *scratch, annals_error *error)
{
    (void)state;
    (void)error;
    imprint_find(document, scratch);
    struct search search = {.document = document, .scratch = scratch, .title = NONE, .body = NONE};
    if (document->report.published_from == DATE_GIVEN) {
        settle(&document->report, NULL);
        return ANNALS_OK;
    }
    words_find(&search.words, scratch, document->text, document->length);
    array_init(&search.candidates, scratch);
    for (uint32_t b = 0; b < document->blocks.count; b++) {
        enum block_kind kind = document->blocks.items[b].kind;
        if (kind == BLOCK_TITLE && search.title == NONE)
            search.title = b;
        if (kind == BLOCK_BODY && search.body == NONE)
            search.body = b;
    }
    evidence_find(&search.evidence, scratch, document, &search.words);
    for (uint32_t b = 0; b < document->blocks.count; b++)
        read_block(&search, b);
    read_address(&search);
    read_today(&search);
    settle(&document->report, choose(&search));
    return ANNALS_OK;
}

const struct stage stage_published = {
    .name = "published",
    .summary = "publication date, title, byline and outlet as the page prints them",
    .needs = HAS_BLOCKS,
    .gives = HAS_FACTS,
    .run = published_run,
};
