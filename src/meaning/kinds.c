/* What the nouns of a report stand for: persons, armed or not, bodies, places, buildings, vehicles,
 * weapons, events, by the actors and places found there and by dictionaries/en/things.tsv. "Dozens
 * of rebels", "a group of gunmen" stand for what is behind "of". What leaves out: nouns that mean
 * two things; the first row of the dictionary counts. */
#include "meaning/coding.h"
#include "meaning/participants.h"

uint32_t coding_kinds_of_type(const char *type)
{
    static const struct {
        const char *type;
        uint32_t kinds;
    } types[] = {
        {"state force", KIND_ARMED | KIND_STATE_FORCE},
        {"external force", KIND_ARMED | KIND_STATE_FORCE},
        {"rebel", KIND_ARMED | KIND_REBEL},
        {"militia", KIND_ARMED | KIND_REBEL},
        {"criminal", KIND_ARMED},
        {"police", KIND_ARMED | KIND_POLICE},
        {"government", KIND_GOVERNMENT},
        {"civilian", KIND_CIVILIAN},
        {"protester", KIND_PROTESTER},
        {"rioter", KIND_PROTESTER},
        {"media", KIND_CIVILIAN},
    };
    for (size_t i = 0; type != NULL && i < sizeof types / sizeof types[0]; i++)
        if (strcmp(type, types[i].type) == 0)
            return types[i].kinds;
    return 0;
}

/* Who speaks for a state, a body of states or a party: by what the actor is, by the opposition or
 * party in its code, or as one of the leaders of the world. Nobody who bears arms. */
static bool is_official(const struct actor *actor, uint32_t kinds)
{
    if ((kinds & KIND_GOVERNMENT) != 0)
        return true;
    if ((kinds & (KIND_ARMED | KIND_REBEL)) != 0 || actor->type == NULL)
        return false;
    if (strcmp(actor->type, "igo") == 0)
        return true;
    if (strcmp(actor->type, "other") != 0)
        return false;
    return (actor->kind == ACTOR_PERSON && actor->entry != NULL) ||
           (actor->code != NULL &&
            (strstr(actor->code, "OPP") != NULL || strstr(actor->code, "PTY") != NULL));
}

static uint32_t kinds_of_actor(const struct actor *actor)
{
    uint32_t kinds = KIND_ACTOR | coding_kinds_of_type(actor->type);
    if (is_official(actor, kinds))
        kinds |= KIND_OFFICIAL;
    if (actor->kind == ACTOR_PERSON || actor->kind == ACTOR_UNNAMED ||
        actor->kind == ACTOR_POPULATION)
        kinds |= KIND_PERSON;
    if (actor->kind == ACTOR_ORGANISATION || actor->kind == ACTOR_STATE)
        kinds |= KIND_ORGANISATION;
    if (actor->kind == ACTOR_STATE)
        kinds |= KIND_GOVERNMENT | KIND_PLACE;
    return kinds;
}

static uint32_t kinds_of_weapon(const char *detail)
{
    static const struct {
        const char *detail;
        uint32_t kind;
    } details[] = {
        {"bomb", KIND_EXPLOSIVE},  {"vehicle bomb", KIND_EXPLOSIVE}, {"grenade", KIND_EXPLOSIVE},
        {"mine", KIND_EXPLOSIVE},  {"suicide", KIND_EXPLOSIVE},      {"artillery", KIND_SHELL},
        {"mortar", KIND_SHELL},    {"rocket", KIND_SHELL},           {"missile", KIND_SHELL},
        {"shell", KIND_SHELL},     {"aircraft", KIND_AIRCRAFT},      {"drone", KIND_AIRCRAFT},
        {"firearm", KIND_FIREARM}, {"ammunition", KIND_FIREARM},     {"chemical", KIND_CHEMICAL}};
    for (size_t i = 0; i < sizeof details / sizeof details[0]; i++)
        if (strcmp(detail, details[i].detail) == 0)
            return details[i].kind;
    return 0;
}

static uint32_t kinds_of_thing(const struct thing *thing)
{
    static const struct {
        const char *name;
        uint32_t kind;
    } names[] = {
        {"facility", KIND_FACILITY}, {"vehicle", KIND_VEHICLE},           {"weapon", KIND_WEAPON},
        {"person", KIND_PERSON},     {"organisation", KIND_ORGANISATION}, {"place", KIND_PLACE}};
    uint32_t kinds = 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(thing->kind, names[i].name) == 0)
            kinds = names[i].kind;
    if ((kinds & KIND_WEAPON) != 0)
        kinds |= kinds_of_weapon(thing->detail);
    if (strcmp(thing->detail, "military") == 0)
        kinds |= KIND_ARMED;
    return kinds;
}

/* The thing at a noun: "suicide bomber" and "tear gas" before "bomber" and "gas". */
static const struct thing *thing_at(const struct coding *coding, uint32_t token)
{
    const struct things *things = &coding->knowledge->things;
    const struct token *word = &coding->tree.tokens[token];
    const struct thing *thing = NULL;
    if (token > 0 && word[-1].sentence == word->sentence) {
        uint64_t pair[] = {word[-1].hash, word->lemma_hash};
        thing = things_find(things, pair, 2);
        pair[1] = word->hash;
        thing = thing != NULL ? thing : things_find(things, pair, 2);
    }
    if (thing == NULL)
        thing = things_find(things, &word->lemma_hash, 1);
    return thing != NULL ? thing : things_find(things, &word->hash, 1);
}

uint32_t coding_actor(const struct coding *coding, uint32_t token)
{
    uint32_t mention = coding->actor_mention[token];
    return mention == NONE ? NONE : coding->document->actor_mentions.items[mention].actor;
}

static bool is_event_word(const struct coding *coding, uint32_t token)
{
    const struct token *word = &coding->tree.tokens[token];
    const struct frames *frames = &coding->knowledge->frames;
    if (word->upos == UPOS_VERB)
        return frames_know(frames, word, FRAME_VERB);
    return word->upos == UPOS_NOUN && frames_know(frames, word, FRAME_NOUN);
}

/* An actor that is only a body of machines ("warplanes") is a weapon where no side is known. */
static bool is_named_actor(const struct coding *coding, uint32_t token)
{
    uint32_t actor = coding_actor(coding, token);
    return actor != NONE && coding->document->actors.items[actor].kind != ACTOR_UNNAMED;
}

/* Nouns that only measure or group what follows "of". */
bool coding_is_measure(const struct coding *coding, uint32_t token)
{
    const struct token *word = &coding->tree.tokens[token];
    const struct thing *thing = thing_at(coding, token);
    return word->upos == UPOS_NUM || word->upos == UPOS_DET ||
           (thing != NULL && strcmp(thing->kind, "measure") == 0) ||
           ((word->upos == UPOS_PRON || word->upos == UPOS_ADJ) &&
            token_in(word, WORDS_MEASURES_OF_PEOPLE));
}

/* What stands behind `preposition` at a noun, or NONE. */
uint32_t coding_noun_behind(const struct coding *coding, uint32_t token, const char *preposition)
{
    uint32_t found = NONE;
    for (uint32_t child = coding->tree.first_child[token]; child != NONE;
         child = coding->tree.next_sibling[child]) {
        uint32_t case_word = tree_preposition(&coding->tree, child);
        /* "Several OF HIS FARMS": parsers take an adjective for what governs. */
        bool below = relation_is(coding->tree.tokens[child].relation, REL_NMOD) ||
                     (coding->tree.tokens[child].relation == REL_OBL &&
                      coding->tree.tokens[token].upos == UPOS_ADJ);
        if (below && case_word != NONE && token_is(&coding->tree.tokens[case_word], preposition))
            found = child;
    }
    return found;
}

/* "In FRONT of the bank", "on TOP of the car": a place by the thing that it is at. */
static bool is_side(const struct coding *coding, uint32_t token)
{
    const struct token *word = &coding->tree.tokens[token];
    uint32_t preposition = tree_preposition(&coding->tree, token);
    return preposition != NONE && tree_child(&coding->tree, token, REL_DET) == NONE &&
           ((token_is(word, "front") && token_is(&coding->tree.tokens[preposition], "in")) ||
            (token_is(word, "top") && token_is(&coding->tree.tokens[preposition], "on")));
}

/* The person whose name stands behind the comma at `token`, or NONE. */
static uint32_t name_apposed(const struct coding *coding, uint32_t token)
{
    for (uint32_t child = coding->tree.first_child[token]; child != NONE;
         child = coding->tree.next_sibling[child]) {
        uint32_t actor = coding_actor(coding, child);
        uint32_t comma = tree_child_exactly(&coding->tree, child, REL_PUNCT);
        if (coding->tree.tokens[child].relation == REL_APPOS && actor != NONE && comma != NONE &&
            token_is(&coding->tree.tokens[comma], ",") && coding->named[child] != NONE &&
            coding->document->actors.items[actor].kind == ACTOR_PERSON)
            return child;
    }
    return NONE;
}

/* "Among THOSE arrested is A MINISTER": who is named of them; NONE where nobody is. */
static uint32_t named_among(const struct tree *tree, uint32_t token)
{
    uint32_t preposition = tree_child_exactly(tree, token, REL_CASE);
    bool among = preposition != NONE && (token_is(&tree->tokens[preposition], "among") ||
                                         token_is(&tree->tokens[preposition], "amongst"));
    if (!among || token_is_nominal(&tree->tokens[token]) ||
        tree_child(tree, token, REL_COP) == NONE)
        return NONE;
    return tree_child_exactly(tree, token, REL_NSUBJ);
}

/* The token that stands for the participant: behind "of" where the head only measures; of "one of
 * the suspects, IVO MAREK," the name. */
uint32_t coding_stands_for(const struct coding *coding, uint32_t token)
{
    uint32_t named = named_among(&coding->tree, token);
    if (named != NONE)
        token = named;
    for (int steps = 0; steps < 3; steps++) {
        if (coding->actor_mention[token] != NONE ||
            (!coding_is_measure(coding, token) && !is_side(coding, token)))
            return token;
        uint32_t inner = coding_noun_behind(coding, token, "of");
        if (inner == NONE)
            inner = coding_noun_behind(coding, token, "among");
        if (inner == NONE)
            return token;
        if (token_is(&coding->tree.tokens[token], "one")) {
            named = name_apposed(coding, token);
            named = named != NONE ? named : name_apposed(coding, inner);
            if (named != NONE)
                return named;
        }
        token = inner;
    }
    return token;
}

/* What the head noun says of an actor: "FMLN rebels" are persons though the FMLN is none, a
 * "university" or an "army convoy" is none though its people act. */
static uint32_t kinds_by_noun(const struct coding *coding, uint32_t token, uint32_t kinds)
{
    const struct token *word = &coding->tree.tokens[token];
    const struct thing *thing = thing_at(coding, token);
    uint32_t own = thing != NULL ? kinds_of_thing(thing) : 0;
    /* "An Italian", "one Salvadoran": a person, though the actor is the state. */
    uint32_t determiner = tree_child(&coding->tree, token, REL_DET);
    uint32_t number = tree_child(&coding->tree, token, REL_NUMMOD);
    if ((kinds & KIND_PLACE) != 0 && (kinds & KIND_ORGANISATION) != 0 &&
        ((determiner != NONE && (token_is(&coding->tree.tokens[determiner], "a") ||
                                 token_is(&coding->tree.tokens[determiner], "an") ||
                                 token_is(&coding->tree.tokens[determiner], "another"))) ||
         (number != NONE && token_is(&coding->tree.tokens[number], "one"))))
        return KIND_ACTOR | KIND_PERSON | KIND_CIVILIAN;
    if ((own & (KIND_FACILITY | KIND_VEHICLE)) != 0 ||
        (own == KIND_ORGANISATION && token_in(word, WORDS_BODIES_WITH_PEOPLE)))
        return (kinds & ~(uint32_t)KIND_PERSON) | own;
    if ((kinds & KIND_ORGANISATION) != 0 && word->upos == UPOS_NOUN &&
        (word->features & WORD_PLURAL) != 0 && own == KIND_PERSON)
        return (kinds & ~(uint32_t)KIND_ORGANISATION) | KIND_PERSON;
    return kinds;
}

/* "Ten people", "two of them", "eleven" alone. */
static bool is_counted(const struct coding *coding, uint32_t token)
{
    uint32_t number = tree_child(&coding->tree, token, REL_NUMMOD);
    return coding->quantity[token] != NONE ||
           (number != NONE && coding->quantity[number] != NONE &&
            coding->document->quantities.items[coding->quantity[number]].is_count);
}

/* "To LEAVE", "to be PATIENT": a clause that `mark` opens. */
static bool is_clause_with(const struct coding *coding, uint32_t token, const char *mark)
{
    const struct tree *tree = &coding->tree;
    uint32_t opened = tree_child_exactly(tree, token, REL_MARK);
    return opened != NONE && token_is(&tree->tokens[opened], mark) &&
           (tree->tokens[token].upos == UPOS_VERB || tree_child(tree, token, REL_COP) != NONE);
}

/* "Dozens of rebels" counts persons, "tons of cement" and "a number of rifles" do not. */
static uint32_t kinds_measured(const struct coding *coding, uint32_t measure, uint32_t inner)
{
    bool persons = (inner & (KIND_PERSON | KIND_ARMED | KIND_ACTOR | KIND_ORGANISATION)) != 0;
    return persons || coding->tree.tokens[measure].upos != UPOS_NOUN ? inner | KIND_NUMBER : inner;
}

/* "Took KHERSON, the mayor said": what the places stage took for a place, and nobody knows as a
 * person, is the place where something is done to it. */
static bool is_name_of_place(const struct coding *coding, uint32_t token)
{
    const struct document *document = coding->document;
    uint32_t place = coding->place[token], mention = coding->actor_mention[token];
    const struct token *word = &coding->tree.tokens[token];
    if (place == NONE || mention == NONE || word->upos != UPOS_PROPN ||
        document->places.items[place].use != PLACE_LOCATION)
        return false;
    struct token_range name = document->places.items[place].tokens;
    struct token_range said = document->actor_mentions.items[mention].tokens;
    const struct actor *actor =
        &document->actors.items[document->actor_mentions.items[mention].actor];
    return actor->kind == ACTOR_PERSON && actor->entry == NULL && name.first == said.first &&
           name.end == said.end &&
           (relation_is(word->relation, REL_OBJ) || relation_is(word->relation, REL_OBL));
}

/* "Found three rockets and destroyed THEM" */
static bool means_thing(const struct coding *coding, uint32_t pronoun)
{
    uint32_t noun = coding->noun_meant[pronoun];
    const struct thing *thing =
        noun != NONE && coding_actor(coding, pronoun) == NONE ? thing_at(coding, noun) : NULL;
    return thing != NULL && (kinds_of_thing(thing) & (KIND_PERSON | KIND_ORGANISATION)) == 0;
}

uint32_t coding_kinds(const void *context, uint32_t token)
{
    const struct coding *coding = context;
    const struct document *document = coding->document;
    uint32_t kinds = 0;
    uint32_t actor = is_name_of_place(coding, token) ? NONE : coding_actor(coding, token);
    if (actor != NONE)
        kinds |= kinds_by_noun(coding, token, kinds_of_actor(&document->actors.items[actor]));
    if (coding->place[token] != NONE)
        kinds |= KIND_PLACE;
    if (coding->quantity[token] != NONE)
        kinds |= KIND_NUMBER;
    if (is_counted(coding, token))
        kinds |= KIND_COUNTED;
    const struct thing *thing = is_named_actor(coding, token) ? NULL : thing_at(coding, token);
    if (thing != NULL && (actor == NONE || strcmp(thing->kind, "person") != 0))
        kinds |= kinds_of_thing(thing);
    const uint32_t amount = KIND_NUMBER | KIND_COUNTED;
    if (kinds == 0 || (actor == NONE && (kinds & ~amount) == 0)) {
        uint32_t inner = coding_stands_for(coding, token);
        if (inner != token)
            return kinds_measured(coding, token, coding_kinds(context, inner)) |
                   (kinds & KIND_COUNTED);
    }
    /* "Six tons of cement": no number of persons. */
    if (actor == NONE && coding->tree.tokens[token].upos == UPOS_NOUN &&
        coding_is_measure(coding, token)) {
        uint32_t inner = coding_stands_for(coding, token);
        uint32_t measured = inner != token ? coding_kinds(context, inner) : KIND_PERSON;
        if ((measured & (KIND_PERSON | KIND_ARMED | KIND_ACTOR | KIND_ORGANISATION)) == 0)
            return measured;
    }
    if (is_event_word(coding, token))
        kinds |= KIND_EVENT;
    /* "He", "they", "someone": persons, whoever they are; a number alone counts persons. */
    const struct token *word = &document->tokens.items[token];
    if (word->upos == UPOS_NUM)
        kinds |= KIND_NUMBER | KIND_PERSON;
    /* "Six OTHERS were wounded"; "Marek and others" names nobody else. */
    if (word->upos == UPOS_NOUN && strcmp(word->folded, "others") == 0 &&
        (word->relation == REL_NSUBJ_PASS || word->relation == REL_OBJ))
        kinds |= KIND_PERSON;
    /* "The 12 year old" */
    if (word->upos == UPOS_ADJ && token_is(word, "old") &&
        tree_child(&coding->tree, token, REL_DET) != NONE)
        kinds |= KIND_PERSON;
    if (is_clause_with(coding, token, "to"))
        kinds |= KIND_INFINITIVE;
    if (is_clause_with(coding, token, "that"))
        kinds |= KIND_THAT_CLAUSE;
    if (word->upos == UPOS_PRON && (word->features & WORD_NEUTER) == 0 && !means_thing(coding, token) &&
        !token_is(word, "it") && !token_is(word, "that") && !token_is(word, "which") && !token_is(word, "this"))
        kinds |= KIND_PERSON;
    if (coding->time[token] != NONE)
        kinds |= KIND_TIME;
    if (campaign_has(coding, token))
        kinds |= KIND_CANDIDATE;
    return kinds;
}

const char *coding_weapon_told(const struct coding *coding, uint32_t token)
{
    const struct thing *thing = thing_at(coding, token);
    return thing != NULL && strcmp(thing->kind, "weapon") == 0 ? thing->detail : NULL;
}

const char *coding_weapon(const struct coding *coding, uint32_t token)
{
    /* One "suicide bomber" is a person without a name, and a weapon still. */
    uint32_t actor = coding_actor(coding, token);
    bool nameless = actor != NONE && coding->document->actors.items[actor].kind == ACTOR_PERSON &&
                    coding->tree.tokens[token].upos == UPOS_NOUN;
    if (!nameless && is_named_actor(coding, token))
        return NULL;
    return coding_weapon_told(coding, token);
}

bool coding_is_idea(const struct coding *coding, uint32_t token)
{
    const struct thing *thing = thing_at(coding, token);
    return thing != NULL && strcmp(thing->kind, "idea") == 0 && coding_actor(coding, token) == NONE;
}

bool list_has(const struct participant_list *list, uint32_t token)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->tokens[i] == token)
            return true;
    return false;
}

void list_add(struct participant_list *list, uint32_t token)
{
    if (list->count == PARTICIPANTS || list_has(list, token))
        return;
    list->nouns[list->count] = token;
    list->tokens[list->count++] = token;
}

bool list_names(const struct coding *coding, const struct participant_list *list, uint32_t token)
{
    uint32_t actor = coding_actor(coding, token);
    for (uint32_t i = 0; i < list->count; i++)
        if (list->tokens[i] == token ||
            (actor != NONE && coding_actor(coding, list->tokens[i]) == actor))
            return true;
    return false;
}

bool lists_meet(const struct coding *coding, const struct participant_list *one,
                const struct participant_list *other)
{
    for (uint32_t i = 0; i < one->count; i++)
        if (list_names(coding, other, one->tokens[i]))
            return true;
    return false;
}

void list_drop(struct participant_list *list, uint32_t index)
{
    list->count--;
    list->tokens[index] = list->tokens[list->count];
    list->nouns[index] = list->nouns[list->count];
}

/* "The girl's FATHER fired": the father, not the girl. Whose officials act, a body or a state,
 * acts. */
bool coding_is_of_person(const struct coding *coding, uint32_t token, uint32_t inner)
{
    const struct token *tokens = coding->tree.tokens;
    enum actor_kind kind = coding->document->actors.items[coding_actor(coding, inner)].kind;
    return tokens[token].upos == UPOS_NOUN && tokens[inner].head == token &&
           tokens[inner].relation == REL_NMOD_POSS &&
           (kind == ACTOR_PERSON || kind == ACTOR_UNNAMED) &&
           (coding_kinds(coding, token) & (KIND_PERSON | KIND_ORGANISATION)) == KIND_PERSON;
}

bool lists_share_side(const struct coding *coding, const struct participant_list *agents,
                      const struct participant_list *patients)
{
    uint32_t armed = KIND_STATE_FORCE | KIND_REBEL | KIND_POLICE | KIND_PROTESTER, one = 0, two = 0;
    for (uint32_t i = 0; i < agents->count; i++)
        one |= coding_kinds(coding, agents->tokens[i]) & armed;
    for (uint32_t i = 0; i < patients->count; i++)
        two |= coding_kinds(coding, patients->tokens[i]) & armed;
    return (one & two) != 0;
}
