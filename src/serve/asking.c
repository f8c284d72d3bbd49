/* Answers as they go out, and those that are made before anybody asks: what the page asks first of the
 * whole record takes a second each where it is large. They are made in the page's own words, so that
 * they are found under what it will ask. */
#include "serve/asking.h"

#include "record/survey.h"
#include "serve/request.h"

#include <string.h>
#include <time.h>

enum { ANSWER_LONGEST = 256 << 20 };

/* Collects an answer; one that outgrows all bounds is cut off, and refused. */
bool asking_collect(void *context, const char *bytes, size_t length)
{
    struct buffer *answer = context;
    if (answer->length + length > ANSWER_LONGEST)
        return false;
    buffer_add(answer, bytes, length);
    return !answer->failed;
}

struct reply_kind asking_kind(const struct answer *answer, const annals_query *query, bool gzip)
{
    struct reply_kind kind = {MHD_HTTP_OK, "application/json", "no-cache", NULL, gzip};
    if (query->layout == ANNALS_CSV) {
        kind.type = "text/csv; charset=utf-8";
        kind.name = strcmp(answer->path, "claims") == 0    ? "claims.csv"
                    : strcmp(answer->path, "reports") == 0 ? "reports.csv"
                                                           : "events.csv";
    } else if (strcmp(answer->path, "geojson") == 0) {
        kind.type = "application/geo+json";
        kind.name = "events.geojson";
    }
    return kind;
}

/* ------------------------------------------------------------------ ahead */

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* What the page asks of the whole record, in its words: of a large one that takes a second each. */
static const char *const first_questions[] = {
    "/api/v1/points",  "/api/v1/control?history=yes", "/api/v1/timeline?limit=100&offset=0",
    "/api/v1/summary", "/api/v1/relations?limit=2000", "/api/v1/actors?limit=300",
    "/api/v1/facets"};

/* Makes the answer and keeps it, where it is not kept yet. */
static void make_ahead(struct asking_ahead *ahead, const char *raw, uint64_t stamp)
{
    enum { LONGEST = 60000 };
    char key[120];
    const char *id;
    struct request request;
    struct buffer bytes;
    annals_query query = {0};
    annals_error error = {0};
    snprintf(key, sizeof key, "gzip %s", raw);
    if (replies_has(ahead->replies, key, stamp) ||
        !replies_make(ahead->replies, key, stamp, ahead->readers->limit))
        return;
    buffer_init(&bytes);
    annals_status status = request_read(&request, raw, &error);
    const struct answer *answer =
        status == ANNALS_OK ? answer_find(request.path + strlen("/api/v1/"), &id) : NULL;
    if (answer != NULL)
        status = request_query(&request, answer->takes, &query, &error);
    struct record *record =
        answer != NULL && status == ANNALS_OK ? readers_take(ahead->readers, &error) : NULL;
    if (record != NULL) {
        record_limit(record, LONGEST);
        status = answer_write(record, answer, &query, asking_collect, &bytes, &error);
        readers_give(ahead->readers, record);
        const struct reply_kind kind = asking_kind(answer, &query, true);
        if (status == ANNALS_OK)
            replies_keep(ahead->replies, key, stamp, &bytes, &kind);
    }
    replies_made(ahead->replies, key, stamp);
    request_release(&request);
    buffer_release(&bytes);
}

/* Answers ahead when the server begins, and again when the record has changed and then rests; a tenth
 * of the time at most goes into it. */
static void *answer_ahead(void *context)
{
    enum { LOOK = 500, REST = 10 };
    struct asking_ahead *ahead = context;
    uint64_t answered = 0, seen = readers_stamp(ahead->readers);
    int64_t pause = 0;
    while (!atomic_load(&ahead->closing)) {
        uint64_t stamp = readers_stamp(ahead->readers);
        bool rests = stamp == seen;
        seen = stamp;
        if (rests && stamp != answered && pause <= 0) {
            int64_t began = now();
            readers_survey(ahead->readers, stamp);
            for (size_t i = 0; i < sizeof first_questions / sizeof first_questions[0]; i++)
                if (!atomic_load(&ahead->closing))
                    make_ahead(ahead, first_questions[i], stamp);
            answered = stamp;
            pause = (now() - began) * REST;
        }
        for (int i = 0; i < 10 && !atomic_load(&ahead->closing); i++)
            nanosleep(&(struct timespec){.tv_nsec = LOOK / 10 * 1000000}, NULL);
        pause -= LOOK;
    }
    return NULL;
}

void asking_begin(struct asking_ahead *ahead, struct readers *readers, struct replies *replies)
{
    ahead->readers = readers;
    ahead->replies = replies;
    ahead->begun = pthread_create(&ahead->thread, NULL, answer_ahead, ahead) == 0;
}

void asking_end(struct asking_ahead *ahead)
{
    atomic_store(&ahead->closing, true);
    if (ahead->begun)
        pthread_join(ahead->thread, NULL);
}
