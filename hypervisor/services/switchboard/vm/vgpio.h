/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A guest's PL061 GPIO, Arm DDI 0190, chapter 3: eight lines, without hardware control. No I/O. */
#ifndef VGPIO_H
#define VGPIO_H

#include <stdbool.h>
#include <stdint.h>

struct vgpio {
    uint8_t in; /* levels from outside, of lines that are inputs */
    uint8_t out, direction;
    uint8_t sense, both, event, enabled, raw; /* GPIOIS, IBE, IEV, IE, RIS */
};

/* As after a reset; the levels from outside stay. */
void vgpio_reset(struct vgpio *gpio);

/* Offsets are within the page; what is not there reads 0. */
uint32_t vgpio_read(const struct vgpio *gpio, uint32_t offset);
void vgpio_write(struct vgpio *gpio, uint32_t offset, uint32_t value);

/* A level from outside. */
void vgpio_input(struct vgpio *gpio, unsigned line, bool high);

/* Lines that the guest drives high. */
uint8_t vgpio_outputs(const struct vgpio *gpio);

/* The level of its interrupt. */
bool vgpio_line(const struct vgpio *gpio);

#endif
