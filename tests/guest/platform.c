/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What a guest finds when it starts: CPU state, device tree, RAM, PL011, PL031, hypervisor calls.
 */
#include "phonebooth/hypercall.h"
#include "lib/exception.h"
#include "lib/platform.h"
#include "lib/psci.h"
#include "lib/tap.h"

#define FDT_MAGIC 0xd00dfeedu
#define EL1       (1u << 2)

int main(uint64_t dtb);

static void test_start(uint64_t dtb)
{
    tap_is(read_sysreg(CurrentEL), EL1, "starts at EL1");
    tap_is(read_sysreg(mpidr_el1) & 0xff00ffffffull, 0, "vCPU 0 has affinity 0");
    tap_is(read_sysreg(sctlr_el1) & 1, 0, "the MMU is off");
    tap_is(read_sysreg(daif), 0x3c0, "interrupts are masked");
    tap_ok(dtb >= RAM_BASE && !(dtb & 7), "x0 points into RAM, 8-byte aligned");
    tap_is(__builtin_bswap32(read32(dtb)), FDT_MAGIC, "x0 points to a device tree");
    tap_ok(__builtin_bswap32(read32(dtb + 4)) <= 0x200000, "the device tree is at most 2 MiB");
    tap_ok(read_sysreg(cntfrq_el0) >= 1000000, "the counter's frequency is known");
}

static void test_ram(void)
{
    static const uint64_t offset[] = {0, 0x1000, 0x1ff000, 0x2000000, 0x3f00000};

    for (unsigned i = 0; i < sizeof(offset) / sizeof(*offset); i++) {
        write64(RAM_BASE + offset[i], ~offset[i]);
        tap_is(read64(RAM_BASE + offset[i]), ~offset[i], "RAM keeps what is written");
    }
}

static void test_uart(void)
{
    tap_is(read32(UART_BASE + 0xfe0), 0x11, "PL011 UARTPeriphID0");
    tap_is(read32(UART_BASE + 0xfe4), 0x10, "PL011 UARTPeriphID1");
    tap_is(read32(UART_BASE + 0xff0), 0x0d, "PL011 UARTPCellID0");
}

static void test_clock(void)
{
    uint32_t start = read32(RTC_BASE);
    uint64_t end = ticks() + ms_to_ticks(3000);

    tap_is(read32(RTC_BASE + 0xfe0), 0x31, "PL031 RTCPeriphID0");
    tap_ok(start > 1600000000u, "the clock is set (after 2020)");
    while (read32(RTC_BASE) == start && ticks() < end) {
        ;
    }
    tap_ok(read32(RTC_BASE) > start, "the clock goes on");
}

static void test_calls(void)
{
    static const uint32_t privileged[] = {
        PB_CALL_VM_START,  PB_CALL_VM_STOP,   PB_CALL_VM_SCRUB, PB_CALL_VM_PAUSE,
        PB_CALL_VM_RESUME, PB_CALL_VM_FRONT,  PB_CALL_VIRQ,     PB_CALL_VIO_RAISE,
        PB_CALL_IO_DONE,   PB_CALL_EL2_STATS, PB_CALL_TRACE,
    };

    if (!under_phonebooth()) {
        tap_skip("management calls are denied", "no hypervisor");
        return;
    }
    for (unsigned i = 0; i < sizeof(privileged) / sizeof(*privileged); i++) {
        tap_is((uint64_t)psci_call(privileged[i], 1, 0, 0), (uint64_t)PB_E_DENIED,
               "a management call is denied");
    }
    tap_is((uint64_t)psci_call(PB_CALL(0x99), 0, 0, 0), (uint64_t)PB_E_UNKNOWN,
           "a call that does not exist is unknown");
}

int main(uint64_t dtb)
{
    test_start(dtb);
    test_ram();
    test_uart();
    test_clock();
    test_calls();
    return 0;
}
