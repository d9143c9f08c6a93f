/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A shake: for a second the phone is pulled to and fro, then it is at rest again. */
#ifndef PANEL_SHAKE_H
#define PANEL_SHAKE_H

#include <glib.h>

#include "pose.h"

struct shake {
    /* By how much more than gravity it is pulled now, m/s2 in the phone's axes. */
    void (*pulled)(gpointer data, struct vector by);
    gpointer data;
    guint timer; /* 0: at rest */
    unsigned step;
};

/* `shake` must stay. */
void shake_init(struct shake *shake, void (*pulled)(gpointer data, struct vector by),
                gpointer data);

/* Begins, also one that is under way. */
void shake_start(struct shake *shake);

/* Ends at once, without a last call. */
void shake_stop(struct shake *shake);

gboolean shake_runs(const struct shake *shake);

#endif
