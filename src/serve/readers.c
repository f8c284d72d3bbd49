/* The connections that read the record, each used by one request at a time.
 *
 * Whether the record changed is told by sizes and times of its file and of its log: a look at two
 * inodes, where asking SQLite would take a connection. A file's time goes by the kernel's tick, so two
 * writes of this server within one tick would look alike; they are counted beside it. Of a record in
 * PostgreSQL its server is asked, fifty times a second at most. */
#include "serve/readers.h"

#include "bytes/buffer.h"
#include "bytes/hash.h"
#include "record/survey.h"
#include "record/tally.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>

annals_status readers_open(struct readers *readers, const char *path, uint32_t limit,
                           annals_error *error)
{
    memset(readers, 0, sizeof *readers);
    readers->path = path;
    readers->limit = limit;
    pthread_mutex_init(&readers->lock, NULL);
    pthread_cond_init(&readers->freed, NULL);
    pthread_mutex_init(&readers->looking, NULL);
    return record_open(path, ANNALS_READ_ONLY, limit, &readers->records[0], error);
}

void readers_close(struct readers *readers)
{
    if (readers->path == NULL)
        return;
    for (int i = 0; i < READERS; i++)
        record_close(readers->records[i]);
    record_close(readers->watch);
    pthread_mutex_destroy(&readers->looking);
    record_columns_free(readers->columns);
    pthread_cond_destroy(&readers->freed);
    pthread_mutex_destroy(&readers->lock);
}

static int find_free(const struct readers *readers)
{
    int unopened = -1;
    for (int i = 0; i < READERS; i++) {
        if (readers->taken[i])
            continue;
        if (readers->records[i] != NULL)
            return i; /* its pages and statements are warm */
        unopened = i;
    }
    return unopened;
}

struct record *readers_take(struct readers *readers, annals_error *error)
{
    pthread_mutex_lock(&readers->lock);
    int slot;
    while ((slot = find_free(readers)) < 0)
        pthread_cond_wait(&readers->freed, &readers->lock);
    readers->taken[slot] = true;
    pthread_mutex_unlock(&readers->lock);
    if (readers->records[slot] == NULL &&
        record_open(readers->path, ANNALS_READ_ONLY, readers->limit, &readers->records[slot],
                    error) != ANNALS_OK) {
        pthread_mutex_lock(&readers->lock);
        readers->taken[slot] = false;
        pthread_cond_signal(&readers->freed);
        pthread_mutex_unlock(&readers->lock);
        return NULL;
    }
    record_limit(readers->records[slot], readers->limit);
    uint64_t stamp = readers_stamp(readers);
    pthread_mutex_lock(&readers->lock);
    record_columns_use(readers->records[slot],
                       readers->columns_stamp == stamp ? readers->columns : NULL);
    pthread_mutex_unlock(&readers->lock);
    return readers->records[slot];
}

void readers_survey(struct readers *readers, uint64_t stamp)
{
    enum { LONGEST = 120000 };
    annals_error error = {0};
    pthread_mutex_lock(&readers->lock);
    bool known = readers->columns != NULL && readers->columns_stamp == stamp;
    struct record_columns *before = known ? NULL : readers->columns;
    readers->columns = known ? readers->columns : NULL;
    pthread_mutex_unlock(&readers->lock);
    record_columns_free(before);
    struct record *record = known ? NULL : readers_take(readers, &error);
    if (record == NULL)
        return;
    record_limit(record, LONGEST);
    struct record_columns *columns = record_columns_read(record);
    readers_give(readers, record);
    /* What was read while somebody wrote may be of either state. */
    if (readers_stamp(readers) != stamp) {
        record_columns_free(columns);
        return;
    }
    pthread_mutex_lock(&readers->lock);
    readers->columns = columns;
    readers->columns_stamp = stamp;
    pthread_mutex_unlock(&readers->lock);
}

void readers_give(struct readers *readers, struct record *record)
{
    pthread_mutex_lock(&readers->lock);
    for (int i = 0; i < READERS; i++)
        if (readers->records[i] == record)
            readers->taken[i] = false;
    pthread_cond_signal(&readers->freed);
    pthread_mutex_unlock(&readers->lock);
}

static int64_t milliseconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* While the server does not answer each moment is another, so that nothing that is kept is sent. */
static uint64_t ask_moment(struct readers *readers)
{
    enum { FRESH = 20, PATIENCE = 1000 };
    pthread_mutex_lock(&readers->looking);
    int64_t now = milliseconds_now();
    if (readers->looked == 0 || now >= readers->looked + FRESH) {
        annals_status status = ANNALS_OK;
        if (readers->watch == NULL)
            status = record_open(readers->path, ANNALS_READ_ONLY, PATIENCE, &readers->watch, NULL);
        if (status == ANNALS_OK) {
            record_limit(readers->watch, PATIENCE);
            status = record_moment(readers->watch, &readers->moment, NULL);
        }
        if (status != ANNALS_OK)
            readers->moment = (uint64_t)now;
        readers->looked = now;
    }
    uint64_t moment = readers->moment;
    pthread_mutex_unlock(&readers->looking);
    return moment;
}

uint64_t readers_stamp(struct readers *readers)
{
    uint64_t stamp = hash_join(1, atomic_load(&readers->written));
    struct buffer path;
    if (record_is_address(readers->path))
        return hash_join(stamp, ask_moment(readers));
    buffer_init(&path);
    for (int i = 0; i < 2; i++) {
        struct stat facts;
        buffer_clear(&path);
        buffer_print(&path, "%s%s", readers->path, i == 0 ? "" : "-wal");
        if (path.failed || stat(path.bytes, &facts) != 0)
            continue;
        stamp = hash_join(stamp, (uint64_t)facts.st_size);
        stamp = hash_join(stamp, (uint64_t)facts.st_ino);
        stamp = hash_join(stamp, (uint64_t)facts.st_mtim.tv_sec * 1000000000u +
                                     (uint64_t)facts.st_mtim.tv_nsec);
    }
    buffer_release(&path);
    return stamp;
}
