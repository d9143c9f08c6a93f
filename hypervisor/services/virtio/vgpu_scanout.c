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
        .pixels = r->pixels + ((size_t)rect->y * r->width + rect->x) * 4,
        .stride = r->width * 4,
        .width = rect->width,
        .height = rect->height,
        .format = PIXEL_XRGB8888, /* a scanout is opaque, also of a format with alpha */
    };

    gpu->screen->scanout(gpu->dev.bus->owner, &image);
}

uint32_t gpu_set_scanout(struct gpu_dev *gpu, const struct gpu_set_scanout *cmd)
{
    struct gpu_resource *r;

    if (cmd->scanout != 0) {
        return GPU_RESP_ERR_INVALID_SCANOUT_ID;
    }
    if (cmd->resource == 0) {
        if (gpu->scanout) {
            gpu->screen->scanout(gpu->dev.bus->owner, NULL);
        }
        gpu->scanout = NULL;
        return GPU_RESP_OK_NODATA;
    }
    r = gpu_find(gpu, cmd->resource);
    if (!r) {
        return GPU_RESP_ERR_INVALID_RESOURCE_ID;
    }
    if (!gpu_inside(r, &cmd->rect)) {
        return GPU_RESP_ERR_INVALID_PARAMETER;
    }
    gpu->scanout = r;
    gpu->scanout_rect = cmd->rect;
    show(gpu);
    return GPU_RESP_OK_NODATA;
}

uint32_t gpu_flush(struct gpu_dev *gpu, const struct gpu_flush *cmd)
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

static void show_cursor(const struct gpu_dev *gpu)
{
    const struct gpu_resource *r = gpu->cursor;
    const struct image image = {
        .pixels = r->pixels,
        .stride = r->width * 4,
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
    if (r->width > GPU_CURSOR_SIDE || r->height > GPU_CURSOR_SIDE) {
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
