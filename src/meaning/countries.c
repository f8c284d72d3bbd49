/* Country codes, read from the table of states. */
#include "meaning/countries.h"

#include "bytes/hash.h"
#include "dictionary/table.h"

#include <string.h>

annals_status countries_read(struct countries *countries, struct arena *arena, const char *path,
                             annals_error *error)
{
    static const char *const columns[] = {"id", "rank", "iso2", "cameo", NULL};
    struct table table;
    annals_status status = table_read_columns(&table, arena, path, columns, error);
    if (status != ANNALS_OK)
        return status;
    phrases_init(&countries->alpha2, arena);
    countries->codes = arena_new_array(arena, const char *, table.row_count);
    if (countries->codes == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    for (uint32_t row = 0; row < table.row_count; row++) {
        const char *alpha2 = table_cell(&table, row, "iso2");
        countries->codes[row] = table_cell(&table, row, "cameo");
        if (*alpha2 != '\0' && *countries->codes[row] != '\0' &&
            !phrases_add(&countries->alpha2, alpha2, strlen(alpha2), row))
            return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    }
    return ANNALS_OK;
}

const char *countries_code(const struct countries *countries, const char *alpha2)
{
    char lower[3] = {0};
    if (alpha2 == NULL || strlen(alpha2) != 2)
        return NULL;
    for (int i = 0; i < 2; i++)
        lower[i] = (char)(alpha2[i] >= 'A' && alpha2[i] <= 'Z' ? alpha2[i] - 'A' + 'a' : alpha2[i]);
    uint64_t hash = hash_bytes(lower, 2);
    uint32_t length, next;
    uint32_t handle = phrases_find(&countries->alpha2, &hash, sizeof hash, 1, &length);
    return handle == PHRASE_NONE ? NULL
                                 : countries->codes[phrases_value(&countries->alpha2, handle, &next)];
}
