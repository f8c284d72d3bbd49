/* Amounts: numbers and vague words with their bounds.
 * Method: a small grammar. [bound] NUMBER [bound], where NUMBER is a numeral, a vague word, a plural
 * of a scale ("dozens", "tens of thousands"), or a vague word with a scale ("several thousand"); then
 * ranges ("between 3 and 5", "3 to 5") and second thoughts ("12, possibly 15", "hundreds, if not
 * thousands"). Vague words have the bounds of dictionaries/en/numbers.tsv.
 * What is left out: sums ("three men and two women" are two amounts). */
#include "meaning/amounts.h"

#include <math.h>

struct reader {
    const struct numbers *numbers;
    const struct atom *atoms;
    uint32_t count;
};

static bool word_at(const struct reader *reader, uint32_t at, const char *word)
{
    return at < reader->count && atom_is(&reader->atoms[at], word);
}

/* ------------------------------------------------------------------ one number */

static bool is_vague_guarded(const struct reader *reader, uint32_t at, bool article)
{
    /* "A few", "a pair of", "a couple of", "a handful of" need their article or "of"; so "the couple
     * was killed" is no number. */
    static const char *const nouns[] = {"pair", "couple", "handful", "trio", "quartet", NULL};
    for (uint32_t i = 0; nouns[i] != NULL; i++)
        if (atom_is(&reader->atoms[at], nouns[i]))
            return !word_at(reader, at + 1, "of");
    return atom_is(&reader->atoms[at], "few") && !article &&
           !(at > 0 && (word_at(reader, at - 1, "these") || word_at(reader, at - 1, "those") ||
                        word_at(reader, at - 1, "the") || word_at(reader, at - 1, "last")));
}

static bool read_vague(const struct reader *reader, uint32_t at, struct amount *amount)
{
    bool article = word_at(reader, at, "a");
    uint32_t word = at + article;
    const struct lexicon_entry *entry =
        word < reader->count ? numbers_entry(reader->numbers, &reader->atoms[word], NUMBER_VAGUE)
                             : NULL;
    if (entry == NULL || is_vague_guarded(reader, word, article))
        return false;
    amount->low = reader->numbers->low[entry->row];
    amount->high = reader->numbers->high[entry->row];
    amount->vague = amount->low != amount->high;
    amount->end = word + 1;
    amount->of = word_at(reader, word + 1, "of");
    /* "Several hundred", "a few dozen". */
    const struct lexicon_entry *scale =
        word + 1 < reader->count
            ? numbers_entry(reader->numbers, &reader->atoms[word + 1], NUMBER_SCALE)
            : NULL;
    if (scale != NULL && reader->atoms[word + 1].length > 1) {
        amount->low *= scale->value;
        amount->high = scale->value >= 100 ? scale->value * 10 - 1 : amount->high * scale->value;
        amount->end = word + 2;
        amount->of = word_at(reader, word + 2, "of");
    }
    return true;
}

static bool read_plural(const struct reader *reader, uint32_t at, struct amount *amount)
{
    const struct lexicon_entry *entry =
        numbers_entry(reader->numbers, &reader->atoms[at], NUMBER_PLURAL);
    if (entry == NULL)
        return false;
    amount->low = reader->numbers->low[entry->row];
    amount->high = reader->numbers->high[entry->row];
    amount->vague = true;
    amount->end = at + 1;
    /* "Tens of thousands", "hundreds of thousands". */
    const struct lexicon_entry *scale =
        word_at(reader, at + 1, "of") && at + 2 < reader->count
            ? numbers_entry(reader->numbers, &reader->atoms[at + 2], NUMBER_PLURAL)
            : NULL;
    if (scale != NULL) {
        amount->low *= scale->value;
        amount->high = (entry->value * 10) * scale->value - 1;
        amount->end = at + 3;
    }
    amount->of = word_at(reader, amount->end, "of");
    /* "Scores" is a verb or a result unless it counts. */
    return entry->value != 20 || amount->of ||
           !atom_is(&reader->atoms[at], "scores") ||
           (at > 0 && !reader->atoms[at].capitalised && word_at(reader, at + 1, "more"));
}

/* "Two thirds", "three-fifths", "a third", "half". */
static bool read_fraction(const struct reader *reader, uint32_t at, struct amount *amount)
{
    struct numeral numeral;
    uint32_t word = at;
    double times = 1;
    bool article = word_at(reader, at, "a") || word_at(reader, at, "one");
    if (article) {
        word = at + 1;
    } else if (numeral_read(reader->numbers, reader->atoms, reader->count, at, &numeral) &&
               !numeral.ordinal && !numeral.figures && numeral.value < 10) {
        times = numeral.value;
        word = numeral.end;
    }
    if (word_at(reader, word, "-"))
        word++;
    if (word >= reader->count)
        return false;
    const struct lexicon_entry *entry =
        numbers_entry(reader->numbers, &reader->atoms[word], NUMBER_FRACTION);
    double value = entry == NULL ? 0 : entry->value;
    if (entry == NULL && article) {
        /* "A third of" is an ordinal after an article. */
        entry = numbers_entry(reader->numbers, &reader->atoms[word], NUMBER_ORDINAL);
        if (entry == NULL || entry->value < 3 || entry->value > 10)
            return false;
        value = 1 / entry->value;
    }
    bool half = entry != NULL && value == 0.5;
    if (entry == NULL || (!half && word == at))
        return false;
    amount->end = word + 1;
    amount->of = word_at(reader, word + 1, "of");
    if (!amount->of && !(half && word_at(reader, word + 1, "the")))
        return false;
    amount->low = amount->high = times / floor(1 / value + 0.5);
    amount->fraction = true;
    return true;
}

static const char *currency_before(const struct reader *reader, uint32_t at)
{
    const struct lexicon_entry *entry =
        numbers_entry(reader->numbers, &reader->atoms[at], NUMBER_CURRENCY);
    if (entry == NULL)
        return NULL;
    const struct atom *atom = &reader->atoms[at];
    bool sign = !(atom->folded[0] >= 'a' && atom->folded[0] <= 'z') || atom_is(atom, "usd") ||
                atom_is(atom, "rs") || atom_is(atom, "rs.");
    return sign ? numbers_name(reader->numbers, entry) : NULL;
}

static bool read_exact(const struct reader *reader, uint32_t at, struct amount *amount)
{
    struct numeral numeral;
    uint32_t number = at;
    amount->currency = currency_before(reader, at);
    if (amount->currency != NULL)
        number++;
    if (number >= reader->count ||
        !numeral_read(reader->numbers, reader->atoms, reader->count, number, &numeral) ||
        numeral.ordinal || numeral.year)
        return false;
    amount->low = amount->high = numeral.value;
    amount->number = number;
    amount->end = numeral.end;
    amount->plain = numeral.plain;
    amount->word_one = !numeral.figures && numeral.value == 1 && numeral.end == at + 1;
    amount->of = word_at(reader, numeral.end, "of");
    return true;
}

/* "Half a dozen", "a half-dozen": six, loosely. */
static bool read_half_dozen(const struct reader *reader, uint32_t at, struct amount *amount)
{
    uint32_t word = at + word_at(reader, at, "a");
    if (!word_at(reader, word, "half"))
        return false;
    word++;
    word += word_at(reader, word, "-") || word_at(reader, word, "a");
    if (!word_at(reader, word, "dozen"))
        return false;
    amount->low = amount->high = 6;
    amount->approximate = true;
    amount->end = word + 1;
    amount->of = word_at(reader, word + 1, "of");
    return true;
}

/* "A number of", "an unknown number of", "large numbers of": how many is not said. */
static bool read_unsaid(const struct reader *reader, uint32_t at, struct amount *amount)
{
    static const char *const before[] = {"a",       "an",    "large",    "small", "unknown", "growing",
                                         "unspecified", "undisclosed", "great", "huge", "significant",
                                         NULL};
    uint32_t word = at;
    for (bool more = true; more && word < at + 3;) {
        more = false;
        for (uint32_t i = 0; before[i] != NULL && !more; i++)
            more = word_at(reader, word, before[i]);
        word += more;
    }
    if (word == at || !(word_at(reader, word, "number") || word_at(reader, word, "numbers")) ||
        !word_at(reader, word + 1, "of"))
        return false;
    amount->low = amount->high = NAN;
    amount->vague = amount->of = true;
    amount->end = word + 1;
    return true;
}

static bool read_number(const struct reader *reader, uint32_t at, struct amount *amount)
{
    if (at >= reader->count)
        return false;
    *amount = (struct amount){.first = at, .number = at};
    bool read = read_half_dozen(reader, at, amount) || read_fraction(reader, at, amount) || read_vague(reader, at, amount) ||
                read_plural(reader, at, amount) || read_unsaid(reader, at, amount) ||
                read_exact(reader, at, amount);
    amount->number_end = amount->end;
    return read;
}

/* ------------------------------------------------------------------ ranges, second thoughts */

/* "20-25" is a range, "555-1234" is a telephone. */
static bool digits_alike(const struct reader *reader, const struct amount *amount,
                         const struct amount *second)
{
    uint16_t first_length = reader->atoms[amount->number].length;
    uint16_t second_length = reader->atoms[second->number].length;
    return first_length == second_length || second_length <= 2;
}

/* "3,000 to 10,000", "two or three", "20-25". The second number closes the range. */
static void read_range(const struct reader *reader, bool between, struct amount *amount)
{
    struct amount second;
    uint32_t at = amount->end;
    bool hyphen = word_at(reader, at, "-");
    bool joins = word_at(reader, at, "to") || word_at(reader, at, "or") || hyphen ||
                 (between && word_at(reader, at, "and"));
    if (!joins || amount->fraction || !read_number(reader, at + 1, &second) || second.fraction ||
        (hyphen && !(amount->plain && second.plain && digits_alike(reader, amount, &second))))
        return;
    if (!(second.high > amount->low) && !(isnan(second.high) && second.low > amount->low))
        return;
    /* "From 3 to 5 million": the scale is that of both. */
    if (amount->high < 1000 && second.low >= 1e6 && amount->plain) {
        amount->low *= 1e6;
        amount->high *= 1e6;
    }
    amount->high = second.high;
    amount->end = second.end;
    amount->of = second.of;
    amount->vague |= second.vague;
    amount->plain = false;
}

/* "12, possibly 15", "hundreds, if not thousands", "dozens or even hundreds". */
static void read_second_thought(const struct reader *reader, struct amount *amount)
{
    static const char *const hedges[] = {"possibly", "perhaps", "maybe", "even", NULL};
    struct amount second;
    uint32_t at = amount->end;
    if (word_at(reader, at, ","))
        at++;
    if (word_at(reader, at, "and") || word_at(reader, at, "or"))
        at++;
    bool hedged = false;
    if (word_at(reader, at, "if") && word_at(reader, at + 1, "not")) {
        hedged = true;
        at += 2;
    }
    for (uint32_t i = 0; hedges[i] != NULL; i++) {
        if (word_at(reader, at, hedges[i])) {
            hedged = true;
            at++;
            break;
        }
    }
    if (!hedged)
        return;
    if (word_at(reader, at, "as") && (word_at(reader, at + 1, "many") || word_at(reader, at + 1, "high")) &&
        word_at(reader, at + 2, "as"))
        at += 3;
    if (!read_number(reader, at, &second) || second.fraction ||
        !(second.high > amount->low || isnan(second.high)))
        return;
    amount->high = second.high;
    amount->vague |= second.vague;
    amount->end = second.end;
    /* "Hundreds, if not thousands, of": the comma closes the second thought. */
    if (word_at(reader, amount->end, ",") && amount->end + 1 < reader->count &&
        reader->atoms[amount->end - 1].span.end == reader->atoms[amount->end].span.start)
        amount->comma = true;
    amount->of = second.of;
    amount->plain = false;
}

/* ------------------------------------------------------------------ bounds */

static void apply_bound(struct amount *amount, enum number_bound bound)
{
    switch (bound) {
    case BOUND_LOW:
        if (!isnan(amount->low))
            amount->high = NAN;
        break;
    case BOUND_HIGH:
        if (!isnan(amount->high))
            amount->low = NAN;
        break;
    case BOUND_ABOUT:
        amount->approximate = true;
        break;
    default:
        break;
    }
}

/* "Or more", "or so", "-plus", "-odd", "+", "at least" after the number. */
static void read_after(const struct reader *reader, struct amount *amount)
{
    uint32_t at = amount->end;
    if (word_at(reader, at, "-"))
        at++;
    if (word_at(reader, at, "plus") || word_at(reader, at, "+")) {
        amount->high = NAN;
        amount->end = at + 1;
    } else if (word_at(reader, at, "odd")) {
        amount->approximate = true;
        amount->end = at + 1;
    } else if (word_at(reader, at, "or") &&
               (word_at(reader, at + 1, "more") || word_at(reader, at + 1, "so") ||
                word_at(reader, at + 1, "fewer") || word_at(reader, at + 1, "less"))) {
        if (word_at(reader, at + 1, "so"))
            amount->approximate = true;
        else
            apply_bound(amount, word_at(reader, at + 1, "more") ? BOUND_LOW : BOUND_HIGH);
        amount->end = at + 2;
    } else {
        return;
    }
    amount->of = word_at(reader, amount->end, "of");
    amount->plain = false;
    amount->suffix = true;
}

bool amount_read(const struct numbers *numbers, const struct atom *atoms, uint32_t count,
                 uint32_t at, struct amount *amount)
{
    struct reader reader = {numbers, atoms, count};
    enum number_bound bounds[3];
    uint32_t bound_count = 0, start = at, length;
    bool between = word_at(&reader, at, "between");
    if (between)
        at++;
    while (bound_count < 3) {
        const struct lexicon_entry *entry =
            numbers_phrase(numbers, atoms, count, at, NUMBER_BOUND, &length);
        if (entry == NULL)
            break;
        bounds[bound_count++] = (enum number_bound)(int)entry->value;
        at += length;
    }
    if (!read_number(&reader, at, amount))
        return false;
    amount->first = bound_count > 0 || between ? start : amount->first;
    read_range(&reader, between, amount);
    read_second_thought(&reader, amount);
    for (uint32_t i = 0; i < bound_count; i++)
        apply_bound(amount, bounds[i]);
    read_after(&reader, amount);
    return true;
}
