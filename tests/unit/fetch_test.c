/* What is fetched, and when: addresses, robots.txt, waits, packed bodies, links of feeds. The requests
 * themselves are tested by tests/scripts/watch.sh. */
#include "fetch/fetch.h"
#include "fetch/robots.h"
#include "fetch/schedule.h"
#include "intake/links.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* ------------------------------------------------------------------ addresses */

static void test_resolve(void **state)
{
    static const struct {
        const char *base, *link, *address;
    } cases[] = {
        {NULL, "http://news.example", "http://news.example/"},
        {NULL, "HTTPS://News.Example:443/a#part", "https://news.example/a"},
        {"http://a.example/feeds/rss", "../b?x=1&y", "http://a.example/b?x=1&y"},
        {"http://a.example/feeds/rss", "//c.example/d", "http://c.example/d"},
        {"http://a.example/feeds/rss", "/e f", "http://a.example/e%20f"},
        {"http://a.example/", "file:///etc/passwd", NULL},
        {"http://a.example/", "ftp://a.example/", NULL},
        {"http://a.example/", "javascript:alert(1)", NULL},
        {NULL, "http://user:word@a.example/", NULL},
        {NULL, "a.example/feed", NULL},
        {NULL, "", NULL},
        {NULL, "http://", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char address[ADDRESS_SIZE];
        bool good = address_resolve(address, cases[i].base, cases[i].link);
        assert_int_equal(good, cases[i].address != NULL);
        if (good)
            assert_string_equal(address, cases[i].address);
    }
}

static void test_long_address(void **state)
{
    char link[ADDRESS_SIZE + 100] = "http://a.example/", address[ADDRESS_SIZE];
    (void)state;
    memset(link + 17, 'x', ADDRESS_SIZE);
    assert_false(address_resolve(address, NULL, link));
}

static void test_parts(void **state)
{
    char host[ADDRESS_SIZE];
    (void)state;
    address_host("https://a.example:8080/b?c", host);
    assert_string_equal(host, "https://a.example:8080");
    assert_string_equal(address_path("https://a.example:8080/b?c"), "/b?c");
    assert_string_equal(address_path("https://a.example"), "/");
}

static bool is_private(const char *text)
{
    struct sockaddr_in four = {.sin_family = AF_INET};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, text, &four.sin_addr) == 1)
        return address_is_private((const struct sockaddr *)&four);
    assert_int_equal(inet_pton(AF_INET6, text, &six.sin6_addr), 1);
    return address_is_private((const struct sockaddr *)&six);
}

static void test_private(void **state)
{
    static const char *const private[] = {
        "0.0.0.0",     "10.1.2.3",       "100.64.0.1",      "127.0.0.1",      "169.254.169.254",
        "172.16.0.1",  "172.31.255.255", "192.0.0.8",       "192.168.1.1",    "198.18.0.1",
        "224.0.0.1",   "255.255.255.255", "::",             "::1",            "::ffff:127.0.0.1",
        "::127.0.0.1", "fe80::1",        "fc00::1",         "fd12::1",        "ff02::1",
        "2002:7f00:1::", "64:ff9b::a00:1", "2001:db8::1",   "2001:0:1::1",    "fec0::1"};
    static const char *const public[] = {"1.1.1.1",      "9.255.255.255", "11.0.0.0",
                                         "100.63.255.255", "100.128.0.0", "172.15.0.1",
                                         "172.32.0.1",   "192.169.0.1",   "2606:4700::1111",
                                         "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::808:808",
                                         "2002:808:808::"};
    (void)state;
    for (size_t i = 0; i < sizeof private / sizeof private[0]; i++)
        if (!is_private(private[i]))
            fail_msg("%s is private", private[i]);
    for (size_t i = 0; i < sizeof public / sizeof public[0]; i++)
        if (is_private(public[i]))
            fail_msg("%s is public", public[i]);
    assert_true(address_is_private(&(struct sockaddr){.sa_family = AF_UNIX}));
}

/* ------------------------------------------------------------------ robots.txt */

static bool allows(const char *robots, const char *path)
{
    return robots_allow(robots, strlen(robots), "annals", path, NULL);
}

static void test_robots(void **state)
{
    (void)state;
    assert_true(allows("", "/a"));
    assert_false(allows("User-agent: *\nDisallow: /\n", "/a"));
    assert_true(allows("User-agent: *\nDisallow:\n", "/a"));
    assert_true(allows("User-agent: *\nDisallow: /\n", "/robots.txt"));
    /* Our own group counts alone, whatever stands for all; several names may share one. */
    assert_true(allows("User-agent: *\nDisallow: /\n\nUser-agent: annals\nDisallow: /x\n", "/a"));
    assert_false(allows("user-agent: other\nUser-Agent: ANNALS\nDisallow: /a\n", "/a"));
    assert_true(allows("User-agent: other\nDisallow: /a\n", "/a"));
    assert_true(allows("User-agent: annalsbot\nDisallow: /a\n", "/a"));
    /* Groups of one name are one group. */
    assert_false(allows("User-agent: annals\nDisallow: /a\nUser-agent: x\nDisallow: /\n"
                        "User-agent: annals\nDisallow: /b\n", "/b"));
    /* The longest pattern decides, and of equals the one that allows. */
    assert_true(allows("User-agent: *\nDisallow: /a\nAllow: /a/b\n", "/a/b/c"));
    assert_false(allows("User-agent: *\nAllow: /a\nDisallow: /a/b\n", "/a/b/c"));
    assert_true(allows("User-agent: *\nDisallow: /a\nAllow: /a\n", "/a"));
    assert_false(allows("User-agent: *\nDisallow: /*.pdf$\n", "/x/y.pdf"));
    assert_true(allows("User-agent: *\nDisallow: /*.pdf$\n", "/x/y.pdf?z"));
    assert_false(allows("User-agent: *\nDisallow: /a*b*c\n", "/axxbxxbxc"));
    assert_true(allows("User-agent: *\nDisallow: /a*b*c\n", "/axxbxx"));
    assert_false(allows("\xef\xbb\xbfUser-agent: * # all\r\nDisallow: /a # some\r\n", "/a"));
    assert_true(allows("<html>no robots here: </html>", "/a"));
}

static void test_crawl_delay(void **state)
{
    uint32_t delay = 1;
    static const char *const values[] = {"10", "0.5", "86400", "x", "-1", "99999999999999999999"};
    static const uint32_t expected[] = {10000, 500, 60000, 0, 0, 60000};
    char robots[100];
    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        snprintf(robots, sizeof robots, "User-agent: *\nCrawl-delay: %s\n", values[i]);
        robots_allow(robots, strlen(robots), "annals", "/", &delay);
        assert_int_equal(delay, expected[i]);
    }
}

/* A pattern of many stars is no way to keep us busy. */
static void test_robots_stars(void **state)
{
    static char robots[400000], path[2000];
    (void)state;
    memset(path, 'a', sizeof path - 1);
    path[0] = '/';
    size_t used = (size_t)snprintf(robots, sizeof robots, "User-agent: *\n");
    while (used + 400 < sizeof robots) {
        used += (size_t)snprintf(robots + used, sizeof robots - used, "Disallow: /");
        for (int i = 0; i < 150; i++)
            robots[used + (size_t)i] = i % 2 == 0 ? '*' : 'a';
        used += 150;
        used += (size_t)snprintf(robots + used, sizeof robots - used, "b\n");
    }
    assert_true(robots_allow(robots, used, "annals", path, NULL));
}

/* ------------------------------------------------------------------ waits */

static void test_schedule(void **state)
{
    (void)state;
    assert_int_equal(schedule_after(900, 1, 0), 900);
    assert_int_equal(schedule_after(900, 2, 0), 1800);
    assert_int_equal(schedule_after(900, 5, 0), 14400);
    assert_int_equal(schedule_after(900, 4000000000u, 0), 86400);
    assert_int_equal(schedule_after(900, 1, 7200), 7200);
    assert_int_equal(schedule_after(900, 1, UINT64_MAX), 7 * 86400);
    assert_int_equal(schedule_after(900, 3, 60), 3600);
}

/* ------------------------------------------------------------------ packed bodies */

static void test_unpack(void **state)
{
    /* "annals\n" by gzip -n. */
    static const char packed[] = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b\xcc\xcb\x4b\xcc\x29"
                                 "\xe6\x02\x00\x20\x5e\xc1\x82\x07\x00\x00\x00";
    struct buffer unpacked;
    annals_error error = {0};
    (void)state;
    for (size_t length = 0; length < sizeof packed - 1; length++) {
        buffer_init(&unpacked);
        assert_int_equal(fetch_unpack(&unpacked, packed, length, 100, &error), ANNALS_MALFORMED);
        buffer_release(&unpacked);
    }
    assert_non_null(strstr(error.sentence, "cut off"));
    buffer_init(&unpacked);
    assert_int_equal(fetch_unpack(&unpacked, packed, sizeof packed - 1, 7, &error), ANNALS_OK);
    assert_string_equal(unpacked.bytes, "annals\n");
    buffer_release(&unpacked);
    buffer_init(&unpacked);
    assert_int_equal(fetch_unpack(&unpacked, packed, sizeof packed - 1, 6, &error), ANNALS_TOO_LARGE);
    buffer_release(&unpacked);
}

/* ------------------------------------------------------------------ links */

static annals_status read_links(struct links *links, struct arena *arena, const char *text)
{
    arena_init(arena);
    return links_read(links, arena, text, strlen(text), NULL);
}

static void test_links(void **state)
{
    struct links links;
    struct arena arena;
    (void)state;
    assert_int_equal(
        read_links(&links, &arena,
                   "<rss><channel><title>Post</title><link>http://p.example/</link>"
                   "<item><guid>http://p.example/1</guid></item>"
                   "<item><guid isPermaLink=\"false\">http://p.example/2</guid></item>"
                   "<item><link>/3</link><pubDate>Sat, 03 Oct 2015 08:00:00 GMT</pubDate></item>"
                   "</channel></rss>"),
        ANNALS_OK);
    assert_string_equal(links.kind, "RSS");
    assert_string_equal(links.title, "Post");
    assert_int_equal(links.items.count, 2);
    assert_string_equal(links.items.items[0].address, "http://p.example/1");
    assert_int_equal(links.items.items[0].published, DAY_UNKNOWN);
    assert_int_equal(links.items.items[1].published, calendar_day(2015, 10, 3));
    arena_release(&arena);
    assert_int_equal(
        read_links(&links, &arena,
                   "<urlset xmlns:n=\"news\"><url><loc> http://p.example/4 </loc>"
                   "<lastmod>2020-01-01</lastmod></url><url><loc>/5</loc>"
                   "<n:news><n:publication_date>2015-10-03</n:publication_date></n:news></url>"
                   "</urlset>"),
        ANNALS_OK);
    assert_string_equal(links.items.items[0].address, "http://p.example/4");
    assert_int_equal(links.items.items[0].published, DAY_UNKNOWN); /* changed is not published */
    assert_int_equal(links.items.items[1].published, calendar_day(2015, 10, 3));
    arena_release(&arena);
    assert_int_equal(read_links(&links, &arena,
                                "<sitemapindex><sitemap><loc>/m.xml</loc></sitemap></sitemapindex>"),
                     ANNALS_OK);
    assert_true(links.items.items[0].is_list);
    arena_release(&arena);
    assert_int_equal(read_links(&links, &arena, "<html><body/></html>"), ANNALS_MALFORMED);
    arena_release(&arena);
    assert_int_equal(read_links(&links, &arena, "<rss><channel>"), ANNALS_MALFORMED);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_resolve),      cmocka_unit_test(test_long_address),
        cmocka_unit_test(test_parts),        cmocka_unit_test(test_private),
        cmocka_unit_test(test_robots),       cmocka_unit_test(test_crawl_delay),
        cmocka_unit_test(test_robots_stars), cmocka_unit_test(test_schedule),
        cmocka_unit_test(test_unpack),       cmocka_unit_test(test_links),
    };
    return cmocka_run_group_tests_name("fetch", tests, NULL, NULL);
}
