/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A protected guest: the calls of the Realm Services Interface, what is reached from which half of
 * the IPA space in which state of a page, and that its owner reaches the same pages and no others.
 */
#include "../lib/exception.h"
#include "../lib/platform.h"
#include "../lib/psci.h"
#include "../lib/tap.h"
#include "protocol.h"
#include "rsi.h"
#include "stress.h"

#define MIB2 0x200000ull
#define STEP 0x10000ull
#define TRY  (RAM_BASE + AREA) /* a page to try things with */

#define EXTERNAL(trap, class)                               \
    ((trap).count == 1 && trap_class(&(trap)) == (class) && \
     trap_fault(&(trap)) == FSC_EXTERNAL_ABORT)

int main(uint64_t x0);

static uint64_t ram_size;
static uint64_t config[512] __attribute__((aligned(4096)));

static volatile struct mailbox *mail(void)
{
    return (volatile struct mailbox *)(RAM_BASE + MAILBOX + SHARED);
}

static uint64_t status(uint64_t function, uint64_t a, uint64_t b, uint64_t c)
{
    return rsi_call(function, a, b, c).x[0];
}

static void test_identity(void)
{
    struct rsi r = rsi_call(RSI_VERSION, 0x10000, 0, 0);

    tap_ok(r.x[0] == RSI_SUCCESS && r.x[1] == 0x10000 && r.x[2] == 0x10000, "RSI_VERSION 1.0");
    r = rsi_call(RSI_VERSION, 0x20000, 0, 0);
    tap_ok(r.x[0] == RSI_ERROR_INPUT && r.x[2] == 0x10000, "not 2.0");
    r = rsi_call(RSI_FEATURES, 0, 0, 0);
    tap_ok(r.x[0] == RSI_SUCCESS && r.x[1] == 0, "RSI_FEATURES");
    tap_is(status(RSI_ATTESTATION_TOKEN_INIT, 1, 2, 3), (uint64_t)PSCI_NOT_SUPPORTED,
           "no attestation");
    tap_is(status(RSI_HOST_CALL + 1, 0, 0, 0), (uint64_t)PSCI_NOT_SUPPORTED, "no call behind them");
    tap_is((uint64_t)psci_call_smc(PSCI_VERSION, 0, 0, 0), 0x10001, "PSCI by SMC");
}

static void test_config(void)
{
    uint64_t rest = 0;

    for (unsigned i = 0; i < 512; i++) {
        config[i] = ~0ull;
    }
    tap_is(status(RSI_REALM_CONFIG, (uint64_t)config + 8, 0, 0), RSI_ERROR_INPUT,
           "RSI_REALM_CONFIG: not aligned");
    tap_is(status(RSI_REALM_CONFIG, UART_BASE, 0, 0), RSI_ERROR_INPUT, "not RAM");
    tap_is(status(RSI_REALM_CONFIG, RAM_BASE + MAILBOX, 0, 0), RSI_ERROR_INPUT, "not private");
    tap_is(status(RSI_REALM_CONFIG, RAM_BASE + MAILBOX + SHARED, 0, 0), RSI_ERROR_INPUT,
           "not in the lower half");
    tap_is(status(RSI_REALM_CONFIG, (uint64_t)config, 0, 0), RSI_SUCCESS, "RSI_REALM_CONFIG");
    for (unsigned i = 1; i < 512; i++) {
        rest |= config[i];
    }
    tap_is(config[0], 39, "IPAs have 39 bits");
    tap_is(rest, 0, "SHA-256, and nothing else in the page");
}

static void test_measurements(void)
{
    struct rsi r = rsi_call(RSI_MEASUREMENT_READ, 4, 0, 0);

    tap_ok(r.x[0] == RSI_SUCCESS && r.x[1] == 0 && r.x[8] == 0, "extensible measurement 4 is 0");
    r = rsi_call(RSI_MEASUREMENT_READ, 5, 0, 0);
    tap_is(r.x[0], RSI_ERROR_INPUT, "there is no fifth");
    r = rsi_call(RSI_MEASUREMENT_READ, 0, 0, 0);
    tap_ok(r.x[0] == RSI_SUCCESS && r.x[5] == 0 && r.x[8] == 0, "the initial one has 256 bits");
}

static void test_state_arguments(void)
{
    static const struct {
        uint64_t base, top, ripas;
        const char *what;
    } bad[] = {
        {TRY + 8, TRY + PAGE, RIPAS_RAM, "RSI_IPA_STATE_SET: base not aligned"},
        {TRY, TRY + 8, RIPAS_RAM, "top not aligned"},
        {TRY, TRY, RIPAS_RAM, "nothing"},
        {TRY + PAGE, TRY, RIPAS_RAM, "top below base"},
        {TRY, TRY + PAGE, 2, "DESTROYED"},
        {TRY, TRY + PAGE, 1ull << 32, "no such state"},
        {RAM_BASE - PAGE, RAM_BASE + PAGE, RIPAS_EMPTY, "begins before RAM"},
        {GICD_BASE, GICD_BASE + PAGE, RIPAS_RAM, "a device"},
        {TRY, 0x8000000000000000ull, RIPAS_EMPTY, "ends behind RAM"},
        {TRY + SHARED, TRY + SHARED + PAGE, RIPAS_EMPTY, "in the upper half"},
        {~0ull << 12, PAGE, RIPAS_EMPTY, "around the end"},
    };

    for (unsigned i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        tap_is(status(RSI_IPA_STATE_SET, bad[i].base, bad[i].top, bad[i].ripas), RSI_ERROR_INPUT,
               bad[i].what);
    }
    tap_is(status(RSI_IPA_STATE_SET, RAM_BASE, RAM_BASE + ram_size + PAGE, RIPAS_EMPTY),
           RSI_ERROR_INPUT, "a page too much");
    tap_is(status(RSI_IPA_STATE_GET, TRY + 1, TRY + PAGE, 0), RSI_ERROR_INPUT,
           "RSI_IPA_STATE_GET: not aligned");
    tap_is(status(RSI_IPA_STATE_GET, TRY, TRY, 0), RSI_ERROR_INPUT, "nothing");
    tap_is(status(RSI_IPA_STATE_GET, TRY, SHARED + PAGE, 0), RSI_ERROR_INPUT, "in the upper half");
}

/* All of RAM is private but for the two ranges that this test shares itself. */
static void test_state_get(void)
{
    uint64_t at = RAM_BASE, wrong = 0;
    struct rsi r;

    while (at < RAM_BASE + ram_size) {
        uint64_t offset = at - RAM_BASE;
        bool is_shared = offset - MAILBOX < PAGE || offset - BITMAP < BITMAP_SIZE;

        r = rsi_call(RSI_IPA_STATE_GET, at, RAM_BASE + ram_size, 0);
        wrong += r.x[0] != RSI_SUCCESS || r.x[2] == is_shared;
        if (r.x[1] <= at) {
            break;
        }
        at = r.x[1];
    }
    tap_ok(at == RAM_BASE + ram_size && !wrong,
           "RSI_IPA_STATE_GET: RAM is RAM, what is shared is not");
    r = rsi_call(RSI_IPA_STATE_GET, GICD_BASE, GICD_BASE + 0x10000, 0);
    tap_ok(r.x[0] == RSI_SUCCESS && r.x[2] == RIPAS_EMPTY && r.x[1] > GICD_BASE, "a device is not");
}

static void owner(enum operation operation, uint64_t offset)
{
    rsi_host(operation, offset);
}

static void test_shared(void)
{
    struct trap trap;
    uint64_t seen = 0;

    for (unsigned i = 0; i < PAGE; i += 8) {
        write64(TRY + i, SECRET << 48);
    }
    owner(OP_READ, AREA);
    tap_is(mail()->a, 1, "the owner cannot read a private page");
    owner(OP_WRITE, AREA);
    tap_is(mail()->a, 1, "nor write it");
    trap = try_read32(TRY + SHARED);
    tap_ok(EXTERNAL(trap, EC_DATA_ABORT), "in the upper half it is an external abort");
    tap_ok(rsi_set(TRY, PAGE, RIPAS_EMPTY), "shared");
    for (unsigned i = 0; i < PAGE; i += 8) {
        seen |= read64(TRY + SHARED + i);
    }
    tap_is(seen, 0, "what it held is gone");
    trap = try_read32(TRY);
    tap_ok(EXTERNAL(trap, EC_DATA_ABORT), "a read in the lower half is an external abort");
    trap = try_write32(TRY + 4, 1);
    tap_ok(EXTERNAL(trap, EC_DATA_ABORT) && trap.esr & ESR_WNR && trap.far == TRY + 4,
           "and so is a write");
    trap = try_call(TRY);
    tap_ok(EXTERNAL(trap, EC_INSTRUCTION_ABORT), "and a fetch");
    trap = try_call(TRY + SHARED);
    tap_ok(trap.count == 1 && trap_class(&trap) == EC_INSTRUCTION_ABORT,
           "what is shared cannot be executed");
    write64(TRY + SHARED, PUBLIC << 48);
    owner(OP_READ, AREA);
    tap_ok(mail()->a == 0 && mail()->b == PUBLIC << 48, "the owner reads what the guest wrote");
    owner(OP_WRITE, AREA);
    tap_is(read64(TRY + SHARED), OWNERS, "the guest reads what the owner wrote");
    owner(OP_READ, AREA + PAGE);
    tap_is(mail()->a, 1, "the next page is still private");
    tap_ok(rsi_set(TRY, PAGE, RIPAS_RAM), "private again");
    tap_is(read64(TRY), 0, "and empty");
    owner(OP_WRITE, AREA);
    tap_is(mail()->a, 1, "the owner cannot write it any more");
    trap = try_read32(TRY + SHARED);
    tap_ok(EXTERNAL(trap, EC_DATA_ABORT), "nor is it in the upper half");
}

/* One call does 64 KiB at most, and what has the state already is left alone. */
static void test_steps(void)
{
    uint64_t begin = ticks();
    struct rsi r;

    write64(TRY, SECRET << 48);
    tap_ok(rsi_set(TRY, ram_size - AREA, RIPAS_RAM), "all that is private becomes private");
    tap_note("ticks", ticks() - begin);
    tap_is(read64(TRY), SECRET << 48, "and keeps what it holds");
    r = rsi_call(RSI_IPA_STATE_SET, TRY + MIB2 - PAGE, TRY + 2 * MIB2, RIPAS_EMPTY);
    tap_is(r.x[1], TRY + MIB2, "a call ends at 64 KiB");
    r = rsi_call(RSI_IPA_STATE_SET, TRY + MIB2, TRY + 2 * MIB2, RIPAS_EMPTY);
    tap_is(r.x[1], TRY + MIB2 + STEP, "the next does 64 KiB");
    tap_ok(rsi_set(TRY + MIB2 - PAGE, STEP + PAGE, RIPAS_RAM), "back");
}

static void test_devices(void)
{
    struct trap trap = try_read32(GICD_BASE + 8);

    tap_ok(EXTERNAL(trap, EC_DATA_ABORT), "no distributor in the lower half");
    trap = try_read32(GICD_BASE + SHARED + 8);
    tap_is(trap.count, 0, "one in the upper half");
    tap_is(read32(GICR_BASE + SHARED + 0x20000 + 8) >> 8, 1, "and a redistributor per CPU");
    trap = try_read32(NOTHING + SHARED);
    tap_ok(EXTERNAL(trap, EC_DATA_ABORT), "nothing where nothing is");
}

static void test_all(uint64_t ms)
{
    uint64_t wrong;

    owner(OP_PROBE, 0);
    tap_is(mail()->a, 0, "the owner reaches what is shared and nothing else");
    if (!ms) {
        return;
    }
    owner(OP_ATTACK, 1);
    wrong = stress_run(ram_size, ms);
    owner(OP_ATTACK, 0);
    tap_is(wrong, 0, "all private pages have kept their data");
    owner(OP_REPORT, 0);
    tap_note("the owner's reads and writes", mail()->a);
    tap_ok(mail()->a > 0, "the owner has tried all the time");
    tap_is(mail()->b, 0, "and never saw a secret");
    owner(OP_PROBE, 0);
    tap_is(mail()->a, 0, "the owner reaches what is shared and nothing else");
}

int main(uint64_t x0)
{
    ram_size = X0_RAM(x0);
    if (!rsi_set(RAM_BASE + MAILBOX, PAGE, RIPAS_EMPTY) ||
        !rsi_set(RAM_BASE + BITMAP, BITMAP_SIZE, RIPAS_EMPTY)) {
        return 1; /* the owner waits in vain, and says so */
    }
    stress_note(MAILBOX, PAGE, true);
    stress_note(BITMAP, BITMAP_SIZE, true);
    test_state_get();
    if (X0_MS(x0)) {
        test_identity();
        test_config();
        test_measurements();
        test_state_arguments();
        test_shared();
        test_steps();
        test_devices();
    }
    test_all(X0_MS(x0));
    return 0;
}
