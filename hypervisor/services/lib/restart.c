/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "el1/restart.h"

#include "el1/clock.h"
#include "el1/kept.h"
#include "el1/log.h"
#include "el1/mmu.h"

#define RECENT    5u
#define RECENT_US 5000000u
#define HUNG_US   60000000u

/* start.S: data, BSS and stack as at power-on, then el1_main() with the device tree of then. */
_Noreturn void el1_restart(void);

static KEPT struct {
    enum restart kind;
    bool armed;
    unsigned count;
    uint64_t at[RECENT]; /* clock_us() of the newest ones, a ring by count */
    uint64_t hung_at;    /* 0: never */
} restart;

enum restart restart_kind(void)
{
    return restart.kind;
}

unsigned restart_count(void)
{
    return restart.count;
}

void restart_arm(void)
{
    restart.armed = true;
}

/* All that are remembered have come within RECENT_US before this one. */
static bool too_often(uint64_t now)
{
    const uint64_t oldest = restart.at[restart.count % RECENT];

    return restart.count >= RECENT && now - oldest < RECENT_US;
}

static bool hangs_again(uint64_t now)
{
    const bool again = restart.hung_at && now - restart.hung_at < HUNG_US;

    restart.hung_at = now;
    return again;
}

void restart_try(enum restart_why why)
{
    const uint64_t now = clock_us();
    const bool fails =
        !restart.armed || too_often(now) || (why == RESTART_HANG && hangs_again(now));

    if (fails && restart.kind == RESTART_FRESH) {
        return;
    }
    if (!restart.armed && restart.kind == RESTART_POWER_ON) {
        return;
    }
    restart.kind = fails ? RESTART_FRESH : RESTART_KEEPS;
    restart.armed = false;
    restart.at[restart.count++ % RECENT] = now;
    log_line("starting again%s", fails ? ", with nothing kept" : "");
    mmu_renew();
    el1_restart();
}
