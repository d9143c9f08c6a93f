/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <stdio.h>
#include <string.h>

#include <libfdt.h>

#include "el1/fdtread.h"
#include "cfi.h"
#include "flash.h"
#include "views.h"
#include "vms.h"

#include "el1/clock.h"
#include "el1/guard.h"
#include "el1/hvc.h"
#include "el1/log.h"
#include "el1/memory.h"

#define VIO_PAGES_BYTES   (PB_VIO_SLOTS * PB_VIO_STRIDE)
#define PAGE              4096u
#define NO_SLOT           UINT32_MAX
#define COMPLAINTS_SECOND 5u
#define SECOND_US         1000000u

static struct vms {
    unsigned count;
    struct vm vm[PB_MAX_VMS];
    struct vm_config config[PB_MAX_VMS];
    struct complaints {
        unsigned all, this_second;
        uint64_t second;
    } complaints[PB_MAX_VMS];
} vms;

unsigned vm_count(void)
{
    return vms.count;
}

struct vm *vm_at(unsigned index)
{
    return index < vms.count ? &vms.vm[index] : NULL;
}

const struct vm_config *vms_config(const struct vm *vm)
{
    return &vms.config[vm - vms.vm];
}

unsigned vms_complaints(const struct vm *vm)
{
    return vms.complaints[vm - vms.vm].all;
}

struct vm *vms_find(const char *name)
{
    for (unsigned i = 0; i < vms.count; i++) {
        if (!strcmp(vms.vm[i].name, name)) {
            return &vms.vm[i];
        }
    }
    return NULL;
}

const char *vms_state_name(enum pb_vm_state state)
{
    static const char *const names[] = {"off", "running", "paused", "stopped", "suspended"};

    return (unsigned)state < sizeof(names) / sizeof(names[0]) ? names[state] : "unknown";
}

const char *vms_reason_name(enum pb_vm_reason reason)
{
    static const char *const names[] = {"none", "request", "off", "reset", "fault", "watchdog"};

    return (unsigned)reason < sizeof(names) / sizeof(names[0]) ? names[reason] : "unknown";
}

void vms_log_end(const struct vm *vm)
{
    log_line("%s: stopped, reason %s", vm->name, vms_reason_name(vm->reason));
    if (vm->reason == PB_REASON_FAULT) {
        log_line("%s: fault ESR %08lx IPA %#lx PC %#lx", vm->name,
                 (unsigned long)vm->page->fault_esr, (unsigned long)vm->page->fault_ipa,
                 (unsigned long)vm->page->fault_pc);
    }
}

bool vms_comes_back(enum pb_vm_reason reason)
{
    return reason == PB_REASON_SYSTEM_RESET || reason == PB_REASON_WATCHDOG;
}

void vms_take_state(struct vm *vm)
{
    vm->state = vm->page->state;
    vm->reason = vm->page->reason;
    vm->ram_here =
        vm->state == PB_VM_OFF || ((vm->share_all || vm->guard) && vm->state != PB_VM_STOPPED);
}

void *vm_map(const struct vm *vm, uint64_t ipa, uint64_t len)
{
    const bool runs = vm->guard && vm->state != PB_VM_OFF;
    const uint64_t base = vm->ram_ipa | (runs ? PB_IPA_SHARED : 0);
    const uint64_t offset = ipa - base;

    if (!vm->ram_here || ipa < base || offset > vm->ram_size || len > vm->ram_size - offset) {
        return NULL;
    }
    if (runs && !guard_probe(vm->guard, vm->ram + offset, len)) {
        return NULL;
    }
    return vm->ram + offset;
}

void vms_settle(void)
{
    for (unsigned i = 0; i < vms.count; i++) {
        struct vm *vm = &vms.vm[i];

        if (vm->guard && guard_hit(vm->guard)) {
            virtio_bus_lost(&vm->bus);
        }
    }
}

void vm_complain(struct vm *vm, const char *format, ...)
{
    struct complaints *complaints = &vms.complaints[vm - vms.vm];
    const uint64_t second = clock_us() / SECOND_US;
    char text[LOG_LINE];
    va_list arguments;

    complaints->all++;
    if (complaints->second != second) {
        complaints->this_second = 0;
    }
    complaints->second = second;
    if (complaints->this_second++ >= COMPLAINTS_SECOND) {
        return;
    }
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    log_line("%s: %s", vm->name, text);
}

/* ---- What the virtio devices know of their VM ---------------------------------------------- */

static void *map(const void *owner, uint64_t ipa, uint64_t len)
{
    return vm_map(owner, ipa, len);
}

static void vio_raise(void *owner, unsigned slot, uint32_t bits)
{
    const struct vm *vm = owner;

    hvc(PB_CALL_VIO_RAISE, vm->id, slot, bits);
}

static void complain(void *owner, const char *text)
{
    vm_complain(owner, "%s", text);
}

static const struct virtio_bus_ops bus_ops = {map, vio_raise, complain};

/* ---- The device tree ----------------------------------------------------------------------- */

static uint32_t node_id(const void *fdt, int node)
{
    const char *name = fdt_get_name(fdt, node, NULL);
    const char *unit = name ? strchr(name, '@') : NULL;
    uint32_t id = 0;

    if (!unit || !unit[1]) {
        return NO_SLOT;
    }
    for (unit++; *unit >= '0' && *unit <= '9' && id < PB_MAX_VMS; unit++) {
        id = id * 10 + (uint32_t)(*unit - '0');
    }
    return *unit ? NO_SLOT : id;
}

static void read_place(struct vm *vm, const void *fdt, int node)
{
    vm->ram_ipa = VM_RAM_IPA;
    vm->ram_pa = fdt_read_u64(fdt, node, "ram", 0, 0);
    vm->ram_size = fdt_read_u64(fdt, node, "ram", 1, 0);
    vm->ram = (uint8_t *)(uintptr_t)vm->ram_pa;
    vm->page = (volatile struct pb_vm_page *)(uintptr_t)fdt_read_u64(fdt, node, "vm-page", 0, 0);
    vm->bus.ops = &bus_ops;
    vm->bus.owner = vm;
    vm->bus.pages = (volatile uint8_t *)(uintptr_t)fdt_read_u64(fdt, node, "vio-pages", 0, 0);
    vm->flash = (uint8_t *)(uintptr_t)fdt_read_u64(fdt, node, "flash", 0, 0);
    vm->doorbell = fdt_read_u32(fdt, node, "doorbell", 0);
}

static bool is_true(const void *fdt, int node, const char *name)
{
    int len;
    const void *value = fdt_getprop(fdt, node, name, &len);

    return value && (len < 4 || fdt_read_u32(fdt, node, name, 0));
}

static void read_names(struct vm *vm, struct vm_config *config, const void *fdt, int node)
{
    char text[16];

    fdt_read_text(fdt, node, "name", vm->name, sizeof(vm->name));
    fdt_read_text(fdt, node, "display-name", vm->display_name, sizeof(vm->display_name));
    if (!vm->display_name[0]) {
        memcpy(vm->display_name, vm->name, sizeof(vm->name));
    }
    fdt_read_text(fdt, node, "kind", text, sizeof(text));
    vm->kind = pb_kind_of(text);
    fdt_read_text(fdt, node, "share", text, sizeof(text));
    vm->share_all = !strcmp(text, "all");
    vm->autostart = is_true(fdt, node, "autostart");
    config->is_protected = is_true(fdt, node, "protected");
    vm->colour = fdt_read_u32(fdt, node, "colour", 0) & 0xffffff;
    fdt_read_text(fdt, node, "join", config->join, sizeof(config->join));
    fdt_read_text(fdt, node, "boot-partition", config->boot, sizeof(config->boot));
    fdt_read_text(fdt, node, "system-partition", config->system, sizeof(config->system));
    config->data_slot = fdt_read_u32(fdt, node, "data-slot", NO_SLOT);
    views_read(config, fdt, node);
}

static void read_vm(const void *fdt, int node)
{
    struct vm *vm = &vms.vm[vms.count];

    memset(vm, 0, sizeof(*vm));
    vm->index = vms.count;
    vm->id = node_id(fdt, node);
    read_place(vm, fdt, node);
    read_names(vm, &vms.config[vms.count], fdt, node);
    if (vm->id >= PB_MAX_VMS || !vm->name[0] || !vm->page || !vm->ram_pa || !vm->ram_size) {
        log_line("device tree: %s is incomplete", fdt_get_name(fdt, node, NULL));
        return;
    }
    memory_reserve((uintptr_t)vm->page, PAGE);
    if (vm->bus.pages) {
        memory_reserve((uintptr_t)vm->bus.pages, VIO_PAGES_BYTES);
    }
    if (vm->flash) {
        memory_reserve((uintptr_t)vm->flash, CFI_SIZE);
    }
    vms.count++;
}

void vms_init(const void *fdt)
{
    int node = -1;

    while (vms.count < PB_MAX_VMS &&
           (node = fdt_node_offset_by_compatible(fdt, node, "phonebooth,vm")) >= 0) {
        read_vm(fdt, node);
    }
}

void vms_open(void)
{
    for (unsigned i = 0; i < vms.count; i++) {
        struct vm *vm = &vms.vm[i];

        if (vm->flash) {
            flash_init(vm);
        }
        if (vms.config[i].is_protected) {
            vm->guard = guard_add(vm->ram_pa, vm->ram_size);
        }
        vm->bus.access_platform = vm->guard;
        vms_take_state(vm);
        log_line("vm %u %s: RAM %lu MiB", (unsigned)vm->id, vm->name,
                 (unsigned long)(vm->ram_size >> 20));
    }
}
