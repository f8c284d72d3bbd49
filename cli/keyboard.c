/* Single keys from a terminal, lines from anything else (termios, POSIX.1-2017).
 *
 * Only line editing and echo are switched off, so that ^C, ^\ and ^Z are still signals. Their
 * handlers put the terminal back as it was (tcsetattr may be called there) and let the signal do
 * its work; a process that is continued takes the keys again. */
#include "keyboard.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static struct termios usual, keys;
static volatile sig_atomic_t raw, terminal;
static char rest[4096]; /* of the last line of a pipe */

static void set_raw(bool wanted)
{
    if (!terminal)
        return;
    tcsetattr(STDIN_FILENO, TCSANOW, wanted ? &keys : &usual);
    raw = wanted;
}

static void on_end(int number)
{
    set_raw(false);
    signal(number, SIG_DFL);
    raise(number);
}

static void on_stop(int number)
{
    // It is read and put back as it was; in glibc that is a place of the thread, and no more.
    // NOLINTNEXTLINE(bugprone-signal-handler,cert-sig30-c)
    int error = errno;
    bool was_raw = raw;
    sigset_t stop;
    set_raw(false);
    signal(number, SIG_DFL);
    sigemptyset(&stop);
    sigaddset(&stop, number);
    raise(number);
    sigprocmask(SIG_UNBLOCK, &stop, NULL); /* it stops here, and goes on here */
    signal(number, on_stop);
    set_raw(was_raw);
    errno = error;
}

void keyboard_begin(void)
{
    static const int ends[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    terminal =
        isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && tcgetattr(STDIN_FILENO, &usual) == 0;
    if (!terminal)
        return;
    keys = usual;
    keys.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    keys.c_cc[VMIN] = 1;
    keys.c_cc[VTIME] = 0;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        signal(ends[i], on_end);
    signal(SIGTSTP, on_stop);
    set_raw(true);
}

void keyboard_end(void)
{
    set_raw(false);
}

bool keyboard_is_terminal(void)
{
    return terminal;
}

/* What an arrow or function key sends after its escape is no key of ours. */
static void pass_over_escape(void)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    char byte;
    while (poll(&input, 1, 20) > 0 && read(STDIN_FILENO, &byte, 1) == 1)
        ;
}

static int read_key(void)
{
    unsigned char byte;
    for (;;) {
        ssize_t count = read(STDIN_FILENO, &byte, 1);
        if (count < 0 && errno == EINTR)
            continue;
        if (count != 1 || byte == 4) /* ^D */
            return 0;
        if (byte != 0x1b)
            return byte;
        pass_over_escape();
    }
}

static bool read_line(char *text, size_t size)
{
    if (fgets(text, (int)size, stdin) == NULL)
        return false;
    size_t length = strlen(text);
    if (length > 0 && text[length - 1] != '\n' && !feof(stdin))
        for (int byte = getchar(); byte != EOF && byte != '\n'; byte = getchar())
            ;
    text[strcspn(text, "\r\n")] = '\0';
    return true;
}

int keyboard_key(void)
{
    if (terminal)
        return read_key();
    do {
        if (!read_line(rest, sizeof rest))
            return 0;
    } while (rest[0] == '\0');
    return (unsigned char)rest[0];
}

bool keyboard_line(const char *prompt, char *text, size_t size)
{
    if (!terminal) {
        const char *from = rest + (rest[0] != '\0');
        from += strspn(from, " \t");
        snprintf(text, size, "%s", from);
        return true;
    }
    set_raw(false);
    fputs(prompt, stdout);
    fflush(stdout);
    bool good = read_line(text, size);
    set_raw(true);
    return good;
}
