/* Who the victims of an event were, where a sentence of its own says so: "Four were killed. They
 * are Juan and Pedro.", "among the injured is Maria", "those kidnapped were Juan and Pedro", "the
 * victims included Maria", "the police identified the dead men as Juan and Pedro".
 *
 * Method: a form of "be" or "include" between a word for victims and a row of names, or "identify"
 * with both behind it, read off the words: parsers lose their way in such lists. The names join the
 * event that the word tells, or the one told last that left such victims; where none is told and
 * the word says what they suffered, they are a claim of their own. What leaves out: names told
 * before their event, and rows that say of whom they are nowhere ("Ivo Marek, 34, a driver"). */
#include "meaning/coding.h"

enum { WORDS_BEFORE = 6, VICTIMS_SENTENCES_BACK = 4 };

/* What those suffered whom the word means; "" for anything, NULL where it means no victims. */
static const char *suffered(const struct token *word)
{
    static const struct {
        enum word_list words;
        const char *what;
    } rows[] = {{WORDS_VICTIMS_CAPTURED, "captured"},
                {WORDS_VICTIMS_KILLED, "killed"},
                {WORDS_VICTIMS_OF_ANYTHING, ""},
                {WORDS_VICTIMS_WOUNDED, "wounded"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (token_in(word, rows[i].words))
            return rows[i].what;
    return NULL;
}

static bool is_assault(const struct making *making)
{
    return frame_is(making->frame, "ASSAULT") && !making->dropped;
}

static bool counts(const struct making *making, const char *what)
{
    for (uint32_t i = 0; i < making->frame->count_count && *what != '\0'; i++)
        if (strcmp(making->frame->counts[i].what, what) == 0)
            return true;
    return *what == '\0';
}

static bool suffers(const struct making *making, uint32_t actor)
{
    for (uint32_t i = 0; i < making->patients.count; i++)
        if (coding_actor(making->coding, making->patients.tokens[i]) == actor)
            return true;
    return false;
}

/* The event told last before `token` that left such victims; those of `pronoun`, where that is one.
 */
static struct making *told_last(struct coding *coding, uint32_t token, const char *what,
                                uint32_t pronoun)
{
    const struct token *tokens = coding->tree.tokens;
    for (uint32_t i = coding->makings.count; i-- > 0;) {
        struct making *making = &coding->makings.items[i];
        if (making->trigger >= token || !is_assault(making) || making->patients.count == 0 ||
            (making->frame->count_count == 0 && pronoun == NONE))
            continue;
        if (tokens[making->trigger].sentence + VICTIMS_SENTENCES_BACK < tokens[token].sentence)
            return NULL;
        if (pronoun != NONE ? suffers(making, coding_actor(coding, pronoun)) : counts(making, what))
            return making;
    }
    return NULL;
}

/* The word for victims that stands before the verb at `verb`, or behind "identified", or NONE. */
static uint32_t victims_beside(const struct coding *coding, uint32_t verb, struct token_range range)
{
    const struct token *tokens = coding->tree.tokens;
    for (uint32_t i = verb; i-- > range.first && i + WORDS_BEFORE >= verb;)
        if (suffered(&tokens[i]) != NULL)
            return i;
    if (!token_is(&tokens[verb], "identify"))
        return NONE;
    for (uint32_t i = verb + 1; i < range.end && i <= verb + WORDS_BEFORE; i++)
        if (suffered(&tokens[i]) != NULL || token_is(&tokens[i], "as"))
            return token_is(&tokens[i], "as") ? NONE : i;
    return NONE;
}

/* The event whose victims stand beside the verb at `verb`, or NULL. */
static struct making *event_before(struct coding *coding, uint32_t verb, struct token_range range)
{
    const struct token *tokens = coding->tree.tokens;
    uint32_t last = verb - 1;
    if (verb > range.first && (token_is(&tokens[last], "they") || token_is(&tokens[last], "them")))
        return coding_actor(coding, last) != NONE ? told_last(coding, verb, "", last) : NULL;
    uint32_t victims = victims_beside(coding, verb, range);
    if (victims == NONE)
        return NULL;
    uint32_t own = coding->making_at[victims];
    if (own != NONE && is_assault(&coding->makings.items[own]))
        return &coding->makings.items[own];
    return told_last(coding, victims, suffered(&tokens[victims]), NONE);
}

static void add_names(struct making *making, const struct participant_list *names)
{
    struct participant_list *patients = &making->patients;
    for (uint32_t i = 0; i < patients->count; i++)
        if (participant_is_nobody(making, patients->tokens[i]))
            list_drop(patients, i--);
    uint32_t noun = patients->count > 0 ? patients->tokens[0] : NONE;
    /* "The man who was killed was identified as Juan": the man has a name now. */
    if (patients->count == 1 && names->count == 1 &&
        (making->coding->tree.tokens[noun].features & WORD_SINGULAR) != 0 &&
        !suffers(making, coding_actor(making->coding, names->tokens[0])))
        patients->count = 0;
    for (uint32_t i = 0; i < names->count && patients->count < PARTICIPANTS; i++) {
        uint32_t actor = coding_actor(making->coding, names->tokens[i]);
        if (suffers(making, actor) || list_has(&making->agents, names->tokens[i]))
            continue;
        list_add(patients, names->tokens[i]);
        if (noun != NONE)
            patients->nouns[patients->count - 1] = noun;
    }
}

/* "ARE Juan and Pedro", "WERE identified as Juan": the first name behind the verb, or NULL. */
static const struct actor_mention *name_after(const struct coding *coding, uint32_t verb,
                                              uint32_t end)
{
    const struct token *tokens = coding->tree.tokens;
    uint32_t at = verb + 1;
    /* "Were 19-year-old Juan" */
    for (uint32_t i = at; i < end && i < at + 6 && tokens[i].upos != UPOS_PROPN; i++)
        if (token_is(&tokens[i], "old") && i > at + 1 && tokens[at].upos == UPOS_NUM)
            at = i + 1;
    /* "Identified the dead men AS Juan" */
    for (uint32_t i = at; token_is(&tokens[verb], "identify") && i < end; i++)
        if (token_is(&tokens[i], "as")) {
            at = i;
            break;
        }
    while (at < end && at < verb + (token_is(&tokens[verb], "identify") ? end : 4) &&
           (token_is(&tokens[at], "identify") || token_is(&tokens[at], "as") ||
            token_is(&tokens[at], "name") || token_is(&tokens[at], ":")))
        at++;
    at += at < end && tokens[at].upos == UPOS_DET ? 1 : 0;
    const struct actor_mention *name = names_titled(coding, at, end);
    bool owner =
        name != NULL && name->tokens.end < end && token_is(&tokens[name->tokens.end], "'s");
    return owner ? NULL : name;
}

/* "The other VICTIM, Juan, is recovering", "the INJURED man, Pedro, said": a name behind the comma,
 * closed by another, is who that is. */
static void victim_in_apposition(struct coding *coding, struct token_range range, uint32_t victim)
{
    const struct token *tokens = coding->tree.tokens;
    uint32_t comma = victim + 1;
    if (comma + 2 >= range.end || !token_is(&tokens[comma], ",") ||
        tokens[victim].upos != UPOS_NOUN || (tokens[victim].features & WORD_PLURAL) != 0)
        return;
    const struct actor_mention *name = names_titled(coding, comma + 1, range.end);
    bool closed =
        name != NULL && name->tokens.end < range.end &&
        (token_is(&tokens[name->tokens.end], ",") || token_is(&tokens[name->tokens.end], "."));
    struct making *making = closed ? told_last(coding, victim, "", NONE) : NULL;
    if (making == NULL || making->patients.count >= PARTICIPANTS ||
        suffers(making, coding_actor(coding, name->head)) || list_has(&making->agents, name->head))
        return;
    list_add(&making->patients, name->head);
}

/* A verb that may say who they were: "be", "include", "identified them as". */
static bool is_naming(const struct coding *coding, uint32_t verb)
{
    const struct token *word = &coding->tree.tokens[verb];
    return token_is(word, "be") || token_is(word, "include") ||
           (token_is(word, "identify") && !token_is(word - 1, "be"));
}

void victims_named(struct coding *coding)
{
    const struct document *document = coding->document;
    for (uint32_t i = 0; i < document->sentences.count; i++) {
        const struct token_range range = document->sentences.items[i].tokens;
        for (uint32_t verb = range.first + 1; verb < range.end; verb++) {
            if (token_is(&coding->tree.tokens[verb], "victim"))
                victim_in_apposition(coding, range, verb);
            if (!is_naming(coding, verb))
                continue;
            const struct actor_mention *name = name_after(coding, verb, range.end);
            struct making *making = name != NULL ? event_before(coding, verb, range) : NULL;
            if (making == NULL)
                continue;
            struct participant_list names = {0};
            names_in_row(coding, name, verb, &names);
            add_names(making, &names);
        }
    }
}

void victims_alone(struct coding *coding, uint32_t sentence)
{
    const struct token_range range = coding->document->sentences.items[sentence].tokens;
    for (uint32_t verb = range.first + 1; !coding->mishap && verb < range.end; verb++) {
        const struct actor_mention *name =
            is_naming(coding, verb) ? name_after(coding, verb, range.end) : NULL;
        uint32_t word = name != NULL ? victims_beside(coding, verb, range) : NONE;
        if (word == NONE || event_before(coding, verb, range) != NULL)
            continue;
        const char *what = suffered(&coding->tree.tokens[word]);
        struct making making = {.coding = coding,
                                .trigger = word,
                                .range = {word, word + 1},
                                .frame = *what != '\0' ? fates_row(coding, what) : NULL,
                                .joined = NONE,
                                .held = NONE,
                                .number = NONE,
                                .apart = true};
        if (making.frame == NULL || coding->making_at[word] != NONE || fates_none(coding, sentence))
            continue;
        names_in_row(coding, name, verb, &making.patients);
        claim_write(coding, &making);
        return;
    }
}
