/* The grammar stage: word class, features, lemma, head and relation of every token.
 *
 * One network (classifiers/grammar_model.h) answers for whole sentences. A sentence longer than
 * the network's limit is cut into pieces, after a comma or the like where one is near; the roots
 * of the later pieces hang on that of the first as parataxis. What it leaves out: enhanced
 * dependencies, and features that no later stage needs. */
#include "language/grammar.h"

#include "bytes/hash.h"
#include "classifiers/grammar_model.h"
#include "document/stage.h"
#include "language/lemmas.h"

enum { CUT_SEARCH = 96 };

struct grammar {
    struct grammar_model model;
    struct lemmatiser lemmatiser;
};

uint64_t grammar_inventory(void)
{
    uint64_t hash = 0;
    for (int i = 0; i < WORD_CLASS_COUNT; i++) {
        const char *name = word_class_name((enum word_class)i);
        hash = hash_join(hash, hash_bytes(name, strlen(name)));
    }
    for (int i = 0; i < RELATION_COUNT; i++) {
        const char *name = relation_name((enum relation)i);
        hash = hash_join(hash, hash_bytes(name, strlen(name)));
    }
#define ROW(name, bit, text) hash = hash_join(hash, hash_bytes(text, sizeof text - 1) + bit);
    WORD_FEATURE_TABLE(ROW)
#undef ROW
    return hash;
}

static annals_status grammar_check(const struct grammar *grammar, annals_error *error)
{
    const struct grammar_model *model = &grammar->model;
    const uint64_t *inventory =
        model_section(&model->model, "inventory", sizeof *inventory, error);
    if (inventory == NULL)
        return ANNALS_FOREIGN;
    if (*inventory != grammar_inventory() || model->sizes.classes != WORD_CLASS_COUNT ||
        model->sizes.relations != RELATION_COUNT)
        return error_set(error, ANNALS_FOREIGN,
                         "is no model that annals can use: it was trained for other word classes "
                         "or relations");
    return ANNALS_OK;
}

static annals_status grammar_open(const struct stage_setting *setting, void **state,
                                  annals_error *error)
{
    struct grammar *grammar = arena_new(setting->arena, struct grammar);
    const char *path = stage_path(setting, "models", "en/grammar.model");
    if (grammar == NULL || path == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    annals_status status = grammar_model_open(&grammar->model, path, error);
    if (status != ANNALS_OK)
        return status;
    status = grammar_check(grammar, error);
    if (status == ANNALS_OK)
        status = lemma_rules_use(&grammar->lemmatiser.rules, &grammar->model.model, error);
    if (status != ANNALS_OK) {
        grammar_model_close(&grammar->model);
        return error_at(error, path, 0, 0, -1);
    }
    status = lemmatiser_read_verbs(&grammar->lemmatiser, setting, error);
    if (status != ANNALS_OK) {
        grammar_model_close(&grammar->model);
        return status;
    }
    grammar->lemmatiser.known = grammar_model_knows;
    grammar->lemmatiser.context = &grammar->model;
    *state = grammar;
    return ANNALS_OK;
}

static void grammar_close(void *state)
{
    struct grammar *grammar = state;
    grammar_model_close(&grammar->model);
}

/* Features of a sentence's words. */
static void find_features(const struct document *document, const struct sentence *sentence,
                          struct word_features *features)
{
    struct token_range range = sentence->tokens;
    const struct token *tokens = document->tokens.items;
    struct case_count capitals = {0};
    for (uint32_t i = range.first; i < range.end; i++)
        case_count_add(&capitals, document_bytes(document, tokens[i].span),
                       tokens[i].span.end - tokens[i].span.start);
    enum case_regime regime = case_count_regime(&capitals);
    for (uint32_t i = range.first; i < range.end; i++) {
        bool glued_after =
            i + 1 < range.end && (tokens[i + 1].flags & TOKEN_SPACE_BEFORE) == 0;
        bool glued_before = i > range.first && (tokens[i].flags & TOKEN_SPACE_BEFORE) == 0;
        unsigned place = (i == range.first ? PLACE_FIRST : 0) |
                         (glued_before ? PLACE_GLUED_BEFORE : 0) |
                         (glued_after ? PLACE_GLUED_AFTER : 0);
        word_features_find(&features[i], document_bytes(document, tokens[i].span),
                           tokens[i].span.end - tokens[i].span.start, tokens[i].folded,
                           tokens[i].folded_length, regime, place);
    }
}

/* Where a piece that begins at `first` ends. */
static uint32_t piece_end(const struct document *document, uint32_t first, uint32_t end)
{
    if (end - first <= GRAMMAR_LONGEST)
        return end;
    uint32_t latest = first + GRAMMAR_LONGEST;
    for (uint32_t i = latest; i > latest - CUT_SEARCH; i--) {
        const struct token *token = &document->tokens.items[i - 1];
        if ((token->flags & TOKEN_PUNCTUATION) != 0 && token->folded_length == 1 &&
            strchr(",;:.-", token->folded[0]) != NULL)
            return i;
    }
    return latest;
}

static uint32_t cut_pieces(const struct document *document, struct grammar_piece *pieces)
{
    uint32_t count = 0;
    for (uint32_t s = 0; s < document->sentences.count; s++) {
        struct token_range range = document->sentences.items[s].tokens;
        while (range.first < range.end) {
            uint32_t end = piece_end(document, range.first, range.end);
            if (pieces != NULL)
                pieces[count] = (struct grammar_piece){range.first, end - range.first};
            count++;
            range.first = end;
        }
    }
    return count;
}

/* Writes a piece's answers; `root` is the root of the sentence so far, or NONE. Returns the root. */
static uint32_t write_piece(struct document *document, const struct grammar_piece *piece,
                            const struct grammar_answer *answers, uint32_t root)
{
    uint32_t own_root = root;
    for (uint32_t i = piece->first; i < piece->first + piece->count; i++) {
        struct token *token = &document->tokens.items[i];
        const struct grammar_answer *answer = &answers[i];
        token->upos = (enum word_class)answer->upos;
        token->features = answer->bits;
        token->relation = (enum relation)answer->relation;
        token->head = piece->first + answer->head - 1;
        if (answer->head == 0) {
            token->head = root;
            if (root == NONE)
                own_root = i;
            else
                token->relation = REL_PARATAXIS;
        }
    }
    return own_root;
}

static annals_status grammar_run(const void *state, struct document *document,
                                 struct arena *scratch, annals_error *error)
{
    const struct grammar *grammar = state;
    uint32_t count = cut_pieces(document, NULL), tokens = document->tokens.count;
    struct grammar_piece *pieces = arena_new_array(scratch, struct grammar_piece, count);
    struct word_features *features = arena_new_array(scratch, struct word_features, tokens);
    struct grammar_answer *answers = arena_new_array(scratch, struct grammar_answer, tokens);
    if (scratch->failed)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    cut_pieces(document, pieces);
    for (uint32_t s = 0; s < document->sentences.count; s++)
        find_features(document, &document->sentences.items[s], features);
    if (!grammar_model_run(&grammar->model, pieces, count, features, answers, scratch))
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    uint32_t sentence = 0, root = NONE;
    for (uint32_t i = 0; i < count; i++) {
        while (document->sentences.items[sentence].tokens.end <= pieces[i].first) {
            sentence++;
            root = NONE;
        }
        root = write_piece(document, &pieces[i], answers, root);
    }
    for (uint32_t i = 0; i < tokens; i++)
        if (!lemma_set(&grammar->lemmatiser, document, &document->tokens.items[i]))
            return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    return ANNALS_OK;
}

const struct stage stage_grammar = {
    .name = "grammar",
    .summary = "word class, features, lemma, and dependency tree",
    .needs = HAS_SENTENCES,
    .gives = HAS_TAGS | HAS_TREE,
    .open = grammar_open,
    .run = grammar_run,
    .close = grammar_close,
};
