/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The host's time zone, for personas. */
#ifndef PHONE_ZONE_H
#define PHONE_ZONE_H

#include <stdbool.h>

/*
 * Name of the host's zone in the IANA data base ("Europe/Vienna"), from TZ or /etc/localtime; free
 * with g_free(). NULL: it has no such name, as a POSIX rule in TZ or a hand-made file.
 */
char *zone_of_host(void);

/* `name` has the form of a name in the data base: no path that leads elsewhere, short enough to be
 * handed on.
 */
bool zone_is_name(const char *name);

#endif
