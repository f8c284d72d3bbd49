/* The guard's connections: made, watched, given up. For guard.c alone. */
#ifndef ANNALS_SERVE_LINKS_H
#define ANNALS_SERVE_LINKS_H

#include "serve/guard.h"
#include "serve/head.h"

#include <pthread.h>

enum {
    LINKS = 480, /* connections; with the daemon's ends below a usual limit of 1,024 files */
    ACTIVE = 160, /* of them those whose request is being answered */
    IDLE = 30000  /* milliseconds between two requests */
};

enum link_state {
    LINK_READING,   /* a head, or nothing yet */
    LINK_ANSWERING, /* a request is the daemon's */
    LINK_LINGERING  /* an error is sent; what still comes is thrown away */
};

/* An end of a link in epoll. */
struct side {
    struct link *link;
    int socket; /* -1: none */
    uint32_t events;
    bool mute; /* not watched at all */
};

struct link {
    enum link_state state;
    struct side client, daemon;
    struct sockaddr_storage address;
    socklen_t address_length;
    int64_t began, due; /* of the state; when it is given up */
    char *in, *out;
    size_t in_length, forward; /* bytes of `in`; of these, how many go to the daemon */
    size_t body_left;          /* of the request, not yet come */
    size_t out_at, out_length;
    bool ended, head_asked, reply_begun, until_close, closing;
    uint64_t reply_left, sent;
    struct link *next, *previous;
};

struct guard {
    struct guard_calls calls;
    pthread_t thread;
    int listener, poll, bell;
    bool stopping;
    int64_t parting;
    struct link *links;
    unsigned count, active;
};

/* Milliseconds of a clock that only goes forward. */
int64_t links_now(void);

/* What epoll tells of this end from now on. */
void links_watch(struct guard *guard, struct side *side, uint32_t events);
/* Nothing more: what has hung up tells so again and again, whatever is watched. */
void links_mute(struct guard *guard, struct side *side);
bool links_attach(struct guard *guard, struct side *side, struct link *link, int socket,
                  uint32_t events);
void links_detach(struct side *side);

void links_set_state(struct guard *guard, struct link *link, enum link_state state,
                     int64_t patience);

/* Takes a connection that waits at the listener. */
void links_accept(struct guard *guard);
/* Closed at once, freed after the events at hand: one of them may be of this link. */
void links_drop(struct guard *guard, struct link *link);
void links_free_dropped(struct guard *guard);
/* Drops whoever has waited longest: for a whole request, or (`answering`) to read what it asked for. */
void links_make_room(struct guard *guard, bool answering);

#endif
