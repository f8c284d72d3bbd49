/* Implements annals_watch: one round over feeds and the pages they name.
 *
 * First the feeds that are due are looked at; the pages they name wait in the record. Then the waiting
 * pages are fetched, the first of each feed before the second of any, each host no oftener than its
 * delay: while one host rests, another is asked. Whatever comes goes the way of `annals read`. Every step
 * is stored before the next, so a round can end anywhere. Leaves out: more than one request at a time,
 * pages that change after they were kept. */
#include "handles.h"

#include "annals_record.h"
#include "bytes/buffer.h"
#include "fetch/schedule.h"
#include "fetch/visits.h"
#include "intake/links.h"
#include "record/watching.h"

#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

enum {
    DEFAULT_EVERY = 30,
    DEFAULT_TIMEOUT = 30,
    DEFAULT_SIZE = 64 << 20,
    DEFAULT_LIMIT = 1000,
    PAGE_WAIT = 15 * 60, /* seconds before a page is asked for again, the first time */
    LISTS_LIMIT = 500,   /* sitemaps that an index may bring in */
};

struct watch {
    annals_record *handle;
    struct record *record;
    const annals_engine *engine;
    annals_watch_settings settings;
    annals_watched *watched;
    struct visits *visits;
    struct arena arena; /* of the round's lists */
    char due[MOMENT_SIZE]; /* when the first of the feeds is; "" where there is none */
    annals_error *error;
};

/* ------------------------------------------------------------------ moments and notes */

static void moment_in(int64_t seconds, char moment[MOMENT_SIZE])
{
    time_t then = time(NULL) + (time_t)seconds;
    struct tm parts;
    strftime(moment, MOMENT_SIZE, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&then, &parts));
}

/* The same in the round's arena. */
static const char *moment(struct watch *watch, int64_t seconds)
{
    char text[MOMENT_SIZE];
    moment_in(seconds, text);
    return arena_copy_string(&watch->arena, text);
}

static void note(struct watch *watch, const char *what, const char *address, bool good,
                 const char *why)
{
    annals_watch_note said = {.what = what, .address = address, .why = why, .good = good};
    watch->watched->failed += !good;
    if (watch->settings.note != NULL)
        watch->settings.note(watch->settings.context, &said);
}

static const char *word_of(enum visit_outcome outcome)
{
    static const char *const words[] = {[VISIT_GOOD] = "kept",     [VISIT_UNCHANGED] = "same",
                                        [VISIT_GONE] = "gone",     [VISIT_LATER] = "later",
                                        [VISIT_DENIED] = "denied", [VISIT_REFUSED] = "refused",
                                        [VISIT_STOPPED] = "stopped"};
    return words[outcome];
}

/* ------------------------------------------------------------------ feeds */

/* What a feed names, as rows of the record. */
struct named {
    watched_pages pages;
    watched_feeds lists;
};

static void take_link(struct watch *watch, struct named *named, const struct link *link,
                      const char *base, const char *feed, uint32_t rank)
{
    char address[ADDRESS_SIZE], host[ADDRESS_SIZE], day[16];
    if (!address_resolve(address, base, link->address))
        return;
    if (link->is_list) {
        struct watched_feed *list =
            named->lists.count < LISTS_LIMIT ? array_push(&named->lists) : NULL;
        if (list != NULL)
            *list = (struct watched_feed){.feed = arena_copy_string(&watch->arena, address)};
        return;
    }
    struct watched_page *page = array_push(&named->pages);
    if (page == NULL)
        return;
    address_host(address, host);
    *page = (struct watched_page){.page = arena_copy_string(&watch->arena, address),
                                  .feed = feed,
                                  .host = arena_copy_string(&watch->arena, host),
                                  .rank = rank};
    if (link->published != DAY_UNKNOWN) {
        calendar_write(link->published, day);
        page->published = arena_copy_string(&watch->arena, day);
    }
}

/* The body of an answer as a list of links; a sitemap may lie there packed. */
static annals_status read_links(struct watch *watch, struct links *links,
                                struct fetch_answer *answer, annals_error *why)
{
    const unsigned char *bytes = (const unsigned char *)answer->body.bytes;
    struct buffer unpacked;
    if (answer->body.length < 2 || bytes[0] != 0x1f || bytes[1] != 0x8b)
        return answer->body.length == 0
                   ? error_set(why, ANNALS_EMPTY, "is empty")
                   : links_read(links, &watch->arena, answer->body.bytes, answer->body.length, why);
    buffer_init(&unpacked);
    annals_status status = fetch_unpack(&unpacked, answer->body.bytes, answer->body.length,
                                        watch->settings.max_size, why);
    if (status == ANNALS_OK)
        status = links_read(links, &watch->arena, unpacked.bytes, unpacked.length, why);
    buffer_release(&unpacked);
    return status;
}

static const char *mark(struct watch *watch, const char *text)
{
    return text[0] != '\0' ? arena_copy_string(&watch->arena, text) : NULL;
}

/* A feed that came whole: its marks and what it names are stored at once. */
static annals_status take_feed(struct watch *watch, struct watched_feed *feed, const char *final,
                               struct fetch_answer *answer, bool *good, annals_error *why)
{
    struct links links;
    struct named named;
    char outcome[120];
    uint64_t added = 0;
    array_init(&named.pages, &watch->arena);
    array_init(&named.lists, &watch->arena);
    annals_status status = read_links(watch, &links, answer, why);
    *good = status == ANNALS_OK;
    if (!*good)
        return status == ANNALS_NO_MEMORY ? status : ANNALS_OK;
    for (uint32_t i = 0; i < links.items.count; i++)
        take_link(watch, &named, &links.items.items[i], final, feed->feed, i);
    feed->title = links.title != NULL ? links.title : feed->title;
    feed->etag = mark(watch, answer->etag);
    feed->modified = mark(watch, answer->modified);
    snprintf(outcome, sizeof outcome, "%s, %u link%s", links.kind, links.items.count,
             links.items.count == 1 ? "" : "s");
    feed->outcome = outcome;
    if (watch->arena.failed)
        return error_set(watch->error, ANNALS_NO_MEMORY, "out of memory");
    status = watching_store(watch->record, feed, &named.pages, &named.lists, &added, watch->error);
    if (status == ANNALS_OK) {
        char said[160];
        snprintf(said, sizeof said, "%s, %" PRIu64 " new", outcome, added);
        note(watch, "feed", feed->feed, true, said);
    }
    return status;
}

/* A feed that was not to be had: it is asked again later, and later still each time. */
static annals_status put_feed_off(struct watch *watch, struct watched_feed *feed,
                                  const struct fetch_answer *answer, enum visit_outcome outcome,
                                  const char *why)
{
    char said[700];
    uint64_t added;
    feed->failures = answer->status == 410 ? 32 : feed->failures < 32 ? feed->failures + 1 : 32;
    feed->due = moment(watch, schedule_after((int64_t)watch->settings.every * 60, feed->failures,
                                             answer->retry_after));
    if (feed->due == NULL)
        return error_set(watch->error, ANNALS_NO_MEMORY, "out of memory");
    feed->outcome = why;
    snprintf(said, sizeof said, "%s; asked again after %.16s", why, feed->due);
    note(watch, word_of(outcome), feed->feed, false, said);
    return watching_store(watch->record, feed, NULL, NULL, &added, watch->error);
}

static annals_status take_answer(struct watch *watch, struct watched_feed *feed,
                                 struct fetch_answer *answer, const char *final,
                                 enum visit_outcome outcome, annals_error *why)
{
    uint64_t added;
    uint32_t failures = feed->failures;
    annals_status status = ANNALS_OK;
    feed->looked = moment(watch, 0);
    feed->due = moment(watch, (int64_t)watch->settings.every * 60);
    feed->failures = 0;
    if (outcome == VISIT_UNCHANGED) {
        note(watch, "same", feed->feed, true, "not changed since the last look");
        feed->outcome = "unchanged";
        return watching_store(watch->record, feed, NULL, NULL, &added, watch->error);
    }
    bool good = false;
    if (outcome == VISIT_GOOD) {
        status = take_feed(watch, feed, final, answer, &good, why);
        outcome = VISIT_REFUSED;
    }
    feed->failures = good ? 0 : failures;
    return status != ANNALS_OK || good ? status
                                       : put_feed_off(watch, feed, answer, outcome, why->sentence);
}

static annals_status ask_feed(struct watch *watch, struct watched_feed *feed)
{
    char final[ADDRESS_SIZE];
    struct fetch_answer answer;
    enum visit_outcome outcome;
    annals_error why = {0};
    fetch_answer_init(&answer);
    annals_status status = visit(watch->visits, feed->feed, feed->etag, feed->modified, &answer,
                                 final, &outcome, &why);
    if (status != ANNALS_OK || outcome == VISIT_STOPPED)
        status = error_set(watch->error, status != ANNALS_OK ? status : ANNALS_STOPPED, "%s",
                           why.sentence);
    else
        status = take_answer(watch, feed, &answer, final, outcome, &why);
    fetch_answer_release(&answer);
    return status;
}

static annals_status look_at(struct watch *watch, const char *address)
{
    struct watched_feed feed;
    char now[MOMENT_SIZE];
    bool known;
    annals_status status =
        watching_feed(watch->record, address, &watch->arena, &feed, &known, watch->error);
    if (status != ANNALS_OK)
        return status;
    moment_in(0, now);
    bool failed = feed.failures > 0;
    if (feed.due == NULL || strcmp(feed.due, now) <= 0 || (!failed && watch->settings.now))
        status = ask_feed(watch, &feed);
    if (feed.due != NULL && (watch->due[0] == '\0' || strcmp(feed.due, watch->due) < 0))
        snprintf(watch->due, sizeof watch->due, "%s", feed.due);
    return status;
}

/* The feeds named on the command line or, where none is, all that the record knows; then the sitemaps
 * that they name in turn. */
static annals_status look_at_feeds(struct watch *watch)
{
    watched_feeds feeds;
    annals_status status = ANNALS_OK;
    array_init(&feeds, &watch->arena);
    for (size_t i = 0; i < watch->settings.feed_count; i++) {
        char address[ADDRESS_SIZE];
        struct watched_feed *feed = array_push(&feeds);
        if (!address_resolve(address, NULL, watch->settings.feeds[i]))
            return error_set(watch->error, ANNALS_WRONG_USE, "\"%.200s\" is no web address",
                             watch->settings.feeds[i]);
        if (feed != NULL)
            feed->feed = arena_copy_string(&watch->arena, address);
    }
    if (watch->settings.feed_count == 0)
        status = watching_feeds(watch->record, NULL, &watch->arena, &feeds, watch->error);
    if (status == ANNALS_OK && feeds.count == 0 && !watch->arena.failed)
        return error_set(watch->error, ANNALS_WRONG_USE,
                         "watch what? no feed is named, and this record has seen none");
    if (status == ANNALS_OK && watch->arena.failed)
        status = error_set(watch->error, ANNALS_NO_MEMORY, "out of memory");
    /* The list grows while it is walked; an index within an index is looked at, no deeper. */
    uint32_t roots = feeds.count, second = 0; /* ends of the first and second generation */
    for (uint32_t i = 0; status == ANNALS_OK && i < feeds.count; i++) {
        const char *address = feeds.items[i].feed;
        status = look_at(watch, address);
        if (status == ANNALS_OK && (i < roots || i < second))
            status = watching_feeds(watch->record, address, &watch->arena, &feeds, watch->error);
        second = i + 1 == roots ? feeds.count : second;
    }
    return status;
}

/* ------------------------------------------------------------------ pages */

/* A page on its way into the record. */
struct arrival {
    struct watch *watch;
    const struct watched_page *page;
    const char *outlet; /* the feed's title, or NULL */
    char retrieved[MOMENT_SIZE];
    uint64_t added, known, foreign, claims;
    annals_status status; /* of the record */
    annals_error refused; /* the last report that was refused */
};

/* What the feed says of a report that does not say it itself. */
static void fill_facts(const struct arrival *arrival, struct report_facts *facts)
{
    if (facts->source == NULL)
        facts->source = arrival->outlet;
    int32_t day = arrival->page->published != NULL ? calendar_read(arrival->page->published)
                                                   : DAY_UNKNOWN;
    int32_t today = calendar_read(arrival->retrieved);
    if (facts->published != DAY_UNKNOWN || day == DAY_UNKNOWN || day > today)
        return;
    facts->published = day;
    facts->published_from = DATE_METADATA;
    facts->published_certainty = 0.9f; /* as that of an OpenGraph date */
}

/* An error of the record, or of memory, ends the round: the next page would meet it again. */
static bool is_of_report(annals_status status)
{
    return status != ANNALS_BUSY && status != ANNALS_FULL && status != ANNALS_CANNOT_WRITE &&
           status != ANNALS_CANNOT_READ && status != ANNALS_FOREIGN && status != ANNALS_NO_MEMORY;
}

static bool take_report(void *context, annals_document *document, const annals_error *refused)
{
    struct arrival *arrival = context;
    struct watch *watch = arrival->watch;
    annals_error error = {0};
    bool known = false;
    if (document == NULL) {
        arrival->refused = *refused;
        return true;
    }
    fill_facts(arrival, &document->document.report);
    annals_status status =
        annals_record_knows(watch->handle, document, arrival->page->page, &known, &error);
    if (status == ANNALS_OK && !known)
        status = annals_code(watch->engine, document, &error);
    annals_origin origin = {.path = arrival->page->page, .retrieved = arrival->retrieved};
    if (status == ANNALS_OK && !known)
        status = annals_record_add(watch->handle, watch->engine, document, &origin, &error);
    if (status == ANNALS_OK) {
        arrival->known += known;
        arrival->added += !known;
        arrival->foreign += document->document.foreign;
        arrival->claims += document->document.claims.count;
    } else if (is_of_report(status)) {
        arrival->refused = error;
    } else {
        arrival->status = status;
        if (watch->error != NULL)
            *watch->error = error;
    }
    annals_document_free(document);
    return arrival->status == ANNALS_OK;
}

static annals_status keep(struct watch *watch, struct watched_page *page, const char *final,
                          const struct fetch_answer *answer)
{
    struct watched_feed feed;
    struct arrival arrival = {.watch = watch, .page = page};
    char why[700];
    bool known;
    annals_error error = {0};
    annals_status status =
        watching_feed(watch->record, page->feed, &watch->arena, &feed, &known, watch->error);
    if (status != ANNALS_OK)
        return status;
    arrival.outlet = feed.title;
    moment_in(0, arrival.retrieved);
    annals_source source = {.name = page->page, .url = final, .retrieved = arrival.retrieved,
                            .limit = watch->settings.max_size};
    status = annals_intake(watch->engine, &source,
                           answer->body.bytes != NULL ? answer->body.bytes : "",
                           answer->body.length, take_report, &arrival, &error);
    if (arrival.status != ANNALS_OK || status == ANNALS_NO_MEMORY)
        return arrival.status != ANNALS_OK ? arrival.status
                                           : error_set(watch->error, status, "out of memory");
    watch->watched->kept += arrival.added;
    watch->watched->known += arrival.known;
    watch->watched->foreign += arrival.foreign;
    if (status == ANNALS_OK && arrival.added + arrival.known == 0)
        error = arrival.refused;
    page->state = arrival.added > 0 ? "kept" : arrival.known > 0 ? "known" : "refused";
    page->outcome = NULL;
    if (arrival.foreign > 0)
        snprintf(why, sizeof why, "%.1f kB, not in English: stored, not coded",
                 (double)answer->body.length / 1000);
    else if (arrival.added > 0)
        snprintf(why, sizeof why, "%.1f kB, %" PRIu64 " claim%s",
                 (double)answer->body.length / 1000, arrival.claims, arrival.claims == 1 ? "" : "s");
    else
        snprintf(why, sizeof why, "%s", arrival.known > 0 ? "in the record already"
                                        : error.sentence[0] != '\0'
                                            ? error.sentence
                                            : annals_status_sentence(error.status));
    if (arrival.added == 0)
        page->outcome = why;
    note(watch, arrival.foreign > 0 ? "foreign" : page->state, page->page,
         arrival.added + arrival.known > 0, why);
    return watching_page(watch->record, page, watch->error);
}

/* A page that did not come. */
static annals_status put_page_off(struct watch *watch, struct watched_page *page,
                                  const struct fetch_answer *answer, enum visit_outcome outcome,
                                  const char *why)
{
    char due[MOMENT_SIZE], said[700];
    page->outcome = why;
    page->tries++;
    if (outcome == VISIT_LATER && page->tries >= SCHEDULE_TRIES) {
        snprintf(said, sizeof said, "%s; given up after %u tries", why, page->tries);
        page->state = "gone";
        page->outcome = said;
    } else if (outcome == VISIT_LATER) {
        moment_in(schedule_after(PAGE_WAIT, page->tries, answer->retry_after), due);
        snprintf(said, sizeof said, "%s; asked again after %.16s", why, due);
        page->due = due;
    } else {
        snprintf(said, sizeof said, "%s", why);
        page->state = word_of(outcome);
    }
    note(watch, word_of(outcome), page->page, false, said);
    annals_status status = watching_page(watch->record, page, watch->error);
    if (status == ANNALS_OK && page->due != NULL && (answer->status == 429 || answer->retry_after > 0))
        status = watching_put_off(watch->record, page->host, page->due, watch->error);
    return status;
}

static annals_status fetch_page(struct watch *watch, struct watched_page *page, bool *host_rests)
{
    char final[ADDRESS_SIZE], looked[MOMENT_SIZE];
    struct fetch_answer answer;
    enum visit_outcome outcome;
    annals_error why = {0};
    fetch_answer_init(&answer);
    annals_status status = visit(watch->visits, page->page, NULL, NULL, &answer, final, &outcome, &why);
    moment_in(0, looked);
    page->looked = looked;
    page->due = NULL;
    if (status != ANNALS_OK)
        error_set(watch->error, status, "%s", why.sentence);
    else if (outcome == VISIT_STOPPED)
        status = error_set(watch->error, ANNALS_STOPPED, "stopped on request");
    else if (outcome == VISIT_GOOD)
        status = keep(watch, page, final, &answer);
    else
        status = put_page_off(watch, page, &answer,
                              outcome == VISIT_UNCHANGED ? VISIT_LATER : outcome, why.sentence);
    *host_rests = outcome == VISIT_LATER && (answer.status == 429 || answer.retry_after > 0);
    fetch_answer_release(&answer);
    return status;
}

/* Of the pages that are left, the first whose host may be asked now, else the one whose host may be
 * asked soonest. */
static uint32_t choose(const struct watch *watch, const watched_pages *pages, uint64_t *wait)
{
    uint32_t best = 0;
    *wait = UINT64_MAX;
    for (uint32_t i = 0; i < pages->count && *wait > 0; i++) {
        uint64_t delay = visits_delay(watch->visits, pages->items[i].page);
        if (delay < *wait) {
            *wait = delay;
            best = i;
        }
    }
    return best;
}

/* Takes a page out of the list, keeping the order; with `host` all of its host. */
static void drop(watched_pages *pages, uint32_t index, bool host)
{
    struct watched_page gone = pages->items[index];
    uint32_t kept = 0;
    for (uint32_t i = 0; i < pages->count; i++)
        if (i != index && !(host && strcmp(pages->items[i].host, gone.host) == 0))
            pages->items[kept++] = pages->items[i];
    pages->count = kept;
}

static annals_status fetch_pages(struct watch *watch)
{
    watched_pages pages;
    char now[MOMENT_SIZE];
    array_init(&pages, &watch->arena);
    moment_in(0, now);
    annals_status status = watching_pages(watch->record, now, watch->settings.limit, &watch->arena,
                                          &pages, watch->error);
    while (status == ANNALS_OK && pages.count > 0) {
        uint64_t wait;
        bool host_rests = false;
        uint32_t index = choose(watch, &pages, &wait);
        if (!visits_sleep(watch->visits, wait))
            return error_set(watch->error, ANNALS_STOPPED, "stopped on request");
        status = fetch_page(watch, &pages.items[index], &host_rests);
        drop(&pages, index, host_rests);
    }
    return status;
}

/* ------------------------------------------------------------------ the round */

/* Seconds from now to a moment; 0 where it has passed or is none. */
static uint64_t seconds_until(const char *moment)
{
    int hour = 0, minute = 0, second = 0;
    int32_t day = calendar_read(moment);
    if (day == DAY_UNKNOWN || sscanf(moment + 10, "T%2d:%2d:%2dZ", &hour, &minute, &second) != 3)
        return 0;
    int64_t then = (int64_t)day * 86400 + hour * 3600 + minute * 60 + second;
    int64_t now = (int64_t)time(NULL);
    return then > now ? (uint64_t)(then - now) : 0;
}

static annals_status finish(struct watch *watch, annals_status status)
{
    char due[MOMENT_SIZE];
    annals_error error = {0};
    bool intact = status == ANNALS_OK || status == ANNALS_STOPPED;
    annals_status last = ANNALS_OK;
    if (intact && watch->watched->kept > 0)
        last = annals_record_merge(watch->handle, &error);
    if (intact && last == ANNALS_OK)
        last = watching_next(watch->record, &watch->watched->waiting, due, &error);
    if (intact && last == ANNALS_OK) {
        bool page = watch->watched->waiting > 0 &&
                    (watch->due[0] == '\0' || strcmp(due, watch->due) < 0);
        watch->watched->next = seconds_until(page ? due : watch->due);
    }
    if (last != ANNALS_OK && watch->error != NULL)
        *watch->error = error;
    return last != ANNALS_OK ? last : status;
}

static void fill_settings(annals_watch_settings *settings)
{
    settings->every = settings->every > 0 ? settings->every : DEFAULT_EVERY;
    settings->timeout = settings->timeout > 0 ? settings->timeout : DEFAULT_TIMEOUT;
    settings->max_size = settings->max_size > 0 ? settings->max_size : DEFAULT_SIZE;
    settings->limit = settings->limit > 0 ? settings->limit : DEFAULT_LIMIT;
}

annals_status annals_watch(annals_record *record, const annals_engine *engine,
                           const annals_watch_settings *settings, annals_watched *watched,
                           annals_error *error)
{
    char agent[100];
    struct watch watch = {.handle = record, .record = record->record,
                          .engine = engine, .settings = *settings, .watched = watched,
                          .error = error};
    *watched = (annals_watched){0};
    fill_settings(&watch.settings);
    snprintf(agent, sizeof agent, "annals/%s (news reader; robots.txt: annals)", annals_version());
    struct fetch_settings fetching = {.agent = agent,
                                      .allow_private = watch.settings.allow_private,
                                      .timeout = watch.settings.timeout,
                                      .limit = watch.settings.max_size,
                                      .going = watch.settings.going,
                                      .context = watch.settings.context};
    annals_status status =
        visits_open(&watch.visits, &fetching, "annals", watch.settings.delay, error);
    if (status != ANNALS_OK)
        return status;
    arena_init(&watch.arena);
    status = look_at_feeds(&watch);
    if (status == ANNALS_OK)
        status = fetch_pages(&watch);
    status = finish(&watch, status);
    arena_release(&watch.arena);
    visits_close(watch.visits);
    return status;
}
