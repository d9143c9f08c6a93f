/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* UTF-8, RFC 3629. */
#ifndef UTF8_H
#define UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The next character of a string that is not at its end; a wrong byte is U+FFFD. */
uint32_t utf8_next(const char **text);

/* Whether len bytes are UTF-8 without control characters. */
bool utf8_is_text(const char *text, size_t len);

#endif
