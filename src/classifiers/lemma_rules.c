/* Lemmas by rule; see lemma_rules.h. */
#include "classifiers/lemma_rules.h"

#include "bytes/hash.h"

#include <string.h>

annals_status lemma_rules_use(struct lemma_rules *rules, const struct model *model,
                              annals_error *error)
{
    size_t slot_bytes = 0, rule_bytes = 0;
    const struct lemma_slot *slots = model_section_any(model, "lemma slots", &slot_bytes);
    const struct lemma_rule *list = model_section_any(model, "lemma rules", &rule_bytes);
    size_t slot_count = slot_bytes / sizeof *slots, rule_count = rule_bytes / sizeof *list;
    bool sound = slots != NULL && list != NULL && slot_count > 0 && slot_count <= 1u << 26 &&
                 (slot_count & (slot_count - 1)) == 0;
    size_t used = 0;
    for (size_t i = 0; sound && i < slot_count; i++) {
        used += slots[i].check != 0;
        sound = slots[i].check == 0 || slots[i].rule < rule_count;
    }
    for (size_t i = 0; sound && i < rule_count; i++)
        sound = list[i].added <= sizeof list[i].text;
    if (!sound || used >= slot_count)
        return error_set(error, ANNALS_FOREIGN,
                         "is no model that annals can use: its lemma rules are damaged");
    *rules = (struct lemma_rules){slots, list, (uint32_t)slot_count, (uint32_t)rule_count};
    return ANNALS_OK;
}

uint64_t lemma_key(const char *ending, size_t length, bool whole, uint32_t class_bits)
{
    return hash_join(hash_bytes(ending, length), (uint64_t)class_bits << 1 | whole);
}

/* The rule in one slot chain, or NULL. */
static const struct lemma_rule *look_up(const struct lemma_rules *rules, uint64_t key)
{
    uint32_t mask = rules->slot_count - 1, check = (uint32_t)(key >> 32) | 1;
    uint32_t at = (uint32_t)key & mask;
    for (; rules->slots[at].check != 0; at = (at + 1) & mask)
        if (rules->slots[at].check == check)
            return &rules->rules[rules->slots[at].rule];
    return NULL;
}

bool lemma_rules_know(const struct lemma_rules *rules, const char *folded, size_t length,
                      uint32_t class_bits)
{
    return look_up(rules, lemma_key(folded, length, true, class_bits)) != NULL;
}

/* No verb or noun is without a vowel: "fled" is not "fl" with an ending. */
static bool leaves_vowel(const struct lemma_rule *rule, const char *folded, size_t length)
{
    for (size_t i = 0; i < length - rule->cut; i++)
        if (strchr("aeiouy", folded[i]) != NULL && folded[i] != '\0')
            return true;
    return rule->cut == 0 || rule->added > 0;
}

bool lemma_rule_makes_known(const struct lemma_rule *rule, const char *folded, size_t length,
                            lemma_known *known, const void *context)
{
    char made[64];
    size_t kept = length - rule->cut;
    if (kept + rule->added > sizeof made)
        return false;
    memcpy(made, folded, kept);
    memcpy(made + kept, rule->text, rule->added);
    return known(context, made, kept + rule->added);
}

const struct lemma_rule *lemma_rules_find(const struct lemma_rules *rules, const char *folded,
                                          size_t length, uint32_t class_bits, lemma_known *known,
                                          const void *context)
{
    const struct lemma_rule *rule = look_up(rules, lemma_key(folded, length, true, class_bits));
    if (rule != NULL)
        return rule->cut <= length ? rule : NULL;
    const struct lemma_rule *longest = NULL;
    for (size_t size = (length < LEMMA_ENDING ? length : LEMMA_ENDING) + 1; size-- > 0;) {
        rule = look_up(rules, lemma_key(folded + length - size, size, false, class_bits));
        if (rule == NULL || rule->cut > length || !leaves_vowel(rule, folded, length))
            continue;
        if (known == NULL || lemma_rule_makes_known(rule, folded, length, known, context))
            return rule;
        if (longest == NULL)
            longest = rule;
    }
    return longest;
}
