/* Persons and other proper names: with titles, in apposition, later by surname alone.
 *
 * Method: runs of proper nouns that no table and no place has; a role right before a name is its
 * title, one between commas after it an apposition. A surname alone is the person last named with
 * it. Left out: first names alone. */
#include "meaning/actor_search.h"

/* Nobody else's word, and written as a name is. */
static bool may_be_name(const struct actor_search *search, uint32_t at)
{
    const struct token *token = &search->document->tokens.items[at];
    return search->covered[at] == NONE &&
           (token->flags & (TOKEN_PUNCTUATION | TOKEN_NUMBER)) == 0 &&
           (search->letters[token->sentence] != CASE_MIXED ||
            (token->flags & (TOKEN_CAPITALISED | TOKEN_ALL_CAPITALS)) != 0);
}

static bool is_proper(const struct actor_search *search, uint32_t at)
{
    return search->document->tokens.items[at].upos == UPOS_PROPN && may_be_name(search, at);
}

static bool is_inner(const struct token *token)
{
    return token_in(token, WORDS_PARTICLES_OF_NAMES) || (token->flags & TOKEN_HYPHEN) != 0;
}

/* Whatever its tag, a word that the tree calls a further part of the name. */
static bool is_further(const struct actor_search *search, uint32_t first, uint32_t at)
{
    const struct token *token = &search->document->tokens.items[at];
    return at > first && token->relation == REL_FLAT && token->head >= first && token->head < at &&
           may_be_name(search, at);
}

/* End of the run of proper nouns at `first`. */
static uint32_t run_end(const struct actor_search *search, uint32_t first, uint32_t limit)
{
    const struct token *tokens = search->document->tokens.items;
    uint32_t end = first;
    for (uint32_t at = first; at < limit; at++) {
        if (is_proper(search, at) || is_further(search, first, at))
            end = at + 1;
        else if (at == first || !is_inner(&tokens[at]) || at > end + 1)
            break;
    }
    return end;
}

static bool is_place(const struct actor_search *search, struct token_range range)
{
    const struct document *document = search->document;
    for (uint32_t i = 0; i < document->places.count; i++) {
        struct token_range place = document->places.items[i].tokens;
        if (place.first < range.end && range.first < place.end)
            return true;
    }
    return false;
}

/* The name of the language stage that begins at a token, or NULL. */
static const struct name *name_at(const struct document *document, uint32_t token)
{
    const struct name *name = document_name_around(document, token);
    return name != NULL && name->tokens.first == token ? name : NULL;
}

/* "JUDICIAL Watch", "Grady MEMORIAL", "DREW Ivers": what the tagger does not call a name is of the
 * name that the names stage sees, as far as nobody else is in it. */
static struct token_range whole_run(const struct actor_search *search, struct token_range run)
{
    const struct token *tokens = search->document->tokens.items;
    if (search->letters[tokens[run.first].sentence] != CASE_MIXED)
        return run;
    const struct name *first = document_name_around(search->document, run.first);
    while (first != NULL && run.first > first->tokens.first &&
           search->covered[run.first - 1] == NONE &&
           (tokens[run.first - 1].flags & TOKEN_CAPITALISED) != 0)
        run.first--;
    const struct name *last = document_name_around(search->document, run.end - 1);
    while (last != NULL && run.end < last->tokens.end && search->covered[run.end] == NONE &&
           (tokens[run.end].flags & TOKEN_CAPITALISED) != 0)
        run.end++;
    return run;
}

static bool is_person(const struct actor_search *search, const struct finding *finding)
{
    return finding->sort == FOUND_NAME ||
           (finding->sort == FOUND_KNOWN &&
            search->knowledge->world.entries[finding->entry].sort == WORLD_PERSON);
}

static void add_name(struct actor_search *search, uint32_t first, uint32_t end)
{
    uint32_t with_title = first;
    while (first < end && token_in(&search->document->tokens.items[first], WORDS_HONORIFICS))
        first++;
    struct finding *finding = first < end ? actor_search_add(search, FOUND_NAME, first, end) : NULL;
    if (finding != NULL)
        finding->tokens.first = with_title;
}

/* "Panjshir Valley", "Bangi Bridge": names of places, whether a gazetteer has them or not. */
static bool is_geographic(const struct actor_search *search, struct token_range range)
{
    for (uint32_t i = range.first; i < range.end; i++)
        if (token_in(&search->document->tokens.items[i], WORDS_NAMES_OF_PLACES_AND_EVENTS))
            return true;
    return false;
}

/* Party names and the like are no titles: "Socialist Equality Party". */
static bool is_title(const struct actor_search *search, uint32_t index)
{
    static const char *const none[] = {"PTY", "OPP", "", NULL};
    const struct finding *finding = &search->findings.items[index];
    if (finding->sort != FOUND_ROLE || finding->plural)
        return false;
    const struct role *role = &search->knowledge->roles.items[finding->role];
    for (size_t i = 0; none[i] != NULL; i++)
        if (strcmp(role->cameo, none[i]) == 0 && role->post[0] == '\0' && !role->speaks)
            return false;
    return role->kind == ACTOR_PERSON;
}

/* "The MAREK family": their name, and nobody's beside them. */
static bool is_of_family(const struct actor_search *search, uint32_t end)
{
    const struct token *tokens = search->document->tokens.items;
    uint32_t behind = end < search->document->tokens.count ? search->covered[end] : NONE;
    if (behind == NONE || search->findings.items[behind].sort != FOUND_ROLE)
        return false;
    const struct finding *role = &search->findings.items[behind];
    const char *who = search->knowledge->roles.items[role->role].who;
    return who != NULL && strcmp(who, "family") == 0 && tokens[end - 1].head == role->head;
}

/* Unknown names of two words and more; of one word where a title or the names stage says so. */
static void find_runs(struct actor_search *search)
{
    const struct document *document = search->document;
    for (uint32_t i = 0; i < document->sentences.count; i++) {
        struct token_range range = document->sentences.items[i].tokens;
        for (uint32_t at = range.first, end; at < range.end; at = end) {
            end = at + 1;
            if (!is_proper(search, at) ||
                token_in(&document->tokens.items[at], WORDS_CAPITALISED_BUT_NOBODY))
                continue;
            end = run_end(search, at, range.end);
            struct token_range run = whole_run(search, (struct token_range){at, end});
            at = run.first;
            end = run.end;
            const struct name *name = name_at(document, at);
            uint32_t before = at > range.first ? search->covered[at - 1] : NONE;
            bool titled = before != NONE && is_title(search, before);
            if (before != NONE && !titled && search->findings.items[before].sort == FOUND_ROLE &&
                (document->tokens.items[at - 1].flags & TOKEN_CAPITALISED) != 0)
                search->findings.items[before].silent = true; /* part of a longer name */
            bool honoured = token_in(&document->tokens.items[at], WORDS_HONORIFICS) && end > at + 1;
            bool told = name != NULL && name->kind != NAME_PLACE &&
                        name->kind != NAME_NATIONALITY && name->kind != NAME_OTHER;
            /* "LONG BEACH fire department": where they are, not who. */
            told &= name == NULL || name->tokens.end <= end || !is_place(search, run);
            bool long_enough = end > at + 1 && !document->sentences.items[i].heading;
            if ((is_place(search, run) && !titled && !told) || is_geographic(search, run) ||
                (!titled && is_of_family(search, end)) ||
                (name != NULL && name->kind == NAME_PLACE))
                continue;
            if (titled || honoured || told || long_enough)
                add_name(search, at, end);
        }
    }
}

/* The role is a title or an apposition of the person. */
static void join(struct actor_search *search, uint32_t role_index, uint32_t person_index,
                 bool title)
{
    struct finding *role = &search->findings.items[role_index];
    struct finding *person = &search->findings.items[person_index];
    role->same = person_index;
    role->pending = false;
    role->silent = title;
    if (person->role == NONE || (person->nation == NONE && person->side == NONE)) {
        person->role = role->role;
        person->nation = role->nation;
        person->side = role->side;
        person->former = role->former;
    }
    if (title)
        person->tokens.first = role->tokens.first;
}

static uint32_t at_token(const struct actor_search *search, uint32_t token)
{
    return token < search->document->tokens.count ? search->covered[token] : NONE;
}

/* "the special envoy to Somalia Ann Lee": the person behind the place of the office. */
static uint32_t person_behind(const struct actor_search *search, uint32_t at)
{
    for (uint32_t i = at; i < at + 4 && i < search->document->tokens.count; i++) {
        uint32_t found = search->covered[i];
        if (found != NONE && is_person(search, &search->findings.items[found]))
            return search->findings.items[found].core.first == i && i > at ? found : NONE;
        if (found != NONE && (search->findings.items[found].sort != FOUND_KNOWN ||
                              search->findings.items[found].form != FORM_NAME))
            return NONE;
        if (found == NONE && search->document->tokens.items[i].upos != UPOS_PROPN &&
            search->document->tokens.items[i].upos != UPOS_DET)
            return NONE;
    }
    return NONE;
}

/* "The mayor of Arnsdorf, PETER MAREK,": the name behind the comma that ends the office, where the
 * tree takes it for an apposition too. */
static uint32_t person_past_office(const struct actor_search *search, const struct finding *role)
{
    const struct token *tokens = search->document->tokens.items;
    uint32_t end = search->document->sentences.items[tokens[role->head].sentence].tokens.end;
    uint32_t at = role->tokens.end;
    if (at >= end || !actor_word_is(&tokens[at], "of"))
        return NONE;
    while (at < end && tokens[at].upos != UPOS_VERB && tokens[at].upos != UPOS_AUX &&
           !actor_word_is(&tokens[at], ",") && !actor_word_is(&tokens[at], "and"))
        at++;
    if (at + 1 >= end || !actor_word_is(&tokens[at], ","))
        return NONE;
    uint32_t name = search->covered[at + 1];
    if (name == NONE || !is_person(search, &search->findings.items[name]))
        return NONE;
    struct token_range core = search->findings.items[name].core;
    for (uint32_t i = core.first; i < core.end; i++)
        if (tokens[i].relation == REL_APPOS &&
            (tokens[i].head == role->head || tokens[tokens[i].head].head == role->head))
            return name;
    return NONE;
}

static void join_titles(struct actor_search *search)
{
    static const char *const behind[] = {"to", "for", "in", "of", NULL};
    const struct document *document = search->document;
    for (uint32_t i = 0; i < search->findings.count; i++) {
        const struct finding *role = &search->findings.items[i];
        if (role->sort != FOUND_ROLE || role->plural || role->same != NONE ||
            search->knowledge->roles.items[role->role].kind != ACTOR_PERSON)
            continue;
        uint32_t end = role->tokens.end;
        uint32_t next = at_token(search, end);
        uint32_t at = end;
        while (next == NONE && at < document->tokens.count && at < end + 2 &&
               token_in(&document->tokens.items[at], WORDS_HONORIFICS))
            next = at_token(search, ++at);
        bool comma = false;
        if (next == NONE && end < document->tokens.count &&
            token_form_is_one_of(&document->tokens.items[end], behind))
            next = person_behind(search, end + 1);
        if (next == NONE && end < document->tokens.count &&
            actor_word_is(&document->tokens.items[end], ",") && role->definite) {
            next = at_token(search, end + 1);
            comma = true;
        }
        if (next == NONE && role->definite) {
            next = person_past_office(search, role);
            comma = next != NONE;
        }
        if (next == NONE || !is_person(search, &search->findings.items[next]) ||
            document->tokens.items[end].sentence !=
                document->tokens.items[search->findings.items[next].head].sentence)
            continue;
        join(search, i, next, !comma);
    }
}

/* "Pir Muhammad, a Northern Alliance commander": the role right behind the comma. */
static void join_appositions(struct actor_search *search)
{
    const struct token *tokens = search->document->tokens.items;
    for (uint32_t i = 0; i < search->findings.count; i++) {
        const struct finding *role = &search->findings.items[i];
        if (role->sort != FOUND_ROLE || role->plural || role->same != NONE || role->silent ||
            search->knowledge->roles.items[role->role].kind != ACTOR_PERSON)
            continue;
        uint32_t at = role->tokens.first;
        if (at > 0 && tokens[at - 1].upos == UPOS_DET)
            at--;
        if (at < 2 || !actor_word_is(&tokens[at - 1], ","))
            continue;
        uint32_t before = search->covered[at - 2];
        if (before != NONE && is_person(search, &search->findings.items[before]) &&
            tokens[role->head].relation != REL_CONJ)
            join(search, i, before, false);
    }
}

static bool is_body(const struct document *document, const struct finding *finding)
{
    const struct name *name = document_name_around(document, finding->core.first);
    return name != NULL && name->kind == NAME_ORGANISATION;
}

/* The last word of the name, or of two surnames the first: "Marek" of "Juan Marek Perez", not
 * "Growers" of "State Growers Union". */
static bool is_surname_of(const struct document *document, const struct finding *person,
                          uint32_t token)
{
    const struct token *tokens = document->tokens.items;
    uint32_t end = person->core.end;
    return tokens[end - 1].hash == tokens[token].hash ||
           (end - person->core.first > 2 && tokens[end - 2].hash == tokens[token].hash &&
            !is_inner(&tokens[end - 2]) && !is_body(document, person));
}

/* Of each token the gender of whom it is part of the name of; NULL where there is no memory. */
static uint8_t *genders_of_tokens(const struct actor_search *search)
{
    const struct document *document = search->document;
    uint8_t *genders = arena_new_array(search->scratch, uint8_t, document->tokens.count);
    for (uint32_t i = 0; genders != NULL && i < document->mentions.count; i++) {
        const struct mention *mention = &document->mentions.items[i];
        if (mention->name == NONE || mention->entity >= document->entities.count)
            continue;
        uint8_t gender = (uint8_t)document->entities.items[mention->entity].gender;
        for (uint32_t token = mention->tokens.first; token < mention->tokens.end; token++)
            genders[token] = gender;
    }
    return genders;
}

/* "MR Holm" is not Anna Holm; what is taken for a thing may be either. */
static bool sexes_clash(uint8_t left, uint8_t right)
{
    return (left == GENDER_MALE && right == GENDER_FEMALE) ||
           (left == GENDER_FEMALE && right == GENDER_MALE);
}

static void join_surnames(struct actor_search *search)
{
    const struct document *document = search->document;
    uint32_t known = search->findings.count;
    const uint8_t *genders = genders_of_tokens(search);
    for (uint32_t i = 0; i < document->tokens.count; i++) {
        uint32_t own = search->covered[i];
        bool alone = own == NONE ? is_proper(search, i)
                                 : search->findings.items[own].sort == FOUND_NAME &&
                                       search->findings.items[own].core.end -
                                               search->findings.items[own].core.first ==
                                           1;
        uint32_t same = NONE;
        alone = alone && !token_in(&document->tokens.items[i], WORDS_SHARED_ENDINGS_OF_NAMES);
        for (uint32_t j = 0; alone && j < known; j++) {
            const struct finding *person = &search->findings.items[j];
            if (person->core.end - person->core.first >= 2 && is_surname_of(document, person, i) &&
                (person->core.first <= i || same == NONE) && is_person(search, person) &&
                (genders == NULL || !sexes_clash(genders[i], genders[person->core.end - 1])))
                same = j;
        }
        if (same == NONE)
            continue;
        struct finding *finding = own != NONE ? &search->findings.items[own]
                                              : actor_search_add(search, FOUND_NAME, i, i + 1);
        if (finding != NULL)
            finding->same = same;
    }
}

static uint32_t length_of(struct token_range range)
{
    return range.end - range.first;
}

static bool same_words(const struct document *document, uint32_t a, uint32_t b, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (document->tokens.items[a + i].hash != document->tokens.items[b + i].hash)
            return false;
    return true;
}

/* "Febe Marek" of "Febe Luisa Marek". */
static bool same_ends(const struct document *document, struct token_range whole,
                      struct token_range part)
{
    return length_of(part) == 2 && length_of(whole) == 3 &&
           same_words(document, whole.first, part.first, 1) &&
           same_words(document, whole.end - 1, part.end - 1, 1);
}

/* The longer name that begins or ends with the whole of `part`: "Luis Marek Perez" of "Marek Perez"
 * and of "Luis Marek". NONE where two different names do. */
static uint32_t longer_name(const struct actor_search *search, const struct finding *part)
{
    const struct document *document = search->document;
    uint32_t found = NONE, length = length_of(part->core);
    for (uint32_t i = 0; i < search->findings.count; i++) {
        const struct finding *other = &search->findings.items[i];
        uint32_t longer = length_of(other->core);
        if (longer <= length || other->sort != FOUND_NAME || !is_person(search, other) ||
            (!same_words(document, other->core.first, part->core.first, length) &&
             !same_words(document, other->core.end - length, part->core.first, length) &&
             !same_ends(document, other->core, part->core)))
            continue;
        if (found == NONE) {
            found = i;
            continue;
        }
        const struct finding *had = &search->findings.items[found];
        if (length_of(had->core) != longer ||
            !same_words(document, had->core.first, other->core.first, longer))
            return NONE;
    }
    return found;
}

/* Every mention of the name at `whole` is the person at `person`. */
static void join_all_to(struct actor_search *search, uint32_t whole, uint32_t person)
{
    struct token_range name = search->findings.items[whole].core;
    for (uint32_t i = 0; i < search->findings.count; i++) {
        struct finding *other = &search->findings.items[i];
        if (other->sort == FOUND_NAME && other->same == NONE &&
            length_of(other->core) == length_of(name) &&
            same_words(search->document, other->core.first, name.first, length_of(name)))
            other->same = person;
    }
}

/* Two surnames without the given name, or the given name with one of them. A person of the tables
 * keeps what the tables say. */
static void join_parts(struct actor_search *search)
{
    for (uint32_t i = 0; i < search->findings.count; i++) {
        struct finding *part = &search->findings.items[i];
        if (length_of(part->core) < 2 || part->same != NONE || !is_person(search, part) ||
            token_in(&search->document->tokens.items[part->core.end - 1],
                     WORDS_SHARED_ENDINGS_OF_NAMES))
            continue;
        uint32_t whole = longer_name(search, part);
        if (whole == NONE || search->findings.items[whole].same != NONE)
            continue;
        if (part->sort == FOUND_NAME)
            part->same = whole;
        else
            join_all_to(search, whole, i);
    }
}

/* "NGM" of "(NGM)", behind somebody. */
static bool is_short_name(const struct actor_search *search, const struct finding *finding)
{
    const struct token *tokens = search->document->tokens.items;
    struct token_range core = finding->core;
    bool body = finding->sort == FOUND_NAME ||
                (finding->sort == FOUND_KNOWN &&
                 search->knowledge->world.entries[finding->entry].sort == WORLD_GROUP);
    return body && length_of(core) == 1 && core.first >= 2 &&
           core.end < search->document->tokens.count &&
           (tokens[core.first].flags & TOKEN_ALL_CAPITALS) != 0 &&
           actor_word_is(&tokens[core.first - 1], "(") && actor_word_is(&tokens[core.end], ")") &&
           search->covered[core.first - 2] != NONE;
}

/* "The National Growers Movement (NGM)": a body and its short name are one, wherever either stands.
 */
static void join_short_names(struct actor_search *search)
{
    for (uint32_t i = 0; i < search->findings.count; i++) {
        if (!is_short_name(search, &search->findings.items[i]))
            continue;
        uint32_t whole = search->covered[search->findings.items[i].core.first - 2];
        struct finding *body = &search->findings.items[whole];
        if (body->same != NONE)
            continue;
        /* Not "the Department of Motor Vehicles". */
        const struct token *before = &search->document->tokens.items[body->core.first];
        bool named = body->sort == FOUND_NAME && length_of(body->core) > 1 &&
                     is_body(search->document, body) &&
                     (body->core.first == 0 || before[-1].upos != UPOS_ADP);
        if (named && search->findings.items[i].sort == FOUND_NAME)
            join_all_to(search, i, whole);
        else if (named)
            join_all_to(search, whole, i);
        else if (body->sort == FOUND_ROLE && !body->plural &&
                 body->tokens.first < body->core.first &&
                 search->knowledge->roles.items[body->role].kind != ACTOR_PERSON)
            body->same = i;
    }
}

void actor_persons_find(struct actor_search *search)
{
    find_runs(search);
    join_short_names(search);
    join_titles(search);
    join_appositions(search);
    join_parts(search);
    join_surnames(search);
    for (uint32_t i = 0; i < search->findings.count; i++)
        if (search->findings.items[i].sort == FOUND_ROLE && search->findings.items[i].pending)
            search->findings.items[i].silent = true;
}
