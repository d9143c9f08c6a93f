/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A conversation in a main loop of GLib. */
#ifndef BOOTH_TALK_SOURCE_H
#define BOOTH_TALK_SOURCE_H

#include "talk.h"

/*
 * The source that calls talk_move(), attached to the thread-default main context. It removes itself
 * when the conversation ends; g_source_destroy() it before talk_free(), then g_source_unref() it.
 */
GSource *talk_source_attach(struct talk *talk);

#endif
