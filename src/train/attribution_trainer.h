/* Fits the model of the stage `attribution`. */
#ifndef ANNALS_TRAIN_ATTRIBUTION_TRAINER_H
#define ANNALS_TRAIN_ATTRIBUTION_TRAINER_H

#include "classifiers/linear.h"

/* `reports` and `gold` are JSON lines of the same reports in the same order; `data` is the data
 * folder with the grammar model; the model is written to `path`. */
annals_status attribution_train(const char *data, FILE *reports, FILE *gold, const char *path,
                                annals_error *error);

/* The command `annals-train attribution`; returns the exit status. */
int attribution_command(int count, char **arguments);

#endif
