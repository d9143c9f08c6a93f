/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* lib/tap.h for a guest without a UART: its owner prints what it says. CPU 0 only. */
#include "../lib/platform.h"
#include "../lib/psci.h"
#include "../lib/tap.h"
#include "protocol.h"
#include "rsi.h"

static void put(const char *text)
{
    volatile struct mailbox *mail = (volatile struct mailbox *)(RAM_BASE + MAILBOX + SHARED);
    unsigned i = 0;

    for (; text[i] && i < sizeof(mail->text) - 1; i++) {
        mail->text[i] = text[i];
    }
    mail->text[i] = 0;
}

static void put_values(uint64_t a, uint64_t b)
{
    volatile struct mailbox *mail = (volatile struct mailbox *)(RAM_BASE + MAILBOX + SHARED);

    mail->a = a;
    mail->b = b;
}

void tap_ok(bool passed, const char *what)
{
    put(what);
    rsi_host(OP_RESULT, passed);
}

void tap_is(uint64_t got, uint64_t wanted, const char *what)
{
    put(what);
    put_values(got, wanted);
    rsi_host(OP_COMPARE, 0);
}

void tap_note(const char *what, uint64_t value)
{
    put(what);
    put_values(value, 0);
    rsi_host(OP_NOTE, 0);
}

void tap_bail_out(const char *why)
{
    put(why);
    rsi_host(OP_BAIL_OUT, 0);
    for (;;) {
        wait_for_interrupt();
    }
}

void tap_end(void)
{
    psci_call_smc(PSCI_SYSTEM_OFF, 0, 0, 0);
    for (;;) {
        wait_for_interrupt();
    }
}
