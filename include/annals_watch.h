/* Watching feeds: fetching what is new, politely, into a record.
 *
 * Part of annals.h, which includes it; its head says how errors, ownership and positions are.
 */
#include "annals.h" /* before the guard: any of the parts may come first */

#ifndef ANNALS_WATCH_H
#define ANNALS_WATCH_H

#ifdef __cplusplus
extern "C" {
#endif
#ifdef __GNUC__
#pragma GCC visibility push(default)
#endif

/* ---------------------------------------------------------------------------- watching */

/* What happened to a feed or page: `what` is one word ("feed", "same", "kept", "known", "foreign",
 * "later", "gone", "denied", "refused"), `why` the rest in words. `good`: nothing is wrong. */
typedef struct annals_watch_note {
    const char *what, *address, *why;
    bool good;
} annals_watch_note;

typedef struct annals_watch_settings {
    const char *const *feeds; /* addresses; `feed_count` 0: those that the record watches already */
    size_t feed_count;
    uint32_t every;     /* minutes from one look at a feed to the next; 0 = 30 */
    bool now;           /* look at feeds before that, unless they failed when they were asked last */
    uint32_t delay;     /* milliseconds between two requests to one host, at least */
    uint32_t timeout;   /* seconds that one request may take; 0 = 30 */
    uint64_t max_size;  /* bytes of a page or feed; 0 = 64 MiB */
    uint32_t limit;     /* pages a round; 0 = 1000 */
    bool allow_private; /* addresses of private networks */
    bool (*going)(void *context); /* false: stop; asked several times a second */
    void (*note)(void *context, const annals_watch_note *note); /* may be NULL */
    void *context;
} annals_watch_settings;

/* What one round did. */
typedef struct annals_watched {
    uint64_t kept, known, foreign; /* new reports (`foreign` of them not English), and others */
    uint64_t failed;               /* feeds and pages that could not be had */
    uint64_t waiting;              /* pages that wait for a later round */
    uint64_t next;                 /* seconds until there is something to do again */
} annals_watched;

/* One round: looks at the feeds (RSS, Atom, sitemaps) that are due, fetches the pages that they name
 * and the record does not know, codes and stores them, and merges. What is known of feeds and pages is
 * kept in the record, so that a round that was stopped or killed is gone on with by the next. What
 * fails on the other side is noted and asked again later; ANNALS_STOPPED where `going` said so,
 * ANNALS_WRONG_USE where a feed is no web address, else the record's errors. `watched` is always
 * filled. */
annals_status annals_watch(annals_record *record, const annals_engine *engine,
                           const annals_watch_settings *settings, annals_watched *watched,
                           annals_error *error);

#ifdef __GNUC__
#pragma GCC visibility pop
#endif
#ifdef __cplusplus
}
#endif

#endif
