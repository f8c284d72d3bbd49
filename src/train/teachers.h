/* Labels for text that nobody has labelled: what several networks agree on. */
#ifndef ANNALS_TRAIN_TEACHERS_H
#define ANNALS_TRAIN_TEACHERS_H

#include "train/training.h"

enum { TEACHER_LIMIT = 16 };

/* Labels every word of `treebank` with the tree that most teachers' arcs vote for (Sagae and Lavie
 * 2006) and the classes and relations that most of them give; `weight` becomes the share of
 * teachers that gives a word this head and relation. `checkpoints` are files of networks of the
 * same sizes as `training->network`, with commas between; what `training->parameters` hold is lost.
 */
annals_status teachers_label(const struct training *training, const char *checkpoints,
                             struct treebank *treebank, annals_error *error);

/* Says how right the labels are that the teachers give to a treebank read twice. */
struct scores teachers_measure(const struct treebank *labelled, const struct treebank *gold);

#endif
