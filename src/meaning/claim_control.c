/* What a claim does to control: who takes, loses, holds or contests which place.
 *
 * Method: the row of the frame names the slots of holder and place. The place's noun leads to a place
 * by name: by itself ("Kunduz", "the city of Kunduz"), by what it is said to be ("Kunduz is the last
 * city", "the capital, Kunduz"), or as a part of it ("three districts in Helmand"). Who takes or
 * loses a part contests the whole, who holds a part shares it. A facility ("the airport of Kunduz") is a
 * place of its own (sites.c): who takes it says nothing of the town.
 *
 * What leaves out: places without a name ("an army barracks outside the city"); how large the part is;
 * what of it changed hands when several parts are named. */
#include "meaning/coding.h"
#include "meaning/scenes.h"

#include <string.h>

/* How what a noun stands for lies to the place that was found. */
enum extent { WHOLE, PART, BESIDE };

/* "The city OF Kunduz" is Kunduz; "the districts of", "the outskirts of" are not. */
static bool names_itself(const struct token *noun)
{
    return (noun->features & WORD_PLURAL) == 0 && token_in(noun, WORDS_ARE_THE_PLACE_BEHIND_OF);
}

/* "Remains a stronghold", "served AS their base". */
static bool is_said_of_subject(const struct tree *tree, uint32_t token)
{
    enum relation relation = tree->tokens[token].relation;
    const struct token *verb = &tree->tokens[tree->tokens[token].head];
    uint32_t preposition = tree_preposition(tree, token);
    if (preposition != NONE)
        return token_is(&tree->tokens[preposition], "as") && token_in(verb, WORDS_SERVE_AS);
    return (relation == REL_XCOMP || relation_is(relation, REL_OBJ)) &&
           token_in(verb, WORDS_SAY_WHAT_A_PLACE_IS);
}

/* The subject of the verb, or what a relative clause hangs on. */
static uint32_t subject_above(const struct tree *tree, uint32_t verb)
{
    struct arguments arguments;
    arguments_find(tree, verb, &arguments);
    const struct argument *subject = arguments_get(&arguments, ARGUMENT_SUBJECT);
    return subject != NULL ? subject->token : NONE;
}

/* "Homs – long a hub of the revolt": the name before the dash. */
static uint32_t before_dash(const struct coding *coding, uint32_t token)
{
    uint32_t first = tree_extent(&coding->tree, token, 0).first;
    const struct token *tokens = coding->tree.tokens;
    bool dash = first > 0 && tokens[first].upos == UPOS_PUNCT &&
                tokens[first - 1].sentence == tokens[token].sentence && tokens[token].upos != UPOS_VERB;
    for (uint32_t name = dash ? first - 1 : NONE; name != NONE; name = tokens[name].head) {
        if (coding->where[name] != NONE)
            return name;
        if (!relation_is(tokens[name].relation, REL_FLAT))
            break;
    }
    return NONE;
}

/* What is said of the same place: subject of "is the last city", head of an apposition. */
static uint32_t same_as(const struct coding *coding, uint32_t token)
{
    const struct tree *tree = &coding->tree;
    const struct token *word = &tree->tokens[token];
    uint32_t subject = NONE;
    if (word->relation == REL_APPOS && word->head != NONE)
        return word->head;
    uint32_t before = word->relation == REL_PARATAXIS ? before_dash(coding, token) : NONE;
    if (before != NONE)
        return before;
    if (tree_child(tree, token, REL_COP) != NONE)
        subject = tree_child(tree, token, REL_NSUBJ);
    else if (word->head != NONE && tree->tokens[word->head].upos == UPOS_VERB &&
             is_said_of_subject(tree, token))
        subject = subject_above(tree, word->head);
    return subject;
}

static bool is_facility(const struct coding *coding, uint32_t token)
{
    return (coding_kinds(coding, token) & KIND_FACILITY) != 0;
}

static uint32_t held_place(const struct coding *coding, uint32_t token, int depth,
                           enum extent *extent);

/* "The crossing with the neighbour, NAME": parsers hang the name on the neighbour. */
static uint32_t name_behind(const struct coding *coding, uint32_t token)
{
    bool across = coding->where[token] != NONE &&
                  scenes_is_country(coding->document, coding->where[token]);
    for (uint32_t child = coding->tree.first_child[token]; across && child != NONE;
         child = coding->tree.next_sibling[child])
        if (coding->tree.tokens[child].relation == REL_APPOS && coding->where[child] != NONE &&
            !scenes_is_country(coding->document, coding->where[child]))
            return coding->where[child];
    return NONE;
}

/* "All districts BUT TWO in Helmand": the rest is of the same place. */
static bool is_exception(const struct tree *tree, uint32_t child)
{
    uint32_t but = tree_child(tree, child, REL_CC);
    return tree->tokens[child].relation == REL_CONJ && tree->tokens[child].upos == UPOS_NUM &&
           but != NONE && token_is(&tree->tokens[but], "but");
}

/* "New AREAS and CITIES in Helmand": what stands behind the last of the nouns is of the first, too. */
static uint32_t place_of_both(const struct coding *coding, uint32_t token, uint32_t child, int depth,
                              enum extent *extent)
{
    const struct tree *tree = &coding->tree;
    if (tree->tokens[child].upos != UPOS_NOUN || coding->where[child] != NONE ||
        tree_child(tree, token, REL_NMOD) != NONE || tree_child(tree, child, REL_DET) != NONE ||
        (coding_kinds(coding, child) & KIND_PLACE) == 0)
        return NONE;
    uint32_t place = held_place(coding, child, depth + 1, extent);
    return *extent == PART ? place : NONE;
}

/* The place at or behind a dependent of the noun `token`. */
static uint32_t place_by_child(const struct coding *coding, uint32_t token, uint32_t child,
                               int depth, enum extent *extent)
{
    const struct token *noun = &coding->tree.tokens[token];
    enum relation relation = coding->tree.tokens[child].relation;
    enum extent inner = WHOLE;
    /* "The border CROSSING at", parsed as a clause. */
    if (relation == REL_ACL && token_in(&coding->tree.tokens[child], WORDS_BEAR_A_PLACE_NAME))
        return held_place(coding, child, depth + 1, extent);
    if (is_exception(&coding->tree, child))
        return held_place(coding, child, depth + 1, extent);
    if (relation == REL_CONJ)
        return place_of_both(coding, token, child, depth, extent);
    uint32_t preposition = tree_preposition(&coding->tree, child);
    bool crossing = token_in(noun, WORDS_BEAR_A_PLACE_NAME);
    uint32_t apart = preposition != NONE && crossing ? name_behind(coding, child) : NONE;
    if (apart != NONE) {
        *extent = WHOLE;
        return apart;
    }
    bool phrase = preposition != NONE && relation != REL_NMOD_POSS &&
                  (relation_is(relation, REL_NMOD) ||
                   (relation_is(relation, REL_OBL) && noun->upos == UPOS_VERB));
    const struct token *word = phrase ? &coding->tree.tokens[preposition] : NULL;
    bool inside = phrase && token_in(word, WORDS_LEAD_INSIDE_WHAT_IS_HELD);
    bool such = phrase && token_in(word, WORDS_LEAD_TO_EXAMPLES);
    bool name = relation_is(relation, REL_FLAT) || relation_is(relation, REL_COMPOUND) ||
                relation == REL_APPOS || relation == REL_NMOD_DESC;
    bool whose = relation == REL_NMOD_POSS || relation == REL_AMOD;
    if (!inside && !such && !name && !whose &&
        !(phrase && token_in(word, WORDS_LEAD_BESIDE_WHAT_IS_HELD)))
        return NONE;
    uint32_t place = held_place(coding, child, depth + 1, &inner);
    if (place == NONE)
        return NONE;
    bool same = such || relation == REL_APPOS || relation_is(relation, REL_FLAT) ||
                (relation_is(relation, REL_COMPOUND) && !is_facility(coding, token)) ||
                (inside && token_is(word, "of") && names_itself(noun)) ||
                (inside && (crossing || token_in(noun, WORDS_RULE_OVER_PLACES)));
    *extent = phrase && !inside && !such ? BESIDE : same ? inner : inner == BESIDE ? BESIDE : PART;
    return place;
}

/* "The city of NAME": the name itself, whatever the city was taken to be. */
static uint32_t name_of(const struct coding *coding, uint32_t token)
{
    uint32_t name = coding_noun_behind(coding, token, "of");
    return name != NONE ? coding->where[name] : NONE;
}

/* "The town" of a report that calls it by the name of its district: the only place it is about. */
static uint32_t only_town(const struct coding *coding, uint32_t noun)
{
    const struct tree *tree = &coding->tree;
    bool the = false;
    if (noun == NONE || !token_in(&tree->tokens[noun], WORDS_TOWNS_WITHOUT_A_NAME) ||
        coding->where[noun] != NONE)
        return NONE;
    for (uint32_t child = tree->first_child[noun]; child != NONE; child = tree->next_sibling[child]) {
        enum relation relation = relation_universal(tree->tokens[child].relation);
        if (relation == REL_AMOD || relation == REL_COMPOUND || relation == REL_NUMMOD ||
            relation == REL_NMOD || relation == REL_ACL)
            return NONE;
        the |= token_is(&tree->tokens[child], "the") || token_is(&tree->tokens[child], "this");
    }
    return the ? site_town(coding, noun) : NONE;
}

/* The place that a noun phrase stands for, holds as a name, or is part of. */
static uint32_t held_place(const struct coding *coding, uint32_t token, int depth,
                           enum extent *extent)
{
    enum { DEEPEST = 3 };
    *extent = WHOLE;
    uint32_t own = coding->where[token];
    /* "The country", of which nobody knows which, is not the town named before. */
    bool mistaken = own != NONE && token_is(&coding->tree.tokens[token], "country") &&
                    !scenes_is_country(coding->document, own);
    uint32_t called = own != NONE && names_itself(&coding->tree.tokens[token]) ? name_of(coding, token) : NONE;
    if (own != NONE || depth > DEEPEST)
        return called != NONE ? called : mistaken ? NONE : own;
    /* "Gao, the last city under their control in MALI": the one that this is said of. */
    const struct token *noun = &coding->tree.tokens[token];
    if (depth == 0 && noun->relation == REL_APPOS && names_itself(noun) && noun->head != NONE &&
        coding->where[noun->head] != NONE)
        return coding->where[noun->head];
    uint32_t found = NONE;
    enum extent best = BESIDE;
    for (uint32_t child = coding->tree.first_child[token]; child != NONE;
         child = coding->tree.next_sibling[child]) {
        enum extent here;
        uint32_t place = place_by_child(coding, token, child, depth, &here);
        if (place != NONE && (found == NONE || here < best)) {
            found = place;
            best = here;
        }
    }
    uint32_t same = depth == 0 && (found == NONE || best != WHOLE) ? same_as(coding, token) : NONE;
    uint32_t place = same != NONE ? held_place(coding, same, DEEPEST, extent) : NONE;
    if (place != NONE)
        return place;
    *extent = best;
    return found;
}

/* "Control over roads IN HELMAND": on the noun before. */
static uint32_t place_beside_noun(const struct coding *coding, uint32_t noun)
{
    const struct tree *tree = &coding->tree;
    uint32_t above = tree->tokens[noun].head;
    if (above == NONE || above > noun || tree->tokens[above].upos != UPOS_NOUN ||
        !relation_is(tree->tokens[noun].relation, REL_NMOD))
        return NONE;
    for (uint32_t child = tree->next_sibling[noun]; child != NONE; child = tree->next_sibling[child]) {
        uint32_t preposition = tree_preposition(tree, child);
        enum extent extent;
        if (preposition == NONE ||
            !token_in(&tree->tokens[preposition], WORDS_LEAD_INSIDE_WHAT_IS_HELD) ||
            !relation_is(tree->tokens[child].relation, REL_NMOD))
            continue;
        uint32_t place = held_place(coding, child, 1, &extent);
        if (place != NONE && extent == WHOLE)
            return place;
    }
    return NONE;
}

/* "Seized three districts IN HELMAND": parsers hang the phrase on the verb; "all districts but two IN
 * HELMAND": on a second subject. */
static uint32_t place_beside(const struct making *making, uint32_t noun)
{
    const struct coding *coding = making->coding;
    for (uint32_t i = 0; i < making->arguments.count; i++) {
        const struct argument *argument = &making->arguments.items[i];
        bool twin = argument->preposition == NONE && argument->place == ARGUMENT_SUBJECT &&
                    coding->tree.tokens[noun].relation == REL_NSUBJ;
        bool phrase = argument->place == ARGUMENT_PREPOSITION && argument->preposition != NONE &&
                      token_in(&coding->tree.tokens[argument->preposition],
                               WORDS_LEAD_INSIDE_WHAT_IS_HELD);
        if (argument->token == noun || (!twin && !phrase))
            continue;
        enum extent extent;
        uint32_t place = held_place(coding, argument->token, 1, &extent);
        if (place != NONE && extent == (twin ? PART : WHOLE))
            return place;
    }
    return place_beside_noun(coding, noun);
}

/* "The capture of the border CROSSING with": parsed as a clause of the capture. */
static uint32_t crossing_beside(const struct making *making, uint32_t noun, enum extent *extent)
{
    const struct tree *tree = &making->coding->tree;
    bool border = token_is(&tree->tokens[noun], "border");
    uint32_t clause = border ? tree_child(tree, making->trigger, REL_ACL) : NONE;
    if (clause != noun + 1 || !token_in(&tree->tokens[clause], WORDS_BEAR_A_PLACE_NAME))
        return NONE;
    enum extent found;
    uint32_t place = held_place(making->coding, clause, 1, &found);
    if (place == NONE || found != WHOLE)
        return NONE;
    *extent = found;
    return place;
}

static uint32_t first_of(const struct making *making, enum frame_role role,
                         const struct frame_slots *slots)
{
    uint32_t token = NONE;
    if (role == ROLE_AGENT)
        return making->agents.count > 0 ? making->agents.tokens[0] : NONE;
    if (role == ROLE_PATIENT)
        return making->patients.count > 0 ? making->patients.tokens[0] : NONE;
    for (uint32_t i = 0; role == ROLE_SLOT && i < slots->count; i++)
        if (frame_slot_fill(&slots->items[i], &making->coding->tree, &making->arguments, &token,
                            1) > 0)
            return token;
    return NONE;
}

/* "A city still UNDER their control": the noun that this is said of; else the trigger's own. */
static uint32_t bearer(const struct making *making)
{
    const struct tree *tree = &making->coding->tree;
    const struct token *word = &tree->tokens[making->trigger];
    uint32_t preposition = tree_preposition(tree, making->trigger);
    bool under = preposition != NONE && (token_is(&tree->tokens[preposition], "under") ||
                                         token_is(&tree->tokens[preposition], "in"));
    if (under && word->head != NONE && relation_is(word->relation, REL_NMOD))
        return word->head;
    /* The same, hung on the verb: "fight for Gao, the last CITY under their control". */
    uint32_t first = under ? tree_extent(tree, making->trigger, 0).first : 0;
    bool behind = first > 0 && relation_is(word->relation, REL_OBL) &&
                  names_itself(&tree->tokens[first - 1]) &&
                  tree->tokens[first - 1].upos == UPOS_NOUN;
    return behind ? first - 1 : making->trigger;
}

/* What it says of the whole when it is said of a part. */
static enum control_change of_part(enum control_change change)
{
    return change == CONTROL_HOLDS ? CONTROL_SHARES
           : change == CONTROL_SHARES ? CONTROL_SHARES
                                      : CONTROL_CONTESTS;
}

/* The share that the name at `token` stands behind, or NONE. */
static uint32_t share_above(const struct tree *tree, uint32_t token)
{
    uint32_t preposition = tree_preposition(tree, token), head = tree->tokens[token].head;
    bool of = preposition != NONE && head != NONE && token_is(&tree->tokens[preposition], "of");
    return of && token_in(&tree->tokens[head], WORDS_SHARES_OF_A_PLACE) ? head : NONE;
}

/* Somebody armed or governing acts, or nobody is said to. */
static bool is_by_force(const struct making *making)
{
    bool force = making->agents.count == 0 &&
                 arguments_get(&making->arguments, ARGUMENT_SUBJECT) == NULL;
    for (uint32_t i = 0; i < making->agents.count; i++)
        force |= (coding_kinds(making->coding, making->agents.tokens[i]) &
                  (KIND_ARMED | KIND_GOVERNMENT)) != 0;
    return force;
}

/* A market in Kenya says nothing of Kenya, a hotel that a bank takes over nothing of its town. */
static bool is_slight(const struct making *making, uint32_t noun, uint32_t place)
{
    const struct coding *coding = making->coding;
    if (noun != NONE && token_in(&coding->tree.tokens[noun], WORDS_SHARES_OF_A_PLACE))
        return false;
    if (noun == NONE || token_is(&coding->tree.tokens[noun], "land"))
        return noun != NONE;
    if (!is_facility(coding, noun))
        return (coding_kinds(coding, noun) & KIND_PLACE) == 0;
    return !is_by_force(making) || scenes_is_country(coding->document, place);
}

/* "THE FACILITY fell": the only building named before, in its sentence or the one before that. */
static uint32_t facility_before(const struct coding *coding, uint32_t noun)
{
    const struct tree *tree = &coding->tree;
    uint32_t determiner = tree_child(tree, noun, REL_DET), found = NONE;
    uint32_t sentence = tree->tokens[noun].sentence;
    if (!token_in(&tree->tokens[noun], WORDS_FACILITIES_TOLD_BEFORE) || sentence == 0 ||
        determiner == NONE ||
        (!token_is(&tree->tokens[determiner], "the") && !token_is(&tree->tokens[determiner], "this")))
        return NONE;
    const struct sentence *before = &coding->document->sentences.items[sentence - 1];
    if (coding->document->sentences.items[sentence].block - before->block > 1)
        return NONE;
    for (uint32_t i = before->tokens.first; i < noun; i++) {
        if (tree->tokens[i].upos != UPOS_NOUN || !is_facility(coding, i))
            continue;
        if (found != NONE)
            return NONE;
        found = i;
    }
    return found;
}

/* "The army of the north handed the town to the army", which reference resolution takes for one: it is
 * lost, and to whom is not known. */
static void drop_own_receiver(const struct making *making, struct claim *claim)
{
    bool own = making->frame->holder == ROLE_PATIENT && claim->control == CONTROL_TAKES &&
               claim->control_holder != NONE && claim->agents.count > 0 &&
               claim->agents.items[0].actor == claim->control_holder;
    if (own)
        claim->control = CONTROL_LOSES;
}

/* "Nikopol, an hour upstream, remains under …": the name in front, which parsers take for one that is
 * called to. */
static uint32_t loose_subject(const struct making *making)
{
    const struct tree *tree = &making->coding->tree;
    if (arguments_get(&making->arguments, ARGUMENT_SUBJECT) != NULL)
        return NONE;
    for (uint32_t child = tree->first_child[making->trigger]; child != NONE && child < making->trigger;
         child = tree->next_sibling[child]) {
        enum relation relation = relation_universal(tree->tokens[child].relation);
        if ((relation == REL_VOCATIVE || relation == REL_DISLOCATED) &&
            making->coding->where[child] != NONE)
            return child;
    }
    return NONE;
}

static void write_holder(const struct making *making, uint32_t holder, struct claim *claim)
{
    const struct coding *coding = making->coding;
    if (holder != NONE && coding->actor_mention[holder] != NONE)
        claim->control_holder =
            coding->document->actor_mentions.items[coding->actor_mention[holder]].actor;
}

uint32_t control_noun(const struct making *making)
{
    const struct frame *frame = making->frame;
    uint32_t noun = making->held;
    if (noun == NONE)
        noun = first_of(making, frame->place, &frame->place_slots);
    if (noun == NONE && frame->place == ROLE_NONE && frame->class == FRAME_NOUN)
        noun = bearer(making);
    return noun != NONE ? noun : loose_subject(making);
}

void control_find(const struct making *making, struct claim *claim)
{
    const struct coding *coding = making->coding;
    const struct frame *frame = making->frame;
    claim->control_place = claim->control_holder = NONE;
    if (frame->control == CONTROL_NONE)
        return;
    uint32_t noun = control_noun(making);
    uint32_t holder = first_of(making, frame->holder, &frame->holder_slots);
    enum extent extent = WHOLE;
    uint32_t place = NONE;
    if (noun != NONE)
        place = held_place(coding, noun, 0, &extent);
    if (place == NONE && only_town(coding, noun) != NONE) {
        place = only_town(coding, noun);
        extent = WHOLE;
    }
    uint32_t meant = noun != NONE && place == NONE ? facility_before(coding, noun) : NONE;
    if (meant != NONE) {
        noun = meant;
        place = held_place(coding, noun, 0, &extent);
    }
    if (place != NONE && extent == WHOLE && share_above(&coding->tree, noun) != NONE) {
        noun = share_above(&coding->tree, noun);
        extent = PART;
    }
    if ((place == NONE || extent != WHOLE) && noun != NONE) {
        uint32_t crossing = crossing_beside(making, noun, &extent);
        place = crossing != NONE ? crossing : place;
    }
    /* A facility is a place of its own, whoever holds its town; "the port of Aden" is the town. */
    uint32_t site = NONE;
    bool itself = place != NONE && extent == WHOLE;
    if (noun != NONE && noun != making->trigger && !itself && coding->where[noun] == NONE &&
        is_by_force(making))
        site = site_find(making, claim, noun, place);
    if (site != NONE) {
        claim->control = frame->control == CONTROL_SHARES ? CONTROL_HOLDS : frame->control;
        claim->control_place = site;
        if (place != NONE && extent != BESIDE)
            claim->place = place;
        write_holder(making, holder, claim);
        drop_own_receiver(making, claim);
        return;
    }
    if (place == NONE && noun != NONE && noun != making->trigger) {
        place = place_beside(making, noun);
        extent = PART;
    }
    if (place == NONE && frame->place == ROLE_NONE)
        place = claim->place;
    if (place == NONE || extent == BESIDE || (extent == PART && is_slight(making, noun, place)))
        return;
    /* Who leaves a part does not contest the whole; who leaves a building there says nothing of it. */
    bool left = extent == PART && frame->control == CONTROL_LOSES;
    if (left && noun != NONE && is_facility(coding, noun))
        return;
    claim->control = extent == PART ? of_part(frame->control) : frame->control;
    claim->control_place = claim->place = place;
    if (!left)
        write_holder(making, holder, claim);
    drop_own_receiver(making, claim);
}
