/* Whether the record can be asked, and how much it holds.
 *
 * It has a connection of its own, so that it says what is so while all readers are taken; one look
 * a second, one count in five, whoever asks how often. The counts may take a second together: of
 * what takes longer the last known figure stays, and where there is none the line is left out. */
#include "serve/health.h"

#include "formats/exposition.h"
#include "record/survey.h"

#include <math.h>
#include <string.h>
#include <time.h>

enum { PATIENCE = 1000, LOOK_AGAIN = 1000, COUNT_AGAIN = 5000 }; /* milliseconds */

void health_init(struct health *health, const char *path)
{
    *health = (struct health){.path = path};
    health->tally = (struct record_tally){-1, -1, -1, -1, -1, -1, 0, -1};
    pthread_mutex_init(&health->lock, NULL);
    metrics_init(&health->metrics);
}

void health_release(struct health *health)
{
    if (health->path == NULL)
        return;
    record_close(health->record);
    pthread_mutex_destroy(&health->lock);
}

static int64_t milliseconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ------------------------------------------------------------------ looking */

static bool is_due(int64_t *last, int64_t pause)
{
    int64_t now = milliseconds(CLOCK_MONOTONIC);
    if (*last != 0 && now < *last + pause)
        return false;
    *last = now;
    return true;
}

static void look(struct health *health)
{
    annals_status status = ANNALS_OK;
    if (!is_due(&health->looked, LOOK_AGAIN))
        return;
    if (health->record == NULL)
        status = record_open(health->path, ANNALS_READ_ONLY, PATIENCE, &health->record, NULL);
    if (status == ANNALS_OK) {
        record_limit(health->record, PATIENCE);
        status = record_answers(health->record, NULL);
    }
    health->well = status == ANNALS_OK;
    if (!health->well) {
        record_close(health->record);
        health->record = NULL;
    }
}

static void keep(int64_t *known, int64_t found)
{
    if (found >= 0)
        *known = found;
}

static void count(struct health *health)
{
    struct record_tally found, *known = &health->tally;
    if (!health->well || !is_due(&health->counted, COUNT_AGAIN))
        return;
    record_limit(health->record, PATIENCE);
    record_tally(health->record, &found, NULL);
    /* Where nobody says when it was written: when it was first seen to have been. */
    if (found.rows >= 0 && known->rows >= 0 && found.rows != known->rows)
        found.changed = (double)milliseconds(CLOCK_REALTIME) / 1000;
    if (found.changed > 0)
        known->changed = found.changed;
    keep(&known->reports, found.reports);
    keep(&known->claims, found.claims);
    keep(&known->events, found.events);
    keep(&known->decisions, found.decisions);
    keep(&known->unmerged, found.unmerged);
    keep(&known->bytes, found.bytes);
    keep(&known->rows, found.rows);
}

bool health_is_good(struct health *health)
{
    pthread_mutex_lock(&health->lock);
    look(health);
    bool well = health->well;
    pthread_mutex_unlock(&health->lock);
    return well;
}

/* ------------------------------------------------------------------ writing */

static void write_one(struct buffer *text, const char *name, const char *help, double value)
{
    exposition_family(text, name, "gauge", help);
    exposition_value(text, name, "", NULL, value);
}

static double known(int64_t number)
{
    return number >= 0 ? (double)number : NAN;
}

void health_write(struct health *health, struct buffer *text)
{
    pthread_mutex_lock(&health->lock);
    look(health);
    count(health);
    struct record_tally tally = health->tally;
    bool well = health->well;
    pthread_mutex_unlock(&health->lock);
    metrics_write(&health->metrics, text);
    write_one(text, "annals_record_up", "Whether the record can be asked: 1 or 0.", well);
    write_one(text, "annals_record_reports", "Reports in the record.", known(tally.reports));
    write_one(text, "annals_record_claims", "Claims in the record.", known(tally.claims));
    write_one(text, "annals_record_events", "Events in the record.", known(tally.events));
    write_one(text, "annals_record_decisions", "Decisions of people in the record.",
              known(tally.decisions));
    write_one(text, "annals_record_unmerged_reports",
              "Reports that are stored and not yet merged with the others.", known(tally.unmerged));
    write_one(text, "annals_record_size_bytes", "Bytes of the record on the disk, with its log.",
              known(tally.bytes));
    write_one(text, "annals_record_last_change_timestamp_seconds",
              "When the record was last written, in seconds since 1970.",
              tally.changed > 0 ? tally.changed : NAN);
}
