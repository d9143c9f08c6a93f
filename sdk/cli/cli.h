/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth: what its verbs share. One file per group of verbs, one table in main.c. */
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
    EXIT_LOCAL = 5, /* something on this side failed: a file, a program */
};

struct cli {
    const char *name;    /* --name, or NULL */
    const char *control; /* --control, or NULL */
    gboolean json;       /* --json: the phone's reply as it is */
};

struct verb {
    const char *name;
    const char *arguments;                                    /* after the name in the usage line */
    const char *summary;                                      /* one line */
    const char *help;                                         /* examples and details, or NULL */
    int (*run)(const struct cli *cli, int argc, char **argv); /* argv[0] is the verb */
};

int cli_run(const struct cli *cli, int argc, char **argv);
int cli_status(const struct cli *cli, int argc, char **argv);
int cli_wait(const struct cli *cli, int argc, char **argv);
int cli_stats(const struct cli *cli, int argc, char **argv);
int cli_switch(const struct cli *cli, int argc, char **argv);
int cli_view(const struct cli *cli, int argc, char **argv);
int cli_shot(const struct cli *cli, int argc, char **argv);
int cli_tap(const struct cli *cli, int argc, char **argv);
int cli_swipe(const struct cli *cli, int argc, char **argv);
int cli_touch(const struct cli *cli, int argc, char **argv);
int cli_key(const struct cli *cli, int argc, char **argv);
int cli_text(const struct cli *cli, int argc, char **argv);
int cli_button(const struct cli *cli, int argc, char **argv);
int cli_power(const struct cli *cli, int argc, char **argv);
int cli_console(const struct cli *cli, int argc, char **argv);
int cli_vm(const struct cli *cli, int argc, char **argv);
int cli_pause(const struct cli *cli, int argc, char **argv);
int cli_resume(const struct cli *cli, int argc, char **argv);
int cli_trace(const struct cli *cli, int argc, char **argv);
int cli_stop(const struct cli *cli, int argc, char **argv);

/* A new request for verb; takes part in cli_call(). */
JsonObject *cli_request(const char *verb);

/* Path of the control socket that the options choose. Free with g_free(). */
char *cli_socket(const struct cli *cli);

/*
 * Connects, sends request (taken) and waits. On success *reply is the answer (unref it).
 * On failure one line is on stderr and the exit code is returned.
 */
int cli_call(const struct cli *cli, JsonObject *request, JsonObject **reply);

/* As cli_call(), for verbs that print nothing on success but with --json. */
int cli_do(const struct cli *cli, JsonObject *request);

/* The exit code for error, after printing its message to stderr. */
int cli_fail(const GError *error);

/* Prints a usage error in one line; returns EXIT_USAGE. */
int cli_usage(const char *verb, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Parses a decimal number within [min, max]; prints a usage error and returns FALSE otherwise. */
gboolean cli_number(const char *verb, const char *what, const char *text, gint64 min, gint64 max,
                    gint64 *value);

/* Prints object as one line of JSON. */
void cli_print_json(JsonObject *object);

/*
 * Parses the verb's own options out of argc/argv (GOptionContext). FALSE after a usage error.
 */
gboolean cli_options(int *argc, char ***argv, const GOptionEntry *entries);

#endif
