/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "report.h"

static void put_char(struct report *report, char c)
{
    if (report->length < REPORT_MAX) {
        report->text[report->length++] = c;
    }
}

static void put(struct report *report, const char *text)
{
    while (*text) {
        put_char(report, *text++);
    }
}

static void put_number(struct report *report, uint64_t value)
{
    char digits[20];
    uint32_t count = 0;

    do {
        digits[count++] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    while (count) {
        put_char(report, digits[--count]);
    }
}

static void put_field(struct report *report, const char *name, uint64_t value)
{
    put(report, name);
    put_number(report, value);
}

void report_make(struct report *report, const struct histogram *histogram, uint64_t frequency)
{
    if (report->sent < report->length) {
        return;
    }
    report->length = report->sent = 0;
    put_field(report, "metronome: n=", histogram->count);
    put_field(report, " min=", histogram->min);
    put_field(report, " median=", histogram_quantile(histogram, 500));
    put_field(report, " p99.9=", histogram_quantile(histogram, 999));
    put_field(report, " max=", histogram->max);
    put_field(report, " ticks, freq=", frequency);
    put(report, "\r\n");
}

bool report_next(struct report *report, char *c)
{
    if (report->sent == report->length) {
        return false;
    }
    *c = report->text[report->sent++];
    return true;
}
