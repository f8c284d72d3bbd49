/* Numbers in figures and words.
 * Method: the usual grammar of English number words (units and tens add up, "hundred" multiplies
 * what stands before it, larger scales close a group), with the spoken year ("nineteen eighty-four")
 * beside it. Figures group by commas and end in a decimal point or a fraction of their own.
 * What is left out: Roman numerals; they are names ("Vatican II") more often than numbers. */
#include "meaning/numerals.h"

#include <math.h>
#include <stdlib.h>

static int class_of(void *context, const char *name)
{
    static const char *const names[NUMBER_CLASS_COUNT] = {"cardinal", "scale", "ordinal",
                                                          "fraction", "vague", "plural",
                                                          "bound", "unit", "currency",
                                                          "label", "age", "family"};
    (void)context;
    for (int i = 0; i < NUMBER_CLASS_COUNT; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

static bool bound_of(const char *name, double *value)
{
    static const char *const names[] = {"low", "high", "about", "exact"};
    for (uint32_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(names[i], name) == 0) {
            *value = i;
            return true;
        }
    }
    return false;
}

static annals_status read_bound(const struct table *table, uint32_t row, const char *column,
                                double *bound, annals_error *error)
{
    const char *cell = table_cell(table, row, column);
    char *end;
    *bound = *cell == '\0' ? NAN : strtod(cell, &end);
    if (*cell != '\0' && *end != '\0')
        return table_fail(table, row, error, "`%s` is not a number: %s", column, cell);
    return ANNALS_OK;
}

annals_status numbers_open(struct numbers *numbers, const struct stage_setting *setting,
                           annals_error *error)
{
    static const char *const columns[] = {"id", "class", "value", "low", "high", "words", NULL};
    const char *path = stage_path(setting, "dictionaries/en", "numbers.tsv");
    struct table *table = &numbers->table;
    annals_status status = table_read_columns(table, setting->arena, path, columns, error);
    if (status != ANNALS_OK)
        return status;
    lexicon_init(&numbers->lexicon, setting->arena);
    status = lexicon_add(&numbers->lexicon, table, class_of, bound_of, NULL, error);
    numbers->low = arena_new_array(setting->arena, double, table->row_count);
    numbers->high = arena_new_array(setting->arena, double, table->row_count);
    if (status == ANNALS_OK && (numbers->low == NULL || numbers->high == NULL))
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    for (uint32_t row = 0; status == ANNALS_OK && row < table->row_count; row++) {
        status = read_bound(table, row, "low", &numbers->low[row], error);
        if (status == ANNALS_OK)
            status = read_bound(table, row, "high", &numbers->high[row], error);
    }
    return status;
}

const struct lexicon_entry *numbers_entry(const struct numbers *numbers, const struct atom *atom,
                                          enum number_class word_class)
{
    uint32_t handle = lexicon_find(&numbers->lexicon, atom->hash);
    while (handle != PHRASE_NONE) {
        const struct lexicon_entry *entry = lexicon_entry(&numbers->lexicon, handle, &handle);
        if (entry->word_class == word_class)
            return entry;
    }
    return NULL;
}

const struct lexicon_entry *numbers_phrase(const struct numbers *numbers, const struct atom *atoms,
                                           uint32_t count, uint32_t at,
                                           enum number_class word_class, uint32_t *length)
{
    uint32_t handle =
        at >= count ? PHRASE_NONE
                    : phrases_find(&numbers->lexicon.words, &atoms[at].hash, sizeof atoms[0],
                                   count - at, length);
    while (handle != PHRASE_NONE) {
        const struct lexicon_entry *entry = lexicon_entry(&numbers->lexicon, handle, &handle);
        if (entry->word_class == word_class)
            return entry;
    }
    return NULL;
}

const char *numbers_name(const struct numbers *numbers, const struct lexicon_entry *entry)
{
    const char *id = table_cell(&numbers->table, entry->row, "id");
    const char *dot = strchr(id, '.');
    return dot == NULL ? id : dot + 1;
}

/* ------------------------------------------------------------------ figures */

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* "12", "1,234,567", "3.5"; false for "9/11", "10:30", "1.2.3" and the like. */
static bool read_figures(const struct atom *atom, double *value, bool *plain)
{
    double sum = 0, place = 1;
    uint32_t since_comma = 0;
    bool comma = false, point = false;
    for (uint32_t i = 0; i < atom->length; i++) {
        char byte = atom->folded[i];
        if (is_digit(byte)) {
            since_comma++;
            sum = point ? sum + (byte - '0') * (place /= 10) : sum * 10 + (byte - '0');
        } else if (byte == ',' && !point && i > 0 && (!comma || since_comma == 3)) {
            comma = true;
            since_comma = 0;
        } else if (byte == '.' && !point && i > 0 && i + 1 < atom->length &&
                   (!comma || since_comma == 3)) {
            point = true;
        } else {
            return false;
        }
    }
    if (comma && !point && since_comma != 3)
        return false;
    *value = sum;
    *plain = !comma && !point;
    return atom->length > 0 && atom->length < 20;
}

/* "1/2", "3/4". */
static bool read_fraction(const struct atom *atom, double *value)
{
    if (atom->length != 3 || !is_digit(atom->folded[0]) || atom->folded[1] != '/' ||
        !is_digit(atom->folded[2]) || atom->folded[2] <= atom->folded[0])
        return false;
    *value = (double)(atom->folded[0] - '0') / (atom->folded[2] - '0');
    return true;
}

/* "21st", "3rd". */
static bool read_ordinal_figures(const struct atom *atom, double *value)
{
    uint32_t digits = 0;
    double sum = 0;
    while (digits < atom->length && is_digit(atom->folded[digits]))
        sum = sum * 10 + (atom->folded[digits++] - '0');
    if (digits == 0 || digits > 6 || atom->length != digits + 2)
        return false;
    const char *end = atom->folded + digits;
    *value = sum;
    return memcmp(end, "st", 2) == 0 || memcmp(end, "nd", 2) == 0 || memcmp(end, "rd", 2) == 0 ||
           memcmp(end, "th", 2) == 0;
}

static bool is_hyphen(const struct atom *atom)
{
    return atom->length == 1 && atom->folded[0] == '-';
}

/* Scales after figures: "3.5 million", "2bn", "1.5 million-strong". */
static uint32_t read_scales(const struct numbers *numbers, const struct atom *atoms, uint32_t count,
                            uint32_t at, double *value)
{
    for (;;) {
        uint32_t word = at < count && is_hyphen(&atoms[at]) ? at + 1 : at;
        const struct lexicon_entry *scale =
            word < count ? numbers_entry(numbers, &atoms[word], NUMBER_SCALE) : NULL;
        /* A lone letter is a scale only where it touches the figures: "5m", "2k". */
        if (scale == NULL || (atoms[word].length == 1 && atoms[word].space_before))
            return at;
        *value *= scale->value;
        at = word + 1;
    }
}

static bool read_written_in_figures(const struct numbers *numbers, const struct atom *atoms,
                                    uint32_t count, uint32_t at, struct numeral *numeral)
{
    double fraction;
    *numeral = (struct numeral){.figures = true, .end = at + 1};
    if (read_ordinal_figures(&atoms[at], &numeral->value)) {
        numeral->ordinal = true;
        return true;
    }
    if (read_fraction(&atoms[at], &numeral->value))
        return true;
    if (!read_figures(&atoms[at], &numeral->value, &numeral->plain))
        return false;
    if (at + 1 < count && read_fraction(&atoms[at + 1], &fraction)) {
        numeral->value += fraction;
        numeral->plain = false;
        numeral->end++;
    }
    uint32_t end = read_scales(numbers, atoms, count, numeral->end, &numeral->value);
    numeral->plain = numeral->plain && end == numeral->end;
    numeral->end = end;
    return true;
}

/* ------------------------------------------------------------------ words */

struct words {
    const struct numbers *numbers;
    const struct atom *atoms;
    uint32_t count, at;
    double total, group; /* closed groups; the group being read */
    bool any, ordinal;
};

static bool take_cardinal(struct words *words, uint32_t at)
{
    const struct lexicon_entry *entry =
        numbers_entry(words->numbers, &words->atoms[at], NUMBER_CARDINAL);
    bool ordinal = false;
    if (entry == NULL) {
        entry = numbers_entry(words->numbers, &words->atoms[at], NUMBER_ORDINAL);
        ordinal = entry != NULL;
    }
    if (entry == NULL || entry->value >= 100)
        return false;
    /* "twenty one", "hundred forty", but not "two three". */
    double rest = fmod(words->group, 100);
    bool joins = rest == 0 || (fmod(rest, 10) == 0 && rest >= 20 && entry->value < 10 &&
                               entry->value > 0);
    if (words->any && (!joins || (words->group == 0 && words->total == 0)))
        return false;
    words->group += entry->value;
    words->any = true;
    words->ordinal = ordinal;
    words->at = at + 1;
    return true;
}

static bool take_scale(struct words *words, uint32_t at)
{
    const struct lexicon_entry *entry =
        numbers_entry(words->numbers, &words->atoms[at], NUMBER_SCALE);
    if (entry == NULL || !words->any || words->atoms[at].length == 1)
        return false;
    if (entry->value < 1000) {
        words->group *= entry->value;
    } else {
        words->total += words->group * entry->value;
        words->group = 0;
    }
    words->at = at + 1;
    return true;
}

/* The next part of the number, over a hyphen or an "and" between parts. */
static bool take_part(struct words *words)
{
    uint32_t at = words->at;
    if (words->ordinal || at >= words->count)
        return false;
    if (is_hyphen(&words->atoms[at]))
        at++;
    else if (atom_is(&words->atoms[at], "and") && words->group + words->total >= 100)
        at++;
    if (at >= words->count)
        return false;
    return take_scale(words, at) || take_cardinal(words, at);
}

/* "and a half" after a number. */
static void take_half(struct words *words)
{
    const struct atom *atom = words->atoms + words->at;
    if (words->at + 2 < words->count && atom_is(atom, "and") && atom_is(atom + 1, "a") &&
        atom_is(atom + 2, "half")) {
        words->group += 0.5;
        words->at += 3;
    }
}

/* "nineteen ninety-four", "twenty ten". */
static bool read_spoken_year(const struct words *start, struct numeral *numeral)
{
    struct words first = *start, second = *start;
    if (!take_cardinal(&first, start->at) || first.ordinal || first.group < 16 ||
        first.group > 20 || first.at >= first.count)
        return false;
    second.at = first.at;
    if (!take_cardinal(&second, first.at) || second.group < 10 || second.ordinal)
        return false;
    while (take_part(&second))
        ;
    if (second.group >= 100 || second.total > 0 || second.ordinal)
        return false;
    *numeral = (struct numeral){
        .end = second.at, .value = first.group * 100 + second.group, .year = true};
    return true;
}

static bool read_written_in_words(const struct numbers *numbers, const struct atom *atoms,
                                  uint32_t count, uint32_t at, struct numeral *numeral)
{
    struct words words = {.numbers = numbers, .atoms = atoms, .count = count, .at = at};
    if (read_spoken_year(&words, numeral))
        return true;
    *numeral = (struct numeral){0};
    bool half = atom_is(&atoms[at], "half");
    if (half)
        words.at = at + 1;
    if (words.at < count && (atom_is(&atoms[words.at], "a") || atom_is(&atoms[words.at], "an"))) {
        numeral->article = true;
        words.any = true;
        words.group = 1;
        words.at++;
        if (words.at >= count || !take_scale(&words, words.at))
            return false;
    } else if (half || !take_cardinal(&words, at)) {
        return false;
    }
    while (take_part(&words))
        ;
    take_half(&words);
    numeral->end = words.at;
    numeral->value = (words.total + words.group) * (half ? 0.5 : 1);
    numeral->ordinal = words.ordinal;
    return true;
}

bool numeral_read(const struct numbers *numbers, const struct atom *atoms, uint32_t count,
                  uint32_t at, struct numeral *numeral)
{
    if (atoms[at].digits)
        return read_written_in_figures(numbers, atoms, count, at, numeral);
    if (lexicon_find(&numbers->lexicon, atoms[at].hash) == PHRASE_NONE &&
        !atom_is(&atoms[at], "a") && !atom_is(&atoms[at], "an"))
        return false;
    return read_written_in_words(numbers, atoms, count, at, numeral);
}
