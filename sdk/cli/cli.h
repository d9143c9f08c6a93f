/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth: what its commands share. */
#ifndef BOOTH_CLI_H
#define BOOTH_CLI_H

#include "../lib/booth.h"

/* Exit codes, documented in docs/booth.md and `booth help`. Kept with --json. */
enum booth_exit {
    EXIT_DONE = 0,
    EXIT_REFUSED = 1,  /* the phone could not do it */
    EXIT_USAGE = 2,    /* the command line is wrong */
    EXIT_NO_PHONE = 3, /* no phone answers */
    EXIT_TIMEOUT = 4,
    EXIT_LOCAL = 5, /* something on this side failed: a file, a program, the standard output */
};

struct cli {
    const char *name;    /* --name, or NULL */
    const char *control; /* --control, or NULL */
    gboolean json;       /* --json: the phone's reply as it is */
};

/* A new request for verb; takes part in cli_call(). */
JsonObject *cli_request(const char *verb);

/* Path of the control socket that the options choose. Free with g_free(). */
char *cli_socket(const struct cli *cli);

/*
 * Connects, sends request and waits. On success *reply is the answer (unref it).
 * On failure one line is on stderr and the exit code is returned.
 */
int cli_call(const struct cli *cli, JsonObject *request, JsonObject **reply);

/* As cli_call(), for requests whose reply is printed with --json only. */
int cli_do(const struct cli *cli, JsonObject *request);

/* The exit code for error, after printing its message to stderr. */
int cli_fail(const GError *error);

/* Prints a usage error in one line; returns EXIT_USAGE. */
int cli_usage(const char *command, const char *format, ...) G_GNUC_PRINTF(2, 3);

#endif
