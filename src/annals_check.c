/* Checks the dictionaries: every TSV file below DATA/dictionaries is well formed, has a head comment,
 * ids that are there, single and in the order of their bytes, and an example for each rule (files
 * with a column `example`). What a rule means is checked by the stage that reads it. */
#include "annals.h"

#include "bytes/buffer.h"
#include "bytes/mapping.h"
#include "dictionary/table.h"

#include <dirent.h>
#include <sys/stat.h>

struct check {
    annals_sink sink;
    void *context;
    size_t findings, files;
    bool refused;
    struct buffer line;
};

static void find(struct check *check, const char *path, uint64_t line, const char *what,
                 const char *word)
{
    buffer_clear(&check->line);
    buffer_print(&check->line, "%s:%llu: ", path, (unsigned long long)line);
    buffer_print(&check->line, "%s%s%s\n", what, word[0] != '\0' ? ": " : "", word);
    check->findings++;
    if (check->line.failed || !check->sink(check->context, check->line.bytes, check->line.length))
        check->refused = true;
}

static void check_rows(struct check *check, const struct table *table)
{
    int example = table_column(table, "example");
    if (table_column(table, "id") != 0)
        return; /* a list of words without ids */
    for (uint32_t i = 0; i < table->row_count; i++) {
        const struct table_row *row = &table->rows[i];
        const char *id = row->cells[0];
        if (id[0] == '\0') {
            find(check, table->path, row->line, "the id is empty", "");
            continue;
        }
        int order = i > 0 ? strcmp(table->rows[i - 1].cells[0], id) : -1;
        if (order == 0)
            find(check, table->path, row->line, "the id stands twice", id);
        else if (order > 0)
            find(check, table->path, row->line, "not in the order of ids", id);
        if (example >= 0 && row->cells[example][0] == '\0')
            find(check, table->path, row->line, "a rule without an example", id);
    }
}

static void check_file(struct check *check, const char *path)
{
    struct arena arena;
    struct table table;
    struct mapping mapping;
    annals_error error = {0};
    check->files++;
    if (mapping_open(&mapping, path, &error) != ANNALS_OK) {
        find(check, path, 0, error.sentence, "");
        return;
    }
    if (mapping.bytes[0] != '#')
        find(check, path, 1, "no head comment (what, source, licence, date, known problems)", "");
    mapping_close(&mapping);
    arena_init(&arena);
    if (table_read(&table, &arena, path, &error) == ANNALS_OK)
        check_rows(check, &table);
    else
        find(check, path, error.line, error.sentence, "");
    arena_release(&arena);
}

static int by_bytes(const struct dirent **left, const struct dirent **right)
{
    return strcmp((*left)->d_name, (*right)->d_name);
}

static void check_folder(struct check *check, const char *path)
{
    struct dirent **entries = NULL;
    struct buffer inner;
    struct stat facts;
    int count = scandir(path, &entries, NULL, by_bytes);
    buffer_init(&inner);
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        size_t length = strlen(name);
        buffer_clear(&inner);
        buffer_print(&inner, "%s/%s", path, name);
        if (name[0] != '.' && !check->refused && !inner.failed && stat(inner.bytes, &facts) == 0) {
            if (S_ISDIR(facts.st_mode))
                check_folder(check, inner.bytes);
            else if (length > 4 && strcmp(name + length - 4, ".tsv") == 0)
                check_file(check, inner.bytes);
        }
        free(entries[i]);
    }
    free(entries);
    buffer_release(&inner);
}

annals_status annals_check(const char *data, annals_sink sink, void *context, size_t *findings,
                           annals_error *error)
{
    struct check check = {.sink = sink, .context = context};
    struct buffer path;
    struct stat facts;
    buffer_init(&check.line);
    buffer_init(&path);
    buffer_print(&path, "%s/dictionaries", data);
    annals_status status = ANNALS_OK;
    if (path.failed)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    else if (stat(path.bytes, &facts) != 0 || !S_ISDIR(facts.st_mode))
        status = error_set(error, ANNALS_NOT_FOUND, "there is no folder %.400s", path.bytes);
    else
        check_folder(&check, path.bytes);
    if (status == ANNALS_OK && check.refused)
        status = error_set(error, ANNALS_CANNOT_WRITE, "the output could not be written");
    if (status == ANNALS_OK)
        *findings = check.findings;
    buffer_release(&path);
    buffer_release(&check.line);
    return status;
}
