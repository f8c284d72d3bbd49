/* Calls of the C library that fail when they are told to: loaded before it (LD_PRELOAD) by
 * tests/scripts/faults.sh.
 *
 * FAULT is "CALL:NUMBER:WHAT[:on]": the NUMBER-th call of that kind fails, with `on` each one from
 * it on. CALL: read, write, sync, truncate, open, or any; pread and pwrite count as read and write,
 * fwrite as write. WHAT: a name of errno (EIO, ENOSPC, EINTR, ENOMEM, EMFILE), `short` (half of the
 * bytes), or `kill` (SIGKILL in place of the call). FAULT_PATH: only files whose path ends so.
 * FAULT_CLOCK: "back" or "jump": the clocks go back an hour at every call, or leap to and fro by a
 * year.
 *
 * Left out: what stdio writes when it closes or flushes (it does not call through the dynamic
 * table); memory-mapped files, where a fault is a signal. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum verdict { GOES_ON, FAILS, IS_SHORT };

static atomic_long calls;

static int reason_of(const char *what)
{
    static const struct {
        const char *name;
        int reason;
    } reasons[] = {
        {"EIO", EIO}, {"ENOSPC", ENOSPC}, {"EINTR", EINTR}, {"ENOMEM", ENOMEM}, {"EMFILE", EMFILE}};
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (strncmp(what, reasons[i].name, strlen(reasons[i].name)) == 0)
            return reasons[i].reason;
    return EIO;
}

static bool ends(const char *path)
{
    const char *wanted = getenv("FAULT_PATH");
    if (wanted == NULL)
        return true;
    size_t length = strlen(path), size = strlen(wanted);
    return length >= size && strcmp(path + length - size, wanted) == 0;
}

static bool is_of(int file)
{
    char link[64], path[4096];
    if (getenv("FAULT_PATH") == NULL)
        return file > 2;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0)
        return false;
    path[length] = '\0';
    return ends(path);
}

static enum verdict judge_call(const char *call)
{
    const char *fault = getenv("FAULT");
    size_t length = strlen(call);
    if (fault == NULL)
        return GOES_ON;
    if (strncmp(fault, "any:", 4) == 0)
        length = 3;
    else if (strncmp(fault, call, length) != 0 || fault[length] != ':')
        return GOES_ON;
    char *what;
    long wanted = strtol(fault + length + 1, &what, 10), number = atomic_fetch_add(&calls, 1) + 1;
    what++;
    if (number != wanted && !(number > wanted && strstr(what, ":on") != NULL))
        return GOES_ON;
    if (strncmp(what, "kill", 4) == 0)
        raise(SIGKILL);
    if (strncmp(what, "short", 5) == 0)
        return IS_SHORT;
    errno = reason_of(what);
    return FAILS;
}

static enum verdict judge(const char *call, int file)
{
    return is_of(file) ? judge_call(call) : GOES_ON;
}

#define REAL(type, name, ...)                                                                      \
    static type (*real)(__VA_ARGS__);                                                              \
    if (real == NULL)                                                                              \
    *(void **)&real = dlsym(RTLD_NEXT, name)

/* A call that moves bytes: fails, moves half of them, or is left alone. */
#define MOVES(name, kind, bytes, offset_type)                                                      \
    ssize_t name(int file, bytes *at, size_t count, offset_type offset);                           \
    ssize_t name(int file, bytes *at, size_t count, offset_type offset)                            \
    {                                                                                              \
        REAL(ssize_t, #name, int, bytes *, size_t, offset_type);                                   \
        enum verdict verdict = judge(kind, file);                                                  \
        if (verdict == FAILS)                                                                      \
            return -1;                                                                             \
        return real(file, at, verdict == IS_SHORT ? (count + 1) / 2 : count, offset);              \
    }
MOVES(pread, "read", void, off_t)
MOVES(pread64, "read", void, off64_t)
MOVES(pwrite, "write", const void, off_t)
MOVES(pwrite64, "write", const void, off64_t)

ssize_t read(int file, void *at, size_t count)
{
    REAL(ssize_t, "read", int, void *, size_t);
    enum verdict verdict = judge("read", file);
    return verdict == FAILS ? -1 : real(file, at, verdict == IS_SHORT ? (count + 1) / 2 : count);
}

ssize_t write(int file, const void *at, size_t count)
{
    REAL(ssize_t, "write", int, const void *, size_t);
    enum verdict verdict = judge("write", file);
    return verdict == FAILS ? -1 : real(file, at, verdict == IS_SHORT ? (count + 1) / 2 : count);
}

size_t fwrite(const void *at, size_t size, size_t count, FILE *stream)
{
    REAL(size_t, "fwrite", const void *, size_t, size_t, FILE *);
    enum verdict verdict = stream == stderr ? GOES_ON : judge("write", fileno(stream));
    return verdict == GOES_ON ? real(at, size, count, stream) : 0;
}

/* stdio marks the stream as faulty only where its own read fails: that of a folder does. */
size_t fread(void *at, size_t size, size_t count, FILE *stream)
{
    REAL(size_t, "fread", void *, size_t, size_t, FILE *);
    enum verdict verdict = judge("read", fileno(stream));
    if (verdict == IS_SHORT)
        return real(at, size, (count + 1) / 2, stream);
    if (verdict == FAILS) {
        int folder = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (folder >= 0) {
            dup2(folder, fileno(stream));
            close(folder);
        }
    }
    return real(at, size, count, stream);
}

FILE *fopen(const char *path, const char *mode)
{
    REAL(FILE *, "fopen", const char *, const char *);
    return ends(path) && judge_call("open") != GOES_ON ? NULL : real(path, mode);
}

#define SYNCS(name)                                                                                \
    int name(int file)                                                                             \
    {                                                                                              \
        REAL(int, #name, int);                                                                     \
        return judge("sync", file) == GOES_ON ? real(file) : -1;                                   \
    }
SYNCS(fsync)
SYNCS(fdatasync)

#define TRUNCATES(name, offset_type)                                                               \
    int name(int file, offset_type length);                                                        \
    int name(int file, offset_type length)                                                         \
    {                                                                                              \
        REAL(int, #name, int, offset_type);                                                        \
        return judge("truncate", file) == GOES_ON ? real(file, length) : -1;                       \
    }
TRUNCATES(ftruncate, off_t)
TRUNCATES(ftruncate64, off64_t)

#define OPENS(name)                                                                                \
    int name(const char *path, int flags, ...)                                                     \
    {                                                                                              \
        REAL(int, #name, const char *, int, ...);                                                  \
        va_list rest;                                                                              \
        va_start(rest, flags);                                                                     \
        mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;                           \
        va_end(rest);                                                                              \
        if (ends(path) && judge_call("open") != GOES_ON)                                           \
            return -1;                                                                             \
        return real(path, flags, mode);                                                            \
    }
OPENS(open)
OPENS(open64)

/* ------------------------------------------------------------------ clocks */

static long shift(void)
{
    static atomic_long asked;
    const char *how = getenv("FAULT_CLOCK");
    if (how == NULL)
        return 0;
    long number = atomic_fetch_add(&asked, 1);
    return strcmp(how, "back") == 0 ? -3600 * number : (number % 2 == 0 ? 1 : -1) * 31536000L;
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
    REAL(int, "clock_gettime", clockid_t, struct timespec *);
    int result = real(clock, now);
    now->tv_sec += shift();
    return result;
}

time_t time(time_t *now)
{
    struct timespec exact;
    clock_gettime(CLOCK_REALTIME, &exact);
    if (now != NULL)
        *now = exact.tv_sec;
    return exact.tv_sec;
}
