/* Values of PostgreSQL's statements: parameters in, columns out.
 *
 * Numbers travel to the server in binary and come back as text; what is a number, a truth or bytes
 * reads as SQLite would have it, so that one text is printed whatever the store. */
#include "record/postgresql.h"

#ifdef ANNALS_POSTGRESQL

#include "record/postgresql_link.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------ values in */

/* A parameter that the statement has; NULL for others, which do no harm. */
static struct value *place_of(struct postgresql_statement *statement, int parameter, Oid type)
{
    if (parameter < 1 || parameter > statement->dialect.parameters)
        return NULL;
    struct value *value = &statement->values[parameter];
    value->type = type;
    return value;
}

/* As it travels: the highest byte first. */
static void put_binary(struct value *value, uint64_t bits)
{
    for (int i = 0; i < 8; i++)
        value->room[i] = (char)(bits >> (56 - 8 * i));
    value->bytes = value->room;
    value->length = 8;
}

int postgresql_bind_int64(struct postgresql_statement *statement, int parameter, int64_t number)
{
    struct value *value = place_of(statement, parameter, TYPE_INT8);
    if (value != NULL)
        put_binary(value, (uint64_t)number);
    return STORE_OK;
}

int postgresql_bind_double(struct postgresql_statement *statement, int parameter, double number)
{
    struct value *value = place_of(statement, parameter, TYPE_FLOAT8);
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    if (value != NULL && isnan(number))
        value->bytes = NULL;
    else if (value != NULL)
        put_binary(value, bits);
    return STORE_OK;
}

int postgresql_bind_text(struct postgresql_statement *statement, int parameter, const char *text,
                         uint64_t length, bool lasting)
{
    struct value *value = place_of(statement, parameter, TYPE_TEXT);
    if (value == NULL)
        return STORE_OK;
    value->bytes = text;
    value->length = (int)length;
    if (text == NULL || lasting)
        return STORE_OK;
    char *copy = realloc(value->copy, length + 1);
    if (copy == NULL)
        return link_fail(statement->connection, STORE_NOMEM, "out of memory");
    memcpy(copy, text, length);
    value->bytes = value->copy = copy;
    return STORE_OK;
}

int postgresql_bind_blob(struct postgresql_statement *statement, int parameter, const void *bytes,
                         uint64_t length)
{
    struct value *value = place_of(statement, parameter, TYPE_BYTES);
    if (value != NULL) {
        value->bytes = bytes;
        value->length = (int)length;
    }
    return STORE_OK;
}

/* Types stay: a number that is NULL now is a number. */
void postgresql_clear(struct postgresql_statement *statement)
{
    for (int i = 1; i <= statement->dialect.parameters; i++)
        statement->values[i].bytes = NULL;
}

/* ------------------------------------------------------------------ values out */

int postgresql_columns(struct postgresql_statement *row)
{
    if (!row->started)
        link_begin_rows(row);
    return row->columns;
}

const char *postgresql_column_name(struct postgresql_statement *row, int column)
{
    return column < postgresql_columns(row) ? PQfname(row->result, column) : NULL;
}

static Oid type_of(const struct postgresql_statement *row, int column)
{
    return row->result != NULL ? PQftype(row->result, column) : TYPE_TEXT;
}

int postgresql_type(struct postgresql_statement *row, int column)
{
    if (column >= row->columns || row->cells[column].bytes == NULL)
        return STORE_NULL;
    switch (type_of(row, column)) {
    case TYPE_BOOL:
    case TYPE_INT2:
    case TYPE_INT4:
    case TYPE_INT8:
        return STORE_INTEGER;
    case TYPE_FLOAT4:
    case TYPE_FLOAT8:
        return STORE_REAL;
    case TYPE_NUMERIC: /* sums of whole numbers are whole */
        return strchr(row->cells[column].bytes, '.') == NULL ? STORE_INTEGER : STORE_REAL;
    case TYPE_BYTES:
        return STORE_BLOB;
    default:
        return STORE_TEXT;
    }
}

int64_t postgresql_int64(struct postgresql_statement *row, int column)
{
    if (column >= row->columns || row->cells[column].bytes == NULL)
        return 0;
    const char *bytes = row->cells[column].bytes;
    return type_of(row, column) == TYPE_BOOL ? *bytes == 't' : strtoll(bytes, NULL, 10);
}

double postgresql_double(struct postgresql_statement *row, int column)
{
    if (column >= row->columns || row->cells[column].bytes == NULL)
        return 0;
    return type_of(row, column) == TYPE_BOOL ? (double)postgresql_int64(row, column)
                                             : strtod(row->cells[column].bytes, NULL);
}

static char *room_for(struct text *text, size_t size)
{
    if (text->room < size) {
        free(text->bytes);
        text->bytes = malloc(size);
        text->room = text->bytes != NULL ? size : 0;
    }
    text->made = text->bytes != NULL;
    return text->bytes;
}

static int hexadecimal(char digit)
{
    return digit <= '9' ? digit - '0' : (digit | 32) - 'a' + 10;
}

/* Numbers and truths as SQLite writes them; bytes as they are. */
static void make_text(struct postgresql_statement *row, int column)
{
    const struct cell *cell = &row->cells[column];
    struct text *text = &row->texts[column];
    Oid type = type_of(row, column);
    if (text->made)
        return;
    if (type == TYPE_BYTES) {
        size_t length = cell->length > 2 ? (size_t)(cell->length - 2) / 2 : 0;
        if (room_for(text, length + 1) == NULL)
            return;
        for (size_t i = 0; i < length; i++)
            text->bytes[i] = (char)(hexadecimal(cell->bytes[2 + 2 * i]) << 4 |
                                    hexadecimal(cell->bytes[3 + 2 * i]));
        text->bytes[length] = '\0';
        text->length = (int)length;
    } else if (room_for(text, 40) != NULL) {
        if (type == TYPE_BOOL)
            sqlite3_snprintf(40, text->bytes, "%d", *cell->bytes == 't');
        else
            sqlite3_snprintf(40, text->bytes, "%!.15g", strtod(cell->bytes, NULL));
        text->length = (int)strlen(text->bytes);
    }
}

static bool is_worded_apart(const struct postgresql_statement *row, int column)
{
    Oid type = type_of(row, column);
    return type == TYPE_BOOL || type == TYPE_FLOAT4 || type == TYPE_FLOAT8 || type == TYPE_BYTES;
}

const char *postgresql_text(struct postgresql_statement *row, int column)
{
    if (column >= row->columns || row->cells[column].bytes == NULL)
        return NULL;
    if (!is_worded_apart(row, column))
        return row->cells[column].bytes;
    make_text(row, column);
    return row->texts[column].made ? row->texts[column].bytes : NULL;
}

const void *postgresql_blob(struct postgresql_statement *row, int column)
{
    return postgresql_text(row, column);
}

int postgresql_bytes(struct postgresql_statement *row, int column)
{
    if (postgresql_text(row, column) == NULL)
        return 0;
    return is_worded_apart(row, column) ? row->texts[column].length : row->cells[column].length;
}

#endif
