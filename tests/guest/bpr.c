/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * More than the three bits of ICC_BPRn_EL1. For our board only: stock QEMU ends itself by an
 * assertion, under a hypervisor and without.
 */
#include "lib/gic.h"
#include "lib/platform.h"
#include "lib/tap.h"

#define SGI_TEST     5
#define ICC_BPR0_EL1 S3_0_C12_C8_3
#define ICC_BPR1_EL1 S3_0_C12_C12_3

int main(uint64_t dtb);

static void test(uint64_t value)
{
    uint32_t intid;

    write_sysreg(ICC_BPR0_EL1, value);
    write_sysreg(ICC_BPR1_EL1, value);
    tap_ok(read_sysreg(ICC_BPR1_EL1) - 1 < 7, "ICC_BPR1_EL1 reads as one of its values");
    gic_send_sgi(SGI_TEST, 1);
    intid = gic_wait(1000);
    tap_is(intid, SGI_TEST, "and interrupts still come");
    gic_end(intid);
}

int main(uint64_t dtb)
{
    (void)dtb;
    gic_init();
    gic_init_cpu();
    gic_enable(SGI_TEST);
    test(8);
    test(0);
    test(~0ull);
    test(0x80000000);
    return 0;
}
