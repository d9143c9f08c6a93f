/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The steps of scenarios (docs/scenarios.md). */
#ifndef SCENARIO_STEPS_H
#define SCENARIO_STEPS_H

#include "phone.h"
#include "scenario.h"

/* What is wrong with a step before anything is done, to be freed; NULL: nothing. */
char *steps_check(char *const *words, gboolean is_first);

/*
 * Does a step. `results`: a folder for what it leaves behind. Returns why it failed, in one line,
 * to be freed; NULL: it did not.
 */
char *steps_do(struct phone *phone, const struct scenario_step *step, const char *results);

#endif
