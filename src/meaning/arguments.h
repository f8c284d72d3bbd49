/* What stands in which place around a word: its arguments, as the tree has them once passive,
 * relative clauses, coordination and control are undone.
 *
 * "The town was taken by rebels", "rebels who took the town" and "rebels advanced and took the
 * town" all give: subject rebels, object town. */
#ifndef ANNALS_MEANING_ARGUMENTS_H
#define ANNALS_MEANING_ARGUMENTS_H

#include "meaning/tree.h"

enum argument_place {
    ARGUMENT_SUBJECT, /* of the active voice: a passive's "by" phrase is one */
    ARGUMENT_OBJECT,  /* a passive's grammatical subject is one */
    ARGUMENT_INDIRECT,
    ARGUMENT_POSSESSOR,   /* "the army's advance" */
    ARGUMENT_MODIFIER,    /* "rebel attack", "Taliban fighters" */
    ARGUMENT_COMPLEMENT,  /* verb of a clause: "agreed to LEAVE", "said that they LEFT" */
    ARGUMENT_PARTICLE,    /* "blew UP" */
    ARGUMENT_AUXILIARY,   /* "MUST leave", "WILL attack" */
    ARGUMENT_ADVERB,      /* "NOT", "back", "away" */
    ARGUMENT_DETERMINER,  /* "NO attack", "this attack" */
    ARGUMENT_CASE,        /* the preposition before the word itself: "UNDER attack" */
    ARGUMENT_PREPOSITION, /* "attacked FROM the hills": `preposition` says which */
};

enum { ARGUMENTS_MAXIMUM = 32 };

struct argument {
    enum argument_place place;
    uint32_t token;       /* head word */
    uint32_t preposition; /* its token, or NONE */
    uint32_t via;         /* the word it was inherited from, or NONE */
};

struct arguments {
    struct argument items[ARGUMENTS_MAXIMUM];
    uint32_t count;
    uint32_t word; /* whose arguments they are */
    bool passive;
    bool attributive; /* a participle or adjective before its noun: "the CAPTURED town" */
};

/* Arguments of the verb, noun or adjective at `word`. Conjuncts of an argument are not listed: see
 * members_find in coding.h. */
void arguments_find(const struct tree *tree, uint32_t word, struct arguments *arguments);

/* True where an "-ing" form is a noun: "in police FIRING", "the BOMBING of". */
bool arguments_verbal_noun(const struct tree *tree, uint32_t word);

/* True where a participle before a noun is in truth the verb of the clause, misparsed. */
bool arguments_hidden_verb(const struct tree *tree, uint32_t word);

void arguments_add(struct arguments *arguments, enum argument_place place, uint32_t token,
                   uint32_t preposition, uint32_t via);
/* misparses.c: undoes what parsers get wrong around `word`. */
void arguments_repair(const struct tree *tree, uint32_t word, struct arguments *arguments);
/* naming.c: gives a verb of naming what somebody is called as its complement. */
void arguments_named(const struct tree *tree, uint32_t word, struct arguments *arguments);
/* misparses.c: deeds that are always done to somebody or something. */
bool arguments_done_to_somebody(const struct token *verb);
/* misparses.c: who did it, where a participle says that the event at `word` was carried out by
 * somebody. */
void arguments_carried_out(const struct tree *tree, uint32_t word, struct arguments *arguments);

/* The first argument in this place, or NULL. */
const struct argument *arguments_get(const struct arguments *arguments, enum argument_place place);
/* The first argument behind this preposition, or NULL. */
const struct argument *arguments_behind(const struct tree *tree, const struct arguments *arguments,
                                        const char *preposition);

#endif
