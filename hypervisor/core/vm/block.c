/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vm/block.h"
#include "cpu/gic.h"

static void look_again(struct vcpu *v)
{
    if (v->pcpu == this_pcpu()->id) {
        this_pcpu()->resched = RESCHED_LOOK;
    } else {
        gic_kick(v->pcpu, SGI_RESCHED);
    }
}

void vcpu_block(struct vcpu *v, uint32_t bits)
{
    __atomic_fetch_or(&v->block, bits, __ATOMIC_SEQ_CST);
    look_again(v);
}

void vcpu_unblock(struct vcpu *v, uint32_t bits)
{
    uint32_t old = __atomic_fetch_and(&v->block, ~bits, __ATOMIC_SEQ_CST);

    if (old & bits) {
        look_again(v);
    }
}

bool vcpu_loaded(const struct vcpu *v)
{
    return __atomic_load_n(&pcpu_of(v->pcpu)->cur, __ATOMIC_SEQ_CST) == v;
}
