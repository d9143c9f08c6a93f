/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#ifndef SCENARIO_JUNIT_H
#define SCENARIO_JUNIT_H

#include <glib.h>

/* Writes what came of cases (struct scenario_case *) as JUnit XML, whole or not at all. `suite`:
 * its name. */
gboolean junit_write(const char *file, const char *suite, const GPtrArray *cases, GError **error);

#endif
