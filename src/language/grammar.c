/* The grammar stage: word class, features, lemma, lists, head and relation of every token.
 *
 * One network (classifiers/grammar_model.h) answers for whole sentences, without their asides in
 * brackets (asides.h). A sentence longer than the network's limit is cut into pieces, after a comma
 * or the like where one is near; the roots of the later pieces hang on that of the first as
 * parataxis. What it leaves out: enhanced
 * dependencies, and features that no later stage needs. */
#include "language/grammar.h"

#include "bytes/hash.h"
#include "classifiers/grammar_model.h"
#include "document/stage.h"
#include "language/asides.h"
#include "language/lemmas.h"
#include "language/word_lists.h"

struct grammar {
    struct grammar_model model;
    struct lemmatiser lemmatiser;
    struct word_lists lists;
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
    const uint64_t *inventory = model_section(&model->model, "inventory", sizeof *inventory, error);
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
    if (status == ANNALS_OK)
        status = word_lists_read(&grammar->lists, setting, error);
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

static enum case_regime regime_of(const struct document *document, struct token_range range)
{
    const struct token *tokens = document->tokens.items;
    struct case_count capitals = {0};
    for (uint32_t i = range.first; i < range.end; i++)
        case_count_add(&capitals, document_bytes(document, tokens[i].span),
                       tokens[i].span.end - tokens[i].span.start);
    return case_count_regime(&capitals);
}

/* Features of the words, in the order in which the network reads them. */
static void find_features(const struct document *document, const struct reading_order *order,
                          struct word_features *features)
{
    const struct token *tokens = document->tokens.items;
    enum case_regime regime = 0;
    uint32_t sentence = NONE;
    struct token_range range = {0};
    for (uint32_t at = 0; at < order->token_count; at++) {
        uint32_t i = order->tokens[at];
        if (tokens[i].sentence != sentence) {
            sentence = tokens[i].sentence;
            range = document->sentences.items[sentence].tokens;
            regime = regime_of(document, range);
        }
        bool glued_after = i + 1 < range.end && (tokens[i + 1].flags & TOKEN_SPACE_BEFORE) == 0;
        bool glued_before = i > range.first && (tokens[i].flags & TOKEN_SPACE_BEFORE) == 0;
        unsigned place = (i == range.first ? PLACE_FIRST : 0) |
                         (glued_before ? PLACE_GLUED_BEFORE : 0) |
                         (glued_after ? PLACE_GLUED_AFTER : 0);
        word_features_find(&features[at], document_bytes(document, tokens[i].span),
                           tokens[i].span.end - tokens[i].span.start, tokens[i].folded,
                           tokens[i].folded_length, regime, place);
    }
}

/* Writes a piece's answers; `root` is the root of the sentence so far, or NONE. Returns the root.
 */
static uint32_t write_piece(struct document *document, const struct reading_order *order,
                            const struct grammar_piece *piece, const struct grammar_answer *answers,
                            uint32_t root)
{
    uint32_t own_root = root;
    for (uint32_t i = piece->first; i < piece->first + piece->count; i++) {
        struct token *token = &document->tokens.items[order->tokens[i]];
        const struct grammar_answer *answer = &answers[i];
        token->upos = (enum word_class)answer->upos;
        token->features = answer->bits;
        token->relation = (enum relation)answer->relation;
        if (answer->head != 0) {
            token->head = order->tokens[piece->first + answer->head - 1];
            continue;
        }
        token->head = root;
        if (root == NONE)
            own_root = order->tokens[i];
        else
            token->relation = REL_PARATAXIS;
    }
    return own_root;
}

static void write_answers(struct document *document, const struct reading_order *order,
                          const struct grammar_answer *answers)
{
    uint32_t root = NONE;
    for (uint32_t i = 0; i < order->piece_count; i++)
        root = write_piece(document, order, &order->pieces[i], answers,
                           order->begins[i] ? NONE : root);
    asides_attach(document);
}

/* What the network knows of each word, for later stages. False when memory failed. */
static bool keep_states(const struct grammar *grammar, struct document *document,
                        const struct reading_order *order, const int8_t *states)
{
    size_t size = grammar_state_size(&grammar->model);
    int8_t *kept = arena_allocate_array(document->arena, document->tokens.count + 1, size);
    for (uint32_t at = 0; kept != NULL && at < order->token_count; at++)
        memcpy(kept + order->tokens[at] * size, states + at * size, size);
    document->states = kept;
    document->state_size = (uint32_t)size;
    return kept != NULL;
}

static annals_status grammar_run(const void *state, struct document *document,
                                 struct arena *scratch, annals_error *error)
{
    const struct grammar *grammar = state;
    uint32_t tokens = document->tokens.count;
    struct reading_order order;
    bool ordered = reading_order_find(&order, document, scratch);
    struct word_features *features = arena_new_array(scratch, struct word_features, tokens);
    struct grammar_answer *answers = arena_new_array(scratch, struct grammar_answer, tokens);
    size_t size = grammar_state_size(&grammar->model);
    /* Of a text that is longer than any report it would be too much. */
    int8_t *states = tokens <= DOCUMENT_STATES_LIMIT
                         ? arena_allocate_unset(scratch, (tokens + 1) * size)
                         : NULL;
    if (!ordered || scratch->failed)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    find_features(document, &order, features);
    if (!grammar_model_run(&grammar->model, order.pieces, order.piece_count, features, answers,
                           states, scratch) ||
        (states != NULL && !keep_states(grammar, document, &order, states)))
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    write_answers(document, &order, answers);
    for (uint32_t i = 0; i < tokens; i++) {
        struct token *token = &document->tokens.items[i];
        if (!lemma_set(&grammar->lemmatiser, document, token))
            return error_set(error, ANNALS_NO_MEMORY, "out of memory");
        word_lists_mark(&grammar->lists, token);
    }
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
