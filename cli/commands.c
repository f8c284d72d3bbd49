/* The table of commands. */
#include "commands.h"

#include <string.h>

const struct command commands[] = {
    {"code", "code reports: JSON lines in, JSON lines out", "[FILE...]",
     "Reads reports, one JSON object a line, from the files or standard input, and writes each\n"
     "coded report as one line. Neither reads nor writes a record.\n",
     command_code},
    {"gazetteer", "make, check or search the file of place names",
     "import [-o FILE] SOURCE... | check [FILE] | find NAME...",
     "import makes the gazetteer out of GeoNames dumps (cities500, allCountries,\n"
     "alternateNamesV2, admin1CodesASCII, admin2Codes; .txt, .gz or .zip), npm's lists of\n"
     "divisions (admin1.json, admin2.json) and tables like dictionaries/world/places.tsv. The old\n"
     "file stays in use until the new one is whole.\n"
     "check reads a gazetteer from end to end. find lists the places of a name.\n"
     "  -o FILE   the gazetteer to make; default: gazetteer.bin in the data folder\n",
     command_gazetteer},
    {"parse", "write the grammar of reports as CoNLL-U", "[--conllu] [--format conllu|tree] [FILE...]",
     "Reads reports, one JSON object a line, and writes words, classes, lemmas and trees.\n"
     "  --conllu        read CoNLL-U instead and keep its sentences and words\n"
     "  --format tree   write an indented tree for people\n",
     command_parse},
    {"stages", "print the stages a report goes through", "", "", command_stages},
    {NULL, NULL, NULL, NULL, NULL},
};

const struct command *command_find(const char *name)
{
    for (const struct command *command = commands; command->name != NULL; command++)
        if (strcmp(command->name, name) == 0)
            return command;
    return NULL;
}
