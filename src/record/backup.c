/* Copies a record whole while others read and write it: `annals backup`, and back: `annals
 * restore`.
 *
 * SQLite's online backup (sqlite.org/backup.html) copies page by page. The source is held in one
 * read transaction from the first page to the end of the comparison, so that a writer neither waits
 * nor makes the copy begin anew, and what is copied and what is compared is one moment of the
 * record; the log grows meanwhile by what is written. The copy is made beside its place under a
 * name of its own, checked (SQLite's quick_check, then the SHA-256 of both dumps), brought to the
 * disk, and only then given its name, which must be free. A failure at any moment leaves nothing
 * under that name.
 *
 * From or to PostgreSQL the rows are carried one by one (carrying.c), out of one moment and into
 * one transaction that ends only after both dumps were compared.
 *
 * Leaves out: records of an older schema (`annals read` brings them up to date), increments. */
#include "record/carrying.h"
#include "record/statements.h"

#include "bytes/buffer.h"
#include "bytes/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STEP_PAGES = 256 };

struct copying {
    struct record *source;
    const char *to;
    struct buffer beside; /* where the copy is made */
    annals_copy_progress progress;
    void *context;
};

static annals_status fail_at(const char *path, const char *doing, int system_error,
                             annals_error *error)
{
    annals_status status = system_error == ENOSPC || system_error == EDQUOT ? ANNALS_FULL
                           : system_error == ENOMEM                         ? ANNALS_NO_MEMORY
                                                                            : ANNALS_CANNOT_WRITE;
    error_set(error, status, "%s: %s", doing, strerror(system_error));
    return error_at(error, path, 0, 0, -1);
}

static annals_status there_already(const char *path, annals_error *error)
{
    error_set(error, ANNALS_CANNOT_WRITE,
              "there is a file of this name already; it is left as it is");
    return error_at(error, path, 0, 0, -1);
}

/* ------------------------------------------------------------------ the pages */

static annals_status step(struct copying *copying, sqlite3_backup *backup, struct record *target,
                          annals_error *error)
{
    int code = STORE_OK;
    while (code == STORE_OK) {
        code = sqlite3_backup_step(backup, STEP_PAGES);
        uint64_t total = (uint64_t)sqlite3_backup_pagecount(backup);
        uint64_t left = (uint64_t)sqlite3_backup_remaining(backup);
        if (code == STORE_OK && copying->progress != NULL &&
            !copying->progress(copying->context, total - left, total))
            return error_set(error, ANNALS_STOPPED, "stopped on request; nothing was written");
    }
    if (code == STORE_DONE)
        return ANNALS_OK;
    /* What went wrong stands on the target's connection only after the end. */
    return record_fail_as(target, code, "cannot copy", error);
}

static annals_status copy_pages(struct copying *copying, annals_error *error)
{
    struct record target = {.writable = true, .wait = copying->source->wait};
    snprintf(target.path, sizeof target.path, "%s", copying->to);
    int code =
        sqlite3_open_v2(copying->beside.bytes, &target.database->sqlite,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    annals_status status = ANNALS_OK;
    if (target.database->sqlite == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    sqlite3_backup *backup = code == STORE_OK
                                 ? sqlite3_backup_init(target.database->sqlite, "main",
                                                       copying->source->database->sqlite, "main")
                                 : NULL;
    if (backup == NULL) {
        status = record_fail(&target, "cannot copy", error);
    } else {
        status = step(copying, backup, &target, error);
        code = sqlite3_backup_finish(backup);
        if (status == ANNALS_OK && code != STORE_OK)
            status = record_fail_as(&target, code, "cannot copy", error);
    }
    if (sqlite3_close(target.database->sqlite) != STORE_OK && status == ANNALS_OK)
        status = error_set(error, ANNALS_CANNOT_WRITE, "cannot copy");
    return status;
}

/* ------------------------------------------------------------------ the comparison */

static bool add_to_fingerprint(void *context, const char *bytes, size_t length)
{
    fingerprint_add(context, bytes, length);
    return true;
}

static annals_status dump_digest(struct record *record, struct digest *digest, annals_error *error)
{
    struct fingerprint fingerprint;
    fingerprint_begin(&fingerprint);
    annals_status status = record_dump(record, add_to_fingerprint, &fingerprint, error);
    *digest = fingerprint_end(&fingerprint);
    return status;
}

/* Damage to pages is told before all else. SQLite 3.40 wrongly tells of NULLs in tables without
 * rowid whose key has another order than their columns; the dumps would show such. */
static annals_status check_whole(struct record *copy, annals_error *error)
{
    static const char wrong[] = "NULL value in ";
    struct store_statement *statement = NULL;
    annals_status status = ANNALS_OK;
    int code = store_prepare(copy->database, "PRAGMA quick_check", &statement);
    while (status == ANNALS_OK && code == STORE_OK && store_step(statement) == STORE_ROW) {
        const char *found = store_text(statement, 0);
        if (found == NULL)
            status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
        else if (strcmp(found, "ok") != 0 && strncmp(found, wrong, sizeof wrong - 1) != 0)
            status = error_set(error, ANNALS_FOREIGN,
                               "the record is damaged, so no copy was made: %s", found);
    }
    if (status == ANNALS_OK && (statement == NULL || store_reset(statement) != STORE_OK))
        status = record_fail(copy, "cannot check the copy", error);
    store_finalize(statement);
    return status;
}

static annals_status compare(struct copying *copying, annals_error *error)
{
    struct record *copy = NULL;
    struct digest ours = {0}, theirs = {0};
    annals_status status =
        record_open(copying->beside.bytes, ANNALS_READ_ONLY, copying->source->wait, &copy, error);
    if (status == ANNALS_OK)
        status = check_whole(copy, error);
    if (status == ANNALS_OK)
        status = dump_digest(copying->source, &ours, error);
    if (status == ANNALS_OK)
        status = dump_digest(copy, &theirs, error);
    if (status == ANNALS_OK && memcmp(&ours, &theirs, sizeof ours) != 0)
        status = error_set(error, ANNALS_CANNOT_WRITE,
                           "the copy does not hold what the record holds; it was taken away");
    record_close(copy);
    return status;
}

/* ------------------------------------------------------------------ the file */

/* A log that an earlier record of this name left behind would be taken for the copy's own. */
static annals_status check_free(struct copying *copying, annals_error *error)
{
    static const char *const endings[] = {"", "-wal", "-journal"};
    struct stat facts;
    annals_status status = ANNALS_OK;
    for (size_t i = 0; status == ANNALS_OK && i < sizeof endings / sizeof endings[0]; i++) {
        buffer_clear(&copying->beside);
        buffer_print(&copying->beside, "%s%s", copying->to, endings[i]);
        if (copying->beside.failed)
            status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
        else if (lstat(copying->beside.bytes, &facts) == 0)
            status = there_already(copying->beside.bytes, error);
    }
    buffer_clear(&copying->beside);
    return status;
}

/* An empty file beside the place of the copy, readable by those who may read the source. */
static annals_status make_beside(struct copying *copying, annals_error *error)
{
    struct stat facts;
    annals_status status = check_free(copying, error);
    if (status != ANNALS_OK)
        return status;
    buffer_print(&copying->beside, "%s.part-XXXXXX", copying->to);
    if (copying->beside.failed)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    int file = mkstemp(copying->beside.bytes);
    if (file < 0) {
        status = fail_at(copying->to, "cannot write", errno, error);
        buffer_clear(&copying->beside);
        return status;
    }
    if (stat(record_path(copying->source), &facts) == 0)
        (void)!fchmod(file, facts.st_mode & 0666);
    close(file);
    return ANNALS_OK;
}

/* File systems without hard links take the name only where it was free a moment ago. */
static int take_name(const char *from, const char *to)
{
    struct stat facts;
    if (link(from, to) == 0)
        return unlink(from);
    if (errno != EPERM && errno != ENOTSUP && errno != ENOSYS && errno != EMLINK)
        return -1;
    if (lstat(to, &facts) == 0) {
        errno = EEXIST;
        return -1;
    }
    return rename(from, to);
}

static int to_disk(const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return -1;
    int result = fsync(file);
    /* Some file systems have no fsync for folders. */
    if (result != 0 && errno == EINVAL)
        result = 0;
    int reason = errno;
    close(file);
    errno = reason;
    return result;
}

static annals_status give_name(struct copying *copying, annals_error *error)
{
    if (to_disk(copying->beside.bytes) != 0)
        return fail_at(copying->to, "cannot write", errno, error);
    if (take_name(copying->beside.bytes, copying->to) != 0)
        return errno == EEXIST ? there_already(copying->to, error)
                               : fail_at(copying->to, "cannot write", errno, error);
    buffer_clear(&copying->beside);
    const char *slash = strrchr(copying->to, '/');
    if (slash == NULL)
        buffer_add_byte(&copying->beside, '.');
    else
        buffer_add(&copying->beside, copying->to, (size_t)(slash - copying->to) + 1);
    int result = copying->beside.failed ? 0 : to_disk(copying->beside.bytes);
    buffer_clear(&copying->beside);
    return result == 0 ? ANNALS_OK : fail_at(copying->to, "cannot write", errno, error);
}

static void remove_beside(struct copying *copying)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    if (copying->beside.failed || copying->beside.length == 0)
        return;
    size_t length = copying->beside.length;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        copying->beside.length = length;
        buffer_add_string(&copying->beside, endings[i]);
        if (!copying->beside.failed)
            unlink(copying->beside.bytes);
    }
}

/* ------------------------------------------------------------------ between two kinds of store */

/* All rows, where the source stands at one moment. */
static annals_status carry_rows(struct copying *copying, struct record *target, bool *same,
                                annals_error *error)
{
    struct digest ours = {0}, theirs = {0};
    annals_status status =
        carrying_all(copying->source, target, copying->progress, copying->context, error);
    if (status == ANNALS_OK)
        status = dump_digest(copying->source, &ours, error);
    if (status == ANNALS_OK)
        status = dump_digest(target, &theirs, error);
    *same = memcmp(&ours, &theirs, sizeof ours) == 0;
    return status;
}

static annals_status check_empty(struct record *target, annals_error *error)
{
    int64_t any = 0;
    annals_status status =
        statement_number(target, error, 0, &any, "SELECT EXISTS (SELECT 1 FROM reports)", "");
    if (status != ANNALS_OK || any == 0)
        return status;
    error_set(error, ANNALS_CANNOT_WRITE,
              "there are reports in this record already; it is left as it is");
    return error_at(error, target->path, 0, 0, -1);
}

/* Into a record that has nothing in it: compared before it is committed. */
static annals_status carry_into(struct copying *copying, const char *path, annals_error *error)
{
    struct record *target = NULL;
    bool same = false;
    annals_status status =
        record_open(path, ANNALS_READ_WRITE, copying->source->wait, &target, error);
    if (status != ANNALS_OK)
        return status;
    status = statement_begin(target, "cannot copy", error);
    if (status == ANNALS_OK) {
        status = check_empty(target, error);
        if (status == ANNALS_OK)
            status = carry_rows(copying, target, &same, error);
        if (status == ANNALS_OK && !same)
            status = error_set(error, ANNALS_CANNOT_WRITE,
                               "the copy does not hold what the record holds; it was taken away");
        status = statement_finish(target, status, "cannot copy", error);
    }
    record_close(target);
    return status;
}

/* The first page that is read begins the moment that is copied. */
static annals_status hold_still(struct copying *copying, annals_error *error)
{
    struct record *source = copying->source;
    if (source->database->sqlite == NULL)
        return statement_begin(source, "cannot read", error);
    return store_run(source->database, "BEGIN; SELECT count(*) FROM sqlite_master") == STORE_OK
               ? ANNALS_OK
               : record_fail(source, "cannot read", error);
}

static annals_status copy_between(struct copying *copying, annals_error *error)
{
    annals_status status = hold_still(copying, error);
    if (record_is_address(copying->to))
        return status == ANNALS_OK ? carry_into(copying, copying->to, error) : status;
    if (status == ANNALS_OK)
        status = make_beside(copying, error);
    if (status == ANNALS_OK)
        status = carry_into(copying, copying->beside.bytes, error);
    if (status == ANNALS_OK)
        status = give_name(copying, error);
    remove_beside(copying);
    return status;
}

static annals_status copy_file(struct copying *copying, annals_error *error)
{
    annals_status status = make_beside(copying, error);
    if (status == ANNALS_OK)
        status = hold_still(copying, error);
    if (status == ANNALS_OK)
        status = copy_pages(copying, error);
    if (status == ANNALS_OK)
        status = compare(copying, error);
    if (status == ANNALS_OK)
        status = give_name(copying, error);
    remove_beside(copying);
    return status;
}

annals_status record_copy(const char *from, const char *to, uint32_t wait,
                          annals_copy_progress progress, void *context, annals_error *error)
{
    struct copying copying = {.to = to, .progress = progress, .context = context};
    buffer_init(&copying.beside);
    annals_status status = record_open(from, ANNALS_READ_ONLY, wait, &copying.source, error);
    if (status != ANNALS_OK)
        return status;
    if (strlen(to) + sizeof ".part-XXXXXX-journal" > sizeof copying.source->path)
        status = error_set(error, ANNALS_WRONG_USE, "the path of the copy is too long");
    if (status == ANNALS_OK)
        status = record_is_address(from) || record_is_address(to) ? copy_between(&copying, error)
                                                                  : copy_file(&copying, error);
    record_close(copying.source);
    buffer_release(&copying.beside);
    return status;
}
