/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * GPU device, 2D, one scanout, a cursor and EDID: virtio 1.2, section 5.7. Resources live in the
 * arena that it is given, so a guest that wants too much runs out of its own memory only.
 *
 * Blob resources are guest memory that is copied when it is flushed. What they are offered for is
 * the fence of that flush: Linux's driver waits for it, but for no fence of any other resource. It
 * is passed with the next frame of the screen, so that a guest draws no faster than that.
 */
#ifndef VIRTIO_GPU_H
#define VIRTIO_GPU_H

#include "arena.h"
#include "device.h"
#include "edid.h"
#include "el1/image.h"
#include "vgpu_abi.h"

#define GPU_RESOURCES    64u
#define GPU_SIDE_MAX     4096u  /* pixels, width or height of a resource */
#define GPU_BACKINGS_MAX 16384u /* entries of one ATTACH_BACKING */
#define GPU_CURSOR_SIDE  64u
#define GPU_BLOB_MAX     (GPU_SIDE_MAX * GPU_SIDE_MAX * 4u) /* bytes */
#define GPU_FLUSHES      8u                                 /* that wait for a frame */

/* A piece of guest memory behind a resource. */
struct gpu_backing {
    const uint8_t *data;
    uint32_t len;
};

struct gpu_resource {
    uint32_t id; /* 0: unused */
    uint32_t format;
    uint32_t width, height;      /* pixels of 4 bytes; of a blob: as it is shown, or 0 */
    uint32_t stride;             /* bytes */
    uint8_t *pixels;             /* of a blob: all of its bytes */
    uint32_t blob_bytes;         /* 0: it is no blob */
    uint32_t blob_offset;        /* of the picture in it */
    struct gpu_backing *backing; /* NULL: none */
    uint32_t backings;
    uint64_t backing_bytes;
};

/*
 * Where the pixels go; owner is the bus's. The memory of an image is in the arena. It may be read
 * for up to one frame after the next scanout of this guest; NULL: nothing is shown.
 */
struct gpu_screen {
    void (*scanout)(void *owner, const struct image *image);
    void (*flush)(void *owner, const struct rect *rect); /* these pixels have changed */
    /* Hot spot subtracted, in pixels of the mode; at most GPU_CURSOR_SIDE; NULL: none. */
    void (*cursor)(void *owner, const struct image *image, int x, int y);
    void (*cursor_move)(void *owner, int x, int y);
    /* gpu_frame() is to be called with the next frame, or soon if nobody sees this guest. */
    void (*pace)(void *owner);
};

/* A flush whose answer waits for a frame. */
struct gpu_waiting {
    uint16_t head;
    uint8_t *reply; /* in guest memory, a header */
    struct gpu_header header;
};

struct gpu_dev {
    struct virtio_dev dev;
    struct virtio_queue queue[2];
    const struct gpu_screen *screen;
    const struct edid_mode *mode;
    uint8_t *memory; /* of the arena */
    size_t memory_size;
    struct arena arena;
    struct gpu_resource resource[GPU_RESOURCES];
    struct gpu_resource *scanout; /* what is shown; NULL: nothing */
    struct gpu_rect scanout_rect;
    struct gpu_resource *cursor;
    uint32_t hot_x, hot_y;
    int cursor_x, cursor_y; /* where it was shown last, hot spot subtracted */
    uint8_t edid[128];
    struct gpu_waiting waiting[GPU_FLUSHES];
    unsigned waits;
};

/* screen and mode must stay. memory, 4096-aligned, is the arena of the resources; not zeroed. */
void gpu_attach(struct gpu_dev *gpu, struct virtio_bus *bus, unsigned slot,
                const struct gpu_screen *screen, const struct edid_mode *mode, uint8_t *memory,
                size_t size);

/* A frame has begun: what waits for it is answered. */
void gpu_frame(struct gpu_dev *gpu);

/* ---- Commands; each returns an enum gpu_resp. `cost` grows by the bytes moved. ------------ */

uint32_t gpu_create_2d(struct gpu_dev *gpu, const struct gpu_create_2d *cmd, uint32_t *cost);
uint32_t gpu_create_blob(struct gpu_dev *gpu, const struct gpu_create_blob *cmd,
                         const struct vq_chain *chain, uint32_t *cost);
uint32_t gpu_unref(struct gpu_dev *gpu, const struct gpu_resource_cmd *cmd);
uint32_t gpu_attach_backing(struct gpu_dev *gpu, const struct gpu_attach_backing *cmd,
                            const struct vq_chain *chain, uint32_t *cost);
uint32_t gpu_detach_backing(struct gpu_dev *gpu, const struct gpu_resource_cmd *cmd);
uint32_t gpu_transfer(struct gpu_dev *gpu, const struct gpu_transfer *cmd, uint32_t *cost);
uint32_t gpu_set_scanout(struct gpu_dev *gpu, const struct gpu_set_scanout *cmd);
uint32_t gpu_set_scanout_blob(struct gpu_dev *gpu, const struct gpu_set_scanout_blob *cmd);
uint32_t gpu_flush(struct gpu_dev *gpu, const struct gpu_flush *cmd, uint32_t *cost);
uint32_t gpu_update_cursor(struct gpu_dev *gpu, const struct gpu_cursor *cmd);
uint32_t gpu_move_cursor(struct gpu_dev *gpu, const struct gpu_cursor *cmd);

/* ---- Between the parts of the model ------------------------------------------------------- */

/* The resource with this id; NULL: none. */
struct gpu_resource *gpu_find(struct gpu_dev *gpu, uint32_t id);

/* Copies a rectangle of the picture in a blob from guest memory. */
void gpu_fetch(struct gpu_resource *resource, const struct gpu_rect *rect, uint32_t *cost);

/* True if rect is not empty and lies in the resource. */
bool gpu_inside(const struct gpu_resource *resource, const struct gpu_rect *rect);

/* The resource goes away: what shows it shows nothing. */
void gpu_hide(struct gpu_dev *gpu, const struct gpu_resource *resource);

/* The screen has forgotten what it was told: scanout, cursor and that both have been drawn. */
void gpu_show_again(struct gpu_dev *gpu);

/* All resources away, nothing shown. */
void gpu_forget(struct gpu_dev *gpu);

#endif
