/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <stddef.h>

#include "gauge.h"
#include "i2c.h"

#include "el1/clock.h"
#include "el1/irq.h"
#include "el1/log.h"

#define ADDRESS        0x0bu
#define ALERT_RESPONSE 0x0cu
#define ALERTS_MAX     8u /* parts on the bus that can want to be asked at one time */
#define OLD_US         500000u

static struct {
    uintptr_t i2c;
    struct sbs_values values;
    uint64_t read_us;
    void (*changed)(void);
} gauge;

const struct sbs_values *gauge_values(void)
{
    return &gauge.values;
}

static bool read_words(void)
{
    uint8_t bytes[2];

    for (uint8_t reg = SBS_TEMPERATURE; reg < SBS_WORDS; reg++) {
        if (!i2c_read(gauge.i2c, ADDRESS, reg, bytes, sizeof(bytes))) {
            return false;
        }
        gauge.values.word[reg] = (uint16_t)(bytes[0] | bytes[1] << 8);
    }
    gauge.read_us = clock_us();
    return true;
}

/* A block: its length, then so many bytes. */
static void read_text(unsigned text)
{
    const uint8_t reg = (uint8_t)(SBS_MANUFACTURER + text);
    uint8_t block[1 + SBS_TEXT];

    if (!i2c_read(gauge.i2c, ADDRESS, reg, block, 1) || block[0] > SBS_TEXT ||
        !i2c_read(gauge.i2c, ADDRESS, reg, block, block[0] + 1u)) {
        return;
    }
    gauge.values.text_len[text] = block[0];
    for (unsigned i = 0; i < block[0]; i++) {
        gauge.values.text[text][i] = block[1 + i];
    }
}

/* Whoever holds the line low answers once, and lets go. */
static void alert(void *owner)
{
    uint8_t who;

    (void)owner;
    for (unsigned i = 0; i < ALERTS_MAX; i++) {
        if (!i2c_transfer(gauge.i2c, ALERT_RESPONSE, NULL, 0, &who, 1)) {
            break;
        }
    }
    if (read_words()) {
        gauge.changed();
    }
}

void gauge_refresh(void)
{
    if (gauge.i2c && clock_us() - gauge.read_us >= OLD_US) {
        read_words();
    }
}

bool gauge_init(const struct board *board, void (*changed)(void))
{
    gauge.i2c = board->gauge_i2c.base;
    gauge.changed = changed;
    if (!gauge.i2c || !board->gauge_alert) {
        gauge.i2c = 0;
        return false;
    }
    i2c_init(gauge.i2c);
    if (!read_words()) {
        log_line("battery: the gauge does not answer");
        gauge.i2c = 0;
        return false;
    }
    for (unsigned text = 0; text < SBS_TEXTS; text++) {
        read_text(text);
    }
    irq_enable(board->gauge_alert, false, alert, NULL);
    return true;
}
