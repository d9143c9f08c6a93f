/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* How personas sound together, and who may hear: no I/O. */
#ifndef MIXER_H
#define MIXER_H

#include <stdbool.h>
#include <stdint.h>

#include "vm/config.h"

#define MIXER_FULL 256u /* a gain: as it is */

/* The gain that a persona shall have. */
unsigned mixer_gain(enum vm_sound rule, bool front);

bool mixer_may_record(enum vm_microphone rule, bool front);

/* One step from gain towards wanted; a change from nothing to all takes eight. */
unsigned mixer_step(unsigned gain, unsigned wanted);

/* Sums to samples of 16 bits: what is too loud is cut off. */
void mixer_finish(const int32_t *mix, int16_t *samples, unsigned count);

#endif
