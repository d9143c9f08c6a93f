/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The encoder's process, and what is sent to it (sdk/lib/film_wire.h). One thread at a time. */
#ifndef FRONTENDS_FILM_FEED_H
#define FRONTENDS_FILM_FEED_H

#include "film_wire.h"
#include "frontends/film_state.h"
#include "screen/screen.h"

struct film_feed;

/* Waits until it is ready. NULL and `error`: no screen, no program, what the encoder says. */
struct film_feed *film_feed_new(struct shadow *shadow, const struct film_options *options,
                                GError **error);

/* False: it takes no more. `us`: since the film began, in the order of the calls or put so. */
bool film_feed_sounds(struct film_feed *feed, gint64 us, const int16_t *samples, unsigned frames);
bool film_feed_picture(struct film_feed *feed, gint64 us, struct shadow *shadow, struct rect part);
bool film_feed_tick(struct film_feed *feed, gint64 us);

/* Waits for the file: seconds, bytes, frames, why. False: there is none, `why` says why. */
bool film_feed_end(struct film_feed *feed, gint64 us, struct film_state *state);

void film_feed_free(struct film_feed *feed);

#endif
