/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Address space identifiers (Arm DDI 0487, D8): what is not global is one ASID's alone, what
 * is global is all ASIDs', and stays when the ASID changes.
 */
#include "lib/mmu.h"
#include "lib/platform.h"
#include "lib/tap.h"

#define SPACES     3
#define ROUNDS     500
#define NOT_GLOBAL (1ull << 11)
#define TCR_A1     (1ull << 22) /* the ASID is in TTBR1_EL1: one write changes it and the tables */
#define OWN        MMU_HIGH     /* another page in each space */
#define SHARED     (MMU_HIGH + 0x200000)           /* the same in all, global */
#define CODE(el)   (OWN + 0x1000 + (el)*0x1000ull) /* a function of each space, for EL0 and EL1 */
#define ELS        2
#define USER       (1ull << 6) /* EL0 may use it: EL1 cannot execute it */

int main(uint64_t dtb);

static struct space {
    uint64_t level1[512], level2[512], own[512], shared[512], page[512];
    uint32_t code[ELS][1024];
} spaces[SPACES] __attribute__((aligned(4096)));
static uint64_t common[2][512] __attribute__((aligned(4096)));

/* Calls code at EL0, which returns by SVC; its x0. What else it takes ends in the same vector. */
uint64_t call_el0(uint64_t address);
__asm__(".text\n"
        "call_el0:\n\t"
        "msr elr_el1, x0\n\t"
        "mov x1, #0x3c0\n\t" /* interrupts masked */
        "msr spsr_el1, x1\n\t"
        "mrs x9, vbar_el1\n\t"
        "adr x1, 1f\n\t"
        "msr vbar_el1, x1\n\t"
        "isb\n\t"
        "eret\n\t"
        ".balign 2048\n"
        "1:\t.skip 0x400\n\t"
        "msr vbar_el1, x9\n\t"
        "isb\n\t"
        "ret");

static uint64_t call(unsigned el)
{
    return el ? ((uint64_t(*)(void))CODE(1))() : call_el0(CODE(0));
}

static uint64_t code_page(unsigned space, unsigned el)
{
    return (uint64_t)spaces[space].code[el] | MMU_PAGE | MMU_NORMAL | NOT_GLOBAL | (el ? 0 : USER);
}

static void write_code(unsigned space, unsigned el)
{
    uint32_t *code = spaces[space].code[el];

    code[0] = 0x52800000u | (0xa0 + space) << 5; /* mov w0, #0xa0 + space */
    code[1] = el ? 0xd65f03c0u : 0xd4000001u;    /* ret, svc #0 */
    __asm__ volatile("dc cvau, %0\n\tdsb ish\n\tic ivau, %0\n\tdsb ish\n\tisb" ::"r"(code)
                     : "memory");
    spaces[space].own[1 + el] = code_page(space, el);
}

static void enter(unsigned space)
{
    write_sysreg(ttbr1_el1, (uint64_t)spaces[space].level1 | (uint64_t)(space + 1) << 48);
}

static void map_shared(unsigned which)
{
    for (unsigned i = 0; i < SPACES; i++) {
        spaces[i].shared[0] = (uint64_t)common[which] | MMU_PAGE | MMU_NORMAL;
    }
}

static void set_up(void)
{
    for (unsigned i = 0; i < SPACES; i++) {
        struct space *space = &spaces[i];

        space->level1[0] = (uint64_t)space->level2 | MMU_TABLE;
        space->level2[0] = (uint64_t)space->own | MMU_TABLE;
        space->level2[1] = (uint64_t)space->shared | MMU_TABLE;
        space->own[0] = (uint64_t)space->page | MMU_PAGE | MMU_NORMAL | NOT_GLOBAL;
        space->page[0] = 0xa0 + i;
        write_code(i, 0);
        write_code(i, 1);
    }
    common[0][0] = 0xc0;
    common[1][0] = 0xc1;
    map_shared(0);
    write_sysreg(tcr_el1, read_sysreg(tcr_el1) | TCR_A1);
    enter(0);
    mmu_flush();
}

static void test_switching(void)
{
    unsigned wrong = 0;

    for (unsigned i = 0; i < ROUNDS; i++) {
        enter(i % SPACES);
        wrong += read64(OWN) != 0xa0 + i % SPACES;
        wrong += read64(SHARED) != 0xc0;
    }
    tap_is(wrong, 0, "each ASID sees its own page and the common one");
}

/* By turns the page of one space is another one's: only that space's ASID is invalidated. */
static void test_by_asid(void)
{
    unsigned wrong = 0;

    for (unsigned i = 0; i < ROUNDS; i++) {
        unsigned changed = i % SPACES, target = (i + 1) % SPACES;

        enter(i % 2 ? changed : target);
        spaces[changed].own[0] = 0;
        __asm__ volatile("dsb ish\n\ttlbi aside1, %0\n\tdsb ish" ::"r"((changed + 1ull) << 48)
                         : "memory");
        spaces[changed].own[0] = (uint64_t)spaces[target].page | MMU_PAGE | MMU_NORMAL | NOT_GLOBAL;
        __asm__ volatile("dsb ish\n\tisb" ::: "memory");
        enter(changed);
        wrong += read64(OWN) != 0xa0 + target;
        wrong += read64(SHARED) != 0xc0;
        spaces[changed].own[0] = 0;
        __asm__ volatile("dsb ish\n\ttlbi vae1, %0\n\tdsb ish" ::"r"((changed + 1ull) << 48 |
                                                                     (OWN >> 12 & 0xfffffffffffull))
                         : "memory");
        spaces[changed].own[0] =
            (uint64_t)spaces[changed].page | MMU_PAGE | MMU_NORMAL | NOT_GLOBAL;
        __asm__ volatile("dsb ish\n\tisb" ::: "memory");
        wrong += read64(OWN) != 0xa0 + changed;
    }
    tap_is(wrong, 0,
           "a changed page is seen after its ASID, or its address with it, is invalidated");
}

static void test_code(unsigned el)
{
    unsigned wrong = 0;

    for (unsigned i = 0; i < ROUNDS; i++) {
        enter(i % SPACES);
        wrong += call(el) != 0xa0 + i % SPACES;
    }
    tap_is(wrong, 0,
           el ? "each ASID executes its own code" : "each ASID executes its own code at EL0");
}

static void invalidate(unsigned space, uint64_t address, bool whole)
{
    uint64_t asid = (space + 1ull) << 48;

    if (whole) {
        __asm__ volatile("dsb ish\n\ttlbi aside1, %0\n\tdsb ish" ::"r"(asid) : "memory");
    } else {
        __asm__ volatile(
            "dsb ish\n\ttlbi vae1, %0\n\tdsb ish" ::"r"(asid | (address >> 12 & 0xfffffffffffull))
            : "memory");
    }
}

/* A function of a space that has been executed, and is not the current one, becomes another's. */
static void test_changed_code(unsigned el)
{
    unsigned wrong = 0;

    for (unsigned i = 0; i < ROUNDS; i++) {
        unsigned changed = i % SPACES, other = (i + 1) % SPACES;

        enter(changed);
        wrong += call(el) != 0xa0 + changed;
        enter(other);
        wrong += call(el) != 0xa0 + other;
        spaces[changed].own[1 + el] = 0;
        invalidate(changed, CODE(el), i & 1);
        spaces[changed].own[1 + el] = code_page(other, el);
        __asm__ volatile("dsb ish\n\tisb" ::: "memory");
        enter(changed);
        wrong += call(el) != 0xa0 + other;
        spaces[changed].own[1 + el] = 0;
        invalidate(changed, CODE(el), i & 1);
        spaces[changed].own[1 + el] = code_page(changed, el);
        __asm__ volatile("dsb ish\n\tisb" ::: "memory");
    }
    tap_is(wrong, 0,
           el ? "changed code is executed after its ASID, or its address with it, is invalidated"
              : "changed code is executed at EL0 after its ASID or its address is invalidated");
}

static void test_global(void)
{
    unsigned wrong = 0;

    for (unsigned i = 0; i < ROUNDS; i++) {
        enter(i % SPACES);
        wrong += read64(SHARED) != 0xc0 + (i & 1);
        for (unsigned j = 0; j < SPACES; j++) {
            spaces[j].shared[0] = 0;
        }
        __asm__ volatile(
            "dsb ish\n\ttlbi vaae1, %0\n\tdsb ish" ::"r"(SHARED >> 12 & 0xfffffffffffull)
            : "memory");
        map_shared(~i & 1);
        __asm__ volatile("dsb ish\n\tisb" ::: "memory");
        enter((i + 1) % SPACES);
        wrong += read64(SHARED) != 0xc0 + (~i & 1);
    }
    map_shared(0);
    mmu_flush();
    tap_is(wrong, 0, "a changed global page is seen in all ASIDs");
}

int main(uint64_t dtb)
{
    (void)dtb;
    mmu_on();
    set_up();
    test_switching();
    test_by_asid();
    for (int el = ELS - 1; el >= 0; el--) {
        test_code((unsigned)el);
        test_changed_code((unsigned)el);
    }
    test_global();
    return 0;
}
