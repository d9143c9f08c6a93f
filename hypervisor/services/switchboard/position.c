/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "position.h"

#include "slots.h"

#include "drivers/gnss.h"
#include "drivers/rtc.h"
#include "drivers/nmea.h"
#include "vm/vms.h"

#include "el1/log.h"
#include "el1/timers.h"

#define SECOND_US  1000000u
#define SECOND_MS  1000
#define SATELLITES 8u /* of a fixed position */

static struct {
    bool receiver;
    bool listens[PB_MAX_VMS]; /* by vm->index */
    struct timer second;      /* runs while a persona listens to a fixed position */
} position;

/* Somebody with that view listens. */
static bool is_heard(enum vm_view view)
{
    for (unsigned i = 0; i < vm_count(); i++) {
        if (position.listens[i] && vms_config(vm_at(i))->position == view) {
            return true;
        }
    }
    return false;
}

static void real_burst(const char *text, size_t len)
{
    for (unsigned i = 0; i < vm_count(); i++) {
        if (position.listens[i] && vms_config(vm_at(i))->position == VM_VIEW_REAL) {
            slots_gnss(vm_at(i), text, len);
        }
    }
}

static void fixed_burst(struct vm *vm)
{
    const struct vm_config *config = vms_config(vm);
    const struct nmea_fix fix = {.valid = true,
                                 .latitude = config->latitude,
                                 .longitude = config->longitude,
                                 .satellites = SATELLITES};
    char text[NMEA_BURST];

    slots_gnss(vm, text, nmea_burst(text, &fix, (int64_t)clock_rtc_s() * SECOND_MS));
}

static void second(struct timer *timer)
{
    timer_start(timer, SECOND_US);
    for (unsigned i = 0; i < vm_count(); i++) {
        if (position.listens[i] && vms_config(vm_at(i))->position == VM_VIEW_FIXED) {
            fixed_burst(vm_at(i));
        }
    }
}

static void opened(struct vm *vm, bool open)
{
    position.listens[vm->index] = open;
    gnss_power(is_heard(VM_VIEW_REAL));
    if (!is_heard(VM_VIEW_FIXED)) {
        timer_stop(&position.second);
    } else if (!position.second.running) {
        timer_start(&position.second, SECOND_US);
    }
}

/* A persona has the port if there is anything to hear. */
static bool has_port(const struct vm *vm)
{
    const enum vm_view view = vms_config(vm)->position;

    return vm->kind == PB_KIND_PERSONA &&
           (view == VM_VIEW_FIXED || (view == VM_VIEW_REAL && position.receiver));
}

void position_init(const struct board *board)
{
    position.second.fire = second;
    position.receiver = gnss_init(board, real_burst);
    slots_on_gnss(has_port, opened);
    log_line("position: receiver %s", position.receiver ? "yes" : "no");
}
