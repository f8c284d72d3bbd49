/* Stands before libmicrohttpd, which answers what is no HTTP in words of its own and lets a client take
 * as long for its headers as it likes, a byte at a time.
 *
 * One thread with epoll. A connection costs some bytes until a whole head has come (head.c), at most
 * five seconds after its first byte; then a pair of sockets is made, the one end given to the daemon, and
 * request and reply are carried over, never more than a buffer of each in memory. Of a reply the head is
 * read, to know where it ends and that it is ours. Requests of one connection are answered one after the
 * other. Where all places are taken, the connection that has waited longest without a whole request, or
 * whose client takes longest to read, makes room: so those who are slow lose to those who are not. */
#include "serve/guard.h"

#include "serve/links.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum {
    EVENTS = 64,
    IN = HEAD_LONGEST + (8 << 10),
    OUT = 64 << 10,
    /* Milliseconds. */
    ARRIVING = 5000,    /* from the first byte of a request to its last */
    STALLED = 15000,    /* that a client may leave a reply unread */
    LINGERING = 2000,   /* that an error may be read before the connection is cut */
    PARTING = 5000,     /* that replies may take when the server stops */
    SLOWEST = 20 << 10, /* bytes a second that a client has to read, on the average */
};

/* ------------------------------------------------------------------ refusing */

static bool make_buffer(char **buffer, size_t size)
{
    if (*buffer == NULL)
        *buffer = malloc(size);
    return *buffer != NULL;
}

static void send_out(struct guard *guard, struct link *link);

static void refuse(struct guard *guard, struct link *link, unsigned status, const char *message)
{
    struct buffer bytes;
    links_detach(&link->daemon);
    buffer_init(&bytes);
    guard->calls.refuse(guard->calls.context, &bytes, status, message);
    links_set_state(guard, link, LINK_LINGERING, LINGERING);
    if (bytes.failed || bytes.length > OUT || !make_buffer(&link->out, OUT)) {
        links_drop(guard, link);
    } else {
        memcpy(link->out, bytes.bytes, bytes.length);
        link->out_at = 0;
        link->out_length = bytes.length;
        link->in_length = 0;
        guard->calls.log(guard->calls.context, (struct sockaddr *)&link->address,
                         link->address_length, status, bytes.length);
        links_watch(guard, &link->client, EPOLLIN | EPOLLOUT);
        send_out(guard, link);
    }
    buffer_release(&bytes);
}

/* ------------------------------------------------------------------ the request */

static void send_forward(struct guard *guard, struct link *link);
static void read_request(struct guard *guard, struct link *link);

/* Gives the daemon one end of a pair; the request goes into the other. */
static void hand_on(struct guard *guard, struct link *link, const struct head *head)
{
    int pair[2];
    if (guard->active >= ACTIVE)
        links_make_room(guard, true);
    if (link->client.socket < 0)
        return;
    if (guard->active >= ACTIVE ||
        socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair) != 0) {
        refuse(guard, link, 503, "too many ask at once; ask again in a moment");
        return;
    }
    if (!guard->calls.take(guard->calls.context, pair[1], (struct sockaddr *)&link->address,
                           link->address_length) ||
        !links_attach(guard, &link->daemon, link, pair[0], EPOLLIN)) {
        if (link->daemon.socket < 0)
            close(pair[0]);
        refuse(guard, link, 503, "too many ask at once; ask again in a moment");
        return;
    }
    size_t whole = head->length + head->body;
    link->forward = link->in_length < whole ? link->in_length : whole;
    link->body_left = whole - link->forward;
    link->head_asked = head->is_head;
    link->reply_begun = link->until_close = false;
    link->reply_left = link->sent = 0;
    links_set_state(guard, link, LINK_ANSWERING, link->body_left > 0 ? ARRIVING : INT32_MAX);
    send_forward(guard, link);
}

static void send_forward(struct guard *guard, struct link *link)
{
    while (link->forward > 0) {
        ssize_t sent = send(link->daemon.socket, link->in, link->forward, MSG_NOSIGNAL);
        if (sent <= 0)
            break;
        link->forward -= (size_t)sent;
        link->in_length -= (size_t)sent;
        memmove(link->in, link->in + sent, link->in_length);
    }
    bool full = link->forward > 0;
    links_watch(guard, &link->daemon, full ? EPOLLIN | EPOLLOUT : EPOLLIN);
    bool wants = link->body_left > 0 && !full;
    links_watch(guard, &link->client,
          (wants ? EPOLLIN : 0u) | (link->out_length > link->out_at ? (uint32_t)EPOLLOUT : 0u));
    if (link->body_left == 0 && !full && link->due < link->began + INT32_MAX)
        link->due = link->began + INT32_MAX;
}

/* Looks at what has come of a head. */
static void read_request(struct guard *guard, struct link *link)
{
    struct head head;
    if (link->in_length == 0) {
        free(link->in);
        link->in = NULL;
    } else if (head_read(link->in, link->in_length, &head)) {
        if (head.status != 0)
            refuse(guard, link, head.status, head.message);
        else
            hand_on(guard, link, &head);
        return;
    }
    if (link->ended)
        links_drop(guard, link);
    else
        links_watch(guard, &link->client, EPOLLIN);
}

static void receive(struct guard *guard, struct link *link)
{
    static char waste[16 << 10];
    bool lingering = link->state == LINK_LINGERING;
    if (!lingering && !make_buffer(&link->in, IN)) {
        links_drop(guard, link);
        return;
    }
    size_t before = link->in_length;
    ssize_t got = recv(link->client.socket, lingering ? waste : link->in + before,
                       lingering ? sizeof waste : IN - before, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got <= 0) {
        link->ended = true;
        /* Who has said all may still read the reply. */
        if (got < 0 || link->state != LINK_ANSWERING || link->body_left > 0)
            links_drop(guard, link);
        else
            links_watch(guard, &link->client, link->client.events & ~(uint32_t)EPOLLIN);
        return;
    }
    if (lingering)
        return;
    link->in_length += (size_t)got;
    if (link->state == LINK_ANSWERING) {
        size_t more = (size_t)got < link->body_left ? (size_t)got : link->body_left;
        link->forward += more;
        link->body_left -= more;
        send_forward(guard, link);
        return;
    }
    if (before == 0)
        links_set_state(guard, link, LINK_READING, ARRIVING);
    /* A head ends with a line; between two ends of lines there is nothing new to see. */
    bool line = memchr(link->in + before, '\n', (size_t)got) != NULL;
    if (before == 0 || line || link->in_length > HEAD_LINE_LONGEST)
        read_request(guard, link);
}

/* ------------------------------------------------------------------ the reply */

static void end_reply(struct guard *guard, struct link *link)
{
    links_detach(&link->daemon);
    free(link->out);
    link->out = NULL;
    link->out_at = link->out_length = 0;
    if (link->closing || guard->stopping || link->forward > 0 || link->body_left > 0) {
        shutdown(link->client.socket, SHUT_WR);
        links_set_state(guard, link, LINK_LINGERING, LINGERING);
        links_watch(guard, &link->client, EPOLLIN);
        if (link->ended)
            links_drop(guard, link);
        return;
    }
    links_set_state(guard, link, LINK_READING, link->in_length > 0 ? ARRIVING : IDLE);
    read_request(guard, link);
}

/* Reads the head of a reply that begins in `out`. False where it is not whole yet, or refused. */
static bool read_reply(struct guard *guard, struct link *link)
{
    struct reply_head head;
    bool whole = head_read_reply(link->out, link->out_length, link->head_asked, &head);
    if (!whole && link->out_length < OUT)
        return false;
    if (!whole || !guard->calls.is_ours(guard->calls.context, link->out, head.length)) {
        refuse(guard, link, head.status >= 400 && head.status < 600 ? head.status : 500,
               "this request could not be understood");
        return false;
    }
    link->until_close = head.until_close;
    link->closing = head.closing;
    link->reply_left = head.length + head.body;
    link->reply_begun = true;
    link->began = links_now();
    return true;
}

static void send_out(struct guard *guard, struct link *link)
{
    while (link->out_at < link->out_length) {
        ssize_t sent = send(link->client.socket, link->out + link->out_at,
                            link->out_length - link->out_at, MSG_NOSIGNAL);
        if (sent < 0 && (errno == EAGAIN || errno == EINTR))
            break;
        if (sent <= 0) {
            links_drop(guard, link);
            return;
        }
        link->out_at += (size_t)sent;
        link->sent += (uint64_t)sent;
        if (link->state == LINK_ANSWERING)
            link->due = links_now() + STALLED;
    }
    bool rest = link->out_at < link->out_length;
    if (link->state == LINK_LINGERING) {
        if (!rest)
            shutdown(link->client.socket, SHUT_WR);
        links_watch(guard, &link->client, rest ? EPOLLIN | EPOLLOUT : EPOLLIN);
        return;
    }
    if (!rest)
        link->out_at = link->out_length = 0;
    if (!rest && link->reply_begun && link->reply_left == 0 && !link->until_close) {
        end_reply(guard, link);
        return;
    }
    /* While the client has not read this, nothing more is taken from the daemon. */
    links_watch(guard, &link->daemon, (rest ? 0u : EPOLLIN) | (link->forward > 0 ? (uint32_t)EPOLLOUT : 0u));
    links_watch(guard, &link->client, (rest ? EPOLLOUT : 0u) |
                                    (link->body_left > 0 && link->forward == 0 ? (uint32_t)EPOLLIN : 0u));
}

static void receive_reply(struct guard *guard, struct link *link)
{
    if (!make_buffer(&link->out, OUT)) {
        links_drop(guard, link);
        return;
    }
    ssize_t got = recv(link->daemon.socket, link->out + link->out_length, OUT - link->out_length, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got <= 0) {
        /* The end of a reply without a length, or a daemon that has nothing to say. */
        if (link->until_close && got == 0)
            end_reply(guard, link);
        else if (!link->reply_begun)
            refuse(guard, link, 400, "this request could not be understood");
        else
            links_drop(guard, link);
        return;
    }
    link->out_length += (size_t)got;
    uint64_t fresh = (uint64_t)got;
    if (!link->reply_begun) {
        if (!read_reply(guard, link))
            return;
        fresh = link->out_length;
    }
    link->reply_left -= link->until_close ? 0 : fresh < link->reply_left ? fresh : link->reply_left;
    send_out(guard, link);
}

/* ------------------------------------------------------------------ the loop */

static void act(struct guard *guard, struct side *side, uint32_t events)
{
    struct link *link = side->link;
    bool client = side == &link->client;
    if (side->socket < 0 || link->client.socket < 0)
        return;
    if (client && (events & EPOLLERR) != 0) {
        links_drop(guard, link);
        return;
    }
    if (client && (events & EPOLLOUT) != 0)
        send_out(guard, link);
    else if (!client && (events & EPOLLOUT) != 0)
        send_forward(guard, link);
    if (side->socket < 0)
        return;
    if (client && (events & (EPOLLIN | EPOLLHUP)) != 0) {
        /* Both ways are closed, and nobody waits for a reply. */
        if ((events & EPOLLIN) == 0)
            links_drop(guard, link);
        else
            receive(guard, link);
    } else if (!client && (events & (EPOLLIN | EPOLLHUP)) != 0 && link->out_at == link->out_length) {
        receive_reply(guard, link);
    } else if (!client && (events & EPOLLHUP) != 0) {
        links_mute(guard, side); /* what is left to read is read when the client has taken this */
    }
}

/* Gives up what takes too long; milliseconds until the next look. */
static int look_at_clock(struct guard *guard)
{
    int64_t time = links_now();
    for (struct link *link = guard->links; link != NULL; link = link->next) {
        if (link->client.socket < 0)
            continue;
        int64_t reading = link->reply_begun && link->state == LINK_ANSWERING
                              ? link->began + STALLED + (int64_t)(link->sent * 1000 / SLOWEST)
                              : INT64_MAX;
        bool over = guard->stopping && (link->state != LINK_ANSWERING || time > guard->parting);
        if (time <= link->due && time <= reading && !over)
            continue;
        bool partial = link->state == LINK_READING && link->in_length > 0 && !over;
        if (partial)
            refuse(guard, link, 408, "the request took too long to come");
        else
            links_drop(guard, link);
    }
    links_free_dropped(guard);
    return guard->stopping ? 20 : 250;
}

static void *run(void *context)
{
    struct guard *guard = context;
    struct epoll_event events[EVENTS];
    int patience = 250;
    while (!guard->stopping || guard->links != NULL) {
        int count = epoll_wait(guard->poll, events, EVENTS, patience);
        for (int i = 0; i < count; i++) {
            if (events[i].data.ptr == &guard->listener) {
                links_accept(guard);
            } else if (events[i].data.ptr == &guard->bell) {
                guard->stopping = true;
                guard->parting = links_now() + PARTING;
                epoll_ctl(guard->poll, EPOLL_CTL_DEL, guard->bell, NULL);
                epoll_ctl(guard->poll, EPOLL_CTL_DEL, guard->listener, NULL);
                close(guard->listener);
                guard->listener = -1;
            } else {
                act(guard, events[i].data.ptr, events[i].events);
            }
        }
        patience = look_at_clock(guard);
    }
    return NULL;
}

/* ------------------------------------------------------------------ opening and closing */

static bool listen_at(struct guard *guard, const struct sockaddr *address, socklen_t length)
{
    int one = 1;
    guard->listener = socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (guard->listener < 0)
        return false;
    setsockopt(guard->listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (address->sa_family == AF_INET6)
        setsockopt(guard->listener, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof one);
    return bind(guard->listener, address, length) == 0 && listen(guard->listener, SOMAXCONN) == 0;
}

static void release(struct guard *guard)
{
    if (guard->listener >= 0)
        close(guard->listener);
    if (guard->poll >= 0)
        close(guard->poll);
    if (guard->bell >= 0)
        close(guard->bell);
    free(guard);
}

annals_status guard_open(const struct sockaddr *address, socklen_t length,
                         const struct guard_calls *calls, struct guard **guard,
                         annals_error *error)
{
    struct guard *opened = calloc(1, sizeof *opened);
    if (opened == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    opened->calls = *calls;
    opened->listener = -1;
    opened->poll = epoll_create1(EPOLL_CLOEXEC);
    opened->bell = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (!listen_at(opened, address, length)) {
        release(opened);
        return error_set(error, ANNALS_BUSY, "the port cannot be had: %s", strerror(errno));
    }
    struct epoll_event knock = {.events = EPOLLIN, .data.ptr = &opened->listener};
    struct epoll_event ring = {.events = EPOLLIN, .data.ptr = &opened->bell};
    if (epoll_ctl(opened->poll, EPOLL_CTL_ADD, opened->listener, &knock) != 0 ||
        epoll_ctl(opened->poll, EPOLL_CTL_ADD, opened->bell, &ring) != 0 ||
        pthread_create(&opened->thread, NULL, run, opened) != 0) {
        release(opened);
        return error_set(error, ANNALS_NO_MEMORY, "no thread can be begun");
    }
    *guard = opened;
    return ANNALS_OK;
}

uint16_t guard_port(const struct guard *guard)
{
    struct sockaddr_storage address;
    socklen_t length = sizeof address;
    if (getsockname(guard->listener, (struct sockaddr *)&address, &length) != 0)
        return 0;
    return ntohs(address.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&address)->sin6_port
                                               : ((struct sockaddr_in *)&address)->sin_port);
}

void guard_close(struct guard *guard)
{
    uint64_t one = 1;
    if (guard == NULL)
        return;
    ssize_t rung = write(guard->bell, &one, sizeof one);
    (void)rung; /* cannot fail: the counter is empty */
    pthread_join(guard->thread, NULL);
    release(guard);
}
