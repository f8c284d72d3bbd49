/* Candidates for "who says what": every verb, noun or phrase that may bring what somebody says,
 * thinks, wants or shows, with its source and content as the tree has them.
 *
 * The stage `attributions` keeps those that a linear model takes for one; annals-train fits the
 * model from the same candidates and the same features. */
#ifndef ANNALS_MEANING_SPEECH_H
#define ANNALS_MEANING_SPEECH_H

#include "dictionary/phrases.h"
#include "document/stage.h"
#include "meaning/speech_sources.h"

/* How the content stands to the cue. */
enum speech_form {
    SPEECH_CLAUSE,      /* "said that they left", "said they left" */
    SPEECH_MAIN,        /* "they left, he said": the content is the main clause */
    SPEECH_INFINITIVE,  /* "promised to leave", "is said to have left" */
    SPEECH_OBJECT,      /* "denied the report" */
    SPEECH_PREPOSITION, /* "called for talks", "warned of" */
    SPEECH_QUOTE,       /* quoted words of the sentence, not attached to the cue by the tree */
    SPEECH_ACCORDING,   /* "according to X, ..." */
    SPEECH_NOUN,        /* "a statement that", "claims of", "his call for" */
    SPEECH_COLON,       /* "X: they left" */
    SPEECH_REST,        /* "accused them of leaving": all that follows the cue */
    SPEECH_RAISED,      /* "the town seems lost": subject and complement */
    SPEECH_BEHIND,      /* all of the sentence behind cue and source */
    SPEECH_BEFORE,      /* all before them */
    SPEECH_AROUND,      /* all before and all behind, where commas part the cue from both */
    SPEECH_FORM_COUNT
};

enum { SPEECH_FEATURES = 80 };

/* The weights of sources and those of contents share a model: the bit of the features that tells
 * them. */
#define SPEECH_SOURCE_HALF (UINT64_C(1) << 18)

struct speech {
    enum speech_form form;
    uint32_t cue;     /* token */
    uint32_t source;  /* head token, or NONE */
    uint32_t pronoun; /* "who", where it stands for the source before the cue; or NONE */
    bool inherited, as_tree;
    int32_t lead;          /* of struct speaker */
    uint32_t cut, cut_end; /* tokens left off the end of the content; equal where none are */
    struct token_range source_tokens;
    struct token_range cue_tokens;
    struct token_range content[2]; /* the second empty where there is one */
    uint64_t features[SPEECH_FEATURES];
    uint32_t feature_count;
};

/* Classes of cue words, from dictionaries/en/cues.tsv. */
struct cues {
    struct phrases words, telling;
    enum claim_status *statuses; /* [rows] */
};

annals_status cues_open(struct cues *cues, const struct stage_setting *setting,
                        annals_error *error);
/* The source with the "who" behind it, as it stands before the cue. */
struct byte_span speech_source(const struct document *document, const struct speech *speech);
/* What a cue makes of its content; "claimed" where the dictionary does not have it. */
enum claim_status cues_status(const struct cues *cues, const struct token *cue);
bool cues_known(const struct cues *cues, const struct token *cue);
/* True where its object is whom one tells: "inform". */
bool cues_telling(const struct cues *cues, const struct token *cue);

/* Puts what the model sees of a candidate into its features. */
void speech_describe(const struct tree *tree, const struct cues *cues, struct speech *speech);
/* Finds the candidates of one sentence, their sources chosen by `model`; returns their number, at
 * most `maximum`. */
uint32_t speech_find(const struct tree *tree, const struct cues *cues, const struct linear *model,
                     uint32_t sentence, struct speech *found, uint32_t maximum);

#endif
