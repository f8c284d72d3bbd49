/* Reads actor and agent files of TABARI, PETRARCH2 and UniversalPetrarch.
 * Method: line by line, after the manuals of TABARI 0.8 and PETRARCH2. */
#include "dictionary/coder_files.h"

#include "bytes/calendar.h"
#include "bytes/mapping.h"
#include "bytes/utf8.h"

#include <ctype.h>
#include <stdlib.h>

enum { PHRASES_MAXIMUM = 4096, CODES_MAXIMUM = 64, SET_MAXIMUM = 64 };

struct word_set {
    const char *name, *words; /* "!PERSON!", "MAN, MEN" */
};

struct reading {
    struct coder_file *file;
    struct arena *arena;
    annals_error *error;
    uint32_t line;
    struct word_set sets[SET_MAXIMUM];
    uint32_t set_count;
    const char *phrases[PHRASES_MAXIMUM]; /* of the entry at hand */
    uint32_t phrase_count;
    struct coder_code codes[CODES_MAXIMUM];
    uint32_t code_count;
    uint32_t entry_line;
    bool prefix;
    coder_report report; /* NULL: the first fault ends the reading */
    void *context;
};

static annals_status fail(struct reading *reading, const char *sentence)
{
    if (reading->report != NULL) {
        reading->report(reading->context, reading->line, sentence, "");
        return ANNALS_OK;
    }
    error_set(reading->error, ANNALS_MALFORMED, "%s", sentence);
    error_at(reading->error, reading->file->path, reading->line, 0, -1);
    return ANNALS_MALFORMED;
}

/* ------------------------------------------------------------------ phrases, dates, codes */

/* Underscores to blanks, without what stands around; NULL where nothing is left. */
static const char *clean_phrase(struct arena *arena, const char *text, size_t length)
{
    char *copy = arena_copy(arena, text, length);
    if (copy == NULL)
        return NULL;
    char *to = copy;
    for (char *at = copy; *at != '\0'; at++) {
        char byte = *at == '_' || *at == '=' || *at == '\t' ? ' ' : *at;
        if (byte != ' ' || (to > copy && to[-1] != ' '))
            *to++ = byte;
    }
    while (to > copy && to[-1] == ' ')
        to--;
    *to = '\0';
    return copy[0] == '\0' ? NULL : copy;
}

/* YYMMDD or YYYYMMDD; two-digit years from 30 on are of the twentieth century. */
static int32_t read_date(const char *text, size_t length, bool *odd)
{
    char digits[9] = "";
    if (length != 6 && length != 8)
        return DAY_UNKNOWN;
    for (size_t i = 0; i < length; i++)
        if (!isdigit((unsigned char)text[i]))
            return DAY_UNKNOWN;
    memcpy(digits, text, length);
    long number = strtol(digits, NULL, 10);
    int32_t year = (int32_t)(number / 10000);
    uint32_t month = (uint32_t)(number / 100 % 100), day = (uint32_t)(number % 100);
    if (length == 6)
        year += year >= 30 ? 1900 : 2000;
    /* Dictionaries write 00 and 99 for "any day of". */
    *odd |= (month > 12 && month != 99) || (day > 31 && day != 99);
    month = month == 0 ? 1 : month > 12 ? 12 : month;
    uint32_t last = calendar_days_in_month(year, month);
    *odd |= day > last && day <= 31;
    day = day == 0 ? 1 : day > last ? last : day;
    return calendar_day(year, month, day);
}

static bool read_limits(struct coder_code *code, const char *text, size_t length)
{
    const char *dash = memchr(text, '-', length);
    code->dated = true;
    if (text[0] == '<' || text[0] == '>') {
        int32_t day = read_date(text + 1, length - 1, &code->odd);
        if (text[0] == '<')
            code->to = day;
        else
            code->from = day;
        return day != DAY_UNKNOWN;
    }
    if (dash == NULL)
        return false;
    code->from = read_date(text, (size_t)(dash - text), &code->odd);
    code->to = read_date(dash + 1, length - (size_t)(dash - text) - 1, &code->odd);
    return code->from != DAY_UNKNOWN && code->to != DAY_UNKNOWN;
}

/* What stands between "[" and "]". */
static annals_status add_code(struct reading *reading, const char *text, size_t length)
{
    while (length > 0 && (text[0] == ' ' || text[0] == '\t')) {
        text++;
        length--;
    }
    size_t word = 0;
    while (word < length && text[word] != ' ' && text[word] != '\t')
        word++;
    struct coder_code code = {.from = INT32_MIN, .to = INT32_MAX, .line = reading->line};
    const char *limits = text + word;
    size_t rest = length - word;
    while (rest > 0 && (*limits == ' ' || *limits == '\t')) {
        limits++;
        rest--;
    }
    while (rest > 0 && (limits[rest - 1] == ' ' || limits[rest - 1] == '\t'))
        rest--;
    if (word == 0)
        return fail(reading, "a code is empty");
    if (rest > 0 && !read_limits(&code, limits, rest))
        return fail(reading, "a date is none: YYMMDD or YYYYMMDD after <, > or with a dash");
    if (text[0] == '~') {
        text++;
        word--;
    } else if (text[word - 1] == '~') {
        word--;
        reading->prefix = true;
    }
    const char *slash = memchr(text, '/', word);
    if (slash != NULL)
        word = (size_t)(slash - text);
    code.code = arena_copy(reading->arena, text, word);
    if (code.code == NULL)
        return error_set(reading->error, ANNALS_NO_MEMORY, "out of memory");
    if (reading->code_count == CODES_MAXIMUM)
        return fail(reading, "more than 64 codes of one entry");
    reading->codes[reading->code_count++] = code;
    return ANNALS_OK;
}

static annals_status add_codes(struct reading *reading, const char *text)
{
    annals_status status = ANNALS_OK;
    for (const char *open = strchr(text, '['); open != NULL && status == ANNALS_OK;) {
        const char *close = strchr(open, ']');
        const char *next = strchr(open + 1, '[');
        if (close == NULL || (next != NULL && next < close))
            return fail(reading, "a code has no closing bracket");
        status = add_code(reading, open + 1, (size_t)(close - open - 1));
        open = strchr(close, '[');
    }
    return status;
}

static void add_phrase(struct reading *reading, const char *text, size_t length)
{
    if (reading->phrase_count == PHRASES_MAXIMUM)
        return;
    const char *phrase = clean_phrase(reading->arena, text, length);
    if (phrase != NULL)
        reading->phrases[reading->phrase_count++] = phrase;
}

/* A phrase with every word of the set that it holds in turn: "CHAIR!PERSON!". */
static void add_with_sets(struct reading *reading, const char *text, size_t length)
{
    const char *mark = memchr(text, '!', length);
    const char *end =
        mark == NULL ? NULL : memchr(mark + 1, '!', length - (size_t)(mark + 1 - text));
    if (end == NULL) {
        add_phrase(reading, text, length);
        return;
    }
    bool known = false;
    for (uint32_t i = 0; i < reading->set_count; i++) {
        const struct word_set *set = &reading->sets[i];
        if (strlen(set->name) != (size_t)(end + 1 - mark) ||
            memcmp(set->name, mark, (size_t)(end + 1 - mark)) != 0)
            continue;
        known = true;
        for (const char *word = set->words;
             *word != '\0' && reading->phrase_count < PHRASES_MAXIMUM;) {
            word += strspn(word, " \t");
            size_t size = strcspn(word, ",");
            const char *made =
                arena_print(reading->arena, "%.*s%.*s%.*s", (int)(mark - text), text, (int)size,
                            word, (int)(length - (size_t)(end + 1 - text)), end + 1);
            if (made != NULL)
                add_phrase(reading, made, strlen(made));
            word += size + (word[size] == ',');
        }
    }
    if (!known && reading->report != NULL)
        reading->report(reading->context, reading->line, "no such set of words",
                        arena_copy(reading->arena, mark, (size_t)(end + 1 - mark)));
}

/* ------------------------------------------------------------------ entries */

static annals_status close_entry(struct reading *reading)
{
    if (reading->phrase_count == 0)
        return ANNALS_OK;
    struct coder_entry *entry = array_push(&reading->file->entries);
    const char **phrases = arena_new_array(reading->arena, const char *, reading->phrase_count);
    struct coder_code *codes =
        arena_new_array(reading->arena, struct coder_code, reading->code_count + 1);
    if (entry == NULL || phrases == NULL || codes == NULL)
        return error_set(reading->error, ANNALS_NO_MEMORY, "out of memory");
    memcpy(phrases, reading->phrases, reading->phrase_count * sizeof *phrases);
    memcpy(codes, reading->codes, reading->code_count * sizeof *codes);
    *entry = (struct coder_entry){.phrases = phrases,
                                  .phrase_count = reading->phrase_count,
                                  .codes = codes,
                                  .code_count = reading->code_count,
                                  .prefix = reading->prefix,
                                  .line = reading->entry_line};
    reading->phrase_count = reading->code_count = 0;
    reading->prefix = false;
    return ANNALS_OK;
}

/* Cuts a comment off; "#" and ";" inside brackets ("[###]") are none. */
static void cut_comment(char *line)
{
    int depth = 0;
    for (char *at = line; *at != '\0'; at++) {
        depth += (*at == '[') - (*at == ']');
        if (depth == 0 && (*at == '#' || *at == ';' || *at == '\r')) {
            *at = '\0';
            return;
        }
    }
}

static annals_status read_set(struct reading *reading, const char *line)
{
    const char *end = strchr(line + 1, '!'), *equals = strchr(line, '=');
    if (end == NULL || equals == NULL || equals < end)
        return fail(reading, "a set of words is \"!NAME! = WORD, WORD\"");
    if (reading->set_count == SET_MAXIMUM)
        return fail(reading, "more than 64 sets of words");
    {
        struct word_set *set = &reading->sets[reading->set_count++];
        set->name = arena_copy(reading->arena, line, (size_t)(end + 1 - line));
        set->words = arena_copy_string(reading->arena, equals + 1);
        if (set->name == NULL || set->words == NULL)
            return error_set(reading->error, ANNALS_NO_MEMORY, "out of memory");
    }
    return ANNALS_OK;
}

/* The phrase before the code, and the plural in braces; a plural is made where there is none. */
static void add_agent(struct reading *reading, const char *line)
{
    size_t length = strcspn(line, "{[");
    add_with_sets(reading, line, length);
    const char *brace = strchr(line, '{');
    uint32_t singular = reading->phrase_count;
    if (brace != NULL) {
        size_t plural = strcspn(brace + 1, "}");
        if (brace[1 + plural] == '\0' && reading->report != NULL)
            reading->report(reading->context, reading->line, "a plural has no closing brace", "");
        if (plural > 0)
            add_with_sets(reading, brace + 1, plural);
        return;
    }
    for (uint32_t i = 0; i < singular; i++) {
        const char *plural = arena_print(reading->arena, "%sS", reading->phrases[i]);
        if (plural != NULL)
            add_phrase(reading, plural, strlen(plural));
    }
}

static annals_status read_line(struct reading *reading, char *line, bool agents)
{
    cut_comment(line);
    size_t blanks = strspn(line, " \t");
    const char *text = line + blanks;
    annals_status status = ANNALS_OK;
    if (text[0] == '\0' || text[0] == '<' || text[0] == '~')
        return ANNALS_OK;
    if (text[0] == '!' && agents)
        return read_set(reading, text);
    if (text[0] == '+') {
        if (reading->phrase_count == 0)
            return fail(reading, "a synonym stands without an entry");
        add_with_sets(reading, text + 1, strcspn(text + 1, "[{"));
        return add_codes(reading, text);
    }
    if (blanks > 0 && text[0] == '[') {
        if (reading->phrase_count == 0)
            return fail(reading, "a code stands without an entry");
        return add_codes(reading, text);
    }
    status = close_entry(reading);
    reading->entry_line = reading->line;
    if (status == ANNALS_OK && agents)
        add_agent(reading, text);
    else if (status == ANNALS_OK)
        add_with_sets(reading, text, strcspn(text, "["));
    return status == ANNALS_OK ? add_codes(reading, text) : status;
}

/* The text of the file, ended by a NUL; `*reading` begins at its first line. */
static annals_status open_file(struct coder_file *file, struct arena *arena, const char *path,
                               struct reading **reading, char **text, annals_error *error)
{
    struct mapping mapping;
    annals_status status = mapping_open(&mapping, path, error);
    if (status != ANNALS_OK)
        return status;
    size_t length = mapping.length;
    *text = arena_copy(arena, (const char *)mapping.bytes, length);
    mapping_close(&mapping);
    file->path = arena_copy_string(arena, path);
    array_init(&file->entries, arena);
    *reading = arena_new(arena, struct reading);
    if (*text == NULL || file->path == NULL || *reading == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    **reading = (struct reading){.file = file, .arena = arena, .error = error};
    if (utf8_valid_length(*text, length) != length)
        return fail(*reading, "malformed UTF-8");
    return strlen(*text) == length ? ANNALS_OK : fail(*reading, "a zero byte: no text");
}

static annals_status read_lines(struct reading *reading, char *text, bool agents)
{
    annals_status status = ANNALS_OK;
    for (char *line = text, *next; line != NULL && status == ANNALS_OK; line = next) {
        next = strchr(line, '\n');
        if (next != NULL)
            *next++ = '\0';
        reading->line++;
        status = read_line(reading, line, agents);
    }
    return status == ANNALS_OK ? close_entry(reading) : status;
}

static annals_status read_file(struct coder_file *file, struct arena *arena, const char *path,
                               bool agents, annals_error *error)
{
    struct reading *reading;
    char *text;
    annals_status status = open_file(file, arena, path, &reading, &text, error);
    return status == ANNALS_OK ? read_lines(reading, text, agents) : status;
}

annals_status coder_actors_read(struct coder_file *file, struct arena *arena, const char *path,
                                annals_error *error)
{
    return read_file(file, arena, path, false, error);
}

annals_status coder_agents_read(struct coder_file *file, struct arena *arena, const char *path,
                                annals_error *error)
{
    return read_file(file, arena, path, true, error);
}

const char *coder_code_on(const struct coder_entry *entry, int32_t day)
{
    for (uint32_t i = 0; i < entry->code_count; i++) {
        const struct coder_code *code = &entry->codes[i];
        if (code->dated && day != DAY_UNKNOWN && code->from <= day && day <= code->to)
            return code->code;
    }
    for (uint32_t i = 0; i < entry->code_count; i++)
        if (!entry->codes[i].dated)
            return entry->codes[i].code;
    return NULL;
}

/* ------------------------------------------------------------------ what is wrong */

struct told_phrase {
    const char *phrase;
    uint32_t line;
};

static int by_phrase(const void *left, const void *right)
{
    const struct told_phrase *a = left, *b = right;
    int order = strcmp(a->phrase, b->phrase);
    return order != 0 ? order : (a->line > b->line) - (a->line < b->line);
}

/* Phrases of one entry may be alike, a plural and its synonym; those of two may not. */
static annals_status report_twice(const struct coder_file *file, struct arena *arena,
                                  coder_report report, void *context)
{
    size_t count = 0, at = 0;
    for (uint32_t i = 0; i < file->entries.count; i++)
        count += file->entries.items[i].phrase_count;
    struct told_phrase *told = arena_new_array(arena, struct told_phrase, count + 1);
    if (told == NULL)
        return ANNALS_NO_MEMORY;
    for (uint32_t i = 0; i < file->entries.count; i++)
        for (uint32_t j = 0; j < file->entries.items[i].phrase_count; j++)
            told[at++] = (struct told_phrase){file->entries.items[i].phrases[j],
                                              file->entries.items[i].line};
    qsort(told, count, sizeof *told, by_phrase);
    for (size_t i = 1; i < count; i++)
        if (strcmp(told[i - 1].phrase, told[i].phrase) == 0 && told[i - 1].line != told[i].line)
            report(context, told[i].line, "a phrase that stands in another entry too",
                   told[i].phrase);
    return ANNALS_OK;
}

static void report_dates(const struct coder_entry *entry, coder_report report, void *context)
{
    if (entry->code_count == 0)
        report(context, entry->line, "an entry without a code", entry->phrases[0]);
    for (uint32_t i = 0; i < entry->code_count; i++) {
        const struct coder_code *code = &entry->codes[i];
        if (code->odd)
            report(context, code->line, "a date that no calendar has", code->code);
        if (code->from > code->to)
            report(context, code->line, "a date that ends before it begins", code->code);
    }
}

annals_status coder_file_check(struct coder_file *file, struct arena *arena, const char *path,
                               coder_report report, void *context, annals_error *error)
{
    struct reading *reading;
    char *text;
    annals_status status = open_file(file, arena, path, &reading, &text, error);
    if (status != ANNALS_OK)
        return status;
    reading->report = report;
    reading->context = context;
    bool agents = strstr(text, "[~") != NULL || strstr(text, "~]") != NULL;
    status = read_lines(reading, text, agents);
    for (uint32_t i = 0; i < file->entries.count; i++)
        report_dates(&file->entries.items[i], report, context);
    return status == ANNALS_OK ? report_twice(file, arena, report, context) : status;
}
