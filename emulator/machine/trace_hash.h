/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One number for all that a machine in lockstep (machine/lockstep.h) did: SHA-256 over what its
 * lines carried, what was pressed and touched, its CPUs at each tick, and the pictures that were
 * taken. Two runs did the same if it is the same. From any thread; without trace_hash_start()
 * nothing is counted. No QEMU types in this header.
 */
#ifndef MACHINE_TRACE_HASH_H
#define MACHINE_TRACE_HASH_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum trace_kind {
    TRACE_OUTPUT, /* of a guest; `number`: the UART */
    TRACE_INPUT,  /* to a guest, as its UART took it; the same */
    TRACE_TOUCH,  /* a finger; `number`: the panel's slot */
    TRACE_BUTTON, /* of the case; `number`: which */
    TRACE_PICTURE,
    TRACE_TICK, /* the machine's time and its CPUs; `number`: how many ticks came before */
};

/*
 * Main thread, before the machine runs. `log`: a file that gets a line after each part: kind,
 * number, bytes, hash up to there; NULL: none. False and `error`: it cannot be written.
 */
bool trace_hash_start(const char *log, GError **error);

void trace_hash_add(enum trace_kind kind, uint64_t number, const void *bytes, gsize length);

/* trace_hash_start() was called. From any thread. */
bool trace_hash_is_kept(void);

/* 64 hexadecimal digits, free with g_free(). NULL: nothing is counted. */
char *trace_hash_text(void);

#endif
