/* Checks the dictionaries: every TSV file below DATA/dictionaries is well formed, has a head comment,
 * ids that are there, single and in the order of their bytes, and an example for each rule (files
 * with a column `example`); then what the rules of events and their neighbours mean, by the reader
 * of the stage that uses them, which stops at its first finding. Also the actor and agent files of
 * other coders, line by line. */
#include "annals.h"

#include "bytes/buffer.h"
#include "bytes/mapping.h"
#include "dictionary/coder_files.h"
#include "dictionary/phrases.h"
#include "dictionary/table.h"
#include "meaning/coding.h"

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

/* A folder that holds only some of the dictionaries is no mistake: what is not there is let pass. */
static void check_meaning(struct check *check, const char *data)
{
    struct arena arena;
    struct claims_knowledge *knowledge = NULL;
    annals_error error = {0};
    arena_init(&arena);
    struct stage_setting setting = {.data = data, .arena = &arena};
    if (claims_knowledge_read(&setting, &knowledge, &error) == ANNALS_MALFORMED)
        find(check, error.file, error.line, error.sentence, "");
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
    if (status == ANNALS_OK && check.findings == 0)
        check_meaning(&check, data);
    if (status == ANNALS_OK && check.refused)
        status = error_set(error, ANNALS_CANNOT_WRITE, "the output could not be written");
    if (status == ANNALS_OK)
        *findings = check.findings;
    buffer_release(&path);
    buffer_release(&check.line);
    return status;
}

/* ------------------------------------------------------------------ files of other coders */

struct coder_check {
    struct check *check;
    const char *path;
};

static void report_line(void *context, uint32_t line, const char *what, const char *word)
{
    const struct coder_check *coder = context;
    find(coder->check, coder->path, line, what, word != NULL ? word : "");
}

/* CAMEO codes are built of groups of three letters: country, role, group. */
static bool add_groups(struct phrases *groups, const char *code)
{
    char group[4] = "";
    for (size_t length = strlen(code), at = 0; at + 3 <= length; at += 3) {
        memcpy(group, code + at, 3);
        if (!phrases_add(groups, group, 3, 1))
            return false;
    }
    return true;
}

static annals_status read_groups(struct phrases *groups, struct arena *arena, const char *data,
                                 annals_error *error)
{
    static const char *const files[] = {"world/states.tsv", "world/groups.tsv", "world/peoples.tsv",
                                        "world/organisations.tsv", "en/roles.tsv"};
    static const char *const roles[] = {"GOV", "MIL", "REB", "OPP", "PTY", "COP", "JUD", "SPY", "MED",
                                        "EDU", "BUS", "CRM", "CVL", "DEV", "ENV", "HLH", "HRI", "LAB",
                                        "LEG", "REF", "MOD", "RAD", "AGR", "INS", "SEP", "ELI", "UAF",
                                        "IGO", "IMG", "INT", "MNC", "NGO", "NGM", "UIS", "AFR", "ASA",
                                        "BLK", "CAS", "CAU", "EAF", "EEU", "EUR", "LAM", "MEA", "NAF",
                                        "NMR", "PGS", "SAF", "SAS", "SCN", "SEA", "WAF", "WST", "CFR",
                                        "CHR", "MOS", "JEW", "HIN", "BUD", "CTH", "PRO", "SUN", "SHI"};
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
        add_groups(groups, roles[i]);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct table table;
        const char *path = arena_print(arena, "%s/dictionaries/%s", data, files[i]);
        annals_status status =
            path == NULL ? ANNALS_NO_MEMORY : table_read(&table, arena, path, error);
        if (status != ANNALS_OK)
            return status;
        static const char *const columns[] = {"cameo", "iso3", "country"};
        for (uint32_t row = 0; row < table.row_count; row++)
            for (size_t j = 0; j < sizeof columns / sizeof columns[0]; j++)
                if (table_column(&table, columns[j]) >= 0 &&
                    !add_groups(groups, table_cell(&table, row, columns[j])))
                    return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    }
    return ANNALS_OK;
}

static bool is_known_code(const struct phrases *groups, const char *code)
{
    if (strcmp(code, "---") == 0 || strcmp(code, "###") == 0)
        return true;
    size_t length = strlen(code);
    for (size_t at = 0; at < length; at += 3)
        if (at + 3 > length || phrases_exact(groups, code + at, 3) == PHRASE_NONE)
            return false;
    return length > 0;
}

annals_status annals_check_coder_file(const char *data, const char *path, annals_sink sink,
                                      void *context, size_t *findings, annals_error *error)
{
    struct check check = {.sink = sink, .context = context};
    struct coder_check coder = {.check = &check, .path = path};
    struct coder_file file;
    struct phrases groups;
    struct arena arena;
    arena_init(&arena);
    buffer_init(&check.line);
    phrases_init(&groups, &arena);
    annals_status status = read_groups(&groups, &arena, data, error);
    if (status == ANNALS_OK)
        status = coder_file_check(&file, &arena, path, report_line, &coder, error);
    for (uint32_t i = 0; status == ANNALS_OK && i < file.entries.count; i++) {
        const struct coder_entry *entry = &file.entries.items[i];
        for (uint32_t j = 0; j < entry->code_count; j++)
            if (!is_known_code(&groups, entry->codes[j].code))
                find(&check, path, entry->codes[j].line, "unknown code", entry->codes[j].code);
    }
    if (status == ANNALS_OK && arena.failed)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (status == ANNALS_OK && check.refused)
        status = error_set(error, ANNALS_CANNOT_WRITE, "the output could not be written");
    if (status == ANNALS_OK)
        *findings = check.findings;
    buffer_release(&check.line);
    arena_release(&arena);
    return status;
}
