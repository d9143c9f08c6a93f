/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Linux evdev event types and codes, as far as our input devices use them (virtio 1.2, 5.8). */
#ifndef VIRTIO_EVDEV_H
#define VIRTIO_EVDEV_H

#define EV_SYN 0x00u
#define EV_KEY 0x01u
#define EV_REL 0x02u
#define EV_ABS 0x03u
#define EV_LED 0x11u
#define EV_REP 0x14u

#define SYN_REPORT 0u

#define KEY_ESC     1u
#define KEY_MICMUTE 248u
#define BTN_TOUCH   0x14au

#define REL_WHEEL 8u

#define ABS_X              0x00u
#define ABS_Y              0x01u
#define ABS_MT_SLOT        0x2fu
#define ABS_MT_POSITION_X  0x35u
#define ABS_MT_POSITION_Y  0x36u
#define ABS_MT_TRACKING_ID 0x39u

#define LED_NUML    0u
#define LED_SCROLLL 2u

#define REP_DELAY  0u
#define REP_PERIOD 1u

#define INPUT_PROP_DIRECT 0x01u

#define BUS_VIRTUAL 0x06u

#endif
