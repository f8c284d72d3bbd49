/* Which article a name takes within a sentence, by its letters alone.
 *
 * Method: the head is the last word before a preposition; in small letters it is a common noun.
 * Left out: names all in capitals, and what only its meaning tells ("the Sudan"). */
#include "dictionary/articles.h"

#include <string.h>
#include <strings.h>

/* What ends the words of a noun before its head. */
static const char *const behind[] = {"of",   "in",  "for",  "from",  "at",      "to", "on",
                                     "with", "who", "near", "under", "against", NULL};
/* What stands in an article's place. */
static const char *const before[] = {
    "the",  "a",     "an",   "this",   "that",     "these",     "those",   "his",   "her",
    "its",  "their", "our",  "my",     "your",     "some",      "any",     "no",    "every",
    "each", "many",  "most", "all",    "both",     "few",       "several", "other", "another",
    "two",  "three", "four", "five",   "six",      "seven",     "eight",   "nine",  "ten",
    "one",  "more",  "less", "dozens", "hundreds", "thousands", NULL};
/* Nouns of several without an "-s". */
static const char *const several[] = {"police", "people",    "men",    "women", "children",
                                      "troops", "personnel", "clergy", NULL};

/* Heads of names that are common nouns, and names of several or of a house. */
static const char *const definite[] = {
    "States",      "Kingdom",     "Nations",   "Emirates",  "Union",        "Netherlands",
    "Philippines", "Republic",    "Bureau",    "Alliance",  "Army",         "Front",
    "Ministry",    "Agency",      "Council",   "Committee", "Organization", "Organisation",
    "Court",       "Party",       "Movement",  "Force",     "Forces",       "Guard",
    "Department",  "Commission",  "League",    "Cross",     "Crescent",     "Bank",
    "Brotherhood", "Authority",   "Taliban",   "Vatican",   "Kremlin",      "Pentagon",
    "Federation",  "Association", "Institute", "House",     "Programme",    "Senate",
    "Navy",        "Government",  "Service",   NULL};

struct word {
    const char *at;
    size_t length;
};

static struct word word_at(const char *text)
{
    text += strspn(text, " ");
    return (struct word){text, strcspn(text, " ")};
}

static bool is_among(struct word word, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strlen(*words) == word.length && strncmp(*words, word.at, word.length) == 0)
            return true;
    return false;
}

static struct word head_of(const char *name)
{
    struct word head = word_at(name);
    for (struct word next = word_at(head.at + head.length);
         next.length > 0 && !is_among(next, behind); next = word_at(next.at + next.length))
        head = next;
    return head;
}

/* "Rabin's assassin", "the king". */
static bool has_possessive(const char *name, struct word head)
{
    const char *mark = strchr(name, '\'');
    const char *curly = strstr(name, "\xe2\x80\x99");
    return (mark != NULL && mark < head.at) || (curly != NULL && curly < head.at);
}

bool name_takes_the(const char *name)
{
    return is_among(head_of(name), definite) && strncmp(name, "The ", 4) != 0 &&
           strncmp(name, "the ", 4) != 0 && !has_possessive(name, head_of(name));
}

/* "15-year-old boy", "6 month old girl". */
static bool begins_with_age(const char *name)
{
    static const char *const units[] = {"year", "month", "week", "day"};
    const char *at = name + strspn(name, "0123456789");
    if (at == name || (*at != '-' && *at != ' '))
        return false;
    at++;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strncmp(at, units[i], strlen(units[i])) == 0 && at[strlen(units[i])] != '\0')
            return strncmp(at + strlen(units[i]) + 1, "old", 3) == 0;
    return false;
}

bool name_is_common(const char *name)
{
    struct word first = word_at(name), head = head_of(name);
    char initial = first.length > 0 ? first.at[0] : '\0';
    struct word lower = first;
    char text[16];
    if (initial >= 'A' && initial <= 'Z' && first.length < sizeof text) {
        memcpy(text, first.at, first.length);
        text[0] = (char)(initial + 32);
        lower.at = text;
    }
    bool small = head.length > 0 && head.at[0] >= 'a' && head.at[0] <= 'z';
    for (size_t i = 0; i < head.length; i++) /* "al-Anbari" */
        small = small && !(head.at[i] >= 'A' && head.at[i] <= 'Z');
    return small && !is_among(lower, before) && !has_possessive(name, head) &&
           (!(initial >= '0' && initial <= '9') || begins_with_age(name));
}

/* By its sound: "an FBI agent", "an officer", "a UN official", "a European". */
static bool begins_with_vowel(struct word word)
{
    static const char *const consonants[] = {"uni", "use", "usu", "eu", "one",
                                             "U.",  "UN",  "US",  NULL};
    if (word.at[0] >= '0' && word.at[0] <= '9') /* "an 8-year-old", "an 18-year-old" */
        return word.at[0] == '8' ||
               ((strncmp(word.at, "11", 2) == 0 || strncmp(word.at, "18", 2) == 0) &&
                strchr("- ", word.at[2]) != NULL && word.at[2] != '\0');
    bool letters = word.length > 1 && word.at[1] >= 'A' && word.at[1] <= 'Z';
    for (size_t i = 0; consonants[i] != NULL; i++)
        if (strncasecmp(word.at, consonants[i], strlen(consonants[i])) == 0)
            return false;
    return strchr(letters ? "AEFHILMNORSX" : "aeiouAEIOU", word.at[0]) != NULL;
}

const char *name_article(const char *name)
{
    struct word head = head_of(name);
    bool plural =
        head.length > 2 && head.at[head.length - 1] == 's' && head.at[head.length - 2] != 's';
    if (head.length == 0 || plural || is_among(head, several))
        return "";
    return begins_with_vowel(word_at(name)) ? "an" : "a";
}
