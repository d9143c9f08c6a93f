/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A persona from inside: commands that its root runs, by the adbd that a Debian phone has at TCP
 * port 5555. The port is forwarded for the moment of connecting only: whoever else on this computer
 * connects to it meanwhile is root in the persona, too.
 */
#ifndef BOOTH_GUEST_H
#define BOOTH_GUEST_H

#include "../adb/adb.h"
#include "cli.h"
#include "transfer.h"

typedef struct guest guest;
struct guest {
    char *vm; /* its name */
    struct adb *adb;
    double uptime_s;           /* of the phone */
    gboolean json;             /* what is done with it is printed as an object */
    struct transfer *transfer; /* counts the input of commands, and shows what apt says; or NULL */
};

/*
 * Connects to the persona called vm, NULL: the one in front. *guest has to be freed. On failure
 * one line is on stderr and the exit code is returned.
 */
int guest_open(const struct cli *cli, const char *vm, struct guest **guest);

/*
 * The same for what takes longer. A persona with an older image that has just gone on from a
 * snapshot activates its networks anew, which cuts each connection: waits until that is over.
 */
int guest_open_settled(const struct cli *cli, const char *vm, struct guest **guest);

/* Accepts NULL. */
void guest_free(struct guest *guest);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(guest, guest_free)

/*
 * Runs command: its exit status goes to *status. Returns EXIT_DONE, or the exit code after a line
 * on stderr.
 */
int guest_run(struct guest *guest, const struct adb_command *command, int *status);

/* Output goes to the same streams of booth's, as it comes; data is not used. */
gboolean guest_pass_on(gpointer data, enum adb_stream stream, const void *bytes, gsize length,
                       GError **error);

/*
 * Runs a line without input. *output (NULL: it is passed on) is what it printed on stdout, at most
 * a MiB, to be freed; stderr is passed on. A status other than 0 is EXIT_REFUSED.
 */
int guest_ask(struct guest *guest, const char *line, char **output);

/* The same with a descriptor to read its input from. */
int guest_ask_with(struct guest *guest, const char *line, int input, char **output);

#endif
