/* The guard's connections: made, watched, given up. Each is a link of two ends, the client's and one of a
 * pair of sockets whose other end is the daemon's. */
#include "serve/links.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

int64_t links_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

void links_watch(struct guard *guard, struct side *side, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.ptr = side};
    if (side->socket < 0 || (side->mute ? events == 0 : side->events == events))
        return;
    if (epoll_ctl(guard->poll, side->mute ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, side->socket, &event) == 0) {
        side->events = events;
        side->mute = false;
    }
}

void links_mute(struct guard *guard, struct side *side)
{
    epoll_ctl(guard->poll, EPOLL_CTL_DEL, side->socket, NULL);
    side->mute = true;
    side->events = 0;
}

bool links_attach(struct guard *guard, struct side *side, struct link *link, int socket,
                   uint32_t events)
{
    struct epoll_event event = {.events = events, .data.ptr = side};
    *side = (struct side){link, socket, events, false};
    return epoll_ctl(guard->poll, EPOLL_CTL_ADD, socket, &event) == 0;
}

void links_detach(struct side *side)
{
    if (side->socket >= 0)
        close(side->socket);
    side->socket = -1;
}

void links_set_state(struct guard *guard, struct link *link, enum link_state state,
                      int64_t patience)
{
    guard->active += state == LINK_ANSWERING;
    guard->active -= link->state == LINK_ANSWERING;
    link->state = state;
    link->began = links_now();
    link->due = link->began + patience;
}

void links_drop(struct guard *guard, struct link *link)
{
    if (link->client.socket < 0)
        return;
    links_set_state(guard, link, LINK_LINGERING, 0);
    links_detach(&link->client);
    links_detach(&link->daemon);
    guard->count--;
}

void links_free_dropped(struct guard *guard)
{
    struct link *next;
    for (struct link *link = guard->links; link != NULL; link = next) {
        next = link->next;
        if (link->client.socket >= 0)
            continue;
        *(link->previous != NULL ? &link->previous->next : &guard->links) = next;
        if (next != NULL)
            next->previous = link->previous;
        free(link->in);
        free(link->out);
        free(link);
    }
}

void links_make_room(struct guard *guard, bool answering)
{
    struct link *longest = NULL;
    for (struct link *link = guard->links; link != NULL; link = link->next) {
        bool waits = answering ? link->state == LINK_ANSWERING && link->out_length > link->out_at
                               : link->state != LINK_ANSWERING;
        if (link->client.socket >= 0 && waits && (longest == NULL || link->began < longest->began))
            longest = link;
    }
    if (longest != NULL)
        links_drop(guard, longest);
    else if (!answering)
        links_make_room(guard, true);
}

void links_accept(struct guard *guard)
{
    struct sockaddr_storage address;
    socklen_t length = sizeof address;
    int one = 1;
    int socket = accept(guard->listener, (struct sockaddr *)&address, &length);
    if (socket < 0) {
        if (errno == EMFILE || errno == ENFILE)
            links_make_room(guard, false);
        return;
    }
    if (guard->count >= LINKS)
        links_make_room(guard, false);
    struct link *link = guard->count < LINKS ? calloc(1, sizeof *link) : NULL;
    if (link == NULL || fcntl(socket, F_SETFL, O_NONBLOCK) != 0) {
        free(link);
        close(socket);
        return;
    }
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    link->address = address;
    link->address_length = length;
    link->daemon.socket = -1;
    links_set_state(guard, link, LINK_READING, IDLE);
    link->next = guard->links;
    if (link->next != NULL)
        link->next->previous = link;
    guard->links = link;
    guard->count++;
    if (!links_attach(guard, &link->client, link, socket, EPOLLIN))
        links_drop(guard, link);
}
