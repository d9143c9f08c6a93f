/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Driver of the board's clock; seconds since 1970. */
#ifndef RTC_H
#define RTC_H

#include "board.h"

void rtc_init(const struct board *board);

/* 0: the board has no clock. */
uint64_t clock_rtc_s(void);

#endif
