/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* GPU device, 2D: what driver and device exchange. virtio 1.2, section 5.7. Little endian. */
#ifndef VIRTIO_GPU_ABI_H
#define VIRTIO_GPU_ABI_H

#include <stdint.h>

enum gpu_cmd {
    GPU_CMD_GET_DISPLAY_INFO = 0x0100,
    GPU_CMD_RESOURCE_CREATE_2D = 0x0101,
    GPU_CMD_RESOURCE_UNREF = 0x0102,
    GPU_CMD_SET_SCANOUT = 0x0103,
    GPU_CMD_RESOURCE_FLUSH = 0x0104,
    GPU_CMD_TRANSFER_TO_HOST_2D = 0x0105,
    GPU_CMD_RESOURCE_ATTACH_BACKING = 0x0106,
    GPU_CMD_RESOURCE_DETACH_BACKING = 0x0107,
    GPU_CMD_GET_EDID = 0x010a,
    GPU_CMD_RESOURCE_CREATE_BLOB = 0x010c,
    GPU_CMD_SET_SCANOUT_BLOB = 0x010d,
    GPU_CMD_UPDATE_CURSOR = 0x0300,
    GPU_CMD_MOVE_CURSOR = 0x0301,
};

enum gpu_resp {
    GPU_RESP_OK_NODATA = 0x1100,
    GPU_RESP_OK_DISPLAY_INFO = 0x1101,
    GPU_RESP_OK_EDID = 0x1104,
    GPU_RESP_ERR_UNSPEC = 0x1200,
    GPU_RESP_ERR_OUT_OF_MEMORY = 0x1201,
    GPU_RESP_ERR_INVALID_SCANOUT_ID = 0x1202,
    GPU_RESP_ERR_INVALID_RESOURCE_ID = 0x1203,
    GPU_RESP_ERR_INVALID_PARAMETER = 0x1205,
};

#define GPU_FLAG_FENCE 0x1u

#define GPU_FORMAT_B8G8R8A8 1u
#define GPU_FORMAT_B8G8R8X8 2u

#define GPU_SCANOUTS_ABI 16

struct gpu_header {
    uint32_t type; /* enum gpu_cmd or enum gpu_resp */
    uint32_t flags;
    uint64_t fence_id;
    uint32_t ctx_id;
    uint8_t ring_idx;
    uint8_t padding[3];
};

struct gpu_rect {
    uint32_t x, y, width, height;
};

struct gpu_display_info {
    struct gpu_header header;
    struct {
        struct gpu_rect rect;
        uint32_t enabled;
        uint32_t flags;
    } mode[GPU_SCANOUTS_ABI];
};

struct gpu_get_edid {
    struct gpu_header header;
    uint32_t scanout;
    uint32_t padding;
};

struct gpu_edid {
    struct gpu_header header;
    uint32_t size;
    uint32_t padding;
    uint8_t edid[1024];
};

struct gpu_create_2d {
    struct gpu_header header;
    uint32_t resource;
    uint32_t format;
    uint32_t width;
    uint32_t height;
};

/* RESOURCE_UNREF and RESOURCE_DETACH_BACKING. */
struct gpu_resource_cmd {
    struct gpu_header header;
    uint32_t resource;
    uint32_t padding;
};

/* Followed by `entries` of struct gpu_mem_entry. */
struct gpu_attach_backing {
    struct gpu_header header;
    uint32_t resource;
    uint32_t entries;
};

struct gpu_mem_entry {
    uint64_t addr;
    uint32_t length;
    uint32_t padding;
};

#define GPU_BLOB_MEM_GUEST 1u

/* Followed by `entries` of struct gpu_mem_entry. */
struct gpu_create_blob {
    struct gpu_header header;
    uint32_t resource;
    uint32_t memory;
    uint32_t flags;
    uint32_t entries;
    uint64_t blob;
    uint64_t size; /* bytes */
};

#define GPU_BLOB_PLANES 4u

struct gpu_set_scanout_blob {
    struct gpu_header header;
    struct gpu_rect rect;
    uint32_t scanout;
    uint32_t resource;
    uint32_t width;
    uint32_t height;
    uint32_t format;
    uint32_t padding;
    uint32_t stride[GPU_BLOB_PLANES]; /* bytes */
    uint32_t offset[GPU_BLOB_PLANES];
};

struct gpu_set_scanout {
    struct gpu_header header;
    struct gpu_rect rect;
    uint32_t scanout;
    uint32_t resource;
};

struct gpu_flush {
    struct gpu_header header;
    struct gpu_rect rect;
    uint32_t resource;
    uint32_t padding;
};

struct gpu_transfer {
    struct gpu_header header;
    struct gpu_rect rect;
    uint64_t offset; /* of the rectangle's first pixel in the backing */
    uint32_t resource;
    uint32_t padding;
};

struct gpu_cursor {
    struct gpu_header header;
    uint32_t scanout;
    uint32_t x;
    uint32_t y;
    uint32_t padding;
    uint32_t resource; /* these three of UPDATE_CURSOR only */
    uint32_t hot_x;
    uint32_t hot_y;
    uint32_t padding2;
};

_Static_assert(sizeof(struct gpu_header) == 24, "5.7.6.7");
_Static_assert(sizeof(struct gpu_display_info) == 24 + 16 * 24, "5.7.6.8");
_Static_assert(sizeof(struct gpu_edid) == 24 + 8 + 1024, "5.7.6.8");
_Static_assert(sizeof(struct gpu_create_blob) == 56, "5.7.6.8");
_Static_assert(sizeof(struct gpu_set_scanout_blob) == 96, "5.7.6.8");
_Static_assert(sizeof(struct gpu_transfer) == 56, "5.7.6.8");
_Static_assert(sizeof(struct gpu_cursor) == 56, "5.7.6.10");

#endif
