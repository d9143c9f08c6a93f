/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The virtio slots of a VM (docs/design/contracts.md, section 4): which device, and what is behind
 * it. One table, in slots.c; nothing else knows the numbers.
 */
#ifndef SLOTS_H
#define SLOTS_H

#include "net/net.h"
#include "virtio/vinput.h"
#include "vm/vm.h"

/* The devices of every VM that has virtio; VMs, storage, screen and net first. */
void slots_init(void);

/* This service has started again and all is ready: the devices of guests that have gone on, do. */
void slots_resume(void);

/* ---- What the switchboard gives to devices; a VM without the device ignores it ------------- */

/* Contact 0..9 in persona pixels; one report of the panel ends with slots_touch_sync(). */
void slots_touch(struct vm *vm, unsigned contact, enum touch_action action, uint32_t x, uint32_t y);
void slots_touch_sync(struct vm *vm);

/* As keys_key() and keys_wheel(). */
enum keys_result slots_key(struct vm *vm, uint16_t code, unsigned value, uint32_t *number);
enum keys_result slots_wheel(struct vm *vm, int steps, uint32_t *number);

/* How many reports of keys and wheel the guest's driver has taken since its device was reset. */
uint32_t slots_taken(const struct vm *vm);

/* told(), as keys_told_fn, for every VM; once. */
void slots_on_taken(void (*told)(struct vm *vm, bool reset));

/* How long vm has not used its data disk, in us; UINT64_MAX: it has none. */
uint64_t slots_disk_quiet_us(const struct vm *vm);

/* The link of one of vm's networks goes up or down. False: it has no such network. */
bool slots_link(struct vm *vm, enum net_wire wire, bool up);

/* vm asks for the addresses of its networks anew: net_renew(). */
void slots_renew(struct vm *vm);

/*
 * NMEA sentences for the VM's port "gnss"; what it has no room for is dropped. Which VMs have the
 * port, and whether one uses it, is said by these two; once, before slots_init().
 */
void slots_gnss(struct vm *vm, const char *text, size_t len);
void slots_on_gnss(bool (*has)(const struct vm *vm), void (*opened)(struct vm *vm, bool open));

/* A frame for the VM, valid only during the call; no room: it is dropped. */
void slots_receive(struct vm *vm, enum net_wire wire, const void *frame, size_t len, bool valid);

#endif
