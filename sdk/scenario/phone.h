/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The phone of a case: booth's own verbs, each in a process of its own with a time limit. */
#ifndef SCENARIO_PHONE_H
#define SCENARIO_PHONE_H

#include <glib.h>

struct phone {
    char *name;     /* no other phone has it */
    guint timeout;  /* seconds for each command */
    char *output;   /* of the last command, what it printed on stdout */
    char *said;     /* and on stderr, its last line */
    gboolean keeps; /* it can be saved: it runs from a copy of the handset, which goes at the end */
    gboolean copied; /* that copy is there; it has the phone's name */
    gboolean stands; /* its time does, unless somebody waits for it: --deterministic */
    guint seed;      /* of its random numbers then */
};

void phone_init(struct phone *phone, guint number, gboolean keeps);
void phone_clear(struct phone *phone);

/* Runs booth with these words. Its exit code; PHONE_TIMEOUT: it was killed after the time limit;
 * -1: it cannot be started. */
#define PHONE_TIMEOUT 124
int phone_run(struct phone *phone, const char *const *words);

/* The same with a variable list of words, ended by NULL. */
int phone_do(struct phone *phone, ...) G_GNUC_NULL_TERMINATED;

/*
 * Starts it with these options of `booth run`, NULL ends them. `handset`: a name or folder, NULL:
 * the default one. The exit code.
 */
int phone_start(struct phone *phone, const char *handset, const char *const *options);

/* So much time passes, of the phone's if that stands otherwise. phone->output stays. */
void phone_pause(struct phone *phone, guint ms);

/* What it has done, in one number; free with g_free(). NULL: its time does not stand. */
char *phone_trace_hash(struct phone *phone);

/* Ends it at once, and removes what only it needed. */
void phone_end(struct phone *phone);

/* Copies what its emulator has said to a file; nothing happens if there is none. */
void phone_keep_messages(const struct phone *phone, const char *file);

/* From now on every command fails: somebody has pressed Ctrl-C. */
void phone_interrupt(void);
gboolean phone_is_interrupted(void);

#endif
