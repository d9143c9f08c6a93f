/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "battery.h"

#include "shutdown.h"

#include "drivers/gauge.h"
#include "vm/vsmbus.h"

#include "el1/hvc.h"
#include "el1/log.h"

#define LIMIT_S         90u /* the battery lasts two minutes more */
#define PSCI_SYSTEM_OFF 0x84000008u

static struct {
    bool ending;
    unsigned left; /* personas that have not stopped yet */
    struct manager_ticket ticket[PB_MAX_VMS];
} battery;

static void power_off_when_all_have_stopped(void)
{
    if (!battery.left) {
        log_line("battery: empty, the phone switches itself off");
        hvc(PSCI_SYSTEM_OFF, 0, 0, 0);
    }
}

/* Whether it did as asked or not: there is no power for more. */
static void stopped(struct manager_ticket *ticket, const char *wrong)
{
    (void)ticket;
    if (wrong) {
        log_line("battery: a persona did not shut down: %s", wrong);
    }
    battery.left--;
    power_off_when_all_have_stopped();
}

static bool runs(const struct vm *vm)
{
    return vm->kind == PB_KIND_PERSONA && vm->state != PB_VM_OFF && vm->state != PB_VM_STOPPED;
}

static void end(void)
{
    battery.ending = true;
    log_line("battery: empty, the personas are asked to shut down");
    for (unsigned i = 0; i < vm_count(); i++) {
        battery.left += runs(vm_at(i));
    }
    power_off_when_all_have_stopped();
    for (unsigned i = 0; i < vm_count(); i++) {
        if (runs(vm_at(i))) {
            battery.ticket[i].done = stopped;
            shutdown_request(vm_at(i), LIMIT_S, &battery.ticket[i]);
        }
    }
}

static void changed(void)
{
    vsmbus_gauge_changed();
    if (gauge_values()->word[SBS_STATUS] & SBS_STATUS_TERMINATE_DISCHARGE && !battery.ending) {
        end();
    }
}

void battery_init(const struct board *board)
{
    log_line("battery: gauge %s", gauge_init(board, changed) ? "yes" : "no");
}
