/* bytes/: arena, array, buffer, UTF-8, calendar, digest. */
#include "bytes/array.h"
#include "bytes/buffer.h"
#include "bytes/calendar.h"
#include "bytes/digest.h"
#include "bytes/utf8.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void arena_hands_out_zeroed_memory(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    for (size_t size = 0; size < 100000; size = size * 3 + 1) {
        unsigned char *bytes = arena_allocate(&arena, size);
        assert_non_null(bytes);
        assert_int_equal((uintptr_t)bytes % 16, 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(bytes[i], 0);
        memset(bytes, 0xff, size);
    }
    arena_release(&arena);
}

static void arena_keeps_its_first_failure(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    assert_null(arena_allocate_array(&arena, SIZE_MAX / 2, 4));
    assert_true(arena.failed);
    assert_null(arena_allocate(&arena, 1));
    arena_reset(&arena);
    assert_false(arena.failed);
    arena.limit = 100;
    assert_non_null(arena_allocate(&arena, 60));
    assert_null(arena_allocate(&arena, 60));
    arena_release(&arena);
}

static void array_keeps_its_items_when_it_grows(void **state)
{
    (void)state;
    struct arena arena;
    ARRAY(int) numbers;
    arena_init(&arena);
    array_init(&numbers, &arena);
    for (int i = 0; i < 1000; i++)
        *array_push(&numbers) = i;
    for (int i = 0; i < 1000; i++)
        assert_int_equal(numbers.items[i], i);
    arena_release(&arena);
}

static void buffer_prints_and_grows(void **state)
{
    (void)state;
    struct buffer buffer;
    buffer_init(&buffer);
    for (int i = 0; i < 500; i++)
        buffer_print(&buffer, "%d,", i % 10);
    assert_int_equal(buffer.length, 1000);
    assert_memory_equal(buffer.bytes, "0,1,2,3,4,5,6,7,8,9,0,", 22);
    buffer_release(&buffer);
}

static void utf8_refuses_what_is_malformed(void **state)
{
    (void)state;
    static const char *const bad[] = {"\x80",         "\xc0\xaf",         "\xe0\x80\xaf",
                                      "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80",
                                      "\xe2\x82",     "\xc3"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(utf8_valid_length(bad[i], strlen(bad[i])), 0);
    assert_int_equal(utf8_valid_length("K\xc4\x81" "bul \xf0\x9f\x95\x8a", 11), 11);
    /* Read by eights: wherever the malformed byte stands, it is found there. */
    for (size_t at = 0; at < 30; at++) {
        char text[30];
        memset(text, 'a', sizeof text);
        text[at] = '\x80';
        assert_int_equal(utf8_valid_length(text, sizeof text), at);
        assert_int_equal(utf8_valid_length(text, at), at);
    }
    assert_int_equal(utf8_count("K\xc4\x81" "bul", 6), 5);
}

static void utf8_round_trips_every_code_point(void **state)
{
    (void)state;
    for (uint32_t code_point = 1; code_point <= 0x10ffff; code_point++) {
        char bytes[4];
        size_t length;
        if (code_point >= 0xd800 && code_point < 0xe000)
            continue;
        size_t size = utf8_encode(code_point, bytes);
        assert_int_equal(utf8_decode(bytes, size, &length), code_point);
        assert_int_equal(length, size);
    }
}

static void utf8_folds_case_accents_and_quotes(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"Maz\xc4\x81r-e Shar\xc4\xab" "f", "mazar-e sharif"},
        {"L\xc3\x98G\xc3\x9e\xc3\x96R\xc3\x9f", "logthorss"},
        {"\xe2\x80\x9c" "the city\xe2\x80\x99s\xe2\x80\x9d", "\"the city's\""},
        {"A\xe2\x80\x93Z", "a-z"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        char folded[100];
        size_t length = utf8_fold(pairs[i][0], strlen(pairs[i][0]), folded);
        folded[length] = '\0';
        assert_string_equal(folded, pairs[i][1]);
    }
}

static void calendar_round_trips(void **state)
{
    (void)state;
    assert_int_equal(calendar_day(1970, 1, 1), 0);
    assert_int_equal(calendar_weekday(0), THURSDAY);
    for (int32_t day = -800000; day < 200000; day += 13) {
        struct civil_date date = calendar_date(day);
        assert_true(calendar_is_valid(date.year, date.month, date.day));
        assert_int_equal(calendar_day(date.year, date.month, date.day), day);
    }
    int32_t year;
    assert_int_equal(calendar_iso_week(calendar_day(2021, 1, 3), &year), 53);
    assert_int_equal(year, 2020);
    assert_int_equal(calendar_read("2015-09-28T04:00"), calendar_day(2015, 9, 28));
    assert_int_equal(calendar_read("2015-09-31"), DAY_UNKNOWN);
    assert_int_equal(calendar_read("2015-9-3"), DAY_UNKNOWN);
    assert_int_equal(calendar_read(""), DAY_UNKNOWN);
    char text[16];
    calendar_write(calendar_day(1998, 8, 8), text);
    assert_string_equal(text, "1998-08-08");
}

/* The examples of FIPS 180-4 and of RFC 7693 (there of 512 bits; the one of 256 is b2sum's). */
static void digests_are_those_of_their_standards(void **state)
{
    (void)state;
    char text[65];
    struct digest known = digest_of("abc", 3);
    digest_write(&known, text);
    assert_string_equal(text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    struct fingerprint fingerprint;
    fingerprint_begin(&fingerprint);
    fingerprint_add(&fingerprint, "abc", 3);
    known = fingerprint_end(&fingerprint);
    digest_write(&known, text);
    assert_string_equal(text, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

static void fingerprint_is_the_same_in_pieces(void **state)
{
    (void)state;
    unsigned char bytes[1200];
    uint32_t number = 1;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)((number = number * 1664525 + 1013904223) >> 24);
    for (size_t length = 0; length < sizeof bytes; length++) {
        struct fingerprint whole, pieces;
        fingerprint_begin(&whole);
        fingerprint_add(&whole, bytes, length);
        fingerprint_begin(&pieces);
        for (size_t at = 0, piece = length % 7; at < length; at += piece, piece = piece * 3 + 1) {
            piece = piece < length - at ? piece : length - at;
            fingerprint_add(&pieces, bytes + at, piece);
        }
        struct digest wanted = fingerprint_end(&whole), joined = fingerprint_end(&pieces);
        assert_memory_equal(joined.bytes, wanted.bytes, sizeof wanted.bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_hands_out_zeroed_memory),
        cmocka_unit_test(arena_keeps_its_first_failure),
        cmocka_unit_test(array_keeps_its_items_when_it_grows),
        cmocka_unit_test(buffer_prints_and_grows),
        cmocka_unit_test(utf8_refuses_what_is_malformed),
        cmocka_unit_test(utf8_round_trips_every_code_point),
        cmocka_unit_test(utf8_folds_case_accents_and_quotes),
        cmocka_unit_test(calendar_round_trips),
        cmocka_unit_test(digests_are_those_of_their_standards),
        cmocka_unit_test(fingerprint_is_the_same_in_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
