/* record/: names of actors and places on their way to a server. */
#ifdef ANNALS_POSTGRESQL
#include "record/gathered_names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void put_text(struct value *value, const char *text)
{
    *value = (struct value){.bytes = text, .length = text != NULL ? (int)strlen(text) : 0};
}

/* Each once, whatever stands beside it in the row; NULL is not the empty word. */
static void test_names_are_told_once(void **state)
{
    (void)state;
    struct gathered_names names = {0};
    static struct waiting waiting;
    struct value values[16] = {0};
    char name[16];
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 5000; i++) {
            snprintf(name, sizeof name, "Band %d", i % 2500);
            put_text(&values[1], round == 0 ? "one" : "another");
            put_text(&values[3], name);
            put_text(&values[8], i >= 2500 ? "" : NULL);
            gathered_names_add(&names, GATHERED_ACTORS, values, &waiting);
        }
    assert_int_equal(waiting.rows, 5000);
    assert_int_equal(waiting_length(waiting.columns[4].bytes), -1);
    assert_memory_equal(waiting.columns[0].bytes + WAITING_LENGTH, "Band 0", 6);
    /* Cleared, they are new again. */
    gathered_names_clear(&names);
    gathered_names_add(&names, GATHERED_ACTORS, values, &waiting);
    gathered_names_add(&names, GATHERED_ACTORS, values, &waiting);
    assert_int_equal(waiting.rows, 5001);
    assert_int_equal(gathered_names_form(GATHERED_PLACES), GATHERED_PLACE_NAMES);
    assert_int_equal(gathered_names_form(GATHERED_MENTIONS), -1);
    gathered_names_release(&names);
    for (int i = 0; i < GATHERED_COLUMNS; i++)
        buffer_release(&waiting.columns[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_are_told_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
int main(void)
{
    return 0;
}
#endif
