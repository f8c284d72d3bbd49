/* Fuzz target: an actor or agent file of another coder, read and checked. What is read must be
 * whole: every entry has a phrase, no code is empty, and every reported line lies in the file. */
#include "bytes/calendar.h"
#include "dictionary/coder_files.h"

#include <assert.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

struct report {
    uint32_t lines;
};

static void report_line(void *context, uint32_t line, const char *what, const char *word)
{
    const struct report *report = context;
    (void)word;
    assert(line >= 1 && line <= report->lines && what[0] != '\0');
}

static void walk(const struct coder_file *file)
{
    for (uint32_t i = 0; i < file->entries.count; i++) {
        const struct coder_entry *entry = &file->entries.items[i];
        assert(entry->phrase_count > 0);
        for (uint32_t j = 0; j < entry->phrase_count; j++)
            assert(entry->phrases[j][0] != '\0');
        coder_code_on(entry, DAY_UNKNOWN);
        coder_code_on(entry, calendar_day(2001, 2, 3));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    char path[] = "/tmp/annals-fuzz-XXXXXX";
    int descriptor = mkstemp(path);
    if (descriptor < 0)
        return 0;
    struct report report = {.lines = 1};
    for (size_t i = 0; i < length; i++)
        report.lines += bytes[i] == '\n';
    bool written = length == 0 || write(descriptor, bytes, length) == (ssize_t)length;
    close(descriptor);
    for (int way = 0; written && way < 3; way++) {
        struct arena arena;
        struct coder_file file;
        annals_error error = {0};
        arena_init(&arena);
        annals_status status =
            way == 0   ? coder_actors_read(&file, &arena, path, &error)
            : way == 1 ? coder_agents_read(&file, &arena, path, &error)
                       : coder_file_check(&file, &arena, path, report_line, &report, &error);
        if (status == ANNALS_OK)
            walk(&file);
        else
            assert(error.sentence[0] != '\0');
        arena_release(&arena);
    }
    unlink(path);
    return 0;
}
