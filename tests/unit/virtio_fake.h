/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A guest and a platform for tests of the virtio devices: one VM with RAM in a host buffer, a
 * disk in memory whose requests end when the test says so, and records of what the devices
 * gave to the platform. The driver side does what Linux's virtio_mmio and virtio_ring do.
 */
#ifndef VIRTIO_FAKE_H
#define VIRTIO_FAKE_H

#include "el1/blk.h"
#include "el1/timers.h"
#include "virtio/bus.h"
#include "virtio/vblock.h"
#include "virtio/vconsole.h"
#include "virtio/ventropy.h"
#include "virtio/vgpu.h"
#include "virtio/vinput.h"
#include "virtio/vnet.h"
#include "virtio/vsock.h"
#include "virtio/vsound.h"

/* Slots of the fake guest, as a persona has them. */
enum {
    SLOT_SYSTEM,
    SLOT_DATA,
    SLOT_NET,
    SLOT_GPU,
    SLOT_TOUCH,
    SLOT_KEYS,
    SLOT_CONSOLE,
    SLOT_RNG,
    SLOT_SOUND,
    SLOT_VSOCK,
    SLOT_COUNT,
};

#define FAKE_WIDTH    720u
#define FAKE_HEIGHT   1376u
#define FAKE_RAM_IPA  0x40000000u
#define FAKE_RAM      (16u << 20)
#define FAKE_PIXELS   (32u << 20)
#define FAKE_SECTORS  256u
#define FAKE_QUEUE    256u
#define FAKE_VERSION1 (1ull << 32)
#define FAKE_INDIRECT (1ull << 28)
#define FAKE_EVENT    (1ull << 29)
#define FAKE_PORT     1u /* of the console: one that is named "gnss" */
#define FAKE_CID      3u
#define FAKE_ECHO     7u /* port of a service that gives back what it gets */
#define FAKE_ECHOES   4u /* connections that it takes */

/* What the devices did to the platform since fake_start. */
struct fake {
    struct virtio_bus bus;
    bool ram_here;
    uint32_t ram_size;
    size_t pixels_size;
    bool no_data; /* the second disk is absent */
    uint8_t *ram; /* a buffer of its own, so that the sanitizer sees each byte past it */
    uint8_t *pixels;
    uint8_t disk[FAKE_SECTORS * BLK_SECTOR];
    struct blk_req *pending; /* in order */
    unsigned flushes, submitted, cancelled;
    bool disk_error, trim_error, no_trim;
    unsigned trims, zeros;
    unsigned complaints, raised[PB_VIO_SLOTS];
    uint8_t frame[2048];
    size_t frame_len;
    unsigned frames;
    uint8_t console[4096];
    size_t console_len;
    uint8_t port[4096]; /* of FAKE_PORT */
    size_t port_len;
    bool port_open;
    unsigned port_changes;
    struct image scanout, cursor;
    bool scanout_on, cursor_on;
    int cursor_x, cursor_y;
    unsigned scanouts, flushed, paced;
    struct rect flush;
    struct timer *timers;
    bool seeded;
    uint8_t noise; /* another one: other random numbers */
    unsigned sound_changes;
    unsigned echoes; /* its connections, */
    unsigned opened; /* and all that there have been */
    uint32_t number; /* of the last report of keys or wheel */
};
extern struct fake fake;

/* The devices; only their own state outlives a guest. */
struct fake_devices {
    struct block_dev system, data;
    struct net_dev net;
    struct gpu_dev gpu;
    struct touch_dev touch;
    struct keys_dev keys;
    struct console_dev console;
    struct entropy_dev entropy;
    struct sound_dev sound;
    struct vsock_dev vsock;
};
extern struct fake_devices fake_devices;

/* Attaches them to fake.bus, again if need be. */
void fake_attach(void);

/* A fresh VM with its devices attached. Only the devices' own state outlives it. */
void fake_start(void);
/* The same with less memory, for what starts very often; multiples of 4096 bytes. */
void fake_start_small(uint32_t ram, uint32_t pixels);
void fake_end(void);

/* Ends the oldest request / all requests under way. */
bool fake_disk_step(void);
void fake_disk_run(void);

/* Fires every timer that is due; returns how many. */
unsigned fake_timers(void);

/* ---- Registers as the guest sees them --------------------------------------------------- */

uint32_t fake_read(unsigned slot, uint32_t offset);
void fake_write(unsigned slot, uint32_t offset, uint32_t value);

/* As EL2 does on InterruptACK; returns the bits that were set. */
uint32_t fake_ack(unsigned slot);

/* What the keyboard gets; as the service port does it. */
enum keys_result fake_key(uint16_t code, unsigned value);
enum keys_result fake_wheel(int steps);

/* ---- Guest memory and driver --------------------------------------------------------------- */

/* Some of the guest's RAM that no one uses yet, `align` a power of two; returns the IPA. */
uint64_t fake_alloc(size_t size, size_t align);
void *fake_at(uint64_t ipa);

struct fake_queue {
    unsigned slot, index, size;
    bool event_idx;
    uint64_t desc, avail, used;
    uint16_t free[FAKE_QUEUE]; /* free descriptors */
    unsigned free_count;
    uint16_t chain_len[FAKE_QUEUE];
    uint16_t next_avail, next_used, kicked;
};

struct fake_buf {
    uint64_t ipa;
    uint32_t len;
    bool in; /* the device writes it */
};

/* Reset, ACKNOWLEDGE, DRIVER, features, FEATURES_OK; returns the accepted features. */
uint64_t fake_negotiate(unsigned slot, uint64_t wanted);
/* Sets up a queue; size 0: the largest that the device allows. */
void fake_queue_start(struct fake_queue *q, unsigned slot, unsigned index, unsigned size);
void fake_driver_ok(unsigned slot);

/* Makes a chain available; `indirect`: in a table of its own. Returns its head, -1: no room. */
int fake_add(struct fake_queue *q, const struct fake_buf *buf, unsigned count, bool indirect);
/* Notifies if the device asked for it; true if so. */
bool fake_kick(struct fake_queue *q);
/* Takes a used chain back: its head, -1: none. */
int fake_get(struct fake_queue *q, uint32_t *written);

/* The ring fields, for tests that break them. */
struct fake_desc {
    uint64_t addr;
    uint32_t len;
    uint16_t flags, next;
};
struct fake_desc *fake_descs(struct fake_queue *q);
uint16_t *fake_avail(struct fake_queue *q); /* flags, idx, ring[], used_event */

/* A small generator, so that a seed gives the same run everywhere. */
uint32_t fake_random(uint64_t *state);

#endif
