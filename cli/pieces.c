/* The raw reports of files: whole files, and the lines of JSON lines.
 *
 * A file is JSON lines by its name, standard input by its first byte. Nothing is looked into: what a piece
 * says is for whoever takes it. Memory: one piece. */
#include "pieces.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

static void refuse_because(const struct piece_taker *taker, const char *path, const char *why)
{
    annals_error error = {.byte = -1};
    snprintf(error.sentence, sizeof error.sentence, "%s", why);
    taker->refuse(taker->context, &error, path, 0, -1);
}

static void too_large(const struct piece_taker *taker, const char *path, uint64_t line,
                      int64_t byte)
{
    annals_error error = {.status = ANNALS_TOO_LARGE, .byte = -1};
    snprintf(error.sentence, sizeof error.sentence, "larger than %" PRIu64 " bytes, the limit for one report (--max-size sets it)",
             taker->max_size);
    taker->refuse(taker->context, &error, path, line, byte);
}

static bool has_text(const char *line, ssize_t length)
{
    return length > 0 && (ssize_t)strspn(line, " \t\r\n") < length;
}

/* ------------------------------------------------------------------ JSON lines */

/* One line at a time; what is longer than the limit is refused and passed over. */
struct lines {
    char *bytes;
    size_t length, capacity;
    uint64_t number, start, at;
    bool over;
};

/* Reads to the end of the line. False: no memory; `*more`: there may be another line. */
static bool next_line(struct lines *lines, FILE *stream, uint64_t max_size, bool *more)
{
    lines->start = lines->at;
    lines->number++;
    lines->length = 0;
    lines->over = false;
    int byte;
    while ((byte = getc_unlocked(stream)) != EOF && byte != '\n') {
        lines->at++;
        lines->over = lines->over || lines->length >= max_size;
        if (lines->length + 1 >= lines->capacity && !lines->over) {
            size_t capacity = lines->capacity == 0 ? 4096 : lines->capacity * 2;
            char *larger = realloc(lines->bytes, capacity);
            if (larger == NULL)
                return false;
            lines->bytes = larger;
            lines->capacity = capacity;
        }
        if (!lines->over)
            lines->bytes[lines->length++] = (char)byte;
    }
    lines->at++;
    *more = byte != EOF;
    if (lines->bytes != NULL)
        lines->bytes[lines->length] = '\0';
    return true;
}

/* Bytes of the mark with which the first line may begin: of UTF-8 three, of UTF-16 two. */
static size_t mark_length(const struct lines *lines)
{
    if (lines->length >= 3 && memcmp(lines->bytes, "\xef\xbb\xbf", 3) == 0)
        return 3;
    return lines->length >= 2 && (memcmp(lines->bytes, "\xff\xfe", 2) == 0 || memcmp(lines->bytes, "\xfe\xff", 2) == 0)
               ? 2
               : 0;
}

static bool walk_lines(const struct piece_taker *taker, const char *path, FILE *stream)
{
    struct lines lines = {0};
    bool going = true, more = true;
    while (going && more) {
        if (!next_line(&lines, stream, taker->max_size, &more)) {
            refuse_because(taker, path, "out of memory");
            break;
        }
        size_t mark = lines.number == 1 ? mark_length(&lines) : 0;
        if (mark == 2) {
            refuse_because(taker, path, "JSON lines in UTF-16; they are read in UTF-8 only");
            break;
        }
        const annals_parcel piece = {.path = path,
                                     .line = lines.number,
                                     .byte = (int64_t)(lines.start + mark),
                                     .bytes = mark > 0 ? lines.bytes + mark : lines.bytes,
                                     .length = lines.length - mark};
        if (lines.over)
            too_large(taker, path, lines.number, (int64_t)lines.start);
        else if (has_text(piece.bytes, (ssize_t)piece.length))
            going = taker->take(taker->context, &piece);
    }
    if (ferror(stream))
        refuse_because(taker, path, strerror(errno));
    free(lines.bytes);
    return going;
}

/* ------------------------------------------------------------------ whole files */

static bool walk_whole(const struct piece_taker *taker, const char *path, FILE *stream)
{
    size_t capacity = 1 << 16, used = 0;
    char *bytes = malloc(capacity);
    bool going = true;
    while (bytes != NULL) {
        used += fread(bytes + used, 1, capacity - used, stream);
        if (used > taker->max_size || used < capacity)
            break;
        char *larger = realloc(bytes, capacity *= 2);
        if (larger == NULL)
            free(bytes);
        bytes = larger;
    }
    const annals_parcel piece = {.path = path, .bytes = bytes, .length = used};
    if (bytes == NULL)
        refuse_because(taker, path, "out of memory");
    else if (ferror(stream))
        refuse_because(taker, path, strerror(errno));
    else if (used > taker->max_size)
        too_large(taker, path, 0, -1);
    else if (used == 0)
        refuse_because(taker, path, "is empty");
    else
        going = taker->take(taker->context, &piece);
    free(bytes);
    return going;
}

static bool ends_in(const char *path, const char *ending)
{
    size_t length = strlen(path), tail = strlen(ending);
    return length > tail && strcasecmp(path + length - tail, ending) == 0;
}

static bool is_lines(const char *path, FILE *stream)
{
    if (ends_in(path, ".jsonl") || ends_in(path, ".ndjson"))
        return true;
    if (strcmp(path, "-") != 0)
        return false;
    /* Standard input has no name to tell by: JSON lines begin with a brace. */
    int first = getc(stream);
    ungetc(first, stream);
    return first == '{';
}

static bool is_archive(FILE *stream)
{
    char head[1024];
    size_t length = fread(head, 1, sizeof head, stream);
    rewind(stream);
    return annals_is_archive(head, length);
}

static bool walk_stream(const struct piece_taker *taker, const char *path, FILE *stream)
{
    return is_lines(path, stream) ? walk_lines(taker, path, stream)
                                  : walk_whole(taker, path, stream);
}

/* A plain file, also where a pipe has taken its place since it was listed: nobody waits for a writer. */
static FILE *open_file(const char *path)
{
    struct stat facts;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file >= 0 && (fstat(file, &facts) != 0 || !S_ISREG(facts.st_mode))) {
        close(file);
        file = -1;
        errno = ENXIO;
    }
    return file >= 0 ? fdopen(file, "rb") : NULL;
}

bool pieces_walk(const struct piece_taker *taker, const struct input *input)
{
    if (strcmp(input->path, "-") == 0)
        return walk_stream(taker, input->path, stdin);
    FILE *stream = open_file(input->path);
    if (stream == NULL) {
        refuse_because(taker, input->path, errno == ENXIO ? "is neither a file nor a folder" : strerror(errno));
        return true;
    }
    bool going = true;
    if (is_archive(stream))
        going = taker->archive(taker->context, input->path, input->size);
    else if (input->size > taker->max_size && !is_lines(input->path, stream))
        too_large(taker, input->path, 0, -1);
    else if (input->size == 0 && is_lines(input->path, stream))
        refuse_because(taker, input->path, "is empty");
    else
        going = walk_stream(taker, input->path, stream);
    fclose(stream);
    return going;
}
