/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Split virtqueue, device side: virtio 1.2, section 2.7. */
#include "virtqueue.h"

#include <string.h>

#include "bus_state.h"

#define DESC_F_NEXT     0x1u
#define DESC_F_WRITE    0x2u
#define DESC_F_INDIRECT 0x4u

#define AVAIL_F_NO_INTERRUPT 0x1u

struct vq_desc {
    uint64_t addr;
    uint32_t len;
    uint16_t flags;
    uint16_t next;
};

_Static_assert(sizeof(struct vq_desc) == 16, "virtio 1.2, 2.7.5");

/* A table of descriptors: the queue's own or an indirect one. */
struct vq_table {
    const uint8_t *base;
    uint32_t count;
};

static uint16_t *ring16(uint8_t *area, size_t offset)
{
    return (uint16_t *)(void *)(area + offset);
}

static uint16_t load_acquire(uint8_t *area, size_t offset)
{
    return __atomic_load_n(ring16(area, offset), __ATOMIC_ACQUIRE);
}

static void store_release(uint8_t *area, size_t offset, uint16_t value)
{
    __atomic_store_n(ring16(area, offset), value, __ATOMIC_RELEASE);
}

/* Layout of the two rings: flags, idx, ring[size], event. */
static size_t used_event_at(const struct virtqueue *vq)
{
    return 4 + 2 * (size_t)vq->size;
}

static size_t avail_event_at(const struct virtqueue *vq)
{
    return 4 + 8 * (size_t)vq->size;
}

bool vq_start(struct virtqueue *vq, uint16_t size, uint64_t desc, uint64_t avail, uint64_t used)
{
    uint8_t *d, *a, *u;

    if (size == 0 || size > VQ_MAX_SIZE || (size & (size - 1))) {
        return false;
    }
    if (desc % 16 || avail % 2 || used % 4) {
        return false;
    }
    d = virtio_bus_map(vq->bus, desc, 16 * (uint64_t)size);
    a = virtio_bus_map(vq->bus, avail, 6 + 2 * (uint64_t)size);
    u = virtio_bus_map(vq->bus, used, 6 + 8 * (uint64_t)size);
    if (!d || !a || !u) {
        return false;
    }
    vq->desc = d;
    vq->avail = a;
    vq->used = u;
    vq->size = size;
    vq->next_avail = 0;
    vq->next_used = 0;
    vq->signalled = 0;
    vq->in_flight = 0;
    vq->broken = false;
    return true;
}

bool vq_is_at(const struct virtqueue *vq, uint16_t size, uint64_t desc, uint64_t avail,
              uint64_t used)
{
    return size && vq->size == size && vq->in_flight <= size &&
           vq->desc == virtio_bus_map(vq->bus, desc, 16 * (uint64_t)size) &&
           vq->avail == virtio_bus_map(vq->bus, avail, 6 + 2 * (uint64_t)size) &&
           vq->used == virtio_bus_map(vq->bus, used, 6 + 8 * (uint64_t)size);
}

void vq_retake(struct virtqueue *vq, unsigned held)
{
    vq->next_avail = (uint16_t)(vq->next_avail - (vq->in_flight - held));
    vq->in_flight = (uint16_t)held;
    store_release(vq->used, 2, vq->next_used);
}

void vq_stop(struct virtqueue *vq)
{
    vq->size = 0;
    vq->in_flight = 0;
    vq->broken = false;
}

static enum vq_result vq_break(struct virtqueue *vq)
{
    vq->broken = true;
    return VQ_BROKEN;
}

static bool chain_add(struct virtqueue *vq, struct vq_chain *chain, const struct vq_desc *d)
{
    bool write = d->flags & DESC_F_WRITE;
    uint32_t *total = write ? &chain->in_bytes : &chain->out_bytes;
    uint8_t *data;

    if (!write && chain->in) {
        return false; /* 2.7.4.2: what the device reads comes first */
    }
    if (d->len == 0) {
        return true;
    }
    if (chain->out + chain->in == chain->max || d->len > UINT32_MAX - *total) {
        return false;
    }
    data = virtio_bus_map(vq->bus, d->addr, d->len);
    if (!data) {
        return false;
    }
    chain->seg[chain->out + chain->in] = (struct vq_seg){data, d->len};
    *total += d->len;
    *(write ? &chain->in : &chain->out) += 1;
    return true;
}

static bool table_fetch(const struct vq_table *table, uint32_t index, struct vq_desc *d)
{
    if (index >= table->count) {
        return false;
    }
    memcpy(d, table->base + 16 * (size_t)index, sizeof(*d));
    return true;
}

/* 2.7.5.3: an indirect descriptor stands alone or ends its chain, and tables do not nest. */
static bool open_indirect(struct virtqueue *vq, const struct vq_desc *d, struct vq_table *table)
{
    if (!vq->indirect || (d->flags & DESC_F_NEXT) || d->len == 0 || d->len % 16) {
        return false;
    }
    table->base = virtio_bus_map(vq->bus, d->addr, d->len);
    table->count = d->len / 16;
    return table->base != NULL;
}

static bool walk(struct virtqueue *vq, uint16_t head, struct vq_chain *chain)
{
    struct vq_table table = {vq->desc, vq->size};
    bool nested = false;
    uint32_t index = head, steps = 0;
    struct vq_desc d;

    for (;;) {
        /* A loop is longer than any chain that we take. */
        if (steps++ > 2 * VQ_MAX_SIZE || !table_fetch(&table, index, &d)) {
            return false;
        }
        if (d.flags & DESC_F_INDIRECT) {
            if (nested || !open_indirect(vq, &d, &table)) {
                return false;
            }
            nested = true;
            index = 0;
            continue;
        }
        if (!chain_add(vq, chain, &d)) {
            return false;
        }
        if (!(d.flags & DESC_F_NEXT)) {
            return true;
        }
        index = d.next;
    }
}

enum vq_result vq_pop(struct virtqueue *vq, struct vq_chain *chain)
{
    uint16_t idx, waiting, head;

    if (vq->broken) {
        return VQ_BROKEN;
    }
    if (!vq->size) {
        return VQ_EMPTY;
    }
    idx = load_acquire(vq->avail, 2);
    waiting = (uint16_t)(idx - vq->next_avail);
    if (waiting == 0) {
        return VQ_EMPTY;
    }
    /* More chains than descriptors, or than we have not given back, cannot be. */
    if (waiting > vq->size || vq->in_flight >= vq->size) {
        return vq_break(vq);
    }
    head = load_acquire(vq->avail, 4 + 2 * (size_t)(vq->next_avail & (vq->size - 1)));
    if (head >= vq->size) {
        return vq_break(vq);
    }
    chain->head = head;
    chain->out = chain->in = 0;
    chain->out_bytes = chain->in_bytes = 0;
    if (!walk(vq, head, chain)) {
        return vq_break(vq);
    }
    vq->next_avail++;
    vq->in_flight++;
    return VQ_CHAIN;
}

unsigned vq_waiting(const struct virtqueue *vq)
{
    uint16_t waiting;

    if (!vq->size || vq->broken) {
        return 0;
    }
    waiting = (uint16_t)(load_acquire(vq->avail, 2) - vq->next_avail);
    return waiting > vq->size ? 0 : waiting;
}

void vq_push(struct virtqueue *vq, uint16_t head, uint32_t written)
{
    uint32_t elem[2] = {head, written};

    if (!vq->size || vq->broken) {
        return;
    }
    memcpy(vq->used + 4 + 8 * (size_t)(vq->next_used & (vq->size - 1)), elem, sizeof(elem));
    vq->next_used++;
    vq->in_flight--;
    store_release(vq->used, 2, vq->next_used);
}

bool vq_should_signal(struct virtqueue *vq)
{
    uint16_t old = vq->signalled, now = vq->next_used, event;

    if (!vq->size || vq->broken || old == now) {
        return false;
    }
    vq->signalled = now;
    /* The index must be out before the driver's wish is read: 2.7.7.2 and 2.7.10. */
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    if (!vq->event_idx) {
        return !(load_acquire(vq->avail, 0) & AVAIL_F_NO_INTERRUPT);
    }
    event = load_acquire(vq->avail, used_event_at(vq));
    return (uint16_t)(now - event - 1) < (uint16_t)(now - old);
}

void vq_enable_notify(struct virtqueue *vq)
{
    if (!vq->size || vq->broken) {
        return;
    }
    if (vq->event_idx) {
        store_release(vq->used, avail_event_at(vq), load_acquire(vq->avail, 2));
    }
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
}
