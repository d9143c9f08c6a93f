/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line of `phonebooth`. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <glib.h>
#include <stdbool.h>

#define PHONEBOOTH_VERSION "0.1.0"

struct options {
    char *handset; /* folder */
    char *name;    /* of the instance */
    char *control; /* path of the socket; NULL: the default */
    char **qemu_args;
    gint end_timeout; /* s that personas have to shut down; 0: they are not asked */
    gboolean headless;
    char *audio;      /* --audio: a driver, "none", or NULL: as there is */
    gboolean trial;   /* --try: nothing is written to the handset or the state folder */
    char *snapshot;   /* to start from; NULL: where the phone was left */
    gboolean cold;    /* boot */
    gboolean clean;   /* --snapshot clean */
    gboolean require; /* --require-snapshot */
    gboolean factory; /* --factory: disks as the images have them */
    gboolean save;    /* --save-at-end */
    gboolean no_save; /* --no-save */
    char *answer;     /* a request to answer instead of starting a phone, or NULL */
    gboolean icount;
    gboolean repeatable;    /* icount too */
    gboolean deterministic; /* lockstep (conduct.h); icount, headless and trial too */
    guint64 seed;           /* of it */
    char *trace_log;        /* file, or NULL: what its hash is made of */
    char *marks;            /* file, or NULL */
    gboolean gdb;
    gboolean gdb_wait;
    gboolean version;
};

/* False and `error`: it cannot be understood. --help prints and ends the program. */
bool options_parse(struct options *options, int *argc, char ***argv, GError **error);

void options_clear(struct options *options);

#endif
