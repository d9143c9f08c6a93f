/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The verbs of the control socket: one function each, verb_NAME() in the file of its subject, which
 * answers the request now or later. Its members are checked against sdk/api/control.json and
 * filled in; what the verb needs runs.
 */
#ifndef CONTROL_VERBS_H
#define CONTROL_VERBS_H

#include "api/verbs_table.h"
struct request;

/* In the order of schema_verbs[]. */
extern void (*const verb_functions[])(struct request *request);

#endif
