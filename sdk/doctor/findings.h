/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * What `booth doctor` finds out about this computer. Each check adds one finding or more, also when
 * all is well, so that silence is no good news.
 */
#ifndef DOCTOR_FINDINGS_H
#define DOCTOR_FINDINGS_H

#include <glib.h>

enum doctor_level {
    DOCTOR_OK,
    DOCTOR_NOTE,    /* something is not there that not everybody needs */
    DOCTOR_PROBLEM, /* a phone does not start, or not as it should */
};

struct doctor_finding {
    const char *subject; /* one word */
    enum doctor_level level;
    char *text;   /* one line */
    char *remedy; /* what to do about it, one line; NULL with DOCTOR_OK */
};

/* Of struct doctor_finding *; free with g_ptr_array_unref(). */
GPtrArray *doctor_new(void);

void doctor_add(GPtrArray *findings, const char *subject, enum doctor_level level,
                const char *remedy, const char *format, ...) G_GNUC_PRINTF(5, 6);

gboolean doctor_has_problem(const GPtrArray *findings);

/* The release of the system: supported ones are Debian 12 and 13. */
void doctor_release(GPtrArray *findings);

/* Free memory, for a phone of `needed_mib`. */
void doctor_memory(GPtrArray *findings, guint64 needed_mib);

/* Free space where `folder` is, or will be; `what` is kept there. */
void doctor_disk(GPtrArray *findings, const char *what, const char *folder, guint64 needed_mib);

/* A display for the window, and sound. */
void doctor_screen(GPtrArray *findings);
void doctor_sound(GPtrArray *findings);

/* Packages of the list in the folder `setup` (scripts/install-packages). */
void doctor_packages(GPtrArray *findings, const char *setup);

/* Installs them: what is done is on stderr. FALSE and `error`. */
gboolean doctor_install(const char *setup, GError **error);

/* Clients that personas can be reached with from this computer. */
void doctor_clients(GPtrArray *findings);

/* The folder for sockets, and the phones that answer there. */
void doctor_sockets(GPtrArray *findings);

#endif
