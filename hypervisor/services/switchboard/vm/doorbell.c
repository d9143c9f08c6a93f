/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "doorbell.h"
#include "alarm.h"
#include "cfi.h"
#include "flash.h"
#include "smccc.h"
#include "vi2c.h"
#include "vlights.h"
#include "vsmbus.h"

#include "el1/hvc.h"
#include "el1/irq.h"

#define VIO_IPA_SIZE (PB_VIO_SLOTS * PB_VIO_STRIDE)

static void (*on_state)(struct vm *vm);

/* To the device at that address; what a read gives. Of virtio and flash only writes come here. */
static uint64_t access(struct vm *vm, const volatile struct pb_io *io)
{
    const uint64_t ipa = io->ipa - (vm->guard ? PB_IPA_SHARED : 0), offset = ipa - VM_VIO_IPA;
    const bool write = io->kind == PB_IO_WRITE;

    if (write && vm->kind == PB_KIND_PERSONA && vm->bus.pages &&
        offset / PB_VIO_STRIDE == PB_VIO_MAILBOX_SLOT) {
        vsmbus_write(vm, (uint32_t)(offset % PB_VIO_STRIDE), (uint32_t)io->value);
    } else if (write && vm->bus.pages && offset < VIO_IPA_SIZE) {
        virtio_bus_write(&vm->bus, (unsigned)(offset / PB_VIO_STRIDE),
                         (uint32_t)(offset % PB_VIO_STRIDE), io->size, io->value);
    } else if (ipa - VM_RTC_IPA < ALARM_PAGE) {
        return alarm_access(vm, (uint32_t)(ipa - VM_RTC_IPA), write, (uint32_t)io->value);
    } else if (vm->kind == PB_KIND_PERSONA && ipa - VM_I2C_IPA < VI2C_PAGES) {
        return vi2c_access(vm, (uint32_t)(ipa - VM_I2C_IPA), write, (uint32_t)io->value);
    } else if (vm->kind == PB_KIND_PERSONA && ipa - VM_GPIO_IPA < VLIGHTS_PAGE) {
        return vlights_access(vm, (uint32_t)(ipa - VM_GPIO_IPA), write, (uint32_t)io->value);
    } else if (write && vm->flash && ipa - VM_FLASH_IPA < CFI_SIZE) {
        flash_write(vm, ipa - VM_FLASH_IPA, io->size, (uint32_t)io->value);
    } else {
        vm_complain(vm, "%s of %#lx: nothing there", io->kind ? "write" : "read",
                    (unsigned long)io->ipa);
    }
    return 0;
}

static void answer(struct vm *vm, unsigned vcpu)
{
    volatile struct pb_io *io = &vm->page->io[vcpu];
    uint64_t result[4] = {0};

    if (io->kind == PB_IO_CALL) {
        smccc_call(vm, vcpu, (const uint64_t[]){io->ipa, io->value, io->arg}, result);
    } else {
        result[0] = access(vm, io);
    }
    /* First, for after the call the vCPU may post again. */
    io->state = 0;
    hvc_io_done(vm->id, vcpu, result);
}

static void look(struct vm *vm)
{
    on_state(vm);
    for (unsigned vcpu = 0; vcpu < PB_MAX_VM_VCPUS; vcpu++) {
        if (__atomic_load_n(&vm->page->io[vcpu].state, __ATOMIC_ACQUIRE)) {
            answer(vm, vcpu);
        }
    }
    for (unsigned slot = 0; vm->bus.pages && slot < PB_VIO_SLOTS; slot++) {
        uint32_t queues;

        if (!vm->page->notify[slot]) {
            continue;
        }
        queues = __atomic_exchange_n(&vm->page->notify[slot], 0, __ATOMIC_ACQ_REL);
        virtio_bus_notify(&vm->bus, slot, queues);
    }
}

/* Whoever rang, all are looked at: else one that rings without end would keep the others waiting.
 */
static void rung(void *owner)
{
    struct vm *vm;

    (void)owner;
    for (unsigned i = 0; (vm = vm_at(i)) != NULL; i++) {
        look(vm);
    }
}

void doorbell_look(void)
{
    rung(NULL);
}

void doorbell_init(struct vm *vm, void (*state_changed)(struct vm *vm))
{
    on_state = state_changed;
    if (vm->doorbell && vm->doorbell < IRQ_INTIDS) {
        irq_enable(vm->doorbell, true, rung, vm);
    }
}
