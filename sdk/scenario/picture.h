/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#ifndef SCENARIO_PICTURE_H
#define SCENARIO_PICTURE_H

#include <glib.h>

/*
 * Compares two PNG files. A pixel differs if one of its colours does by more than 16 of 255.
 * `tolerance`: per cent of the pixels that may differ. `area`: column, row, width, height; width 0:
 * all. Returns what is wrong, in one line, to be freed; NULL: they are alike.
 */
char *picture_compare(const char *reference, const char *file, double tolerance, const int area[4]);

#endif
