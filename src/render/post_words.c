/* Finds the post in the words around an appointment or a resignation.
 *
 * Only what stands at one of three places counts: behind the person ("named X defence minister"),
 * behind the word that tells it ("was elected president", "resigned as governor"), and, of somebody
 * who leaves, before the name ("Interior Minister X resigned"). Between these stand no other words
 * than articles and the like. Of the nouns of the dictionary that begin there the longest counts,
 * and only if it is a post: "governor general" is not a governor. Leaves out posts that the
 * dictionary has no word for, those told behind a comma, and whose post it is. */
#include "render/post_words.h"

#include <stdbool.h>
#include <string.h>

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte & 0x80) != 0 ||
           byte == '-' || byte == '\'';
}

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

/* Length of `phrase` where it stands at `at` as whole words, white space for its blanks; else 0. */
static size_t match(const char *at, const char *phrase)
{
    const char *begin = at;
    for (; *phrase != '\0'; phrase++) {
        if (*phrase == ' ') {
            size_t blanks = strspn(at, " \t\n");
            if (blanks == 0)
                return 0;
            at += blanks;
        } else if (lower(*at++) != lower(*phrase)) {
            return 0;
        }
    }
    return is_letter(*at) ? 0 : (size_t)(at - begin);
}

/* The post whose noun begins at `at`. */
static const char *post_at(const struct table *roles, const char *at)
{
    static const char *const forms[] = {"singular", "plural"};
    const char *post = "";
    size_t longest = 0;
    for (uint32_t i = 0; i < roles->row_count; i++)
        for (size_t j = 0; j < sizeof forms / sizeof forms[0]; j++) {
            const char *noun = table_cell(roles, i, forms[j]);
            size_t length = *noun != '\0' && lower(*noun) == lower(*at) ? match(at, noun) : 0;
            if (length > longest) {
                longest = length;
                post = j == 0 ? table_cell(roles, i, "post") : "";
            }
        }
    return *post != '\0' ? post : NULL;
}

/* The post behind `at`, across articles and the like; `needed`: and "as" must be one of them. */
static const char *post_behind(const struct table *roles, const char *at, bool needed)
{
    enum { MOST = 4 };
    static const char *const between[] = {"as",   "to",   "be",    "the",  "a",      "an",
                                          "his",  "her",  "its",   "new",  "acting", "interim",
                                          "next", "down", "aside", "their"};
    bool as = false;
    for (int words = 0; words <= MOST; words++) {
        size_t length = 0;
        at += strspn(at, " \t\n");
        const char *post = as || !needed ? post_at(roles, at) : NULL;
        if (post != NULL)
            return post;
        for (size_t i = 0; length == 0 && i < sizeof between / sizeof between[0]; i++) {
            length = match(at, between[i]);
            as = as || (length > 0 && i == 0);
        }
        if (length == 0)
            return NULL;
        at += length;
    }
    return NULL;
}

const char *post_words_find(const struct table *roles, const struct post_words *words,
                            enum post_change change)
{
    const char *post = NULL;
    bool left = change == POST_LEFT;
    /* "appointed Governor X": a title, and no word of the new post. */
    if (words->actor != NULL && words->actor >= words->trigger_end)
        post = post_behind(roles, words->actor_end, left);
    else if (words->trigger_end != NULL)
        post = post_behind(roles, words->trigger_end, left);
    if (post == NULL && left && words->actor != NULL)
        post = post_at(roles, words->actor);
    return post;
}
