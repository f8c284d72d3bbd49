/* What pronouns refer to.
 *
 * Method: candidates of this sentence and of the two before are scored by distance, by grammatical
 * role (subjects first), by whether the pronoun stands in a clause that the candidate governs
 * ("the general said he ..."), and by how often they are mentioned; the best is taken only when it
 * leads by a margin. After Hobbs (1978) a pronoun is never the subject of its own clause, nor of the
 * verb that this one shares its subject with, unless it is reflexive; the weights are of this project and were set by hand.
 * Left out: "it" and "this" for events and clauses, pronouns that look ahead, persons joined by
 * "and" as what "they" are. */
#include "language/pronouns.h"

#include "document/word_lists.h"

enum {
    SENTENCES_BACK = 2,
    CANDIDATES = 48,
    ASKED_WITHIN = 12,
    SCORE_GOVERNS = 16,
    SCORE_SUBJECT = 4,
    SCORE_SAME_SENTENCE = 3,
    SCORE_PREVIOUS_SENTENCE = 3,
    SCORE_NAME = 1,
    SCORE_ROOT_SUBJECT = 1,
    SCORE_OLD_PRONOUN = 2,
    SCORE_PARALLEL = 4,
    MARGIN = 2,
    MARGIN_BESIDE = 6,
};

struct candidate {
    uint32_t root, sentence; /* the sentence of its best mention */
    int score;
};

static const struct token *token_at(const struct mentions *mentions, uint32_t i)
{
    return &mentions->document->tokens.items[i];
}

/* Whether `phrase`, by number, gender and what it is, can be what the pronoun refers to. */
static bool agrees(const struct phrase *root, const struct phrase *phrase,
                   const struct phrase *pronoun)
{
    bool plural = phrase->plural;
    switch (pronoun->pronoun) {
    case PRONOUN_HE:
        return root->thing == THING_PERSON && !plural && root->gender != GENDER_FEMALE &&
               root->gender != GENDER_NEUTER;
    case PRONOUN_SHE:
        return root->thing == THING_PERSON && !plural && root->gender != GENDER_MALE &&
               root->gender != GENDER_NEUTER;
    case PRONOUN_IT:
        return root->thing != THING_PERSON && root->thing != THING_PEOPLE && !plural;
    case PRONOUN_THEY:
        return plural || root->thing == THING_GROUP;
    default:
        return false;
    }
}

/* Whether the two are co-arguments of one verb, so that only a reflexive may join them. */
static bool in_one_clause(const struct mentions *mentions, const struct phrase *phrase,
                          const struct phrase *pronoun)
{
    const struct token *a = token_at(mentions, phrase->head),
                       *b = token_at(mentions, pronoun->head);
    if (pronoun->possessive && b->head == phrase->head)
        return true; /* "his brother" is not him */
    return !pronoun->possessive && a->head != NONE && a->head == b->head;
}

/* Whether `phrase` stands inside the noun phrase that the pronoun owns, or the other way about. */
static bool is_inside(const struct mentions *mentions, uint32_t inner, uint32_t outer)
{
    for (uint32_t steps = 0; inner != NONE && steps < 12; steps++) {
        if (inner == outer)
            return true;
        inner = token_at(mentions, inner)->head;
    }
    return false;
}

/* Whether the pronoun is what its verb is done to: "released HIM", "fired at THEM". */
static bool is_done_to(const struct mentions *mentions, const struct phrase *pronoun)
{
    const struct token *token = token_at(mentions, pronoun->head);
    if (pronoun->possessive || pronoun->reflexive || token->head == NONE)
        return false;
    if (relation_universal(token->relation) == REL_OBJ || token->relation == REL_IOBJ)
        return true;
    return relation_universal(token->relation) == REL_OBL && pronoun->head > 0 &&
           (strcmp(token[-1].folded, "at") == 0 || strcmp(token[-1].folded, "against") == 0);
}

/* The subject that a verb has, or shares with the verb that it is joined to: "POLICE arrested a man
 * but released him", "they urged REBELS to free him". NONE where there is none. */
static uint32_t shared_subject(const struct mentions *mentions, uint32_t verb)
{
    for (uint32_t steps = 0; steps < 6; steps++) {
        if (mentions->subject_of[verb] != NONE)
            return mentions->subject_of[verb];
        enum relation relation = token_at(mentions, verb)->relation;
        uint32_t above = token_at(mentions, verb)->head;
        if (above == NONE || relation == REL_ACL)
            return relation == REL_ACL ? above : NONE;
        if (relation != REL_CONJ && relation != REL_XCOMP && relation != REL_ADVCL)
            return NONE;
        if (relation == REL_XCOMP && mentions->object_of[above] != NONE)
            return mentions->object_of[above];
        verb = above;
    }
    return NONE;
}

/* "Arrested A MAN and charged him": what the verb before is done to, by the same subject. */
static uint32_t object_before(const struct mentions *mentions, const struct phrase *pronoun)
{
    const struct token *token = token_at(mentions, pronoun->head);
    if (!is_done_to(mentions, pronoun))
        return NONE;
    uint32_t verb = token->head;
    enum relation relation = token_at(mentions, verb)->relation;
    if ((relation != REL_CONJ && relation != REL_ADVCL) || mentions->subject_of[verb] != NONE)
        return NONE;
    uint32_t object = mentions->object_of[token_at(mentions, verb)->head];
    return object != NONE && object < pronoun->head ? object : NONE;
}

/* The entity that does what is done to the pronoun, so that it is not the pronoun's; NONE where that
 * is not known. */
static uint32_t doer_of(struct mentions *mentions, const struct phrase *pronoun)
{
    if (!is_done_to(mentions, pronoun))
        return NONE;
    uint32_t subject = shared_subject(mentions, token_at(mentions, pronoun->head)->head);
    uint32_t phrase = subject != NONE ? mentions->of_token[subject] : NONE;
    return phrase != NONE ? mentions_root(mentions, phrase) : NONE;
}

/* "Ordered that HE be freed", "demanded that IT break off": whoever wants it wants it of somebody else. */
static bool is_demanded(const struct mentions *mentions, const struct phrase *pronoun)
{
    const struct token *token = token_at(mentions, pronoun->head);
    uint32_t next = pronoun->head + 1;
    return relation_universal(token->relation) == REL_NSUBJ && token->head != NONE &&
           next < mentions->document->tokens.count && pronoun->head > 0 &&
           strcmp(token[-1].folded, "that") == 0 && strcmp(token[1].folded, "be") == 0;
}

/* Whether a clause asks: "WHETHER he fled", "WHY they left", "IF she knew". */
static bool is_question(const struct mentions *mentions, uint32_t verb, uint32_t pronoun)
{
    for (uint32_t i = pronoun; i > 0 && i + 3 > pronoun; i--) {
        const struct token *token = token_at(mentions, i - 1);
        if (token->head == verb && token_in(token, WORDS_INDIRECT_QUESTIONS))
            return true;
    }
    return false;
}

/* "The host asked THE MAYOR whether he would resign": whoever is asked, of the clause that hangs on
 * the asking; NONE where nobody is. */
static uint32_t whoever_is_asked(const struct mentions *mentions, const struct phrase *pronoun)
{
    uint32_t verb = token_at(mentions, pronoun->head)->head;
    if (verb == NONE || mentions->subject_of[verb] != pronoun->head ||
        !is_question(mentions, verb, pronoun->head))
        return NONE;
    uint32_t asking = token_at(mentions, verb)->head;
    if (asking == NONE || asking > pronoun->head)
        return NONE;
    if (strncmp(token_at(mentions, asking)->folded, "ask", 3) != 0)
        return NONE;
    for (uint32_t i = asking + 1; i < pronoun->head && i < asking + ASKED_WITHIN; i++) {
        const struct token *token = token_at(mentions, i);
        if (token->head == asking && (relation_universal(token->relation) == REL_OBJ ||
                                      relation_universal(token->relation) == REL_IOBJ))
            return i;
    }
    return NONE;
}

/* "Trapped THEM inside a mill, which they defended": whom the verb above has for its object does
 * what the clause at `at` tells; NONE where it has none. */
static uint32_t object_that_acts(const struct mentions *mentions, uint32_t at, uint32_t pronoun)
{
    const struct token *clause = token_at(mentions, at);
    if (clause->relation != REL_XCOMP || clause->head == NONE || mentions->subject_of[at] != NONE)
        return NONE;
    uint32_t object = mentions->object_of[clause->head];
    return object != NONE && object < at && at < pronoun ? object : NONE;
}

/* The subject of a clause above the pronoun; NONE where there is none. */
static uint32_t governing_subject(const struct mentions *mentions, const struct phrase *pronoun)
{
    uint32_t at = token_at(mentions, pronoun->head)->head;
    bool own_clause = true;
    uint32_t asked = whoever_is_asked(mentions, pronoun);
    if (asked != NONE)
        return asked;
    for (uint32_t steps = 0; at != NONE && steps < 24; steps++) {
        uint32_t subject = mentions->subject_of[at];
        bool self = subject == pronoun->head ||
                    (subject != NONE && pronoun->possessive &&
                     is_inside(mentions, pronoun->head, subject));
        if (subject != NONE && !self && (pronoun->possessive || pronoun->reflexive || !own_clause)) {
            return subject;
        }
        uint32_t object = !own_clause && pronoun->pronoun == PRONOUN_THEY
                              ? object_that_acts(mentions, at, pronoun->head)
                              : NONE;
        if (object != NONE)
            return object;
        if (subject != NONE || token_at(mentions, at)->upos == UPOS_VERB)
            own_clause = false;
        at = token_at(mentions, at)->head;
    }
    return NONE;
}

/* "I know him," THE MAYOR said. "He fled.": who spoke in the last of the sentences before that says
 * so, while all is quoted since; NONE where none does. */
static uint32_t speaker_before(const struct mentions *mentions, const struct phrase *pronoun)
{
    const struct document *document = mentions->document;
    for (uint32_t back = 1; back <= SENTENCES_BACK && back <= pronoun->sentence; back++) {
        struct token_range range =
            document->sentences.items[pronoun->sentence - back].tokens;
        bool quoted = false;
        uint32_t speaker = NONE;
        for (uint32_t i = range.first; i < range.end; i++) {
            const struct token *token = token_at(mentions, i);
            bool inside = (token->flags & TOKEN_QUOTED) != 0;
            quoted |= inside;
            if (speaker == NONE && !inside && token->head != NONE &&
                mentions->subject_of[token->head] == i &&
                (token_at(mentions, token->head)->flags & TOKEN_QUOTED) == 0)
                speaker = mentions->of_token[i];
        }
        if (speaker != NONE || !quoted)
            return quoted ? speaker : NONE;
    }
    return NONE;
}

/* "HE fled," the mayor said: whoever is quoted speaks of somebody else. The phrase of the one who
 * says what the pronoun stands in, from outside the quotation marks; NONE where it is not quoted. */
static uint32_t speaker_of_quotation(const struct mentions *mentions, const struct phrase *pronoun)
{
    uint32_t at = pronoun->head;
    if ((token_at(mentions, at)->flags & TOKEN_QUOTED) == 0)
        return NONE;
    for (uint32_t steps = 0; at != NONE && steps < 24; steps++) {
        uint32_t subject = mentions->subject_of[at];
        if (subject != NONE && (token_at(mentions, at)->flags & TOKEN_QUOTED) == 0 &&
            (token_at(mentions, subject)->flags & TOKEN_QUOTED) == 0)
            return mentions->of_token[subject];
        if ((token_at(mentions, at)->flags & TOKEN_QUOTED) == 0)
            return NONE;
        at = token_at(mentions, at)->head;
    }
    return speaker_before(mentions, pronoun);
}

static void add_score(struct candidate *candidates, uint32_t *count, uint32_t root, uint32_t sentence,
                      int score)
{
    for (uint32_t i = 0; i < *count; i++) {
        if (candidates[i].root != root)
            continue;
        /* Said again: a little more, so that what the text is about wins. */
        if (candidates[i].score < score)
            candidates[i] = (struct candidate){root, sentence, score};
        candidates[i].score++;
        return;
    }
    if (*count < CANDIDATES)
        candidates[(*count)++] = (struct candidate){root, sentence, score};
}

static int score_of(const struct mentions *mentions, const struct phrase *phrase,
                    const struct phrase *pronoun)
{
    uint32_t back = pronoun->sentence - phrase->sentence;
    int score = back == 0   ? SCORE_SAME_SENTENCE
                : back == 1 ? SCORE_PREVIOUS_SENTENCE
                            : 0;
    const struct token *head = token_at(mentions, phrase->head);
    if (phrase->subject)
        score += SCORE_SUBJECT;
    if (phrase->subject && head->head != NONE &&
        token_at(mentions, head->head)->relation == REL_ROOT)
        score += SCORE_ROOT_SUBJECT;
    if (phrase->form == FORM_NAME && phrase->thing != THING_PEOPLE)
        score += SCORE_NAME;
    if (phrase->form == FORM_PRONOUN)
        score += SCORE_OLD_PRONOUN;
    if (phrase->possessive)
        score -= 1;
    return score;
}

/* Whether "it" means no party or place here: "it was known that ...", "it is cold". */
static bool is_empty_it(const struct mentions *mentions, const struct phrase *pronoun)
{
    const struct token *token = token_at(mentions, pronoun->head);
    if (token->relation == REL_EXPL)
        return true;
    /* An object "it" mostly means what was said or done. */
    if (token->relation != REL_NSUBJ && token->relation != REL_NSUBJ_PASS)
        return !pronoun->possessive && !pronoun->reflexive;
    for (uint32_t i = pronoun->head + 1;
         i < mentions->document->tokens.count && i < pronoun->head + 16; i++) {
        const struct token *other = token_at(mentions, i);
        if (other->head == token->head &&
            (other->relation == REL_CSUBJ || other->relation == REL_CSUBJ_PASS ||
             (other->relation == REL_CCOMP && token->relation == REL_NSUBJ_PASS)))
            return true;
    }
    const struct token *head = token->head != NONE ? token_at(mentions, token->head) : token;
    return head->upos != UPOS_VERB; /* "it is late", "it was clear" */
}

/* Whether the best candidate leads all others by enough. Being the subject alone is not enough over
 * another of the same sentence: of "the soldiers fought the rebels" either may have fled. */
static bool is_ahead(const struct candidate *candidates, uint32_t count, uint32_t best,
                     const struct phrase *pronoun)
{
    for (uint32_t i = 0; i < count; i++) {
        int margin = candidates[i].sentence >= candidates[best].sentence ? MARGIN_BESIDE : MARGIN;
        if (pronoun->pronoun == PRONOUN_IT)
            margin++;
        if (i != best && candidates[best].score < candidates[i].score + margin)
            return false;
    }
    return true;
}

/* "SOME of the rebels were caught when they ran": they are those, whoever these are, and nobody who
 * was told of before. */
static bool is_said_of_some(const struct mentions *mentions, uint32_t governing,
                            const struct phrase *pronoun)
{
    if (governing == NONE || pronoun->pronoun != PRONOUN_THEY ||
        mentions->of_token[governing] != NONE || governing > pronoun->head ||
        is_inside(mentions, pronoun->head, governing))
        return false;
    enum word_class class = token_at(mentions, governing)->upos;
    return class == UPOS_DET || class == UPOS_NUM || class == UPOS_ADJ;
}

/* "If the rebels yield, THE ARMY said, they will be tried": a body is not many where many act in a
 * clause before it. */
static bool is_crossed(const struct mentions *mentions, uint32_t governor,
                       const struct phrase *pronoun)
{
    const struct phrase *phrases = mentions->phrases.items;
    if (governor == NONE || pronoun->pronoun != PRONOUN_THEY || pronoun->reflexive ||
        phrases[governor].plural)
        return false;
    uint32_t verb = token_at(mentions, phrases[governor].head)->head;
    for (uint32_t i = governor; i-- > 0 && phrases[i].sentence == pronoun->sentence;) {
        uint32_t clause = token_at(mentions, phrases[i].head)->head;
        if (phrases[i].plural && phrases[i].subject && phrases[i].thing != THING_OTHER &&
            clause != NONE && token_at(mentions, clause)->relation == REL_ADVCL &&
            token_at(mentions, clause)->head == verb)
            return true;
    }
    return false;
}

void pronouns_resolve(struct mentions *mentions, uint32_t index)
{
    struct phrase *phrases = mentions->phrases.items;
    const struct phrase *pronoun = &phrases[index];
    struct candidate candidates[CANDIDATES];
    uint32_t count = 0;
    if (pronoun->pronoun == PRONOUN_IT && is_empty_it(mentions, pronoun))
        return;
    uint32_t governing = governing_subject(mentions, pronoun);
    uint32_t governor = governing != NONE ? mentions->of_token[governing] : NONE;
    if (is_said_of_some(mentions, governing, pronoun))
        return;
    /* "Orlov fled although he was hurt": of a name that may be a person's he is, not someone else. */
    if (governor != NONE && governor < index && phrases[governor].form == FORM_NAME &&
        phrases[mentions_root(mentions, governor)].thing == THING_OTHER &&
        (pronoun->pronoun == PRONOUN_HE || pronoun->pronoun == PRONOUN_SHE) &&
        !pronoun->possessive)
        return;
    uint32_t wanting = NONE;
    if (governor != NONE && is_demanded(mentions, pronoun)) {
        wanting = mentions_root(mentions, governor);
        governor = NONE;
    }
    if (is_crossed(mentions, governor, pronoun))
        governor = NONE;
    uint32_t speaker = speaker_of_quotation(mentions, pronoun);
    if (speaker != NONE)
        speaker = mentions_root(mentions, speaker);
    uint32_t doer = doer_of(mentions, pronoun), parallel = object_before(mentions, pronoun);
    if (governor != NONE && governor < index && mentions_root(mentions, governor) != speaker &&
        mentions_root(mentions, governor) != doer) {
        uint32_t root = mentions_root(mentions, governor);
        if (agrees(&phrases[root], &phrases[governor], pronoun) &&
            (phrases[governor].form != FORM_PRONOUN || root != governor))
            add_score(candidates, &count, root, pronoun->sentence, SCORE_GOVERNS);
    }
    if (pronoun->reflexive) {
        if (count == 1)
            mentions_join(mentions, index, candidates[0].root);
        return;
    }
    for (uint32_t i = index; i > 0; i--) {
        const struct phrase *phrase = &phrases[i - 1];
        if (pronoun->sentence - phrase->sentence > SENTENCES_BACK)
            break;
        uint32_t root = mentions_root(mentions, i - 1);
        /* A pronoun that nobody understood hides its candidate. */
        if (phrase->form == FORM_PRONOUN && root == i - 1)
            continue;
        if (root == speaker || root == doer || root == wanting || !agrees(&phrases[root], phrase, pronoun) ||
            in_one_clause(mentions, phrase, pronoun) ||
            (pronoun->possessive &&
             is_inside(mentions, pronoun->head, phrase->head) &&
             token_at(mentions, pronoun->head)->head == phrase->head))
            continue;
        add_score(candidates, &count, root, phrase->sentence,
                  score_of(mentions, phrase, pronoun) +
                      (phrase->head == parallel ? SCORE_PARALLEL : 0));
    }
    uint32_t best = 0;
    for (uint32_t i = 1; i < count; i++)
        if (candidates[i].score > candidates[best].score)
            best = i;
    if (count == 0 || phrases[candidates[best].root].thing == THING_OTHER ||
        !is_ahead(candidates, count, best, pronoun))
        return;
    mentions_join(mentions, index, candidates[best].root);
    struct phrase *root = &phrases[mentions_root(mentions, index)];
    if (root->gender == GENDER_UNKNOWN && root->thing == THING_PERSON)
        root->gender = pronoun->gender;
}
