/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Driver of the board's clock; seconds since 1970. */
#ifndef RTC_H
#define RTC_H

#include "board.h"

void rtc_init(const struct board *board);

/* 0: the board has no clock. */
uint64_t clock_rtc_s(void);

/* From now on `come` is called, from the event loop, when the clock has come to the alarm's time.
 */
void rtc_on_alarm(void (*come)(void));

/* Sets the alarm; `at` as clock_rtc_s(), modulo 2^32. A time that is not ahead does not come. */
void rtc_set_alarm(uint32_t at);

#endif
