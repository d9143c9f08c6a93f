/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Owner of a protected VM, in the switchboard's place, and hostile: it loads the guest, prints what
 * that says, and tries to reach its memory. When the guest has ended: what is left of it.
 */
#include "../lib/exception.h"
#include "../lib/platform.h"
#include "../lib/psci.h"
#include "../lib/tap.h"
#include "protocol.h"
#include "rsi.h"

#include <phonebooth/hypercall.h>
#include <phonebooth/vmpage.h>

#define GUEST    1
#define RAM_PA   0x84000000ull /* lent RAM, as pack lays it out */
#define PAGE_PA  0x83f10000ull
#define LOADED   0x200000ull /* where a guest with Linux's header goes */
#define VCPUS    2
#define PATIENCE 20000 /* ms without a call from the guest */

extern const uint8_t guest_start[], guest_end[];

static volatile struct pb_vm_page *const page = (volatile struct pb_vm_page *)PAGE_PA;
static volatile struct mailbox *const mail = (volatile struct mailbox *)(RAM_PA + MAILBOX);

static uint64_t ram_size, state = 0x5eed, attacks, leaks;
static bool attacking, gave_up;

int main(uint64_t dtb);

static int64_t call(uint32_t function, uint64_t a, uint64_t b)
{
    register uint64_t x0 __asm__("x0") = function;
    register uint64_t x1 __asm__("x1") = GUEST;
    register uint64_t x2 __asm__("x2") = a;
    register uint64_t x3 __asm__("x3") = b;

    __asm__ volatile("hvc #0" : "+r"(x0) : "r"(x1), "r"(x2), "r"(x3) : "memory");
    return (int64_t)x0;
}

static bool try_write64(uint64_t address, uint64_t value)
{
    exception_expect();
    write64(address, value);
    return exception_taken().count == 0;
}

/* A text of the guest's, which may change or go away while it is read. */
static const char *text(void)
{
    static char copy[sizeof(mail->text)];

    for (unsigned i = 0; i < sizeof(copy) - 1; i++) {
        copy[i] = mail->text[i];
    }
    return copy;
}

static uint64_t probe(void)
{
    uint64_t wrong = 0;

    for (uint64_t i = 0; i < ram_size / PAGE; i++) {
        bool shared = read32(RAM_PA + BITMAP + i / 32 * 4) >> i % 32 & 1;
        bool aborted;
        uint64_t value = try_read64(RAM_PA + i * PAGE, &aborted);

        wrong += aborted == shared || OWNER_OF(value) == SECRET;
    }
    return wrong;
}

static void serve(enum operation operation, uint64_t argument)
{
    bool aborted;

    switch (operation) {
    case OP_RESULT:
        tap_ok(argument, text());
        break;
    case OP_COMPARE:
        tap_is(mail->a, mail->b, text());
        break;
    case OP_NOTE:
        tap_note(text(), mail->a);
        break;
    case OP_BAIL_OUT:
        tap_bail_out(text());
    case OP_READ:
        mail->b = try_read64(RAM_PA + argument, &aborted);
        mail->a = aborted;
        break;
    case OP_WRITE:
        mail->a = !try_write64(RAM_PA + argument, OWNERS);
        break;
    case OP_PROBE:
        mail->a = probe();
        break;
    case OP_ATTACK:
        attacking = argument;
        break;
    case OP_REPORT:
        mail->a = attacks;
        mail->b = leaks;
        break;
    }
}

static void attack(void)
{
    uint64_t pages = (ram_size - AREA) / PAGE;
    uint64_t at = RAM_PA + AREA + random64(&state) % (pages * PAGE / 8) * 8;
    bool aborted;

    leaks += OWNER_OF(try_read64(at, &aborted)) == SECRET;
    try_write64(at, OWNERS);
    attacks++;
}

static void answer(unsigned vcpu)
{
    volatile struct pb_io *io = &page->io[vcpu];

    if (io->kind == PB_IO_CALL) {
        call(PB_CALL_IO_DONE, vcpu, UINT64_MAX); /* not supported */
    } else {
        serve((enum operation)io->ipa, io->value);
        call(PB_CALL_IO_DONE, vcpu, 0);
    }
}

/* Serves the guest until it ends. */
static void follow(void)
{
    uint64_t end = ticks() + ms_to_ticks(PATIENCE);

    while (page->state == PB_VM_RUNNING && !gave_up) {
        for (unsigned i = 0; i < VCPUS; i++) {
            if (__atomic_load_n(&page->io[i].state, __ATOMIC_ACQUIRE)) {
                answer(i);
                end = ticks() + ms_to_ticks(PATIENCE);
            }
        }
        if (attacking) {
            attack();
            gave_up = ticks() > end + ms_to_ticks(MS);
        } else {
            gave_up = ticks() > end;
        }
        relax();
    }
}

static void start(uint64_t ms)
{
    for (uint64_t i = 0; guest_start + i < guest_end; i += 8) {
        write64(RAM_PA + LOADED + i, *(const uint64_t *)(guest_start + i));
    }
    tap_is((uint64_t)call(PB_CALL_VM_START, RAM_BASE + LOADED, ram_size | ms), PB_OK, "VM_START");
}

static void end(void)
{
    int64_t left;
    uint64_t seen = 0;

    tap_is(page->state, PB_VM_STOPPED, "the guest came to its end");
    tap_is(page->reason, PB_REASON_SYSTEM_OFF, "by itself");
    do {
        left = call(PB_CALL_VM_SCRUB, 0, 0);
    } while (left > 0 || left == PB_E_AGAIN);
    tap_is((uint64_t)left, 0, "VM_SCRUB");
    for (uint64_t at = RAM_PA; at < RAM_PA + ram_size; at += 8) {
        seen |= read64(at);
    }
    tap_is(seen, 0, "nothing is left of it");
}

int main(uint64_t dtb)
{
    (void)dtb;
    ram_size = RAM_SIZE;
    start(MS);
    follow();
    end();
    start(0);
    follow();
    end();
    return 0;
}
