/* Reads the dictionaries of the stage "places".
 *
 * dictionaries/en/place_words.tsv, place_traps.tsv, place_abbreviations.tsv, country_words.tsv and
 * world/telephone_areas.tsv are its own;
 * world/states.tsv and place_adjectives.tsv give adjectives; groups, leaders, organisations
 * and metonyms the names that hold a place name and are none, en/roles.tsv the nouns that may stand
 * between a country and a person ("Texas governor Rick Perry"). */
#include "meaning/place_words.h"

#include "bytes/array.h"
#include "bytes/hash.h"
#include "bytes/utf8.h"
#include "dictionary/table.h"

#include <string.h>

static const struct place_word nothing = {.division = NO_ENTRY};

const struct place_word *place_word_find(const struct place_knowledge *knowledge, uint64_t hash)
{
    uint32_t length, next;
    uint32_t handle = phrases_find(&knowledge->words, &hash, sizeof hash, 1, &length);
    if (handle == PHRASE_NONE)
        return &nothing;
    return &knowledge->entries[phrases_value(&knowledge->words, handle, &next)];
}

bool place_class_fits(const char *classes, const char *feature, uint32_t *rank)
{
    const char *item;
    size_t length;
    *rank = 0;
    while (table_next_item(&classes, &item, &length)) {
        if (strncmp(item, feature, length) == 0)
            return true;
        ++*rank;
    }
    return false;
}

static uint64_t folded_hash(struct arena *arena, const char *word, size_t length)
{
    char *folded = arena_allocate(arena, length * 3 + 1);
    return folded == NULL ? 0 : hash_bytes(folded, utf8_fold(word, length, folded));
}

/* The entry of a single word, made where there is none; NULL when memory is out. */
static struct place_word *word_of(struct place_knowledge *knowledge, const char *word,
                                  size_t length)
{
    if (length == 0 || memchr(word, ' ', length) != NULL)
        return NULL;
    const struct place_word *known =
        place_word_find(knowledge, folded_hash(knowledge->arena, word, length));
    if (known != &nothing)
        return &knowledge->entries[known - knowledge->entries];
    if (knowledge->entry_count == knowledge->entry_capacity &&
        !array_grow((void **)&knowledge->entries, &knowledge->entry_capacity,
                    sizeof *knowledge->entries, knowledge->arena))
        return NULL;
    if (!phrases_add(&knowledge->words, word, length, knowledge->entry_count))
        return NULL;
    struct place_word *made = &knowledge->entries[knowledge->entry_count++];
    *made = nothing;
    return made;
}

static uint32_t kind_from(const char *name, size_t length)
{
    static const struct {
        const char *name;
        uint32_t bit;
    } kinds[] = {
#define ROW(identifier, bit, text) {text, 1u << bit},
        PLACE_WORD_TABLE(ROW)
#undef ROW
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strlen(kinds[i].name) == length && memcmp(kinds[i].name, name, length) == 0)
            return kinds[i].bit;
    return 0;
}

/* ------------------------------------------------------------------ one file each */

static annals_status read_words(struct place_knowledge *knowledge, const struct table *table,
                                annals_error *error)
{
    for (uint32_t row = 0; row < table->row_count; row++) {
        const char *word = table_cell(table, row, "word");
        const char *kind = table_cell(table, row, "kind");
        const char *classes = table_cell(table, row, "classes");
        uint32_t bit = kind_from(kind, strlen(kind));
        if (bit == 0)
            return table_fail(table, row, error, "unknown kind \"%s\"", kind);
        struct place_word *entry = word_of(knowledge, word, strlen(word));
        if (entry == NULL)
            continue;
        entry->kinds |= bit;
        if (classes[0] != '\0')
            entry->classes = classes;
    }
    return ANNALS_OK;
}

static annals_status read_traps(struct place_knowledge *knowledge, const struct table *table,
                                annals_error *error)
{
    for (uint32_t row = 0; row < table->row_count; row++) {
        const char *word = table_cell(table, row, "id");
        const char *kinds = table_cell(table, row, "kinds"), *item;
        size_t length;
        struct place_word *entry = word_of(knowledge, word, strlen(word));
        while (table_next_item(&kinds, &item, &length)) {
            uint32_t bit = kind_from(item, length);
            if (bit == 0)
                return table_fail(table, row, error, "unknown kind \"%.*s\"", (int)length, item);
            if (entry != NULL)
                entry->kinds |= bit;
        }
    }
    return ANNALS_OK;
}

static uint32_t division_of(const struct gazetteer *gazetteer, const char *name,
                            const char *country)
{
    struct posting_range range = gazetteer_find_name(gazetteer, name, strlen(name));
    for (uint32_t i = 0; i < range.count; i++) {
        const struct gazetteer_entry *entry = gazetteer_entry_at(gazetteer, range.items[i]);
        if (entry != NULL && memcmp(entry->country, country, 2) == 0 &&
            strcmp(gazetteer_feature(gazetteer, entry), "ADM1") == 0)
            return range.items[i] & POSTING_ENTRY;
    }
    return NO_ENTRY;
}

static annals_status read_abbreviations(struct place_knowledge *knowledge,
                                        const struct table *table, annals_error *error)
{
    for (uint32_t row = 0; row < table->row_count; row++) {
        const char *word = table_cell(table, row, "abbreviation");
        const char *country = table_cell(table, row, "country");
        if (strlen(country) != 2)
            return table_fail(table, row, error, "the country has not two letters");
        uint32_t division = division_of(&knowledge->gazetteer,
                                        table_cell(table, row, "division"), country);
        struct place_word *entry = word_of(knowledge, word, strlen(word));
        if (entry == NULL || division == NO_ENTRY)
            continue;
        entry->division = division;
        entry->alone = table_cell(table, row, "alone")[0] != '\0';
    }
    return ANNALS_OK;
}

static annals_status read_roles(struct place_knowledge *knowledge, const struct table *table,
                                annals_error *error)
{
    (void)error;
    for (uint32_t row = 0; row < table->row_count; row++) {
        const char *word = table_cell(table, row, "singular");
        struct place_word *entry = word_of(knowledge, word, strlen(word));
        if (entry != NULL)
            entry->kinds |= WORD_IS_ROLE;
    }
    return ANNALS_OK;
}

static bool add_all(struct phrases *phrases, const char *list, uint32_t value)
{
    const char *item;
    size_t length;
    bool added = true;
    while (table_next_item(&list, &item, &length))
        added = phrases_add(phrases, item, length, value) && added;
    return added;
}

static annals_status read_states(struct place_knowledge *knowledge, const struct table *table,
                                 annals_error *error)
{
    (void)error;
    for (uint32_t row = 0; row < table->row_count; row++) {
        const char *country = table_cell(table, row, "iso2");
        if (strlen(country) != 2 || strncmp(table_cell(table, row, "rank"), "former", 6) == 0)
            continue;
        uint32_t entry = gazetteer_country(&knowledge->gazetteer, country);
        if (entry != NO_ENTRY)
            add_all(&knowledge->demonyms, table_cell(table, row, "adjectives"), entry);
    }
    return ANNALS_OK;
}

static annals_status read_adjectives(struct place_knowledge *knowledge, const struct table *table,
                                     annals_error *error)
{
    for (uint32_t row = 0; row < table->row_count; row++) {
        const char *place = table_cell(table, row, "place");
        struct posting_range range =
            gazetteer_find_name(&knowledge->gazetteer, place, strlen(place));
        if (range.count == 0)
            return table_fail(table, row, error, "the gazetteer has no \"%s\"", place);
        add_all(&knowledge->demonyms, table_cell(table, row, "adjective"),
                range.items[0] & POSTING_ENTRY);
    }
    return ANNALS_OK;
}

static annals_status read_country_words(struct place_knowledge *knowledge,
                                        const struct table *table, annals_error *error)
{
    for (uint32_t row = 0; row < table->row_count; row++) {
        const char *countries = table_cell(table, row, "countries"), *item;
        size_t length;
        while (table_next_item(&countries, &item, &length)) {
            uint32_t entry = length == 2 ? gazetteer_country(&knowledge->gazetteer, item) : NO_ENTRY;
            if (length != 2)
                return table_fail(table, row, error, "the country has not two letters");
            const char *word = table_cell(table, row, "word");
            if (entry != NO_ENTRY)
                phrases_add(&knowledge->country_words, word, strlen(word), entry);
        }
    }
    return ANNALS_OK;
}

static annals_status read_telephone_areas(struct place_knowledge *knowledge,
                                          const struct table *table, annals_error *error)
{
    for (uint32_t row = 0; row < table->row_count; row++) {
        const char *area = table_cell(table, row, "id");
        const char *country = table_cell(table, row, "country");
        if (strlen(country) != 2)
            return table_fail(table, row, error, "the country has not two letters");
        uint32_t division = division_of(&knowledge->gazetteer,
                                        table_cell(table, row, "division"), country);
        if (division != NO_ENTRY)
            phrases_add(&knowledge->telephone_areas, area, strlen(area), division);
    }
    return ANNALS_OK;
}

static annals_status read_blockers(struct place_knowledge *knowledge, const struct table *table,
                                   enum place_blocker kind)
{
    for (uint32_t row = 0; row < table->row_count; row++) {
        bool outlet = strcmp(table_cell(table, row, "type"), "media") == 0;
        enum place_blocker what = kind == BLOCK_ORGANISATION && outlet ? BLOCK_ACTOR : kind;
        const char *name = table_cell(table, row, "name");
        if (!add_all(&knowledge->blockers, name, what) ||
            !add_all(&knowledge->blockers, table_cell(table, row, "aliases"), what))
            return ANNALS_NO_MEMORY;
    }
    return ANNALS_OK;
}

static annals_status read_actors(struct place_knowledge *knowledge, const struct table *table,
                                 annals_error *error)
{
    (void)error;
    return read_blockers(knowledge, table, BLOCK_ACTOR);
}

static annals_status read_persons(struct place_knowledge *knowledge, const struct table *table,
                                  annals_error *error)
{
    (void)error;
    return read_blockers(knowledge, table, BLOCK_PERSON);
}

static annals_status read_metonyms(struct place_knowledge *knowledge, const struct table *table,
                                   annals_error *error)
{
    (void)error;
    return read_blockers(knowledge, table, BLOCK_METONYM);
}

static annals_status read_organisations(struct place_knowledge *knowledge,
                                        const struct table *table, annals_error *error)
{
    (void)error;
    return read_blockers(knowledge, table, BLOCK_ORGANISATION);
}

/* ------------------------------------------------------------------ all of them */

annals_status place_knowledge_open(struct place_knowledge *knowledge,
                                   const struct stage_setting *setting, annals_error *error)
{
    static const struct {
        const char *file;
        annals_status (*read)(struct place_knowledge *, const struct table *, annals_error *);
    } files[] = {{"en/place_words.tsv", read_words},
                 {"en/place_traps.tsv", read_traps},
                 {"en/roles.tsv", read_roles},
                 {"en/place_abbreviations.tsv", read_abbreviations},
                 {"en/country_words.tsv", read_country_words},
                 {"world/telephone_areas.tsv", read_telephone_areas},
                 {"world/states.tsv", read_states},
                 {"world/place_adjectives.tsv", read_adjectives},
                 {"world/groups.tsv", read_actors},
                 {"world/leaders.tsv", read_persons},
                 {"world/metonyms.tsv", read_metonyms},
                 {"world/organisations.tsv", read_organisations}};
    *knowledge = (struct place_knowledge){.arena = setting->arena};
    phrases_init(&knowledge->words, setting->arena);
    phrases_init(&knowledge->demonyms, setting->arena);
    phrases_init(&knowledge->country_words, setting->arena);
    phrases_init(&knowledge->telephone_areas, setting->arena);
    phrases_init(&knowledge->blockers, setting->arena);
    const char *path = arena_print(setting->arena, "%s/gazetteer.bin", setting->data);
    if (path == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    annals_status status = gazetteer_open(&knowledge->gazetteer, path, error);
    for (size_t i = 0; status == ANNALS_OK && i < sizeof files / sizeof files[0]; i++) {
        struct table table;
        path = stage_path(setting, "dictionaries", files[i].file);
        if (path == NULL)
            status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
        if (status == ANNALS_OK)
            status = table_read(&table, setting->arena, path, error);
        if (status == ANNALS_OK)
            status = files[i].read(knowledge, &table, error);
    }
    if (status == ANNALS_OK && setting->arena->failed)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (status != ANNALS_OK)
        gazetteer_close(&knowledge->gazetteer);
    return status;
}

void place_knowledge_close(struct place_knowledge *knowledge)
{
    gazetteer_close(&knowledge->gazetteer);
}
