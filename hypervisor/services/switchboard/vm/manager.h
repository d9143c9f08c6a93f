/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The life of the VMs: OFF -> load -> RUNNING <-> PAUSED -> STOPPED -> scrub -> OFF, each step in
 * pieces, so that the event loop stays alive. A guest's SYSTEM_RESET and its watchdog start
 * it again; SYSTEM_OFF and a fault leave it OFF.
 */
#ifndef MANAGER_H
#define MANAGER_H

#include "switchboard.h"

/* After vms_open(), compositor and virtio models. */
void manager_init(void);

/* Starts what the handset wants started: the persona in front first, when it runs the others. */
void manager_autostart(void);

enum manager_verb { MANAGER_START, MANAGER_STOP, MANAGER_RESTART, MANAGER_PAUSE, MANAGER_RESUME };

/* Told once, from the event loop: NULL, or why it failed. The ticket is the caller's until then. */
struct manager_ticket {
    void (*done)(struct manager_ticket *ticket, const char *wrong);
    struct manager_ticket *next;
};

/* A newer request to the same VM ends an older one with an error. */
void manager_request(struct vm *vm, enum manager_verb verb, struct manager_ticket *ticket);

/* EL2 gives this persona more time than its equals; one that has suspended itself goes on. */
void manager_favour(struct vm *vm);

/* Follows what EL2 says of vm in its page. */
void manager_look(struct vm *vm);

/* vm, which runs, stops because of its watchdog, and starts again. */
void manager_bite(struct vm *vm);

/* One or two words on what the VM is doing, for the bar. */
const char *manager_note(const struct vm *vm);

#endif
