/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Realm Services Interface 1.0 of Arm CCA, guest side (Arm DEN0137), for protected VMs. Results
 * besides the status are in v->x[1], ...
 */
#include "call/tables.h"
#include "cpu/mmu.h"
#include "vm/post.h"
#include "vm/protect.h"

#define GRANULE 4096u
#define STEP    0x10000u /* bytes per call: bounds the time EL2 holds the CPU */

#define RSI_SUCCESS     0
#define RSI_ERROR_INPUT 1

#define RSI_1_0   0x10000u
#define RIM_WORDS 8
#define REM_LAST  4    /* measurements: 0 of what was loaded, 1..4 extensible */
#define CALL_SIZE 256u /* RsiHostCall: imm, then 31 registers */

int64_t rsi_version(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    (void)vm;
    v->x[1] = v->x[2] = RSI_1_0;
    return x[0] != RSI_1_0;
}

int64_t rsi_features(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    (void)vm;
    (void)x;
    v->x[1] = 0;
    return RSI_SUCCESS;
}

int64_t rsi_measurement_read(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    for (unsigned i = 0; i < RIM_WORDS; i++) {
        v->x[1 + i] = x[0] ? 0 : vm->cfg->rim[i];
    }
    return x[0] > REM_LAST;
}

/* RsiRealmConfig: width of IPAs; SHA-256; no personalization value. */
int64_t rsi_realm_config(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    struct paddr page = protect_pa(vm, (struct ipa){x[0]});

    (void)v;
    if (!page.pa || page.pa % GRANULE) {
        return RSI_ERROR_INPUT;
    }
    mmu_scrub(page, GRANULE);
    *(uint64_t *)paddr_pointer(page) = PB_IPA_BITS;
    return RSI_SUCCESS;
}

/* Up to the next multiple of STEP; the guest goes on from x1. */
int64_t rsi_ipa_state_set(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    uint64_t at = x[0] - vm->cfg->ram_ipa, top = x[1] - vm->cfg->ram_ipa;
    uint64_t end = (at | (STEP - 1)) + 1;

    if ((at | top) % GRANULE || at >= top || top > vm->cfg->ram_size || x[2] > 1) {
        return RSI_ERROR_INPUT;
    }
    end = end < top ? end : top;
    v->x[1] = end + vm->cfg->ram_ipa;
    v->x[2] = 0; /* accepted */
    protect_convert(vm, at, (unsigned)((end - at) / GRANULE), !x[2]);
    return RSI_SUCCESS;
}

/* A granule at a time. */
int64_t rsi_ipa_state_get(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    if ((x[0] | x[1]) % GRANULE || x[0] >= x[1] || x[1] > PB_IPA_SHARED) {
        return RSI_ERROR_INPUT;
    }
    v->x[1] = x[0] + GRANULE;
    v->x[2] = protect_pa(vm, (struct ipa){x[0]}).pa != 0;
    return RSI_SUCCESS;
}

/* The owner gets the immediate as address, the first register as value; v waits for io_done. */
int64_t rsi_host_call(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    const uint64_t *call = paddr_pointer(protect_pa(vm, (struct ipa){x[0]}));

    if (!call || x[0] % CALL_SIZE) {
        return RSI_ERROR_INPUT;
    }
    post_access(v, &(struct mmio){.ipa = {(uint16_t)call[0]},
                                  .kind = PB_IO_WRITE,
                                  .value = call[1],
                                  .read.size = sizeof(*call)});
    return RSI_SUCCESS;
}
