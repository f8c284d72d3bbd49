/* Sentences to learn from: a CoNLL-U treebank, or plain text without annotation. */
#ifndef ANNALS_TRAIN_TREEBANK_H
#define ANNALS_TRAIN_TREEBANK_H

#include "bytes/array.h"
#include "bytes/status.h"
#include "classifiers/word_features.h"
#include "document/grammar.h"

/* A word in training: what is known of it and what the network shall say. */
struct example {
    const char *form, *folded, *lemma;
    struct word_features features; /* in the sentence's own regime */
    uint16_t shapes[3];            /* shape row by enum case_regime */
    uint32_t row;                  /* of the vocabulary; 0 = not in it */
    uint8_t upos, relation;
    bool glued;     /* no space before it */
    uint32_t bits;  /* enum word_feature */
    uint16_t morph; /* class of upos and bits together */
    uint16_t head;  /* 0 = root, else index in the sentence + 1 */
    float weight;   /* of its head and relation in learning: 1, less where teachers disagree */
};

struct example_sentence {
    uint32_t first, count; /* in `examples` */
    enum case_regime regime;
    bool may_drop_end; /* the last word is punctuation without dependents */
};

struct treebank {
    ARRAY(struct example) examples;
    ARRAY(struct example_sentence) sentences;
    uint64_t hash; /* of the bytes it was read from */
};

/* Adds the sentences of a CoNLL-U file (empty nodes and multiword ranges are passed over). */
annals_status treebank_read(struct treebank *treebank, const char *path, struct arena *arena,
                            annals_error *error);

/* Adds plain text, a paragraph a line, cut at sentence ends and into words by simple rules. */
annals_status treebank_read_text(struct treebank *treebank, const char *path, struct arena *arena,
                                 annals_error *error);

#endif
