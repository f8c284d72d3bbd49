/* Gathers the names of actors and places out of the rows in which they stand, each once a batch.
 *
 * Every name under which an actor or place goes is kept beside the rows (actor_names, place_names),
 * so that names are looked for among few. SQLite does it by triggers, row by row. On PostgreSQL a
 * trigger has the rows of a statement copied for it, which cost as much as a third of the rows;
 * and nine in ten tell what others of the same batch have told. So those are left out here, by
 * comparing what a name is made of (an open table of hashes), and the server's functions
 * (schema/postgresql/own/006.sql) put in those that it does not know.
 *
 * Left out: comparing with what other batches have told; the server does that by its index. */
#include "record/gathered_forms.h"

#ifdef ANNALS_POSTGRESQL

#include "record/gathered_names.h"

#include "bytes/hash.h"

#include <stdlib.h>
#include <string.h>

/* Where in a row stands what the server's functions take, from 1 on; 0 ends the list. */
static const unsigned char actor_columns[] = {3, 4, 5, 6, 8, 9, 0};
static const unsigned char place_columns[] = {5, 6, 7, 8, 9, 10, 11, 12, 13, 0};

int gathered_names_form(int form)
{
    return form == GATHERED_ACTORS   ? GATHERED_ACTOR_NAMES
           : form == GATHERED_PLACES ? GATHERED_PLACE_NAMES
                                     : -1;
}

static const unsigned char *columns_of(int form)
{
    return form == GATHERED_ACTORS ? actor_columns : place_columns;
}

/* The row's form and values at the end of `keys`, after their length; where they begin. */
static size_t add_key(struct gathered_names *names, int form, const struct value *values)
{
    size_t begin = names->keys.length;
    uint32_t length = 0;
    buffer_add(&names->keys, (const char *)&length, sizeof length);
    buffer_add_byte(&names->keys, (char)form);
    for (const unsigned char *at = columns_of(form); *at != 0; at++) {
        const struct value *value = &values[*at];
        int32_t size = value->bytes != NULL ? value->length : -1;
        buffer_add(&names->keys, (const char *)&size, sizeof size);
        if (size > 0)
            buffer_add(&names->keys, value->bytes, (size_t)size);
    }
    if (!names->keys.failed) {
        length = (uint32_t)(names->keys.length - begin - sizeof length);
        memcpy(names->keys.bytes + begin, &length, sizeof length);
    }
    return begin;
}

static uint32_t key_length(const struct gathered_names *names, size_t at)
{
    uint32_t length;
    memcpy(&length, names->keys.bytes + at, sizeof length);
    return length;
}

static const char *key_at(const struct gathered_names *names, size_t at)
{
    return names->keys.bytes + at + sizeof(uint32_t);
}

/* Outside text may be made so that much falls together: then a row is taken for a new one. */
enum { FIRST_SLOTS = 1 << 11, MOST_PROBES = 64 };

/* The slot of a key, or the empty one for it; NULL: none was near. */
static uint32_t *find_slot(const struct gathered_names *names, size_t key)
{
    uint32_t length = key_length(names, key);
    uint32_t at = (uint32_t)hash_bytes(key_at(names, key), length) & (names->slot_count - 1);
    for (int i = 0; i < MOST_PROBES; i++, at = (at + 1) & (names->slot_count - 1)) {
        uint32_t other = names->slots[at];
        if (other == 0 || (key_length(names, other - 1) == length &&
                           memcmp(key_at(names, other - 1), key_at(names, key), length) == 0))
            return &names->slots[at];
    }
    return NULL;
}

static bool grow(struct gathered_names *names)
{
    uint32_t count = names->slot_count == 0 ? FIRST_SLOTS : names->slot_count * 2;
    uint32_t *old = names->slots, old_count = names->slot_count;
    uint32_t *slots = calloc(count, sizeof *slots);
    if (slots == NULL)
        return false;
    names->slots = slots;
    names->slot_count = count;
    for (uint32_t i = 0; i < old_count; i++) {
        uint32_t *slot = old[i] != 0 ? find_slot(names, old[i] - 1) : NULL;
        if (slot != NULL)
            *slot = old[i];
    }
    free(old);
    return true;
}

/* Whether a row before had the same; else it is noted. */
static bool is_known(struct gathered_names *names, int form, const struct value *values)
{
    size_t key = add_key(names, form, values);
    if (names->keys.failed || key >= UINT32_MAX / 2 ||
        (names->used * 2 >= names->slot_count && !grow(names)))
        return false;
    uint32_t *slot = find_slot(names, key);
    bool known = slot != NULL && *slot != 0;
    if (known) {
        names->keys.length = key;
    } else if (slot != NULL) {
        *slot = (uint32_t)key + 1;
        names->used++;
    }
    return known;
}

size_t gathered_names_add(struct gathered_names *names, int form, const struct value *values,
                          struct waiting *waiting)
{
    size_t bytes = 0;
    int column = 0;
    if (is_known(names, form, values))
        return 0;
    for (const unsigned char *at = columns_of(form); *at != 0; at++)
        bytes += waiting_add(waiting, column++, values[*at].bytes, values[*at].length);
    waiting->rows++;
    return bytes;
}

void gathered_names_clear(struct gathered_names *names)
{
    buffer_clear(&names->keys);
    if (names->used > 0)
        memset(names->slots, 0, names->slot_count * sizeof *names->slots);
    names->used = 0;
}

void gathered_names_release(struct gathered_names *names)
{
    buffer_release(&names->keys);
    free(names->slots);
    *names = (struct gathered_names){0};
}

#endif
