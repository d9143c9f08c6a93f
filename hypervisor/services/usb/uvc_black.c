/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Black frames, made when they are sent. As JPEG (ITU-T T.81, annex B): 4:2:2 as real ones, all
 * quantizers 8, and Huffman tables of our own, by which the first block of Y says black in 11 bits
 * and each other one "as before" in two, 00. So but for both ends the picture is zeros.
 */
#include "uvc.h"

#include <string.h>

#define BLACK_Y    0x10u
#define BLACK_C    0x80u
#define QUANTIZERS 64u
#define BLOCK      16u * 8u /* pixels of an MCU: two blocks of Y, one of each other */

/* SOI, DQT */
static const uint8_t head[] = {0xff, 0xd8, 0xff, 0xdb, 0, 67, 0};
#define QUANTIZER 8u

/* SOF0; where the size is */
#define SIZE_AT 5u
static const uint8_t tail[] = {
    0xff, 0xc0, 0, 17, 8, 0, 0, 0, 0, 3, 1, 0x21, 0, 2, 0x11, 0, 3, 0x11, 0,
    /* DHT, DC: 0 is a difference of none, 10 one of 8 bits */
    0xff, 0xc4, 0, 21, 0x00, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8,
    /* DHT, AC: 0 is the end of the block */
    0xff, 0xc4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    /* SOS */
    0xff, 0xda, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0,
    /* the first block: -128 times the quantizer 8 is black; 0; the next blocks */
    0x9f, 0xc0};

/* The last bit, ones to the byte's end; EOI */
static const uint8_t end[] = {0x7f, 0xff, 0xd9};

#define TAIL_AT  ((uint32_t)sizeof(head) + QUANTIZERS)
#define ZEROS_AT (TAIL_AT + (uint32_t)sizeof(tail))

/* An MCU has 8 bits. */
static uint32_t zeros(const struct uvc_size *size)
{
    return (uint32_t)size->width * size->height / (BLOCK)-1;
}

static uint8_t tail_byte(const struct uvc_size *size, uint32_t i)
{
    const uint16_t side = i - SIZE_AT < 2 ? size->height : size->width;

    return i - SIZE_AT < 4 ? (uint8_t)((i - SIZE_AT) & 1 ? side : side >> 8) : tail[i];
}

static uint8_t jpeg_byte(const struct uvc_size *size, uint32_t at)
{
    if (at < sizeof(head)) {
        return head[at];
    }
    if (at < TAIL_AT) {
        return QUANTIZER;
    }
    if (at < ZEROS_AT) {
        return tail_byte(size, at - TAIL_AT);
    }
    at -= ZEROS_AT;
    return at < zeros(size) ? 0 : end[at - zeros(size)];
}

uint32_t uvc_black_bytes(const struct uvc_setting *setting)
{
    const struct uvc_size *size = &uvc_size[setting->size];

    return setting->format == UVC_JPEG ? ZEROS_AT + zeros(size) + sizeof(end)
                                       : (uint32_t)size->width * size->height * UVC_PIXEL;
}

void uvc_black(const struct uvc_setting *setting, uint32_t at, uint8_t *to, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        if (setting->format == UVC_JPEG) {
            to[i] = jpeg_byte(&uvc_size[setting->size], at + i);
        } else {
            to[i] = (at + i) & 1 ? BLACK_C : BLACK_Y;
        }
    }
}
