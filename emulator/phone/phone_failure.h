/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A VM that gives up while its vCPUs run: it cannot start, or its kernel panicked (progress.h). It
 * is VM_FAILED then, and runs again if it goes on after all. Private to phone/.
 */
#ifndef PHONE_PHONE_FAILURE_H
#define PHONE_PHONE_FAILURE_H

#include "phone/phone.h"

/* Waits anew for what was not confirmed yet whenever the machine goes on. */
void phone_failure_watch(struct phone *phone);

/* Makes the VM's state that of its progress. */
void phone_failure_follow(struct phone_vm *vm);

/*
 * Its console got more, or it runs again after a pause: a panic is withdrawn by what came, and one
 * that was not confirmed yet is waited for.
 */
void phone_failure_listen(struct phone_vm *vm);

/* Frees what phone_failure_listen() left. */
void phone_failure_close(struct phone_vm *vm);

#endif
