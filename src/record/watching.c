/* What is watched: feeds, the pages they name, when to ask which.
 *
 * A feed's marks (ETag, Last-Modified) and the pages it names are stored together, so that a feed that
 * then says "unchanged" has no page that nobody knows of; whatever the moment of a kill, the next round
 * goes on with the pages that wait. Leaves out: fetching, and every decision when to ask again. */
#include "record/watching.h"

#include "record/sqlite.h"

#include <string.h>

/* A statement for one use, with its text parameters bound; NULL with `*status` set. */
static struct store_statement *prepare(struct record *record, const char *sql,
                                       const char *const *values, int count, annals_status *status,
                                       annals_error *error)
{
    struct store_statement *statement = NULL;
    int code = store_prepare(record->database, sql, &statement);
    for (int i = 0; i < count && code == STORE_OK; i++)
        code = store_bind_text(statement, i + 1, values[i]);
    if (code == STORE_OK)
        return statement;
    *status = record_fail(record, "cannot look up what is watched", error);
    store_finalize(statement);
    return NULL;
}

/* Ends a statement that was stepped to its end; `code` is what the last step gave. */
static annals_status end(struct record *record, struct store_statement *statement, int code,
                         annals_error *error)
{
    annals_status status =
        code == STORE_DONE ? ANNALS_OK : record_fail(record, "cannot keep what is watched", error);
    store_finalize(statement);
    return status;
}

/* Runs a statement without rows. */
static annals_status run(struct record *record, const char *sql, const char *const *values,
                         int count, annals_error *error)
{
    annals_status status = ANNALS_OK;
    struct store_statement *statement = prepare(record, sql, values, count, &status, error);
    return statement != NULL ? end(record, statement, store_step(statement), error) : status;
}

static const char *column(struct store_statement *row, int i, struct arena *arena)
{
    const char *text = store_text(row, i);
    return text != NULL ? arena_copy_string(arena, text) : NULL;
}

/* ------------------------------------------------------------------ feeds */

#define FEED_COLUMNS "feed, parent, title, etag, modified, looked, due, outcome, failures"

static struct watched_feed read_feed(struct store_statement *row, struct arena *arena)
{
    return (struct watched_feed){.feed = column(row, 0, arena),
                                 .parent = column(row, 1, arena),
                                 .title = column(row, 2, arena),
                                 .etag = column(row, 3, arena),
                                 .modified = column(row, 4, arena),
                                 .looked = column(row, 5, arena),
                                 .due = column(row, 6, arena),
                                 .outcome = column(row, 7, arena),
                                 .failures = (uint32_t)store_int64(row, 8)};
}

static annals_status read_feeds(struct record *record, const char *sql, const char *value,
                                struct arena *arena, watched_feeds *feeds, annals_error *error)
{
    annals_status status = ANNALS_OK;
    struct store_statement *statement = prepare(record, sql, &value, value != NULL, &status, error);
    if (statement == NULL)
        return status;
    int code;
    while ((code = store_step(statement)) == STORE_ROW) {
        struct watched_feed *feed = array_push(feeds);
        if (feed != NULL)
            *feed = read_feed(statement, arena);
    }
    status = end(record, statement, code, error);
    return status == ANNALS_OK && arena->failed ? error_set(error, ANNALS_NO_MEMORY, "out of memory")
                                                : status;
}

annals_status watching_feed(struct record *record, const char *address, struct arena *arena,
                            struct watched_feed *feed, bool *known, annals_error *error)
{
    watched_feeds found;
    array_init(&found, arena);
    annals_status status =
        read_feeds(record, "SELECT " FEED_COLUMNS " FROM watched_feeds WHERE feed = ?", address,
                   arena, &found, error);
    if (status != ANNALS_OK)
        return status;
    *known = found.count > 0;
    *feed = *known ? found.items[0] : (struct watched_feed){.feed = address};
    return ANNALS_OK;
}

annals_status watching_feeds(struct record *record, const char *parent, struct arena *arena,
                             watched_feeds *feeds, annals_error *error)
{
    return read_feeds(record,
                      parent != NULL
                          ? "SELECT " FEED_COLUMNS
                            " FROM watched_feeds WHERE parent = ? ORDER BY feed"
                          : "SELECT " FEED_COLUMNS
                            " FROM watched_feeds WHERE parent IS NULL ORDER BY feed",
                      parent, arena, feeds, error);
}

/* ------------------------------------------------------------------ storing */

static annals_status store_feed(struct record *record, const struct watched_feed *feed,
                                annals_error *error)
{
    char failures[16];
    snprintf(failures, sizeof failures, "%u", feed->failures);
    const char *const values[] = {feed->feed,     feed->parent, feed->title,   feed->etag,
                                  feed->modified, feed->looked, feed->due,     feed->outcome,
                                  failures};
    return run(record,
               "INSERT INTO watched_feeds (" FEED_COLUMNS ") "
               "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, CAST(?9 AS INTEGER)) "
               "ON CONFLICT (feed) DO UPDATE SET title = ?3, etag = ?4, modified = ?5, looked = ?6, "
               "due = ?7, outcome = ?8, failures = CAST(?9 AS INTEGER)",
               values, 9, error);
}

static annals_status add_lists(struct record *record, const char *parent,
                               const watched_feeds *lists, annals_error *error)
{
    annals_status status = ANNALS_OK;
    for (uint32_t i = 0; status == ANNALS_OK && i < lists->count; i++) {
        const char *const values[] = {lists->items[i].feed, parent};
        status = run(record,
                     "INSERT INTO watched_feeds (feed, parent) VALUES (?, ?) "
                     "ON CONFLICT DO NOTHING",
                     values, 2, error);
    }
    return status;
}

static annals_status add_pages(struct record *record, const watched_pages *pages, uint64_t *added,
                               annals_error *error)
{
    annals_status status = ANNALS_OK;
    struct store_statement *statement =
        prepare(record,
                "INSERT INTO watched_pages (page, feed, host, rank, published, state) "
                "VALUES (?, ?, ?, ?, ?, 'waiting') ON CONFLICT DO NOTHING",
                NULL, 0, &status, error);
    if (statement == NULL)
        return status;
    int code = STORE_DONE;
    for (uint32_t i = 0; i < pages->count && code == STORE_DONE; i++) {
        const struct watched_page *page = &pages->items[i];
        store_reset(statement);
        store_bind_lasting_text(statement, 1, page->page);
        store_bind_lasting_text(statement, 2, page->feed);
        store_bind_lasting_text(statement, 3, page->host);
        store_bind_int64(statement, 4, page->rank);
        store_bind_lasting_text(statement, 5, page->published);
        code = store_step(statement);
        *added += code == STORE_DONE ? (uint64_t)store_changes(record->database) : 0;
    }
    return end(record, statement, code, error);
}

annals_status watching_store(struct record *record, const struct watched_feed *feed,
                             const watched_pages *pages, const watched_feeds *lists, uint64_t *added,
                             annals_error *error)
{
    *added = 0;
    annals_status status = record_run(record, SQL_BEGIN, "cannot keep what is watched", error);
    if (status != ANNALS_OK)
        return status;
    status = store_feed(record, feed, error);
    if (status == ANNALS_OK && lists != NULL)
        status = add_lists(record, feed->feed, lists, error);
    if (status == ANNALS_OK && pages != NULL)
        status = add_pages(record, pages, added, error);
    if (status == ANNALS_OK)
        status = record_run(record, SQL_COMMIT, "cannot keep what is watched", error);
    if (status != ANNALS_OK)
        record_run(record, SQL_ROLLBACK, "", NULL);
    return status;
}

annals_status watching_page(struct record *record, const struct watched_page *page,
                            annals_error *error)
{
    char tries[16];
    snprintf(tries, sizeof tries, "%u", page->tries);
    const char *const values[] = {page->page, page->state, tries, page->due, page->looked,
                                  page->outcome};
    return run(record,
               "UPDATE watched_pages SET state = ?2, tries = CAST(?3 AS INTEGER), due = ?4, "
               "looked = ?5, outcome = ?6 WHERE page = ?1",
               values, 6, error);
}

annals_status watching_put_off(struct record *record, const char *host, const char *due,
                               annals_error *error)
{
    const char *const values[] = {host, due};
    return run(record,
               "UPDATE watched_pages SET due = max(coalesce(due, ''), ?2) "
               "WHERE state = 'waiting' AND host = ?1",
               values, 2, error);
}

/* ------------------------------------------------------------------ what is to be done */

annals_status watching_pages(struct record *record, const char *now, uint32_t limit,
                             struct arena *arena, watched_pages *pages, annals_error *error)
{
    char number[16];
    snprintf(number, sizeof number, "%u", limit);
    const char *const values[] = {now, number};
    annals_status status = ANNALS_OK;
    struct store_statement *statement =
        prepare(record,
                "SELECT page, feed, host, published, state, due, looked, outcome, rank, tries "
                "FROM watched_pages WHERE state = 'waiting' AND coalesce(due, '') <= ?1 "
                "ORDER BY rank, feed, page LIMIT CAST(?2 AS INTEGER)",
                values, 2, &status, error);
    if (statement == NULL)
        return status;
    int code;
    while ((code = store_step(statement)) == STORE_ROW) {
        struct watched_page *page = array_push(pages);
        if (page != NULL)
            *page = (struct watched_page){.page = column(statement, 0, arena),
                                          .feed = column(statement, 1, arena),
                                          .host = column(statement, 2, arena),
                                          .published = column(statement, 3, arena),
                                          .state = column(statement, 4, arena),
                                          .due = column(statement, 5, arena),
                                          .looked = column(statement, 6, arena),
                                          .outcome = column(statement, 7, arena),
                                          .rank = (uint32_t)store_int64(statement, 8),
                                          .tries = (uint32_t)store_int64(statement, 9)};
    }
    status = end(record, statement, code, error);
    return status == ANNALS_OK && arena->failed ? error_set(error, ANNALS_NO_MEMORY, "out of memory")
                                                : status;
}

annals_status watching_next(struct record *record, uint64_t *waiting, char due[MOMENT_SIZE],
                            annals_error *error)
{
    annals_status status = ANNALS_OK;
    struct store_statement *statement = prepare(
        record,
        "SELECT count(*), min(coalesce(due, '')) FROM watched_pages WHERE state = 'waiting'", NULL,
        0, &status, error);
    if (statement == NULL)
        return status;
    int code = store_step(statement);
    due[0] = '\0';
    if (code == STORE_ROW) {
        const char *moment = store_text(statement, 1);
        *waiting = (uint64_t)store_int64(statement, 0);
        snprintf(due, MOMENT_SIZE, "%s", moment != NULL ? moment : "");
        code = STORE_DONE;
    }
    return end(record, statement, code, error);
}
