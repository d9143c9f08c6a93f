/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Looking again and again for a time: the host's, or the machine's if that stands meanwhile. */
#ifndef BOOTH_PATIENCE_H
#define BOOTH_PATIENCE_H

#include "cli.h"

struct patience {
    const struct cli *cli;
    gboolean stands; /* the phone was started with --deterministic */
    gint64 left_us;  /* of the machine's time */
    gint64 end_us;   /* of the host's clock */
};

/* For so many seconds. With 0 the phone is asked nothing. */
void patience_begin(struct patience *patience, const struct cli *cli, double seconds);

/* Half a second passes. FALSE: the time is over, or the phone is gone. */
gboolean patience_wait(struct patience *patience);

#endif
