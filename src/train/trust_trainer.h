/* Fits the model of the stage `claims` that judges claims (meaning/trust.h). */
#ifndef ANNALS_TRAIN_TRUST_TRAINER_H
#define ANNALS_TRAIN_TRUST_TRAINER_H

#include "bytes/arena.h"
#include "classifiers/linear.h"
#include "document/document.h"

/* What people said of a claim, a line of the file of labels. */
struct trust_label {
    uint64_t report; /* hash of its id */
    uint32_t offset; /* of the trigger, in code points */
    uint64_t type;   /* hash of the PLOVER type */
    uint32_t corpus; /* index into `corpora` */
    bool right;      /* the event is */
    bool roles_read, roles_right; /* who takes part was judged, too; and is right */
    bool agent_wrong; /* the agent is wrong or misses; else, where not right, the patient */
    const char *agents, *patients; /* where they stand ("first:end,..." in code points); or NULL */
    bool held_out;   /* only for the score that is printed */
    bool found;      /* a claim stands there */
};

enum { TRUST_CORPORA = 16, TRUST_NAME = 32 };

struct trust_labels {
    struct trust_label *items;
    uint32_t count, capacity;
    char corpora[TRUST_CORPORA][TRUST_NAME];
    uint32_t corpus_count;
    uint64_t hash; /* of the files */
    struct arena arena;
};


struct trust_example {
    uint64_t *features;
    uint32_t feature_count, corpus;
    uint32_t own; /* of the features: what is known without the report, the first ones */
    bool right, held_out;
    bool of_row; /* the example sentence of a row of events.tsv: learned from, never measured on */
    double sum; /* of the model that did not see its corpus */
};

struct trust_examples {
    struct trust_example *items;
    size_t count, capacity;
    struct arena arena;
};

/* trust_labels.c: reads lines of corpus, report, offset, type, verdict and part, with tabs between, and perhaps
 * of agents and patients, behind those that are there; free() the items. ANNALS_MALFORMED names the line. */
annals_status trust_labels_read(struct trust_labels *labels, const char *path, annals_error *error);
/* The label of a claim that none was found for yet, or NULL. */
struct trust_label *trust_label_of(const struct trust_labels *labels, uint64_t report, uint32_t offset,
                                   uint64_t type);
uint32_t trust_code_points(const struct document *document, uint32_t bytes);
/* Is nobody among the participants who stands outside all the ranges "first:end,..." of a reader? Those
 * without words are not judged. */
bool trust_are_among(const struct document *document, const struct participant *items, uint32_t count,
                     const char *ranges);

/* trust_fitting.c: fits, measures on every corpus left out, and writes the model. */
annals_status trust_fit(struct trust_examples *examples, const struct trust_labels *labels,
                        const char *model, annals_error *error);

/* The command `annals-train trust`; returns the exit status. */
int trust_command(int count, char **arguments);

#endif
