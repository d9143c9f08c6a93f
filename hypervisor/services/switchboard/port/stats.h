/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Counters of the whole phone, for the service port's `stats`. */
#ifndef SB_STATS_H
#define SB_STATS_H

/* Sends an event `stats` for each VM, and one for the switchboard with those of the hypervisor. */
void stats_send(void);

#endif
