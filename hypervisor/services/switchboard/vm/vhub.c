/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vhub.h"

#include <string.h>

#define COMMAND   4u /* bytes: register, type and number, opcode; */
#define GET_BYTES 6u /* with the data register */
#define SET_BYTES 8u /* and a length; the report follows */

void vhub_reset(struct vhub *vhub)
{
    *vhub = (struct vhub){.hub = vhub->hub, .poll = vhub->poll};
    memcpy(vhub->feature, vhub->hub->feature, sizeof(vhub->feature));
}

bool vhub_is_on(const struct vhub *vhub, unsigned number)
{
    const struct hid_report *feature = &vhub->feature[number];
    const uint8_t reporting = feature->bytes[HID_REPORTING];

    return feature->len > HID_POWER && feature->bytes[HID_POWER] == HID_POWER_FULL &&
           (reporting == HID_ALL_EVENTS || reporting == HID_SOME_EVENTS);
}

bool vhub_line(const struct vhub *vhub)
{
    bool waiting = vhub->reset_done;

    for (unsigned number = 1; number <= HID_REPORTS; number++) {
        waiting |= vhub->waiting[number];
    }
    return waiting;
}

bool vhub_repeats(const struct vhub *vhub)
{
    bool any = false;

    for (unsigned number = 1; number <= HID_REPORTS; number++) {
        any |= vhub->repeats[number] != 0;
    }
    return any;
}

/* The sensor says what it is now. */
static void tell(struct vhub *vhub, unsigned number)
{
    if (!vhub->poll || !vhub->poll(number, &vhub->input[number])) {
        vhub->input[number] = vhub->hub->input[number];
    }
    vhub->waiting[number] = true;
}

void vhub_repeat(struct vhub *vhub)
{
    for (unsigned number = 1; number <= HID_REPORTS; number++) {
        if (vhub->repeats[number]) {
            vhub->repeats[number]--;
            tell(vhub, number);
        }
    }
}

void vhub_news(struct vhub *vhub, unsigned number, const struct hid_report *report)
{
    if (vhub_is_on(vhub, number)) {
        vhub->input[number] = *report;
        vhub->waiting[number] = true;
    }
}

/* ---- What is read -------------------------------------------------------------------------- */

static unsigned u16(const uint8_t *at)
{
    return at[0] | (unsigned)at[1] << 8;
}

static void answer(struct vhub *vhub, const struct hid_report *report)
{
    vhub->answer[0] = (uint8_t)(HID_LENGTH + report->len);
    memcpy(vhub->answer + HID_LENGTH, report->bytes, report->len);
    vhub->count = HID_LENGTH + report->len;
}

/* The end of a reset, or the first report that waits; else nothing, which reads as zeros. */
static void next_input(struct vhub *vhub)
{
    if (vhub->reset_done) {
        vhub->reset_done = false;
        return;
    }
    for (unsigned number = 1; number <= HID_REPORTS; number++) {
        if (vhub->waiting[number]) {
            vhub->waiting[number] = false;
            answer(vhub, &vhub->input[number]);
            return;
        }
    }
}

static void get_report(struct vhub *vhub, unsigned type, unsigned number)
{
    struct hid_report report;

    if (!number || number > HID_REPORTS) {
        return;
    }
    if (type == HID_FEATURE) {
        answer(vhub, &vhub->feature[number]);
        vhub->repeats[number] = vhub_is_on(vhub, number) ? VHUB_REPEATS : 0;
    } else if (type == HID_INPUT) {
        if (!vhub->poll || !vhub->poll(number, &report)) {
            report = vhub->hub->input[number];
        }
        answer(vhub, &report);
    }
}

/* What the write just before asks for. */
static void prepare(struct vhub *vhub)
{
    const unsigned reg = vhub->write_count == 2 ? u16(vhub->written) : 0;

    memset(vhub->answer, 0, sizeof(vhub->answer));
    vhub->at = vhub->count = 0;
    vhub->tree = reg == HID_REG_REPORT;
    if (reg == HID_REG_DESCRIPTOR) {
        memcpy(vhub->answer, vhub->hub->descriptor, HID_DESCRIPTOR);
        vhub->count = HID_DESCRIPTOR;
    } else if (reg == HID_REG_REPORT) {
        vhub->count = vhub->hub->tree_len;
    } else if (vhub->write_count == GET_BYTES && u16(vhub->written) == HID_REG_COMMAND &&
               (vhub->written[3] & 0xf) == HID_GET_REPORT) {
        get_report(vhub, vhub->written[2] >> 4 & 3, vhub->written[2] & 0xf);
    } else {
        next_input(vhub);
    }
}

/* ---- What is written ----------------------------------------------------------------------- */

/* A feature report of the size that it has; turned on, the sensor says what it is. */
static void set_report(struct vhub *vhub)
{
    const unsigned number = vhub->written[2] & 0xf;
    struct hid_report *feature;
    bool was;

    if (!number || number > HID_REPORTS || (vhub->written[2] >> 4 & 3) != HID_FEATURE) {
        return;
    }
    feature = &vhub->feature[number];
    if (!feature->len || vhub->write_count != SET_BYTES + feature->len) {
        return;
    }
    was = vhub_is_on(vhub, number);
    memcpy(feature->bytes + 1, vhub->written + SET_BYTES + 1, feature->len - 1u);
    if (!vhub_is_on(vhub, number)) {
        vhub->waiting[number] = false;
        vhub->repeats[number] = 0;
    } else if (!was) {
        tell(vhub, number);
        vhub->repeats[number] = VHUB_REPEATS;
    }
}

static void execute(struct vhub *vhub)
{
    if (vhub->write_count < COMMAND || u16(vhub->written) != HID_REG_COMMAND) {
        return;
    }
    switch (vhub->written[3] & 0xf) {
    case HID_RESET:
        vhub_reset(vhub);
        vhub->reset_done = true;
        break;
    case HID_SET_REPORT:
        set_report(vhub);
        break;
    default: /* SET_POWER has no effect */
        break;
    }
}

/* ---- Transfers ----------------------------------------------------------------------------- */

void vhub_start(struct vhub *vhub, bool read)
{
    if (read) {
        prepare(vhub);
    }
    vhub->write_count = 0;
}

bool vhub_write(struct vhub *vhub, uint8_t byte)
{
    if (vhub->write_count == VHUB_WRITE) {
        return false;
    }
    vhub->written[vhub->write_count++] = byte;
    return true;
}

uint8_t vhub_read(struct vhub *vhub)
{
    if (vhub->at >= vhub->count) {
        return 0;
    }
    return vhub->tree ? vhub->hub->tree[vhub->at++] : vhub->answer[vhub->at++];
}

void vhub_stop(struct vhub *vhub)
{
    execute(vhub);
    vhub->write_count = 0;
}
