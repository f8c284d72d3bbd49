/* CoNLL-U in and out (universaldependencies.org/format). Multiword tokens become joined words
 * (TOKEN_JOINED); empty nodes and enhanced dependencies are left out. */
#include "formats/conllu.h"

#include "bytes/hash.h"
#include "bytes/utf8.h"
#include "document/stage.h"

/* ------------------------------------------------------------------ reading */

struct reading {
    struct document *document;
    struct arena *arena;
    char *text; /* [length of the input + 1] */
    uint32_t used;
    uint32_t first_token;                   /* of the sentence */
    unsigned long range_first, range_last;  /* of a multiword token; 0 = none */
    bool glued, range_glued;                /* the next word stands right after */
    bool failed;
};

static uint16_t form_flags(const char *form, size_t length)
{
    uint32_t upper = 0, lower = 0, digits = 0, letters = 0;
    bool first_upper = false, number = true, dash = true;
    for (size_t at = 0, size; at < length; at += size) {
        uint32_t code_point = utf8_decode(form + at, length - at, &size);
        upper += utf8_is_upper(code_point);
        lower += utf8_is_lower(code_point);
        letters += utf8_is_letter(code_point);
        digits += utf8_is_digit(code_point);
        first_upper |= at == 0 && utf8_is_upper(code_point);
        number &= utf8_is_digit(code_point) ||
                  (code_point < 0x80 && code_point != 0 && strchr(",.:/", (int)code_point) != NULL);
        dash &= code_point == '-' || (code_point >= 0x2010 && code_point <= 0x2015);
    }
    bool capitals = upper >= 2 && lower == 0;
    return (uint16_t)((first_upper && !capitals ? TOKEN_CAPITALISED : 0) |
                      (capitals ? TOKEN_ALL_CAPITALS : 0) |
                      (number && digits > 0 ? TOKEN_NUMBER : 0) |
                      (letters + digits == 0 ? TOKEN_PUNCTUATION : 0) |
                      (dash ? TOKEN_HYPHEN : 0));
}

static void add_word(struct reading *reading, const char *form, size_t length, bool joined)
{
    struct document *document = reading->document;
    bool first = document->tokens.count == reading->first_token;
    if (reading->used > 0 && (first || !reading->glued))
        reading->text[reading->used++] = first ? '\n' : ' ';
    struct token *token = array_push(&document->tokens);
    char *folded = arena_allocate(reading->arena, length * 3 + 1);
    if (token == NULL || folded == NULL) {
        reading->failed = true;
        return;
    }
    memcpy(reading->text + reading->used, form, length);
    token->span = (struct byte_span){reading->used, reading->used + (uint32_t)length};
    reading->used += (uint32_t)length;
    token->sentence = document->sentences.count;
    token->flags = form_flags(form, length);
    if (joined && !first)
        token->flags |= TOKEN_JOINED;
    if (first || !reading->glued)
        token->flags |= TOKEN_SPACE_BEFORE;
    size_t folded_length = utf8_fold(form, length, folded);
    token->folded_length = (uint16_t)(folded_length < UINT16_MAX ? folded_length : UINT16_MAX);
    folded[token->folded_length] = '\0';
    token->folded = folded;
    token->hash = hash_bytes(folded, token->folded_length);
    token->head = NONE;
}

static void end_sentence(struct reading *reading)
{
    struct document *document = reading->document;
    reading->range_first = reading->range_last = 0;
    reading->glued = false;
    if (document->tokens.count == reading->first_token)
        return;
    struct sentence *sentence = array_push(&document->sentences);
    if (sentence == NULL) {
        reading->failed = true;
        return;
    }
    sentence->tokens = (struct token_range){reading->first_token, document->tokens.count};
    sentence->span = document_span_of(document, sentence->tokens);
    reading->first_token = document->tokens.count;
}

static bool has_no_space(const char *line, size_t length)
{
    static const char wanted[] = "SpaceAfter=No";
    size_t size = sizeof wanted - 1;
    for (size_t at = length; at >= size && line[at - 1] != '\t'; at--)
        if (memcmp(line + at - size, wanted, size) == 0)
            return true;
    return false;
}

/* A number at the head of `text`; `*length` gets its digits. */
static unsigned long read_number(const char *text, size_t available, size_t *length)
{
    unsigned long number = 0;
    for (*length = 0; *length < available && *length < 9; (*length)++) {
        if (text[*length] < '0' || text[*length] > '9')
            break;
        number = number * 10 + (unsigned long)(text[*length] - '0');
    }
    return number;
}

/* False where the line is no CoNLL-U. */
static bool read_line(struct reading *reading, const char *line, size_t length)
{
    const char *tab = memchr(line, '\t', length);
    if (tab == NULL)
        return false;
    const char *form = tab + 1;
    const char *end = memchr(form, '\t', (size_t)(line + length - form));
    if (end == NULL || end == form || end - form > UINT16_MAX)
        return false;
    size_t digits;
    unsigned long number = read_number(line, length, &digits);
    bool glued = has_no_space(line, length);
    if (digits == 0)
        return false;
    if (line[digits] == '-') {
        size_t more;
        reading->range_first = number;
        reading->range_last = read_number(line + digits + 1, length - digits - 1, &more);
        reading->range_glued = glued;
        return more > 0;
    }
    if (line[digits] == '.')
        return true;
    if (line[digits] != '\t')
        return false;
    bool in_range = number >= reading->range_first && number <= reading->range_last;
    bool joined = in_range && number > reading->range_first;
    if (joined)
        reading->glued = true;
    size_t size = (size_t)(end - form);
    if (utf8_valid_length(form, size) != size)
        return false;
    add_word(reading, form, size, joined);
    reading->glued = in_range && number == reading->range_last ? reading->range_glued : glued;
    return true;
}

static void read_comment(struct reading *reading, const char *line, size_t length)
{
    static const char wanted[] = "# newdoc id = ";
    size_t size = sizeof wanted - 1;
    if (length > size && memcmp(line, wanted, size) == 0)
        reading->document->report.id = arena_copy(reading->arena, line + size, length - size);
}

annals_status conllu_read(struct document *document, struct arena *arena, const char *bytes,
                          size_t length, annals_error *error)
{
    if (length > UINT32_MAX / 2)
        return error_set(error, ANNALS_TOO_LARGE, "the document is larger than 2 GiB");
    struct reading reading = {.document = document, .arena = arena};
    reading.text = arena_allocate(arena, length + 1);
    document_init(document, arena, reading.text, 0);
    if (reading.text == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    uint64_t number = 0;
    for (size_t at = 0; at < length && !reading.failed;) {
        const char *end = memchr(bytes + at, '\n', length - at);
        size_t size = end == NULL ? length - at : (size_t)(end - bytes) - at;
        const char *line = bytes + at;
        at += size + 1;
        number++;
        if (size > 0 && line[size - 1] == '\r')
            size--;
        if (size == 0)
            end_sentence(&reading);
        else if (line[0] == '#')
            read_comment(&reading, line, size);
        else if (!read_line(&reading, line, size)) {
            error_set(error, ANNALS_MALFORMED, "this is no line of CoNLL-U");
            return error_at(error, NULL, number, 1, line - bytes);
        }
    }
    end_sentence(&reading);
    document->length = reading.used;
    struct block *block = reading.used > 0 ? array_push(&document->blocks) : NULL;
    if (reading.used == 0 && !reading.failed)
        return error_set(error, ANNALS_EMPTY, "there is no word in it");
    if (block == NULL || arena->failed)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    *block = (struct block){{0, reading.used}, BLOCK_BODY};
    document->layers = HAS_BLOCKS | HAS_SENTENCES;
    return ANNALS_OK;
}

/* ------------------------------------------------------------------ writing */

/* Features in CoNLL-U's order: by name, and where two values of one name are set, joined. */
static void write_features(uint32_t features, struct buffer *buffer)
{
    static const struct {
        uint32_t bit;
        const char *name, *value;
    } order[] = {
        {WORD_ACCUSATIVE, "Case", "Acc"},        {WORD_NOMINATIVE, "Case", "Nom"},
        {WORD_DEFINITE, "Definite", "Def"},      {WORD_INDEFINITE, "Definite", "Ind"},
        {WORD_COMPARATIVE, "Degree", "Cmp"},     {WORD_SUPERLATIVE, "Degree", "Sup"},
        {WORD_FEMININE, "Gender", "Fem"},        {WORD_MASCULINE, "Gender", "Masc"},
        {WORD_NEUTER, "Gender", "Neut"},         {WORD_IMPERATIVE, "Mood", "Imp"},
        {WORD_PLURAL, "Number", "Plur"},         {WORD_SINGULAR, "Number", "Sing"},
        {WORD_FIRST, "Person", "1"},             {WORD_SECOND, "Person", "2"},
        {WORD_THIRD, "Person", "3"},             {WORD_NEGATIVE, "Polarity", "Neg"},
        {WORD_POSSESSIVE, "Poss", "Yes"},        {WORD_DEMONSTRATIVE, "PronType", "Dem"},
        {WORD_INTERROGATIVE, "PronType", "Int"}, {WORD_PERSONAL, "PronType", "Prs"},
        {WORD_RELATIVE, "PronType", "Rel"},      {WORD_REFLEXIVE, "Reflex", "Yes"},
        {WORD_PAST, "Tense", "Past"},            {WORD_PRESENT, "Tense", "Pres"},
        {WORD_FINITE, "VerbForm", "Fin"},        {WORD_GERUND, "VerbForm", "Ger"},
        {WORD_INFINITIVE, "VerbForm", "Inf"},    {WORD_PARTICIPLE, "VerbForm", "Part"},
        {WORD_PASSIVE, "Voice", "Pass"},
    };
    const char *last = NULL;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if ((features & order[i].bit) == 0)
            continue;
        if (last != NULL && strcmp(last, order[i].name) == 0) {
            buffer_add_byte(buffer, ',');
        } else {
            if (last != NULL)
                buffer_add_byte(buffer, '|');
            buffer_add_string(buffer, order[i].name);
            buffer_add_byte(buffer, '=');
        }
        buffer_add_string(buffer, order[i].value);
        last = order[i].name;
    }
    if (last == NULL)
        buffer_add_byte(buffer, '_');
}

static void write_number(struct buffer *buffer, uint32_t number)
{
    char digits[12];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    buffer_add(buffer, digits + at, sizeof digits - at);
}

/* The words of a span, with any run of white space as one blank. */
static void write_words(const struct document *document, struct byte_span span,
                        struct buffer *buffer)
{
    bool blank = false;
    for (uint32_t i = span.start; i < span.end; i++) {
        char byte = document->text[i];
        if ((unsigned char)byte <= ' ') {
            blank = true;
            continue;
        }
        if (blank)
            buffer_add_byte(buffer, ' ');
        blank = false;
        buffer_add_byte(buffer, byte);
    }
}

static bool space_follows(const struct document *document, uint32_t token)
{
    return token + 1 >= document->tokens.count ||
           (document->tokens.items[token + 1].flags & TOKEN_SPACE_BEFORE) != 0;
}

/* The line of a multiword token that begins here, if one does. */
static void write_range(const struct document *document, const struct sentence *sentence,
                        uint32_t token, struct buffer *buffer)
{
    const struct token *tokens = document->tokens.items;
    uint32_t last = token;
    while (last + 1 < sentence->tokens.end && (tokens[last + 1].flags & TOKEN_JOINED) != 0)
        last++;
    if (last == token || (tokens[token].flags & TOKEN_JOINED) != 0)
        return;
    write_number(buffer, token - sentence->tokens.first + 1);
    buffer_add_byte(buffer, '-');
    write_number(buffer, last - sentence->tokens.first + 1);
    buffer_add_byte(buffer, '\t');
    write_words(document, (struct byte_span){tokens[token].span.start, tokens[last].span.end},
                buffer);
    buffer_add_string(buffer, "\t_\t_\t_\t_\t_\t_\t_\t");
    buffer_add_string(buffer, space_follows(document, last) ? "_\n" : "SpaceAfter=No\n");
}

static void write_token(const struct document *document, const struct sentence *sentence,
                        uint32_t index, struct buffer *buffer)
{
    const struct token *token = &document->tokens.items[index];
    bool joined_next =
        index + 1 < sentence->tokens.end &&
        (document->tokens.items[index + 1].flags & TOKEN_JOINED) != 0;
    bool in_range = joined_next || (token->flags & TOKEN_JOINED) != 0;
    write_number(buffer, index - sentence->tokens.first + 1);
    buffer_add_byte(buffer, '\t');
    write_words(document, token->span, buffer);
    buffer_add_byte(buffer, '\t');
    buffer_add_string(buffer, token->lemma != NULL && token->lemma[0] != '\0' ? token->lemma : "_");
    buffer_add_byte(buffer, '\t');
    buffer_add_string(buffer, word_class_name(token->upos));
    buffer_add_string(buffer, "\t_\t");
    write_features(token->features, buffer);
    buffer_add_byte(buffer, '\t');
    write_number(buffer, token->head == NONE ? 0 : token->head - sentence->tokens.first + 1);
    buffer_add_byte(buffer, '\t');
    buffer_add_string(buffer, relation_name(token->relation));
    buffer_add_string(buffer, "\t_\t");
    buffer_add_string(buffer,
                      in_range || space_follows(document, index) ? "_\n" : "SpaceAfter=No\n");
}

void conllu_write(const struct document *document, struct buffer *buffer)
{
    const char *id = document->report.id;
    if (id != NULL)
        buffer_print(buffer, "# newdoc id = %s\n", id);
    else
        buffer_add_string(buffer, "# newdoc\n");
    for (uint32_t i = 0; i < document->sentences.count; i++) {
        const struct sentence *sentence = &document->sentences.items[i];
        buffer_print(buffer, "# sent_id = %s-%u\n# text = ", id == NULL ? "s" : id, i + 1);
        write_words(document, sentence->span, buffer);
        buffer_add_byte(buffer, '\n');
        for (uint32_t token = sentence->tokens.first; token < sentence->tokens.end; token++) {
            write_range(document, sentence, token, buffer);
            write_token(document, sentence, token, buffer);
        }
        buffer_add_byte(buffer, '\n');
    }
}
