/* Who speaks: of the nouns of a sentence the one that a cue ("said", "his claim") belongs to.
 *
 * Candidates and features are the same for the stage and for annals-train, which fits the weights.
 */
#ifndef ANNALS_MEANING_SPEECH_SOURCES_H
#define ANNALS_MEANING_SPEECH_SOURCES_H

#include "classifiers/linear.h"
#include "meaning/tree.h"

enum { SOURCES = 24, SOURCE_FEATURES = 32 };

struct speech_source {
    uint32_t token; /* head of the noun phrase; NONE: nobody is named */
    uint64_t features[SOURCE_FEATURES];
    uint32_t feature_count;
};

struct speaker {
    uint32_t token;   /* or NONE */
    uint32_t pronoun; /* "who", where it stands for `token` before the cue; or NONE */
    bool inherited;   /* the tree has him as the subject of another verb */
    bool as_tree;     /* the tree names the same one */
    int32_t lead;     /* by how much he is likelier than the next one, in weights of the model */
};

/* The candidates for one cue, "nobody" first; at most SOURCES. */
uint32_t speech_sources(const struct tree *tree, uint32_t cue, struct speech_source *found);
/* The likeliest of them. */
struct speaker speech_speaker(const struct tree *tree, const struct linear *model, uint32_t cue);
/* The words that name the speaker of a cue, without the cue. */
struct token_range speech_source_range(const struct tree *tree, uint32_t source,
                                       struct token_range cue);
/* Cuts punctuation off both ends; quotation marks stay where they come in pairs. */
struct token_range speech_trimmed(const struct tree *tree, struct token_range range);

#endif
