/* Reads the lines of files and of standard input. */
#include "lines.h"

#include <errno.h>
#include <inttypes.h>

struct reading {
    const struct settings *settings;
    line_receiver *receive;
    void *context;
    bool *refused;
};

static void refuse(struct reading *reading, const char *name, uint64_t number, const char *why)
{
    annals_error error = {.line = number, .byte = -1};
    snprintf(error.file, sizeof error.file, "%s", name);
    snprintf(error.sentence, sizeof error.sentence, "%s", why);
    print_error(reading->settings, &error);
    *reading->refused = true;
}

static bool read_stream(struct reading *reading, const char *name, FILE *stream)
{
    char *text = NULL;
    size_t capacity = 0;
    struct line line = {.name = name};
    bool going = true;
    ssize_t length;
    errno = 0;
    while (going && (length = getline(&text, &capacity, stream)) >= 0) {
        line.number++;
        line.text = text;
        line.length = (size_t)length;
        going = reading->receive(reading->context, &line);
        line.offset += line.length;
        errno = 0;
    }
    /* What was read is good; that it is not all must be said. Memory, too, may end a line. */
    if (going && (ferror(stream) || errno == ENOMEM))
        refuse(reading, name, 0, errno != 0 ? strerror(errno) : "cannot be read to its end");
    free(text);
    line.text = NULL;
    line.length = 0;
    return going && reading->receive(reading->context, &line);
}

static bool read_file(struct reading *reading, const char *path)
{
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) {
        refuse(reading, path, 0, strerror(errno));
        return true;
    }
    bool going = read_stream(reading, path, stream);
    fclose(stream);
    return going;
}

static bool read_all(struct reading *reading, int count, char **paths)
{
    bool going = true;
    if (count == 0)
        going = read_stream(reading, "standard input", stdin);
    for (int i = 0; i < count && going; i++)
        going = strcmp(paths[i], "-") == 0 ? read_stream(reading, "standard input", stdin)
                                           : read_file(reading, paths[i]);
    return going;
}

bool lines_read(const struct settings *settings, int count, char **paths, line_receiver *receive,
                void *context, bool *refused)
{
    struct reading reading = {
        .settings = settings, .receive = receive, .context = context, .refused = refused};
    return read_all(&reading, count, paths);
}

/* ------------------------------------------------------------------ JSON lines */

struct json_reading {
    struct reading reading;
    line_receiver *receive;
    void *context;
    uint64_t foreign; /* lines of this file that cannot hold an object */
};

static void end_json(struct json_reading *json, const char *name)
{
    char why[80];
    if (json->foreign > 1) {
        snprintf(why, sizeof why, "%" PRIu64 " more line%s not JSON", json->foreign - 1,
                 json->foreign == 2 ? " is" : "s are");
        refuse(&json->reading, name, 0, why);
    }
    json->foreign = 0;
}

/* A line_receiver. */
static bool receive_json(void *context, const struct line *line)
{
    struct json_reading *json = context;
    if (line->text == NULL) {
        end_json(json, line->name);
        return true;
    }
    size_t blank = strspn(line->text, " \t\r\n");
    if (blank == line->length)
        return true;
    /* A list is JSON at least: what is wrong with it is said where JSON is read. */
    if (line->text[blank] == '{' || line->text[blank] == '[')
        return json->receive(json->context, line);
    if (json->foreign++ == 0)
        refuse(&json->reading, line->name, line->number,
               "not JSON: a report is an object on one line; `annals read` takes other formats");
    return true;
}

bool lines_read_json(const struct settings *settings, int count, char **paths,
                     line_receiver *receive, void *context, bool *refused)
{
    struct json_reading json = {.reading = {.settings = settings, .refused = refused},
                                .receive = receive,
                                .context = context};
    json.reading.receive = receive_json;
    json.reading.context = &json;
    return read_all(&json.reading, count, paths);
}
