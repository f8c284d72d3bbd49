/* The gazetteer: names, importing, opening, and files that are damaged. */
#include "bytes/hash.h"
#include "bytes/utf8.h"
#include "meaning/gazetteer.h"
#include "meaning/gazetteer_import.h"
#include "meaning/gazetteer_names.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <unistd.h>

#include <cmocka.h>

/* Two invented countries: Arnor with three towns and two divisions, and a town of Gondor. */
static const char places_text[] =
    "101\tOsgoroth\tOsgoroth\tUsguruth,Osgoroth City,qsgrt\t10.5\t20.25\tP\tPPLA\tAR\t\t07\t\t\t\t90000\t\t\t\t\n"
    "102\tMinas Ithal\tMinas Ithal\tMinas-Ithal\t11\t20.5\tP\tPPL\tAR\t\t07\t0701\t\t\t5000\t\t\t\t\n"
    "103\tSt. Halbar\tSt. Halbar\t\t-12\t-21\tP\tPPL\tAR\t\t08\t\t\t\t700\t\t\t\t\n"
    "104\tOsgoroth\tOsgoroth\t\t50\t60\tP\tPPL\tGO\t\t01\t\t\t\t120\t\t\t\t\n"
    "105\tHotel Osgoroth\tHotel Osgoroth\t\t50\t60\tS\tHTL\tGO\t\t01\t\t\t\t0\t\t\t\t\n";
static const char admin1_text[] = "AR.07\tOsgoroth Province\tOsgoroth Province\t201\n"
                                  "AR.08\tHalbarland\tHalbarland\t202\n";
static const char admin2_text[] = "AR.07.0701\tIthal County\tIthal County\t301\n";
static const char names_text[] = "1\t101\ten\tThe Broken City\t\t\t\t\t\t\n"
                                 "2\t101\tru\tOsgorotgrad\t\t\t\t\t\t\n"
                                 "3\t999\ten\tNowhere\t\t\t\t\t\t\n";
static const char own_text[] =
    "# Our own.\nid\tname\tnames\tfeature\tcode\tlatitude\tlongitude\tgeonameid\tweight\n"
    "ar\tArnor\tKingdom of Arnor|AR\tPCLI\tAR\t10\t20\t401\t2000000\n"
    "ar-bridge\tBridge of Ten\t\tBDG\tAR.07\t10.4\t20.2\t\t10\n";

struct folder {
    char path[64];
    char files[8][96];
    const char *paths[8];
    size_t count;
    char output[96];
};

static void put(struct folder *folder, const char *name, const char *text)
{
    char *path = folder->files[folder->count];
    char place[sizeof folder->path];
    memcpy(place, folder->path, sizeof place);
    snprintf(path, sizeof folder->files[0], "%s/%s", place, name);
    FILE *stream = fopen(path, "wb");
    assert_non_null(stream);
    fputs(text, stream);
    fclose(stream);
    folder->paths[folder->count++] = path;
}

static void folder_make(struct folder *folder)
{
    *folder = (struct folder){.path = "/tmp/annals-gazetteer-XXXXXX"};
    assert_non_null(mkdtemp(folder->path));
    char place[sizeof folder->path];
    memcpy(place, folder->path, sizeof place);
    snprintf(folder->output, sizeof folder->output, "%s/gazetteer.bin", place);
}

static void parts_remove(struct folder *folder)
{
    char path[512];
    snprintf(path, sizeof path, "%s.parts", folder->output);
    DIR *parts = opendir(path);
    for (struct dirent *item; parts != NULL && (item = readdir(parts)) != NULL;)
        unlinkat(dirfd(parts), item->d_name, 0);
    if (parts != NULL)
        closedir(parts);
    rmdir(path);
}

static void folder_remove(struct folder *folder)
{
    parts_remove(folder);
    for (size_t i = 0; i < folder->count; i++)
        unlink(folder->files[i]);
    unlink(folder->output);
    rmdir(folder->path);
}

static annals_status import(struct folder *folder, annals_error *error)
{
    const struct gazetteer_source source = {folder->paths, folder->count, NULL, NULL, 0};
    return gazetteer_import(&source, folder->output, error);
}

static void fill(struct folder *folder)
{
    put(folder, "alternateNamesV2.txt", names_text);
    put(folder, "cities500.txt", places_text);
    put(folder, "admin1CodesASCII.txt", admin1_text);
    put(folder, "admin2Codes.txt", admin2_text);
    put(folder, "own.tsv", own_text);
}

static const struct gazetteer_entry *first(const struct gazetteer *gazetteer, const char *name)
{
    struct posting_range range = gazetteer_find_name(gazetteer, name, strlen(name));
    return range.count == 0 ? NULL : gazetteer_entry_at(gazetteer, range.items[0]);
}

static int32_t id_of(const struct gazetteer *gazetteer, const char *name)
{
    const struct gazetteer_entry *entry = first(gazetteer, name);
    return entry == NULL ? 0 : entry->id;
}

static void shows_names_as_newspapers_print_them(void **state)
{
    static const char rows[] =
        "1\tĪmān Ḩalbār\tIman Halbar\t\t1\t1\tP\tPPL\tAR\t\t07\t\t\t\t0\t\t\t\t\n"
        "2\tRīdava\tRidava\t\t2\t2\tP\tPPL\tLV\t\t01\t\t\t\t0\t\t\t\t\n"
        "3\tÉloïse\tEloise\t\t3\t3\tP\tPPL\tAR\t\t07\t\t\t\t0\t\t\t\t\n";
    static const struct {
        const char *plain, *marked, *shown;
    } names[] = {
        {"Iman Halbar", "Īmān Ḩalbār", "Iman Halbar"}, /* the marks are the map's */
        {"Ridava", "Rīdava", "Rīdava"},                /* the marks are the country's own */
        {"Eloise", "Éloïse", "Éloïse"},
        {"Osgar", "Osgār", "Osgar"},
    };
    struct folder folder;
    struct gazetteer gazetteer;
    annals_error error = {0};
    (void)state;
    folder_make(&folder);
    put(&folder, "cities500.txt", rows);
    put(&folder, "admin1CodesASCII.txt", "AR.07\tOsgār\tOsgar\t201\n");
    assert_int_equal(import(&folder, &error), ANNALS_OK);
    assert_int_equal(gazetteer_open(&gazetteer, folder.output, &error), ANNALS_OK);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct gazetteer_entry *plain = first(&gazetteer, names[i].plain);
        assert_non_null(plain);
        assert_ptr_equal(plain, first(&gazetteer, names[i].marked));
        assert_string_equal(gazetteer_name(&gazetteer, plain), names[i].shown);
    }
    gazetteer_close(&gazetteer);
    folder_remove(&folder);
}

static void finds_places_by_every_name(void **state)
{
    struct folder folder;
    struct gazetteer gazetteer;
    annals_error error = {0};
    (void)state;
    folder_make(&folder);
    fill(&folder);
    assert_int_equal(import(&folder, &error), ANNALS_OK);
    assert_int_equal(gazetteer_open(&gazetteer, folder.output, &error), ANNALS_OK);
    assert_int_equal(gazetteer_check(&gazetteer, &error), ANNALS_OK);
    assert_int_equal(id_of(&gazetteer, "USGURUTH"), 101);
    assert_int_equal(id_of(&gazetteer, "minas-ithal"), 102);
    assert_int_equal(id_of(&gazetteer, "Saint Halbar"), 103);
    assert_int_equal(id_of(&gazetteer, "The Broken City"), 101);
    assert_int_equal(id_of(&gazetteer, "Kingdom of Arnor"), 401);
    assert_int_equal(id_of(&gazetteer, "Osgorotgrad"), 0); /* neither English nor of no language */
    assert_int_equal(id_of(&gazetteer, "qsgrt"), 0);       /* a machine's transcription */
    assert_int_equal(id_of(&gazetteer, "Hotel Osgoroth"), 0);
    assert_int_equal(id_of(&gazetteer, "Minas"), 0); /* only begins a name */
    struct posting_range range = gazetteer_find_name(&gazetteer, "Osgoroth", 8);
    assert_int_equal(range.count, 3); /* the province, the town, the other town: most people first */
    const struct gazetteer_entry *last = gazetteer_entry_at(&gazetteer, range.items[2]);
    assert_int_equal(last->id, 104);
    assert_true(id_of(&gazetteer, "Bridge of Ten") < 0);
    assert_int_equal(gazetteer_entry_at(&gazetteer, gazetteer_country(&gazetteer, "AR"))->id, 401);
    assert_int_equal(gazetteer_country(&gazetteer, "ZZ"), NO_ENTRY);
    gazetteer_close(&gazetteer);
    folder_remove(&folder);
}

static void divisions_lie_among_their_towns(void **state)
{
    struct folder folder;
    struct gazetteer gazetteer;
    annals_error error = {0};
    (void)state;
    folder_make(&folder);
    fill(&folder);
    assert_int_equal(import(&folder, &error), ANNALS_OK);
    assert_int_equal(gazetteer_open(&gazetteer, folder.output, &error), ANNALS_OK);
    const struct gazetteer_entry *province = first(&gazetteer, "Osgoroth Province");
    assert_int_equal(province->id, 201);
    assert_int_equal(province->latitude, 1075000);
    assert_int_equal(province->longitude, 2037500);
    assert_int_equal(province->population, 95000);
    const struct gazetteer_entry *town = first(&gazetteer, "Minas Ithal");
    assert_int_equal(gazetteer_entry_at(&gazetteer, town->admin1)->id, 201);
    assert_int_equal(gazetteer_entry_at(&gazetteer, town->admin2)->id, 301);
    assert_string_equal(gazetteer_feature(&gazetteer, province), "ADM1");
    gazetteer_close(&gazetteer);
    folder_remove(&folder);
}

static void same_sources_same_bytes(void **state)
{
    struct folder folder;
    struct mapping one, two;
    annals_error error = {0};
    char kept[128];
    (void)state;
    folder_make(&folder);
    fill(&folder);
    assert_int_equal(import(&folder, &error), ANNALS_OK);
    snprintf(kept, sizeof kept, "%s.kept", folder.output);
    assert_int_equal(rename(folder.output, kept), 0);
    assert_int_equal(import(&folder, &error), ANNALS_OK);
    assert_int_equal(mapping_open(&one, folder.output, &error), ANNALS_OK);
    assert_int_equal(mapping_open(&two, kept, &error), ANNALS_OK);
    assert_int_equal(one.length, two.length);
    assert_memory_equal(one.bytes, two.bytes, one.length);
    mapping_close(&one);
    mapping_close(&two);
    unlink(kept);
    folder_remove(&folder);
}

static void names_the_line_that_is_wrong(void **state)
{
    static const char *const wrong[][3] = {
        {"cities500.txt", "101\tOsgoroth\n", "19 cells"},
        {"cities500.txt", "x\tA\tA\t\t1\t1\tP\tPPL\tAR\t\t\t\t\t\t0\t\t\t\t\n", "GeoNames id"},
        {"cities500.txt", "1\tA\tA\t\tnorth\t1\tP\tPPL\tAR\t\t\t\t\t\t0\t\t\t\t\n", "coordinates"},
        {"cities500.txt", "1\t\xff\tA\t\t1\t1\tP\tPPL\tAR\t\t\t\t\t\t0\t\t\t\t\n", "UTF-8"},
        {"admin1CodesASCII.txt", "AR07\tA\tA\t1\n", "form AF.24"},
        {"admin1.json", "{\"code\": 1}", "JSON list"},
        {"admin1.json", "[{\"code\": \"AR.07\"}]", "no name"},
        {"own.tsv", "id\tname\n", "names"},
        {"cities500.txt", "", "no place"}};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct folder folder;
        annals_error error = {0};
        folder_make(&folder);
        put(&folder, wrong[i][0], wrong[i][1]);
        assert_int_not_equal(import(&folder, &error), ANNALS_OK);
        assert_non_null(strstr(error.sentence, wrong[i][2]));
        assert_int_not_equal(access(folder.output, F_OK), 0);
        folder_remove(&folder);
    }
}

static bool stop_at_once(void *context, const char *file, uint64_t done, uint64_t total)
{
    (void)file;
    ++*(int *)context;
    return done > total;
}

static void stops_when_told(void **state)
{
    struct folder folder;
    annals_error error = {0};
    int calls = 0;
    (void)state;
    folder_make(&folder);
    char path[96];
    snprintf(path, sizeof path, "%s/cities500.txt", folder.path);
    FILE *stream = fopen(path, "wb");
    for (int i = 1; i <= 40000; i++)
        fprintf(stream, "%d\tPlace %d\tPlace %d\t\t1\t1\tP\tPPL\tAR\t\t\t\t\t\t0\t\t\t\t\n", i, i, i);
    fclose(stream);
    const char *paths[] = {path};
    const struct gazetteer_source source = {paths, 1, stop_at_once, &calls, 0};
    assert_int_equal(gazetteer_import(&source, folder.output, &error), ANNALS_STOPPED);
    assert_int_equal(calls, 1);
    assert_int_not_equal(access(folder.output, F_OK), 0);
    unlink(path);
    folder_remove(&folder);
}

/* ------------------------------------------------------------------ interrupted imports */

/* Three lines a part, so that places_text alone makes two. */
static annals_status import_in_parts(struct folder *folder, annals_error *error)
{
    const struct gazetteer_source source = {folder->paths, folder->count, NULL, NULL, 3};
    return gazetteer_import(&source, folder->output, error);
}

/* The bytes of the gazetteer that an undisturbed import gives. */
static uint64_t undisturbed(struct folder *folder, size_t *length)
{
    struct mapping mapping;
    annals_error error = {0};
    assert_int_equal(import(folder, &error), ANNALS_OK);
    assert_int_equal(mapping_open(&mapping, folder->output, &error), ANNALS_OK);
    uint64_t hash = hash_bytes(mapping.bytes, mapping.length);
    *length = mapping.length;
    mapping_close(&mapping);
    unlink(folder->output);
    return hash;
}

/* fill() gives the sources, all sound; the names, read last, get a line that is none. */
static void interrupt(struct folder *folder)
{
    annals_error error = {0};
    FILE *stream = fopen(folder->files[0], "ab");
    fputs("what is this\n", stream);
    fclose(stream);
    assert_int_equal(import_in_parts(folder, &error), ANNALS_MALFORMED);
    assert_int_not_equal(access(folder->output, F_OK), 0);
    stream = fopen(folder->files[0], "wb");
    fputs(names_text, stream);
    fclose(stream);
}

static void part_of(const struct folder *folder, const char *name, char path[512])
{
    snprintf(path, 512, "%s.parts/%s.part", folder->output, name);
}

/* Goes on; the result is as if nothing had happened and the parts are gone. */
static void assert_resumes(struct folder *folder, uint64_t hash, size_t length)
{
    struct mapping mapping;
    char path[512];
    annals_error error = {0};
    assert_int_equal(import_in_parts(folder, &error), ANNALS_OK);
    assert_int_equal(mapping_open(&mapping, folder->output, &error), ANNALS_OK);
    assert_int_equal(mapping.length, length);
    assert_true(hash_bytes(mapping.bytes, mapping.length) == hash);
    mapping_close(&mapping);
    unlink(folder->output);
    snprintf(path, sizeof path, "%s.parts", folder->output);
    assert_int_not_equal(access(path, F_OK), 0);
}

static void goes_on_from_its_parts(void **state)
{
    struct folder folder;
    char path[512];
    size_t length;
    (void)state;
    folder_make(&folder);
    fill(&folder);
    uint64_t hash = undisturbed(&folder, &length);
    interrupt(&folder);
    part_of(&folder, "001-cities500.txt-0001", path);
    assert_int_equal(access(path, F_OK), 0);
    part_of(&folder, "004-admin2Codes.txt-0001", path);
    assert_int_equal(access(path, F_OK), 0);
    assert_resumes(&folder, hash, length);
    /* The end of the places is missing: their first three lines are taken and passed over. */
    interrupt(&folder);
    part_of(&folder, "001-cities500.txt-0002", path);
    assert_int_equal(unlink(path), 0);
    assert_resumes(&folder, hash, length);
    folder_remove(&folder);
}

static void reads_again_what_is_damaged(void **state)
{
    static const char *const names[] = {"001-cities500.txt-0001", "001-cities500.txt-0002",
                                        "002-own.tsv-0001", "004-admin2Codes.txt-0001"};
    struct folder folder;
    char path[512];
    size_t length;
    (void)state;
    folder_make(&folder);
    fill(&folder);
    uint64_t hash = undisturbed(&folder, &length);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        for (long at = 0; at < 400; at += 7) {
            interrupt(&folder);
            part_of(&folder, names[i], path);
            FILE *stream = fopen(path, "r+b");
            assert_non_null(stream);
            fseek(stream, at, SEEK_SET);
            int byte = fgetc(stream);
            fseek(stream, at, SEEK_SET);
            fputc(byte == EOF ? 1 : byte ^ 0x40, stream);
            fclose(stream);
            assert_resumes(&folder, hash, length);
            interrupt(&folder);
            assert_int_equal(truncate(path, at), 0);
            assert_resumes(&folder, hash, length);
        }
    folder_remove(&folder);
}

static void reads_again_what_changed(void **state)
{
    struct folder folder;
    size_t length;
    (void)state;
    folder_make(&folder);
    fill(&folder);
    undisturbed(&folder, &length);
    interrupt(&folder);
    FILE *stream = fopen(folder.files[1], "ab");
    fputs("106\tNew Ithal\tNew Ithal\t\t11\t20\tP\tPPL\tAR\t\t07\t\t\t\t9\t\t\t\t\n", stream);
    fclose(stream);
    uint64_t hash = undisturbed(&folder, &length); /* the parts are there, and one does not fit */
    interrupt(&folder);
    assert_resumes(&folder, hash, length);
    folder_remove(&folder);
}

/* Opens a copy of `length` bytes that is no longer than that, so that sanitizers see what is read. */
static annals_status open_copy(const unsigned char *bytes, size_t length, annals_error *error)
{
    struct gazetteer gazetteer;
    void *copy = malloc(length == 0 ? 1 : length);
    assert_non_null(copy);
    memcpy(copy, bytes, length);
    annals_status status = gazetteer_open_bytes(&gazetteer, copy, length, error);
    if (status == ANNALS_OK)
        gazetteer_find_name(&gazetteer, "Osgoroth", 8);
    free(copy);
    return status;
}

static void refuses_what_is_damaged(void **state)
{
    struct folder folder;
    struct mapping mapping;
    annals_error error = {0};
    (void)state;
    folder_make(&folder);
    fill(&folder);
    assert_int_equal(import(&folder, &error), ANNALS_OK);
    assert_int_equal(mapping_open(&mapping, folder.output, &error), ANNALS_OK);
    for (size_t length = 0; length < mapping.length; length += 13) {
        assert_int_equal(open_copy(mapping.bytes, length, &error), ANNALS_FOREIGN);
        assert_non_null(strstr(error.sentence, "damaged"));
    }
    unsigned char *copy = malloc(mapping.length);
    assert_non_null(copy);
    for (size_t at = 0; at < sizeof(struct gazetteer_head); at++) {
        memcpy(copy, mapping.bytes, mapping.length);
        copy[at] ^= 0x40;
        assert_int_not_equal(open_copy(copy, mapping.length, &error), ANNALS_OK);
    }
    memcpy(copy, mapping.bytes, mapping.length);
    ((struct gazetteer_head *)(void *)copy)->version = 99;
    assert_int_equal(open_copy(copy, mapping.length, &error), ANNALS_NEWER);
    mapping_close(&mapping);
    free(copy);
    folder_remove(&folder);
}

static void check_reads_the_whole_file(void **state)
{
    struct folder folder;
    struct gazetteer gazetteer;
    annals_error error = {0};
    (void)state;
    folder_make(&folder);
    fill(&folder);
    assert_int_equal(import(&folder, &error), ANNALS_OK);
    FILE *stream = fopen(folder.output, "r+b");
    assert_int_equal(fseek(stream, -9, SEEK_END), 0);
    fputc(0x7f, stream);
    fclose(stream);
    assert_int_equal(gazetteer_open(&gazetteer, folder.output, &error), ANNALS_OK);
    assert_int_equal(gazetteer_check(&gazetteer, &error), ANNALS_FOREIGN);
    gazetteer_close(&gazetteer);
    folder_remove(&folder);
}

static void words_of_names(void **state)
{
    struct name_words one, two;
    (void)state;
    name_words_of(&one, "Mazar-i-Sharif", 14);
    name_words_of(&two, "MAZAR-E SHARIF", 14);
    assert_int_equal(one.count, 2);
    assert_memory_equal(one.hashes, two.hashes, 2 * sizeof(uint64_t));
    name_words_of(&one, "King's Lynn", 11);
    assert_int_equal(one.count, 3);
    name_words_of(&one, "Sana'a", 6);
    name_words_of(&two, "Sanaa", 5);
    assert_int_equal(one.hashes[0], two.hashes[0]);
    name_words_of(&one, "...", 3);
    assert_int_equal(one.count, 0);
}

static bool same_skeleton(const char *left, const char *right)
{
    char a[NAME_BYTES + 1], b[NAME_BYTES + 1], one[64], two[64];
    size_t m = name_skeleton(one, utf8_fold(left, strlen(left), one), a);
    size_t n = name_skeleton(two, utf8_fold(right, strlen(right), two), b);
    return m > 0 && m == n && memcmp(a, b, m) == 0;
}

static void skeletons_bridge_spellings(void **state)
{
    static const char *const same[][2] = {{"Kunduz", "Konduz"},       {"Kunduz", "Qundoz"},
                                          {"Taloqan", "Talukhan"},    {"Deir ez-Zor", "Dayr az Zawr"},
                                          {"Sar-e-Pul", "Sari Pol"},  {"Imam Sahib", "Emam Saheb"},
                                          {"Maydanshahr", "Maidan Shahr"}};
    static const char *const apart[][2] = {
        {"Kunduz", "Kandahar"}, {"Balkh", "Baghlan"}, {"Herat", "Ghazni"}, {"Farah", "Faryab"}};
    (void)state;
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        assert_true(same_skeleton(same[i][0], same[i][1]));
    for (size_t i = 0; i < sizeof apart / sizeof apart[0]; i++)
        assert_false(same_skeleton(apart[i][0], apart[i][1]));
    assert_true(name_distance("kunduz", 6, "konduz", 6) < name_distance("kunduz", 6, "kandahar", 8));
    assert_int_equal(name_distance("herat", 5, "herat", 5), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(shows_names_as_newspapers_print_them),
                                       cmocka_unit_test(finds_places_by_every_name),
                                       cmocka_unit_test(divisions_lie_among_their_towns),
                                       cmocka_unit_test(same_sources_same_bytes),
                                       cmocka_unit_test(names_the_line_that_is_wrong),
                                       cmocka_unit_test(stops_when_told),
                                       cmocka_unit_test(goes_on_from_its_parts),
                                       cmocka_unit_test(reads_again_what_is_damaged),
                                       cmocka_unit_test(reads_again_what_changed),
                                       cmocka_unit_test(refuses_what_is_damaged),
                                       cmocka_unit_test(check_reads_the_whole_file),
                                       cmocka_unit_test(words_of_names),
                                       cmocka_unit_test(skeletons_bridge_spellings)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
