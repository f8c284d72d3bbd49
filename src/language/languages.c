/* The stage "language": whether the report is in English, and if not, in which language.
 *
 * Method: first the script that most letters are of, then, among the languages of that script, the one whose
 * articles, pronouns, prepositions and auxiliaries (dictionaries/world/languages.tsv) make up the most of
 * the words; such words are a third to a half of running text in any language that has them (Zipf), and few
 * are shared. A report counts as English unless much speaks against it: what is coded by mistake can be seen
 * and dropped, what is left out by mistake is never seen. So text of less than 20 words is English unless
 * its script is another, and longer text unless another language has an eighth of the words and more than
 * twice as many as English. What the report says of its own language decides only between languages that
 * are nearly equal, and where no list fits.
 * Leaves out: reports of two languages (English wins where it is a third of the words or more), languages
 * within quotations. */
#include "bytes/hash.h"
#include "bytes/utf8.h"
#include "dictionary/table.h"
#include "document/stage.h"
#include "language/scripts.h"

enum {
    LANGUAGES = 128,  /* that the table may list */
    SLOTS = 1 << 13,  /* of the table of words */
    WORD_BYTES = 64,  /* longer ones are no such words */
    FEW_WORDS = 20,   /* too few to tell by */
    WORDS_READ = 5000 /* the rest would say the same */
};

struct language {
    const char *id;
    enum script script;
};

/* A word of one language; a word of several stands once for each. */
struct slot {
    uint64_t hash; /* 0: free */
    uint32_t language;
};

struct languages {
    struct language list[LANGUAGES];
    uint32_t count, english;
    struct slot *slots; /* [SLOTS] open addressing */
    uint32_t word_count;
};

/* What was counted in a report. */
struct census {
    uint32_t letters[SCRIPT_COUNT], all_letters;
    uint32_t words, hits[LANGUAGES];
};

/* ------------------------------------------------------------------ the table */

static void add_word(struct languages *languages, const char *word, size_t length,
                     uint32_t language)
{
    char folded[WORD_BYTES * 3];
    if (length > WORD_BYTES || languages->word_count > SLOTS / 2)
        return;
    uint64_t hash = hash_bytes(folded, utf8_fold(word, length, folded));
    for (uint32_t i = (uint32_t)hash % SLOTS;; i = (i + 1) % SLOTS) {
        struct slot *slot = &languages->slots[i];
        if (slot->hash == hash && slot->language == language)
            return; /* the same but for accents */
        if (slot->hash == 0) {
            *slot = (struct slot){hash, language};
            languages->word_count++;
            return;
        }
    }
}

static annals_status read_row(struct languages *languages, const struct table *table, uint32_t row,
                              annals_error *error)
{
    static const char *const names[] = {
#define ROW(name, text) text,
        SCRIPT_TABLE(ROW)
#undef ROW
    };
    const char *script = table_cell(table, row, "script"), *at = table_cell(table, row, "words");
    const char *word;
    size_t length;
    uint32_t index = languages->count, found = 0;
    while (found < SCRIPT_COUNT && strcmp(names[found], script) != 0)
        found++;
    if (found == SCRIPT_COUNT)
        return table_fail(table, row, error, "the script \"%s\" is not known", script);
    if (index == LANGUAGES)
        return table_fail(table, row, error, "more than %d languages", LANGUAGES);
    languages->list[index] =
        (struct language){table_cell(table, row, "id"), (enum script)found};
    languages->count++;
    if (strcmp(languages->list[index].id, "en") == 0)
        languages->english = index;
    while (table_next_item(&at, &word, &length))
        add_word(languages, word, length, index);
    return ANNALS_OK;
}

static annals_status languages_open(const struct stage_setting *setting, void **state,
                                    annals_error *error)
{
    static const char *const columns[] = {"id", "script", "words", NULL};
    struct table table;
    struct languages *languages = arena_new(setting->arena, struct languages);
    const char *path = stage_path(setting, "dictionaries", "world/languages.tsv");
    if (languages != NULL)
        languages->slots = arena_new_array(setting->arena, struct slot, SLOTS);
    if (languages == NULL || languages->slots == NULL || path == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    languages->english = LANGUAGES;
    annals_status status = table_read_columns(&table, setting->arena, path, columns, error);
    for (uint32_t i = 0; status == ANNALS_OK && i < table.row_count; i++)
        status = read_row(languages, &table, i, error);
    if (status == ANNALS_OK && languages->english == LANGUAGES)
        status = table_fail(&table, 0, error, "there is no row for English (en)");
    if (status == ANNALS_OK)
        *state = languages;
    return status;
}

/* ------------------------------------------------------------------ counting */

static void count_word(const struct languages *languages, struct census *census, const char *word,
                       size_t length)
{
    char folded[WORD_BYTES * 3];
    census->words++;
    if (length > WORD_BYTES)
        return;
    uint64_t hash = hash_bytes(folded, utf8_fold(word, length, folded));
    for (uint32_t i = (uint32_t)hash % SLOTS; languages->slots[i].hash != 0; i = (i + 1) % SLOTS)
        if (languages->slots[i].hash == hash)
            census->hits[languages->slots[i].language]++;
}

/* A single letter is a word ("a", "y", "и") only where white space is on both sides: else it is a part of
 * "U.S.", "a.m." or "it's". */
static bool is_piece(const char *text, size_t length, size_t start, size_t end)
{
    size_t size;
    utf8_decode(text + start, length - start, &size);
    return start + size >= end && ((start > 0 && (unsigned char)text[start - 1] > ' ') ||
                                   (end < length && (unsigned char)text[end] > ' '));
}

/* Words are runs of letters and marks, whatever the script parts them by. */
static void count_block(const struct languages *languages, struct census *census, const char *text,
                        size_t length)
{
    size_t at = 0, start = 0, size;
    bool inside = false;
    while (at < length && census->words < WORDS_READ) {
        uint32_t code_point = utf8_decode(text + at, length - at, &size);
        bool letter = utf8_is_letter(code_point);
        if (letter) {
            census->letters[script_of(code_point)]++;
            census->all_letters++;
        }
        if (letter && !inside)
            start = at;
        else if (!letter && inside && !is_piece(text, length, start, at))
            count_word(languages, census, text + start, at - start);
        inside = letter;
        at += size;
    }
    if (inside && !is_piece(text, length, start, at))
        count_word(languages, census, text + start, at - start);
}

static void count_report(const struct languages *languages, struct census *census,
                         const struct document *document)
{
    for (uint32_t i = 0; i < document->blocks.count; i++) {
        const struct block *block = &document->blocks.items[i];
        if (block->kind == BLOCK_BODY || block->kind == BLOCK_HEADING || block->kind == BLOCK_TITLE)
            count_block(languages, census, document->text + block->span.start,
                        block->span.end - block->span.start);
    }
}

/* ------------------------------------------------------------------ judging */

/* The script of more than half of the letters; Latin where there is none. Kana means Japanese, whose
 * texts hold as much Han. */
static enum script main_script(const struct census *census)
{
    uint32_t east = census->letters[SCRIPT_HAN] + census->letters[SCRIPT_KANA];
    if (east * 2 > census->all_letters)
        return census->letters[SCRIPT_KANA] * 10 > east ? SCRIPT_KANA : SCRIPT_HAN;
    for (uint32_t i = 0; i < SCRIPT_COUNT; i++)
        if (i != SCRIPT_LATIN && census->letters[i] * 2 > census->all_letters)
            return (enum script)i;
    return SCRIPT_LATIN;
}

/* Whether what a report says of its language ("fr", "fr-CA", "fr_CA.UTF-8") is this one. */
static bool is_said(const char *said, const char *id)
{
    size_t length = strlen(id);
    return said != NULL && strncmp(said, id, length) == 0 &&
           (said[length] == '\0' || strchr("-_.", said[length]) != NULL);
}

/* The language of the script with the most words, English left out; the one that the report says it is in
 * where that is nearly as good. LANGUAGES where none is listed, or two are equally good. */
static uint32_t best_language(const struct languages *languages, const struct census *census,
                              enum script script, const char *said)
{
    uint32_t best = LANGUAGES, second = 0, listed = 0;
    for (uint32_t i = 0; i < languages->count; i++) {
        if (languages->list[i].script != script || i == languages->english)
            continue;
        listed++;
        if (best == LANGUAGES || census->hits[i] > census->hits[best]) {
            second = best != LANGUAGES ? census->hits[best] : 0;
            best = i;
        } else if (census->hits[i] > second) {
            second = census->hits[i];
        }
    }
    for (uint32_t i = 0; i < languages->count && best != LANGUAGES; i++)
        if (languages->list[i].script == script && i != languages->english &&
            is_said(said, languages->list[i].id) && census->hits[i] * 5 >= census->hits[best] * 4)
            return i;
    return listed > 1 && census->hits[best] == second ? LANGUAGES : best;
}

/* A copy of the primary part of what the report says. */
static const char *primary(struct arena *arena, const char *said)
{
    return arena_copy(arena, said, strcspn(said, "-_."));
}

static annals_status languages_run(const void *state, struct document *document,
                                   struct arena *scratch, annals_error *error)
{
    const struct languages *languages = state;
    struct census *census = arena_new(scratch, struct census);
    const char *said = document->report.language;
    if (census == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    count_report(languages, census, document);
    enum script script = main_script(census);
    uint32_t best = best_language(languages, census, script, said);
    uint32_t english = census->hits[languages->english];
    uint32_t hits = best != LANGUAGES ? census->hits[best] : 0;
    if (script != SCRIPT_LATIN) {
        document->foreign = true;
    } else if (census->words >= FEW_WORDS) {
        document->foreign = hits * 8 >= census->words && hits > english * 2;
        /* Of a language that is not listed: the report says so, and hardly a word is English. */
        if (!document->foreign && said != NULL && !is_said(said, "en") &&
            english * 12 < census->words) {
            document->foreign = true;
            document->report.language = primary(document->arena, said);
            return ANNALS_OK;
        }
    }
    if (document->foreign)
        document->report.language = best != LANGUAGES ? languages->list[best].id : "und";
    return ANNALS_OK;
}

const struct stage stage_language = {
    .name = "language",
    .summary = "whether it is in English; if not, in which language, and nothing more is done",
    .needs = HAS_BLOCKS | HAS_FACTS,
    .gives = HAS_LANGUAGE,
    .open = languages_open,
    .run = languages_run,
};
