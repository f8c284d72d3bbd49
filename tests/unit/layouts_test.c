/* Boilerplate removal, measured: tests/layouts holds pages in 25 layouts, written for this test,
 * each with the text that a reader takes from it. Precision and recall count words (letters and
 * digits, in lower case) of body and headings, as often as they stand; title, byline, day and
 * outlet are right, wrong or not found. ANNALS_LAYOUTS=print shows the table, ANNALS_LAYOUTS=NAME
 * what is kept of one. */
#include "handles.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { FACTS = 4, LAYOUTS = 25, WORDS = 4000 };

static const char *const fact_names[FACTS] = {"title", "byline", "published", "source"};

struct words {
    char *items[WORDS];
    size_t count;
};

struct layout {
    const char *name;
    char page[60000], wanted[20000]; /* as read from the files */
    size_t page_length;
    const char *facts[FACTS], *text; /* in `wanted` */
    struct words kept;
    char found[FACTS][300];
};

static void read_file(const char *name, const char *ending, char *bytes, size_t size,
                      size_t *length)
{
    char path[300];
    snprintf(path, sizeof path, "tests/layouts/%s%s", name, ending);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    *length = fread(bytes, 1, size - 1, file);
    assert_true(*length < size - 1);
    bytes[*length] = '\0';
    fclose(file);
}

/* "title: …" and so on, a line each; a blank line; the text. */
static void read_wanted(struct layout *layout)
{
    size_t length;
    read_file(layout->name, ".txt", layout->wanted, sizeof layout->wanted, &length);
    char *at = layout->wanted;
    for (int i = 0; i < FACTS; i++) {
        size_t size = strlen(fact_names[i]);
        assert_int_equal(strncmp(at, fact_names[i], size), 0);
        layout->facts[i] = at + size + 2;
        at = strchr(at, '\n');
        assert_non_null(at);
        *at++ = '\0';
    }
    layout->text = at;
}

static bool is_word_byte(unsigned char byte)
{
    return byte >= 0x80 || (byte >= '0' && byte <= '9') ||
           ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

static void add_words(struct words *words, const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        size_t start = at;
        while (at < length && is_word_byte((unsigned char)text[at]))
            at++;
        if (at > start) {
            assert_true(words->count < WORDS);
            char *word = strndup(text + start, at - start);
            for (char *byte = word; *byte != '\0'; byte++)
                if (*byte >= 'A' && *byte <= 'Z')
                    *byte |= 0x20;
            words->items[words->count++] = word;
        } else {
            at++;
        }
    }
}

static void free_words(struct words *words)
{
    for (size_t i = 0; i < words->count; i++)
        free(words->items[i]);
    words->count = 0;
}

static int by_bytes(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* How many words the two have in common, each as often as it stands in both. */
static size_t common(struct words *left, struct words *right)
{
    size_t same = 0;
    qsort(left->items, left->count, sizeof *left->items, by_bytes);
    qsort(right->items, right->count, sizeof *right->items, by_bytes);
    for (size_t i = 0, j = 0; i < left->count && j < right->count;) {
        int order = strcmp(left->items[i], right->items[j]);
        same += order == 0;
        i += order <= 0;
        j += order >= 0;
    }
    return same;
}

static bool take(void *context, annals_document *document, const annals_error *error)
{
    struct layout *layout = context;
    annals_report report;
    assert_non_null(document);
    (void)error;
    annals_document_report(document, &report);
    const char *facts[FACTS] = {report.title, report.byline, report.published, report.source};
    for (int i = 0; i < FACTS; i++)
        snprintf(layout->found[i], sizeof layout->found[i], "%s", facts[i] != NULL ? facts[i] : "");
    const struct document *inside = &document->document;
    const char *asked = getenv("ANNALS_LAYOUTS");
    for (uint32_t i = 0; i < inside->blocks.count; i++) {
        const struct block *block = &inside->blocks.items[i];
        uint32_t length = block->span.end - block->span.start;
        if (asked != NULL && strcmp(asked, layout->name) == 0)
            print_message("[%d] %.*s\n", (int)block->kind, (int)length,
                          inside->text + block->span.start);
        if (block->kind == BLOCK_BODY || block->kind == BLOCK_HEADING ||
            block->kind == BLOCK_DATELINE)
            add_words(&layout->kept, inside->text + block->span.start, length);
    }
    annals_document_free(document);
    return true;
}

struct sums {
    size_t kept, wanted, same;
    unsigned right[FACTS], wrong[FACTS], missing[FACTS];
    double least_precision, least_recall;
};

static void compare_facts(const struct layout *layout, struct sums *sums, char *line, size_t size)
{
    line[0] = '\0';
    for (int i = 0; i < FACTS; i++) {
        bool same = strcmp(layout->facts[i], layout->found[i]) == 0;
        bool none = layout->found[i][0] == '\0';
        sums->right[i] += same;
        sums->missing[i] += !same && none;
        sums->wrong[i] += !same && !none;
        size_t used = strlen(line);
        if (!same && used < size)
            snprintf(line + used, size - used, " %s \"%s\"", fact_names[i], layout->found[i]);
    }
}

static void measure(const annals_engine *engine, struct layout *layout, struct sums *sums)
{
    struct words wanted = {.count = 0};
    annals_error error = {0};
    char name[200], wrong[500];
    snprintf(name, sizeof name, "%s.html", layout->name);
    annals_source source = {.name = name};
    read_file(layout->name, ".html", layout->page, sizeof layout->page, &layout->page_length);
    read_wanted(layout);
    assert_int_equal(
        annals_intake(engine, &source, layout->page, layout->page_length, take, layout, &error),
        ANNALS_OK);
    add_words(&wanted, layout->text, strlen(layout->text));
    size_t same = common(&layout->kept, &wanted);
    double precision = layout->kept.count > 0 ? (double)same / (double)layout->kept.count : 0;
    double recall = (double)same / (double)wanted.count;
    compare_facts(layout, sums, wrong, sizeof wrong);
    if (getenv("ANNALS_LAYOUTS") != NULL)
        print_message("%-18s %5zu words  P %.3f  R %.3f %s\n", layout->name, wanted.count,
                      precision, recall, wrong);
    sums->kept += layout->kept.count;
    sums->wanted += wanted.count;
    sums->same += same;
    if (precision < sums->least_precision)
        sums->least_precision = precision;
    if (recall < sums->least_recall)
        sums->least_recall = recall;
    free_words(&wanted);
    free_words(&layout->kept);
}

static int is_page(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot != NULL && strcmp(dot, ".html") == 0;
}

static void boilerplate_in_many_layouts(void **state)
{
    (void)state;
    annals_engine *engine = NULL;
    annals_error error = {0};
    struct dirent **entries = NULL;
    struct sums sums = {.least_precision = 1, .least_recall = 1};
    const char *data = getenv("ANNALS_DATA");
    assert_int_equal(annals_open(data != NULL ? data : "build/share/annals", &engine, &error),
                     ANNALS_OK);
    int count = scandir("tests/layouts", &entries, is_page, alphasort);
    assert_true(count >= LAYOUTS);
    struct layout *layout = calloc(1, sizeof *layout);
    assert_non_null(layout);
    for (int i = 0; i < count; i++) {
        *strrchr(entries[i]->d_name, '.') = '\0';
        layout->name = entries[i]->d_name;
        measure(engine, layout, &sums);
        free(entries[i]);
    }
    double precision = (double)sums.same / (double)sums.kept;
    double recall = (double)sums.same / (double)sums.wanted;
    if (getenv("ANNALS_LAYOUTS") != NULL) {
        print_message("%d layouts: P %.3f R %.3f, least %.3f %.3f\n", count, precision, recall,
                      sums.least_precision, sums.least_recall);
        for (int i = 0; i < FACTS; i++)
            print_message("%-10s %u right, %u wrong, %u not found\n", fact_names[i], sums.right[i],
                          sums.wrong[i], sums.missing[i]);
    }
    assert_true(precision >= 0.98 && recall >= 0.98);
    assert_true(sums.least_precision >= 0.9 && sums.least_recall >= 0.9);
    for (int i = 0; i < FACTS; i++)
        assert_true(sums.wrong[i] == 0 && sums.missing[i] <= 4);
    free(layout);
    free(entries);
    annals_close(engine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(boilerplate_in_many_layouts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
