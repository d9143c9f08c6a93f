/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What the compiler calls for structures. Sizes are small: a loop of bytes is enough. */
#include <stddef.h>

void *memset(void *to, int c, size_t n);
void *memcpy(void *to, const void *from, size_t n);

__attribute__((used, optimize("no-tree-loop-distribute-patterns"))) void *memset(void *to, int c,
                                                                                 size_t n)
{
    for (char *p = to; n; n--) {
        *p++ = (char)c;
    }
    return to;
}

__attribute__((used, optimize("no-tree-loop-distribute-patterns"))) void *memcpy(void *to,
                                                                                 const void *from,
                                                                                 size_t n)
{
    const char *f = from;

    for (char *p = to; n; n--) {
        *p++ = *f++;
    }
    return to;
}
