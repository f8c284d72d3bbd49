/* The one list of stages, in the order they run. docs/stages.md says what each does; a test compares
 * the two. */
#include "pipeline/pipeline.h"

extern const struct stage stage_layout;      /* intake/layout.c */
extern const struct stage stage_published;   /* intake/published.c */
extern const struct stage stage_language;    /* language/languages.c */
extern const struct stage stage_tokens;      /* language/tokens.c */
extern const struct stage stage_grammar;     /* language/grammar.c */
extern const struct stage stage_names;       /* language/names.c */
extern const struct stage stage_times;       /* meaning/times.c */
extern const struct stage stage_places;      /* meaning/places.c */
extern const struct stage stage_quantities;  /* meaning/quantities.c */
extern const struct stage stage_references;  /* language/references.c */
extern const struct stage stage_actors;      /* meaning/actors.c */
extern const struct stage stage_attribution; /* meaning/attribution.c */
extern const struct stage stage_claims;      /* meaning/claims.c */

const struct stage *const stages[] = {
    &stage_layout,
    &stage_published,
    &stage_language,
    &stage_tokens,
    &stage_grammar,
    &stage_names,
    &stage_times,
    &stage_places,
    &stage_quantities,
    &stage_references,
    &stage_actors,
    &stage_attribution,
    &stage_claims,
    NULL,
};
