/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vgpu_backing.h"

#include <string.h>

void backing_drop(struct gpu_dev *gpu, struct gpu_resource *r)
{
    arena_give(&gpu->arena, r->backing);
    r->backing = NULL;
    r->backings = 0;
    r->backing_bytes = 0;
}

/* Adds guest memory to the backing, joined with the last piece where it continues it. */
static bool backing_add(struct gpu_dev *gpu, struct gpu_resource *r,
                        const struct gpu_mem_entry *entry)
{
    const uint8_t *data = virtio_bus_map(gpu->dev.bus, entry->addr, entry->length);
    struct gpu_backing *last = r->backings ? &r->backing[r->backings - 1] : NULL;

    if (!data) {
        return false;
    }
    if (last && last->data + last->len == data && entry->length <= UINT32_MAX - last->len) {
        last->len += entry->length;
    } else {
        r->backing[r->backings++] = (struct gpu_backing){data, entry->length};
    }
    r->backing_bytes += entry->length;
    return true;
}

uint32_t backing_attach(struct gpu_dev *gpu, struct gpu_resource *r, const struct vq_chain *chain,
                        size_t at, uint32_t entries, uint32_t *cost)
{
    struct gpu_mem_entry entry[64];
    uint32_t n;

    if (r->backing || entries == 0 || entries > GPU_BACKINGS_MAX ||
        chain->out_bytes < at + entries * sizeof(entry[0])) {
        return GPU_RESP_ERR_UNSPEC;
    }
    r->backing = arena_take(&gpu->arena, entries * sizeof(r->backing[0]));
    if (!r->backing) {
        return GPU_RESP_ERR_OUT_OF_MEMORY;
    }
    *cost += entries * (uint32_t)sizeof(entry[0]);
    for (; entries; entries -= n, at += n * sizeof(entry[0])) {
        n = entries < 64 ? entries : 64;
        vq_read(chain, at, entry, n * sizeof(entry[0]));
        for (uint32_t i = 0; i < n; i++) {
            if (!backing_add(gpu, r, &entry[i])) {
                backing_drop(gpu, r);
                return GPU_RESP_ERR_INVALID_PARAMETER;
            }
        }
    }
    return GPU_RESP_OK_NODATA;
}

uint32_t gpu_attach_backing(struct gpu_dev *gpu, const struct gpu_attach_backing *cmd,
                            const struct vq_chain *chain, uint32_t *cost)
{
    struct gpu_resource *r = gpu_find(gpu, cmd->resource);

    if (!r) {
        return GPU_RESP_ERR_INVALID_RESOURCE_ID;
    }
    return r->blob_bytes ? GPU_RESP_ERR_UNSPEC
                         : backing_attach(gpu, r, chain, sizeof(*cmd), cmd->entries, cost);
}

uint32_t gpu_detach_backing(struct gpu_dev *gpu, const struct gpu_resource_cmd *cmd)
{
    struct gpu_resource *r = gpu_find(gpu, cmd->resource);

    if (!r) {
        return GPU_RESP_ERR_INVALID_RESOURCE_ID;
    }
    if (!r->backing || r->blob_bytes) {
        return GPU_RESP_ERR_UNSPEC;
    }
    backing_drop(gpu, r);
    return GPU_RESP_OK_NODATA;
}

void backing_read(struct backing_walk *w, uint64_t offset, uint8_t *to, uint32_t len)
{
    uint64_t into;
    uint32_t n;

    while (len) {
        while (offset - w->start >= w->piece->len) {
            w->start += w->piece->len;
            w->piece++;
        }
        into = offset - w->start;
        n = w->piece->len - into < len ? (uint32_t)(w->piece->len - into) : len;
        memcpy(to, w->piece->data + into, n);
        to += n;
        offset += n;
        len -= n;
    }
}
