/* What training adjusts; see parameters.h. Embedding tables get Adam's step only in rows that a
 * batch touched ("lazy" Adam), and their running average every eighth step. */
#include "train/parameters.h"

#include "train/random.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

enum { AVERAGE_EVERY = 8 };

#define CHECKPOINT_MAGIC "annals checkpoint 1\n"

static float random_normal(struct random *random)
{
    float sum = 0;
    for (int i = 0; i < 12; i++)
        sum += random_unit(random);
    return sum - 6.0f;
}

struct parameter *parameters_add(struct parameters *parameters, const char *name, size_t rows,
                                 size_t columns, bool sparse, float deviation, uint64_t seed)
{
    struct arena *arena = parameters->arena;
    struct parameter *item = &parameters->items[parameters->count++];
    *item = (struct parameter){.name = name, .rows = rows, .columns = columns, .sparse = sparse};
    size_t size = rows * columns;
    item->value = arena_new_array(arena, float, size);
    item->average = arena_new_array(arena, float, size);
    item->mean = arena_new_array(arena, float, size);
    item->variance = arena_new_array(arena, float, size);
    for (size_t worker = 0; worker < WORKERS; worker++) {
        item->gradient[worker] = arena_new_array(arena, float, size);
        if (sparse) {
            item->touched[worker] = arena_new_array(arena, uint8_t, rows);
            item->touched_rows[worker] = arena_new_array(arena, uint32_t, rows);
        }
    }
    if (arena->failed)
        return NULL;
    struct random random = {hash_join(seed, hash_bytes(name, strlen(name)))};
    if (deviation > 0)
        for (size_t i = 0; i < size; i++)
            item->value[i] = item->average[i] = deviation * random_normal(&random);
    return item;
}

float *parameter_touch(struct parameter *parameter, size_t worker, size_t row)
{
    if (!parameter->touched[worker][row]) {
        parameter->touched[worker][row] = 1;
        parameter->touched_rows[worker][parameter->touched_count[worker]++] = (uint32_t)row;
    }
    return parameter->gradient[worker] + row * parameter->columns;
}

/* Adds the other workers' gradients to the first's; returns the squared norm. */
static double sum_gradients(struct parameter *item)
{
    double square = 0;
    float *first = item->gradient[0];
    for (size_t worker = 1; worker < WORKERS; worker++) {
        float *other = item->gradient[worker];
        if (!item->sparse) {
            for (size_t i = 0; i < item->rows * item->columns; i++) {
                first[i] += other[i];
                other[i] = 0;
            }
            continue;
        }
        for (size_t i = 0; i < item->touched_count[worker]; i++) {
            size_t row = item->touched_rows[worker][i];
            float *to = parameter_touch(item, 0, row);
            float *from = other + row * item->columns;
            for (size_t column = 0; column < item->columns; column++) {
                to[column] += from[column];
                from[column] = 0;
            }
            item->touched[worker][row] = 0;
        }
        item->touched_count[worker] = 0;
    }
    size_t runs = item->sparse ? item->touched_count[0] : item->rows;
    for (size_t run = 0; run < runs; run++) {
        const float *row =
            first + (item->sparse ? item->touched_rows[0][run] : run) * item->columns;
        float sum = 0;
        for (size_t column = 0; column < item->columns; column++)
            sum += row[column] * row[column];
        square += (double)sum;
    }
    return square;
}

struct step {
    struct parameter *item;
    const struct update *update;
    float scale, rate;
    uint64_t number;
};

static void step_row(const struct step *step, size_t row)
{
    struct parameter *item = step->item;
    size_t at = row * item->columns;
    float *value = item->value + at, *mean = item->mean + at, *variance = item->variance + at;
    float *gradient = item->gradient[0] + at;
    float mean_decay = step->update->mean_decay, variance_decay = step->update->variance_decay;
    for (size_t i = 0; i < item->columns; i++) {
        float slope = gradient[i] * step->scale;
        mean[i] = mean_decay * mean[i] + (1 - mean_decay) * slope;
        variance[i] = variance_decay * variance[i] + (1 - variance_decay) * slope * slope;
        value[i] -= step->rate * mean[i] / (sqrtf(variance[i]) + 1e-8f);
        gradient[i] = 0;
    }
}

static void average(struct parameter *item, float decay, uint64_t number)
{
    if (item->sparse) {
        if (number % AVERAGE_EVERY != 0)
            return;
        decay = powf(decay, AVERAGE_EVERY);
    }
    for (size_t i = 0; i < item->rows * item->columns; i++)
        item->average[i] += (1 - decay) * (item->value[i] - item->average[i]);
}

static void step_parameter(const struct step *step)
{
    struct parameter *item = step->item;
    if (item->sparse) {
        for (size_t i = 0; i < item->touched_count[0]; i++) {
            step_row(step, item->touched_rows[0][i]);
            item->touched[0][item->touched_rows[0][i]] = 0;
        }
        item->touched_count[0] = 0;
    } else {
        for (size_t row = 0; row < item->rows; row++)
            step_row(step, row);
    }
    /* Early on the average follows the values more closely. */
    float decay = step->update->average_decay;
    float early = (float)(step->number + 1) / (float)(step->number + 10);
    average(item, early < decay ? early : decay, step->number);
}

struct share {
    struct step *steps;
    size_t first, count;
};

static void *step_share(void *context)
{
    const struct share *share = context;
    for (size_t i = share->first; i < share->count; i += WORKERS)
        step_parameter(&share->steps[i]);
    return NULL;
}

float parameters_update(struct parameters *parameters, const struct update *update)
{
    double square = 0;
    for (size_t i = 0; i < parameters->count; i++)
        square += sum_gradients(&parameters->items[i]);
    float norm = (float)sqrt(square);
    parameters->step++;
    float power = (float)parameters->step;
    float correction = sqrtf(1 - powf(update->variance_decay, power)) /
                       (1 - powf(update->mean_decay, power));
    struct step steps[PARAMETER_LIMIT];
    for (size_t i = 0; i < parameters->count; i++)
        steps[i] = (struct step){
            .item = &parameters->items[i],
            .update = update,
            .scale = norm > update->norm_limit ? update->norm_limit / norm : 1,
            .rate = update->rate * correction *
                    (parameters->items[i].sparse ? update->table_rate : 1),
            .number = parameters->step,
        };
    struct share shares[WORKERS];
    pthread_t threads[WORKERS];
    for (size_t worker = 0; worker < WORKERS; worker++)
        shares[worker] = (struct share){steps, worker, parameters->count};
    for (size_t worker = 1; worker < WORKERS; worker++)
        if (pthread_create(&threads[worker], NULL, step_share, &shares[worker]) != 0) {
            step_share(&shares[worker]);
            threads[worker] = pthread_self();
        }
    step_share(&shares[0]);
    for (size_t worker = 1; worker < WORKERS; worker++)
        if (!pthread_equal(threads[worker], pthread_self()))
            pthread_join(threads[worker], NULL);
    return norm;
}

void parameters_swap(struct parameters *parameters)
{
    for (size_t i = 0; i < parameters->count; i++) {
        float *value = parameters->items[i].value;
        parameters->items[i].value = parameters->items[i].average;
        parameters->items[i].average = value;
    }
}

/* Name and size of a matrix, as they stand before its numbers. */
struct record {
    char name[32];
    uint64_t rows, columns;
};

annals_status parameters_save(const struct parameters *parameters, const char *path,
                              annals_error *error)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        return error_set(error, ANNALS_CANNOT_WRITE, "%s cannot be written", path);
    bool good = fwrite(CHECKPOINT_MAGIC, sizeof CHECKPOINT_MAGIC - 1, 1, file) == 1;
    good &= fwrite(&parameters->step, sizeof parameters->step, 1, file) == 1;
    for (size_t i = 0; i < parameters->count; i++) {
        const struct parameter *item = &parameters->items[i];
        struct record record = {.rows = item->rows, .columns = item->columns};
        snprintf(record.name, sizeof record.name, "%s", item->name);
        size_t size = item->rows * item->columns;
        good &= fwrite(&record, sizeof record, 1, file) == 1;
        good &= fwrite(item->value, sizeof(float), size, file) == size;
        good &= fwrite(item->average, sizeof(float), size, file) == size;
        good &= fwrite(item->mean, sizeof(float), size, file) == size;
        good &= fwrite(item->variance, sizeof(float), size, file) == size;
    }
    good &= fclose(file) == 0;
    return good ? ANNALS_OK : error_set(error, ANNALS_CANNOT_WRITE, "%s: writing failed", path);
}

static bool read_head(FILE *file, uint64_t *step)
{
    char magic[sizeof CHECKPOINT_MAGIC - 1];
    return fread(magic, sizeof magic, 1, file) == 1 &&
           memcmp(magic, CHECKPOINT_MAGIC, sizeof magic) == 0 &&
           fread(step, sizeof *step, 1, file) == 1;
}

annals_status parameters_load(struct parameters *parameters, const char *path, annals_error *error)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return error_set(error, ANNALS_NOT_FOUND, "%s cannot be read", path);
    bool good = read_head(file, &parameters->step);
    for (size_t i = 0; good && i < parameters->count; i++) {
        struct parameter *item = &parameters->items[i];
        struct record record;
        good = fread(&record, sizeof record, 1, file) == 1 && record.rows == item->rows &&
               record.columns == item->columns;
        size_t size = item->rows * item->columns;
        good = good && fread(item->value, sizeof(float), size, file) == size &&
               fread(item->average, sizeof(float), size, file) == size &&
               fread(item->mean, sizeof(float), size, file) == size &&
               fread(item->variance, sizeof(float), size, file) == size;
    }
    fclose(file);
    return good ? ANNALS_OK
                : error_set(error, ANNALS_FOREIGN, "%s is no checkpoint of this network", path);
}

static struct parameter *find_like(struct parameters *parameters, const struct record *record)
{
    for (size_t i = 0; i < parameters->count; i++) {
        struct parameter *item = &parameters->items[i];
        if (strncmp(item->name, record->name, sizeof record->name) == 0 &&
            item->rows == record->rows && item->columns == record->columns)
            return item;
    }
    return NULL;
}

size_t parameters_take(struct parameters *parameters, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return 0;
    uint64_t step;
    size_t taken = 0;
    struct record record;
    if (read_head(file, &step))
        while (fread(&record, sizeof record, 1, file) == 1) {
            size_t size = (size_t)(record.rows * record.columns);
            struct parameter *item = find_like(parameters, &record);
            bool good = item != NULL && fseek(file, (long)(size * sizeof(float)), SEEK_CUR) == 0 &&
                        fread(item->value, sizeof(float), size, file) == size;
            if (good) {
                memcpy(item->average, item->value, size * sizeof(float));
                taken++;
            }
            long rest = (long)(size * sizeof(float)) * (item == NULL ? 4 : 2);
            if (fseek(file, rest, SEEK_CUR) != 0)
                break;
        }
    fclose(file);
    return taken;
}
