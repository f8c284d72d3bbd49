/* dictionary/articles.c: which names are common nouns, and the article that a name takes. */
#include "dictionary/articles.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void common_nouns_are_told_from_names(void **state)
{
    (void)state;
    static const char *const common[] = {"refugee",
                                         "army officer",
                                         "leader of the Houthis",
                                         "Iraqi spokesman",
                                         "law enforcement official",
                                         "15-year-old boy",
                                         "6 month old girl"};
    static const char *const own[] = {"Atta Noor",
                                      "the refugee",
                                      "his brother",
                                      "two guards",
                                      "ARMY OFFICER",
                                      "Rabin's assassin",
                                      "al-Anbari",
                                      "Ahmed bin al-Zayd",
                                      "Ministry of defence",
                                      "",
                                      "12 men",
                                      "9 year",
                                      "\xd0\xb0\xd1\x80"};
    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
        assert_true(name_is_common(common[i]));
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        assert_false(name_is_common(own[i]));
}

static void articles_go_by_sound_and_number(void **state)
{
    (void)state;
    assert_string_equal(name_article("refugee"), "a");
    assert_string_equal(name_article("officer"), "an");
    assert_string_equal(name_article("FBI agent"), "an");
    assert_string_equal(name_article("UN official"), "a");
    assert_string_equal(name_article("U.S. official"), "a");
    assert_string_equal(name_article("European diplomat"), "a");
    assert_string_equal(name_article("officers of the army"), "");
    assert_string_equal(name_article("15-year-old boy"), "a");
    assert_string_equal(name_article("18-year-old boy"), "an");
    assert_string_equal(name_article("police"), "");
    assert_string_equal(name_article(""), "");
}

static void some_names_take_the(void **state)
{
    (void)state;
    assert_true(name_takes_the("United States"));
    assert_true(name_takes_the("Northern Alliance"));
    assert_true(name_takes_the("Ministry of Defence"));
    assert_false(name_takes_the("The Taliban"));
    assert_false(name_takes_the("Hezbollah"));
    assert_false(name_takes_the("Syria"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(common_nouns_are_told_from_names),
        cmocka_unit_test(articles_go_by_sound_and_number),
        cmocka_unit_test(some_names_take_the),
    };
    return cmocka_run_group_tests_name("articles", tests, NULL, NULL);
}
