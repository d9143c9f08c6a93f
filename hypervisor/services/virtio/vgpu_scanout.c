/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What of a GPU's resources is seen, scanout and cursor: virtio 1.2, sections 5.7.6.8 and 5.7.6.10.
 */
#include "vgpu.h"

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

void gpu_hide(struct gpu_dev *gpu, const struct gpu_resource *resource)
{
    if (gpu->scanout == resource) {
        gpu->scanout = NULL;
        gpu->screen->scanout(gpu->dev.bus->owner, NULL);
    }
    if (gpu->cursor == resource) {
        gpu->cursor = NULL;
        gpu->screen->cursor(gpu->dev.bus->owner, NULL, 0, 0);
    }
}

static void show(struct gpu_dev *gpu)
{
    const struct gpu_resource *r = gpu->scanout;
    const struct gpu_rect *rect = &gpu->scanout_rect;
    struct image image = {
        .pixels = r->pixels + r->blob_offset + (size_t)rect->y * r->stride + rect->x * 4u,
        .stride = r->stride,
        .width = rect->width,
        .height = rect->height,
        .format = PIXEL_XRGB8888, /* a scanout is opaque, also of a format with alpha */
    };

    gpu->screen->scanout(gpu->dev.bus->owner, &image);
}

static uint32_t show_nothing(struct gpu_dev *gpu)
{
    if (gpu->scanout) {
        gpu->screen->scanout(gpu->dev.bus->owner, NULL);
    }
    gpu->scanout = NULL;
    return GPU_RESP_OK_NODATA;
}

/* r is a picture now; NULL: there is no such resource. */
static uint32_t show_resource(struct gpu_dev *gpu, struct gpu_resource *r,
                              const struct gpu_rect *rect)
{
    if (!r) {
        return GPU_RESP_ERR_INVALID_RESOURCE_ID;
    }
    if (!gpu_inside(r, rect)) {
        return GPU_RESP_ERR_INVALID_PARAMETER;
    }
    gpu->scanout = r;
    gpu->scanout_rect = *rect;
    show(gpu);
    return GPU_RESP_OK_NODATA;
}

uint32_t gpu_set_scanout(struct gpu_dev *gpu, const struct gpu_set_scanout *cmd)
{
    if (cmd->scanout != 0) {
        return GPU_RESP_ERR_INVALID_SCANOUT_ID;
    }
    return cmd->resource ? show_resource(gpu, gpu_find(gpu, cmd->resource), &cmd->rect)
                         : show_nothing(gpu);
}

/* The picture that the command describes is in the blob. */
static bool fits_blob(const struct gpu_resource *r, const struct gpu_set_scanout_blob *cmd)
{
    const uint32_t stride = cmd->stride[0], offset = cmd->offset[0];

    return r->blob_bytes && cmd->width && cmd->height && cmd->width <= GPU_SIDE_MAX &&
           cmd->height <= GPU_SIDE_MAX && stride % 4 == 0 && offset % 4 == 0 &&
           stride >= cmd->width * 4 && offset <= r->blob_bytes &&
           (uint64_t)stride * cmd->height <= r->blob_bytes - offset;
}

uint32_t gpu_set_scanout_blob(struct gpu_dev *gpu, const struct gpu_set_scanout_blob *cmd)
{
    struct gpu_resource *r = gpu_find(gpu, cmd->resource), shown;

    if (cmd->scanout != 0) {
        return GPU_RESP_ERR_INVALID_SCANOUT_ID;
    }
    if (cmd->resource == 0) {
        return show_nothing(gpu);
    }
    if (!r || (cmd->format != GPU_FORMAT_B8G8R8A8 && cmd->format != GPU_FORMAT_B8G8R8X8) ||
        !fits_blob(r, cmd)) {
        return r ? GPU_RESP_ERR_INVALID_PARAMETER : GPU_RESP_ERR_INVALID_RESOURCE_ID;
    }
    shown = *r;
    shown.format = cmd->format;
    shown.width = cmd->width;
    shown.height = cmd->height;
    shown.stride = cmd->stride[0];
    shown.blob_offset = cmd->offset[0];
    if (!gpu_inside(&shown, &cmd->rect)) {
        return GPU_RESP_ERR_INVALID_PARAMETER;
    }
    *r = shown;
    return show_resource(gpu, r, &cmd->rect);
}

uint32_t gpu_flush(struct gpu_dev *gpu, const struct gpu_flush *cmd, uint32_t *cost)
{
    struct gpu_resource *r = gpu_find(gpu, cmd->resource);
    const struct gpu_rect *shown = &gpu->scanout_rect, *rect = &cmd->rect;
    struct rect changed;
    uint32_t x0, y0, x1, y1;

    if (!r) {
        return GPU_RESP_ERR_INVALID_RESOURCE_ID;
    }
    if (!gpu_inside(r, rect)) {
        return GPU_RESP_ERR_INVALID_PARAMETER;
    }
    if (r->blob_bytes) {
        gpu_fetch(r, rect, cost);
    }
    if (r != gpu->scanout) {
        return GPU_RESP_OK_NODATA;
    }
    x0 = rect->x > shown->x ? rect->x : shown->x;
    y0 = rect->y > shown->y ? rect->y : shown->y;
    x1 = smaller(rect->x + rect->width, shown->x + shown->width);
    y1 = smaller(rect->y + rect->height, shown->y + shown->height);
    if (x0 < x1 && y0 < y1) {
        changed = (struct rect){x0 - shown->x, y0 - shown->y, x1 - x0, y1 - y0};
        gpu->screen->flush(gpu->dev.bus->owner, &changed);
    }
    return GPU_RESP_OK_NODATA;
}

/* A place on the screen less the hot spot, kept in a range where sums cannot overflow. */
static int place(uint32_t at, uint32_t hot)
{
    int64_t x = (int64_t)(int32_t)at - hot;

    return (int)(x < -32768 ? -32768 : x > 32767 ? 32767 : x);
}

#define CURSOR_BYTES (GPU_CURSOR_SIDE * GPU_CURSOR_SIDE * 4u)

static void show_cursor(const struct gpu_dev *gpu)
{
    const struct gpu_resource *r = gpu->cursor;
    const struct image image = {
        .pixels = r->pixels + r->blob_offset,
        .stride = r->stride,
        .width = r->width,
        .height = r->height,
        .format = r->format == GPU_FORMAT_B8G8R8A8 ? PIXEL_ARGB8888 : PIXEL_XRGB8888,
    };

    gpu->screen->cursor(gpu->dev.bus->owner, &image, gpu->cursor_x, gpu->cursor_y);
}

void gpu_show_again(struct gpu_dev *gpu)
{
    const struct rect all = {0, 0, gpu->scanout_rect.width, gpu->scanout_rect.height};

    if (gpu->scanout) {
        show(gpu);
        gpu->screen->flush(gpu->dev.bus->owner, &all);
    }
    if (gpu->cursor) {
        show_cursor(gpu);
    }
}

uint32_t gpu_update_cursor(struct gpu_dev *gpu, const struct gpu_cursor *cmd)
{
    struct gpu_resource *r = gpu_find(gpu, cmd->resource);

    if (cmd->scanout != 0) {
        return GPU_RESP_ERR_INVALID_SCANOUT_ID;
    }
    if (cmd->resource == 0) {
        if (gpu->cursor) {
            gpu->screen->cursor(gpu->dev.bus->owner, NULL, 0, 0);
        }
        gpu->cursor = NULL;
        return GPU_RESP_OK_NODATA;
    }
    if (!r) {
        return GPU_RESP_ERR_INVALID_RESOURCE_ID;
    }
    if (r->blob_bytes >= CURSOR_BYTES && !r->width) { /* 5.7.6.10: a cursor has this size */
        r->width = r->height = GPU_CURSOR_SIDE;
        r->stride = GPU_CURSOR_SIDE * 4;
        r->format = GPU_FORMAT_B8G8R8A8;
    }
    if (!r->width || r->width > GPU_CURSOR_SIDE || r->height > GPU_CURSOR_SIDE) {
        return GPU_RESP_ERR_INVALID_PARAMETER;
    }
    gpu->cursor = r;
    gpu->hot_x = cmd->hot_x;
    gpu->hot_y = cmd->hot_y;
    gpu->cursor_x = place(cmd->x, cmd->hot_x);
    gpu->cursor_y = place(cmd->y, cmd->hot_y);
    show_cursor(gpu);
    return GPU_RESP_OK_NODATA;
}

uint32_t gpu_move_cursor(struct gpu_dev *gpu, const struct gpu_cursor *cmd)
{
    if (cmd->scanout != 0) {
        return GPU_RESP_ERR_INVALID_SCANOUT_ID;
    }
    if (gpu->cursor) {
        gpu->cursor_x = place(cmd->x, gpu->hot_x);
        gpu->cursor_y = place(cmd->y, gpu->hot_y);
        gpu->screen->cursor_move(gpu->dev.bus->owner, gpu->cursor_x, gpu->cursor_y);
    }
    return GPU_RESP_OK_NODATA;
}
