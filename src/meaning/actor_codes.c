/* What an actor is, from the entry or the role and from the state and the group beside it.
 *
 * Method: codes are put together as CAMEO does: the state's three letters and the role's suffix
 * (AFG + MIL), the group's own code for whoever belongs to a group, the organisation's code for
 * whoever speaks or fights for it. A post is resolved by the report's date. Where neither state nor
 * group is said, the state that the report is clearly about counts for those who belong to a state.
 * Nothing is guessed: what is not known stays NULL. */
#include "meaning/actor_codes.h"

#include <stdio.h>

static const struct world *world_of(const struct actor_search *search)
{
    return &search->knowledge->world;
}

static const struct world_entry *entry_of(const struct actor_search *search, uint32_t finding)
{
    uint32_t entry = finding == NONE ? WORLD_NONE : search->findings.items[finding].entry;
    return entry == WORLD_NONE ? NULL : &world_of(search)->entries[entry];
}

static bool is_any(const char *text, const char *const *words)
{
    for (; text != NULL && *words != NULL; words++)
        if (strcmp(text, *words) == 0)
            return true;
    return false;
}

/* Text of a range with single blanks. */
static const char *written(const struct actor_search *search, struct token_range range)
{
    struct byte_span span = document_span_of(search->document, range);
    const char *text = document_bytes(search->document, span);
    char *copy = arena_copy(search->document->arena, text, span.end - span.start);
    if (copy == NULL)
        return NULL;
    size_t length = 0;
    bool blank = false;
    for (const char *at = copy; *at != '\0'; at++) {
        bool space = *at == ' ' || *at == '\n' || *at == '\t' || *at == '\r';
        if (space && blank)
            continue;
        blank = space;
        copy[length++] = space ? ' ' : *at;
    }
    copy[length] = '\0';
    return copy;
}

static const char *joined(const struct actor_search *search, const char *base, const char *suffix)
{
    if (base == NULL || base[0] == '\0')
        return NULL;
    return arena_print(search->document->arena, "%s%s", base, suffix);
}

static const char *non_empty(const char *code)
{
    return code != NULL && code[0] != '\0' ? code : NULL;
}

/* The code of an entry on the report's day: a group that governs is GOV, not REB. */
static const char *code_of(const struct actor_search *search, uint32_t index)
{
    static const struct {
        const char *type, *suffix;
    } suffixes[] = {{"rebel", "REB"},
                    {"government", "GOV"},
                    {"state force", "MIL"},
                    {"militia", "UAF"},
                    {"other", "PTY"}};
    const struct world_entry *entry = &world_of(search)->entries[index];
    if (entry->own != NULL)
        return coder_code_on(entry->own, search->document->report.published);
    const char *type = world_type(world_of(search), index, search->document->report.published);
    if (type == entry->type || type == NULL || strlen(entry->code) < 6)
        return non_empty(entry->code);
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++)
        if (strcmp(type, suffixes[i].type) == 0)
            return arena_print(search->document->arena, "%.3s%s%s", entry->code, suffixes[i].suffix,
                               entry->code + 6);
    return entry->code;
}

/* ------------------------------------------------------------------ posts */

/* Offices that one person holds at a time, so that the office alone says who it is. */
static bool is_sole(const char *post)
{
    static const char *const posts[] = {"president",
                                        "prime-minister",
                                        "vice-president",
                                        "chancellor",
                                        "foreign-minister",
                                        "defence-minister",
                                        "interior-minister",
                                        "king",
                                        "supreme-leader",
                                        "secretary-general",
                                        "crown-prince",
                                        "pope",
                                        NULL};
    return is_any(post, posts);
}

/* "The company's president", "the president of the club": of something that is no state and no body
 * of the tables, so that its office is not the one that they know. */
static bool is_of_something_else(const struct actor_search *search, const struct finding *finding)
{
    const struct token *tokens = search->document->tokens.items;
    uint32_t at = finding->core.first, end = search->document->tokens.count;
    if (at >= 2 && actor_word_is(&tokens[at - 1], "'s"))
        return search->covered[at - 2] == NONE && tokens[at - 2].upos == UPOS_NOUN &&
               !token_in(&tokens[at - 2], WORDS_NOUNS_FOR_A_STATE);
    at = finding->core.end;
    if (at + 1 >= end || !actor_word_is(&tokens[at], "of"))
        return false;
    while (at + 1 < end && search->covered[at + 1] == NONE &&
           (tokens[at + 1].upos == UPOS_DET || tokens[at + 1].upos == UPOS_ADJ))
        at++;
    return at + 1 < end && search->covered[at + 1] == NONE && tokens[at + 1].upos == UPOS_NOUN &&
           tokens[at + 1].sentence == tokens[finding->head].sentence &&
           !token_in(&tokens[at + 1], WORDS_NOUNS_FOR_A_STATE);
}

/* ------------------------------------------------------------------ forces */

static bool is_domestic(const struct role *role);

/* "The ARMY" of a report on Kenya: "Kenyan army", where the tables know that name. */
static uint32_t named_force(const struct actor_search *search, const struct role *role, bool plural)
{
    const struct world *world = world_of(search);
    int32_t day = search->document->report.published;
    char name[160];
    for (uint32_t i = 0; i < world->name_count; i++) {
        const struct world_name *adjective = &world->names[i];
        if (adjective->entry > search->context_state)
            break; /* names stand in the order of their entries */
        if (adjective->entry != search->context_state || adjective->form != FORM_ADJECTIVE)
            continue;
        int length = snprintf(name, sizeof name, "%s %s", adjective->written,
                              plural ? role->plural : role->singular);
        uint32_t next, handle = length < 0 || (size_t)length >= sizeof name
                                    ? PHRASE_NONE
                                    : phrases_exact(&world->phrases, name, (size_t)length);
        for (; handle != PHRASE_NONE; handle = next) {
            uint32_t entry = world->names[phrases_value(&world->phrases, handle, &next)].entry;
            if (world->entries[entry].sort == WORLD_ORGANISATION &&
                world->entries[entry].state == search->context_state && day != DAY_UNKNOWN &&
                world->entries[entry].from <= day && day <= world->entries[entry].to)
                return entry;
        }
    }
    return WORLD_NONE;
}

/* "The army", "troops" with nothing beside them: those of the state that the report is
 * about, by their own name. */
static void resolve_force(struct actor_search *search, struct finding *finding)
{
    static const char *const types[] = {"state force", NULL};
    const struct role *role = &search->knowledge->roles.items[finding->role];
    if (search->context_state == WORLD_NONE || finding->nation != NONE || finding->side != NONE ||
        finding->owner != NONE || finding->foreign || finding->former || finding->modifier ||
        finding->tokens.first != finding->core.first || role->kind == ACTOR_PERSON ||
        finding->tokens.end != finding->core.end || !is_any(role->type, types) ||
        !is_domestic(role))
        return;
    uint32_t force = named_force(search, role, finding->plural);
    if (force == WORLD_NONE)
        return;
    finding->entry = force;
    finding->reason = "of the state that the report is about";
}

void actor_codes_resolve(struct actor_search *search)
{
    int32_t day = search->document->report.published;
    for (uint32_t i = 0; i < search->findings.count; i++) {
        struct finding *finding = &search->findings.items[i];
        if (finding->sort == FOUND_KNOWN &&
            world_of(search)->entries[finding->entry].sort == WORLD_PERSON) {
            bool held;
            uint32_t post = world_post_of(world_of(search), finding->entry, day, &held);
            finding->post = post;
            finding->former |= !held && day != DAY_UNKNOWN;
        }
        if (finding->sort == FOUND_ROLE && finding->same == NONE && !finding->silent)
            resolve_force(search, finding);
        if (finding->sort != FOUND_ROLE || finding->plural || finding->former ||
            finding->entry != WORLD_NONE || finding->same != NONE || finding->silent ||
            !finding->definite || is_of_something_else(search, finding))
            continue;
        const char *post = search->knowledge->roles.items[finding->role].post;
        uint32_t organisation = search->context_state;
        if (finding->side != NONE)
            organisation = search->findings.items[finding->side].entry;
        else if (finding->nation != NONE)
            organisation = search->findings.items[finding->nation].entry;
        if (!is_sole(post) || organisation == WORLD_NONE)
            continue;
        uint32_t holder = world_holder(world_of(search), post, organisation, day);
        if (holder == WORLD_NONE)
            continue;
        finding->post = holder;
        finding->entry = world_of(search)->posts[holder].person;
    }
}

/* ------------------------------------------------------------------ describing */

static const char *suffix_of_post(const char *post)
{
    static const char *const military[] = {"commander", "chief-of-staff", NULL};
    static const char *const clergy[] = {"archbishop", "cleric", "religious-leader", "pope", NULL};
    if (is_any(post, military))
        return "MIL";
    if (is_any(post, clergy))
        return "REL";
    if (strcmp(post, "parliament-speaker") == 0)
        return "LEG";
    if (strcmp(post, "rector") == 0)
        return "EDU";
    return "GOV";
}

static void describe_post(const struct actor_search *search, const struct finding *finding,
                          struct actor *actor)
{
    const struct world_post *post = &world_of(search)->posts[finding->post];
    const struct world_entry *body = &world_of(search)->entries[post->organisation];
    int32_t day = search->document->report.published;
    actor->country = body->country;
    if (body->sort == WORLD_STATE) {
        const char *suffix = finding->former ? "ELI" : suffix_of_post(post->post);
        actor->code = joined(search, body->code, suffix);
        actor->type = finding->former                                            ? NULL
                      : strcmp(suffix, "GOV") == 0 || strcmp(suffix, "LEG") == 0 ? "government"
                      : strcmp(suffix, "MIL") == 0                               ? "state force"
                                                                                 : "civilian";
    } else {
        actor->code = code_of(search, post->organisation);
        actor->type = world_type(world_of(search), post->organisation, day);
    }
}

/* "SERBIAN President Kostunica" of Yugoslavia: what the report says goes before the table. */
static void keep_nation(const struct actor_search *search, const struct finding *finding,
                        struct actor *actor)
{
    const struct world_entry *nation = entry_of(search, finding->nation);
    if (nation == NULL || nation->sort != WORLD_STATE || nation->code == NULL ||
        actor->code == NULL || strlen(actor->code) <= 3 || strlen(nation->code) != 3 ||
        strncmp(actor->code, nation->code, 3) == 0)
        return;
    actor->code = joined(search, nation->code, actor->code + 3);
    actor->country = nation->country;
}

static void describe_known(const struct actor_search *search, const struct finding *finding,
                           struct actor *actor)
{
    const struct world_entry *entry = &world_of(search)->entries[finding->entry];
    actor->entry = entry->id;
    actor->name = entry->name;
    actor->country = entry->country;
    actor->code = code_of(search, finding->entry);
    actor->type = world_type(world_of(search), finding->entry, search->document->report.published);
    actor->kind = ACTOR_ORGANISATION;
    switch (entry->sort) {
    case WORLD_STATE:
        actor->type = "government";
        actor->kind = ACTOR_STATE;
        if (finding->form == FORM_CAPITAL) {
            actor->name = written(search, finding->core);
            actor->kind = ACTOR_ORGANISATION;
            actor->code = joined(search, entry->code, "GOV");
        } else if (finding->form == FORM_NATIONAL && finding->plural) {
            actor->name = written(search, finding->core);
            actor->kind = ACTOR_POPULATION;
            actor->type = NULL;
        }
        break;
    case WORLD_PEOPLE:
        actor->kind = ACTOR_POPULATION;
        actor->type = NULL;
        if (!entry->region)
            actor->code =
                entry->state != WORLD_NONE
                    ? joined(search, world_of(search)->entries[entry->state].code, entry->code)
                    : NULL;
        break;
    case WORLD_PERSON:
        actor->kind = ACTOR_PERSON;
        if (finding->post != WORLD_NONE)
            describe_post(search, finding, actor);
        keep_nation(search, finding, actor);
        break;
    case WORLD_GROUP:
    case WORLD_ORGANISATION:
    case WORLD_METONYM:
    case WORLD_SORT_COUNT:
        break;
    }
}

static bool is_unarmed(const char *who)
{
    static const char *const unarmed[] = {"civilian", "family", "child", NULL};
    return is_any(who, unarmed);
}

static const char *who_by_type(const char *type)
{
    static const char *const combatants[] = {"rebel", "militia", NULL};
    static const char *const security[] = {"state force", "police", "external force", NULL};
    static const char *const others[] = {"civilian", "protester", NULL};
    if (is_any(type, combatants))
        return "combatant";
    if (is_any(type, security))
        return "security force";
    return is_any(type, others) ? "civilian" : NULL;
}

/* Whoever belongs to a group is coded as the group; to a body, as the body. */
static void describe_side(const struct actor_search *search, const struct finding *finding,
                          const struct role *role, struct actor *actor)
{
    const struct world_entry *side = entry_of(search, finding->side);
    const struct world_entry *nation = entry_of(search, finding->nation);
    int32_t day = search->document->report.published;
    struct actor body = {.parent = NONE};
    describe_known(search, &search->findings.items[finding->side], &body);
    actor->country = body.country;
    actor->code = body.code;
    if (side->sort == WORLD_PERSON)
        body.type = role != NULL && role->type != NULL ? role->type : body.type;
    else if (side->sort == WORLD_GROUP || side->sort == WORLD_ORGANISATION)
        body.type = world_type(world_of(search), search->findings.items[finding->side].entry, day);
    if (role == NULL) {
        actor->type = body.type;
        return;
    }
    bool igo = body.type != NULL && strcmp(body.type, "igo") == 0;
    if (igo && strcmp(role->cameo, "MIL") == 0)
        actor->code = joined(search, body.code, strstr(body.code, "MIL") != NULL ? "" : "MIL");
    /* A mullah of the Taliban is one of them; a villager of theirs is none. */
    if (!is_unarmed(role->who) || (strcmp(role->cameo, "REL") == 0 && finding->sort != FOUND_ROLE))
        actor->type = body.type != NULL ? body.type : role->type;
    if (igo && strcmp(role->cameo, "MIL") == 0)
        actor->type = "external force";
    /* "Pakistani fighters fighting with the Taliban" */
    bool armed =
        who_by_type(actor->type) != NULL && strcmp(who_by_type(actor->type), "combatant") == 0;
    if (nation != NULL && nation->state != WORLD_NONE && side->state != WORLD_NONE &&
        nation->state != side->state && armed && !is_unarmed(role->who)) {
        actor->who = "foreign fighter";
        actor->country = nation->country;
        actor->code = joined(search, world_of(search)->entries[nation->state].code, "REB");
    }
}

/* Roles that belong to the state where they are told of. */
static bool is_domestic(const struct role *role)
{
    static const char *const foreign[] = {"igo", "ngo", "media", NULL};
    static const char *const ids[] = {"peacekeeper",       "foreign-troops", "diplomat",
                                      "ambassador",        "envoy",          "special-envoy",
                                      "tourist",           "mercenary",      "invading-forces",
                                      "occupation-forces", "migrant",        "enemy",
                                      "occupying-forces",  "hijacker",       NULL};
    return role->cameo[0] != '\0' && !is_any(role->type, foreign) && !is_any(role->id, ids) &&
           (role->who == NULL ||
            (strcmp(role->who, "foreign fighter") != 0 && strcmp(role->who, "prisoner") != 0));
}

/* Of several states: "Moslem forces" are of the state that the report is about. */
static bool is_people(const struct world_entry *entry)
{
    return entry->sort == WORLD_PEOPLE && !entry->region;
}

static void describe_role(const struct actor_search *search, const struct finding *finding,
                          struct actor *actor)
{
    static const char *const bodies[] = {"igo", "ngo", NULL};
    const struct role *role =
        finding->role == NONE ? NULL : &search->knowledge->roles.items[finding->role];
    const struct world_entry *nation = entry_of(search, finding->nation);
    /* A president that the tables do not have may be of any state. */
    bool unknown_holder = role != NULL && finding->sort == FOUND_NAME && is_sole(role->post);
    if (role != NULL) {
        actor->type = role->type;
        actor->who = role->who;
    }
    if (finding->side != NONE && entry_of(search, finding->side) != NULL) {
        if (is_unarmed(actor->who) && finding->sort != FOUND_ROLE)
            actor->who = NULL;
        describe_side(search, finding, role, actor);
    } else if (role != NULL) {
        uint32_t state = nation != NULL ? nation->state : WORLD_NONE;
        if (nation != NULL && nation->sort == WORLD_STATE && nation->part)
            state = world_state(world_of(search), nation->country != NULL ? nation->country : "");
        else if (state == WORLD_NONE && (nation == NULL || is_people(nation)) &&
                 !finding->foreign && !unknown_holder && is_domestic(role))
            state = search->context_state;
        if (state == WORLD_NONE && nation == NULL && is_any(role->type, bodies) &&
            strcmp(role->cameo, "MIL") != 0) {
            actor->code = strcmp(role->type, "igo") == 0 ? "IGO" : "NGO";
        } else if (state != WORLD_NONE) {
            // NOLINTNEXTLINE(clang-analyzer-core.NullDereference)
            actor->country = world_of(search)->entries[state].country;
            const char *code = world_of(search)->entries[state].code;
            actor->code = role->prefix != NULL
                              ? joined(search, role->prefix, code)
                              : joined(search, code, finding->former ? "ELI" : role->cameo);
        }
    }
    if (actor->who == NULL)
        actor->who = who_by_type(actor->type);
}

static void describe_name(const struct actor_search *search, const struct finding *finding,
                          struct actor *actor)
{
    actor->name = written(search, finding->core);
    bool body =
        finding->role == NONE && actor_words_hold(&search->knowledge->words, search->document,
                                                  finding->core, ACTOR_WORD_BODY);
    for (uint32_t i = 0; i < search->document->names.count; i++) {
        const struct name *name = &search->document->names.items[i];
        if (name->tokens.first == finding->core.first)
            body = name->kind == NAME_ORGANISATION && finding->role == NONE;
    }
    actor->kind = body ? ACTOR_ORGANISATION : ACTOR_PERSON;
    if (finding->role != NONE)
        describe_role(search, finding, actor);
}

/* "Insurgents" of whom the report only elsewhere says whose they are: "Taliban insurgents". */
static const char *side_and_noun(const struct actor_search *search, const struct finding *finding)
{
    const struct world_entry *side = entry_of(search, finding->side);
    const char *noun = written(search, finding->core);
    return side != NULL && noun != NULL
               ? arena_print(search->document->arena, "%s %s", side->name, noun)
               : noun;
}

void actor_codes_describe(const struct actor_search *search, uint32_t index, struct actor *actor)
{
    const struct finding *finding = &search->findings.items[index];
    if (finding->entry != WORLD_NONE) {
        describe_known(search, finding, actor);
        if (finding->sort == FOUND_KNOWN && actor->kind == ACTOR_PERSON && finding->role != NONE &&
            actor->code == NULL)
            describe_role(search, finding, actor);
    } else if (finding->sort == FOUND_ROLE) {
        const struct role *role = &search->knowledge->roles.items[finding->role];
        actor->name = finding->reason != NULL ? side_and_noun(search, finding)
                                              : written(search, finding->tokens);
        actor->kind = role->kind == ACTOR_PERSON && finding->plural ? ACTOR_UNNAMED : role->kind;
        describe_role(search, finding, actor);
    } else {
        describe_name(search, finding, actor);
    }
    if (actor->who == NULL)
        actor->who = who_by_type(actor->type);
}
