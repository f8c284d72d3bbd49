/* Whom a role word alone stands for: "the insurgents" of a report that names one armed group.
 *
 * Method: the armed groups that the report names are its parties. A word of
 * dictionaries/en/roles.tsv that may stand for a party ("party=" among its cautions) and has no
 * group, no other country and no modifier of its own belongs to the only party of the report that
 * it can mean, else to the only one named before it in its paragraph. A word that is set against a
 * party in one clause ("Hamas accused the militants"), or that somebody else bears ("Pakistani
 * fighters", "rival rebels"), is another's in the whole report. "The group" is the one body named
 * shortly before. Where two can be meant none is; a party that is only likened or linked to
 * somebody is none to resolve to. Left out: parties without a name of their own, and who "both
 * sides" are. */
#include "meaning/actor_search.h"

#include <stdio.h>

enum { PARTIES = 24, WORDS = 24, REACH = 2, BODY_REACH = 3 };

struct party {
    uint32_t entry;    /* of the world, or WORLD_NONE: a name that no table has */
    uint32_t finding;  /* its first mention by which others may be led to it, or NONE */
    uint32_t mentions; /* such mentions */
    bool acts;         /* is the subject of something */
};

struct sides {
    struct actor_search *search;
    struct party parties[PARTIES];
    uint32_t party_count;
    bool crowded;          /* more parties than are kept: nothing is resolved */
    bool stranger[2];      /* others bear arms whom only a nation or a people tells apart: rebels,
                              militias */
    uint64_t taken[WORDS]; /* hashes of words that stand for somebody else */
    uint32_t taken_count;
};

static const struct token *token_at(const struct sides *sides, uint32_t index)
{
    return &sides->search->document->tokens.items[index];
}

static const struct world *world_of(const struct sides *sides)
{
    return &sides->search->knowledge->world;
}

static const struct role *role_of(const struct sides *sides, const struct finding *finding)
{
    return &sides->search->knowledge->roles.items[finding->role];
}

/* ------------------------------------------------------------------ the parties */

static bool is_armed_type(const char *type)
{
    return type != NULL && (strcmp(type, "rebel") == 0 || strcmp(type, "militia") == 0);
}

/* Bears arms now, or did: a movement that has come to govern stands in the way of others, too. */
static bool was_armed(const struct world_entry *entry)
{
    return is_armed_type(entry->type) || strstr(entry->phases, "rebel:") != NULL ||
           strstr(entry->phases, "militia:") != NULL;
}

/* "Lakeside Liberation Front": a body that may bear arms, by the words of its name. */
static bool sounds_armed(const struct sides *sides, struct token_range range)
{
    return actor_words_hold(&sides->search->knowledge->words, sides->search->document, range,
                            ACTOR_WORD_ARMED);
}

/* "Like X", "former X", "linked to X", "pro-X": tells of somebody else. */
static bool is_remote(const struct sides *sides, const struct finding *finding)
{
    uint32_t at = finding->core.first;
    if (finding->inside_word)
        return true;
    while (at > 0 && token_at(sides, at - 1)->upos == UPOS_DET)
        at--;
    if (at < 2 || token_at(sides, at - 2)->sentence != token_at(sides, finding->head)->sentence)
        return at == 1 && token_in(token_at(sides, 0), WORDS_REMOTE_FROM_A_PARTY);
    const struct token *before = token_at(sides, at - 1);
    return token_in(before, WORDS_REMOTE_FROM_A_PARTY) ||
           ((actor_word_is(before, "to") || actor_word_is(before, "with")) &&
            actor_words_has(&sides->search->knowledge->words, token_at(sides, at - 2),
                            ACTOR_WORD_TIE));
}

static void add_party(struct sides *sides, uint32_t index)
{
    const struct finding *finding = &sides->search->findings.items[index];
    struct party *party = NULL;
    for (uint32_t i = 0; i < sides->party_count && finding->entry != WORLD_NONE; i++)
        if (sides->parties[i].entry == finding->entry)
            party = &sides->parties[i];
    if (party == NULL) {
        if (sides->party_count == PARTIES) {
            sides->crowded = true;
            return;
        }
        party = &sides->parties[sides->party_count++];
        *party = (struct party){.entry = finding->entry, .finding = NONE};
    }
    if (is_remote(sides, finding))
        return;
    party->mentions++;
    party->acts |= relation_universal(token_at(sides, finding->head)->relation) == REL_NSUBJ;
    if (party->finding == NONE)
        party->finding = index;
}

static void find_parties(struct sides *sides)
{
    for (uint32_t i = 0; i < sides->search->document->tokens.count; i++) {
        uint32_t index = sides->search->covered[i];
        if (index == NONE || sides->search->findings.items[index].core.first != i)
            continue;
        const struct finding *finding = &sides->search->findings.items[index];
        if (finding->sort == FOUND_KNOWN &&
            world_of(sides)->entries[finding->entry].sort == WORLD_GROUP &&
            was_armed(&world_of(sides)->entries[finding->entry]))
            add_party(sides, index);
        else if (finding->sort == FOUND_NAME && finding->same == NONE && finding->role == NONE &&
                 sounds_armed(sides, finding->core))
            add_party(sides, index);
    }
}

/* Is `entry` the party itself or one that belongs to it? */
static bool belongs_to(const struct world *world, uint32_t entry, uint32_t whole)
{
    for (int steps = 0; entry != WORLD_NONE && steps < 4; steps++) {
        if (entry == whole)
            return true;
        entry = world->entries[entry].parent;
    }
    return false;
}

/* ------------------------------------------------------------------ words of somebody else */

static bool is_taken(const struct sides *sides, const struct finding *role)
{
    for (uint32_t i = 0; i < sides->taken_count; i++)
        if (sides->taken[i] == token_at(sides, role->head)->hash)
            return true;
    return false;
}

static void take_word(struct sides *sides, const struct finding *role)
{
    if (!is_taken(sides, role) && sides->taken_count < WORDS)
        sides->taken[sides->taken_count++] = token_at(sides, role->head)->hash;
}

/* "OTHER militants", "PRO-GOVERNMENT fighters", "suspected rebels". */
static bool is_set_apart(const struct sides *sides, const struct finding *role)
{
    uint32_t first = role->tokens.first;
    for (int steps = 0; steps < 4 && first > 0; steps++) {
        const struct token *before = token_at(sides, first - 1);
        if (before->sentence != token_at(sides, role->head)->sentence ||
            (before->upos != UPOS_ADJ && before->upos != UPOS_NUM && before->upos != UPOS_DET))
            break;
        first--;
    }
    return actor_words_hold(&sides->search->knowledge->words, sides->search->document,
                            (struct token_range){first, role->head}, ACTOR_WORD_APART);
}

/* "Rebels FROM the south", "fighters LOYAL to": told apart by what hangs on them. */
static bool is_narrowed(const struct sides *sides, const struct finding *role)
{
    uint32_t next = role->core.end;
    if (next >= sides->search->document->tokens.count ||
        token_at(sides, next)->sentence != token_at(sides, role->head)->sentence ||
        !token_in(token_at(sides, next), WORDS_NARROWINGS_OF_FIGHTERS))
        return false;
    uint32_t head = token_at(sides, next)->head;
    if (token_at(sides, next)->relation == REL_CASE && head != NONE)
        head = token_at(sides, head)->head;
    return head == role->head;
}

/* The verb that a noun is subject or object of, or NONE. */
static uint32_t verb_of(const struct sides *sides, uint32_t head)
{
    const struct token *token = token_at(sides, head);
    enum relation relation = relation_universal(token->relation);
    bool takes_part = relation == REL_NSUBJ || relation == REL_OBJ || relation == REL_OBL;
    return takes_part ? token->head : NONE;
}

/* "Hamas accused the MILITANTS", "the Taliban and the FIGHTERS". */
static bool is_set_against(const struct sides *sides, const struct finding *role)
{
    uint32_t verb = verb_of(sides, role->head);
    if (verb != NONE && token_in(token_at(sides, verb), WORDS_VERBS_THAT_EQUATE_PARTIES))
        verb = NONE;
    struct token_range sentence =
        sides->search->document->sentences.items[token_at(sides, role->head)->sentence].tokens;
    for (uint32_t i = sentence.first; i < sentence.end; i++) {
        uint32_t index = sides->search->covered[i];
        const struct finding *other = index != NONE ? &sides->search->findings.items[index] : NULL;
        if (other == NULL || other == role || other->sort != FOUND_KNOWN || other->modifier ||
            world_of(sides)->entries[other->entry].sort != WORLD_GROUP)
            continue;
        const struct token *token = token_at(sides, other->head);
        const struct token *own = token_at(sides, role->head);
        if ((verb != NONE && verb_of(sides, other->head) == verb) ||
            (own->relation == REL_CONJ && own->head == other->head) ||
            (token->relation == REL_CONJ && token->head == role->head))
            return true;
    }
    return false;
}

/* "PAKISTANI fighters", "HUTU militias": of no country of a party, nor of the report's. */
static bool is_stranger(const struct sides *sides, const struct finding *role)
{
    if (role->foreign)
        return true;
    if (role->nation == NONE)
        return false;
    const struct world_entry *nation =
        &world_of(sides)->entries[sides->search->findings.items[role->nation].entry];
    if (nation->sort == WORLD_PEOPLE && !nation->region)
        return true;
    for (uint32_t i = 0; i < sides->party_count; i++)
        if (sides->parties[i].entry != WORLD_NONE && nation->state != WORLD_NONE &&
            world_of(sides)->entries[sides->parties[i].entry].state == nation->state)
            return false;
    return nation->state != sides->search->context_state;
}

static bool may_stand(const struct sides *sides, const struct finding *finding)
{
    return finding->sort == FOUND_ROLE && !finding->silent &&
           role_of(sides, finding)->party != NULL;
}

static bool is_militia(const struct sides *sides, const struct finding *role)
{
    return strcmp(role_of(sides, role)->party, "militia") == 0;
}

/* Words that somebody else bears, and whether some stand apart by their nation alone. */
static void find_others(struct sides *sides)
{
    for (uint32_t i = 0; i < sides->search->findings.count; i++) {
        const struct finding *role = &sides->search->findings.items[i];
        if (!may_stand(sides, role) || role->side != NONE)
            continue;
        bool stranger = is_stranger(sides, role);
        sides->stranger[is_militia(sides, role)] |= stranger;
        if (stranger || role->owner != NONE || is_set_against(sides, role) ||
            is_set_apart(sides, role) || is_narrowed(sides, role))
            take_word(sides, role);
    }
}

/* ------------------------------------------------------------------ the one that is meant */

/* What a word says of its party: "the JIHADISTS" are no communists. Nothing is known of the creed
 * of a party that the tables give none: it may be any. */
static bool may_be(const struct sides *sides, const struct party *party, const char *word,
                   bool *sure)
{
    *sure = strcmp(word, "any") == 0 || strcmp(word, "rebel") == 0 || strcmp(word, "militia") == 0;
    if (party->entry == WORLD_NONE)
        return true;
    const struct world_entry *entry = &world_of(sides)->entries[party->entry];
    const char *type =
        world_type(world_of(sides), party->entry, sides->search->document->report.published);
    if (strcmp(word, "rebel") == 0)
        return type == NULL || strcmp(type, "militia") != 0;
    *sure |= world_has_creed(entry, word);
    return *sure || !world_creed_known(entry);
}

/* In which block of the report a token stands. */
static uint32_t block_of(const struct sides *sides, uint32_t token)
{
    uint32_t start = token_at(sides, token)->span.start, at = 0;
    const struct document *document = sides->search->document;
    while (at + 1 < document->blocks.count && document->blocks.items[at + 1].span.start <= start)
        at++;
    return at;
}

/* Is the party named before `token` in its block? */
static bool is_near(const struct sides *sides, const struct party *party, uint32_t token)
{
    uint32_t block = block_of(sides, token);
    for (uint32_t i = token; i-- > 0 && block_of(sides, i) == block;) {
        uint32_t index = sides->search->covered[i];
        if (index != NONE && sides->search->findings.items[index].entry == party->entry &&
            sides->search->findings.items[index].sort == FOUND_KNOWN)
            return true;
    }
    return false;
}

/* The only party that a word can mean, of all or of those named near before; or NULL. */
static const struct party *only_party(const struct sides *sides, const struct finding *role,
                                      bool near)
{
    const struct party *found = NULL;
    bool sure = false;
    for (uint32_t i = 0; i < sides->party_count; i++) {
        const struct party *party = &sides->parties[i];
        bool this_sure;
        if (party->finding == NONE ||
            !may_be(sides, party, role_of(sides, role)->party, &this_sure) ||
            (near && !is_near(sides, party, role->head)))
            continue;
        if (found == NULL || (party->entry != WORLD_NONE && found->entry != WORLD_NONE &&
                              belongs_to(world_of(sides), found->entry, party->entry))) {
            found = party;
            sure = this_sure;
        } else if (party->entry == WORLD_NONE || found->entry == WORLD_NONE ||
                   !belongs_to(world_of(sides), party->entry, found->entry)) {
            return NULL;
        }
    }
    int32_t day = sides->search->document->report.published;
    return found != NULL && sure && found->entry != WORLD_NONE &&
                   is_armed_type(world_type(world_of(sides), found->entry, day))
               ? found
               : NULL;
}

/* A party from another country than the report's must do something in it. */
static bool is_at_home(const struct sides *sides, const struct party *party)
{
    uint32_t state = world_of(sides)->entries[party->entry].state;
    uint32_t context = sides->search->context_state;
    return context == WORLD_NONE || state == context || party->acts || party->mentions > 1;
}

/* Is the same word led to a party elsewhere in the report? */
static bool is_led(const struct sides *sides, const struct finding *role)
{
    for (uint32_t i = 0; i < sides->search->findings.count; i++) {
        const struct finding *other = &sides->search->findings.items[i];
        if (other->sort == FOUND_ROLE && other->reason != NULL && other->side != NONE &&
            token_at(sides, other->head)->hash == token_at(sides, role->head)->hash)
            return true;
    }
    return false;
}

/* "Guerrilla GROUPS" are several. */
static bool are_bodies(const struct sides *sides, const struct finding *role)
{
    return actor_words_has(&sides->search->knowledge->words, token_at(sides, role->head),
                           ACTOR_WORD_GROUPS);
}

/* "The Azawad Liberation FRONT": part of a name that no table knows, which is another's. */
static bool is_of_name(const struct sides *sides, const struct finding *role)
{
    if (role->head == 0 || role->nation != NONE)
        return false;
    const struct token *before = token_at(sides, role->head - 1);
    return token_at(sides, role->head)->upos == UPOS_PROPN && before->upos == UPOS_PROPN &&
           before->head == role->head && (before->flags & TOKEN_CAPITALISED) != 0;
}

static void resolve_word(struct sides *sides, struct finding *role)
{
    static const char *const reasons[] = {"the only such party that the report names",
                                          "the only such party that the paragraph names"};
    if (role->side != NONE || role->owner != NONE || is_taken(sides, role) ||
        are_bodies(sides, role) || sides->stranger[is_militia(sides, role)] ||
        is_stranger(sides, role) || role->former || is_of_name(sides, role))
        return;
    for (int near = 0; near < 2; near++) {
        const struct party *party = only_party(sides, role, near == 1);
        if (party == NULL)
            continue;
        const struct finding *named = &sides->search->findings.items[party->finding];
        if (!is_at_home(sides, party))
            return;
        /* "Rebels took the town. … The front said": a name that comes later tells of them only soon
         * after; "rebels" are others than those named long before. */
        uint32_t here = token_at(sides, role->head)->sentence;
        uint32_t there = token_at(sides, named->head)->sentence;
        bool soon = (role->definite && there <= here + REACH) || (near == 0 && is_led(sides, role));
        if (named->head > role->head ? !soon
                                     : !role->definite && !is_near(sides, party, role->head))
            return;
        /* "The rebel movement" is the party, "the rebels" are people of it. */
        if (role_of(sides, role)->kind == ACTOR_UNNAMED && !role->plural && role->definite)
            role->same = party->finding;
        else
            role->side = party->finding;
        role->reason = reasons[near];
        return;
    }
}

/* ------------------------------------------------------------------ where they are from */

/* The group that the tables call by its town, as "Zintan militias"; or WORLD_NONE. */
static uint32_t group_of_town(const struct sides *sides, struct token_range town,
                              const struct role *role)
{
    struct byte_span span = document_span_of(sides->search->document, town);
    char name[120];
    int length = snprintf(name, sizeof name, "%.*s %s", (int)(span.end - span.start),
                          document_bytes(sides->search->document, span), role->plural);
    uint32_t next, handle = length < 0 || (size_t)length >= sizeof name
                                ? PHRASE_NONE
                                : phrases_exact(&world_of(sides)->phrases, name, (size_t)length);
    if (handle == PHRASE_NONE)
        return WORLD_NONE;
    uint32_t entry =
        world_of(sides)->names[phrases_value(&world_of(sides)->phrases, handle, &next)].entry;
    return world_of(sides)->entries[entry].sort == WORLD_GROUP ? entry : WORLD_NONE;
}

/* "Militias FROM ZINTAN" are others than those from Misrata: the town is part of what they are
 * called. */
static void find_origin(struct sides *sides, struct finding *role)
{
    const struct document *document = sides->search->document;
    uint32_t from = role->core.end, end = from + 1;
    if (from + 1 >= document->tokens.count || role->side != NONE || role->nation != NONE ||
        !role->plural || !actor_word_is(token_at(sides, from), "from") ||
        role->tokens.end != role->core.end || sides->search->covered[from + 1] != NONE)
        return;
    while (end < document->tokens.count && token_at(sides, end)->upos == UPOS_PROPN &&
           sides->search->covered[end] == NONE &&
           token_at(sides, end)->sentence == token_at(sides, from)->sentence)
        end++;
    if (end == from + 1 || token_at(sides, from)->head == NONE ||
        token_at(sides, token_at(sides, from)->head)->head != role->head)
        return;
    struct token_range town = {from + 1, end};
    role->origin = town;
    role->tokens.end = end;
    role->entry = group_of_town(sides, town, role_of(sides, role));
    role->reason = role->entry != WORLD_NONE ? "called by its town" : NULL;
}

/* ------------------------------------------------------------------ troops of several states */

static bool is_state_force(const struct sides *sides, const struct finding *finding)
{
    return finding->sort == FOUND_ROLE && !finding->silent && finding->side == NONE &&
           strcmp(role_of(sides, finding)->cameo, "MIL") == 0;
}

/* The state whose forces are told of, or WORLD_NONE. */
static uint32_t state_of_force(const struct sides *sides, const struct finding *finding)
{
    uint32_t entry = WORLD_NONE;
    if (is_state_force(sides, finding) && finding->nation != NONE)
        entry = sides->search->findings.items[finding->nation].entry;
    else if (finding->sort == FOUND_KNOWN) {
        const char *type = world_of(sides)->entries[finding->entry].type;
        entry = type != NULL && strcmp(type, "state force") == 0 ? finding->entry : WORLD_NONE;
    }
    return entry != WORLD_NONE ? world_of(sides)->entries[entry].state : WORLD_NONE;
}

/* Where soldiers of two states are told of, "the soldiers" may be of either; "the army" is not. */
static void part_troops(struct sides *sides)
{
    struct actor_search *search = sides->search;
    uint32_t first = WORLD_NONE;
    bool several = false;
    for (uint32_t i = 0; i < search->findings.count; i++) {
        uint32_t state = state_of_force(sides, &search->findings.items[i]);
        several |= first != WORLD_NONE && state != WORLD_NONE && state != first;
        first = state != WORLD_NONE ? state : first;
    }
    for (uint32_t i = 0; several && i < search->findings.count; i++) {
        struct finding *finding = &search->findings.items[i];
        if (is_state_force(sides, finding) && finding->nation == NONE && finding->plural &&
            role_of(sides, finding)->kind != ACTOR_ORGANISATION && finding->owner == NONE &&
            strstr(role_of(sides, finding)->id, "government") == NULL &&
            strstr(role_of(sides, finding)->id, "security") == NULL)
            finding->foreign = true;
    }
}

void actor_sides_find(struct actor_search *search)
{
    struct sides sides = {.search = search};
    for (uint32_t i = 0; i < search->findings.count; i++)
        if (may_stand(&sides, &search->findings.items[i]))
            find_origin(&sides, &search->findings.items[i]);
    part_troops(&sides);
    find_parties(&sides);
    if (sides.party_count == 0 || sides.crowded)
        return;
    find_others(&sides);
    /* Twice: a word once led to a party means it before, too. */
    for (uint32_t i = 0; i < 2 * search->findings.count; i++)
        if (may_stand(&sides, &search->findings.items[i % search->findings.count]))
            resolve_word(&sides, &search->findings.items[i % search->findings.count]);
}

/* ------------------------------------------------------------------ "the group" */

static bool is_body_noun(const struct actor_search *search, uint32_t at)
{
    const struct token *tokens = search->document->tokens.items, *noun = &tokens[at];
    if (search->covered[at] != NONE || noun->upos != UPOS_NOUN ||
        relation_universal(noun->relation) == REL_COMPOUND || at == 0 ||
        !actor_word_is(&tokens[at - 1], "the") || tokens[at - 1].sentence != noun->sentence ||
        !actor_words_has(&search->knowledge->words, noun, ACTOR_WORD_GROUP))
        return false;
    /* "The group of villagers", "the group that": another one. */
    return at + 1 == search->document->tokens.count ||
           !token_in(&tokens[at + 1], WORDS_SIGNS_OF_ANOTHER_GROUP);
}

/* The only body named in the sentences from `first` up to `at`, or NONE. */
static uint32_t only_body(const struct actor_search *search, uint32_t first, uint32_t at)
{
    const struct world *world = &search->knowledge->world;
    const struct document *document = search->document;
    uint32_t found = NONE;
    for (uint32_t i = first; i < at; i++) {
        uint32_t index = search->covered[i];
        const struct finding *finding = index != NONE ? &search->findings.items[index] : NULL;
        if (finding == NULL || finding->sort != FOUND_KNOWN || finding->core.first != i)
            continue;
        const struct world_entry *entry = &world->entries[finding->entry];
        if ((entry->sort != WORLD_GROUP && entry->sort != WORLD_ORGANISATION) || entry->outlet ||
            (entry->type != NULL &&
             (strcmp(entry->type, "state force") == 0 || strcmp(entry->type, "police") == 0 ||
              strcmp(entry->type, "igo") == 0)))
            continue;
        if (found != NONE && search->findings.items[found].entry != finding->entry)
            return NONE;
        found = found == NONE ? index : found;
    }
    /* A body that no table has may be meant as well. */
    for (uint32_t i = 0; i < document->names.count; i++) {
        const struct name *name = &document->names.items[i];
        if (name->kind == NAME_ORGANISATION && name->tokens.first >= first &&
            name->tokens.first < at && search->covered[name->tokens.first] == NONE &&
            search->covered[name->tokens.end - 1] == NONE)
            return NONE;
    }
    return found;
}

/* "THE GROUP spoke to a man who once fought the Front": named behind it in its sentence, another is meant. */
static bool is_named_behind(const struct actor_search *search, uint32_t body, uint32_t at)
{
    const struct document *document = search->document;
    uint32_t entry = search->findings.items[body].entry;
    uint32_t end = document->sentences.items[document->tokens.items[at].sentence].tokens.end;
    for (uint32_t i = at + 1; i < end; i++) {
        uint32_t index = search->covered[i];
        if (index != NONE && search->findings.items[index].sort == FOUND_KNOWN &&
            search->findings.items[index].core.first == i &&
            search->findings.items[index].entry == entry)
            return true;
    }
    return false;
}

void actor_bodies_find(struct actor_search *search)
{
    const struct document *document = search->document;
    for (uint32_t i = 0; i < document->tokens.count; i++) {
        if (!is_body_noun(search, i))
            continue;
        uint32_t sentence = document->tokens.items[i].sentence;
        uint32_t from = sentence > BODY_REACH ? sentence - BODY_REACH : 0;
        uint32_t body = only_body(search, document->sentences.items[from].tokens.first, i);
        struct finding *finding =
            body != NONE && !is_named_behind(search, body, i) ? actor_search_add(search, FOUND_KNOWN, i, i + 1) : NULL;
        if (finding == NULL)
            continue;
        finding->entry = search->findings.items[body].entry;
        finding->form = FORM_NAME;
        finding->reason = "the only body named shortly before";
    }
}
