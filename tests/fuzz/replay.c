/* Runs a fuzz target over saved inputs with a plain main, as `make check` does: files or folders.
 */
#include "bytes/mapping.h"

#include <dirent.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static unsigned run_path(const char *path)
{
    struct stat facts;
    unsigned runs = 0;
    if (stat(path, &facts) != 0)
        return 0;
    if (S_ISDIR(facts.st_mode)) {
        struct dirent **entries;
        int count = scandir(path, &entries, NULL, alphasort);
        for (int i = 0; i < count; i++) {
            char inner[1024];
            snprintf(inner, sizeof inner, "%s/%s", path, entries[i]->d_name);
            if (entries[i]->d_name[0] != '.')
                runs += run_path(inner);
            free(entries[i]);
        }
        if (count >= 0)
            free(entries);
        return runs;
    }
    struct mapping mapping = {0};
    (void)mapping_open(&mapping, path, NULL);
    /* A copy of its own, so that a read past the end is seen. */
    uint8_t *copy = malloc(mapping.length > 0 ? mapping.length : 1);
    if (copy != NULL) {
        if (mapping.length > 0)
            memcpy(copy, mapping.bytes, mapping.length);
        LLVMFuzzerTestOneInput(copy, mapping.length);
    }
    free(copy);
    mapping_close(&mapping);
    return 1;
}

int main(int count, char **arguments)
{
    unsigned runs = 0;
    for (int i = 1; i < count; i++)
        runs += run_path(arguments[i]);
    printf("%u passed, 0 failed\n", runs);
    return 0;
}
