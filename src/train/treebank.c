/* Reads sentences to learn from. The plain-text reader splits words as the English Web Treebank
 * does in the common cases (clitics, punctuation); it serves only to learn what company words
 * keep, so its slips cost nothing. */
#include "train/treebank.h"

#include "bytes/hash.h"
#include "bytes/mapping.h"
#include "bytes/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_SENTENCE = 200 };

struct reader {
    struct treebank *treebank;
    struct arena *arena;
    uint32_t first;                        /* example that begins the sentence */
    bool glued_next;                       /* the coming word stands right after the last */
    unsigned long range_first, range_last; /* of a multiword token; 0 = none */
    bool range_glued_after;
};

static void reader_init(struct reader *reader, struct treebank *treebank, struct arena *arena)
{
    if (treebank->examples.arena == NULL) {
        array_init(&treebank->examples, arena);
        array_init(&treebank->sentences, arena);
    }
    *reader =
        (struct reader){.treebank = treebank, .arena = arena, .first = treebank->examples.count};
}

static struct example *add_word(struct reader *reader, const char *form, size_t length)
{
    struct example *example = array_push(&reader->treebank->examples);
    char *folded = arena_allocate(reader->arena, length * 3 + 1);
    char *copy = arena_copy(reader->arena, form, length);
    if (example == NULL || folded == NULL || copy == NULL)
        return NULL;
    folded[utf8_fold(form, length, folded)] = '\0';
    example->form = copy;
    example->folded = folded;
    example->glued = reader->glued_next;
    example->weight = 1;
    return example;
}

static bool has_dependents(const struct example *words, uint32_t count, uint32_t word)
{
    for (uint32_t i = 0; i < count; i++)
        if (words[i].head == word + 1)
            return true;
    return false;
}

/* Ends the sentence: computes every word's features. */
static void end_sentence(struct reader *reader)
{
    struct treebank *treebank = reader->treebank;
    uint32_t count = treebank->examples.count - reader->first;
    reader->glued_next = false;
    reader->range_first = reader->range_last = 0;
    if (count == 0)
        return;
    struct example *words = &treebank->examples.items[reader->first];
    struct case_count capitals = {0};
    for (uint32_t i = 0; i < count; i++)
        case_count_add(&capitals, words[i].form, strlen(words[i].form));
    enum case_regime regime = case_count_regime(&capitals);
    for (uint32_t i = 0; i < count; i++) {
        struct example *word = &words[i];
        unsigned place = (i == 0 ? PLACE_FIRST : 0) |
                         (i > 0 && word->glued ? PLACE_GLUED_BEFORE : 0) |
                         (i + 1 < count && words[i + 1].glued ? PLACE_GLUED_AFTER : 0);
        size_t length = strlen(word->form);
        word_features_find(&word->features, word->form, length, word->folded, strlen(word->folded),
                           regime, place);
        for (int other = CASE_NORMAL; other <= CASE_HEADLINE; other++)
            word->shapes[other] = word_shape(word->form, length, (enum case_regime)other);
    }
    struct example_sentence *sentence = array_push(&treebank->sentences);
    if (sentence != NULL)
        *sentence = (struct example_sentence){
            .first = reader->first,
            .count = count,
            .regime = regime,
            .may_drop_end = count > 2 && words[count - 1].upos == UPOS_PUNCT &&
                            words[count - 1].head != 0 && !has_dependents(words, count, count - 1),
        };
    reader->first = treebank->examples.count;
}

static uint32_t feature_bits(const char *features)
{
    uint32_t bits = 0;
#define ROW(name, bit, text)                                                                       \
    {                                                                                              \
        const char *found = strstr(features, text);                                                \
        size_t length = sizeof text - 1;                                                           \
        if (found != NULL && (found == features || found[-1] == '|') &&                            \
            (found[length] == '\0' || found[length] == '|'))                                       \
            bits |= WORD_##name;                                                                   \
    }
    WORD_FEATURE_TABLE(ROW)
#undef ROW
    return bits;
}

/* One line of ten columns, in memory of its own, cut at its tabs. */
static bool read_word(struct reader *reader, char *line)
{
    char *columns[10] = {0};
    size_t count = 0;
    for (char *at = line; count < 10; at++) {
        columns[count++] = at;
        at = strchr(at, '\t');
        if (at == NULL)
            break;
        *at = '\0';
    }
    if (count < 10)
        return false;
    bool glued_after = strstr(columns[9], "SpaceAfter=No") != NULL;
    char *end;
    unsigned long number = strtoul(columns[0], &end, 10);
    if (*end == '-') {
        reader->range_first = number;
        reader->range_last = strtoul(end + 1, NULL, 10);
        reader->range_glued_after = glued_after;
    }
    if (*end != '\0')
        return true;
    bool in_range = number >= reader->range_first && number <= reader->range_last;
    if (in_range && number > reader->range_first)
        reader->glued_next = true;
    struct example *word = add_word(reader, columns[1], strlen(columns[1]));
    if (word == NULL)
        return false;
    word->lemma = arena_copy_string(reader->arena, columns[2]);
    word->upos = (uint8_t)word_class_from(columns[3]);
    word->bits = feature_bits(columns[5]);
    word->head = (uint16_t)strtoul(columns[6], NULL, 10);
    word->relation = (uint8_t)relation_from(columns[7]);
    reader->glued_next =
        in_range && number == reader->range_last ? reader->range_glued_after : glued_after;
    return true;
}

annals_status treebank_read(struct treebank *treebank, const char *path, struct arena *arena,
                            annals_error *error)
{
    struct mapping file;
    annals_status status = mapping_open(&file, path, error);
    if (status != ANNALS_OK)
        return status;
    struct reader reader;
    reader_init(&reader, treebank, arena);
    treebank->hash = hash_join(treebank->hash, hash_bytes(file.bytes, file.length));
    const char *at = (const char *)file.bytes, *stop = at + file.length;
    for (uint64_t number = 1; at < stop && status == ANNALS_OK; number++) {
        const char *end = memchr(at, '\n', (size_t)(stop - at));
        size_t length = (size_t)((end != NULL ? end : stop) - at);
        char *line = arena_copy(arena, at, length);
        if (line == NULL)
            break;
        if (length == 0) {
            end_sentence(&reader);
        } else if (line[0] != '#') {
            if (!read_word(&reader, line)) {
                error_set(error, ANNALS_MALFORMED, "a CoNLL-U line has ten columns");
                status = error_at(error, path, number, 1, -1);
            }
        }
        at += length + 1;
    }
    end_sentence(&reader);
    mapping_close(&file);
    if (arena->failed)
        return error_set(error, ANNALS_NO_MEMORY, "no memory for the treebank");
    return status;
}

static bool is_mark(unsigned char byte)
{
    return strchr(",;:!?()[]{}\"`<>/*+=|~#%$&@^_\\", byte) != NULL;
}

/* Cuts a chunk between spaces into words. */
static void read_chunk(struct reader *reader, const char *chunk, size_t length)
{
    while (length > 0 &&
           (is_mark((unsigned char)chunk[0]) || chunk[0] == '\'' || chunk[0] == '.')) {
        size_t run = 1;
        while (run < length && chunk[run] == chunk[0])
            run++;
        add_word(reader, chunk, run);
        reader->glued_next = true;
        chunk += run;
        length -= run;
    }
    size_t tail = length;
    bool abbreviation = memchr(chunk, '.', length > 0 ? length - 1 : 0) != NULL;
    while (tail > 0 && (is_mark((unsigned char)chunk[tail - 1]) || chunk[tail - 1] == '\'' ||
                        (chunk[tail - 1] == '.' && !abbreviation)))
        tail--;
    size_t start = 0;
    for (size_t i = 0; i < tail; i++) {
        bool inner = i + 1 < tail;
        size_t mark = 0;
        if (chunk[i] == '-' ||
            (is_mark((unsigned char)chunk[i]) && inner && strchr(",:.", chunk[i]) == NULL))
            mark = 1;
        size_t clitic = 0;
        if (chunk[i] == '\'' && tail - i <= 3)
            clitic = tail - i;
        if (chunk[i] == 'n' && tail - i == 3 && memcmp(chunk + i, "n't", 3) == 0)
            clitic = 3;
        if ((mark > 0 || clitic > 0) && i > start) {
            add_word(reader, chunk + start, i - start);
            reader->glued_next = true;
            start = i;
        }
        if (clitic > 0)
            break;
        if (mark > 0) {
            add_word(reader, chunk + i, 1);
            reader->glued_next = true;
            start = i + 1;
        }
    }
    if (tail > start) {
        add_word(reader, chunk + start, tail - start);
        reader->glued_next = true;
    }
    for (size_t i = tail; i < length; i++) {
        add_word(reader, chunk + i, 1);
        reader->glued_next = true;
    }
}

/* After a full stop, question or exclamation mark that closes a longer word. */
static bool ends_sentence(const char *chunk, size_t length)
{
    while (length > 0 && strchr("\"')", chunk[length - 1]) != NULL)
        length--;
    if (length == 0)
        return false;
    char last = chunk[length - 1];
    return last == '?' || last == '!' ||
           (last == '.' && length > 4 && memchr(chunk, '.', length - 1) == NULL);
}

annals_status treebank_read_text(struct treebank *treebank, const char *path, struct arena *arena,
                                 annals_error *error)
{
    struct mapping file;
    annals_status status = mapping_open(&file, path, error);
    if (status != ANNALS_OK)
        return status;
    struct reader reader;
    reader_init(&reader, treebank, arena);
    treebank->hash = hash_join(treebank->hash, hash_bytes(file.bytes, file.length));
    const char *text = (const char *)file.bytes;
    for (size_t at = 0; at < file.length && !arena->failed;) {
        if (text[at] == '\n') {
            end_sentence(&reader);
            at++;
            continue;
        }
        if (text[at] == ' ' || text[at] == '\t' || text[at] == '\r') {
            at++;
            continue;
        }
        size_t end = at;
        while (end < file.length && text[end] != ' ' && text[end] != '\n' && text[end] != '\t')
            end++;
        reader.glued_next = false;
        read_chunk(&reader, text + at, end - at);
        if (ends_sentence(text + at, end - at) ||
            treebank->examples.count - reader.first > LONGEST_SENTENCE)
            end_sentence(&reader);
        at = end;
    }
    end_sentence(&reader);
    mapping_close(&file);
    return arena->failed ? error_set(error, ANNALS_NO_MEMORY, "no memory for the text") : ANNALS_OK;
}
