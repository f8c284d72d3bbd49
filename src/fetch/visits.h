/* Visits to web sites as a polite guest makes them: robots.txt, delays, redirects. */
#ifndef ANNALS_FETCH_VISITS_H
#define ANNALS_FETCH_VISITS_H

#include "fetch/fetch.h"

enum { VISIT_HOPS = 5 };

enum visit_outcome {
    VISIT_GOOD,      /* a body came */
    VISIT_UNCHANGED, /* it is as it was when `etag` and `modified` were given */
    VISIT_GONE,      /* there is no such page, or not for us; no use to ask again */
    VISIT_LATER, /* the server or the network failed; `retry_after` of the answer may say until when
                  */
    VISIT_DENIED,  /* by robots.txt */
    VISIT_REFUSED, /* by us: private, too large, too many redirects, no web address */
    VISIT_STOPPED,
};

struct visits;

/* `name` is what robots.txt calls us; `delay` the least milliseconds between two requests to a
 * host. */
annals_status visits_open(struct visits **visits, const struct fetch_settings *settings,
                          const char *name, uint32_t delay, annals_error *error);
void visits_close(struct visits *visits);

/* Milliseconds until the host of the address may be asked again; 0: now. */
uint64_t visits_delay(const struct visits *visits, const char *address);

/* Fetches a resolved address, at most VISIT_HOPS redirects on. `final` gets the address where the
 * answer came from. `*outcome` says how it went, and where it is not good, the error's sentence
 * says why. Fails only with ANNALS_NO_MEMORY. */
annals_status visit(struct visits *visits, const char *address, const char *etag,
                    const char *modified, struct fetch_answer *answer, char final[ADDRESS_SIZE],
                    enum visit_outcome *outcome, annals_error *error);

/* Sleeps so long, or until the settings' `going` says no. False then. */
bool visits_sleep(const struct visits *visits, uint64_t milliseconds);

#endif
