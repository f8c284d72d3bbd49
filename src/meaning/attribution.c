/* Attributions: who says what.
 *
 * Candidates of every sentence (speech.h) are judged by a linear model trained on PolNeAR, which
 * first chooses the speaker of each cue (speech_sources.h); of two that share their content the
 * likelier stays. A quotation that goes on over the next or began in
 * the sentence before belongs to the same speaker; signatures.h finds
 * those whom only the shape of the text names. What the cue makes of its content (claimed,
 * denied, alleged …) stands in dictionaries/en/cues.tsv. Leaves out: speakers known only from
 * another paragraph. */
#include "classifiers/linear.h"
#include "meaning/quoted.h"
#include "meaning/rehung.h"
#include "meaning/signatures.h"
#include "meaning/speech.h"
#include "meaning/speech_order.h"

enum { CANDIDATES = 512 };

struct attribution_state {
    struct linear model;
    struct cues cues;
};

static annals_status attribution_open(const struct stage_setting *setting, void **opened,
                                      annals_error *error)
{
    struct attribution_state *state = arena_new(setting->arena, struct attribution_state);
    const char *path = stage_path(setting, "models/en", "attribution.bin");
    if (state == NULL || path == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    annals_status status = cues_open(&state->cues, setting, error);
    if (status == ANNALS_OK)
        status = linear_open(&state->model, path, error);
    *opened = state;
    return status;
}

static void attribution_close(void *opened)
{
    struct attribution_state *state = opened;
    if (state != NULL)
        linear_close(&state->model);
}

static uint32_t shared(struct token_range a, struct token_range b)
{
    uint32_t first = a.first > b.first ? a.first : b.first;
    uint32_t end = a.end < b.end ? a.end : b.end;
    return end > first ? end - first : 0;
}

/* "The mayor said that they left, the agency REPORTED", "ACCORDING TO the agency the mayor said
 * that they left": whoever says it within what another says. */
static bool is_within(const struct speech *inner, const struct speech *outer)
{
    bool around = outer->form == SPEECH_ACCORDING || outer->form == SPEECH_MAIN ||
                  outer->form == SPEECH_BEFORE;
    return around && inner->form == SPEECH_CLAUSE && inner->source != NONE &&
           inner->cue != outer->cue && shared(inner->cue_tokens, outer->content[0]) > 0 &&
           shared(inner->source_tokens, outer->content[0]) > 0;
}

/* Of two candidates with one cue, or with nearly the same content, the less likely goes. */
static void resolve(const struct speech *found, int32_t *sums, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t j = i + 1; j < count && sums[i] > 0; j++) {
            uint32_t both = shared(found[i].content[0], found[j].content[0]);
            uint32_t first = found[i].content[0].end - found[i].content[0].first;
            uint32_t second = found[j].content[0].end - found[j].content[0].first;
            if (sums[j] <= 0 || is_within(&found[i], &found[j]) ||
                is_within(&found[j], &found[i]) ||
                (found[i].cue != found[j].cue && both * 10 < (first > second ? first : second) * 8))
                continue;
            if (sums[i] < sums[j])
                sums[i] = 0;
            else
                sums[j] = 0;
        }
    }
}

static uint32_t actor_at(const struct document *document, uint32_t token)
{
    for (uint32_t i = 0; token != NONE && i < document->actor_mentions.count; i++)
        if (document->actor_mentions.items[i].head == token)
            return document->actor_mentions.items[i].actor;
    return NONE;
}

/* "Let us go," he said, "to the river. We …": the quoted words behind the cue are his as well. */
static struct token_range quoted_behind(const struct document *document,
                                        const struct speech *speech)
{
    struct token_range range = {0, 0}, said = speech->content[0];
    const struct token *tokens = document->tokens.items;
    const struct sentence *sentence = &document->sentences.items[tokens[speech->cue].sentence];
    bool quoted = said.end > said.first + 1 && said.end <= speech->cue &&
                  ((tokens[said.end - 1].flags | tokens[said.end - 2].flags) & TOKEN_QUOTED) != 0;
    if (!quoted || speech->content[1].first < speech->content[1].end)
        return range;
    for (uint32_t i = speech->cue + 1; i < sentence->tokens.end; i++) {
        if ((tokens[i].flags & TOKEN_QUOTED) == 0)
            continue;
        range.first = range.end == 0 ? i : range.first;
        range.end = i + 1;
    }
    return range;
}

/* The word of a range that hangs on one outside; NONE where none does. */
static uint32_t head_of(const struct document *document, struct token_range range)
{
    for (uint32_t i = range.first; i < range.end; i++) {
        uint32_t head = document->tokens.items[i].head;
        if (head == NONE || head < range.first || head >= range.end)
            return i;
    }
    return NONE;
}

/* The model's threshold lies where most attributions are found, half a unit below even odds; in
 * between they are doubtful. */
static const int32_t EVEN_ODDS = 512;

/* "Told reporters on Friday THAT": a clause, whatever the tree hangs it on. */
static bool leads_to_clause(const struct document *document, struct token_range range)
{
    for (uint32_t i = range.first; i < range.end; i++) {
        const struct token *token = &document->tokens.items[i];
        if (token->upos == UPOS_VERB)
            return false;
        if (token->upos == UPOS_SCONJ && token_is(token, "that"))
            return true;
    }
    return false;
}

/* "They fled, the ministry has confirmed.", "…, state media reported on Monday.": a clause behind a
 * comma that has nothing but its speaker and the cue. */
static bool ends_sentence(const struct document *document, const struct speech *speech)
{
    const struct token *tokens = document->tokens.items;
    uint32_t end = document->sentences.items[tokens[speech->cue].sentence].tokens.end;
    struct token_range source = speech->source_tokens, cue = speech->cue_tokens;
    return speech->source != NONE && tokens[speech->source].upos != UPOS_PRON &&
           source.end == cue.first && source.first > 0 &&
           tokens[source.first - 1].folded[0] == ',' && speech_is_only_when(document, cue.end, end);
}

/* True where what is said is a clause, not a thing or a deed ("found four bodies"). What merely
 * stands beside the cue is one where a clause of it hangs on the cue, or the cue on it. */
static bool is_clause(const struct document *document, const struct speech *speech)
{
    const struct token *tokens = document->tokens.items;
    /* Nothing but words can be said, whatever the tree makes of them. */
    if (token_is(&tokens[speech->cue], "say") && tokens[speech->cue].upos == UPOS_VERB)
        return true;
    if ((speech->form == SPEECH_BEHIND || speech->form == SPEECH_REST) &&
        leads_to_clause(document, speech->content[0]))
        return true;
    if (speech->form != SPEECH_BEHIND && speech->form != SPEECH_BEFORE)
        return speech->form != SPEECH_OBJECT && speech->form != SPEECH_REST &&
               speech->form != SPEECH_RAISED;
    if (speech->form == SPEECH_BEFORE && ends_sentence(document, speech))
        return true;
    for (uint32_t i = speech->content[0].first; i < speech->content[0].end; i++)
        if (tokens[i].head == speech->cue &&
            (tokens[i].relation == REL_CCOMP || tokens[i].relation == REL_PARATAXIS))
            return true;
    return tokens[speech->cue].relation == REL_PARATAXIS;
}

static void keep(const struct attribution_state *state, struct document *document,
                 const struct speech *speech, int32_t sum)
{
    struct attribution *attribution = array_push(&document->attributions);
    if (attribution == NULL)
        return;
    attribution->source_tokens = speech->source_tokens;
    attribution->cue_tokens = speech->cue_tokens;
    attribution->source = speech_source(document, speech);
    attribution->cue = document_span_of(document, speech->cue_tokens);
    for (int i = 0; i < 2; i++)
        if (speech->content[i].first < speech->content[i].end)
            attribution->content[attribution->content_count++] =
                document_span_of(document, speech->content[i]);
    struct token_range more = quoted_behind(document, speech);
    if (more.first < more.end)
        attribution->content[attribution->content_count++] = document_span_of(document, more);
    attribution->actor = actor_at(document, speech->source);
    attribution->parent = NONE;
    bool beside = speech->form == SPEECH_BEHIND || speech->form == SPEECH_BEFORE;
    attribution->doubtful = (sum < EVEN_ODDS || beside) && !is_clause(document, speech);
    attribution->thing = (speech->form == SPEECH_OBJECT && !is_clause(document, speech)) ||
                                 speech->form == SPEECH_RAISED
                             ? head_of(document, speech->content[0])
                             : NONE;
    attribution->status = cues_status(&state->cues, &document->tokens.items[speech->cue]);
    /* "Condemned the bombing": nobody doubts the bombing. */
    if (attribution->status == STATUS_ASSERTED) {
        attribution->doubtful |= !is_clause(document, speech);
        attribution->status = STATUS_CLAIMED;
    }
}

/* True where every word of the sentence stands in a quotation. */
static bool is_quoted(const struct document *document, uint32_t sentence)
{
    struct token_range tokens = document->sentences.items[sentence].tokens;
    for (uint32_t i = tokens.first; i < tokens.end; i++) {
        const struct token *token = &document->tokens.items[i];
        if ((token->flags & (TOKEN_QUOTED | TOKEN_PUNCTUATION)) == 0)
            return false;
    }
    return tokens.end > tokens.first;
}

static bool holds_quoted_words(const struct document *document, const struct attribution *said)
{
    for (uint32_t i = 0; i < said->content_count; i++) {
        struct token_range tokens = document_tokens_in(document, said->content[i]);
        for (uint32_t j = tokens.first; j < tokens.end; j++)
            if ((document->tokens.items[j].flags & TOKEN_QUOTED) != 0)
                return true;
    }
    return false;
}

/* Gives a wholly quoted sentence to the attribution of its neighbour. */
static void carry_on(struct document *document, uint32_t sentence, struct attribution *said)
{
    const struct sentence *quoted = &document->sentences.items[sentence];
    struct byte_span *last = &said->content[said->content_count - 1];
    if (quoted->span.end <= said->content[0].start) {
        said->content[0].start = quoted->span.start;
    } else if (last->end <= quoted->span.start && said->cue.end <= last->start) {
        last->end = quoted->span.end;
    } else if (said->content_count < 4) {
        said->content[said->content_count++] = quoted->span;
    }
}

/* The attribution of a sentence that may own a quotation beside it, or NULL; not one that is quoted
 * itself ("we know that" in what somebody says). */
static struct attribution *speaker_in(struct document *document, const uint32_t *first_of,
                                      uint32_t sentence)
{
    for (uint32_t i = first_of[sentence]; i < first_of[sentence + 1]; i++) {
        struct attribution *said = &document->attributions.items[i];
        const struct token *cue = &document->tokens.items[said->cue_tokens.first];
        if (!span_is_empty(said->source) && (cue->flags & TOKEN_QUOTED) == 0 &&
            holds_quoted_words(document, said))
            return said;
    }
    return NULL;
}

/* "The mayor said that it was quiet. “We sleep well.”": who speaks in the main clause without any
 * quotation, where one follows. */
static struct attribution *reporter_in(struct document *document, const uint32_t *first_of,
                                       uint32_t sentence)
{
    for (uint32_t i = first_of[sentence]; i < first_of[sentence + 1]; i++) {
        struct attribution *said = &document->attributions.items[i];
        const struct token *cue = &document->tokens.items[said->cue_tokens.end - 1];
        if (!span_is_empty(said->source) && (cue->flags & TOKEN_QUOTED) == 0 && cue->head == NONE &&
            cue->upos == UPOS_VERB && said->thing == NONE && !said->doubtful)
            return said;
    }
    return NULL;
}

/* True where nobody speaks in the block that begins with the sentence. */
static bool is_nobodys_block(struct document *document, const uint32_t *first_of, uint32_t first)
{
    for (uint32_t i = first;
         i < document->sentences.count &&
         document->sentences.items[i].block == document->sentences.items[first].block;
         i++)
        if (speaker_in(document, first_of, i) != NULL)
            return false;
    return true;
}

static void carry_quotations(struct document *document, const uint32_t *first_of)
{
    uint32_t count = document->sentences.count;
    struct attribution *said = NULL;
    for (uint32_t i = 0; i < count; i++) {
        bool same_block =
            i > 0 && document->sentences.items[i].block == document->sentences.items[i - 1].block;
        struct attribution *own = speaker_in(document, first_of, i);
        if (own != NULL)
            said = own;
        else if (!is_quoted(document, i) ||
                 (!same_block && !is_nobodys_block(document, first_of, i)))
            said = reporter_in(document, first_of, i);
        else if (said != NULL)
            carry_on(document, i, said);
    }
    /* "They fled. We saw it," he said: the sentence before. */
    for (uint32_t i = count; i-- > 1;) {
        struct attribution *own = speaker_in(document, first_of, i);
        if (own == NULL || own->content[0].start > document->sentences.items[i].span.start + 1)
            continue;
        for (uint32_t j = i;
             j-- > 0 && is_quoted(document, j) && speaker_in(document, first_of, j) == NULL &&
             document->sentences.items[j].block == document->sentences.items[i].block;)
            if (document->tokens.items[document->sentences.items[j].tokens.end - 1].folded[0] !=
                '"')
                carry_on(document, j, own);
            else
                break;
    }
}

/* "POLICE: two men fled": whoever is named so before a colon, not a place ("Kunduz: two die") nor a
 * label ("Analysis: why they fled"). */
static bool is_speaker_label(const struct document *document, const struct speech *speech)
{
    uint32_t actor = actor_at(document, speech->source);
    bool clause = false;
    for (uint32_t i = speech->content[0].first; i < speech->content[0].end; i++) {
        const struct token *word = &document->tokens.items[i];
        clause |= (word->relation == REL_NSUBJ || word->relation == REL_NSUBJ_PASS) &&
                  word->head > i && word->head < speech->content[0].end;
    }
    if (actor == NONE || !clause)
        return false;
    enum actor_kind kind = document->actors.items[actor].kind;
    return kind != ACTOR_STATE && document->tokens.items[speech->source].upos == UPOS_NOUN;
}

/* "Kunduz: two die", "PHOTO: soldiers fire": where it was, or what it is, before a colon, not who
 * says so; who does is somebody the report knows, or a word for what is told ("Report:"). */
static bool is_mere_label(const struct attribution_state *state, const struct document *document,
                          const struct speech *speech)
{
    struct token_range label = speech->source_tokens;
    bool somebody = cues_known(&state->cues, &document->tokens.items[speech->source]);
    for (uint32_t i = label.first; i < label.end; i++) {
        if (token_in(&document->tokens.items[i], WORDS_LABELS_BEFORE_A_COLON))
            return true;
        somebody |= actor_at(document, i) != NONE;
    }
    for (uint32_t i = 0; i < document->places.count; i++) {
        const struct place_mention *place = &document->places.items[i];
        if (place->tokens.first == label.first && place->tokens.end == label.end)
            return true;
    }
    return !somebody;
}

/* "AFGHANISTAN: the army sets out": a state before a colon is what a headline is about; one whose
 * words are quoted, or who says "we", speaks. "The mayor was blunt: …": quoted_find knows who
 * speaks there. */
static bool is_topic(const struct document *document, const struct speech *speech)
{
    static const char *const own[] = {"we", "our", "i", "my", NULL};
    const struct token *tokens = document->tokens.items;
    for (uint32_t i = speech->source_tokens.first; i < speech->source_tokens.end; i++)
        if (tokens[i].relation == REL_COP)
            return true;
    if ((tokens[speech->content[0].first].flags & TOKEN_QUOTED) != 0)
        return false;
    for (uint32_t i = speech->content[0].first; i < speech->content[0].end; i++)
        if (token_is_one_of(&tokens[i], own))
            return false;
    uint32_t actor = actor_at(document, speech->source);
    return actor != NONE && document->actors.items[actor].kind == ACTOR_STATE;
}

/* "IT was announced THAT they fled". */
static bool is_told_by_it(const struct document *document, const struct speech *speech)
{
    const struct token *tokens = document->tokens.items;
    uint32_t first = speech->cue_tokens.first, that = speech->cue_tokens.end;
    return first > 0 && strcmp(tokens[first - 1].folded, "it") == 0 &&
           speech->cue_tokens.end - first >= 2 && token_is(&tokens[speech->cue - 1], "be") &&
           that < document->tokens.count && speech->content[0].first <= that + 1 &&
           strcmp(tokens[that].folded, "that") == 0;
}

/* "Told the agency that POLICE SAID gunmen fled": whom somebody names inside what he says. */
static bool is_nested(const struct attribution_state *state, const struct document *document,
                      const struct speech *speech)
{
    const struct token *tokens = document->tokens.items, *cue = &tokens[speech->cue];
    if (cue->relation != REL_CCOMP || cue->upos != UPOS_VERB || speech->cut < speech->cut_end ||
        !cues_known(&state->cues, cue) || cues_status(&state->cues, cue) != STATUS_CLAIMED ||
        actor_at(document, speech->source) == NONE || tokens[speech->source].head != speech->cue ||
        tokens[speech->source].upos == UPOS_PRON || (cue->features & WORD_FINITE) == 0)
        return false;
    for (uint32_t i = speech->content[0].first; i < speech->content[0].end; i++)
        if (tokens[i].head == speech->cue && tokens[i].relation == REL_CCOMP)
            return true;
    return false;
}

/* "…, state media REPORTED on Monday", which the tree takes for something reported; not "…, a plan
 * announced on Monday". */
static bool is_body_at_end(const struct document *document, const struct speech *speech)
{
    const struct token *tokens = document->tokens.items;
    uint32_t first = speech->source_tokens.first;
    enum relation relation = tokens[speech->cue].relation;
    bool aside = relation == REL_ACL ||
                 (relation == REL_CCOMP && first > 0 && strcmp(tokens[first - 1].folded, ",") == 0);
    return aside && actor_at(document, speech->source) != NONE && !token_is(&tokens[first], "a") &&
           !token_is(&tokens[first], "an") &&
           speech->content[0].first ==
               document->sentences.items[tokens[speech->cue].sentence].tokens.first;
}

/* What needs no odds, being said in so many words. */
static int32_t at_least(const struct attribution_state *state, const struct document *document,
                        const struct speech *speech, int32_t sum)
{
    const struct token *cue = &document->tokens.items[speech->cue];
    if (speech->form == SPEECH_COLON &&
        (is_mere_label(state, document, speech) || is_topic(document, speech)))
        return 0;
    bool plain = speech->form == SPEECH_ACCORDING ||
                 ((speech->form == SPEECH_MAIN ||
                   (speech->form == SPEECH_BEFORE && is_body_at_end(document, speech))) &&
                  ends_sentence(document, speech) && cues_known(&state->cues, cue) &&
                  cues_status(&state->cues, cue) == STATUS_CLAIMED) ||
                 (speech->form == SPEECH_CLAUSE &&
                  (is_told_by_it(document, speech) || is_nested(state, document, speech))) ||
                 (speech->form == SPEECH_COLON && is_speaker_label(document, speech));
    return plain && sum <= EVEN_ODDS ? EVEN_ODDS + 1 : sum;
}

static annals_status attribution_run(const void *opened, struct document *document,
                                     struct arena *scratch, annals_error *error)
{
    const struct attribution_state *state = opened;
    struct tree tree;
    struct speech *found = arena_new_array(scratch, struct speech, CANDIDATES);
    uint32_t *first_of = arena_new_array(scratch, uint32_t, document->sentences.count + 1);
    if (found == NULL || first_of == NULL || !tree_init(&tree, document, scratch))
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (rehang_told(document, &tree, &state->cues) && !tree_init(&tree, document, scratch))
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    struct signatures signatures;
    signatures_init(document, &signatures);
    for (uint32_t i = 0; i < document->sentences.count; i++) {
        int32_t sums[CANDIDATES];
        uint32_t count = speech_find(&tree, &state->cues, &state->model, i, found, CANDIDATES);
        for (uint32_t j = 0; j < count; j++)
            sums[j] =
                at_least(state, document, &found[j],
                         linear_sum(&state->model, found[j].features, found[j].feature_count));
        resolve(found, sums, count);
        first_of[i] = document->attributions.count;
        for (uint32_t j = 0; j < count; j++)
            if (sums[j] > 0)
                keep(state, document, &found[j], sums[j]);
        speech_order_find(&state->cues, document, i, first_of[i]);
        quoted_find(&tree, document, i, first_of[i]);
        signatures_find(&signatures, document, i, first_of[i]);
    }
    first_of[document->sentences.count] = document->attributions.count;
    carry_quotations(document, first_of);
    return ANNALS_OK;
}

const struct stage stage_attribution = {
    .name = "attribution",
    .summary = "who says what: source, cue and content",
    .needs = HAS_SENTENCES | HAS_TREE | HAS_TIMES | HAS_PLACES | HAS_ACTORS,
    .gives = HAS_ATTRIBUTIONS,
    .open = attribution_open,
    .run = attribution_run,
    .close = attribution_close,
};
