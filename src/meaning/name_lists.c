/* Who the persons of a noun phrase are by name: "the priests Juan and Pedro", "a vendor identified
 * as Maria", "the following men died: Juan, Pedro", "Juan and Pedro, members of the guard".
 *
 * Method: appositions of the tree first; then the names that stand in a row in the text, whatever
 * the tree makes of them: parsers lose their way in long lists. A row is names parted by commas,
 * semicolons and "and", and what a semicolon closes ("Juan, a teacher; Pedro, a farmer"). What
 * leaves out: names of another sentence. */
#include "meaning/coding.h"

enum { LONGEST_REMARK = 16, LONGEST_TITLE = 4 };

/* The token by which the person is looked up whose name has the word at `token`; NONE where it
 * belongs to no name. */
static uint32_t name_at(const struct coding *coding, uint32_t token)
{
    uint32_t mention =
        coding->actor_mention[token] != NONE ? coding->actor_mention[token] : coding->named[token];
    if (mention == NONE || coding->tree.tokens[token].upos != UPOS_PROPN)
        return NONE;
    const struct actor_mention *found = &coding->document->actor_mentions.items[mention];
    bool person = coding->document->actors.items[found->actor].kind == ACTOR_PERSON;
    return !person ? NONE : coding->actor_mention[token] != NONE ? token : found->head;
}

/* "A vendor IDENTIFIED AS Maria", "a man NAMED Pedro": the name behind the participle. */
static uint32_t name_behind(const struct coding *coding, uint32_t token)
{
    const struct tree *tree = &coding->tree;
    for (uint32_t verb = tree->first_child[token]; verb != NONE; verb = tree->next_sibling[verb]) {
        const struct token *word = &tree->tokens[verb];
        if (!relation_is(word->relation, REL_ACL) || !token_in(word, WORDS_VERBS_OF_NAMING_PERSONS))
            continue;
        for (uint32_t child = tree->first_child[verb]; child != NONE;
             child = tree->next_sibling[child]) {
            uint32_t found = child > verb ? name_at(coding, child) : NONE;
            if (found != NONE)
                return child;
        }
    }
    return NONE;
}

const struct actor_mention *names_at(const struct coding *coding, uint32_t token)
{
    if (token >= coding->document->tokens.count)
        return NULL;
    uint32_t index = coding->named[token];
    if (index == NONE)
        return NULL;
    const struct actor_mention *mention = &coding->document->actor_mentions.items[index];
    const struct actor *actor = &coding->document->actors.items[mention->actor];
    bool name = false, of = false;
    for (uint32_t i = mention->tokens.first; i < mention->tokens.end; i++) {
        name |= coding->tree.tokens[i].upos == UPOS_PROPN;
        of |= token_is(&coding->tree.tokens[i], "of");
    }
    return name && !of && actor->kind == ACTOR_PERSON ? mention : NULL;
}

/* True where `token` is a word that parts the items of a list. */
static bool is_separator(const struct token *token)
{
    return token_is(token, ",") || token_is(token, ";") || token_is(token, "and") ||
           token_is(token, "&");
}

/* The words from `at` on that part two items: ", and", "as well as", "along with". */
static uint32_t separators_end(const struct token *tokens, uint32_t at, uint32_t end)
{
    static const char *const together[][3] = {
        {"as", "well", "as"}, {"along", "with", ""}, {"together", "with", ""}};
    uint32_t next = at;
    while (next < end && next < at + 3 && is_separator(&tokens[next]))
        next++;
    for (size_t i = 0; i < sizeof together / sizeof together[0]; i++) {
        uint32_t words = 0;
        while (words < 3 && together[i][words][0] != '\0' && next + words < end &&
               strcmp(tokens[next + words].folded, together[i][words]) == 0)
            words++;
        if (words == 3 || (words == 2 && together[i][2][0] == '\0'))
            return next + words;
    }
    return next;
}

/* Behind "(both Spaniards)" where it begins at `at`. */
static uint32_t brackets_end(const struct token *tokens, uint32_t at, uint32_t end)
{
    if (at >= end || (!token_is(&tokens[at], "(") && !token_is(&tokens[at], "[")))
        return at;
    for (uint32_t next = at + 1; next < end && next < at + LONGEST_REMARK; next++)
        if (token_is(&tokens[next], ")") || token_is(&tokens[next], "]"))
            return next + 1;
    return at;
}

/* Somebody who does something else: "they killed Juan, and PEDRO fled". */
static bool is_other_subject(const struct coding *coding, const struct actor_mention *mention,
                             uint32_t above)
{
    const struct token *head = &coding->tree.tokens[mention->head];
    return head->relation == REL_NSUBJ && head->head != above && head->head != NONE &&
           coding->tree.tokens[head->head].upos == UPOS_VERB;
}

/* "FIRST SERGEANT Juan", "SOUND MAN Pedro": the title is a mention of its own where nothing lists
 * it. */
static const struct actor_mention *name_behind_title(const struct coding *coding,
                                                     const struct actor_mention *mention)
{
    const struct actor_mention *next = names_at(coding, mention->tokens.end);
    bool same = next != NULL && coding->tree.tokens[next->head].sentence ==
                                    coding->tree.tokens[mention->head].sentence;
    return same && next != mention ? next : mention;
}

/* The name at `at` or right behind a title there: "FIRST SERGEANT Juan", "HIS COMPANION Maria". */
const struct actor_mention *names_titled(const struct coding *coding, uint32_t at, uint32_t end)
{
    const struct token *tokens = coding->tree.tokens;
    for (uint32_t next = at; next < end && next < at + LONGEST_TITLE; next++) {
        const struct actor_mention *found = names_at(coding, next);
        if (found != NULL)
            return name_behind_title(coding, found);
        enum word_class upos = tokens[next].upos;
        bool possessive = upos == UPOS_PRON && next == at;
        /* "THEIR COOK, Maria" */
        if (next > at + 1 && tokens[at].upos == UPOS_PRON && token_is(&tokens[next], ","))
            continue;
        if (upos != UPOS_NOUN && upos != UPOS_PROPN && upos != UPOS_ADJ && !possessive)
            return NULL;
    }
    return NULL;
}

/* Where a remark on a name ends that begins behind the comma at `at`: behind the next semicolon, or
 * behind the next comma where it is an age or begins with an article. `at` where there is none. */
static uint32_t remark_end(const struct coding *coding, uint32_t at, uint32_t end)
{
    const struct token *tokens = coding->tree.tokens;
    if (at + 1 >= end || !token_is(&tokens[at], ","))
        return at;
    enum word_class first = tokens[at + 1].upos;
    bool closed = first == UPOS_NUM || first == UPOS_DET;
    for (uint32_t next = at + 1; next < end && next < at + LONGEST_REMARK; next++) {
        if (tokens[next].upos == UPOS_VERB && (tokens[next].features & WORD_FINITE) != 0)
            return at;
        if (token_is(&tokens[next], ";") || (closed && token_is(&tokens[next], ",")))
            return next;
    }
    return at;
}

/* Behind an item that gives no name: "; a boy known as Juan; Pedro", and between commas a name that
 * is not known for one: "Juan, Corporal Alipio, Pedro". */
static uint32_t item_end(const struct coding *coding, uint32_t at, uint32_t end)
{
    const struct token *tokens = coding->tree.tokens;
    if (at >= end || (!token_is(&tokens[at], ";") && !token_is(&tokens[at], ",")))
        return at;
    bool open = token_is(&tokens[at], ";");
    for (uint32_t next = at + 1; next < end && next < at + LONGEST_REMARK; next++) {
        const struct token *word = &tokens[next];
        if (strcmp(word->folded, tokens[at].folded) == 0)
            return next > at + 2 || open ? next : at;
        if (open ? word->upos == UPOS_VERB && (word->features & WORD_FINITE) != 0
                 : word->upos != UPOS_PROPN && word->upos != UPOS_ADJ)
            return at;
    }
    return at;
}

const struct actor_mention *names_next(const struct coding *coding, uint32_t at, uint32_t end)
{
    const struct token *tokens = coding->tree.tokens;
    /* "First Sergeant WILLIAN": the rest of a name that is not known for one; in capitals taggers
     * take it for an adjective, too. */
    for (int words = 0; words < 3 && at < end; words++)
        at += tokens[at].upos == UPOS_PROPN || tokens[at].upos == UPOS_ADJ;
    for (int remarks = 0; remarks < 3; remarks++) {
        at = brackets_end(tokens, at, end);
        uint32_t next = separators_end(tokens, at, end);
        const struct actor_mention *found = next > at ? names_titled(coding, next, end) : NULL;
        if (found != NULL)
            return found;
        /* "Juan, a teacher from Lima; Pedro" */
        uint32_t past = remark_end(coding, at, end);
        if (past == at)
            past = item_end(coding, at, end);
        if (past == at)
            return NULL;
        at = past;
    }
    return NULL;
}

/* The names in a row from `mention` on; `above` is the word they all hang on in meaning. */
void names_in_row(const struct coding *coding, const struct actor_mention *mention, uint32_t above,
                  struct participant_list *list)
{
    uint32_t sentence = coding->tree.tokens[mention->head].sentence;
    uint32_t end = coding->document->sentences.items[sentence].tokens.end;
    while (mention != NULL) {
        list_add(list, mention->head);
        mention = names_next(coding, mention->tokens.end, end);
        if (mention != NULL && is_other_subject(coding, mention, above))
            break;
    }
}

static bool is_plural_noun(const struct coding *coding, uint32_t token)
{
    const struct token *word = &coding->tree.tokens[token];
    return (word->upos == UPOS_NOUN || word->upos == UPOS_PROPN) &&
           (word->features & WORD_PLURAL) != 0;
}

/* Where the names of plural persons begin: right behind their noun phrase, or behind a colon later
 * in the sentence where no other persons come between. */
static const struct actor_mention *first_name(const struct coding *coding, uint32_t token)
{
    const struct token *tokens = coding->tree.tokens;
    uint32_t end = coding->document->sentences.items[tokens[token].sentence].tokens.end;
    uint32_t at = token + 1;
    if (at < end && names_at(coding, at) != NULL)
        return names_at(coding, at);
    for (; at < end && !token_is(&tokens[at], ":"); at++)
        if (is_plural_noun(coding, at) && (coding_kinds(coding, at) & KIND_PERSON) != 0)
            return NULL;
    return at + 1 < end ? names_titled(coding, at + 1, end) : NULL;
}

/* "Juan and Pedro, MEMBERS of the guard": the names before a bare noun that the parser took for the
 * participant; the first of the row. */
static const struct actor_mention *name_before(const struct coding *coding, uint32_t token)
{
    const struct token *tokens = coding->tree.tokens;
    uint32_t first = tree_noun_phrase(&coding->tree, token).first;
    uint32_t start = coding->document->sentences.items[tokens[token].sentence].tokens.first;
    if (first < start + 2 || !token_is(&tokens[first - 1], ",") ||
        tree_child(&coding->tree, token, REL_DET) != NONE ||
        tree_child(&coding->tree, token, REL_NUMMOD) != NONE)
        return NULL;
    const struct actor_mention *found = names_at(coding, first - 2);
    for (int steps = 0; found != NULL && steps < PARTICIPANTS; steps++) {
        uint32_t at = found->tokens.first;
        while (at > start && at + 3 > found->tokens.first && is_separator(&tokens[at - 1]))
            at--;
        const struct actor_mention *before =
            at < found->tokens.first && at > start ? names_at(coding, at - 1) : NULL;
        if (before == NULL)
            break;
        found = before;
    }
    return found;
}

static bool is_behind_as(const struct tree *tree, uint32_t token)
{
    uint32_t preposition = tree_preposition(tree, token);
    return preposition != NONE && token_is(&tree->tokens[preposition], "as");
}

/* "The dead man was identified as PEDRO", "police identified him as PEDRO", "those who were
 * kidnapped are JUAN and Pedro". */
static const struct actor_mention *name_said_of(const struct coding *coding, uint32_t token)
{
    const struct tree *tree = &coding->tree;
    const struct token *word = &tree->tokens[token];
    bool subject = word->relation == REL_NSUBJ || word->relation == REL_NSUBJ_PASS;
    if (word->head == NONE || (!subject && word->relation != REL_OBJ))
        return NULL;
    if (subject && tree_child(tree, word->head, REL_COP) != NONE)
        return names_at(coding, word->head);
    /* Who identifies is not who is named. */
    if (!token_is(&tree->tokens[word->head], "identify") ||
        (subject && tree_child_exactly(tree, word->head, REL_OBJ) != NONE))
        return NULL;
    uint32_t from = subject ? word->head : token;
    for (uint32_t child = tree->first_child[word->head]; child != NONE;
         child = tree->next_sibling[child])
        if (child > from && names_at(coding, child) != NULL &&
            (subject || is_behind_as(tree, child)))
            return names_at(coding, child);
    return NULL;
}

/* The person behind the brackets that follow the body at `token`, or NULL. */
static const struct actor_mention *past_brackets(const struct coding *coding, uint32_t token)
{
    const struct token *tokens = coding->tree.tokens;
    uint32_t index = coding->named[token];
    uint32_t end = coding->document->sentences.items[tokens[token].sentence].tokens.end;
    if (index == NONE)
        return NULL;
    const struct actor_mention *body = &coding->document->actor_mentions.items[index];
    uint32_t at = body->tokens.end;
    if (coding->document->actors.items[body->actor].kind != ACTOR_ORGANISATION || at >= end ||
        (!token_is(&tokens[at], "[") && !token_is(&tokens[at], "(")))
        return NULL;
    uint32_t limit = at + LONGEST_REMARK < end ? at + LONGEST_REMARK : end;
    while (at < limit && !token_is(&tokens[at], "]") && !token_is(&tokens[at], ")"))
        at++;
    return at + 1 < limit ? names_titled(coding, at + 1, limit) : NULL;
}

/* "A group CALLING ITSELF the Red Hand", "a militia KNOWN AS the Eagles": behind the words that
 * lead to the name; NONE where none do. */
static uint32_t behind_called(const struct token *tokens, uint32_t at, uint32_t end)
{
    if (at < end && (token_is(&tokens[at], "that") || token_is(&tokens[at], "which")))
        at++;
    if (at >= end || tokens[at].upos != UPOS_VERB ||
        !token_in(&tokens[at], WORDS_VERBS_OF_NAMING_BODIES))
        return NONE;
    for (at++; at < end && (tokens[at].upos == UPOS_DET || tokens[at].upos == UPOS_PRON ||
                            token_is(&tokens[at], "as") || token_is(&tokens[at], "\""));)
        at++;
    return at < end ? at : NONE;
}

/* The name by which the text calls the body at `token`; NONE where it does not. */
static uint32_t body_called(const struct coding *coding, uint32_t token)
{
    const struct token *tokens = coding->tree.tokens;
    uint32_t end = coding->document->sentences.items[tokens[token].sentence].tokens.end;
    uint32_t at = behind_called(tokens, token + 1, end);
    uint32_t index = at != NONE ? coding->named[at] : NONE;
    if (at != NONE && index == NONE && tokens[at].upos == UPOS_ADJ && at + 1 < end)
        index = coding->named[++at]; /* "the PATRIOTIC Front of the South" */
    if (index == NONE || tokens[token].upos != UPOS_NOUN)
        return NONE;
    const struct actor_mention *found = &coding->document->actor_mentions.items[index];
    bool body = coding->document->actors.items[found->actor].kind == ACTOR_ORGANISATION;
    return body && found->tokens.first <= at && at <= found->head ? found->head : NONE;
}

/* "The operators Glen Doherty AND TYRONE WOODS": names that nothing lists for names stand beside
 * those that are known. */
static void names_beside(const struct coding *coding, uint32_t token, struct participant_list *list)
{
    const struct tree *tree = &coding->tree;
    uint32_t name = tree_child(tree, token, REL_APPOS);
    if (name == NONE || !list_has(list, name))
        return;
    for (uint32_t child = tree->first_child[name]; child != NONE; child = tree->next_sibling[child])
        if (tree->tokens[child].relation == REL_CONJ && coding->named[child] == NONE &&
            tree->tokens[child].upos == UPOS_PROPN && tree_child(tree, child, REL_FLAT) != NONE)
            list_add(list, child);
}

bool members_by_name(const struct coding *coding, uint32_t token, struct participant_list *list)
{
    uint32_t actor = coding_actor(coding, token), called = body_called(coding, token);
    if (called != NONE) {
        list_add(list, called);
        return true;
    }
    uint32_t above = coding->tree.tokens[token].head;
    const struct actor_mention *own = names_at(coding, token);
    if (own != NULL) {
        list_add(list, token);
        names_in_row(coding, own, above, list);
        return true;
    }
    /* "Of the National Front [NF] candidate Juan": the brackets part what belongs together. */
    const struct actor_mention *past = past_brackets(coding, token);
    if (past != NULL) {
        names_in_row(coding, past, above, list);
        return true;
    }
    if (actor != NONE && coding->document->actors.items[actor].kind != ACTOR_UNNAMED &&
        coding->document->actors.items[actor].kind != ACTOR_PERSON)
        return false;
    const struct actor_mention *first = NULL;
    for (uint32_t child = coding->tree.first_child[token]; child != NONE && first == NULL;
         child = coding->tree.next_sibling[child])
        if (coding->tree.tokens[child].relation == REL_APPOS && name_at(coding, child) != NONE)
            first = names_at(coding, child);
    uint32_t behind = first == NULL ? name_behind(coding, token) : NONE;
    if (behind != NONE)
        first = names_at(coding, behind);
    if (first == NULL && coding->tree.tokens[token].upos == UPOS_NOUN)
        first = name_said_of(coding, token);
    if (first == NULL && coding->tree.tokens[token].upos == UPOS_NOUN)
        first = name_before(coding, token);
    if (first == NULL && is_plural_noun(coding, token))
        first = first_name(coding, token);
    if (first == NULL)
        return false;
    names_in_row(coding, first, above, list);
    names_beside(coding, token, list);
    return true;
}
