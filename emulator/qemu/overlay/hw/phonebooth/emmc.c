/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * eMMC whose writes are durable, docs/board/.
 *
 * QEMU's card leaves what the guest wrote in caches: of the host's kernel, and
 * for qcow2 also of this process. Flushing after each block would cost a disk
 * access per 512 bytes; here a write command starts one flush for itself and
 * what follows it closely, beside the running guest. The card has a cache, too
 * (JESD84-B51, 6.6.36): after FLUSH_CACHE it is busy until a flush that began
 * then has ended, and what was written before survives this process and the host.
 *
 * What the host cannot do is told to the guest by the card's status, and to a
 * listener in the emulator. A flush that fails may have lost data of any block:
 * CC_ERROR, "not related to the host command" (JESD84-B51, 6.13).
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qemu/module.h"
#include "qemu/timer.h"
#include "hw/qdev-properties.h"
#include "hw/qdev-properties-system.h"
#include "hw/sd/sd.h"
#include "system/block-backend.h"
#include "system/blockdev.h"
#include "system/cpu-timers.h"
#include "system/runstate.h"
#include "board_parts.h"
#include "emmc.h"

/*
 * From a write command to the flush, and from there to another one: a long
 * command may still have been at work. Flushing a clean image costs nothing.
 */
#define FLUSH_FIRST_MS 20
#define FLUSH_LAST_MS  200

#define FLUSH_CACHE       32 /* of EXT_CSD */
#define STATE_PROGRAMMING 7
#define R1_LENGTH         4

#define TYPE_EMMC_FLUSHER "phonebooth-emmc-flusher"
OBJECT_DECLARE_SIMPLE_TYPE(EmmcFlusher, EMMC_FLUSHER)

/* A child of the card, because the card's own state is private to QEMU's model. */
struct EmmcFlusher {
    Object parent_obj;
    SDState *card;
    BlockBackend *blk;
    unsigned slot;
    QEMUTimer *timer;
    bool in_flight;
    bool asked; /* the guest waits for the end of a flush; */
    bool again; /* that of the one in flight is not it */
    bool last;  /* the next flush is the last one unless the guest writes */
    bool full;  /* the last flush failed because the host has no room */
};

static int (*parent_do_command)(SDState *sd, SDRequest *req, uint8_t *response);

static struct {
    emmc_listener *fn;
    void *opaque;
} listener;

void emmc_listen(emmc_listener *fn, void *opaque)
{
    listener.fn = fn;
    listener.opaque = opaque;
}

static EmmcFlusher *flusher_of(SDState *card)
{
    return EMMC_FLUSHER(object_resolve_path_component(OBJECT(card), "flusher"));
}

static void tell(const EmmcFlusher *f, EmmcOperation operation, int error, bool waits)
{
    const EmmcTrouble trouble = {f->slot, operation, error, waits};

    if (listener.fn) {
        listener.fn(listener.opaque, &trouble);
    }
}

/* In @ms at the latest. */
static void flush_in(EmmcFlusher *f, int64_t ms)
{
    timer_mod_anticipate(f->timer, qemu_clock_get_ms(QEMU_CLOCK_REALTIME) + ms);
}

/* No room: the machine stops, and another flush follows when it goes on. */
static void flush_failed(EmmcFlusher *f, int error)
{
    bool full = error == ENOSPC || error == EDQUOT;

    sd_set_internal_error(f->card);
    tell(f, EMMC_FLUSH, error, full);
    blk_error_action(f->blk, full ? BLOCK_ERROR_ACTION_STOP : BLOCK_ERROR_ACTION_REPORT, false,
                     error);
    f->full = full;
}

static void set_busy(EmmcFlusher *f, bool busy)
{
    f->asked = busy;
    sdbus_set_busy(SD_BUS(qdev_get_parent_bus(DEVICE(f->card))), busy);
}

static void flush_now(void *opaque);

/* Without room, the guest waits on. */
static void flush_ended(EmmcFlusher *f)
{
    if (f->again) {
        f->again = false;
        flush_now(f);
    } else if (f->asked && !f->full) {
        set_busy(f, false);
    }
}

static void flush_done(void *opaque, int ret)
{
    EmmcFlusher *f = opaque;

    f->in_flight = false;
    if (ret < 0) {
        flush_failed(f, -ret);
        flush_ended(f);
        return;
    }
    if (f->full) {
        f->full = false;
        tell(f, EMMC_FLUSH, 0, false);
    }
    flush_ended(f);
    if (!timer_pending(f->timer) && !f->last) {
        f->last = true;
        flush_in(f, FLUSH_LAST_MS);
    }
}

static void flush_now(void *opaque)
{
    EmmcFlusher *f = opaque;

    if (f->in_flight) {
        flush_in(f, FLUSH_FIRST_MS);
        return;
    }
    f->in_flight = true;
    blk_aio_flush(f->blk, flush_done, f);
}

/* Commands that write, and the one that ends a write of many blocks. */
static bool writes(uint8_t command)
{
    switch (command) {
    case 12: /* STOP_TRANSMISSION */
    case 24: /* WRITE_BLOCK */
    case 25: /* WRITE_MULTIPLE_BLOCK */
    case 38: /* ERASE */
        return true;
    default:
        return false;
    }
}

/* SWITCH of FLUSH_CACHE, JESD84-B51, 6.6.36 */
static bool flushes(const SDRequest *req)
{
    return req->cmd == 6 && (req->arg >> 16 & 0xff) == FLUSH_CACHE && req->arg >> 8 & 1;
}

/* With counted instructions, how long the guest waits must not be the host's time. */
static void flush_at_once(EmmcFlusher *f)
{
    int error = blk_flush(f->blk);

    if (error < 0) {
        flush_failed(f, -error);
    }
}

static void guest_flushes(EmmcFlusher *f)
{
    if (icount_enabled()) {
        flush_at_once(f);
        return;
    }
    set_busy(f, true);
    if (f->in_flight) {
        f->again = true;
    } else {
        flush_now(f);
    }
}

/* R1, bits 12 to 8: state and READY_FOR_DATA */
static void show_busy(uint8_t *response)
{
    response[2] = (response[2] & ~0x1f) | STATE_PROGRAMMING << 1;
}

static int emmc_do_command(SDState *sd, SDRequest *req, uint8_t *response)
{
    EmmcFlusher *f = flusher_of(sd);
    int length;

    if (writes(req->cmd)) {
        f->last = false;
        flush_in(f, FLUSH_FIRST_MS);
    }
    length = parent_do_command(sd, req, response);
    if (length == R1_LENGTH && flushes(req)) {
        guest_flushes(f);
    } else if (length == R1_LENGTH && req->cmd == 13 && f->asked) {
        show_busy(response);
    }
    return length;
}

static void emmc_host_error(SDState *sd, bool is_read, int error, bool waits)
{
    tell(flusher_of(sd), is_read ? EMMC_READ : EMMC_WRITE, error, waits);
}

static void emmc_vm_state_changed(void *opaque, bool running, RunState state)
{
    EmmcFlusher *f = opaque;

    if (running && f->full) {
        flush_in(f, FLUSH_FIRST_MS);
    }
}

DeviceState *board_new_emmc(BlockBackend *blk)
{
    DeviceState *emmc = qdev_new(TYPE_BOARD_EMMC);
    EmmcFlusher *f = EMMC_FLUSHER(object_new(TYPE_EMMC_FLUSHER));

    f->card = EMMC(emmc);
    f->blk = blk;
    f->slot = blk_legacy_dinfo(blk)->unit;
    f->timer = timer_new_ms(QEMU_CLOCK_REALTIME, flush_now, f);
    object_property_add_child(OBJECT(emmc), "flusher", OBJECT(f));
    object_unref(f);
    qemu_add_vm_change_state_handler(emmc_vm_state_changed, f);
    qdev_prop_set_drive_err(emmc, "drive", blk, &error_fatal);
    return emmc;
}

static void emmc_class_init(ObjectClass *oc, void *data)
{
    SDCardClass *sc = OBJECT_CLASS_CHECK(SDCardClass, oc, TYPE_EMMC);

    parent_do_command = sc->do_command;
    sc->do_command = emmc_do_command;
    sc->host_error = emmc_host_error;
}

static const TypeInfo emmc_types[] = {
    {
        .name = TYPE_EMMC_FLUSHER,
        .parent = TYPE_OBJECT,
        .instance_size = sizeof(EmmcFlusher),
    },
    {
        .name = TYPE_BOARD_EMMC,
        .parent = TYPE_EMMC,
        .class_init = emmc_class_init,
    },
};

DEFINE_TYPES(emmc_types)
