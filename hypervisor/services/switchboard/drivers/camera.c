/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Camera part, docs/board/camera.md. */
#include "camera.h"

#include "el1/cpu.h"
#include "el1/irq.h"
#include "el1/memory.h"

#define INT_STATUS 0x008u
#define INT_ENABLE 0x00cu
#define SENSOR(n)  (0x100u + (n)*0x40u)
#define CTRL       0x00u
#define MODE       0x04u
#define RATE       0x08u
#define ADDR_LO    0x0cu
#define ADDR_HI    0x10u
#define CAPTURE    0x14u
#define FORMAT     0x1cu
#define BYTES      0x20u

#define CTRL_ON   1u
#define INT_FRAME 0x0001u /* of sensor 0 */
#define INT_FAULT 0x0100u
#define BUFFERS   2u

static struct {
    uintptr_t base;
    camera_frame_fn *frame;
    struct sensor {
        uint8_t *buffer[BUFFERS];
        unsigned filling; /* the one that the part writes */
        bool on;
    } sensor[CAMERA_SENSORS];
} camera;

static void write(unsigned n, uint32_t reg, uint32_t value)
{
    reg_write(camera.base + SENSOR(n) + reg, value);
}

/* The next frame goes to the buffer whose turn it is. */
static void capture(unsigned n)
{
    const struct sensor *sensor = &camera.sensor[n];
    const uint64_t address = (uintptr_t)sensor->buffer[sensor->filling];

    cpu_dma_barrier();
    write(n, ADDR_LO, (uint32_t)address);
    write(n, ADDR_HI, (uint32_t)(address >> 32));
    write(n, CAPTURE, 1);
}

static void take(unsigned n)
{
    struct sensor *sensor = &camera.sensor[n];
    const uint32_t bytes = reg_read(camera.base + SENSOR(n) + BYTES);

    if (bytes && bytes <= CAMERA_FRAME_MAX &&
        camera.frame(n, sensor->buffer[sensor->filling], bytes)) {
        sensor->filling = (sensor->filling + 1) % BUFFERS;
    }
    if (sensor->on) { /* frame() may have turned it off */
        capture(n);
    }
}

/* After a fault, which the firewall's report tells of, the sensor rests until it is turned on anew.
 */
static void interrupt(void *owner)
{
    const uint32_t status = reg_read(camera.base + INT_STATUS);

    (void)owner;
    reg_write(camera.base + INT_STATUS, status);
    cpu_dma_barrier();
    for (unsigned n = 0; n < CAMERA_SENSORS; n++) {
        if (camera.sensor[n].on && status & INT_FRAME << n) {
            take(n);
        }
    }
}

void camera_on(enum camera_sensor n, const struct camera_mode *mode)
{
    camera_off(n);
    if (camera.base) {
        camera.sensor[n].on = true;
        write(n, MODE, mode->size);
        write(n, FORMAT, mode->format);
        write(n, RATE, mode->rate);
        write(n, CTRL, CTRL_ON);
        capture(n);
    }
}

void camera_off(enum camera_sensor n)
{
    if (camera.sensor[n].on) {
        camera.sensor[n].on = false;
        write(n, CTRL, 0);
        reg_write(camera.base + INT_STATUS, (INT_FRAME | INT_FAULT) << n);
    }
}

bool camera_part_init(const struct board *board, camera_frame_fn *frame)
{
    const uintptr_t base = board->camera.base;

    if (!base || !board->camera.intid) {
        return false;
    }
    camera.base = base;
    camera.frame = frame;
    for (unsigned n = 0; n < CAMERA_SENSORS; n++) {
        for (unsigned i = 0; i < BUFFERS; i++) {
            camera.sensor[n].buffer[i] = memory_alloc(CAMERA_FRAME_MAX, 64);
        }
        write(n, CTRL, 0);
    }
    reg_write(base + INT_STATUS, UINT32_MAX);
    reg_write(base + INT_ENABLE, INT_FRAME | INT_FRAME << 1);
    irq_enable(board->camera.intid, false, interrupt, NULL);
    return true;
}
