/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What the files of this folder share; not installed. */
#ifndef BOOTH_PRIVATE_H
#define BOOTH_PRIVATE_H

#include "../lib/talk.h"
#include "phone.h"

/* A file descriptor of a phone, for loops that are not GLib's. All zero at first. */
struct foreign {
    gboolean used;
    int poll; /* readable when the socket or `wake` has something */
    int wake; /* something waits to be delivered */
};

/* Makes it for the conversation if need be; -1: it cannot be made. */
int foreign_fd(struct foreign *foreign, const struct talk *talk);

/* What the conversation waits for may have changed. */
void foreign_update(struct foreign *foreign, const struct talk *talk);

/* Something waits to be delivered; from any thread. */
void foreign_wake(const struct foreign *foreign);

/* Nothing waits any more. */
void foreign_rest(const struct foreign *foreign);

void foreign_clear(struct foreign *foreign);

struct _BoothPhone {
    GObject parent;
    char *path;
    GMainContext *context;
    struct talk *talk; /* NULL: it is no phone's */
    GSource *io;
    GQueue items;  /* struct item, oldest first: what has come and is not delivered */
    GSource *idle; /* delivers them; NULL: there are none */
    struct foreign foreign;
};

enum { SIGNAL_EVENT, SIGNAL_CLOSED, SIGNALS };
extern guint phone_signals[SIGNALS];

/*
 * A reply (task), an event (object alone) or the end (error alone). All of them are delivered by
 * one source, in the order in which they came, and never while a call waits.
 */
struct item {
    GTask *task;
    JsonObject *object;
    GError *error;
};

void phone_item_free(struct item *item);

/* Takes what is in the item, for delivery. */
void phone_push(BoothPhone *phone, struct item item);

void phone_stop_delivery(BoothPhone *phone);

/* A phone with the connection, which it takes. */
BoothPhone *phone_new(GSocketConnection *connection, const char *path);

/* Process id of the phone; -1: unknown. */
pid_t phone_pid(BoothPhone *phone);

/* foreign_wake() of the phone; from any thread that has a reference. */
void phone_wake(BoothPhone *phone);

#endif
