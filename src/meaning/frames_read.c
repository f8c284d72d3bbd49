/* Reads dictionaries/en/events.tsv into frames. Everything that is wrong is named with its line:
 * nothing is skipped in silence. */
#include "bytes/hash.h"
#include "bytes/utf8.h"
#include "dictionary/table.h"
#include "meaning/frame_condition.h"

#include <string.h>

enum { CONDITIONS = 8, WORDS = 96 };

struct reading {
    const struct table *table;
    const struct inflections *inflections;
    uint32_t row;
    struct arena *arena;
    annals_error *error;
};

static annals_status wrong(const struct reading *reading, const char *what, const char *text,
                           size_t length)
{
    return table_fail(reading->table, reading->row, reading->error, "%s \"%.*s\"", what,
                      (int)length, text);
}

static bool is(const char *text, size_t length, const char *word)
{
    return strlen(word) == length && memcmp(text, word, length) == 0;
}

static void read_step(const char *text, size_t length, struct frame_slot *slot)
{
    static const struct {
        const char *name;
        enum argument_place place;
    } names[] = {
        {"subj", ARGUMENT_SUBJECT},      {"obj", ARGUMENT_OBJECT},       {"iobj", ARGUMENT_INDIRECT},
        {"poss", ARGUMENT_POSSESSOR},    {"mod", ARGUMENT_MODIFIER},     {"comp", ARGUMENT_COMPLEMENT},
        {"particle", ARGUMENT_PARTICLE}, {"aux", ARGUMENT_AUXILIARY},    {"adv", ARGUMENT_ADVERB},
        {"det", ARGUMENT_DETERMINER},    {"case", ARGUMENT_CASE},
    };
    uint32_t step = slot->step_count++;
    slot->steps[step].place = ARGUMENT_PREPOSITION;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (is(text, length, names[i].name)) {
            slot->steps[step].place = names[i].place;
            return;
        }
    }
    slot->steps[step].preposition = hash_bytes(text, length);
}

/* "obj", "on", "obj/on"; false where it is empty or has too many steps. */
static bool read_slot(const char *text, size_t length, struct frame_slot *slot)
{
    *slot = (struct frame_slot){0};
    const char *end = text + length;
    while (text < end) {
        const char *slash = memchr(text, '/', (size_t)(end - text));
        size_t part = (size_t)((slash != NULL ? slash : end) - text);
        if (part == 0 || slot->step_count == FRAME_STEPS)
            return false;
        read_step(text, part, slot);
        text += part + (slash != NULL);
    }
    return slot->step_count > 0;
}

static uint32_t kind_of(const char *text, size_t length)
{
    static const struct {
        const char *name;
        uint32_t kind;
    } names[] = {
        {"person", KIND_PERSON},     {"organisation", KIND_ORGANISATION},
        {"armed", KIND_ARMED},       {"place", KIND_PLACE},
        {"facility", KIND_FACILITY}, {"vehicle", KIND_VEHICLE},
        {"weapon", KIND_WEAPON},     {"actor", KIND_ACTOR},
        {"counted", KIND_COUNTED},   {"number", KIND_NUMBER},     {"event", KIND_EVENT},
        {"police", KIND_POLICE},     {"protester", KIND_PROTESTER},
        {"civilian", KIND_CIVILIAN}, {"government", KIND_GOVERNMENT},
        {"explosive", KIND_EXPLOSIVE}, {"shell", KIND_SHELL},
        {"aircraft", KIND_AIRCRAFT}, {"firearm", KIND_FIREARM},
        {"chemical", KIND_CHEMICAL}, {"state-force", KIND_STATE_FORCE},
        {"rebel", KIND_REBEL},       {"infinitive", KIND_INFINITIVE},
        {"that", KIND_THAT_CLAUSE},  {"candidate", KIND_CANDIDATE},
        {"official", KIND_OFFICIAL},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (is(text, length, names[i].name))
            return names[i].kind;
    return 0;
}

/* Words after "=" up to a blank, ":" or the end; `*at` moves on. */
static annals_status read_words(const struct reading *reading, const char **at,
                                struct frame_condition *condition)
{
    uint64_t *words = arena_new_array(reading->arena, uint64_t, WORDS);
    if (words == NULL)
        return error_set(reading->error, ANNALS_NO_MEMORY, "out of memory");
    while (**at != '\0' && **at != ' ' && **at != ':') {
        size_t length = strcspn(*at, "|: ");
        if (length == 0 || memchr(*at, ',', length) != NULL || memchr(*at, '=', length) != NULL || condition->word_count == WORDS)
            return wrong(reading, "an empty or too long list of words at", *at, strlen(*at));
        words[condition->word_count++] = hash_bytes(*at, length);
        *at += length;
        *at += **at == '|';
    }
    condition->words = words;
    return ANNALS_OK;
}

/* The slots of a condition, separated by commas; `*at` moves on. */
static annals_status read_places(const struct reading *reading, const char **at,
                                 struct frame_condition *condition)
{
    for (;;) {
        size_t length = strcspn(*at, " =:,");
        if (condition->slots.count == FRAME_SLOTS ||
            !read_slot(*at, length, &condition->slots.items[condition->slots.count++]))
            return wrong(reading, "a condition without a slot, or with too many at", *at,
                         strlen(*at));
        *at += length;
        if (**at != ',')
            return ANNALS_OK;
        (*at)++;
    }
}

static annals_status read_condition(const struct reading *reading, const char **at,
                                    struct frame_condition *condition)
{
    condition->negated = **at == '!';
    *at += condition->negated;
    size_t length = strcspn(*at, " =:,");
    condition->passive = is(*at, length, "passive");
    annals_status status = read_places(reading, at, condition);
    if (status == ANNALS_OK && **at == '=') {
        (*at)++;
        status = read_words(reading, at, condition);
    }
    if (status == ANNALS_OK && **at == ':') {
        do {
            (*at)++;
            length = strcspn(*at, "| ");
            uint32_t kind = kind_of(*at, length);
            if (kind == 0)
                return wrong(reading, "no such kind:", *at, length);
            condition->kinds |= kind;
            *at += length;
        } while (**at == '|');
    }
    return status;
}

static uint32_t weight_of(const struct frame_condition *condition)
{
    if (condition->negated)
        return 1;
    uint32_t weight = condition->word_count > 0 || condition->kinds != 0 ? 0 : 3;
    weight += condition->word_count > 0 ? 6 : 0;
    return weight + (condition->kinds != 0 ? 5 : 0);
}

static annals_status read_need(const struct reading *reading, const char *text, struct frame *frame)
{
    frame->conditions = arena_new_array(reading->arena, struct frame_condition, CONDITIONS);
    bool excepted = false;
    if (frame->conditions == NULL)
        return error_set(reading->error, ANNALS_NO_MEMORY, "out of memory");
    for (;;) {
        text += strspn(text, " ");
        if (*text == '\0')
            return ANNALS_OK;
        if (frame->condition_count == CONDITIONS)
            return wrong(reading, "more than eight conditions at", text, strlen(text));
        annals_status status =
            read_condition(reading, &text, &frame->conditions[frame->condition_count++]);
        if (status != ANNALS_OK)
            return status;
        /* However many there are, exceptions make a meaning no more special. */
        const struct frame_condition *last = &frame->conditions[frame->condition_count - 1];
        frame->weight += last->negated && excepted ? 0 : weight_of(last);
        excepted |= last->negated;
    }
}

static annals_status read_slots(const struct reading *reading, const char *text,
                                const char *otherwise, struct frame_slots *slots)
{
    if (*text == '\0')
        text = otherwise;
    if (strcmp(text, "-") == 0)
        return ANNALS_OK;
    bool joined = false;
    while (*text != '\0') {
        size_t length = strcspn(text, "|+");
        if (is(text, length, "-"))
            return ANNALS_OK;
        if (slots->count == FRAME_SLOTS || !read_slot(text, length, &slots->items[slots->count]))
            return wrong(reading, "an empty slot or too many at", text, strlen(text));
        slots->items[slots->count++].joined = joined;
        text += length;
        joined = *text == '+';
        text += *text != '\0';
    }
    return ANNALS_OK;
}

/* "The killing of two teachers by gunmen": parsers hang "by" on either noun. */
static void widen_agent(struct frame_slots *slots)
{
    static const char *const before[] = {"of", "on", "against"};
    uint64_t by = hash_bytes("by", 2);
    for (uint32_t i = 0; i < slots->count; i++) {
        if (slots->items[i].step_count != 1 || slots->items[i].steps[0].preposition != by)
            continue;
        for (size_t j = 0; j < 3 && slots->count < FRAME_SLOTS; j++) {
            struct frame_slot *slot = &slots->items[slots->count++];
            *slot = (struct frame_slot){.step_count = 2};
            slot->steps[0].place = slot->steps[1].place = ARGUMENT_PREPOSITION;
            slot->steps[0].preposition = hash_bytes(before[j], strlen(before[j]));
            slot->steps[1].preposition = by;
        }
        return;
    }
}

static enum frame_role role_of(const char *text, size_t length, struct frame_slot *slot)
{
    if (is(text, length, "agent"))
        return ROLE_AGENT;
    if (is(text, length, "patient"))
        return ROLE_PATIENT;
    if (length == 0 || is(text, length, "-"))
        return ROLE_NONE;
    return read_slot(text, length, slot) ? ROLE_SLOT : ROLE_NONE;
}

static annals_status read_counts(const struct reading *reading, const char *text,
                                 struct frame *frame)
{
    const char *item;
    size_t length;
    while (table_next_item(&text, &item, &length)) {
        const char *colon = memchr(item, ':', length);
        if (colon == NULL || frame->count_count == FRAME_COUNTS)
            return wrong(reading, "not what:slot, or too many:", item, length);
        struct frame_count *count = &frame->counts[frame->count_count++];
        count->what = arena_copy(reading->arena, item, (size_t)(colon - item));
        count->role = role_of(colon + 1, length - (size_t)(colon + 1 - item), &count->slot);
    }
    return ANNALS_OK;
}

/* "agent", "patient", "-", or slots separated by "|". */
static annals_status read_roles(const struct reading *reading, const char *text, size_t length,
                                enum frame_role *role, struct frame_slots *slots)
{
    *role = ROLE_NONE;
    for (const char *end = text + length; text < end;) {
        const char *bar = memchr(text, '|', (size_t)(end - text));
        size_t part = (size_t)((bar != NULL ? bar : end) - text);
        if (slots->count == FRAME_SLOTS)
            return wrong(reading, "too many slots at", text, part);
        *role = role_of(text, part, &slots->items[slots->count]);
        slots->count += *role == ROLE_SLOT;
        text += part + (bar != NULL);
    }
    return ANNALS_OK;
}

static annals_status read_control(const struct reading *reading, const char *text,
                                  struct frame *frame)
{
    if (*text == '\0')
        return ANNALS_OK;
    size_t change = strcspn(text, ":");
    for (int i = CONTROL_TAKES; i <= CONTROL_SHARES; i++)
        if (is(text, change, control_change_name((enum control_change)i)))
            frame->control = (enum control_change)i;
    const char *holder = text + change + 1;
    const char *at = text[change] == ':' ? strchr(holder, '@') : NULL;
    if (frame->control == CONTROL_NONE || at == NULL)
        return wrong(reading, "not change:holder@place:", text, strlen(text));
    annals_status status = read_roles(reading, holder, (size_t)(at - holder), &frame->holder,
                                      &frame->holder_slots);
    if (status == ANNALS_OK)
        status = read_roles(reading, at + 1, strlen(at + 1), &frame->place, &frame->place_slots);
    if (status != ANNALS_OK)
        return status;
    return ANNALS_OK;
}

/* A type of PLOVER with the digits of a CAMEO code; "-" where the words are no event. */
static annals_status read_type(const struct reading *reading, struct frame *frame)
{
    static const char *const types[] = {
        "AGREE",   "CONSULT", "SUPPORT", "COOPERATE", "AID",     "CONCEDE",  "RETREAT",  "REQUEST",
        "ACCUSE",  "REJECT",  "THREATEN", "PROTEST",  "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"};
    const char *plover = table_cell(reading->table, reading->row, "plover");
    const char *cameo = table_cell(reading->table, reading->row, "cameo");
    bool nothing = strcmp(plover, "-") == 0, known = nothing;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        known |= strcmp(plover, types[i]) == 0;
    if (!known)
        return wrong(reading, "no such type of PLOVER:", plover, strlen(plover));
    size_t digits = strspn(cameo, "0123456789");
    if (!nothing && (digits < 2 || digits > 4 || cameo[digits] != '\0'))
        return wrong(reading, "no code of CAMEO:", cameo, strlen(cameo));
    frame->plover = plover;
    frame->cameo = *cameo != '\0' ? cameo : NULL;
    return ANNALS_OK;
}

static annals_status read_codes(const struct reading *reading, struct frame *frame)
{
    const struct table *table = reading->table;
    const char *acled = table_cell(table, reading->row, "acled");
    const char *mode = table_cell(table, reading->row, "mode");
    const char *status = table_cell(table, reading->row, "status");
    frame->id = table_cell(table, reading->row, "id");
    frame->mode = *mode != '\0' && strcmp(mode, "-") != 0 ? mode : NULL;
    frame->example = table_cell(table, reading->row, "example");
    frame->expect = table_cell(table, reading->row, "expect");
    frame->drops_below = strcmp(table_cell(table, reading->row, "below"), "drop") == 0;
    frame->implies_police =
        strcmp(table_cell(table, reading->row, "implies"), "police") == 0;
    frame->both_sides = strcmp(table_cell(table, reading->row, "sides"), "both") == 0;
    frame->acled_by_actor = strcmp(acled, "by-actor") == 0;
    if (*acled != '\0' && !frame->acled_by_actor) {
        /* "Explosions/Remote violence" holds a slash itself. */
        const char *inner = strstr(acled, "violence/");
        const char *slash = inner != NULL ? inner + 8 : strchr(acled, '/');
        if (slash == NULL)
            return wrong(reading, "not Type/Sub-type:", acled, strlen(acled));
        frame->acled_type = arena_copy(reading->arena, acled, (size_t)(slash - acled));
        frame->acled_detail = slash + 1;
    }
    frame->status = -1;
    for (int i = STATUS_ASSERTED; i <= STATUS_DISPUTED; i++)
        if (strcmp(status, claim_status_name((enum claim_status)i)) == 0)
            frame->status = i;
    if (frame->status < 0 && *status != '\0')
        return wrong(reading, "no such status:", status, strlen(status));
    return read_type(reading, frame);
}

static annals_status read_class(const struct reading *reading, struct frame *frame)
{
    static const char *const names[] = {"verb", "noun", "adj"};
    const char *class = table_cell(reading->table, reading->row, "class");
    for (int i = 0; i < FRAME_CLASS_COUNT; i++) {
        if (strcmp(class, names[i]) == 0) {
            frame->class = (enum frame_class)i;
            return ANNALS_OK;
        }
    }
    return wrong(reading, "no such class:", class, strlen(class));
}

static bool add_forms(const struct reading *reading, struct frames *frames, const char *word,
                      size_t length)
{
    enum frame_class class = frames->items[reading->row].class;
    struct phrases *forms = &frames->forms[class];
    if (class == FRAME_VERB)
        return inflections_add_verb(reading->inflections, forms, word, length, reading->row);
    return class != FRAME_NOUN || inflections_add_noun(forms, word, length, reading->row);
}

static annals_status read_frame(const struct reading *reading, struct frames *frames)
{
    static const char *const agents[] = {"subj", "by|poss|subj|mod", "subj"};
    static const char *const patients[] = {"obj", "of|on|against|obj", "-"};
    const struct table *table = reading->table;
    uint32_t row = reading->row;
    struct frame *frame = &frames->items[row];
    annals_status status = read_codes(reading, frame);
    if (status == ANNALS_OK)
        status = read_class(reading, frame);
    if (status == ANNALS_OK)
        status = read_need(reading, table_cell(table, row, "need"), frame);
    if (status == ANNALS_OK)
        status = read_slots(reading, table_cell(table, row, "agent"), agents[frame->class],
                            &frame->agent);
    if (status == ANNALS_OK && frame->class == FRAME_NOUN)
        widen_agent(&frame->agent);
    if (status == ANNALS_OK)
        status = read_slots(reading, table_cell(table, row, "patient"), patients[frame->class],
                            &frame->patient);
    if (status == ANNALS_OK)
        status = read_slots(reading, table_cell(table, row, "instrument"), "-", &frame->instrument);
    if (status == ANNALS_OK)
        status = read_counts(reading, table_cell(table, row, "count"), frame);
    if (status == ANNALS_OK)
        status = read_control(reading, table_cell(table, row, "control"), frame);
    const char *at = table_cell(table, row, "words"), *word;
    size_t length;
    while (status == ANNALS_OK && table_next_item(&at, &word, &length))
        if (!phrases_add(&frames->words[frame->class], word, length, row) ||
            !add_forms(reading, frames, word, length))
            status = error_set(reading->error, ANNALS_NO_MEMORY, "out of memory");
    return status;
}

annals_status frames_read(struct frames *frames, const struct inflections *inflections,
                          struct arena *arena, const char *path, annals_error *error)
{
    static const char *const columns[] = {"id",         "words", "class",   "need",   "plover",
                                          "mode",       "cameo", "acled",   "agent",  "patient",
                                          "instrument", "implies", "count", "control", "below", "sides",
                                          "status",     "example", "expect", NULL};
    struct table table;
    annals_status status = table_read_columns(&table, arena, path, columns, error);
    if (status != ANNALS_OK)
        return status;
    *frames = (struct frames){.count = table.row_count};
    for (int i = 0; i < FRAME_CLASS_COUNT; i++) {
        phrases_init(&frames->words[i], arena);
        phrases_init(&frames->forms[i], arena);
    }
    frames->items = arena_new_array(arena, struct frame, table.row_count);
    if (frames->items == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    struct reading reading = {
        .table = &table, .inflections = inflections, .arena = arena, .error = error};
    for (; reading.row < table.row_count && status == ANNALS_OK; reading.row++)
        status = read_frame(&reading, frames);
    return status;
}
