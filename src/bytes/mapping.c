/* A file mapped read-only into memory (POSIX mmap). */
#include "bytes/mapping.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static annals_status fail(const char *path, annals_status status, const char *why,
                          annals_error *error)
{
    error_set(error, status, "%s", why);
    error_at(error, path, 0, 0, -1);
    return status;
}

annals_status mapping_open(struct mapping *mapping, const char *path, annals_error *error)
{
    *mapping = (struct mapping){0};
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return fail(path, errno == ENOENT ? ANNALS_NOT_FOUND : ANNALS_CANNOT_READ, strerror(errno),
                    error);
    struct stat facts;
    annals_status status = ANNALS_OK;
    void *bytes = MAP_FAILED;
    if (fstat(file, &facts) != 0)
        status = fail(path, ANNALS_CANNOT_READ, strerror(errno), error);
    else if (!S_ISREG(facts.st_mode))
        status = fail(path, ANNALS_CANNOT_READ, "is not a plain file", error);
    else if (facts.st_size == 0)
        status = fail(path, ANNALS_EMPTY, "the file is empty", error);
    else
        bytes = mmap(NULL, (size_t)facts.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    if (status == ANNALS_OK && bytes == MAP_FAILED)
        status = fail(path, ANNALS_CANNOT_READ, strerror(errno), error);
    close(file);
    if (status != ANNALS_OK)
        return status;
    mapping->bytes = bytes;
    mapping->length = (size_t)facts.st_size;
    return ANNALS_OK;
}

void mapping_close(struct mapping *mapping)
{
    if (mapping->bytes != NULL)
        munmap((void *)mapping->bytes, mapping->length);
    *mapping = (struct mapping){0};
}
