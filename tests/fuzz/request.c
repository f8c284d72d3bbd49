/* Fuzz target: the first line of a request, as `annals serve` gets it: path and parameters, and the
 * query that every answer makes of them. What is accepted is UTF-8 without control characters. */
#include "serve/request.h"
#include "bytes/utf8.h"
#include "render/answers.h"
#include "serve/admission.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void check_text(const char *text)
{
    size_t length = strlen(text);
    assert(utf8_valid_length(text, length) == length);
    for (size_t i = 0; i < length; i++)
        assert((unsigned char)text[i] >= 0x20 && text[i] != 0x7f);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct request request;
    annals_error error = {0};
    char *raw = malloc(length + 1);
    if (raw == NULL)
        return 0;
    memcpy(raw, bytes, length);
    raw[length] = '\0';
    admission_host("127.0.0.1", raw);
    admission_host("0.0.0.0", raw);
    annals_status status = request_read(&request, raw, &error);
    assert(status == ANNALS_OK || error.sentence[0] != '\0');
    check_text(request.path);
    for (uint32_t i = 0; status == ANNALS_OK && i < request.count; i++) {
        check_text(request.parameters[i].name);
        check_text(request.parameters[i].value);
    }
    for (const struct answer *answer = answers; status == ANNALS_OK && answer->path != NULL;
         answer++) {
        annals_query query = {0};
        annals_status read = request_query(&request, answer->takes, &query, &error);
        assert(read == ANNALS_OK || read == ANNALS_WRONG_USE);
    }
    request_release(&request);
    free(raw);
    return 0;
}
