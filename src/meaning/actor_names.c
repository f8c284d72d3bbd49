/* Names of known actors in a document.
 *
 * Method: at every token the longest phrase of the tables is looked up; of what it may stand for,
 * the text's case, the report's date and the rest of the report decide. Names marked "context" wait
 * until the whole report has been read: they count only where the same entry, or the state that it
 * belongs to, is seen otherwise. The capital of a state is its government only where it acts (the
 * active subject of a verb that is no state of being). Left out: a state that is only where
 * something is
 * ("in Pakistan") is no actor. */
#include "meaning/actor_search.h"

static enum letter_case case_of(const struct document *document, const struct sentence *sentence,
                                bool document_is_lower)
{
    uint32_t words = 0, capitals = 0;
    for (uint32_t i = sentence->tokens.first; i < sentence->tokens.end; i++) {
        uint16_t flags = document->tokens.items[i].flags;
        if ((flags & (TOKEN_PUNCTUATION | TOKEN_NUMBER)) != 0)
            continue;
        words++;
        capitals +=
            (flags & TOKEN_ALL_CAPITALS) != 0 || document->tokens.items[i].folded_length == 1;
    }
    if (words >= 3 && capitals * 5 >= words * 4)
        return CASE_UPPER;
    return document_is_lower ? CASE_LOWER : CASE_MIXED;
}

static void find_letters(struct actor_search *search)
{
    const struct document *document = search->document;
    uint32_t capitals = 0;
    for (uint32_t i = 0; i < document->tokens.count; i++)
        capitals +=
            (document->tokens.items[i].flags & (TOKEN_CAPITALISED | TOKEN_ALL_CAPITALS)) != 0;
    bool lower = capitals * 100 < document->tokens.count;
    for (uint32_t i = 0; i < document->sentences.count; i++)
        search->letters[i] = case_of(document, &document->sentences.items[i], lower);
}

/* ------------------------------------------------------------------ what a phrase may stand for */

static bool is_written_so(const struct document *document, struct token_range range,
                          const char *written)
{
    struct byte_span span = document_span_of(document, range);
    size_t length = span.end - span.start;
    /* "IS", which the stage "tokens" reads as "ISIS" */
    if (length == 2 && range.end == range.first + 1 &&
        strcmp(document->tokens.items[range.first].folded, "isis") == 0)
        return strcmp(written, "ISIS") == 0;
    return strlen(written) == length &&
           memcmp(document_bytes(document, span), written, length) == 0;
}

static bool case_fits(const struct actor_search *search, const struct world_name *name,
                      struct token_range range)
{
    const struct document *document = search->document;
    const struct token *first = &document->tokens.items[range.first];
    enum letter_case letters = search->letters[first->sentence];
    if (letters != CASE_MIXED) {
        size_t length = strlen(name->written);
        bool short_acronym =
            (name->flags & NAME_ACRONYM) != 0 && length < (letters == CASE_LOWER ? 3u : 2u);
        return (name->flags & NAME_CASED) == 0 && !short_acronym;
    }
    if ((name->flags & NAME_CASED) != 0)
        return is_written_so(document, range, name->written);
    uint16_t wanted = (name->flags & NAME_ACRONYM) != 0   ? TOKEN_ALL_CAPITALS
                      : (name->flags & NAME_CAPITAL) != 0 ? TOKEN_ALL_CAPITALS | TOKEN_CAPITALISED
                                                          : UINT16_MAX;
    for (uint32_t i = range.first; i < range.end; i++)
        if (wanted == UINT16_MAX || (document->tokens.items[i].flags & wanted) != 0)
            return true;
    return is_written_so(document, range, name->written);
}

/* Better is higher: an entry of the report's time before another, a sure name before an unsure one.
 */
static int rank(const struct actor_search *search, const struct world_name *name)
{
    const struct world_entry *entry = &search->knowledge->world.entries[name->entry];
    int32_t day = search->document->report.published;
    int score = (name->flags & NAME_CONTEXT) != 0 ? 0 : 2;
    if (entry->own != NULL)
        score += 100; /* what the user says goes first */
    if (day == DAY_UNKNOWN || (entry->from <= day && day <= entry->to))
        score += 4;
    if (entry->sort == WORLD_PERSON && day != DAY_UNKNOWN) {
        bool held;
        uint32_t post = world_post_of(&search->knowledge->world, name->entry, day, &held);
        score -= post == WORLD_NONE ? 4 : held ? 0 : 1;
    }
    return score * 8 + (search->support[name->entry] > 0 ? 7 : 0) -
           (name->form == FORM_CAPITAL ? 1 : 0);
}

/* The best name that the phrase of `handle` may be here, or WORLD_NONE. */
static uint32_t choose(const struct actor_search *search, uint32_t handle, struct token_range range)
{
    const struct world *world = &search->knowledge->world;
    uint32_t best = WORLD_NONE, next;
    int best_rank = 0;
    for (; handle != PHRASE_NONE; handle = next) {
        uint32_t index = phrases_value(&world->phrases, handle, &next);
        const struct world_name *name = &world->names[index];
        int32_t day = search->document->report.published, from = world->entries[name->entry].from;
        /* A year's grace, since many beginnings are known to the year only. */
        if (!case_fits(search, name, range) ||
            (day != DAY_UNKNOWN && from != INT32_MIN && day < from - 366))
            continue;
        int this_rank = rank(search, name);
        if (best == WORLD_NONE || this_rank > best_rank) {
            best = index;
            best_rank = this_rank;
        }
    }
    return best;
}

/* "US-backed", "anti-American": the name is part of another word. "Taliban-held" says who holds. */
static bool is_part_of_word(const struct document *document, struct token_range range)
{
    const struct token *tokens = document->tokens.items;
    if (range.end + 1 < document->tokens.count && (tokens[range.end].flags & TOKEN_HYPHEN) != 0 &&
        (tokens[range.end].flags & TOKEN_SPACE_BEFORE) == 0 &&
        (tokens[range.end + 1].flags &
         (TOKEN_SPACE_BEFORE | TOKEN_CAPITALISED | TOKEN_ALL_CAPITALS)) == 0)
        return !token_in(&tokens[range.end + 1], WORDS_PARTICIPLES_BEHIND_A_NAME);
    return range.first >= 2 && (tokens[range.first - 1].flags & TOKEN_HYPHEN) != 0 &&
           (tokens[range.first - 1].flags & TOKEN_SPACE_BEFORE) == 0 &&
           token_in(&tokens[range.first - 2], WORDS_PREFIXES_TO_A_NAME);
}

static bool is_locative(const struct document *document, struct token_range range)
{
    const struct token *tokens = document->tokens.items;
    uint32_t at = range.first;
    while (at > 0 && token_in(&tokens[at - 1], WORDS_PARTS_OF_A_STATE))
        at--;
    if (at > 0 && token_in(&tokens[at - 1], WORDS_PREPOSITIONS_BEFORE_STATES) &&
        tokens[at - 1].sentence == tokens[range.first].sentence)
        return true;
    /* "Kunduz, Afghanistan": the state after the town. */
    return range.first >= 2 && actor_word_is(&tokens[range.first - 1], ",") &&
           tokens[range.first - 2].upos == UPOS_PROPN && tokens[range.first].relation != REL_CONJ &&
           tokens[range.first].relation != REL_NSUBJ;
}

/* The active subject of a verb that governments do. */
static bool acts(const struct document *document, uint32_t head)
{
    const struct token *token = &document->tokens.items[head];
    if (token->relation != REL_NSUBJ || token->head == NONE)
        return false;
    const struct token *verb = &document->tokens.items[token->head];
    return verb->upos == UPOS_VERB && !token_in(verb, WORDS_VERBS_OF_A_CAPITAL);
}

static bool is_modifier(const struct token *token)
{
    enum relation relation = relation_universal(token->relation);
    return relation == REL_AMOD || relation == REL_COMPOUND;
}

/* "The cut in U.S. AID": a state that has no adjective, before what is its own; not "in U.S.
 * cities". */
static bool is_of_noun(const struct document *document, uint32_t head, uint32_t end)
{
    const struct token *tokens = document->tokens.items, *name = &tokens[head];
    if (!relation_is(name->relation, REL_COMPOUND) || name->head == NONE || name->head < end)
        return false;
    const struct token *noun = &tokens[name->head];
    return noun->upos == UPOS_NOUN && token_in(noun, WORDS_DEEDS_OF_STATES);
}

/* ------------------------------------------------------------------ the passes */

void actor_names_support(struct actor_search *search, uint32_t entry, bool more)
{
    const struct world *world = &search->knowledge->world;
    search->support[entry] += more ? 1 : (uint32_t)-1;
    uint32_t state = world->entries[entry].state;
    if (world->entries[entry].sort == WORLD_PERSON) {
        bool held;
        uint32_t post = world_post_of(world, entry, search->document->report.published, &held);
        if (post != WORLD_NONE)
            state = world->entries[world->posts[post].organisation].state;
    }
    /* News agencies and buildings say little about what a report is about. */
    if (state != WORLD_NONE && !world->entries[entry].outlet)
        search->country_support[state] += more ? 2 : (uint32_t)-2;
}

static void add_name(struct actor_search *search, uint32_t index, struct token_range range)
{
    const struct world_name *name = &search->knowledge->world.names[index];
    const struct world_entry *entry = &search->knowledge->world.entries[name->entry];
    struct finding *finding = actor_search_add(search, FOUND_KNOWN, range.first, range.end);
    if (finding == NULL)
        return;
    const struct token *head = &search->document->tokens.items[finding->head];
    finding->entry = name->entry;
    finding->form = name->form;
    /* "mahant das": without capitals three letters may be anything. */
    bool unsure = search->letters[head->sentence] == CASE_LOWER && entry->country != NULL &&
                  (name->flags & NAME_ACRONYM) != 0 && strlen(name->written) <= 3 &&
                  entry->own == NULL;
    finding->pending = (name->flags & NAME_CONTEXT) != 0 || unsure;
    finding->modifier = is_modifier(head);
    finding->plural = name->form == FORM_NATIONAL && ((head->features & WORD_PLURAL) != 0 ||
                                                      head->folded[head->folded_length - 1] == 's');
    bool place =
        entry->sort == WORLD_STATE && (name->form == FORM_NAME || name->form == FORM_CAPITAL);
    if (place && is_locative(search->document, range) &&
        !(name->flags & NAME_ACRONYM && is_of_noun(search->document, finding->head, range.end)))
        finding->silent = true;
    if (name->form == FORM_CAPITAL && !acts(search->document, finding->head))
        finding->silent = true;
    /* Towns that stand for somebody only where they act: "Peshawar rejected the plan". */
    if (entry->sort == WORLD_METONYM && finding->pending && !acts(search->document, finding->head))
        finding->silent = true;
    if (entry->own != NULL) {
        const char *code = coder_code_on(entry->own, search->document->report.published);
        finding->silent = code == NULL || strcmp(code, "---") == 0;
        if (code != NULL && strcmp(code, "###") == 0)
            search->discarded[head->sentence] = true;
    }
    if (is_part_of_word(search->document, range))
        finding->silent = finding->modifier = finding->inside_word = true;
    if (!finding->pending && !finding->inside_word)
        actor_names_support(search, name->entry, true);
}

static bool is_title_word(const struct actor_search *search, const struct token *token)
{
    uint32_t length;
    return actor_words_has(&search->knowledge->words, token, ACTOR_WORD_TITLE) ||
           phrases_find(&search->knowledge->roles.phrases, &token->hash, sizeof *token, 1,
                        &length) != PHRASE_NONE;
}

/* "Londono ESTRADA Velez", "Real MADRID", "the ALLIANCE of Growers": a name of one word that is a
 * part of another, longer name. */
static bool is_part_of_name(const struct actor_search *search, const struct world_name *name,
                            uint32_t at, uint32_t end)
{
    const struct world_entry *entry = &search->knowledge->world.entries[name->entry];
    const struct token *tokens = search->document->tokens.items, *token = &tokens[at];
    if (entry->own != NULL)
        return false;
    if (entry->sort == WORLD_PERSON) {
        const struct token *first =
            token->relation == REL_FLAT && token->head < at ? &tokens[token->head] : NULL;
        if (first != NULL && first->upos == UPOS_PROPN && !is_title_word(search, first))
            return true;
        return at + 1 < end && tokens[at + 1].relation == REL_FLAT &&
               tokens[at + 1].upos == UPOS_PROPN &&
               (tokens[at + 1].head == at || tokens[at + 1].head == token->head);
    }
    if (name->form == FORM_CAPITAL)
        return at > 0 && tokens[at - 1].sentence == token->sentence && tokens[at - 1].head == at &&
               (tokens[at - 1].relation == REL_AMOD || tokens[at - 1].relation == REL_COMPOUND) &&
               (tokens[at - 1].flags & TOKEN_CAPITALISED) != 0 &&
               search->letters[token->sentence] == CASE_MIXED;
    /* "NATIONAL LIBERATION FRONT": no newspaper where capitals do not tell. */
    if (entry->outlet && token->relation == REL_COMPOUND &&
        search->letters[token->sentence] != CASE_MIXED)
        return true;
    return entry->sort != WORLD_STATE && at + 2 < end && actor_word_is(&tokens[at + 1], "of") &&
           tokens[at + 2].upos == UPOS_PROPN;
}

/* The longest phrase at `at` that may be a name; the number of tokens it covers, or 0. */
static uint32_t find_at(struct actor_search *search, uint32_t at, uint32_t end)
{
    const struct phrases *phrases = &search->knowledge->world.phrases;
    const struct token *tokens = search->document->tokens.items;
    uint32_t count = end - at, length;
    while (count > 0) {
        uint32_t handle = phrases_find(phrases, &tokens[at].hash, sizeof *tokens, count, &length);
        if (handle == PHRASE_NONE)
            return 0;
        struct token_range range = {at, at + length};
        uint32_t index = choose(search, handle, range);
        /* "U.S. MILITARY AID" is the state's, not its army's. */
        if (length > 1 && at + length < end &&
            actor_word_is(&tokens[at + length - 1], "military") &&
            token_in(&tokens[at + length], WORDS_MILITARY_SUPPLIES)) {
            count = length - 1;
            continue;
        }
        if (index != WORLD_NONE &&
            !(length == 1 &&
              is_part_of_name(search, &search->knowledge->world.names[index], at, end))) {
            add_name(search, index, range);
            return length;
        }
        count = length - 1;
    }
    return 0;
}

/* Places count half: a name that is a place in one country may be one in another too. */
static void support_places(struct actor_search *search)
{
    const struct document *document = search->document;
    for (uint32_t i = 0; i < document->places.count; i++) {
        const struct place_mention *place = &document->places.items[i];
        uint32_t covered = search->covered[place->tokens.first];
        if (place->country == NULL || covered != NONE)
            continue;
        uint32_t state = world_state(&search->knowledge->world, place->country);
        if (state != WORLD_NONE)
            search->country_support[state]++;
    }
}

/* "President Bush": the post that the person holds stands right before the name. */
static bool has_title(const struct actor_search *search, const struct finding *finding)
{
    const struct world *world = &search->knowledge->world;
    const struct document *document = search->document;
    int32_t day = document->report.published;
    bool held;
    uint32_t post = world_post_of(world, finding->entry, day, &held);
    if (post == WORLD_NONE || (!held && day != DAY_UNKNOWN))
        return false;
    if (finding->core.end < document->tokens.count &&
        actor_words_has(&search->knowledge->words, &document->tokens.items[finding->core.end],
                        ACTOR_WORD_CABINET))
        return true;
    if (finding->core.first == 0)
        return false;
    const char *name = world->posts[post].post, *last = strrchr(name, '-');
    const struct token *before = &document->tokens.items[finding->core.first - 1];
    return actor_word_is(before, last != NULL ? last + 1 : name) ||
           (actor_word_is(before, "secretary") && strstr(name, "minister") != NULL) ||
           (actor_word_is(before, "premier") && strcmp(name, "prime-minister") == 0);
}

/* "Maoists" of two countries: the one of the report's, where another entry of the same name has
 * nothing for it. */
static bool settle_on_other(struct actor_search *search, struct finding *finding)
{
    const struct world *world = &search->knowledge->world;
    const struct token *tokens = search->document->tokens.items;
    uint32_t length = finding->core.end - finding->core.first, found_length, next;
    uint32_t handle = phrases_find(&world->phrases, &tokens[finding->core.first].hash,
                                   sizeof *tokens, length, &found_length);
    int32_t day = search->document->report.published;
    for (; handle != PHRASE_NONE && found_length == length; handle = next) {
        const struct world_name *name =
            &world->names[phrases_value(&world->phrases, handle, &next)];
        const struct world_entry *entry = &world->entries[name->entry];
        if (entry->sort != WORLD_GROUP || entry->state == WORLD_NONE ||
            search->country_support[entry->state] == 0 || !case_fits(search, name, finding->core) ||
            (day != DAY_UNKNOWN && (day < entry->from || day > entry->to)))
            continue;
        finding->entry = name->entry;
        finding->form = name->form;
        return true;
    }
    return false;
}

static void settle(struct actor_search *search)
{
    const struct world *world = &search->knowledge->world;
    for (uint32_t i = 0; i < search->findings.count; i++) {
        struct finding *finding = &search->findings.items[i];
        if (finding->sort != FOUND_KNOWN || !finding->pending)
            continue;
        uint32_t state = world->entries[finding->entry].state;
        /* That a report is about a country says nothing of its people and papers. */
        bool alone = world->entries[finding->entry].sort == WORLD_PERSON ||
                     world->entries[finding->entry].outlet;
        bool acting = finding->form == FORM_CAPITAL && !finding->silent;
        bool supported = search->support[finding->entry] > 0 || acting ||
                         (alone && has_title(search, finding)) ||
                         (!alone && state != WORLD_NONE && search->country_support[state] > 0);
        if (!supported)
            supported = settle_on_other(search, finding);
        finding->pending = false;
        if (supported) {
            actor_names_support(search, finding->entry, true);
            continue;
        }
        finding->sort = FOUND_NOTHING;
        for (uint32_t at = finding->core.first; at < finding->core.end; at++)
            search->covered[at] = NONE;
    }
}

/* The state that three fifths of all that points to states point to. */
static void find_context(struct actor_search *search)
{
    const struct world *world = &search->knowledge->world;
    uint32_t total = 0, best = 0;
    search->context_state = WORLD_NONE;
    for (uint32_t i = 0; i < world->first[WORLD_STATE + 1]; i++) {
        total += search->country_support[i];
        if (search->country_support[i] > best) {
            best = search->country_support[i];
            search->context_state = i;
        }
    }
    if (best < 2 || best * 5 < total * 3)
        search->context_state = WORLD_NONE;
}

void actor_names_find(struct actor_search *search)
{
    const struct document *document = search->document;
    find_letters(search);
    for (uint32_t i = 0; i < document->sentences.count; i++) {
        struct token_range range = document->sentences.items[i].tokens;
        for (uint32_t at = range.first; at < range.end;) {
            uint32_t length = find_at(search, at, range.end);
            at += length > 0 ? length : 1;
        }
    }
    actor_surnames_settle(search);
    support_places(search);
    settle(search);
    find_context(search);
}
