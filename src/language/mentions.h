/* Mentions-to-be: every name, pronoun and noun phrase that may refer, before it is known to what. */
#ifndef ANNALS_LANGUAGE_MENTIONS_H
#define ANNALS_LANGUAGE_MENTIONS_H

#include "language/known_names.h"
#include "language/name_words.h"

enum thing {
    THING_OTHER, /* no party to anything: it only stands in the way of "it" and "they" */
    THING_PERSON,
    THING_GROUP, /* organisation, unit, armed band */
    THING_PLACE,
    THING_PEOPLE, /* adjective or noun of a nation */
};

enum phrase_form { FORM_NAME, FORM_NOUN, FORM_PRONOUN };

/* What a pronoun can refer to. */
enum pronoun_sort { PRONOUN_NONE, PRONOUN_HE, PRONOUN_SHE, PRONOUN_IT, PRONOUN_THEY, PRONOUN_WHO };

struct phrase {
    struct token_range tokens;
    uint32_t head, sentence;
    uint32_t name;   /* index of the document's name, or NONE */
    uint32_t parent; /* phrase that it is one with; itself where it is the first */
    uint64_t role;   /* hash of the noun, or of the title before the name ("general"); 0 = none */
    uint8_t form;    /* enum phrase_form */
    uint8_t thing;   /* enum thing */
    uint8_t gender;  /* enum entity_gender */
    uint8_t pronoun; /* enum pronoun_sort */
    bool plural;
    bool definite;   /* "the", "this", "these", … */
    bool bare;       /* no modifier beside the article */
    bool subject, possessive, reflexive;
};

/* What nouns mean, from dictionaries/en/roles.tsv. */
struct noun {
    uint8_t thing;
    uint8_t gender;
    bool plural;
};

struct nouns {
    struct phrases phrases;
    ARRAY(struct noun) items;
};

struct reference_words {
    struct name_words names;
    struct known_names known;
    struct nouns nouns;
};

struct mentions {
    const struct reference_words *words;
    const struct document *document;
    ARRAY(struct phrase) phrases;
    uint32_t *of_token;   /* [tokens] phrase whose head or name the token is, or NONE */
    uint32_t *subject_of; /* [tokens] the token's subject, or NONE */
    uint32_t *object_of;  /* [tokens] the token's object, or NONE */
};

annals_status nouns_open(struct nouns *nouns, const struct stage_setting *setting,
                         annals_error *error);

/* Collects the phrases of the document in text order. False when memory is out. */
bool mentions_collect(struct mentions *mentions, const struct reference_words *words,
                      const struct document *document, struct arena *scratch);

/* The phrase that stands for all that `phrase` is one with. */
uint32_t mentions_root(struct mentions *mentions, uint32_t phrase);

/* Makes two phrases one; what one knows of gender and thing the other knows too. */
void mentions_join(struct mentions *mentions, uint32_t a, uint32_t b);

#endif
