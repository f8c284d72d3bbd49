/* Known names: reads the names, aliases and adjectives of dictionaries/world/.
 *
 * Only the kind of a name is taken from there; which state or group it is stays with the stage
 * "actors". Where one phrase is of several kinds the first file that has it decides. */
#include "language/known_names.h"

#include "dictionary/table.h"

/* One column of one file, and the kind of what stands in it. */
struct source {
    const char *file, *column;
    enum name_kind kind;
};

static const struct source sources[] = {
    {"world/states.tsv", "name", NAME_PLACE},
    {"world/states.tsv", "aliases", NAME_PLACE},
    {"world/states.tsv", "capital", NAME_PLACE},
    {"world/states.tsv", "adjectives", NAME_NATIONALITY},
    {"world/states.tsv", "nationals", NAME_NATIONALITY},
    {"world/peoples.tsv", "name", NAME_NATIONALITY},
    {"world/peoples.tsv", "adjectives", NAME_NATIONALITY},
    {"world/peoples.tsv", "aliases", NAME_NATIONALITY},
    {"world/groups.tsv", "name", NAME_ORGANISATION},
    {"world/groups.tsv", "aliases", NAME_ORGANISATION},
    {"world/organisations.tsv", "name", NAME_ORGANISATION},
    {"world/organisations.tsv", "aliases", NAME_ORGANISATION},
    {"world/metonyms.tsv", "name", NAME_ORGANISATION},
    {"world/metonyms.tsv", "aliases", NAME_ORGANISATION},
    {"world/leaders.tsv", "name", NAME_PERSON},
    {"world/leaders.tsv", "aliases", NAME_PERSON},
};

/* Whether the list `caution` ("cased=US|context=Georgia") warns of `name` in this way. */
static bool is_cautioned(const char *caution, const char *way, const char *name, size_t length)
{
    const char *item;
    size_t item_length, way_length = strlen(way);
    while (table_next_item(&caution, &item, &item_length))
        if (item_length == way_length + length && memcmp(item, way, way_length) == 0 &&
            memcmp(item + way_length, name, length) == 0)
            return true;
    return false;
}

static bool add_name(struct known_names *known, const struct source *source,
                     const struct table *table, uint32_t row, const char *name, size_t length)
{
    const char *caution = table_cell(table, row, "caution");
    if (phrases_exact(&known->phrases, name, length) != PHRASE_NONE)
        return true;
    struct known_name *entry = array_push(&known->names);
    if (entry == NULL)
        return false;
    entry->kind = source->kind;
    entry->gender = GENDER_UNKNOWN;
    if (source->kind == NAME_PERSON) {
        const char *gender = table_cell(table, row, "gender");
        entry->gender = strcmp(gender, "male") == 0     ? GENDER_MALE
                        : strcmp(gender, "female") == 0 ? GENDER_FEMALE
                                                        : GENDER_UNKNOWN;
    }
    entry->cased = is_cautioned(caution, "cased=", name, length);
    entry->weak = is_cautioned(caution, "context=", name, length);
    return phrases_add(&known->phrases, name, length, known->names.count - 1);
}

static annals_status read_source(struct known_names *known, const struct stage_setting *setting,
                                 const struct source *source, struct table *table,
                                 annals_error *error)
{
    int column = table_column(table, source->column);
    for (uint32_t row = 0; column >= 0 && row < table->row_count; row++) {
        const char *cell = table->rows[row].cells[column], *item;
        size_t length;
        while (table_next_item(&cell, &item, &length))
            if (length > 0 && !add_name(known, source, table, row, item, length) &&
                setting->arena->failed)
                return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    }
    return ANNALS_OK;
}

annals_status known_names_open(struct known_names *known, const struct stage_setting *setting,
                               annals_error *error)
{
    struct table table = {0};
    const char *read = "";
    annals_status status = ANNALS_OK;
    phrases_init(&known->phrases, setting->arena);
    array_init(&known->names, setting->arena);
    for (size_t i = 0; i < sizeof sources / sizeof sources[0] && status == ANNALS_OK; i++) {
        if (strcmp(read, sources[i].file) != 0) {
            const char *path = stage_path(setting, "dictionaries", sources[i].file);
            if (path == NULL)
                return error_set(error, ANNALS_NO_MEMORY, "out of memory");
            status = table_read(&table, setting->arena, path, error);
            read = sources[i].file;
        }
        if (status == ANNALS_OK)
            status = read_source(known, setting, &sources[i], &table, error);
    }
    return status;
}

const struct known_name *known_names_find(const struct known_names *known,
                                          const struct token *token, uint32_t count,
                                          uint32_t *length)
{
    uint32_t next;
    uint32_t handle = phrases_find(&known->phrases, &token->hash, sizeof *token, count, length);
    if (handle == PHRASE_NONE)
        return NULL;
    return &known->names.items[phrases_value(&known->phrases, handle, &next)];
}
