/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The board's display engine, docs/board/display-engine.md, chapter "Registers". */
#include "display.h"

#include <stddef.h>

#include "el1/cpu.h"
#include "el1/irq.h"
#include "el1/log.h"

#define ID            0x000u
#define ID_VALUE      0x50424445u
#define CAPS          0x004u
#define CTRL          0x008u
#define CTRL_ON       (1u << 0)
#define SIZE          0x00cu
#define INT_STATUS    0x010u
#define INT_ENABLE    0x014u
#define INT_VSYNC     (1u << 0)
#define INT_LATCHED   (1u << 1)
#define INT_FAULT     (1u << 2)
#define BACKLIGHT     0x018u
#define BACKLIGHT_MAX 255u
#define BACKGROUND    0x01cu
#define FRAME         0x020u
#define COMMIT        0x024u

#define PLANE(n)        (0x100u + (n)*0x40u)
#define PLANE_CTRL      0x00u
#define PLANE_ENABLE    (1u << 0)
#define PLANE_FORMAT    8
#define PLANE_OPAQUE    (255u << 16)
#define PLANE_ADDR_LO   0x04u
#define PLANE_ADDR_HI   0x08u
#define PLANE_STRIDE    0x0cu
#define PLANE_SRC_SIZE  0x10u
#define PLANE_DST_POS   0x14u
#define PLANE_DST_SIZE  0x18u
#define PAIR(low, high) ((uint32_t)(uint16_t)(low) | (uint32_t)(uint16_t)(high) << 16)
#define PLANES_MASK     0xffu

static struct {
    uintptr_t base;
    void (*latched)(void);
    void (*vsync)(void);
    bool awaits;
} display;

static void interrupt(void *owner)
{
    const uint32_t status = reg_read(display.base + INT_STATUS);

    (void)owner;
    reg_write(display.base + INT_STATUS, status);
    if (status & INT_FAULT) {
        log_line("display: a plane could not be fetched");
    }
    if (status & INT_LATCHED) {
        display.latched();
    }
    if (status & INT_VSYNC && display.awaits) {
        display.awaits = false;
        reg_write(display.base + INT_ENABLE, INT_LATCHED | INT_FAULT);
        display.vsync();
    }
}

void display_on_vsync(void (*vsync)(void))
{
    display.vsync = vsync;
}

void display_await_vsync(void)
{
    if (display.vsync && !display.awaits) {
        display.awaits = true;
        reg_write(display.base + INT_STATUS, INT_VSYNC);
        reg_write(display.base + INT_ENABLE, INT_VSYNC | INT_LATCHED | INT_FAULT);
    }
}

bool display_init(const struct board *board, void (*latched)(void))
{
    const uintptr_t base = board->display.base;

    if (!base || reg_read(base + ID) != ID_VALUE ||
        (reg_read(base + CAPS) & PLANES_MASK) < DISPLAY_PLANES ||
        reg_read(base + SIZE) != PAIR(SCREEN_WIDTH, SCREEN_HEIGHT)) {
        return false;
    }
    display.base = base;
    display.latched = latched;
    reg_write(base + INT_STATUS, UINT32_MAX);
    reg_write(base + INT_ENABLE, INT_LATCHED | INT_FAULT);
    irq_enable(board->display.intid, false, interrupt, NULL);
    return true;
}

/* The numbers of enum pixel_format are the engine's. */
void display_set_plane(unsigned number, const struct plane *plane)
{
    const uintptr_t at = display.base + PLANE(number);
    const uint64_t pixels = (uintptr_t)plane->image.pixels;

    if (!plane->enabled) {
        reg_write(at + PLANE_CTRL, 0);
        return;
    }
    reg_write(at + PLANE_ADDR_LO, (uint32_t)pixels);
    reg_write(at + PLANE_ADDR_HI, (uint32_t)(pixels >> 32));
    reg_write(at + PLANE_STRIDE, plane->image.stride);
    reg_write(at + PLANE_SRC_SIZE, PAIR(plane->image.width, plane->image.height));
    reg_write(at + PLANE_DST_POS, PAIR(plane->x, plane->y));
    reg_write(at + PLANE_DST_SIZE, PAIR(plane->width, plane->height));
    reg_write(at + PLANE_CTRL,
              PLANE_ENABLE | PLANE_OPAQUE | (uint32_t)plane->image.format << PLANE_FORMAT);
}

void display_commit(uint32_t mask)
{
    cpu_dma_barrier();
    reg_write(display.base + COMMIT, mask);
}

void display_power(bool on)
{
    reg_write(display.base + BACKLIGHT, on ? BACKLIGHT_MAX : 0);
    reg_write(display.base + CTRL, on ? CTRL_ON : 0);
    reg_write(display.base + INT_STATUS, INT_LATCHED);
}

void display_background(uint32_t rgb)
{
    reg_write(display.base + BACKGROUND, rgb);
}

uint32_t display_frame(void)
{
    return reg_read(display.base + FRAME);
}
