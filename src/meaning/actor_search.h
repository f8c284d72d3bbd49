/* What the files behind the stage `actors` share: one document being searched for actors. Lives in
 * scratch memory. A finding is one stretch of tokens that names or describes an actor; findings are
 * made in passes and in the end become actors and their mentions (actors.c). */
#ifndef ANNALS_MEANING_ACTOR_SEARCH_H
#define ANNALS_MEANING_ACTOR_SEARCH_H

#include "document/word_lists.h"
#include "meaning/actor_words.h"
#include "meaning/roles.h"
#include "meaning/tree.h"
#include "meaning/world.h"

struct actor_knowledge {
    struct world world;
    struct roles roles;
    struct actor_words words;
};

enum finding_sort {
    FOUND_NOTHING, /* taken back */
    FOUND_KNOWN,   /* a name of the world's tables */
    FOUND_ROLE,    /* a role noun with what stands around it */
    FOUND_NAME,    /* a proper name that no table has */
};

struct finding {
    enum finding_sort sort;
    struct token_range core;   /* the name or the role noun itself */
    struct token_range tokens; /* with modifiers and title */
    uint32_t head;
    uint32_t entry;        /* FOUND_KNOWN: of the world; else WORLD_NONE */
    enum world_form form;  /* FOUND_KNOWN */
    uint32_t role;         /* FOUND_ROLE, or the title of a person; NONE */
    uint32_t nation, side; /* findings that say which state and which group or body; or NONE */
    uint32_t same;         /* finding that is the same actor (apposition, title), or NONE */
    uint32_t post;         /* post of the world that it was resolved by; WORLD_NONE */
    bool plural, definite, former;
    bool modifier;             /* stands before a noun that it modifies */
    bool inside_word;          /* "US" in "US-backed" */
    bool foreign;              /* said to be from elsewhere: no country by context */
    bool silent;               /* no mention of its own: absorbed by another, or only a place */
    bool pending;              /* waits for context */
    struct token_range origin; /* FOUND_ROLE: the town in "militias from Zintan"; else empty */
    const char *reason; /* why it is of its side, where no word of its own says so; or NULL */
    uint32_t owner; /* FOUND_ROLE: the pronoun that says whose they are ("ITS troops"), or NONE */
};

enum letter_case { CASE_MIXED, CASE_UPPER, CASE_LOWER };

struct actor_search {
    const struct actor_knowledge *knowledge;
    struct document *document;
    struct arena *scratch;
    ARRAY(struct finding) findings;
    uint32_t *covered;         /* [tokens]; finding whose core covers the token, or NONE */
    enum letter_case *letters; /* [sentences] */
    bool *discarded;           /* [sentences]; by a dictionary of the user's */
    uint32_t *support; /* [entries]; sure mentions of an entry, or of what belongs to a state */
    uint32_t *country_support; /* [entries]; of states: everything that points to them */
    uint32_t context_state;    /* state that the report is about where that is clear; WORLD_NONE */
};

/* actor_names.c: names of the tables. */
void actor_names_find(struct actor_search *search);
/* An entry is named once more in the report, or once less. */
void actor_names_support(struct actor_search *search, uint32_t entry, bool more);
/* actor_surnames.c: whose surname a name of one word is. */
void actor_surnames_settle(struct actor_search *search);
/* actor_roles.c: role nouns, and which state or group they belong to. */
void actor_roles_find(struct actor_search *search);
/* actor_persons.c: persons with titles, unknown names, later mentions by surname. */
void actor_persons_find(struct actor_search *search);
/* actor_sides.c: whom "the group" stands for; then, role words without a name. */
void actor_bodies_find(struct actor_search *search);
void actor_sides_find(struct actor_search *search);

/* A new finding over `core`; NULL when memory is out. */
struct finding *actor_search_add(struct actor_search *search, enum finding_sort sort,
                                 uint32_t first, uint32_t end);

/* True where the token's folded form is the word. */
static inline bool actor_word_is(const struct token *token, const char *word)
{
    return strcmp(token->folded, word) == 0;
}

#endif
