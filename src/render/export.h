/* What the exports share: the row they are handed and how its fields are found.
 *
 * An export is one of the rows of the table in export.c. Those of tables give their columns
 * (render/sheet.h); the others write their own text. */
#ifndef ANNALS_RENDER_EXPORT_H
#define ANNALS_RENDER_EXPORT_H

#include "render/codes.h"
#include "render/output.h"
#include "render/redact.h"
#include "render/sheet.h"

struct exporting {
    struct record *record;
    const annals_query *query;
    const annals_export_settings *settings;
    struct output *output;
    struct arena arena; /* lives as long as the export */
    struct arena row;   /* of one row */
    struct codes codes;
    struct redaction redaction;
    struct sheet sheet;
    annals_exported count;
    struct buffer text;
    void *own; /* the format's */
};

/* One event or claim on its way out. */
struct export_row {
    struct exporting *exporting;
    const struct record_event *event; /* NULL where rows are claims */
    const struct record_claim *claim; /* the claim, or the event's first that tells most */
    const struct country *country;    /* of the place; NULL unknown */
    uint64_t number;                  /* of rows before */
};

/* A side of an event as ACLED has it. */
struct export_side {
    const struct record_actor *chief; /* NULL: not known */
    const struct record_actor *all;
    uint32_t count;
    int inter; /* 1 to 8, 0 unknown */
};

/* The agents (first) or patients of a row; where both sides of a clash are told as agents, the second
 * side is the second agent. */
struct export_side export_side(const struct export_row *row, bool first);
/* ACLED's kinds of actor: "State forces" … */
const char *export_inter_name(int inter);
/* Name or words of an actor; NULL where neither says who it is. */
const char *export_actor_name(const struct record_actor *actor);

/* The day that stands for a span of days: the first, or its middle where the span is longer than
 * `days`. False where neither end is known. */
bool export_day(const struct record_event *event, int days, int32_t *day);
/* How exact the span is: 1 a day, 2 within a week, 3 a month, 4 a year, 5 longer; 0 unknown. */
int export_date_precision(const char *first, const char *last);

/* Adds the outlets of an event's claims, each once, parted by `between`. */
void export_add_sources(struct buffer *cell, const struct record_event *event, const char *between);
/* Adds what the chronology says of the claim. */
void export_add_line(struct buffer *cell, const struct record_claim *claim);
/* A number of a figure, NAN where nobody says it: `figure` may hold a 0 that no report tells. */
double export_told(const struct record_figure *figure, double number);
/* Adds a number with no decimals where there are none; nothing for NAN. */
void export_add_number(struct buffer *cell, double number);
/* Adds text, or `none` where it is NULL or empty. */
void export_add(struct buffer *cell, const char *text, const char *none);

/* Columns of the tables. */
extern const struct column acled_columns[], ucdp_columns[], polecat_columns[], petrarch_columns[];
/* `exporting` is to be ended whatever begin says. */
annals_status export_begin(struct exporting *exporting, struct record *record,
                           const annals_query *query, const annals_export_settings *settings,
                           struct output *output, annals_error *error);
void export_end(struct exporting *exporting);

/* What the tables take. */
bool acled_takes(const struct export_row *row);
bool ucdp_takes(const struct export_row *row);
bool polecat_takes(const struct export_row *row);
bool petrarch_takes(const struct export_row *row);

/* The other formats: begin and end the file, and one row. */
void kml_begin(struct exporting *exporting);
void kml_row(const struct export_row *row);
void kml_end(struct exporting *exporting);
void timelinejs_begin(struct exporting *exporting);
void timelinejs_row(const struct export_row *row);
void timelinejs_end(struct exporting *exporting);
void timemap_begin(struct exporting *exporting);
void timemap_row(const struct export_row *row);
void timemap_end(struct exporting *exporting);
bool has_place(const struct export_row *row);
bool has_day(const struct export_row *row);
bool has_day_or_place(const struct export_row *row);

#endif
