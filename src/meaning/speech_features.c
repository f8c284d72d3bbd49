/* What a candidate of reported speech looks like to the model: its cue, its content, how the one
 * hangs on the other, and how sure the speaker is. Features are hashed; models/en/README.md has the
 * recipe of the weights. Leaves out: anything beyond the sentence. */
#include "bytes/hash.h"
#include "meaning/speech.h"

static void feature(struct speech *speech, const char *kind, uint64_t value)
{
    if (speech->feature_count < SPEECH_FEATURES)
        speech->features[speech->feature_count++] =
            hash_join(hash_bytes(kind, strlen(kind)), value) & ~SPEECH_SOURCE_HALF;
}

static uint64_t bucket(uint32_t length)
{
    return length < 2 ? 0 : length < 4 ? 1 : length < 8 ? 2 : length < 16 ? 3 : 4;
}

static bool holds_quote(const struct tree *tree, struct token_range range)
{
    for (uint32_t i = range.first; i < range.end; i++)
        if (tree->tokens[i].folded[0] == '"' || (tree->tokens[i].flags & TOKEN_QUOTED) != 0)
            return true;
    return false;
}

/* What else speaks in the content: 1 for the sentence's own root, 2 for "said" or "told" outside of
 * any quotation, 4 where that one comes behind a comma, or its subject does. */
static uint64_t others_in(const struct tree *tree, struct token_range content)
{
    uint64_t found = 0;
    for (uint32_t i = content.first; i < content.end; i++) {
        const struct token *token = &tree->tokens[i];
        found |= token->head == NONE ? 1 : 0;
        if ((token->flags & TOKEN_QUOTED) != 0 || token->upos != UPOS_VERB ||
            !(token_is(token, "say") || token_is(token, "tell")))
            continue;
        uint32_t subject = tree_child(tree, i, REL_NSUBJ);
        uint32_t first = subject != NONE && subject < i ? tree_noun_phrase(tree, subject).first : i;
        found |= first > content.first && tree->tokens[first - 1].folded[0] == ',' ? 4 : 2;
    }
    return found;
}

/* Where the content stands to the cue and in its sentence. */
static void describe_place(const struct tree *tree, struct speech *speech)
{
    const struct token *cue = &tree->tokens[speech->cue];
    const struct sentence *sentence = &tree->document->sentences.items[cue->sentence];
    struct token_range content = speech->content[0];
    uint64_t form = (uint64_t)speech->form;
    bool after = content.first > speech->cue;
    uint32_t between = after                        ? content.first - speech->cue
                       : content.end <= speech->cue ? speech->cue - content.end + 1
                                                    : 0;
    uint64_t side = hash_join(bucket(between) * 2 + after, form);
    feature(speech, "side form", side);
    feature(speech, "lemma side", hash_join(cue->lemma_hash, side));
    if (content.first > sentence->tokens.first)
        feature(speech, "mark before", hash_join(tree->tokens[content.first - 1].hash, form));
    if (content.end < sentence->tokens.end)
        feature(speech, "mark behind", hash_join(tree->tokens[content.end].hash, form));
    uint32_t words = content.end - content.first;
    uint32_t whole = sentence->tokens.end - sentence->tokens.first;
    feature(speech, "share form", hash_join(words * 5 / (whole + 1), form));
    feature(speech, "parts form",
            hash_join(speech->content[1].end > speech->content[1].first, form));
    feature(speech, "root form", hash_join((cue->head == NONE) + 2u * sentence->heading, form));
    feature(speech, "relation class", hash_join(hash_join(cue->relation, cue->upos), side));
    uint64_t others = others_in(tree, content);
    feature(speech, "others form", hash_join(others, form));
    feature(speech, "others cue", hash_join(others, cue->lemma_hash));
    feature(speech, "first word", hash_join(tree->tokens[content.first].hash, form));
}

/* What was left off the end: how it is joined, and by how many words it hangs on what is left. */
static void describe_cut(const struct tree *tree, struct speech *speech)
{
    uint64_t form = (uint64_t)speech->form;
    uint32_t bonds = 0, content = speech->content[0].first;
    uint64_t first = 0;
    for (uint32_t i = speech->cut; i < speech->cut_end; i++) {
        const struct token *token = &tree->tokens[i];
        if (token->upos == UPOS_PUNCT || token->head == NONE ||
            (token->head >= speech->cut && token->head < speech->cut_end))
            continue;
        bonds++;
        if (first == 0)
            first = hash_join(hash_join(token->relation, token->head == speech->cue),
                              token->head >= content);
    }
    uint32_t part = speech->cut_end - speech->cut, whole = speech->cut_end - content;
    bool cut = speech->cut < speech->cut_end;
    feature(speech, "cut", hash_join(cut ? 1 + part * 4 / (whole + 1) : 0, form));
    if (!cut)
        return;
    feature(speech, "cut mark", hash_join(tree->tokens[speech->cut].hash, bonds < 3 ? bonds : 3));
    feature(speech, "cut relation", hash_join(hash_join(first, bonds < 2 ? bonds : 2), form));
    feature(speech, "cut next", tree->tokens[speech->cut + 1].hash);
    feature(speech, "cut next class",
            hash_join(hash_join(tree->tokens[speech->cut].upos, tree->tokens[speech->cut + 1].upos),
                      first));
}

/* How far the speaker can be relied on. */
static void describe_speaker(struct speech *speech, uint64_t lemma)
{
    enum { UNIT = 1024, MOST = 6 };
    uint64_t form = (uint64_t)speech->form;
    uint64_t lead = speech->lead / UNIT < MOST ? (uint64_t)(speech->lead / UNIT) : MOST;
    feature(speech, "lead", hash_join(lead * 2 + speech->as_tree, form));
    feature(speech, "lead lemma", hash_join(lead > 1, lemma));
}

/* The classes that dictionaries/en/cues.tsv gives the cue. */
static void describe_classes(const struct tree *tree, const struct cues *cues,
                             struct speech *speech, bool passive)
{
    const struct token *cue = &tree->tokens[speech->cue];
    uint64_t form = (uint64_t)speech->form;
    enum word_class source_class =
        speech->source == NONE ? UPOS_NONE : tree->tokens[speech->source].upos;
    uint32_t length;
    uint32_t handle =
        phrases_find(&cues->words, &cue->lemma_hash, sizeof cue->lemma_hash, 1, &length);
    feature(speech, "known cue form", hash_join(handle != PHRASE_NONE, form));
    while (handle != PHRASE_NONE) {
        uint64_t class = phrases_value(&cues->words, handle, &handle);
        feature(speech, "class", hash_join(hash_join(class, cue->upos), form));
        feature(speech, "class source", hash_join(hash_join(class, source_class), form));
        feature(speech, "class quote",
                hash_join(hash_join(class, holds_quote(tree, speech->content[0])), form));
        feature(speech, "class voice",
                hash_join(hash_join(class, passive + 2u * speech->inherited), form));
    }
}

/* The cue itself, its voice, and what stands beside it. */
static void describe_cue(const struct tree *tree, struct speech *speech, bool passive)
{
    const struct token *cue = &tree->tokens[speech->cue];
    uint64_t lemma = cue->lemma_hash, form = (uint64_t)speech->form;
    uint32_t object = tree_child(tree, speech->cue, REL_OBJ);
    uint32_t particle = tree_child(tree, speech->cue, REL_COMPOUND);
    uint32_t quoted = cue->flags & TOKEN_QUOTED ? 1 : 0;
    feature(speech, "form", form);
    feature(speech, "lemma", lemma);
    feature(speech, "lemma form", hash_join(lemma, form));
    feature(speech, "class form", hash_join(cue->upos, form));
    feature(speech, "relation form", hash_join(cue->relation, form));
    feature(speech, "quote form",
            hash_join(holds_quote(tree, speech->content[0]) + 2u * quoted, form));
    feature(speech, "length form",
            hash_join(bucket(speech->content[0].end - speech->content[0].first), form));
    feature(speech, "voice form", hash_join(passive + 2u * speech->inherited, form));
    feature(speech, "lemma voice", hash_join(lemma, passive));
    feature(speech, "object form", hash_join(object != NONE, form));
    feature(speech, "verb features",
            hash_join(cue->features & (WORD_PAST | WORD_GERUND | WORD_INFINITIVE | WORD_PARTICIPLE),
                      form));
    if (particle != NONE)
        feature(speech, "particle", tree->tokens[particle].hash);
    for (uint32_t child = tree->first_child[speech->cue]; child != NONE;
         child = tree->next_sibling[child])
        if (tree->tokens[child].relation == REL_AUX || tree->tokens[child].relation == REL_MARK)
            feature(speech, "beside form", hash_join(tree->tokens[child].lemma_hash, form));
}

/* The word that the content hangs on the cue with, and its own class. */
static void describe_link(const struct tree *tree, struct speech *speech)
{
    uint64_t lemma = tree->tokens[speech->cue].lemma_hash, form = (uint64_t)speech->form;
    for (uint32_t i = speech->content[0].first; i < speech->content[0].end; i++) {
        const struct token *word = &tree->tokens[i];
        if (word->head != speech->cue)
            continue;
        uint32_t link = tree_child(tree, i, REL_CASE);
        if (link == NONE)
            link = tree_child(tree, i, REL_MARK);
        uint64_t bound = link != NONE ? tree->tokens[link].hash : 0;
        feature(speech, "link", hash_join(hash_join(lemma, bound), form));
        feature(speech, "link form", hash_join(bound, form));
        feature(speech, "head class", hash_join(word->upos, form));
        feature(speech, "head", hash_join(word->lemma_hash, form));
        feature(speech, "lemma head class", hash_join(hash_join(lemma, word->upos), form));
        return;
    }
}

static void describe_source(const struct tree *tree, struct speech *speech)
{
    uint64_t lemma = tree->tokens[speech->cue].lemma_hash, form = (uint64_t)speech->form;
    if (speech->source == NONE) {
        feature(speech, "no source", form);
        return;
    }
    const struct token *source = &tree->tokens[speech->source];
    feature(speech, "source class", hash_join(source->upos, form));
    feature(speech, "source", source->lemma_hash);
    feature(speech, "lemma source class", hash_join(hash_join(lemma, source->upos), form));
    feature(speech, "source features",
            source->features & (WORD_FIRST | WORD_SECOND | WORD_THIRD | WORD_PLURAL));
}

void speech_describe(const struct tree *tree, const struct cues *cues, struct speech *speech)
{
    const struct token *cue = &tree->tokens[speech->cue];
    bool passive = tree_child_exactly(tree, speech->cue, REL_AUX_PASS) != NONE;
    describe_classes(tree, cues, speech, passive);
    describe_cue(tree, speech, passive);
    describe_link(tree, speech);
    describe_place(tree, speech);
    describe_speaker(speech, cue->lemma_hash);
    describe_cut(tree, speech);
    if (cue->head != NONE)
        feature(speech, "above",
                hash_join(tree->tokens[cue->head].lemma_hash, (uint64_t)speech->form));
    describe_source(tree, speech);
}
