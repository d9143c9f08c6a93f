/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Wakes every millisecond and records how late it was, in ticks of the virtual
 * counter. Deadlines are absolute: a late tick does not move the next, so a
 * delay of 5 ms shows as five late ticks, not as one.
 *
 * Console: a byte asks for a report; 'r' first forgets all that was recorded.
 * Without being asked it reports once a minute.
 */
#include "histogram.h"
#include "platform.h"
#include "report.h"

#define TICKS_PER_SECOND 1000
#define REPORT_TICKS     (60 * TICKS_PER_SECOND)
#define SEND_PER_TICK    8

int main(void);

static struct histogram histogram;
static struct report report;

/* TRUE if a report was asked for. */
static bool read_console(void)
{
    bool asked = false;
    int byte;

    while ((byte = console_get()) >= 0) {
        if (byte == 'r') {
            histogram_reset(&histogram);
        }
        asked = true;
    }
    return asked;
}

static void write_console(void)
{
    char c;

    for (int i = 0; i < SEND_PER_TICK && report_next(&report, &c); i++) {
        if (!console_put(c)) {
            report.sent--;
            return;
        }
    }
}

int main(void)
{
    uint64_t frequency, period, deadline;
    uint32_t tick = 0;

    platform_init();
    histogram_reset(&histogram);
    frequency = clock_frequency();
    period = frequency / TICKS_PER_SECOND;
    deadline = clock_now() + period;
    for (;;) {
        uint64_t late = clock_wait(deadline) - deadline;

        histogram_add(&histogram, late);
        deadline += period;
        if (read_console() || ++tick == REPORT_TICKS) {
            tick = 0;
            report_make(&report, &histogram, frequency);
        }
        write_console();
    }
}
