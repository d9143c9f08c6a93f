/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "el1/utf8.h"

#define WRONG 0xfffdu

/* By the number of bytes: what the first one looks like, and the smallest character. */
static const struct {
    uint8_t mask, value;
    uint32_t least;
} forms[] = {{0x80, 0x00, 0}, {0xe0, 0xc0, 0x80}, {0xf0, 0xe0, 0x800}, {0xf8, 0xf0, 0x10000}};

#define FORMS (sizeof(forms) / sizeof(forms[0]))

/* One character of at most len bytes; sets how many it took, 1 for a wrong one. */
static uint32_t decode(const uint8_t *at, size_t len, size_t *took)
{
    *took = 1;
    for (size_t more = 0; more < FORMS && more < len; more++) {
        uint32_t code = at[0] & (uint8_t)~forms[more].mask;

        if ((at[0] & forms[more].mask) != forms[more].value) {
            continue;
        }
        for (size_t i = 1; i <= more; i++) {
            if ((at[i] & 0xc0) != 0x80) {
                return WRONG;
            }
            code = code << 6 | (at[i] & 0x3f);
        }
        if (code < forms[more].least || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
            return WRONG;
        }
        *took = more + 1;
        return code;
    }
    return WRONG;
}

uint32_t utf8_next(const char **text)
{
    const uint8_t *at = (const uint8_t *)*text;
    size_t len = 0;
    size_t took;
    uint32_t code;

    while (len < FORMS && at[len]) {
        len++;
    }
    code = decode(at, len, &took);
    *text += took;
    return code;
}

bool utf8_is_text(const char *text, size_t len)
{
    const uint8_t *at = (const uint8_t *)text;
    size_t took;

    for (; len; at += took, len -= took) {
        const uint32_t code = decode(at, len, &took);

        if (code < 0x20 || (code >= 0x7f && code < 0xa0) || (code == WRONG && took == 1)) {
            return false;
        }
    }
    return true;
}
