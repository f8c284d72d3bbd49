/* What training adjusts: matrices with their gradients, optimiser state and running average. */
#ifndef ANNALS_TRAIN_PARAMETERS_H
#define ANNALS_TRAIN_PARAMETERS_H

#include "bytes/arena.h"
#include "bytes/status.h"

#include <stdio.h>

enum { WORKERS = 2, PARAMETER_LIMIT = 40 };

struct parameter {
    const char *name;
    size_t rows, columns;
    bool sparse;            /* an embedding table: only touched rows have a gradient */
    float *value, *average; /* [rows][columns] */
    float *mean, *variance; /* Adam's moments */
    float *gradient[WORKERS];
    uint8_t *touched[WORKERS]; /* [rows]; sparse only */
    uint32_t *touched_rows[WORKERS];
    size_t touched_count[WORKERS];
};

struct parameters {
    struct parameter items[PARAMETER_LIMIT];
    size_t count;
    uint64_t step; /* updates made */
    struct arena *arena;
};

struct update {
    float rate, mean_decay, variance_decay, average_decay, norm_limit;
    float table_rate; /* factor of `rate` for tables */
};

/* Adds a matrix of random values of this standard deviation (0: zeroes); NULL when memory failed. */
struct parameter *parameters_add(struct parameters *parameters, const char *name, size_t rows,
                                 size_t columns, bool sparse, float deviation, uint64_t seed);

/* Gradient row of a table for one worker; marks it touched. */
float *parameter_touch(struct parameter *parameter, size_t worker, size_t row);

/* Sums the workers' gradients, clips them to a norm, steps Adam (Kingma and Ba 2015; tables
 * lazily), updates the running average, and clears the gradients. Returns the norm before. */
float parameters_update(struct parameters *parameters, const struct update *update);

/* Exchanges values and averages, to evaluate or write the averaged network. */
void parameters_swap(struct parameters *parameters);

/* A checkpoint: all values, moments and averages. A file of other matrices is refused. */
annals_status parameters_save(const struct parameters *parameters, const char *path,
                              annals_error *error);
annals_status parameters_load(struct parameters *parameters, const char *path,
                              annals_error *error);
/* Takes only the values of matrices that have the same name and size; returns how many. */
size_t parameters_take(struct parameters *parameters, const char *path);

#endif
