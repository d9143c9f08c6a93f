/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Driver of the board's clock; clock_rtc_s() of switchboard.h reads it, 0 without one. */
#ifndef RTC_H
#define RTC_H

#include "board.h"

void rtc_init(const struct board *board);

#endif
