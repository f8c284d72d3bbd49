/* The table of commands. */
#include "commands.h"

#include "options.h"

#include <string.h>

#define LISTS (OPTIONS_FORMAT | OPTIONS_FILTER | OPTIONS_WITH)
#define DECISION (OPTIONS_AUTHOR | OPTIONS_REASON)

const struct command commands[] = {
    {"read", "take reports in: code them and store them in the record", "PATH... | -",
     "Reads files and folders (in the order of their names), codes each report and stores it with\n"
     "its claims. What is in the record already (the same bytes) is not read again, and what was\n"
     "stored stays whatever happens to the process: an interrupted `read` is simply run again.\n"
     "`-` is standard input: one report, or JSON lines. What cannot be read is named on standard\n"
     "error with its reason, the rest is read, and the exit status is 1.\n",
     command_read, OPTIONS_INPUT},
    {"watch", "look at feeds again and again, and take in the pages they name", "[FEED...]",
     "FEED is the address of an RSS or Atom feed or a sitemap. Each page that it names is fetched once,\n"
     "coded and stored as `read` does, with the page itself. Asks politely: robots.txt, one request at\n"
     "a time, --delay between two to one host, only what has changed, and ever less often what fails.\n"
     "All of this is kept in the record: stop it with Ctrl-C and go on later; without FEED it goes on\n"
     "with the feeds of the record. Only public web addresses are fetched. One line a feed or page on\n"
     "standard error; the exit status is 1 where something was not to be had.\n",
     command_watch, OPTIONS_WATCH | OPTIONS_FORMAT | OPTIONS_LOG | OPTIONS_METRICS},
    {"enqueue", "put reports into a queue, for workers on many machines", "PATH... | -",
     "Puts the files, and the lines of JSON lines, as they are into a queue of NATS JetStream (--queue),\n"
     "no faster than workers take them out once it is full. What is put twice is coded once. Who one is,\n"
     "and whom one trusts, stands in $NATS_CREDS, $NATS_CA, $NATS_CERT and $NATS_KEY.\n",
     command_enqueue, OPTIONS_QUEUE | OPTIONS_ENQUEUE},
    {"worker", "take reports from the queue, code and store them", "",
     "Runs until it is stopped (--drain: until the queue is empty). A report leaves the queue only when\n"
     "the record has it: a worker that dies loses nothing, and the record knows what it has, so that\n"
     "nothing is stored twice. What cannot be read, and what several workers died of, is set aside\n"
     "with its reason. As many workers as one likes, on as many machines, write one record.\n",
     command_worker,
     OPTIONS_QUEUE | OPTIONS_WORKER | OPTIONS_MEMORY | OPTIONS_LOG | OPTIONS_METRICS},
    {"queue", "show how the queue stands", "",
     "How many reports wait, how fast they are coded, how long it will take, which workers are at it\n"
     "and which have fallen silent. --aside lists the reports that were set aside, and why.\n",
     command_queue, OPTIONS_QUEUE | OPTIONS_FORMAT | OPTIONS_ASIDE},
    {"code", "code reports: JSON lines in, JSON lines out", "[FILE...]",
     "Reads reports, one JSON object a line, from the files or standard input, and writes each\n"
     "coded report as one line. Neither reads nor writes a record. Actor and agent files of one's\n"
     "own (the formats of TABARI, PETRARCH2 and UniversalPetrarch) go before those installed.\n",
     command_code, OPTIONS_OWN | OPTIONS_JOBS},
    {"parse", "write the grammar of reports as CoNLL-U", "[--conllu] [--format conllu|tree] [FILE...]",
     "Reads reports, one JSON object a line, and writes words, classes, lemmas and trees.\n"
     "  --conllu        read CoNLL-U instead and keep its sentences and words\n"
     "  --format tree   write an indented tree for people\n",
     command_parse},
    {"reports", "list the reports of the record", "",
     "One report a line, by date of publication.\n", command_reports, LISTS | OPTIONS_GROUP},
    {"claims", "list claims: what each report says happened", "",
     "One claim a line, by the date on which it is said to have happened.\n", command_claims,
     LISTS | OPTIONS_GROUP},
    {"events", "list events: what the claims are about", "",
     "One event a line, by date, with its figures and the claims behind it.\n", command_events,
     LISTS | OPTIONS_GROUP | OPTIONS_BEST},
    {"timeline", "print the record as a chronology", "",
     "By date, then place: what happened, according to whom, and in which report it stands.\n",
     command_timeline, LISTS | OPTIONS_IDS},
    {"control", "say who holds a place, or every place of a country", "[PLACE]",
     "Of PLACE: who held it on the day, since when, on whose word, and what is known of what it lies\n"
     "in and of what lies in it. Without PLACE a table of all places that claims speak of (--place:\n"
     "of a country or province). What no report tells is unknown; what only the holder says is\n"
     "\"claimed only\".\n",
     command_control, OPTIONS_FORMAT | OPTIONS_CONTROL},
    {"show", "show an event, claim or report with its sentences", "ID...",
     "Ids are those that the lists print; the beginning of one will do: all that begin so are\n"
     "shown.\n",
     command_show, OPTIONS_FORMAT | OPTIONS_WHY | OPTIONS_WITH | OPTIONS_BEST},
    {"serve", "show the record in a browser: map, timeline, sentences", "",
     "Serves the page and its JSON API (docs/http.md) until it is interrupted, and prints the address\n"
     "to open. It reads only, unless --write-token-file lets people decide, and only this machine can\n"
     "ask unless --listen names another address.\n",
     command_serve, OPTIONS_SERVE | OPTIONS_LOG},
    {"review", "go through uncertain claims and decide on them", "",
     "Shows the claims that nobody decided on, the most uncertain first, each with its sentence and\n"
     "the words that it rests on. Keys: a accept, r reject, c correct (asks for SLOT=VALUE), s skip,\n"
     "n note, u undo the last decision, q quit. In a pipe it reads lines: the key, then for c and n a\n"
     "blank and the text.\n",
     command_review, OPTIONS_REVIEW | OPTIONS_FILTER | OPTIONS_AUTHOR},
    {"amend", "correct, accept or reject claims", "CLAIM...",
     "Keeps a decision on each claim. The claim as coded is kept; lists show what was decided, and by\n"
     "whom. A date is YYYY-MM-DD, YYYY-MM, YYYY or two with a slash between; a place a name or a\n"
     "GeoNames number; names of agents and patients are parted by semicolons; a count is 12, 10-15,\n"
     "10- (at least) or -15 (at most); `unknown` is a value of every slot but type and status.\n",
     command_amend, OPTIONS_AMEND | DECISION},
    {"merge", "say that several events are one", "EVENT EVENT...",
     "Their claims become one event, and stay so when reports are added or coded again.\n",
     command_merge, DECISION},
    {"split", "take claims out of an event", "EVENT CLAIM...",
     "The claims become an event of their own, and stay apart from the rest.\n", command_split,
     DECISION},
    {"note", "write a note on an event, claim or report", "ID TEXT",
     "Keeps TEXT with the event, claim or report of that id. `annals show` and `annals log` print it.\n", command_note, OPTIONS_AUTHOR},
    {"undo", "undo a decision", "DECISION...",
     "Adds a decision that takes another back; `annals log` lists them (d1, d2, ...).\n",
     command_undo, DECISION},
    {"log", "list what people decided", "[ID]",
     "All decisions in their order, or those on one event, claim, report or decision, and whether\n"
     "they hold.\n",
     command_log, OPTIONS_FORMAT},
    {"agreement", "say how far people agree who decided on the same claims", "[AUTHOR AUTHOR]",
     "Krippendorff's alpha, slot by slot: 1 is agreement, 0 what chance would give; and the share of\n"
     "pairs of judgements that are the same.\n",
     command_agreement, OPTIONS_FORMAT},
    {"recode", "code all reports again with today's dictionaries and models", "",
     "Codes every report that other versions coded, keeps the older coding (lists show it --with its\n"
     "version), and prints which events and figures changed. It may be interrupted: run it again and\n"
     "it goes on. What people decided stays.\n",
     command_recode, OPTIONS_JOBS | OPTIONS_QUIET | OPTIONS_FORMAT},
    {"verify", "check the record for damage", "",
     "Every report's bytes against their SHA-256, every position, reference, search table and event.\n"
     "Names each damage; exit status 1 where there is one.\n",
     command_verify, OPTIONS_QUIET},
    {"count", "say how many were killed, wounded, displaced ..., and who says so", "WHAT",
     "WHAT is killed, wounded, captured, detained (arrested), missing, displaced, surrendered,\n"
     "defected, released, strength, attackers, protesters or seized. Prints low, best and high over\n"
     "all events that pass the filters, then by side, by who says so, and by event. What witnesses\n"
     "say of one event is never added up; later counts replace earlier ones.\n",
     command_count, LISTS | OPTIONS_BEST},
    {"disputes", "show where reports or speakers contradict one another", "",
     "Figures that differ or do not add up, deeds that are laid to different hands, claims and their\n"
     "denials, days that differ: each with the sentences side by side.\n",
     command_disputes, LISTS},
    {"export", "write the record for other programs", "--as FORMAT [-o PATH]",
     "Tables of the field: acled (31 columns), ucdp (49; events with dead), plover (POLECAT's 40, a\n"
     "row a claim), cameo (PETRARCH2's lines), csv (with -o a folder of four tables and their\n"
     "codebook, else the events). Maps: geojson, kml, gpkg, shapefile. Pages: timelinejs, timemap.\n"
     "jsonl has each event with its claims. bag is a BagIt folder with the reports themselves. html\n"
     "is the page of `annals serve` in one file that opens from disk, reports and all. dump\n"
     "has every row that depends on the reports alone, the same bytes for the same reports. What a\n"
     "format cannot take (no day, no place) is counted on standard error.\n",
     command_export, OPTIONS_EXPORT | OPTIONS_FILTER},
    {"import", "take in an event table of ACLED or UCDP", "--as acled|ucdp FILE... | -",
     "Reads a table (CSV, or with tabs or semicolons) that has the source's own column names. A row\n"
     "becomes a report of that source with one claim, whose slots point to the row's cells, so that\n"
     "what others coded stands beside what annals reads, event by event. Rows that are wrong are\n"
     "named with file and line, the rest is taken, and the exit status is 1.\n",
     command_import, OPTIONS_INPUT | OPTIONS_IMPORT},
    {"actors", "list actors: who takes part, who speaks", "",
     "One actor a line, whatever the reports call it: how often it acts, suffers and speaks, when.\n",
     command_actors, OPTIONS_FORMAT | OPTIONS_FILTER},
    {"places", "list places: where it happened", "",
     "One place a line, with its coordinates, and how many claims and events are there.\n",
     command_places, OPTIONS_FORMAT | OPTIONS_FILTER},
    {"relations", "list who fights, accuses, supplies, talks to whom", "",
     "One pair of actors and what is between them a line: claims, events and reports, first and\n"
     "last. What is only planned, threatened, denied and the like counts only with --status. With\n"
     "--group-by day, week, month or year it is counted for each.\n",
     command_relations, OPTIONS_FORMAT | OPTIONS_FILTER | OPTIONS_GROUP},
    {"sql", "ask the record in SQL", "SELECT",
     "One SELECT over the tables and views of docs/record.md. It can read the record, never change\n"
     "it, and ends after --timeout seconds.\n",
     command_sql, OPTIONS_FORMAT | OPTIONS_SQL},
    {"backup", "copy the record while others use it", "FILE",
     "Writes a copy of the record to FILE, whoever reads or writes it meanwhile: what it held when the\n"
     "copy began. The copy is compared with the record, row by row, before it gets its name. FILE may\n"
     "not be there yet. A copy is a record: it can be asked, and copied, as it is.\n",
     command_backup, OPTIONS_COPY},
    {"restore", "make the record from a backup", "FILE",
     "Makes the record (--record) from a copy that `annals backup` wrote, compared with it row by row.\n"
     "A record that is there already is left as it is: move it away first.\n",
     command_restore, OPTIONS_COPY},
    {"info", "say what this program is and what the record holds", "",
     "Versions of the program, its dictionaries and models; how much of what is in the record.\n",
     command_info, OPTIONS_FORMAT},
    {"stages", "print the stages a report goes through", "",
     "One stage a line: its name, what it needs, what it gives, what it does.\n", command_stages},
    {"gazetteer", "make, check or search the file of place names",
     "import [-o FILE] SOURCE... | check [FILE] | find NAME...",
     "import makes the gazetteer out of GeoNames dumps (cities500, allCountries,\n"
     "alternateNamesV2, admin1CodesASCII, admin2Codes; .txt, .gz or .zip), npm's lists of\n"
     "divisions (admin1.json, admin2.json) and tables like dictionaries/world/places.tsv. The old\n"
     "file stays in use until the new one is whole. An import that was stopped or killed goes on\n"
     "where it was when the same command is given again: until it is complete, what is read is kept\n"
     "in the folder FILE.parts. On a terminal a bar shows how far it is.\n"
     "check reads a gazetteer from end to end. find lists the places of a name.\n"
     "  -o FILE   the gazetteer to make; default: gazetteer.bin in the data folder\n",
     command_gazetteer},
    {"check", "look through the dictionaries for what is wrong", "[DATA | FILE...]",
     "Prints `file:line: what` for each finding; exit status 1 where there is one.\n",
     command_check},
    {"help", "say what a command does", "[COMMAND]", "Without a command, lists them all.\n",
     command_help},
    {NULL, NULL, NULL, NULL, NULL, 0},
};

const struct command *command_find(const char *name)
{
    for (const struct command *command = commands; command->name != NULL; command++)
        if (strcmp(command->name, name) == 0)
            return command;
    return NULL;
}
