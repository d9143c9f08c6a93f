/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth: what its commands share. */
#ifndef BOOTH_CLI_H
#define BOOTH_CLI_H

#include "../lib/errors.h"
#include "settings.h"

struct cli {
    const char *name;    /* --name, or NULL */
    const char *control; /* --control, or NULL */
    gboolean json;       /* --json: the phone's reply as it is */
    struct settings settings;
};

/* A new request for verb; takes part in cli_call(). */
JsonObject *cli_request(const char *verb);

/* The name of the phone that the options or the settings choose; NULL: the default one. */
const char *cli_name(const struct cli *cli);

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

/* This process becomes the program words[0], a path. With --json it waits for it instead. Returns
 * the exit code. */
int cli_become(const struct cli *cli, char **words);

#endif
