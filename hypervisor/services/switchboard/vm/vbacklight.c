/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vbacklight.h"

enum { BRIGHTNESS = 0x00, DEVICE_CONTROL = 0x01, STATUS = 0x02, ID = 0x03 };

#define ON       0x01u /* of DEVICE_CONTROL */
#define BY_I2C   0x04u
#define ID_VALUE 0xfcu

void vbacklight_reset(struct vbacklight *backlight)
{
    *backlight = (struct vbacklight){.reg = {
                                         [BRIGHTNESS] = UINT8_MAX,
                                         [DEVICE_CONTROL] = ON | BY_I2C,
                                         [ID] = ID_VALUE,
                                     }};
}

void vbacklight_start(struct vbacklight *backlight, bool read)
{
    backlight->addressed = !read;
}

bool vbacklight_write(struct vbacklight *backlight, uint8_t byte)
{
    uint8_t at;

    if (backlight->addressed) {
        backlight->addressed = false;
        backlight->at = byte;
        return true;
    }
    at = backlight->at++;
    if (at < VBACKLIGHT_REGISTERS && at != STATUS && at != ID) {
        backlight->reg[at] = byte;
    }
    return true;
}

uint8_t vbacklight_read(struct vbacklight *backlight)
{
    const uint8_t at = backlight->at++;

    return at < VBACKLIGHT_REGISTERS ? backlight->reg[at] : 0;
}

uint8_t vbacklight_level(const struct vbacklight *backlight)
{
    return backlight->reg[DEVICE_CONTROL] & ON ? backlight->reg[BRIGHTNESS] : 0;
}
