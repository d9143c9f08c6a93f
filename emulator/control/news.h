/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The events `battery`, `sensor`, `camera` and `input`. */
#ifndef CONTROL_NEWS_H
#define CONTROL_NEWS_H

#include "control/server.h"

/* From now on clients that want to know hear of changes of the board's parts. Once. */
void news_start(struct server *server);

#endif
