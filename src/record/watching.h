/* What is watched: feeds, the pages they name, when to ask which. Book-keeping beside the record. */
#ifndef ANNALS_RECORD_WATCHING_H
#define ANNALS_RECORD_WATCHING_H

#include "record/record.h"

enum { MOMENT_SIZE = 24 };

/* Strings are NULL where unknown. */
struct watched_feed {
    const char *feed, *parent, *title, *etag, *modified, *looked, *due, *outcome;
    uint32_t failures;
};

struct watched_page {
    const char *page, *feed, *host, *published, *state, *due, *looked, *outcome;
    uint32_t rank, tries;
};

typedef ARRAY(struct watched_feed) watched_feeds;
typedef ARRAY(struct watched_page) watched_pages;

/* The feed as it is known; `*known` false where it is new. */
annals_status watching_feed(struct record *record, const char *address, struct arena *arena,
                            struct watched_feed *feed, bool *known, annals_error *error);

/* All feeds without a parent, or (`parent` not NULL) those that an index names; by address. */
annals_status watching_feeds(struct record *record, const char *parent, struct arena *arena,
                             watched_feeds *feeds, annals_error *error);

/* Stores the feed's state with the pages and sitemaps that it names now, in one transaction: what is
 * known already is left as it is. `*added` gets the number of new pages. */
annals_status watching_store(struct record *record, const struct watched_feed *feed,
                             const watched_pages *pages, const watched_feeds *lists, uint64_t *added,
                             annals_error *error);

/* Up to `limit` waiting pages that are due at `now`: the first of each feed, then the second, ... */
annals_status watching_pages(struct record *record, const char *now, uint32_t limit,
                             struct arena *arena, watched_pages *pages, annals_error *error);

/* Stores state, tries, due, looked and outcome of a page. */
annals_status watching_page(struct record *record, const struct watched_page *page,
                            annals_error *error);

/* Puts off all waiting pages of a host until then. */
annals_status watching_put_off(struct record *record, const char *host, const char *due,
                               annals_error *error);

/* The number of waiting pages, and the earliest moment at which one is due; "" where one is now, or none
 * is there. */
annals_status watching_next(struct record *record, uint64_t *waiting, char due[MOMENT_SIZE],
                            annals_error *error);

#endif
