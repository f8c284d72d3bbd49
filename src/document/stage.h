/* A stage adds one kind of finding to a document.
 *
 * Each stage is a const record in its own file, listed in order in pipeline/stages.c. Opening the
 * engine fails if a need is not met by an earlier stage. `run` reads what it needs, works in
 * `scratch` (reset afterwards), and writes its one layer: no stage alters another's layer. */
#ifndef ANNALS_DOCUMENT_STAGE_H
#define ANNALS_DOCUMENT_STAGE_H

#include "bytes/status.h"
#include "document/document.h"

/* The layers of a document: name, bit, name in `annals stages`. */
#define LAYER_TABLE(ROW)                                                                           \
    ROW(BLOCKS, 0, "blocks") ROW(SENTENCES, 1, "sentences") ROW(TAGS, 2, "tags")                   \
    ROW(TREE, 3, "tree") ROW(NAMES, 4, "names") ROW(TIMES, 5, "times") ROW(PLACES, 6, "places")    \
    ROW(QUANTITIES, 7, "quantities") ROW(MENTIONS, 8, "mentions") ROW(ACTORS, 9, "actors")         \
    ROW(ATTRIBUTIONS, 10, "attributions") ROW(CLAIMS, 11, "claims") ROW(FACTS, 12, "facts")          \
    ROW(LANGUAGE, 13, "language")

enum layer {
#define ROW(name, bit, text) HAS_##name = 1u << bit,
    LAYER_TABLE(ROW)
#undef ROW
};

/* What a stage may use while it opens. Memory from `arena` lives as long as the engine. */
struct stage_setting {
    const char *data; /* folder with dictionaries/, models/ and gazetteer files */
    struct arena *arena;
    /* Files of the user's own in the formats of other coders; NULL-terminated, or NULL. */
    const char *const *actor_files, *const *agent_files;
};

struct stage {
    const char *name;
    const char *summary; /* what it does, one line without a full stop */
    uint32_t needs, gives;
    /* Loads what the stage needs; `*state` is read-only afterwards and shared by threads. NULL
     * where the stage has no state. */
    annals_status (*open)(const struct stage_setting *setting, void **state, annals_error *error);
    annals_status (*run)(const void *state, struct document *document, struct arena *scratch,
                         annals_error *error);
    void (*close)(void *state); /* may be NULL */
};

/* "data/folder/file" in the setting's arena; NULL when memory is out. */
const char *stage_path(const struct stage_setting *setting, const char *folder, const char *file);

#endif
