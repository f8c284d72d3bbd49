/* Who takes part: from the tokens that fill a frame's slots to the actors and things they stand
 * for. "Dozens of rebels", "a group of gunmen" stand for what is behind "of"; conjuncts take part
 * each on their own; a weapon that acts is an instrument of nobody known; an event that acts
 * ("the attack killed") lends its own agents (joining.c). What is written of them stands in
 * participants_write.c. */
#include "meaning/participants.h"

/* "A car bomb IN Turkey": where it is, not whose. */
static bool is_only_there(const struct coding *coding, uint32_t token)
{
    static const char *const words[] = {"in",     "at",     "near",    "outside", "inside",
                                        "across", "around", "through", "within",  "along",   NULL};
    uint32_t preposition = tree_preposition(&coding->tree, token);
    return preposition != NONE && token_is_one_of(&coding->tree.tokens[preposition], words);
}

/* "Blamed any faction FOR THE DEATH of a judge": what somebody is blamed for is none of his. */
static bool is_only_for(const struct coding *coding, uint32_t token)
{
    uint32_t preposition = tree_preposition(&coding->tree, token), above = coding->tree.tokens[token].head;
    uint32_t kinds = coding_kinds(coding, above);
    return preposition != NONE && token_is(&coding->tree.tokens[preposition], "for") &&
           (coding_kinds(coding, token) & KIND_EVENT) != 0 && (kinds & KIND_EVENT) == 0 &&
           (coding_is_measure(coding, above) || (kinds & (KIND_PERSON | KIND_ORGANISATION)) != 0);
}

/* The first actor inside a noun phrase: whose it is, by whom, about whom: "the ban on the party". */
static uint32_t actor_within(const struct coding *coding, uint32_t token, bool pronouns, int depth)
{
    if (depth > 3)
        return NONE;
    for (uint32_t child = coding->tree.first_child[token]; child != NONE;
         child = coding->tree.next_sibling[child]) {
        enum relation relation = relation_universal(coding->tree.tokens[child].relation);
        if ((relation != REL_NMOD && relation != REL_COMPOUND && relation != REL_AMOD) ||
            is_only_there(coding, child) || is_only_for(coding, child))
            continue;
        if (coding_actor(coding, child) != NONE &&
            (pronouns || coding->tree.tokens[child].upos != UPOS_PRON))
            return child;
        uint32_t inner = actor_within(coding, child, pronouns, depth + 1);
        if (inner != NONE)
            return inner;
    }
    return NONE;
}

/* "The AMERICAN Legion", "the CUBAN Adjustment Act": an adjective that a name begins with, which is not
 * the country's. */
static bool is_part_of_name(const struct coding *coding, uint32_t adjective, uint32_t head)
{
    const struct token *tokens = coding->tree.tokens;
    if (tokens[adjective].relation != REL_AMOD || adjective > head)
        return false;
    for (uint32_t i = adjective + 1; i <= head; i++)
        if (tokens[i].upos != UPOS_PROPN)
            return false;
    return true;
}

/* As above; "its" only where nobody else is named: "its war with the neighbour". */
uint32_t participants_actor_inside(const struct coding *coding, uint32_t token)
{
    uint32_t found = actor_within(coding, token, false, 0);
    if (found != NONE && is_part_of_name(coding, found, token))
        return NONE;
    return found != NONE ? found : actor_within(coding, token, true, 0);
}

/* "Russian oil giant ROSNEFT": the name right behind what it is called; NONE where none is there. */
uint32_t participants_name_behind(const struct coding *coding, uint32_t token)
{
    const struct token *tokens = coding->tree.tokens;
    uint32_t name = token + 1;
    bool behind = name < coding->document->tokens.count && tokens[token].upos == UPOS_NOUN &&
                  tokens[name].upos == UPOS_PROPN && tokens[name].head == token &&
                  (tokens[name].relation == REL_APPOS || tokens[name].relation == REL_FLAT);
    return behind ? name : NONE;
}

bool participants_time(const struct coding *coding, uint32_t token)
{
    return token_in(&coding->tree.tokens[token], WORDS_HOURS_OF_THE_DAY) ||
           coding->time[token] != NONE;
}

/* Adds a participant, by its names where an apposition gives them. */
void participants_add(const struct coding *coding, uint32_t token, struct participant_list *list)
{
    uint32_t before = list->count;
    if (!members_by_name(coding, token, list))
        list_add(list, token);
    for (uint32_t i = before; i < list->count; i++)
        list->nouns[i] = token;
}

/* "That", "who", "it" whose antecedent is not known say nothing. */
bool participants_open_pronoun(const struct coding *coding, uint32_t token)
{
    const struct token *word = &coding->tree.tokens[token];
    /* "At 2130": a bare number behind a preposition counts nobody. */
    if (word->upos == UPOS_NUM && coding_actor(coding, token) == NONE &&
        (relation_is(word->relation, REL_OBL) || relation_is(word->relation, REL_NMOD)))
        return true;
    return (word->upos == UPOS_PRON || word->upos == UPOS_DET) &&
           coding_actor(coding, token) == NONE && token_in(word, WORDS_PRONOUNS_OF_NOTHING_KNOWN);
}

bool participants_physical(const struct frame *frame)
{
    return frame_is(frame, "ASSAULT") || frame_is(frame, "COERCE") ||
           frame_is(frame, "RETREAT") || frame_is(frame, "MOBILIZE");
}

/* "The city urged", "the nations agreed": people that act as one. */
static bool is_community(const struct token *word)
{
    return word->upos == UPOS_NOUN && token_in(word, WORDS_COMMUNITIES_THAT_ACT);
}

/* "Seized BY smugglers": whoever stands there did it, known word or not. */
static bool is_by_whom(const struct coding *coding, uint32_t token, uint32_t kinds)
{
    const struct token *word = &coding->tree.tokens[token];
    uint32_t preposition = tree_preposition(&coding->tree, token);
    bool by = preposition != NONE && token_is(&coding->tree.tokens[preposition], "by");
    uint32_t thing = KIND_EVENT | KIND_WEAPON | KIND_FACILITY | KIND_VEHICLE | KIND_PLACE;
    return (word->relation == REL_OBL_AGENT || (by && word->relation == REL_NMOD)) &&
           word->upos == UPOS_NOUN && (kinds & thing) == 0 &&
           !coding_is_idea(coding, token) && (word->features & WORD_PLURAL) != 0;
}

/* "Homeless ADVOCATES urged", "the BENCH criticised": who asks, praises or accuses is somebody, known
 * word or not. */
static bool is_speaking(const struct making *making, uint32_t token, uint32_t kinds)
{
    static const char *const speaking[] = {"REQUEST", "ACCUSE", "SUPPORT", "REJECT", "PROTEST"};
    const struct coding *coding = making->coding;
    const struct token *word = &coding->tree.tokens[token];
    uint32_t thing = KIND_EVENT | KIND_WEAPON | KIND_VEHICLE | KIND_PLACE;
    if (making->frame->class != FRAME_VERB || word->upos != UPOS_NOUN ||
        word->relation != REL_NSUBJ || (kinds & thing) != 0 || coding_is_idea(coding, token))
        return false;
    if (token_in(word, WORDS_TEXTS_THAT_ARE_NOBODY))
        return false;
    for (size_t i = 0; i < sizeof speaking / sizeof speaking[0]; i++)
        if (frame_is(making->frame, speaking[i]))
            return true;
    return false;
}

/* "Marsh Mills sued": a capital letter inside a sentence makes a name of a word that was tagged a noun. */
static bool is_named_by_case(const struct coding *coding, uint32_t token)
{
    const struct token *word = &coding->tree.tokens[token];
    const struct sentence *sentence = &coding->document->sentences.items[word->sentence];
    return word->upos == UPOS_NOUN && word->relation == REL_NSUBJ && !sentence->heading &&
           token > sentence->tokens.first && (word->flags & TOKEN_CAPITALISED) != 0 &&
           (word->flags & TOKEN_ALL_CAPITALS) == 0;
}

/* "A SALVADORAN right-wing group": the group did it, not its country. */
static bool is_group_from(const struct coding *coding, uint32_t token, uint32_t inner)
{
    const struct token *modifier = &coding->tree.tokens[inner];
    enum actor_kind kind = coding->document->actors.items[coding_actor(coding, inner)].kind;
    return modifier->head == token && !relation_is(modifier->relation, REL_NMOD) &&
           (kind == ACTOR_STATE || kind == ACTOR_POPULATION) &&
           token_in(&coding->tree.tokens[token], WORDS_GROUPS_OF_A_COUNTRY);
}

/* One of the prepositions stands on the way from `inner` up to `token`. */
static bool hangs_by(const struct coding *coding, uint32_t token, uint32_t inner,
                     const char *const *prepositions)
{
    for (int steps = 0; inner != token && inner != NONE && steps < 5; steps++) {
        uint32_t preposition = tree_preposition(&coding->tree, inner);
        if (preposition != NONE &&
            token_is_one_of(&coding->tree.tokens[preposition], prepositions))
            return true;
        inner = coding->tree.tokens[inner].head;
    }
    return false;
}

/* "Staged by men ON THE ARMY BASE": whom it was aimed at, hung on who did it. */
static bool is_aimed_at(const struct coding *coding, uint32_t token, uint32_t inner)
{
    static const char *const words[] = {"on", "against", NULL};
    return hangs_by(coding, token, inner, words);
}

/* "The EMBASSY bombing", "the MAREK murder": whom or what it befell. */
static bool is_befallen(const struct coding *coding, uint32_t token, uint32_t kinds)
{
    const struct token *word = &coding->tree.tokens[token];
    uint32_t index = relation_is(word->relation, REL_COMPOUND) && word->head != NONE
                         ? coding->making_at[word->head]
                         : NONE;
    if (index == NONE || (kinds & KIND_ARMED) != 0)
        return false;
    const struct frame *event = coding->makings.items[index].frame;
    if (event->class != FRAME_NOUN || !frame_is(event, "ASSAULT"))
        return false;
    uint32_t actor = coding_actor(coding, token);
    enum actor_kind kind =
        actor != NONE ? coding->document->actors.items[actor].kind : ACTOR_ORGANISATION;
    /* "The BULGARIA bombing", "the Danish EMBASSY bombing": where it was. */
    bool there = kind == ACTOR_STATE || coding->place[token] != NONE ||
                 token_is(word, "embassy") || token_is(word, "consulate");
    if (participants_explosion(event) && there && word->upos == UPOS_PROPN)
        return true;
    bool of_persons = patients_only_persons(event) ||
                      (event->mode != NULL && strcmp(event->mode, "firearms") == 0);
    return (kinds & KIND_FACILITY) != 0 || (kind == ACTOR_PERSON && of_persons && word->upos == UPOS_PROPN);
}

/* "A letter TO THE GUARDS", "the appeal to the rebels": whoever it goes to did not write it. */
static bool is_sent_to(const struct coding *coding, uint32_t token, uint32_t inner)
{
    static const char *const words[] = {"to", NULL};
    return hangs_by(coding, token, inner, words);
}

/* An agent must be somebody. A thing or an idea that acts leads to whose it is. */
static uint32_t as_agent(const struct making *making, uint32_t token)
{
    const struct coding *coding = making->coding;
    uint32_t kinds = coding_kinds(coding, token);
    const struct token *word = &coding->tree.tokens[token];
    /* "The EMBASSY bombings": what was hit. */
    if ((kinds & KIND_FACILITY) != 0 && making->frame->class == FRAME_NOUN &&
        relation_is(word->relation, REL_COMPOUND) && participants_physical(making->frame))
        return NONE;
    if (is_befallen(coding, token, kinds))
        return NONE;
    if ((kinds & KIND_ACTOR) || participants_person(coding, token))
        return token;
    /* "One was killed and another WOUNDED during clashes with them": no name of anybody. */
    if (word->upos == UPOS_VERB)
        return NONE;
    if ((kinds & KIND_EVENT) != 0 && coding->making_at[token] != NONE)
        return NONE;
    uint32_t named = participants_name_behind(coding, token);
    if (named != NONE)
        return named;
    uint32_t inner = participants_actor_inside(coding, token);
    /* "A TOURIST centre", "the EMBASSY's car park": a place does not do what its owners might. */
    if (inner != NONE && (kinds & KIND_FACILITY) != 0 && word->upos == UPOS_NOUN &&
        (kinds & (KIND_PERSON | KIND_ORGANISATION)) == 0 && frame_is(making->frame, "ASSAULT"))
        return NONE;
    /* "Briefed by HIS TEAM": those who are his, not he himself. */
    if (inner != NONE && is_community(word) && coding->tree.tokens[inner].head == token &&
        coding->tree.tokens[inner].upos == UPOS_PRON)
        return token;
    if (inner != NONE && !is_group_from(coding, token, inner) && !is_sent_to(coding, token, inner) && !coding_is_of_person(coding, token, inner) &&
        !(participants_physical(making->frame) && is_aimed_at(coding, token, inner)))
        return inner;
    if ((kinds & (KIND_PERSON | KIND_ORGANISATION)) != 0 || word->upos == UPOS_PROPN ||
        coding_is_measure(coding, token) || is_community(word) ||
        token_in(word, WORDS_ADVERSARIES) ||
        is_by_whom(coding, token, kinds) || is_speaking(making, token, kinds) ||
        (kinds == 0 && is_named_by_case(coding, token)))
        return token;
    return NONE;
}

bool participants_explosion(const struct frame *frame)
{
    return strncmp(frame->cameo, "183", 3) == 0;
}

/* What was fired only says that there was a gun. */
void participants_add_instrument(struct making *making, uint32_t token)
{
    const char *weapon = coding_weapon(making->coding, token);
    if (weapon != NULL && strcmp(weapon, "ammunition") != 0)
        list_add(&making->instruments, token);
}

/* The organisation that acts through its members: "guerrillas of the FMLN", "supporters of the
 * party", where the members' own side is not known. */
static uint32_t body_of(const struct coding *coding, uint32_t token)
{
    uint32_t actor = coding_actor(coding, token);
    uint32_t body = coding_noun_behind(coding, token, "of");
    if (actor == NONE || body == NONE || coding->tree.tokens[token].upos == UPOS_PROPN)
        return NONE;
    uint32_t other = coding_actor(coding, body);
    if (other == NONE || coding->document->actors.items[other].kind != ACTOR_ORGANISATION)
        return NONE;
    return body;
}

/* "Evacuated after threats BY THE SQUADS": who stands behind "by" did what the noun between tells,
 * where that is an event of another type. */
static bool is_by_of_another(const struct making *making, uint32_t token)
{
    const struct coding *coding = making->coding;
    uint32_t preposition = tree_child(&coding->tree, token, REL_CASE);
    if (preposition == NONE || !token_is(&coding->tree.tokens[preposition], "by") ||
        coding->tree.tokens[token].head == making->trigger || making->frame->class != FRAME_VERB)
        return false;
    for (uint32_t i = preposition; i-- > making->trigger + 1;) {
        uint32_t index = coding->making_at[i];
        if (index != NONE && coding->makings.items[index].frame->class == FRAME_NOUN)
            return strcmp(coding->makings.items[index].frame->plover, making->frame->plover) != 0;
    }
    return false;
}

bool participants_speaker_label(const struct coding *coding, uint32_t token)
{
    const struct token *tokens = coding->tree.tokens;
    uint32_t first = coding->document->sentences.items[tokens[token].sentence].tokens.first;
    uint32_t at = first + 1;
    while (at < token + 3 && at < first + 8 && at < coding->document->tokens.count &&
           !token_is(&tokens[at], "]"))
        at++;
    return token > first && token_is(&tokens[first], "[") && at > token &&
           at < coding->document->tokens.count && token_is(&tokens[at], "]");
}

/* "TODAY'S attack by": no time owns a deed. */
static void drop_owning_times(struct making *making)
{
    struct arguments *arguments = &making->arguments;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < arguments->count; i++)
        if (arguments->items[i].place != ARGUMENT_POSSESSOR ||
            !participants_time(making->coding, arguments->items[i].token))
            arguments->items[kept++] = arguments->items[i];
    arguments->count = kept;
}

static void fill_agents(struct making *making)
{
    drop_owning_times(making);
    const struct coding *coding = making->coding;
    const struct frame *frame = making->frame;
    uint32_t heads[8];
    uint32_t count = frames_fill(&frame->agent, frame->both_sides, &coding->tree,
                                 &making->arguments, coding_kinds, coding, heads, 8);
    if (count == 0)
        count = frames_fill_astray(&frame->agent, frame->both_sides, &coding->tree,
                                   &making->arguments, coding_kinds, coding, heads, 8);
    for (uint32_t i = 0; i < count; i++) {
        struct participant_list listed;
        uint32_t author = participants_physical(frame) ? NONE : text_author(coding, heads[i]);
        members_of_said(making, author != NONE ? author : heads[i], &listed);
        for (uint32_t j = 0; j < listed.count; j++) {
            uint32_t token = coding_stands_for(coding, listed.tokens[j]);
            token = participants_who(making, token);
            if (is_by_of_another(making, heads[i]))
                continue;
            if (coding_weapon(coding, token) != NULL) {
                /* A suicide bomber is both who does it and what it is done with. */
                participants_add_instrument(making, token);
                uint32_t weapon = token;
                if (strcmp(coding_weapon(coding, token), "suicide") != 0)
                    token = participants_actor_inside(coding, token);
                uint32_t handler = token == NONE ? weapon_handler(coding, weapon) : NONE;
                if (handler != NONE)
                    token = as_agent(making, coding_stands_for(coding, handler));
                /* "A bullet in HIS arm": whoever was hit. */
                if (token != NONE && coding->tree.tokens[token].upos == UPOS_PRON &&
                    coding->tree.tokens[token].head != weapon)
                    token = NONE;
            } else if (token != NONE) {
                token = as_agent(making, token);
            }
            if (token == NONE || token == making->trigger || participants_time(coding, token) ||
                participants_speaker_label(coding, token) || participants_open_pronoun(coding, token))
                continue;
            participants_add(coding, token, &making->agents);
            uint32_t body = body_of(coding, token);
            if (body != NONE)
                list_add(&making->agents, body);
        }
    }
}

/* "The explosion of a bomb PLANTED BY REBELS": who handled the weapon did it. */
static void agents_by_weapon(struct making *making)
{
    const struct coding *coding = making->coding;
    if (making->agents.count > 0 || !frame_is(making->frame, "ASSAULT") ||
        making->frame->both_sides)
        return;
    for (uint32_t i = 0; i < making->arguments.count && making->agents.count == 0; i++) {
        uint32_t weapon = making->arguments.items[i].token;
        uint32_t token =
            coding_weapon(coding, weapon) != NULL ? weapon_handler(coding, weapon) : NONE;
        token = token != NONE ? as_agent(making, coding_stands_for(coding, token)) : NONE;
        if (token != NONE && token != making->trigger && !participants_open_pronoun(coding, token) &&
            !participants_speaker_label(coding, token) && !list_has(&making->patients, token))
            participants_add(coding, token, &making->agents);
    }
}

/* Every weapon of a list: "with grenades, rifles and mortars". */
static void add_instruments(struct making *making, uint32_t token)
{
    struct participant_list listed;
    members_find(making->coding, token, &listed);
    for (uint32_t i = 0; i < listed.count; i++)
        participants_add_instrument(making, listed.tokens[i]);
}

/* "USED mortars to attack", "a car bomb was USED to kill". */
static void add_used(struct making *making)
{
    const struct tree *tree = &making->coding->tree;
    const struct token *word = &tree->tokens[making->trigger];
    /* Hung on what is used: "used EXPLOSIVES TO BLOW UP a bridge". */
    if (word->relation == REL_ACL && word->head != NONE && tree->tokens[word->head].relation == REL_OBJ &&
        token_is(&tree->tokens[tree->tokens[word->head].head], "use"))
        add_instruments(making, word->head);
    if ((word->relation != REL_ADVCL && word->relation != REL_XCOMP) || word->head == NONE ||
        !token_is(&tree->tokens[word->head], "use"))
        return;
    uint32_t used = tree_child_exactly(tree, word->head, REL_OBJ);
    if (used == NONE)
        used = tree_child_exactly(tree, word->head, REL_NSUBJ_PASS);
    if (used != NONE)
        add_instruments(making, used);
}

/* "The raid, CARRIED OUT WITH rockets", "the attack was launched WITH mortars": what the verb that
 * the event stands by has. */
static void add_carried_out(struct making *making)
{
    const struct tree *tree = &making->coding->tree;
    if (making->frame->class != FRAME_NOUN)
        return;
    for (uint32_t verb = tree->first_child[making->trigger]; verb != NONE;
         verb = tree->next_sibling[verb]) {
        if (tree->tokens[verb].relation != REL_ACL || tree->tokens[verb].upos != UPOS_VERB ||
            !supports_hold(tree->supports, &tree->tokens[verb], SUPPORT_AGENT, 0))
            continue;
        for (uint32_t child = tree->first_child[verb]; child != NONE;
             child = tree->next_sibling[child]) {
            uint32_t preposition = tree_preposition(tree, child);
            if (preposition != NONE && token_is(&tree->tokens[preposition], "with"))
                add_instruments(making, child);
        }
    }
}

/* "The air force, USING gunships, bombed", "a man WEARING an explosive vest struck", "a man IN A VEST
 * struck": said of who does it. */
static void add_of_doers(struct making *making)
{
    const struct coding *coding = making->coding;
    const struct tree *tree = &coding->tree;
    for (uint32_t i = 0; i < making->arguments.count; i++) {
        uint32_t doer = making->arguments.items[i].token;
        if (making->arguments.items[i].place != ARGUMENT_SUBJECT ||
            tree->tokens[doer].head != making->trigger)
            continue;
        for (uint32_t child = tree->first_child[doer]; child != NONE;
             child = tree->next_sibling[child]) {
            const struct token *said = &tree->tokens[child];
            bool phrase = child > doer && relation_is(said->relation, REL_NMOD);
            uint32_t object = phrase                      ? child
                              : said->relation == REL_ACL ? tree_child_exactly(tree, child, REL_OBJ)
                                                          : NONE;
            const char *weapon = object != NONE ? coding_weapon(coding, object) : NULL;
            bool uses = !phrase && token_is(said, "use") && (said->features & WORD_GERUND) != 0;
            if (object != NONE && (uses || (weapon != NULL && strcmp(weapon, "suicide") == 0)))
                add_instruments(making, object);
        }
    }
}

/* "with", "using" and modifiers name weapons whatever the row says. */
static void fill_instruments(struct making *making)
{
    const struct coding *coding = making->coding;
    const struct frame *frame = making->frame;
    uint32_t heads[8];
    uint32_t count = frames_fill(&frame->instrument, true, &coding->tree, &making->arguments,
                                 coding_kinds, coding, heads, 8);
    for (uint32_t i = 0; i < count; i++)
        add_instruments(making, heads[i]);
    if (!frame_is(frame, "ASSAULT"))
        return;
    for (uint32_t i = 0; i < making->arguments.count; i++) {
        const struct argument *argument = &making->arguments.items[i];
        bool with = argument->preposition != NONE &&
                    (token_is(&coding->tree.tokens[argument->preposition], "with") ||
                     token_is(&coding->tree.tokens[argument->preposition], "by"));
        if (with || (argument->place == ARGUMENT_MODIFIER && frame->class == FRAME_NOUN))
            add_instruments(making, argument->token);
    }
    add_carried_out(making);
    for (uint32_t child = coding->tree.first_child[making->trigger]; child != NONE;
         child = coding->tree.next_sibling[child]) {
        uint32_t object = token_is(&coding->tree.tokens[child], "use")
                              ? tree_child_exactly(&coding->tree, child, REL_OBJ)
                              : NONE;
        if (object != NONE)
            add_instruments(making, object);
    }
    add_of_doers(making);
    add_used(making);
    if (frame->class == FRAME_NOUN)
        participants_add_instrument(making, making->trigger);
}

/* "The rebels, INCLUDING foreigners, fought": some of one side are not the other. */
static bool is_part_of_first(const struct making *making, uint32_t token)
{
    static const char *const words[] = {"including", "include", "like", "such", NULL};
    const struct tree *tree = &making->coding->tree;
    uint32_t preposition = tree_preposition(tree, token);
    return preposition != NONE && token_is_one_of(&tree->tokens[preposition], words) &&
           tree_is_below(tree, token, making->agents.tokens[0]);
}

/* Two who act on one another: the first is written as agent, the others as patients. */
static void share_sides(struct making *making)
{
    uint32_t kept = 1;
    if (!making->frame->both_sides || making->patients.count > 0 || making->agents.count < 2)
        return;
    for (uint32_t i = 1; i < making->agents.count; i++)
        if (is_part_of_first(making, making->agents.tokens[i])) {
            making->agents.tokens[kept] = making->agents.tokens[i];
            making->agents.nouns[kept++] = making->agents.nouns[i];
        } else
            list_add(&making->patients, making->agents.tokens[i]);
    making->agents.count = kept;
}

/* "The death of Edgard CHACON": the person, where the tree leads to a word inside the name. */
static uint32_t whole_name(const struct coding *coding, uint32_t token)
{
    uint32_t mention = coding->named[token];
    const struct token *own = &coding->tree.tokens[token];
    if (mention == NONE || coding->actor_mention[token] != NONE ||
        (own->upos != UPOS_PROPN && own->relation != REL_NMOD_DESC))
        return token;
    const struct actor_mention *name = &coding->document->actor_mentions.items[mention];
    if (coding->document->actors.items[name->actor].kind != ACTOR_PERSON)
        return token;
    uint32_t at = token;
    for (int steps = 0; at != name->head && steps < 4; steps++) {
        const struct token *word = &coding->tree.tokens[at];
        if (word->head == NONE || (!relation_is(word->relation, REL_FLAT) &&
                                   !relation_is(word->relation, REL_APPOS) &&
                                   !relation_is(word->relation, REL_COMPOUND) &&
                                   word->relation != REL_NMOD_DESC))
            return token;
        at = word->head;
    }
    return at == name->head ? at : token;
}

/* Each by his whole name, once. */
static void join_names(const struct coding *coding, struct participant_list *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        uint32_t token = whole_name(coding, list->tokens[i]);
        if (token == list->tokens[i])
            continue;
        if (list_has(list, token)) {
            list->count--;
            for (uint32_t j = i; j < list->count; j++) {
                list->tokens[j] = list->tokens[j + 1];
                list->nouns[j] = list->nouns[j + 1];
            }
            i--; /* who moved up is looked at next */
        } else {
            list->nouns[i] = list->nouns[i] == list->tokens[i] ? token : list->nouns[i];
            list->tokens[i] = token;
        }
    }
}

void participants_find(struct making *making)
{
    fill_agents(making);
    patients_find(making);
    names_before(making);
    fill_instruments(making);
    agents_by_weapon(making);
    /* "The firing of WEAPONS" hits none of them. */
    bool fired = making->frame->mode != NULL && strcmp(making->frame->mode, "firearms") == 0;
    for (uint32_t i = 0; fired && i < making->patients.count; i++)
        if (coding_weapon(making->coding, making->patients.tokens[i]) != NULL)
            list_drop(&making->patients, i--);
    for (uint32_t i = 0; i < making->patients.count; i++)
        if (list_has(&making->instruments, making->patients.tokens[i]) &&
            making->frame->class == FRAME_VERB && frame_is(making->frame, "ASSAULT"))
            list_drop(&making->patients, i--);
    share_sides(making);
    join_names(making->coding, &making->agents);
    join_names(making->coding, &making->patients);
}
