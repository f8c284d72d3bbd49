/* The connections that read the record, each used by one request at a time.
 *
 * Whether the record changed is told by sizes and times of its file and of its log: a look at two
 * inodes, where asking SQLite would take a connection. A file's time goes by the kernel's tick, so two
 * writes of this server within one tick would look alike; they are counted beside it. A record on a server
 * is asked. */
#include "serve/readers.h"

#include "bytes/buffer.h"
#include "bytes/hash.h"
#include "record/survey.h"

#include <string.h>
#include <sys/stat.h>

annals_status readers_open(struct readers *readers, const char *path, uint32_t limit,
                           annals_error *error)
{
    memset(readers, 0, sizeof *readers);
    readers->path = path;
    readers->limit = limit;
    pthread_mutex_init(&readers->lock, NULL);
    pthread_cond_init(&readers->freed, NULL);
    return record_open(path, ANNALS_READ_ONLY, limit, &readers->records[0], error);
}

void readers_close(struct readers *readers)
{
    if (readers->path == NULL)
        return;
    for (int i = 0; i < READERS; i++)
        record_close(readers->records[i]);
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
    return readers->records[slot];
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

static uint64_t ask_stamp(struct readers *readers, uint64_t stamp)
{
    annals_error error = {0};
    struct record *record = readers_take(readers, &error);
    if (record == NULL)
        return stamp;
    stamp = hash_join(stamp, record_stamp(record));
    readers_give(readers, record);
    return stamp;
}

uint64_t readers_stamp(struct readers *readers)
{
    uint64_t stamp = hash_join(1, atomic_load(&readers->written));
    if (record_is_address(readers->path))
        return ask_stamp(readers, stamp);
    struct buffer path;
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
