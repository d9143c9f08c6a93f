/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The steps that look what is on the screen: `tap`, `wait` and `assert` with a text, or with what
 * apps tell screen readers. */
#ifndef SCENARIO_STEPS_SEE_H
#define SCENARIO_STEPS_SEE_H

#include "phone.h"

/* The words after the step's name. */
#define STEPS_SEE_NEEDS \
    "text TEXT, no-text TEXT, accessible [ROLE/]NAME or no-accessible [ROLE/]NAME"

/* FALSE: they are something else. */
gboolean steps_sees(char *const *words);

/* They are, and all is there; FALSE: it is not. */
gboolean steps_see_is_whole(char *const *words);

enum steps_see_what { STEPS_SEE_TAP, STEPS_SEE_WAIT, STEPS_SEE_NOW };

/* The first two within the phone's time limit. Returns booth's exit code. */
int steps_see(struct phone *phone, char *const *words, enum steps_see_what what);

#endif
