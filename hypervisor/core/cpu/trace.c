/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "cpu/trace.h"
#include "cpu/gic.h"

#include <phonebooth/trace.h>

#define TRACE ((struct pb_trace *)PB_TRACE_PA)

uint8_t tracing;

void trace_set(bool on)
{
    tracing = on ? RESCHED_TRACE : 0;
    this_pcpu()->resched = RESCHED_LOOK;
    gic_kick_others();
}

/* ESR_EL2 is cleared behind each record: if it is still 0 at the next one, an interrupt came. */
void trace(uint32_t vcpu)
{
    struct pcpu *p = this_pcpu();
    uint32_t n = ++p->traced;
    struct pb_trace_record *record =
        &TRACE->ring[0][p->id * PB_TRACE_RECORDS | n % PB_TRACE_RECORDS];

    record->esr = (uint32_t)sysreg_read(esr_el2);
    record->time = sysreg_read(cntpct_el0);
    record->pc = sysreg_read(elr_el2);
    record->hpfar = sysreg_read(hpfar_el2);
    sysreg_write(esr_el2, 0);
    __atomic_store_n(&record->tag, n << 8 | vcpu, __ATOMIC_RELEASE);
}
