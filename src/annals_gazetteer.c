/* Implements the gazetteer's part of annals.h. */
#include "annals.h"

#include "bytes/buffer.h"
#include "meaning/gazetteer.h"
#include "meaning/gazetteer_import.h"

#include <inttypes.h>
#include <string.h>

annals_status annals_gazetteer_import(const char *const *paths, size_t count, const char *output,
                                      annals_progress progress, void *context, annals_error *error)
{
    const struct gazetteer_source source = {paths, count, progress, context, 0};
    return gazetteer_import(&source, output, error);
}

annals_status annals_gazetteer_check(const char *path, annals_error *error)
{
    struct gazetteer gazetteer;
    annals_status status = gazetteer_open(&gazetteer, path, error);
    if (status != ANNALS_OK)
        return status;
    status = gazetteer_check(&gazetteer, error);
    if (status != ANNALS_OK)
        error_at(error, path, 0, 0, -1);
    gazetteer_close(&gazetteer);
    return status;
}

static const char *name_at(const struct gazetteer *gazetteer, uint32_t number)
{
    const struct gazetteer_entry *entry = gazetteer_entry_at(gazetteer, number);
    return entry != NULL ? gazetteer_name(gazetteer, entry) : "";
}

static void print_entry(const struct gazetteer *gazetteer, const struct gazetteer_entry *entry,
                        struct buffer *line)
{
    buffer_print(line, "%" PRId32 "\t%s\t%s\t%.2s\t%s\t", entry->id,
                 gazetteer_name(gazetteer, entry), gazetteer_feature(gazetteer, entry),
                 entry->country, name_at(gazetteer, entry->admin1));
    if (entry->latitude == GAZETTEER_NOWHERE)
        buffer_add_string(line, "\t");
    else
        buffer_print(line, "%.5f\t%.5f", entry->latitude / 1e5, entry->longitude / 1e5);
    buffer_print(line, "\t%" PRIu32 "\n", entry->population);
}

annals_status annals_gazetteer_find(const char *path, const char *name, annals_sink sink,
                                    void *context, annals_error *error)
{
    struct gazetteer gazetteer;
    annals_status status = gazetteer_open(&gazetteer, path, error);
    if (status != ANNALS_OK)
        return status;
    struct posting_range range = gazetteer_find_name(&gazetteer, name, strlen(name));
    struct buffer line;
    buffer_init(&line);
    for (uint32_t i = 0; i < range.count; i++) {
        const struct gazetteer_entry *entry = gazetteer_entry_at(&gazetteer, range.items[i]);
        if (entry != NULL)
            print_entry(&gazetteer, entry, &line);
    }
    if (range.count == 0)
        status = error_set(error, ANNALS_NOT_FOUND, "no place is called \"%s\"", name);
    else if (line.failed)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    else if (!sink(context, line.bytes, line.length))
        status = error_set(error, ANNALS_CANNOT_WRITE, "the output could not be written");
    buffer_release(&line);
    gazetteer_close(&gazetteer);
    return status;
}
