/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The switchboard from inside: what the platform (drivers, VM manager, compositor, bridge) offers
 * to the virtio device models, and the other way round.
 *
 * One thread of control, the event loop. Nothing here may be called from an interrupt handler, no
 * callback comes from one, and no callback comes before the call that asks for it has returned.
 * Nothing allocates memory after start. All memory is mapped one to one: a pointer to a VM's RAM
 * or to a buffer of ours is its physical address, which is what DMA engines get.
 *
 * Every number that comes from a guest is hostile: check it before it reaches these functions.
 * What these functions check themselves is said at each.
 */
#ifndef SWITCHBOARD_H
#define SWITCHBOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "phonebooth/vmpage.h"

#include "el1/clock.h"
#include "el1/entropy.h"
#include "el1/log.h"
#include "el1/timers.h"

#define SCREEN_WIDTH   720u
#define SCREEN_HEIGHT  1440u
#define BAR_HEIGHT     64u                          /* y 0..63: only the switchboard draws here */
#define PERSONA_WIDTH  SCREEN_WIDTH                 /* pixels, what EDID tells a persona */
#define PERSONA_HEIGHT (SCREEN_HEIGHT - BAR_HEIGHT) /* 1376 */

#define VM_VIO_IPA 0x0a000000u /* where virtio slot 0 is on the persona platform */
#define VM_RAM_IPA 0x40000000u /* and where RAM begins */

struct blk_dev;
struct bridge_port;
struct guard;

/* ---- Virtual machines ------------------------------------------------------------------ */

enum vm_kind { VM_KIND_PERSONA, VM_KIND_REALTIME };

/* The slots of a persona, docs/design/contracts.md section 4. */
enum vio_slot {
    VIO_SLOT_SYSTEM,
    VIO_SLOT_DATA,
    VIO_SLOT_NET,
    VIO_SLOT_GPU,
    VIO_SLOT_TOUCH,
    VIO_SLOT_KEYS,
    VIO_SLOT_CONSOLE,
    VIO_SLOT_RNG,
    VIO_SLOT_COUNT,
};

struct vm {
    uint32_t id; /* as in the hypercalls */
    enum vm_kind kind;
    char name[16];
    char display_name[32]; /* UTF-8, what the bar shows */
    uint32_t colour;       /* 0x00RRGGBB */
    uint64_t ram_ipa;      /* where the guest sees its RAM */
    uint64_t ram_pa;       /* and where we see it, while it is lent or shared */
    uint64_t ram_size;     /* bytes */
    uint8_t *ram;          /* ram_pa as a pointer (host tests: their own buffer) */
    volatile struct pb_vm_page *page;
    volatile uint8_t *vio; /* register pages, slot s at s * PB_VIO_STRIDE; NULL: no virtio */
    uint32_t doorbell;     /* INTID of its events */
    bool share_all;        /* its RAM stays mapped for us while it runs */
    struct guard *guard;   /* protected: while it runs we see the pages that it shares; else NULL */
    bool autostart;
    bool slept;    /* it has suspended itself in this life */
    bool front;    /* the persona that has keys and touch */
    bool ram_here; /* we may touch its RAM now: OFF, or shared and not scrubbed */
    enum pb_vm_state state;
    enum pb_vm_reason reason;
    uint8_t mac[6];         /* of its network device; locally administered */
    struct blk_dev *system; /* read only; NULL: none */
    struct blk_dev *data;   /* NULL: none (empty slot) */
    uint8_t *pixels;        /* virtio-gpu's own arena for resources of this VM, 2 MiB aligned */
    size_t pixels_size;     /* bytes, at least 32 MiB for a persona; not zeroed */
    void *virtio;           /* belongs to virtio/ */
    void *manager;          /* belongs to the VM manager */
};

/* The VMs we serve, by position 0..vm_count() - 1 (not by id); NULL past the end. */
unsigned vm_count(void);
struct vm *vm_at(unsigned index);

/*
 * A range of guest addresses as a pointer. NULL if any byte of ipa..ipa+len-1 is outside the VM's
 * RAM, on overflow, or while its RAM is not ours to touch. len 0 is allowed inside RAM. A protected
 * VM that runs shares all of the range, and may stop to do so at any time: what is read then is
 * zero, what is written is lost, and soon afterwards virtio_lost() is called.
 */
void *vm_map(const struct vm *vm, uint64_t ipa, uint64_t len);

/* InterruptStatus |= bits (1 used buffer, 2 configuration change) and the slot's interrupt. */
void vm_vio_raise(struct vm *vm, unsigned slot, uint32_t bits);

/* A broken guest: one line in the log and a counter per VM; lines are limited in rate. */
void vm_complain(struct vm *vm, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- Block ----------------------------------------------------------------------------- */

#define BLK_SECTOR 512u

enum blk_op { BLK_READ, BLK_WRITE, BLK_FLUSH };
enum blk_status { BLK_OK, BLK_IO_ERROR, BLK_DENIED /* write to read only */, BLK_RANGE };

/* A piece of memory; for eMMC its address and length must be multiples of 4 (else it is copied). */
struct blk_seg {
    void *data;
    uint32_t len; /* bytes */
};

/*
 * One request. The caller owns it and the segment array; both, and the memory, must stay until
 * done() is called or blk_cancel() returns. The segments together are a multiple of 512 bytes.
 * Requests of one device complete in the order of submission; several may be under way.
 */
struct blk_req {
    struct blk_dev *dev;
    bool copy; /* no DMA: the memory may go away (vm_map) */
    enum blk_op op;
    uint64_t sector; /* of 512 bytes, from the start of the device (the partition) */
    const struct blk_seg *seg;
    unsigned segs;
    void (*done)(struct blk_req *req, enum blk_status status);
    void *owner; /* free for the caller */

    /* of the block layer: */
    struct blk_req *next;
    uint64_t bytes, moved;
    unsigned seg_at;
    uint32_t seg_moved;
    enum blk_status status;
};

uint64_t blk_sectors(const struct blk_dev *dev);
bool blk_read_only(const struct blk_dev *dev);

/*
 * Takes the request; done() is always called later, from the event loop, also for errors (range,
 * read only, lengths not multiples of 512 are checked here). No limit on size or segments, but a
 * sector spread over more than 192 segments is an I/O error.
 */
void blk_submit(struct blk_req *req);

/*
 * Forgets every request of this device: none of their done() will be called, and no DMA of theirs
 * runs when this returns (it waits for the piece in flight: at most 512 KiB or a card timeout).
 */
void blk_cancel(struct blk_dev *dev);

/* ---- Network --------------------------------------------------------------------------- */

#define NET_FRAME_MIN 14u   /* an Ethernet header */
#define NET_FRAME_MAX 1514u /* header + 1500, no FCS, no VLAN tag */

/*
 * A frame from a VM's network device into the bridge; copied before it returns. False: dropped
 * (wrong length, a source address that is not vm->mac, no room); no error to the guest.
 */
bool net_send(struct vm *vm, const void *frame, size_t len);

/* ---- Display --------------------------------------------------------------------------- */

enum pixel_format { PIXEL_XRGB8888, PIXEL_ARGB8888 /* premultiplied */, PIXEL_RGB565 };

/* Pixels in memory: little endian words, so XRGB8888 is B G R X in bytes. */
struct image {
    const void *pixels;
    uint32_t stride; /* bytes */
    uint32_t width, height;
    enum pixel_format format;
};

struct rect {
    uint32_t x, y, width, height;
};

/*
 * What the VM shows from now on; NULL: nothing. The display engine reads the memory itself, and for
 * up to one frame after the next call for this VM (memory used again too early shows a torn frame
 * of the same VM, no more). The memory must be vm->pixels or the VM's RAM. Any size is scaled to
 * the persona's area.
 */
void compositor_scanout(struct vm *vm, const struct image *image);

/* The pixels in rect have changed (RESOURCE_FLUSH). Cheap; call it for each flush. */
void compositor_flush(struct vm *vm, const struct rect *rect);

/* The cursor, hot spot subtracted, in persona pixels; NULL: none. At most 64 x 64, ARGB8888. */
void compositor_cursor(struct vm *vm, const struct image *image, int x, int y);
void compositor_cursor_move(struct vm *vm, int x, int y);

/* ---- Console, clock -------------------------------------------------------------------- */

/* Output of the VM's virtio console. Never blocks; what does not fit is dropped. */
void console_output(struct vm *vm, const void *data, size_t len);

uint64_t clock_rtc_s(void); /* seconds since 1970, from the board's clock */

/* ---- What virtio/ provides -------------------------------------------------------------- */

/* Once per VM with vio != NULL, after the drivers are up: registers of every slot, reset state. */
void virtio_init(struct vm *vm);

/* The guest wrote these queue numbers to QueueNotify of the slot. */
void virtio_notify(struct vm *vm, unsigned slot, uint32_t queue_mask);

/*
 * The guest wrote any other register: offset 0..0x1ff in the slot, size 1, 2, 4 or 8. It waits
 * until this returns, so what the write changes must be in the register page by then.
 */
void virtio_write(struct vm *vm, unsigned slot, uint32_t offset, unsigned size, uint64_t value);

/* The VM has stopped: every slot to its reset state, no backend request left, RAM untouched. */
void virtio_reset_vm(struct vm *vm);

/* Memory of the VM that a device used was not there any more: all devices need a reset. */
void virtio_lost(struct vm *vm);

/* A frame for the VM, valid only during the call; no room: drop it. */
void virtio_net_receive(struct vm *vm, const void *frame, size_t len);

enum touch_action { TOUCH_DOWN, TOUCH_MOVE, TOUCH_UP };

/* Contact slot 0..9 in persona pixels; one report of the panel ends with vinput_touch_sync(). */
void vinput_touch(struct vm *vm, unsigned slot, enum touch_action action, uint32_t x, uint32_t y);
void vinput_touch_sync(struct vm *vm);

enum vinput_result {
    VINPUT_OK,
    VINPUT_NO_SUCH_KEY, /* the keyboard has codes 1..248; the guest repeats by itself */
    VINPUT_NO_DRIVER,   /* the guest drives no keyboard now */
    VINPUT_FULL,        /* too much waits for the guest already; never said of a release */
};

/*
 * Linux evdev key code; value 0 released, 1 pressed. Each call is a report of its own; *number,
 * set when it is accepted, says which: it has been taken when vinput_taken() is not less.
 */
enum vinput_result vinput_key(struct vm *vm, uint16_t code, unsigned value, uint32_t *number);
enum vinput_result vinput_wheel(struct vm *vm, int steps,
                                uint32_t *number); /* + : away from the user */

/* How many reports of keys and wheel the guest's driver has taken since its device was reset. */
uint32_t vinput_taken(const struct vm *vm);

/* told(): that number may have changed; reset: it is 0 again, and what was under way is lost. */
void vinput_on_taken(struct vm *vm, void (*told)(struct vm *vm, bool reset));

/* Bytes typed into the VM's virtio console; returns how many it took. */
size_t vconsole_input(struct vm *vm, const void *data, size_t len);

/* One line of "name=value" counters for `stats`, into text (NUL-terminated, at most size). */
void virtio_stats(const struct vm *vm, char *text, size_t size);

#endif
