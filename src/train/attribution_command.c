/* annals-train attribution: reads its options and runs the trainer. */
#include "train/attribution_trainer.h"

#include <errno.h>

static const char usage[] =
    "usage: annals-train attribution --data FOLDER --reports FILE --gold FILE --model FILE\n";

static FILE *open_lines(const char *path)
{
    FILE *stream = path != NULL ? fopen(path, "rb") : NULL;
    if (path != NULL && stream == NULL)
        fprintf(stderr, "annals-train: %s: %s\n", path, strerror(errno));
    return stream;
}

int attribution_command(int count, char **arguments)
{
    const char *values[4] = {0};
    static const char *const names[] = {"--data", "--reports", "--gold", "--model"};
    for (int i = 2; i + 1 < count; i += 2)
        for (int j = 0; j < 4; j++)
            if (strcmp(arguments[i], names[j]) == 0)
                values[j] = arguments[i + 1];
    FILE *reports = open_lines(values[1]), *gold = open_lines(values[2]);
    annals_error error = {0};
    int result = 2;
    if (values[0] == NULL || values[3] == NULL || reports == NULL || gold == NULL) {
        fputs(usage, stderr);
    } else if (attribution_train(values[0], reports, gold, values[3], &error) != ANNALS_OK) {
        fprintf(stderr, "annals-train: %s: %s\n", error.file, error.sentence);
        result = 1;
    } else {
        result = 0;
    }
    if (reports != NULL)
        fclose(reports);
    if (gold != NULL)
        fclose(gold);
    return result;
}
