/* Asks the network whom a pronoun stands for, and resolves it so; see referents.h.
 *
 * Method: a pronoun and each noun, name or pronoun of its sentence and of the four before it are
 * one pair, and the pairs are ranked (as in mention ranking: Denis and Baldridge 2008). Leaves out:
 * "this" and "who", whom only sentences further off name, and several who are named apart. */
#include "meaning/referents.h"

#include "meaning/pairs.h"
#include "meaning/trust_parts.h"

enum { SENTENCES_BACK = 4, MOST_BEHIND = 8, CLAUSES_UP = 8 };

/* One pronoun, and what is the same for all its pairs. */
struct asking {
    const struct genders *genders;
    const struct coding *coding;
    const struct token *tokens;
    const uint32_t *told_by; /* [tokens]; whose words the token is among: his token, or NONE */
    uint32_t pronoun, sentence;
    enum fit fit;
    uint64_t group, form;
    uint32_t above[CLAUSES_UP], clauses; /* subjects of the clauses around, the nearest first */
    uint32_t fitting;                    /* of the words asked about so far */
};

static bool is_many(const struct asking *asking, uint32_t token)
{
    return (asking->tokens[token].features & WORD_PLURAL) != 0 ||
           tree_child(&asking->coding->tree, token, REL_CONJ) != NONE;
}

/* By number and sex, as far as is known. */
static bool agrees(const struct asking *asking, uint32_t token)
{
    const struct coding *coding = asking->coding;
    const struct token *word = &asking->tokens[token];
    if (word->upos == UPOS_PRON)
        return pronoun_fit(word) == asking->fit;
    uint32_t actor = coding_actor(coding, token);
    bool named = actor != NONE, many = is_many(asking, token);
    bool person =
        named ? coding->document->actors.items[actor].kind == ACTOR_PERSON
              : (coding_kinds(coding, token) & KIND_PERSON) != 0 || word->upos == UPOS_PROPN;
    switch (asking->fit) {
    case FITS_MAN:
    case FITS_WOMAN:
        return person && !many && !genders_differ(asking->genders, actor, asking->fit) &&
               gender_at(coding->document, token) !=
                   (asking->fit == FITS_MAN ? GENDER_FEMALE : GENDER_MALE);
    case FITS_BODY:
        return !many && !(named && person);
    default:
        return many || (named && !person) ||
               (coding_kinds(coding, token) & (KIND_ORGANISATION | KIND_ARMED)) != 0;
    }
}

static bool is_argument(enum relation relation)
{
    return relation_is(relation, REL_NSUBJ) || relation_is(relation, REL_OBJ) ||
           relation_is(relation, REL_IOBJ) || relation_is(relation, REL_XCOMP);
}

/* "Orlov asked the mayor whether HE would resign": he is not Orlov, unless he asks whether he may.
 */
static bool is_asker(const struct asking *asking, uint32_t token)
{
    const struct tree *tree = &asking->coding->tree;
    static const char *const leave[] = {"can", "could", "may", "might", "should", NULL};
    uint32_t verb = asking->tokens[asking->pronoun].head;
    uint32_t above = verb != NONE ? asking->tokens[verb].head : NONE;
    if (above == NONE || asking->tokens[verb].relation != REL_CCOMP ||
        asking->tokens[token].head != above || !token_is(&asking->tokens[above], "ask") ||
        (tree_child(tree, above, REL_OBJ) == NONE && tree_child(tree, above, REL_IOBJ) == NONE))
        return false;
    uint32_t mark = tree_child(tree, verb, REL_MARK), help = tree_child(tree, verb, REL_AUX);
    return relation_is(asking->tokens[token].relation, REL_NSUBJ) && mark != NONE &&
           token_in(&asking->tokens[mark], WORDS_INDIRECT_QUESTIONS) &&
           (help == NONE || !token_is_one_of(&asking->tokens[help], leave));
}

/* "HE said of himself" is no other; "calls THEM rebels", "HIS brother", "the men THEY captured",
 * "HE fired," Marek said: whom the pronoun cannot stand for (the binding conditions of Chomsky
 * 1981). */
static bool is_barred(const struct asking *asking, uint32_t token)
{
    const struct tree *tree = &asking->coding->tree;
    const struct token *pronoun = &asking->tokens[asking->pronoun], *word = &asking->tokens[token];
    uint32_t actor = coding_actor(asking->coding, token), verb = pronoun->head;
    bool owns = pronoun->relation == REL_NMOD_POSS;
    bool beside =
        word->head == verb && is_argument(word->relation) && is_argument(pronoun->relation);
    bool clause = verb != NONE && tree->tokens[verb].relation == REL_ACL_RELCL &&
                  tree->tokens[verb].head == token && relation_is(pronoun->relation, REL_NSUBJ);
    bool teller = asking->genders->quoted_by != NULL && actor != NONE &&
                  asking->genders->quoted_by[asking->pronoun] == actor;
    bool many = word->upos != UPOS_PRON && is_many(asking, token);
    bool body = actor != NONE && asking->coding->document->actors.items[actor].kind != ACTOR_PERSON;
    return is_asker(asking, token) || (beside && !owns) || (owns && verb == token) || clause ||
           teller || (asking->fit != FITS_MANY && many && !body) ||
           (asking->fit == FITS_MAN && token_in(word, WORDS_CALLED_SHE)) ||
           (asking->fit == FITS_WOMAN && token_in(word, WORDS_CALLED_HE));
}

static bool may_be_meant(const struct asking *asking, uint32_t token)
{
    const struct token *word = &asking->tokens[token];
    if (token == asking->pronoun || !pair_is_head(word) || word->relation == REL_COMPOUND ||
        is_barred(asking, token))
        return false;
    if (word->upos == UPOS_PRON)
        return pronoun_fit(word) != FITS_NOT || (word->features & WORD_FIRST) != 0;
    return word->upos == UPOS_NOUN || word->upos == UPOS_PROPN ||
           ((word->upos == UPOS_NUM || word->upos == UPOS_ADJ || word->upos == UPOS_DET) &&
            (relation_is(word->relation, REL_NSUBJ) || relation_is(word->relation, REL_OBJ)));
}

static void find_clauses(struct asking *asking)
{
    const struct tree *tree = &asking->coding->tree;
    uint32_t at = asking->tokens[asking->pronoun].head;
    for (uint32_t steps = 0; at != NONE && steps < 12 && asking->clauses < CLAUSES_UP; steps++) {
        uint32_t subject = tree_child(tree, at, REL_NSUBJ);
        if (subject != NONE && !tree_is_below(tree, asking->pronoun, subject))
            asking->above[asking->clauses++] = subject;
        at = asking->tokens[at].head;
    }
}

/* Which clause around the pronoun it is the subject of, from 1; 0 of none. */
static uint32_t clause_of(const struct asking *asking, uint32_t token)
{
    for (uint32_t i = 0; i < asking->clauses; i++)
        if (asking->above[i] == token)
            return i + 1;
    return 0;
}

/* Of the words asked about, how many are of the actor. */
static uint32_t mentions_of(const struct asking *asking, const struct reference *reference,
                            uint32_t actor)
{
    uint32_t count = 0;
    for (uint32_t i = 0; actor != NONE && i < reference->count; i++)
        count += coding_actor(asking->coding, reference->tokens[i]) == actor;
    return count < 4 ? count : 4;
}

static uint64_t lemma_of(const struct token *word)
{
    return word->upos != UPOS_PROPN && word->upos != UPOS_NUM ? word->lemma_hash : word->upos;
}

/* How a word stands in its clause, and whether that is the one of the sentence. */
static uint64_t role_of(const struct asking *asking, uint32_t token)
{
    const struct token *word = &asking->tokens[token];
    bool main = word->head != NONE && asking->tokens[word->head].relation == REL_ROOT;
    return hash_join(word->relation, main);
}

/* Does the word name whoever says what the pronoun stands in? */
static bool is_teller(const struct asking *asking, uint32_t token)
{
    uint32_t teller = asking->told_by[asking->pronoun];
    uint32_t actor = coding_actor(asking->coding, token);
    return teller != NONE &&
           (teller == token || (actor != NONE && coding_actor(asking->coding, teller) == actor));
}

/* "The", "a", no word, somebody's. */
static uint64_t determiner_of(const struct asking *asking, uint32_t token)
{
    const struct tree *tree = &asking->coding->tree;
    uint32_t word = tree_child(tree, token, REL_DET);
    if (word != NONE)
        return asking->tokens[word].lemma_hash;
    return tree_child(tree, token, REL_NMOD_POSS) != NONE;
}

static void describe(const struct asking *asking, const struct reference *reference, uint32_t token,
                     uint32_t rank, uint32_t *features)
{
    const struct coding *coding = asking->coding;
    const struct token *pronoun = &asking->tokens[asking->pronoun], *word = &asking->tokens[token];
    const struct token *verb = pronoun->head != NONE ? &asking->tokens[pronoun->head] : pronoun;
    const struct token *above = word->head != NONE ? &asking->tokens[word->head] : word;
    struct telling telling = {.features = features};
    uint32_t length = 0, actor = coding_actor(coding, token);
    bool before = token < asking->pronoun, same = word->sentence == asking->sentence;
    uint64_t far = (asking->sentence - word->sentence) * 2 + before;
    uint64_t path = same ? pair_path(&coding->tree, asking->pronoun, token, &length) : far;
    uint64_t sort = trust_sort_of(coding, token), role = role_of(asking, token);
    uint64_t lemma = lemma_of(word), clause = clause_of(asking, token);
    uint64_t own = hash_join(pronoun->relation, asking->group);
    tell(&telling, hash_join(far, asking->group));
    tell(&telling, hash_join(hash_join(far, asking->form), word->relation));
    tell(&telling, hash_join(pair_step(before ? asking->pronoun - token : token - asking->pronoun),
                             asking->group));
    tell(&telling, hash_join(hash_join(word->upos, is_many(asking, token)), asking->group));
    tell_with(&telling, sort, asking->form);
    tell(&telling, hash_join(gender_at(coding->document, token), asking->group));
    tell_with(&telling, lemma, asking->group);
    tell(&telling, hash_join(hash_join(own, role), far));
    tell(&telling, hash_join(hash_join(verb->lemma_hash, lemma), asking->group));
    tell(&telling, hash_join(hash_join(verb->lemma_hash, word->relation), pronoun->relation));
    tell(&telling, hash_join(hash_join(verb->lemma_hash, sort), pronoun->relation));
    tell_with(&telling, path, asking->form);
    tell(&telling, hash_join(hash_join(clause, own), agrees(asking, token)));
    tell(&telling, hash_join(hash_join(pronoun->flags & TOKEN_QUOTED, word->flags & TOKEN_QUOTED),
                             hash_join(same + 2 * is_teller(asking, token), asking->group)));
    tell(&telling, hash_join(rank, asking->group));
    tell(&telling, hash_join(hash_join(rank, role), own));
    tell(&telling, hash_join(mentions_of(asking, reference, actor), asking->group));
    tell(&telling, word->upos == UPOS_PRON ? hash_join(hash_join(word->hash, asking->form), far)
                                           : hash_join(sort, far));
    tell(&telling, hash_join(hash_join(determiner_of(asking, token), asking->group), far));
    tell(&telling, hash_join(hash_join(above->lemma_hash, verb->lemma_hash), word->relation));
    tell(&telling, hash_join(hash_join(word->head == pronoun->head, own), word->relation));
}

/* Is the token one that the rules take the pronoun for? */
static bool is_meant(const struct coding *coding, uint32_t pronoun, uint32_t token)
{
    uint32_t actor = coding_actor(coding, pronoun), noun = coding->noun_meant[pronoun];
    if (actor != NONE)
        return coding_actor(coding, token) == actor;
    return noun != NONE && (noun == token || coding->noun_meant[token] == noun);
}

static void sign(const struct asking *asking, struct reference *reference)
{
    const struct coding *coding = asking->coding;
    bool nobody = coding_actor(coding, asking->pronoun) == NONE &&
                  coding->noun_meant[asking->pronoun] == NONE;
    bool there = false, fits = false;
    uint32_t row = NONE;
    for (uint32_t i = 0; i < reference->count; i++)
        if (is_meant(coding, asking->pronoun, reference->tokens[i])) {
            there = true;
            row = row == NONE ? reference->tokens[i] : row;
        }
    for (uint32_t i = 0; i < reference->count; i++) {
        uint8_t *signs = reference->pairs[i].signs;
        uint32_t token = reference->tokens[i];
        signs[SIGN_MEANT] = is_meant(coding, asking->pronoun, token);
        signs[SIGN_MEANT_TOO] =
            row != NONE && !signs[SIGN_MEANT] &&
            ((asking->tokens[token].relation == REL_CONJ && asking->tokens[token].head == row) ||
             (asking->tokens[row].relation == REL_CONJ && asking->tokens[row].head == token));
        signs[SIGN_NOBODY] = nobody;
        signs[SIGN_MEANT_AFAR] = !nobody && !there;
        signs[SIGN_FITS] = agrees(asking, token);
        signs[SIGN_NEAREST] = signs[SIGN_FITS] && !fits;
        fits |= signs[SIGN_FITS];
    }
}

static void add(struct asking *asking, uint32_t token, struct reference *reference)
{
    if (reference->count < CHOOSER_MOST && may_be_meant(asking, token))
        reference->tokens[reference->count++] = token;
}

static void ask(const struct genders *genders, const uint32_t *told_by, uint32_t pronoun,
                struct reference *reference)
{
    const struct coding *coding = genders->coding;
    const struct document *document = coding->document;
    const struct token *word = &coding->tree.tokens[pronoun];
    struct asking asking = {.genders = genders,
                            .coding = coding,
                            .tokens = coding->tree.tokens,
                            .told_by = told_by,
                            .pronoun = pronoun,
                            .sentence = word->sentence,
                            .fit = pronoun_fit(word),
                            .form = word->hash};
    asking.group = hash_join(asking.fit, word->relation == REL_NMOD_POSS);
    struct token_range own = document->sentences.items[word->sentence].tokens;
    uint32_t back = word->sentence < SENTENCES_BACK ? word->sentence : SENTENCES_BACK;
    uint32_t first = document->sentences.items[word->sentence - back].tokens.first;
    find_clauses(&asking);
    *reference = (struct reference){.pronoun = pronoun, .chosen = NONE};
    for (uint32_t i = pronoun; i-- > first && reference->count + MOST_BEHIND < CHOOSER_MOST;)
        add(&asking, i, reference);
    for (uint32_t i = pronoun + 1; i < own.end; i++)
        add(&asking, i, reference);
    for (uint32_t i = 0; i < reference->count; i++) {
        uint32_t token = reference->tokens[i];
        reference->pairs[i].state = document->states + (size_t)token * document->state_size;
        describe(&asking, reference, token, asking.fitting < 4 ? asking.fitting : 4,
                 reference->pairs[i].features);
        asking.fitting += agrees(&asking, token);
    }
    sign(&asking, reference);
}

/* The least probability of whoever is chosen, of one who seems not to fit in number or kind, and by
 * how much he must be likelier than whoever the rules say (docs/accuracy.md). */
static const float LEAST = 0.4f, LEAST_UNFIT = 0.7f, AHEAD = 0.3f;

static bool is_same(const struct coding *coding, uint32_t left, uint32_t right)
{
    uint32_t actor = coding_actor(coding, left);
    uint32_t one = coding->noun_meant[left] != NONE ? coding->noun_meant[left] : left;
    uint32_t other = coding->noun_meant[right] != NONE ? coding->noun_meant[right] : right;
    return actor != NONE ? actor == coding_actor(coding, right) : one == other;
}

/* Chooses the likeliest, where he is so much likelier than whoever the rules say. The words of one
 * actor share a probability, and nobody has one, too. */
static void choose(const struct coding *coding, float (*answers)[CHOOSER_ANSWERS],
                   struct reference *reference)
{
    float odds[CHOOSER_MOST], all = 1, meant = 0, most = 0;
    uint32_t best = NONE;
    for (uint32_t i = 0; i < reference->count; i++) {
        float chance = answers[i][ANSWER_WHOLE] < 0.9999f ? answers[i][ANSWER_WHOLE] : 0.9999f;
        odds[i] = chance / (1 - chance);
        all += odds[i];
        if (reference->pairs[i].signs[SIGN_MEANT])
            meant += odds[i];
    }
    for (uint32_t i = 0; i < reference->count; i++) {
        float sum = 0;
        for (uint32_t k = 0; k < reference->count; k++)
            if (is_same(coding, reference->tokens[i], reference->tokens[k]))
                sum += odds[k];
        if (sum > most) {
            most = sum;
            best = i;
        }
    }
    if (best == NONE || reference->pairs[best].signs[SIGN_MEANT])
        return;
    float least = reference->pairs[best].signs[SIGN_FITS] ? LEAST : LEAST_UNFIT;
    if (most >= least * all && most >= meant + AHEAD * all) {
        reference->chosen = best;
        reference->chance = most / all;
    }
}

/* The mention of an actor that an earlier stage took the pronoun for is one of the new actor. */
static void mean(struct coding *coding, uint32_t pronoun, uint32_t token)
{
    struct actor_mention *mentions = coding->document->actor_mentions.items;
    uint32_t noun = coding->noun_meant[token], own = coding->named[pronoun];
    uint32_t actor = coding_actor(coding, token);
    coding->actor_mention[pronoun] = coding->actor_mention[token];
    coding->noun_meant[pronoun] = actor != NONE ? NONE : noun != NONE ? noun : token;
    if (own != NONE && actor != NONE && mentions[own].head == pronoun)
        mentions[own].actor = actor;
}

/* Whose words each token is among, by the attributions; NULL when memory failed. */
static const uint32_t *tellers_find(const struct coding *coding)
{
    const struct document *document = coding->document;
    uint32_t *told_by = arena_new_array(coding->scratch, uint32_t, document->tokens.count + 1);
    for (uint32_t i = 0; told_by != NULL && i < document->tokens.count; i++)
        told_by[i] = NONE;
    for (uint32_t i = 0; told_by != NULL && i < document->attributions.count; i++) {
        const struct attribution *attribution = &document->attributions.items[i];
        struct token_range source = attribution->source_tokens;
        uint32_t teller = source.first < source.end ? source.end - 1 : NONE;
        for (uint32_t k = source.first; k < source.end; k++)
            if (coding->actor_mention[k] != NONE)
                teller = k;
        for (uint32_t j = 0; j < attribution->content_count; j++) {
            struct token_range said = document_tokens_in(document, attribution->content[j]);
            for (uint32_t k = said.first; k < said.end; k++)
                told_by[k] = teller;
        }
    }
    return told_by;
}

/* "Himself" is the subject, and "it is late", "killing three of THEM" say what the rules know. */
static bool is_left_alone(const struct coding *coding, uint32_t pronoun)
{
    const struct token *word = &coding->tree.tokens[pronoun];
    const struct token *above = word->head != NONE ? &coding->tree.tokens[word->head] : word;
    bool open = coding->actor_mention[pronoun] == NONE && coding->noun_meant[pronoun] == NONE;
    bool empty = pronoun_fit(word) == FITS_BODY && open && relation_is(word->relation, REL_NSUBJ) &&
                 above->upos != UPOS_VERB;
    return empty || strstr(word->folded, "sel") != NULL;
}

void referents_find(struct coding *coding, const struct genders *genders)
{
    const struct document *document = coding->document;
    const struct chooser *network = &coding->knowledge->referents;
    struct references *questions = coding->knowledge->references;
    if (document->states == NULL || (network->out == NULL && questions == NULL))
        return;
    struct reference *reference = arena_new(coding->scratch, struct reference);
    const uint32_t *told_by = tellers_find(coding);
    for (uint32_t i = 0; reference != NULL && told_by != NULL && i < document->tokens.count; i++) {
        const struct token *token = &coding->tree.tokens[i];
        float answers[CHOOSER_MOST][CHOOSER_ANSWERS];
        if (token->upos != UPOS_PRON || pronoun_fit(token) == FITS_NOT || is_left_alone(coding, i))
            continue;
        ask(genders, told_by, i, reference);
        if (network->out != NULL) {
            chooser_run(network, document->states + (size_t)i * document->state_size,
                        reference->pairs, reference->count, answers);
            choose(coding, answers, reference);
        }
        struct reference *kept = questions != NULL ? array_push(&questions->items) : NULL;
        if (kept != NULL)
            *kept = *reference;
        if (reference->chosen != NONE)
            mean(coding, i, reference->tokens[reference->chosen]);
        coding->referent_chance[i] = reference->chance;
    }
}
