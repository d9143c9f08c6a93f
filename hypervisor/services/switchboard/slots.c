/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "slots.h"
#include "slots_devices.h"

#include <stdio.h>
#include <string.h>

#include "audio/audio.h"
#include "channels.h"
#include "net/net.h"
#include "screen/compositor.h"
#include "screen/pace.h"
#include "storage/block.h"
#include "storage/partition.h"
#include "vm/console.h"
#include "vm/vms.h"

#include "el1/kept.h"
#include "el1/log.h"
#include "el1/memory.h"
#include "el1/restart.h"

#define PERSONAS     4u          /* VMs with virtio */
#define PIXELS       (40u << 20) /* bytes of a GPU's resources: ten screens */
#define PIXELS_ALIGN (2u << 20)

/* Kept: a guest's driver relies on its device. */
static KEPT struct devices all_devices[PERSONAS];

static struct {
    unsigned used;
    struct devices *of[PB_MAX_VMS]; /* by vm->index; NULL: no virtio */
    void (*told)(struct vm *vm, bool reset);
    bool (*has_gnss)(const struct vm *vm);
    void (*gnss_opened)(struct vm *vm, bool open);
    struct edid_mode mode;
} slots;

/* ---- Back ends: owner is the VM ------------------------------------------------------------ */

static void scanout(void *owner, const struct image *image)
{
    compositor_scanout(owner, image);
}

static void flush(void *owner, const struct rect *rect)
{
    compositor_flush(owner, rect);
}

static void cursor(void *owner, const struct image *image, int x, int y)
{
    compositor_cursor(owner, image, x, y);
}

static void cursor_move(void *owner, int x, int y)
{
    compositor_cursor_move(owner, x, y);
}

static void pace(void *owner)
{
    pace_request(owner);
}

static const struct gpu_screen screen = {scanout, flush, cursor, cursor_move, pace};

static void frame(struct vm *vm)
{
    gpu_frame(&slots.of[vm->index]->gpu);
}

static void send_wifi(void *owner, const void *frame, size_t len)
{
    net_send(owner, NET_WIFI, frame, len);
}

static void send_cellular(void *owner, const void *frame, size_t len)
{
    net_send(owner, NET_CELLULAR, frame, len);
}

static void output(void *owner, const void *data, size_t len)
{
    console_output(owner, data, len);
}

/* The receiver is not one persona's alone: it takes no commands. */
static void gnss_output(void *owner, const void *data, size_t len)
{
    (void)owner;
    (void)data;
    (void)len;
}

static void gnss_opened(void *owner, bool open)
{
    slots.gnss_opened(owner, open);
}

static void told(void *owner, bool reset)
{
    if (slots.told) {
        slots.told(owner, reset);
    }
}

static void sound_changed(void *owner)
{
    (void)owner;
    audio_update();
}

/* ---- The table ----------------------------------------------------------------------------- */

static void attach_disk(struct vm *vm, unsigned slot, struct block_dev *block,
                        struct blk_dev *backend, const char *what)
{
    char serial[sizeof(vm->name) + 8];

    snprintf(serial, sizeof(serial), "%s-%s", vm->name, what);
    block_attach(block, &vm->bus, slot, backend, serial);
    log_line("vm %u %s: %s disk %s", (unsigned)vm->id, vm->name, what, backend ? "yes" : "no");
}

static void attach_system(struct devices *devices, struct vm *vm, unsigned slot)
{
    const char *name = vms_config(vm)->system;

    attach_disk(vm, slot, &devices->system, name[0] ? partition_open(name, true) : NULL, "system");
}

static void attach_data(struct devices *devices, struct vm *vm, unsigned slot)
{
    const uint32_t card = vms_config(vm)->data_slot;

    attach_disk(vm, slot, &devices->data, block_open(card, 0, block_card_sectors(card), false),
                "data");
}

static void attach_net(struct devices *devices, struct vm *vm, unsigned slot, enum net_wire wire)
{
    uint8_t mac[NET_MAC];

    if (!net_has(vm, wire)) {
        virtio_attach_none(&vm->bus, slot);
        return;
    }
    net_address(vm, wire, mac);
    net_attach(&devices->net[wire], &vm->bus, slot, mac,
               wire == NET_WIFI ? send_wifi : send_cellular);
}

static void attach_wifi(struct devices *devices, struct vm *vm, unsigned slot)
{
    attach_net(devices, vm, slot, NET_WIFI);
}

static void attach_cellular(struct devices *devices, struct vm *vm, unsigned slot)
{
    attach_net(devices, vm, slot, NET_CELLULAR);
}

static void attach_gpu(struct devices *devices, struct vm *vm, unsigned slot)
{
    gpu_attach(&devices->gpu, &vm->bus, slot, &screen, &slots.mode,
               memory_take(PIXELS, PIXELS_ALIGN), PIXELS);
}

static void attach_touch(struct devices *devices, struct vm *vm, unsigned slot)
{
    touch_attach(&devices->touch, &vm->bus, slot, slots.mode.width, slots.mode.height);
}

static void attach_keys(struct devices *devices, struct vm *vm, unsigned slot)
{
    keys_attach(&devices->keys, &vm->bus, slot, told);
}

static void attach_console(struct devices *devices, struct vm *vm, unsigned slot)
{
    devices->port[PORT_CONSOLE] = (struct console_port){.console = true, .output = output};
    if (slots.has_gnss && slots.has_gnss(vm)) {
        devices->port[PORT_GNSS] =
            (struct console_port){.name = "gnss", .output = gnss_output, .opened = gnss_opened};
    }
    console_attach(&devices->console, &vm->bus, slot, devices->port);
}

static void attach_entropy(struct devices *devices, struct vm *vm, unsigned slot)
{
    entropy_attach(&devices->entropy, &vm->bus, slot);
}

static void attach_sound(struct devices *devices, struct vm *vm, unsigned slot)
{
    const struct vm_config *config = vms_config(vm);

    if (!audio_present() || config->sound == VM_SOUND_ABSENT) {
        virtio_attach_none(&vm->bus, slot);
        return;
    }
    sound_attach(&devices->sound, &vm->bus, slot, config->microphone != VM_MICROPHONE_ABSENT,
                 sound_changed);
    audio_attach(vm, &devices->sound);
}

static void attach_vsock(struct devices *devices, struct vm *vm, unsigned slot)
{
    vsock_attach(&devices->vsock, &vm->bus, slot, channels_cid(vm), channels_of(vm));
}

/* Contracts.md, section 4: the number of a slot is its place here. A device without back end leaves
 * its slot empty. */
static void (*const table[])(struct devices *devices, struct vm *vm, unsigned slot) = {
    attach_system, /* 0 */
    attach_data,   /* 1 */
    attach_wifi,   /* 2 */
    attach_gpu,    /* 3 */
    attach_touch,  /* 4 */
    attach_keys,   /* 5 */
    attach_console /* 6 */,
    attach_entropy, /* 7 */
    attach_sound,   /* 8 */
    attach_vsock,   /* 9 */
    attach_cellular /* 10 */,
};

static void attach_all(struct vm *vm)
{
    vm->bus.kept =
        restart_kind() == RESTART_KEEPS && vm->state != PB_VM_OFF && vm->state != PB_VM_STOPPED;
    vm->bus.slept = vm->bus.kept; /* it may have */
    virtio_bus_init(&vm->bus);
    if (slots.used == PERSONAS) {
        log_line("virtio: no devices for %s: at most %u VMs have them", vm->name, PERSONAS);
        return;
    }
    slots.of[vm->index] = &all_devices[slots.used++];
    for (unsigned slot = 0; slot < sizeof(table) / sizeof(table[0]); slot++) {
        table[slot](slots.of[vm->index], vm, slot);
    }
}

void slots_init(void)
{
    struct vm *vm;

    slots.mode = compositor_mode();
    pace_init(frame);
    if (restart_kind() == RESTART_FRESH) {
        memset(all_devices, 0, sizeof(all_devices));
    }
    for (unsigned i = 0; (vm = vm_at(i)) != NULL; i++) {
        if (vm->bus.pages) {
            attach_all(vm);
        }
    }
}

void slots_resume(void)
{
    struct vm *vm;

    for (unsigned i = 0; (vm = vm_at(i)) != NULL; i++) {
        if (vm->bus.kept) {
            virtio_bus_resume(&vm->bus);
        }
    }
}

void slots_on_taken(void (*fn)(struct vm *vm, bool reset))
{
    slots.told = fn;
}

void slots_on_gnss(bool (*has)(const struct vm *vm), void (*opened)(struct vm *vm, bool open))
{
    slots.has_gnss = has;
    slots.gnss_opened = opened;
}

struct devices *slots_of(const struct vm *vm)
{
    return slots.of[vm->index];
}
