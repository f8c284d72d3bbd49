/* The clause that tells a claim, in the report's own words: subject and predicate, without the clauses
 * coordinated with it or wrapped around it. "Rebels shelled the town and took the bridge": for the
 * trigger "took" it is "Rebels … took the bridge". A chronology prints it instead of a sentence that
 * the program would have to make up.
 *
 * Method: the governing verb of the trigger with its own subject, or the one it shares or takes over
 * (arguments.h). Left out: leading adverbials (the date stands beside the line), what hangs on the
 * verb as a parenthesis, everything past 240 bytes. A reduced clause gets its "was" ("an accord signed in
 * June"), a relative one the noun it is told of. What has no finite verb is shown as its whole sentence. Questions and inversions ("nor would the council
 * agree"), whose words would say something else in another order, are not cut: the whole sentence is
 * shown for them, as for a subject that stands in another phrase ("without any hope of retaking"). */
#include "meaning/coding.h"

#include "bytes/buffer.h"

enum { LONGEST = 240 };

static bool is_verb(const struct token *token)
{
    return token->upos == UPOS_VERB || token->upos == UPOS_AUX;
}

/* The verb whose clause is shown: "agreed to leave" is shown whole. */
static uint32_t clause_verb(const struct tree *tree, uint32_t token)
{
    for (int steps = 0; steps < 6; steps++) {
        const struct token *word = &tree->tokens[token];
        /* "…, killing five": a participle is shown with the clause it belongs to. */
        bool loose = word->relation == REL_ADVCL && (word->features & WORD_FINITE) == 0 &&
                     tree_child(tree, token, REL_AUX) == NONE &&
                     tree_child(tree, token, REL_NSUBJ) == NONE;
        /* "The Taliban-held school was stormed": the participle tells nothing by itself. */
        bool goes_on = !is_verb(word) || loose || word->relation == REL_AMOD || word->relation == REL_XCOMP ||
                       word->relation == REL_AUX || relation_is(word->relation, REL_COP);
        bool predicate = tree_child(tree, token, REL_COP) != NONE &&
                         tree_child(tree, token, REL_NSUBJ) != NONE;
        if (!goes_on || predicate)
            return token;
        if (word->head == NONE)
            return NONE;
        token = word->head;
    }
    return NONE;
}

static struct token_range trimmed(const struct tree *tree, struct token_range range)
{
    while (range.first < range.end && tree->tokens[range.first].upos == UPOS_PUNCT)
        range.first++;
    while (range.end > range.first && (tree->tokens[range.end - 1].upos == UPOS_PUNCT ||
                                       tree->tokens[range.end - 1].upos == UPOS_CCONJ))
        range.end--;
    return range;
}

static bool is_left_out(enum relation relation)
{
    return relation == REL_CONJ || relation == REL_CC || relation == REL_PARATAXIS ||
           relation == REL_DISCOURSE || relation == REL_ADVCL_RELCL || relation == REL_LIST;
}

/* From the first word after the subject to the end of what belongs to the verb. */
static struct token_range predicate_of(const struct tree *tree, uint32_t verb, uint32_t subject)
{
    struct token_range range = {verb, verb + 1};
    uint32_t stop = NONE;
    for (uint32_t child = tree->first_child[verb]; child != NONE;
         child = tree->next_sibling[child]) {
        enum relation relation = tree->tokens[child].relation;
        /* "the ninth city to be overrun": with its "to". */
        bool beside = relation_is(relation, REL_AUX) || relation == REL_COP ||
                      relation == REL_ADVMOD || relation == REL_CASE || relation == REL_DET ||
                      (relation == REL_MARK && tree->tokens[child].upos == UPOS_PART);
        if (child < verb && beside && (subject == NONE || child > subject) && child < range.first)
            range.first = tree_extent(tree, child, 0).first;
        if (child < verb || child == subject)
            continue;
        struct token_range below = tree_extent(tree, child, 0);
        if (is_left_out(relation) && below.first < stop)
            stop = below.first;
        else if (below.end > range.end)
            range.end = below.end;
    }
    if (stop != NONE && stop > verb && stop < range.end)
        range.end = stop;
    return trimmed(tree, range);
}

static bool is_pronoun(const struct tree *tree, uint32_t token)
{
    return token != NONE && tree->tokens[token].upos == UPOS_PRON;
}

static void add_words(struct buffer *buffer, const struct document *document,
                      struct token_range range)
{
    struct byte_span span = document_span_of(document, range);
    bool blank = false;
    for (uint32_t i = span.start; i < span.end; i++) {
        unsigned char byte = (unsigned char)document->text[i];
        if (byte <= ' ') {
            blank = true;
            continue;
        }
        if (blank)
            buffer_add_byte(buffer, ' ');
        blank = false;
        buffer_add_byte(buffer, (char)byte);
    }
}

/* Bytes of the quotation mark at `text`, straight or curly, or 0. */
static size_t quote_length(const char *text)
{
    if (text[0] == '"')
        return 1;
    return strncmp(text, "\xe2\x80\x9c", 3) == 0 || strncmp(text, "\xe2\x80\x9d", 3) == 0 ? 3 : 0;
}

/* A clause cut out of a quotation keeps one of its marks: without both it shows none. */
static void drop_single_quote(char *text)
{
    size_t marks = 0, to = 0;
    for (size_t i = 0; text[i] != '\0'; i++)
        marks += quote_length(text + i) > 0;
    if (marks % 2 == 0)
        return;
    for (size_t i = 0; text[i] != '\0';) {
        size_t length = quote_length(text + i);
        if (length == 0)
            text[to++] = text[i++];
        i += length;
    }
    text[to] = '\0';
}

#define BIT(relation) (UINT64_C(1) << (relation))

/* What hangs on a noun as a clause or a parenthesis. */
static const uint64_t clauses = BIT(REL_ACL) | BIT(REL_ACL_RELCL) | BIT(REL_ADVCL) |
                                BIT(REL_ADVCL_RELCL) | BIT(REL_APPOS) | BIT(REL_PARATAXIS) |
                                BIT(REL_CCOMP) | BIT(REL_COP) | BIT(REL_NSUBJ) | BIT(REL_MARK) |
                                BIT(REL_AUX) | BIT(REL_DISCOURSE) | BIT(REL_DEP);

/* Joins the noun to what stands before it, and is none of its words. */
static bool is_before_noun(const struct token *token)
{
    return token->relation == REL_CASE || token->relation == REL_CC || token->relation == REL_MARK ||
           (token->relation == REL_ADVMOD && token->upos == UPOS_PART);
}

/* The subject's noun phrase, or the actor's name for a pronoun; false where there is none to show. */
static bool add_subject(struct buffer *buffer, const struct coding *coding, uint32_t subject,
                        uint32_t verb)
{
    const struct document *document = coding->document;
    uint32_t mention = coding->actor_mention[subject];
    if (is_pronoun(&coding->tree, subject)) {
        if (mention == NONE)
            return false;
        uint32_t actor = document->actor_mentions.items[mention].actor;
        buffer_add_string(buffer, document->actors.items[actor].name);
        return true;
    }
    if (is_verb(&coding->tree.tokens[subject]))
        return false;
    struct token_range range = trimmed(&coding->tree, tree_extent(&coding->tree, subject, clauses));
    /* "Kunduz, which fell, and Mazar": up to the clause. */
    for (uint32_t child = coding->tree.first_child[subject]; child != NONE;
         child = coding->tree.next_sibling[child])
        if (child > subject && (clauses >> coding->tree.tokens[child].relation & 1u) != 0) {
            uint32_t first = tree_extent(&coding->tree, child, 0).first;
            range.end = first > subject && first < range.end ? first : range.end;
        }
    range = trimmed(&coding->tree, range);
    /* "by rebels" of a passive: without its preposition; "but not to the council, which": without those. */
    while (range.first < subject && coding->tree.tokens[range.first].head == subject &&
           is_before_noun(&coding->tree.tokens[range.first]))
        range.first++;
    if (range.first >= range.end || (verb >= range.first && verb < range.end))
        return false;
    add_words(buffer, document, range);
    return true;
}

/* "Did soldiers take part", "nor would the council agree": the auxiliary goes before the subject. Or the
 * verb lies within the subject's own words, or hangs on its noun by a preposition ("hope of retaking"). */
static bool is_turned(const struct tree *tree, uint32_t verb, uint32_t subject)
{
    uint32_t above = verb;
    while (above != subject &&
           (tree->tokens[above].relation == REL_CONJ || tree->tokens[above].relation == REL_XCOMP))
        above = tree->tokens[above].head;
    if (tree_is_below(tree, verb, subject) && tree->tokens[above].head != subject)
        return true;
    for (uint32_t child = tree->first_child[verb]; child != NONE; child = tree->next_sibling[child]) {
        const struct token *word = &tree->tokens[child];
        bool before = relation_is(word->relation, REL_AUX) || word->relation == REL_COP;
        bool of = word->relation == REL_MARK && word->upos != UPOS_PART && child < verb &&
                  tree->tokens[verb].head == subject;
        if ((before && child < subject && subject < verb) || of)
            return true;
    }
    return false;
}

/* "An accord SIGNED in June": reduced, of the thing it hangs on. Of persons the parser takes an active for
 * one too often ("after rebels stormed back"). */
static bool is_reduced_passive(const struct coding *coding, uint32_t verb,
                               const struct arguments *arguments, uint32_t head)
{
    const struct tree *tree = &coding->tree;
    return arguments->passive && (coding_kinds(coding, head) & (KIND_PERSON | KIND_ARMED)) == 0 &&
           coding_actor(coding, head) == NONE && tree->tokens[verb].relation == REL_ACL &&
           tree->tokens[verb].head == head && head < verb &&
           (tree->tokens[verb].features & WORD_PARTICIPLE) != 0 &&
           tree_child(tree, verb, REL_AUX) == NONE;
}

/* "M23 TO WITHDRAW its troops", "the group HAVING SHOT nine": no sentence by itself. */
static bool is_no_sentence(const struct tree *tree, uint32_t verb, struct token_range predicate)
{
    const struct token *first = &tree->tokens[predicate.first];
    bool gerund = (tree->tokens[verb].features & WORD_GERUND) != 0 ||
                  strcmp(first->folded, "having") == 0 || strcmp(first->folded, "being") == 0;
    if (first->upos == UPOS_PART && token_is(first, "to")) /* "the third town to be captured" is one */
        return !token_is(&tree->tokens[predicate.first + 1], "be");
    if (!gerund)
        return false;
    uint32_t auxiliary = tree_child(tree, verb, REL_AUX);
    return auxiliary == NONE || strcmp(tree->tokens[auxiliary].folded, "having") == 0;
}

/* "It began on Friday, the army | SAYS": who says so, taken for a part of what is said. */
static struct token_range without_speaker(const struct tree *tree, struct token_range predicate,
                                          uint32_t verb)
{
    if (predicate.end >= tree->document->tokens.count ||
        tree->tokens[predicate.end].upos != UPOS_VERB ||
        tree->tokens[predicate.end].sentence != tree->tokens[verb].sentence)
        return predicate;
    for (uint32_t i = predicate.end; i-- > verb + 1;)
        if (token_is(&tree->tokens[i], ",")) {
            predicate.end = i;
            break;
        }
    return predicate;
}

/* "Radio, WHICH the rebels SEIZED": the noun that the clause is told of is its object. */
static uint32_t object_before(const struct tree *tree, uint32_t verb,
                              const struct arguments *arguments, uint32_t head)
{
    const struct argument *object = arguments_get(arguments, ARGUMENT_OBJECT);
    uint32_t noun = tree->tokens[verb].head;
    bool gap = tree->tokens[verb].relation == REL_ACL_RELCL && !arguments->passive && noun != NONE &&
               noun != head && object != NULL && object->token == noun && noun < verb;
    return gap ? noun : NONE;
}

/* The predicate with the object in its place: behind the verb and its particle. */
static void add_predicate(struct buffer *buffer, const struct coding *coding, uint32_t verb,
                          struct token_range predicate, uint32_t object)
{
    struct token_range front = {predicate.first, verb + 1}, rest = {verb + 1, predicate.end};
    if (object == NONE || verb < predicate.first || verb >= predicate.end) {
        add_words(buffer, coding->document, predicate);
        return;
    }
    if (rest.first < rest.end &&
        coding->tree.tokens[rest.first].relation == REL_COMPOUND_PRT)
        front.end = ++rest.first;
    add_words(buffer, coding->document, front);
    buffer_add_byte(buffer, ' ');
    if (!add_subject(buffer, coding, object, verb))
        buffer->length--;
    if (rest.first < rest.end) {
        buffer_add_byte(buffer, ' ');
        add_words(buffer, coding->document, rest);
    }
}

const char *clause_text(const struct coding *coding, uint32_t trigger, struct arena *arena)
{
    uint32_t verb = clause_verb(&coding->tree, trigger);
    if (verb == NONE)
        return NULL;
    struct arguments arguments;
    arguments_find(&coding->tree, verb, &arguments);
    const struct argument *subject =
        arguments_get(&arguments, arguments.passive ? ARGUMENT_OBJECT : ARGUMENT_SUBJECT);
    uint32_t head = subject != NULL ? subject->token : NONE;
    if (head != NONE && is_turned(&coding->tree, verb, head))
        return NULL;
    struct token_range predicate =
        without_speaker(&coding->tree, predicate_of(&coding->tree, verb, head), verb);
    if (is_no_sentence(&coding->tree, verb, predicate))
        return NULL;
    uint32_t object = object_before(&coding->tree, verb, &arguments, head);
    if (head != NONE && head > verb && head < predicate.end)
        return NULL;
    if (trigger != head && (trigger < predicate.first || trigger >= predicate.end) &&
        !(head != NONE && tree_is_below(&coding->tree, trigger, head)))
        return NULL;
    struct buffer buffer;
    buffer_init(&buffer);
    char *text = NULL;
    if (head != NONE && add_subject(&buffer, coding, head, verb)) {
        buffer_add_byte(&buffer, ' ');
        if (is_reduced_passive(coding, verb, &arguments, head))
            buffer_add_string(&buffer, (coding->tree.tokens[head].features & WORD_PLURAL) != 0
                                           ? "were "
                                           : "was ");
        add_predicate(&buffer, coding, verb, predicate, object);
        size_t length = buffer.length;
        if (length > LONGEST)
            for (length = LONGEST; length > 0 && buffer.bytes[length] != ' '; length--)
                ;
        if (length > 0 && !buffer.failed)
            text = arena_print(arena, "%.*s%s", (int)length, buffer.bytes,
                               length < buffer.length ? " \xe2\x80\xa6" : "");
        if (text != NULL)
            drop_single_quote(text);
    }
    buffer_release(&buffer);
    return text;
}
