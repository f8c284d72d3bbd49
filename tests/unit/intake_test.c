/* intake/: charsets, formats, pages, feeds, the dictionary of furniture. Invented nations. */
#include "bytes/digest.h"
#include "dictionary/table.h"
#include "intake/furniture.h"
#include "intake/intake.h"
#include "intake/metadata.h"
#include "pipeline/pipeline.h"

#include "annals.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char *data_folder(void)
{
    const char *data = getenv("ANNALS_DATA");
    return data != NULL ? data : "build/share/annals";
}

/* ------------------------------------------------------------------ charset */

static void decodes(const char *bytes, size_t length, const char *declared, const char *text,
                    const char *charset, uint64_t replaced)
{
    struct arena arena;
    struct decoded decoded;
    annals_error error = {0};
    arena_init(&arena);
    assert_int_equal(
        charset_decode(&decoded, &arena, (const unsigned char *)bytes, length, declared, &error),
        ANNALS_OK);
    assert_string_equal(decoded.text, text);
    assert_string_equal(decoded.charset, charset);
    assert_int_equal(decoded.replaced, replaced);
    arena_release(&arena);
}

#define DECODES(bytes, ...) decodes(bytes, sizeof(bytes) - 1, __VA_ARGS__)

static void charset_by_mark_validity_and_declaration(void **state)
{
    (void)state;
    DECODES("plain", NULL, "plain", "UTF-8", 0);
    DECODES("caf\xc3\xa9", NULL, "caf\xc3\xa9", "UTF-8", 0);
    DECODES("\xef\xbb\xbf"
            "caf\xc3\xa9",
            NULL, "caf\xc3\xa9", "UTF-8", 0);
    DECODES("\xff\xfe"
            "D\0a\0l\0e\0",
            NULL, "Dale", "UTF-16LE", 0);
    DECODES("\xfe\xff"
            "\0D\0a\0l\0e",
            NULL, "Dale", "UTF-16BE", 0);
    DECODES("D\0a\0l\0e\0", NULL, "Dale", "UTF-16LE", 0);
    DECODES("\0D\0a\0l\0e", NULL, "Dale", "UTF-16BE", 0);
    /* Latin-1 says the page, and means Windows-1252. */
    DECODES("<meta charset=iso-8859-1>\x93Yes\x94 \x96 caf\xe9", NULL,
            "<meta charset=iso-8859-1>\xe2\x80\x9cYes\xe2\x80\x9d \xe2\x80\x93 caf\xc3\xa9",
            "WINDOWS-1252", 0);
    DECODES("<?xml version=\"1.0\" encoding=\"KOI8-R\"?>\xc4\xc1", NULL,
            "<?xml version=\"1.0\" encoding=\"KOI8-R\"?>\xd0\xb4\xd0\xb0", "KOI8-R", 0);
    /* A page that says so, but is UTF-8. */
    DECODES("<meta charset=windows-1251>caf\xc3\xa9", NULL,
            "<meta charset=windows-1251>caf\xc3\xa9", "UTF-8", 0);
    DECODES(
        "They said \x93no\x94 and left the town of Dale for the hills above the river again.", NULL,
        "They said \xe2\x80\x9cno\xe2\x80\x9d and left the town of Dale for the hills above the "
        "river again.",
        "WINDOWS-1252", 0);
    DECODES("caf\xe9", "latin1", "caf\xc3\xa9", "WINDOWS-1252", 0);
}

static void charset_counts_what_it_replaces(void **state)
{
    (void)state;
    /* UTF-8 with one byte of Windows-1252 and one of nothing. */
    DECODES("\xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 it\x92s \xff",
            NULL,
            "\xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 "
            "it\xe2\x80\x99s \xef\xbf\xbd",
            "UTF-8", 2);
    DECODES("a\x81", "windows-1252", "a\xef\xbf\xbd", "WINDOWS-1252", 1);
}

static void refuses(const char *bytes, size_t length, annals_status status, const char *sentence)
{
    struct arena arena;
    struct decoded decoded;
    annals_error error = {0};
    arena_init(&arena);
    assert_int_equal(
        charset_decode(&decoded, &arena, (const unsigned char *)bytes, length, NULL, &error),
        status);
    assert_non_null(strstr(error.sentence, sentence));
    arena_release(&arena);
}

static void charset_refuses_what_is_not_text(void **state)
{
    (void)state;
    refuses("%PDF-1.4\n", 9, ANNALS_NOT_TEXT, "PDF");
    refuses("PK\x03\x04xxxx", 8, ANNALS_NOT_TEXT, "ZIP");
    refuses("\x89PNG\r\n\x1a\n", 8, ANNALS_NOT_TEXT, "PNG");
    refuses("text\0\0\0 and more", 16, ANNALS_NOT_TEXT, "NUL byte at 4");
    refuses("\x01\x02\x03\x04\x05\x06 abc", 10, ANNALS_NOT_TEXT, "control");
    refuses(" \n\t\r\n ", 6, ANNALS_EMPTY, "no text");
}

/* ------------------------------------------------------------------ format and digest */

static void format_by_content_then_name(void **state)
{
    (void)state;
    const struct {
        const char *bytes, *name;
        enum file_format format;
    } cases[] = {
        {"The army left.", NULL, FORMAT_TEXT},
        {"The army left.", "a.html", FORMAT_TEXT},
        {"  <!DOCTYPE html><p>x", "a.txt", FORMAT_HTML},
        {"<p>The army left.</p>", NULL, FORMAT_HTML},
        {"The army <b>left</b>.", "a.html", FORMAT_HTML},
        {"The army <b>left</b>.", "a.txt", FORMAT_TEXT},
        {"<?xml version='1.0'?><rss><channel>", "a.html", FORMAT_FEED},
        {"<feed xmlns='http://www.w3.org/2005/Atom'>", NULL, FORMAT_FEED},
        {"{\"id\": \"a\"}", "a.txt", FORMAT_JSONL},
        {"\xef\xbb\xbf{ \"id\": \"a\"}", NULL, FORMAT_JSONL},
        {"{sic} The army left.", NULL, FORMAT_TEXT},
        {"< 5 men left", NULL, FORMAT_TEXT},
        {"<html>one page about <rss> feeds", NULL, FORMAT_FEED},
    };
    for (size_t i = 0; i + 1 < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(format_find(cases[i].bytes, strlen(cases[i].bytes), cases[i].name),
                         cases[i].format);
}

/* ------------------------------------------------------------------ pages */

struct taken {
    unsigned reports, refused;
    char published[16], title[200], byline[100], source[100], text[4000], id[100];
    uint64_t line;
    int64_t byte;
};

static bool take(void *context, annals_document *document, const annals_error *error)
{
    struct taken *taken = context;
    annals_report report;
    if (document == NULL) {
        taken->refused++;
        taken->line = error->line;
        taken->byte = error->byte;
        return true;
    }
    annals_document_report(document, &report);
    taken->reports++;
    snprintf(taken->published, sizeof taken->published, "%s", report.published);
    snprintf(taken->title, sizeof taken->title, "%s", report.title != NULL ? report.title : "");
    snprintf(taken->byline, sizeof taken->byline, "%s", report.byline != NULL ? report.byline : "");
    snprintf(taken->source, sizeof taken->source, "%s", report.source != NULL ? report.source : "");
    snprintf(taken->text, sizeof taken->text, "%s", report.text);
    snprintf(taken->id, sizeof taken->id, "%s", report.id);
    annals_document_free(document);
    return true;
}

static annals_status intake_of(const char *bytes, size_t length, struct taken *taken,
                               annals_error *error)
{
    static annals_engine *engine; /* opened once: it holds the gazetteer */
    annals_source source = {.name = "folder/page.txt"};
    *taken = (struct taken){0};
    if (engine == NULL)
        assert_int_equal(annals_open(data_folder(), &engine, error), ANNALS_OK);
    return annals_intake(engine, &source, bytes, length, take, taken, error);
}

#define BODY                                                                                       \
    "<p>The militia of Captain Thorn took the mill above Dale on Monday and held it until "        \
    "nightfall, the council said.</p><p>Nine soldiers were killed and the road to Esgaroth was "   \
    "closed to carts, according to a spokesman for the council.</p>"
#define MENU "<nav><a href=/>Home</a> <a href=/w>World</a></nav>"

static void read_html(const char *html, struct taken *taken)
{
    annals_error error = {0};
    assert_int_equal(intake_of(html, strlen(html), taken, &error), ANNALS_OK);
    assert_int_equal(taken->reports, 1);
}

static void html_finds_the_main_text(void **state)
{
    (void)state;
    struct taken taken;
    read_html("<html><head><title>Mill taken - Dale Herald</title></head><body>" MENU
              "<div class='cookie-banner'>We like cookies.</div><article><h1>Mill taken</h1>" BODY
              "<aside>Subscribe!</aside><figure><img src=x><figcaption>The gate.</figcaption>"
              "</figure></article><div class=related><p>Nine other stories from the valley that "
              "you would like to read one day.</p></div><footer>&copy; Dale</footer>",
              &taken);
    assert_string_equal(taken.title, "Mill taken");
    assert_string_equal(taken.source, "Dale Herald");
    assert_string_equal(taken.id, "page.txt");
    assert_non_null(strstr(taken.text, "nightfall, the council said.\n\nNine soldiers"));
    assert_null(strstr(taken.text, "cookies"));
    assert_null(strstr(taken.text, "Home"));
    assert_null(strstr(taken.text, "Subscribe"));
    assert_null(strstr(taken.text, "other stories"));
}

static void html_reads_entities_breaks_and_hidden_text(void **state)
{
    (void)state;
    struct taken taken;
    read_html("<h1>A &amp; B meet</h1><div hidden>secret</div><p style='display:none'>secret</p>"
              "<script>secret()</script>" BODY
              "One.<br><br>Two &#8220;quoted&#8221;&nbsp;words.<ul><li>first of all</ul>",
              &taken);
    assert_string_equal(taken.title, "A & B meet");
    assert_null(strstr(taken.text, "secret"));
    assert_non_null(strstr(taken.text, "One.\n\nTwo \xe2\x80\x9cquoted\xe2\x80\x9d words."));
    assert_non_null(strstr(taken.text, "first of all"));
}

static void html_finds_the_date(void **state)
{
    (void)state;
    const struct {
        const char *head, *body, *published;
    } cases[] = {
        {"<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":"
         "\"2015-10-03T08:00Z\",\"dateModified\":\"2015-10-05\"}</script>",
         "", "2015-10-03"},
        {"<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"WebPage\",\"datePublished\":"
         "\"2011-01-01\"},{\"@type\":\"Article\",\"datePublished\":\"2015-10-03\"}]}</script>",
         "", "2015-10-03"},
        {"<script type='application/ld+json'>{ broken</script>", "", ""},
        {"<meta property='article:published_time' content='2015-10-03T23:50:00+04:30'>", "",
         "2015-10-03"},
        {"<meta property='article:modified_time' content='2015-10-03'>", "", ""},
        {"<meta property='og:updated_time' content='2015-10-03'>", "", ""},
        {"<meta name='DC.date.issued' content='2015-10-03'>", "", "2015-10-03"},
        {"<meta name='pubdate' content='Sat, 03 Oct 2015 08:00:00 GMT'>", "", "2015-10-03"},
        {"<meta name='date' content='20151003'>", "", "2015-10-03"},
        {"<meta name='date' content='03/10/2015'>", "", ""}, /* March or October? */
        {"<meta name='date' content='soon'>", "", ""},
        {"", "<time datetime='2015-10-03'>2 days ago</time>", "2015-10-03"},
        {"", "<p>By Ana Berg</p><p>3 October 2015</p>", "2015-10-03"},
        {"", "<p>2 days ago</p>", ""},
        {"<script>var built = '2001-12-14';</script>", "", ""},
        /* A day apart is a time zone: what is printed is the outlet's own. */
        {"<meta property='article:published_time' content='2015-10-02T21:00:00Z'>",
         "<p>By Ana Berg</p><p>Saturday, 3 October 2015</p>", "2015-10-03"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct taken taken;
        char page[4000];
        snprintf(page, sizeof page, "<html><head>%s</head><body><h1>Mill taken</h1>%s" BODY,
                 cases[i].head, cases[i].body);
        read_html(page, &taken);
        assert_string_equal(taken.published, cases[i].published);
    }
}

static void html_survives_hostile_pages(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "<div>",       "<font color=a>", "<table><tr><td>", "<a href=\"", "<p><b>",
        "<svg><math>", "<ul><li>",       "<!-- ",           "<",          "&#x"};
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        size_t length = 200000, size = strlen(pieces[i]);
        char *page = malloc(length + 100);
        assert_non_null(page);
        size_t at = (size_t)snprintf(page, 20, "<html><body>");
        for (; at + size < length; at += size)
            memcpy(page + at, pieces[i], size);
        at += (size_t)snprintf(page + at, 60, "The militia took the mill.");
        struct taken taken;
        annals_error error = {0};
        (void)intake_of(page, at, &taken, &error); /* ends, and within memory */
        free(page);
    }
}

/* ------------------------------------------------------------------ lines and feeds */

static void jsonl_names_the_damaged_line(void **state)
{
    (void)state;
    struct taken taken;
    annals_error error = {0};
    const char lines[] = "{\"id\":\"a\",\"text\":\"x\"}\r\n\n{\"id\":\"b\",\"te\n"
                         "{\"id\":\"c\",\"text\":\"y\"}";
    assert_int_equal(intake_of(lines, sizeof lines - 1, &taken, &error), ANNALS_OK);
    assert_int_equal(taken.reports, 2);
    assert_int_equal(taken.refused, 1);
    assert_int_equal(taken.line, 3);
    assert_true(taken.byte >= 24 && taken.byte <= 37);
    assert_string_equal(taken.id, "c");
    const char bad[] = "{\"id\":\"a\",\"text\":\"x\xff\"}\n{\"id\":\"b\",\"text\":\"y\"}\n";
    assert_int_equal(intake_of(bad, sizeof bad - 1, &taken, &error), ANNALS_OK);
    assert_int_equal(taken.reports, 1);
    assert_int_equal(taken.line, 1);
}

static void feeds_give_items(void **state)
{
    (void)state;
    struct taken taken;
    annals_error error = {0};
    const char feed[] =
        "<?xml version='1.0'?><rss><channel><title>Notes</title><lastBuildDate>Fri, 13 Aug 2021 "
        "18:00:00 GMT</lastBuildDate><item><title>One</title><guid>n-1</guid><description>&lt;p&gt;"
        "Nine men came.&lt;/p&gt;</description></item><item><title>Two</title><guid>n-2</guid>"
        "<pubDate>Thu, 12 Aug 2021 16:40:00 +0430</pubDate><description>Ten men came."
        "</description></item></channel></rss>";
    assert_int_equal(intake_of(feed, sizeof feed - 1, &taken, &error), ANNALS_OK);
    assert_int_equal(taken.reports, 2);
    assert_string_equal(taken.id, "n-2");
    assert_string_equal(taken.published, "2021-08-12");
    assert_string_equal(taken.source, "Notes");
    assert_non_null(strstr(taken.text, "Ten men came."));
    const char broken[] = "<?xml version='1.0'?>\n<rss><channel><item></channel>";
    assert_int_equal(intake_of(broken, sizeof broken - 1, &taken, &error), ANNALS_MALFORMED);
    assert_int_equal(error.line, 2);
}

static void limits_and_empty_files(void **state)
{
    (void)state;
    struct intake intake;
    annals_source source = {.limit = 4};
    annals_error error = {0};
    assert_int_equal(intake_open(&intake, &source, "12345", 5, &error), ANNALS_TOO_LARGE);
    assert_non_null(strstr(error.sentence, "limit of 4"));
    intake_release(&intake);
    assert_int_equal(intake_open(&intake, &source, "", 0, &error), ANNALS_EMPTY);
    intake_release(&intake);
}

/* ------------------------------------------------------------------ the dictionary */

static bool finds(const struct furniture *furniture, struct arena *arena, const char *text,
                  bool prose)
{
    struct words words;
    words_find(&words, arena, text, (uint32_t)strlen(text));
    return furniture_find(furniture, text, &words, 0, words.list.count, ZONE_HEAD | ZONE_TAIL,
                          prose) != NULL;
}

static void furniture_finds_its_examples(void **state)
{
    (void)state;
    struct arena arena;
    struct table table;
    struct furniture *furniture;
    annals_error error = {0};
    arena_init(&arena);
    struct stage_setting setting = {.data = data_folder(), .arena = &arena};
    assert_int_equal(furniture_open(&furniture, &setting, &error), ANNALS_OK);
    const char *path = stage_path(&setting, "dictionaries/en", "furniture.tsv");
    assert_int_equal(table_read(&table, &arena, path, &error), ANNALS_OK);
    for (uint32_t row = 0; row < table.row_count; row++) {
        const char *example = table_cell(&table, row, "example");
        const char *body = table_cell(&table, row, "body");
        bool strong = strcmp(table_cell(&table, row, "strength"), "strong") == 0;
        if (!finds(furniture, &arena, example, strong))
            fail_msg("%s: example not found: %s", table_cell(&table, row, "id"), example);
        if (strong && body[0] != '\0' && strcmp(table_cell(&table, row, "match"), "within") != 0 &&
            finds(furniture, &arena, body, true))
            fail_msg("%s: body found: %s", table_cell(&table, row, "id"), body);
        if (row > 0)
            assert_true(strcmp(table_cell(&table, row - 1, "id"), table_cell(&table, row, "id")) <
                        0);
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(charset_by_mark_validity_and_declaration),
        cmocka_unit_test(charset_counts_what_it_replaces),
        cmocka_unit_test(charset_refuses_what_is_not_text),
        cmocka_unit_test(format_by_content_then_name),
        cmocka_unit_test(html_finds_the_main_text),
        cmocka_unit_test(html_reads_entities_breaks_and_hidden_text),
        cmocka_unit_test(html_finds_the_date),
        cmocka_unit_test(html_survives_hostile_pages),
        cmocka_unit_test(jsonl_names_the_damaged_line),
        cmocka_unit_test(feeds_give_items),
        cmocka_unit_test(limits_and_empty_files),
        cmocka_unit_test(furniture_finds_its_examples),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
