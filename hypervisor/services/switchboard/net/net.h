/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The bridge between the VMs' network devices and the board's Ethernet. */
#ifndef NET_H
#define NET_H

#include <stddef.h>

#include "drivers/board.h"

/* After the VMs are known. Without an Ethernet controller joined VMs still see each other. */
void net_init(const struct board *board);

/* "name=value" counters, NUL-terminated, at most size bytes. */
void net_stats(char *text, size_t size);

#endif
