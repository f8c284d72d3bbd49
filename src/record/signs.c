/* Signs: short runs of words that a sentence is known by, and the walk over the record's sentences.
 *
 * A sign is a list of words, each one of several ("disputed|denied"); `...` stands for up to REACH
 * words between, none of them a comma, and `.` for the end of a clause. Case does not matter. They
 * stand in dictionaries/en (stances.tsv, doubts.tsv), which render/sign_lists.c reads. Copies of
 * another report are not walked, for they say nothing of their own. Left out: grammar; a sign is
 * its words. */
#include "record/signs.h"

#include "record/statements.h"

#include <ctype.h>

enum { REACH = 7 };

/* The word, or the comma, that begins at or after `*at`, lower case; false at the end. */
bool sign_read_word(const char **at, char word[SIGN_LETTERS], const char **start)
{
    size_t length = 0;
    while (**at != '\0' && !isalnum((unsigned char)**at) && **at != ',')
        (*at)++;
    *start = *at;
    if (**at == ',')
        word[length++] = *(*at)++;
    else
        for (; isalnum((unsigned char)**at); (*at)++)
            if (length + 1 < SIGN_LETTERS)
                word[length++] = (char)tolower((unsigned char)**at);
    word[length] = '\0';
    return length > 0;
}

bool sign_is_among(const char *word, const char *alternatives)
{
    size_t length = strlen(word);
    for (const char *at = alternatives; *at != '\0'; at += at[0] == '|') {
        size_t end = strcspn(at, "|");
        if (end == length && strncmp(at, word, end) == 0)
            return true;
        at += end;
    }
    return false;
}

/* Where the sign that begins with the word at `at` ends; NULL where it does not stand there. */
static const char *end_of(const struct sign *sign, const char *at)
{
    char word[SIGN_LETTERS];
    const char *start;
    int skipped = -1;
    for (uint32_t i = 0; i < sign->count;) {
        if (strcmp(sign->words[i], "...") == 0) {
            skipped = 0;
            i++;
        } else if (strcmp(sign->words[i], ".") == 0) {
            // Where a word was read it begins somewhere.
            // NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker)
            if (at[strspn(at, " ")] != '\0' && strchr(".,:;!?\"", at[strspn(at, " ")]) == NULL)
                return NULL;
            i++;
        } else if (!sign_read_word(&at, word, &start)) {
            return NULL;
        } else if (sign_is_among(word, sign->words[i])) {
            skipped = -1;
            i++;
        } else if (skipped < 0 || ++skipped > REACH || word[0] == ',') {
            return NULL;
        }
    }
    return at;
}

static const char *const type_names[SIGN_TYPES] = {[SIGN_YIELDS] = "yields",
                                                   [SIGN_FIGHTS] = "fights",
                                                   [SIGN_TALKS] = "talks",
                                                   [SIGN_NO_TALKS] = "no talks",
                                                   [SIGN_GAINS] = "gains",
                                                   [SIGN_RULES] = "rules",
                                                   [SIGN_NOT_RULES] = "has not won",
                                                   [SIGN_OFFICE] = "claims office",
                                                   [SIGN_FLED] = "fled",
                                                   [SIGN_RESIGNED] = "resigned",
                                                   [SIGN_WHOLE] = "the whole",
                                                   [SIGN_PART] = "a part",
                                                   [SIGN_FREED] = "freed",
                                                   [SIGN_HELD] = "held",
                                                   [SIGN_ALIVE] = "alive",
                                                   [SIGN_CIVILIANS] = "civilians",
                                                   [SIGN_INSISTS] = "insists",
                                                   [SIGN_WITHIN] = "within",
                                                   [SIGN_DOUBT] = "doubt",
                                                   [SIGN_RECOUNT] = "recount",
                                                   [SIGN_CORRECTION] = "correction",
                                                   [SIGN_DENIAL] = "denial",
                                                   [SIGN_NEGATION] = "negation",
                                                   [SIGN_PARTIAL] = "partial",
                                                   [SIGN_LONGER] = "longer",
                                                   [SIGN_ANYBODY] = "anybody",
                                                   [SIGN_FIRST] = "first",
                                                   [SIGN_STATE] = "state",
                                                   [SIGN_TRUCE] = "truce",
                                                   [SIGN_BEGINNING] = "beginning",
                                                   [SIGN_NEVER] = "never",
                                                   [SIGN_AFFIRMATION] = "affirmation",
                                                   [SIGN_INVOLVEMENT] = "involvement",
                                                   [SIGN_VAGUE] = "vague",
                                                   [SIGN_DEAD] = "dead",
                                                   [SIGN_ATTEMPT] = "attempt",
                                                   [SIGN_PLAIN_DENIAL] = "plain denial",
                                                   [SIGN_LASTING] = "lasting",
                                                   [SIGN_SOMEWHERE] = "somewhere"};

enum sign_type sign_type_named(const char *name)
{
    int type = 0;
    while (type < SIGN_TYPES && strcmp(type_names[type], name) != 0)
        type++;
    return (enum sign_type)type;
}

/* ------------------------------------------------------------------ the words they begin with */

void signs_init(struct signs *signs, struct arena *arena)
{
    *signs = (struct signs){0};
    array_init(&signs->items, arena);
    array_init(&signs->starts, arena);
}

static void link_start(struct signs *signs, uint32_t number)
{
    struct sign_start *start = &signs->starts.items[number];
    uint32_t slot = start->hash & (signs->slot_count - 1);
    start->next = signs->slots[slot];
    signs->slots[slot] = number + 1;
    signs->types[slot] |= sign_bit(signs->items.items[start->sign].type);
}

/* Most slots stay empty, so that most words of a text are told apart by one look. */
static bool grow_slots(struct signs *signs)
{
    uint32_t count = signs->slot_count == 0 ? 1024 : signs->slot_count * 4;
    uint32_t *slots = arena_new_array(signs->items.arena, uint32_t, count);
    uint64_t *types = arena_new_array(signs->items.arena, uint64_t, count);
    if (slots == NULL || types == NULL)
        return false;
    signs->slots = slots;
    signs->types = types;
    signs->slot_count = count;
    for (uint32_t i = 0; i < signs->starts.count; i++)
        link_start(signs, i);
    return true;
}

static uint32_t hash_on(uint32_t hash, char letter)
{
    return (hash ^ (unsigned char)letter) * 16777619u; /* FNV-1a */
}

static const uint32_t hash_begins = 0x811c9dc5;

static void add_start(struct signs *signs, uint32_t sign, const char *word, size_t length)
{
    uint32_t hash = hash_begins;
    for (size_t i = 0; i < length; i++)
        hash = hash_on(hash, word[i]);
    if (signs->starts.count * 4 >= signs->slot_count && !grow_slots(signs))
        return;
    struct sign_start *start = array_push(&signs->starts);
    if (start == NULL)
        return;
    *start = (struct sign_start){word, (uint32_t)length, hash, sign, 0};
    link_start(signs, signs->starts.count - 1);
}

/* The letter or digit, lower case; 0: something else. */
static inline char letter_of(char byte)
{
    unsigned char letter = (unsigned char)byte;
    if ((unsigned)(letter - 'a') < 26 || (unsigned)(letter - '0') < 10)
        return byte;
    return (unsigned)(letter - 'A') < 26 ? (char)(letter + ('a' - 'A')) : 0;
}

/* As sign_read_word, but for the letters themselves: how long the word is, and its hash, both as
 * far as words are told apart. */
static inline bool next_start(const char **at, const char **start, uint32_t *length, uint32_t *hash)
{
    const char *from = *at;
    while (*from != '\0' && letter_of(*from) == 0 && *from != ',')
        from++;
    *start = from;
    *hash = hash_begins;
    *length = 0;
    if (*from == ',') {
        *hash = hash_on(*hash, *from++);
        *length = 1;
    } else {
        for (char letter; (letter = letter_of(*from)) != 0; from++)
            if (*length + 1 < SIGN_LETTERS) {
                *hash = hash_on(*hash, letter);
                ++*length;
            }
    }
    *at = from;
    return *length > 0;
}

static bool is_start(const struct sign_start *start, const char *text, uint32_t length,
                     uint32_t hash)
{
    if (start->hash != hash || start->length != length)
        return false;
    for (uint32_t i = 0; i < length; i++)
        if (start->word[i] != (text[i] == ',' ? ',' : letter_of(text[i])))
            return false;
    return true;
}

uint64_t signs_types(const struct signs *signs, const char *text)
{
    const char *start;
    uint32_t length, hash;
    uint64_t types = 0;
    while (signs->slot_count > 0 && next_start(&text, &start, &length, &hash))
        types |= signs->types[hash & (signs->slot_count - 1)];
    return types;
}

/* ------------------------------------------------------------------ signs */

void signs_add(struct signs *signs, const char *id, enum sign_type type, bool after,
               const char *words)
{
    struct sign *sign = array_push(&signs->items);
    if (sign == NULL)
        return;
    *sign = (struct sign){.id = id, .type = type, .after = after};
    sign->words = arena_new_array(signs->items.arena, const char *, strlen(words) + 1);
    for (words += strspn(words, " "); sign->words != NULL && *words != '\0';
         words += strspn(words, " ")) {
        size_t length = strcspn(words, " ");
        sign->words[sign->count++] = arena_copy(signs->items.arena, words, length);
        words += length;
    }
    if (signs->items.arena->failed)
        sign->count = 0;
    uint32_t number = signs->items.count - 1;
    for (const char *at = sign->count > 0 ? sign->words[0] : ""; *at != '\0'; at += *at == '|') {
        size_t length = strcspn(at, "|");
        add_start(signs, number, at, length);
        at += length;
    }
}

static void keep_last_word(const char *from, const char *end, char last[SIGN_LETTERS])
{
    const char *at = from, *start;
    char word[SIGN_LETTERS];
    last[0] = '\0';
    while (at < end && sign_read_word(&at, word, &start) && start < end)
        memcpy(last, word, sizeof word);
}

/* Of several signs that begin at one word the first that reads furthest. */
static const char *longest_at(const struct signs *signs, enum sign_type from, enum sign_type to,
                              const char *word, uint32_t length, uint32_t hash,
                              const struct sign **longest)
{
    const char *best = NULL;
    uint32_t next = signs->slots[hash & (signs->slot_count - 1)];
    while (next != 0) {
        const struct sign_start *start = &signs->starts.items[next - 1];
        const struct sign *sign = &signs->items.items[start->sign];
        next = start->next;
        if (sign->type < from || sign->type >= to || !is_start(start, word, length, hash))
            continue;
        const char *end = end_of(sign, word);
        if (end == NULL || (best != NULL && (end < best || (end == best && sign > *longest))))
            continue;
        best = end;
        *longest = sign;
    }
    return best;
}

bool signs_next(const struct signs *signs, enum sign_type from, enum sign_type to,
                const char *sentence, const char **at, struct sign_found *found)
{
    const char *start = NULL, *best = NULL;
    const struct sign *sign = NULL;
    uint32_t length, hash;
    uint64_t wanted = sign_bit(to) - sign_bit(from);
    if (signs->slot_count == 0)
        return false;
    while (best == NULL && next_start(at, &start, &length, &hash))
        if ((signs->types[hash & (signs->slot_count - 1)] & wanted) != 0)
            best = longest_at(signs, from, to, start, length, hash, &sign);
    if (best == NULL)
        return false;
    *found = (struct sign_found){
        .sign = sign, .start = (uint32_t)(start - sentence), .stop = (uint32_t)(best - sentence)};
    keep_last_word(start, best, found->last);
    *at = best;
    return true;
}

bool signs_have(const struct signs *signs, enum sign_type type, const char *sentence, size_t length)
{
    const char *at = sentence;
    struct sign_found found;
    return sentence != NULL &&
           signs_next(signs, type, (enum sign_type)(type + 1), sentence, &at, &found) &&
           found.stop <= length;
}

bool signs_stand_before(const struct signs *signs, enum sign_type type, const char *sentence,
                        uint32_t at, int reach)
{
    const char *from = sentence + at;
    for (int words = 0; words < reach && from > sentence; words++) {
        while (from > sentence && !isalnum((unsigned char)from[-1]))
            from--;
        while (from > sentence && isalnum((unsigned char)from[-1]))
            from--;
    }
    return signs_have(signs, type, from, (size_t)(sentence + at - from));
}

static bool is_name(const char *sentence, const char *start, const char *word)
{
    static const char others[] =
        "monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|"
        "june|july|august|september|october|november|december|president|minister|general|prime";
    return start > sentence && isupper((unsigned char)*start) && strlen(word) > 3 &&
           !sign_is_among(word, others);
}

static bool has_small_letter(const char *sentence)
{
    while (*sentence != '\0' && !islower((unsigned char)*sentence))
        sentence++;
    return *sentence != '\0';
}

bool sentences_share_name(const char *left, const char *right)
{
    char word[SIGN_LETTERS], other[SIGN_LETTERS];
    const char *at = left, *start;
    /* In a text of capitals none is a name's. */
    if (!has_small_letter(left) || !has_small_letter(right))
        return false;
    while (sign_read_word(&at, word, &start)) {
        const char *beside = right, *from;
        while (is_name(left, start, word) && sign_read_word(&beside, other, &from))
            if (is_name(right, from, other) && strcmp(word, other) == 0)
                return true;
    }
    return false;
}

annals_status sentence_times_read(struct record *record, const struct walked *walked,
                                  struct arena *arena, struct sentence_times *times,
                                  annals_error *error)
{
    char letter;
    int64_t low = 0, high = 0;
    times->count = 0;
    if (!record_id_read(walked->report, &letter, &low, &high))
        return ANNALS_OK;
    struct store_statement *row =
        statement_ask(record,
                      "SELECT value, start, stop FROM times WHERE report = ?1 AND start >= ?2 AND "
                      "stop <= ?3 AND value IS NOT NULL ORDER BY start",
                      "iii", low, (int64_t)walked->start,
                      (int64_t)walked->start + (int64_t)strlen(walked->sentence));
    while (row != NULL && times->count < SENTENCE_TIMES && store_step(row) == STORE_ROW)
        times->items[times->count++] =
            (struct sentence_time){.value = statement_text(arena, row, 0),
                                   .start = (uint32_t)store_int64(row, 1) - walked->start,
                                   .stop = (uint32_t)store_int64(row, 2) - walked->start};
    return statement_end(record, row, error);
}
