/* The stage "actors": who is named or described in the report, one actor an entity with all of its
 * mentions.
 *
 * Method: names of the tables (actor_names.c), role nouns with their state or group
 * (actor_roles.c), persons and unknown names (actor_persons.c), then what describes the same is put
 * together and coded (actor_codes.c). Where the references stage has run, pronouns and phrases that
 * refer to an actor become mentions of it. Left out: groups that a report describes twice in
 * different words. */
#include "meaning/actor_codes.h"

#include "document/stage.h"

/* ------------------------------------------------------------------ what the search shares */

/* The token of a range that the others hang on. */
static uint32_t head_of(const struct document *document, struct token_range range)
{
    const struct token *tokens = document->tokens.items;
    uint32_t head = NONE;
    for (uint32_t i = range.first; i < range.end; i++) {
        bool inside =
            tokens[i].head != NONE && tokens[i].head >= range.first && tokens[i].head < range.end;
        if (inside || (tokens[i].flags & TOKEN_PUNCTUATION) != 0)
            continue;
        enum relation relation = relation_universal(tokens[i].relation);
        if (relation != REL_CASE && relation != REL_DET && relation != REL_PUNCT)
            return i;
        head = i;
    }
    return head != NONE ? head : range.end - 1;
}

struct finding *actor_search_add(struct actor_search *search, enum finding_sort sort,
                                 uint32_t first, uint32_t end)
{
    struct finding *finding = array_push(&search->findings);
    if (finding == NULL)
        return NULL;
    *finding = (struct finding){.sort = sort,
                                .core = {first, end},
                                .tokens = {first, end},
                                .entry = WORLD_NONE,
                                .role = NONE,
                                .nation = NONE,
                                .side = NONE,
                                .same = NONE,
                                .post = WORLD_NONE,
                                .owner = NONE};
    finding->head = head_of(search->document, finding->core);
    for (uint32_t i = first; i < end; i++)
        search->covered[i] = search->findings.count - 1;
    return finding;
}

static bool search_init(struct actor_search *search, const struct actor_knowledge *knowledge,
                        struct document *document, struct arena *scratch)
{
    uint32_t entries = knowledge->world.entry_count + 1;
    *search = (struct actor_search){.knowledge = knowledge,
                                    .document = document,
                                    .scratch = scratch,
                                    .context_state = WORLD_NONE};
    array_init(&search->findings, scratch);
    search->covered = arena_new_array(scratch, uint32_t, document->tokens.count + 1);
    search->letters = arena_new_array(scratch, enum letter_case, document->sentences.count + 1);
    search->discarded = arena_new_array(document->arena, bool, document->sentences.count + 1);
    search->support = arena_new_array(scratch, uint32_t, entries);
    search->country_support = arena_new_array(scratch, uint32_t, entries);
    document->discarded = search->discarded;
    for (uint32_t i = 0; search->covered != NULL && i <= document->tokens.count; i++)
        search->covered[i] = NONE;
    return !scratch->failed && search->discarded != NULL;
}

/* ------------------------------------------------------------------ actors out of findings */

/* What makes two findings the same actor. */
struct identity {
    enum finding_sort sort;
    uint32_t entry, role, nation, side;
    enum world_form form;
    bool plural, former, foreign;
    uint64_t name;
};

struct gathering {
    struct actor_search *search;
    struct document *document;
    ARRAY(struct identity) identities; /* [actors] */
    uint32_t *actor_of;                /* [findings]; actor, or NONE */
};

static uint32_t entry_of(const struct gathering *gathering, uint32_t finding)
{
    return finding == NONE ? WORLD_NONE : gathering->search->findings.items[finding].entry;
}

static uint64_t name_hash(const struct document *document, struct token_range range)
{
    uint64_t hash = 0;
    for (uint32_t i = range.first; i < range.end; i++)
        hash = hash * UINT64_C(31) + document->tokens.items[i].hash;
    return hash;
}

/* "Taliban fighters", "the insurgents" where they are theirs: one crowd, by whatever word. */
static bool is_crowd_of_party(const struct gathering *gathering, const struct finding *finding)
{
    const struct actor_search *search = gathering->search;
    const struct role *role = &search->knowledge->roles.items[finding->role];
    uint32_t side = entry_of(gathering, finding->side);
    return finding->plural && side != WORLD_NONE && role->party != NULL &&
           search->knowledge->world.entries[side].sort == WORLD_GROUP;
}

static struct identity identity_of(const struct gathering *gathering, uint32_t index)
{
    const struct finding *finding = &gathering->search->findings.items[index];
    struct identity identity = {.sort = finding->sort, .entry = finding->entry};
    identity.role = identity.nation = identity.side = NONE;
    if (finding->sort == FOUND_ROLE && finding->entry == WORLD_NONE) {
        identity.role = finding->role;
        identity.nation = entry_of(gathering, finding->nation);
        identity.side = entry_of(gathering, finding->side);
        if (is_crowd_of_party(gathering, finding))
            identity.role = NONE;
        identity.plural = finding->plural;
        identity.former = finding->former;
        identity.foreign = finding->foreign;
        identity.name = name_hash(gathering->document, finding->origin);
    } else if (finding->sort == FOUND_NAME) {
        identity.name = name_hash(gathering->document, finding->core);
    } else {
        /* A state by its name or adjective is one actor; its people and its capital are others. */
        enum world_sort sort = gathering->search->knowledge->world.entries[finding->entry].sort;
        identity.sort = FOUND_KNOWN;
        if (sort == WORLD_STATE &&
            (finding->form == FORM_CAPITAL || (finding->form == FORM_NATIONAL && finding->plural)))
            identity.form = finding->form;
    }
    return identity;
}

static bool is_same(const struct identity *a, const struct identity *b)
{
    return a->sort == b->sort && a->entry == b->entry && a->role == b->role &&
           a->nation == b->nation && a->side == b->side && a->form == b->form &&
           a->plural == b->plural && a->former == b->former && a->foreign == b->foreign &&
           a->name == b->name;
}

static uint32_t root_of(const struct gathering *gathering, uint32_t index)
{
    for (int steps = 0; steps < 4; steps++) {
        uint32_t same = gathering->search->findings.items[index].same;
        if (same == NONE)
            break;
        index = same;
    }
    return index;
}

static uint32_t actor_at(struct gathering *gathering, uint32_t index, int depth);

/* The actor that this one belongs to: its group or body, else its state. */
static uint32_t parent_of(struct gathering *gathering, uint32_t index, int depth)
{
    const struct finding *finding = &gathering->search->findings.items[index];
    uint32_t side = finding->side != NONE ? finding->side : finding->nation;
    if (side != NONE && side != index && depth < 3)
        return actor_at(gathering, side, depth + 1);
    if (finding->post == WORLD_NONE)
        return NONE;
    const struct world *world = &gathering->search->knowledge->world;
    uint32_t organisation = world->posts[finding->post].organisation;
    for (uint32_t i = 0; i < gathering->identities.count; i++)
        if (gathering->identities.items[i].sort == FOUND_KNOWN &&
            gathering->identities.items[i].entry == organisation &&
            gathering->identities.items[i].form == FORM_NAME)
            return i;
    return NONE;
}

static uint32_t actor_at(struct gathering *gathering, uint32_t index, int depth)
{
    index = root_of(gathering, index);
    if (gathering->actor_of[index] != NONE)
        return gathering->actor_of[index];
    struct identity identity = identity_of(gathering, index);
    for (uint32_t i = 0; i < gathering->identities.count; i++)
        if (is_same(&gathering->identities.items[i], &identity))
            return gathering->actor_of[index] = i;
    struct identity *kept = array_push(&gathering->identities);
    struct actor *actor = array_push(&gathering->document->actors);
    if (kept == NULL || actor == NULL)
        return NONE;
    *kept = identity;
    uint32_t made = gathering->document->actors.count - 1;
    gathering->actor_of[index] = made;
    struct actor described = {.parent = NONE};
    actor_codes_describe(gathering->search, index, &described);
    described.parent = parent_of(gathering, index, depth);
    if (described.parent == made)
        described.parent = NONE;
    gathering->document->actors.items[made] = described;
    return made;
}

/* An outlet belongs to the party that speaks by it, where the report speaks of that party too. */
static void find_voices(struct gathering *gathering)
{
    const struct world *world = &gathering->search->knowledge->world;
    for (uint32_t i = 0; i < gathering->identities.count; i++) {
        const struct identity *outlet = &gathering->identities.items[i];
        uint32_t voice =
            outlet->sort == FOUND_KNOWN ? world->entries[outlet->entry].voice : WORLD_NONE;
        for (uint32_t j = 0; voice != WORLD_NONE && j < gathering->identities.count; j++) {
            const struct identity *party = &gathering->identities.items[j];
            if (party->sort == FOUND_KNOWN && party->entry == voice && party->form == FORM_NAME)
                gathering->document->actors.items[i].parent = j;
        }
    }
}

static void add_mention(struct gathering *gathering, uint32_t actor, struct token_range range,
                        uint32_t head, const char *reason)
{
    struct actor_mention *mention = array_push(&gathering->document->actor_mentions);
    if (mention != NULL)
        *mention = (struct actor_mention){
            .span = document_span_of(gathering->document, range),
            .tokens = range,
            .head = head,
            .actor = actor,
            .reason = reason,
        };
}

/* Peoples and regions that only modify a noun ("Kurdish village") are no actor there. */
static bool is_mention(const struct gathering *gathering, const struct finding *finding)
{
    uint32_t sentence = gathering->document->tokens.items[finding->core.first].sentence;
    if (finding->sort == FOUND_NOTHING || finding->silent || gathering->search->discarded[sentence])
        return false;
    if (finding->sort != FOUND_KNOWN)
        return true;
    const struct world_entry *entry = &gathering->search->knowledge->world.entries[finding->entry];
    return entry->sort != WORLD_PEOPLE || !finding->modifier;
}

static void gather_findings(struct gathering *gathering)
{
    const struct actor_search *search = gathering->search;
    for (uint32_t i = 0; i < gathering->document->tokens.count; i++) {
        uint32_t index = search->covered[i];
        if (index == NONE || search->findings.items[index].core.first != i)
            continue;
        const struct finding *finding = &search->findings.items[index];
        if (!is_mention(gathering, finding))
            continue;
        uint32_t actor = actor_at(gathering, index, 0);
        struct token_range range = finding->tokens;
        uint32_t head = head_of(gathering->document, range);
        const struct token *tokens = gathering->document->tokens.items;
        /* "French and GERMAN officials": the adjective hangs on another outside. */
        if (tokens[head].relation == REL_CONJ) {
            if (finding->sort == FOUND_ROLE && finding->head < range.end && head < finding->head)
                head = finding->head;
            else if (tokens[head].upos == UPOS_ADJ && tokens[range.end - 1].upos == UPOS_NOUN)
                head = range.end - 1;
        }
        if (actor != NONE)
            add_mention(gathering, actor, range, head, finding->reason);
    }
}

/* ------------------------------------------------------------------ references */

/* The actor of each entity: of its first mention that is one with a name, else of any. */
static void gather_references(struct gathering *gathering)
{
    struct document *document = gathering->document;
    uint32_t own = document->actor_mentions.count;
    uint32_t *at =
        arena_new_array(gathering->search->scratch, uint32_t, document->tokens.count + 1);
    uint32_t *of =
        arena_new_array(gathering->search->scratch, uint32_t, document->entities.count + 1);
    if (at == NULL || of == NULL)
        return;
    for (uint32_t i = 0; i <= document->tokens.count; i++)
        at[i] = NONE;
    for (uint32_t i = 0; i < document->entities.count; i++)
        of[i] = NONE;
    for (uint32_t i = 0; i < own; i++)
        at[document->actor_mentions.items[i].head] = i;
    for (uint32_t i = 0; i < document->mentions.count; i++) {
        const struct mention *mention = &document->mentions.items[i];
        if (mention->entity >= document->entities.count || at[mention->head] == NONE)
            continue;
        uint32_t actor = document->actor_mentions.items[at[mention->head]].actor;
        uint32_t had = of[mention->entity];
        bool named = document->actors.items[actor].kind != ACTOR_UNNAMED &&
                     // NOLINTNEXTLINE(clang-analyzer-core.NullDereference)
                     gathering->identities.items[actor].sort != FOUND_ROLE;
        if (had == NONE || (named && gathering->identities.items[had].sort == FOUND_ROLE))
            of[mention->entity] = actor;
    }
    static const char *const persons[] = {"he", "she", "him", "his", "her", "himself", NULL};
    for (uint32_t i = 0; i < document->mentions.count; i++) {
        const struct mention *mention = &document->mentions.items[i];
        uint32_t actor = mention->entity < document->entities.count ? of[mention->entity] : NONE;
        if (actor == NONE)
            continue;
        uint32_t there = at[mention->head];
        /* "He" is no crowd and no country. */
        bool alone = mention->tokens.end == mention->tokens.first + 1 &&
                     token_form_is_one_of(&document->tokens.items[mention->head], persons);
        if (alone && document->actors.items[actor].kind != ACTOR_PERSON)
            continue;
        if (there == NONE) {
            add_mention(gathering, actor, mention->tokens, mention->head, NULL);
        } else {
            struct actor_mention *old = &document->actor_mentions.items[there];
            // NOLINTNEXTLINE(clang-analyzer-core.NullDereference)
            if (gathering->identities.items[old->actor].sort == FOUND_ROLE &&
                gathering->identities.items[actor].sort != FOUND_ROLE)
                old->actor = actor;
        }
    }
}

/* Mentions in text order, so that the output does not show how they were found. */
static void sort_mentions(struct gathering *gathering)
{
    struct actor_mention *items = gathering->document->actor_mentions.items;
    for (uint32_t i = 1; i < gathering->document->actor_mentions.count; i++) {
        struct actor_mention mention = items[i];
        uint32_t j = i;
        for (; j > 0 && items[j - 1].span.start > mention.span.start; j--)
            items[j] = items[j - 1];
        items[j] = mention;
    }
}

/* ------------------------------------------------------------------ the stage */

static annals_status actors_run(const void *state, struct document *document, struct arena *scratch,
                                annals_error *error)
{
    (void)error;
    struct actor_search search;
    if (!search_init(&search, state, document, scratch))
        return ANNALS_OK;
    actor_names_find(&search);
    actor_bodies_find(&search);
    actor_roles_find(&search);
    actor_persons_find(&search);
    actor_sides_find(&search);
    actor_codes_resolve(&search);
    struct gathering gathering = {.search = &search, .document = document};
    array_init(&gathering.identities, scratch);
    gathering.actor_of = arena_new_array(scratch, uint32_t, search.findings.count + 1);
    if (scratch->failed)
        return ANNALS_OK;
    for (uint32_t i = 0; i <= search.findings.count; i++)
        gathering.actor_of[i] = NONE;
    gather_findings(&gathering);
    find_voices(&gathering);
    if ((document->layers & HAS_MENTIONS) != 0 && !scratch->failed)
        gather_references(&gathering);
    if (!document->arena->failed)
        sort_mentions(&gathering);
    return ANNALS_OK;
}

static uint32_t count_files(const char *const *paths)
{
    uint32_t count = 0;
    while (paths != NULL && paths[count] != NULL)
        count++;
    return count;
}

/* The user's own actor files go into the world, their agent files before the role nouns. */
static annals_status read_knowledge(struct actor_knowledge *knowledge,
                                    const struct stage_setting *setting, const char *roles,
                                    annals_error *error)
{
    struct arena *arena = setting->arena;
    uint32_t actors = count_files(setting->actor_files), agents = count_files(setting->agent_files);
    struct coder_file *files = arena_new_array(arena, struct coder_file, actors + agents + 1);
    if (files == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    annals_status status = world_read(&knowledge->world, arena, setting->data, error);
    for (uint32_t i = 0; status == ANNALS_OK && i < actors; i++) {
        status = coder_actors_read(&files[i], arena, setting->actor_files[i], error);
        if (status == ANNALS_OK)
            status = world_add_own(&knowledge->world, &files[i], error);
    }
    for (uint32_t i = 0; status == ANNALS_OK && i < agents; i++)
        status = coder_agents_read(&files[actors + i], arena, setting->agent_files[i], error);
    return status != ANNALS_OK
               ? status
               : roles_read(&knowledge->roles, arena, roles, files + actors, agents, error);
}

static annals_status actors_open(const struct stage_setting *setting, void **state,
                                 annals_error *error)
{
    struct actor_knowledge *knowledge = arena_new(setting->arena, struct actor_knowledge);
    const char *roles = stage_path(setting, "dictionaries/en", "roles.tsv");
    const char *words = stage_path(setting, "dictionaries/en", "actor_words.tsv");
    if (knowledge == NULL || roles == NULL || words == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    *state = knowledge;
    annals_status status = actor_words_read(&knowledge->words, setting->arena, words, error);
    return status != ANNALS_OK ? status : read_knowledge(knowledge, setting, roles, error);
}

const struct stage stage_actors = {
    .name = "actors",
    .summary = "states, groups, organisations and persons, with country, type and code",
    .needs = HAS_TAGS | HAS_TREE,
    .gives = HAS_ACTORS,
    .open = actors_open,
    .run = actors_run,
};
