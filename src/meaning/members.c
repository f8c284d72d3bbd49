/* Everybody and everything that a noun phrase lists: "a colonel, two soldiers and a judge", "nine
 * people, including the union leader", "the priests Juan and Pedro".
 *
 * Method: coordination as Universal Dependencies has it, and the four ways in which parsers of news
 * part a list: items drawn into one another, items read as appositions, items hung on what stands
 * behind "of" at the first ("the houses of the mayor, the clinic and a school"), items hung on the
 * verb. Who suffers or acts "along with" somebody is listed with him. Kinds decide in doubt: a
 * clinic is listed with houses, not with a mayor. Buildings in a row are read off the words
 * besides. What leaves out: lists that run on over semicolons into clauses of their own. */
#include "meaning/coding.h"

enum { BUILT = KIND_FACILITY | KIND_VEHICLE, DEEPEST_ITEM = 12 };

static bool has_determiner(const struct tree *tree, uint32_t token)
{
    return tree_child(tree, token, REL_DET) != NONE || tree_child(tree, token, REL_NUMMOD) != NONE;
}

static bool is_plural(const struct token *word)
{
    return (word->features & WORD_PLURAL) != 0;
}

/* "..., and": a coordination ends the list, at the item or at the head behind it. */
static bool is_coordinated(const struct tree *tree, uint32_t head, uint32_t item)
{
    if (tree_child(tree, item, REL_CONJ) != NONE)
        return true;
    for (uint32_t child = tree->first_child[head]; child != NONE; child = tree->next_sibling[child])
        if (child > item && tree->tokens[child].relation == REL_CONJ)
            return true;
    return false;
}

/* An item of a list that was read as an apposition; "Juan Perez, mayor and poet" and "two judges, a
 * man and a woman" are appositions. */
static bool is_item(const struct coding *coding, uint32_t head, uint32_t item)
{
    const struct tree *tree = &coding->tree;
    const struct token *first = &tree->tokens[head], *other = &tree->tokens[item];
    uint32_t comma = tree_child(tree, item, REL_PUNCT);
    if (comma == NONE || comma > item || !token_is(&tree->tokens[comma], ",") ||
        !token_is_nominal(other) || !is_coordinated(tree, head, item))
        return false;
    uint32_t actor = coding_actor(coding, head);
    if (actor != NONE && actor == coding_actor(coding, item))
        return false;
    if (first->upos == UPOS_PROPN)
        return other->upos == UPOS_PROPN;
    if (!has_determiner(tree, item) || !has_determiner(tree, head))
        return false;
    return !is_plural(first) || is_plural(other);
}

/* The preposition before `token` is "including" or "such as". */
static bool is_included(const struct tree *tree, uint32_t token)
{
    uint32_t preposition = tree_preposition(tree, token);
    return preposition != NONE && (token_is(&tree->tokens[preposition], "including") ||
                                   token_is(&tree->tokens[preposition], "include"));
}

/* "The priest, ALONG WITH his cook"; "with" alone may be his gun. */
static bool is_in_company(const struct tree *tree, uint32_t token)
{
    uint32_t preposition = tree_preposition(tree, token);
    if (preposition == NONE || preposition == 0)
        return false;
    bool with = token_is(&tree->tokens[preposition], "with");
    const struct token *first = &tree->tokens[with ? preposition - 1 : preposition];
    return (token_is(first, "along") || token_is(first, "together")) && token_is(first + 1, "with");
}

/* "Talks with envoys about several towns, INCLUDING the stronghold": of people no place is one. */
static bool is_of_another_kind(const struct coding *coding, uint32_t whole, uint32_t part)
{
    uint32_t people = KIND_PERSON | KIND_ARMED | KIND_ORGANISATION;
    return (coding_kinds(coding, whole) & people) != 0 &&
           (coding_kinds(coding, part) & people) == 0 &&
           (coding_kinds(coding, part) & (KIND_PLACE | KIND_FACILITY)) != 0 &&
           coding_actor(coding, part) == NONE;
}

static void collect(const struct coding *coding, uint32_t token, struct participant_list *list,
                    int depth);

/* "Nine people, INCLUDING the leader"; parsers hang it on any noun of the phrase. */
static void collect_included(const struct coding *coding, uint32_t token,
                             struct participant_list *list, int depth)
{
    const struct tree *tree = &coding->tree;
    for (uint32_t child = tree->first_child[token]; child != NONE;
         child = tree->next_sibling[child]) {
        if (!relation_is(tree->tokens[child].relation, REL_NMOD))
            continue;
        /* "Including SOME whom it deemed bandits" names nobody. */
        bool nobody = tree->tokens[child].upos == UPOS_DET && coding_actor(coding, child) == NONE;
        if (is_included(tree, child) && list->count > 0 &&
            is_of_another_kind(coding, list->tokens[0], child))
            continue;
        if (!nobody && (is_included(tree, child) || is_in_company(tree, child)))
            collect(coding, child, list, depth + 1);
        else if (depth < 2)
            collect_included(coding, child, list, depth + 1);
    }
}

/* Buildings and vehicles that hang on somebody behind "of". */
static void collect_below(const struct coding *coding, uint32_t token,
                          struct participant_list *list, int depth)
{
    const struct tree *tree = &coding->tree;
    if ((coding_kinds(coding, token) & BUILT) == 0)
        return;
    for (uint32_t noun = tree->first_child[token]; noun != NONE; noun = tree->next_sibling[noun]) {
        if (!relation_is(tree->tokens[noun].relation, REL_NMOD) ||
            (coding_kinds(coding, noun) & BUILT) != 0)
            continue;
        for (uint32_t child = tree->first_child[noun]; child != NONE;
             child = tree->next_sibling[child]) {
            bool listed =
                tree->tokens[child].relation == REL_CONJ ||
                (tree->tokens[child].relation == REL_APPOS && is_coordinated(tree, noun, child));
            if (listed && (coding_kinds(coding, child) & BUILT) != 0 &&
                tree_preposition(tree, child) == NONE)
                collect(coding, child, list, depth + 1);
        }
    }
}

/* "Against the guards AND NOT AGAINST THE CLERKS" (but "and not only against the clerks"), "raids
 * on camps and TRAINING LOCAL FORCES": what is in the list as the parser has it, and yet is none.
 */
static bool is_no_member(const struct tree *tree, uint32_t child)
{
    if (tree->tokens[child].upos == UPOS_VERB && tree_child_exactly(tree, child, REL_OBJ) != NONE)
        return true;
    static const char *const besides[] = {"only", "just", "merely", "simply", NULL};
    uint32_t adverb = tree_child_exactly(tree, child, REL_ADVMOD);
    return adverb != NONE && adverb < child && tree->tokens[adverb].relation == REL_ADVMOD &&
           strcmp(tree->tokens[adverb].folded, "not") == 0 &&
           !token_is_one_of(&tree->tokens[adverb + 1], besides);
}

/* "Ivo Marek, president of the assembly AND A PARTY LEADER, said": what he is besides, hung on his
 * name; behind a comma of its own ("Marek, the mayor, and a clerk") it is another. */
static bool is_second_office(const struct coding *coding, uint32_t name, uint32_t item)
{
    const struct tree *tree = &coding->tree;
    uint32_t office = tree_child_exactly(tree, name, REL_APPOS),
             conjunction = tree_child(tree, item, REL_CC);
    if (tree->tokens[name].upos != UPOS_PROPN || office == NONE || office > item ||
        tree->tokens[office].upos != UPOS_NOUN || tree->tokens[item].upos != UPOS_NOUN ||
        is_plural(&tree->tokens[office]) || is_plural(&tree->tokens[item]) || conjunction == NONE ||
        conjunction == 0 || token_is(&tree->tokens[conjunction - 1], ","))
        return false;
    uint32_t article = tree_child_exactly(tree, item, REL_DET);
    return article == NONE || token_is(&tree->tokens[article], "a") ||
           token_is(&tree->tokens[article], "an");
}

static void collect(const struct coding *coding, uint32_t token, struct participant_list *list,
                    int depth)
{
    const struct tree *tree = &coding->tree;
    if (depth > DEEPEST_ITEM || list_has(list, token))
        return;
    list_add(list, token);
    for (uint32_t child = tree->first_child[token]; child != NONE;
         child = tree->next_sibling[child]) {
        enum relation relation = tree->tokens[child].relation;
        /* "Juan and Jan KRAL", parsed as three: the rest of a name. */
        if (relation == REL_CONJ && coding->named[child] != NONE &&
            coding->named[child - 1] == coding->named[child] &&
            tree->tokens[child - 1].head == token && tree->tokens[child - 1].relation == REL_CONJ)
            continue;
        if ((relation == REL_CONJ && !is_no_member(tree, child) &&
             !is_second_office(coding, token, child)) ||
            (relation == REL_APPOS && is_item(coding, token, child)))
            collect(coding, child, list, depth + 1);
    }
    collect_below(coding, token, list, depth);
    collect_included(coding, token, list, 0);
}

/* "Damaged ten cars and two buses as well as a dozen SHOPS": a noun coordinated with the verb. */
static void collect_beside(const struct coding *coding, uint32_t token,
                           struct participant_list *list)
{
    const struct tree *tree = &coding->tree;
    uint32_t verb = tree->tokens[token].head;
    if (tree->tokens[token].relation != REL_OBJ || verb == NONE ||
        tree->tokens[verb].upos != UPOS_VERB)
        return;
    for (uint32_t child = tree->first_child[verb]; child != NONE;
         child = tree->next_sibling[child]) {
        const struct token *word = &tree->tokens[child];
        if (word->relation == REL_CONJ && child > token && token_is_nominal(word) &&
            tree_child(tree, child, REL_NSUBJ) == NONE &&
            tree_child(tree, child, REL_COP) == NONE && tree_child(tree, child, REL_OBJ) == NONE &&
            tree_preposition(tree, child) == NONE)
            collect(coding, child, list, 1);
    }
}

/* "And his companion, ANA LUND": the name behind the comma is listed already. */
static bool is_named_behind(uint32_t noun, const struct participant_list *list)
{
    enum { NEAR = 4 };
    for (uint32_t i = 0; i < list->count; i++)
        if (list->tokens[i] > noun && list->tokens[i] <= noun + NEAR)
            return true;
    return false;
}

/* "The deaths of Judge Marek and TWO CLERKS", parsed as the deaths and the clerks: persons are
 * joined to those whom a deed befell, not to the deed. */
static void collect_beside_deed(const struct coding *coding, uint32_t token,
                                struct participant_list *list)
{
    const struct tree *tree = &coding->tree;
    uint32_t deed = tree->tokens[token].head, preposition = tree_preposition(tree, token);
    const uint32_t somebody = KIND_PERSON | KIND_ARMED;
    if (!relation_is(tree->tokens[token].relation, REL_NMOD) || deed == NONE || deed > token ||
        coding->making_at[deed] == NONE || preposition == NONE ||
        !token_is(&tree->tokens[preposition], "of") ||
        !frame_is(coding->makings.items[coding->making_at[deed]].frame, "ASSAULT") ||
        (coding_kinds(coding, token) & somebody) == 0)
        return;
    for (uint32_t child = tree->first_child[deed]; child != NONE;
         child = tree->next_sibling[child]) {
        uint32_t kinds = coding_kinds(coding, child);
        if (tree->tokens[child].relation == REL_CONJ && child > token && (kinds & somebody) != 0 &&
            (kinds & KIND_EVENT) == 0 && coding->making_at[child] == NONE &&
            token_is_nominal(&tree->tokens[child]) && tree_preposition(tree, child) == NONE &&
            !is_named_behind(child, list))
            collect(coding, child, list, 1);
    }
}

/* "Ambassador Chris STEVENS AND THREE aides": parsers hang the others on the last word of a name;
 * without a number it may be what he is. */
static void collect_behind_name(const struct coding *coding, uint32_t token, uint32_t part,
                                int depth, struct participant_list *list)
{
    const struct tree *tree = &coding->tree;
    if (tree->tokens[token].upos != UPOS_PROPN || depth > 2)
        return;
    for (uint32_t word = tree->first_child[part]; word != NONE; word = tree->next_sibling[word]) {
        bool others = tree_child(tree, word, REL_NUMMOD) != NONE ||
                      strcmp(tree->tokens[word].folded, "others") == 0;
        if (tree->tokens[word].relation == REL_CONJ && part != token && others)
            collect(coding, word, list, 1);
        else if (relation_is(tree->tokens[word].relation, REL_FLAT))
            collect_behind_name(coding, token, word, depth + 1, list);
    }
}

/* The company of the one at `token` that hangs on the verb. */
static void collect_company_of(const struct coding *coding, uint32_t token, uint32_t verb,
                               struct participant_list *list)
{
    const struct tree *tree = &coding->tree;
    for (uint32_t next = tree->first_child[verb]; next != NONE; next = tree->next_sibling[next]) {
        uint32_t child = next;
        /* "TOGETHER with him", hung on the adverb. */
        if (tree->tokens[next].upos == UPOS_ADV && tree_child(tree, next, REL_OBL) != NONE)
            child = tree_child(tree, next, REL_OBL);
        if (relation_is(tree->tokens[child].relation, REL_OBL) && is_in_company(tree, child) &&
            (coding_kinds(coding, child) & coding_kinds(coding, token) &
             (KIND_PERSON | KIND_ACTOR | KIND_ORGANISATION | BUILT)) != 0)
            collect(coding, child, list, 1);
    }
}

/* "The priest was killed TOGETHER WITH his cook": hung on the verb. With another object in between
 * it may be anybody's company, and nothing is said. */
static void collect_company(const struct coding *coding, uint32_t token,
                            struct participant_list *list)
{
    const struct tree *tree = &coding->tree;
    enum relation relation = tree->tokens[token].relation;
    uint32_t verb = tree->tokens[token].head;
    if (verb == NONE || (relation != REL_OBJ && relation != REL_NSUBJ_PASS &&
                         (relation != REL_NSUBJ || tree_child(tree, verb, REL_OBJ) != NONE)))
        return;
    collect_company_of(coding, token, verb, list);
}

/* The end of a noun phrase that begins at `at`, read off the words; its last noun is `*head`. */
static uint32_t phrase_end(const struct tree *tree, uint32_t at, uint32_t end, uint32_t *head)
{
    *head = NONE;
    for (; at < end; at++) {
        const struct token *word = &tree->tokens[at];
        bool noun = word->upos == UPOS_NOUN || word->upos == UPOS_PROPN;
        if (noun)
            *head = at;
        else if (word->upos != UPOS_DET && word->upos != UPOS_ADJ && word->upos != UPOS_NUM &&
                 word->upos != UPOS_PART && (word->flags & TOKEN_HYPHEN) == 0 &&
                 !token_is(word, "\"") && !(word->upos == UPOS_PRON && *head == NONE) &&
                 !(word->upos == UPOS_VERB && word->relation == REL_AMOD && *head != NONE))
            break;
    }
    return at;
}

/* Where the next item begins behind the item that ends at `at`: past what is said of it ("in the
 * port", "of the bank") and the comma or "and". NONE where no item follows. */
static uint32_t next_item(const struct tree *tree, uint32_t at, uint32_t end, bool *closed)
{
    uint32_t noun;
    for (int phrases = 0; phrases < 4 && at < end && tree->tokens[at].upos == UPOS_ADP &&
                          !token_is(&tree->tokens[at], "by");
         phrases++) {
        uint32_t behind = phrase_end(tree, at + 1, end, &noun);
        if (noun == NONE)
            return NONE;
        at = behind;
        /* "At Palm and Olive STREETS" is one place. */
        if (at + 1 < end && token_is(&tree->tokens[at], "and") &&
            tree->tokens[noun].upos == UPOS_PROPN && tree->tokens[at + 1].upos == UPOS_PROPN)
            at = phrase_end(tree, at + 1, end, &noun);
    }
    uint32_t start = at;
    while (at < end && (token_is(&tree->tokens[at], ",") || token_is(&tree->tokens[at], ";")))
        at++;
    if (at < end && (token_is(&tree->tokens[at], "and") || token_is(&tree->tokens[at], "or"))) {
        *closed = true;
        at++;
    }
    return at > start ? at : NONE;
}

/* "Bombed an airfield, two banks in the port, and a court": buildings and vehicles that stand in a
 * row, whatever the tree makes of them, up to the "and" that ends it; with the preposition of the
 * first before them again or without. What does or suffers something else ends the row. */
static void collect_row(const struct coding *coding, uint32_t token, struct participant_list *list)
{
    const struct tree *tree = &coding->tree;
    if ((coding_kinds(coding, token) & BUILT) == 0 || coding_actor(coding, token) != NONE)
        return;
    uint32_t end = coding->document->sentences.items[tree->tokens[token].sentence].tokens.end;
    uint32_t preposition = tree_preposition(tree, token), at = token + 1, head = token;
    struct participant_list row = {0};
    bool closed = false;
    for (int items = 0; items < DEEPEST_ITEM && !closed; items++) {
        at = next_item(tree, at, end, &closed);
        if (at == NONE || at >= end)
            return;
        if (preposition != NONE && tree->tokens[at].hash == tree->tokens[preposition].hash)
            at++;
        at = phrase_end(tree, at, end, &head);
        if (head == NONE || (coding_kinds(coding, head) & BUILT) == 0 ||
            coding_actor(coding, head) != NONE)
            return;
        enum relation relation = tree->tokens[head].relation;
        if ((relation == REL_NSUBJ || relation == REL_NSUBJ_PASS) && tree->tokens[head].head > head)
            return;
        list_add(&row, head);
    }
    for (uint32_t i = 0; closed && i < row.count; i++)
        list_add(list, row.tokens[i]);
}

/* True where `word` is part of the name of the actor whose head is `head`. */
static bool is_in_mention(const struct coding *coding, uint32_t head, uint32_t word)
{
    const struct actor_mention *mention =
        &coding->document->actor_mentions.items[coding->actor_mention[head]];
    return word >= mention->tokens.first && word < mention->tokens.end;
}

/* "UN and OAS representatives", "the army and FROLINAT delegations": two bodies before one noun, of
 * which the noun bears the last. */
static bool are_two_bodies(const struct coding *coding, uint32_t body, uint32_t other,
                           uint32_t noun)
{
    const struct actor *actors = coding->document->actors.items;
    uint32_t first = coding_actor(coding, body), second = coding_actor(coding, other);
    return actors[first].kind == ACTOR_ORGANISATION && first != second &&
           !is_in_mention(coding, noun, body) &&
           (second != NONE ? actors[second].kind == ACTOR_ORGANISATION
                           : is_in_mention(coding, noun, other));
}

/* "FRENCH and German officials", "U.S. and Russian talks": each country before the noun takes part,
 * the last by the noun itself; and each body. */
static void collect_nations(const struct coding *coding, uint32_t token,
                            struct participant_list *list)
{
    const struct tree *tree = &coding->tree;
    uint32_t own = coding_actor(coding, token);
    if (own == NONE)
        return;
    bool of_state = coding->document->actors.items[own].code != NULL;
    for (uint32_t nation = tree->first_child[token]; nation != NONE && nation < token;
         nation = tree->next_sibling[nation]) {
        uint32_t actor = coding_actor(coding, nation), other = tree_child(tree, nation, REL_CONJ);
        enum relation relation = relation_universal(tree->tokens[nation].relation);
        if ((relation != REL_AMOD && relation != REL_COMPOUND) || actor == NONE || other == NONE ||
            other > token)
            continue;
        const struct actor *actors = coding->document->actors.items;
        uint32_t second = coding_actor(coding, other);
        /* "Indian soldiers" are an army that is known by this name. */
        bool named = second == NONE && is_in_mention(coding, token, other);
        bool states = of_state && actors[actor].kind == ACTOR_STATE &&
                      (named || (second != NONE && actors[second].kind == ACTOR_STATE));
        if (states || are_two_bodies(coding, nation, other, token))
            list_add(list, nation);
    }
}

void members_find(const struct coding *coding, uint32_t token, struct participant_list *list)
{
    *list = (struct participant_list){0};
    collect(coding, token, list, 0);
    collect_beside(coding, token, list);
    collect_beside_deed(coding, token, list);
    collect_behind_name(coding, token, token, 0, list);
    collect_company(coding, token, list);
    collect_row(coding, token, list);
    collect_nations(coding, token, list);
}

static bool is_coordinated_with(const struct token *tokens, uint32_t item, uint32_t first)
{
    while (item > first && tokens[item].relation == REL_CONJ)
        item = tokens[item].head;
    return item == first;
}

/* "Militiamen LOYAL to the warlord and the army": what stands between one and the next is said of
 * the one. */
void members_of_said(const struct making *making, uint32_t token, struct participant_list *list)
{
    enum { STEPS = 4 };
    const struct token *tokens = making->coding->tree.tokens;
    uint32_t said = making->trigger, kept = 0;
    members_find(making->coding, token, list);
    for (int step = 0; step < STEPS && said != NONE && tokens[said].head != token; step++)
        said = tokens[said].head;
    if (said == NONE || said < token || tokens[said].head != token ||
        (!relation_is(tokens[said].relation, REL_ACL) && tokens[said].relation != REL_AMOD))
        return;
    for (uint32_t i = 0; i < list->count; i++)
        if (list->tokens[i] < said || !is_coordinated_with(tokens, list->tokens[i], token)) {
            list->tokens[kept] = list->tokens[i];
            list->nouns[kept++] = list->nouns[i];
        }
    list->count = kept;
    /* "The priest, who was arrested ALONG WITH his cook" */
    if (said == making->trigger && making->frame->class == FRAME_VERB && making->arguments.passive)
        collect_company_of(making->coding, token, said, list);
}
