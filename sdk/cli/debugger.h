/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* gdb on this computer, for programs of 64-bit ARM. */
#ifndef BOOTH_DEBUGGER_H
#define BOOTH_DEBUGGER_H

#include <glib.h>

#include "command.h"

/* What `booth debug` was asked for. */
struct debugging {
    const struct cli *cli;
    const char *vm;    /* NULL: not said */
    const char *id;    /* of an app, or its folder; NULL: none, then it is a kernel or EL2 */
    gboolean attach;   /* to the app as it runs */
    gboolean core;     /* its last crash */
    gboolean el2, dap; /* the hypervisor; as an editor's debug adapter */
    char **words;      /* for gdb; NULL ends them */
};

/*
 * Path of gdb; free it with g_free(). NULL after a line on stderr that says what to install, or
 * that it is too old to be an editor's debug adapter.
 */
char *debugger_find(gboolean dap);

/*
 * Runs gdb until it ends: `commands` first, then what the user has asked for. Ctrl-C is gdb's
 * meanwhile. `program`: with the symbols; NULL: none. Returns gdb's exit code, or booth's after a
 * line on stderr.
 */
int debugger_run(const struct debugging *what, const char *gdb, const char *program,
                 const GPtrArray *commands);

/* Adds a command, printf-like, to a list with g_free() as its element's free function. */
void debugger_say(GPtrArray *commands, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* debug_machine.c: a persona's kernel, or EL2, through the emulator. */
int debug_machine(const struct debugging *what);

/* debug_app.c: an app, by gdbserver in its sandbox. */
int debug_app(const struct debugging *what);

/* The debugger's side of an app's gdbserver, on standard input and output. */
int debug_pipe(const struct debugging *what);

#endif
