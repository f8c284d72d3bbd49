/* Who did and who suffered what a sentence only takes up: "Gunmen shot at a bus. THE ATTACK lasted
 * an hour", "three passengers were killed IN THE ATTACK", "a group claimed responsibility FOR THE
 * ATTACK".
 *
 * Method: a definite noun for an event that no word tells apart from the one told before takes up
 * the last event of its kind in the two sentences before, of this paragraph or the one before, if
 * that is told as one that happened. What the claim lacks of agent and patient it has from there;
 * where two agents are told of there, nobody knows which. The kind is the same by the word, by the
 * CAMEO code, or in that both kill; a noun for any deed (`again` of supports.tsv) takes up all that
 * is of its type. And whoever is killed or shot by somebody is so once: what is told of him again
 * has the same agent. Whoever is taken over is written without words of his own, unless the words
 * are all that is known of him. Left out: events told only by pronouns ("it", "this"), and several
 * at once ("both attacks"). */
#include "meaning/coding.h"
#include "meaning/participants.h"

enum { BACK = 2, PARAGRAPHS_BACK = 1, STEM = 4 };

/* "The attack", "this murder", "the bomb attack": not "the attack that killed him", "the second
 * attack", "the Nairobi attack", which say of several which one. */
static bool is_definite(const struct coding *coding, uint32_t noun)
{
    static const char *const words[] = {"the", "this", "that", "these", "those", NULL};
    const struct tree *tree = &coding->tree;
    bool definite = false;
    if (noun > 0 && (coding->time[noun - 1] != NONE || coding->place[noun - 1] != NONE))
        return false;
    for (uint32_t child = tree->first_child[noun]; child != NONE;
         child = tree->next_sibling[child]) {
        const struct token *word = &tree->tokens[child];
        if (word->relation == REL_DET && child < noun)
            definite = token_is_one_of(word, words);
        else if (relation_is(word->relation, REL_NUMMOD) || word->relation == REL_NMOD_POSS ||
                 (child < noun && word->upos == UPOS_PROPN) ||
                 (child < noun && supports_hold(tree->supports, word, SUPPORT_OTHER, 0)))
            return false;
        else if (relation_is(word->relation, REL_ACL) && !token_is(&tree->tokens[noun + 1], ","))
            return false;
    }
    return definite;
}

/* "The VICTIMS of the attack", "the SCENE of the raid": another noun tells the event. "The arrest
 * of these men": whom nobody found there. */
static bool is_of_something(const struct making *making)
{
    const struct tree *tree = &making->coding->tree;
    for (uint32_t child = tree->first_child[making->trigger]; child != NONE;
         child = tree->next_sibling[child]) {
        uint32_t preposition = child > making->trigger ? tree_preposition(tree, child) : NONE;
        if (preposition != NONE && token_is(&tree->tokens[preposition], "of") &&
            ((coding_kinds(making->coding, child) & KIND_EVENT) != 0 ||
             making->patients.count == 0))
            return true;
    }
    return false;
}

/* A noun for any deed: "the incident", "this action". */
static bool is_any_deed(const struct coding *coding, uint32_t noun)
{
    return supports_hold(&coding->knowledge->supports, &coding->tree.tokens[noun], SUPPORT_AGAIN,
                         0);
}

static bool is_known_event(const struct coding *coding, uint32_t token)
{
    const struct token *word = &coding->tree.tokens[token];
    return word->upos == UPOS_NOUN &&
           (is_any_deed(coding, token) ||
            frames_know(&coding->knowledge->frames, word, FRAME_NOUN)) &&
           is_definite(coding, token);
}

/* "Claimed responsibility FOR THE ATTACK": the definite noun behind "for", or NONE. */
static uint32_t noun_of_claim(const struct making *making)
{
    const struct coding *coding = making->coding;
    for (uint32_t i = 0; i < making->arguments.count; i++) {
        const struct argument *argument = &making->arguments.items[i];
        uint32_t noun = argument->place == ARGUMENT_OBJECT
                            ? coding_noun_behind(coding, argument->token, "for")
                            : argument->token;
        bool behind = argument->preposition != NONE &&
                      token_is(&coding->tree.tokens[argument->preposition], "for");
        if (noun != NONE && (behind || argument->place == ARGUMENT_OBJECT) &&
            is_known_event(coding, noun) && coding_noun_behind(coding, noun, "of") == NONE)
            return noun;
    }
    return NONE;
}

/* The definite noun by which a verb or adjective says in which event it happened, or NONE. */
static uint32_t noun_of_cause(const struct making *making)
{
    static const char *const words[] = {"in", "during", "from", "by", NULL};
    const struct coding *coding = making->coding;
    for (uint32_t i = 0; i < making->arguments.count; i++) {
        const struct argument *argument = &making->arguments.items[i];
        if (argument->preposition == NONE)
            continue;
        /* "As a RESULT of the attack" */
        uint32_t noun = token_in(&coding->tree.tokens[argument->token], WORDS_RESULTS)
                            ? coding_noun_behind(coding, argument->token, "of")
                            : NONE;
        if (noun == NONE && token_is_one_of(&coding->tree.tokens[argument->preposition], words))
            noun = argument->token;
        if (noun != NONE && is_known_event(coding, noun))
            return noun;
    }
    return NONE;
}

static bool counts(const struct frame *frame, const char *what)
{
    for (uint32_t i = 0; i < frame->count_count; i++)
        if (strcmp(frame->counts[i].what, what) == 0)
            return true;
    return false;
}

static bool is_same_stem(const struct token *a, const struct token *b)
{
    return a->lemma_hash == b->lemma_hash ||
           (a->lemma != NULL && b->lemma != NULL && strncmp(a->lemma, b->lemma, STEM) == 0 &&
            strlen(a->lemma) >= STEM);
}

/* "Attacks shook the town. The attack", "an attack. The attacks": not the same. */
static bool is_of_another_number(const struct coding *coding, uint32_t noun, uint32_t earlier)
{
    const struct token *tokens = coding->tree.tokens;
    return tokens[earlier].upos == UPOS_NOUN &&
           ((tokens[noun].features ^ tokens[earlier].features) & WORD_PLURAL) != 0;
}

/* By the code, unless it is that of attacks in general; both kill, both shoot, or both are fights.
 */
static bool is_same_kind(const struct frame *a, const struct frame *b)
{
    static const char general[] = "190";
    if (strcmp(a->cameo, b->cameo) == 0 && strcmp(a->cameo, general) != 0)
        return true;
    if (a->mode != NULL && b->mode != NULL && strcmp(a->mode, b->mode) == 0)
        return true;
    return (counts(a, "killed") && counts(b, "killed")) || (a->both_sides && b->both_sides);
}

/* How well the noun fits as a word for the event told before: 0 where it does not. */
static int fit_of(const struct coding *coding, uint32_t noun, const struct frame *frame,
                  const struct making *earlier)
{
    const struct token *tokens = coding->tree.tokens;
    if (is_of_another_number(coding, noun, earlier->trigger))
        return 0;
    if (is_same_stem(&tokens[noun], &tokens[earlier->trigger]))
        return 3;
    if (frame != NULL && is_same_kind(frame, earlier->frame))
        return 2;
    return is_any_deed(coding, noun) ? 1 : 0;
}

static bool has_happened(enum claim_status status)
{
    return status == STATUS_ASSERTED || status == STATUS_CLAIMED || status == STATUS_ALLEGED ||
           status == STATUS_DISPUTED;
}

/* The making behind a claim, if it has one of its own. */
static struct making *making_of(const struct coding *coding, const struct claim *claim)
{
    uint32_t index = coding->making_at[claim->trigger_token];
    return index != NONE && coding->makings.items[index].trigger == claim->trigger_token
               ? &coding->makings.items[index]
               : NULL;
}

/* "The attack IN PARIS", behind one in another country. */
static bool is_abroad(const struct coding *coding, uint32_t noun, const struct claim *earlier)
{
    const struct place_mention *places = coding->document->places.items;
    for (uint32_t child = coding->tree.first_child[noun]; child != NONE && earlier->place != NONE;
         child = coding->tree.next_sibling[child]) {
        uint32_t place = relation_is(coding->tree.tokens[child].relation, REL_NMOD)
                             ? coding->where[child]
                             : NONE;
        if (place != NONE && places[place].country != NULL &&
            places[earlier->place].country != NULL &&
            strcmp(places[place].country, places[earlier->place].country) != 0)
            return true;
    }
    return false;
}

/* Days that both sentences tell, and none the same: two events. */
static bool is_another_day(const struct claim *a, const struct claim *b)
{
    bool told = a->anchor != NULL && b->anchor != NULL && strcmp(a->anchor, "sentence") == 0 &&
                strcmp(b->anchor, "sentence") == 0 && a->from != DAY_UNKNOWN &&
                b->from != DAY_UNKNOWN && a->to != DAY_UNKNOWN && b->to != DAY_UNKNOWN;
    return told && (a->to < b->from || b->to < a->from);
}

/* "Police shot THE GUNMAN. … The attack": his, not theirs. */
static bool is_end_of_attackers(const struct making *earlier)
{
    const struct token *tokens = earlier->coding->tree.tokens;
    for (uint32_t i = 0; i < earlier->patients.count; i++)
        if (token_in(&tokens[earlier->patients.nouns[i]], WORDS_CULPRITS) ||
            token_in(&tokens[earlier->patients.tokens[i]], WORDS_CULPRITS))
            return true;
    return false;
}

/* The events before that the noun may take up: those that fit best in the nearest sentence that has
 * one. */
struct events {
    const struct making *items[8];
    uint32_t count;
    int fit;
};

static bool tell_somebody(const struct events *events)
{
    for (uint32_t i = 0; i < events->count; i++)
        if (events->items[i]->agents.count > 0 || events->items[i]->patients.count > 0)
            return true;
    return false;
}

static void find_events(const struct making *making, const struct claim *claim, uint32_t noun,
                        struct events *events)
{
    enum { MOST = sizeof events->items / sizeof events->items[0] };
    const struct coding *coding = making->coding;
    const struct document *document = coding->document;
    const struct sentence *sentences = document->sentences.items;
    const struct frame *frame = noun == making->trigger ? making->frame : NULL;
    uint32_t index = coding->making_at[noun], nearest = NONE;
    if (frame == NULL && index != NONE)
        frame = coding->makings.items[index].frame;
    for (uint32_t i = document->claims.count - 1; i-- > 0;) {
        const struct claim *before = &document->claims.items[i];
        if (before->sentence == claim->sentence)
            continue;
        if (before->sentence + BACK < claim->sentence ||
            (before->sentence != nearest && tell_somebody(events)) ||
            sentences[claim->sentence].block - sentences[before->sentence].block > PARAGRAPHS_BACK)
            return;
        const struct making *earlier = making_of(coding, before);
        int fit = earlier != NULL && strcmp(before->plover, claim->plover) == 0
                      ? fit_of(coding, noun, frame, earlier)
                      : 0;
        if (fit == 0 || is_end_of_attackers(earlier) || !has_happened(before->status) || is_another_day(before, claim) ||
            is_abroad(coding, noun, before))
            continue;
        if (before->sentence != nearest || fit > events->fit)
            *events = (struct events){.fit = fit};
        nearest = before->sentence;
        if (fit == events->fit && events->count < MOST)
            events->items[events->count++] = earlier;
    }
}

/* Adds those of `from` that are not there yet. */
static void add_all(const struct coding *coding, struct participant_list *to,
                    const struct participant_list *from)
{
    for (uint32_t i = 0; i < from->count && to->count < PARTICIPANTS; i++) {
        if (list_names(coding, to, from->tokens[i]))
            continue;
        to->nouns[to->count] = from->nouns[i];
        to->tokens[to->count++] = from->tokens[i];
    }
}

/* The agents of the events; false where they are not of the same. */
static bool agents_of(const struct coding *coding, const struct events *events,
                      struct participant_list *agents)
{
    for (uint32_t i = 0; i < events->count; i++) {
        const struct participant_list *list = &events->items[i]->agents;
        if (agents->count > 0 && list->count > 0 && !lists_meet(coding, agents, list)) {
            agents->count = 0;
            return false;
        }
        if (agents->count == 0)
            add_all(coding, agents, list);
    }
    return true;
}

/* Who was hit; not where: "a shooting at a campsite". */
static void patients_of(const struct coding *coding, const struct events *events,
                        struct participant_list *patients)
{
    uint32_t somebody = KIND_PERSON | KIND_ORGANISATION | KIND_FACILITY | KIND_VEHICLE;
    for (uint32_t i = 0; i < events->count; i++) {
        const struct making *event = events->items[i];
        bool shot = event->frame->mode != NULL && strcmp(event->frame->mode, "firearms") == 0;
        struct participant_list list = event->patients;
        for (uint32_t j = 0; j < list.count; j++) {
            uint32_t kinds = coding_kinds(coding, list.tokens[j]);
            if ((kinds & (shot ? KIND_PERSON | KIND_VEHICLE : somebody)) == 0 ||
                (kinds & (KIND_PERSON | KIND_PLACE)) == KIND_PLACE)
                list_drop(&list, j--);
        }
        add_all(coding, patients, &list);
    }
}

static bool is_one_sided(const struct events *events)
{
    for (uint32_t i = 0; i < events->count; i++)
        if (events->items[i]->frame->both_sides)
            return false;
    return true;
}

static bool are_named(const struct coding *coding, const struct participant_list *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        uint32_t actor = coding_actor(coding, list->tokens[i]);
        if (actor != NONE && coding->document->actors.items[actor].kind != ACTOR_UNNAMED)
            return true;
    }
    return false;
}

/* "The murder of the judge", behind that of a nurse. */
static bool are_others(const struct coding *coding, const struct participant_list *patients,
                       const struct participant_list *before)
{
    const struct token *tokens = coding->tree.tokens;
    if (before->count == 0)
        return are_named(coding, patients);
    if (lists_meet(coding, patients, before))
        return false;
    for (uint32_t i = 0; i < patients->count; i++)
        if ((coding_kinds(coding, patients->tokens[i]) & (KIND_PERSON | KIND_PLACE)) == KIND_PLACE)
            return false;
    for (uint32_t i = 0; i < patients->count; i++)
        for (uint32_t j = 0; j < before->count; j++)
            if (tokens[patients->tokens[i]].lemma_hash == tokens[before->tokens[j]].lemma_hash)
                return false;
    return true;
}

/* "The attack lasted an hour": the noun itself is the event once more. Where it says who did it, it
 * is the same if those before may be the same. */
static void take_noun(struct making *making, const struct claim *claim)
{
    static const char *const types[] = {"ASSAULT", "COERCE"};
    const struct coding *coding = making->coding;
    struct events events = {0};
    if (strcmp(claim->plover, types[0]) != 0 && strcmp(claim->plover, types[1]) != 0)
        return;
    if (!is_definite(coding, making->trigger) || is_of_something(making))
        return;
    find_events(making, claim, making->trigger, &events);
    struct participant_list agents = {0}, patients = {0};
    if (!agents_of(coding, &events, &agents))
        return;
    patients_of(coding, &events, &patients);
    bool doer = claim->agents.count == 0, victim = claim->patients.count == 0;
    bool fight = making->frame->both_sides && making->frame->mode == NULL;
    if (fight && (!doer || !victim || agents.count == 0 || patients.count == 0))
        return;
    if (!doer && are_named(coding, &agents) && !lists_meet(coding, &agents, &making->agents))
        return;
    if (!victim && are_others(coding, &making->patients, &patients))
        return;
    if (doer && making->frame->agent.count > 0 && !lists_meet(coding, &agents, &making->patients) &&
        !lists_share_side(coding, &agents, &making->patients)) {
        making->agents = agents;
        making->agents_taken = agents.count > 0;
    }
    if (victim && making->frame->patient.count > 0 && !lists_meet(coding, &patients, &making->agents)) {
        making->patients = patients;
        making->patients_taken = patients.count > 0;
    }
}

/* "Rebels attacked on Monday. … The minister condemned THE ATTACK": of Monday, too. */
static void take_day(const struct making *making, struct claim *claim)
{
    const struct coding *coding = making->coding;
    const struct document *document = coding->document;
    struct events events = {0};
    bool own = claim->anchor != NULL && strcmp(claim->anchor, "published") != 0;
    if (own || strcmp(claim->plover, "ASSAULT") != 0 || !is_definite(coding, making->trigger))
        return;
    find_events(making, claim, making->trigger, &events);
    if (events.count != 1)
        return;
    for (uint32_t i = document->claims.count - 1; i-- > 0;) {
        const struct claim *before = &document->claims.items[i];
        if (before->trigger_token != events.items[0]->trigger || before->from == DAY_UNKNOWN ||
            strcmp(before->anchor, "published") == 0)
            continue;
        claim->from = before->from;
        claim->to = before->to;
        claim->precision = before->precision;
        claim->anchor = "narrative";
        return;
    }
}

/* "Three were killed in the attack": by those who attacked. */
static void take_cause(struct making *making, const struct claim *claim, uint32_t noun)
{
    const struct coding *coding = making->coding;
    struct events events = {0};
    struct participant_list agents = {0};
    find_events(making, claim, noun, &events);
    if (!is_one_sided(&events) || !agents_of(coding, &events, &agents))
        return;
    if (lists_meet(coding, &agents, &making->patients) || lists_share_side(coding, &agents, &making->patients))
        return;
    making->agents = agents;
    making->agents_taken = agents.count > 0;
}

/* "A group claimed responsibility for the attack": on whom that was. */
static void take_claimed(struct making *making, const struct claim *claim, uint32_t noun)
{
    const struct coding *coding = making->coding;
    struct events events = {0};
    struct participant_list agents = {0}, patients = {0};
    find_events(making, claim, noun, &events);
    if (!agents_of(coding, &events, &agents) ||
        (are_named(coding, &agents) && !lists_meet(coding, &agents, &making->agents)))
        return;
    patients_of(coding, &events, &patients);
    if (lists_meet(coding, &patients, &making->agents))
        return;
    making->patients = patients;
    making->patients_taken = patients.count > 0;
}

/* Somebody named who is killed or hurt, which happens to him once; NONE where it is told of others.
 */
static uint32_t person_hit(const struct making *making)
{
    const struct coding *coding = making->coding;
    uint32_t token = making->patients.count == 1 ? making->patients.tokens[0] : NONE;
    uint32_t mention = token != NONE ? coding->actor_mention[token] : NONE;
    if (mention == NONE || (!counts(making->frame, "killed") && !counts(making->frame, "wounded")))
        return NONE;
    const struct actor_mention *found = &coding->document->actor_mentions.items[mention];
    return names_at(coding, found->head) != NULL ? found->actor : NONE;
}

static bool suffers(const struct making *making, uint32_t actor)
{
    for (uint32_t i = 0; i < making->patients.count; i++)
        if (coding_actor(making->coding, making->patients.tokens[i]) == actor)
            return true;
    return false;
}

/* "Police shot Marek on Friday. … Marek was killed near his home": whoever hit him first. */
static void take_hit(struct making *making, const struct claim *claim)
{
    enum { CLAIMS_BACK = 60 };
    const struct coding *coding = making->coding;
    const struct document *document = coding->document;
    uint32_t actor = person_hit(making), last = document->claims.count - 1;
    for (uint32_t i = last; actor != NONE && i-- > 0 && i + CLAIMS_BACK > last;) {
        const struct claim *before = &document->claims.items[i];
        const struct making *earlier = making_of(coding, before);
        if (before->sentence == claim->sentence || earlier == NULL ||
            strcmp(before->plover, claim->plover) != 0 || earlier->frame->both_sides ||
            (!counts(earlier->frame, "killed") && !counts(earlier->frame, "wounded")) ||
            !suffers(earlier, actor))
            continue;
        if (earlier->agents.count == 0)
            continue;
        if (has_happened(before->status) && !is_another_day(before, claim) &&
            !lists_meet(coding, &earlier->agents, &making->patients)) {
            making->agents = earlier->agents;
            making->agents_taken = true;
        }
        return;
    }
}

void event_take_up(struct coding *coding, const struct making *making, struct claim *claim)
{
    uint32_t index = coding->making_at[making->trigger];
    struct making *own = index != NONE ? &coding->makings.items[index] : NULL;
    if (own != making)
        return; /* a copy, of one of several places */
    uint32_t noun = claim->agents.count == 0 && making->frame->class != FRAME_NOUN &&
                            making->frame->agent.count > 0 && strcmp(claim->plover, "ASSAULT") == 0
                        ? noun_of_cause(making)
                        : NONE;
    if (noun != NONE)
        take_cause(own, claim, noun);
    else if (making->frame->class == FRAME_NOUN)
        take_noun(own, claim);
    else if (claim->agents.count > 0 && claim->patients.count == 0 &&
             strcmp(claim->plover, "ASSAULT") == 0 && noun_of_claim(making) != NONE)
        take_claimed(own, claim, noun_of_claim(making));
    if (claim->agents.count == 0 && !own->agents_taken && own->frame->agent.count > 0 &&
        strcmp(claim->plover, "ASSAULT") == 0 && has_happened(claim->status))
        take_hit(own, claim);
    if (making->frame->class == FRAME_NOUN)
        take_day(own, claim);
    if (own->agents_taken || own->patients_taken)
        participants_write_taken(own, claim);
}
