/* Implements annals.h: what people decide, with the places that they name. */
#include "handles.h"

#include "bytes/buffer.h"
#include "meaning/gazetteer.h"
#include "record/record.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ------------------------------------------------------------------ places */

static const char *name_of(const struct gazetteer *gazetteer, struct arena *arena, uint32_t number)
{
    const struct gazetteer_entry *entry =
        number != NO_ENTRY ? gazetteer_entry_at(gazetteer, number) : NULL;
    return entry != NULL ? arena_copy_string(arena, gazetteer_name(gazetteer, entry)) : NULL;
}

static void fill_place(const struct gazetteer *gazetteer, const struct gazetteer_entry *entry,
                       struct arena *arena, struct record_place *place)
{
    *place = (struct record_place){
        .name = arena_copy_string(arena, gazetteer_name(gazetteer, entry)),
        .feature = arena_copy_string(arena, gazetteer_feature(gazetteer, entry)),
        .country = entry->country[0] != '\0' ? arena_print(arena, "%.2s", entry->country) : NULL,
        .admin1 = name_of(gazetteer, arena, entry->admin1),
        .admin2 = name_of(gazetteer, arena, entry->admin2),
        .geonameid = entry->id,
        .located = entry->latitude != GAZETTEER_NOWHERE,
        .latitude = entry->latitude / 1e5,
        .longitude = entry->longitude / 1e5,
    };
}

/* "there are several: 1135690 (ADM1, AF), ...". */
static annals_status refuse(const struct gazetteer *gazetteer, struct posting_range range,
                            const char *name, annals_error *error)
{
    enum { SHOWN = 6 };
    struct buffer list;
    buffer_init(&list);
    for (uint32_t i = 0; i < range.count && i < SHOWN; i++) {
        const struct gazetteer_entry *entry = gazetteer_entry_at(gazetteer, range.items[i]);
        if (entry != NULL)
            buffer_print(&list, "%s%d (%s, %.2s)", i > 0 ? ", " : "", (int)entry->id,
                         gazetteer_feature(gazetteer, entry), entry->country);
    }
    annals_status status =
        error_set(error, ANNALS_WRONG_USE,
                  "there are several places called \"%.60s\"; give one by its number: "
                  "%s%s",
                  name, list.bytes != NULL && !list.failed ? list.bytes : "",
                  range.count > SHOWN ? ", ... (`annals gazetteer find` lists them)" : "");
    buffer_release(&list);
    return status;
}

static annals_status look_up(const struct gazetteer *gazetteer, const char *name,
                             struct arena *arena, struct record_place *place, annals_error *error)
{
    bool by_id = name[strspn(name, "-0123456789")] == '\0';
    uint32_t number =
        by_id ? gazetteer_entry_of(gazetteer, (int32_t)strtol(name, NULL, 10)) : NO_ENTRY;
    struct posting_range range = {0};
    if (!by_id)
        range = gazetteer_find_name(gazetteer, name, strlen(name));
    if (range.count == 1)
        number = range.items[0] & POSTING_ENTRY;
    const struct gazetteer_entry *entry =
        number != NO_ENTRY ? gazetteer_entry_at(gazetteer, number) : NULL;
    if (entry != NULL) {
        fill_place(gazetteer, entry, arena, place);
        return ANNALS_OK;
    }
    return range.count > 1
               ? refuse(gazetteer, range, name, error)
               : error_set(error, ANNALS_WRONG_USE,
                           "no place is called \"%.60s\", neither in the record nor in the "
                           "gazetteer",
                           name);
}

static annals_status find_place(struct record *record, const char *data, const char *claim,
                                const char *name, struct arena *arena, struct record_place *place,
                                annals_error *error)
{
    struct gazetteer gazetteer;
    uint32_t number = 0;
    annals_status status = record_find_place(record, claim, name, arena, place, &number, error);
    if (status != ANNALS_OK || number == 1)
        return status;
    *place = (struct record_place){0};
    const char *path = arena_print(arena, "%s/gazetteer.bin", data != NULL ? data : ".");
    if (path == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    status = gazetteer_open(&gazetteer, path, error);
    if (status != ANNALS_OK)
        return status;
    status = look_up(&gazetteer, name, arena, place, error);
    gazetteer_close(&gazetteer);
    return status;
}

/* ------------------------------------------------------------------ decisions */

static bool is_unknown(const char *value)
{
    return value[0] == '\0' || strcasecmp(value, "unknown") == 0 || strcasecmp(value, "none") == 0;
}

annals_status annals_record_decide(annals_record *record, const char *data,
                                   const annals_decision *decisions, size_t count, uint64_t *first,
                                   annals_error *error)
{
    struct arena arena;
    annals_status status = ANNALS_OK;
    arena_init(&arena);
    struct record_place *places = arena_new_array(&arena, struct record_place, count);
    for (size_t i = 0; places != NULL && status == ANNALS_OK && i < count; i++) {
        const annals_decision *decision = &decisions[i];
        if (strcmp(decision->kind, "amend") == 0 && decision->slot != NULL &&
            decision->value != NULL && decision->id_count > 0 &&
            strcmp(decision->slot, "place") == 0 && !is_unknown(decision->value))
            status = find_place(record->record, data, decision->ids[0], decision->value, &arena,
                                &places[i], error);
    }
    if (status == ANNALS_OK && arena.failed)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    unsigned times = 0;
    bool decided = status == ANNALS_OK;
    while (decided) {
        status = record_decide(record->record, decisions, places, count, first, error);
        decided = record_again(record->record, status, &times);
    }
    arena_release(&arena);
    return status;
}
