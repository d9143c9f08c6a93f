/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A guest's sensor hub: HID over I2C, protocol specification 1.00. It is described as the board's
 * is, and shows its values or fixed ones. What the guest sets (on or off, interval, sensitivity) is
 * its own. No I/O.
 */
#ifndef VHUB_H
#define VHUB_H

#include "drivers/hid.h"

#define VHUB_ADDRESS 0x40u
#define VHUB_WRITE   32u /* bytes of a write */

/*
 * A sensor that is turned on tells what it is, and so many times more, in this distance; so does
 * one that is on when the guest reads how it is set. iio-sensor-proxy turns its buffer off and on
 * again in a moment, and is started again in a moment: Linux leaves the sensor on meanwhile. If
 * nothing comes within half a second the proxy polls the sensor for ever after.
 */
#define VHUB_REPEATS   10u
#define VHUB_REPEAT_US 300000u

struct vhub {
    const struct hid_hub *hub; /* for ever; without one nobody answers */
    /* The input report of that number, as it is now; NULL: always as it was at the start. */
    bool (*poll)(unsigned number, struct hid_report *report);

    /* All that follows is 0 after reset but the features. */
    struct hid_report feature[HID_REPORTS + 1];
    struct hid_report input[HID_REPORTS + 1];
    bool waiting[HID_REPORTS + 1];    /* an input report is to be read */
    uint8_t repeats[HID_REPORTS + 1]; /* that are still to come */
    bool reset_done;                  /* the guest is to read that its reset has been done */
    uint8_t written[VHUB_WRITE];
    unsigned write_count;
    uint8_t answer[HID_DESCRIPTOR]; /* what a transfer reads: this, or */
    bool tree;                      /* the report descriptor */
    unsigned at, count;
};

void vhub_reset(struct vhub *vhub);

/* The transfers of i2cslave.h. */
void vhub_start(struct vhub *vhub, bool read);
bool vhub_write(struct vhub *vhub, uint8_t byte);
uint8_t vhub_read(struct vhub *vhub);
void vhub_stop(struct vhub *vhub);

/* The sensor told something. */
void vhub_news(struct vhub *vhub, unsigned number, const struct hid_report *report);

/* VHUB_REPEAT_US have gone by since vhub_repeats() became true: what is to be told again waits. */
void vhub_repeat(struct vhub *vhub);

/* Something is to be told again. */
bool vhub_repeats(const struct vhub *vhub);

/* The guest wants to hear of changes of this sensor. */
bool vhub_is_on(const struct vhub *vhub, unsigned number);

/* The level of its interrupt. */
bool vhub_line(const struct vhub *vhub);

#endif
