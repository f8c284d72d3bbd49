/* Where the words of a report are: every token that stands for a place. A name does where it is
 * used for a location; so do "the city", "the province", "the capital", "there", "here" once it is
 * known which is meant.
 *
 * Method: sieves, as reference resolution uses them (Lee et al. 2013). A noun of a kind of place
 * with "the", "this" or "that" takes the nearest place before it that is of this kind, in its own
 * sentence, then in those before; where the nearest sentence names several and none of them is
 * what the report names most by then, it takes none. "The country" is that of most places of the
 * report, "here" where it was filed, "the capital" that country's capital. What is left out: "the
 * region", "the area", plurals, and places that only the reader's map tells ("the border"). */
#include "meaning/scenes.h"

enum { REACH = 20 };

enum place_kind {
    KIND_NONE,
    KIND_CITY,
    KIND_PROVINCE,
    KIND_DISTRICT,
    KIND_COUNTRY,
    KIND_CAPITAL,
    KIND_SEAT,
    KIND_VALLEY,
    KIND_ISLAND,
    KIND_ANYWHERE
};

static enum place_kind kind_of_word(const struct token *token)
{
    static const struct {
        enum word_list list;
        enum place_kind kind;
    } lists[] = {{WORDS_SCENES_CITY, KIND_CITY},         {WORDS_SCENES_PROVINCE, KIND_PROVINCE},
                 {WORDS_SCENES_DISTRICT, KIND_DISTRICT}, {WORDS_SCENES_COUNTRY, KIND_COUNTRY},
                 {WORDS_SCENES_CAPITAL, KIND_CAPITAL},   {WORDS_SCENES_VALLEY, KIND_VALLEY},
                 {WORDS_SCENES_ISLAND, KIND_ISLAND}};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        if (token_in(token, lists[i].list))
            return lists[i].kind;
    return KIND_NONE;
}

static bool begins(const char *text, const char *start)
{
    return text != NULL && strncmp(text, start, strlen(start)) == 0;
}

static bool is_seat_of_its_name(const struct place_mention *place)
{
    return begins(place->feature, "PPLA") && place->admin1 != NULL &&
           strcmp(place->admin1, place->name) == 0;
}

static bool is_of_kind(const struct place_mention *place, enum place_kind kind)
{
    switch (kind) {
    case KIND_CITY:
        return begins(place->feature, "PPL");
    case KIND_PROVINCE:
        /* A province is often named by its seat of the same name. */
        return begins(place->feature, "ADM1") || is_seat_of_its_name(place);
    case KIND_DISTRICT:
        return begins(place->feature, "ADM2") || begins(place->feature, "ADM3");
    case KIND_COUNTRY:
        return begins(place->feature, "PCL");
    case KIND_CAPITAL:
        return begins(place->feature, "PPLC");
    case KIND_SEAT:
        return begins(place->feature, "PPLA");
    case KIND_VALLEY:
        return begins(place->feature, "VAL");
    case KIND_ISLAND:
        return begins(place->feature, "ISL");
    case KIND_ANYWHERE:
        return !begins(place->feature, "PCL");
    default:
        return false;
    }
}

static bool same_place(const struct document *document, uint32_t a, uint32_t b)
{
    const struct place_mention *one = &document->places.items[a], *two = &document->places.items[b];
    return one->geonameid != 0 || two->geonameid != 0 ? one->geonameid == two->geonameid
                                                      : strcmp(one->name, two->name) == 0;
}

/* How often the report names the place up to this token. */
static uint32_t times_named(const struct document *document, uint32_t place, uint32_t before)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < document->places.count; i++)
        count += document->places.items[i].tokens.first < before && same_place(document, place, i);
    return count;
}

static uint32_t filed_at(const struct document *document)
{
    uint32_t found = NONE;
    for (uint32_t i = 0; i < document->places.count && found == NONE; i++)
        if (document->places.items[i].dateline)
            found = i;
    return found;
}

/* The word of a place's name that the others hang on. */
static uint32_t head_of_name(const struct coding *coding, uint32_t place)
{
    struct token_range range = coding->document->places.items[place].tokens;
    uint32_t head = range.first;
    while (coding->tree.tokens[head].head >= range.first &&
           coding->tree.tokens[head].head < range.end)
        head = coding->tree.tokens[head].head;
    return head;
}

/* Whether a sentence is about the place: an argument of its main verb, "Rebels attacked Niamey",
 * not "a man who said that he was born in Niamey", "a bank in Niamey". */
static bool is_in_main_clause(const struct coding *coding, uint32_t place)
{
    const struct token *token = &coding->tree.tokens[head_of_name(coding, place)];
    return token->head == NONE || (!relation_is(token->relation, REL_NMOD) &&
                                   coding->tree.tokens[token->head].head == NONE);
}

bool scenes_is_abroad(const struct coding *coding, uint32_t place)
{
    const struct document *document = coding->document;
    const char *country = document->places.items[place].country;
    uint32_t filed = filed_at(document);
    const char *here = filed != NONE ? document->places.items[filed].country : NULL;
    if (country == NULL || (coding->country == NULL && here == NULL) ||
        (coding->country != NULL && strcmp(country, coding->country) == 0) ||
        (here != NULL && strcmp(country, here) == 0) || is_in_main_clause(coding, place))
        return false;
    for (uint32_t i = 0; i < document->claims.count; i++) {
        uint32_t other = document->claims.items[i].place;
        if (other != NONE && document->places.items[other].country != NULL &&
            strcmp(document->places.items[other].country, country) == 0)
            return false;
    }
    return true;
}

struct antecedent {
    uint32_t place;
    bool several;
};

/* The place of the kind in tokens [first, end), the last one in text order where they agree. */
static struct antecedent antecedent_in(const struct coding *coding, uint32_t first, uint32_t end,
                                       enum place_kind kind)
{
    const struct document *document = coding->document;
    struct antecedent found = {NONE, false};
    for (uint32_t i = first; i < end; i++) {
        uint32_t place = coding->where[i];
        if (place == NONE || !is_of_kind(&document->places.items[place], kind) ||
            document->places.items[place].relation != NULL || scenes_is_abroad(coding, place))
            continue;
        if (found.place == NONE || same_place(document, place, found.place)) {
            found.place = place;
            continue;
        }
        uint32_t old = times_named(document, found.place, end);
        uint32_t new = times_named(document, place, end);
        if (new > old)
            found = (struct antecedent){place, false};
        else if (new == old)
            found.several = true;
    }
    return found;
}

/* The nearest place of the kind before `token`; NONE where it is not clear which. */
static uint32_t nearest_before(const struct coding *coding, uint32_t token, enum place_kind kind,
                               uint32_t reach)
{
    const struct sentence *sentences = coding->document->sentences.items;
    uint32_t sentence = coding->tree.tokens[token].sentence;
    for (uint32_t steps = 0; steps <= reach && steps <= sentence; steps++) {
        struct token_range range = sentences[sentence - steps].tokens;
        struct antecedent found =
            antecedent_in(coding, range.first, steps == 0 ? token : range.end, kind);
        if (found.place != NONE)
            return found.several ? NONE : found.place;
    }
    /* "KUNDUZ, Sept. 28 -- The city fell": where the report was filed, unless its story is abroad.
     */
    uint32_t filed = reach == REACH ? filed_at(coding->document) : NONE;
    if (filed == NONE || !is_of_kind(&coding->document->places.items[filed], kind))
        return NONE;
    const char *here = coding->document->places.items[filed].country;
    bool home = here != NULL && (coding->country == NULL || strcmp(here, coding->country) == 0);
    return home ? filed : NONE;
}

/* The country that more than half of the report's places are in, or NULL: whoever is left when
 * others are struck out against each other (Boyer and Moore 1981), if it is that many. */
static const char *country_of_report(const struct document *document)
{
    const char *left = NULL;
    uint32_t lead = 0, same = 0, all = 0;
    for (uint32_t i = 0; i < document->places.count; i++) {
        const char *country = document->places.items[i].country;
        if (country == NULL)
            continue;
        all++;
        if (lead == 0)
            left = country;
        if (strcmp(left, country) == 0)
            lead++;
        else
            lead--;
    }
    for (uint32_t i = 0; left != NULL && i < document->places.count; i++)
        same += document->places.items[i].country != NULL &&
                strcmp(document->places.items[i].country, left) == 0;
    return same * 2 > all ? left : NULL;
}

/* A mention of the report's own country or its capital: the last before the token, else the first.
 */
static uint32_t of_country(const struct coding *coding, uint32_t token, enum place_kind kind,
                           const char *country)
{
    const struct document *document = coding->document;
    uint32_t found = NONE;
    for (uint32_t i = 0; i < document->places.count && country != NULL; i++) {
        const struct place_mention *place = &document->places.items[i];
        if (!is_of_kind(place, kind) || place->country == NULL ||
            strcmp(place->country, country) != 0)
            continue;
        if (found != NONE && place->tokens.first > token)
            break;
        found = i;
    }
    return found;
}

static bool is_pointed_out(const struct coding *coding, uint32_t token)
{
    static const char *const words[] = {"the", "this", "that", "whose"};
    for (uint32_t child = coding->tree.first_child[token]; child != NONE;
         child = coding->tree.next_sibling[child])
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
            if (child < token && strcmp(coding->tree.tokens[child].folded, words[i]) == 0)
                return true;
    return false;
}

/* "The northern city", "another town", "the last city", "the regional capital": an adjective other
 * than these says which, so that it is not the one just told of. */
static bool is_told_apart(const struct coding *coding, uint32_t token, bool *seat)
{
    for (uint32_t child = coding->tree.first_child[token]; child != NONE;
         child = coding->tree.next_sibling[child]) {
        const struct token *word = &coding->tree.tokens[child];
        if (!relation_is(word->relation, REL_AMOD) && !relation_is(word->relation, REL_COMPOUND) &&
            !relation_is(word->relation, REL_NUMMOD))
            continue;
        bool of_division = token_in(word, WORDS_MAKE_A_CAPITAL_A_SEAT);
        *seat |= of_division;
        if (!of_division && !token_in(word, WORDS_TELL_NO_PLACE_APART))
            return true;
    }
    return false;
}

/* "The city of Kunduz", "the capital, Kabul": the name inside or beside the noun phrase. */
static uint32_t named_beside(const struct coding *coding, uint32_t token)
{
    for (uint32_t child = coding->tree.first_child[token]; child != NONE;
         child = coding->tree.next_sibling[child]) {
        enum relation relation = relation_universal(coding->tree.tokens[child].relation);
        uint32_t preposition = tree_preposition(&coding->tree, child);
        bool same = relation == REL_APPOS || relation == REL_FLAT || relation == REL_COMPOUND ||
                    (relation == REL_NMOD && preposition != NONE &&
                     token_is(&coding->tree.tokens[preposition], "of"));
        if (same && coding->where[child] != NONE)
            return coding->where[child];
    }
    return NONE;
}

/* "This ruined city", in a dispatch: where it was filed. */
static uint32_t this_place(const struct coding *coding, uint32_t token, enum place_kind kind)
{
    uint32_t determiner = tree_child(&coding->tree, token, REL_DET);
    uint32_t filed = filed_at(coding->document);
    if (filed == NONE || determiner == NONE ||
        !token_is(&coding->tree.tokens[determiner], "this") ||
        (coding->tree.tokens[token].flags & TOKEN_QUOTED) != 0 ||
        (kind != KIND_CITY && kind != KIND_CAPITAL))
        return NONE;
    return filed;
}

static uint32_t resolve_noun(const struct coding *coding, uint32_t token, const char *country)
{
    enum place_kind kind = kind_of_word(&coding->tree.tokens[token]);
    bool seat = false;
    if (kind == KIND_NONE || coding->tree.tokens[token].upos != UPOS_NOUN)
        return NONE;
    uint32_t named = named_beside(coding, token);
    if (named != NONE && (is_of_kind(&coding->document->places.items[named], kind) ||
                          kind == KIND_CAPITAL || kind == KIND_DISTRICT))
        return named;
    if (named != NONE && kind == KIND_CITY)
        return named;
    uint32_t here = this_place(coding, token, kind);
    if (here != NONE)
        return here;
    if (!is_pointed_out(coding, token) || is_told_apart(coding, token, &seat))
        return NONE;
    if (kind == KIND_CAPITAL && !seat)
        return of_country(coding, token, kind, country);
    if (kind == KIND_COUNTRY)
        return of_country(coding, token, kind, country);
    return nearest_before(coding, token, seat ? KIND_SEAT : kind, REACH);
}

static uint32_t resolve_adverb(const struct coding *coding, uint32_t token)
{
    const struct token *word = &coding->tree.tokens[token];
    if (word->upos != UPOS_ADV)
        return NONE;
    if (strcmp(word->folded, "here") == 0)
        return (word->flags & TOKEN_QUOTED) != 0 ? NONE : filed_at(coding->document);
    if (strcmp(word->folded, "there") == 0 && !relation_is(word->relation, REL_EXPL))
        return nearest_before(coding, token, KIND_ANYWHERE, 2);
    return NONE;
}

static bool is_inside(const struct place_mention *place, uint32_t token)
{
    return token >= place->tokens.first && token < place->tokens.end;
}

void scenes_find(struct coding *coding)
{
    const struct document *document = coding->document;
    for (uint32_t i = 0; i < document->places.count; i++) {
        const struct place_mention *place = &document->places.items[i];
        if (place->use != PLACE_LOCATION || place->dateline || place->stray)
            continue;
        for (uint32_t j = place->tokens.first; j < place->tokens.end; j++)
            coding->where[j] = i;
    }
    if (document->places.count == 0)
        return;
    const char *country = coding->country = country_of_report(document);
    for (uint32_t i = 0; i < document->tokens.count; i++) {
        if (coding->where[i] != NONE)
            continue;
        uint32_t place = coding->place[i];
        if (place != NONE && is_inside(&document->places.items[place], i))
            continue; /* an adjective, a government, a dateline, a stray */
        if (place != NONE && document->places.items[place].stray)
            continue; /* "the Dover NEIGHBOURHOOD" */
        if (place == NONE || document->places.items[place].use != PLACE_LOCATION)
            place = resolve_noun(coding, i, country);
        if (place == NONE)
            place = resolve_adverb(coding, i);
        coding->where[i] = place;
        if (coding->place[i] == NONE)
            coding->place[i] = place;
    }
}

bool scenes_same(const struct document *document, uint32_t a, uint32_t b)
{
    return a == b || (a != NONE && b != NONE && same_place(document, a, b));
}

bool scenes_is_country(const struct document *document, uint32_t place)
{
    return is_of_kind(&document->places.items[place], KIND_COUNTRY);
}

/* The clause that tells what is said, or what somebody reports: up to the verb of saying. */
static uint32_t content_root(const struct coding *coding, uint32_t token)
{
    for (int steps = 0; steps < 40; steps++) {
        const struct token *word = &coding->tree.tokens[token];
        if (word->head == NONE || word->relation == REL_CCOMP)
            break;
        uint32_t mark = tree_child(&coding->tree, token, REL_MARK);
        if (word->relation == REL_ACL && mark != NONE &&
            token_is(&coding->tree.tokens[mark], "that"))
            break;
        token = word->head;
    }
    return token;
}

/* "SAUDI Arabia": a word of the name behind it. */
static bool is_amod_of_name(const struct coding *coding, uint32_t token)
{
    const struct token *word = &coding->tree.tokens[token];
    return word->relation == REL_AMOD && word->head != NONE &&
           coding->where[word->head] == coding->where[token];
}

/* "Fighters from Chechnya", "an envoy to Congo": where somebody comes from or belongs is not where
 * he is. */
static bool is_whence(const struct coding *coding, uint32_t token)
{
    uint32_t owned = coding->tree.tokens[token].head;
    if (coding->tree.tokens[token].relation == REL_NMOD_POSS && owned != NONE &&
        scenes_is_country(coding->document, coding->where[token]) &&
        coding->tree.tokens[owned].upos == UPOS_NOUN &&
        (coding_kinds(coding, owned) & KIND_PERSON) != 0)
        return true; /* "Russia's ambassador" */
    for (int steps = 0; steps < 3; steps++) {
        uint32_t word = tree_preposition(&coding->tree, token);
        if (word == NONE && (relation_is(coding->tree.tokens[token].relation, REL_FLAT) ||
                             relation_is(coding->tree.tokens[token].relation, REL_COMPOUND) ||
                             relation_is(coding->tree.tokens[token].relation, REL_CONJ) ||
                             is_amod_of_name(coding, token))) {
            token = coding->tree.tokens[token].head;
            continue;
        }
        if (!relation_is(coding->tree.tokens[token].relation, REL_NMOD))
            return false;
        if (word != NONE && token_in(&coding->tree.tokens[word], WORDS_SAY_WHENCE))
            return true;
        /* "Senator Keita OF Mali" */
        uint32_t head = coding->tree.tokens[token].head;
        return word != NONE && token_is(&coding->tree.tokens[word], "of") &&
               coding->tree.tokens[head].upos == UPOS_PROPN && coding->named[head] != NONE &&
               coding->where[head] == NONE;
    }
    return false;
}

static bool has_subject(const struct tree *tree, uint32_t verb)
{
    return tree_child(tree, verb, REL_NSUBJ) != NONE ||
           tree_child(tree, verb, REL_NSUBJ_PASS) != NONE;
}

/* "They hold the town, WHILE politicians in Moscow argue": what stands beside it is another scene,
 * unless `token` is told of there itself, or "shot while sleeping in Dayton". */
static bool is_contrasted_with(const struct coding *coding, uint32_t place, uint32_t token)
{
    const struct tree *tree = &coding->tree;
    for (int steps = 0; steps < 12 && place != NONE; steps++) {
        uint32_t mark = has_subject(tree, place) ? tree_child(tree, place, REL_MARK) : NONE;
        if (mark != NONE && token_in(&tree->tokens[mark], WORDS_SET_TWO_SCENES_APART))
            return token != NONE && !tree_is_below(tree, token, place);
        place = tree->tokens[place].head;
    }
    return false;
}

/* "Eight wounded were driven TO MAIDUGURI", "took the injured TO HOSPITAL IN GOMA": where who was
 * hurt went afterwards. */
static bool is_whither(const struct coding *coding, uint32_t place, uint32_t token)
{
    const struct tree *tree = &coding->tree;
    if (token == NONE)
        return false;
    uint32_t preposition = tree_preposition(tree, place);
    uint32_t moved = relation_is(tree->tokens[token].relation, REL_AMOD) ||
                             relation_is(tree->tokens[token].relation, REL_ACL)
                         ? tree->tokens[token].head
                         : token;
    return preposition != NONE && token_is(&tree->tokens[preposition], "to") && moved != NONE &&
           moved < place && tree->tokens[moved].head == tree->tokens[place].head &&
           (tree->tokens[moved].relation == REL_OBJ ||
            tree->tokens[moved].relation == REL_NSUBJ_PASS);
}

bool scenes_told_together(const struct coding *coding, uint32_t token, uint32_t other)
{
    return tree_is_below(&coding->tree, other, content_root(coding, token));
}

uint32_t scenes_only_place(const struct coding *coding, uint32_t sentence, uint32_t token,
                           bool *any)
{
    struct token_range range = coding->document->sentences.items[sentence].tokens;
    uint32_t root = token != NONE ? content_root(coding, token) : NONE;
    uint32_t found = NONE;
    *any = false;
    for (uint32_t i = range.first; i < range.end; i++) {
        uint32_t place = coding->where[i];
        if (place == NONE || (root != NONE && !tree_is_below(&coding->tree, i, root)) ||
            is_whence(coding, i) || is_whither(coding, i, token) ||
            is_contrasted_with(coding, i, token))
            continue;
        if (*any && (found == NONE || !scenes_same(coding->document, place, found)))
            found = NONE;
        else
            found = place;
        *any = true;
    }
    return found;
}

uint32_t scenes_conjuncts(const struct coding *coding, uint32_t place, uint32_t sentence,
                          uint32_t *tokens, uint32_t maximum)
{
    uint32_t head = head_of_name(coding, place), count = 0;
    if (coding->tree.tokens[head].sentence != sentence)
        return 0;
    for (uint32_t child = coding->tree.first_child[head]; child != NONE && count < maximum;
         child = coding->tree.next_sibling[child]) {
        uint32_t other = coding->where[child];
        bool repeated = other == NONE || scenes_same(coding->document, other, place);
        for (uint32_t i = 0; i < count && !repeated; i++)
            repeated = scenes_same(coding->document, other, coding->where[tokens[i]]);
        if (!repeated && coding->tree.tokens[child].relation == REL_CONJ)
            tokens[count++] = child;
    }
    return count;
}

bool scenes_is_open_place(const struct coding *coding, uint32_t token)
{
    return coding->where[token] == NONE &&
           token_in(&coding->tree.tokens[token], WORDS_SCENES_LEFT_OPEN);
}
