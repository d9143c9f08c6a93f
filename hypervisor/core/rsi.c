/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "rsi.h"
#include "mmio.h"
#include "mmu.h"
#include "psci.h"
#include "pt.h"

#define GRANULE 4096u
#define ENTRIES 512u

#define RSI_1_0      0x10000u
#define REM_LAST     4 /* measurements: 0 of what was loaded, 1..4 extensible */
#define RIM_WORDS    8
#define CALL_SIZE    256u /* RsiHostCall: imm, then 31 registers */
#define CALL_ALIGNED 256u

/* The private descriptor of the page at byte `at` of RAM; the shared one is ENTRIES behind it. */
static uint64_t *descriptor(const struct pb_vm *c, uint64_t at)
{
    return (uint64_t *)c->l3_pa + (at / PT_BLOCK * 2 * ENTRIES + at / GRANULE % ENTRIES);
}

void rsi_convert(const struct vm *vm, uint64_t at, uint64_t end, bool share)
{
    uint64_t *from = descriptor(vm->cfg, at) + (share ? 0 : ENTRIES);
    uint64_t *to = descriptor(vm->cfg, at) + (share ? ENTRIES : 0);
    unsigned pages = (unsigned)((end - at) / GRANULE);
    uint64_t changed = 0;

    for (unsigned i = 0; i < pages; i++) {
        changed |= from[i];
        from[i] &= ~PT_VALID;
    }
    if (!(changed & PT_VALID)) {
        return;
    }
    mmu_flush_vm(vm);
    mmu_flush_vm(&vms[vm->cfg->owner]);
    for (unsigned i = 0; i < pages; i++) {
        if (share && !(to[i] & PT_VALID)) {
            mmu_scrub(to[i] & PT_ADDR, GRANULE);
        }
        to[i] |= PT_VALID;
    }
    dsb(ish);
}

/* [ipa, ipa + size) is RAM of the lower half, aligned: *at is its offset there. */
static bool in_ram(const struct pb_vm *c, uint64_t ipa, uint64_t size, uint64_t *at)
{
    *at = ipa - c->ram_ipa;
    return *at < c->ram_size && size - 1 < c->ram_size - *at;
}

static bool is_private(const struct pb_vm *c, uint64_t ipa)
{
    uint64_t at;

    return in_ram(c, ipa, 1, &at) && (*descriptor(c, at) & PT_VALID);
}

/* A structure of the guest's, aligned to its size, in private memory; NULL: it is not. */
static uint64_t *structure(const struct pb_vm *c, uint64_t ipa, uint64_t size)
{
    return ipa % size || !is_private(c, ipa) ? NULL : (uint64_t *)(ipa - c->ram_ipa + c->ram_pa);
}

static int64_t version(struct vcpu *v, uint64_t *x)
{
    uint64_t wanted = x[1];

    (void)v;
    x[1] = x[2] = RSI_1_0;
    return wanted == RSI_1_0 ? RSI_SUCCESS : RSI_ERROR_INPUT;
}

static int64_t features(struct vcpu *v, uint64_t *x)
{
    (void)v;
    x[1] = 0;
    return RSI_SUCCESS;
}

static int64_t measurement_read(struct vcpu *v, uint64_t *x)
{
    uint64_t index = x[1];

    for (unsigned i = 0; i < RIM_WORDS; i++) {
        x[1 + i] = index ? 0 : v->vm->cfg->rim[i];
    }
    return index <= REM_LAST ? RSI_SUCCESS : RSI_ERROR_INPUT;
}

/* RsiRealmConfig: width of IPAs; SHA-256; no personalization value. */
static int64_t realm_config(struct vcpu *v, uint64_t *x)
{
    uint64_t *config = structure(v->vm->cfg, x[1], GRANULE);

    if (!config) {
        return RSI_ERROR_INPUT;
    }
    mmu_scrub((uint64_t)config, GRANULE);
    *config = PB_IPA_BITS;
    return RSI_SUCCESS;
}

/* Up to the next 2 MiB, so that EL2 never holds a CPU for long; the guest goes on from x[1]. */
static int64_t ipa_state_set(struct vcpu *v, uint64_t *x)
{
    uint64_t base = x[1], size = x[2] - base, at, end;

    if ((base | size) % GRANULE || !in_ram(v->vm->cfg, base, size, &at) || x[3] > 1) {
        return RSI_ERROR_INPUT;
    }
    end = (at | (PT_BLOCK - 1)) + 1;
    if (end > at + size) {
        end = at + size;
    }
    rsi_convert(v->vm, at, end, !x[3]);
    x[1] = base + (end - at);
    x[2] = 0; /* accepted */
    return RSI_SUCCESS;
}

static int64_t ipa_state_get(struct vcpu *v, uint64_t *x)
{
    uint64_t base = x[1], top = x[2];

    if ((base | top) % GRANULE || base >= top || top > PB_IPA_SHARED) {
        return RSI_ERROR_INPUT;
    }
    x[2] = is_private(v->vm->cfg, base);
    do {
        base += GRANULE;
    } while (base < top && base % PT_BLOCK && is_private(v->vm->cfg, base) == x[2]);
    x[1] = base;
    return RSI_SUCCESS;
}

/* The owner gets the immediate as address, the first register as value; v waits for io_done. */
static int64_t host_call(struct vcpu *v, uint64_t *x)
{
    const uint64_t *call = structure(v->vm->cfg, x[1], CALL_ALIGNED);

    if (!call) {
        return RSI_ERROR_INPUT;
    }
    io_post(v, &(struct mmio){.ipa = (uint16_t)call[0],
                              .kind = PB_IO_WRITE,
                              .value = call[1],
                              .read.size = sizeof(*call)});
    return RSI_SUCCESS;
}

/* By number; those of extensible measurements and attestation are not there. */
static int64_t (*const calls[RSI_CALLS])(struct vcpu *v, uint64_t *x) = {
    [0] = version,       [1] = features,      [2] = measurement_read, [6] = realm_config,
    [7] = ipa_state_set, [8] = ipa_state_get, [9] = host_call,
};

int64_t rsi_call(struct vcpu *v, unsigned n)
{
    return calls[n] ? calls[n](v, v->x) : PSCI_NOT_SUPPORTED;
}
