/* annals serve: the record as a page, for a browser. Runs until it is told to stop. */
#include "journal.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

static bool log_request(void *context, const char *bytes, size_t length)
{
    const struct options *options = context;
    return options->quiet || fwrite(bytes, 1, length, stderr) == length;
}

/* The first line of the file. False, with a line on standard error, where there is none. */
static bool read_token(const char *path, char token[256])
{
    FILE *file = fopen(path, "r");
    bool read = file != NULL && fgets(token, 256, file) != NULL;
    if (!read)
        fprintf(stderr, "annals: %s: %s\n", path, errno != 0 ? strerror(errno) : "holds no token");
    if (file != NULL)
        fclose(file);
    if (read)
        token[strcspn(token, "\r\n")] = '\0';
    return read;
}

static void wait_for_end(const struct settings *settings, const sigset_t *signals)
{
    int signal = 0;
    while (sigwait(signals, &signal) != 0)
        ;
    if (!journal_event(settings, ANNALS_LOG_INFO, "stopping", NULL, 0))
        fputs("annals: stopping\n", stderr);
}

int command_serve(const struct settings *settings, int count, char **arguments)
{
    struct options options;
    annals_error error = {0};
    annals_server *server = NULL;
    sigset_t signals;
    char page[PATH_MAX], token[256], write_token[256];
    if (!options_read(&options, settings, OPTIONS_SERVE | OPTIONS_LOG, &count, arguments))
        return EXIT_WRONG_USE;
    if (count > 0) {
        fprintf(stderr, "annals: \"%s\" is too much: serve takes only options\n", arguments[0]);
        return EXIT_WRONG_USE;
    }
    if (options.token_file != NULL && !read_token(options.token_file, token))
        return EXIT_COULD_NOT;
    if (options.write_token_file != NULL && !read_token(options.write_token_file, write_token))
        return EXIT_COULD_NOT;
    snprintf(page, sizeof page, "%s/page", options.settings.data);
    annals_service service = {.record = options.settings.record,
                              .page = page,
                              .data = options.settings.data,
                              .address = options.listen,
                              .port = options.port,
                              .token = options.token_file != NULL ? token : NULL,
                              .write_token =
                                  options.write_token_file != NULL ? write_token : NULL,
                              .limit = options.query_time,
                              .log = log_request,
                              .log_format = options.settings.log_format,
                              .context = &options};
    /* Before any thread begins, so that all of them leave the signals to this one. */
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    annals_status status = annals_serve(&service, &server, &error);
    if (status != ANNALS_OK) {
        print_error(&options.settings, &error);
        return status == ANNALS_WRONG_USE ? EXIT_WRONG_USE : EXIT_COULD_NOT;
    }
    const char *address = options.listen != NULL ? options.listen : "127.0.0.1";
    bool brackets = strchr(address, ':') != NULL;
    printf("http://%s%s%s:%u/%s\n", brackets ? "[" : "", address, brackets ? "]" : "",
           annals_server_port(server), options.token_file != NULL ? "?token=TOKEN" : "");
    fflush(stdout);
    const annals_log_field fields[] = {{"address", address, 0},
                                       {"port", NULL, annals_server_port(server)}};
    journal_event(&options.settings, ANNALS_LOG_INFO, "serving", fields, 2);
    wait_for_end(&options.settings, &signals);
    annals_server_close(server);
    return EXIT_DONE;
}
