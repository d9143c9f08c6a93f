/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * HID over I2C, protocol specification 1.00, and what our sensor hubs have of it
 * (docs/board/sensors.md): reports 1 to HID_REPORTS, input and feature, without output.
 */
#ifndef HID_H
#define HID_H

#include <stdbool.h>
#include <stdint.h>

#define HID_REG_DESCRIPTOR 1u
#define HID_REG_REPORT     2u
#define HID_REG_INPUT      3u
#define HID_REG_COMMAND    5u
#define HID_REG_DATA       6u

#define HID_RESET      1u /* opcodes, 7.2 */
#define HID_GET_REPORT 2u
#define HID_SET_REPORT 3u
#define HID_SET_POWER  8u

#define HID_INPUT   1u /* report types */
#define HID_FEATURE 3u

#define HID_DESCRIPTOR 30u /* bytes of the HID descriptor */
#define HID_TREE_MAX   2048u
#define HID_REPORTS    8u
#define HID_REPORT_MAX 15u /* bytes of a report, its number included */
#define HID_LENGTH     2u  /* bytes of a length, which counts itself */

/* In a feature report: */
#define HID_REPORTING   1u /* one of: */
#define HID_NO_EVENTS   1u
#define HID_ALL_EVENTS  2u
#define HID_SOME_EVENTS 3u /* beyond a threshold */
#define HID_POWER       2u /* full: */
#define HID_POWER_FULL  2u

struct hid_report {
    uint8_t len; /* 0: there is none */
    uint8_t bytes[HID_REPORT_MAX];
};

/* What a hub is. */
struct hid_hub {
    uint8_t descriptor[HID_DESCRIPTOR];
    uint8_t tree[HID_TREE_MAX]; /* report descriptor */
    uint16_t tree_len;          /* 0: there is no hub */
    struct hid_report input[HID_REPORTS + 1],
        feature[HID_REPORTS + 1]; /* at its start, by number */
};

#endif
