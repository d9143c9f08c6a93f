/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Split virtqueue, device side (virtio 1.2, section 2.7), with indirect
 * descriptors and event index.
 *
 * The driver is not trusted: every index, length and address that it wrote is
 * fetched once and checked before use, guest memory is reached through the bus
 * only. What breaks the rules makes the queue `broken`; it then gives nothing
 * more until it is set up again, and its owner asks for a reset of the device.
 */
#ifndef VIRTIO_VIRTQUEUE_H
#define VIRTIO_VIRTQUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct virtio_bus;

#define VQ_MAX_SIZE 256u

/* One buffer of a chain, in the switchboard's address space. */
struct vq_seg {
    uint8_t *data;
    uint32_t len;
};

/*
 * A descriptor chain: first `out` segments that the device reads, then `in`
 * segments that it writes. The caller provides `seg` and `max`; a longer chain
 * breaks the queue. Buffers stay the guest's: their contents may change at any time.
 */
struct vq_chain {
    struct vq_seg *seg;
    uint16_t max;
    uint16_t out;
    uint16_t in;
    uint16_t head;
    uint32_t out_bytes;
    uint32_t in_bytes;
};

struct virtqueue {
    struct virtio_bus *bus;
    uint8_t *desc;
    uint8_t *avail;
    uint8_t *used;
    uint16_t size;       /* a power of two up to VQ_MAX_SIZE; 0: not set up */
    uint16_t next_avail; /* next entry of the available ring to take */
    uint16_t next_used;  /* next entry of the used ring to fill */
    uint16_t signalled;  /* value of next_used at the last vq_should_signal */
    uint16_t in_flight;  /* chains taken and not yet returned */
    bool indirect;       /* VIRTIO_F_INDIRECT_DESC was negotiated */
    bool event_idx;      /* VIRTIO_F_EVENT_IDX was negotiated */
    bool broken;
};

enum vq_result { VQ_EMPTY, VQ_CHAIN, VQ_BROKEN };

/*
 * Sets a queue up from the three areas' guest-physical addresses. False, and
 * nothing changed, if size is no power of two up to VQ_MAX_SIZE, an address is
 * not aligned as section 2.7 wants it, or an area is not in the guest's memory.
 */
bool vq_start(struct virtqueue *vq, uint16_t size, uint64_t desc, uint64_t avail, uint64_t used);

/* True if it is set up, with these. */
bool vq_is_at(const struct virtqueue *vq, uint16_t size, uint64_t desc, uint64_t avail,
              uint64_t used);

/*
 * Whoever took chains has forgotten all but `held` of them: those that were taken last are taken
 * again. What has been returned is shown to the driver, if it was not yet.
 */
void vq_retake(struct virtqueue *vq, unsigned held);

/* Forgets the set-up. Chains in flight are void from now on. */
void vq_stop(struct virtqueue *vq);

/* Takes the next available chain. The descriptor tables are read during this call only. */
enum vq_result vq_pop(struct virtqueue *vq, struct vq_chain *chain);

/* How many chains wait to be taken, as the driver says: 0 to size. */
unsigned vq_waiting(const struct virtqueue *vq);

/* Returns a chain to the driver: `written` bytes of its `in` segments are valid. */
void vq_push(struct virtqueue *vq, uint16_t head, uint32_t written);

/* True if the driver wants an interrupt for what was pushed since the last call. */
bool vq_should_signal(struct virtqueue *vq);

/*
 * Asks the driver for a notification when it makes one more chain available. What came before it
 * saw that is not notified: look at vq_waiting again afterwards.
 */
void vq_enable_notify(struct virtqueue *vq);

/* Copies from the chain's `out` bytes, starting at `offset`; returns the bytes copied. */
size_t vq_read(const struct vq_chain *chain, size_t offset, void *to, size_t len);

/* Copies into the chain's `in` bytes, starting at `offset`; returns the bytes copied. */
size_t vq_write(const struct vq_chain *chain, size_t offset, const void *from, size_t len);

#endif
