/* The clause that tells a claim, in the report's own words: subject and predicate, without the
 * clause_asides coordinated with it or wrapped around it. "Rebels shelled the town and took the
 * bridge": for the trigger "took" it is "Rebels … took the bridge". A chronology prints it instead
 * of a sentence that the program would have to make up.
 *
 * Method: the governing verb of the trigger with its own subject, or the one it shares or takes
 * over (arguments.h). Left out: leading adverbials (the date stands beside the line), what hangs on
 * the verb as a parenthesis, who says it, everything past 240 bytes. What the sentence has
 * elsewhere is put back: the auxiliary of a verb coordinated with it ("was stormed and looted":
 * "... was looted"), in brackets the object that a relative clause hangs on ("the town which they
 * had lost": "they had lost [the town]") and the auxiliary that a participle does without ("those
 * killed": "those [were] killed"; "rebels besieging the town": "rebels [were] besieging the town").
 * Questions, inversions ("nor would the council agree") and other clause_asides without a finite
 * verb, whose words would say something else by themselves, are not cut: the whole sentence is
 * shown for them, as for a subject that stands in another phrase ("without any hope of retaking").
 */
#include "meaning/clause_parts.h"

enum { LONGEST = 240 };

/* "It is the only area THAT HAS NOT FALLEN", "it was the army THAT FIRED": a relative clause on
 * what somebody or something is said to be tells little without it. */
static bool is_of_predicate(const struct tree *tree, uint32_t token)
{
    uint32_t noun = tree->tokens[token].head;
    enum relation relation = tree->tokens[token].relation;
    if ((relation != REL_ACL_RELCL && relation != REL_ADVCL_RELCL) || noun == NONE ||
        tree_child(tree, noun, REL_COP) == NONE ||
        (tree_child(tree, noun, REL_NSUBJ) == NONE && tree_child(tree, noun, REL_EXPL) == NONE))
        return false;
    for (uint32_t child = tree->first_child[token]; child != NONE && child < token;
         child = tree->next_sibling[child])
        if (tree->tokens[child].upos == UPOS_ADV && /* "the school WHERE" */
            (tree->tokens[child].features & (WORD_RELATIVE | WORD_INTERROGATIVE)) != 0)
            return false;
    return true;
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
        bool goes_on = !clause_is_verb(word) || loose || word->relation == REL_AMOD ||
                       word->relation == REL_XCOMP || word->relation == REL_AUX ||
                       relation_is(word->relation, REL_COP);
        bool predicate = tree_child(tree, token, REL_COP) != NONE &&
                         (tree_child(tree, token, REL_NSUBJ) != NONE ||
                          tree_child(tree, token, REL_EXPL) != NONE);
        if ((!goes_on && !is_of_predicate(tree, token)) || predicate)
            return token;
        if (word->head == NONE)
            return NONE;
        token = word->head;
    }
    return NONE;
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
        bool cleft = relation == REL_ADVCL_RELCL && tree_child(tree, verb, REL_EXPL) != NONE;
        if (is_left_out(relation) && !cleft && below.first < stop)
            stop = below.first;
        else if (below.end > range.end)
            range.end = below.end;
    }
    if (stop != NONE && stop > verb && stop < range.end)
        range.end = stop;
    return clause_trimmed(tree, range);
}

/* Bytes of the quotation mark at `text`, straight, curly or typed as two, or 0. */
static size_t quote_length(const char *text)
{
    if (text[0] == '"')
        return 1;
    if (strncmp(text, "``", 2) == 0 || strncmp(text, "''", 2) == 0)
        return 2;
    return strncmp(text, "\xe2\x80\x9c", 3) == 0 || strncmp(text, "\xe2\x80\x9d", 3) == 0 ? 3 : 0;
}

/* A clause cut out of a quotation keeps one of its marks: one that opens it is closed, and without
 * that it shows none. */
static char *with_whole_quotes(char *text, struct arena *arena)
{
    static const char *const closing[] = {"", "\"", "''", "\xe2\x80\x9d"}; /* by length */
    size_t marks = 0, to = 0, last = 0;
    for (size_t i = 0; text[i] != '\0';) {
        size_t length = quote_length(text + i);
        last = length > 0 ? i : last;
        marks += length > 0;
        i += length > 0 ? length : 1;
    }
    if (marks % 2 == 0)
        return text;
    if (last == 0 || text[last - 1] == ' ')
        return arena_print(arena, "%s%s", text, closing[quote_length(text + last)]);
    for (size_t i = 0; text[i] != '\0';) {
        size_t length = quote_length(text + i);
        if (length == 0)
            text[to++] = text[i++];
        i += length;
    }
    text[to] = '\0';
    return text;
}

/* "Did soldiers take part", "nor would the council agree": the auxiliary goes before the subject.
 * Or the verb lies within the subject's own words, or hangs on its noun by a preposition ("hope of
 * retaking"). */
static bool is_turned(const struct tree *tree, uint32_t verb, uint32_t subject)
{
    uint32_t above = verb;
    while (above != subject &&
           (tree->tokens[above].relation == REL_CONJ || tree->tokens[above].relation == REL_XCOMP))
        above = tree->tokens[above].head;
    if (tree_is_below(tree, verb, subject) && tree->tokens[above].head != subject)
        return true;
    for (uint32_t child = tree->first_child[verb]; child != NONE;
         child = tree->next_sibling[child]) {
        const struct token *word = &tree->tokens[child];
        bool before = relation_is(word->relation, REL_AUX) || word->relation == REL_COP;
        bool of = word->relation == REL_MARK && word->upos != UPOS_PART && child < verb &&
                  child > subject && tree->tokens[verb].head == subject;
        /* "Among them ARE two judges" */
        bool copula = word->relation == REL_COP && verb < child;
        if ((before && child < subject && (subject < verb || copula)) || of)
            return true;
    }
    return false;
}

/* "THE FOLLOWING DAYS several CITIES fell", parsed as two subjects: one of them is none. */
static bool has_two_subjects(const struct tree *tree, uint32_t verb, uint32_t subject)
{
    for (uint32_t child = tree->first_child[verb]; child != NONE && child < verb;
         child = tree->next_sibling[child])
        if (child > subject && tree->tokens[subject].head == verb &&
            tree->tokens[child].relation == REL_NSUBJ &&
            tree->tokens[subject].relation == REL_NSUBJ)
            return true;
    return false;
}

/* ------------------------------------------------------------------ what the clause lacks */

static bool has_finite(const struct tree *tree, uint32_t verb)
{
    return tree->tokens[verb].head == NONE || clause_finite(tree, verb) != NONE;
}

/* The auxiliaries of `verb`, as one range; empty where it has none. */
static struct token_range auxiliaries(const struct tree *tree, uint32_t verb)
{
    struct token_range range = {verb, verb};
    for (uint32_t child = tree->first_child[verb]; child != NONE;
         child = tree->next_sibling[child]) {
        if (child > verb || !relation_is(tree->tokens[child].relation, REL_AUX))
            continue;
        range.first = child < range.first ? child : range.first;
        range.end = range.end == verb || child >= range.end ? child + 1 : range.end;
    }
    return range.first < verb ? range : (struct token_range){verb, verb};
}

/* The verb that the coordination of `verb` begins with. */
static uint32_t first_conjunct(const struct tree *tree, uint32_t verb)
{
    for (int steps = 0; steps < 6 && tree->tokens[verb].relation == REL_CONJ &&
                        clause_is_verb(&tree->tokens[tree->tokens[verb].head]);
         steps++)
        verb = tree->tokens[verb].head;
    return verb;
}

static void add_was(struct buffer *buffer, const struct tree *tree, uint32_t subject)
{
    bool several = (tree->tokens[subject].features & WORD_PLURAL) != 0 ||
                   tree_child(tree, subject, REL_CONJ) != NONE ||
                   tree->tokens[subject].upos == UPOS_NUM;
    buffer_add_string(buffer, several ? " [were]" : " [was]");
}

/* "Rebels BESIEGING the town", "with militants PATROLLING the streets": told as going on, and of
 * who acts; "accused of killing" and "information leading to the arrest" are not. */
static bool goes_on_beside(const struct coding *coding, uint32_t verb, uint32_t subject)
{
    const struct tree *tree = &coding->tree;
    uint32_t acting = KIND_PERSON | KIND_ARMED | KIND_ORGANISATION;
    if (tree->tokens[subject].upos != UPOS_NOUN && tree->tokens[subject].upos != UPOS_PROPN)
        return false;
    if (coding_actor(coding, subject) == NONE && (coding_kinds(coding, subject) & acting) == 0)
        return false;
    uint32_t mark = tree_child(tree, verb, REL_MARK),
             preposition = tree_child(tree, verb, REL_CASE);
    if (preposition != NONE || (mark != NONE && !token_is(&tree->tokens[mark], "with")))
        return false;
    const struct token *word = &tree->tokens[verb];
    return tree_child_exactly(tree, verb, REL_NSUBJ) == subject ||
           (word->relation == REL_ACL && word->head == subject);
}

/* What stands between subject and predicate: nothing, the auxiliary of the first conjunct, "[was]"
 * or
 * "[were]". False for a verb that makes no sentence: "an army to win". */
static bool add_auxiliary(struct buffer *buffer, const struct coding *coding, uint32_t verb,
                          uint32_t subject)
{
    const struct tree *tree = &coding->tree;
    const struct token *word = &tree->tokens[verb];
    if (has_finite(tree, verb))
        return true;
    bool going_on = (word->features & WORD_PRESENT) != 0 || (word->features & WORD_GERUND) != 0;
    struct token_range before = auxiliaries(tree, verb);
    if (!clause_is_verb(word) || (word->features & (WORD_PARTICIPLE | WORD_GERUND)) == 0 ||
        before.first < before.end)
        return false;
    if (going_on && !goes_on_beside(coding, verb, subject))
        return false;
    if (going_on) {
        add_was(buffer, tree, subject);
        return true;
    }
    uint32_t first = first_conjunct(tree, verb);
    struct token_range lent = auxiliaries(tree, first);
    if (first != verb && lent.first < lent.end) {
        buffer_add_byte(buffer, ' ');
        clause_add_words(buffer, coding->document, lent);
        return true;
    }
    uint32_t own = tree_child_exactly(tree, verb, REL_NSUBJ);
    if (tree->tokens[first].relation != REL_ACL)
        return own != NONE; /* a past tense that the tagger took for a participle */
    /* Of who bears arms it is more often a past tense ("after rebels stormed back"). */
    if ((coding_kinds(coding, subject) & KIND_ARMED) != 0)
        return false;
    /* "A bomb guided by satellite struck": the second may be the verb of the first's noun. */
    uint32_t loose = tree_child_exactly(tree, verb, REL_ADVCL);
    if (loose != NONE && loose > verb && !has_finite(tree, loose))
        return false;
    add_was(buffer, tree, subject);
    return true;
}

/* The preposition of "in which they agreed to leave", "with whom they met", or NONE. */
static uint32_t preposition_of_relative(const struct tree *tree, uint32_t verb)
{
    for (uint32_t child = tree->first_child[verb]; child != NONE && child < verb;
         child = tree->next_sibling[child])
        if ((tree->tokens[child].features & WORD_RELATIVE) != 0 &&
            tree->tokens[child].upos == UPOS_PRON)
            return tree_preposition(tree, child);
    return NONE;
}

/* The noun that a relative clause hangs on where it is the object of the clause, or NONE. `*at` is
 * the trigger, and then the verb whose object it is. `*lost`: it is something else there that the
 * words leave out ("the hospital where", "the fort they were driven to"). */
static uint32_t gap_of(const struct tree *tree, uint32_t verb, uint32_t subject, uint32_t *at,
                       bool *lost)
{
    uint32_t first = first_conjunct(tree, verb);
    *lost = false;
    uint32_t noun = tree->tokens[first].head;
    if (tree->tokens[first].relation != REL_ACL_RELCL || noun == subject ||
        (subject < first && tree->tokens[subject].head == noun))
        return NONE;
    uint32_t preposition = preposition_of_relative(tree, first);
    if (preposition != NONE) {
        /* When and where is no matter: "talks in which they agreed"; with whom is. */
        static const char *const around[] = {"in",    "at",    "on",     "during",
                                             "under", "after", "before", NULL};
        *lost = !token_is_one_of(&tree->tokens[preposition], around);
        return NONE;
    }
    const uint32_t words[] = {*at, tree_child_exactly(tree, verb, REL_XCOMP), verb};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        struct arguments arguments;
        if (words[i] == NONE || !clause_is_verb(&tree->tokens[words[i]]))
            continue;
        arguments_find(tree, words[i], &arguments);
        const struct argument *object = arguments_get(&arguments, ARGUMENT_OBJECT);
        bool above = i == 0 && words[1] != NONE && words[0] == verb; /* "promised to defend" */
        if (!above && !arguments.passive && object != NULL && object->token == noun &&
            tree->tokens[noun].upos != UPOS_PRON) {
            *at = words[i];
            return noun;
        }
    }
    *lost = verb == first || tree_child(tree, verb, REL_NSUBJ) == NONE;
    return NONE;
}

/* The first attribution whose cue stands in the sentence or behind it: they come sentence by
 * sentence. */
static uint32_t first_said_in(const struct document *document, uint32_t sentence)
{
    uint32_t low = 0, high = document->attributions.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        uint32_t cue = document->attributions.items[middle].cue_tokens.first;
        if (document->tokens.items[cue].sentence < sentence)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* "..., they note" at the end of the range, behind a comma. */
static bool is_last_aside(const struct tree *tree, const struct attribution *said,
                          struct token_range range)
{
    return said->cue_tokens.end == range.end && said->source_tokens.end == said->cue_tokens.first &&
           clause_is_comma(tree, said->source_tokens.first - 1);
}

/* Who says it is no part of it: "took the city itself, a member of the council said". */
static struct token_range without_speaker(const struct coding *coding, struct token_range range,
                                          uint32_t verb)
{
    const struct document *document = coding->document;
    const struct tree *tree = &coding->tree;
    uint32_t sentence = document->tokens.items[verb].sentence;
    for (uint32_t i = first_said_in(document, sentence); i < document->attributions.count; i++) {
        const struct attribution *said = &document->attributions.items[i];
        if (document->tokens.items[said->cue_tokens.first].sentence > sentence)
            break;
        if (said->source_tokens.first > verb && said->source_tokens.first < range.end &&
            said->source_tokens.first < said->source_tokens.end &&
            (said->cue_tokens.first >= range.end || is_last_aside(tree, said, range)))
            range.end = said->source_tokens.first;
    }
    /* "..., residents and officers said" whose speakers the parser gave to the clause before. */
    uint32_t cue = range.end;
    if (cue < document->tokens.count && clause_is_verb(&tree->tokens[cue]) &&
        tree->tokens[cue].relation == REL_ROOT && tree_child(tree, cue, REL_NSUBJ) == NONE &&
        tree_is_below(tree, verb, cue))
        range = clause_up_to_comma(tree, range, verb);
    return clause_trimmed(tree, range);
}

/* "Protesters, however, dismissed": the comma behind the subject, where its fellow stands in the
 * predicate. */
static bool has_aside(const struct tree *tree, struct token_range predicate, uint32_t verb)
{
    return predicate.first > 0 && clause_is_comma(tree, predicate.first - 1) &&
           predicate.first < verb &&
           clause_commas(tree, (struct token_range){predicate.first, verb}) % 2 == 1;
}

/* The object that stands behind the next verb: "has interviewed and released THEM". NONE where the
 * predicate has its own. */
static uint32_t object_behind(const struct tree *tree, const struct arguments *arguments,
                              struct token_range predicate)
{
    const struct argument *object = arguments_get(arguments, ARGUMENT_OBJECT);
    if (arguments->passive || object == NULL || object->token < predicate.end ||
        predicate.end != arguments->word + 1 || tree->tokens[object->token].upos == UPOS_PRON)
        return NONE;
    return object->token;
}

/* Cut in the middle: its last word belongs to one that stands behind it. */
static bool is_cut(const struct tree *tree, struct token_range predicate, uint32_t verb)
{
    uint32_t last = predicate.end - 1, head = tree->tokens[last].head;
    return last != verb && head != NONE && head >= predicate.end;
}

/* "We'RE ready", "he'LL go" behind a name: the word in full. Returns how many words that took; adds
 * a blank where the next does not hang on the name ("it's"). */
static uint32_t add_contraction(struct buffer *buffer, const struct token *token)
{
    static const char *const words[][2] = {
        {"'re", "are"}, {"'ll", "will"}, {"'ve", "have"}, {"'m", "am"}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(token->folded, words[i][0]) == 0) {
            buffer_print(buffer, " %s ", words[i][1]);
            return 1;
        }
    if (strcmp(token->folded, "'s") == 0 && token->upos == UPOS_AUX) {
        bool has = token->lemma != NULL && strcmp(token->lemma, "have") == 0;
        buffer_add_string(buffer, has ? " has " : " is ");
        return 1;
    }
    if (token->folded[0] != '\'')
        buffer_add_byte(buffer, ' ');
    return 0;
}

/* The predicate, with `gap` in brackets behind the verb that it is the object of. */
static void add_predicate(struct buffer *buffer, const struct coding *coding,
                          struct token_range predicate, uint32_t verb, uint32_t gap)
{
    const struct tree *tree = &coding->tree;
    predicate.first += add_contraction(buffer, &tree->tokens[predicate.first]);
    if (gap == NONE) {
        clause_add_words(buffer, coding->document, predicate);
        return;
    }
    uint32_t particle = tree_child_exactly(tree, verb, REL_COMPOUND_PRT);
    uint32_t at =
        particle != NONE && particle > verb && particle < predicate.end ? particle + 1 : verb + 1;
    clause_add_words(buffer, coding->document, (struct token_range){predicate.first, at});
    buffer_add_string(buffer, " [");
    struct token_range range =
        clause_noun_phrase(tree, gap, clause_asides | BIT(REL_CASE) | BIT(REL_CONJ) | BIT(REL_CC));
    clause_add_words(buffer, coding->document, range);
    buffer_add_byte(buffer, ']');
    if (at < predicate.end && tree->tokens[at].upos != UPOS_PUNCT)
        buffer_add_byte(buffer, ' ');
    clause_add_words(buffer, coding->document, (struct token_range){at, predicate.end});
}

/* "Trouble with IRAN, which condemned it": who acts by the claim, where the parser hung the clause
 * on the noun before. */
static uint32_t actor_behind(const struct making *making, uint32_t subject, uint32_t verb)
{
    const struct tree *tree = &making->coding->tree;
    const struct participant_list *agents = &making->agents;
    if (tree->tokens[first_conjunct(tree, verb)].relation != REL_ACL_RELCL ||
        tree->tokens[first_conjunct(tree, verb)].head != subject)
        return subject;
    for (uint32_t i = 0; i < agents->count; i++)
        if (agents->tokens[i] == subject)
            return subject;
    for (uint32_t i = 0; i < agents->count; i++)
        if (agents->tokens[i] < verb && tree->tokens[agents->tokens[i]].head == subject &&
            tree->tokens[agents->tokens[i]].relation == REL_NMOD)
            return agents->tokens[i];
    return subject;
}

/* "WASHINGTON (AP) Church LEADERS praise": of two subjects that behind the dateline. */
static uint32_t behind_dateline(const struct tree *tree, uint32_t subject, uint32_t verb)
{
    if (tree->tokens[subject].head != verb ||
        !relation_is(tree->tokens[subject].relation, REL_NSUBJ))
        return subject;
    for (uint32_t child = tree->first_child[verb]; child != NONE && child < verb;
         child = tree->next_sibling[child]) {
        uint32_t first = tree_extent(tree, child, 0).first;
        if (child > subject && first > subject + 1 &&
            relation_is(tree->tokens[child].relation, REL_NSUBJ) &&
            (clause_is_dash(tree, first - 1) || tree->tokens[first - 1].folded[0] == ')' ||
             tree->tokens[first - 1].folded[0] == '_'))
            return child;
    }
    return subject;
}

/* Who or what the clause is about: its subject, in a passive its object; or NONE. */
static uint32_t subject_of(const struct making *making, const struct arguments *arguments,
                           uint32_t verb)
{
    const struct tree *tree = &making->coding->tree;
    const struct argument *subject =
        arguments_get(arguments, arguments->passive ? ARGUMENT_OBJECT : ARGUMENT_SUBJECT);
    uint32_t head = subject != NULL ? subject->token : tree_child(tree, verb, REL_EXPL);
    if (head == NONE)
        return NONE;
    return head > verb ? head : actor_behind(making, behind_dateline(tree, head, verb), verb);
}

/* The words, cut at a blank where they are too many. */
static char *text_of(const struct buffer *buffer, struct arena *arena)
{
    size_t length = buffer->length;
    if (length > LONGEST)
        for (length = LONGEST; length > 0 && buffer->bytes[length] != ' '; length--)
            ;
    char *text = NULL;
    if (length > 0 && !buffer->failed)
        text = arena_print(arena, "%.*s%s", (int)length, buffer->bytes,
                           length < buffer->length ? " \xe2\x80\xa6" : "");
    return text != NULL ? with_whole_quotes(text, arena) : NULL;
}

const char *clause_text(const struct making *making, enum claim_status status, struct arena *arena)
{
    const struct coding *coding = making->coding;
    const struct tree *tree = &coding->tree;
    uint32_t trigger = making->trigger, verb = clause_verb(tree, trigger);
    if (verb == NONE)
        return NULL;
    struct arguments arguments;
    arguments_find(tree, verb, &arguments);
    uint32_t head = subject_of(making, &arguments, verb);
    if (head == NONE || has_two_subjects(tree, verb, head))
        return NULL;
    struct token_range predicate = without_speaker(coding, predicate_of(tree, verb, head), verb);
    predicate = clause_without_open_bracket(tree, predicate);
    if (predicate.first >= predicate.end)
        return NULL;
    if (head > verb || is_turned(tree, verb, head) || is_cut(tree, predicate, verb) ||
        !clause_is_whole(tree, head, verb, predicate) ||
        clause_is_left_open(tree, verb, status == STATUS_CONDITIONAL) ||
        clause_is_denied_outside(tree, verb, predicate))
        return NULL;
    /* "10 were wounded": of whom, only the sentence tells. */
    if (tree->tokens[head].upos == UPOS_NUM && head + 1 == predicate.first &&
        predicate.end <= predicate.first + 2)
        return NULL;
    bool inside = trigger >= predicate.first && trigger < predicate.end;
    if (trigger != head && !inside && !tree_is_below(tree, trigger, head))
        return NULL;
    bool lost;
    uint32_t at = trigger;
    uint32_t gap = gap_of(tree, verb, head, &at, &lost);
    if (lost)
        return NULL;
    uint32_t behind = gap == NONE ? object_behind(tree, &arguments, predicate) : NONE;
    if (behind != NONE) {
        gap = behind;
        at = verb;
    }
    struct buffer buffer;
    buffer_init(&buffer);
    char *text = NULL;
    bool subject_told = clause_add_subject(&buffer, coding, head, verb, predicate);
    if (has_aside(tree, predicate, verb) && buffer.length > 0 &&
        buffer.bytes[buffer.length - 1] != ',')
        buffer_add_byte(&buffer, ',');
    if (subject_told && add_auxiliary(&buffer, coding, verb, head)) {
        add_predicate(&buffer, coding, predicate, at, gap);
        text = text_of(&buffer, arena);
    }
    buffer_release(&buffer);
    return text;
}
