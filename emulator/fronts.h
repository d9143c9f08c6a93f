/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef EMULATOR_FRONTS_H
#define EMULATOR_FRONTS_H

#include "program.h"

/*
 * Makes what the phone has towards this computer: its input, its sound and its window, as the
 * options want them. A computer without sound or without a screen is no error: a line on stderr
 * says so. After prepare(), before the machine is made.
 */
void fronts_start(struct program *program);

#endif
