/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <stdio.h>

#include "port.h"
#include "stats.h"

#include "audio/audio.h"
#include "drivers/firewall.h"
#include "net/net.h"
#include "vm/vms.h"

#include "el1/hvc.h"
#include "el1/loop.h"

#define STATS_BYTES 400u /* of one VM */

/* A CPU wakes to take an interrupt, or because a vCPU has something to do. */
static int64_t wakeups(void)
{
    return hvc(PB_CALL_EL2_STATS, PB_STAT_IRQ, 0, 0) + hvc(PB_CALL_EL2_STATS, PB_STAT_SWITCH, 0, 0);
}

/* What the hypervisor injected last, if anything: an abort or an undefined instruction. */
static void fault_stats(const volatile struct pb_vm_page *page, char *text, size_t size)
{
    const unsigned class = page->fault_esr >> 26 & 0x3f;
    const char *name = class == 0x24   ? "data-abort"
                       : class == 0x20 ? "instruction-abort"
                                       : "undefined";

    text[0] = '\0';
    if (page->faults) {
        snprintf(text, size, "fault=%s fault_esr=0x%llx fault_ipa=0x%llx fault_pc=0x%llx", name,
                 (unsigned long long)page->fault_esr, (unsigned long long)page->fault_ipa,
                 (unsigned long long)page->fault_pc);
    }
}

void stats_send(void)
{
    char text[STATS_BYTES], loop[STATS_BYTES], more[STATS_BYTES], sound[STATS_BYTES];

    for (unsigned i = 0; i < vm_count(); i++) {
        const struct vm *vm = vm_at(i);

        text[0] = '\0';
        if (vm->bus.pages) {
            virtio_bus_stats(&vm->bus, text, sizeof(text));
        }
        fault_stats(vm->page, more, sizeof(more));
        port_send("! stats vm=%s complaints=%u faults=%u %s %s", vm->name, vms_complaints(vm),
                  (unsigned)vm->page->faults, more, text);
    }
    loop_stats(loop, sizeof(loop));
    net_stats(text, sizeof(text));
    firewall_stats(more, sizeof(more));
    audio_stats(sound, sizeof(sound));
    port_send("! stats vm=switchboard wakeups=%ld %s %s %s %s", (long)wakeups(), loop, text, more,
              sound);
}
