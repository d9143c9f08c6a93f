/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A client of a running phone's control API for programs with a main loop: nothing here waits.
 * Callbacks come from the thread-default main context of the thread that made the link; all calls
 * belong to that thread.
 */
#ifndef BOOTH_LINK_H
#define BOOTH_LINK_H

#include "booth.h"

typedef struct booth_link booth_link;

struct booth_link_events {
    /* An event of section 4 of docs/control-api.md has come; the callee owns nothing. */
    booth_event_fn *event;
    /* The connection has ended: `why` is of BOOTH_ERROR. Once, after the last other callback. */
    void (*closed)(gpointer data, const GError *why);
    gpointer data;
};

/*
 * Connects to the socket at path, at once. NULL and BOOTH_ERROR_CONNECT when no phone answers.
 * `events` is copied.
 */
booth_link *booth_link_new(const char *path, const struct booth_link_events *events,
                           GError **error);

/* Ends the connection. No callback comes after this. Accepts NULL. */
void booth_link_free(booth_link *link);

/* The reply to a request, or NULL and the phone's error; the callee owns neither. */
typedef void booth_reply_fn(gpointer data, JsonObject *reply, const GError *error);

/*
 * Sends request (its member `id` is set here). `done` (NULL: nobody wants to know) is called when
 * the reply is there, or when the connection ends before, in any case after this has returned.
 * Once the connection has ended, a call does nothing.
 */
void booth_link_call(booth_link *link, JsonObject *request, booth_reply_fn *done, gpointer data);

#endif
