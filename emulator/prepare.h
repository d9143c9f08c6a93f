/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef EMULATOR_PREPARE_H
#define EMULATOR_PREPARE_H

#include "program.h"

/*
 * Everything that can be wrong on the host, with the handset or its snapshots is found here, before
 * QEMU is asked, which would end the process over it: reads the handset, takes the instance's lock,
 * decides on the disks, opens the logs, makes the phone. False and `error`, one line.
 */
bool prepare(struct program *program, GError **error);

#endif
