/* The stage "names": proper names and what kind of thing they name.
 *
 * Method: runs of words that the tagger calls proper names, or that are capitalised where capitals
 * tell, joined over hyphens, particles ("bin", "de") and, in the names of organisations, over "of"
 * and "for"; the tree parts neighbours that do not belong together. Known names of
 * dictionaries/world/ are found in any case. Titles are cut off and make what follows a person.
 * name_kinds.c gives each its kind. Last, names of one report inform each other (names_agree.c).
 * Left out: names nested in names ("Bank of Karga" holds no place). */
#include "bytes/hash.h"
#include "language/name_kinds.h"
#include "language/names_agree.h"

struct names_state {
    struct name_words words;
    struct known_names known;
};

/* Where capitals do not tell: an adjective right before proper names whose last is what an
 * organisation is called by ("UNITED ZUBIAN FRONT"). */
static bool is_inner_adjective(const struct name_search *search, uint32_t i)
{
    const struct token *tokens = search->tokens;
    uint32_t length, j = i;
    for (; j < search->in.end && j < i + 4; j++) {
        const struct known_name *known = known_names_find(search->known, &tokens[j], 1, &length);
        bool fits = (search->kinds[j] & NAME_WORD_ADJECTIVE) != 0 ||
                    (known != NULL && known->kind == NAME_NATIONALITY && !known->cased);
        if (tokens[j].upos == UPOS_PROPN ||
            (tokens[j].upos != UPOS_ADJ && tokens[j].upos != UPOS_NOUN) || !fits)
            break;
    }
    if (j == i || j >= search->in.end || tokens[j].upos != UPOS_PROPN)
        return false;
    while (j + 1 < search->in.end && tokens[j + 1].upos == UPOS_PROPN)
        j++;
    return (search->kinds[j] & NAME_WORD_ORGANISATION) != 0;
}

/* Where capitals do not tell: a word beside a first name that the tagger took for a noun. */
static bool is_mistagged(const struct name_search *search, uint32_t i)
{
    const struct token *token = &search->tokens[i];
    const uint32_t common = NAME_WORD_PLACE_AFTER | NAME_WORD_PLACE_CUE | NAME_WORD_PERSON_CUE |
                            NAME_WORD_ORGANISATION;
    if (token->upos != UPOS_NOUN || (token->features & WORD_PLURAL) != 0 ||
        (search->kinds[i] & common) != 0)
        return false;
    if ((search->kinds[i] & NAME_WORD_FIRST) != 0 && i + 1 < search->in.end &&
        token[1].upos == UPOS_PROPN && token->head != NONE && token->head > i)
        return true;
    return i > search->in.first && (search->kinds[i - 1] & NAME_WORD_FIRST) != 0 &&
           token[-1].upos == UPOS_PROPN && (token[-1].head == i || token->head == i - 1) &&
           (token[-1].relation == REL_COMPOUND || token[-1].relation == REL_FLAT ||
            token->relation == REL_FLAT);
}

/* Where capitals do not tell: the surname of a person of this report, whatever its tag. */
static bool is_surname(const struct name_search *search, uint32_t i)
{
    const struct token *token = &search->tokens[i];
    if (search->surnames == NULL || (token->features & WORD_PLURAL) != 0 ||
        (token->upos != UPOS_NOUN && token->upos != UPOS_X && token->upos != UPOS_ADJ))
        return false;
    uint32_t at = (uint32_t)token->hash & search->surname_mask;
    while (search->surnames[at] != 0 && search->surnames[at] != token->hash)
        at = (at + 1) & search->surname_mask;
    return search->surnames[at] == token->hash;
}

/* Letters in capitals behind "the" or in brackets: "the ZLF", "(ZLF)". */
static bool is_acronym(const struct name_search *search, uint32_t i)
{
    const struct token *token = &search->tokens[i];
    if ((token->flags & TOKEN_ALL_CAPITALS) == 0 || token->folded_length < 3 ||
        token->folded_length > 8 || i == search->in.first || token->upos != UPOS_NOUN ||
        (search->kinds[i] & NAME_WORD_PLAIN) != 0)
        return false;
    for (uint32_t j = 0; j < token->folded_length; j++)
        if (token->folded[j] < 'a' || token->folded[j] > 'z')
            return false;
    const char *before = token[-1].folded;
    return strcmp(before, "the") == 0 || before[0] == '(' || before[0] == '[';
}

/* 'The group "SONS of Dalen"': the tree says that a noun right before the mark is called so. */
static bool is_called(const struct name_search *search, uint32_t i)
{
    const struct token *token = &search->tokens[i];
    return i > search->in.first + 1 && (token->flags & TOKEN_QUOTED) != 0 && token->relation == REL_APPOS &&
           token->head + 2 == i && search->tokens[token->head].upos == UPOS_NOUN;
}

static bool is_like(const struct name_search *search, uint32_t i)
{
    const struct token *token = &search->tokens[i];
    if ((token->flags & (TOKEN_PUNCTUATION | TOKEN_NUMBER)) != 0)
        return false;
    if ((search->kinds[i] & NAME_WORD_CALENDAR) != 0 && (token->upos != UPOS_PROPN ||
                                                         (search->kinds[i] & NAME_WORD_FIRST) == 0))
        return false;
    bool capital = name_is_capital(token);
    if ((search->kinds[i] & NAME_WORD_PLAIN) != 0 && search->mixed)
        return false;
    if (token->upos == UPOS_PROPN)
        return capital || !search->mixed || (search->kinds[i] & NAME_WORD_PARTICLE) != 0;
    if (!search->mixed)
        return is_inner_adjective(search, i) || is_mistagged(search, i) ||
               is_surname(search, i);
    if (is_acronym(search, i))
        return true;
    /* A capital inside the sentence is as good, save for "AK", "IED" and the like. */
    if ((token->flags & TOKEN_CAPITALISED) == 0 || i == search->in.first)
        return i == search->in.first && capital && is_inner_adjective(search, i);
    bool cue = (search->kinds[i] & (NAME_WORD_PLACE_BEFORE | NAME_WORD_ORGANISATION |
                                    NAME_WORD_TITLE | NAME_WORD_FIRST)) != 0;
    if (token->upos != UPOS_ADJ && token->upos != UPOS_NOUN && token->upos != UPOS_X &&
        !(cue && token->upos == UPOS_VERB))
        return false;
    const struct token *before = token - 1;
    return (before->flags & TOKEN_PUNCTUATION) == 0 || (before->flags & TOKEN_HYPHEN) != 0 ||
           before->folded[0] == ',' || before->folded[0] == ';' || is_called(search, i);
}

/* Whether a relation holds a name together. */
static bool is_inner(enum relation relation)
{
    switch (relation_universal(relation)) {
    case REL_COMPOUND:
    case REL_FLAT:
    case REL_NMOD:
    case REL_AMOD:
    case REL_APPOS:
    case REL_NUMMOD:
    case REL_GOESWITH:
    case REL_DEP:
    case REL_LIST:
    case REL_CASE:
    case REL_DET:
        return relation != REL_NMOD_POSS;
    default:
        return false;
    }
}

/* Whether token `j` belongs to the run [first, j). Neighbours mostly do, even where the tree errs; a
 * name that is complete by the dictionary goes on only by the tree. */
static bool is_connected(const struct name_search *search, uint32_t first, uint32_t j)
{
    const struct token *token = &search->tokens[j];
    uint32_t length;
    if ((token->head == NONE && token->relation == REL_NONE) ||
        known_names_find(search->known, &search->tokens[first], j - first, &length) == NULL ||
        length < j - first)
        return true;
    for (uint32_t i = first; i < j; i++) {
        const struct token *other = &search->tokens[i];
        if ((token->head == i && is_inner(token->relation)) ||
            (other->head == j && is_inner(other->relation)) ||
            (other->head == token->head && other->head != NONE && other->head > j &&
             is_inner(other->relation) && is_inner(token->relation)))
            return true;
    }
    return false;
}

static bool is_known_alone(const struct name_search *search, uint32_t i)
{
    uint32_t length;
    const struct known_name *known =
        known_names_find(search->known, &search->tokens[i], 1, &length);
    return known != NULL && (known->kind == NAME_PLACE || known->kind == NAME_NATIONALITY);
}

/* End of the hyphened part that begins at the hyphen `j`, or `j`: "Al" "-" "Shabab". */
static uint32_t behind_hyphen(const struct name_search *search, uint32_t first, uint32_t j)
{
    const struct token *tokens = search->tokens;
    for (uint32_t k = j; k + 1 < search->in.end && k < j + 6; k += 2) {
        if (strcmp(tokens[k].folded, "-") != 0 || (tokens[k].flags & TOKEN_SPACE_BEFORE) != 0 ||
            (tokens[k + 1].flags & (TOKEN_SPACE_BEFORE | TOKEN_PUNCTUATION)) != 0)
            return j;
        if (is_like(search, k + 1) ||
            (search->mixed && (tokens[k + 1].flags & TOKEN_CAPITALISED) != 0))
            return k == j && j == first + 1 && is_known_alone(search, j - 1) &&
                           is_known_alone(search, k + 1)
                       ? j
                       : k + 2;
        if ((tokens[k + 1].flags & TOKEN_NUMBER) != 0 || tokens[k + 1].folded_length > 4)
            return j;
    }
    return j;
}

/* End of the linked part that begins at the linker `j`, or `j`: "Ministry" "of" "Defence". */
static uint32_t behind_linker(const struct name_search *search, uint32_t first, uint32_t j)
{
    const struct token *tokens = search->tokens;
    const char *linker = tokens[j].folded;
    uint32_t next = j + 1;
    if (next < search->in.end && strcmp(tokens[next].folded, "the") == 0 && strcmp(linker, "&") != 0)
        next++;
    if (next >= search->in.end || !is_like(search, next) ||
        (tokens[j - 1].flags & TOKEN_PUNCTUATION) != 0)
        return j;
    if (strcmp(linker, "&") == 0)
        return next + 1;
    uint32_t before = search->kinds[j - 1];
    bool headed = (before & (NAME_WORD_ORGANISATION | NAME_WORD_PLACE_AFTER)) != 0 ||
                  (j - 1 == first && (before & NAME_WORD_PLACE_BEFORE) != 0);
    if (strcmp(linker, "of") == 0 || strcmp(linker, "for") == 0)
        return headed && (search->mixed || tokens[j - 1].upos == UPOS_PROPN) ? next + 1 : j;
    if (strcmp(linker, "and") != 0 || next != j + 1)
        return j;
    /* "of Peace and Progress": both hang together, and "of" stands before. */
    bool of = false;
    for (uint32_t i = first; i < j; i++)
        of |= strcmp(tokens[i].folded, "of") == 0 || strcmp(tokens[i].folded, "for") == 0;
    bool joined = tokens[next].upos == UPOS_NOUN ||
                  (tokens[next].relation == REL_CONJ && tokens[next].head != NONE &&
                   tokens[next].head > first && tokens[next].head < j);
    return of && joined &&
                   (search->kinds[next] & (NAME_WORD_TITLE | NAME_WORD_ORGANISATION | NAME_WORD_FIRST |
                                           NAME_WORD_PLACE_AFTER | NAME_WORD_PLACE_BEFORE)) == 0 &&
                   !is_known_alone(search, next)
               ? next + 1
               : j;
}

/* End of the run of name words that begins at `first`. */
static uint32_t run_end(const struct name_search *search, uint32_t first)
{
    const struct token *tokens = search->tokens;
    uint32_t end = first + 1;
    while (end < search->in.end) {
        uint32_t next = end;
        if (is_like(search, end)) {
            if (!is_connected(search, first, end))
                break;
            next = end + 1;
        } else if (strcmp(tokens[end].folded, "-") == 0) {
            next = behind_hyphen(search, first, end);
        } else if ((tokens[end].flags & TOKEN_JOINED) != 0) {
            if ((search->kinds[end - 1] & NAME_WORD_POSSESSOR) != 0 && end == first + 1 &&
                end + 1 < search->in.end && is_like(search, end + 1))
                next = end + 2;
        } else if ((search->kinds[end] & NAME_WORD_LINKER) != 0) {
            next = behind_linker(search, first, end);
        } else if ((search->kinds[end] & NAME_WORD_PARTICLE) != 0) {
            uint32_t k = end + 1;
            while (k < search->in.end && k < end + 3 &&
                   (search->kinds[k] & NAME_WORD_PARTICLE) != 0 && !is_like(search, k))
                k++;
            if (k < search->in.end && is_like(search, k))
                next = k + 1;
        } else if ((tokens[end].flags & TOKEN_NUMBER) != 0 && search->mixed &&
                   tokens[end].folded_length <= 3 && tokens[end].head != NONE &&
                   tokens[end].head >= first && tokens[end].head < end &&
                   tokens[end].relation == REL_NUMMOD) {
            next = end + 1; /* "Unit 8200" keeps its figure */
        }
        if (next == end)
            break;
        end = next;
    }
    return end;
}

/* ------------------------------------------------------------------ names out of a run */

/* Two letters, a hyphen and a figure in one word; one letter may be a movement's: "M-19". */
static bool is_letters_and_figure(const char *word)
{
    enum { LETTERS = 2 };
    size_t letters = strspn(word, "abcdefghijklmnopqrstuvwxyz");
    if (letters != LETTERS || word[letters] != '-')
        return false;
    size_t figures = strspn(word + letters + 1, "0123456789");
    return figures > 0 && word[letters + 1 + figures] == 0;
}

/* "AK-47", "F-16": letters, a hyphen and a figure. */
static bool is_weapon(const struct name_search *search, struct token_range range)
{
    if (range.end - range.first == 1 && is_letters_and_figure(search->tokens[range.first].folded))
        return true;
    return range.end - range.first == 1 && range.end + 1 < search->in.end &&
           (search->tokens[range.end].flags & (TOKEN_HYPHEN | TOKEN_SPACE_BEFORE)) == TOKEN_HYPHEN &&
           (search->tokens[range.end + 1].flags & (TOKEN_NUMBER | TOKEN_SPACE_BEFORE)) ==
               TOKEN_NUMBER;
}

static void add_name(const struct name_search *search, struct document *document,
                     struct token_range range, bool titled)
{
    while (range.first < range.end &&
           ((search->kinds[range.end - 1] & (NAME_WORD_LINKER | NAME_WORD_PARTICLE)) != 0 &&
            search->tokens[range.end - 1].upos != UPOS_PROPN))
        range.end--;
    while (range.first < range.end && strcmp(search->tokens[range.first].folded, "the") == 0)
        range.first++;
    if (range.first >= range.end || is_weapon(search, range))
        return;
    struct name name = {.tokens = range};
    name_kind_find(search, range, titled, &name);
    /* A plural that begins a sentence is no name without a reason. */
    if (name.certainty < 0.6f && range.end - range.first == 1 && range.first == search->in.first &&
        (search->tokens[range.first].features & WORD_PLURAL) != 0)
        return;
    struct name *added = array_push(&document->names);
    if (added == NULL)
        return;
    *added = name;
    added->span = document_span_of(document, range);
}

/* Length of the title at `i` that a name in [i, end) follows; 0 where none does. */
static uint32_t title_length(const struct name_search *search, uint32_t first, uint32_t i,
                             uint32_t end)
{
    enum entity_gender gender;
    uint32_t length = name_words_title(search->words, &search->tokens[i], end - i, &gender);
    if (length == 0 || i + length > end)
        return 0;
    if (i + length == end)
        return i == first ? length : 0;
    /* "Chief Justice Council", "General Command" name a body. */
    if ((search->kinds[name_head(search, (struct token_range){i, end})] & NAME_WORD_ORGANISATION) !=
        0)
        return 0;
    if (i == first)
        return length;
    const struct token *title = &search->tokens[i + length - 1];
    uint32_t known_length;
    const struct known_name *known = known_names_find(search->known, &search->tokens[first],
                                                      i - first, &known_length);
    return (known != NULL && known_length == i - first) ||
                   (search->kinds[i - 1] & NAME_WORD_ORGANISATION) != 0 ||
                   (title->head != NONE && title->head >= i + length && title->head < end &&
                    title->relation == REL_NMOD_DESC)
               ? length
               : 0;
}

/* Whether the noun right before the run is a person's office: "commander Osman". */
static bool is_office_before(const struct name_search *search, uint32_t first)
{
    if (first == search->in.first)
        return false;
    const struct token *before = &search->tokens[first - 1];
    return (search->kinds[first - 1] & NAME_WORD_TITLE) != 0 &&
           (before->upos == UPOS_NOUN || before->upos == UPOS_PROPN) &&
           (before->relation == REL_NMOD_DESC || before->relation == REL_COMPOUND ||
            before->relation == REL_FLAT || before->relation == REL_NONE);
}

static void add_part(const struct name_search *search, struct document *document, uint32_t first,
                     uint32_t end, bool titled)
{
    uint32_t length;
    if (first >= end)
        return;
    const struct known_name *known =
        known_names_find(search->known, &search->tokens[first], end - first, &length);
    /* "Zubian Osman": the people's name stands apart unless a body is named after it. */
    if (!titled && known != NULL && length < end - first &&
        (known->kind == NAME_NATIONALITY || known->kind == NAME_PLACE)) {
        uint32_t head = name_head(search, (struct token_range){first, end});
        bool body = (search->kinds[head] & (NAME_WORD_ORGANISATION | NAME_WORD_PLACE_AFTER)) != 0 ||
                    search->tokens[first + length].folded[0] == '-' ||
                    known->kind == NAME_PLACE;
        if (!body) {
            add_name(search, document, (struct token_range){first, first + length}, false);
            first += length;
        }
    }
    add_name(search, document, (struct token_range){first, end}, titled);
}

/* Parts a run at its titles: "Zubian" | President "Maria Lund". */
static void add_run(const struct name_search *search, struct document *document, uint32_t first,
                    uint32_t end)
{
    bool titled = is_office_before(search, first);
    uint32_t part = first;
    for (uint32_t i = first; i < end;) {
        uint32_t length = title_length(search, part, i, end);
        if (length == 0) {
            i++;
            continue;
        }
        add_part(search, document, part, i, titled && part == first);
        titled = true;
        i += length;
        part = i;
    }
    add_part(search, document, part, end, titled);
}

/* End of a known name at `i` that the tags alone would miss or cut, or `i`. */
static uint32_t known_end(const struct name_search *search, uint32_t i)
{
    uint32_t length, like = 0, words = 0;
    const struct token *tokens = search->tokens;
    const struct known_name *known =
        known_names_find(search->known, &tokens[i], search->in.end - i, &length);
    if (known == NULL || (search->kinds[i] & NAME_WORD_CALENDAR) != 0)
        return i;
    for (uint32_t j = i; j < i + length; j++) {
        if ((tokens[j].flags & TOKEN_PUNCTUATION) != 0 ||
            (search->kinds[j] & (NAME_WORD_LINKER | NAME_WORD_PARTICLE)) != 0)
            continue;
        words++;
        like += search->mixed ? name_is_capital(&tokens[j]) : tokens[j].upos == UPOS_PROPN;
    }
    if (known->cased && (!search->mixed || !name_is_capital(&tokens[i])))
        return i;
    bool one = length == 1 && (tokens[i].upos == UPOS_PROPN || tokens[i].upos == UPOS_ADJ ||
                               tokens[i].upos == UPOS_NOUN);
    bool nationality = one && known->kind == NAME_NATIONALITY && !known->weak &&
                       (!search->mixed || name_is_capital(&tokens[i]));
    bool alone = one && !search->mixed ? tokens[i].upos == UPOS_PROPN : one && like == 1;
    return nationality || alone || (length > 1 && (like == words || (!search->mixed && like * 2 >= words)))
               ? i + length
               : i;
}

static void find_in_sentence(struct name_search *search, struct document *document)
{
    for (uint32_t i = search->in.first; i < search->in.end;) {
        uint32_t known = known_end(search, i);
        uint32_t end = is_like(search, i) ? run_end(search, i) : i;
        if (known > end) { /* a known name that goes on as a run: "Islamic State" "Khorasan" */
            end = known < search->in.end && is_like(search, known) &&
                          is_connected(search, i, known)
                      ? run_end(search, known - 1)
                      : known;
        }
        if (end == i) {
            i++;
            continue;
        }
        add_run(search, document, i, end);
        i = end;
    }
}

/* ------------------------------------------------------------------ the whole report */

/* Capitals tell names only where other words have none. In a title in capitals verbs have them
 * too. */
static bool is_mixed(const struct document *document, const struct sentence *sentence)
{
    uint32_t lower = 0, capital = 0, lower_verbs = 0, capital_verbs = 0;
    for (uint32_t i = sentence->tokens.first; i < sentence->tokens.end; i++) {
        const struct token *token = &document->tokens.items[i];
        if (token->folded_length < 2 || (token->flags & (TOKEN_PUNCTUATION | TOKEN_NUMBER)) != 0)
            continue;
        bool upper = name_is_capital(token);
        bool verb = (token->upos == UPOS_VERB || token->upos == UPOS_ADV) &&
                    i > sentence->tokens.first;
        lower += !upper;
        capital += upper;
        lower_verbs += verb && !upper;
        capital_verbs += verb && upper;
    }
    return capital > 0 && lower > 0 && capital_verbs <= lower_verbs &&
           (lower_verbs > 0 || lower * 3 >= capital);
}

/* Finds the names of every sentence; true where capitals do not tell in one of them. */
static bool find_in_all(struct name_search *search, struct document *document)
{
    bool caseless = false;
    for (uint32_t i = 0; i < document->sentences.count; i++) {
        search->in = document->sentences.items[i].tokens;
        search->mixed = is_mixed(document, &document->sentences.items[i]);
        caseless |= !search->mixed;
        find_in_sentence(search, document);
    }
    return caseless;
}

/* The last words of persons with more than one name; false where there are none. */
static bool collect_surnames(struct name_search *search, const struct document *document,
                             struct arena *scratch)
{
    uint32_t size = 16, count = 0;
    while (size < document->names.count * 2)
        size *= 2;
    uint64_t *surnames = arena_new_array(scratch, uint64_t, size);
    for (uint32_t i = 0; surnames != NULL && i < document->names.count; i++) {
        const struct name *name = &document->names.items[i];
        const struct token *last = &document->tokens.items[name->tokens.end - 1];
        if (name->kind != NAME_PERSON || name->tokens.end - name->tokens.first < 2 ||
            name->certainty < 0.8f || last->hash == 0)
            continue;
        uint32_t at = (uint32_t)last->hash & (size - 1);
        while (surnames[at] != 0 && surnames[at] != last->hash)
            at = (at + 1) & (size - 1);
        surnames[at] = last->hash;
        count++;
    }
    search->surnames = surnames;
    search->surname_mask = size - 1;
    return count > 0;
}

static annals_status names_run(const void *context, struct document *document,
                               struct arena *scratch, annals_error *error)
{
    const struct names_state *state = context;
    (void)error;
    uint32_t *kinds = arena_new_array(scratch, uint32_t, document->tokens.count);
    if (kinds == NULL)
        return ANNALS_OK;
    for (uint32_t i = 0; i < document->tokens.count; i++)
        kinds[i] = name_words_find(&state->words, document->tokens.items[i].hash)->kinds;
    struct name_search search = {.words = &state->words,
                                 .known = &state->known,
                                 .document = document,
                                 .tokens = document->tokens.items,
                                 .kinds = kinds};
    if (find_in_all(&search, document) && collect_surnames(&search, document, scratch)) {
        document->names.count = 0;
        find_in_all(&search, document);
    }
    names_agree_in_lists(document);
    if (document->names.count > 0)
        names_agree(document, scratch);
    return ANNALS_OK;
}

static annals_status names_open(const struct stage_setting *setting, void **context,
                                annals_error *error)
{
    struct names_state *state = arena_new(setting->arena, struct names_state);
    if (state == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    *context = state;
    annals_status status = name_words_open(&state->words, setting, error);
    return status == ANNALS_OK ? known_names_open(&state->known, setting, error) : status;
}

const struct stage stage_names = {
    .name = "names",
    .summary = "proper names of persons, organisations, places and peoples",
    .needs = HAS_SENTENCES | HAS_TAGS,
    .gives = HAS_NAMES,
    .open = names_open,
    .run = names_run,
};
