/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Ports of this computer's 127.0.0.1 that lead into a persona, by a connection to the phone. */
#ifndef BOOTH_PORT_H
#define BOOTH_PORT_H

#include "cli.h"

/*
 * vm, or the name of the persona in front if it is NULL; free it with g_free(). NULL and an error:
 * none. *uptime_s (may be NULL) is the phone's.
 */
char *port_persona(booth_client *client, const char *vm, double *uptime_s, GError **error);

/* host_port leads to `port` of the persona vm, by the first of its networks that is up. */
gboolean port_forward(booth_client *client, const char *vm, guint16 host_port, guint16 port,
                      GError **error);

/* The same with a port that was free, which is returned; 0: error. */
guint16 port_forward_some(booth_client *client, const char *vm, guint16 port, GError **error);

/* host_port leads nowhere any more. */
gboolean port_close(booth_client *client, guint16 host_port, GError **error);

#endif
