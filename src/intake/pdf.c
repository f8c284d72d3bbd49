/* PDF files: their text, by pdftotext (poppler) as a confined child process.
 *
 * The child gets the file as a memory file on its standard input and nothing else: no other open
 * file, no environment, 256 MiB of memory and three times the size of the file (which poppler holds
 * as a whole; 1 GiB at most), 20 seconds of processor, no file that it could write, no network (a
 * seccomp filter refuses sockets), and where the kernel has Landlock no right to write or make
 * anything in any folder. A parser of PDF that is taken over can thus do little but waste its own
 * time. Leaves out: scans (there is no optical recognition), the order of columns where pdftotext
 * errs. */
#include "intake/pdf.h"

#include "bytes/buffer.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef ANNALS_PDFTOTEXT
#define ANNALS_PDFTOTEXT "/usr/bin/pdftotext"
#endif

/* Memory: 678 pages of 4 MB of text took 24 MiB, half a million objects 48, a page of 110,000
 * letters, twenty of a newspaper, 96. */
enum {
    SECONDS = 30,
    PROCESSOR_SECONDS = 20,
    MEMORY = 256 << 20,
    MEMORY_AT_MOST = 1 << 30,
    TEXT_LIMIT = 64 << 20,
    NOT_THERE = 127
};

/* ------------------------------------------------------------------ the child */

static void set_limits(size_t file_length)
{
    rlim_t memory = MEMORY_AT_MOST;
    if (file_length < (MEMORY_AT_MOST - MEMORY) / 3)
        memory = MEMORY + 3 * (rlim_t)file_length;
    const struct {
        int what;
        rlim_t most;
    } limits[] = {
        {RLIMIT_CPU, PROCESSOR_SECONDS},
        {RLIMIT_AS, memory},
        {RLIMIT_FSIZE, 0},
        {RLIMIT_NOFILE, 64},
        {RLIMIT_CORE, 0},
    };
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        struct rlimit limit = {limits[i].most, limits[i].most};
        setrlimit(limits[i].what, &limit);
    }
}

#if defined(__x86_64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

/* Sockets and tracing fail with EPERM; what comes from another architecture is ended. */
static void forbid_network(void)
{
#ifdef OWN_ARCHITECTURE
#define REFUSE(call)                                                                               \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1),                                             \
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)
    struct sock_filter rules[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OWN_ARCHITECTURE, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        REFUSE(SYS_socket),
        REFUSE(SYS_socketpair),
        REFUSE(SYS_connect),
        REFUSE(SYS_bind),
        REFUSE(SYS_ptrace),
        REFUSE(SYS_kill),
        REFUSE(SYS_process_vm_writev),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof rules / sizeof rules[0], rules};
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
#endif
}

/* Landlock (Linux 5.13): a set of rules that handles every kind of writing and allows none of it.
 */
static void forbid_writing(void)
{
    enum { CREATE_RULESET = 444, RESTRICT_SELF = 446 };
    struct {
        uint64_t handled;
    } rules = {.handled = 1 << 1 /* write to a file */ | 1 << 4 | 1 << 5 /* remove */ | 1 << 6 |
                          1 << 7 | 1 << 8 | 1 << 9 | 1 << 10 | 1 << 11 | 1 << 12 /* make */};
    long set = syscall(CREATE_RULESET, &rules, sizeof rules, 0);
    if (set < 0)
        return; /* the kernel is older, or has it switched off */
    syscall(RESTRICT_SELF, (int)set, 0);
    close((int)set);
}

_Noreturn static void run_child(int file, size_t length, int output, int trouble)
{
    static char *const arguments[] = {"pdftotext", "-q",   "-enc",       "UTF-8", "-nopgbrk",
                                      "-eol",      "unix", "/dev/stdin", "-",     NULL};
    static char *const environment[] = {"LC_ALL=C.UTF-8", NULL};
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (dup2(file, 0) < 0 || dup2(output, 1) < 0 || dup2(trouble, 2) < 0)
        _exit(NOT_THERE);
    for (int i = 3; i < 1024; i++)
        close(i);
    set_limits(length);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    forbid_writing();
    forbid_network();
    execve(ANNALS_PDFTOTEXT, arguments, environment);
    _exit(NOT_THERE);
}

/* ------------------------------------------------------------------ the parent */

static int memory_file(const char *bytes, size_t length)
{
    int file = (int)syscall(SYS_memfd_create, "report.pdf", 1u /* close on exec */);
    for (size_t done = 0; file >= 0 && done < length;) {
        ssize_t written = write(file, bytes + done, length - done);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            close(file);
            return -1;
        }
        done += (size_t)written;
    }
    if (file >= 0)
        lseek(file, 0, SEEK_SET);
    return file;
}

static int milliseconds_left(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    long long passed =
        (long long)(now.tv_sec - start->tv_sec) * 1000 + (now.tv_nsec - start->tv_nsec) / 1000000;
    return passed >= SECONDS * 1000LL ? 0 : (int)(SECONDS * 1000LL - passed);
}

/* What is there to read goes to `buffer`; false at the end. */
static bool drain(int from, struct buffer *buffer, size_t limit, bool *over)
{
    char piece[65536];
    ssize_t got = read(from, piece, sizeof piece);
    if (got < 0 && errno == EINTR)
        return true;
    if (got <= 0)
        return false;
    if (buffer->length + (size_t)got > limit)
        *over = true;
    else
        buffer_add(buffer, piece, (size_t)got);
    return true;
}

/* Reads both pipes until they end. False: out of time, or too much text. */
static bool listen_to(int output, int trouble, struct buffer *text, struct buffer *words,
                      bool *over)
{
    struct timespec start;
    struct pollfd ends[2] = {{output, POLLIN, 0}, {trouble, POLLIN, 0}};
    bool ignored = false;
    clock_gettime(CLOCK_MONOTONIC, &start);
    while (ends[0].fd >= 0 || ends[1].fd >= 0) {
        int left = milliseconds_left(&start);
        int ready = left > 0 ? poll(ends, 2, left) : 0;
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0 || *over)
            return false;
        if (ends[0].revents != 0 && !drain(output, text, TEXT_LIMIT, over))
            ends[0].fd = -1;
        if (ends[1].revents != 0 && !drain(trouble, words, 4096, &ignored))
            ends[1].fd = -1;
    }
    return !*over;
}

static annals_status judge(int status, bool whole, bool over, struct buffer *text,
                           struct buffer *words, annals_error *error)
{
    if (over)
        return error_set(error, ANNALS_TOO_LARGE, "a PDF file with more than 64 MiB of text");
    if (!whole)
        return error_set(error, ANNALS_NOT_TEXT, "a PDF file that takes longer than %d seconds",
                         SECONDS);
    if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_THERE)
        return error_set(error, ANNALS_NOT_TEXT,
                         "a PDF file, and " ANNALS_PDFTOTEXT " (poppler-utils) is not there");
    if (WIFSIGNALED(status))
        return error_set(error, ANNALS_NOT_TEXT, "a PDF file on which pdftotext dies (signal %d)",
                         WTERMSIG(status));
    if (WEXITSTATUS(status) == 3)
        return error_set(error, ANNALS_NOT_TEXT, "a PDF file that forbids copying its text");
    if (WEXITSTATUS(status) != 0) {
        int length = words->length > 0 ? (int)strcspn(words->bytes, "\n") : 0;
        return error_set(error, ANNALS_NOT_TEXT, "a PDF file that is damaged or locked%s%.*s",
                         length > 0 ? ": " : "", length > 160 ? 160 : length,
                         length > 0 ? words->bytes : "");
    }
    size_t blank = text->length > 0 ? strspn(text->bytes, " \t\n\f\r") : 0;
    if (blank == text->length)
        return error_set(error, ANNALS_EMPTY, "a PDF file without text (a scan?)");
    return text->failed ? error_set(error, ANNALS_NO_MEMORY, "out of memory") : ANNALS_OK;
}

annals_status pdf_read(struct arena *arena, const char *bytes, size_t length, const char **text,
                       annals_error *error)
{
    int output[2] = {-1, -1}, trouble[2] = {-1, -1}, file = memory_file(bytes, length);
    struct buffer found, words;
    pid_t child = -1;
    if (file >= 0 && pipe(output) == 0 && pipe(trouble) == 0)
        child = fork();
    if (child == 0)
        run_child(file, length, output[1], trouble[1]);
    const int ends[] = {file, output[1], trouble[1]};
    for (int i = 0; i < 3; i++)
        if (ends[i] >= 0)
            close(ends[i]);
    buffer_init(&found);
    buffer_init(&words);
    annals_status status =
        error_set(error, ANNALS_CANNOT_READ, "pdftotext cannot be started: %s", strerror(errno));
    if (child > 0) {
        bool over = false;
        bool whole = listen_to(output[0], trouble[0], &found, &words, &over);
        int ended = 0;
        if (!whole)
            kill(child, SIGKILL);
        while (waitpid(child, &ended, 0) < 0 && errno == EINTR)
            ;
        status = judge(ended, whole, over, &found, &words, error);
    }
    for (int i = 0; i < 2; i++) {
        int end = i == 0 ? output[0] : trouble[0];
        if (end >= 0)
            close(end);
    }
    if (status == ANNALS_OK) {
        *text = arena_copy(arena, found.bytes, found.length);
        if (*text == NULL)
            status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
        else if (error != NULL)
            *error = (annals_error){.byte = -1};
    }
    buffer_release(&found);
    buffer_release(&words);
    return status;
}
