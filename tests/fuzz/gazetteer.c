/* Fuzz target: a gazetteer file. The head's own check sum is made to hold, so that what lies behind
 * it is reached; whatever is found must lie within the file. */
#include "meaning/gazetteer.h"
#include "bytes/hash.h"

#include <assert.h>
#include <stddef.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void walk(const struct gazetteer *gazetteer, const char *name)
{
    struct posting_range range = gazetteer_find_name(gazetteer, name, strlen(name));
    for (uint32_t i = 0; i < range.count && i < 1000; i++) {
        const struct gazetteer_entry *entry = gazetteer_entry_at(gazetteer, range.items[i]);
        if (entry == NULL)
            continue;
        assert(strlen(gazetteer_name(gazetteer, entry)) < gazetteer->strings_length);
        assert(strlen(gazetteer_feature(gazetteer, entry)) < 8);
        gazetteer_entry_at(gazetteer, entry->admin1);
        gazetteer_entry_of(gazetteer, entry->id);
        gazetteer_country(gazetteer, entry->country);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char *const names[] = {"Osgoroth", "Minas Ithal", "St. Halbar", "Arnor", "x"};
    struct gazetteer gazetteer;
    annals_error error = {0};
    unsigned char *copy = malloc(length == 0 ? 1 : length);
    if (copy == NULL)
        return 0;
    memcpy(copy, bytes, length);
    if (length >= sizeof(struct gazetteer_head)) {
        struct gazetteer_head *head = (struct gazetteer_head *)(void *)copy;
        head->head_hash = hash_bytes(head, offsetof(struct gazetteer_head, head_hash));
        head->file_length = length;
        head->head_hash = hash_bytes(head, offsetof(struct gazetteer_head, head_hash));
    }
    if (gazetteer_open_bytes(&gazetteer, copy, length, &error) == ANNALS_OK) {
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
            walk(&gazetteer, names[i]);
        gazetteer_check(&gazetteer, &error);
    } else {
        assert(error.sentence[0] != '\0');
    }
    free(copy);
    return 0;
}
