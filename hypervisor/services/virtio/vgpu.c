/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* GPU device, queues and commands: virtio 1.2, section 5.7. */
#include "vgpu.h"

#include <string.h>

enum { QUEUE_CONTROL, QUEUE_CURSOR };

#define GPU_QUEUE 256u

#define F_EDID (1ull << 1)
#define F_BLOB (1ull << 3)

/* In configuration space, 5.7.4: the events stay 0, as nothing of ours ever changes. */
#define CONFIG_SCANOUTS 8

union command {
    struct gpu_header header;
    struct gpu_get_edid get_edid;
    struct gpu_create_2d create_2d;
    struct gpu_create_blob create_blob;
    struct gpu_set_scanout_blob set_scanout_blob;
    struct gpu_resource_cmd resource;
    struct gpu_attach_backing attach_backing;
    struct gpu_set_scanout set_scanout;
    struct gpu_flush flush;
    struct gpu_transfer transfer;
    struct gpu_cursor cursor;
};

union reply {
    struct gpu_header header;
    struct gpu_display_info display_info;
    struct gpu_edid edid;
};

struct call {
    struct gpu_dev *gpu;
    union command cmd;
    const struct vq_chain *chain;
    union reply *reply;
    uint32_t reply_bytes;
    uint32_t cost;
    bool drawn; /* a picture was flushed: the answer waits for the frame that shows it */
};

static uint32_t get_display_info(struct call *c)
{
    struct gpu_display_info *info = &c->reply->display_info;

    info->mode[0].rect = (struct gpu_rect){0, 0, c->gpu->mode->width, c->gpu->mode->height};
    info->mode[0].enabled = 1;
    c->reply_bytes = sizeof(*info);
    return GPU_RESP_OK_DISPLAY_INFO;
}

static uint32_t get_edid(struct call *c)
{
    struct gpu_edid *edid = &c->reply->edid;

    if (c->cmd.get_edid.scanout != 0) {
        return GPU_RESP_ERR_INVALID_SCANOUT_ID;
    }
    edid->size = EDID_BYTES;
    memcpy(edid->edid, c->gpu->edid, EDID_BYTES);
    c->reply_bytes = sizeof(*edid);
    return GPU_RESP_OK_EDID;
}

static uint32_t create_2d(struct call *c)
{
    return gpu_create_2d(c->gpu, &c->cmd.create_2d, &c->cost);
}

static uint32_t create_blob(struct call *c)
{
    return gpu_create_blob(c->gpu, &c->cmd.create_blob, c->chain, &c->cost);
}

static uint32_t set_scanout_blob(struct call *c)
{
    return gpu_set_scanout_blob(c->gpu, &c->cmd.set_scanout_blob);
}

static uint32_t unref(struct call *c)
{
    return gpu_unref(c->gpu, &c->cmd.resource);
}

static uint32_t attach_backing(struct call *c)
{
    return gpu_attach_backing(c->gpu, &c->cmd.attach_backing, c->chain, &c->cost);
}

static uint32_t detach_backing(struct call *c)
{
    return gpu_detach_backing(c->gpu, &c->cmd.resource);
}

static uint32_t transfer(struct call *c)
{
    return gpu_transfer(c->gpu, &c->cmd.transfer, &c->cost);
}

static uint32_t set_scanout(struct call *c)
{
    return gpu_set_scanout(c->gpu, &c->cmd.set_scanout);
}

static uint32_t flush(struct call *c)
{
    const uint32_t result = gpu_flush(c->gpu, &c->cmd.flush, &c->cost);

    c->drawn = result == GPU_RESP_OK_NODATA;
    return result;
}

static uint32_t update_cursor(struct call *c)
{
    return gpu_update_cursor(c->gpu, &c->cmd.cursor);
}

static uint32_t move_cursor(struct call *c)
{
    return gpu_move_cursor(c->gpu, &c->cmd.cursor);
}

static const struct command_entry {
    enum gpu_cmd type;
    uint8_t queue;
    uint8_t bytes;
    uint32_t (*run)(struct call *call);
} commands[] = {
    {GPU_CMD_GET_DISPLAY_INFO, QUEUE_CONTROL, sizeof(struct gpu_header), get_display_info},
    {GPU_CMD_GET_EDID, QUEUE_CONTROL, sizeof(struct gpu_get_edid), get_edid},
    {GPU_CMD_RESOURCE_CREATE_2D, QUEUE_CONTROL, sizeof(struct gpu_create_2d), create_2d},
    {GPU_CMD_RESOURCE_CREATE_BLOB, QUEUE_CONTROL, sizeof(struct gpu_create_blob), create_blob},
    {GPU_CMD_SET_SCANOUT_BLOB, QUEUE_CONTROL, sizeof(struct gpu_set_scanout_blob),
     set_scanout_blob},
    {GPU_CMD_RESOURCE_UNREF, QUEUE_CONTROL, sizeof(struct gpu_resource_cmd), unref},
    {GPU_CMD_RESOURCE_ATTACH_BACKING, QUEUE_CONTROL, sizeof(struct gpu_attach_backing),
     attach_backing},
    {GPU_CMD_RESOURCE_DETACH_BACKING, QUEUE_CONTROL, sizeof(struct gpu_resource_cmd),
     detach_backing},
    {GPU_CMD_TRANSFER_TO_HOST_2D, QUEUE_CONTROL, sizeof(struct gpu_transfer), transfer},
    {GPU_CMD_SET_SCANOUT, QUEUE_CONTROL, sizeof(struct gpu_set_scanout), set_scanout},
    {GPU_CMD_RESOURCE_FLUSH, QUEUE_CONTROL, sizeof(struct gpu_flush), flush},
    {GPU_CMD_UPDATE_CURSOR, QUEUE_CURSOR, sizeof(struct gpu_cursor), update_cursor},
    {GPU_CMD_MOVE_CURSOR, QUEUE_CURSOR, sizeof(struct gpu_cursor), move_cursor},
};

static uint32_t run(struct call *call, unsigned queue, size_t got)
{
    for (unsigned i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        if (commands[i].type == call->cmd.header.type && commands[i].queue == queue) {
            return got >= commands[i].bytes ? commands[i].run(call) : GPU_RESP_ERR_UNSPEC;
        }
    }
    return GPU_RESP_ERR_UNSPEC;
}

/* False: it is to be answered now. */
static bool wait_for_frame(struct call *call)
{
    struct gpu_dev *gpu = call->gpu;
    const struct vq_seg *in = &call->chain->seg[call->chain->out];

    if (!call->drawn || !(call->cmd.header.flags & GPU_FLAG_FENCE) || gpu->waits == GPU_FLUSHES ||
        !call->chain->in || in->len < sizeof(struct gpu_header)) {
        return false;
    }
    gpu->waiting[gpu->waits++] =
        (struct gpu_waiting){call->chain->head, in->data, call->reply->header};
    gpu->screen->pace(gpu->dev.bus->owner);
    return true;
}

void gpu_frame(struct gpu_dev *gpu)
{
    const unsigned waits = gpu->waits;

    gpu->waits = 0;
    for (unsigned i = 0; i < waits; i++) {
        memcpy(gpu->waiting[i].reply, &gpu->waiting[i].header, sizeof(struct gpu_header));
        virtio_answer(&gpu->dev, QUEUE_CONTROL, gpu->waiting[i].head, sizeof(struct gpu_header));
    }
    if (waits) {
        virtio_signal(&gpu->dev, QUEUE_CONTROL);
    }
}

static uint32_t gpu_request(struct virtio_dev *dev, unsigned queue, const struct vq_chain *chain,
                            bool *ok)
{
    static union reply reply;
    struct call call = {
        .gpu = (struct gpu_dev *)dev,
        .chain = chain,
        .reply = &reply,
        .reply_bytes = sizeof(reply.header),
    };
    size_t got = vq_read(chain, 0, &call.cmd, sizeof(call.cmd));
    size_t written;

    if (got < sizeof(struct gpu_header)) {
        *ok = false;
        return 0;
    }
    memset(&reply, 0, sizeof(reply));
    reply.header.type = run(&call, queue, got);
    /* 5.7.6.7: every command is finished here, so a fence is passed when it is answered. */
    if (call.cmd.header.flags & GPU_FLAG_FENCE) {
        reply.header.flags = GPU_FLAG_FENCE;
        reply.header.fence_id = call.cmd.header.fence_id;
        reply.header.ctx_id = call.cmd.header.ctx_id;
    }
    if (!wait_for_frame(&call)) {
        written = vq_write(chain, 0, &reply, call.reply_bytes);
        virtio_answer(dev, queue, chain->head, (uint32_t)written);
    }
    return call.cost;
}

static void gpu_reset(struct virtio_dev *dev)
{
    ((struct gpu_dev *)dev)->waits = 0;
    gpu_forget((struct gpu_dev *)dev);
}

static void gpu_queue_stopped(struct virtio_dev *dev, unsigned queue)
{
    if (queue == QUEUE_CONTROL) {
        ((struct gpu_dev *)dev)->waits = 0;
    }
}

static unsigned gpu_held(const struct virtio_dev *dev, unsigned queue)
{
    return queue == QUEUE_CONTROL ? ((const struct gpu_dev *)dev)->waits : 0;
}

static void gpu_settle(struct virtio_dev *dev)
{
    gpu_frame((struct gpu_dev *)dev);
}

static void gpu_resume(struct virtio_dev *dev)
{
    gpu_show_again((struct gpu_dev *)dev);
    gpu_frame((struct gpu_dev *)dev);
}

static const struct virtio_ops gpu_ops = {
    .id = VIRTIO_ID_GPU,
    .name = "virtio-gpu",
    .queues = 2,
    .queue_size = GPU_QUEUE,
    .served = 1u << QUEUE_CONTROL | 1u << QUEUE_CURSOR,
    .keeps = true,
    .request = gpu_request,
    .reset = gpu_reset,
    .queue_stopped = gpu_queue_stopped,
    .held = gpu_held,
    .settle = gpu_settle,
    .resume = gpu_resume,
};

void gpu_attach(struct gpu_dev *gpu, struct virtio_bus *bus, unsigned slot,
                const struct gpu_screen *screen, const struct edid_mode *mode, uint8_t *memory,
                size_t size)
{
    if (gpu->memory != memory || gpu->memory_size != size) {
        gpu->dev.ops = NULL; /* its resources are elsewhere */
    }
    gpu->screen = screen;
    gpu->mode = mode;
    gpu->memory = memory;
    gpu->memory_size = size;
    /* Without the cache maintenance of a driver that shares its memory a blob would be stale. */
    virtio_attach(&gpu->dev, &gpu_ops, gpu->queue, bus, slot,
                  F_EDID | (bus->access_platform ? 0 : F_BLOB));
    edid_make(mode, gpu->edid);
    virtio_config_put32(&gpu->dev, CONFIG_SCANOUTS, 1);
}
