/* Words that say how certain an event is: governing verbs and nouns, adverbs, auxiliaries; from
 * dictionaries/en/statuses.tsv. */
#ifndef ANNALS_MEANING_STATUSES_H
#define ANNALS_MEANING_STATUSES_H

#include "bytes/status.h"
#include "meaning/inflections.h"

/* Where the word stands; a column of the table. */
enum status_class {
    STATUS_OF_VERB,             /* governs a clause or a noun below it: "plan" */
    STATUS_OF_VERB_CLAUSE,      /* governs a clause only: "fail" */
    STATUS_OF_VERB_NOUN,        /* the same, but no infinitive: "try" for murder */
    STATUS_OF_NOUN,             /* governs a clause or a noun behind "of" and the like: "threat" */
    STATUS_OF_ADJECTIVE_CLAUSE, /* governs a clause: "ready" */
    STATUS_OF_ADJECTIVE,        /* stands before a noun: "alleged" */
    STATUS_OF_DETERMINER,
    STATUS_OF_ADVERB,
    STATUS_OF_AUXILIARY,
    STATUS_OF_MARK,
    STATUS_OF_MODAL,   /* makes a loss or a condition hypothetical: "would" */
    STATUS_OF_HEARSAY, /* in the passive, of what others say: "is believed to have" */
    STATUS_OF_REPORT,  /* a noun for what is told: "reports that" */
    STATUS_OF_FALSE,   /* said of a report: "untrue" */
    STATUS_OF_VERDICT, /* a verb whose object is a report: "dismiss" */
    STATUS_OF_CHECK,   /* the same, where it fails: "could not verify" */
    STATUS_OF_TELLING, /* whose clause is told, whatever is wanted of those who tell it: "inform" */
    STATUS_OF_ENDING,  /* whose object goes on until then: "halt" */
    STATUS_OF_EFFECT,  /* whose infinitive comes true: "force" */
    STATUS_OF_ATTEMPT, /* whose infinitive was tried: "try" */
    STATUS_OF_ROW,     /* "the FIRST to fall" */
    STATUS_OF_BRINK,   /* "on the VERGE of", "CLOSE to falling" */
    STATUS_OF_UNMET,   /* before "to": "YET to fall" */
    STATUS_OF_SHORT,   /* two words: "STOP SHORT of" */
    STATUS_OF_FICTION, /* "in the FILM" */
    STATUS_OF_PART,    /* "denied any ROLE in it": the deed is known */
    STATUS_OF_GOVERNING, /* a preposition through which a verb rules a noun: "of" */
    STATUS_OF_GRANTED,   /* a preposition that takes its noun for granted: "after" */
    STATUS_OF_HELD,      /* "ARRESTED for the murder": that he did it is alleged */
    STATUS_OF_TERMS,     /* a verb whose object is to be done: "the accord PROVIDES for" */
    STATUS_OF_TALKS,     /* a noun for what tells of that: "TALKS on" */
    STATUS_OF_WHOEVER,   /* "ANYONE who attacks" */
    STATUS_OF_OPEN,      /* "an AMNESTY for fighters who surrender" */
    STATUS_OF_KNOWN,     /* a noun whose "of" takes a deed for granted: "the ANNIVERSARY of" */
    STATUS_OF_PRESUMED,  /* a verb that does so with its object: "to INVESTIGATE the raid" */
    STATUS_OF_OUTCOME,   /* a verb behind which stands what comes of it: "could LEAD to" */
    STATUS_OF_VAIN,      /* said of an attempt that came to nothing: "FAILED" */
    STATUS_OF_COURT,     /* "CHARGED with murder": the deed lies behind, its day is its own */
    STATUS_OF_CONTEST,   /* a word of campaigns: "CANDIDATE" (campaigns.c) */
    STATUS_OF_PERFORMED, /* a verb that does what it says where one wishes to: "want to THANK" */
    STATUS_OF_WISHING,   /* "WANT to thank" */
    STATUS_OF_MEANS,     /* whose infinitive tells what for: "DEPLOYED troops to" */
    STATUS_OF_ASKING,    /* a noun whose infinitive others are to do: "the ORDER to kill them" */
    STATUS_CLASS_COUNT
};

struct statuses {
    uint8_t *values; /* [rows]; enum claim_status */
    struct phrases words[STATUS_CLASS_COUNT];
};

annals_status statuses_read(struct statuses *statuses, const struct inflections *inflections,
                            struct arena *arena, const char *path, annals_error *error);

/* The status that the word gives, or -1. */
int statuses_find(const struct statuses *statuses, enum status_class class, uint64_t hash);

#endif
