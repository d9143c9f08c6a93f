/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Steps that do nothing to the phone, but look what came of the others. */
#ifndef SCENARIO_STEPS_ASSERT_H
#define SCENARIO_STEPS_ASSERT_H

#include "phone.h"

struct doing {
    struct phone *phone;
    char *const *words; /* of the step, from its name on */
    const char *folder; /* of the scenario: relative paths start there */
    const char *results;
};

/* What a step does. NULL, or why it has failed, to be freed. */
typedef char *step_fn(struct doing *doing);

step_fn steps_output, steps_no_output, steps_log_of, steps_screen;

/* Why a command of booth has failed that ended with this code. */
char *steps_failed(const struct phone *phone, int code);

#endif
