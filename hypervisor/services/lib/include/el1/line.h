/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Lines of the service port: docs/design/contracts.md section 6. Input is hostile. No I/O. */
#ifndef LINE_H
#define LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LINE_MAX_BYTES 1000u /* without "\n" */
#define LINE_WORDS     8u    /* ID, verb, arguments */

/* Puts lines together from bytes as they come. All zero is the start. */
struct line_reader {
    char text[LINE_MAX_BYTES + 1];
    size_t len;
    bool too_long; /* the rest of this line is thrown away */
};

enum line_event { LINE_NOTHING, LINE_COMPLETE, LINE_TOO_LONG };

/* One byte. At LINE_COMPLETE text holds the line (NUL-terminated), until the next call. */
enum line_event line_byte(struct line_reader *reader, char byte);

struct line_request {
    uint32_t id;
    unsigned words;               /* verb and arguments, at least 1 */
    const char *word[LINE_WORDS]; /* in the reader's text */
};

/*
 * Takes a line apart, in place. NULL, or what is wrong; request->id is set (0 if it has none).
 * Words are separated by spaces; "double quotes" keep spaces. It must be UTF-8 without control
 * characters.
 */
const char *line_parse(struct line_request *request, char *text);

/* A decimal number, sign allowed, within least..most. */
bool line_number(const char *text, int32_t least, int32_t most, int32_t *number);

#endif
