/* A file mapped read-only into memory (POSIX mmap), or copied. */
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

annals_status mapping_copy(struct buffer *bytes, const char *path, uint64_t limit,
                           annals_error *error)
{
    /* Not to wait for a writer, should it be a pipe. */
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return fail(path, errno == ENOENT ? ANNALS_NOT_FOUND : ANNALS_CANNOT_READ, strerror(errno),
                    error);
    struct stat facts;
    char block[16384];
    ssize_t got = 0;
    size_t before = bytes->length;
    annals_status status = ANNALS_OK;
    if (fstat(file, &facts) != 0)
        status = fail(path, ANNALS_CANNOT_READ, strerror(errno), error);
    else if (!S_ISREG(facts.st_mode))
        status = fail(path, ANNALS_CANNOT_READ, "is not a plain file", error);
    while (status == ANNALS_OK &&
           ((got = read(file, block, sizeof block)) > 0 || (got < 0 && errno == EINTR))) {
        if (got > 0)
            buffer_add(bytes, block, (size_t)got);
        if (bytes->failed)
            status = fail(path, ANNALS_NO_MEMORY, "out of memory", error);
        else if (bytes->length - before > limit)
            status = fail(path, ANNALS_TOO_LARGE, "is larger than a report may be", error);
    }
    if (status == ANNALS_OK && got < 0)
        status = fail(path, ANNALS_CANNOT_READ, strerror(errno), error);
    else if (status == ANNALS_OK && bytes->length == before)
        status = fail(path, ANNALS_EMPTY, "the file is empty", error);
    close(file);
    return status;
}
