/* The files that paths on the command line stand for. */
#include "inputs.h"

#include "annals.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void refuse(struct inputs *inputs, const char *path, const char *why)
{
    char shown[1024];
    fprintf(stderr, "annals: %s: %s\n", annals_log_text(path, shown, sizeof shown), why);
    inputs->refused++;
}

static bool add_file(struct inputs *inputs, const char *path, uint64_t size)
{
    if (inputs->count == inputs->capacity) {
        size_t capacity = inputs->capacity == 0 ? 64 : inputs->capacity * 2;
        struct input *items = realloc(inputs->items, capacity * sizeof *items);
        if (items == NULL)
            return false;
        inputs->items = items;
        inputs->capacity = capacity;
    }
    char *copy = strdup(path);
    if (copy == NULL)
        return false;
    inputs->items[inputs->count++] = (struct input){copy, size};
    inputs->size += size;
    return true;
}

static int by_bytes(const struct dirent **left, const struct dirent **right)
{
    return strcmp((*left)->d_name, (*right)->d_name);
}

static bool add_folder(struct inputs *inputs, const char *path)
{
    struct dirent **entries = NULL;
    size_t before = inputs->count;
    unsigned refused = inputs->refused;
    int count = scandir(path, &entries, NULL, by_bytes);
    if (count < 0) {
        refuse(inputs, path, strerror(errno));
        return true;
    }
    bool good = true;
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        size_t size = strlen(path) + strlen(name) + 2;
        char *inner = good && name[0] != '.' ? malloc(size) : NULL;
        if (inner != NULL) {
            bool slash = path[strlen(path) - 1] == '/';
            snprintf(inner, size, "%s%s%s", path, slash ? "" : "/", name);
            good = inputs_add(inputs, inner, true);
        } else if (name[0] != '.') {
            good = false;
        }
        free(inner);
        free(entries[i]);
    }
    free(entries);
    if (good && inputs->count == before && inputs->refused == refused)
        refuse(inputs, path, "the folder holds no file to read");
    return good;
}

bool inputs_add(struct inputs *inputs, const char *path, bool inside_folder)
{
    struct stat facts, link;
    if (strcmp(path, "-") == 0 && !inside_folder)
        return add_file(inputs, path, 0);
    if (stat(path, &facts) != 0) {
        refuse(inputs, path, strerror(errno));
        return true;
    }
    if (S_ISDIR(facts.st_mode)) {
        if (inside_folder && lstat(path, &link) == 0 && S_ISLNK(link.st_mode))
            return true; /* it may lead in circles */
        return add_folder(inputs, path);
    }
    if (!S_ISREG(facts.st_mode)) {
        refuse(inputs, path, "is neither a file nor a folder");
        return true;
    }
    return add_file(inputs, path, (uint64_t)facts.st_size);
}

void inputs_free(struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++)
        free(inputs->items[i].path);
    free(inputs->items);
}
