/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "hub.h"
#include "i2c.h"

#include "el1/irq.h"
#include "el1/log.h"

#define ADDRESS    0x40u
#define TREE_AT    4u /* in the HID descriptor: length of the report descriptor */
#define INPUTS_MAX 16u
#define SET_BYTES  (4u + 2u + HID_LENGTH) /* before the report of SET_REPORT */

static struct {
    uintptr_t i2c;
    struct hid_hub hub;
    void (*news)(unsigned number, const struct hid_report *report);
} hub;

const struct hid_hub *hub_get(void)
{
    return &hub.hub;
}

static unsigned u16(const uint8_t *at)
{
    return at[0] | (unsigned)at[1] << 8;
}

/* From a length and a report behind it. False: an empty one, or one that is too long. */
static bool take(struct hid_report *report, const uint8_t *bytes)
{
    const unsigned len = u16(bytes);

    if (len <= HID_LENGTH || len > HID_LENGTH + HID_REPORT_MAX) {
        return false;
    }
    report->len = (uint8_t)(len - HID_LENGTH);
    memcpy(report->bytes, bytes + HID_LENGTH, report->len);
    return true;
}

static bool get(unsigned type, unsigned number, struct hid_report *report)
{
    const uint8_t ask[] = {HID_REG_COMMAND, 0, (uint8_t)(type << 4 | number), HID_GET_REPORT,
                           HID_REG_DATA,    0};
    uint8_t bytes[HID_LENGTH + HID_REPORT_MAX];

    return i2c_transfer(hub.i2c, ADDRESS, ask, sizeof(ask), bytes, sizeof(bytes)) &&
           take(report, bytes) && report->bytes[0] == number;
}

bool hub_poll(unsigned number, struct hid_report *report)
{
    return hub.i2c && number <= HID_REPORTS && get(HID_INPUT, number, report);
}

void hub_turn(unsigned number, bool on)
{
    const struct hid_report *feature = &hub.hub.feature[number];
    uint8_t set[SET_BYTES + HID_REPORT_MAX] = {
        HID_REG_COMMAND, 0, (uint8_t)(HID_FEATURE << 4 | number), HID_SET_REPORT,
        HID_REG_DATA,    0, (uint8_t)(HID_LENGTH + feature->len)};

    memcpy(set + SET_BYTES, feature->bytes, feature->len);
    set[SET_BYTES + HID_REPORTING] = on ? HID_ALL_EVENTS : HID_NO_EVENTS;
    set[SET_BYTES + HID_POWER] = HID_POWER_FULL;
    i2c_transfer(hub.i2c, ADDRESS, set, SET_BYTES + feature->len, NULL, 0);
}

/* Reads until nothing waits: the line goes up with the last one. */
static void interrupt(void *owner)
{
    uint8_t bytes[HID_LENGTH + HID_REPORT_MAX];
    struct hid_report report;

    (void)owner;
    for (unsigned i = 0; i < INPUTS_MAX; i++) {
        if (!i2c_transfer(hub.i2c, ADDRESS, NULL, 0, bytes, sizeof(bytes)) ||
            !take(&report, bytes)) {
            break;
        }
        if (report.bytes[0] && report.bytes[0] <= HID_REPORTS) {
            hub.news(report.bytes[0], &report);
        }
    }
}

static bool read_register(uint8_t reg, uint8_t *to, size_t len)
{
    const uint8_t number[] = {reg, 0};

    return i2c_transfer(hub.i2c, ADDRESS, number, sizeof(number), to, len);
}

static bool read_descriptors(struct hid_hub *to)
{
    unsigned len;

    if (!read_register(HID_REG_DESCRIPTOR, to->descriptor, HID_DESCRIPTOR)) {
        return false;
    }
    len = u16(to->descriptor + TREE_AT);
    if (u16(to->descriptor) != HID_DESCRIPTOR || !len || len > HID_TREE_MAX ||
        !read_register(HID_REG_REPORT, to->tree, len)) {
        return false;
    }
    to->tree_len = (uint16_t)len;
    for (unsigned number = 1; number <= HID_REPORTS; number++) {
        get(HID_INPUT, number, &to->input[number]);
        get(HID_FEATURE, number, &to->feature[number]);
    }
    return true;
}

bool hub_init(const struct board *board,
              void (*news)(unsigned number, const struct hid_report *report))
{
    hub.i2c = board->hub_i2c.base;
    hub.news = news;
    if (!hub.i2c || !board->hub_intid) {
        hub.i2c = 0;
        return false;
    }
    i2c_init(hub.i2c);
    if (!read_descriptors(&hub.hub)) {
        log_line("sensors: the hub does not answer");
        hub.i2c = 0;
        return false;
    }
    irq_enable(board->hub_intid, false, interrupt, NULL);
    return true;
}
