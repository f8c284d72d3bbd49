/* A parcel as a message of NATS: the bytes, and headers that say where they come from.
 *
 * Headers may hold neither line ends nor anything but ASCII (NATS architecture decision record 4), and
 * paths may: bytes outside the printable ASCII, and the percent sign, are written as %XX (RFC 3986). */
#include "queue/queue.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_HEADER = 12288 }; /* three for each byte of the longest path */

static void encode(const char *text, char *encoded, size_t size)
{
    size_t at = 0;
    for (const unsigned char *byte = (const unsigned char *)text; *byte != '\0' && at + 4 < size;
         byte++) {
        if (*byte > 0x20 && *byte < 0x7f && *byte != '%')
            encoded[at++] = (char)*byte;
        else
            at += (size_t)snprintf(encoded + at, size - at, "%%%02X", *byte);
    }
    encoded[at] = '\0';
}

static int digit(char letter)
{
    static const char digits[] = "0123456789ABCDEFabcdef";
    const char *at = letter != '\0' ? strchr(digits, letter) : NULL;
    return at == NULL ? -1 : at - digits < 16 ? (int)(at - digits) : (int)(at - digits) - 6;
}

/* Returns the length. What is no escape stays as it is. */
static size_t decode(const char *encoded, char *text, size_t size)
{
    size_t at = 0;
    while (*encoded != '\0' && at + 1 < size) {
        int high = *encoded == '%' ? digit(encoded[1]) : -1;
        int low = high >= 0 ? digit(encoded[2]) : -1;
        if (low > 0 || (low == 0 && high > 0)) { /* never a NUL */
            text[at++] = (char)(high * 16 + low);
            encoded += 3;
        } else {
            text[at++] = *encoded++;
        }
    }
    text[at] = '\0';
    return at;
}

static natsStatus set_text(natsMsg *message, const char *name, const char *text)
{
    char encoded[LONGEST_HEADER];
    if (text == NULL)
        return NATS_OK;
    encode(text, encoded, sizeof encoded);
    return natsMsgHeader_Set(message, name, encoded);
}

natsMsg *queue_message(const char *subject, const annals_parcel *parcel)
{
    natsMsg *message = NULL;
    char number[32];
    natsStatus code = natsMsg_Create(&message, subject, NULL, parcel->bytes, (int)parcel->length);
    if (code == NATS_OK)
        code = set_text(message, "Annals-Path", parcel->path);
    if (code == NATS_OK)
        code = set_text(message, "Annals-Name", parcel->name);
    if (code == NATS_OK)
        code = set_text(message, "Annals-Url", parcel->url);
    if (code == NATS_OK)
        code = set_text(message, "Annals-Retrieved", parcel->retrieved);
    if (code == NATS_OK && parcel->line > 0) {
        snprintf(number, sizeof number, "%" PRIu64, parcel->line);
        code = natsMsgHeader_Set(message, "Annals-Line", number);
        snprintf(number, sizeof number, "%" PRId64, parcel->byte);
        if (code == NATS_OK)
            code = natsMsgHeader_Set(message, "Annals-Byte", number);
    }
    if (code == NATS_OK)
        return message;
    natsMsg_Destroy(message);
    return NULL;
}

void queue_header(natsMsg *message, const char *name, char *text, size_t size)
{
    const char *encoded = NULL;
    text[0] = '\0';
    if (natsMsgHeader_Get(message, name, &encoded) == NATS_OK && encoded != NULL)
        decode(encoded, text, size);
}

/* Decodes a header to `*at` and moves it behind; NULL where there is none. */
static const char *take_text(natsMsg *message, const char *name, char **at)
{
    const char *encoded = NULL;
    if (natsMsgHeader_Get(message, name, &encoded) != NATS_OK || encoded == NULL)
        return NULL;
    char *text = *at;
    *at += decode(encoded, text, strlen(encoded) + 1) + 1;
    return text;
}

static size_t length_of(natsMsg *message, const char *name)
{
    const char *encoded = NULL;
    return natsMsgHeader_Get(message, name, &encoded) == NATS_OK && encoded != NULL
               ? strlen(encoded) + 1
               : 0;
}

bool queue_parcel(natsMsg *message, annals_parcel *parcel, char **block)
{
    static const char *const names[] = {"Annals-Path", "Annals-Name", "Annals-Url",
                                        "Annals-Retrieved"};
    char number[32];
    size_t size = 1;
    for (int i = 0; i < 4; i++)
        size += length_of(message, names[i]);
    *block = malloc(size);
    if (*block == NULL)
        return false;
    char *at = *block;
    *parcel = (annals_parcel){.bytes = natsMsg_GetData(message),
                              .length = (size_t)natsMsg_GetDataLength(message)};
    parcel->path = take_text(message, names[0], &at);
    parcel->name = take_text(message, names[1], &at);
    parcel->url = take_text(message, names[2], &at);
    parcel->retrieved = take_text(message, names[3], &at);
    queue_header(message, "Annals-Line", number, sizeof number);
    parcel->line = strtoull(number, NULL, 10);
    queue_header(message, "Annals-Byte", number, sizeof number);
    parcel->byte = strtoll(number, NULL, 10);
    if (parcel->path == NULL)
        parcel->path = "a message without a path";
    return true;
}
