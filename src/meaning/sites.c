/* Facilities as places of their own. A prison, an airport, a border crossing may be held by others than
 * its town, so that what is said of its holder must not be said of the town.
 *
 * Method: the noun and the words before it are looked up in sites.tsv. What is called by a name of its
 * own ("the Tamanhint air base") is a place of that name; else it goes by the town whose it is ("the
 * prison of Kandahar", "Kandahar's prison", "its airport"), which is named in the phrase, or is the one
 * that the report is at. A town's airport is one place however it is said. Only what the report points
 * out counts: "the", a name, a possessive.
 *
 * What leaves out: "a school in Mosul" (which of them?), "two bases", which nobody can tell from others; a second
 * hospital without a name; facilities that the gazetteer has under their own name, which are places
 * already. */
#include "meaning/sites.h"

#include "dictionary/table.h"
#include "meaning/coding.h"
#include "meaning/scenes.h"

#include <string.h>

enum { LONGEST_KIND = 4, LONGEST_NAME = 5, TOWN_REACH = 2 };

annals_status sites_read(struct sites *sites, struct arena *arena, const char *path,
                         annals_error *error)
{
    static const char *const columns[] = {"id", "words", "name", "feature", "several", NULL};
    struct table table;
    annals_status status = table_read_columns(&table, arena, path, columns, error);
    if (status != ANNALS_OK)
        return status;
    phrases_init(&sites->words, arena);
    sites->count = table.row_count;
    sites->items = arena_new_array(arena, struct site_kind, table.row_count);
    if (sites->items == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    for (uint32_t row = 0; row < table.row_count; row++) {
        sites->items[row].name = table_cell(&table, row, "name");
        sites->items[row].feature = table_cell(&table, row, "feature");
        sites->items[row].several = strcmp(table_cell(&table, row, "several"), "yes") == 0;
        const char *at = table_cell(&table, row, "words"), *word;
        size_t length;
        while (table_next_item(&at, &word, &length))
            if (!phrases_add(&sites->words, word, length, row))
                return table_fail(&table, row, error, "a word that cannot be added");
    }
    return ANNALS_OK;
}

/* The kind whose words end at `noun`, the longest; `*first` gets the first of them. */
static const struct site_kind *kind_at(const struct coding *coding, uint32_t noun, uint32_t *first)
{
    const struct sites *sites = &coding->knowledge->sites;
    const struct token *tokens = coding->tree.tokens;
    for (uint32_t words = LONGEST_KIND; words > 0; words--) {
        uint32_t length = 0, next;
        if (words > noun + 1 || tokens[noun + 1 - words].sentence != tokens[noun].sentence)
            continue;
        uint32_t handle = phrases_find(&sites->words, &tokens[noun + 1 - words].hash, sizeof *tokens,
                                       words, &length);
        if (handle == PHRASE_NONE || length != words)
            continue;
        *first = noun + 1 - words;
        return &sites->items[phrases_value(&sites->words, handle, &next)];
    }
    return NULL;
}

static bool is_name_word(const struct token *token)
{
    return (token->flags & (TOKEN_CAPITALISED | TOKEN_ALL_CAPITALS)) != 0 &&
           (token->flags & (TOKEN_PUNCTUATION | TOKEN_NUMBER)) == 0 && token->upos != UPOS_DET &&
           token->upos != UPOS_PRON && token->upos != UPOS_ADP && token->upos != UPOS_AUX;
}

/* The words of a name right before the kind: "TAMANHINT air base"; empty where there are none. */
static struct token_range own_name(const struct coding *coding, uint32_t first)
{
    const struct token *tokens = coding->tree.tokens;
    struct token_range range = {first, first};
    while (range.first > 0 && range.end - range.first < LONGEST_NAME) {
        const struct token *word = &tokens[range.first - 1];
        bool hyphen = (word->flags & TOKEN_HYPHEN) != 0 && range.first >= 2 && range.first < range.end &&
                      (word->flags & TOKEN_SPACE_BEFORE) == 0;
        if (word->sentence != tokens[first].sentence || (!hyphen && !is_name_word(word)))
            break;
        /* "Soldiers captured", "Rebels'": a word that begins the sentence has its capital for that. */
        uint32_t start = coding->document->sentences.items[word->sentence].tokens.first;
        if (range.first - 1 == start && word->upos != UPOS_PROPN)
            break;
        range.first--;
    }
    return range;
}

/* Does an actor's name stand there: "the UN base", "the Libyan army camp"? */
static bool is_body(const struct coding *coding, struct token_range range)
{
    for (uint32_t i = range.first; i < range.end; i++)
        if (coding->named[i] != NONE && coding->where[i] == NONE)
            return true;
    return false;
}

/* "The Libyan port" is of that country and has no name. */
static bool is_adjective_of_country(const struct coding *coding, struct token_range range)
{
    uint32_t place = range.end > range.first ? coding->place[range.first] : NONE;
    return place != NONE && coding->document->places.items[place].use != PLACE_LOCATION;
}

/* "The prison", "its airport", "Kandahar's jail", "Sebha airport": one that is pointed out; "an army
 * barracks outside the town", where a town has one. */
static bool is_definite(const struct coding *coding, const struct site_kind *kind, uint32_t noun,
                        bool named)
{
    static const char *const articles[] = {"a", "an", NULL};
    static const char *const closed[] = {"the", "this", "that", NULL};
    const struct tree *tree = &coding->tree;
    const struct token *word = &tree->tokens[noun];
    if ((word->features & WORD_PLURAL) != 0 && !token_in(word, WORDS_PLURALS_OF_ONE_SITE) &&
        word->lemma_hash != word->hash)
        return false;
    bool definite = named;
    for (uint32_t child = tree->first_child[noun]; child != NONE && child < noun;
         child = tree->next_sibling[child]) {
        const struct token *dependent = &tree->tokens[child];
        bool article = token_is_one_of(dependent, articles);
        if (token_in(dependent, WORDS_LEAVE_OPEN_WHICH_SITE) ||
            relation_is(dependent->relation, REL_NUMMOD) || (article && kind->several))
            return false;
        definite |= article || token_is_one_of(dependent, closed) ||
                    dependent->relation == REL_NMOD_POSS;
    }
    return definite;
}

static bool is_town(const struct document *document, uint32_t place)
{
    const char *feature = place != NONE ? document->places.items[place].feature : NULL;
    return place != NONE && (feature == NULL || (strncmp(feature, "PCL", 3) != 0 &&
                                                 strncmp(feature, "ADM1", 4) != 0 &&
                                                 strncmp(feature, "CONT", 4) != 0));
}

uint32_t site_town(const struct coding *coding, uint32_t noun)
{
    uint32_t sentence = coding->tree.tokens[noun].sentence;
    for (uint32_t steps = 0; steps <= TOWN_REACH && steps <= sentence; steps++) {
        struct token_range range = coding->document->sentences.items[sentence - steps].tokens;
        uint32_t found = NONE;
        for (uint32_t i = range.first; i < range.end; i++) {
            uint32_t place = coding->where[i];
            if (!is_town(coding->document, place) || place == found)
                continue;
            if (found != NONE && !scenes_same(coding->document, place, found))
                return NONE;
            found = place;
        }
        if (found != NONE)
            return found;
    }
    return NONE;
}

/* "The airport" again: the one of this kind that the report has pointed out. */
static uint32_t told_before(const struct document *document, const struct site_kind *kind,
                            uint32_t noun)
{
    uint32_t found = NONE;
    for (uint32_t i = 0; i < document->places.count; i++) {
        const struct place_mention *place = &document->places.items[i];
        bool same = place->feature != NULL && strcmp(place->feature, kind->feature) == 0 &&
                    place->tokens.first < noun;
        if (!same || (found != NONE && scenes_same(document, i, found)))
            continue;
        if (found != NONE)
            return NONE;
        found = i;
    }
    return found;
}

static uint32_t written(struct document *document, const struct place_mention *site)
{
    for (uint32_t i = 0; i < document->places.count; i++) {
        const struct place_mention *known = &document->places.items[i];
        if (strcmp(known->name, site->name) == 0 &&
            (known->country == NULL || site->country == NULL ||
             strcmp(known->country, site->country) == 0))
            return i;
    }
    struct place_mention *slot = array_push(&document->places);
    if (slot == NULL)
        return NONE;
    *slot = *site;
    return document->places.count - 1;
}

/* "Tamanhint air base": the name as the report writes it, the kind as the dictionary does. */
static const char *name_of(struct document *document, struct token_range own, const char *town,
                           const struct site_kind *kind)
{
    if (own.first == own.end)
        return arena_print(document->arena, "%s %s", town, kind->name);
    struct byte_span span = document_span_of(document, own);
    return arena_print(document->arena, "%.*s %s", (int)(span.end - span.start),
                       document_bytes(document, span), kind->name);
}

bool site_is_one(const struct coding *coding, uint32_t noun)
{
    uint32_t first;
    return kind_at(coding, noun, &first) != NULL;
}

uint32_t site_find(const struct making *making, const struct claim *claim, uint32_t noun,
                   uint32_t inside)
{
    const struct coding *coding = making->coding;
    struct document *document = coding->document;
    uint32_t first = noun, town = inside;
    const struct site_kind *kind = kind_at(coding, noun, &first);
    if (kind == NULL)
        return NONE;
    struct token_range own = own_name(coding, first);
    if (is_adjective_of_country(coding, own))
        own.first = own.end;
    /* "The 22 May hospital": a name that is not read. */
    bool dated = first > 0 && coding->time[first - 1] != NONE;
    if (dated || is_body(coding, own) || !is_definite(coding, kind, noun, own.first < own.end))
        return NONE;
    uint32_t called = own.first < own.end ? coding->where[own.first] : NONE;
    if (called != NONE) { /* "Kandahar prison" is Kandahar's */
        town = called;
        own.first = own.end;
    }
    bool named = own.first < own.end;
    if (!named && inside == NONE && called == NONE) {
        uint32_t before = told_before(document, kind, noun);
        if (before != NONE)
            return before;
        town = is_town(document, claim->place) && document->places.items[claim->place].relation == NULL
                   ? claim->place
                   : site_town(coding, noun);
    }
    if (!named && !is_town(document, town))
        return NONE;
    struct place_mention site = {.use = PLACE_LOCATION, .certainty = 0.5F};
    if (town != NONE) {
        site = document->places.items[town];
        site.admin2 = is_town(document, town) ? site.admin2 : NULL;
        site.located = site.located && is_town(document, town);
    }
    site.tokens = (struct token_range){named ? own.first : first, noun + 1};
    site.span = document_span_of(document, site.tokens);
    site.name = name_of(document, own, site.name, kind);
    site.feature = kind->feature;
    site.geonameid = 0;
    site.relation = site.reason = NULL;
    site.dateline = false;
    site.use = PLACE_LOCATION;
    return site.name != NULL ? written(document, &site) : NONE;
}
