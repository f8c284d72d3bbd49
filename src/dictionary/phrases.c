/* Longest match of phrases over token hashes.
 * Method: a hash table of prefixes. The key of a prefix of n words is the key of its n-1 words
 * joined with the hash of the last; a prefix that is a whole phrase has values. Most words of a text
 * begin no phrase: a few bits a prefix, which stay in the cache where the table does not, say so
 * first (Bloom 1970). */
#include "dictionary/phrases.h"

#include "bytes/array.h"
#include "bytes/hash.h"
#include "bytes/utf8.h"

#include <string.h>

struct phrase_slot {
    uint64_t key;   /* 0 = free */
    uint32_t value; /* handle, or PHRASE_NONE where only longer phrases go on from here */
};

struct phrase_value {
    uint32_t value, next;
};

static const uint64_t START = UINT64_C(0x616e6e616c73);

void phrases_init(struct phrases *phrases, struct arena *arena)
{
    *phrases = (struct phrases){.arena = arena, .hyphen = hash_bytes("-", 1)};
}

static uint64_t join(uint64_t key, uint64_t word)
{
    uint64_t joined = hash_join(key, word);
    return joined == 0 ? 1 : joined;
}

static struct phrase_slot *slot_of(const struct phrases *phrases, uint64_t key)
{
    uint32_t mask = phrases->slot_count - 1;
    uint32_t at = (uint32_t)key & mask;
    while (phrases->slots[at].key != 0 && phrases->slots[at].key != key)
        at = (at + 1) & mask;
    return &phrases->slots[at];
}

/* Not the bits by which slots are found. */
static uint32_t mark_of(const struct phrases *phrases, uint64_t key)
{
    return (uint32_t)(key >> 32) & (phrases->slot_count * 8 - 1);
}

static void mark(struct phrases *phrases, uint64_t key)
{
    uint32_t at = mark_of(phrases, key);
    phrases->marks[at / 8] |= (uint8_t)(1u << at % 8);
}

/* False where the key is surely not in the table. */
static bool may_have(const struct phrases *phrases, uint64_t key)
{
    uint32_t at = mark_of(phrases, key);
    return (phrases->marks[at / 8] >> at % 8 & 1) != 0;
}

static bool grow(struct phrases *phrases)
{
    uint32_t old_count = phrases->slot_count;
    struct phrase_slot *old = phrases->slots;
    uint32_t count = old_count == 0 ? 256 : old_count * 2;
    struct phrase_slot *slots = arena_new_array(phrases->arena, struct phrase_slot, count);
    uint8_t *marks = arena_new_array(phrases->arena, uint8_t, count);
    if (slots == NULL || marks == NULL)
        return false;
    phrases->slots = slots;
    phrases->marks = marks;
    phrases->slot_count = count;
    for (uint32_t i = 0; i < old_count; i++)
        if (old[i].key != 0) {
            *slot_of(phrases, old[i].key) = old[i];
            mark(phrases, old[i].key);
        }
    return true;
}

static struct phrase_slot *add_slot(struct phrases *phrases, uint64_t key)
{
    if (phrases->used * 2 >= phrases->slot_count && !grow(phrases))
        return NULL;
    struct phrase_slot *slot = slot_of(phrases, key);
    if (slot->key == 0) {
        *slot = (struct phrase_slot){.key = key, .value = PHRASE_NONE};
        mark(phrases, key);
        phrases->used++;
    }
    return slot;
}

static bool add_value(struct phrases *phrases, struct phrase_slot *slot, uint32_t value)
{
    if (phrases->value_count == phrases->value_capacity &&
        !array_grow((void **)&phrases->values, &phrases->value_capacity,
                    sizeof *phrases->values, phrases->arena))
        return false;
    uint32_t handle = phrases->value_count++;
    phrases->values[handle] = (struct phrase_value){.value = value, .next = PHRASE_NONE};
    if (slot->value == PHRASE_NONE) {
        slot->value = handle;
        return true;
    }
    uint32_t last = slot->value;
    while (phrases->values[last].next != PHRASE_NONE)
        last = phrases->values[last].next;
    phrases->values[last].next = handle;
    return true;
}

/* Next word of a folded phrase: cuts at blanks and hyphens, before "'s", and before the apostrophe
 * that ends a word. With `keep`, the first hyphen of each word is kept. */
static const char *next_word(const char *at, const char *end, bool keep, size_t *length)
{
    while (at < end && (*at == ' ' || *at == '-'))
        at++;
    const char *stop = at;
    while (stop < end && *stop != ' ' && (*stop != '-' || (keep && stop > at)) &&
           !(stop > at && stop[0] == '\'' &&
             (end - stop == 1 || stop[1] == ' ' ||
              (stop[1] == 's' && (end - stop == 2 || stop[2] == ' '))))) {
        keep &= *stop != '-';
        stop++;
    }
    *length = (size_t)(stop - at);
    return *length == 0 ? NULL : at;
}

static bool add_words(struct phrases *phrases, const char *folded, const char *end, bool keep,
                      uint32_t value)
{
    uint64_t key = START;
    struct phrase_slot *slot = NULL;
    size_t length;
    for (const char *word = next_word(folded, end, keep, &length); word != NULL;
         word = next_word(word + length, end, keep, &length)) {
        key = join(key, hash_bytes(word, length));
        slot = add_slot(phrases, key);
        if (slot == NULL)
            return false;
    }
    return slot != NULL && add_value(phrases, slot, value);
}

bool phrases_add(struct phrases *phrases, const char *phrase, size_t length, uint32_t value)
{
    char usual[256];
    char *folded = length * 3 + 1 <= sizeof usual
                       ? usual
                       : arena_allocate(phrases->arena, length * 3 + 1);
    if (folded == NULL)
        return false;
    const char *end = folded + utf8_fold(phrase, length, folded);
    if (!add_words(phrases, folded, end, false, value))
        return false;
    /* The tokeniser keeps the hyphen behind a prefix ("anti-aircraft"). */
    const char *hyphen = memchr(folded, '-', (size_t)(end - folded));
    bool inside = hyphen != NULL && hyphen > folded && hyphen + 1 < end;
    return !inside || add_words(phrases, folded, end, true, value);
}

uint32_t phrases_find(const struct phrases *phrases, const void *hashes, size_t stride,
                      uint32_t count, uint32_t *length)
{
    uint32_t found = PHRASE_NONE;
    if (phrases->slot_count == 0)
        return found;
    uint64_t key = START;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t hash;
        memcpy(&hash, (const char *)hashes + i * stride, sizeof hash);
        if (hash == phrases->hyphen) {
            if (i == 0)
                return PHRASE_NONE;
            continue;
        }
        key = join(key, hash);
        if (!may_have(phrases, key))
            break;
        const struct phrase_slot *slot = slot_of(phrases, key);
        if (slot->key == 0)
            break;
        if (slot->value != PHRASE_NONE) {
            found = slot->value;
            *length = i + 1;
        }
    }
    return found;
}

bool phrases_begin(const struct phrases *phrases, uint64_t hash)
{
    uint64_t key = join(START, hash);
    return phrases->slot_count > 0 && may_have(phrases, key) && slot_of(phrases, key)->key != 0;
}

uint32_t phrases_exact(const struct phrases *phrases, const char *phrase, size_t length)
{
    char folded[256];
    if (phrases->slot_count == 0 || length * 3 > sizeof folded)
        return PHRASE_NONE;
    const char *end = folded + utf8_fold(phrase, length, folded);
    uint64_t key = START;
    size_t word_length;
    for (const char *word = next_word(folded, end, false, &word_length); word != NULL;
         word = next_word(word + word_length, end, false, &word_length))
        key = join(key, hash_bytes(word, word_length));
    const struct phrase_slot *slot = slot_of(phrases, key);
    return slot->key == 0 ? PHRASE_NONE : slot->value;
}

uint32_t phrases_value(const struct phrases *phrases, uint32_t handle, uint32_t *next)
{
    *next = phrases->values[handle].next;
    return phrases->values[handle].value;
}
