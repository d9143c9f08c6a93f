/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A way in for debuggers: QEMU's gdb server. No QEMU types in this header. */
#ifndef MACHINE_DEBUGGER_H
#define MACHINE_DEBUGGER_H

/* Machine's thread; why is NULL if it is done, else it lives until the callee returns. */
typedef void debugger_done_fn(void *opaque, const char *why);

/*
 * A debugger can connect to the Unix socket `path`, which replaces any way in that there was; NULL:
 * none can any more. When a debugger has gone, however it did, its breakpoints have, too, and the
 * machine goes on if it ran when the debugger came. From any thread.
 */
void debugger_listen(const char *path, debugger_done_fn *done, void *opaque);

#endif
