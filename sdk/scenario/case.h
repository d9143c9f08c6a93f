/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* One scenario, done on a phone of its own. */
#ifndef SCENARIO_CASE_H
#define SCENARIO_CASE_H

#include <glib.h>

/* In `results`: what `booth snapshot import` takes. */
#define SCENARIO_SNAPSHOT "failed.snapshot"

struct scenario_case {
    char *file;        /* of the scenario */
    char *name;        /* in reports */
    char *results;     /* folder for what it leaves behind; it is there after a failure only */
    gboolean video;    /* a case that fails leaves one behind */
    gboolean snapshot; /* it leaves the phone itself behind, too: SCENARIO_SNAPSHOT */
    gboolean stands;   /* --deterministic */
    guint seed;        /* of it */
    char *hash;        /* of the last try, with it: 64 hexadecimal digits; NULL: there is none */
    guint number;      /* no other case of this process has it */
    guint tries;       /* how often it was done */
    double seconds;
    char *why; /* it failed: "FILE:LINE: STEP: why"; NULL: it passed */
};

/* Does it, again up to `again` times while it fails. The phone is stopped at the end. */
void scenario_case_run(struct scenario_case *scenario, guint again);
void scenario_case_free(struct scenario_case *scenario);

#endif
