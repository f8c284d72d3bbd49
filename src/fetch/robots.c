/* robots.txt: what a site lets a program like ours fetch.
 *
 * By RFC 9309: the groups for our name, else those for "*", joined; of the rules that match, the
 * one with the longest pattern decides, and of equals the one that allows; "*" stands for anything,
 * "$" ends the path. `crawl-delay` is no part of the standard but widely written, so it is kept to
 * as far as a minute. Only the first 500 KiB count. The file is read anew for each question: it is
 * short, and what is not kept cannot be kept wrongly. Leaves out: sitemaps that it names,
 * percent-encoding in patterns. */
#include "fetch/robots.h"

#include <string.h>
#include <strings.h>

enum { ROBOTS_LIMIT = 500 << 10, LONGEST_DELAY = 60000 };

/* One line: `key: value`, without comment. */
struct line {
    const char *key, *value;
    size_t key_length, value_length;
};

static void trim(const char **start, size_t *length)
{
    while (*length > 0 && (unsigned char)**start <= ' ') {
        (*start)++;
        (*length)--;
    }
    while (*length > 0 && (unsigned char)(*start)[*length - 1] <= ' ')
        (*length)--;
}

/* The next line with a colon; false at the end. */
static bool next_line(const char **at, const char *end, struct line *line)
{
    while (*at < end) {
        const char *start = *at;
        size_t length = 0, room = (size_t)(end - start);
        while (length < room && start[length] != '\n' && start[length] != '\r')
            length++;
        *at = start + length + (length < room);
        const char *comment = memchr(start, '#', length);
        length = comment != NULL ? (size_t)(comment - start) : length;
        const char *colon = memchr(start, ':', length);
        if (colon == NULL)
            continue;
        *line = (struct line){start, colon + 1, (size_t)(colon - start),
                              length - (size_t)(colon - start) - 1};
        trim(&line->key, &line->key_length);
        trim(&line->value, &line->value_length);
        return true;
    }
    return false;
}

static bool is_key(const struct line *line, const char *key)
{
    return line->key_length == strlen(key) && strncasecmp(line->key, key, line->key_length) == 0;
}

/* Whether the pattern matches the beginning of the path. Greedy with one place to come back to, so
 * that no pattern takes more than its length times the path's. */
static bool matches(const char *pattern, size_t length, const char *path)
{
    size_t at = 0, star = SIZE_MAX;
    const char *back = path;
    for (;;) {
        if (at == length)
            return true;
        if (pattern[at] == '*') {
            star = at++;
            back = path;
            continue;
        }
        if (pattern[at] == '$' && at + 1 == length && *path == '\0')
            return true;
        if (*path != '\0' && pattern[at] == *path) {
            at++;
            path++;
            continue;
        }
        if (star == SIZE_MAX || *back == '\0')
            return false;
        path = ++back;
        at = star + 1;
    }
}

/* Of a number of seconds such as "10" or "0.5"; 0 where it is none. */
static uint32_t milliseconds(const char *text, size_t length)
{
    uint32_t sum = 0, unit = 1000;
    bool fraction = false;
    for (size_t i = 0; i < length && sum < LONGEST_DELAY && unit > 0; i++) {
        if (text[i] == '.' && !fraction) {
            fraction = true;
        } else if (text[i] < '0' || text[i] > '9') {
            return 0;
        } else if (fraction) {
            unit /= 10;
            sum += (uint32_t)(text[i] - '0') * unit;
        } else {
            sum = sum * 10 + (uint32_t)(text[i] - '0') * 1000;
        }
    }
    return sum < LONGEST_DELAY ? sum : LONGEST_DELAY;
}

/* What the groups for one name say together. */
struct verdict {
    bool found; /* there is a group */
    bool allowed;
    size_t longest; /* of the patterns that match; 0: none did */
    uint32_t delay;
};

static bool is_for(const struct line *line, const char *name)
{
    size_t length = strlen(name);
    if (name[0] == '*')
        return line->value_length == 1 && line->value[0] == '*';
    return line->value_length >= length && strncasecmp(line->value, name, length) == 0 &&
           (line->value_length == length || strchr("/ \t", line->value[length]) != NULL);
}

static struct verdict judge(const char *bytes, size_t length, const char *name, const char *path)
{
    struct verdict verdict = {.allowed = true};
    struct line line;
    const char *at = bytes, *end = bytes + length;
    bool ours = false, naming = false; /* inside a group of ours; still among its names */
    while (next_line(&at, end, &line)) {
        if (is_key(&line, "user-agent")) {
            ours = (naming && ours) || is_for(&line, name);
            verdict.found = verdict.found || ours;
            naming = true;
            continue;
        }
        bool allow = is_key(&line, "allow"), disallow = is_key(&line, "disallow");
        bool delay = is_key(&line, "crawl-delay");
        if (allow || disallow || delay)
            naming = false;
        if (!ours || line.value_length == 0)
            continue;
        if (delay)
            verdict.delay = milliseconds(line.value, line.value_length);
        if ((allow || disallow) && matches(line.value, line.value_length, path) &&
            (line.value_length > verdict.longest ||
             (line.value_length == verdict.longest && allow))) {
            verdict.longest = line.value_length;
            verdict.allowed = allow;
        }
    }
    return verdict;
}

bool robots_allow(const char *bytes, size_t length, const char *name, const char *path,
                  uint32_t *delay)
{
    length = length < ROBOTS_LIMIT ? length : ROBOTS_LIMIT;
    if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        bytes += 3;
        length -= 3;
    }
    struct verdict verdict = judge(bytes, length, name, path);
    if (!verdict.found)
        verdict = judge(bytes, length, "*", path);
    if (delay != NULL)
        *delay = verdict.delay;
    return verdict.allowed || strncmp(path, "/robots.txt", 12) == 0;
}
