/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The life of the VMs: OFF -> load -> RUNNING <-> PAUSED -> STOPPED -> scrub -> OFF, each step in
 * pieces, so that the event loop stays alive. A guest's SYSTEM_RESET and its watchdog start
 * it again; SYSTEM_OFF and a fault leave it OFF.
 */
#ifndef MANAGER_H
#define MANAGER_H

#include "observer.h"

/* After slots_init(). observer must stay. */
void manager_init(const struct manager_observer *observer);

/* Starts what the handset wants started: front first (NULL: none), when it runs the others. */
void manager_autostart(struct vm *front);

/* This service has started again: each VM is what it was, or goes on to what is wanted of it. */
void manager_go_on(void);

enum manager_verb { MANAGER_START, MANAGER_STOP, MANAGER_RESTART, MANAGER_PAUSE, MANAGER_RESUME };

/* A newer request to the same VM ends an older one with an error. */
void manager_request(struct vm *vm, enum manager_verb verb, struct manager_ticket *ticket);

/*
 * vm is about to shut down by itself: until then it is let run, then it stays off, whatever it
 * asked for. done() is called when it has stopped; it may not be OFF yet.
 */
void manager_expect_end(struct vm *vm, struct manager_ticket *ticket);

/* It does not: it goes on, and done() is told why. */
void manager_give_up(struct vm *vm, const char *wrong);

/* EL2 gives this persona more time than its equals; one that has suspended itself goes on. */
void manager_favour(struct vm *vm);

/* If vm has suspended itself it goes on, and the log says what woke it. */
void manager_wake(struct vm *vm, const char *why);

/* One or two words on what the VM is doing, for the bar. */
const char *manager_note(const struct vm *vm);

#endif
