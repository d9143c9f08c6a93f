/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A virtual machine as every room of the switchboard knows it. What a room keeps for each VM
 * besides is its own, by vm->index.
 *
 * One thread of control, the event loop. All memory is mapped one to one: a pointer to a VM's RAM
 * or to a buffer of ours is its physical address, which is what DMA engines get. Every number that
 * comes from a guest is hostile: check it before it reaches these functions. What these functions
 * check themselves is said at each.
 */
#ifndef VM_H
#define VM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "phonebooth/kind.h"
#include "phonebooth/vmpage.h"
#include "virtio/bus.h"

#define VM_VIO_IPA        0x0a000000u /* where virtio slot 0 is on the persona platform */
#define VM_RAM_IPA        0x40000000u /* and where RAM begins, */
#define VM_RTC_IPA        0x09010000u /* its PL031, */
#define VM_RTC_INTID      34u
#define VM_GPIO_IPA       0x09030000u /* its PL061, */
#define VM_GPIO_INTID     39u
#define VM_I2C_IPA        0x0a010000u /* its I2C controller, */
#define VM_I2C_INTID      42u
#define VM_SMBALERT_INTID 43u
#define VM_HUB_INTID      44u
#define VM_MAILBOX_INTID  (48u + PB_VIO_MAILBOX_SLOT) /* and the mailbox of its SMBus */
#define VM_MAILBOX_OFFSET (PB_VIO_MAILBOX_SLOT * PB_VIO_STRIDE)
#define VM_FLASH_IPA      0x04000000u /* and the bank of flash that it can write */

struct guard;

struct vm {
    /* What it is: from the device tree, for ever. */
    unsigned index; /* 0..vm_count() - 1 */
    uint32_t id;    /* as in the hypercalls */
    enum pb_kind kind;
    char name[16];
    char display_name[32]; /* UTF-8, what the bar shows */
    uint32_t colour;       /* 0x00RRGGBB */
    bool autostart;
    bool share_all; /* its RAM stays mapped for us while it runs */

    /* Where it is: also for ever. */
    uint64_t ram_ipa;  /* where the guest sees its RAM */
    uint64_t ram_pa;   /* and where we see it, while it is lent or shared */
    uint64_t ram_size; /* bytes */
    uint8_t *ram;      /* ram_pa as a pointer (host tests: their own buffer) */
    volatile struct pb_vm_page *page;
    uint32_t doorbell;   /* INTID of its events */
    uint8_t *flash;      /* what the guest reads of its flash, CFI_SIZE bytes; NULL: none */
    struct guard *guard; /* protected: while it runs we see the pages that it shares; else NULL */

    /* Its virtio devices; slots.c says which. bus.pages NULL: none. */
    struct virtio_bus bus;

    /* Its life, manager.c's; others read. */
    enum pb_vm_state state;
    enum pb_vm_reason reason;
    bool ram_here; /* we may touch its RAM now: OFF, or shared and not scrubbed */
};

/* The VMs we serve, by index; NULL past the end. */
unsigned vm_count(void);
struct vm *vm_at(unsigned index);

/*
 * A range of guest addresses as a pointer. NULL if any byte of ipa..ipa+len-1 is outside the VM's
 * RAM, on overflow, or while its RAM is not ours to touch. len 0 is allowed inside RAM. A protected
 * VM that runs shares all of the range, and may stop to do so at any time: what is read then is
 * zero, what is written is lost, and soon afterwards its devices need a reset.
 */
void *vm_map(const struct vm *vm, uint64_t ipa, uint64_t len);

/* A broken guest: one line in the log and a counter per VM; lines are limited in rate. */
void vm_complain(struct vm *vm, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
