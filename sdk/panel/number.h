/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Numbers as people type them. Pure. */
#ifndef PANEL_NUMBER_H
#define PANEL_NUMBER_H

#include <glib.h>

/* A decimal number from least to most, with a point or a comma, and spaces around it. */
gboolean number_parse(const char *text, double least, double most, double *value);

/* The shortest text with at most so many digits after the point: no zeros at its end, no "-0".
 * Free with g_free(). */
char *number_text(double value, int digits);

#endif
