/* Readers of files from outside, one by one: RTF, lists of pages, model files, names of word
 * classes, and the check of a folder of dictionaries. Invented nations. */
#include "annals.h"
#include "bytes/arena.h"
#include "classifiers/linear.h"
#include "document/grammar.h"
#include "intake/listings.h"
#include "intake/rtf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* ------------------------------------------------------------------ RTF */

static void reads(const char *rtf, const char *wanted)
{
    struct arena arena;
    const char *text = NULL;
    annals_error error = {0};
    arena_init(&arena);
    assert_int_equal(rtf_read(&arena, rtf, strlen(rtf), &text, &error), ANNALS_OK);
    assert_string_equal(text, wanted);
    arena_release(&arena);
}

static void rtf_signs_and_code_pages(void **state)
{
    (void)state;
    reads("{\\rtf1\\ansi One\\par two\\line three\\tab four}", "One\ntwo\nthree\tfour");
    reads("{\\rtf1 a\\emdash b\\endash c \\lquote d\\rquote  \\ldblquote e\\rdblquote}",
          "a\xe2\x80\x94"
          "b\xe2\x80\x93"
          "c \xe2\x80\x98"
          "d\xe2\x80\x99 \xe2\x80\x9c"
          "e\xe2\x80\x9d");
    reads("{\\rtf1 caf\\'e9 \\'93yes\\'94}", "caf\xc3\xa9 \xe2\x80\x9cyes\xe2\x80\x9d");
    reads("{\\rtf1\\ansicpg1251 \\'c4\\'e0}", "\xd0\x94\xd0\xb0");
    reads("{\\rtf1\\ansicpg99999 caf\\'e9}", "caf\xc3\xa9"); /* no such page: the usual one */
    reads("{\\rtf1 a\\~b\\_c\\{d\\}e\\\\f}", "a b-c{d}e\\f");
    reads("{\\rtf1 one\\\ntwo}", "one\ntwo");
    reads("{\\rtf1 a\\'zzb}", "ab"); /* no hexadecimal number */
}

static void rtf_unicode(void **state)
{
    (void)state;
    reads("{\\rtf1 \\u8212?x}", "\xe2\x80\x94x");
    reads("{\\rtf1\\uc2 \\u233\\'65\\'65x}", "\xc3\xa9x");
    reads("{\\rtf1\\uc0 \\u-3913 x}", "\xef\x82\xb7x");
    reads("{\\rtf1 \\u-10179?\\u-8704?!}", "\xf0\x9f\x98\x80!");   /* a pair of surrogates */
    reads("{\\rtf1{\\uc0 \\u233 }\\u233?x}", "\xc3\xa9\xc3\xa9x"); /* \uc ends with its group */
}

static void rtf_leaves_out_what_is_no_text(void **state)
{
    (void)state;
    reads("{\\rtf1{\\fonttbl{\\f0 Times;}}{\\info{\\title No}}{\\*\\generator Me;}Yes"
          "{\\pict 0102}{\\header no}{\\field{\\*\\fldinst HYPERLINK}{\\fldrslt link}}}",
          "Yeslink");
    reads("{\\rtf1 a{\\pict\\bin3 }}}}b}", "ab"); /* three bytes that look like groups */
    reads("{\\rtf1 cell\\cell row\\row}behind the end", "cell\trow\n");
    reads("{\\rtf1 one}\n{\\rtf1 two}\n", "onetwo"); /* two files put together */
    reads("{\\rtf1 cut off in a word\\pa", "cut off in a word");
    reads("{\\rtf1 cut off behind\\", "cut off behind");
}

static void rtf_refuses(void **state)
{
    (void)state;
    struct arena arena;
    const char *text = NULL;
    annals_error error = {0};
    char deep[600];
    arena_init(&arena);
    assert_int_equal(rtf_read(&arena, "{\\rtf1 \\par }", 13, &text, &error), ANNALS_EMPTY);
    memset(deep, '{', sizeof deep);
    memcpy(deep, "{\\rtf1 ", 7);
    assert_int_equal(rtf_read(&arena, deep, sizeof deep, &text, &error), ANNALS_MALFORMED);
    assert_non_null(strstr(error.sentence, "deep"));
    arena_release(&arena);
}

/* ------------------------------------------------------------------ lists of pages */

static annals_status refused(const char *text, const char *words)
{
    struct arena arena;
    annals_error error = {0};
    arena_init(&arena);
    annals_status status = listing_refuse(&arena, text, strlen(text), &error);
    if (status == ANNALS_OK)
        status = foreign_xml_refuse(text, strlen(text), &error);
    arena_release(&arena);
    if (words != NULL && strstr(error.sentence, words) == NULL)
        fail_msg("%s: not %s", error.sentence, words);
    return status;
}

static void lists_hold_no_text(void **state)
{
    (void)state;
    assert_int_equal(refused("<urlset><url><loc>http://a.example/</loc></url></urlset>", "1 page "),
                     ANNALS_EMPTY);
    assert_int_equal(refused("\xef\xbb\xbf<?xml version='1.0'?>\n<!-- > --><!DOCTYPE s>\n<s:urlset "
                             "xmlns:s='x'></s:urlset>",
                             "a sitemap: it lists 0 pages"),
                     ANNALS_EMPTY);
    assert_int_equal(refused("<sitemapindex/>", "an index of sitemaps: it lists 0 sitemaps"),
                     ANNALS_EMPTY);
    assert_int_equal(refused("<urlset><url>", "not well-formed"), ANNALS_MALFORMED);
    assert_int_equal(refused("<opml version='1.0'/>", "OPML"), ANNALS_EMPTY);
    assert_int_equal(refused("  http://a.example/x \n\n", "1 web address,"), ANNALS_EMPTY);
    assert_int_equal(refused("HTTPS://a.example/x\r\nhttp://b.example", "2 web addresses"),
                     ANNALS_EMPTY);
    assert_int_equal(refused("<?xml version='1.0'?><gpx/>", "<gpx>"), ANNALS_NOT_TEXT);
    assert_int_equal(refused("<?xml version='1.0'?>", "<>"), ANNALS_NOT_TEXT);
}

static void text_is_no_list(void **state)
{
    (void)state;
    assert_int_equal(refused("http://a.example/x\nThe army left.", NULL), ANNALS_OK);
    assert_int_equal(refused("http://a.example/x The army left.", NULL), ANNALS_OK);
    assert_int_equal(refused("https://", NULL), ANNALS_OK);
    assert_int_equal(refused("The army left <urlset>.", NULL), ANNALS_OK);
    assert_int_equal(refused("<!-- never closed", NULL), ANNALS_OK);
    assert_int_equal(refused("<!DOCTYPE", NULL), ANNALS_OK);
    assert_int_equal(refused("<DOC>The army left.</DOC>", NULL), ANNALS_OK);
    assert_int_equal(refused("<?xml-stylesheet?><DOC>The army left.</DOC>", NULL), ANNALS_OK);
}

/* ------------------------------------------------------------------ models */

static const char *path_in(const char *folder, const char *name)
{
    static char path[300];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void write_bytes(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    fclose(file);
}

static void linear_models(void **state)
{
    (void)state;
    char folder[] = "/tmp/annals-readers-XXXXXX", bytes[64];
    const int16_t weights[4] = {1, -2, 300, 0};
    const uint64_t features[3] = {0, 5, 6}; /* 5 and 6 are 1 and 2 of four */
    struct linear linear;
    annals_error error = {0};
    assert_non_null(mkdtemp(folder));
    const char *path = path_in(folder, "a.model");
    assert_int_equal(linear_write(path, weights, 2, 7, 0.5f, 99, &error), ANNALS_OK);
    assert_int_equal(linear_open(&linear, path, &error), ANNALS_OK);
    assert_int_equal(linear_sum(&linear, features, 3), 7 + 1 - 2 + 300);
    assert_true(linear_probability(&linear, 0) == 0.5f && linear_probability(&linear, 40) > 0.99f);
    memcpy(bytes, linear.mapping.bytes, linear.mapping.length);
    size_t length = linear.mapping.length;
    linear_close(&linear);
    const struct {
        size_t at, length;
        const char *why;
    } damages[] = {{0, length, "not a linear model"}, {8, length, "another version"},
                   {12, length, "too long"},          {50, length, "damaged"},
                   {12, length - 1, "cut short"},     {0, 20, "too short"}};
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        char damaged[64];
        memcpy(damaged, bytes, length);
        damaged[damages[i].at] ^= 1;
        write_bytes(path, damaged, damages[i].length);
        assert_int_equal(linear_open(&linear, path, &error), ANNALS_FOREIGN);
        assert_non_null(strstr(error.sentence, damages[i].why));
    }
    unlink(path);
    assert_int_not_equal(linear_open(&linear, path, &error), ANNALS_OK);
    rmdir(folder);
    assert_int_equal(linear_write(path, weights, 2, 7, 0.5f, 99, &error), ANNALS_CANNOT_WRITE);
}

/* ------------------------------------------------------------------ grammar */

static void names_of_classes_and_relations(void **state)
{
    (void)state;
    assert_string_equal(word_class_name(word_class_from("VERB")), "VERB");
    assert_string_equal(word_class_name((enum word_class)1000), "_");
    assert_int_equal(word_class_from("verb"), UPOS_NONE);
    assert_string_equal(relation_name(relation_from("nsubj:pass")), "nsubj:pass");
    assert_string_equal(relation_name(relation_from("nsubj:unheard")), "nsubj");
    assert_int_equal(relation_from("unheard"), REL_NONE);
    assert_string_equal(relation_name((enum relation)1000), "_");
    assert_int_equal(relation_universal(relation_from("nsubj:pass")), relation_from("nsubj"));
}

/* ------------------------------------------------------------------ the check of dictionaries */

struct said {
    char text[4000];
    bool full;
};

static bool keep(void *context, const char *bytes, size_t length)
{
    struct said *said = context;
    size_t used = strlen(said->text);
    if (said->full)
        return false;
    snprintf(said->text + used, sizeof said->text - used, "%.*s", (int)length, bytes);
    return true;
}

static void check_finds_what_is_wrong(void **state)
{
    (void)state;
    char folder[] = "/tmp/annals-readers-XXXXXX";
    struct said said = {.full = false};
    annals_error error = {0};
    size_t findings = 0;
    static const char table[] =
        "id\tword\texample\nb\tx\tone\na\ty\ttwo\na\tz\tthree\n\tw\tfour\nc\tv\t\n";
    assert_non_null(mkdtemp(folder));
    assert_int_equal(annals_check(folder, keep, &said, &findings, &error), ANNALS_NOT_FOUND);
    assert_int_equal(mkdir(path_in(folder, "dictionaries"), 0700), 0);
    assert_int_equal(mkdir(path_in(folder, "dictionaries/en"), 0700), 0);
    write_bytes(path_in(folder, "dictionaries/en/a.tsv"), table, sizeof table - 1);
    write_bytes(path_in(folder, "dictionaries/b.tsv"), "# head\nid\tid\nx\n", 15);
    write_bytes(path_in(folder, "dictionaries/empty.tsv"), "", 0);
    write_bytes(path_in(folder, "dictionaries/note.txt"), "no table", 8);
    assert_int_equal(annals_check(folder, keep, &said, &findings, &error), ANNALS_OK);
    static const char *const wanted[] = {"a.tsv:1: no head comment",
                                         "a.tsv:3: not in the order of ids: a",
                                         "a.tsv:4: the id stands twice: a",
                                         "a.tsv:5: the id is empty",
                                         "a.tsv:6: a rule without an example: c",
                                         "b.tsv:",
                                         "empty.tsv:0: "};
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        if (strstr(said.text, wanted[i]) == NULL)
            fail_msg("not \"%s\" in:\n%s", wanted[i], said.text);
    assert_true(findings >= sizeof wanted / sizeof wanted[0]);
    assert_null(strstr(said.text, "note.txt"));
    said.full = true;
    assert_int_equal(annals_check(folder, keep, &said, &findings, &error), ANNALS_CANNOT_WRITE);
    static const char *const made[] = {"dictionaries/en/a.tsv", "dictionaries/b.tsv",
                                       "dictionaries/empty.tsv", "dictionaries/note.txt"};
    for (size_t i = 0; i < sizeof made / sizeof made[0]; i++)
        unlink(path_in(folder, made[i]));
    rmdir(path_in(folder, "dictionaries/en"));
    rmdir(path_in(folder, "dictionaries"));
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rtf_signs_and_code_pages),
        cmocka_unit_test(rtf_unicode),
        cmocka_unit_test(rtf_leaves_out_what_is_no_text),
        cmocka_unit_test(rtf_refuses),
        cmocka_unit_test(lists_hold_no_text),
        cmocka_unit_test(text_is_no_list),
        cmocka_unit_test(linear_models),
        cmocka_unit_test(names_of_classes_and_relations),
        cmocka_unit_test(check_finds_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
