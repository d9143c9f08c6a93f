/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cameras, docs/board/camera.md: state, and what its files have of each other. */
#ifndef HW_PHONEBOOTH_CAMERA_PRIVATE_H
#define HW_PHONEBOOTH_CAMERA_PRIVATE_H

#include "qemu/timer.h"
#include "hw/sysbus.h"
#include "qom/object.h"
#include "exec/memory.h"
#include "board_parts.h"
#include "camera_host.h"

OBJECT_DECLARE_SIMPLE_TYPE(CameraState, CAMERA)

#define CAMERA_CTRL_ON    1u
#define CAMERA_INT_FRAME  0x0001u /* of sensor 0 */
#define CAMERA_INT_FAULT  0x0100u
#define CAMERA_RATE_MAX   30u
#define CAMERA_RATE_FIRST 15u
#define CAMERA_MODES      3u

enum { CAMERA_YUY2, CAMERA_JPEG, CAMERA_FORMATS };

typedef struct CameraSensor {
    uint32_t ctrl, mode, format, rate, capture;
    uint32_t bytes; /* of the frame that was written last */
    uint64_t address;
    int64_t start;   /* ns of the machine's time: when it was turned on */
    uint64_t frames; /* since */
} CameraSensor;

struct CameraState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    qemu_irq irq;
    MemoryRegion *dma_mr;
    AddressSpace dma;
    QEMUTimer *timer;
    uint32_t status, enable;
    CameraSensor sensor[CAMERA_SENSORS];
};

/* ---- Frames (camera_frames.c) ------------------------------------------------------------ */

/* The interrupt line is what status and enable say. */
void camera_drive(CameraState *s);

void camera_set_ctrl(CameraSensor *c, uint32_t ctrl);

/* All frames that have ended by now: only the last of them can be written. */
void camera_follow(CameraState *s);

/* The timer runs while a frame is wanted. */
void camera_update(CameraState *s);

/* The timer's. */
void camera_tick(void *opaque);

/* ---- Registers (camera_registers.c) ------------------------------------------------------ */

extern const MemoryRegionOps camera_ops;

#endif
