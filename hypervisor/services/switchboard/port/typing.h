/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Answers to `key` and `wheel`: they come when the guest's driver has taken the report, so that
 * typing is never faster than the guest reads. In the order of the requests of a persona.
 */
#ifndef TYPING_H
#define TYPING_H

#include "input/input.h"

#define TYPING_WAIT_US 5000000u /* then the answer is an error; the report is not taken back */

/* After the virtio devices. */
void typing_init(void);

/* The request `id` has become this report: it is answered now or later, exactly once. */
void typing_answer(uint32_t id, const struct input_receipt *receipt);

#endif
