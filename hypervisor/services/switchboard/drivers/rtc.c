/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* PL031 real-time clock, Arm DDI 0224: RTCDR counts seconds, its interrupt comes when it is RTCMR.
 */
#include <stddef.h>

#include "rtc.h"

#include "el1/cpu.h"
#include "el1/irq.h"

#define RTCDR   0x00u
#define RTCMR   0x04u
#define RTCIMSC 0x10u
#define RTCICR  0x1cu
#define ALARM   1u

static struct {
    uintptr_t base;
    uint32_t intid;
    void (*come)(void);
} rtc;

void rtc_init(const struct board *board)
{
    rtc.base = board->rtc.base;
    rtc.intid = board->rtc.intid;
}

uint64_t clock_rtc_s(void)
{
    return rtc.base ? reg_read(rtc.base + RTCDR) : 0;
}

static void interrupt(void *owner)
{
    (void)owner;
    reg_write(rtc.base + RTCICR, ALARM);
    rtc.come();
}

void rtc_on_alarm(void (*come)(void))
{
    if (!rtc.base || !rtc.intid) {
        return;
    }
    rtc.come = come;
    reg_write(rtc.base + RTCICR, ALARM);
    reg_write(rtc.base + RTCIMSC, ALARM);
    irq_enable(rtc.intid, false, interrupt, NULL);
}

void rtc_set_alarm(uint32_t at)
{
    if (rtc.base) {
        reg_write(rtc.base + RTCMR, at);
    }
}
