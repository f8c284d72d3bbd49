/* Clauses and phrases that hang one word too high or too low: "repeated their OFFER TO TALK",
 * "BETWEEN Premier Marek and the miners", "stop the raids, WHICH HARM the town".
 *
 * Method: each is told by where its words stand. An infinitive right behind the phrase of a noun of
 * intent (supports.tsv, role "task") is the noun's, a clause with "which" behind a comma is the
 * noun's before it; a subject that stands before the verb above its own has that verb for its own.
 * They are put right in the tree itself, as the clauses of rehung.c are. Leaves out: infinitives
 * behind other nouns, which may tell a purpose. */
#include "meaning/rehung.h"

#include "meaning/arguments_parts.h"
#include "meaning/supports.h"

#include <string.h>

static bool ends_in(const struct token *word, const char *ending)
{
    size_t length = strlen(ending);
    return word->folded_length > length + 1 &&
           strcmp(word->folded + word->folded_length - length, ending) == 0;
}

/* What hangs on `above` of the phrase that ends at `last`, or NONE. */
static uint32_t phrase_of(const struct token *tokens, uint32_t last, uint32_t above)
{
    enum { HIGHEST = 8 };
    for (int steps = 0; steps < HIGHEST && last != NONE && last > above; steps++) {
        if (tokens[last].head == above)
            return last;
        last = tokens[last].head;
    }
    return NONE;
}

/* "Repeated their OFFER TO TALK", parsed as if they repeated it in order to talk. */
static bool rehang_task(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t verb = tokens[word].head, to = tree_child_exactly(tree, word, REL_MARK);
    if ((tokens[word].relation != REL_XCOMP && tokens[word].relation != REL_ADVCL) ||
        verb == NONE || verb > word || to == NONE || to == 0 || !token_is(&tokens[to], "to") ||
        tree->first_child[word] != to || token_is(&tokens[verb], "use"))
        return false;
    uint32_t noun = phrase_of(tokens, to - 1, verb);
    if (noun == NONE || tokens[noun].upos != UPOS_NOUN ||
        (tokens[noun].relation != REL_OBJ && tokens[noun].relation != REL_OBL) ||
        !supports_hold(tree->supports, &tokens[noun], SUPPORT_TASK, 0) ||
        tree_child_exactly(tree, noun, REL_ACL) != NONE)
        return false;
    tokens[word].head = noun;
    tokens[word].relation = REL_ACL;
    return true;
}

/* "Asked them to stop the raids, WHICH HARM the town", parsed as what was asked. */
static bool rehang_which(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t above = tokens[word].head, which = tree->first_child[word];
    if ((tokens[word].relation != REL_CCOMP && tokens[word].relation != REL_PARATAXIS) ||
        above == NONE || above > word)
        return false;
    while (which != NONE && which < word && tokens[which].relation == REL_PUNCT)
        which = tree->next_sibling[which];
    if (which == NONE || which > word || which < above + 3 || !token_is(&tokens[which], "which") ||
        !token_is(&tokens[which - 1], ",") || tokens[which].upos != UPOS_PRON)
        return false;
    uint32_t noun = which - 2;
    while (tokens[noun].head != NONE && tokens[noun].head < noun &&
           (tokens[noun].relation == REL_FLAT || tokens[noun].relation == REL_CONJ))
        noun = tokens[noun].head;
    if (!token_is_nominal(&tokens[noun]) || tree_is_below(tree, noun, word))
        return false;
    tokens[word].head = noun;
    tokens[word].relation = REL_ACL_RELCL;
    return true;
}

/* "The REBELS charged on Monday that the army shelled them", with the first subject drawn over its
 * verb into the clause below. */
static bool rehang_across(struct token *tokens, const struct tree *tree, uint32_t subject)
{
    uint32_t clause = tokens[subject].head, verb = clause != NONE ? tokens[clause].head : NONE;
    if (verb == NONE || verb <= subject || verb >= clause || tokens[clause].relation != REL_CCOMP ||
        tokens[verb].upos != UPOS_VERB || rehung_has_subject(tree, verb) ||
        tree_child_exactly(tree, clause, REL_MARK) == NONE)
        return false;
    rehung_make_subject(tokens, tree, subject, verb);
    return true;
}

/* "HE HAS, in turn, informed", with the subject hung on the auxiliary. */
static bool rehang_auxiliary(struct token *tokens, const struct tree *tree, uint32_t subject)
{
    uint32_t auxiliary = tokens[subject].head;
    if (auxiliary == NONE || auxiliary < subject ||
        !relation_is(tokens[auxiliary].relation, REL_AUX) || tokens[auxiliary].head == NONE ||
        rehung_has_subject(tree, tokens[auxiliary].head))
        return false;
    tokens[subject].head = tokens[auxiliary].head;
    return true;
}

/* "French SPRINTER Anna Marek asked", with two subjects: a title and the name right behind it. */
static bool rehang_title(struct token *tokens, const struct tree *tree, uint32_t name)
{
    uint32_t verb = tokens[name].head, first = tree_extent(tree, name, 0).first;
    if (tokens[name].upos != UPOS_PROPN || verb == NONE || verb < name || first == 0 ||
        (tokens[name].features & WORD_PLURAL) != 0)
        return false;
    for (uint32_t title = tree->first_child[verb]; title != NONE && title < name;
         title = tree->next_sibling[title]) {
        if (tokens[title].head != verb || tokens[title].relation != tokens[name].relation ||
            (tokens[title].upos != UPOS_NOUN && tokens[title].upos != UPOS_ADJ) ||
            tree_extent(tree, title, 0).end != first || tokens[first - 1].upos == UPOS_PUNCT)
            continue;
        tokens[title].head = name;
        tokens[title].relation = REL_NMOD_DESC;
        return true;
    }
    return false;
}

/* "Showed that MINERS and clerks backed her", with who backed her hung on the verb before "that".
 */
static bool rehang_behind_that(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t verb = tokens[word].head, mark = tree_child_exactly(tree, word, REL_MARK);
    if (tokens[word].relation != REL_CCOMP || verb == NONE || mark == NONE || mark < verb ||
        mark > word || tokens[word].upos != UPOS_VERB || rehung_has_subject(tree, word) ||
        !token_is(&tokens[mark], "that"))
        return false;
    uint32_t noun = tree_child_exactly(tree, verb, REL_OBJ);
    if (noun == NONE || noun < mark || noun > word || tokens[noun].head != verb ||
        !token_is_nominal(&tokens[noun]))
        return false;
    rehung_make_subject(tokens, tree, noun, word);
    return true;
}

/* "Watched the ministers SIGN the treaty": a clause without subject and mark, of a verb that has an
 * object, is what the object does. */
static bool rehang_seen(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t verb = tokens[word].head;
    if (tokens[word].relation != REL_CCOMP || verb == NONE || verb > word ||
        tokens[word].upos != UPOS_VERB || rehung_has_subject(tree, word) ||
        (tokens[word].features & (WORD_FINITE | WORD_PARTICIPLE)) != 0 ||
        tree_child(tree, word, REL_MARK) != NONE || tree_child(tree, word, REL_AUX) != NONE ||
        tree->first_child[word] < word)
        return false;
    uint32_t noun = tree_child_exactly(tree, verb, REL_OBJ);
    if (noun == NONE || noun < verb || tree_extent(tree, noun, 0).end != word)
        return false;
    tokens[word].relation = REL_XCOMP;
    return true;
}

/* "Got the delegation TO LEAVE", parsed as if it was in order to leave. */
static bool rehang_bid(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t verb = tokens[word].head, to = tree_child_exactly(tree, word, REL_MARK);
    if (tokens[word].relation != REL_ADVCL || verb == NONE || verb > word || to == NONE ||
        !token_is(&tokens[to], "to") || tree->first_child[word] != to ||
        tree_child_exactly(tree, verb, REL_XCOMP) != NONE || rehung_has_subject(tree, word) ||
        !supports_hold(tree->supports, &tokens[verb], SUPPORT_BID, 0))
        return false;
    uint32_t whom = phrase_of(tokens, to - 1, verb);
    if (whom == NONE || (tokens[whom].relation != REL_OBJ && tokens[whom].relation != REL_IOBJ))
        return false;
    tokens[word].relation = REL_XCOMP;
    return true;
}

/* "Have taken OVER the port", parsed as a preposition of what is taken: an object has none, and
 * what stands right behind its verb is a particle. */
static bool rehang_particle(struct token *tokens, const struct tree *tree, uint32_t particle)
{
    uint32_t object = tokens[particle].head, verb = object != NONE ? tokens[object].head : NONE;
    if (object == NONE || tokens[object].relation != REL_OBJ || verb == NONE ||
        verb + 1 != particle || tokens[verb].upos != UPOS_VERB ||
        !token_in(&tokens[particle], WORDS_PARTICLES_BEFORE_AN_OBJECT) ||
        tree_child_exactly(tree, verb, REL_COMPOUND_PRT) != NONE)
        return false;
    tokens[particle].head = verb;
    tokens[particle].relation = REL_COMPOUND_PRT;
    return true;
}

/* "BETWEEN Premier Anna Marek and the miners", with the preposition hung on the title: it is before
 * the whole phrase. What "of" begins may be a part of the title. */
static bool rehang_case(struct token *tokens, const struct tree *tree, uint32_t preposition)
{
    uint32_t word = tokens[preposition].head, noun = word != NONE ? tokens[word].head : NONE;
    if (noun == NONE || preposition > word || word > noun || !token_is_nominal(&tokens[noun]) ||
        (tokens[word].relation != REL_NMOD_DESC && tokens[word].relation != REL_COMPOUND) ||
        tree_child(tree, noun, REL_CASE) != NONE ||
        (token_is(&tokens[preposition], "of") &&
         (tokens[word].upos != UPOS_PROPN || token_is(&tokens[word], "state"))) ||
        tree->first_child[noun] < preposition || tree->first_child[word] != preposition ||
        (!relation_is(tokens[noun].relation, REL_NMOD) &&
         !relation_is(tokens[noun].relation, REL_OBL)))
        return false;
    tokens[preposition].head = noun;
    return true;
}

/* "PARIS: after a day of talks, the miners left", with the place of the dispatch for a subject
 * beside the other. */
static bool rehang_dateline(struct token *tokens, const struct tree *tree, uint32_t subject)
{
    uint32_t verb = tokens[subject].head;
    const struct sentence *sentence = &tree->document->sentences.items[tokens[subject].sentence];
    if (verb == NONE || subject > verb)
        return false;
    uint32_t place = tree->first_child[verb];
    if (place >= subject || tokens[place].relation != tokens[subject].relation ||
        tree_extent(tree, place, 0).first != sentence->tokens.first ||
        !token_is(&tokens[tree_noun_phrase(tree, place).end], ":"))
        return false;
    tokens[place].relation = REL_PARATAXIS;
    return true;
}

/* "The request THAT THEY LEAVE", parsed as a relative clause that lacks nothing; "the promise made
 * by the king THAT THEY WOULD LEAVE", hung on the king. */
static bool rehang_content(struct token *tokens, const struct tree *tree, uint32_t word)
{
    enum { HIGHEST = 4 };
    uint32_t mark = tree_child_exactly(tree, word, REL_MARK), noun = tokens[word].head;
    if (mark == NONE || noun == NONE || strcmp(tokens[mark].folded, "that") != 0 ||
        !rehung_has_subject(tree, word) ||
        (tokens[word].relation == REL_ACL &&
         supports_hold(tree->supports, &tokens[noun], SUPPORT_TASK, 0)))
        return false;
    for (int steps = 0; steps < HIGHEST && noun != NONE && noun < mark; steps++) {
        if (tokens[noun].upos == UPOS_NOUN &&
            supports_hold(tree->supports, &tokens[noun], SUPPORT_TASK, 0)) {
            tokens[word].head = noun;
            tokens[word].relation = REL_ACL;
            return true;
        }
        bool doer = tokens[noun].relation == REL_CONJ || tokens[noun].relation == REL_OBL_AGENT ||
                    (tokens[noun].relation == REL_ACL && arguments_past_participle(&tokens[noun]));
        noun = doer ? tokens[noun].head : NONE;
    }
    return false;
}

/* "Under GROWING pressure", "amid mounting fears", parsed as a clause that these prepositions open.
 */
static bool rehang_growing(struct token *tokens, const struct tree *tree, uint32_t word)
{
    static const char *const before[] = {"under", "amid", "amidst", NULL};
    uint32_t mark = tree_child_exactly(tree, word, REL_MARK);
    uint32_t noun = tree_child_exactly(tree, word, REL_OBJ), above = tokens[word].head;
    if (tokens[word].upos != UPOS_VERB || !ends_in(&tokens[word], "ing") || above == NONE ||
        noun == NONE || noun < word || tokens[noun].head != word ||
        tokens[noun].upos != UPOS_NOUN || tree_noun_phrase(tree, noun).first != word + 1)
        return false;
    bool marked = mark != NONE && mark + 1 == word && token_is_one_of(&tokens[mark], before);
    bool faced = mark == NONE && above + 1 == word && tokens[word].relation == REL_XCOMP &&
                 token_is(&tokens[above], "face");
    if (!marked && !faced)
        return false;
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child])
        tokens[child].head = noun;
    if (marked) {
        tokens[mark].relation = REL_CASE;
        tokens[mark].upos = UPOS_ADP;
    }
    tokens[noun].head = above;
    tokens[noun].relation = marked ? REL_OBL : REL_OBJ;
    tokens[word].head = noun;
    tokens[word].relation = REL_AMOD;
    return true;
}

/* "Those GUILTY of the murder", tagged as a noun: what is said of a noun so is an adjective. */
static bool rehang_guilty(struct token *tokens, const struct tree *tree, uint32_t word)
{
    if (tokens[word].upos != UPOS_NOUN || !token_is(&tokens[word], "guilty") ||
        tokens[word].head == NONE || tokens[word].head > word)
        return false;
    tokens[word].upos = UPOS_ADJ;
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child])
        if (tokens[child].relation == REL_NMOD)
            tokens[child].relation = REL_OBL;
    return true;
}

/* "Urges PUBLIC to call", "lobbied ASIAN and other COUNTRIES to sign", with the adjective for what
 * somebody is urged to be: with an infinitive behind it, it is whom they urge. */
static bool rehang_urged(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t verb = tokens[word].head, noun = tree_child_exactly(tree, word, REL_CONJ);
    if (tokens[word].upos != UPOS_ADJ || verb == NONE || verb + 1 != word ||
        tokens[verb].upos != UPOS_VERB || tree_child(tree, verb, REL_OBJ) != NONE ||
        tree->next_sibling[word] == NONE || !arguments_infinitive(tree, tree->next_sibling[word]))
        return false;
    if (noun == NONE) {
        tokens[word].upos = UPOS_NOUN;
        tokens[word].relation = REL_OBJ;
        return true;
    }
    if (tokens[noun].upos != UPOS_NOUN || tokens[noun].head != word ||
        tree_child(tree, noun, REL_AMOD) == NONE)
        return false;
    tokens[noun].head = verb;
    tokens[noun].relation = REL_OBJ;
    tokens[word].head = noun;
    tokens[word].relation = REL_AMOD;
    return true;
}

/* "The meeting BETWEEN the premier AND THE MINERS", parsed as the meeting and the miners: "between"
 * has two. */
static bool rehang_between(struct token *tokens, const struct tree *tree, uint32_t second)
{
    uint32_t noun = tokens[second].head, first = NONE, joiner = tree_child(tree, second, REL_CC);
    if (noun == NONE || noun > second || joiner == NONE || joiner > second ||
        !token_is_nominal(&tokens[second]) || tree_child(tree, second, REL_CASE) != NONE)
        return false;
    for (uint32_t child = tree->first_child[noun]; child != NONE && child < second;
         child = tree->next_sibling[child]) {
        uint32_t preposition = tree_child_exactly(tree, child, REL_CASE);
        if (preposition != NONE && token_is(&tokens[preposition], "between") &&
            tree_extent(tree, child, 0).end == joiner && tree_child(tree, child, REL_CONJ) == NONE)
            first = child;
    }
    if (first == NONE || tokens[first].head != noun || tree->first_child[second] != joiner)
        return false;
    tokens[second].head = first;
    tokens[second].relation = REL_CONJ;
    return true;
}

/* "Killed WHEN an aircraft FIRED on it", parsed as an aircraft that was fired: what opens the
 * clause of the word stands before the phrase that it is said of, which is therefore its subject.
 */
static bool rehang_opened(struct token *tokens, const struct tree *tree, uint32_t word)
{
    static const char *const openers[] = {"when",  "after",   "before", "while", "as",
                                          "since", "because", "until",  "where", NULL};
    uint32_t subject = tokens[word].head, opener = NONE;
    if (tokens[word].relation != REL_ACL || tokens[word].upos != UPOS_VERB || subject == NONE ||
        subject > word || tokens[subject].upos == UPOS_VERB)
        return false;
    for (uint32_t child = tree->first_child[word]; child != NONE && child < subject;
         child = tree->next_sibling[child])
        if (tokens[child].relation == REL_ADVMOD || tokens[child].relation == REL_MARK)
            opener = child;
    if (opener == NONE || !token_is_one_of(&tokens[opener], openers))
        return false;
    uint32_t above =
        opener > 0 && tokens[opener - 1].upos == UPOS_VERB ? opener - 1 : tokens[subject].head;
    if (above == NONE || tree_is_below(tree, above, word))
        return false;
    tokens[word].head = above;
    tokens[word].relation = REL_ADVCL;
    tokens[subject].head = word;
    tokens[subject].relation = REL_NSUBJ;
    return true;
}

/* "The group that ran it SAID on Sunday", parsed as if it ran it in order to say so: the noun whose
 * relative clause that is says it. */
static bool rehang_said_behind(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t inner = tokens[word].head;
    uint32_t noun = inner != NONE && inner < word ? tokens[inner].head : NONE;
    if (tokens[word].relation != REL_XCOMP ||
        !token_in(&tokens[word], WORDS_SAYS_BEHIND_A_CLAUSE) ||
        tokens[inner].relation != REL_ACL_RELCL || noun == NONE || noun > inner ||
        tokens[noun].relation != REL_PARATAXIS || !token_is_nominal(&tokens[noun]) ||
        tree_child(tree, word, REL_MARK) != NONE || tree_child(tree, noun, REL_COP) != NONE)
        return false;
    tokens[word].head = tokens[noun].head;
    tokens[word].relation = REL_PARATAXIS;
    tokens[noun].head = word;
    tokens[noun].relation = REL_NSUBJ;
    return true;
}

/* "Close to the governor in GAO, WHERE the army fled", hung on a noun further off that is no place
 * by its word: it is said of the name right before it. */
static bool rehang_where(struct token *tokens, const struct tree *tree, uint32_t word)
{
    enum { HIGHEST = 4 };
    uint32_t above = tokens[word].head, where = tree->first_child[word];
    while (where != NONE && where < word && tokens[where].upos == UPOS_PUNCT)
        where = tree->next_sibling[where];
    if (above == NONE || where == NONE || where < above + 2 || !token_is(&tokens[where], "where") ||
        token_in(&tokens[above], WORDS_ARE_THE_PLACE_BEHIND_OF))
        return false;
    uint32_t name = where - 1;
    if (tokens[name].upos == UPOS_PUNCT)
        name--;
    for (int steps = 0; steps < HIGHEST && tokens[name].head != NONE && tokens[name].head < name &&
                        (tokens[name].relation == REL_FLAT || tokens[name].relation == REL_APPOS);
         steps++)
        name = tokens[name].head;
    uint32_t preposition = tree_preposition(tree, name);
    if (name <= above || tokens[name].upos != UPOS_PROPN || preposition == NONE ||
        tokens[name].relation != REL_NMOD || !tree_is_below(tree, name, above))
        return false;
    tokens[word].head = name;
    return true;
}

/* "In a shooting TUESDAY NIGHT that left two dead", with the night on the verb before, or the
 * clause on a noun before: both are of the deed. */
static bool rehang_behind_time(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t that = tree_extent(tree, word, 0).first, above = tokens[word].head;
    if (that < 2 || above == NONE || !token_is(&tokens[that], "that") || that >= word)
        return false;
    uint32_t time = that - 1, first = tree_noun_phrase(tree, time).first;
    if (tokens[time].relation != REL_OBL_UNMARKED || first == 0)
        return false;
    uint32_t noun = first - 1;
    if (tokens[noun].upos != UPOS_NOUN || !token_in(&tokens[noun], WORDS_UNFORESEEN_EVENTS) ||
        !relation_is(tokens[noun].relation, REL_NMOD) || above > noun)
        return false;
    tokens[word].head = noun;
    tokens[time].head = noun;
    tokens[time].relation = REL_NMOD_UNMARKED;
    return true;
}

/* "Accused the council and ITS FRIENDS OF SCUTTLING the deal", with the deed on the last of them
 * alone. */
static bool rehang_charged(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t noun = tokens[word].head, mark = tree_child_exactly(tree, word, REL_MARK), all = noun;
    if (noun == NONE || noun > word || mark == NONE || mark > word ||
        tokens[noun].relation != REL_CONJ)
        return false;
    for (int steps = 0; steps < 4 && tokens[all].relation == REL_CONJ && tokens[all].head < all;
         steps++)
        all = tokens[all].head;
    uint32_t verb = tokens[all].head;
    if (verb == NONE || verb > all ||
        (tokens[all].relation != REL_OBJ && tokens[all].relation != REL_NSUBJ_PASS) ||
        !supports_hold(tree->supports, &tokens[verb], SUPPORT_OBJECT, tokens[mark].hash))
        return false;
    tokens[word].head = verb;
    tokens[word].relation = REL_ADVCL;
    return true;
}

/* "It was reported that they had fled AND LINES HAD BEEN CUT", joined to the report: what follows
 * without a comma is reported as well. */
static bool rehang_reported_too(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t report = tokens[word].head, joiner = tree_child_exactly(tree, word, REL_CC);
    if (report == NONE || report > word || joiner == NONE || joiner > word ||
        tokens[joiner - 1].upos == UPOS_PUNCT || !rehung_has_subject(tree, word) ||
        tree_child_exactly(tree, report, REL_AUX_PASS) == NONE)
        return false;
    uint32_t it = tree_child(tree, report, REL_NSUBJ),
             told = tree_child_exactly(tree, report, REL_CCOMP);
    if (it == NONE) /* an expletive */
        it = tree_child(tree, report, REL_EXPL);
    if (it == NONE || !token_is(&tokens[it], "it") || told == NONE || told > joiner ||
        tree_child_exactly(tree, told, REL_MARK) == NONE)
        return false;
    tokens[word].head = told;
    return true;
}

bool rehang_clause(struct token *tokens, const struct tree *tree, uint32_t word)
{
    switch (tokens[word].relation) {
    case REL_NSUBJ:
    case REL_NSUBJ_PASS:
        return rehang_across(tokens, tree, word) || rehang_auxiliary(tokens, tree, word) ||
               rehang_title(tokens, tree, word) || rehang_dateline(tokens, tree, word);
    case REL_ACL_RELCL:
        return rehang_content(tokens, tree, word) || rehang_where(tokens, tree, word) ||
               rehang_behind_time(tokens, tree, word);
    case REL_ACL:
        return rehang_opened(tokens, tree, word) || rehang_content(tokens, tree, word) ||
               rehang_charged(tokens, tree, word);
    case REL_ORPHAN:
        return rehang_charged(tokens, tree, word);
    case REL_CCOMP:
    case REL_PARATAXIS:
        return rehang_which(tokens, tree, word) || rehang_behind_that(tokens, tree, word) ||
               rehang_seen(tokens, tree, word);
    case REL_XCOMP:
    case REL_ADVCL:
        return rehang_growing(tokens, tree, word) || rehang_task(tokens, tree, word) ||
               rehang_bid(tokens, tree, word) || rehang_urged(tokens, tree, word) ||
               rehang_said_behind(tokens, tree, word);
    case REL_CONJ:
        return rehang_between(tokens, tree, word) || rehang_reported_too(tokens, tree, word);
    case REL_NMOD:
        return rehang_between(tokens, tree, word);
    case REL_AMOD:
        return rehang_guilty(tokens, tree, word);
    case REL_CASE:
        return rehang_particle(tokens, tree, word) || rehang_case(tokens, tree, word);
    default:
        return false;
    }
}
