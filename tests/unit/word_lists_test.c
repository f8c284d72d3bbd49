/* language/word_lists.c: which list a token is in, and what is wrong with a table of lists. */
#include "annals.h"
#include "bytes/hash.h"
#include "language/word_lists.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static struct token token_of(const struct word_lists *lists, const char *folded, const char *lemma)
{
    struct token token = {
        .folded = folded, .lemma = lemma, .hash = hash_bytes(folded, strlen(folded))};
    word_lists_mark(lists, &token);
    return token;
}

static void words_are_asked_as_their_row_says(void **state)
{
    (void)state;
    const char *data = getenv("ANNALS_DATA");
    struct arena arena;
    struct word_lists lists;
    annals_error error = {0};
    arena_init(&arena);
    struct stage_setting setting = {.data = data == NULL ? "build/share/annals" : data,
                                    .arena = &arena};
    assert_int_equal(word_lists_read(&lists, &setting, &error), ANNALS_OK);
    struct token letters = token_of(&lists, "letters", "letter"),
                 why = token_of(&lists, "why", "why");
    struct token village = token_of(&lists, "village", "village"),
                 unmarked = {.folded = "why", .lemma = "why"};
    assert_true(token_in(&letters, WORDS_TEXTS_THAT_SPEAK));
    assert_false(token_in(&letters, WORDS_QUESTIONS));
    assert_true(token_in(&why, WORDS_QUESTIONS));
    assert_false(token_in(&village, WORDS_TEXTS_THAT_SPEAK));
    assert_false(token_in(&unmarked, WORDS_QUESTIONS));
    arena_release(&arena);
}

/* The whole table of the program, `line` put in place of the line of `id`; NULL leaves it out. */
static void write_table(const char *path, const char *id, const char *line)
{
    static const char *const ids[] = {
#define ROW(name, id) id,
        WORD_LISTS(ROW)
#undef ROW
    };
    FILE *stream = fopen(path, "wb");
    assert_non_null(stream);
    fputs("id\twords\tof\tsays\n", stream);
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
        if (strcmp(ids[i], id) != 0)
            fprintf(stream, "%s\tone|two\teither\tfor a test\n", ids[i]);
        else if (line != NULL)
            fprintf(stream, "%s\n", line);
    fclose(stream);
}

static annals_status read_with(const char *folder, const char *line, annals_error *error)
{
    char path[256];
    struct arena arena;
    struct word_lists lists;
    arena_init(&arena);
    snprintf(path, sizeof path, "%s/dictionaries/en/word_lists.tsv", folder);
    write_table(path, "questions", line);
    struct stage_setting setting = {.data = folder, .arena = &arena};
    annals_status status = word_lists_read(&lists, &setting, error);
    arena_release(&arena);
    unlink(path);
    return status;
}

static void wrong_tables_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *line, *says;
    } wrong[] = {
        {NULL, "the list \"questions\" is missing"},
        {"questions\twhy\tstem\tx", "of: word, lemma or either expected, not \"stem\""},
        {"questionz\twhy\tword\tx", "no list that annals asks for"},
        {"questions\twhy\tword\tx\nquestions\thow\tword\tx", NULL},
    };
    char folder[64] = "/tmp/annals-lists-XXXXXX", path[128];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/dictionaries", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/dictionaries/en", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        annals_error error = {0};
        assert_int_equal(read_with(folder, wrong[i].line, &error), ANNALS_MALFORMED);
        if (wrong[i].says != NULL)
            assert_non_null(strstr(error.sentence, wrong[i].says));
    }
    annals_error error = {0};
    assert_int_equal(read_with(folder, "questions\twhy\tword\tx", &error), ANNALS_OK);
    rmdir(path);
    snprintf(path, sizeof path, "%s/dictionaries", folder);
    rmdir(path);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_asked_as_their_row_says),
        cmocka_unit_test(wrong_tables_are_named),
    };
    return cmocka_run_group_tests_name("word lists", tests, NULL, NULL);
}
