/* Pronouns that stand for the subject of what governs them: "Syria says IT will", "the rebels left
 * THEIR arms", "the minister, who". Where an earlier stage resolved a pronoun its finding stays.
 *
 * Method: the nearest subject above that fits in number (Hobbs 1978, the first steps of his search,
 * inside one sentence), else the subject of the sentence before. Of an entity without an actor ("a
 * man") a pronoun means the noun. What does not fit stays open. */
#include "meaning/antecedents.h"
#include "meaning/arguments.h"
#include "meaning/participants.h"
#include "meaning/referents.h"

/* "Uber", "Umma": of one word, an unknown name may be of a body. */
static bool is_one_word(const char *name)
{
    return name != NULL && strchr(name, ' ') == NULL;
}

static bool fits(const struct genders *genders, uint32_t token, enum fit fit)
{
    const struct coding *coding = genders->coding;
    uint32_t index = coding_actor(coding, token);
    /* "We" and "I" are the same in the next clause: "they" are others. */
    if (index == NONE || (coding->tree.tokens[token].features & (WORD_FIRST | WORD_SECOND)) != 0 ||
        genders_differ(genders, index, fit))
        return false;
    const struct actor *actor = &coding->document->actors.items[index];
    bool plural = (coding->tree.tokens[token].features & WORD_PLURAL) != 0 ||
                  tree_child(&coding->tree, token, REL_CONJ) != NONE;
    switch (fit) {
    case FITS_MAN:
    case FITS_WOMAN:
        return actor->kind == ACTOR_PERSON && !plural &&
               gender_at(coding->document, token) != (fit == FITS_MAN ? GENDER_FEMALE : GENDER_MALE);
    case FITS_BODY:
        return (actor->kind == ACTOR_ORGANISATION || actor->kind == ACTOR_STATE) ||
               (!plural && (actor->kind != ACTOR_PERSON ||
                            (is_one_word(actor->name) &&
                             coding->tree.tokens[token].upos == UPOS_PROPN)));
    case FITS_MANY:
        return plural || actor->kind != ACTOR_PERSON;
    default:
        return false;
    }
}

/* "Hit him on the HEAD": not the head of anything. */
static bool is_own_head(const struct coding *coding, uint32_t token)
{
    return token_is(&coding->tree.tokens[token], "head") &&
           coding_noun_behind(coding, token, "of") == NONE &&
           tree_child(&coding->tree, token, REL_COMPOUND) == NONE;
}

/* "The MASON told them that he had": one person of whom no table knows more. */
static bool is_one_person(const struct coding *coding, uint32_t token, enum fit fit)
{
    const struct token *noun = &coding->tree.tokens[token];
    return (fit == FITS_MAN || fit == FITS_WOMAN) && noun->upos == UPOS_NOUN &&
           coding_actor(coding, token) == NONE && (noun->features & WORD_PLURAL) == 0 &&
           (coding_kinds(coding, token) & KIND_PERSON) != 0 &&
           !is_own_head(coding, token) &&
           tree_child(&coding->tree, token, REL_CONJ) == NONE &&
           gender_at(coding->document, token) != (fit == FITS_MAN ? GENDER_FEMALE : GENDER_MALE);
}

/* "A STATE DEPARTMENT spokesman said it had": the body for which somebody unnamed speaks, or, where only
 * the two together are an actor, who speaks for it; NONE where nobody does. */
static uint32_t body_spoken_for(const struct genders *genders, uint32_t voice)
{
    const struct coding *coding = genders->coding;
    uint32_t of_body = NONE;
    if (!token_in(&coding->tree.tokens[voice], WORDS_VOICES_ABSENT_FROM_TALKS))
        return NONE;
    for (uint32_t child = coding->tree.first_child[voice]; child != NONE;
         child = coding->tree.next_sibling[child]) {
        enum relation relation = relation_universal(coding->tree.tokens[child].relation);
        if (relation != REL_NMOD && relation != REL_COMPOUND)
            continue;
        if (fits(genders, child, FITS_BODY))
            return child;
        if ((coding_kinds(coding, child) & (KIND_ORGANISATION | KIND_ARMED)) != 0 &&
            coding_actor(coding, voice) != NONE)
            of_body = voice;
    }
    return of_body;
}

/* The subject of the clause at `token`, or NONE. */
static uint32_t subject_of(const struct coding *coding, uint32_t token)
{
    return tree_child(&coding->tree, token, REL_NSUBJ);
}

/* "SOME OF THE REBELS fled when they": of whom they are some, where these have no actor of their
 * own; "THE BODY OF THE CLERK was left there because he": whose body. */
static uint32_t whole_of(const struct coding *coding, uint32_t subject, enum fit fit)
{
    const struct token *word = &coding->tree.tokens[subject];
    bool some = word->upos == UPOS_DET || word->upos == UPOS_NUM || word->upos == UPOS_ADJ;
    if (coding_actor(coding, subject) != NONE ||
        !(fit == FITS_MANY ? some : token_in(word, WORDS_LEFT_OF_SOMEBODY)))
        return subject;
    for (uint32_t child = coding->tree.first_child[subject]; child != NONE;
         child = coding->tree.next_sibling[child]) {
        uint32_t preposition = tree_preposition(&coding->tree, child);
        if (child > subject && preposition != NONE &&
            token_is(&coding->tree.tokens[preposition], "of"))
            return child;
    }
    return subject;
}

static bool is_reflexive(const struct token *pronoun)
{
    size_t length = strlen(pronoun->folded);
    return length > 4 && (strcmp(pronoun->folded + length - 4, "self") == 0 ||
                          strcmp(pronoun->folded + length - 4, "lves") == 0);
}

/* "The schools can run THEIR own talks, the professor said": a subject without an actor that fits in
 * number owns what stands in its own clause, and nobody farther off. */
static bool is_owned_here(const struct coding *coding, uint32_t pronoun)
{
    const struct token *tokens = coding->tree.tokens;
    uint32_t verb = tokens[pronoun].head;
    if (tokens[pronoun].relation != REL_NMOD_POSS || strcmp(tokens[pronoun].folded, "their") != 0)
        return false;
    for (int steps = 0; verb != NONE && tokens[verb].upos != UPOS_VERB && steps < 4; steps++)
        verb = tokens[verb].head;
    uint32_t subject = verb != NONE ? subject_of(coding, verb) : NONE;
    return subject != NONE && subject < pronoun && coding_actor(coding, subject) == NONE &&
           tokens[subject].upos == UPOS_NOUN && (tokens[subject].features & WORD_PLURAL) != 0 &&
           (coding_kinds(coding, subject) & (KIND_PERSON | KIND_ORGANISATION | KIND_FACILITY)) != 0;
}

/* "Stormed the camp and shot THEM": whoever acts here, be it the subject of the verb that this one is
 * joined to. NONE where the pronoun is not what is acted on. */
static uint32_t doer_of(const struct coding *coding, uint32_t pronoun)
{
    const struct token *token = &coding->tree.tokens[pronoun];
    bool acted_on = relation_is(token->relation, REL_OBJ) || relation_is(token->relation, REL_IOBJ);
    if (!acted_on || token->head == NONE || is_reflexive(token))
        return NONE;
    struct arguments arguments;
    arguments_find(&coding->tree, token->head, &arguments);
    const struct argument *subject = arguments_get(&arguments, ARGUMENT_SUBJECT);
    return subject != NULL ? subject->token : NONE;
}

static uint32_t antecedent_above(const struct genders *genders, uint32_t pronoun, enum fit fit)
{
    const struct coding *coding = genders->coding;
    uint32_t token = coding->tree.tokens[pronoun].head;
    /* "Rejected THEM": who rejects is somebody else. */
    uint32_t doer = doer_of(coding, pronoun);
    uint32_t acting = doer != NONE ? coding_actor(coding, doer) : NONE;
    if (relation_is(coding->tree.tokens[pronoun].relation, REL_OBJ) && token != NONE &&
        !is_reflexive(&coding->tree.tokens[pronoun]))
        token = coding->tree.tokens[token].head;
    for (int steps = 0; token != NONE && steps < 10; steps++) {
        uint32_t subject = subject_of(coding, token);
        uint32_t told = subject;
        if (subject != NONE && (fit == FITS_MANY || fit == FITS_MAN || fit == FITS_WOMAN))
            subject = whole_of(coding, subject, fit);
        /* "She was shot," the nurse said: whoever is quoted speaks of somebody else. */
        bool speaks = (fit == FITS_MANY || told == subject) &&
                      (coding->tree.tokens[pronoun].flags & TOKEN_QUOTED) != 0 && subject != NONE &&
                      (coding->tree.tokens[subject].flags & TOKEN_QUOTED) == 0;
        if (subject != NONE && !speaks && subject < pronoun && !tree_is_below(&coding->tree, pronoun, subject) &&
            subject != doer && (acting == NONE || coding_actor(coding, subject) != acting) &&
            (fits(genders, subject, fit) || is_one_person(coding, subject, fit)))
            return subject;
        uint32_t body =
            subject != NONE && fit == FITS_BODY ? body_spoken_for(genders, subject) : NONE;
        if (body != NONE && body < pronoun && !speaks)
            return body;
        token = coding->tree.tokens[token].head;
    }
    return NONE;
}

/* Whether many persons are named by the noun at `token`, by whom the pronoun may be meant. */
static bool names_many(const struct coding *coding, uint32_t token)
{
    const struct token *noun = &coding->tree.tokens[token];
    return (noun->upos == UPOS_NOUN || noun->upos == UPOS_PROPN) &&
           (noun->features & WORD_PLURAL) != 0 && !relation_is(noun->relation, REL_COMPOUND) &&
           !relation_is(noun->relation, REL_AMOD) && !relation_is(noun->relation, REL_FLAT) &&
           (coding_kinds(coding, token) & (KIND_PERSON | KIND_ARMED)) != 0;
}

/* "SOURCES said", "POLICE told a paper": whoever only says what the sentence tells. */
static bool only_reports(const struct coding *coding, uint32_t token)
{
    const struct token *tokens = coding->tree.tokens;
    uint32_t verb = tokens[token].head;
    return relation_is(tokens[token].relation, REL_NSUBJ) && verb != NONE &&
           (tree_child(&coding->tree, verb, REL_CCOMP) != NONE ||
            relation_is(tokens[verb].relation, REL_PARATAXIS));
}

/* "The army called on THE LOCALS to trust it and warned THEM": the only noun of the sentence before the
 * pronoun that names many, be it not who acts on them. NONE where there are two; `*several` then says so. */
static uint32_t only_many(const struct coding *coding, uint32_t pronoun, bool *several)
{
    const struct token *tokens = coding->tree.tokens;
    uint32_t first =
        coding->document->sentences.items[tokens[pronoun].sentence].tokens.first;
    uint32_t doer = doer_of(coding, pronoun), found = NONE;
    for (uint32_t i = first; i < pronoun; i++) {
        if (i == doer || !names_many(coding, i) || only_reports(coding, i) || tree_is_below(&coding->tree, pronoun, i) ||
            (tokens[i].head == tokens[pronoun].head && tokens[pronoun].relation != REL_NMOD_POSS))
            continue;
        *several |= found != NONE;
        found = i;
    }
    return *several ? NONE : found;
}

/* "Nine teachers, two of THEM pregnant": of whom the row before the comma told; NONE where it is no part. */
static uint32_t whole_of_part(const struct coding *coding, uint32_t pronoun)
{
    const struct token *tokens = coding->tree.tokens;
    uint32_t first = coding->document->sentences.items[tokens[pronoun].sentence].tokens.first;
    if (pronoun < first + 4 || !token_is(&tokens[pronoun - 1], "of"))
        return NONE;
    const struct token *part = &tokens[pronoun - 2];
    if ((part->upos != UPOS_NUM && !coding_is_measure(coding, pronoun - 2)) ||
        (tokens[pronoun - 3].flags & TOKEN_PUNCTUATION) == 0)
        return NONE;
    for (uint32_t i = pronoun - 3; i > first && i + 12 > pronoun; i--)
        if (names_many(coding, i - 1))
            return i - 1;
    return NONE;
}

/* Lets a pronoun mean what a noun says: its actor, or the noun itself. */
static void mean(struct coding *coding, uint32_t pronoun, uint32_t noun)
{
    coding->actor_mention[pronoun] = coding->actor_mention[noun];
    if (coding->actor_mention[noun] == NONE)
        coding->noun_meant[pronoun] = noun;
}

/* "Asked about THEIR raid, the guards fled", "in HIS speech, Orlov said": the subject that the sentence
 * comes to, of what stands before it. NONE where the pronoun does not stand there. */
static uint32_t subject_ahead(const struct genders *genders, uint32_t pronoun, enum fit fit)
{
    const struct coding *coding = genders->coding;
    const struct token *tokens = coding->tree.tokens;
    uint32_t verb = tokens[pronoun].head;
    /* "After HE accused the army, the bishop left", "in a letter in which HE accused it" */
    bool fronted = relation_is(tokens[pronoun].relation, REL_NSUBJ) && verb != NONE &&
                   (fit != FITS_BODY || tokens[pronoun].relation == REL_NSUBJ) &&
                   (tokens[verb].relation == REL_ADVCL || tokens[verb].relation == REL_ACL_RELCL);
    if (fronted)
        verb = tokens[verb].head;
    else if (tokens[pronoun].relation != REL_NMOD_POSS)
        return NONE;
    for (int steps = 0; verb != NONE && tokens[verb].relation != REL_ROOT && steps < 8; steps++) {
        if (tokens[verb].upos == UPOS_VERB && subject_of(coding, verb) != NONE)
            return NONE;
        verb = tokens[verb].head;
    }
    uint32_t subject = verb != NONE && verb > pronoun ? subject_of(coding, verb) : NONE;
    return subject != NONE && subject > pronoun &&
                   (fits(genders, subject, fit) || (fronted && is_one_person(coding, subject, fit)))
               ? subject
               : NONE;
}

/* "POLICE said two men ran away. They fired": who only says so is not told of. */
static bool only_says(const struct coding *coding, uint32_t subject)
{
    uint32_t verb = coding->tree.tokens[subject].head;
    return verb != NONE && tree_child(&coding->tree, verb, REL_CCOMP) != NONE &&
           tree_child(&coding->tree, tree_child(&coding->tree, verb, REL_CCOMP), REL_NSUBJ) != NONE;
}

/* "The police found THEM in a barn. They had fled": whom the sentence before means by a pronoun it
 * goes on about, not who acts on them. NONE where it has none but `subject`. */
static uint32_t still_told_of(const struct coding *coding, const struct sentence *before,
                              uint32_t subject)
{
    for (uint32_t i = before->tokens.first; i < before->tokens.end; i++)
        if (strcmp(coding->tree.tokens[i].folded, "them") == 0 && coding_actor(coding, i) != NONE &&
            coding_actor(coding, i) != coding_actor(coding, subject))
            return i;
    return NONE;
}

static uint32_t antecedent_before(const struct genders *genders, uint32_t pronoun, enum fit fit)
{
    const struct coding *coding = genders->coding;
    uint32_t index = coding->tree.tokens[pronoun].sentence;
    if (index == 0)
        return NONE;
    const struct sentence *before = &coding->document->sentences.items[index - 1];
    uint32_t speaker = NONE, doer = doer_of(coding, pronoun);
    uint32_t acting = doer != NONE ? coding_actor(coding, doer) : NONE;
    for (uint32_t i = before->tokens.first; i < before->tokens.end; i++) {
        const struct token *subject = &coding->tree.tokens[i];
        if (!relation_is(subject->relation, REL_NSUBJ) || !fits(genders, i, fit) ||
            (acting != NONE && coding_actor(coding, i) == acting))
            continue;
        uint32_t still = fit == FITS_MANY ? still_told_of(coding, before, i) : NONE;
        if (still != NONE && doer == NONE)
            return still;
        if (speaker == NONE && (fit != FITS_MANY || !only_says(coding, i)))
            return i;
        if (speaker != NONE && (subject->features & WORD_PLURAL) != 0)
            return i;
        speaker = speaker == NONE ? i : speaker;
    }
    return speaker;
}

/* "In a debate with the senator, the mayor attacked HIM", "brought the bishop a letter and asked HIM":
 * the only one named in the sentence who fits, beside who acts. NONE of two. */
static uint32_t only_other_before(const struct genders *genders, uint32_t pronoun, enum fit fit)
{
    const struct coding *coding = genders->coding;
    const struct token *token = &coding->tree.tokens[pronoun];
    uint32_t doer = doer_of(coding, pronoun), found = NONE;
    if (doer == NONE || (fit != FITS_MAN && fit != FITS_WOMAN && fit != FITS_MANY))
        return NONE;
    uint32_t acting = coding_actor(coding, doer);
    for (uint32_t i = coding->document->sentences.items[token->sentence].tokens.first; i < pronoun;
         i++) {
        uint32_t actor = coding_actor(coding, i);
        if (actor == NONE || actor == acting || i == doer || !fits(genders, i, fit) ||
            (fit == FITS_MANY && (coding->tree.tokens[i].features & WORD_PLURAL) == 0))
            continue;
        if (found != NONE && coding_actor(coding, found) != actor)
            return NONE;
        found = i;
    }
    return found;
}

/* "IT condemned the raid": a body that says or does something, not the weather. */
static bool is_acting_it(const struct coding *coding, uint32_t pronoun)
{
    const struct token *token = &coding->tree.tokens[pronoun];
    if (strcmp(token->folded, "it") != 0 || token->relation != REL_NSUBJ || token->head == NONE ||
        token->head < pronoun)
        return false;
    const struct token *verb = &coding->tree.tokens[token->head];
    return verb->upos == UPOS_VERB && verb->relation == REL_ROOT &&
           frames_know(&coding->knowledge->frames, verb, FRAME_VERB) &&
           tree_child_exactly(&coding->tree, token->head, REL_CSUBJ) == NONE;
}

/* Words that a quotation begins inside of: `She said THAT "they will stay"` tells of herself. */
static bool is_part_of_clause(const struct coding *coding, uint32_t token)
{
    const struct token *tokens = coding->tree.tokens;
    uint32_t first = coding->document->sentences.items[tokens[token].sentence].tokens.first;
    while (token > first && (tokens[token - 1].flags & TOKEN_QUOTED) != 0)
        token--;
    return token >= first + 2 && token_is(&tokens[token - 2], "that");
}

/* The word of a source that the others hang on; NONE where there is none. */
static uint32_t head_of(const struct coding *coding, struct token_range range)
{
    for (uint32_t i = range.first; i < range.end; i++) {
        uint32_t head = coding->tree.tokens[i].head;
        if (head == NONE || head < range.first || head >= range.end)
            return i;
    }
    return NONE;
}

/* Who speaks the words between quotation marks, by the attributions of the report. */
static void speakers_of_quotations(struct genders *genders)
{
    const struct coding *coding = genders->coding;
    const struct document *document = coding->document;
    genders->quoted_by = arena_new_array(coding->scratch, uint32_t, document->tokens.count + 1);
    for (uint32_t i = 0; genders->quoted_by != NULL && i < document->tokens.count; i++)
        genders->quoted_by[i] = NONE;
    for (uint32_t i = 0; genders->quoted_by != NULL && i < document->attributions.count; i++) {
        const struct attribution *attribution = &document->attributions.items[i];
        uint32_t source = head_of(coding, attribution->source_tokens);
        bool quoted = source == NONE || (coding->tree.tokens[source].flags & TOKEN_QUOTED) != 0;
        uint32_t actor = quoted ? NONE : coding_actor(coding, source);
        for (uint32_t j = 0; actor != NONE && j < attribution->content_count; j++) {
            struct token_range said = document_tokens_in(document, attribution->content[j]);
            for (uint32_t k = said.first; k < said.end; k++)
                if ((coding->tree.tokens[k].flags & TOKEN_QUOTED) != 0 &&
                    !is_part_of_clause(coding, k))
                    genders->quoted_by[k] = actor;
        }
    }
}

/* "HE fired," Marek said: nobody who is quoted calls himself "he". */
static bool is_said_by(const struct genders *genders, uint32_t pronoun, uint32_t actor)
{
    return genders->quoted_by != NULL && actor != NONE && genders->quoted_by[pronoun] == actor;
}

/* A person by name: "they" are others. */
static bool is_one_named(const struct coding *coding, uint32_t token)
{
    const struct token *word = &coding->tree.tokens[token];
    uint32_t actor = coding_actor(coding, token);
    return actor != NONE && word->upos == UPOS_PROPN &&
           coding->document->actors.items[actor].kind == ACTOR_PERSON &&
           (word->features & WORD_PLURAL) == 0 && tree_child(&coding->tree, token, REL_CONJ) == NONE;
}

/* What the stage of references found: an actor among the mentions of the same entity, else the noun
 * named last. */
static void resolve_by_entities(struct coding *coding, const struct genders *genders)
{
    const struct document *document = coding->document;
    uint32_t *actor_of = arena_new_array(coding->scratch, uint32_t, document->entities.count + 1);
    uint32_t *noun_of = arena_new_array(coding->scratch, uint32_t, document->entities.count + 1);
    uint32_t *head_of_actor = arena_new_array(coding->scratch, uint32_t, document->entities.count + 1);
    if (actor_of == NULL || noun_of == NULL || head_of_actor == NULL)
        return;
    for (uint32_t i = 0; i < document->entities.count; i++)
        actor_of[i] = noun_of[i] = head_of_actor[i] = NONE;
    for (uint32_t i = 0; i < document->mentions.count; i++) {
        const struct mention *mention = &document->mentions.items[i];
        uint32_t found = coding->actor_mention[mention->head];
        if (found != NONE && actor_of[mention->entity] == NONE) {
            actor_of[mention->entity] = found;
            head_of_actor[mention->entity] = mention->head;
        }
    }
    for (uint32_t i = 0; i < document->mentions.count; i++) {
        const struct mention *mention = &document->mentions.items[i];
        if (coding->actor_mention[mention->head] != NONE || coding->noun_meant[mention->head] != NONE)
            continue;
        if (is_own_head(coding, mention->head))
            continue;
        if (coding->tree.tokens[mention->head].upos != UPOS_PRON)
            noun_of[mention->entity] = mention->head;
        else if (actor_of[mention->entity] != NONE) {
            uint32_t actor = document->actor_mentions.items[actor_of[mention->entity]].actor;
            enum fit fit = pronoun_fit(&coding->tree.tokens[mention->head]);
            if (!genders_differ(genders, actor, fit) &&
                (fit != FITS_MANY || !is_one_named(coding, head_of_actor[mention->entity])))
                coding->actor_mention[mention->head] = actor_of[mention->entity];
        }
        else if (pronoun_fit(&coding->tree.tokens[mention->head]) != FITS_NOT)
            coding->noun_meant[mention->head] = noun_of[mention->entity];
    }
}

/* "They", "them", "their" where no subject above is many. True where it is told or left open. */
static bool resolve_many(struct coding *coding, uint32_t pronoun)
{
    bool several = false;
    uint32_t found = only_many(coding, pronoun, &several);
    if (found != NONE)
        mean(coding, pronoun, found);
    return found != NONE || several;
}

static void resolve_by_grammar(struct coding *coding, const struct genders *genders, uint32_t pronoun)
{
    const struct token *token = &coding->tree.tokens[pronoun];
    enum fit fit = is_owned_here(coding, pronoun) ? FITS_NOT : pronoun_fit(token);
    uint32_t found = fit != FITS_NOT ? antecedent_above(genders, pronoun, fit) : NONE;
    /* "The army urged its men to spare them": a body does not speak of itself as many. */
    bool many = found != NONE && ((coding->tree.tokens[found].features & WORD_PLURAL) != 0 ||
                                  (coding_kinds(coding, found) & KIND_POLICE) != 0);
    if (found == NONE)
        found = only_other_before(genders, pronoun, fit);
    if (found == NONE && fit != FITS_NOT)
        found = subject_ahead(genders, pronoun, fit);
    if (fit == FITS_MANY && !many && resolve_many(coding, pronoun))
        return;
    if (found == NONE && (fit == FITS_MAN || fit == FITS_WOMAN || fit == FITS_MANY ||
                          is_acting_it(coding, pronoun)))
        found = antecedent_before(genders, pronoun, fit);
    if (found != NONE && !is_said_by(genders, pronoun, coding_actor(coding, found)))
        mean(coding, pronoun, found);
}

/* "The senator attacked HIM": who acts is not whom he acts on, though an earlier stage took the two
 * for one; nor is who speaks whom he speaks of. Better nobody than that. */
static void release_bound(struct coding *coding, const struct genders *genders)
{
    for (uint32_t i = 0; i < coding->document->tokens.count; i++) {
        const struct token *token = &coding->tree.tokens[i];
        uint32_t mention = coding->actor_mention[i];
        if (token->upos != UPOS_PRON || mention == NONE || pronoun_fit(token) == FITS_NOT)
            continue;
        uint32_t doer = doer_of(coding, i);
        if ((doer != NONE && doer != i && coding_actor(coding, doer) == coding_actor(coding, i)) ||
            is_said_by(genders, i, coding_actor(coding, i)))
            coding->actor_mention[i] = NONE;
    }
}

/* "The rebels announced IT WOULD not attend", whatever an earlier stage took it for. */
static void resolve_announced(struct coding *coding, const struct genders *genders)
{
    for (uint32_t i = 0; i < coding->document->tokens.count; i++) {
        enum fit fit = pronoun_fit(&coding->tree.tokens[i]);
        uint32_t found = fit != FITS_NOT ? antecedents_announcer(&coding->tree, i, fit == FITS_BODY) : NONE;
        if (found != NONE && fits(genders, found, fit) && coding_actor(coding, i) != coding_actor(coding, found))
            mean(coding, i, found);
    }
}

void antecedents_find(struct coding *coding)
{
    struct genders genders;
    genders_find(&genders, coding);
    for (uint32_t i = 0; i < coding->document->tokens.count; i++) {
        uint32_t whole = token_is(&coding->tree.tokens[i], "them") ? whole_of_part(coding, i) : NONE;
        if (whole == NONE)
            whole = pronouns_thing_before(coding, i);
        if (whole == NONE)
            continue;
        coding->actor_mention[i] = coding->actor_mention[whole];
        coding->noun_meant[i] = whole;
    }
    resolve_by_entities(coding, &genders);
    resolve_announced(coding, &genders);
    speakers_find(coding);
    speakers_of_quotations(&genders);
    release_bound(coding, &genders);
    for (uint32_t i = 0; i < coding->document->tokens.count; i++)
        if (coding->tree.tokens[i].upos == UPOS_PRON && coding->actor_mention[i] == NONE &&
            coding->noun_meant[i] == NONE)
            resolve_by_grammar(coding, &genders, i);
    referents_find(coding, &genders);
}
