/* Which post the words around an appointment give somebody: the real dictionary of roles. */
#include "dictionary/table.h"
#include "render/post_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct setting {
    struct arena arena;
    struct table roles;
};

static int open_roles(void **state)
{
    struct setting *setting = test_malloc(sizeof *setting);
    annals_error error = {0};
    arena_init(&setting->arena);
    const char *path =
        arena_print(&setting->arena, "%s/dictionaries/en/roles.tsv", getenv("ANNALS_DATA"));
    if (table_read(&setting->roles, &setting->arena, path, &error) != ANNALS_OK)
        return -1;
    *state = setting;
    return 0;
}

static int close_roles(void **state)
{
    struct setting *setting = *state;
    arena_release(&setting->arena);
    test_free(setting);
    return 0;
}

/* The words of the person stand behind the trigger where they do at all. */
static const char *find(const struct setting *setting, const char *sentence, const char *trigger,
                        const char *person, enum post_change change)
{
    struct post_words words = {.sentence = sentence};
    words.trigger = strstr(sentence, trigger);
    assert_non_null(words.trigger);
    words.trigger_end = words.trigger + strlen(trigger);
    if (person != NULL) {
        words.actor = strstr(words.trigger_end, person);
        if (words.actor == NULL)
            words.actor = strstr(sentence, person);
        words.actor_end = words.actor != NULL ? words.actor + strlen(person) : NULL;
    }
    const char *post = post_words_find(&setting->roles, &words, change);
    return post != NULL ? post : "";
}

static void posts_are_found_beside_the_person(void **state)
{
    const struct {
        const char *sentence, *trigger, *person;
        enum post_change change;
        const char *post;
    } cases[] = {
        {"The king named Ada Stone defence minister.", "named", "Ada Stone", POST_APPOINTED,
         "defence-minister"},
        {"The king appointed Ada Stone as the new Defence Minister on Monday.", "appointed",
         "Ada Stone", POST_APPOINTED, "defence-minister"},
        {"Ada Stone was elected president.", "elected", "Ada Stone", POST_APPOINTED, "president"},
        {"Ada Stone resigned as governor of the north.", "resigned", "Ada Stone", POST_LEFT,
         "governor"},
        {"Ada Stone stepped down as the army chief of staff.", "stepped", "Ada Stone", POST_LEFT,
         "chief-of-staff"},
        {"Interior Minister Ada Stone resigned.", "resigned", "Interior Minister Ada Stone",
         POST_LEFT, "interior-minister"},
        {"The king dismissed Ada Stone as governor.", "dismissed", "Ada Stone", POST_LEFT,
         "governor"},
        /* Nothing of it is said. */
        {"The king appointed Governor Ada Stone.", "appointed", "Governor Ada Stone",
         POST_APPOINTED, ""},
        {"The king appointed Ada Stone, the governor of the north.", "appointed", "Ada Stone",
         POST_APPOINTED, ""},
        {"The king named Ada Stone governor general.", "named", "Ada Stone", POST_APPOINTED, ""},
        {"The king named Ada Stone president-elect.", "named", "Ada Stone", POST_APPOINTED, ""},
        {"Ada Stone resigned, the president said.", "resigned", "Ada Stone", POST_LEFT, ""},
        {"Ada Stone resigned the governor said.", "resigned", "Ada Stone", POST_LEFT, ""},
        {"The king named ", "named", NULL, POST_APPOINTED, ""},
        {"The king named", "named", "Ada Stone", POST_APPOINTED, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(
            find(*state, cases[i].sentence, cases[i].trigger, cases[i].person, cases[i].change),
            cases[i].post);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(posts_are_found_beside_the_person)};
    return cmocka_run_group_tests(tests, open_roles, close_roles);
}
