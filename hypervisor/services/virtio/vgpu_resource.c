/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* GPU resources and transfers from their backing: virtio 1.2, section 5.7.6.8. */
#include "vgpu_backing.h"

#include <string.h>

#define PIXEL_BYTES 4u

struct gpu_resource *gpu_find(struct gpu_dev *gpu, uint32_t id)
{
    for (unsigned i = 0; id && i < GPU_RESOURCES; i++) {
        if (gpu->resource[i].id == id) {
            return &gpu->resource[i];
        }
    }
    return NULL;
}

bool gpu_inside(const struct gpu_resource *resource, const struct gpu_rect *rect)
{
    return rect->width && rect->height && rect->x < resource->width &&
           rect->width <= resource->width - rect->x && rect->y < resource->height &&
           rect->height <= resource->height - rect->y;
}

static struct gpu_resource *unused(struct gpu_dev *gpu)
{
    for (unsigned i = 0; i < GPU_RESOURCES; i++) {
        if (!gpu->resource[i].id) {
            return &gpu->resource[i];
        }
    }
    return NULL;
}

uint32_t gpu_create_2d(struct gpu_dev *gpu, const struct gpu_create_2d *cmd, uint32_t *cost)
{
    struct gpu_resource *r;
    uint32_t bytes;

    if (cmd->resource == 0 || gpu_find(gpu, cmd->resource)) {
        return GPU_RESP_ERR_INVALID_RESOURCE_ID;
    }
    if (cmd->format != GPU_FORMAT_B8G8R8A8 && cmd->format != GPU_FORMAT_B8G8R8X8) {
        return GPU_RESP_ERR_INVALID_PARAMETER;
    }
    if (!cmd->width || !cmd->height || cmd->width > GPU_SIDE_MAX || cmd->height > GPU_SIDE_MAX) {
        return GPU_RESP_ERR_INVALID_PARAMETER;
    }
    bytes = cmd->width * cmd->height * PIXEL_BYTES;
    r = unused(gpu);
    if (!r) {
        return GPU_RESP_ERR_OUT_OF_MEMORY;
    }
    r->pixels = arena_take(&gpu->arena, bytes);
    if (!r->pixels) {
        return GPU_RESP_ERR_OUT_OF_MEMORY;
    }
    /* The arena may hold pixels of an earlier life of this VM. */
    memset(r->pixels, 0, bytes);
    *cost += bytes;
    r->id = cmd->resource;
    r->format = cmd->format;
    r->width = cmd->width;
    r->height = cmd->height;
    r->stride = cmd->width * PIXEL_BYTES;
    return GPU_RESP_OK_NODATA;
}

uint32_t gpu_unref(struct gpu_dev *gpu, const struct gpu_resource_cmd *cmd)
{
    struct gpu_resource *r = gpu_find(gpu, cmd->resource);

    if (!r) {
        return GPU_RESP_ERR_INVALID_RESOURCE_ID;
    }
    gpu_hide(gpu, r);
    backing_drop(gpu, r);
    arena_give(&gpu->arena, r->pixels);
    memset(r, 0, sizeof(*r));
    return GPU_RESP_OK_NODATA;
}

void gpu_forget(struct gpu_dev *gpu)
{
    for (unsigned i = 0; i < GPU_RESOURCES; i++) {
        if (gpu->resource[i].id) {
            gpu_hide(gpu, &gpu->resource[i]);
        }
    }
    memset(gpu->resource, 0, sizeof(gpu->resource));
    arena_init(&gpu->arena, gpu->memory, gpu->memory_size);
}

/* The arena may hold pixels of an earlier life of this VM. */
static void fill_blob(struct gpu_resource *r)
{
    struct backing_walk walk = {r->backing, 0};

    backing_read(&walk, 0, r->pixels, r->blob_bytes);
}

/* Only its backing says where the pieces of guest memory are, so its end must be in it. */
uint32_t gpu_create_blob(struct gpu_dev *gpu, const struct gpu_create_blob *cmd,
                         const struct vq_chain *chain, uint32_t *cost)
{
    struct gpu_resource *r = unused(gpu);
    uint32_t wrong;

    if (cmd->resource == 0 || gpu_find(gpu, cmd->resource)) {
        return GPU_RESP_ERR_INVALID_RESOURCE_ID;
    }
    if (cmd->memory != GPU_BLOB_MEM_GUEST || !cmd->size || cmd->size > GPU_BLOB_MAX) {
        return GPU_RESP_ERR_INVALID_PARAMETER;
    }
    if (!r || !(r->pixels = arena_take(&gpu->arena, (uint32_t)cmd->size))) {
        return GPU_RESP_ERR_OUT_OF_MEMORY;
    }
    wrong = backing_attach(gpu, r, chain, sizeof(*cmd), cmd->entries, cost);
    if (wrong == GPU_RESP_OK_NODATA && r->backing_bytes < cmd->size) {
        wrong = GPU_RESP_ERR_INVALID_PARAMETER;
    }
    if (wrong != GPU_RESP_OK_NODATA) {
        backing_drop(gpu, r);
        arena_give(&gpu->arena, r->pixels);
        memset(r, 0, sizeof(*r));
        return wrong;
    }
    r->id = cmd->resource;
    r->blob_bytes = (uint32_t)cmd->size;
    fill_blob(r);
    *cost += r->blob_bytes;
    return GPU_RESP_OK_NODATA;
}

/* What gpu_set_scanout_blob() has checked: the picture is in the blob. */
void gpu_fetch(struct gpu_resource *r, const struct gpu_rect *rect, uint32_t *cost)
{
    struct backing_walk walk = {r->backing, 0};
    uint64_t offset = r->blob_offset + (uint64_t)rect->y * r->stride + rect->x * PIXEL_BYTES;
    uint32_t row = rect->width * PIXEL_BYTES, rows = rect->height;

    if (row == r->stride) {
        row *= rows;
        rows = 1;
    }
    for (uint32_t i = 0; i < rows; i++, offset += r->stride) {
        backing_read(&walk, offset, r->pixels + offset, row);
    }
    *cost += rect->width * rect->height * PIXEL_BYTES;
}

/* Of a blob, which has no format yet (Linux does so for cursors): all of it. */
static uint32_t transfer_blob(struct gpu_resource *r, uint32_t *cost)
{
    fill_blob(r);
    *cost += r->blob_bytes;
    return GPU_RESP_OK_NODATA;
}

uint32_t gpu_transfer(struct gpu_dev *gpu, const struct gpu_transfer *cmd, uint32_t *cost)
{
    struct gpu_resource *r = gpu_find(gpu, cmd->resource);
    const struct gpu_rect *rect = &cmd->rect;
    uint32_t stride, row, rows;
    uint64_t offset = cmd->offset, bytes;
    struct backing_walk walk;
    uint8_t *to;

    if (!r) {
        return GPU_RESP_ERR_INVALID_RESOURCE_ID;
    }
    if (r->blob_bytes) {
        return transfer_blob(r, cost);
    }
    if (!r->backing || !gpu_inside(r, rect)) {
        return GPU_RESP_ERR_INVALID_PARAMETER;
    }
    stride = r->width * PIXEL_BYTES;
    row = rect->width * PIXEL_BYTES;
    rows = rect->height;
    bytes = (uint64_t)stride * (rows - 1) + row;
    if (offset > r->backing_bytes || bytes > r->backing_bytes - offset) {
        return GPU_RESP_ERR_INVALID_PARAMETER;
    }
    if (row == stride) { /* whole rows follow each other */
        row *= rows;
        rows = 1;
    }
    walk = (struct backing_walk){r->backing, 0};
    to = r->pixels + (size_t)rect->y * stride + (size_t)rect->x * PIXEL_BYTES;
    for (uint32_t i = 0; i < rows; i++, offset += stride, to += stride) {
        backing_read(&walk, offset, to, row);
    }
    *cost += rect->width * rect->height * PIXEL_BYTES;
    return GPU_RESP_OK_NODATA;
}
