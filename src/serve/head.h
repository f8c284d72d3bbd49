/* The head of a request, as it comes over the wire. */
#ifndef ANNALS_SERVE_HEAD_H
#define ANNALS_SERVE_HEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    HEAD_LONGEST = 24 << 10, /* bytes, with the empty line */
    HEAD_LINE_LONGEST = 8100, /* the first line; an address of 8,000 bytes fits */
    HEAD_FIELDS = 100,
    HEAD_BODY_LONGEST = 64 << 10
};

struct head {
    size_t length; /* of the head, with the empty line */
    size_t body;   /* bytes that follow it */
    bool is_head;  /* HEAD: its reply has no body */
    /* Why it is refused: a status of HTTP and a sentence; 0 where it is not. */
    unsigned status;
    const char *message;
};

/* Reads what came so far. True where it is whole or refused; false: more must come. */
bool head_read(const char *bytes, size_t length, struct head *head);

/* The head of a reply, as libmicrohttpd writes it. */
struct reply_head {
    unsigned status;
    size_t length;    /* of the head, with the empty line */
    uint64_t body;    /* bytes that follow it */
    bool until_close; /* the body goes on until the connection is closed */
    bool closing;     /* the connection ends with it */
};

/* `head_asked`: the reply is to HEAD. False where it is not whole. */
bool head_read_reply(const char *bytes, size_t length, bool head_asked, struct reply_head *head);

/* Where `wanted` stands first; NULL where it does not. */
const char *head_find(const char *bytes, size_t length, const char *wanted);

#endif
