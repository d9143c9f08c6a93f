/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Display engine: registers and vsync, docs/board/display-engine.md.
 *
 * Nothing happens on an idle screen: vsyncs are counted from the clock when
 * somebody looks, and the timer runs only while a vsync has an effect that
 * nobody asks for (an interrupt, or a commit that waits).
 */
#include "qemu/osdep.h"
#include "qemu/bitops.h"
#include "qemu/host-utils.h"
#include "qemu/log.h"
#include "qemu/timer.h"
#include "hw/irq.h"
#include "display_engine.h"
#include "display_host.h"

static void (*on_drawn)(void);

void display_host_listen(void (*fn)(void))
{
    on_drawn = fn;
}

bool display_scanout_on(const DisplayEngineState *s)
{
    return s->ctrl & DISPLAY_CTRL_SCANOUT;
}

/* Vsyncs from when scanout went on until now. */
static uint64_t vsync_count(const DisplayEngineState *s)
{
    int64_t elapsed = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) - s->scanout_start;

    return display_scanout_on(s) && elapsed > 0
               ? muldiv64(elapsed, DISPLAY_HZ, NANOSECONDS_PER_SECOND)
               : 0;
}

/* When vsync @n happens on the virtual clock: the first ns at which it is counted. */
static int64_t vsync_time(const DisplayEngineState *s, uint64_t n)
{
    return s->scanout_start + muldiv64_round_up(n, NANOSECONDS_PER_SECOND, DISPLAY_HZ);
}

void display_damage_all(DisplayEngineState *s)
{
    pixman_region32_union_rect(&s->damage, &s->damage, 0, 0, s->width, s->height);
}

static void damage_plane(DisplayEngineState *s, const DisplayPlane *p)
{
    if (p->visible) {
        pixman_region32_union_rect(&s->damage, &s->damage, p->dst.x1, p->dst.y1,
                                   p->dst.x2 - p->dst.x1, p->dst.y2 - p->dst.y1);
    }
}

void display_load_plane(DisplayEngineState *s, int n, bool news)
{
    DisplayPlane *p = &s->plane[n];

    damage_plane(s, p);
    if (!display_plane_load(p, &s->dma, s->latched[n]) && news) {
        s->int_status |= DISPLAY_INT_FAULT;
        display_plane_touch(p, &s->dma);
        qemu_log_mask(LOG_GUEST_ERROR, "display engine: plane %d cannot be fetched\n", n);
    }
    damage_plane(s, p);
}

static void latch_planes(DisplayEngineState *s)
{
    for (int n = 0; n < DISPLAY_PLANES; n++) {
        if (s->commit & BIT(n)) {
            memcpy(s->latched[n], s->written[n], sizeof(s->latched[n]));
            display_load_plane(s, n, true);
        }
    }
    s->commit = 0;
    s->int_status |= DISPLAY_INT_LATCHED;
}

/* Lets the vsyncs that are over by now have happened. */
static void catch_up(DisplayEngineState *s)
{
    uint64_t now = vsync_count(s);

    if (now == s->vsyncs_seen) {
        return;
    }
    s->vsyncs_seen = now;
    s->int_status |= DISPLAY_INT_VSYNC;
    if (s->commit) {
        latch_planes(s);
    }
}

/* The interrupt line, and the timer if the next vsync has an effect. */
static void settle(DisplayEngineState *s)
{
    uint32_t wanted = s->commit | (s->int_enable & ~s->int_status & DISPLAY_INT_VSYNC);

    qemu_set_irq(s->irq, (s->int_status & s->int_enable) != 0);
    if (display_scanout_on(s) && wanted) {
        timer_mod(s->vsync, vsync_time(s, s->vsyncs_seen + 1));
    } else {
        timer_del(s->vsync);
    }
}

void display_vsync(void *opaque)
{
    catch_up(opaque);
    settle(opaque);
}

void display_set_ctrl(DisplayEngineState *s, uint32_t value)
{
    uint32_t changed = s->ctrl ^ (value & DISPLAY_CTRL_SCANOUT);

    s->ctrl = value & DISPLAY_CTRL_SCANOUT;
    if (!changed) {
        return;
    }
    s->scanout_start = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
    s->vsyncs_seen = 0;
    display_damage_all(s);
}

static uint32_t *plane_register(DisplayEngineState *s, hwaddr offset)
{
    hwaddr n = (offset - DISPLAY_PLANE_BASE) / DISPLAY_PLANE_STEP;
    hwaddr reg = (offset - DISPLAY_PLANE_BASE) % DISPLAY_PLANE_STEP / 4;

    if (offset < DISPLAY_PLANE_BASE || n >= DISPLAY_PLANES || reg >= PLANE_REGS) {
        qemu_log_mask(LOG_GUEST_ERROR, "display engine: no register at 0x%" HWADDR_PRIx "\n",
                      offset);
        return NULL;
    }
    return &s->written[n][reg];
}

static uint64_t display_read(void *opaque, hwaddr offset, unsigned size)
{
    DisplayEngineState *s = opaque;
    uint32_t *plane;

    display_vsync(s);
    switch (offset) {
    case DISPLAY_ID:
        return DISPLAY_ID_VALUE;
    case DISPLAY_CAPS:
        return DISPLAY_PLANES | DISPLAY_VERSION << 8;
    case DISPLAY_CTRL:
        return s->ctrl;
    case DISPLAY_SIZE:
        return s->width | s->height << 16;
    case DISPLAY_INT_STATUS:
        return s->int_status;
    case DISPLAY_INT_ENABLE:
        return s->int_enable;
    case DISPLAY_BACKLIGHT:
        return s->backlight;
    case DISPLAY_BACKGROUND:
        return s->background;
    case DISPLAY_FRAME:
        return (uint32_t)s->vsyncs_seen;
    case DISPLAY_COMMIT:
        return s->commit;
    }
    plane = plane_register(s, offset);
    return plane ? *plane : 0;
}

static void write_plane(DisplayEngineState *s, hwaddr offset, uint32_t value)
{
    uint32_t *plane = plane_register(s, offset);

    if (plane) {
        *plane = value;
    }
}

static void display_write(void *opaque, hwaddr offset, uint64_t value, unsigned size)
{
    DisplayEngineState *s = opaque;

    catch_up(s);
    switch (offset) {
    case DISPLAY_CTRL:
        display_set_ctrl(s, value);
        break;
    case DISPLAY_INT_STATUS:
        s->int_status &= ~value;
        break;
    case DISPLAY_INT_ENABLE:
        if (on_drawn && value & ~s->int_enable & DISPLAY_INT_VSYNC) {
            on_drawn();
        }
        s->int_enable = value & DISPLAY_INT_ALL;
        break;
    case DISPLAY_BACKLIGHT:
        s->backlight = MIN(value, DISPLAY_BACKLIGHT_MAX);
        display_damage_all(s);
        break;
    case DISPLAY_BACKGROUND:
        s->background = value & 0xffffff;
        display_damage_all(s);
        break;
    case DISPLAY_COMMIT:
        s->commit |= value & MAKE_64BIT_MASK(0, DISPLAY_PLANES);
        break;
    default:
        write_plane(s, offset, value);
        break;
    }
    settle(s);
}

const MemoryRegionOps display_io_ops = {
    .read = display_read,
    .write = display_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .valid = {.min_access_size = 4, .max_access_size = 4},
};
