/* Writes who takes part into the claim: for each token of a slot its actor, what kind of thing it
 * is, and the words that name it.
 *
 * Method: the noun phrase of the token without what only says where it is, or the mention of its
 * actor. Beside those that the words name stand the armed group whose fighters act and whoever
 * made an arrest that nobody is said to have made (implied.c); those have no words. */
#include "meaning/participants.h"

/* "Those WHO FLED", "anyone WITH NEWS of it", "those RESPONSIBLE": words that say whom a pronoun
 * means. */
static bool is_described(const struct tree *tree, uint32_t token)
{
    for (uint32_t child = tree->first_child[token]; child != NONE;
         child = tree->next_sibling[child]) {
        enum relation relation = tree->tokens[child].relation;
        if (child > token && (relation_is(relation, REL_ACL) || relation_is(relation, REL_NMOD) ||
                              relation == REL_AMOD))
            return true;
    }
    return false;
}

/* "Urged EVERYONE", "arrested THOSE who fled": pronouns that say themselves whom they mean.
 * "Someone was shot" does not, nor does "nobody knows whether ANYONE was". */
static bool is_told_of(const struct making *making, uint32_t token)
{
    const struct tree *tree = &making->coding->tree;
    const struct token *word = &tree->tokens[token];
    if (word->upos != UPOS_PRON)
        return false;
    if (strcmp(word->folded, "everyone") == 0 || strcmp(word->folded, "everybody") == 0)
        return true;
    bool listed = making->patients.count > 1;
    if (strcmp(word->folded, "those") == 0)
        return !listed && is_described(tree, token);
    return !list_has(&making->agents, token) && token_in(word, WORDS_PRONOUNS_OF_ANYBODY) &&
           !listed && (!participants_physical(making->frame) || is_described(tree, token));
}

static const char *patient_kind(const struct making *making, uint32_t token)
{
    const struct coding *coding = making->coding;
    uint32_t kinds = coding_kinds(coding, token);
    if ((kinds & KIND_PERSON) != 0 || is_told_of(making, token))
        return "person";
    if (kinds & KIND_FACILITY)
        return "facility";
    if (kinds & (KIND_VEHICLE | KIND_AIRCRAFT))
        return "vehicle";
    if (kinds & KIND_ORGANISATION)
        return "organisation";
    if (kinds & KIND_PLACE)
        return "place";
    if (kinds & KIND_NUMBER)
        return "person";
    /* A name that no other rule knows: "Quispe was killed", "Quispe died in the blast", "the murder
     * of Quispe"; and "fifteen OTHERS were killed". */
    const struct token *word = &coding->tree.tokens[token];
    bool hurts = patients_only_persons(making->frame) ||
                 (making->frame->class == FRAME_VERB &&
                  token_is(&coding->tree.tokens[making->trigger], "die"));
    return hurts && (word->upos == UPOS_PROPN || token_is(word, "others")) ? "person" : "other";
}

static const char *instrument_kind(const struct making *making, uint32_t token)
{
    const char *weapon = coding_weapon(making->coding, token);
    return weapon != NULL && weapon[0] != '\0' ? weapon : NULL;
}

static bool is_relative(const struct token *word)
{
    return token_is(word, "who") || token_is(word, "which") || token_is(word, "that") ||
           token_is(word, "whom");
}

bool participant_is_nobody(const struct making *making, uint32_t token)
{
    const struct token *word = &making->coding->tree.tokens[token];
    return coding_actor(making->coding, token) == NONE &&
           ((word->upos == UPOS_PRON && !is_told_of(making, token)) ||
            (word->upos == UPOS_NUM && making->frame->count_count > 0));
}

/* Where the first phrase begins that only says where the noun at `token` is, or what it is of. */
static uint32_t where_begins(const struct tree *tree, uint32_t token, uint32_t end, int depth)
{
    enum { DEEPEST_OF = 2 };
    static const char *const where[] = {"in", "at", "near", "outside", "inside", NULL};
    for (uint32_t child = tree->first_child[token]; child != NONE;
         child = tree->next_sibling[child]) {
        uint32_t preposition = tree_preposition(tree, child);
        /* "His mother-IN-law" is one word. */
        if (child < token || preposition == NONE || preposition < token || preposition >= end ||
            ((tree->tokens[preposition - 1].flags & TOKEN_HYPHEN) != 0 &&
             (tree->tokens[preposition].flags & TOKEN_SPACE_BEFORE) == 0))
            continue;
        bool of = token_is(&tree->tokens[preposition], "of");
        if (depth == 0 ? !of : token_is_one_of(&tree->tokens[preposition], where))
            end = preposition;
        else if (of && depth < DEEPEST_OF && tree->tokens[child].upos == UPOS_NOUN)
            end = where_begins(tree, child, end, depth + 1);
    }
    return end;
}

/* The noun phrase without what only says where it is: "a shop in the port" is "a shop". */
static struct token_range bare_phrase(const struct tree *tree, uint32_t token)
{
    static const char *const parting[] = {",", ";", ":", "-", "--", "\u2013", "\u2014", NULL};
    struct token_range phrase = tree_noun_phrase(tree, token);
    uint32_t end = where_begins(tree, token, phrase.end, 0);
    /* "Twelve miners were hurt, including": no part of the miners. */
    for (; end < phrase.end && end > token + 1; end--) {
        const struct token *last = &tree->tokens[end - 1];
        bool parts = token_is_one_of(last, parting);
        if (!parts && (last->upos == UPOS_PUNCT || tree_is_below(tree, end - 1, token)))
            break;
    }
    phrase.end = end;
    return phrase;
}

/* "We urge them": whoever speaks is somebody. Who did a deed is somebody only by name: "they" of
 * whom nothing is known would be a perpetrator of each report that says so. */
static bool stands_by_word(const struct making *making, uint32_t token)
{
    return participants_person(making->coding, token) && !participants_physical(making->frame);
}

/* "NO GROUP has admitted it" */
static bool is_no_one(const struct tree *tree, uint32_t token)
{
    uint32_t determiner = tree_child(tree, token, REL_DET);
    return determiner != NONE && token_is(&tree->tokens[determiner], "no");
}

/* "The presidents of Peru, CHILE AND BRAZIL": several who are told by what they are of, to the end
 * of that list. */
static struct token_range with_whole_list(const struct tree *tree, uint32_t token,
                                          struct token_range phrase)
{
    if ((tree->tokens[token].features & WORD_PLURAL) == 0 || tree->tokens[token].upos == UPOS_PROPN)
        return phrase;
    for (uint32_t child = tree->first_child[token]; child != NONE;
         child = tree->next_sibling[child]) {
        uint32_t of = tree_preposition(tree, child);
        if (child < token || tree->tokens[child].upos != UPOS_PROPN || of == NONE ||
            !token_is(&tree->tokens[of], "of") || tree_noun_phrase(tree, child).end != phrase.end)
            continue;
        for (uint32_t other = tree->first_child[child]; other != NONE;
             other = tree->next_sibling[other])
            if (tree->tokens[other].relation == REL_CONJ &&
                tree->tokens[other].upos == UPOS_PROPN && tree_preposition(tree, other) == NONE)
                phrase.end = tree_noun_phrase(tree, other).end;
    }
    return phrase;
}

/* "Other TRAFFICKER groups": the group that is of them; else NONE. */
static uint32_t group_of(const struct coding *coding, uint32_t token)
{
    const struct token *word = &coding->tree.tokens[token];
    uint32_t actor = coding_actor(coding, token);
    bool group = relation_is(word->relation, REL_COMPOUND) && word->upos == UPOS_NOUN &&
                 word->head == token + 1 &&
                 (actor == NONE || coding->document->actors.items[actor].kind == ACTOR_UNNAMED) &&
                 token_in(&coding->tree.tokens[word->head], WORDS_GROUPS_OF_A_COUNTRY);
    return group ? word->head : NONE;
}

/* The words of a mention, as far as the list goes that it is the head of. */
static struct token_range mention_words(const struct coding *coding, uint32_t token)
{
    const struct actor_mention *mention =
        &coding->document->actor_mentions.items[coding->actor_mention[token]];
    return with_whole_list(&coding->tree, token, tree_whole_words(&coding->tree, mention->tokens));
}

static void write_list(const struct making *making, const struct participant_list *list,
                       struct participant *(*push)(struct claim *),
                       const char *(*kind)(const struct making *, uint32_t), struct claim *claim)
{
    const struct coding *coding = making->coding;
    for (uint32_t i = 0; i < list->count; i++) {
        uint32_t token = list->tokens[i];
        if ((participant_is_nobody(making, token) && !stands_by_word(making, token)) ||
            (kind == NULL && is_no_one(&coding->tree, token)))
            continue;
        struct participant *participant = push(claim);
        if (participant == NULL)
            return;
        participant->actor = coding_actor(coding, token);
        participant->kind = kind != NULL ? kind(making, token) : NULL;
        uint32_t mention = coding->actor_mention[token];
        uint32_t group = group_of(coding, token);
        struct token_range phrase = bare_phrase(&coding->tree, group != NONE ? group : token);
        for (uint32_t j = phrase.first; j < token; j++)
            if (arguments_hidden_verb(&coding->tree, j))
                phrase.first = j + 1;
        /* "Two guards were killed and SIX wounded": guards, not two. */
        bool elided =
            list->nouns[i] > token && coding->tree.tokens[list->nouns[i]].upos == UPOS_NUM;
        while (elided && phrase.first < token &&
               (coding->tree.tokens[phrase.first].upos == UPOS_NUM ||
                coding->quantity[phrase.first] != NONE))
            phrase.first++;
        participant->span =
            mention != NONE && group == NONE &&
                    (coding->tree.tokens[token].upos != UPOS_PRON ||
                     is_relative(&coding->tree.tokens[token]))
                ? document_span_of(coding->document, mention_words(coding, token))
                : document_span_of(coding->document, with_whole_list(&coding->tree, token, phrase));
    }
}

static struct participant *push_agent(struct claim *claim)
{
    return array_push(&claim->agents);
}

static struct participant *push_patient(struct claim *claim)
{
    return array_push(&claim->patients);
}

static struct participant *push_instrument(struct claim *claim)
{
    return array_push(&claim->instruments);
}

static bool takes_part(const struct claim *claim, uint32_t actor)
{
    for (uint32_t i = 0; i < claim->agents.count; i++)
        if (claim->agents.items[i].actor == actor)
            return true;
    return false;
}

/* "Fighters of the front", "front guerrillas": what they do the armed group does, whose name the
 * words hold. The participant has no span of its own. */
static void write_bodies(const struct making *making, struct claim *claim)
{
    const struct document *document = making->coding->document;
    uint32_t count = claim->agents.count;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t actor = claim->agents.items[i].actor;
        if (actor == NONE || document->actors.items[actor].kind != ACTOR_UNNAMED)
            continue;
        uint32_t parent = document->actors.items[actor].parent;
        if (parent == NONE || document->actors.items[parent].kind != ACTOR_ORGANISATION ||
            (coding_kinds_of_type(document->actors.items[parent].type) &
             (KIND_REBEL | KIND_STATE_FORCE | KIND_POLICE)) == 0 ||
            takes_part(claim, parent))
            continue;
        struct participant *body = array_push(&claim->agents);
        if (body != NULL)
            body->actor = parent;
    }
}

/* An actor is known by his name; what is no actor is known by the words that tell of it. */
static void forget_words(struct participant *items, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (items[i].actor != NONE)
            items[i].span = (struct byte_span){0};
}

void participants_write_taken(const struct making *making, struct claim *claim)
{
    if (making->agents_taken) {
        write_list(making, &making->agents, push_agent, NULL, claim);
        forget_words(claim->agents.items, claim->agents.count);
    }
    if (making->patients_taken) {
        write_list(making, &making->patients, push_patient, patient_kind, claim);
        forget_words(claim->patients.items, claim->patients.count);
    }
}

void participants_write_chosen(const struct making *making, bool agents, struct claim *claim)
{
    if (agents)
        write_list(making, &making->agents, push_agent, NULL, claim);
    else
        write_list(making, &making->patients, push_patient, patient_kind, claim);
    uint32_t count = agents ? claim->agents.count : claim->patients.count;
    for (uint32_t i = 0; i < count; i++)
        (agents ? claim->agents.items : claim->patients.items)[i].chosen = true;
}

/* One actor, or one of his party; two bodies of one government ("they would join the government").
 */
static bool is_same_party(const struct document *document, uint32_t one, uint32_t two)
{
    if (one == NONE || two == NONE)
        return false;
    const struct actor *left = &document->actors.items[one], *right = &document->actors.items[two];
    enum { NATION_AND_ROLE = 6 };
    bool bodies = left->kind != ACTOR_PERSON && right->kind != ACTOR_PERSON;
    bool same_code = bodies && left->code != NULL && right->code != NULL &&
                     strlen(left->code) >= NATION_AND_ROLE && strcmp(left->code, right->code) == 0;
    return one == two || left->parent == two || right->parent == one || same_code;
}

static bool is_gerund(const struct token *token)
{
    return token->relation == REL_ADVCL && token->folded_length > 4 &&
           strcmp(token->folded + token->folded_length - 3, "ing") == 0;
}

/* "They say the rebels fled, ACCUSING the insurgents of murder", "officials said that THEY would
 * join the government": nobody accuses or joins himself, so it is another, and nobody knows who. */
static bool drop_itself(const struct making *making, struct claim *claim)
{
    const struct token *tokens = making->coding->document->tokens.items;
    bool gerund = frame_is(making->frame, "ACCUSE") && is_gerund(&tokens[making->trigger]);
    bool pronoun = frame_is(making->frame, "COOPERATE") && making->agents.count == 1 &&
                   tokens[making->agents.tokens[0]].upos == UPOS_PRON;
    bool itself = false;
    for (uint32_t i = 0; (gerund || pronoun) && i < claim->agents.count; i++)
        for (uint32_t j = 0; j < claim->patients.count; j++)
            itself |= is_same_party(making->coding->document, claim->agents.items[i].actor,
                                    claim->patients.items[j].actor);
    if (itself)
        claim->agents.count = 0;
    return itself;
}

/* "The Mill Valley Front OFFENSIVE": no part of a name suffers what its bearer does. */
static void drop_parts(const struct making *making, struct claim *claim)
{
    if (!frame_is(making->frame, "ASSAULT") || making->frame->both_sides)
        return;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < claim->patients.count; i++) {
        const struct participant *patient = &claim->patients.items[i];
        bool part = false;
        for (uint32_t j = 0; j < claim->agents.count && !part; j++) {
            const struct participant *agent = &claim->agents.items[j];
            part = patient->actor == NONE && patient->span.end > patient->span.start &&
                   patient->span.start > agent->span.start && patient->span.end <= agent->span.end;
        }
        if (!part)
            claim->patients.items[kept++] = *patient;
    }
    claim->patients.count = kept;
}

bool participants_write(const struct making *making, struct claim *claim)
{
    write_list(making, &making->agents, push_agent, NULL, claim);
    if (participants_physical(making->frame))
        write_bodies(making, claim);
    implied_police(making, claim);
    write_list(making, &making->patients, push_patient, patient_kind, claim);
    drop_parts(making, claim);
    bool itself = drop_itself(making, claim);
    write_list(making, &making->instruments, push_instrument, instrument_kind, claim);
    return itself;
}
