/* Stage `quantities`: numbers with what they count.
 * Method: amounts (amounts.h) that no time expression covers; then what follows tells what they are:
 * money, a measure, a share, an age, or a count, whose noun counted.h finds. Numbers that are names
 * ("Flight 93", "AK-47", "Resolution 1373", "12 Baker Street", "2-1") are no quantities. A total to
 * date ("bringing the toll to 85", "so far") is marked as running, so that nobody adds it up.
 * What is left out: ordinals ("the third attack"). */
#include "document/stage.h"
#include "meaning/counted.h"

#include <math.h>

struct quantities_run {
    const struct numbers *numbers;
    struct document *document;
    atom_array atoms;
    uint32_t time; /* first time mention that may still matter */
};

static annals_status quantities_open(const struct stage_setting *setting, void **state,
                                     annals_error *error)
{
    struct numbers *numbers = arena_new(setting->arena, struct numbers);
    if (numbers == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    annals_status status = numbers_open(numbers, setting, error);
    if (status == ANNALS_OK)
        *state = numbers;
    return status;
}

static const struct atom *atom_at(const struct quantities_run *run, uint32_t at)
{
    return at < run->atoms.count ? &run->atoms.items[at] : NULL;
}

static bool word_at(const struct quantities_run *run, uint32_t at, const char *word)
{
    const struct atom *atom = atom_at(run, at);
    return atom != NULL && atom_is(atom, word);
}

static bool is_one_of(const struct atom *atom, const char *const *words)
{
    for (; atom != NULL && *words != NULL; words++)
        if (atom_is(atom, *words))
            return true;
    return false;
}

static bool has_class(const struct quantities_run *run, uint32_t at, enum number_class word_class)
{
    const struct atom *atom = atom_at(run, at);
    return atom != NULL && numbers_entry(run->numbers, atom, word_class) != NULL;
}

/* ------------------------------------------------------------------ numbers that are names */

/* "AK-47", "F-16", "pre-2001": a hyphen without blank before the number, after letters. */
static bool is_hyphenated_name(const struct quantities_run *run, const struct amount *amount)
{
    uint32_t at = amount->number;
    if (at < 2 || !word_at(run, at - 1, "-") || run->atoms.items[at].space_before ||
        run->atoms.items[at - 1].space_before)
        return false;
    return !run->atoms.items[at - 2].digits || amount->plain;
}

/* "Flight 93", "Resolution 1373", "No. 5". */
static bool is_labelled(const struct quantities_run *run, const struct amount *amount)
{
    uint32_t at = amount->first;
    if (at == 0 || !amount->plain || amount->first != amount->number)
        return false;
    const struct atom *before = &run->atoms.items[at - 1];
    if (atom_is(before, "#") || atom_is(before, "+"))
        return true;
    if (!has_class(run, at - 1, NUMBER_LABEL))
        return false;
    /* "Area 51" is a name; "in the area 51 people died" is not. */
    return before->capitalised || !has_class(run, amount->end, NUMBER_FAMILY) ||
           at + 1 >= run->atoms.count;
}

/* A capitalised word before bare figures: "Boeing 737", "World Cup 2010", "Unit 8200". */
static bool follows_name(const struct quantities_run *run, const struct amount *amount)
{
    uint32_t at = amount->first;
    if (at < 2 || !amount->plain || amount->first != amount->number)
        return false;
    const struct atom *before = &run->atoms.items[at - 1], *after = atom_at(run, amount->end);
    if (!before->capitalised || before->digits || !run->atoms.items[at].space_before)
        return false;
    const struct token *token = &run->document->tokens.items[before->token];
    if (token->upos != UPOS_NONE && token->upos != UPOS_PROPN && token->upos != UPOS_NOUN)
        return false;
    /* What follows would be counted, if it counted. */
    if (after == NULL || after->capitalised || after->digits)
        return true;
    const struct token *next = &run->document->tokens.items[after->token];
    if (next->upos != UPOS_NONE)
        return next->upos != UPOS_NOUN && next->upos != UPOS_ADJ;
    return !(after->folded[0] >= 'a' && after->folded[0] <= 'z');
}

/* "12 Baker Street". */
static bool is_address(const struct quantities_run *run, const struct amount *amount)
{
    static const char *const streets[] = {"street", "road", "avenue", "boulevard", "lane", "st.",
                                          "ave.", "square", "drive", NULL};
    if (!amount->plain)
        return false;
    for (uint32_t at = amount->end; at < amount->end + 3; at++) {
        const struct atom *atom = atom_at(run, at);
        if (atom == NULL || !atom->capitalised)
            return false;
        if (at > amount->end && is_one_of(atom, streets))
            return true;
    }
    return false;
}

/* "2-1", "50-50", "555-1234-99": figures joined by hyphens that are no range. */
static bool is_score(const struct quantities_run *run, const struct amount *amount)
{
    uint32_t at = amount->end;
    const struct atom *after = atom_at(run, at + 1);
    return amount->plain && word_at(run, at, "-") && after != NULL && after->digits &&
           !after->space_before;
}

/* "One" that stands for a person or nothing: "one another", "no one", "one day". */
static bool is_pronoun_one(const struct quantities_run *run, const struct amount *amount)
{
    static const char *const before[] = {"no",   "any", "every", "this", "that",  "each", "which",
                                         "some", "the", "another", "-",  "by",    "first", NULL};
    static const char *const after[] = {"another", "by",    "can",   "could", "should", "would",
                                        "must",    "might", "may",   "day",   "point",  "reason",
                                        "thing",   "time",  "way",   "side",  "hand",   "-",
                                        "that",    "'s",    "who",   NULL};
    if (!amount->word_one)
        return false;
    const struct token *token =
        &run->document->tokens.items[run->atoms.items[amount->number].token];
    if (token->upos == UPOS_PRON)
        return true;
    return (amount->first > 0 && is_one_of(atom_at(run, amount->first - 1), before)) ||
           is_one_of(atom_at(run, amount->end), after);
}

static bool is_no_quantity(const struct quantities_run *run, const struct amount *amount)
{
    if (amount->currency != NULL)
        return false;
    return is_hyphenated_name(run, amount) || is_labelled(run, amount) || follows_name(run, amount) ||
           is_address(run, amount) || is_score(run, amount) || is_pronoun_one(run, amount);
}

/* ------------------------------------------------------------------ what the number is of */

/* "Ages 24, 25 and 41": a bare number behind an age, with nothing to count behind it. */
static bool goes_on_with_ages(const struct quantities_run *run, const struct amount *amount)
{
    uint32_t at = amount->first;
    if (run->document->quantities.count == 0 || !amount->plain)
        return false;
    const struct quantity *last =
        &run->document->quantities.items[run->document->quantities.count - 1];
    while (at > 0 && (word_at(run, at - 1, ",") || word_at(run, at - 1, "and") || word_at(run, at - 1, "or")))
        at--;
    const struct atom *after = atom_at(run, amount->end);
    bool ends = after == NULL || !(after->folded[0] >= 'a' && after->folded[0] <= 'z') ||
                atom_is(after, "and") || atom_is(after, "or") || atom_is(after, "were") ||
                atom_is(after, "was");
    return at > 0 && at < amount->first && ends && last->unit != NULL &&
           strcmp(last->unit, "year-old") == 0 &&
           last->span.end == run->atoms.items[at - 1].span.end;
}

/* "Ann Hale, 66 and Tom Reed, 64 were": names in a row, each with its age. */
static bool is_in_row_of_names(const struct quantities_run *run, const struct amount *amount)
{
    const struct document *document = run->document;
    uint32_t first = amount->first;
    if (first < 3 || !amount->plain || !word_at(run, first - 1, ",") ||
        document->tokens.items[run->atoms.items[first - 2].token].upos != UPOS_PROPN)
        return false;
    const struct atom *next = atom_at(run, amount->end + 1);
    if ((word_at(run, amount->end, "and") || word_at(run, amount->end, "&")) && next != NULL &&
        next->capitalised && document->tokens.items[next->token].upos == UPOS_PROPN)
        return true;
    const struct quantity *last = document->quantities.count > 0
                                      ? &document->quantities.items[document->quantities.count - 1]
                                      : NULL;
    return last != NULL && last->unit != NULL && strcmp(last->unit, "year-old") == 0 &&
           document->tokens.items[last->tokens.first].sentence ==
               document->tokens.items[run->atoms.items[first].token].sentence;
}

/* "Her daughter, 9,": one person and a number set between commas. */
static bool is_one_person(const struct quantities_run *run, const struct atom *noun)
{
    const struct token *token = &run->document->tokens.items[noun->token];
    return token->upos == UPOS_NOUN && (token->features & WORD_PLURAL) == 0 && !noun->digits;
}

/* "Ali, 22, …", "Ali (22)", "aged 22", "22-year-old". */
static bool is_age(const struct quantities_run *run, const struct amount *amount)
{
    uint32_t at = amount->end, first = amount->first;
    if (word_at(run, at, "-"))
        at++;
    if ((word_at(run, at, "year") || word_at(run, at, "years") || word_at(run, at, "month") ||
         word_at(run, at, "months")) &&
        (word_at(run, at + 1, "old") || word_at(run, at + 1, "olds") ||
         (word_at(run, at + 1, "-") && (word_at(run, at + 2, "old") || word_at(run, at + 2, "olds"))) ||
         (word_at(run, at + 1, "of") && word_at(run, at + 2, "age"))))
        return true;
    if (word_at(run, at, "yo") || (word_at(run, at, "y") && word_at(run, at + 1, "/")))
        return true;
    if (first == 0 || !(amount->high < 116))
        return false;
    if (first > 1 && word_at(run, first - 1, "of") && word_at(run, first - 2, "age"))
        return true;
    if (has_class(run, first - 1, NUMBER_AGE) || goes_on_with_ages(run, amount))
        return true;
    bool comma = word_at(run, first - 1, ",") &&
                 (word_at(run, amount->end, ",") || word_at(run, amount->end, ".") ||
                  word_at(run, amount->end, ";"));
    comma |= is_in_row_of_names(run, amount);
    bool bracket = word_at(run, first - 1, "(") && word_at(run, amount->end, ")");
    if (!(comma || bracket) || first < 2 || !amount->plain)
        return false;
    const struct atom *before = &run->atoms.items[first - 2];
    return before->capitalised ||
           (comma && (amount->low >= 15 || is_one_person(run, before)) && before->folded[0] >= 'a' && before->folded[0] <= 'z' &&
            numbers_entry(run->numbers, before, NUMBER_CARDINAL) == NULL);
}

static const char *unit_of(const struct quantities_run *run, const struct amount *amount,
                           uint32_t *end)
{
    static const enum number_class classes[] = {NUMBER_CURRENCY, NUMBER_UNIT};
    uint32_t at = amount->end, length;
    if (word_at(run, at, "-"))
        at++;
    /* "Billions of dollars". */
    if (amount->vague && word_at(run, at, "of"))
        at++;
    /* "US dollars", "square kilometres". */
    if (word_at(run, at, "us") || word_at(run, at, "u.s.") || word_at(run, at, "square") ||
        word_at(run, at, "cubic") || word_at(run, at, "metric") || word_at(run, at, "nautical"))
        at++;
    for (uint32_t i = 0; i < 2; i++) {
        const struct lexicon_entry *entry = numbers_phrase(
            run->numbers, run->atoms.items, run->atoms.count, at, classes[i], &length);
        if (entry != NULL) {
            *end = at + length;
            if (amount->low >= 1e6 && word_at(run, at, "pounds"))
                return "gbp";
            return numbers_name(run->numbers, entry);
        }
    }
    return NULL;
}

/* ------------------------------------------------------------------ running totals */

/* "Bringing the toll to 85", "the death toll rose to 85", "85 so far", "a total of 85 since". */
static bool is_running(const struct quantities_run *run, const struct amount *amount)
{
    static const char *const totals[] = {"toll", "tally", "total", "tolls", NULL};
    static const char *const links[] = {"to", "at", "past", "above", "reached", "topped", "hit", "stood",
                                        "exceeded", "is", "was", "stands", "now", NULL};
    enum { REACH = 7 };
    uint32_t first = amount->first;
    bool linked = first > 0 && is_one_of(atom_at(run, first - 1), links);
    for (uint32_t i = first > REACH ? first - REACH : 0; linked && i < first; i++) {
        const struct atom *atom = atom_at(run, i);
        if (is_one_of(atom, totals))
            return true;
        if (atom_is(atom, "number") && i > 0 &&
            (word_at(run, i - 1, "the") || word_at(run, i - 1, "total")))
            return true;
        if (atom_is(atom, ".") || atom_is(atom, ";"))
            linked = false;
    }
    for (uint32_t i = first > 4 ? first - 4 : 0; i + 1 < run->atoms.count && i < amount->end + 10; i++) {
        if ((word_at(run, i, "so") && word_at(run, i + 1, "far")) ||
            (word_at(run, i, "to") && word_at(run, i + 1, "date") &&
             !word_at(run, i + 2, "back")))
            return true;
        if (i >= amount->end && (word_at(run, i, ";") || word_at(run, i, ",") ||
                                 word_at(run, i, "but") || word_at(run, i, "in")))
            return false;
    }
    return false;
}

/* ------------------------------------------------------------------ the stage */

static struct quantity *add_quantity(struct quantities_run *run, const struct amount *amount,
                                     uint32_t end)
{
    struct quantity *quantity = array_push(&run->document->quantities);
    if (quantity == NULL)
        return NULL;
    const struct atom *first = &run->atoms.items[amount->first], *last = &run->atoms.items[end - 1];
    quantity->span = (struct byte_span){first->span.start, last->span.end};
    quantity->tokens = (struct token_range){first->token, last->token + 1};
    quantity->low = amount->low;
    quantity->high = amount->high;
    quantity->vague = amount->vague;
    quantity->approximate = amount->approximate;
    quantity->counted = NONE;
    quantity->part_of = NONE;
    return quantity;
}

static bool is_family(const struct quantities_run *run, uint32_t token)
{
    uint32_t length;
    const struct token *noun = &run->document->tokens.items[token];
    uint32_t handle = phrases_find(&run->numbers->lexicon.words, &noun->hash, sizeof noun->hash, 1,
                                   &length);
    while (handle != PHRASE_NONE)
        if (lexicon_entry(&run->numbers->lexicon, handle, &handle)->word_class == NUMBER_FAMILY)
            return true;
    return false;
}

/* Records what the amount is; returns the atom to go on from. */
static uint32_t take_amount(struct quantities_run *run, const struct amount *amount)
{
    uint32_t end = amount->end;
    struct quantity *quantity;
    if (amount->fraction) {
        quantity = add_quantity(run, amount, end);
        if (quantity != NULL) {
            quantity->unit = "fraction";
            struct counted counted =
                counted_find(run->document, run->atoms.items, run->atoms.count, amount);
            quantity->counted = quantity->part_of = counted.noun;
        }
        return end;
    }
    if (is_age(run, amount)) {
        quantity = add_quantity(run, amount, end);
        if (quantity != NULL)
            quantity->unit = "year-old";
        return end;
    }
    const char *unit = amount->currency;
    if (unit == NULL)
        unit = unit_of(run, amount, &end);
    if (unit != NULL) {
        quantity = add_quantity(run, amount, end);
        if (quantity != NULL)
            quantity->unit = unit;
        return end;
    }
    quantity = add_quantity(run, amount, end);
    if (quantity == NULL)
        return end;
    struct counted counted =
        counted_find(run->document, run->atoms.items, run->atoms.count, amount);
    quantity->counted = counted.noun;
    quantity->part_of = counted.part_of;
    bool whole = isnan(amount->low) || amount->low == floor(amount->low);
    quantity->is_count = whole && (isnan(amount->high) || amount->high == floor(amount->high));
    quantity->running = quantity->is_count && is_running(run, amount);
    if (quantity->counted != NONE && is_family(run, quantity->counted))
        quantity->unit = "family";
    else if (is_strength(run->atoms.items, run->atoms.count, amount->end))
        quantity->unit = "strength";
    return end;
}

/* The end of the time expression that covers an atom, as an atom; `at` where none does. */
static uint32_t skip_time(struct quantities_run *run, uint32_t at)
{
    struct document *document = run->document;
    const struct atom *atoms = run->atoms.items;
    while (run->time < document->times.count &&
           document->times.items[run->time].span.end <= atoms[at].span.start)
        run->time++;
    if (run->time >= document->times.count)
        return at;
    struct byte_span span = document->times.items[run->time].span;
    while (at < run->atoms.count && atoms[at].span.start >= span.start &&
           atoms[at].span.end <= span.end)
        at++;
    return at;
}

/* A quick look whether an amount may begin with a word, since most words begin none. */
static bool may_begin(const struct numbers *numbers, const struct atom *atom)
{
    return atom->digits || phrases_begin(&numbers->lexicon.words, atom->hash);
}

static void find_in_sentence(struct quantities_run *run)
{
    for (uint32_t at = 0; at < run->atoms.count;) {
        uint32_t after_time = skip_time(run, at);
        if (after_time > at) {
            at = after_time;
            continue;
        }
        struct amount amount;
        const struct atom *atom = &run->atoms.items[at];
        if (!may_begin(run->numbers, atom) ||
            !amount_read(run->numbers, run->atoms.items, run->atoms.count, at, &amount)) {
            at++;
            continue;
        }
        /* A modifier's number may be a time's: "at least two weeks". */
        bool timed = false;
        for (uint32_t i = at; i < amount.end; i++)
            timed |= skip_time(run, i) > i;
        if (timed || is_no_quantity(run, &amount)) {
            at = amount.end;
            continue;
        }
        at = take_amount(run, &amount);
    }
}

static annals_status quantities_run_stage(const void *state, struct document *document,
                                          struct arena *scratch, annals_error *error)
{
    struct quantities_run run = {.numbers = state, .document = document};
    (void)error;
    array_init(&run.atoms, scratch);
    for (uint32_t sentence = 0; sentence < document->sentences.count; sentence++) {
        run.atoms.count = 0;
        atoms_of_sentence(document, sentence, scratch, &run.atoms);
        find_in_sentence(&run);
    }
    return ANNALS_OK;
}

const struct stage stage_quantities = {
    .name = "quantities",
    .summary = "finds numbers, their bounds, and what they count",
    .needs = HAS_SENTENCES | HAS_TIMES,
    .gives = HAS_QUANTITIES,
    .open = quantities_open,
    .run = quantities_run_stage,
};
