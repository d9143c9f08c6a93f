/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A guest's backlight driver, LP8556 (docs/board/lights.md), on its I2C bus. No I/O. */
#ifndef VBACKLIGHT_H
#define VBACKLIGHT_H

#include <stdbool.h>
#include <stdint.h>

#define VBACKLIGHT_ADDRESS   0x2cu
#define VBACKLIGHT_REGISTERS 0xb0u

struct vbacklight {
    uint8_t reg[VBACKLIGHT_REGISTERS];
    uint8_t at;
    bool addressed; /* the next byte written is a register's number */
};

void vbacklight_reset(struct vbacklight *backlight);

/* A transfer: i2cslave.h */
void vbacklight_start(struct vbacklight *backlight, bool read);
bool vbacklight_write(struct vbacklight *backlight, uint8_t byte);
uint8_t vbacklight_read(struct vbacklight *backlight);

/* 0 (off) to 255. */
uint8_t vbacklight_level(const struct vbacklight *backlight);

#endif
