/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "smccc.h"
#include "watchdog.h"

#include "el1/entropy.h"

#define SMCCC_FEATURES   0x80000001u
#define PV_TIME_FEATURES 0xc5000020u
#define PV_TIME_ST       0xc5000021u

#define TRNG_VERSION  0x84000050u
#define TRNG_FEATURES 0x84000051u
#define TRNG_GET_UUID 0x84000052u
#define TRNG_RND32    0x84000053u
#define TRNG_RND64    0xc4000053u

#define TRNG_1_0      0x10000u
#define NOT_SUPPORTED UINT64_MAX
#define TRNG_INVALID  ((uint64_t)-2)
#define TRNG_NOTHING  ((uint64_t)-3)
#define WORDS         3 /* results of TRNG_RND: x3 has the lowest bits */

/* Of this implementation: 94b3f1b6-0c53-4b0f-9a4e-7f9d4f9a1d27. */
static const uint32_t uuid[4] = {0xb6f1b394, 0x0f4b530c, 0x9d7f4e9a, 0x271d9a4f};

static void random_bits(uint64_t bits, unsigned word, uint64_t result[4])
{
    if (bits == 0 || bits > WORDS * word) {
        result[0] = TRNG_INVALID;
        return;
    }
    if (!entropy_ready()) {
        result[0] = TRNG_NOTHING;
        return;
    }
    result[0] = 0;
    for (unsigned i = WORDS; i > 0 && bits; i--) {
        const unsigned n = bits < word ? (unsigned)bits : word;

        entropy_fill(&result[i], sizeof(result[i]));
        result[i] &= UINT64_MAX >> (64 - n);
        bits -= n;
    }
}

static uint64_t features(uint32_t function)
{
    switch (function) {
    case TRNG_VERSION:
    case TRNG_FEATURES:
    case TRNG_GET_UUID:
    case TRNG_RND32:
    case TRNG_RND64:
        return 0;
    default:
        return NOT_SUPPORTED;
    }
}

static uint64_t time_features(const struct vm *vm, uint32_t function)
{
    const bool known = function == PV_TIME_FEATURES || function == PV_TIME_ST;

    return vm->bus.pages && known ? 0 : NOT_SUPPORTED;
}

/* DEN0057, 3.2: the structure is in the pages that the guest may only read. */
static uint64_t stolen_time(const struct vm *vm, unsigned vcpu)
{
    return vm->bus.pages ? VM_VIO_IPA + vcpu * PB_VIO_STRIDE + PB_VIO_STOLEN : NOT_SUPPORTED;
}

void smccc_reset_vm(struct vm *vm)
{
    watchdog_reset_vm(vm);
    for (unsigned vcpu = 0; vm->bus.pages && vcpu < PB_MAX_VM_VCPUS; vcpu++) {
        volatile uint64_t *at =
            (volatile uint64_t *)(vm->bus.pages + vcpu * PB_VIO_STRIDE + PB_VIO_STOLEN);

        at[0] = at[1] = 0; /* revision, attributes; nanoseconds */
    }
}

void smccc_call(struct vm *vm, unsigned vcpu, const uint64_t x[3], uint64_t result[4])
{
    const uint64_t x1 = x[1];

    for (unsigned i = 0; i < 4; i++) {
        result[i] = 0;
    }
    switch ((uint32_t)x[0]) {
    case SMCCC_FEATURES:
        result[0] =
            (uint32_t)x1 == PV_TIME_FEATURES ? time_features(vm, PV_TIME_FEATURES) : NOT_SUPPORTED;
        break;
    case PV_TIME_FEATURES:
        result[0] = time_features(vm, (uint32_t)x1);
        break;
    case PV_TIME_ST:
        result[0] = stolen_time(vm, vcpu);
        break;
    case WATCHDOG_CALL:
        watchdog_call(vm, x1, x[2], result);
        break;
    case TRNG_VERSION:
        result[0] = TRNG_1_0;
        break;
    case TRNG_FEATURES:
        result[0] = features((uint32_t)x1);
        break;
    case TRNG_GET_UUID:
        for (unsigned i = 0; i < 4; i++) {
            result[i] = uuid[i];
        }
        break;
    case TRNG_RND32:
        random_bits(x1, 32, result);
        break;
    case TRNG_RND64:
        random_bits(x1, 64, result);
        break;
    default:
        result[0] = NOT_SUPPORTED;
    }
}
