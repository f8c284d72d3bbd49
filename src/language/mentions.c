/* Collects what may refer: names, pronouns, noun phrases.
 *
 * A noun phrase is its head noun with the article and the modifiers that stand before it. Persons
 * and groups are known by dictionaries/en/roles.tsv and name_words.tsv; other nouns are kept too,
 * since "it" and "they" may mean them and then must not be taken for something else.
 * Left out: clauses and verbs as what "it" and "this" refer to. */
#include "language/mentions.h"

#include "bytes/hash.h"
#include "dictionary/table.h"
#include "document/word_lists.h"

/* "A family", "a crowd": many, so that neither "he" nor "she" is one. */
static uint8_t thing_of_role(const char *kind, bool plural)
{
    bool group = strcmp(kind, "organisation") == 0 ||
                 (strcmp(kind, "unnamed group") == 0 && !plural);
    return group ? THING_GROUP : THING_PERSON;
}

static bool add_noun(struct nouns *nouns, const char *form, struct noun noun)
{
    if (form[0] == '\0' || phrases_exact(&nouns->phrases, form, strlen(form)) != PHRASE_NONE)
        return true;
    struct noun *added = array_push(&nouns->items);
    if (added == NULL)
        return false;
    *added = noun;
    return phrases_add(&nouns->phrases, form, strlen(form), nouns->items.count - 1);
}

annals_status nouns_open(struct nouns *nouns, const struct stage_setting *setting,
                         annals_error *error)
{
    static const char *const columns[] = {"singular", "plural", "kind", "gender", NULL};
    struct table table;
    const char *path = stage_path(setting, "dictionaries", "en/roles.tsv");
    if (path == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    annals_status status = table_read_columns(&table, setting->arena, path, columns, error);
    if (status != ANNALS_OK)
        return status;
    phrases_init(&nouns->phrases, setting->arena);
    array_init(&nouns->items, setting->arena);
    for (uint32_t row = 0; row < table.row_count; row++) {
        const char *kind = table_cell(&table, row, "kind");
        struct noun noun = {.thing = thing_of_role(kind, false),
                            .gender = (uint8_t)gender_called(table_cell(&table, row, "gender"))};
        bool added = add_noun(nouns, table_cell(&table, row, "singular"), noun);
        noun.plural = true;
        noun.thing = thing_of_role(kind, true);
        if (!added || !add_noun(nouns, table_cell(&table, row, "plural"), noun))
            return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    }
    return ANNALS_OK;
}

static const struct noun *find_noun(const struct nouns *nouns, uint64_t hash)
{
    uint32_t length, next;
    uint32_t handle = phrases_find(&nouns->phrases, &hash, sizeof hash, 1, &length);
    return handle == PHRASE_NONE ? NULL
                                 : &nouns->items.items[phrases_value(&nouns->phrases, handle, &next)];
}

/* ------------------------------------------------------------------ joining */

uint32_t mentions_root(struct mentions *mentions, uint32_t phrase)
{
    struct phrase *phrases = mentions->phrases.items;
    uint32_t root = phrase;
    while (phrases[root].parent != root)
        root = phrases[root].parent;
    while (phrases[phrase].parent != root) {
        uint32_t next = phrases[phrase].parent;
        phrases[phrase].parent = root;
        phrase = next;
    }
    return root;
}

void mentions_join(struct mentions *mentions, uint32_t a, uint32_t b)
{
    a = mentions_root(mentions, a);
    b = mentions_root(mentions, b);
    if (a == b)
        return;
    uint32_t root = a < b ? a : b, other = a < b ? b : a;
    struct phrase *phrases = mentions->phrases.items;
    phrases[other].parent = root;
    if (phrases[root].gender == GENDER_UNKNOWN)
        phrases[root].gender = phrases[other].gender;
    if (phrases[root].thing == THING_OTHER)
        phrases[root].thing = phrases[other].thing;
}

/* ------------------------------------------------------------------ collecting */

static struct phrase *add_phrase(struct mentions *mentions, struct token_range tokens,
                                 uint32_t head, enum phrase_form form)
{
    struct phrase *phrase = array_push(&mentions->phrases);
    if (phrase == NULL)
        return NULL;
    const struct token *all = mentions->document->tokens.items, *token = &all[head];
    uint32_t index = mentions->phrases.count - 1;
    enum relation relation = relation_universal(token->relation);
    /* What is joined to a subject by "and" is one too. */
    if (relation == REL_CONJ && token->head != NONE)
        relation = relation_universal(all[token->head].relation);
    *phrase = (struct phrase){.tokens = tokens,
                              .head = head,
                              .sentence = token->sentence,
                              .name = NONE,
                              .parent = index,
                              .form = (uint8_t)form,
                              .subject = relation == REL_NSUBJ,
                              .possessive = token->relation == REL_NMOD_POSS,
                              .plural = (token->features & WORD_PLURAL) != 0};
    mentions->of_token[head] = index;
    return phrase;
}

/* The long form of a rank: "gen." and "general" are one role. */
static uint64_t role_of_title(const struct token *token)
{
    static const char *const ranks[][2] = {
        {"gen", "general"},   {"col", "colonel"},      {"maj", "major"},    {"capt", "captain"},
        {"lt", "lieutenant"}, {"sgt", "sergeant"},     {"cpl", "corporal"}, {"adm", "admiral"},
        {"gov", "governor"},  {"sen", "senator"},      {"dr", "doctor"},    {"prof", "professor"},
        {"brig", "brigadier"}, {"cmdr", "commander"},  {"rep", "representative"},
        {"amb", "ambassador"}, {"rev", "reverend"}};
    size_t length = token->folded_length;
    if (length > 0 && token->folded[length - 1] == '.')
        length--;
    for (size_t i = 0; i < sizeof ranks / sizeof ranks[0]; i++)
        if (strlen(ranks[i][0]) == length && memcmp(ranks[i][0], token->folded, length) == 0)
            return hash_bytes(ranks[i][1], strlen(ranks[i][1]));
    return hash_bytes(token->folded, length);
}

static bool is_title(const struct mentions *mentions, const struct token *token)
{
    return (name_words_find(&mentions->words->names, token->hash)->kinds &
            (NAME_WORD_TITLE | NAME_WORD_PERSON_CUE)) != 0;
}

/* Role and gender from the titles before a person's name. */
static void read_titles(const struct mentions *mentions, struct phrase *phrase)
{
    const struct token *tokens = mentions->document->tokens.items;
    uint32_t start = mentions->document->sentences.items[phrase->sentence].tokens.first;
    for (uint32_t i = phrase->tokens.first; i > start; i--) {
        const struct token *token = &tokens[i - 1];
        if ((token->flags & TOKEN_HYPHEN) != 0)
            continue;
        if (!is_title(mentions, token))
            break;
        const struct name_word *word = name_words_find(&mentions->words->names, token->hash);
        const struct noun *noun = find_noun(&mentions->words->nouns, token->hash);
        if (phrase->gender == GENDER_UNKNOWN)
            phrase->gender = (uint8_t)(word->title_gender != GENDER_UNKNOWN ? word->title_gender
                                       : noun != NULL                       ? noun->gender
                                                                            : GENDER_UNKNOWN);
        bool courtesy = word->title_gender != GENDER_UNKNOWN && noun == NULL;
        if (phrase->role == 0 && !courtesy)
            phrase->role = role_of_title(token);
    }
}

static uint32_t head_of(const struct document *document, struct token_range range)
{
    for (uint32_t i = range.first; i < range.end; i++) {
        const struct token *token = &document->tokens.items[i];
        if ((token->head == NONE && token->relation == REL_ROOT) ||
            (token->head != NONE && (token->head < range.first || token->head >= range.end)))
            return i;
    }
    return range.end - 1;
}

static void add_name(struct mentions *mentions, uint32_t index)
{
    static const uint8_t things[] = {THING_PERSON, THING_GROUP, THING_PLACE, THING_PEOPLE,
                                     THING_OTHER};
    const struct document *document = mentions->document;
    const struct name *name = &document->names.items[index];
    struct phrase *phrase =
        add_phrase(mentions, name->tokens, head_of(document, name->tokens), FORM_NAME);
    if (phrase == NULL)
        return;
    for (uint32_t i = name->tokens.first; i < name->tokens.end; i++)
        mentions->of_token[i] = mentions->phrases.count - 1;
    phrase->name = index;
    phrase->thing = things[name->kind];
    if (name->kind != NAME_NATIONALITY)
        phrase->plural = false;
    if (name->kind != NAME_PERSON)
        return;
    uint32_t length;
    const struct token *first = &document->tokens.items[name->tokens.first];
    uint32_t count = name->tokens.end - name->tokens.first;
    const struct known_name *known = known_names_find(&mentions->words->known, first, count, &length);
    if (known != NULL && known->kind == NAME_PERSON && length == count && !known->weak)
        phrase->gender = (uint8_t)known->gender;
    if (phrase->gender == GENDER_UNKNOWN && count > 1)
        phrase->gender =
            (uint8_t)name_words_find(&mentions->words->names, first->hash)->first_gender;
    read_titles(mentions, phrase);
}

static enum pronoun_sort pronoun_sort_of(const struct token *token)
{
    static const struct {
        const char *forms;
        enum pronoun_sort sort;
    } sorts[] = {{" he him his himself ", PRONOUN_HE},
                 {" she her hers herself ", PRONOUN_SHE},
                 {" it its itself ", PRONOUN_IT},
                 {" they them their theirs themselves ", PRONOUN_THEY},
                 {" who whom whose ", PRONOUN_WHO}};
    char word[16];
    if (token->folded_length > 12 || (token->upos != UPOS_PRON && token->upos != UPOS_DET))
        return PRONOUN_NONE;
    snprintf(word, sizeof word, " %s ", token->folded);
    for (size_t i = 0; i < sizeof sorts / sizeof sorts[0]; i++)
        if (strstr(sorts[i].forms, word) != NULL)
            return sorts[i].sort;
    return PRONOUN_NONE;
}

static void add_pronoun(struct mentions *mentions, uint32_t i, enum pronoun_sort sort)
{
    const struct token *token = &mentions->document->tokens.items[i];
    struct phrase *phrase = add_phrase(mentions, (struct token_range){i, i + 1}, i, FORM_PRONOUN);
    if (phrase == NULL)
        return;
    phrase->pronoun = (uint8_t)sort;
    phrase->reflexive = token->folded_length > 5 && strstr(token->folded, "sel") != NULL;
    phrase->plural = sort == PRONOUN_THEY;
    phrase->gender = sort == PRONOUN_HE    ? GENDER_MALE
                     : sort == PRONOUN_SHE ? GENDER_FEMALE
                     : sort == PRONOUN_IT  ? GENDER_NEUTER
                                           : GENDER_UNKNOWN;
    phrase->possessive |= (token->features & WORD_POSSESSIVE) != 0;
}

static bool is_modifier(enum relation relation)
{
    switch (relation_universal(relation)) {
    case REL_DET:
    case REL_AMOD:
    case REL_COMPOUND:
    case REL_NUMMOD:
    case REL_NMOD:
        return true;
    default:
        return false;
    }
}

static bool is_definite(const struct token *token)
{
    static const char *const words[] = {"the", "this", "that", "these", "those", "both"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(token->folded, words[i]) == 0)
            return true;
    return false;
}

static uint8_t thing_of_noun(const struct mentions *mentions, const struct token *token,
                             struct phrase *phrase)
{
    uint32_t kinds = name_words_find(&mentions->words->names, token->hash)->kinds;
    const struct noun *noun = find_noun(&mentions->words->nouns, token->hash);
    uint32_t lemma_kinds =
        name_words_find(&mentions->words->names, token->lemma_hash)->kinds;
    if (noun == NULL)
        noun = find_noun(&mentions->words->nouns, token->lemma_hash);
    if (noun != NULL)
        phrase->gender = noun->gender;
    if ((kinds & NAME_WORD_GROUP) != 0 && !phrase->plural)
        return THING_GROUP;
    if (noun != NULL)
        return noun->thing;
    if ((lemma_kinds & NAME_WORD_PERSON_CUE) != 0)
        return THING_PERSON;
    if ((kinds & (NAME_WORD_PLACE_CUE | NAME_WORD_COUNTRY)) != 0)
        return THING_PLACE;
    return (kinds & NAME_WORD_ORGANISATION) != 0 && !phrase->plural ? THING_GROUP : THING_OTHER;
}

static void add_noun_phrase(struct mentions *mentions, uint32_t i)
{
    const struct token *tokens = mentions->document->tokens.items, *token = &tokens[i];
    const struct token_range in =
        mentions->document->sentences.items[token->sentence].tokens;
    uint32_t first = i;
    bool definite = false, bare = true;
    while (first > in.first && tokens[first - 1].head == i &&
           is_modifier(tokens[first - 1].relation)) {
        first--;
        if (tokens[first].relation == REL_DET)
            definite |= is_definite(&tokens[first]);
        else
            bare = false;
    }
    for (uint32_t j = i + 1; j < in.end && j < i + 8 && bare; j++)
        bare = tokens[j].head != i || (relation_universal(tokens[j].relation) != REL_NMOD &&
                                       relation_universal(tokens[j].relation) != REL_ACL &&
                                       tokens[j].relation != REL_APPOS &&
                                       tokens[j].relation != REL_FLAT);
    /* A modifier further left (behind a gap) counts as well. */
    if (bare && first > in.first && tokens[first - 1].head == i &&
        (tokens[first - 1].flags & TOKEN_PUNCTUATION) == 0 &&
        relation_universal(tokens[first - 1].relation) != REL_CASE &&
        relation_universal(tokens[first - 1].relation) != REL_CC &&
        tokens[first - 1].relation != REL_COP && tokens[first - 1].relation != REL_MARK)
        bare = false;
    struct phrase *phrase =
        add_phrase(mentions, (struct token_range){first, i + 1}, i, FORM_NOUN);
    if (phrase == NULL)
        return;
    phrase->definite = definite;
    phrase->bare = bare;
    phrase->plural |= token_in(token, WORDS_PLURALS_WITHOUT_ENDING);
    phrase->thing = thing_of_noun(mentions, token, phrase);
    phrase->role = token->lemma_hash != 0 ? token->lemma_hash : token->hash;
}

static bool is_noun_head(const struct mentions *mentions, const struct token *token)
{
    enum relation relation = relation_universal(token->relation);
    /* "The general fled" is now and then tagged as an adjective. */
    if (token->upos == UPOS_ADJ)
        return (relation == REL_NSUBJ || relation == REL_OBJ || relation == REL_OBL) &&
               (name_words_find(&mentions->words->names, token->hash)->kinds &
                NAME_WORD_PERSON_CUE) != 0;
    if (token->upos != UPOS_NOUN && token->upos != UPOS_PROPN)
        return false;
    return relation != REL_COMPOUND && relation != REL_FLAT && token->relation != REL_NMOD_DESC &&
           token->relation != REL_NMOD_UNMARKED && token->relation != REL_OBL_UNMARKED &&
           relation != REL_GOESWITH && relation != REL_FIXED;
}

static bool prepare(struct mentions *mentions, const struct document *document,
                    struct arena *scratch)
{
    uint32_t count = document->tokens.count;
    mentions->of_token = arena_new_array(scratch, uint32_t, count);
    mentions->subject_of = arena_new_array(scratch, uint32_t, count);
    mentions->object_of = arena_new_array(scratch, uint32_t, count);
    if (mentions->of_token == NULL || mentions->subject_of == NULL || mentions->object_of == NULL)
        return false;
    for (uint32_t i = 0; i < count; i++)
        mentions->of_token[i] = mentions->subject_of[i] = mentions->object_of[i] = NONE;
    for (uint32_t i = 0; i < count; i++) {
        const struct token *token = &document->tokens.items[i];
        if (token->head != NONE && relation_universal(token->relation) == REL_NSUBJ)
            mentions->subject_of[token->head] = i;
        if (token->head != NONE && relation_universal(token->relation) == REL_OBJ)
            mentions->object_of[token->head] = i;
    }
    return true;
}

bool mentions_collect(struct mentions *mentions, const struct reference_words *words,
                      const struct document *document, struct arena *scratch)
{
    *mentions = (struct mentions){.words = words, .document = document};
    array_init(&mentions->phrases, scratch);
    if (!prepare(mentions, document, scratch))
        return false;
    uint32_t name = 0;
    for (uint32_t i = 0; i < document->tokens.count; i++) {
        const struct token *token = &document->tokens.items[i];
        if (name < document->names.count && document->names.items[name].tokens.first == i) {
            add_name(mentions, name);
            i = document->names.items[name].tokens.end - 1;
            name++;
            continue;
        }
        enum pronoun_sort sort = pronoun_sort_of(token);
        if (sort != PRONOUN_NONE)
            add_pronoun(mentions, i, sort);
        else if (is_noun_head(mentions, token))
            add_noun_phrase(mentions, i);
    }
    return !scratch->failed;
}
