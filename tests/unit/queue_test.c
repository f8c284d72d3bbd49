/* Parcels as messages: what goes in comes out, whatever the path holds. */
#include "queue/queue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void check_text(const char *found, const char *expected)
{
    if (expected == NULL)
        assert_null(found);
    else
        assert_string_equal(found, expected);
}

static void check(const annals_parcel *parcel)
{
    annals_parcel read = {0};
    char *block = NULL;
    natsMsg *message = queue_message("annals.test.parcel", parcel);
    assert_non_null(message);
    assert_true(queue_parcel(message, &read, &block));
    check_text(read.path, parcel->path);
    check_text(read.name, parcel->name);
    check_text(read.url, parcel->url);
    check_text(read.retrieved, parcel->retrieved);
    assert_int_equal(read.line, parcel->line);
    assert_int_equal(read.byte, parcel->byte);
    assert_int_equal(read.length, parcel->length);
    assert_memory_equal(read.bytes, parcel->bytes, parcel->length);
    free(block);
    natsMsg_Destroy(message);
}

static void parcels_survive(void **state)
{
    (void)state;
    check(&(annals_parcel){.path = "reports/one.txt", .bytes = "text", .length = 4});
    check(&(annals_parcel){.path = "a b/\xc3\xbc%41\r\nX: y", .name = "100%.html", .url = "http://a/?b=%20",
                           .retrieved = "2015-10-01T00:00:00Z", .bytes = "a\0b", .length = 3});
    check(&(annals_parcel){.path = "x.jsonl", .line = 18446744073709551615u,
                           .byte = INT64_C(1) << 40, .bytes = "{}", .length = 2});
    check(&(annals_parcel){.path = "", .bytes = "", .length = 0});
}

/* Headers that somebody else wrote. */
static void other_headers(void **state)
{
    static const struct {
        const char *header, *text;
    } cases[] = {{"plain", "plain"}, {"%", "%"},         {"%4", "%4"}, {"%zz", "%zz"},
                 {"%00x", "%00x"},   {"a%C3%BCb", "a\xc3\xbc" "b"}, {"%c3%bc", "\xc3\xbc"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        natsMsg *message = NULL;
        char text[32];
        assert_int_equal(natsMsg_Create(&message, "s", NULL, "", 0), NATS_OK);
        assert_int_equal(natsMsgHeader_Set(message, "Annals-Path", cases[i].header), NATS_OK);
        queue_header(message, "Annals-Path", text, sizeof text);
        assert_string_equal(text, cases[i].text);
        queue_header(message, "Annals-Path", text, 3); /* cut, never past the end */
        assert_true(strlen(text) <= 2);
        queue_header(message, "Annals-Url", text, sizeof text);
        assert_string_equal(text, "");
        natsMsg_Destroy(message);
    }
}

static void without_a_path(void **state)
{
    natsMsg *message = NULL;
    annals_parcel parcel;
    char *block = NULL;
    (void)state;
    assert_int_equal(natsMsg_Create(&message, "s", NULL, "x", 1), NATS_OK);
    assert_true(queue_parcel(message, &parcel, &block));
    assert_string_equal(parcel.path, "a message without a path");
    assert_int_equal(parcel.line, 0);
    free(block);
    natsMsg_Destroy(message);
}

static void wrong_use(void **state)
{
    annals_queue *queue = NULL;
    annals_error error = {0};
    (void)state;
    assert_int_equal(annals_queue_open(&(annals_queue_settings){.servers = "nats://127.0.0.1:1", .name = "a.b"},
                                       &queue, &error),
                     ANNALS_WRONG_USE);
    assert_int_equal(annals_queue_open(&(annals_queue_settings){.servers = " , "}, &queue, &error),
                     ANNALS_WRONG_USE);
    assert_int_equal(annals_queue_open(&(annals_queue_settings){.servers = "nats://127.0.0.1:1"}, &queue, &error),
                     ANNALS_CANNOT_READ);
    assert_non_null(strstr(error.sentence, "cannot reach the queue"));
    assert_null(queue);
}

/* Messages cannot be made before the library is open. */
static int open_library(void **state)
{
    (void)state;
    return nats_Open(-1) == NATS_OK ? 0 : -1;
}

static int close_library(void **state)
{
    (void)state;
    nats_Close();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parcels_survive),
        cmocka_unit_test(other_headers),
        cmocka_unit_test(without_a_path),
        cmocka_unit_test(wrong_use),
    };
    return cmocka_run_group_tests_name("queue", tests, open_library, close_library);
}
