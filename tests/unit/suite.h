/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The main() of a unit test with one suite, exit status 0 when all assertions hold; none is a
 * failure. */
#ifndef SUITE_H
#define SUITE_H

#include <CUnit/Basic.h>

static int run_suite(const char *name, const CU_TestInfo *tests)
{
    CU_pSuite suite;
    unsigned failures;

    if (CU_initialize_registry() != CUE_SUCCESS || !(suite = CU_add_suite(name, NULL, NULL))) {
        return 1;
    }
    for (; tests->pName; tests++) {
        if (!CU_add_test(suite, tests->pName, tests->pTestFunc)) {
            return 1;
        }
    }
    CU_basic_set_mode(CU_BRM_VERBOSE);
    if (CU_basic_run_tests() != CUE_SUCCESS) {
        return 1;
    }
    failures = CU_get_number_of_failures();
    if (CU_get_number_of_asserts() == 0) {
        failures++;
    }
    CU_cleanup_registry();
    return failures != 0;
}

#endif
