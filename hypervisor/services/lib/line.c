/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "el1/line.h"
#include "el1/utf8.h"

enum line_event line_byte(struct line_reader *reader, char byte)
{
    const bool too_long = reader->too_long;

    if (byte == '\n') {
        reader->text[reader->len] = '\0';
        if (reader->len && reader->text[reader->len - 1] == '\r') {
            reader->text[--reader->len] = '\0';
        }
        if (!too_long && strlen(reader->text) != reader->len) {
            reader->text[0] = '\1'; /* a NUL inside: no text */
        }
        reader->len = 0;
        reader->too_long = false;
        return too_long ? LINE_TOO_LONG : LINE_COMPLETE;
    }
    if (reader->len == LINE_MAX_BYTES) {
        reader->too_long = true;
    } else if (!too_long) {
        reader->text[reader->len++] = byte;
    }
    return LINE_NOTHING;
}

/* The next word, NUL-terminated in place; NULL at the end. *wrong: a quote is not closed. */
static char *next_word(char **at, bool *wrong)
{
    char *word = *at;
    char end = ' ';

    while (*word == ' ') {
        word++;
    }
    if (!*word) {
        return NULL;
    }
    if (*word == '"') {
        end = '"';
        word++;
    }
    *at = strchr(word, end);
    if (!*at) {
        *wrong = end == '"';
        *at = word + strlen(word);
        return word;
    }
    *(*at)++ = '\0';
    *wrong = end == '"' && **at && **at != ' ';
    return word;
}

bool line_number(const char *text, int32_t least, int32_t most, int32_t *number)
{
    const bool minus = *text == '-';
    int64_t value = 0;

    text += minus;
    if (!*text) {
        return false;
    }
    for (; *text; text++) {
        if (*text < '0' || *text > '9' || value > INT32_MAX) {
            return false;
        }
        value = value * 10 + (*text - '0');
    }
    value = minus ? -value : value;
    *number = (int32_t)value;
    return value >= least && value <= most;
}

const char *line_parse(struct line_request *request, char *text)
{
    bool wrong = false;
    int32_t id;
    char *word;

    *request = (struct line_request){0};
    if (!utf8_is_text(text, strlen(text))) {
        return "not a line of UTF-8 text";
    }
    word = next_word(&text, &wrong);
    if (!word || wrong || !line_number(word, 0, INT32_MAX, &id)) {
        return "a line begins with a decimal number";
    }
    request->id = (uint32_t)id;
    while ((word = next_word(&text, &wrong)) != NULL) {
        if (wrong) {
            return "a quote is not closed or in the middle of a word";
        }
        if (request->words == LINE_WORDS) {
            return "too many words";
        }
        request->word[request->words++] = word;
    }
    return request->words ? NULL : "no verb";
}
