/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* For fuzz targets, in CUnit's place: what does not hold ends the program. */
#ifndef FUZZ_CUNIT_H
#define FUZZ_CUNIT_H

#include <stdio.h>
#include <stdlib.h>

static inline void fuzz_check(int holds, const char *what, const char *file, int line)
{
    if (!holds) {
        fprintf(stderr, "%s:%d: %s\n", file, line, what);
        abort();
    }
}

#define CU_ASSERT(c)                    fuzz_check(!!(c), #c, __FILE__, __LINE__)
#define CU_FAIL(what)                   fuzz_check(0, what, __FILE__, __LINE__)
#define CU_ASSERT_TRUE(c)               CU_ASSERT(c)
#define CU_ASSERT_TRUE_FATAL(c)         CU_ASSERT(c)
#define CU_ASSERT_FALSE(c)              CU_ASSERT(!(c))
#define CU_ASSERT_EQUAL(a, b)           CU_ASSERT((a) == (b))
#define CU_ASSERT_PTR_EQUAL_FATAL(a, b) CU_ASSERT((a) == (b))
#define CU_ASSERT_PTR_NOT_NULL_FATAL(a) CU_ASSERT((a) != NULL)
#define CU_ASSERT_PTR_NOT_NULL(a)       CU_ASSERT((a) != NULL)
#define CU_ASSERT_STRING_EQUAL(a, b)    CU_ASSERT(!strcmp(a, b))
#define CU_ASSERT_PTR_NULL(a)           CU_ASSERT((a) == NULL)
#define CU_ASSERT_PTR_EQUAL(a, b)       CU_ASSERT((a) == (b))
#define CU_ASSERT_NOT_EQUAL(a, b)       CU_ASSERT((a) != (b))
#define CU_FAIL(what)                   fuzz_check(0, what, __FILE__, __LINE__)
#define CU_get_number_of_failures()     0u
#define CU_initialize_registry()        0
#define CU_cleanup_registry()           (void)0
#define CU_add_suite(name, start, end)  NULL
#define CU_add_test(suite, name, test)  ((void)(suite), (void)(test), (CU_pTest)1)
#define CU_basic_set_mode(mode)         (void)0
#define CU_basic_run_tests()            0
#define CU_TEST_INFO_NULL \
    {                     \
        NULL, NULL        \
    }

typedef void (*CU_TestFunc)(void);
typedef void *CU_pSuite, *CU_pTest;
typedef struct {
    const char *pName;
    CU_TestFunc pTestFunc;
} CU_TestInfo;
enum { CUE_SUCCESS, CU_BRM_VERBOSE, CU_BRM_NORMAL };

#endif
