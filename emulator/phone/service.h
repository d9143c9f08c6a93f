/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The emulator's side of the service port: requests to the switchboard, their answers, its events
 * (docs/design/contracts.md, section 6). All of it on the phone's thread. The switchboard is a
 * guest: lines that follow no rule are ignored, requests that it does not answer time out.
 */
#ifndef PHONE_SERVICE_H
#define PHONE_SERVICE_H

#include "phone/service_line.h"

struct service;

/* `line` is only valid during the call. */
typedef void service_event_fn(void *opaque, const struct service_line *line);

/*
 * The answer: its line, or NULL and `error`: G_IO_ERROR_TIMED_OUT, _BUSY (the port takes no more)
 * or _CANCELLED (the switchboard started anew, or the service is freed).
 */
typedef void service_reply_fn(void *opaque, const struct service_line *line, const GError *error);

/* Puts bytes on the wire, whole or not at all: false when they do not fit now. */
typedef bool service_send_fn(const char *bytes, gsize length);

struct service *service_new(GMainContext *context, service_send_fn *send, service_event_fn *event,
                            void *opaque);
void service_free(struct service *service);

/* Bytes from the switchboard, cut anyhow. */
void service_receive(struct service *service, const uint8_t *bytes, gsize length);

/* `request`: verb and arguments without id and line end. `reply` is called once, later. */
void service_request(struct service *service, const char *request, unsigned timeout_s,
                     service_reply_fn *reply, void *opaque);

/* The same for what nobody waits for: a machine in lockstep does not run for it (phone/clock.h). */
void service_mention(struct service *service, const char *request, unsigned timeout_s,
                     service_reply_fn *reply, void *opaque);

/* How many requests wait for their answer. */
unsigned service_waiting(const struct service *service);

/*
 * Ids that have been given out: one that goes on where another ended must not take an answer to the
 * other's request for one to its own.
 */
uint32_t service_last_id(const struct service *service);
void service_skip_ids(struct service *service, uint32_t last);

/* Every request that waits fails with G_IO_ERROR_CANCELLED. */
void service_cancel_all(struct service *service);

#endif
