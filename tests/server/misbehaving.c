/* A web server on the loopback that behaves well and badly, one way a path: for tests/scripts/watch.sh.
 *
 * usage: misbehaving FOLDER | --due RECORD. Prints its port on standard output and notes each request in FOLDER/requests
 * as `METHOD PATH CONDITION`. Each connection has a process of its own, so that a slow answer holds up
 * nobody. Nothing here is of the program; it speaks HTTP just well enough. */
#include <arpa/inet.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

static const char *folder;

static void send_all(int socket, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t sent = send(socket, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0)
            _exit(0);
        bytes += sent;
        length -= (size_t)sent;
    }
}

__attribute__((format(printf, 2, 3))) static void say(int socket, const char *format, ...)
{
    char text[8192];
    va_list list;
    va_start(list, format);
    int length = vsnprintf(text, sizeof text, format, list);
    va_end(list);
    send_all(socket, text, (size_t)length < sizeof text ? (size_t)length : sizeof text - 1);
}

static void answer(int socket, const char *status, const char *head, const char *body)
{
    say(socket, "HTTP/1.1 %s\r\nContent-Length: %zu\r\nConnection: close\r\n%s\r\n", status,
        strlen(body), head);
    send_all(socket, body, strlen(body));
}

/* A report of invented nations; what `day` and `town` say makes each page's bytes its own. */
static void page(int socket, const char *town, int killed)
{
    char body[2048];
    snprintf(body, sizeof body,
             "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>Fighting near %s</title></head>"
             "<body><article><h1>Fighting near %s</h1><p>Soldiers of Gondor attacked a village near %s "
             "on Monday and killed %d people, the governor said. Residents of the village fled to the "
             "hills before the shelling began, and the wounded were carried to the hospital of the "
             "next town.</p></article></body></html>",
             town, town, town, killed);
    answer(socket, "200 OK", "Content-Type: text/html; charset=utf-8\r\n", body);
}

/* An RSS feed of the links, parted by blanks; `head` has its marks. */
static void feed(int socket, const char *head, const char *links)
{
    char body[4096];
    size_t used = (size_t)snprintf(body, sizeof body, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                                   "<rss version=\"2.0\"><channel><title>Osgiliath Post</title>");
    while (*links != '\0') {
        int length = (int)strcspn(links, " ");
        used += (size_t)snprintf(body + used, sizeof body - used,
                                 "<item><title>News</title><link>%.*s</link>"
                                 "<pubDate>Mon, 05 Oct 2015 08:00:00 GMT</pubDate></item>",
                                 length, links);
        links += length + (links[length] == ' ');
    }
    snprintf(body + used, sizeof body - used, "</channel></rss>");
    answer(socket, "200 OK", head, body);
}

static size_t pack(unsigned char *packed, size_t size, const char *text)
{
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)text, .avail_in = (uInt)strlen(text),
                       .next_out = packed, .avail_out = (uInt)size};
    deflateInit2(&stream, 9, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
    deflate(&stream, Z_FINISH);
    deflateEnd(&stream);
    return stream.total_out;
}

/* A packed page; all of it, or half, with the length that it has. */
static void packed_page(int socket, bool whole)
{
    unsigned char packed[8192];
    size_t length = pack(packed, sizeof packed,
                         "<html><head><title>Packed news</title></head><body><h1>Packed news</h1>"
                         "<p>Rohan shelled the town of Pelargir on Tuesday, and eleven civilians were "
                         "killed, the ministry said in a statement that was read on the radio.</p>"
                         "</body></html>");
    length = whole ? length : length / 2;
    say(socket, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\nContent-Encoding: gzip\r\n"
                "Connection: close\r\n\r\n", length);
    send_all(socket, (const char *)packed, length);
}

static void bomb(int socket)
{
    enum { SIZE = 64 << 20 };
    char *zeros = malloc(SIZE + 1);
    unsigned char *packed = malloc(1 << 20);
    memset(zeros, '0', SIZE);
    zeros[SIZE] = '\0';
    size_t length = pack(packed, 1 << 20, zeros);
    say(socket, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\nContent-Encoding: gzip\r\n"
                "Connection: close\r\n\r\n", length);
    send_all(socket, (const char *)packed, length);
}

/* How often this path was asked for, this time included. */
static int asked(const char *path)
{
    char line[4096], name[4096];
    int count = 0;
    snprintf(name, sizeof name, "%s/requests", folder);
    FILE *stream = fopen(name, "r");
    while (stream != NULL && fgets(line, sizeof line, stream) != NULL) {
        size_t length = strlen(path);
        count += strncmp(line, "GET ", 4) == 0 && strncmp(line + 4, path, length) == 0 &&
                 line[4 + length] == ' ';
    }
    if (stream != NULL)
        fclose(stream);
    return count;
}

static bool is(const char *path, const char *name)
{
    return strcmp(path, name) == 0;
}

/* What is wrong with the transfer itself. */
static bool serve_broken(int socket, const char *path)
{
    if (is(path, "/slow")) {
        say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
        for (int i = 0; i < 100; i++) {
            say(socket, "<p>");
            usleep(100000);
        }
    } else if (is(path, "/endless")) {
        say(socket, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        for (;;)
            say(socket, "%4000d", 1);
    } else if (is(path, "/short")) {
        say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\nConnection: close\r\n\r\n<html>");
    } else if (is(path, "/huge-head")) {
        say(socket, "HTTP/1.1 200 OK\r\n");
        for (int i = 0; i < 5000; i++)
            say(socket, "X-Line-%d: %060d\r\n", i, i);
        say(socket, "\r\n");
    } else if (is(path, "/huge-line")) {
        say(socket, "HTTP/1.1 200 OK\r\nX-Line: ");
        for (int i = 0; i < 500; i++)
            say(socket, "%04000d", i);
        say(socket, "\r\n\r\n");
    } else if (is(path, "/garbage")) {
        say(socket, "\001\002\003 this is no HTTP\r\n\r\n");
    } else if (is(path, "/truncated-gzip")) {
        packed_page(socket, false);
    } else if (is(path, "/bomb")) {
        bomb(socket);
    } else if (is(path, "/slow-head")) { /* a byte now and then: never silent, never done */
        say(socket, "HTTP/1.1 200 OK\r\nX-Slow: ");
        for (int i = 0; i < 100; i++) {
            say(socket, "x");
            usleep(100000);
        }
    } else if (is(path, "/long")) { /* more than it says */
        say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nConnection: close\r\n\r\n<p></p>"
                    "Soldiers of Gondor killed ninety people in Moria on Monday, the governor said.");
    } else if (is(path, "/not-packed")) {
        say(socket, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n"
                    "<p>Soldiers of Gondor killed ninety people in Moria on Monday.</p>");
    } else if (is(path, "/negative")) {
        say(socket, "HTTP/1.1 200 OK\r\nContent-Length: -1\r\nConnection: close\r\n\r\n<p>Text.</p>");
    } else if (is(path, "/bad-chunks")) {
        say(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                    "ffffffffffffffffff\r\n<p>Text.</p>\r\n0\r\n\r\n");
    } else {
        return false;
    }
    return true;
}

static bool serve_status(int socket, const char *path)
{
    if (is(path, "/gone"))
        answer(socket, "410 Gone", "", "gone");
    else if (is(path, "/busy"))
        answer(socket, "429 Too Many Requests", "Retry-After: 7200\r\n", "slower");
    else if (is(path, "/broken"))
        answer(socket, "500 Internal Server Error", "", "oops");
    else if (is(path, "/flaky") && asked(path) < 2)
        answer(socket, "503 Service Unavailable", "", "later");
    else if (is(path, "/flaky"))
        page(socket, "Linhir", 5);
    else if (is(path, "/loop"))
        answer(socket, "302 Found", "Location: /loop\r\n", "");
    else if (is(path, "/cookie")) /* a wall for who keeps no cookies */
        answer(socket, "302 Found", "Set-Cookie: seen=1\r\nLocation: /cookie\r\n", "");
    else if (is(path, "/same")) /* the answer to a question that nobody asked */
        answer(socket, "304 Not Modified", "", "");
    else if (is(path, "/nothing"))
        answer(socket, "204 No Content", "", "");
    else if (is(path, "/to-file"))
        answer(socket, "302 Found", "Location: file:///etc/passwd\r\n", "");
    else if (is(path, "/moved"))
        answer(socket, "301 Moved Permanently", "Location: /good-3\r\n", "");
    else
        return false;
    return true;
}

/* More links than anybody may list. */
static void endless_feed(int socket)
{
    say(socket, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<rss><channel><title>Osgiliath Post</title>");
    for (int i = 0; i < 100000; i++)
        say(socket, "<item><link>/x%d</link></item>", i);
    say(socket, "</channel></rss>");
}

static bool serve_feed(int socket, const char *path, const char *condition)
{
    char text[1024];
    if (is(path, "/feed"))
        is(condition, "\"one\"") ? answer(socket, "304 Not Modified", "ETag: \"one\"\r\n", "")
                                 : feed(socket, "ETag: \"one\"\r\n", "/good-1 /good-2 /good-1 /good-1");
    else if (is(path, "/changing")) /* a new mark each time, and the second time one more item */
        snprintf(text, sizeof text, "ETag: \"%d\"\r\n", asked(path)),
            feed(socket, text, asked(path) < 2 ? "/good-4" : "/good-5 /good-4");
    else if (is(path, "/bad-pages"))
        feed(socket, "", "/slow /endless /short /loop /to-file /missing /gone /broken /truncated-gzip "
                         "/huge-head /huge-line /garbage /bomb /private/page /binary /empty /latin "
                         "/moved /packed /flaky");
    else if (is(path, "/worse-pages"))
        feed(socket, "", "/slow-head /long /not-packed /negative /bad-chunks /there /cookie /same /nothing /good-20");
    else if (is(path, "/large-feed"))
        endless_feed(socket);
    else if (is(path, "/renamed")) /* the same page under another name each time */
        snprintf(text, sizeof text, "<rss><channel><title>Osgiliath Post</title><item><guid>%d</guid><link>/good-21</link>"
                 "<pubDate>Mon, 05 Oct 2099 08:00:00 GMT</pubDate></item></channel></rss>", asked(path)),
            answer(socket, "200 OK", "", text);
    else if (is(path, "/busy-pages"))
        feed(socket, "", "/busy /good-6 /good-7");
    else if (is(path, "/many"))
        feed(socket, "", "/good-11 /good-12 /good-13 /good-14 /good-15 /good-16 /good-17 /good-18");
    else if (is(path, "/foreign"))
        feed(socket, "", "/french");
    else if (is(path, "/not-xml"))
        answer(socket, "200 OK", "", "{\"this\": \"is JSON\"}");
    else if (is(path, "/html"))
        answer(socket, "200 OK", "", "<html><body><p>a page</p></body></html>");
    else if (is(path, "/empty-feed"))
        feed(socket, "", "");
    else if (is(path, "/latin-feed"))
        answer(socket, "200 OK", "Content-Type: text/xml; charset=utf-8\r\n",
               "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss><channel><title>Caf\xe9 Post</title>"
               "<item><link>/good-8</link></item></channel></rss>");
    else if (is(path, "/sitemap"))
        answer(socket, "200 OK", "", "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/"
                                     "0.9\"><sitemap><loc>/map</loc></sitemap></sitemapindex>");
    else if (is(path, "/map"))
        answer(socket, "200 OK", "", "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">"
                                     "<url><loc>/good-9</loc></url></urlset>");
    else if (is(path, "/atom"))
        answer(socket, "200 OK", "", "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Edoras</title>"
                                     "<entry><link rel=\"self\" href=\"/x\"/><link href=\"good-10\"/>"
                                     "<published>2015-10-05T08:00:00Z</published></entry></feed>");
    else
        return false;
    return true;
}

static void serve_page(int socket, const char *path)
{
    static const char *const towns[] = {"Osgiliath", "Edoras", "Pelargir", "Dale", "Linhir"};
    int number = 0;
    if (is(path, "/robots.txt"))
        answer(socket, "200 OK", "", "User-agent: *\nDisallow: /\n\nUser-agent: annals\n"
                                     "Disallow: /private/\nAllow: /\n");
    else if (sscanf(path, "/good-%d", &number) == 1)
        page(socket, towns[number % 5], number);
    else if (is(path, "/packed"))
        packed_page(socket, true);
    else if (is(path, "/private/page"))
        page(socket, "Moria", 99);
    else if (is(path, "/empty"))
        answer(socket, "200 OK", "", "");
    else if (is(path, "/latin"))
        answer(socket, "200 OK", "Content-Type: text/html; charset=utf-8\r\n",
               "<html><body><h1>Attack</h1><p>Soldiers of Gondor attacked the caf\xe9 in Osgiliath on "
               "Friday and killed four people, the mayor said.</p></body></html>");
    else if (is(path, "/french"))
        answer(socket, "200 OK", "Content-Type: text/html; charset=utf-8\r\n",
               "<html lang=\"en\"><body><h1>Attaque</h1><p>Des soldats ont attaqu\xc3\xa9 le village "
               "dans la nuit de lundi et ils ont tu\xc3\xa9 quatre personnes, selon le maire de la "
               "ville, qui a dit que les habitants sont partis vers le nord avec leurs "
               "familles.</p></body></html>");
    else if (is(path, "/binary"))
        say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 20\r\nConnection: close\r\n\r\n"),
            send_all(socket, "\177ELF\002\001\001\0\0\0\0\0\0\0\0\0\0\0\0\0", 20);
    else
        answer(socket, "404 Not Found", "", "nothing here");
}

/* To and fro between two names of this server. */
static void redirect_over_hosts(int socket, const char *request)
{
    const char *host = strstr(request, "Host: ");
    unsigned port = 0;
    char head[128];
    bool name = host != NULL && strncmp(host + 6, "localhost", 9) == 0;
    if (host == NULL || sscanf(host + 6, "%*[^:]:%u", &port) != 1)
        return;
    snprintf(head, sizeof head, "Location: http://%s:%u/there\r\n", name ? "127.0.0.1" : "localhost", port);
    answer(socket, "302 Found", head, "");
}

static void serve(int socket)
{
    char request[16384], path[1024] = "", condition[256] = "", name[4096];
    size_t length = 0;
    while (length < sizeof request - 1) {
        ssize_t got = recv(socket, request + length, sizeof request - 1 - length, 0);
        if (got <= 0)
            return;
        length += (size_t)got;
        request[length] = '\0';
        if (strstr(request, "\r\n\r\n") != NULL)
            break;
    }
    sscanf(request, "GET %1023s", path);
    const char *mark = strstr(request, "If-None-Match: ");
    if (mark != NULL)
        sscanf(mark, "If-None-Match: %255s", condition);
    const char *agent = strstr(request, "User-Agent: ");
    snprintf(name, sizeof name, "%s/requests", folder);
    FILE *stream = fopen(name, "a");
    if (stream != NULL) {
        fprintf(stream, "GET %s %s %.*s\n", path, condition[0] != '\0' ? condition : "-",
                agent != NULL ? (int)strcspn(agent, "\r") : 0, agent != NULL ? agent : "");
        fclose(stream);
    }
    if (is(path, "/there"))
        redirect_over_hosts(socket, request);
    else if (!serve_broken(socket, path) && !serve_status(socket, path) &&
        !serve_feed(socket, path, condition))
        serve_page(socket, path);
    shutdown(socket, SHUT_WR);
}

/* Sets the record's clock back: all that waits is due. */
static int make_due(const char *record)
{
    sqlite3 *database = NULL;
    int code = sqlite3_open(record, &database);
    if (code == SQLITE_OK)
        code = sqlite3_exec(database, "UPDATE watched_pages SET due = '2015-01-01T00:00:00Z' WHERE "
                                      "page LIKE '%/flaky' OR page LIKE '%/broken'", NULL, NULL, NULL);
    sqlite3_close(database);
    return code == SQLITE_OK ? 0 : 3;
}

int main(int count, char **arguments)
{
    if (count == 3 && strcmp(arguments[1], "--due") == 0)
        return make_due(arguments[2]);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (count != 2 || listener < 0 || bind(listener, (struct sockaddr *)&address, size) != 0 ||
        listen(listener, 64) != 0 || getsockname(listener, (struct sockaddr *)&address, &size) != 0)
        return 3;
    folder = arguments[1];
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    signal(SIGCHLD, SIG_IGN);
    alarm(300); /* nobody is left behind */
    for (;;) {
        int socket = accept(listener, NULL, NULL);
        if (socket < 0)
            continue;
        if (fork() == 0) {
            close(listener);
            alarm(20);
            serve(socket);
            _exit(0);
        }
        close(socket);
    }
}
