/* language/grammar.c and formats/conllu.c, with the shipped model. Sentences are our own. */
#include "annals.h"
#include "bytes/buffer.h"
#include "document/stage.h"
#include "formats/conllu.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

extern const struct stage stage_grammar;

struct parser {
    struct arena engine;
    void *state;
};

static struct parser parser;

static int open_parser(void **state)
{
    (void)state;
    const char *data = getenv("ANNALS_DATA");
    arena_init(&parser.engine);
    struct stage_setting setting = {data == NULL ? "build/share/annals" : data, &parser.engine};
    annals_error error = {0};
    return stage_grammar.open(&setting, &parser.state, &error) == ANNALS_OK ? 0 : -1;
}

static int close_parser(void **state)
{
    (void)state;
    stage_grammar.close(parser.state);
    arena_release(&parser.engine);
    return 0;
}

/* CoNLL-U of words parted by blanks; "|" ends a sentence. */
static void add_sentences(struct buffer *input, const char *words)
{
    unsigned number = 1;
    while (*words != '\0') {
        size_t length = strcspn(words, " ");
        if (length == 1 && words[0] == '|') {
            buffer_add_byte(input, '\n');
            number = 1;
        } else {
            buffer_print(input, "%u\t%.*s\t_\t_\t_\t_\t_\t_\t_\t_\n", number++, (int)length, words);
        }
        words += length + (words[length] == ' ');
    }
    buffer_add_byte(input, '\n');
}

static void parse(struct document *document, struct arena *arena, const char *words)
{
    struct buffer input;
    struct arena scratch;
    annals_error error = {0};
    buffer_init(&input);
    arena_init(&scratch);
    add_sentences(&input, words);
    assert_int_equal(conllu_read(document, arena, input.bytes, input.length, &error), ANNALS_OK);
    assert_int_equal(stage_grammar.run(parser.state, document, &scratch, &error), ANNALS_OK);
    arena_release(&scratch);
    buffer_release(&input);
}

static void passives_and_objects_are_told_apart(void **state)
{
    (void)state;
    struct arena arena;
    struct document document;
    arena_init(&arena);
    parse(&document, &arena, "The rebels shelled the village . | The village was shelled .");
    const struct token *tokens = document.tokens.items;
    assert_int_equal(tokens[1].relation, REL_NSUBJ);
    assert_int_equal(tokens[1].head, 2);
    assert_int_equal(tokens[2].relation, REL_ROOT);
    assert_int_equal(tokens[2].head, NONE);
    assert_int_equal(tokens[2].upos, UPOS_VERB);
    assert_string_equal(tokens[2].lemma, "shell");
    assert_string_equal(tokens[1].lemma, "rebel");
    assert_true(tokens[1].features & WORD_PLURAL);
    assert_int_equal(tokens[4].relation, REL_OBJ);
    assert_int_equal(tokens[7].relation, REL_NSUBJ_PASS);
    assert_int_equal(tokens[8].relation, REL_AUX_PASS);
    assert_string_equal(tokens[8].lemma, "be");
    assert_true(tokens[9].features & WORD_PASSIVE);
    arena_release(&arena);
}

static void irregular_verbs_have_lemmas(void **state)
{
    (void)state;
    static const char *const lemmas[] = {"they", "flee", "and", "they", "overrun", "it", "."};
    struct arena arena;
    struct document document;
    arena_init(&arena);
    parse(&document, &arena, "They fled and they overran it .");
    for (uint32_t i = 0; i < document.tokens.count; i++)
        assert_string_equal(document.tokens.items[i].lemma, lemmas[i]);
    arena_release(&arena);
}

static void regular_verbs_have_lemmas(void **state)
{
    (void)state;
    static const char *const lemmas[] = {"they",  "decline", ",",   "it",   "explode",  ",",  "we",
                                         "repel", "they",    ",",   "he",   "strafe",   "it", ",",
                                         "she",   "hope",    "and", "they", "struggle", "."};
    struct arena arena;
    struct document document;
    arena_init(&arena);
    parse(&document, &arena,
          "They declined , it exploded , we repelled them , he strafed it , she hoped and they "
          "struggled .");
    assert_int_equal(document.tokens.count, sizeof lemmas / sizeof lemmas[0]);
    for (uint32_t i = 0; i < document.tokens.count; i++)
        assert_string_equal(document.tokens.items[i].lemma, lemmas[i]);
    arena_release(&arena);
}

static void capitals_do_not_matter_where_they_tell_nothing(void **state)
{
    (void)state;
    struct arena arena;
    struct document upper, lower;
    arena_init(&arena);
    parse(&upper, &arena, "GUNMEN KILLED TWO GUARDS NEAR THE BRIDGE");
    parse(&lower, &arena, "gunmen killed two guards near the bridge");
    for (uint32_t i = 0; i < upper.tokens.count; i++) {
        assert_int_equal(upper.tokens.items[i].head, lower.tokens.items[i].head);
        assert_int_equal(upper.tokens.items[i].relation, lower.tokens.items[i].relation);
    }
    arena_release(&arena);
}

/* What is said of a sentence must not depend on its company. */
static void company_changes_nothing(void **state)
{
    (void)state;
    static const char sentence[] = "Soldiers who fled the town said that it had fallen .";
    struct arena arena;
    struct document alone, among;
    struct buffer words;
    buffer_init(&words);
    arena_init(&arena);
    parse(&alone, &arena, sentence);
    for (int i = 0; i < 70; i++) {
        for (int k = 0; k < i % 9; k++)
            buffer_print(&words, "word%d ", k);
        buffer_print(&words, "%s | ", sentence);
    }
    buffer_add_string(&words, sentence);
    parse(&among, &arena, words.bytes);
    uint32_t first = among.tokens.count - alone.tokens.count;
    for (uint32_t i = 0; i < alone.tokens.count; i++) {
        const struct token *one = &alone.tokens.items[i], *other = &among.tokens.items[first + i];
        assert_int_equal(one->upos, other->upos);
        assert_int_equal(one->relation, other->relation);
        assert_int_equal(one->head == NONE ? NONE : one->head + first, other->head);
    }
    buffer_release(&words);
    arena_release(&arena);
}

/* A sentence of 5,000 words is one tree. */
static void long_sentences_are_one_tree(void **state)
{
    (void)state;
    struct arena arena;
    struct document document;
    struct buffer words;
    buffer_init(&words);
    arena_init(&arena);
    for (int i = 0; i < 1000; i++)
        buffer_add_string(&words, i % 3 == 0 ? "and the men , then " : "they left with him again ");
    parse(&document, &arena, words.bytes);
    uint32_t roots = 0;
    for (uint32_t i = 0; i < document.tokens.count; i++) {
        uint32_t at = i, steps = 0;
        while (document.tokens.items[at].head != NONE && steps++ < document.tokens.count)
            at = document.tokens.items[at].head;
        assert_int_equal(document.tokens.items[at].head, NONE);
        roots += document.tokens.items[i].head == NONE;
    }
    assert_int_equal(roots, 1);
    buffer_release(&words);
    arena_release(&arena);
}

/* What stands in brackets hangs on the word before, and the sentence is as without it; brackets
 * that do not close, that begin a sentence or hold nothing are words like others. */
static void asides_are_parsed_apart(void **state)
{
    (void)state;
    struct arena arena;
    struct document with, without, odd;
    arena_init(&arena);
    parse(&without, &arena, "The rebels of the Peasant Front shot the mayor in his car .");
    parse(&with, &arena,
          "The rebels of the Peasant Front [ PF ] shot the mayor [ name as given ] in his car .");
    const struct token *tokens = with.tokens.items;
    assert_int_equal(tokens[7].head, 5);
    assert_int_equal(tokens[7].relation, REL_APPOS);
    assert_int_equal(tokens[6].head, 7);
    assert_int_equal(tokens[13].head, 11);
    for (uint32_t i = 0, j = 0; i < without.tokens.count; i++, j++) {
        while (j >= 6 && j < 9)
            j++;
        while (j >= 12 && j < 17)
            j++;
        assert_int_equal(tokens[j].relation, without.tokens.items[i].relation);
        assert_int_equal(tokens[j].upos, without.tokens.items[i].upos);
    }
    parse(&with, &arena, "SAN MIGUEL -- FOUR MEN KILLED A JUDGE [ NAME NOT GIVEN ] IN THE TOWN .");
    tokens = with.tokens.items;
    assert_int_equal(tokens[0].head, 5);
    assert_int_equal(tokens[0].relation, REL_PARATAXIS);
    assert_int_equal(tokens[2].head, 0);
    assert_int_equal(tokens[4].head, 5);
    assert_int_equal(tokens[4].relation, REL_NSUBJ);
    parse(&odd, &arena,
          "[ Marek ] [ Recording ] We left [ again | [ ] | a [ | ] a [ [ b ] c ] | a [ ] b | . . [ "
          "a ] | "
          "-- a b c d | A -- b | A , -- B c d e f | A -- [ B c ] d e f g | A -- b -- c d e f g");
    for (uint32_t i = 0; i < odd.tokens.count; i++) {
        uint32_t at = i, steps = 0;
        while (odd.tokens.items[at].head != NONE && steps++ < odd.tokens.count)
            at = odd.tokens.items[at].head;
        assert_int_equal(odd.tokens.items[at].head, NONE);
        assert_int_equal(odd.tokens.items[at].sentence, odd.tokens.items[i].sentence);
    }
    arena_release(&arena);
}

static void conllu_keeps_its_tokens(void **state)
{
    (void)state;
    static const char input[] = "# newdoc id = one\n1-2\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_\n"
                                "1\tdid\t_\t_\t_\t_\t_\t_\t_\t_\n2\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n"
                                "3\tgo\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
                                "4\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
    struct arena arena;
    struct document document;
    struct buffer output;
    annals_error error = {0};
    arena_init(&arena);
    buffer_init(&output);
    assert_int_equal(conllu_read(&document, &arena, input, sizeof input - 1, &error), ANNALS_OK);
    assert_string_equal(document.text, "didn't go.");
    conllu_write(&document, &output);
    assert_non_null(strstr(output.bytes, "# newdoc id = one\n"));
    assert_non_null(strstr(output.bytes, "# text = didn't go.\n1-2\tdidn't\t_"));
    assert_non_null(strstr(output.bytes, "\n3\tgo\t"));
    buffer_release(&output);
    assert_int_equal(conllu_read(&document, &arena, "1\tone\n2", 7, &error), ANNALS_MALFORMED);
    assert_int_equal(error.line, 1);
    assert_int_equal(conllu_read(&document, &arena, "# text\n", 7, &error), ANNALS_EMPTY);
    arena_release(&arena);
}

/* "nsubj:pass" is a kind of "nsubj": by a table, which the names must bear out. */
static void subtypes_are_of_their_relation(void **state)
{
    (void)state;
    for (int i = 0; i < RELATION_COUNT; i++) {
        const char *name = relation_name((enum relation)i);
        char kind[40];
        snprintf(kind, sizeof kind, "%.*s", (int)strcspn(name, ":"), name);
        assert_string_equal(relation_name(relation_universal((enum relation)i)), kind);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(subtypes_are_of_their_relation),
        cmocka_unit_test(passives_and_objects_are_told_apart),
        cmocka_unit_test(irregular_verbs_have_lemmas),
        cmocka_unit_test(regular_verbs_have_lemmas),
        cmocka_unit_test(capitals_do_not_matter_where_they_tell_nothing),
        cmocka_unit_test(company_changes_nothing),
        cmocka_unit_test(long_sentences_are_one_tree),
        cmocka_unit_test(asides_are_parsed_apart),
        cmocka_unit_test(conllu_keeps_its_tokens),
    };
    return cmocka_run_group_tests(tests, open_parser, close_parser);
}
