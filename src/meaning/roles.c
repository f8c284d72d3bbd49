/* Reads the role nouns. */
#include "meaning/roles.h"

#include "meaning/world.h"

#include <string.h>

static bool read_kind(const char *cell, enum actor_kind *kind)
{
    static const char *const names[] = {
        [ACTOR_PERSON] = "person",         [ACTOR_ORGANISATION] = "organisation",
        [ACTOR_STATE] = "state",           [ACTOR_POPULATION] = "population",
        [ACTOR_UNNAMED] = "unnamed group",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(names[i], cell) == 0) {
            *kind = (enum actor_kind)i;
            return true;
        }
    }
    return false;
}

static bool add_form(struct roles *roles, uint32_t role, const char *written, bool plural)
{
    if (written[0] == '\0')
        return true;
    roles->forms[roles->form_count] = (struct role_form){.role = role, .plural = plural};
    return phrases_add(&roles->phrases, written, strlen(written), roles->form_count++);
}

/* "context|party=any": the cautions of a role. */
static bool read_cautions(struct role *role, struct arena *arena, const char *cell)
{
    const char *item;
    size_t length;
    while (table_next_item(&cell, &item, &length)) {
        if (length == 7 && memcmp(item, "context", 7) == 0)
            role->context = true;
        else if (length > 6 && memcmp(item, "party=", 6) == 0)
            role->party = arena_copy(arena, item + 6, length - 6);
        else
            return false;
    }
    return true;
}

static annals_status read_role(struct roles *roles, const struct table *table, uint32_t row,
                               annals_error *error)
{
    struct role *role = &roles->items[roles->count];
    const char *type = table_cell(table, row, "type"), *who = table_cell(table, row, "who");
    *role = (struct role){
        .id = table_cell(table, row, "id"),
        .singular = table_cell(table, row, "singular"),
        .plural = table_cell(table, row, "plural"),
        .type = strcmp(type, "other") == 0 ? NULL : type,
        .who = strcmp(who, "unknown") == 0 ? NULL : who,
        .cameo = table_cell(table, row, "cameo"),
        .post = table_cell(table, row, "post"),
        .speaks = table_cell(table, row, "speaks_for")[0] != '\0',
    };
    if (!read_cautions(role, roles->phrases.arena, table_cell(table, row, "caution")))
        return table_fail(table, row, error, "\"%s\" is no caution of a role",
                          table_cell(table, row, "caution"));
    if (!read_kind(table_cell(table, row, "kind"), &role->kind))
        return table_fail(table, row, error, "\"%s\" is no kind of actor",
                          table_cell(table, row, "kind"));
    bool one = strcmp(role->singular, role->plural) == 0;
    if (!add_form(roles, roles->count, role->singular, false) ||
        (!one && !add_form(roles, roles->count, role->plural, true)))
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    roles->count++;
    return ANNALS_OK;
}

/* The nouns of an agent file: persons, by the role letters of their code. */
static annals_status add_own(struct roles *roles, const struct coder_file *file,
                             annals_error *error)
{
    for (uint32_t i = 0; i < file->entries.count; i++) {
        const struct coder_entry *own = &file->entries.items[i];
        if (own->code_count == 0)
            continue;
        struct role *role = &roles->items[roles->count];
        *role = (struct role){.id = own->phrases[0],
                              .singular = own->phrases[0],
                              .plural = own->phrases[own->phrase_count - 1],
                              .kind = ACTOR_PERSON,
                              .type = world_type_of_code(own->codes[0].code),
                              .cameo = own->prefix ? "" : own->codes[0].code,
                              .prefix = own->prefix ? own->codes[0].code : NULL,
                              .post = ""};
        for (uint32_t j = 0; j < own->phrase_count; j++)
            if (!add_form(roles, roles->count, own->phrases[j], j > 0))
                return error_set(error, ANNALS_NO_MEMORY, "out of memory");
        roles->count++;
    }
    return ANNALS_OK;
}

annals_status roles_read(struct roles *roles, struct arena *arena, const char *path,
                         const struct coder_file *own, uint32_t own_count, annals_error *error)
{
    static const char *const columns[] = {"id",         "singular", "plural", "kind",
                                          "type",       "who",      "cameo",  "post",
                                          "speaks_for", "caution",  NULL};
    struct table table;
    *roles = (struct roles){0};
    phrases_init(&roles->phrases, arena);
    annals_status status = table_read_columns(&table, arena, path, columns, error);
    if (status != ANNALS_OK)
        return status;
    uint32_t entries = table.row_count + 1, forms = 2 * table.row_count + 1;
    for (uint32_t i = 0; i < own_count; i++) {
        entries += own[i].entries.count;
        for (uint32_t j = 0; j < own[i].entries.count; j++)
            forms += own[i].entries.items[j].phrase_count;
    }
    roles->items = arena_new_array(arena, struct role, entries);
    roles->forms = arena_new_array(arena, struct role_form, forms);
    if (roles->items == NULL || roles->forms == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    for (uint32_t i = 0; status == ANNALS_OK && i < own_count; i++)
        status = add_own(roles, &own[i], error);
    for (uint32_t row = 0; status == ANNALS_OK && row < table.row_count; row++)
        status = read_role(roles, &table, row, error);
    return status;
}
