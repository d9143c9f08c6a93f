/* SPDX-License-Identifier: GPL-2.0-or-later */
/* To relay.c: what comes by one of two connections goes by the other. */
#ifndef PHONE_RELAY_PUMP_H
#define PHONE_RELAY_PUMP_H

#include <gio/gio.h>

/* Takes a reference to both; `ended` is called once both ways have ended, or one has failed. In the
 * thread's default main context. */
void relay_pump(GSocketConnection *one, GSocketConnection *other, GDestroyNotify ended,
                gpointer opaque);

#endif
