/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The phone as a film: what its screen shows and what it plays, given to the encoder, which is a
 * process of its own (sdk/lib/film_wire.h). One film at a time. From any thread but the machine's.
 */
#ifndef FRONTENDS_FILM_H
#define FRONTENDS_FILM_H

#include "frontends/film_state.h"
#include "screen/screen.h"

/* May take seconds. False and `error`: there is no film. `screen` must stay. */
bool film_begin(struct screen *screen, const struct film_options *options, GError **error);

/*
 * Ends it and waits until the file is whole; one that has ended by itself is told of once. False
 * and `error`: there is none, or it has failed.
 */
bool film_end(struct film_state *state, GError **error);

/* The phone ends: so does a film, and a line on standard error says so. */
void film_finish(void);

void film_read(struct film_state *state);
void film_state_clear(struct film_state *state);

#endif
