/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What the screen showed, for the recorder of scenarios: a picture each time that it has settled.
 */
#ifndef BOOTH_RECORD_EYES_H
#define BOOTH_RECORD_EYES_H

#include <glib.h>

struct eyes;

/* Looks on from now on, while the default main context runs. NULL and `error`: no phone answers. */
struct eyes *eyes_new(const char *path, GError **error);
void eyes_free(struct eyes *eyes);

/*
 * As struct recorder_listener says. Reads the last picture before `time` (of the monotonic clock,
 * seconds), which takes a second.
 */
void eyes_look(struct eyes *eyes, double time, int x, int y, char **text, char **landmark);

#endif
