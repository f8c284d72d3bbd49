/* dictionary/coder_files: actor and agent files of other coders, with invented nations. */
#include "bytes/calendar.h"
#include "dictionary/coder_files.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct coder_entry *entry_called(const struct coder_file *file, const char *phrase)
{
    for (uint32_t i = 0; i < file->entries.count; i++)
        if (strcmp(file->entries.items[i].phrases[0], phrase) == 0)
            return &file->entries.items[i];
    return NULL;
}

static void actors_have_synonyms_and_dates(void **state)
{
    (void)state;
    struct arena arena;
    struct coder_file file;
    annals_error error;
    arena_init(&arena);
    assert_int_equal(coder_actors_read(&file, &arena, "tests/dictionaries/coder.actors", &error),
                     ANNALS_OK);
    assert_int_equal(file.entries.count, 5);
    const struct coder_entry *state_entry = entry_called(&file, "ZUBIA");
    assert_non_null(state_entry);
    assert_int_equal(state_entry->phrase_count, 3);
    assert_string_equal(state_entry->phrases[2], "REPUBLIC OF ZUBIA");
    const struct coder_entry *person = entry_called(&file, "OSKA MELDE");
    assert_non_null(person);
    assert_string_equal(coder_code_on(person, calendar_day(1999, 7, 31)), "ZUBOPP");
    assert_string_equal(coder_code_on(person, calendar_day(1999, 8, 1)), "ZUBGOV");
    assert_string_equal(coder_code_on(person, calendar_day(2004, 1, 1)), "ZUBELI");
    assert_null(coder_code_on(person, DAY_UNKNOWN));
    const struct coder_entry *front = entry_called(&file, "KARGA FRONT");
    assert_string_equal(coder_code_on(front, calendar_day(2007, 12, 31)), "ZUBREB");
    assert_string_equal(coder_code_on(front, calendar_day(2008, 1, 1)), "ZUBGOV");
    assert_string_equal(coder_code_on(front, DAY_UNKNOWN), "ZUBREB");
    assert_string_equal(entry_called(&file, "HOROSCOPE")->codes[0].code, "###");
    arena_release(&arena);
}

static void agents_have_plurals_and_sets(void **state)
{
    (void)state;
    struct arena arena;
    struct coder_file file;
    annals_error error;
    arena_init(&arena);
    assert_int_equal(coder_agents_read(&file, &arena, "tests/dictionaries/coder.agents", &error),
                     ANNALS_OK);
    assert_int_equal(file.entries.count, 3);
    const struct coder_entry *pilot = entry_called(&file, "HARBOUR PILOT");
    assert_non_null(pilot);
    assert_string_equal(pilot->phrases[1], "HARBOUR PILOTS");
    assert_string_equal(pilot->codes[0].code, "LAB");
    assert_false(pilot->prefix);
    const struct coder_entry *boat = entry_called(&file, "BOATMAN");
    assert_non_null(boat);
    assert_string_equal(boat->phrases[1], "BOATMEN");
    const struct coder_entry *relief = entry_called(&file, "RELIEF WORKER");
    assert_true(relief->prefix);
    assert_string_equal(relief->codes[0].code, "NGO");
    arena_release(&arena);
}

static void what_is_wrong_is_named(void **state)
{
    (void)state;
    struct arena arena;
    struct coder_file file;
    annals_error error;
    arena_init(&arena);
    assert_int_equal(
        coder_actors_read(&file, &arena, "tests/dictionaries/coder-broken.actors", &error),
        ANNALS_MALFORMED);
    assert_int_equal(error.line, 1);
    assert_int_equal(coder_actors_read(&file, &arena, "tests/dictionaries/none", &error),
                     ANNALS_NOT_FOUND);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(actors_have_synonyms_and_dates),
        cmocka_unit_test(agents_have_plurals_and_sets),
        cmocka_unit_test(what_is_wrong_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
