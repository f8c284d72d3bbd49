/* The stage "references": which mentions are of one entity.
 *
 * Method: a sieve of rules, the surest first (after Raghunathan and others 2010): equal names;
 * acronyms; surnames; the last word of an organisation's name; appositions and "the town of";
 * relative pronouns; definite nouns ("the general", "the group", "the city") that fit one entity
 * only; last the pronouns, from left to right. A rule that finds two candidates does nothing.
 * Left out: entities across reports, and what "it" means where it is no party or place. */
#include "bytes/hash.h"
#include "document/word_lists.h"
#include "language/pronouns.h"

struct work {
    struct mentions mentions;
    struct document *document;
    struct arena *scratch;
};

/* A table from a hash to a phrase; AMBIGUOUS where two entities claim it. */
#define AMBIGUOUS (UINT32_MAX - 1)

struct index {
    uint64_t *keys;
    uint32_t *phrases;
    uint32_t mask;
};

static bool index_init(struct index *index, uint32_t items, struct arena *scratch)
{
    uint32_t size = 16;
    while (size < items * 2)
        size *= 2;
    *index = (struct index){.keys = arena_new_array(scratch, uint64_t, size),
                            .phrases = arena_new_array(scratch, uint32_t, size),
                            .mask = size - 1};
    return index->keys != NULL && index->phrases != NULL;
}

static uint32_t *index_slot(struct index *index, uint64_t key)
{
    key += key == 0;
    uint32_t at = (uint32_t)key & index->mask;
    while (index->keys[at] != 0 && index->keys[at] != key)
        at = (at + 1) & index->mask;
    if (index->keys[at] == 0) {
        index->keys[at] = key;
        index->phrases[at] = NONE;
    }
    return &index->phrases[at];
}

/* Claims a key for a phrase's entity. */
static void claim(struct work *work, struct index *index, uint64_t key, uint32_t phrase)
{
    uint32_t *slot = index_slot(index, key);
    if (*slot == NONE)
        *slot = phrase;
    else if (*slot != AMBIGUOUS &&
             mentions_root(&work->mentions, *slot) != mentions_root(&work->mentions, phrase))
        *slot = AMBIGUOUS;
}

static const struct token *tokens_of(const struct work *work)
{
    return work->document->tokens.items;
}

static uint64_t phrase_hash(const struct work *work, struct token_range range)
{
    uint64_t hash = 1;
    for (uint32_t i = range.first; i < range.end; i++)
        if ((tokens_of(work)[i].flags & TOKEN_HYPHEN) == 0)
            hash = hash_join(hash, tokens_of(work)[i].hash);
    return hash;
}

static bool is_word_token(const struct token *token)
{
    return (token->flags & TOKEN_PUNCTUATION) == 0 && token->folded_length > 1;
}

/* ------------------------------------------------------------------ names */

static bool things_fit(const struct phrase *a, const struct phrase *b)
{
    return a->thing == b->thing || a->thing == THING_OTHER || b->thing == THING_OTHER;
}

static void join_equal_names(struct work *work)
{
    struct index index;
    struct mentions *mentions = &work->mentions;
    if (!index_init(&index, mentions->phrases.count, work->scratch))
        return;
    for (uint32_t i = 0; i < mentions->phrases.count; i++) {
        const struct phrase *phrase = &mentions->phrases.items[i];
        if (phrase->form != FORM_NAME)
            continue;
        uint32_t *slot = index_slot(&index, hash_join(phrase_hash(work, phrase->tokens),
                                                      phrase->thing == THING_PEOPLE));
        if (*slot == NONE)
            *slot = i;
        else if (things_fit(&mentions->phrases.items[*slot], phrase))
            mentions_join(mentions, *slot, i);
    }
}

/* The first letters of a name's longer words: "zlf" for "Zubian Liberation Front". */
static uint64_t initials_hash(const struct work *work, struct token_range range, bool small)
{
    char letters[12];
    size_t count = 0;
    for (uint32_t i = range.first; i < range.end; i++) {
        const struct token *token = &tokens_of(work)[i];
        bool linker = token->upos == UPOS_ADP || token->upos == UPOS_CCONJ ||
                      token->upos == UPOS_DET;
        if (!is_word_token(token) || (linker && !small) || (token->flags & TOKEN_JOINED) != 0)
            continue;
        if (count == sizeof letters)
            return 0;
        letters[count++] = token->folded[0];
    }
    return count >= 2 ? hash_bytes(letters, count) : 0;
}

static void join_acronyms(struct work *work)
{
    struct index index;
    struct mentions *mentions = &work->mentions;
    if (!index_init(&index, mentions->phrases.count * 2, work->scratch))
        return;
    for (uint32_t i = 0; i < mentions->phrases.count; i++) {
        const struct phrase *phrase = &mentions->phrases.items[i];
        if (phrase->form != FORM_NAME || phrase->tokens.end - phrase->tokens.first < 2 ||
            phrase->thing == THING_PERSON)
            continue;
        for (int small = 0; small < 2; small++) {
            uint64_t hash = initials_hash(work, phrase->tokens, small != 0);
            if (hash != 0)
                claim(work, &index, hash, i);
        }
    }
    for (uint32_t i = 0; i < mentions->phrases.count; i++) {
        const struct phrase *phrase = &mentions->phrases.items[i];
        if (phrase->form != FORM_NAME || phrase->tokens.end - phrase->tokens.first != 1 ||
            phrase->thing == THING_PERSON || phrase->thing == THING_PEOPLE)
            continue;
        const struct token *token = &tokens_of(work)[phrase->tokens.first];
        uint32_t found = *index_slot(&index, token->hash);
        if (found == NONE || found == AMBIGUOUS || (token->flags & TOKEN_ALL_CAPITALS) == 0)
            continue;
        const struct phrase *full = &mentions->phrases.items[found];
        bool bracketed = phrase->tokens.first > full->tokens.end &&
                         phrase->tokens.first - full->tokens.end == 1;
        /* Two letters are an acronym only in brackets behind the name. */
        if (things_fit(full, phrase) && (bracketed || token->folded_length > 2))
            mentions_join(mentions, found, i);
    }
}

/* Whether all words of `part` stand in `whole` in the same order, beginning with the same. */
static bool is_shortened(const struct work *work, struct token_range part, struct token_range whole)
{
    const struct token *tokens = tokens_of(work);
    if (tokens[part.first].hash != tokens[whole.first].hash)
        return false;
    uint32_t at = whole.first;
    for (uint32_t i = part.first; i < part.end; i++, at++) {
        while (at < whole.end && tokens[at].hash != tokens[i].hash)
            at++;
        if (at == whole.end)
            return false;
    }
    return true;
}

static bool genders_clash(uint8_t a, uint8_t b)
{
    return a != GENDER_UNKNOWN && b != GENDER_UNKNOWN && a != b;
}

/* Claims the parts by which a person's full name may be taken up: surname, other names, and the
 * first two together. */
static void claim_person(struct work *work, struct index *last, struct index *part, uint32_t i)
{
    const struct phrase *phrase = &work->mentions.phrases.items[i];
    const struct token *tokens = tokens_of(work);
    claim(work, last, tokens[phrase->tokens.end - 1].hash, i);
    for (uint32_t j = phrase->tokens.first; j < phrase->tokens.end; j++)
        if (is_word_token(&tokens[j]) && tokens[j].folded_length > 3)
            claim(work, part, tokens[j].hash, i);
}

static void join_persons(struct work *work)
{
    struct index last, part;
    struct mentions *mentions = &work->mentions;
    uint32_t words = 1;
    for (uint32_t i = 0; i < mentions->phrases.count; i++)
        words += mentions->phrases.items[i].tokens.end - mentions->phrases.items[i].tokens.first;
    if (!index_init(&last, words, work->scratch) || !index_init(&part, words, work->scratch))
        return;
    /* Longer names first take up their shortened forms: "Tariq Osman", "Tariq Ali Osman". */
    for (uint32_t i = 0; i < mentions->phrases.count; i++) {
        const struct phrase *phrase = &mentions->phrases.items[i];
        if (phrase->form != FORM_NAME || phrase->thing != THING_PERSON ||
            phrase->tokens.end - phrase->tokens.first < 2)
            continue;
        uint32_t found = *index_slot(&part, tokens_of(work)[phrase->tokens.first].hash);
        if (found < AMBIGUOUS) {
            struct token_range other = mentions->phrases.items[found].tokens;
            if (is_shortened(work, phrase->tokens, other) ||
                is_shortened(work, other, phrase->tokens))
                mentions_join(mentions, found, i);
        }
        claim_person(work, &last, &part, i);
    }
    for (uint32_t i = 0; i < mentions->phrases.count; i++) {
        const struct phrase *phrase = &mentions->phrases.items[i];
        if (phrase->form != FORM_NAME || phrase->tokens.end - phrase->tokens.first != 1 ||
            (phrase->thing != THING_PERSON && phrase->thing != THING_OTHER))
            continue;
        uint64_t hash = tokens_of(work)[phrase->tokens.first].hash;
        uint32_t found = *index_slot(&last, hash);
        if (found == NONE)
            found = *index_slot(&part, hash);
        if (found >= AMBIGUOUS || mentions_root(mentions, found) == mentions_root(mentions, i))
            continue;
        const struct phrase *full = &mentions->phrases.items[mentions_root(mentions, found)];
        const struct phrase *root = &mentions->phrases.items[mentions_root(mentions, i)];
        if (!genders_clash(full->gender, root->gender))
            mentions_join(mentions, found, i);
    }
}

/* "the Front" after "Zubian Liberation Front", "the Ministry" after "Ministry of Defence". */
static void join_heads(struct work *work)
{
    struct index index;
    struct mentions *mentions = &work->mentions;
    if (!index_init(&index, mentions->phrases.count * 2, work->scratch))
        return;
    for (uint32_t i = 0; i < mentions->phrases.count; i++) {
        const struct phrase *phrase = &mentions->phrases.items[i];
        if (phrase->form != FORM_NAME && !(phrase->form == FORM_NOUN && phrase->definite))
            continue;
        bool whole = phrase->form == FORM_NAME && phrase->thing == THING_GROUP &&
                     phrase->tokens.end - phrase->tokens.first > 1;
        const struct token *first = &tokens_of(work)[phrase->tokens.first],
                           *last = &tokens_of(work)[phrase->tokens.end - 1];
        if (whole) {
            claim(work, &index, last->hash, i);
            if (last->hash != first->hash &&
                (name_words_find(&mentions->words->names, first->hash)->kinds &
                 NAME_WORD_ORGANISATION) != 0)
                claim(work, &index, first->hash, i);
        } else if (phrase->form == FORM_NAME ? phrase->tokens.end - phrase->tokens.first == 1
                                             : phrase->bare) {
            uint32_t kinds = name_words_find(&mentions->words->names, last->hash)->kinds;
            uint32_t found = *index_slot(&index, last->hash);
            if (found < AMBIGUOUS && (kinds & NAME_WORD_ORGANISATION) != 0)
                mentions_join(mentions, found, i);
        }
    }
}

/* ------------------------------------------------------------------ grammar */

/* "The Green Party, the Labour Party, the Farmers' Front and": names in a row, read as appositions. */
static bool is_listed(const struct token *tokens, uint32_t count, uint32_t item)
{
    uint32_t head = tokens[item].head;
    for (uint32_t i = item + 1; i < count && tokens[i].sentence == tokens[item].sentence; i++)
        if ((tokens[i].head == head &&
             (tokens[i].relation == REL_CONJ || tokens[i].relation == REL_APPOS)) ||
            (tokens[i].head == item && tokens[i].relation == REL_CONJ))
            return true;
    return false;
}

/* Appositions, "the town of Vashtra", "Osman is the leader", relative pronouns. */
static void join_by_grammar(struct work *work)
{
    struct mentions *mentions = &work->mentions;
    const struct token *tokens = tokens_of(work);
    for (uint32_t i = 0; i < mentions->phrases.count; i++) {
        struct phrase *phrase = &mentions->phrases.items[i];
        const struct token *head = &tokens[phrase->head];
        uint32_t above = head->head != NONE ? mentions->of_token[head->head] : NONE;
        if (phrase->pronoun == PRONOUN_WHO) {
            uint32_t at = head->head;
            for (int steps = 0; at != NONE && steps < 6 && tokens[at].relation != REL_ACL_RELCL;
                 steps++)
                at = tokens[at].head;
            uint32_t noun = at != NONE && tokens[at].relation == REL_ACL_RELCL &&
                                    tokens[at].head != NONE
                                ? mentions->of_token[tokens[at].head]
                                : NONE;
            if (noun != NONE && noun < i && mentions->phrases.items[noun].thing == THING_PERSON) {
                mentions_join(mentions, noun, i);
                phrase->plural = mentions->phrases.items[noun].plural;
            }
            continue;
        }
        if (above == NONE || above == i || phrase->form == FORM_PRONOUN)
            continue;
        struct phrase *other = &mentions->phrases.items[above];
        if (head->relation == REL_APPOS && other->form != FORM_PRONOUN &&
            !(phrase->thing == THING_GROUP && other->form == FORM_NAME &&
              is_listed(tokens, work->document->tokens.count, phrase->head)) &&
            other->thing == phrase->thing && phrase->thing != THING_OTHER &&
            phrase->thing != THING_PLACE && phrase->thing != THING_PEOPLE &&
            phrase->plural == other->plural && (phrase->form == FORM_NOUN) != (other->form == FORM_NOUN))
            mentions_join(mentions, above, i);
        else if (phrase->form == FORM_NAME && phrase->thing == THING_PLACE &&
                 other->form == FORM_NOUN && other->thing == THING_PLACE && !other->plural &&
                 !token_in(&tokens[other->head], WORDS_PLACES_OF_A_PLACE) &&
                 head->relation == REL_NMOD && phrase->tokens.first == other->tokens.end + 1 &&
                 strcmp(tokens[other->tokens.end].folded, "of") == 0) {
            mentions_join(mentions, above, i);
            phrase->role = other->role;
        } else if (phrase->form == FORM_NAME && phrase->thing == THING_PLACE &&
                   other->form == FORM_NOUN && other->thing == THING_PLACE &&
                   head->relation == REL_COMPOUND) {
            mentions_join(mentions, above, i);
            phrase->role = other->role;
        }
    }
}

/* ------------------------------------------------------------------ definite nouns */

/* Joins "the general" with the one entity that was called so. */
static void join_roles(struct work *work)
{
    struct index index;
    struct mentions *mentions = &work->mentions;
    if (!index_init(&index, mentions->phrases.count, work->scratch))
        return;
    for (uint32_t i = 0; i < mentions->phrases.count; i++) {
        const struct phrase *phrase = &mentions->phrases.items[i];
        if (phrase->role == 0 || phrase->thing == THING_OTHER)
            continue;
        uint64_t key = hash_join(phrase->role, phrase->plural);
        bool takes_up = phrase->form == FORM_NOUN && phrase->definite && phrase->bare &&
                        mentions_root(mentions, i) == i;
        uint32_t found = takes_up ? *index_slot(&index, key) : NONE;
        if (found < AMBIGUOUS && mentions->phrases.items[found].thing == phrase->thing) {
            mentions_join(mentions, found, i);
            continue;
        }
        claim(work, &index, key, i);
    }
}

/* The only entity of a kind among the names of this sentence and the `back` before; NONE where there
 * is none or two. */
static uint32_t only_entity(struct work *work, uint32_t index, enum thing thing, uint32_t back,
                            bool country)
{
    struct mentions *mentions = &work->mentions;
    const struct phrase *noun = &mentions->phrases.items[index];
    uint32_t found = NONE;
    for (uint32_t i = index; i > 0; i--) {
        const struct phrase *phrase = &mentions->phrases.items[i - 1];
        if (noun->sentence - phrase->sentence > back)
            break;
        uint32_t root = mentions_root(mentions, i - 1);
        if (phrase->form == FORM_PRONOUN || mentions->phrases.items[root].thing != thing ||
            (phrase->form == FORM_NOUN && root == i - 1))
            continue;
        if (phrase->form == FORM_NAME && thing == THING_PLACE) {
            uint32_t length;
            const struct known_name *known = known_names_find(
                &mentions->words->known, &tokens_of(work)[phrase->tokens.first],
                phrase->tokens.end - phrase->tokens.first, &length);
            bool state = known != NULL && known->kind == NAME_PLACE &&
                         length == phrase->tokens.end - phrase->tokens.first;
            if (state != country && !(state && !country))
                continue;
            if (state && !country)
                continue;
        }
        if (found != NONE && found != root)
            return NONE;
        found = root;
    }
    return found;
}

/* "the group", "the city", "the country" where only one can be meant. */
static void join_definite(struct work *work)
{
    struct mentions *mentions = &work->mentions;
    for (uint32_t i = 0; i < mentions->phrases.count; i++) {
        const struct phrase *phrase = &mentions->phrases.items[i];
        if (phrase->form != FORM_NOUN || !phrase->definite || !phrase->bare || phrase->plural ||
            mentions_root(mentions, i) != i)
            continue;
        uint32_t kinds =
            name_words_find(&mentions->words->names, tokens_of(work)[phrase->head].hash)->kinds;
        uint32_t found = NONE;
        if (phrase->thing == THING_GROUP && (kinds & NAME_WORD_GROUP) != 0)
            found = only_entity(work, i, THING_GROUP, 2, false);
        else if ((kinds & NAME_WORD_COUNTRY) != 0)
            found = only_entity(work, i, THING_PLACE, 3, true);
        else if (phrase->thing == THING_PLACE)
            found = only_entity(work, i, THING_PLACE, 1, false);
        /* What has a role of its own ("the town of X") is not "the city". */
        if (found == NONE || (phrase->thing == THING_PLACE &&
                              mentions->phrases.items[found].role != 0 &&
                              mentions->phrases.items[found].role != phrase->role))
            continue;
        mentions_join(mentions, found, i);
    }
}

/* ------------------------------------------------------------------ the layer */

/* How telling a mention is: names before nouns before pronouns, longer before shorter. */
static uint32_t telling(const struct phrase *phrase)
{
    uint32_t length = phrase->tokens.end - phrase->tokens.first;
    if (length > 999)
        length = 999;
    return (phrase->form == FORM_NAME ? 2000u : phrase->form == FORM_NOUN ? 1000u : 0u) + length;
}

static void write_mention(struct work *work, uint32_t index, uint32_t entity)
{
    const struct phrase *phrase = &work->mentions.phrases.items[index];
    struct mention *mention = array_push(&work->document->mentions);
    if (mention == NULL)
        return;
    *mention = (struct mention){.tokens = phrase->tokens,
                                .span = document_span_of(work->document, phrase->tokens),
                                .head = phrase->head,
                                .entity = entity,
                                .name = phrase->name};
}

/* Writes names, and everything that is one with something else. */
static void write_layer(struct work *work)
{
    struct mentions *mentions = &work->mentions;
    struct document *document = work->document;
    uint32_t count = mentions->phrases.count;
    uint32_t *sizes = arena_new_array(work->scratch, uint32_t, count + 1);
    uint32_t *entities = arena_new_array(work->scratch, uint32_t, count + 1);
    uint32_t *best = arena_new_array(work->scratch, uint32_t, count + 1);
    if (sizes == NULL || entities == NULL || best == NULL)
        return;
    for (uint32_t i = 0; i < count; i++)
        sizes[mentions_root(mentions, i)]++;
    for (uint32_t i = 0; i < count; i++) {
        const struct phrase *phrase = &mentions->phrases.items[i];
        uint32_t root = mentions_root(mentions, i);
        if (sizes[root] < 2 && phrase->form != FORM_NAME)
            continue;
        if (entities[root] == 0) {
            const struct phrase *first = &mentions->phrases.items[root];
            struct entity *entity = array_push(&document->entities);
            if (entity == NULL)
                return;
            entities[root] = document->entities.count;
            entity->first_mention = entity->best_mention = document->mentions.count;
            entity->gender = first->thing == THING_PERSON || first->plural
                                 ? (enum entity_gender)first->gender
                                 : GENDER_NEUTER;
            entity->plural = first->plural;
            best[root] = i;
        }
        struct entity *entity = &document->entities.items[entities[root] - 1];
        entity->mention_count++;
        if (telling(phrase) > telling(&mentions->phrases.items[best[root]])) {
            best[root] = i;
            entity->best_mention = document->mentions.count;
        }
        write_mention(work, i, entities[root] - 1);
    }
}

static annals_status references_run(const void *state, struct document *document,
                                    struct arena *scratch, annals_error *error)
{
    struct work work = {.document = document, .scratch = scratch};
    (void)error;
    if (!mentions_collect(&work.mentions, state, document, scratch))
        return ANNALS_OK;
    join_equal_names(&work);
    join_acronyms(&work);
    join_persons(&work);
    join_heads(&work);
    join_by_grammar(&work);
    join_roles(&work);
    join_definite(&work);
    for (uint32_t i = 0; i < work.mentions.phrases.count; i++) {
        const struct phrase *phrase = &work.mentions.phrases.items[i];
        if (phrase->pronoun != PRONOUN_NONE && phrase->pronoun != PRONOUN_WHO)
            pronouns_resolve(&work.mentions, i);
    }
    write_layer(&work);
    return ANNALS_OK;
}

static annals_status references_open(const struct stage_setting *setting, void **state,
                                     annals_error *error)
{
    struct reference_words *words = arena_new(setting->arena, struct reference_words);
    if (words == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    *state = words;
    annals_status status = name_words_open(&words->names, setting, error);
    if (status == ANNALS_OK)
        status = known_names_open(&words->known, setting, error);
    return status == ANNALS_OK ? nouns_open(&words->nouns, setting, error) : status;
}

const struct stage stage_references = {
    .name = "references",
    .summary = "which names, nouns and pronouns are of one entity",
    .needs = HAS_SENTENCES | HAS_TAGS | HAS_TREE | HAS_NAMES,
    .gives = HAS_MENTIONS,
    .open = references_open,
    .run = references_run,
};
