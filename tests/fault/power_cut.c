/* A power cut leaves a part of the write-ahead log: at every boundary of it the record must open,
 * hold whole reports and no others, and no fewer than at the boundary before.
 *
 * Takes a record whose writer was killed before its log went into the file (tests/scripts/faults.sh
 * makes one), and cuts the log behind each frame, within each header of a frame, and within each
 * page; also with zeros or foreign bytes where the log ends, as file systems leave them. A disk
 * that reorders what was not synced is left out: the log is one file, and its frames carry
 * checksums over all before.
 *
 * usage: power_cut RECORD FOLDER; prints `N passed, N failed`. */
#include "annals.h"

#include <sys/stat.h>
#include <unistd.h>

enum { LOG_HEAD = 32, FRAME_HEAD = 24, PAGE = 4096, FRAME = FRAME_HEAD + PAGE };

struct bytes {
    char *at;
    size_t length;
};

struct found {
    size_t count; /* reports */
    bool strange; /* a report that the whole record does not have */
    const struct bytes *whole;
};

static struct bytes load(const char *path)
{
    struct bytes bytes = {0};
    struct stat facts;
    FILE *file = fopen(path, "rb");
    if (file == NULL || fstat(fileno(file), &facts) != 0)
        abort();
    bytes.length = (size_t)facts.st_size;
    bytes.at = calloc(bytes.length + 1, 1);
    if (bytes.at == NULL || fread(bytes.at, 1, bytes.length, file) != bytes.length)
        abort();
    fclose(file);
    return bytes;
}

static void save(const char *path, const char *at, size_t length, const char *tail,
                 size_t tail_length)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(at, 1, length, file) != length ||
        fwrite(tail, 1, tail_length, file) != tail_length || fclose(file) != 0)
        abort();
}

static bool holds(const struct bytes *dump, const char *line, size_t length)
{
    for (size_t at = 0; at + length <= dump->length;) {
        if (memcmp(dump->at + at, line, length) == 0)
            return true;
        const char *end = memchr(dump->at + at, '\n', dump->length - at);
        if (end == NULL)
            return false;
        at = (size_t)(end - dump->at) + 1;
    }
    return false;
}

/* A sink of the dump: counts reports, and looks each up in the whole dump. */
static bool count_line(void *context, const char *line, size_t length)
{
    struct found *found = context;
    if (length < 8 || memcmp(line, "reports\t", 8) != 0)
        return true;
    found->count++;
    if (found->whole != NULL && !holds(found->whole, line, length))
        found->strange = true;
    return true;
}

static annals_status ask(const char *path, struct found *found, annals_error *error)
{
    annals_record *record = NULL;
    annals_query query = {.view = ANNALS_DUMP};
    annals_status status = annals_record_open(path, ANNALS_READ_ONLY, 0, &record, error);
    if (status == ANNALS_OK)
        status = annals_render(record, &query, count_line, found, error);
    annals_record_close(record);
    return status;
}

static bool append(void *context, const char *line, size_t length)
{
    struct bytes *dump = context;
    char *more = realloc(dump->at, dump->length + length + 1);
    if (more == NULL)
        abort();
    dump->at = more;
    memcpy(dump->at + dump->length, line, length);
    dump->length += length;
    return true;
}

static void dump_whole(const char *path, struct bytes *dump)
{
    annals_record *record = NULL;
    annals_query query = {.view = ANNALS_DUMP};
    annals_error error;
    if (annals_record_open(path, ANNALS_READ_ONLY, 0, &record, &error) != ANNALS_OK ||
        annals_render(record, &query, append, dump, &error) != ANNALS_OK)
        abort();
    annals_record_close(record);
}

struct cutting {
    struct bytes file, log, whole;
    char path[400], log_path[410], shared_path[410];
    size_t before; /* reports at the boundary before */
    unsigned passed, failed;
};

static void cut(struct cutting *cutting, size_t length, const char *tail, size_t tail_length)
{
    struct found found = {.whole = &cutting->whole};
    annals_error error = {0};
    save(cutting->path, cutting->file.at, cutting->file.length, "", 0);
    save(cutting->log_path, cutting->log.at, length, tail, tail_length);
    unlink(cutting->shared_path);
    annals_status status = ask(cutting->path, &found, &error);
    /* Before the tables were committed there is nothing to lose. */
    bool good = (status == ANNALS_OK || (status == ANNALS_EMPTY && cutting->before == 0)) &&
                !found.strange && found.count >= cutting->before;
    cutting->passed += good;
    cutting->failed += !good;
    if (!good)
        printf("the log cut at byte %zu of %zu, %zu bytes behind it: status %d (%s), %zu reports "
               "after %zu\n",
               length, cutting->log.length, tail_length, (int)status, error.sentence, found.count,
               cutting->before);
    cutting->before = found.count;
}

int main(int count, char **arguments)
{
    struct cutting cutting = {0};
    static char zeros[FRAME], foreign[FRAME];
    char log[400];
    if (count != 3)
        return 2;
    memset(foreign, 0x5a, sizeof foreign);
    snprintf(log, sizeof log, "%s-wal", arguments[1]);
    cutting.file = load(arguments[1]);
    cutting.log = load(log);
    snprintf(cutting.path, sizeof cutting.path, "%s/cut.db", arguments[2]);
    snprintf(cutting.log_path, sizeof cutting.log_path, "%s-wal", cutting.path);
    snprintf(cutting.shared_path, sizeof cutting.shared_path, "%s-shm", cutting.path);
    save(cutting.path, cutting.file.at, cutting.file.length, "", 0);
    save(cutting.log_path, cutting.log.at, cutting.log.length, "", 0);
    dump_whole(cutting.path, &cutting.whole);
    cut(&cutting, 0, "", 0);
    cut(&cutting, LOG_HEAD / 2, "", 0);
    size_t frames = 0;
    for (size_t at = LOG_HEAD; at <= cutting.log.length; at += FRAME, frames++) {
        cut(&cutting, at, "", 0);
        if (frames % 8 == 0 && at + FRAME <= cutting.log.length) {
            cut(&cutting, at, zeros, FRAME);
            cut(&cutting, at, foreign, FRAME);
            cut(&cutting, at + FRAME_HEAD / 2, "", 0);
            cut(&cutting, at + FRAME_HEAD + PAGE / 2, foreign, PAGE / 2);
        }
    }
    printf("%zu frames, %zu reports at the end\n", frames, cutting.before);
    if (cutting.before < 2 || frames < 20) {
        printf("the log holds too little to test anything\n");
        cutting.failed++;
    }
    free(cutting.file.at);
    free(cutting.log.at);
    free(cutting.whole.at);
    printf("%u passed, %u failed\n", cutting.passed, cutting.failed);
    return cutting.failed > 0;
}
