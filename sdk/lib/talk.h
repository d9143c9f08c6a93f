/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A conversation with a running phone (docs/control-api.md, sections 1 and 2), without a main loop
 * of its own: whoever has one asks for the socket and what it waits for, whoever has none waits
 * here. Belongs to one thread. Errors are of BOOTH_ERROR.
 */
#ifndef BOOTH_TALK_H
#define BOOTH_TALK_H

#include "booth.h"

struct talk;

/* The callees own nothing, and may free the conversation. */
struct talk_hooks {
    booth_event_fn *event;
    /* It has ended. Once, after the last other callback; talk_free() is no end. */
    void (*closed)(gpointer data, const GError *why);
    gpointer data;
};

/* The reply to a request, or NULL and the phone's error; the callee owns neither. */
typedef void talk_reply_fn(gpointer data, JsonObject *reply, const GError *error);

/* Takes the connection. `hooks` is copied. */
struct talk *talk_new(GSocketConnection *connection, const struct talk_hooks *hooks);

/* No callback comes after this. Accepts NULL. */
void talk_free(struct talk *talk);

/*
 * Sends the request; its member `id` is set here, and returned. `done` comes later from talk_move()
 * or talk_wait(): once, with the reply, or with the reason if the conversation ends before. 0, and
 * no `done`: it has ended already. `destroy` (NULL: nothing to do) gets `data` when it is not
 * needed any more, in any case.
 */
gint64 talk_call(struct talk *talk, JsonObject *request, talk_reply_fn *done, gpointer data,
                 GDestroyNotify destroy);

/* Nobody waits for that reply any more. */
void talk_forget(struct talk *talk, gint64 id);

int talk_fd(const struct talk *talk);

/* What talk_move() waits for: G_IO_IN, with G_IO_OUT as long as something is unsent. 0: it has
 * ended. */
GIOCondition talk_wants(const struct talk *talk);

/* Reads and writes what can be without waiting, and calls back. */
void talk_move(struct talk *talk);

/*
 * Waits until talk_move() has something to do, and does it. FALSE and an error: it has ended, or
 * `cancellable` (NULL: none) has been cancelled (G_IO_ERROR_CANCELLED).
 */
gboolean talk_wait(struct talk *talk, GCancellable *cancellable, GError **error);

/* Why it has ended, the conversation's; NULL: it has not. */
const GError *talk_end(const struct talk *talk);

/* Process id of the phone at the other end; -1: unknown. */
pid_t talk_peer(const struct talk *talk);

#endif
