/* Which country takes part where no actor says so: a place stands for its country ("a curfew in the
 * capital"), people without a nation for the country they are told of in. A participant keeps its
 * actor; the code stands beside it, as in the PLOVER codebook, which counts domestic actors under
 * their country. Where the sentence names several countries nothing is said. */
#include "meaning/coding.h"

static const char *code_of_place(const struct coding *coding, uint32_t place)
{
    return place == NONE ? NULL
                         : countries_code(&coding->knowledge->countries,
                                          coding->document->places.items[place].country);
}

/* The place inside the noun phrase, also behind its prepositions: "activists in the capital". */
static const char *code_inside(const struct coding *coding, uint32_t token)
{
    struct token_range range = tree_extent(&coding->tree, token, 0);
    for (uint32_t i = range.first; i < range.end; i++)
        if (coding->place[i] != NONE)
            return code_of_place(coding, coding->place[i]);
    return NULL;
}

/* Whom the phrase names besides: "the watchdog Amnesty International", "leaders of the party". */
static const char *code_of_actor_inside(const struct coding *coding, uint32_t token)
{
    for (uint32_t child = coding->tree.first_child[token]; child != NONE;
         child = coding->tree.next_sibling[child]) {
        enum relation relation = relation_universal(coding->tree.tokens[child].relation);
        uint32_t actor = coding_actor(coding, child);
        bool names = relation == REL_APPOS || relation == REL_FLAT || relation == REL_COMPOUND ||
                     relation == REL_NMOD || relation == REL_AMOD;
        if (names && actor != NONE && coding->document->actors.items[actor].code != NULL)
            return coding->document->actors.items[actor].code;
    }
    return NULL;
}

/* The one country that the sentence names, by places and actors; NULL where there are several. */
static const char *code_of_sentence(const struct coding *coding, uint32_t index)
{
    const struct sentence *sentence = &coding->document->sentences.items[index];
    const char *found = NULL;
    for (uint32_t i = sentence->tokens.first; i < sentence->tokens.end; i++) {
        const char *code = code_of_place(coding, coding->place[i]);
        uint32_t actor = coding_actor(coding, i);
        if (code == NULL && actor != NONE)
            code = coding->document->actors.items[actor].code;
        if (code == NULL || strlen(code) < 3 || strncmp(code, "IGO", 3) == 0 ||
            strncmp(code, "NGO", 3) == 0 || strncmp(code, "IMG", 3) == 0)
            continue;
        if (found != NULL && strncmp(found, code, 3) != 0)
            return NULL;
        found = code;
    }
    return found;
}

static const char *three_letters(const struct coding *coding, const char *code)
{
    return code == NULL || strlen(code) < 3 ? NULL : arena_copy(coding->document->arena, code, 3);
}

/* Of those who act together the first gives the country to whoever follows without one. */
static const char *code_of_first(const struct coding *coding, uint32_t token)
{
    uint32_t actor = coding_actor(coding, token);
    const char *code = actor != NONE ? coding->document->actors.items[actor].code : NULL;
    bool state = code != NULL && strlen(code) > 3 &&
                 (strcmp(code + 3, "GOV") == 0 || strcmp(code + 3, "LEG") == 0);
    return state ? code : NULL;
}

static bool is_another(const struct coding *coding, uint32_t token)
{
    return tree_child_exactly(&coding->tree, token, REL_NMOD_POSS) != NONE &&
           token_in(&coding->tree.tokens[token], WORDS_NEIGHBOURS_AND_RIVALS);
}

static void fill(const struct making *making, const struct participant_list *list,
                 struct participant *items, uint32_t count, const struct claim *claim)
{
    const struct coding *coding = making->coding;
    for (uint32_t i = 0, next = 0; i < list->count && next < count; i++) {
        if (participant_is_nobody(making, list->tokens[i]))
            continue;
        struct participant *item = &items[next++];
        uint32_t actor = item->actor;
        if (actor != NONE && coding->document->actors.items[actor].code != NULL)
            continue;
        /* "Charged ITS NEIGHBOUR": another country, whichever. */
        if (is_another(coding, list->tokens[i]))
            continue;
        uint32_t kinds = coding_kinds(coding, list->tokens[i]);
        const char *code = code_of_actor_inside(coding, list->tokens[i]);
        /* "The FRENCH minister and a group of deputies" */
        if (code == NULL && i > 0 && items == claim->agents.items)
            code = code_of_first(coding, list->tokens[0]);
        if (code == NULL)
            code = code_inside(coding, list->tokens[i]);
        if (code == NULL && (kinds & (KIND_PERSON | KIND_ORGANISATION)) != 0)
            code = code_of_place(coding, claim->place);
        if (code == NULL && (kinds & (KIND_PERSON | KIND_ORGANISATION)) != 0)
            code = code_of_sentence(coding, claim->sentence);
        item->code = three_letters(coding, code);
    }
}

/* Who marches marches against those who govern, where nobody else is named (PLOVER codebook). */
static void add_government(const struct making *making, struct claim *claim)
{
    const char *code = code_of_place(making->coding, claim->place);
    if (code == NULL)
        code = code_of_sentence(making->coding, claim->sentence);
    struct participant *patient = code != NULL ? array_push(&claim->patients) : NULL;
    if (patient != NULL)
        *patient = (struct participant){
            .actor = NONE, .kind = "organisation", .code = three_letters(making->coding, code)};
}

void country_find(const struct making *making, struct claim *claim)
{
    fill(making, &making->agents, claim->agents.items, claim->agents.count, claim);
    fill(making, &making->patients, claim->patients.items, claim->patients.count, claim);
    bool nobody = true;
    for (uint32_t i = 0; i < claim->patients.count; i++)
        nobody &= claim->patients.items[i].actor == NONE;
    if (strcmp(claim->plover, "PROTEST") == 0 && nobody && claim->agents.count > 0)
        add_government(making, claim);
}
