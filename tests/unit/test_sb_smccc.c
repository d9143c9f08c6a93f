/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The switchboard's answers to calls that EL2 does not know: TRNG (Arm DEN0098). */
#include "vm/smccc.h"
#include "suite.h"
#include "vm/watchdog.h"

#include <string.h>

#define NOT_SUPPORTED UINT64_MAX

static bool ready;

bool entropy_ready(void)
{
    return ready;
}

void entropy_fill(void *data, size_t len)
{
    memset(data, 0xff, len);
}

static uint8_t vio[PB_VIO_SLOTS * PB_VIO_STRIDE] __attribute__((aligned(8)));
static struct vm vm = {.bus.pages = vio};
static unsigned vcpu;

static unsigned dog_calls, dog_resets;

void watchdog_call(struct vm *one, uint64_t x1, uint64_t x2, uint64_t result[4])
{
    CU_ASSERT_PTR_EQUAL(one, &vm);
    result[1] = x1 + x2;
    dog_calls++;
}

void watchdog_reset_vm(struct vm *one)
{
    CU_ASSERT_PTR_EQUAL(one, &vm);
    dog_resets++;
}

static uint64_t call(uint32_t function, uint64_t x1, uint64_t result[4])
{
    memset(result, 0xaa, 4 * sizeof(*result));
    smccc_call(&vm, vcpu, (const uint64_t[]){function, x1, 0}, result);
    return result[0];
}

static unsigned ones(const uint64_t result[4])
{
    unsigned n = 0;

    for (unsigned i = 1; i < 4; i++) {
        n += (unsigned)__builtin_popcountll(result[i]);
    }
    return n;
}

/* Exactly as many bits as were asked for, the lowest in x3. */
static void test_bits(void)
{
    uint64_t r[4];

    ready = true;
    for (uint64_t bits = 1; bits <= 192; bits++) {
        CU_ASSERT_EQUAL(call(0xc4000053, bits, r), 0);
        CU_ASSERT_EQUAL(ones(r), bits);
        CU_ASSERT_EQUAL(r[3], bits < 64 ? (1ull << bits) - 1 : UINT64_MAX);
    }
    for (uint64_t bits = 1; bits <= 96; bits++) {
        CU_ASSERT_EQUAL(call(0x84000053, bits, r), 0);
        CU_ASSERT_EQUAL(ones(r), bits);
        CU_ASSERT_EQUAL(r[3], bits < 32 ? (1ull << bits) - 1 : UINT32_MAX);
    }
}

static void test_refused(void)
{
    uint64_t r[4];
    static const uint64_t wrong[] = {0, 193, UINT64_MAX};

    ready = true;
    for (unsigned i = 0; i < 3; i++) {
        CU_ASSERT_EQUAL(call(0xc4000053, wrong[i], r), (uint64_t)-2);
        CU_ASSERT_EQUAL(ones(r), 0);
    }
    CU_ASSERT_EQUAL(call(0x84000053, 97, r), (uint64_t)-2);
    ready = false;
    CU_ASSERT_EQUAL(call(0xc4000053, 64, r), (uint64_t)-3);
    CU_ASSERT_EQUAL(ones(r), 0);
}

static void test_discovery(void)
{
    uint64_t r[4];

    CU_ASSERT_EQUAL(call(0x84000050, 0, r), 0x10000);
    for (uint32_t f = 0x84000050; f <= 0x84000053; f++) {
        CU_ASSERT_EQUAL(call(0x84000051, f, r), 0);
    }
    CU_ASSERT_EQUAL(call(0x84000051, 0xc4000053, r), 0);
    CU_ASSERT_EQUAL(call(0x84000051, 0x84000054, r), NOT_SUPPORTED);
    CU_ASSERT_NOT_EQUAL((uint32_t)call(0x84000052, 0, r), UINT32_MAX);
    CU_ASSERT_EQUAL(call(0x84000054, 0, r), NOT_SUPPORTED);
    CU_ASSERT_EQUAL(ones(r), 0);
}

static void test_stolen_time(void)
{
    uint64_t r[4];

    CU_ASSERT_EQUAL(call(0x80000001, 0xc5000020, r), 0);
    CU_ASSERT_EQUAL(call(0x80000001, 0x80008000, r), NOT_SUPPORTED);
    CU_ASSERT_EQUAL(call(0xc5000020, 0xc5000020, r), 0);
    CU_ASSERT_EQUAL(call(0xc5000020, 0xc5000021, r), 0);
    CU_ASSERT_EQUAL(call(0xc5000020, 0xc5000022, r), NOT_SUPPORTED);
    for (vcpu = 0; vcpu < PB_MAX_VM_VCPUS; vcpu++) {
        CU_ASSERT_EQUAL(call(0xc5000021, 0, r), 0x0a0001c0 + vcpu * 0x200);
    }
    vcpu = 0;
    memset(vio, 0x55, sizeof(vio));
    smccc_reset_vm(&vm);
    for (unsigned i = 0; i < PB_MAX_VM_VCPUS; i++) {
        CU_ASSERT_EQUAL(vio[i * 0x200 + 0x1bf], 0x55);
        CU_ASSERT_EQUAL(memcmp(&vio[i * 0x200 + 0x1c0], (uint8_t[16]){0}, 16), 0);
        CU_ASSERT_EQUAL(vio[i * 0x200 + 0x1d0], 0x55);
    }
    vm.bus.pages = NULL; /* a VM without virtio has none */
    CU_ASSERT_EQUAL(call(0x80000001, 0xc5000020, r), NOT_SUPPORTED);
    CU_ASSERT_EQUAL(call(0xc5000020, 0xc5000021, r), NOT_SUPPORTED);
    CU_ASSERT_EQUAL(call(0xc5000021, 0, r), NOT_SUPPORTED);
    smccc_reset_vm(&vm);
    vm.bus.pages = vio;
}

static void test_watchdog(void)
{
    uint64_t r[4];

    CU_ASSERT_EQUAL(call(WATCHDOG_CALL, 3, r), 0);
    CU_ASSERT_EQUAL(r[1], 3);
    CU_ASSERT_EQUAL(dog_calls, 1);
    dog_resets = 0;
    smccc_reset_vm(&vm);
    CU_ASSERT_EQUAL(dog_resets, 1);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"random bits", test_bits},    {"refused", test_refused},
        {"discovery", test_discovery}, {"stolen time", test_stolen_time},
        {"watchdog", test_watchdog},   CU_TEST_INFO_NULL};

    return run_suite("smccc", tests);
}
