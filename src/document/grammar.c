/* Names of word classes and relations. */
#include "document/grammar.h"

#include <string.h>

static const char *const class_names[] = {
    "_",
#define ROW(name) #name,
    WORD_CLASS_TABLE(ROW)
#undef ROW
};

static const char *const relation_names[] = {
    "_",
#define ROW(name, text) text,
    RELATION_TABLE(ROW)
#undef ROW
};

const char *word_class_name(enum word_class word_class)
{
    return class_names[word_class < WORD_CLASS_COUNT ? word_class : UPOS_NONE];
}

const char *relation_name(enum relation relation)
{
    return relation_names[relation < RELATION_COUNT ? relation : REL_NONE];
}

enum word_class word_class_from(const char *name)
{
    for (int i = 1; i < WORD_CLASS_COUNT; i++)
        if (strcmp(class_names[i], name) == 0)
            return (enum word_class)i;
    return UPOS_NONE;
}

static enum relation relation_called(const char *name, size_t length)
{
    for (int i = 1; i < RELATION_COUNT; i++)
        if (strlen(relation_names[i]) == length && memcmp(relation_names[i], name, length) == 0)
            return (enum relation)i;
    return REL_NONE;
}

enum relation relation_from(const char *name)
{
    enum relation relation = relation_called(name, strlen(name));
    return relation != REL_NONE ? relation : relation_called(name, strcspn(name, ":"));
}

/* What a relation with a subtype is a kind of; tests hold it to the names. */
static const uint8_t universal[RELATION_COUNT] = {
    [REL_ACL_RELCL] = REL_ACL,         [REL_ADVCL_RELCL] = REL_ADVCL,
    [REL_AUX_PASS] = REL_AUX,          [REL_CC_PRECONJ] = REL_CC,
    [REL_COMPOUND_PRT] = REL_COMPOUND, [REL_CSUBJ_OUTER] = REL_CSUBJ,
    [REL_CSUBJ_PASS] = REL_CSUBJ,      [REL_DET_PREDET] = REL_DET,
    [REL_FLAT_FOREIGN] = REL_FLAT,     [REL_NMOD_DESC] = REL_NMOD,
    [REL_NMOD_POSS] = REL_NMOD,        [REL_NMOD_UNMARKED] = REL_NMOD,
    [REL_NSUBJ_OUTER] = REL_NSUBJ,     [REL_NSUBJ_PASS] = REL_NSUBJ,
    [REL_OBL_AGENT] = REL_OBL,         [REL_OBL_UNMARKED] = REL_OBL,
};

enum relation relation_universal(enum relation relation)
{
    if (relation >= RELATION_COUNT)
        return REL_NONE;
    return universal[relation] != REL_NONE ? (enum relation)universal[relation] : relation;
}
