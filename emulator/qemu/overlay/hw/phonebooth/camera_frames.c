/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cameras: when a frame ends, what is in it, and where it goes. */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "system/dma.h"
#include "camera_jpeg.h"
#include "camera_pattern.h"
#include "camera_private.h"
#include "news.h"

static const struct {
    unsigned width, height;
} modes[CAMERA_MODES] = {{640, 480}, {320, 240}, {1280, 720u}};

/* The host's, not the board's. */
static struct {
    CameraScene *scene;
    void *opaque;
} scenes[CAMERA_SENSORS];

void camera_host_scene(unsigned sensor, CameraScene *scene, void *opaque)
{
    scenes[sensor].scene = scene;
    scenes[sensor].opaque = opaque;
}

void camera_drive(CameraState *s)
{
    qemu_set_irq(s->irq, (s->status & s->enable) != 0);
}

/* When frame @n is complete. */
static int64_t frame_end(const CameraSensor *c, uint64_t n)
{
    return c->start + (int64_t)muldiv64(n + 1, NANOSECONDS_PER_SECOND, c->rate);
}

void camera_set_ctrl(CameraSensor *c, uint32_t ctrl)
{
    const bool was_on = c->ctrl & CAMERA_CTRL_ON;

    c->ctrl = ctrl & CAMERA_CTRL_ON;
    if (c->ctrl && !was_on) {
        c->start = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
        c->frames = 0;
    }
    if (!c->ctrl) {
        c->capture = 0;
    }
    if (was_on != !!c->ctrl) {
        board_tell("camera");
    }
}

static void look(unsigned n, uint8_t *pixels, unsigned width, unsigned height, int64_t when)
{
    if (scenes[n].scene) {
        scenes[n].scene(scenes[n].opaque, pixels, width, height, when);
    } else {
        camera_pattern(n, pixels, width, height, when);
    }
}

/* The frame that ended at @when goes to memory. */
static void write_frame(CameraState *s, unsigned n, int64_t when)
{
    static uint8_t pixels[CAMERA_BYTES_MAX], jpeg[CAMERA_JPEG_MAX];
    CameraSensor *c = &s->sensor[n];
    const unsigned width = modes[c->mode].width, height = modes[c->mode].height;
    const uint8_t *data = pixels;

    look(n, pixels, width, height, when);
    c->capture = 0;
    c->bytes = 2 * width * height;
    if (c->format == CAMERA_JPEG) {
        data = jpeg;
        c->bytes = camera_jpeg(jpeg, pixels, width, height);
    }
    if (dma_memory_write(&s->dma, c->address, data, c->bytes, MEMTXATTRS_UNSPECIFIED) == MEMTX_OK) {
        s->status |= CAMERA_INT_FRAME << n;
    } else {
        s->status |= CAMERA_INT_FAULT << n;
        camera_set_ctrl(c, 0);
    }
}

void camera_follow(CameraState *s)
{
    const int64_t now = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);

    for (unsigned n = 0; n < CAMERA_SENSORS; n++) {
        CameraSensor *c = &s->sensor[n];
        uint64_t ended;

        if (!c->ctrl || now <= c->start) {
            continue;
        }
        ended = muldiv64(now - c->start, c->rate, NANOSECONDS_PER_SECOND);
        if (ended > c->frames) {
            c->frames = ended;
            if (c->capture) {
                write_frame(s, n, frame_end(c, ended - 1));
            }
        }
    }
    camera_drive(s);
}

void camera_update(CameraState *s)
{
    int64_t next = INT64_MAX;

    for (unsigned n = 0; n < CAMERA_SENSORS; n++) {
        const CameraSensor *c = &s->sensor[n];

        if (c->ctrl && c->capture) {
            next = MIN(next, frame_end(c, c->frames) + 1);
        }
    }
    if (next == INT64_MAX) {
        timer_del(s->timer);
    } else {
        timer_mod(s->timer, next);
    }
}

void camera_tick(void *opaque)
{
    camera_follow(opaque);
    camera_update(opaque);
}
