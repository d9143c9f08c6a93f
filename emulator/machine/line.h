/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The far ends of the board's UARTs: QEMU character devices "phonebooth-line" with the ids line0 to
 * line7. What a guest sends is handed to the phone's thread; what the phone sends waits here until
 * the UART's FIFO takes it. No QEMU types in this header.
 */
#ifndef MACHINE_LINE_H
#define MACHINE_LINE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define LINE_COUNT       8
#define LINE_INPUT_MAX   65536u     /* bytes that may wait for the guest */
#define LINE_PENDING_MAX (1u << 20) /* bytes that may wait for the phone's thread */

typedef void line_output_fn(void *opaque, const uint8_t *bytes, gsize length);

/*
 * Before the machine is made: `output` gets what the guest sends to UART `uart`, on the thread of
 * `context`. A guest that sends faster than that thread takes is held up, nothing is lost.
 */
void line_listen(unsigned uart, GMainContext *context, line_output_fn *output, void *opaque);

/*
 * Before the machine is made: `output` also gets what guests send to any UART, at the instruction
 * that sends it, with the machine's lock held.
 */
typedef void line_watch_fn(unsigned uart, const uint8_t *bytes, gsize length);
void line_watch(line_watch_fn *output);

/* Nothing that line_send() takes reaches a guest any more: what the host does when, must not. */
void line_deafen(void);

/* From any thread. False: that much would not fit any more, and nothing was taken. */
bool line_send(unsigned uart, const void *bytes, gsize length);

#endif
