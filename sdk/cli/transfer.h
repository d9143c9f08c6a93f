/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What goes to a phone or comes from it, or is downloaded for one, and how far that is. */
#ifndef BOOTH_TRANSFER_H
#define BOOTH_TRANSFER_H

#include "progress.h"

struct transfer {
    struct progress progress;
    const char *what;   /* in words */
    gint64 total, done; /* bytes; total 0: it is not known */
    GString *line;      /* of what another program says: the beginning of one */
};

void transfer_begin(struct transfer *transfer, const char *what, gint64 total);
void transfer_add(struct transfer *transfer, gsize length);

/*
 * What another program says: apt's lines about how far it is (APT::Status-Fd) are shown as such,
 * all others go to standard error.
 */
void transfer_said(struct transfer *transfer, const void *bytes, gsize length);

/* Nothing is shown any more; the rest of what was said is said. */
void transfer_end(struct transfer *transfer);

/* "pmstatus:WHAT:PERCENT:TEXT" or "dlstatus:...": *done from 0 to 1, *what in `line`, which is
 * changed. FALSE: it is no such line. Pure. */
gboolean transfer_apt_line(char *line, double *done, const char **what);

#endif
