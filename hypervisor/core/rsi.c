/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "rsi.h"
#include "mmio.h"
#include "mmu.h"
#include "tables.h"

#define GRANULE 4096u
#define ENTRIES 512u
#define STEP    0x10000u /* bytes per call: bounds the time EL2 holds the CPU */

#define RSI_SUCCESS     0
#define RSI_ERROR_INPUT 1

#define RSI_1_0   0x10000u
#define RIM_WORDS 8
#define REM_LAST  4    /* measurements: 0 of what was loaded, 1..4 extensible */
#define CALL_SIZE 256u /* RsiHostCall: imm, then 31 registers */

/* The private descriptor of the page at byte `at` of RAM; the shared one is ENTRIES behind it. */
static uint64_t *descriptor(const struct pb_vm *c, uint64_t at)
{
    return (uint64_t *)c->l3_pa + (at / PT_BLOCK * 2 * ENTRIES + at / GRANULE % ENTRIES);
}

/* 0: not in private RAM. */
static __attribute__((noinline)) uint64_t private_pa(const struct vm *vm, uint64_t ipa)
{
    uint64_t at = ipa - vm->cfg->ram_ipa;

    return at < vm->cfg->ram_size && (*descriptor(vm->cfg, at) & PT_VALID) ? at + vm->cfg->ram_pa
                                                                           : 0;
}

void rsi_convert(const struct vm *vm, uint64_t at, unsigned pages, bool share)
{
    uint64_t *to = descriptor(vm->cfg, at), *from = to + ENTRIES, changed = 0;

    if (share) {
        to = from;
        from -= ENTRIES;
    }
    for (unsigned i = 0; i < pages; i++) {
        changed |= from[i];
        from[i] &= ~PT_VALID;
    }
    if (!(changed & PT_VALID)) {
        return;
    }
    mmu_flush_vm(vm);
    for (unsigned i = 0; i < pages; i++) {
        uint64_t page = to[i];

        if (!(page & PT_VALID)) {
            mmu_scrub(page & PT_ADDR, GRANULE);
            to[i] = page | PT_VALID;
        }
    }
    dsb(ish);
}

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
    uint64_t pa = private_pa(vm, x[0]);

    (void)v;
    if (!pa || pa % GRANULE) {
        return RSI_ERROR_INPUT;
    }
    mmu_scrub(pa, GRANULE);
    *(uint64_t *)pa = PB_IPA_BITS;
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
    rsi_convert(vm, at, (unsigned)((end - at) / GRANULE), !x[2]);
    return RSI_SUCCESS;
}

/* A granule at a time. */
int64_t rsi_ipa_state_get(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    if ((x[0] | x[1]) % GRANULE || x[0] >= x[1] || x[1] > PB_IPA_SHARED) {
        return RSI_ERROR_INPUT;
    }
    v->x[1] = x[0] + GRANULE;
    v->x[2] = private_pa(vm, x[0]) != 0;
    return RSI_SUCCESS;
}

/* The owner gets the immediate as address, the first register as value; v waits for io_done. */
int64_t rsi_host_call(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    const uint64_t *call = (uint64_t *)private_pa(vm, x[0]);

    if (!call || x[0] % CALL_SIZE) {
        return RSI_ERROR_INPUT;
    }
    io_post(v, &(struct mmio){.ipa = (uint16_t)call[0],
                              .kind = PB_IO_WRITE,
                              .value = call[1],
                              .read.size = sizeof(*call)});
    return RSI_SUCCESS;
}
