/* The files that paths on the command line stand for. */
#ifndef ANNALS_CLI_INPUTS_H
#define ANNALS_CLI_INPUTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct input {
    char *path;    /* "-": standard input */
    uint64_t size; /* bytes; 0 where unknown */
};

struct inputs {
    struct input *items;
    size_t count, capacity;
    uint64_t size;
    unsigned refused; /* paths named on standard error */
};

/* Adds a file, or every file below a folder in the order of their names' bytes. Hidden files and
 * linked folders inside a folder are passed over. What cannot be read is named on standard error and
 * counted. False when memory is out. */
bool inputs_add(struct inputs *inputs, const char *path, bool inside_folder);
void inputs_free(struct inputs *inputs);

#endif
