/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* PL061 GPIO, Arm DDI 0190 chapter 3; LP8556, TI SNVS871. */
#include <stddef.h>

#include "i2c.h"
#include "lights.h"

#include "el1/cpu.h"
#include "el1/irq.h"
#include "el1/log.h"

#define OUTPUTS        ((1u << LIGHTS_SWITCH) - 1)
#define SWITCH         (1u << LIGHTS_SWITCH)
#define GPIODATA(mask) ((mask) << 2) /* the address bits select the lines */
#define GPIODIR        0x400u
#define GPIOIS         0x404u
#define GPIOIBE        0x408u
#define GPIOIE         0x410u
#define GPIOIC         0x41cu

#define CHIP           0x2cu
#define CHIP_LEVEL     0x00u
#define CHIP_CONTROL   0x01u
#define CHIP_ON_BY_I2C 0x05u

static struct {
    uintptr_t gpio, i2c;
    void (*silent)(bool silent);
} lights;

static void interrupt(void *owner)
{
    (void)owner;
    reg_write(lights.gpio + GPIOIC, SWITCH);
    lights.silent(reg_read(lights.gpio + GPIODATA(SWITCH)));
}

static bool chip_write(uint8_t reg, uint8_t value)
{
    const uint8_t bytes[] = {reg, value};

    return lights.i2c && i2c_transfer(lights.i2c, CHIP, bytes, sizeof(bytes), NULL, 0);
}

void lights_board_set(uint8_t on)
{
    if (lights.gpio) {
        reg_write(lights.gpio + GPIODATA(OUTPUTS), on);
    }
}

void lights_board_backlight(uint8_t level)
{
    chip_write(CHIP_LEVEL, level);
}

static void init_gpio(const struct board *board)
{
    lights.gpio = board->lights.base;
    lights_board_set(0);
    reg_write(lights.gpio + GPIODIR, OUTPUTS);
    reg_write(lights.gpio + GPIOIS, 0);
    reg_write(lights.gpio + GPIOIBE, SWITCH);
    reg_write(lights.gpio + GPIOIC, SWITCH);
    reg_write(lights.gpio + GPIOIE, SWITCH);
    irq_enable(board->lights.intid, false, interrupt, NULL);
    lights.silent(reg_read(lights.gpio + GPIODATA(SWITCH)));
}

bool lights_board_init(const struct board *board, void (*silent)(bool silent))
{
    lights.silent = silent;
    if (board->lights.base) {
        init_gpio(board);
    }
    lights.i2c = board->backlight_i2c.base;
    if (lights.i2c && !chip_write(CHIP_CONTROL, CHIP_ON_BY_I2C)) {
        log_line("lights: the backlight's driver does not answer");
        lights.i2c = 0;
    }
    return lights.gpio;
}
