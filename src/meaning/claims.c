/* Claims: from parsed sentences with their names, places, times, numbers and speakers to who did
 * what to whom, according to whom.
 *
 * Method: every verb, noun and adjective is looked up among the frames of
 * dictionaries/en/events.tsv; the frame that fits best is filled from the arguments of the word.
 * One trigger gives at most one claim; one event told twice in a sentence gives one. What leaves
 * out: events told without a trigger word ("Kunduz is now a ghost town"). */
#include "meaning/antecedents.h"
#include "meaning/participants.h"
#include "meaning/rehung.h"
#include "meaning/scenes.h"
#include "meaning/times.h"

annals_status claims_knowledge_read(const struct stage_setting *setting,
                                    struct claims_knowledge **read, annals_error *error)
{
    struct claims_knowledge *knowledge = arena_new(setting->arena, struct claims_knowledge);
    const char *events = stage_path(setting, "dictionaries/en", "events.tsv");
    const char *things = stage_path(setting, "dictionaries/en", "things.tsv");
    const char *statuses = stage_path(setting, "dictionaries/en", "statuses.tsv");
    const char *supports = stage_path(setting, "dictionaries/en", "supports.tsv");
    const char *sites = stage_path(setting, "dictionaries/en", "sites.tsv");
    const char *irregular = stage_path(setting, "dictionaries/en", "irregular_verbs.tsv");
    const char *states = stage_path(setting, "dictionaries/world", "states.tsv");
    if (knowledge == NULL || states == NULL || irregular == NULL || events == NULL ||
        things == NULL || statuses == NULL || supports == NULL || sites == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    annals_status status =
        inflections_read(&knowledge->inflections, setting->arena, irregular, error);
    if (status == ANNALS_OK)
        status =
            frames_read(&knowledge->frames, &knowledge->inflections, setting->arena, events, error);
    if (status == ANNALS_OK)
        status = things_read(&knowledge->things, setting->arena, things, error);
    if (status == ANNALS_OK)
        status = statuses_read(&knowledge->statuses, &knowledge->inflections, setting->arena,
                               statuses, error);
    if (status == ANNALS_OK)
        status = supports_read(&knowledge->supports, &knowledge->inflections, setting->arena,
                               supports, error);
    if (status == ANNALS_OK)
        status = sites_read(&knowledge->sites, setting->arena, sites, error);
    if (status == ANNALS_OK)
        status = countries_read(&knowledge->countries, setting->arena, states, error);
    *read = knowledge;
    return status;
}

annals_status claims_referents_open(const struct stage_setting *setting,
                                    struct claims_knowledge *knowledge, annals_error *error)
{
    const char *path = stage_path(setting, "models/en", "referents.model");
    return path != NULL ? chooser_open(&knowledge->referents, path, error)
                        : error_set(error, ANNALS_NO_MEMORY, "out of memory");
}

static annals_status claims_open(const struct stage_setting *setting, void **state,
                                 annals_error *error)
{
    struct claims_knowledge *knowledge = NULL;
    const char *event = stage_path(setting, "models/en", "trust.bin");
    const char *roles = stage_path(setting, "models/en", "trust_roles.bin");
    const char *chooser = stage_path(setting, "models/en", "chooser.model");
    annals_status status = event != NULL && roles != NULL && chooser != NULL
                               ? claims_knowledge_read(setting, &knowledge, error)
                               : error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (status == ANNALS_OK)
        status = chooser_open(&knowledge->chooser, chooser, error);
    if (status == ANNALS_OK)
        status = claims_referents_open(setting, knowledge, error);
    if (status == ANNALS_OK)
        status = linear_open(&knowledge->trust.event, event, error);
    if (status == ANNALS_OK)
        status = linear_open(&knowledge->trust.roles, roles, error);
    *state = status == ANNALS_OK ? knowledge : NULL;
    if (status != ANNALS_OK && knowledge != NULL) {
        chooser_close(&knowledge->chooser);
        chooser_close(&knowledge->referents);
        linear_close(&knowledge->trust.event);
        linear_close(&knowledge->trust.roles);
    }
    return status;
}

static void claims_close(void *state)
{
    struct claims_knowledge *knowledge = state;
    if (knowledge == NULL)
        return;
    chooser_close(&knowledge->chooser);
    chooser_close(&knowledge->referents);
    linear_close(&knowledge->trust.event);
    linear_close(&knowledge->trust.roles);
}

static uint32_t *no_index(struct arena *scratch, uint32_t count)
{
    uint32_t *index = arena_new_array(scratch, uint32_t, count + 1);
    for (uint32_t i = 0; index != NULL && i <= count; i++)
        index[i] = NONE;
    return index;
}

static void mark(uint32_t *index, struct token_range range, uint32_t value)
{
    for (uint32_t i = range.first; i < range.end; i++)
        index[i] = value;
}

/* "The city", "there": the place that another mention of the same entity names. */
static void mark_places_referred_to(struct coding *coding)
{
    const struct document *document = coding->document;
    uint32_t *place_of = no_index(coding->scratch, document->entities.count);
    if (place_of == NULL)
        return;
    for (uint32_t i = 0; i < document->mentions.count; i++) {
        const struct mention *mention = &document->mentions.items[i];
        if (coding->place[mention->head] != NONE && place_of[mention->entity] == NONE)
            place_of[mention->entity] = coding->place[mention->head];
    }
    for (uint32_t i = 0; i < document->mentions.count; i++) {
        const struct mention *mention = &document->mentions.items[i];
        if (coding->place[mention->head] == NONE && coding->actor_mention[mention->head] == NONE)
            coding->place[mention->head] = place_of[mention->entity];
    }
}

/* Anew where words were hung elsewhere. False when memory failed. */
static bool build_tree(struct coding *coding)
{
    bool built = tree_init(&coding->tree, coding->document, coding->scratch);
    coding->tree.supports = &coding->knowledge->supports;
    return built;
}

static bool coding_init(struct coding *coding, const struct claims_knowledge *knowledge,
                        struct document *document, struct arena *scratch)
{
    enum { PASSES = 2 };
    uint32_t count = document->tokens.count;
    *coding = (struct coding){.document = document, .knowledge = knowledge, .scratch = scratch};
    coding->choice = arena_new(scratch, struct choice);
    array_init(&coding->makings, scratch);
    array_init(&coding->trust.features, scratch);
    array_init(&coding->trust.notes, scratch);
    coding->actor_mention = no_index(scratch, count);
    coding->place = no_index(scratch, count);
    coding->quantity = no_index(scratch, count);
    coding->time = no_index(scratch, count);
    coding->making_at = no_index(scratch, count);
    coding->named = no_index(scratch, count);
    coding->noun_meant = no_index(scratch, count);
    coding->where = no_index(scratch, count);
    coding->referent_chance = arena_new_array(scratch, float, count + 1);
    if (!build_tree(coding) || scratch->failed)
        return false;
    /* What one change shows may ask for another. */
    for (int pass = 0; pass < PASSES && rehang(document, &coding->tree); pass++)
        if (!build_tree(coding))
            return false;
    /* An actor is looked up by the head of its mention, the rest by any word. */
    for (uint32_t i = 0; i < document->actor_mentions.count; i++)
        coding->actor_mention[document->actor_mentions.items[i].head] = i;
    /* "MR Marek's arrest": parsers now and then take the title for the head. */
    for (uint32_t i = 0; i < document->actor_mentions.count; i++) {
        uint32_t first = document->actor_mentions.items[i].tokens.first;
        if (first > 0 && coding->actor_mention[first - 1] == NONE &&
            token_in(&document->tokens.items[first - 1], WORDS_COURTESIES_TAKEN_FOR_HEADS))
            coding->actor_mention[first - 1] = i;
    }
    for (uint32_t i = 0; i < document->actor_mentions.count; i++)
        mark(coding->named, document->actor_mentions.items[i].tokens, i);
    for (uint32_t i = 0; i < document->places.count; i++)
        mark(coding->place, document->places.items[i].tokens, i);
    for (uint32_t i = 0; i < document->quantities.count; i++)
        mark(coding->quantity, document->quantities.items[i].tokens, i);
    for (uint32_t i = 0; i < document->times.count; i++)
        mark(coding->time, document->times.items[i].tokens, i);
    mark_places_referred_to(coding);
    if (rehang_who(coding) && !build_tree(coding))
        return false;
    scenes_find(coding);
    return true;
}

static void write_time(const struct making *making, struct claim *claim)
{
    struct told_time told = times_for(making->coding->document, claim->sentence, making->trigger);
    claim->from = told.from;
    claim->to = told.to;
    claim->precision = (uint8_t)told.precision;
    claim->anchor = told.anchor;
}

/* "Drove there TO HELP": the one purpose that was acted on that day. */
static bool is_purpose(const struct tree *tree, uint32_t trigger)
{
    return tree->tokens[trigger].relation == REL_ADVCL &&
           (tree->tokens[trigger].features & WORD_INFINITIVE) != 0;
}

/* What is only planned or thought of did not happen on the day of the report. */
static void drop_day_of_report(const struct making *making, struct claim *claim)
{
    bool planned = claim->status == STATUS_PLANNED && claim->counts.count == 0 &&
                   !is_purpose(&making->coding->tree, making->trigger);
    if (claim->anchor == NULL || strcmp(claim->anchor, "published") != 0 ||
        (!planned && claim->status != STATUS_CONDITIONAL))
        return;
    claim->from = claim->to = DAY_UNKNOWN;
    claim->precision = PRECISION_UNKNOWN;
    claim->anchor = NULL;
}

/* "The fight against corruption", "attacked the proposal": nobody is hit. Where the row itself asks
 * for the word ("committed the crime") it is meant. */
static bool is_figurative(const struct making *making)
{
    if (!frame_is(making->frame, "ASSAULT"))
        return false;
    for (uint32_t i = 0; i < making->patients.count; i++)
        if (!coding_is_idea(making->coding, making->patients.tokens[i]))
            return false;
    for (uint32_t i = 0; i < making->arguments.count && making->patients.count == 0; i++) {
        const struct argument *argument = &making->arguments.items[i];
        bool against = argument->preposition != NONE &&
                       token_is(&making->coding->tree.tokens[argument->preposition], "against");
        if ((against || argument->place == ARGUMENT_OBJECT) &&
            coding_is_idea(making->coding, argument->token) &&
            !frame_asks_for(making->frame, &making->coding->tree, &making->arguments,
                            argument->token))
            return true;
    }
    return making->patients.count > 0;
}

/* "Clashes broke out in the port": the place hangs on the noun or on the verb whose subject it is.
 */
static bool is_said_to_be_there(const struct making *making, const struct claim *claim)
{
    const struct tree *tree = &making->coding->tree;
    const struct token *word = &tree->tokens[making->trigger];
    if (claim->place == NONE || !claim_is_on_the_ground(claim))
        return false;
    uint32_t place = making->coding->document->places.items[claim->place].tokens.first;
    return tree->tokens[place].sentence == claim->sentence &&
           (tree_is_below(tree, place, making->trigger) ||
            (relation_is(word->relation, REL_NSUBJ) && tree_is_below(tree, place, word->head)));
}

/* Dead, hurt or destroyed, and no word of who or what did it. */
static bool is_bare_casualty(const struct making *making)
{
    if (!frame_is(making->frame, "ASSAULT") || making->agents.count > 0 ||
        making->instruments.count > 0 || making->means != NULL)
        return false;
    if (strcmp(making->frame->cameo, "171") == 0)
        return true;
    for (uint32_t i = 0; i < making->frame->count_count; i++)
        if (strcmp(making->frame->counts[i].what, "killed") == 0 ||
            strcmp(making->frame->counts[i].what, "missing") == 0 ||
            strcmp(making->frame->counts[i].what, "wounded") == 0)
            return true;
    return false;
}

/* "The blast" is an event, whatever went off. */
static bool is_weapon(const struct coding *coding, uint32_t token)
{
    return coding_weapon(coding, token) != NULL &&
           !frames_know(&coding->knowledge->frames, &coding->tree.tokens[token], FRAME_NOUN);
}

/* "The blast", "the fire destroyed the kitchen" in a report of a gas explosion: of nobody, with
 * nothing that is a weapon. */
static bool is_of_mishap(const struct making *making)
{
    static const char *const physical[] = {"183", "171", "190"};
    if (is_bare_casualty(making))
        return true;
    if (!making->coding->mishap_blast || is_weapon(making->coding, making->trigger))
        return false;
    for (uint32_t i = 0; i < making->agents.count; i++)
        if (coding_kinds(making->coding, making->agents.tokens[i]) != 0) /* flames are nobody */
            return false;
    for (uint32_t i = 0; i < making->instruments.count; i++)
        if (is_weapon(making->coding, making->instruments.tokens[i]))
            return false;
    const struct argument *subject = arguments_get(&making->arguments, ARGUMENT_SUBJECT);
    if (subject != NULL && is_weapon(making->coding, subject->token))
        return false;
    for (size_t i = 0; i < sizeof physical / sizeof physical[0]; i++)
        if (strcmp(making->frame->cameo, physical[i]) == 0)
            return true;
    return false;
}

/* A report of a crash or a flood: who died in it was not attacked. One word of violence, and
 * nothing is known of that. */
static void judge_mishap(struct coding *coding)
{
    for (uint32_t i = 0; i < coding->makings.count && coding->mishap; i++) {
        const struct making *making = &coding->makings.items[i];
        if (frame_is(making->frame, "ASSAULT") && !is_of_mishap(making))
            coding->mishap = false;
    }
}

/* "An accord was signed in June", "the talks resumed in Geneva", "the curfew was lifted on Friday":
 * a verb says of talks, a deal or what is eased where or when they were, and nobody has to be named
 * beside them. "They agreed in Geneva" is of somebody. */
static bool is_held_somewhere(const struct making *making, const struct claim *claim)
{
    const struct tree *tree = &making->coding->tree;
    bool eased = frame_is(making->frame, "CONCEDE");
    if (making->frame->class != FRAME_VERB || (!making->frame->both_sides && !eased) ||
        (claim->place == NONE && (claim->anchor == NULL || strcmp(claim->anchor, "sentence") != 0)))
        return false;
    const struct token *verb = &tree->tokens[making->trigger];
    bool reduced = relation_is(verb->relation, REL_ACL);
    if (reduced && (verb->features & WORD_PARTICIPLE) == 0)
        return false; /* "efforts to forge an accord" */
    uint32_t said_of = reduced ? verb->head : tree_child(tree, making->trigger, REL_NSUBJ);
    return said_of != NONE && tree->tokens[said_of].upos == UPOS_NOUN;
}

/* What is said, meant or done among people is nothing without any of them: "reaching an agreement";
 * nor is "dead" of nobody. "She was dead" is of somebody, whoever it was. */
static bool is_of_nobody(const struct making *making, const struct claim *claim)
{
    static const char *const physical[] = {"ASSAULT", "COERCE", "RETREAT", "MOBILIZE", "PROTEST"};
    bool somebody = (claim->agents.count > 0 || claim->patients.count > 0) &&
                    !participants_only_pronouns(making);
    if (somebody || claim->counts.count > 0 || claim->control != CONTROL_NONE ||
        is_held_somewhere(making, claim))
        return false;
    for (size_t i = 0; i < sizeof physical / sizeof physical[0]; i++)
        if (strcmp(making->frame->plover, physical[i]) == 0)
            return making->frame->class == FRAME_ADJECTIVE && making->patients.count == 0;
    return true;
}

/* "Do you agree?", "Will there be an inquiry?": nothing is told. "Why was he shot?" and a clause
 * about something known ("after the judge was shot") tell it. */
static bool is_asked(const struct making *making)
{
    const struct tree *tree = &making->coding->tree;
    const struct sentence *sentence =
        &making->coding->document->sentences.items[tree->tokens[making->trigger].sentence];
    uint32_t end = sentence->tokens.end;
    while (end > sentence->tokens.first + 1 && tree->tokens[end - 1].upos == UPOS_PUNCT &&
           !token_is(&tree->tokens[end - 1], "?"))
        end--;
    if (!token_is(&tree->tokens[end - 1], "?"))
        return false;
    for (uint32_t i = sentence->tokens.first; i < end; i++)
        if (token_in(&tree->tokens[i], WORDS_QUESTIONS))
            return false;
    uint32_t token = making->trigger;
    for (int steps = 0; steps < 12 && tree->tokens[token].head != NONE; steps++) {
        enum relation relation = tree->tokens[token].relation;
        if ((relation == REL_ADVCL || relation == REL_ACL_RELCL) &&
            tree_child(tree, token, REL_NSUBJ) != NONE)
            return false;
        token = tree->tokens[token].head;
    }
    return true;
}

static bool is_done_by_subject(const struct frame *frame)
{
    for (uint32_t i = 0; i < frame->agent.count; i++)
        if (frame->agent.items[i].step_count == 1 &&
            frame->agent.items[i].steps[0].place == ARGUMENT_SUBJECT)
            return true;
    return false;
}

/* "The property offers", "the elections forced them": what is said, meant or ordered takes somebody
 * who says it; papers and voices speak for those who wrote them. */
static bool is_of_a_thing(const struct making *making)
{
    static const char *const types[] = {"REQUEST",   "AGREE",   "THREATEN", "SANCTION", "CONSULT",
                                        "COOPERATE", "CONCEDE", "SUPPORT",  "AID"};
    const struct coding *coding = making->coding;
    const struct argument *subject = arguments_get(&making->arguments, ARGUMENT_SUBJECT);
    if (making->frame->class != FRAME_VERB || making->agents.count > 0 || subject == NULL ||
        subject->via != NONE || subject->preposition != NONE || making->frame->status >= 0 ||
        !is_done_by_subject(making->frame))
        return false;
    const struct token *word = &coding->tree.tokens[subject->token];
    uint32_t somebody = KIND_ACTOR | KIND_PERSON | KIND_ORGANISATION | KIND_WEAPON | KIND_VEHICLE |
                        KIND_PLACE | KIND_EVENT | KIND_ARMED | KIND_FACILITY;
    if (word->upos != UPOS_NOUN || coding->named[subject->token] != NONE ||
        (coding_kinds(coding, subject->token) & somebody) != 0)
        return false;
    if (token_in(word, WORDS_TEXTS_THAT_SPEAK))
        return false;
    if (frame_is(making->frame, "COERCE"))
        return strcmp(making->frame->cameo, "170") == 0 || strcmp(making->frame->cameo, "172") == 0;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcmp(making->frame->plover, types[i]) == 0)
            return true;
    return false;
}

/* "Report ANY attack": none is told. */
static bool is_of_any(const struct making *making)
{
    const struct tree *tree = &making->coding->tree;
    uint32_t determiner = tree_child(tree, making->trigger, REL_DET);
    return making->frame->class == FRAME_NOUN && determiner != NONE &&
           (token_is(&tree->tokens[determiner], "any") ||
            token_is(&tree->tokens[determiner], "every"));
}

/* "NOBODY has claimed responsibility for the raid": the raid is told, and nobody's claim. */
static bool is_nobodys_claim(const struct making *making)
{
    return frame_is(making->frame, "ASSAULT") &&
           status_is_owned_by_nobody(making->coding, making->trigger);
}

/* A noun without anybody and anywhere is a mention of something told elsewhere: "the war". */
static bool says_something(const struct making *making, const struct claim *claim)
{
    if (is_figurative(making) || is_asked(making) || is_nobodys_claim(making) ||
        is_of_a_thing(making) || is_of_any(making) || is_of_nobody(making, claim) ||
        occurrence_is_general(making, claim) || (making->coding->mishap && is_of_mishap(making)))
        return false;
    return making->frame->class != FRAME_NOUN || claim->agents.count > 0 ||
           claim->patients.count > 0 || claim->instruments.count > 0 || claim->counts.count > 0 ||
           claim->control != CONTROL_NONE || is_said_to_be_there(making, claim) ||
           coding_weapon(making->coding, making->trigger) != NULL || occurrence_is_told(making);
}

/* Keeps the question who takes part in the claim, for the trainer. */
static void keep_choice(const struct coding *coding, const struct making *making,
                        const struct claim *claim)
{
    struct choices *choices = coding->knowledge->choices;
    struct choice *kept = coding->document->states != NULL ? array_push(&choices->items) : NULL;
    if (kept != NULL)
        choosing_ask(making, claim, kept);
}

void claim_write(struct coding *coding, const struct making *told)
{
    struct making chosen;
    const struct making *making = told;
    struct document *document = coding->document;
    struct claim *claim = array_push(&document->claims);
    if (claim == NULL)
        return;
    array_init(&claim->agents, document->arena);
    array_init(&claim->patients, document->arena);
    array_init(&claim->instruments, document->arena);
    array_init(&claim->counts, document->arena);
    array_init(&claim->according_to, document->arena);
    claim->sentence = document->tokens.items[making->trigger].sentence;
    claim->trigger = document_span_of(document, making->range);
    claim->trigger_token = making->trigger;
    claim->plover = making->frame->plover;
    claim->mode = making->frame->mode;
    claim->cameo = making->frame->cameo;
    claim->rule = making->frame->id;
    bool itself = participants_write(making, claim);
    claim->place = NONE;
    claim->from = claim->to = DAY_UNKNOWN;
    bool elsewhere = making->aftermath || occurrence_is_elsewhere(making);
    if (!elsewhere) {
        write_time(making, claim);
        where_find(making, claim);
    }
    bool apart = making->apart || occurrence_is_often(making);
    if (apart && (claim->anchor == NULL || strcmp(claim->anchor, "sentence") != 0))
        claim->from = claim->to = DAY_UNKNOWN;
    control_find(making, claim);
    counts_find(making, claim);
    if (!making->nobody && !says_something(making, claim)) {
        document->claims.count--;
        return;
    }
    status_find(making, claim);
    control_by_speaker(making, claim);
    control_no_longer(making, claim);
    control_loser(making, claim);
    intent_apply(making, claim);
    drop_day_of_report(making, claim);
    if (!elsewhere && !apart)
        scene_inherit(making, claim);
    implied_drop(making, claim);
    event_take_up(coding, making, claim);
    implied_find(making, claim);
    if (coding->knowledge->choices != NULL)
        keep_choice(coding, making, claim);
    choosing_answer(making, claim);
    chosen = *told;
    if (choosing_fill(&chosen, itself, claim))
        making = &chosen;
    country_find(making, claim);
    acled_find(making, claim);
    explanation_write(making, claim);
    claim->clause = itself ? NULL : clause_text(making, claim->status, document->arena);
    trust_note(coding, making, claim);
}

static bool is_known_patient(const struct coding *coding, const struct making *making)
{
    for (uint32_t i = 0; i < making->patients.count; i++)
        if (coding->place[making->patients.tokens[i]] == NONE)
            return false;
    return true;
}

/* "Fighting in Arnsdorf and Belmont": the claim once more for each further place coordinated with
 * its own. What it counts is counted once. */
static void write_further_places(struct coding *coding)
{
    struct document *document = coding->document;
    const struct claim first = document->claims.items[document->claims.count - 1];
    uint32_t tokens[PARTICIPANTS];
    /* The airport of one town is not that of the next. */
    bool site = first.control != CONTROL_NONE && first.control_place != first.place;
    if (first.place == NONE || first.counts.count > 0 || site || !claim_is_on_the_ground(&first))
        return;
    uint32_t count = scenes_conjuncts(coding, first.place, first.sentence, tokens, PARTICIPANTS);
    for (uint32_t i = 0; i < count; i++) {
        struct claim *claim = array_push(&document->claims);
        if (claim == NULL)
            return;
        *claim = first;
        trust_note_again(coding);
        claim->place = coding->where[tokens[i]];
        if (first.control_place == first.place)
            claim->control_place = claim->place;
    }
}

/* "The two towns fell": each place that changes hands is an event of its own. */
static void write_claims(struct coding *coding, const struct making *making)
{
    bool places = making->frame->control != CONTROL_NONE && making->patients.count > 1 &&
                  is_known_patient(coding, making);
    uint32_t before = coding->document->claims.count;
    struct participant_list named = {0};
    control_places(making, &named);
    if (named.count > 0)
        places = true;
    if (!places) {
        claim_write(coding, making);
        if (coding->document->claims.count > before)
            write_further_places(coding);
        return;
    }
    const struct participant_list *all = named.count > 0 ? &named : &making->patients;
    for (uint32_t i = 0; i < all->count; i++) {
        struct making one = *making;
        if (making->patients.count > 0) {
            one.patients = (struct participant_list){.count = 1};
            one.patients.tokens[0] = one.patients.nouns[0] = all->tokens[i];
        }
        one.held = named.count > 0 ? all->tokens[i] : NONE;
        claim_write(coding, &one);
    }
}

annals_status claims_find(struct coding *coding, const struct claims_knowledge *knowledge,
                          struct document *document, struct arena *scratch, annals_error *error)
{
    if (!coding_init(coding, knowledge, document, scratch))
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    antecedents_find(coding);
    campaign_find(coding);
    candidates_find(coding);
    for (uint32_t i = 0; i < coding->makings.count; i++)
        participants_find(&coding->makings.items[i]);
    victims_named(coding);
    events_join(coding);
    judge_mishap(coding);
    uint32_t making = 0, quantity = 0;
    for (uint32_t i = 0; i < document->sentences.count; i++) {
        for (; making < coding->makings.count &&
               document->tokens.items[coding->makings.items[making].trigger].sentence <= i;
             making++)
            if (!coding->makings.items[making].dropped &&
                coding->makings.items[making].joined == NONE)
                write_claims(coding, &coding->makings.items[making]);
        fates_find(coding, i, &quantity);
        victims_alone(coding, i);
        counts_take_up(coding, i);
        nobody_find(coding, i);
    }
    report_days_settle(coding);
    acled_settle(coding);
    return ANNALS_OK;
}

static annals_status claims_run(const void *state, struct document *document, struct arena *scratch,
                                annals_error *error)
{
    struct coding coding;
    const struct claims_knowledge *knowledge = state;
    if (document->states != NULL && (document->state_size != knowledge->chooser.sizes.state ||
                                     document->state_size != knowledge->referents.sizes.state))
        return error_set(error, ANNALS_FOREIGN,
                         "models/en/chooser.model or referents.model was fitted to another "
                         "grammar.model");
    annals_status status = claims_find(&coding, knowledge, document, scratch, error);
    if (status == ANNALS_OK)
        trust_judge(&coding, &knowledge->trust);
    return status;
}

const struct stage stage_claims = {
    .name = "claims",
    .summary = "who did what to whom, where, when, how many, according to whom",
    .needs = HAS_SENTENCES | HAS_TREE | HAS_TIMES | HAS_PLACES | HAS_QUANTITIES | HAS_MENTIONS |
             HAS_ACTORS | HAS_ATTRIBUTIONS,
    .gives = HAS_CLAIMS,
    .open = claims_open,
    .run = claims_run,
    .close = claims_close,
};
