/* What an import has read so far, on disk, so that an import that was killed goes on from there.
 *
 * The parts of an import lie in the folder OUTPUT.parts. Each holds what some lines of one input
 * added to the builder, and the hash of all that was added before them: it fits only where the
 * parts before it, or their inputs read again, left the builder as they did then. A part that is
 * damaged, of another input, or of another version of the program is taken for none. */
#ifndef ANNALS_MEANING_GAZETTEER_PARTS_H
#define ANNALS_MEANING_GAZETTEER_PARTS_H

#include "meaning/gazetteer_builder.h"

/* How many items of each kind the builder holds. */
struct gazetteer_counts {
    uint32_t entries, names, strings, features;
};

/* How far an input was read. */
struct gazetteer_position {
    uint64_t text, lines; /* bytes, as they are when unpacked */
    bool ended;
};

struct gazetteer_parts {
    struct gazetteer_builder *builder;
    char *folder;         /* NULL when memory is out: no parts */
    const char *name;     /* of the input, without its folder */
    uint64_t identity;    /* of the input: its name, size and time of change */
    uint32_t input, part; /* the input's number, from 1; the number of its next part, from 1 */
    uint64_t chain, input_chain; /* hash of all that was added before this part, this input */
    struct gazetteer_counts counts, input_counts; /* of the builder, likewise */
    bool stopped;                                 /* a part could not be written: no more are */
};

void gazetteer_parts_init(struct gazetteer_parts *parts, struct gazetteer_builder *builder,
                          const char *output);

/* Goes over to the next input. `path` must outlive the parts. */
void gazetteer_parts_next_input(struct gazetteer_parts *parts, const char *path);

/* Adds the next part of the input to the builder and moves the position to its end. False where
 * there is none that fits. */
bool gazetteer_parts_take(struct gazetteer_parts *parts, struct gazetteer_position *position);

/* Takes back what the input added to the builder. */
void gazetteer_parts_give_back(struct gazetteer_parts *parts);

/* Writes what was added since the last part. A part that cannot be written is no error: the import
 * goes on without. */
void gazetteer_parts_put(struct gazetteer_parts *parts, const struct gazetteer_position *position);

/* Removes every part and the folder. */
void gazetteer_parts_remove(struct gazetteer_parts *parts);

#endif
