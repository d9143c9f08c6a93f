/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* For tests that make network packets: words in network byte order, checksums from scratch. */
#ifndef INET_H
#define INET_H

#include <stddef.h>
#include <stdint.h>

static inline void put(uint8_t *at, unsigned value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static inline unsigned get(const uint8_t *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

/* RFC 1071, of `start` (a pseudo header's sum) and the bytes; 0 if there is a right checksum. */
static inline unsigned inet_check(uint32_t start, const uint8_t *data, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        start += (uint32_t)data[i] << (i % 2 ? 0 : 8);
        start = (start & 0xffff) + (start >> 16);
    }
    return ~((start & 0xffff) + (start >> 16)) & 0xffff;
}

#endif
