/* Role nouns in a document, and which state, group or body they belong to.
 *
 * Method: the longest role phrase at each token that is a noun by its tag; then what stands before
 * it within the noun phrase ("Pakistani", "the Taliban's", "army"), what stands behind "of", "from"
 * or "for", and behind "fighting with", "loyal to". Left out: sides that follow only from the
 * story. */
#include "meaning/actor_search.h"
#include "meaning/tree.h"

static bool may_be_noun(const struct token *token)
{
    return token->upos == UPOS_NOUN || token->upos == UPOS_PROPN || token->upos == UPOS_X ||
           token->upos == UPOS_NONE;
}

/* "chief of police": the noun before the preposition; "attorney general": that before the
 * adjective; else the last word. */
static uint32_t noun_of(const struct document *document, struct token_range range)
{
    static const char *const prepositions[] = {"of", "for", "in", "with", NULL};
    for (uint32_t i = range.first + 1; i < range.end; i++)
        if (token_form_is_one_of(&document->tokens.items[i], prepositions))
            return i - 1;
    const struct token *last = &document->tokens.items[range.end - 1];
    return last->upos == UPOS_ADJ && range.end - range.first > 1 ? range.end - 2 : range.end - 1;
}

/* "Lakeside Youth Committee": a common noun inside a longer name is no role. */
static bool is_inside_name(const struct actor_search *search, struct token_range range,
                           const struct role *role)
{
    static const char *const names[] = {"CVL", "EDU", "LAB", "AGR", "BUS", "PTY", "REL", NULL};
    const struct document *document = search->document;
    const struct token *tokens = document->tokens.items;
    uint32_t sentence = tokens[range.first].sentence;
    bool usual = false;
    for (size_t i = 0; names[i] != NULL; i++)
        usual |= strcmp(role->cameo, names[i]) == 0;
    if (!usual || search->letters[sentence] != CASE_MIXED ||
        document->sentences.items[sentence].heading ||
        (tokens[range.first].flags & TOKEN_CAPITALISED) == 0 || range.first == 0)
        return false;
    const struct token *before = &tokens[range.first - 1];
    return before->sentence == sentence && before->upos != UPOS_DET && before->upos != UPOS_ADP &&
           search->covered[range.first - 1] == NONE && (before->flags & TOKEN_CAPITALISED) != 0;
}

static bool is_armed(const struct role *role)
{
    return role->kind == ACTOR_PERSON && role->who != NULL && strcmp(role->who, "combatant") == 0;
}

/* "INSURGENT attacks": what fighters do, tagged as an adjective; not "the front's insurgent raids",
 * which are the front's. */
static bool is_attributive(const struct actor_search *search, uint32_t at, const struct role *role)
{
    const struct token *word = &search->document->tokens.items[at];
    return word->upos == UPOS_ADJ && word->relation == REL_AMOD && word->head == at + 1 &&
           is_armed(role) && role->party != NULL && (at == 0 || word[-1].upos != UPOS_PART) &&
           actor_words_has(&search->knowledge->words, &word[1], ACTOR_WORD_DEED);
}

static uint32_t find_role(struct actor_search *search, uint32_t at, uint32_t end)
{
    const struct roles *roles = &search->knowledge->roles;
    const struct document *document = search->document;
    uint32_t length, next, limit = at;
    while (limit < end && search->covered[limit] == NONE)
        limit++;
    uint32_t count = limit - at;
    while (count > 0) {
        uint32_t handle = phrases_find(&roles->phrases, &document->tokens.items[at].hash,
                                       sizeof(struct token), count, &length);
        if (handle == PHRASE_NONE)
            return 0;
        struct token_range range = {at, at + length};
        uint32_t noun = noun_of(document, range);
        const struct role_form *form = &roles->forms[phrases_value(&roles->phrases, handle, &next)];
        bool attributive = is_attributive(search, noun, &roles->items[form->role]);
        if ((may_be_noun(&document->tokens.items[noun]) || attributive) &&
            !is_inside_name(search, range, &roles->items[form->role])) {
            struct finding *finding = actor_search_add(search, FOUND_ROLE, at, at + length);
            if (finding == NULL)
                return 0;
            finding->role = form->role;
            finding->plural = form->plural;
            finding->head = noun;
            finding->modifier =
                attributive ||
                relation_universal(document->tokens.items[noun].relation) == REL_COMPOUND;
            /* "The REBEL attack": some rebels, as many as it took. */
            finding->plural |= finding->modifier && is_armed(&roles->items[form->role]);
            return length;
        }
        count = length - 1;
    }
    return 0;
}

/* `of` tells the state or the body that `role` belongs to. */
static void take(struct actor_search *search, struct finding *role, uint32_t of)
{
    struct finding *finding = &search->findings.items[of];
    if (finding->sort == FOUND_ROLE) {
        if (role->nation == NONE)
            role->nation = finding->nation;
        if (role->side == NONE)
            role->side = finding->side;
        return;
    }
    enum world_sort sort = search->knowledge->world.entries[finding->entry].sort;
    if (sort == WORLD_STATE || sort == WORLD_PEOPLE) {
        if (role->nation == NONE)
            role->nation = of;
    } else if (role->side == NONE) {
        role->side = of;
    }
}

static bool is_hyphen(const struct token *token)
{
    return (token->flags & TOKEN_HYPHEN) != 0 && token->span.end - token->span.start == 1 &&
           (token->flags & TOKEN_SPACE_BEFORE) == 0;
}

/* "Baton ROUGE police": the rest of a name whose first word is a modifier. */
static bool is_rest_of_name(const struct token *tokens, uint32_t at)
{
    uint32_t first = tokens[at].head;
    return tokens[at].relation == REL_FLAT && first != NONE && first < at &&
           relation_universal(tokens[first].relation) == REL_COMPOUND && tokens[first].head > at;
}

/* What stands before a role that ends before `end`; not "the REMAINING rebel-held towns". */
static bool belongs_before(const struct token *tokens, uint32_t at, uint32_t end)
{
    const struct token *token = &tokens[at];
    if (token->upos == UPOS_VERB && token->head != NONE && token->head >= end)
        return false;
    /* "VIOLENCE-affected people"; not "a 30-YEAR-old man". */
    bool joined = at + 2 < end && is_hyphen(&tokens[at + 1]) &&
                  (tokens[at + 2].flags & TOKEN_SPACE_BEFORE) == 0;
    bool word = token->upos == UPOS_NOUN || token->upos == UPOS_PROPN || token->upos == UPOS_ADJ;
    if (joined && word && (at == 0 || !is_hyphen(&tokens[at - 1])))
        return true;
    enum relation relation = relation_universal(token->relation);
    return token->upos == UPOS_ADJ || token->upos == UPOS_NUM ||
           (token->upos == UPOS_VERB && (relation == REL_AMOD || relation == REL_COMPOUND)) ||
           (token->upos == UPOS_ADV && token->head == at + 1 &&
            (tokens[at + 1].upos == UPOS_ADJ || tokens[at + 1].upos == UPOS_VERB)) ||
           ((token->upos == UPOS_NOUN || token->upos == UPOS_PROPN) &&
            (relation == REL_COMPOUND || relation == REL_AMOD || is_rest_of_name(tokens, at)));
}

/* Words that only say how many: no part of what somebody is called. */
static bool is_amount(const struct token *token)
{
    return token->upos == UPOS_NUM || token->upos == UPOS_ADV || token->upos == UPOS_PUNCT ||
           token_in(token, WORDS_AMOUNTS_BEFORE_A_ROLE);
}

static bool is_possessive(const struct token *token)
{
    return actor_word_is(token, "'s") || (actor_word_is(token, "'") && token->upos == UPOS_PART);
}

/* A role that stands before another is its modifier: "army officer", "rebel commander". */
static void absorb(struct finding *before)
{
    before->silent = true;
    before->modifier = true;
}

static bool is_press(const struct actor_search *search, const struct finding *role)
{
    const char *type = search->knowledge->roles.items[role->role].type;
    return type != NULL && strcmp(type, "media") == 0;
}

/* "National Front [NF] guerrillas": where the short name in brackets that ends before `at` begins,
 * with the bracket; `at` where none does. */
static uint32_t before_brackets(const struct actor_search *search, uint32_t at, uint32_t first)
{
    const struct token *tokens = search->document->tokens.items;
    if (at < first + 3 ||
        (!actor_word_is(&tokens[at - 1], ")") && !actor_word_is(&tokens[at - 1], "]")))
        return at;
    uint32_t covered = search->covered[at - 2];
    if (covered == NONE || search->findings.items[covered].sort != FOUND_KNOWN)
        return at;
    uint32_t open = search->findings.items[covered].core.first;
    bool opens = open > first &&
                 (actor_word_is(&tokens[open - 1], "(") || actor_word_is(&tokens[open - 1], "["));
    return opens ? open - 1 : at;
}

/* "ITS own two hundred troops": the pronoun before the noun phrase that begins at `at`; NONE of
 * others. */
static uint32_t owner_before(const struct token *tokens, uint32_t at, uint32_t first)
{
    static const char *const words[] = {"its", "their", "our", "his", "her", "my", NULL};
    while (at > first && (is_amount(&tokens[at - 1]) || tokens[at - 1].upos == UPOS_ADJ))
        at--;
    return at > first && tokens[at - 1].upos == UPOS_PRON &&
                   token_form_is_one_of(&tokens[at - 1], words)
               ? at - 1
               : NONE;
}

/* 'A "Shining Path" column': the marks end before `at`, around a known name alone. */
static bool quoted_name(const struct actor_search *search, uint32_t at, uint32_t first)
{
    const struct token *tokens = search->document->tokens.items;
    if (at < first + 3 || (tokens[at - 1].flags & TOKEN_PUNCTUATION) == 0 ||
        strchr("\"'", tokens[at - 1].folded[0]) == NULL)
        return false;
    uint32_t covered = search->covered[at - 2];
    if (covered == NONE || search->findings.items[covered].sort != FOUND_KNOWN)
        return false;
    uint32_t open = search->findings.items[covered].core.first;
    return open > first && tokens[open - 1].folded[0] == tokens[at - 1].folded[0];
}

/* "Took the guests HOSTAGE": whom the verb is done to, and as what; no hostage of the guests. */
static bool is_said_of_object(const struct token *tokens, uint32_t role, uint32_t before)
{
    return tokens[role].relation == REL_XCOMP && tokens[before].head == tokens[role].head &&
           (tokens[before].relation == REL_OBJ || tokens[before].relation == REL_IOBJ ||
            tokens[before].relation == REL_NSUBJ_PASS);
}

static void look_left(struct actor_search *search, uint32_t index)
{
    const struct actor_words *words = &search->knowledge->words;
    const struct token *tokens = search->document->tokens.items;
    struct finding *role = &search->findings.items[index];
    uint32_t first = search->document->sentences.items[tokens[role->head].sentence].tokens.first;
    uint32_t at = role->core.first, age = NONE;
    bool possessive = false, quoted = false;
    role->foreign = actor_words_has(words, &tokens[at], ACTOR_WORD_ABROAD);
    uint32_t short_name = before_brackets(search, at, first);
    if (short_name < at) {
        take(search, role, search->covered[at - 2]);
        at = short_name;
    }
    while (at > first) {
        uint32_t covered = search->covered[at - 1];
        const struct token *token = &tokens[at - 1];
        if (covered != NONE) {
            struct finding *finding = &search->findings.items[covered];
            if (finding->core.end != at || is_said_of_object(tokens, role->head, finding->head) ||
                (finding->sort == FOUND_ROLE && !possessive && finding->plural &&
                 finding->head + 1 != at))
                break;
            bool outlet = finding->sort == FOUND_KNOWN &&
                          search->knowledge->world.entries[finding->entry].outlet;
            if (outlet && (role->side != NONE || role->nation != NONE || !is_press(search, role)))
                break;
            if (!finding->inside_word)
                take(search, role, covered);
            if (finding->sort == FOUND_ROLE && !possessive)
                absorb(finding);
            finding->modifier = true;
            at = finding->sort == FOUND_ROLE ? finding->tokens.first : finding->core.first;
            at -= quoted && at > first && (tokens[at - 1].flags & TOKEN_PUNCTUATION) != 0 ? 1 : 0;
            quoted = false;
            role->definite |= possessive || finding->definite;
            possessive = false;
        } else if (possessive) {
            break;
        } else if (is_possessive(token)) {
            possessive = true;
            at--;
        } else if (quoted_name(search, at, first)) {
            quoted = true;
            at--;
        } else if (!role->modifier && tree_age_begins(tokens, at - 1) < at - 1) {
            at = age = tree_age_begins(tokens, at - 1); /* "a 15-YEAR-OLD boy" */
        } else if (is_hyphen(token) ||
                   (!role->modifier && belongs_before(tokens, at - 1, role->core.end))) {
            role->former |= actor_words_has(words, token, ACTOR_WORD_PAST);
            role->foreign |= actor_words_has(words, token, ACTOR_WORD_ABROAD);
            at--;
        } else {
            break;
        }
    }
    while (at < role->core.first && (possessive || (tokens[at].flags & TOKEN_PUNCTUATION) != 0)) {
        at++;
        possessive = false;
    }
    while (at < role->core.first && at != age && search->covered[at] == NONE &&
           is_amount(&tokens[at]))
        at++;
    role->tokens.first = at;
    role->definite |= at > first && actor_word_is(&tokens[at - 1], "the");
    role->owner = owner_before(tokens, at, first);
}

/* "Fighters allied WITH the front": the prepositions of a tie. */
static const char *const of_ties[] = {"with", "alongside", "to", "beside", NULL};

/* The role that the known name at `finding` is said of, behind a preposition; or NONE. */
static uint32_t role_before(const struct actor_search *search, const struct finding *finding,
                            uint32_t *preposition_token)
{
    static const char *const of[] = {"of", "from", "for", NULL};
    const struct token *tokens = search->document->tokens.items;
    uint32_t first = search->document->sentences.items[tokens[finding->head].sentence].tokens.first;
    uint32_t at = finding->core.first;
    while (at > first && (tokens[at - 1].upos == UPOS_DET || tokens[at - 1].upos == UPOS_ADJ))
        at--;
    if (at <= first + 1)
        return NONE;
    uint32_t preposition = at - 1, before = at - 2;
    *preposition_token = preposition;
    if (token_form_is_one_of(&tokens[preposition], of_ties)) {
        if (!token_in(&tokens[before], WORDS_TIES_TO_A_SIDE) || before == first)
            return NONE;
        uint32_t head = tokens[before].head;
        if (head != NONE && head < before && search->covered[head] != NONE)
            return search->covered[head];
        before--;
    } else if (!token_form_is_one_of(&tokens[preposition], of)) {
        return NONE;
    } else {
        uint32_t head = tokens[finding->head].head;
        if (head != NONE && head < preposition && search->covered[head] != NONE)
            return search->covered[head];
    }
    return search->covered[before];
}

static void look_right(struct actor_search *search)
{
    for (uint32_t i = 0; i < search->findings.count; i++) {
        struct finding *finding = &search->findings.items[i];
        if (finding->sort != FOUND_KNOWN || finding->modifier)
            continue;
        uint32_t preposition = 0;
        uint32_t index = role_before(search, finding, &preposition);
        if (index == NONE || search->findings.items[index].sort != FOUND_ROLE)
            continue;
        struct finding *role = &search->findings.items[index];
        const struct token *before = &search->document->tokens.items[preposition];
        enum world_sort sort = search->knowledge->world.entries[finding->entry].sort;
        /* Who is allied with a state does not belong to it. */
        if (sort == WORLD_STATE && token_form_is_one_of(before, of_ties))
            continue;
        bool is_for = actor_word_is(before, "for");
        if (is_for && !search->knowledge->roles.items[role->role].speaks)
            continue;
        take(search, role, i);
        if (role->tokens.end < finding->core.end)
            role->tokens.end = finding->core.end;
        role->definite = true;
    }
}

/* The mention whose head is `token`, or NULL. */
static const struct mention *mention_at(const struct document *document, uint32_t token)
{
    uint32_t low = 0, high = document->mentions.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (document->mentions.items[middle].tokens.first < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low < document->mentions.count && document->mentions.items[low].head == token
               ? &document->mentions.items[low]
               : NULL;
}

static bool is_unarmed(const struct role *role)
{
    static const char *const unarmed[] = {"civilian", "family", "child", "prisoner", NULL};
    for (size_t i = 0; role->who != NULL && unarmed[i] != NULL; i++)
        if (strcmp(role->who, unarmed[i]) == 0)
            return true;
    return false;
}

static bool is_force(const struct role *role)
{
    return strcmp(role->cameo, "MIL") == 0 || strcmp(role->cameo, "REB") == 0;
}

/* "The front said ITS troops": those of the front, not of the state that the report is about. Of an
 * owner whom nobody knows, nothing is known. */
static void find_owner(struct actor_search *search, struct finding *role)
{
    const struct document *document = search->document;
    const struct mention *pronoun = mention_at(document, role->owner);
    /* "Accused ITS neighbour": another, not one of its own. */
    if (actor_words_has(&search->knowledge->words, &document->tokens.items[role->head],
                        ACTOR_WORD_OPPOSITE)) {
        role->foreign = true;
        return;
    }
    bool unarmed = is_unarmed(&search->knowledge->roles.items[role->role]);
    for (uint32_t i = 0; pronoun != NULL && i < document->mentions.count; i++) {
        const struct mention *mention = &document->mentions.items[i];
        uint32_t owner = search->covered[mention->head];
        if (mention->entity != pronoun->entity || owner == NONE)
            continue;
        const struct finding *finding = &search->findings.items[owner];
        if (finding == role || finding->owner != NONE)
            continue;
        if (finding->sort == FOUND_KNOWN) {
            enum world_sort sort = search->knowledge->world.entries[finding->entry].sort;
            /* "Their wives" are no fighters. */
            if (!unarmed || sort == WORLD_STATE || sort == WORLD_PEOPLE)
                take(search, role, owner);
        } else if (!unarmed || finding->side == NONE) {
            role->nation = role->nation == NONE ? finding->nation : role->nation;
            role->side = role->side == NONE && !unarmed ? finding->side : role->side;
        }
        if (role->side != NONE || role->nation != NONE)
            return;
    }
    role->foreign |= is_force(&search->knowledge->roles.items[role->role]);
}

static void look_at_owners(struct actor_search *search)
{
    for (uint32_t i = 0; i < search->findings.count; i++) {
        struct finding *finding = &search->findings.items[i];
        if (finding->sort == FOUND_ROLE && finding->owner != NONE && finding->nation == NONE &&
            finding->side == NONE)
            find_owner(search, finding);
    }
}

/* "OUR forces": somebody's, whoever that is. */
static bool is_owned_force(const struct actor_search *search, const struct finding *finding)
{
    return finding->owner != NONE && finding->plural &&
           strcmp(search->knowledge->roles.items[finding->role].cameo, "MIL") == 0;
}

/* "Forces LOYAL to the president": fighters, of the state or not. */
static bool is_force_of_somebody(const struct actor_search *search, const struct finding *finding)
{
    return finding->plural && finding->core.end < search->document->tokens.count &&
           strcmp(search->knowledge->roles.items[finding->role].cameo, "MIL") == 0 &&
           token_in(&search->document->tokens.items[finding->core.end], WORDS_TELLS_WHOSE_FORCES);
}

static void drop_bare(struct actor_search *search)
{
    for (uint32_t i = 0; i < search->findings.count; i++) {
        struct finding *finding = &search->findings.items[i];
        if (finding->sort != FOUND_ROLE || !search->knowledge->roles.items[finding->role].context ||
            finding->nation != NONE || finding->side != NONE || is_owned_force(search, finding))
            continue;
        if (is_force_of_somebody(search, finding)) {
            finding->foreign = true;
            continue;
        }
        const struct token *next = &search->document->tokens.items[finding->core.end];
        bool before_name = finding->core.end < search->document->tokens.count &&
                           next->upos == UPOS_PROPN && !finding->plural;
        finding->pending = true; /* a name may follow: actor_persons.c */
        finding->silent |= !before_name;
    }
}

void actor_roles_find(struct actor_search *search)
{
    const struct document *document = search->document;
    for (uint32_t i = 0; i < document->sentences.count; i++) {
        struct token_range range = document->sentences.items[i].tokens;
        uint32_t from = search->findings.count;
        for (uint32_t at = range.first; at < range.end;) {
            uint32_t length = find_role(search, at, range.end);
            at += length > 0 ? length : 1;
        }
        for (uint32_t j = from; j < search->findings.count; j++)
            look_left(search, j);
    }
    look_right(search);
    look_at_owners(search);
    drop_bare(search);
}
