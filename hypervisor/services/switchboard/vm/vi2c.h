/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The guests' I2C buses: a controller with DMA (mtki2c.h) for each persona, and what is behind it:
 * the sensor hub and the backlight. A guest that has no driver for that has another controller
 * (dwi2c.h), and then the gauge (vsmbus.h) is on this bus as well. To read the descriptor of the
 * hub without DMA takes thousands of accesses, and on a busy computer longer than Linux waits.
 */
#ifndef VI2C_H
#define VI2C_H

#include "drivers/hid.h"
#include "vm.h"

#define VI2C_PAGES 0x2000u /* bytes of registers: first those of dwi2c.h, */
#define VI2C_DMA   0x1000u /* here those of mtki2c.h */

/* After vsmbus_init(), and the board's sensor hub is known. */
void vi2c_init(void);

/* A guest's access to register `offset`; the result is what a read gives. */
uint32_t vi2c_access(struct vm *vm, uint32_t offset, bool write, uint32_t value);

/* The board's sensor of that number told something: so do those of guests that listen to it. */
void vi2c_sensor_news(unsigned number, const struct hid_report *report);

/* The VM starts anew: no transfer is under way. */
void vi2c_reset_vm(struct vm *vm);

#endif
