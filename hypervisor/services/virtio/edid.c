/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* EDID 1.4: VESA Enhanced EDID Standard, release A revision 2, section 3. */
#include "edid.h"

#include <string.h>

/* Blanking as in CVT reduced blanking: a digital panel needs no more. */
#define H_FRONT 48u
#define H_SYNC  32u
#define H_BLANK 160u
#define V_FRONT 3u
#define V_SYNC  10u
#define V_BLANK 23u

#define DESCRIPTOR(n)      (54u + 18u * (n))
#define DESCRIPTOR_NAME    0xfcu
#define DESCRIPTOR_RANGE   0xfdu
#define DESCRIPTOR_NOTHING 0x10u

static const uint8_t head[] = {
    0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00, /* 3.3 header */
    0x40, 0x4f,                                     /* "PBO": three letters of five bits */
    0x01, 0x00, 0x01, 0x00, 0x00, 0x00,             /* product, serial number */
    0x00, 36,   1,    4,                            /* week, year - 1990, EDID 1.4 */
};

/* 3.6: digital, 8 bits a colour; size in cm; gamma 2.2; RGB, sRGB, preferred mode is native. */
#define VIDEO_INPUT 0xa0u
#define GAMMA_2_2   120u
#define FEATURES    0x06u

/* 3.7: chromaticity of sRGB. */
static const uint8_t srgb[] = {0xee, 0x91, 0xa3, 0x54, 0x4c, 0x99, 0x26, 0x0f, 0x50, 0x54};

static uint8_t low(uint32_t value)
{
    return (uint8_t)value;
}

/* Bits 11:8 of two numbers in one byte. */
static uint8_t highs(uint32_t upper, uint32_t lower)
{
    return (uint8_t)((upper >> 8 & 0xf) << 4 | (lower >> 8 & 0xf));
}

/* 3.10.2: detailed timing descriptor. */
static void detailed_timing(const struct edid_mode *m, uint8_t *d)
{
    uint32_t clock = (m->width + H_BLANK) * (m->height + V_BLANK) * m->refresh_hz / 10000;

    d[0] = low(clock);
    d[1] = low(clock >> 8);
    d[2] = low(m->width);
    d[3] = low(H_BLANK);
    d[4] = highs(m->width, H_BLANK);
    d[5] = low(m->height);
    d[6] = low(V_BLANK);
    d[7] = highs(m->height, V_BLANK);
    d[8] = low(H_FRONT);
    d[9] = low(H_SYNC);
    d[10] = (uint8_t)((V_FRONT & 0xf) << 4 | (V_SYNC & 0xf));
    d[11] = (uint8_t)((H_FRONT >> 8) << 6 | (H_SYNC >> 8) << 4 | (V_FRONT >> 4) << 2 | V_SYNC >> 4);
    d[12] = low(m->width_mm);
    d[13] = low(m->height_mm);
    d[14] = highs(m->width_mm, m->height_mm);
    d[17] = 0x1a; /* digital separate sync, horizontal positive */
}

/* 3.10.3: display descriptor, text ended by LF and padded with spaces. */
static void text_descriptor(uint8_t *d, uint8_t tag, const char *text)
{
    size_t n = strlen(text);

    d[3] = tag;
    memset(d + 5, ' ', 13);
    memcpy(d + 5, text, n < 13 ? n : 13);
    if (n < 13) {
        d[5 + n] = '\n';
    }
}

/* 3.10.3.3: display range limits, no secondary timing. */
static void range_limits(const struct edid_mode *m, uint8_t *d)
{
    uint32_t khz = (m->height + V_BLANK) * m->refresh_hz / 1000;
    uint32_t mhz10 = (m->width + H_BLANK) * (m->height + V_BLANK) * m->refresh_hz / 10000000 + 1;

    d[3] = DESCRIPTOR_RANGE;
    d[5] = (uint8_t)m->refresh_hz;
    d[6] = (uint8_t)m->refresh_hz;
    d[7] = (uint8_t)khz;
    d[8] = (uint8_t)(khz + 1);
    d[9] = (uint8_t)mhz10;
    d[10] = 0x01; /* range limits only */
    d[11] = '\n';
    memset(d + 12, ' ', 6);
}

void edid_make(const struct edid_mode *mode, uint8_t edid[EDID_BYTES])
{
    uint8_t sum = 0;

    memset(edid, 0, EDID_BYTES);
    memcpy(edid, head, sizeof(head));
    edid[20] = VIDEO_INPUT;
    edid[21] = (uint8_t)((mode->width_mm + 5) / 10);
    edid[22] = (uint8_t)((mode->height_mm + 5) / 10);
    edid[23] = GAMMA_2_2;
    edid[24] = FEATURES;
    memcpy(edid + 25, srgb, sizeof(srgb));
    memset(edid + 38, 0x01, 16); /* 3.9: no standard timings */
    detailed_timing(mode, edid + DESCRIPTOR(0));
    text_descriptor(edid + DESCRIPTOR(1), DESCRIPTOR_NAME, mode->name);
    range_limits(mode, edid + DESCRIPTOR(2));
    edid[DESCRIPTOR(3) + 3] = DESCRIPTOR_NOTHING;
    for (unsigned i = 0; i < EDID_BYTES - 1; i++) {
        sum = (uint8_t)(sum + edid[i]);
    }
    edid[EDID_BYTES - 1] = (uint8_t)-sum;
}
