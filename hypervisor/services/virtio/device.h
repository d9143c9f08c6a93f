/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * What every virtio device model is made of: a table of operations and the state
 * that the transport (virtio-mmio version 2, virtio 1.2 section 4.2) keeps for it.
 * A model embeds struct virtio_dev as its first member.
 */
#ifndef VIRTIO_DEVICE_H
#define VIRTIO_DEVICE_H

#include "bus_state.h"
#include "regs.h"
#include "el1/timers.h"
#include "virtqueue.h"

#define VIRTIO_CONFIG_MAX 0x100u /* bytes of configuration space in a slot */

/* Device-independent feature bits that every device here offers (section 6). */
#define VIRTIO_F_INDIRECT_DESC   (1ull << 28)
#define VIRTIO_F_EVENT_IDX       (1ull << 29)
#define VIRTIO_F_VERSION_1       (1ull << 32)
#define VIRTIO_F_ACCESS_PLATFORM (1ull << 33) /* for a protected VM: it must share what we use */

/* Device ids (section 5). */
enum virtio_id {
    VIRTIO_ID_NONE = 0,
    VIRTIO_ID_NET = 1,
    VIRTIO_ID_BLOCK = 2,
    VIRTIO_ID_CONSOLE = 3,
    VIRTIO_ID_ENTROPY = 4,
    VIRTIO_ID_GPU = 16,
    VIRTIO_ID_INPUT = 18,
    VIRTIO_ID_SOCKET = 19,
    VIRTIO_ID_SOUND = 25,
};

struct virtio_dev;

struct virtio_ops {
    enum virtio_id id;
    const char *name;  /* in the log */
    uint64_t features; /* of the device type; the independent ones are added */
    uint8_t queues;
    uint16_t queue_size;
    uint32_t served; /* mask of the queues whose chains go to request() as they come */
    bool keeps; /* touches the guest's memory in request() or settle() only: may outlive a sleep */

    /*
     * One chain of a served queue. The model answers it by virtio_answer(), now or
     * later; `chain` and its segment array are valid during the call only. Returns what
     * the work cost, in bytes moved: a queue gives way to others after a fair share.
     * False in *ok: the driver broke the rules of the device, which then needs a reset.
     */
    uint32_t (*request)(struct virtio_dev *dev, unsigned queue, const struct vq_chain *chain,
                        bool *ok);
    /* The driver made buffers available in a queue that is not served. May be NULL. */
    void (*refilled)(struct virtio_dev *dev, unsigned queue);
    /* The driver wrote configuration space; offset + size <= VIRTIO_CONFIG_MAX. May be NULL. */
    void (*config_written)(struct virtio_dev *dev, uint32_t offset, unsigned size, uint64_t value);
    /* The driver stopped a queue: nothing may touch its chains from now on. May be NULL. */
    void (*queue_stopped)(struct virtio_dev *dev, unsigned queue);
    /* Back to the state after virtio_attach; nothing may touch the guest's memory after. May be
     * NULL. */
    void (*reset)(struct virtio_dev *dev);

    /* Chains of a queue that the model has taken and has still to answer. NULL: it answers each at
     * once. */
    unsigned (*held)(const struct virtio_dev *dev, unsigned queue);
    /* Answers what it holds. Needed of a model that keeps, if it holds anything. May be NULL. */
    void (*settle)(struct virtio_dev *dev);
    /*
     * The service has started again and the device goes on with the state that it had: what it had
     * told or asked others, it must tell or ask again. May be NULL.
     */
    void (*resume)(struct virtio_dev *dev);
};

struct virtio_counts {
    uint32_t notifications;
    uint32_t requests;
    uint32_t interrupts;
    uint32_t broken;
};

/* A queue and what the driver has written of it. */
struct virtio_queue {
    struct virtqueue vq;
    uint16_t size;
    bool ready;
    uint64_t desc, avail, used;
};

struct virtio_dev {
    const struct virtio_ops *ops;
    struct virtio_bus *bus;
    unsigned slot;
    uint64_t features; /* offered */
    uint64_t accepted; /* by the driver; final once FEATURES_OK is in status */
    uint32_t status;
    uint32_t features_sel;
    uint32_t accepted_sel;
    uint32_t queue_sel;
    struct virtio_queue *queue; /* ops->queues of them, the model's */
    bool asleep;                /* reset by a driver that may still want its queues: transport.c */
    uint32_t postponed;         /* queues whose share was used up; `again` goes on with them */
    struct timer again;
    struct virtio_counts counts;
};

/*
 * Makes a model the slot's device: register page filled in, reset state. `queue`: ops->queues of
 * them, the model's; `features`: of its type. True: the bus is kept, and so is the state that the
 * device has; false also if that makes no sense.
 */
bool virtio_attach(struct virtio_dev *dev, const struct virtio_ops *ops, struct virtio_queue *queue,
                   struct virtio_bus *bus, unsigned slot, uint64_t features);

/* Fills the page of a slot without a device: DeviceID 0. */
void virtio_attach_none(struct virtio_bus *bus, unsigned slot);

/* A posted register write; see virtio_bus_write. */
void virtio_dev_write(struct virtio_dev *dev, uint32_t offset, unsigned size, uint64_t value);

/* The driver notified these queues. */
void virtio_dev_notify(struct virtio_dev *dev, uint32_t queue_mask);

/* dev->again: goes on with the queues whose share was used up. */
void virtio_dev_again(struct timer *timer);

/* virtio_bus_resume() */
void virtio_dev_resume(struct virtio_dev *dev);

/* As if the driver had written 0 to Status. */
void virtio_dev_reset(struct virtio_dev *dev);

/* True once the driver has set DRIVER_OK and the device needs no reset. */
bool virtio_live(const struct virtio_dev *dev);

/* Takes a chain of a queue that is not served; valid until the next take. False: none. */
bool virtio_take(struct virtio_dev *dev, unsigned queue, struct vq_chain *chain);

/* Returns a chain; the driver hears of it at the next virtio_signal. */
void virtio_answer(struct virtio_dev *dev, unsigned queue, uint16_t head, uint32_t written);

/* Interrupts the driver if it wants that for what was answered. A served queue does it itself. */
void virtio_signal(struct virtio_dev *dev, unsigned queue);

/* The driver broke the rules: DEVICE_NEEDS_RESET (2.1.2), a line in the log, no more service. */
void virtio_broken(struct virtio_dev *dev, const char *what);

/* Tells the driver that its device's configuration space has changed (2.5.1, 4.2.2). */
void virtio_config_changed(struct virtio_dev *dev);

/* Puts bytes into configuration space without telling the driver. */
void virtio_config_put(struct virtio_dev *dev, uint32_t offset, const void *data, size_t len);
void virtio_config_put8(struct virtio_dev *dev, uint32_t offset, uint8_t value);
void virtio_config_put32(struct virtio_dev *dev, uint32_t offset, uint32_t value);

/* ---- Between the transport and the rest --------------------------------------------------- */

static inline void dev_set_reg(struct virtio_dev *dev, enum reg offset, uint32_t value)
{
    *vio_reg(dev->bus, dev->slot, offset) = value;
}

static inline void dev_set_status(struct virtio_dev *dev, uint32_t status)
{
    dev->status = status;
    dev_set_reg(dev, REG_STATUS, status);
}

#endif
