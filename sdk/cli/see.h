/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What booth see finds on a phone: text, by OCR. */
#ifndef BOOTH_SEE_H
#define BOOTH_SEE_H

#include "../see/text.h"
#include "cli.h"

/*
 * The lines of text that the screen shows, or a persona (NULL: the screen), in *seen, to be
 * unreferenced. `before` (NULL: look in any case) is the picture that was read last: while it is
 * the same, *seen is NULL. Returns the exit code, after a line on stderr if it is none.
 */
int see_texts(const struct cli *cli, const char *vm, GBytes **before, GPtrArray **seen);

#endif
