/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The metronome's histogram and report against a plain sorted list. */
#include <stdlib.h>
#include <string.h>

#include <CUnit/Basic.h>

#include "histogram.h"
#include "report.h"

#define VALUES 5000

static struct histogram histogram;

static int compare(const void *a, const void *b)
{
    const uint64_t *left = a, *right = b;

    return *left < *right ? -1 : *left > *right;
}

/* xorshift64; every run is the same. */
static uint64_t next_value(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void check_quantiles(unsigned bits)
{
    static uint64_t values[VALUES];
    uint64_t state = 42;

    histogram_reset(&histogram);
    for (unsigned i = 0; i < VALUES; i++) {
        values[i] = next_value(&state) >> (64 - bits);
        histogram_add(&histogram, values[i]);
    }
    qsort(values, VALUES, sizeof(*values), compare);
    for (uint32_t per_mille = 1; per_mille <= 1000; per_mille++) {
        uint64_t exact = values[(VALUES * per_mille + 999) / 1000 - 1];
        uint64_t got = histogram_quantile(&histogram, per_mille);

        CU_ASSERT_TRUE(got >= exact && got - exact <= exact / 1024);
        if (exact < 2048) {
            CU_ASSERT_EQUAL(got, exact);
        }
    }
    CU_ASSERT_EQUAL(histogram.min, values[0]);
    CU_ASSERT_EQUAL(histogram.max, values[VALUES - 1]);
    CU_ASSERT_EQUAL(histogram.count, VALUES);
}

static void quantiles(void)
{
    check_quantiles(8);
    check_quantiles(11);
    check_quantiles(20);
    check_quantiles(32);
}

static void limits(void)
{
    histogram_reset(&histogram);
    CU_ASSERT_EQUAL(histogram_quantile(&histogram, 500), 0);
    histogram_add(&histogram, UINT64_MAX);
    CU_ASSERT_EQUAL(histogram.max, UINT64_MAX);
    CU_ASSERT_TRUE(histogram_quantile(&histogram, 1000) >= 0xffc00000);
    histogram_reset(&histogram);
    histogram_add(&histogram, 0);
    CU_ASSERT_EQUAL(histogram_quantile(&histogram, 999), 0);
    CU_ASSERT_EQUAL(histogram.min, 0);
}

static void read_report(struct report *report, char *text)
{
    while (report_next(report, text)) {
        text++;
    }
    *text = 0;
}

static void report_line(void)
{
    struct report report = {0};
    char text[REPORT_MAX + 1];

    histogram_reset(&histogram);
    for (uint64_t i = 1; i <= 1000; i++) {
        histogram_add(&histogram, i);
    }
    report_make(&report, &histogram, 62500000);
    read_report(&report, text);
    CU_ASSERT_STRING_EQUAL(text, "metronome: n=1000 min=1 median=500 p99.9=999 max=1000 ticks, "
                                 "freq=62500000\r\n");
}

static void reports_do_not_mix(void)
{
    struct report report = {0};
    char text[REPORT_MAX + 1];

    histogram_reset(&histogram);
    report_make(&report, &histogram, 1);
    CU_ASSERT_TRUE(report_next(&report, text));
    histogram_add(&histogram, 7);
    report_make(&report, &histogram, 1); /* the first is still leaving */
    read_report(&report, text + 1);
    CU_ASSERT_STRING_EQUAL(text, "metronome: n=0 min=0 median=0 p99.9=0 max=0 ticks, freq=1\r\n");
    CU_ASSERT_FALSE(report_next(&report, text));
    histogram.count = histogram.min = histogram.max = UINT64_MAX;
    report_make(&report, &histogram, UINT64_MAX);
    read_report(&report, text);
    CU_ASSERT_TRUE(strlen(text) < REPORT_MAX);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "freq=18446744073709551615\r\n"));
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"quantiles", quantiles},
        {"limits", limits},
        {"report line", report_line},
        {"reports do not mix", reports_do_not_mix},
        CU_TEST_INFO_NULL,
    };
    CU_SuiteInfo suites[] = {{"metronome", NULL, NULL, NULL, NULL, (CU_TestInfo *)tests},
                             CU_SUITE_INFO_NULL};
    unsigned failures;

    if (CU_initialize_registry() != CUE_SUCCESS || CU_register_suites(suites) != CUE_SUCCESS) {
        return 1;
    }
    CU_basic_set_mode(CU_BRM_VERBOSE);
    if (CU_basic_run_tests() != CUE_SUCCESS) {
        return 1;
    }
    failures = CU_get_number_of_failures();
    CU_cleanup_registry();
    return failures != 0;
}
