/* Fuzz target: what comes over the wire before anything is known of it: the head of a request, that of a
 * reply, the body that a reviewer sends. A head is refused with a reason, or whole and within what came;
 * once it is either, more bytes change nothing. */
#include "serve/head.h"
#include "serve/review.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct head head, part;
    struct reply_head reply;
    struct review review;
    annals_error error = {0};
    /* A copy of its own, so that a read past the end is seen. */
    char *text = malloc(length > 0 ? length : 1);
    if (text == NULL)
        return 0;
    if (length > 0)
        memcpy(text, bytes, length);
    bool whole = head_read(text, length, &head);
    if (whole && head.status == 0)
        assert(head.length <= length && head.body <= HEAD_BODY_LONGEST);
    if (whole && head.status != 0)
        assert(head.message != NULL && head.status >= 400 && head.status < 600);
    if (head_read(text, length / 2, &part) && part.status == 0)
        assert(whole && head.status == 0 && head.length == part.length && head.body == part.body);
    if (head_read_reply(text, length, false, &reply))
        assert(reply.length <= length);
    annals_status status = review_read(&review, text, length, &error);
    assert(status == ANNALS_OK || error.sentence[0] != '\0');
    for (uint32_t i = 0; status == ANNALS_OK && i < review.count; i++)
        assert(review.decisions[i].kind != NULL && review.decisions[i].id_count > 0);
    review_release(&review);
    free(text);
    return 0;
}
