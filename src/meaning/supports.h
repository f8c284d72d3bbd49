/* Support verbs: verbs that lend a noun its subject ("carried out a raid", "suffered losses",
 * "fighting broke out"); from dictionaries/en/supports.tsv. */
#ifndef ANNALS_MEANING_SUPPORTS_H
#define ANNALS_MEANING_SUPPORTS_H

#include "bytes/status.h"
#include "document/document.h"
#include "meaning/inflections.h"
#include "meaning/tree.h"

/* What the subject of the verb is to the noun. */
enum support_role {
    SUPPORT_AGENT,   /* who does it: the noun is the verb's object */
    SUPPORT_PATIENT, /* who suffers it: the noun is the verb's object */
    SUPPORT_EVENT,   /* the noun itself is the verb's subject */
    SUPPORT_OBJECT,  /* the verb's object is who does it: "accused them of murder" */
    SUPPORT_NAMES,   /* who does it stands behind `with`: "blamed the murder on them" */
    SUPPORT_MEASURE, /* a noun that only counts the event behind "of": "a series of attacks" */
    SUPPORT_ITSELF,  /* nobody does it to anybody, before `with` or at all: it has no passive */
    SUPPORT_TWO,     /* its participle, too, may have an object: "a group CALLED the Lions" */
    SUPPORT_STATE,   /* a noun that says what somebody is held as: "took the nurse HOSTAGE" */
    SUPPORT_MANY,    /* "wounded DOZENS": a plural that stands for a number */
    SUPPORT_HELD,    /* the verb's object is who suffers it: "HAVE two men in custody" */
    SUPPORT_APART,   /* its object is not that of the verb beside it: "killed and WOUNDED 20" */
    SUPPORT_CHARGE,  /* what somebody is charged with, before `with`: "FACES murder CHARGES in the death" */
    SUPPORT_AGAIN,   /* a noun for any deed told before: "the INCIDENT", "this ACTION" */
    SUPPORT_NAMING,  /* its second object is what somebody is called: "CALLED the judge a crook" */
    SUPPORT_OTHER,   /* tells an event from the one told before: "the SECOND attack" */
    SUPPORT_FINITE,  /* in "-s" no noun before `with`, or at all: "and CALLS ON them to leave" */
    SUPPORT_FELT,    /* what an event does to others: "a strike PARALYSED the ports" */
    SUPPORT_BID,     /* its object does what stands behind: "GOT the delegation to leave" */
    SUPPORT_ASKED,   /* a noun of what others are to do: "the union's REQUEST to leave" */
    SUPPORT_TASK,    /* a noun of what somebody is to do: "their OFFER to talk" */
    SUPPORT_GIVES,   /* of two objects the first is whom it is given to: "OFFERED them peace" */
    SUPPORT_THINGS,  /* its object is a thing, no deed: "RECEIVED threatening letters" */
    SUPPORT_OTHERS,  /* its gerund is what others do: "CONDEMNED shooting at the crowd" */
    SUPPORT_TOGETHER, /* a noun that behind `with` says how a deed is done: "in COOPERATION" */
    SUPPORT_SAME,    /* whom it befalls the verb behind befalls: "SHOT and wounded a judge" */
    SUPPORT_TEXT,    /* a noun for what is written or said: "a STATEMENT accusing the army" */
    SUPPORT_ISSUE,   /* its subject is the author of the text that is its object: "RELEASED a statement" */
};

struct support {
    enum support_role role;
    uint64_t with; /* hash of a preposition before the noun (of names: before the agent), or 0 */
};

struct supports {
    struct support *items;
    uint32_t count;
    struct phrases words;
};

annals_status supports_read(struct supports *supports, const struct inflections *inflections,
                            struct arena *arena, const char *path, annals_error *error);

/* True where the verb lends a noun its subject in this role; `preposition` is the hash of the one
 * before the noun, or 0. */
bool supports_hold(const struct supports *supports, const struct token *verb,
                   enum support_role role, uint64_t preposition);
/* True where nobody does the verb at `word` to anybody: never, or not with what stands behind it.
 */
bool supports_by_itself(const struct tree *tree, uint32_t word);

#endif
