/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A client of adbd, the Android Debug Bridge's daemon: runs commands in a persona, with their
 * input, output and exit status. It speaks the daemon's protocol itself, over a connection that the
 * caller has made, so that no adb server takes part and a user's own one is left alone.
 *
 * The daemon is in a guest: whatever it sends is checked. Errors are BOOTH_ERROR's.
 */
#ifndef ADB_H
#define ADB_H

#include <glib.h>

struct adb;

/*
 * Says hello over the connected socket `descriptor`, which it owns from now on, also when it fails.
 * Waits at most `seconds`. NULL: BOOTH_ERROR_TIMEOUT, or BOOTH_ERROR_REFUSED: no daemon is there,
 * or it wants a key, or it is too old.
 */
struct adb *adb_new(int descriptor, guint seconds, GError **error);

/* Closes the connection, which ends the commands that still run. Accepts NULL. */
void adb_free(struct adb *adb);

enum adb_stream { ADB_OUT = 1, ADB_ERR = 2 };

/* Takes what a command prints. FALSE and an error ends the command. */
typedef gboolean adb_output_fn(gpointer data, enum adb_stream stream, const void *bytes,
                               gsize length, GError **error);

struct adb_command {
    const char *line;      /* for the daemon's shell; NULL: a shell to type in */
    const char *terminal;  /* kind of terminal (TERM) that it gets; NULL: none, pipes */
    int input;             /* a descriptor to read its input from; -1: none */
    guint silence;         /* seconds without a message after which it fails; 0: for ever */
    adb_output_fn *output; /* gets its output */
    gpointer data;
    void (*sent)(gpointer data, gsize length); /* so much more of the input has gone; or NULL */
    gpointer sent_data;
};

/*
 * Runs a command and returns its exit status, 0 to 255; -1: error, the connection is of no more
 * use. While a command with a terminal runs, SIGWINCH tells it the size of the terminal at
 * `input`, if the program handles that signal.
 */
int adb_run(struct adb *adb, const struct adb_command *command, GError **error);

#endif
