/* Visits to web sites as a polite guest makes them: robots.txt, delays, redirects.
 *
 * What is known of a host (its robots.txt, when it was asked last) lives as long as the handle. A
 * robots.txt that is not there allows all; one whose server fails denies all until it answers
 * (RFC 9309, 2.3.1). Each hop of a redirect is a visit like any other: its host's robots.txt and
 * delay count, and its address must be public. */
#include "fetch/visits.h"

#include "fetch/robots.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { HOSTS = 256 };

struct host {
    char name[ADDRESS_SIZE];
    bool asked;            /* for robots.txt */
    bool failing;          /* it could not be had: no visits */
    bool missing;          /* there is none */
    annals_status failure; /* of the request for it */
    char why[512];
    struct buffer robots;
    uint64_t ready;       /* monotonic milliseconds: not before */
    uint64_t retry_after; /* seconds that its answer for robots.txt asked for */
    uint32_t delay;
};

struct visits {
    struct fetcher *fetcher;
    struct fetch_settings settings;
    const char *name;
    uint32_t delay;
    struct host *hosts[HOSTS]; /* newest last; the oldest goes when all are taken */
    uint32_t count;
};

static uint64_t milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* ------------------------------------------------------------------ hosts */

static void host_free(struct host *host)
{
    if (host == NULL)
        return;
    buffer_release(&host->robots);
    free(host);
}

static struct host *find_host(const struct visits *visits, const char *address)
{
    char name[ADDRESS_SIZE];
    address_host(address, name);
    for (uint32_t i = 0; i < visits->count; i++)
        if (strcmp(visits->hosts[i]->name, name) == 0)
            return visits->hosts[i];
    return NULL;
}

static struct host *host_of(struct visits *visits, const char *address)
{
    struct host *host = find_host(visits, address);
    if (host != NULL)
        return host;
    host = calloc(1, sizeof *host);
    if (host == NULL)
        return NULL;
    address_host(address, host->name);
    buffer_init(&host->robots);
    host->delay = visits->delay;
    if (visits->count == HOSTS) {
        host_free(visits->hosts[0]);
        memmove(visits->hosts, visits->hosts + 1, (HOSTS - 1) * sizeof visits->hosts[0]);
        visits->count--;
    }
    return visits->hosts[visits->count++] = host;
}

uint64_t visits_delay(const struct visits *visits, const char *address)
{
    const struct host *host = find_host(visits, address);
    uint64_t now = milliseconds();
    return host != NULL && host->ready > now ? host->ready - now : 0;
}

bool visits_sleep(const struct visits *visits, uint64_t wait)
{
    enum { STEP = 100 };
    uint64_t until = milliseconds() + wait, now;
    while (visits->settings.going(visits->settings.context)) {
        now = milliseconds();
        if (now >= until)
            return true;
        uint64_t rest = until - now < STEP ? until - now : STEP;
        nanosleep(&(struct timespec){.tv_nsec = (long)rest * 1000000}, NULL);
    }
    return false;
}

/* One request when the host's time has come. */
static annals_status ask(struct visits *visits, struct host *host, const char *address,
                         const char *etag, const char *modified, struct fetch_answer *answer,
                         annals_error *error)
{
    uint64_t now = milliseconds();
    if (host->ready > now && !visits_sleep(visits, host->ready - now))
        return error_set(error, ANNALS_STOPPED, "stopped on request");
    annals_status status = fetch(visits->fetcher, address, etag, modified, answer, error);
    host->ready = milliseconds() + host->delay;
    return status;
}

static bool is_redirect(const struct fetch_answer *answer)
{
    return answer->redirect[0] != '\0' &&
           (answer->status == 301 || answer->status == 302 || answer->status == 303 ||
            answer->status == 307 || answer->status == 308);
}

/* Fetches the host's robots.txt, wherever redirects lead. Only memory and a stop are failures. */
static annals_status ask_robots(struct visits *visits, struct host *host, annals_error *error)
{
    char address[ADDRESS_SIZE];
    struct fetch_answer answer;
    annals_status status = ANNALS_OK;
    annals_error found = {0};
    host->failing = !address_resolve(address, host->name, "/robots.txt");
    fetch_answer_init(&answer);
    for (int hop = 0; !host->failing && hop <= VISIT_HOPS; hop++) {
        status = ask(visits, host, address, NULL, NULL, &answer, &found);
        char next[ADDRESS_SIZE];
        if (status != ANNALS_OK || !is_redirect(&answer) ||
            !address_resolve(next, address, answer.redirect))
            break;
        memcpy(address, next, sizeof address);
    }
    if (status == ANNALS_STOPPED || status == ANNALS_NO_MEMORY) {
        fetch_answer_release(&answer);
        return error_set(error, status, "%s", found.sentence);
    }
    host->asked = true;
    host->retry_after = answer.retry_after;
    host->missing =
        status == ANNALS_OK && answer.status != 200 && answer.status < 500 && answer.status != 429;
    host->failing = !host->missing && (status != ANNALS_OK || answer.status != 200);
    host->failure = status;
    if (status != ANNALS_OK)
        snprintf(host->why, sizeof host->why, "%s", found.sentence);
    else
        snprintf(host->why, sizeof host->why, "its robots.txt could not be had (HTTP %ld)",
                 answer.status);
    if (!host->failing && !host->missing) {
        host->robots = answer.body;
        buffer_init(&answer.body);
    }
    fetch_answer_release(&answer);
    return ANNALS_OK;
}

/* Whether the host lets us have the page. */
static annals_status may_visit(struct visits *visits, struct host *host, const char *address,
                               enum visit_outcome *outcome, annals_error *error)
{
    if (!host->asked) {
        annals_status status = ask_robots(visits, host, error);
        if (status != ANNALS_OK)
            return status;
    }
    *outcome = VISIT_GOOD;
    if (host->failing)
        *outcome = VISIT_LATER;
    if (host->failing || host->missing || host->robots.length == 0)
        return ANNALS_OK;
    uint32_t delay = 0;
    if (!robots_allow(host->robots.bytes, host->robots.length, visits->name, address_path(address),
                      &delay))
        *outcome = VISIT_DENIED;
    host->delay = delay > visits->delay ? delay : visits->delay;
    return ANNALS_OK;
}

/* ------------------------------------------------------------------ visits */

annals_status visits_open(struct visits **visits, const struct fetch_settings *settings,
                          const char *name, uint32_t delay, annals_error *error)
{
    struct visits *opened = calloc(1, sizeof *opened);
    if (opened == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    opened->settings = *settings;
    opened->name = name;
    opened->delay = delay;
    annals_status status = fetcher_open(&opened->fetcher, settings, error);
    if (status != ANNALS_OK) {
        free(opened);
        return status;
    }
    *visits = opened;
    return ANNALS_OK;
}

void visits_close(struct visits *visits)
{
    if (visits == NULL)
        return;
    for (uint32_t i = 0; i < visits->count; i++)
        host_free(visits->hosts[i]);
    fetcher_close(visits->fetcher);
    free(visits);
}

/* What the server's status means for us. `marked`: it was asked whether something changed. */
static enum visit_outcome judge(const struct fetch_answer *answer, bool marked, annals_error *error)
{
    long status = answer->status;
    if (status == 200)
        return VISIT_GOOD;
    if (status == 304 && marked)
        return VISIT_UNCHANGED;
    error_set(error, ANNALS_CANNOT_READ, "%s (HTTP %ld)",
              status == 404   ? "there is no such page"
              : status == 304 ? "nothing changed, says the server, and was not asked that"
              : status == 410 ? "the page is gone"
              : status == 429 ? "the server asks for fewer requests"
              : status == 401 || status == 403 ? "the server does not let us"
              : status >= 500                  ? "the server failed"
                                               : "no page came",
              status);
    return status >= 500 || status == 304 || status == 429 || status == 408 || status == 425
               ? VISIT_LATER
               : VISIT_GONE;
}

/* One hop; `*status` is other than ANNALS_OK only where memory is out. */
static enum visit_outcome hop(struct visits *visits, const char *address, const char *etag,
                              const char *modified, struct fetch_answer *answer,
                              annals_status *status, annals_error *error)
{
    enum visit_outcome outcome = VISIT_GOOD;
    struct host *host = host_of(visits, address);
    *status = host != NULL ? may_visit(visits, host, address, &outcome, error)
                           : error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (*status == ANNALS_OK && outcome == VISIT_DENIED)
        error_set(error, ANNALS_CANNOT_READ, "robots.txt of the site forbids it");
    if (*status == ANNALS_OK && outcome == VISIT_LATER) {
        error_set(error, ANNALS_CANNOT_READ, "%s", host->why);
        answer->retry_after = host->retry_after;
        if (host->failure == ANNALS_WRONG_USE)
            outcome = VISIT_REFUSED;
    }
    if (*status == ANNALS_OK && outcome == VISIT_GOOD) {
        *status = ask(visits, host, address, etag, modified, answer, error);
        outcome = *status != ANNALS_OK  ? VISIT_LATER
                  : is_redirect(answer) ? VISIT_GOOD
                                        : judge(answer, etag != NULL || modified != NULL, error);
    }
    if (*status == ANNALS_STOPPED)
        outcome = VISIT_STOPPED;
    if (*status == ANNALS_TOO_LARGE || *status == ANNALS_WRONG_USE)
        outcome = VISIT_REFUSED;
    if (*status != ANNALS_NO_MEMORY)
        *status = ANNALS_OK;
    return outcome;
}

annals_status visit(struct visits *visits, const char *address, const char *etag,
                    const char *modified, struct fetch_answer *answer, char final[ADDRESS_SIZE],
                    enum visit_outcome *outcome, annals_error *error)
{
    annals_status status = ANNALS_OK;
    snprintf(final, ADDRESS_SIZE, "%s", address);
    for (int hops = 0;; hops++) {
        *outcome = hop(visits, final, etag, modified, answer, &status, error);
        if (status != ANNALS_OK || *outcome != VISIT_GOOD || !is_redirect(answer))
            return status;
        char next[ADDRESS_SIZE];
        *outcome = VISIT_REFUSED;
        if (hops == VISIT_HOPS) {
            error_set(error, ANNALS_CANNOT_READ, "more than %d redirects", VISIT_HOPS);
            return ANNALS_OK;
        }
        if (!address_resolve(next, final, answer->redirect)) {
            error_set(error, ANNALS_CANNOT_READ, "redirects to %.100s, which is no web page",
                      answer->redirect);
            return ANNALS_OK;
        }
        memcpy(final, next, sizeof next);
        etag = modified = NULL;
    }
}
