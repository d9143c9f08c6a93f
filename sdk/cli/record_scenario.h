/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#ifndef BOOTH_RECORD_SCENARIO_H
#define BOOTH_RECORD_SCENARIO_H

#include "cli.h"

/*
 * Writes what is done to the phone to `file`, as a scenario, until SIGINT, SIGTERM or the phone's
 * end; the file is whole or not there. Returns the exit code.
 */
int record_scenario(const struct cli *cli, const char *file);

#endif
