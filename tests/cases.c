/* Runs the text tables below tests/cases/.
 *
 * A file's first line, `show: NAME`, says which layer is printed (tests/show/NAME.c). Then cases:
 *
 *     == title of the case            `== title :todo` marks a known failure
 *     published: 2015-05-08           optional facts of the report: published, title, source
 *     Text of the report, one or
 *     more lines.
 *     ---
 *     expected lines
 *
 * `cases [--rewrite] DATA FOLDER-OR-FILE...` runs them; --rewrite puts what was found in place of
 * what was expected. The last line printed is `N passed, N failed`. */
#include "show/show.h"

#include "bytes/mapping.h"
#include "pipeline/pipeline.h"

#include <dirent.h>
#include <sys/stat.h>

struct run {
    struct pipeline pipeline;
    struct arena engine;
    const struct show *show;
    bool rewrite;
    unsigned passed, failed, todo;
    struct buffer rewritten;
};

struct test_case {
    const char *title, *head, *text, *expected; /* NUL-terminated */
};

static const struct show *const shows[] = {
#define SHOW(name) &show_##name,
#include "show/shows.h"
#undef SHOW
    NULL};

static const struct show *find_show(const char *name)
{
    for (size_t i = 0; shows[i] != NULL; i++)
        if (strcmp(shows[i]->name, name) == 0)
            return shows[i];
    return NULL;
}

/* Reads `key: value` lines before the text; returns where the text begins. */
static const char *read_facts(struct document *document, struct arena *arena, const char *at)
{
    for (;;) {
        const char *end = strchr(at, '\n');
        if (end == NULL)
            return at;
        char *line = arena_copy(arena, at, (size_t)(end - at));
        if (strncmp(line, "published: ", 11) == 0)
            document->report.published = calendar_read(line + 11);
        else if (strncmp(line, "title: ", 7) == 0)
            document->report.title = line + 7;
        else if (strncmp(line, "source: ", 8) == 0)
            document->report.source = line + 8;
        else
            return at;
        at = end + 1;
    }
}

/* Makes every paragraph of the text body, for shows that are not about the layout. */
static void take_as_body(struct document *document)
{
    const char *at = document->text;
    for (;;) {
        at += strspn(at, "\n");
        if (*at == '\0')
            break;
        const char *end = strstr(at, "\n\n");
        end = end != NULL ? end : at + strlen(at);
        struct block *block = array_push(&document->blocks);
        if (block != NULL)
            block->span = (struct byte_span){(uint32_t)(at - document->text),
                                             (uint32_t)(end - document->text)};
        at = end;
    }
    document->layers |= HAS_BLOCKS;
}

static void show_case(struct run *run, const struct test_case *test, struct buffer *found)
{
    struct arena arena, scratch;
    struct document document, facts;
    annals_error error = {0};
    arena_init(&arena);
    arena_init(&scratch);
    document_init(&facts, &arena, "", 0);
    const char *text = read_facts(&facts, &arena, test->text);
    document_init(&document, &arena, text, (uint32_t)strlen(text));
    document.report = facts.report;
    document.report.id = "case";
    if (document.report.published != DAY_UNKNOWN)
        document.report.published_from = DATE_GIVEN;
    if (run->show->body)
        take_as_body(&document);
    if (pipeline_run(&run->pipeline, &document, run->show->wanted, &scratch, &error) == ANNALS_OK)
        run->show->print(&document, found);
    else
        buffer_print(found, "error: %s\n", error.sentence);
    arena_release(&arena);
    arena_release(&scratch);
}

static void run_case(struct run *run, const char *path, const struct test_case *test)
{
    struct buffer found;
    buffer_init(&found);
    buffer_add_string(&found, "");
    show_case(run, test, &found);
    bool same = strcmp(found.bytes, test->expected) == 0;
    bool todo = strstr(test->title, ":todo") != NULL;
    if (same && todo)
        printf("%s: \"%s\" is marked :todo but holds now\n", path, test->title);
    if (same != todo) {
        run->passed++;
        run->todo += todo;
    } else {
        run->failed++;
        printf("%s: %s\n--- expected\n%s--- found\n%s", path, test->title, test->expected,
               found.bytes);
    }
    buffer_print(&run->rewritten, "== %s\n%s\n---\n%s", test->title, test->text,
                 todo ? test->expected : found.bytes);
    buffer_release(&found);
}

/* Cuts one case off at `at`; false at the end. */
static bool next_case(char **at, struct test_case *test)
{
    char *start = *at;
    if (strncmp(start, "== ", 3) != 0)
        return false;
    char *title_end = strchr(start, '\n');
    char *line = title_end != NULL ? strstr(title_end, "\n---\n") : NULL;
    if (line == NULL)
        return false;
    *title_end = '\0';
    *line = '\0';
    char *expected = line + 5;
    char *next = strncmp(expected, "== ", 3) == 0 ? expected : strstr(expected, "\n== ");
    static char nothing[] = "";
    *test = (struct test_case){.title = start + 3, .text = title_end + 1, .expected = expected};
    if (next == expected) {
        test->expected = nothing;
        *at = next;
    } else if (next != NULL) {
        /* Keep the newline that ends the last expected line. */
        *at = next + 1;
        size_t length = (size_t)(*at - expected);
        static char kept[1 << 16];
        if (length >= sizeof kept)
            length = sizeof kept - 1;
        memcpy(kept, expected, length);
        kept[length] = '\0';
        test->expected = kept;
    } else {
        *at = expected + strlen(expected);
    }
    return true;
}

static void run_text(struct run *run, const char *path, char *text)
{
    char *at = strstr(text, "== ");
    char name[64] = "";
    if (at == NULL || sscanf(text, "show: %63s", name) != 1 ||
        (run->show = find_show(name)) == NULL) {
        printf("%s: no case, or no known `show:`\n", path);
        run->failed++;
        return;
    }
    while (at != text && at[-1] != '\n' && at != NULL)
        at = strstr(at + 1, "== ");
    buffer_clear(&run->rewritten);
    buffer_add(&run->rewritten, text, (size_t)(at - text));
    struct test_case test;
    while (next_case(&at, &test))
        run_case(run, path, &test);
    if (*at != '\0') {
        printf("%s: not a case: %.60s\n", path, at);
        run->failed++;
    } else if (run->rewrite) {
        FILE *stream = fopen(path, "wb");
        if (stream != NULL) {
            fwrite(run->rewritten.bytes, 1, run->rewritten.length, stream);
            fclose(stream);
        }
    }
}

static void run_file(struct run *run, const char *path)
{
    struct mapping mapping;
    annals_error error = {0};
    if (mapping_open(&mapping, path, &error) != ANNALS_OK) {
        printf("%s: %s\n", path, error.sentence);
        run->failed++;
        return;
    }
    struct arena arena;
    arena_init(&arena);
    char *text = arena_copy(&arena, (const char *)mapping.bytes, mapping.length);
    mapping_close(&mapping);
    run_text(run, path, text);
    arena_release(&arena);
}

static void run_path(struct run *run, const char *path)
{
    struct dirent **entries;
    struct stat facts;
    if (stat(path, &facts) == 0 && S_ISREG(facts.st_mode)) {
        run_file(run, path);
        return;
    }
    int count = scandir(path, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        char inner[1024];
        snprintf(inner, sizeof inner, "%s/%s", path, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.')
            run_path(run, inner);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

int main(int count, char **arguments)
{
    struct run run = {0};
    annals_error error = {0};
    int at = 1;
    if (at < count && strcmp(arguments[at], "--rewrite") == 0) {
        run.rewrite = true;
        at++;
    }
    if (at + 1 >= count) {
        fputs("usage: cases [--rewrite] DATA PATH...\n", stderr);
        return 2;
    }
    arena_init(&run.engine);
    buffer_init(&run.rewritten);
    struct stage_setting setting = {.data = arguments[at++], .arena = &run.engine};
    if (pipeline_open(&run.pipeline, &setting, &error) != ANNALS_OK) {
        printf("%s: %s\n0 passed, 1 failed\n", error.file, error.sentence);
        return 1;
    }
    for (; at < count; at++)
        run_path(&run, arguments[at]);
    pipeline_close(&run.pipeline);
    arena_release(&run.engine);
    buffer_release(&run.rewritten);
    printf("cases: %u of them known failures (:todo)\n", run.todo);
    printf("%u passed, %u failed\n", run.passed, run.failed);
    return run.failed > 0;
}
