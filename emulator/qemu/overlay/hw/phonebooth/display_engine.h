/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Display engine of the Phonebooth handset boards: four planes from memory,
 * composed 60 times a second for the board's panel.
 *
 * Data sheet: docs/board/display-engine.md. Registers are 32 bits wide.
 *
 * display_engine.c has the registers, the vsync and the saved state;
 * display_plane.c finds a plane's pixels in memory and what changed there;
 * display_compose.c makes the picture.
 */
#ifndef HW_PHONEBOOTH_DISPLAY_ENGINE_H
#define HW_PHONEBOOTH_DISPLAY_ENGINE_H

#include <pixman.h>
#include "exec/memory.h"
#include "hw/sysbus.h"
#include "qom/object.h"
#include "ui/console.h"
#include "board_parts.h"

OBJECT_DECLARE_SIMPLE_TYPE(DisplayEngineState, DISPLAY_ENGINE)

#define DISPLAY_HZ       60
#define DISPLAY_PLANES   4
#define DISPLAY_MAX_SIZE 4096 /* of a plane's source and destination, pixels */
#define DISPLAY_IO_SIZE  0x1000

/* Offsets of the engine's registers. */
#define DISPLAY_ID         0x000
#define DISPLAY_CAPS       0x004
#define DISPLAY_CTRL       0x008
#define DISPLAY_SIZE       0x00c
#define DISPLAY_INT_STATUS 0x010
#define DISPLAY_INT_ENABLE 0x014
#define DISPLAY_BACKLIGHT  0x018
#define DISPLAY_BACKGROUND 0x01c
#define DISPLAY_FRAME      0x020
#define DISPLAY_COMMIT     0x024
#define DISPLAY_PLANE_BASE 0x100
#define DISPLAY_PLANE_STEP 0x40

#define DISPLAY_ID_VALUE      0x50424445u /* "PBDE" */
#define DISPLAY_VERSION       1
#define DISPLAY_CTRL_SCANOUT  1u
#define DISPLAY_INT_VSYNC     1u
#define DISPLAY_INT_LATCHED   2u
#define DISPLAY_INT_FAULT     4u
#define DISPLAY_INT_ALL       7u
#define DISPLAY_BACKLIGHT_MAX 255u

/* The registers of a plane, at DISPLAY_PLANE_BASE + n * DISPLAY_PLANE_STEP. */
enum {
    PLANE_CTRL,
    PLANE_ADDR_LO,
    PLANE_ADDR_HI,
    PLANE_STRIDE,
    PLANE_SRC_SIZE,
    PLANE_DST_POS,
    PLANE_DST_SIZE,
    PLANE_REGS,
};

#define PLANE_CTRL_ENABLE 1u

/* Values of the format field of PLANE_CTRL. */
enum {
    PLANE_XRGB8888,
    PLANE_ARGB8888,
    PLANE_RGB565,
    PLANE_FORMATS,
};

/*
 * What a plane shows: its latched registers, checked and looked up. Derived
 * state, made again after a restore.
 */
typedef struct DisplayPlane {
    bool visible;
    bool opaque; /* hides what is below it */
    bool scaled;
    pixman_format_code_t format;
    uint8_t alpha;
    uint32_t src_width, src_height; /* pixels */
    uint32_t stride;                /* bytes */
    pixman_box32_t dst;             /* on the panel; may reach over its edges */
    uint64_t bytes;                 /* from the first to the last pixel */
    MemoryRegion *mr;               /* owned reference, dirty logging on; NULL: none yet */
    hwaddr offset;                  /* of the first pixel in mr */
    hwaddr blocked;                 /* first address that is not RAM, or HWADDR_MAX */
} DisplayPlane;

struct DisplayEngineState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    MemoryRegion *dma_mr; /* property "dma": what planes are fetched from */
    AddressSpace dma;
    qemu_irq irq;
    QemuConsole *con;
    QEMUTimer *vsync;
    uint32_t width, height; /* properties: of the panel, pixels */
    uint64_t boot_address;  /* property: show this from reset on; 0: nothing */

    uint32_t ctrl;
    uint32_t int_status;
    uint32_t int_enable;
    uint32_t backlight;
    uint32_t dimmer; /* what the backlight driver gives, of DISPLAY_BACKLIGHT_MAX */
    uint32_t background;
    uint32_t commit;
    int64_t scanout_start; /* virtual clock, ns; vsync n is n / 60 s after it */
    uint64_t vsyncs_seen;  /* of which INT_STATUS knows */
    uint32_t written[DISPLAY_PLANES][PLANE_REGS];
    uint32_t latched[DISPLAY_PLANES][PLANE_REGS];

    DisplayPlane plane[DISPLAY_PLANES];
    pixman_region32_t damage; /* of the panel; to be composed again */
};

extern const MemoryRegionOps display_io_ops;

/* Timer callback, and the thing to do after any change: makes past vsyncs happen, sets the
 * interrupt line and arms the timer. @opaque: the DisplayEngineState. */
void display_vsync(void *opaque);

bool display_scanout_on(const DisplayEngineState *s);

/* Writes register CTRL; scanout that goes on starts to count frames now. */
void display_set_ctrl(DisplayEngineState *s, uint32_t value);

/* What reaches the panel of the backlight, 0 to DISPLAY_BACKLIGHT_MAX: engine and driver chip. */
static inline unsigned display_light(const DisplayEngineState *s)
{
    return DIV_ROUND_UP(s->backlight * s->dimmer, DISPLAY_BACKLIGHT_MAX);
}

/* The whole panel must be composed again. */
void display_damage_all(DisplayEngineState *s);

/* Shows plane @n as its latched registers say. If that cannot be and is @news, it is a fault. */
void display_load_plane(DisplayEngineState *s, int n, bool news);

/*
 * Makes @p show what the plane registers @regs say, from @memory. False: @regs are out of
 * range or their memory is not RAM as a whole; the plane then shows nothing.
 */
bool display_plane_load(DisplayPlane *p, AddressSpace *memory, const uint32_t regs[PLANE_REGS]);

/* Reads a word where display_plane_load() failed, as scanout would, for a firewall to see. */
void display_plane_touch(const DisplayPlane *p, AddressSpace *memory);

/* Lets go of the plane's memory. */
void display_plane_release(DisplayPlane *p);

/*
 * Adds to @damage the places on the panel where the pixels of the visible ones
 * of @planes were written since the last call.
 */
void display_planes_collect_damage(DisplayPlane planes[DISPLAY_PLANES], pixman_region32_t *damage);

/* Composes the parts of @to inside @damage from planes, background and backlight. */
void display_compose(DisplayEngineState *s, pixman_image_t *to, pixman_region32_t *damage);

#endif
