/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Scheduler, vGIC, virtio, PSCI and life of VMs together: four CPUs, four VMs that do all they
 * may at random, every interleaving of their steps. Whenever they come to rest no interrupt, timer
 * or wake-up may have been lost, and none may have come that nobody sent.
 */
#include "el2/guests.h"
#include "el2/machine.h"
#include "suite.h"

#ifdef HOST_SANITIZED
#define SEEDS 3
#else
#define SEEDS 100
#endif
#define ROUNDS 25
#define BUSY   20000
#define DRAIN  20000

static void run_seed(uint64_t seed)
{
    choose_from(NULL, 0, seed);
    guests_start();
    machine_boot();
    for (unsigned i = 0; i < ROUNDS && CU_get_number_of_failures() == 0; i++) {
        guests_drain(false);
        machine_run(BUSY);
        guests_drain(true);
        machine_run(DRAIN);
        guests_check();
    }
}

static void at_random(void)
{
    for (uint64_t i = 1; i <= SEEDS && CU_get_number_of_failures() == 0; i++) {
        run_seed(0x9e3779b97f4a7c15ull * i);
        if (CU_get_number_of_failures()) {
            printf("seed %lu\n", (unsigned long)i);
            guests_dump();
        }
    }
    printf("%lu interrupts taken\n", guests_taken());
    CU_ASSERT_TRUE(guests_taken() > 300 * SEEDS);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"nothing is lost, nothing comes twice", at_random},
        CU_TEST_INFO_NULL,
    };

    return run_suite("el2", tests);
}
