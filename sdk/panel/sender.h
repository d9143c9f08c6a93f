/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * What a user drags sends its values through one of these: one request at a time is under way, and
 * only the newest value waits behind it. A page does not show what the phone says meanwhile.
 */
#ifndef PANEL_SENDER_H
#define PANEL_SENDER_H

#include "panel.h"

struct sender {
    struct panel *panel;
    /* The reply to the newest request, nothing waits any more; NULL: nobody wants to know. */
    void (*done)(gpointer data, JsonObject *reply);
    gpointer data;
    JsonObject *next; /* NULL: none waits */
    gboolean busy;
};

/* `request` is taken. */
void sender_send(struct sender *sender, JsonObject *request);

#endif
