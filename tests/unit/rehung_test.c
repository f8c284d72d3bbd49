/* meaning/rehung.h: repairs leave a tree. */
#include "meaning/rehung.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { WORDS = 4 };

static struct token words[WORDS];
static struct sentence sentences[2];

/* Two sentences of two words; the second hangs on the first. */
static struct document two_sentences(void)
{
    struct document document = {0};
    for (uint32_t i = 0; i < WORDS; i++)
        words[i] = (struct token){.sentence = i / 2,
                                  .head = i % 2 == 0 ? NONE : i - 1,
                                  .relation = i % 2 == 0 ? REL_ROOT : REL_OBJ};
    sentences[0].tokens = (struct token_range){0, 2};
    sentences[1].tokens = (struct token_range){2, 4};
    document.tokens.items = words;
    document.tokens.count = WORDS;
    document.sentences.items = sentences;
    document.sentences.count = 2;
    return document;
}

/* Hangs the first word of the first sentence on the second, which makes a ring, and calls the last
 * word of all a subject. */
static bool repair(void *context, uint32_t word)
{
    (void)context;
    if (word == 0) {
        words[0].head = 1;
        words[1].relation = REL_NSUBJ;
        return true;
    }
    if (word == 3)
        words[3].relation = REL_NSUBJ;
    return word == 3;
}

static bool repair_first(void *context, uint32_t word)
{
    return word < 2 && repair(context, word);
}

static void a_ring_is_taken_back(void **state)
{
    (void)state;
    struct document document = two_sentences();
    assert_true(rehang_sentences(&document, repair, NULL));
    assert_true(words[0].head == NONE);
    assert_int_equal(words[1].relation, REL_OBJ);
    assert_int_equal(words[3].relation, REL_NSUBJ);
}

static void what_is_taken_back_is_no_change(void **state)
{
    (void)state;
    struct document document = two_sentences();
    assert_false(rehang_sentences(&document, repair_first, NULL));
    assert_true(words[0].head == NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ring_is_taken_back),
        cmocka_unit_test(what_is_taken_back_is_no_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
