/* annals: read news about armed conflict, keep a sourced record of it.
 *
 * This header and annals_record.h, annals_watch.h and annals_queue.h, which it includes, are the whole public interface of libannals;
 * what is not in them is not API. Here: errors, the engine, documents. There: the record.
 *
 * Handles: `annals_engine` holds dictionaries, gazetteer and models, read-only after opening and
 * shared by any number of threads. `annals_document` is one report with everything found in it so
 * far; one thread uses it at a time. `annals_record` is the database of claims with their sources.
 *
 * Errors: every function that can fail returns an `annals_status`; the last parameter, an
 * `annals_error *` that may be NULL, then says where and why. Out-parameters are written only on
 * success. Functions named `..._free` and `..._close` accept NULL.
 *
 * Positions: `[start, end)` in Unicode code points of the report's text, as interchange JSON has
 * them.
 *
 * The library never prints, exits, reads the environment or keeps mutable state outside a handle.
 */
#ifndef ANNALS_H
#define ANNALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
#ifdef __GNUC__
#pragma GCC visibility push(default) /* the library hides all that is not declared here */
#endif

/* ---------------------------------------------------------------------------- errors */

/* One row a status: name, number, sentence. */
#define ANNALS_STATUS_TABLE(ROW)                                                                   \
    ROW(ANNALS_OK, 0, "done")                                                                      \
    ROW(ANNALS_NO_MEMORY, 1, "out of memory")                                                      \
    ROW(ANNALS_NOT_FOUND, 2, "there is no such thing")                                             \
    ROW(ANNALS_CANNOT_READ, 3, "cannot be read")                                                   \
    ROW(ANNALS_CANNOT_WRITE, 4, "cannot be written")                                               \
    ROW(ANNALS_TOO_LARGE, 5, "larger than the limit")                                              \
    ROW(ANNALS_EMPTY, 6, "holds no text")                                                          \
    ROW(ANNALS_NOT_TEXT, 7, "is not text that annals can read")                                    \
    ROW(ANNALS_MALFORMED, 8, "is not well formed")                                                 \
    ROW(ANNALS_FOREIGN, 9, "was not made by annals, or is damaged")                                \
    ROW(ANNALS_NEWER, 10, "was made by a newer annals")                                            \
    ROW(ANNALS_BUSY, 11, "is in use by another process")                                           \
    ROW(ANNALS_FULL, 12, "no space is left")                                                       \
    ROW(ANNALS_WRONG_USE, 13, "wrong use of the interface")                                        \
    ROW(ANNALS_STOPPED, 14, "stopped on request")

typedef enum annals_status {
#define ANNALS_STATUS_ROW(name, number, sentence) name = number,
    ANNALS_STATUS_TABLE(ANNALS_STATUS_ROW)
#undef ANNALS_STATUS_ROW
} annals_status;

/* Where and why something failed. `line` and `column` count from 1, 0 where there is none;
 * `byte` is an offset into the file, -1 where there is none. */
typedef struct annals_error {
    annals_status status;
    char file[256];
    uint64_t line, column;
    int64_t byte;
    char sentence[512];
} annals_error;

/* The sentence of a status, such as "out of memory"; static storage. */
const char *annals_status_sentence(annals_status status);

/* Version of the library, such as "0.1.0"; static storage. */
const char *annals_version(void);

/* Receives output piece by piece; returns false to stop (the caller then gets
 * ANNALS_CANNOT_WRITE). */
typedef bool (*annals_sink)(void *context, const char *bytes, size_t length);

/* ---------------------------------------------------------------------------- engine */

typedef struct annals_engine annals_engine;

/* Opens dictionaries, gazetteer and models below the folder `data` (as installed in
 * PREFIX/share/annals). `*engine` is to be closed with annals_close after all of its documents. */
annals_status annals_open(const char *data, annals_engine **engine, annals_error *error);
void annals_close(annals_engine *engine);

/* What else an engine may be opened with; zero or NULL where nothing is. */
typedef struct annals_settings {
    const char *data; /* as for annals_open */
    /* The user's own actor and agent files in the formats of TABARI, PETRARCH2 and
     * UniversalPetrarch; NULL-terminated lists of paths. Their entries go before those of `data`. */
    const char *const *actors, *const *agents;
} annals_settings;

/* As annals_open. ANNALS_MALFORMED names file and line of a dictionary. */
annals_status annals_open_settings(const annals_settings *settings, annals_engine **engine,
                                   annals_error *error);

/* Writes the table of stages, in order, as tab-separated text: name, what it needs, what it gives,
 * what it does. */
annals_status annals_stages(annals_sink sink, void *context);

/* Checks every dictionary below `data`; findings go to the sink as `file:line: what`, one a line.
 * `*findings` is their number. */
annals_status annals_check(const char *data, annals_sink sink, void *context, size_t *findings,
                           annals_error *error);

/* The same for an actor or agent file in the format of TABARI or PETRARCH: phrases that stand twice,
 * dates that are none, broken lines, and codes that the dictionaries below `data` do not have. */
annals_status annals_check_coder_file(const char *data, const char *path, annals_sink sink,
                                      void *context, size_t *findings, annals_error *error);

/* ---------------------------------------------------------------------------- gazetteer */

/* Called now and then during long work: bytes done of bytes in all, and the file at hand. Returns
 * false to stop. */
typedef bool (*annals_progress)(void *context, const char *file, uint64_t done, uint64_t total);

/* Makes the gazetteer file `output` out of GeoNames dumps (`cities500`, `allCountries`,
 * `alternateNamesV2`, `admin1CodesASCII`, `admin2Codes`; .txt, .gz or .zip), lists of divisions
 * (`admin1.json`, `admin2.json`) and tables of one's own (`*.tsv`, as dictionaries/world/places.tsv).
 * `progress` may be NULL; it is called with `output` when all is read and the writing begins. An old
 * file stays until the new one is whole. What is read is kept in the folder `output`.parts until
 * then, so that the same import again goes on where the last was stopped or killed, to the same
 * bytes. ANNALS_MALFORMED names file and line; ANNALS_STOPPED where `progress` said so. */
annals_status annals_gazetteer_import(const char *const *paths, size_t count, const char *output,
                                      annals_progress progress, void *context,
                                      annals_error *error);

/* Reads a gazetteer file from end to end. ANNALS_FOREIGN says what is damaged. */
annals_status annals_gazetteer_check(const char *path, annals_error *error);

/* Writes the places of exactly this name, most people first, one a line: id, name, feature,
 * country, division, latitude, longitude, people, parted by tabs. ANNALS_NOT_FOUND: there is none. */
annals_status annals_gazetteer_find(const char *path, const char *name, annals_sink sink,
                                    void *context, annals_error *error);

/* ---------------------------------------------------------------------------- documents */

typedef struct annals_document annals_document;

/* Makes a document from one line of interchange JSON (a report: id, text, published, ...).
 * The document is freed with annals_document_free. ANNALS_MALFORMED names line, column and byte
 * within `bytes`. */
annals_status annals_read(const annals_engine *engine, const char *bytes, size_t length,
                          annals_document **document, annals_error *error);

/* Makes a document of CoNLL-U: sentences and words as they stand there, tags and trees passed over.
 * `bytes` holds one document (`# newdoc id` names it). ANNALS_MALFORMED names the line. */
annals_status annals_read_conllu(const annals_engine *engine, const char *bytes, size_t length,
                                 annals_document **document, annals_error *error);

/* Where bytes come from. Every field may be NULL or 0. */
typedef struct annals_source {
    const char *name;      /* path or file name: the id of a single report; tells the format where
                              the content does not */
    const char *url;       /* address it was fetched from */
    const char *outlet;    /* who published it */
    const char *retrieved; /* YYYY-MM-DD: no report is newer than its retrieval */
    uint64_t limit;        /* bytes that a file may have; 0 = 64 MiB */
} annals_source;

/* Receives one report after the other; the callee frees `document`. A report that is refused (a
 * damaged line) comes as NULL with `error`, which names line and byte; the others follow. Returns
 * false to stop. */
typedef bool (*annals_intake_report)(void *context, annals_document *document,
                                     const annals_error *error);

/* Makes documents of the bytes of one file. One report: plain text, HTML, PDF (by pdftotext, confined),
 * DOCX, ODT, RTF. Several: JSONL, feeds (RSS, Atom), mail (EML, MBOX), NITF and NewsML, CSV and TSV with a
 * column of text, citations (RIS, CSL-JSON) joined to the files they name, what Nexis and Factiva write; and archives
 * (ZIP, tar, 7-Zip, WARC; gzip, bzip2, xz, Zstandard) of all these. Charset and format are found by
 * content. Title, byline, outlet and publication date are looked for; what a careful reader could not know
 * stays unknown. ANNALS_EMPTY, ANNALS_TOO_LARGE, ANNALS_NOT_TEXT (says what it is instead),
 * ANNALS_MALFORMED, ANNALS_STOPPED. */
annals_status annals_intake(const annals_engine *engine, const annals_source *source,
                            const char *bytes, size_t length, annals_intake_report report,
                            void *context, annals_error *error);

/* Whether a file that begins so (1 KiB will do) is an archive or a compressed file. */
bool annals_is_archive(const char *bytes, size_t length);

/* As annals_intake, for an archive of any size, which is read from the file piece by piece. `limit` of the
 * source holds for each member. */
annals_status annals_intake_archive(const annals_engine *engine, const annals_source *source,
                                    const char *path, annals_intake_report report, void *context,
                                    annals_error *error);

/* A member of an archive, as it is; everything lives until the call returns. `url` and `retrieved` are
 * those of web archives, else NULL. */
typedef struct annals_member {
    const char *name, *url, *retrieved;
    const char *bytes;
    size_t length;
} annals_member;

/* A member that cannot be read comes as NULL with `error`. False stops. */
typedef bool (*annals_member_sink)(void *context, const annals_member *member,
                                   const annals_error *error);

/* Unpacks the archive at `path` without looking into its members, of which each may have `limit` bytes
 * (0 = 64 MiB): annals_intake makes of them what annals_intake_archive would. Errors as there. */
annals_status annals_unpack(const char *path, uint64_t limit, annals_member_sink sink,
                            void *context, annals_error *error);

/* Makes documents of an event table of the field: `format` is "acled" or "ucdp". A row is a report of
 * that source, coded already: its claim's slots point to the row's cells. Rows that are wrong come as
 * annals_intake gives refused reports, with their line. ANNALS_WRONG_USE, ANNALS_EMPTY,
 * ANNALS_MALFORMED (no UTF-8, or a column that is missing), ANNALS_STOPPED. */
annals_status annals_import(const annals_engine *engine, const char *format, const char *bytes,
                            size_t length, annals_intake_report report, void *context,
                            annals_error *error);

/* What a report says of itself. Strings belong to the document and are NULL where unknown. */
typedef struct annals_report {
    const char *id, *text, *title, *byline, *source, *url, *language;
    size_t text_length;
    char published[16];         /* YYYY-MM-DD, "" where it is unknown */
    const char *published_from; /* "given", "metadata", "printed", "inferred" */
    double published_certainty; /* 0 to 1 */
    const char *charset, *format;
    bool foreign;      /* not in English: stored, not coded; known after annals_code */
    uint64_t replaced; /* bytes that no charset explained */
    char sha256[65];   /* of the bytes it came as */
} annals_report;

/* Fills `report`; all but id, text and sha256 only after annals_intake or annals_code. */
void annals_document_report(const annals_document *document, annals_report *report);

/* Runs the stages that code the report: sentences, names, times, places, actors, claims. */
annals_status annals_code(const annals_engine *engine, annals_document *document,
                          annals_error *error);

/* Runs only the stages up to the dependency tree, over the whole text: unlike annals_code it looks
 * for no page furniture, title or byline to leave out. */
annals_status annals_parse(const annals_engine *engine, annals_document *document,
                           annals_error *error);

/* Formats that annals_write knows. */
typedef enum annals_format {
    ANNALS_CODED_JSON, /* one line of interchange JSON */
    ANNALS_EXPLAINED_JSON, /* the same with `rule` and `explanation` of each claim */
    ANNALS_CONLLU,     /* CoNLL-U with `# newdoc id` */
    ANNALS_TREE        /* an indented tree for people */
} annals_format;

annals_status annals_write(const annals_document *document, annals_format format, annals_sink sink,
                           void *context, annals_error *error);

/* Bytes of its text. */
size_t annals_document_length(const annals_document *document);
/* Bytes of memory that the document takes, with all that has been found in it so far. */
size_t annals_document_memory(const annals_document *document);
void annals_document_free(annals_document *document);

/* Writes what this program is, as `name: value` lines: versions of the library, dictionaries and
 * models below `data`. */
annals_status annals_info(const char *data, annals_sink sink, void *context, annals_error *error);

#ifdef __GNUC__
#pragma GCC visibility pop
#endif
#ifdef __cplusplus
}
#endif

#include "annals_operations.h"
#include "annals_record.h"
#include "annals_watch.h"
#include "annals_queue.h"

#endif
