/* Learns lemma rules; see lemma_rules.h. From the shortest ending to the longest, an ending gets a
 * rule where at least two words (types) bear it, two thirds of them agree, and the shorter ending
 * would say otherwise; then every word that is still wrong, but for slips, gets a rule of its own. */
#include "train/lemmas.h"

#include "bytes/hash.h"
#include "bytes/utf8.h"
#include "language/lemmas.h"

#include <stdlib.h>
#include <string.h>

/* A word as seen under a class, with the rule that most of its lemmas follow. */
struct type {
    const char *folded;
    size_t length;
    uint32_t class_bits;
    uint32_t rule, count;
};

struct learner {
    struct lemma_slot *slots;
    uint64_t *keys; /* [slot_count]: of each slot that is taken */
    struct lemma_rule *rules;
    uint32_t slot_count, used, rule_count, rule_limit;
    struct type *types;
    size_t type_count;
};

/* One vote: a type's rule for the key of one of its endings. */
struct vote {
    uint64_t key;
    uint32_t rule;
    uint32_t type;
};

/* The rule that makes `lemma` of `word`; false where it would add too much. */
static bool rule_between(const char *word, size_t length, const char *lemma, size_t lemma_length,
                         struct lemma_rule *rule)
{
    size_t same = 0;
    while (same < length && same < lemma_length && word[same] == lemma[same])
        same++;
    *rule = (struct lemma_rule){0};
    if (length - same > 255 || lemma_length - same > sizeof rule->text)
        return false;
    rule->cut = (uint8_t)(length - same);
    rule->added = (uint8_t)(lemma_length - same);
    memcpy(rule->text, lemma + same, rule->added);
    return true;
}

static uint32_t rule_number(struct learner *learner, const struct lemma_rule *rule)
{
    for (uint32_t i = 0; i < learner->rule_count; i++)
        if (memcmp(&learner->rules[i], rule, sizeof *rule) == 0)
            return i;
    if (learner->rule_count == learner->rule_limit)
        return 0;
    learner->rules[learner->rule_count] = *rule;
    return learner->rule_count++;
}

static void set_slot(struct learner *learner, uint64_t key, uint32_t rule)
{
    uint32_t mask = learner->slot_count - 1, check = (uint32_t)(key >> 32) | 1;
    uint32_t at = (uint32_t)key & mask;
    while (learner->slots[at].check != 0 && learner->slots[at].check != check)
        at = (at + 1) & mask;
    if (learner->slots[at].check == 0 && ++learner->used > learner->slot_count / 2)
        return;
    learner->slots[at] = (struct lemma_slot){check, rule};
    learner->keys[at] = key;
}

/* The table as small as is quick to look up: at most three quarters full. */
static bool shrink_slots(struct learner *learner, struct arena *arena)
{
    struct learner small = *learner;
    small.slot_count = 16;
    while (small.slot_count * 3 / 4 < learner->used)
        small.slot_count *= 2;
    small.slots = arena_new_array(arena, struct lemma_slot, small.slot_count);
    small.used = 0;
    if (small.slots == NULL)
        return false;
    for (uint32_t i = 0; i < learner->slot_count; i++) {
        if (learner->slots[i].check == 0)
            continue;
        uint32_t at = (uint32_t)learner->keys[i] & (small.slot_count - 1);
        while (small.slots[at].check != 0)
            at = (at + 1) & (small.slot_count - 1);
        small.slots[at] = learner->slots[i];
    }
    learner->slots = small.slots;
    learner->slot_count = small.slot_count;
    return true;
}

static int compare_types(const void *left, const void *right)
{
    const struct type *a = left, *b = right;
    int order = strcmp(a->folded, b->folded);
    if (order != 0)
        return order;
    if (a->class_bits != b->class_bits)
        return a->class_bits < b->class_bits ? -1 : 1;
    return a->rule < b->rule ? -1 : a->rule > b->rule;
}

static bool same_type(const struct type *a, const struct type *b)
{
    return a->class_bits == b->class_bits && strcmp(a->folded, b->folded) == 0;
}

static size_t fold_lemma(const char *lemma, char *folded, size_t size)
{
    size_t length = strlen(lemma);
    if (length * 3 > size)
        return 0;
    return utf8_fold(lemma, length, folded);
}

/* Fills `types`: one a word and class, with its commonest rule. */
static void collect_types(struct learner *learner, const struct treebank *treebank)
{
    size_t count = 0;
    for (uint32_t i = 0; i < treebank->examples.count; i++) {
        const struct example *word = &treebank->examples.items[i];
        char lemma[600];
        struct lemma_rule rule;
        size_t length = strlen(word->folded), lemma_length = fold_lemma(word->lemma, lemma, 600);
        if (lemma_length == 0 || strcmp(word->lemma, "_") == 0 ||
            !rule_between(word->folded, length, lemma, lemma_length, &rule))
            continue;
        learner->types[count++] = (struct type){word->folded,
                                                length,
                                                lemma_class(word->upos, word->bits),
                                                rule_number(learner, &rule),
                                                1};
    }
    qsort(learner->types, count, sizeof *learner->types, compare_types);
    size_t kept = 0;
    for (size_t i = 0; i < count;) {
        struct type best = learner->types[i];
        size_t next = i;
        while (next < count && same_type(&learner->types[next], &learner->types[i])) {
            size_t run = next;
            while (run < count && same_type(&learner->types[run], &learner->types[i]) &&
                   learner->types[run].rule == learner->types[next].rule)
                run++;
            if (next == i || run - next > best.count) {
                best.rule = learner->types[next].rule;
                best.count = (uint32_t)(run - next);
            }
            next = run;
        }
        learner->types[kept++] = best;
        i = next;
    }
    learner->type_count = kept;
}

static int compare_votes(const void *left, const void *right)
{
    const struct vote *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    if (a->rule != b->rule)
        return a->rule < b->rule ? -1 : 1;
    return a->type < b->type ? -1 : a->type > b->type;
}

static const struct lemma_rule *say(const struct learner *learner, const struct type *type)
{
    struct lemma_rules rules = {learner->slots, learner->rules, learner->slot_count,
                                learner->rule_count};
    return lemma_rules_find(&rules, type->folded, type->length, type->class_bits, NULL,
                            NULL);
}

static bool says(const struct learner *learner, const struct type *type, uint32_t rule)
{
    static const struct lemma_rule same = {0};
    const struct lemma_rule *said = say(learner, type);
    return memcmp(said == NULL ? &same : said, &learner->rules[rule], sizeof same) == 0;
}

/* Settles the endings of one length. */
static void learn_endings(struct learner *learner, size_t size, struct vote *votes)
{
    size_t count = 0;
    for (size_t i = 0; i < learner->type_count; i++) {
        const struct type *type = &learner->types[i];
        if (type->length >= size)
            votes[count++] = (struct vote){
                lemma_key(type->folded + type->length - size, size, false, type->class_bits),
                type->rule, (uint32_t)i};
    }
    qsort(votes, count, sizeof *votes, compare_votes);
    for (size_t i = 0; i < count;) {
        size_t end = i, best = i, most = 0;
        while (end < count && votes[end].key == votes[i].key) {
            size_t run = end;
            while (run < count && votes[run].key == votes[i].key &&
                   votes[run].rule == votes[end].rule)
                run++;
            if (run - end > most) {
                most = run - end;
                best = end;
            }
            end = run;
        }
        bool agreed = size == 0 || (most >= 2 && most * 3 >= (end - i) * 2);
        if (agreed && (size == 0 ||
                       !says(learner, &learner->types[votes[best].type], votes[best].rule)))
            set_slot(learner, votes[i].key, votes[best].rule);
        i = end;
    }
}

/* Gives each word that is still wrong a rule of its own, unless it is a slip for another: a rare
 * class of a common word ("they" written for "there"). */
static void learn_words(struct learner *learner)
{
    for (size_t i = 0; i < learner->type_count;) {
        size_t end = i, count = 0;
        for (; end < learner->type_count &&
               strcmp(learner->types[end].folded, learner->types[i].folded) == 0;
             end++)
            count += learner->types[end].count;
        for (; i < end; i++) {
            const struct type *type = &learner->types[i];
            if (type->count * 30 >= count && !says(learner, type, type->rule))
                set_slot(learner, lemma_key(type->folded, type->length, true, type->class_bits),
                         type->rule);
        }
    }
}

bool lemmas_learn(struct lemma_rules *rules, const struct treebank *treebank, struct arena *arena)
{
    size_t words = treebank->examples.count;
    struct learner learner = {.slot_count = 1 << 16, .rule_limit = 1 << 14};
    learner.slots = arena_new_array(arena, struct lemma_slot, learner.slot_count);
    learner.keys = arena_new_array(arena, uint64_t, learner.slot_count);
    learner.rules = arena_new_array(arena, struct lemma_rule, learner.rule_limit);
    learner.types = arena_new_array(arena, struct type, words);
    struct vote *votes = arena_new_array(arena, struct vote, words);
    if (arena->failed)
        return false;
    struct lemma_rule same = {0};
    rule_number(&learner, &same);
    collect_types(&learner, treebank);
    for (size_t size = 0; size <= LEMMA_ENDING; size++)
        learn_endings(&learner, size, votes);
    learn_words(&learner);
    if (!shrink_slots(&learner, arena))
        return false;
    *rules = (struct lemma_rules){learner.slots, learner.rules, learner.slot_count,
                                  learner.rule_count};
    return true;
}

double lemmas_measure(const struct lemma_rules *rules, const struct treebank *treebank,
                      lemma_known *known, const void *context)
{
    size_t right = 0, all = 0;
    for (uint32_t i = 0; i < treebank->examples.count; i++) {
        const struct example *word = &treebank->examples.items[i];
        char lemma[600], made[600];
        size_t length = strlen(word->folded), lemma_length = fold_lemma(word->lemma, lemma, 600);
        if (lemma_length == 0 || length + LEMMA_GROWTH > sizeof made)
            continue;
        const struct lemma_rule *rule =
            lemma_rules_find(rules, word->folded, length, lemma_class(word->upos, word->bits),
                             known, context);
        memcpy(made, word->folded, length);
        size_t size = length;
        if (rule != NULL) {
            size = length - rule->cut;
            memcpy(made + size, rule->text, rule->added);
            size += rule->added;
        }
        all++;
        right += size == lemma_length && memcmp(made, lemma, size) == 0;
    }
    return all == 0 ? 0 : (double)right / (double)all;
}
