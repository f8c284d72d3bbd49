/* A claim as a line that a newspaper's chronology would print.
 *
 * Where the clause that tells it is clear, the line is that clause, in the report's own words, with
 * names in place of pronouns. Elsewhere it is the sentence, quoted. Who holds a place, what is
 * denied, and a claim without a sentence (read from a table, or with places made coarse) is worded
 * here, by PLOVER type and mode (line_wording.c): a verb in the past tense where it is known who
 * did it to whom, a noun where not, or where it did not (yet) happen: "Planned: attack on Kunduz by
 * Taliban". Past tense needs no agreement of number, and nouns need no tense, so that no grammar is
 * guessed. What is left out: instruments, places (they stand beside the line), all but three names
 * of a list. */
#include "render/line.h"

#include "bytes/utf8.h"
#include "dictionary/articles.h"
#include "render/dates.h"
#include "render/line_quotation.h"
#include "render/line_wording.h"

#include <math.h>
#include <string.h>
#include <strings.h>

/* ------------------------------------------------------------------ parts of a line */

const char *line_actor(const struct record_actor *actor)
{
    static const char *const pronouns[] = {"he",   "him",  "his",   "she", "her",   "it",   "its",
                                           "they", "them", "who",   "we",  "us",    "i",    "you",
                                           "that", "this", "those", "one", "which", "their"};
    enum { LONGEST = 60 };
    const char *words = actor->words;
    bool named = actor->name != NULL && actor->name[0] != '\0';
    size_t length = words != NULL ? strlen(words) : 0;
    /* Who has no name of their own is best told by the report's words: "three villagers". */
    bool unnamed = actor->kind != NULL && (strcmp(actor->kind, "unnamed group") == 0 ||
                                           strcmp(actor->kind, "population") == 0);
    if (named && (!unnamed || length == 0 || length > LONGEST))
        return actor->name;
    char lower[8] = "";
    for (size_t i = 0; length < sizeof lower && i < length; i++)
        lower[i] = words[i] >= 'A' && words[i] <= 'Z' ? (char)(words[i] + 32) : words[i];
    for (size_t i = 0; i < sizeof pronouns / sizeof pronouns[0]; i++)
        if (length == 0 || strcmp(lower, pronouns[i]) == 0)
            return named ? actor->name : NULL;
    return words;
}

/* A name inside a line: its article small, unless the line begins with it. */
static void add_name(struct buffer *buffer, const char *name)
{
    /* What begins a sentence in the report stands within one here. */
    static const char *const openings[] = {
        "The ",       "A ",         "An ",        "His ",       "Her ",       "Its ",
        "Their ",     "Our ",       "Some ",      "Several ",   "Many ",      "Most ",
        "Two ",       "Three ",     "Four ",      "Five ",      "Other ",     "Another ",
        "Both ",      "Few ",       "One ",       "All ",       "Local ",     "Senior ",
        "Unnamed ",   "People ",    "Officials ", "Residents ", "Witnesses ", "Eyewitnesses ",
        "Villagers ", "Doctors ",   "Survivors ", "Relatives ", "Refugees ",  "Soldiers ",
        "Police ",    "Activists ", "Members ",   "Those ",     "These ",     "Military ",
        "Security ",  "Medical ",   "Aid ",       "Lawyers ",   "Guards ",    "Emails ",
    };
    enum { ARTICLES = 3 };
    for (size_t i = 0; buffer->length > 0 && i < sizeof openings / sizeof openings[0]; i++) {
        size_t length = strlen(openings[i]);
        /* "according to residents" */
        if (i >= ARTICLES && strlen(name) == length - 1 &&
            strncmp(name, openings[i], length - 1) == 0) {
            buffer_add_byte(buffer, (char)(name[0] + 32));
            name++;
            break;
        }
        bool article = i < ARTICLES && strncasecmp(name, openings[i], length) == 0;
        if (article || (strncmp(name, openings[i], length) == 0 && name[length] >= 'a' &&
                        name[length] <= 'z')) {
            /* "Doctors at the hospital", but "Doctors Without Borders". */
            buffer_print(buffer, "%c%s", openings[i][0] + 32, openings[i] + 1);
            name += length;
            break;
        }
    }
    buffer_add_string(buffer, name);
}

/* The place of a participant among those that can be named and differ; false where it is none. */
static bool is_listed(const struct record_actor *actors, uint32_t index)
{
    const char *name = line_actor(&actors[index]);
    for (uint32_t i = 0; name != NULL && i < index; i++) {
        const char *other = line_actor(&actors[i]);
        if (other != NULL && strcmp(other, name) == 0)
            return false;
    }
    return name != NULL;
}

static uint32_t count_listed(const struct record_actor *actors, uint32_t count)
{
    uint32_t listed = 0;
    for (uint32_t i = 0; i < count; i++)
        listed += is_listed(actors, i);
    return listed;
}

void line_add_actors(struct buffer *buffer, const struct record_actor *actors, uint32_t count,
                     const char *between)
{
    bool any = false;
    for (uint32_t i = 0; i < count; i++) {
        if (!is_listed(actors, i))
            continue;
        buffer_add_string(buffer, any ? between : "");
        buffer_add_string(buffer, line_actor(&actors[i]));
        any = true;
    }
}

/* A name without its article. */
static const char *bare(const char *name)
{
    static const char *const articles[] = {"the ", "The ", "a ", "A ", "an ", "An "};
    for (size_t i = 0; i < sizeof articles / sizeof articles[0]; i++)
        if (strncmp(name, articles[i], strlen(articles[i])) == 0)
            return name + strlen(articles[i]);
    return name;
}

/* Whether the line since `start` holds the name already: "A town west of Kabul is reporting
 * fighting". */
static bool holds(const struct buffer *buffer, size_t start, const char *name)
{
    const char *wanted = bare(name);
    size_t length = strlen(wanted);
    for (size_t i = start; !buffer->failed && i + length <= buffer->length; i++)
        if (strncasecmp(buffer->bytes + i, wanted, length) == 0)
            return true;
    return false;
}

/* "The spokesman", "he": the report has told of him before. */
static bool is_known(const struct record_actor *actor, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = actor->words; at != NULL && *at != '\0'; at++)
        if (strncasecmp(at, name, length) == 0)
            return strncasecmp(actor->words, "the ", 4) == 0;
    return actor->words != NULL;
}

/* "Spokesman" of one person without a name: "a spokesman"; "the United States". */
static void add_article(struct buffer *buffer, const struct record_actor *actor, const char *name)
{
    bool person = actor->kind != NULL && strcmp(actor->kind, "person") == 0;
    const char *article = "";
    if (!person)
        article = name_takes_the(name) || (name_is_common(name) && name_article(name)[0] != '\0')
                      ? "the"
                      : "";
    else if (actor->entry == NULL && name_is_common(name))
        article = is_known(actor, name) ? "the" : name_article(name);
    buffer_print(buffer, "%s%s", article, article[0] != '\0' ? " " : "");
}

/* The group, which the report names elsewhere, of the only party that its words tell of:
 * "insurgents", of the Taliban. NULL where there is no such group. */
static const struct record_actor *group_meant(const struct record_actor *actors, uint32_t count)
{
    bool two =
        count == 2 && actors[0].words != NULL && actors[1].words == NULL && actors[1].name != NULL;
    bool unnamed = two && actors[0].kind != NULL && strcmp(actors[0].kind, "unnamed group") == 0;
    return unnamed ? &actors[1] : NULL;
}

/* "A", "A and B", "A, B and C", "A, B, C and others". */
static void add_side(struct buffer *buffer, const struct record_actor *actors, uint32_t count)
{
    enum { NAMED = 3 };
    const struct record_actor *group = group_meant(actors, count);
    if (group != NULL) {
        size_t start = buffer->length;
        add_name(buffer, line_actor(&actors[0]));
        if (!holds(buffer, start, group->name))
            buffer_print(buffer, " (%s)", group->name);
        return;
    }
    uint32_t listed = count_listed(actors, count), at = 0;
    for (uint32_t i = 0; i < count && at < NAMED; i++) {
        if (!is_listed(actors, i))
            continue;
        if (at > 0)
            buffer_add_string(buffer, at + 1 == listed ? " and " : ", ");
        add_article(buffer, &actors[i], line_actor(&actors[i]));
        add_name(buffer, line_actor(&actors[i]));
        at++;
    }
    if (listed > NAMED)
        buffer_add_string(buffer, " and others");
}

static void add_number(struct buffer *buffer, double number)
{
    if (fabs(number) < 1000)
        buffer_print(buffer, number == floor(number) ? "%.0f" : "%.1f", number);
    else
        buffer_add_grouped(buffer, number);
}

void line_add_range(struct buffer *buffer, double low, double high)
{
    if (isnan(low) && isnan(high))
        return;
    if (isnan(low))
        buffer_add_string(buffer, "up to ");
    else if (isnan(high))
        buffer_add_string(buffer, "at least ");
    add_number(buffer, isnan(low) ? high : low);
    if (!isnan(low) && !isnan(high) && low != high) {
        buffer_add_string(buffer, " to ");
        add_number(buffer, high);
    }
}

static const char *people_of(const char *who, bool single)
{
    static const char *const names[][3] = {
        {"civilian", "civilian", "civilians"},
        {"combatant", "fighter", "fighters"},
        {"security force", "of the security forces", "of the security forces"},
        {"prisoner", "prisoner", "prisoners"},
        {"foreign fighter", "foreign fighter", "foreign fighters"},
        {"family", "family", "families"},
        {"child", "child", "children"},
    };
    for (size_t i = 0; who != NULL && i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i][0], who) == 0)
            return names[i][single ? 1 : 2];
    return NULL;
}

void line_add_counts(struct buffer *buffer, const struct record_claim *claim)
{
    bool any = false;
    for (uint32_t i = 0; i < claim->counts.count; i++) {
        const struct record_count *count = &claim->counts.items[i];
        if (isnan(count->low) && isnan(count->high))
            continue;
        buffer_add_string(buffer, any ? ", " : "");
        line_add_range(buffer, count->low, count->high);
        const char *people = people_of(count->who, count->low == 1 && count->high == 1);
        if (people != NULL)
            buffer_print(buffer, " %s", people);
        bool strength = strcmp(count->what, "strength") == 0;
        bool named = people != NULL && strength;
        buffer_add_string(buffer, named ? "" : strength ? " strong" : " ");
        buffer_add_string(buffer, strength ? "" : count->what);
        any = true;
    }
}

static const struct record_actor *speaker_of(const struct record_claim *claim)
{
    for (uint32_t i = 0; i < claim->according_to.count; i++)
        if (line_actor(&claim->according_to.items[i]) != NULL)
            return &claim->according_to.items[i];
    return NULL;
}

enum { LONGEST_NAME = 120 };

/* Behind "by" or "according to": the name with the article that the report gives it, "a
 * shopkeeper", without what the report adds behind a comma. */
static void add_by(struct buffer *buffer, const struct record_actor *actor)
{
    static const char *const articles[] = {"the ", "a ", "an "};
    const char *words = actor->words, *given = "";
    char name[LONGEST_NAME + 1];
    snprintf(name, sizeof name, "%s", line_actor(actor));
    char *comma = strstr(name, ", ");
    if (comma != NULL)
        *comma = '\0';
    for (size_t i = 0; words != NULL && i < sizeof articles / sizeof articles[0]; i++) {
        size_t length = strlen(articles[i]);
        if (strncasecmp(words, articles[i], length) == 0 &&
            strncasecmp(words + length, name, strlen(name)) == 0)
            given = articles[i];
    }
    buffer_add_string(buffer, given);
    if (given[0] == '\0')
        add_article(buffer, actor, name);
    add_name(buffer, strlen(line_actor(actor)) > LONGEST_NAME ? line_actor(actor) : name);
}

const char *line_source(const struct record_claim *claim)
{
    const char *slash = claim->path != NULL ? strrchr(claim->path, '/') : NULL;
    bool titled = claim->title != NULL && claim->title[0] != '\0';
    return claim->source != NULL ? claim->source
           : titled              ? claim->title
           : slash != NULL       ? slash + 1
           : claim->path != NULL ? claim->path
           : claim->name != NULL ? claim->name
                                 : claim->report;
}

void line_add_source(struct buffer *buffer, const struct record_claim *claim)
{
    enum { LONGEST = 36 };
    const char *title = claim->title;
    if (claim->source != NULL || title == NULL || title[0] == '\0') {
        buffer_add_string(buffer, line_source(claim));
        return;
    }
    size_t length = strlen(title), end = length;
    if (length > LONGEST)
        for (end = LONGEST; end > 0 && title[end] != ' '; end--)
            ;
    if (end == 0) /* one long word, in a script without blanks */
        for (end = LONGEST; end > 0 && ((unsigned char)title[end] & 0xc0) == 0x80; end--)
            ;
    buffer_add_string(buffer, "\xe2\x80\x9c");
    buffer_add(buffer, title, end);
    buffer_add_string(buffer, end < length ? " \xe2\x80\xa6\xe2\x80\x9d" : "\xe2\x80\x9d");
}

/* ------------------------------------------------------------------ the line */

static bool is(const char *status, const char *name)
{
    return status != NULL && strcmp(status, name) == 0;
}

/* A threat is made, whatever comes of what is threatened. */
static bool is_plain_threat(const struct record_claim *claim)
{
    return is(claim->status, "threatened") && is(claim->plover, "THREATEN");
}

/* Told as something that happened; else as a thing that is talked about. */
static bool is_told(const struct record_claim *claim)
{
    return is_plain_threat(claim) || is(claim->status, "asserted") ||
           is(claim->status, "claimed") || is(claim->status, "alleged") ||
           is(claim->status, "disputed");
}

/* The report's own clause is shown where it is not too short to tell anything by itself. */
static bool is_readable(const char *clause)
{
    int words = 1;
    for (; *clause != '\0'; clause++)
        words += *clause == ' ';
    return words >= 3;
}

static bool says_denial(const char *clause)
{
    static const char *const words[] = {" denied",    " denies",  " deny ",
                                        " rejected",  " rejects", " dismissed",
                                        " dismisses", " refuted", " disputed"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        for (const char *at = clause; *at != '\0'; at++)
            if (strncasecmp(at, words[i], strlen(words[i])) == 0)
                return true;
    return false;
}

static const char *readable_clause(const struct record_claim *claim)
{
    return claim->clause != NULL && is_readable(claim->clause) ? claim->clause : NULL;
}

/* Who holds a place, and what is denied, is told best by what is known of it: "Denied by Gondor:
 * capture of Osgiliath by Mordor", of which the sentence says no more than "Gondor denied it". */
static bool is_best_worded(const struct record_claim *claim)
{
    bool somebody = claim->agents.count > 0 || claim->patients.count > 0;
    if (line_find_control(claim) != NULL)
        return claim->control_holder != NULL || claim->agents.count > 0;
    return is(claim->status, "denied") && somebody && line_find_wording(claim) != NULL;
}

/* What the line shows in the report's own words: the clause, or the sentence; NULL where it is
 * worded here. */
static const char *own_words(const struct record_claim *claim)
{
    const char *clause = readable_clause(claim);
    return clause != NULL ? clause : is_best_worded(claim) ? NULL : claim->sentence;
}

void line_add_mark(struct buffer *buffer, const struct record_claim *claim)
{
    static const char *const marks[][2] = {
        {"denied", "Denied"},
        {"alleged", "Alleged"},
        {"planned", "Planned"},
        {"threatened", "Threatened"},
        {"conditional", "On condition"},
        {"negated", "Did not happen"},
        {"disputed", "Disputed"},
    };
    /* The report's own words hold their "not", or say themselves that somebody denies it. */
    const char *own = own_words(claim);
    if (own != NULL &&
        (is(claim->status, "negated") || (is(claim->status, "denied") && says_denial(own))))
        return;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (!is(claim->status, marks[i][0]) || is_plain_threat(claim))
            continue;
        const struct record_actor *speaker = speaker_of(claim);
        buffer_add_string(buffer, marks[i][1]);
        if (speaker != NULL && (is(claim->status, "denied") || is(claim->status, "alleged"))) {
            buffer_add_string(buffer, " by ");
            add_by(buffer, speaker);
        }
    }
}

static void add_told(struct buffer *buffer, const struct record_claim *claim,
                     const struct line_wording *wording, bool agents, bool patients)
{
    if (agents && patients) {
        add_side(buffer, claim->agents.items, claim->agents.count);
        bool left = is(wording->active, "withdrew before") &&
                    claim->patients.items[0].sort != NULL &&
                    is(claim->patients.items[0].sort, "place");
        buffer_print(buffer, " %s ", left ? "withdrew from" : wording->active);
        add_side(buffer, claim->patients.items, claim->patients.count);
    } else if (agents) {
        add_side(buffer, claim->agents.items, claim->agents.count);
        buffer_print(buffer, " %s", wording->alone);
    } else {
        add_side(buffer, claim->patients.items, claim->patients.count);
        buffer_print(buffer, " %s", wording->suffered);
    }
}

static void add_noun(struct buffer *buffer, const struct record_claim *claim,
                     const struct line_wording *wording, bool agents, bool patients)
{
    buffer_add_string(buffer, wording->noun);
    if (patients) {
        buffer_print(buffer, " %s ", wording->preposition);
        add_side(buffer, claim->patients.items, claim->patients.count);
    }
    if (agents) {
        buffer_add_string(buffer, " by ");
        add_side(buffer, claim->agents.items, claim->agents.count);
    }
}

static void add_holder(struct buffer *buffer, const char *holder)
{
    buffer_print(buffer, "%s%s", name_takes_the(holder) ? "the " : "", holder);
}

static void add_control(struct buffer *buffer, const struct record_claim *claim,
                        const struct line_control *control)
{
    bool has_agents = count_listed(claim->agents.items, claim->agents.count) > 0;
    const char *holder = claim->control_holder;
    bool told = is_told(claim) && (holder != NULL || has_agents);
    if (told && holder != NULL)
        add_holder(buffer, holder);
    else if (told)
        add_side(buffer, claim->agents.items, claim->agents.count);
    buffer_print(buffer, told ? " %s " : "%s ", told ? control->verb : control->noun);
    buffer_add_string(buffer, claim->control_place.name);
    if (!told && (holder != NULL || has_agents)) {
        buffer_add_string(buffer, " by ");
        if (holder != NULL)
            add_holder(buffer, holder);
        else
            add_side(buffer, claim->agents.items, claim->agents.count);
    }
}

static bool has_counts(const struct record_claim *claim)
{
    for (uint32_t i = 0; i < claim->counts.count; i++)
        if (!isnan(claim->counts.items[i].low) || !isnan(claim->counts.items[i].high))
            return true;
    return false;
}

static void capitalise(struct buffer *buffer, size_t start)
{
    if (start >= buffer->length)
        return;
    unsigned char first = (unsigned char)buffer->bytes[start];
    /* Names in other scripts and accents stand as they are. */
    if (first >= 'a' && first <= 'z')
        buffer->bytes[start] = (char)(first - 32);
}

/* What is too long for a name is a clause that somebody said something in. */
enum { LONGEST_SPEAKER = 48 };

static void add_speaker(struct buffer *buffer, size_t start, const struct record_claim *claim)
{
    const struct record_actor *speaker = speaker_of(claim);
    const char *name = speaker != NULL ? line_actor(speaker) : NULL;
    if (name == NULL || strlen(name) > LONGEST_SPEAKER || holds(buffer, start, name) ||
        is(claim->status, "denied") || is(claim->status, "alleged") ||
        is(claim->status, "asserted"))
        return;
    buffer_add_string(buffer, ", according to ");
    add_by(buffer, speaker);
}

/* What is known of the claim, in words of our own: where no sentence is kept. */
static void add_worded(struct buffer *buffer, const struct record_claim *claim)
{
    size_t start = buffer->length;
    const struct line_control *control = line_find_control(claim);
    const struct line_wording *wording = line_find_wording(claim);
    bool agents = count_listed(claim->agents.items, claim->agents.count) > 0;
    bool patients = count_listed(claim->patients.items, claim->patients.count) > 0;
    bool counts = has_counts(claim);
    if (control != NULL) {
        add_control(buffer, claim, control);
    } else if (wording != NULL && (agents || patients)) {
        if (is_told(claim) && (agents || wording->suffered != NULL))
            add_told(buffer, claim, wording, agents, patients);
        else
            add_noun(buffer, claim, wording, agents, patients);
    } else if (!counts) {
        line_add_quotation(buffer, claim);
        return;
    }
    if (counts) {
        buffer_add_string(buffer, buffer->length > start ? "; " : "");
        line_add_counts(buffer, claim);
    }
    if (start == 0)
        capitalise(buffer, start);
    add_speaker(buffer, start, claim);
}

void line_add(struct buffer *buffer, const struct record_claim *claim)
{
    size_t start = buffer->length;
    const char *clause = readable_clause(claim);
    if (own_words(claim) == NULL) {
        add_worded(buffer, claim);
    } else if (clause == NULL) {
        line_add_quotation(buffer, claim); /* it says itself who says so */
    } else {
        buffer_add_string(buffer, clause);
        capitalise(buffer, start);
        if (strstr(clause, "ccording to") == NULL)
            add_speaker(buffer, start, claim);
    }
}

void line_add_saying(struct buffer *buffer, const struct record_saying *saying)
{
    const struct record_claim *claim = saying->claim;
    line_add_range(buffer, saying->low, saying->high);
    if (saying->side != NULL)
        buffer_print(buffer, " %s", people_of(saying->side, saying->low == 1 && saying->high == 1));
    buffer_add_string(buffer, ", ");
    size_t before = buffer->length;
    line_add_actors(buffer, claim->according_to.items, claim->according_to.count, ", ");
    buffer_add_string(buffer, buffer->length > before ? " in " : "");
    line_add_source(buffer, claim);
    if (claim->published != NULL) {
        buffer_add_string(buffer, ", ");
        date_add_short(buffer, claim->published);
    }
    if (saying->left_out != NULL)
        buffer_print(buffer, "; not counted: %s", saying->left_out);
}

const char *line_people(const char *side, bool single)
{
    return people_of(side, single);
}
