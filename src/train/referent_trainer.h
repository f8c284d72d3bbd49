/* Fits the network that says whom a pronoun stands for (classifiers/chooser.h,
 * meaning/referents.h). */
#ifndef ANNALS_TRAIN_REFERENT_TRAINER_H
#define ANNALS_TRAIN_REFERENT_TRAINER_H

/* The command `annals-train referents`; returns the exit status. */
int referents_command(int count, char **arguments);

#endif
