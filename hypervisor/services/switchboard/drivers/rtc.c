/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* PL031 real-time clock, Arm DDI 0224: RTCDR counts seconds. */
#include "rtc.h"

#include "el1/cpu.h"

#define RTCDR 0x00u

static uintptr_t rtc;

void rtc_init(const struct board *board)
{
    rtc = board->rtc.base;
}

uint64_t clock_rtc_s(void)
{
    return rtc ? reg_read(rtc + RTCDR) : 0;
}
