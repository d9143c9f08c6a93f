/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * libFuzzer target: the input decides which CPU takes its next step and what its guest does
 * (tests/unit/el2). Then all come to rest, and nothing may be lost.
 */
#include "el2/guests.h"
#include "el2/machine.h"

#define DRAIN 8000

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    choose_from(data, size, 0x9e3779b97f4a7c15ull);
    guests_start();
    machine_boot();
    machine_run((unsigned)size);
    guests_drain(true);
    machine_run(DRAIN);
    guests_check();
    return 0;
}
