/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <CUnit/CUnit.h>
#include <errno.h>
#include <string.h>

#include "phone/trouble.h"

#include "suite.h"

static struct handset handset = {.emmc = {"/h/system.img", "/h/data.img"}};

/* What is printed for an error; the caller's to free. */
static char *note(struct trouble *trouble, unsigned slot, enum disk_operation operation, int error,
                  bool waits)
{
    const struct disk_error what = {slot, operation, error, waits};

    return trouble_note(trouble, &handset, &what);
}

/* Free after use. */
static void check_has(char *line, const char *text)
{
    CU_ASSERT_PTR_NOT_NULL_FATAL(line);
    CU_ASSERT_PTR_NOT_NULL(strstr(line, text));
    g_free(line);
}

static void test_none(void)
{
    struct trouble trouble = {0};

    CU_ASSERT_PTR_NULL(trouble_line(&trouble, &handset));
    CU_ASSERT_FALSE(trouble_waits(&trouble));
    CU_ASSERT_PTR_NULL(note(&trouble, 1, DISK_WRITE, 0, false));
    CU_ASSERT_PTR_NULL(note(&trouble, 99, DISK_WRITE, EIO, false));
}

static void test_told(void)
{
    struct trouble trouble = {0};

    check_has(note(&trouble, 1, DISK_WRITE, EIO, false), "/h/data.img");
    CU_ASSERT_PTR_NULL(note(&trouble, 1, DISK_WRITE, EIO, false));
    check_has(trouble_line(&trouble, &handset), "2 times: Input/output error");
    check_has(note(&trouble, 1, DISK_READ, EIO, false), "could not be read");
    check_has(note(&trouble, 1, DISK_WRITE, EFBIG, false), "File too large");
    CU_ASSERT_FALSE(trouble_waits(&trouble));
}

static void test_full(void)
{
    struct trouble trouble = {0};

    check_has(note(&trouble, 1, DISK_READ, EIO, false), "could not be read");
    check_has(note(&trouble, 1, DISK_WRITE, ENOSPC, true), "booth resume");
    CU_ASSERT_PTR_NULL(note(&trouble, 1, DISK_WRITE, ENOSPC, true));
    CU_ASSERT_TRUE(trouble_waits(&trouble));
    check_has(trouble_line(&trouble, &handset), "No space left on device");
    check_has(note(&trouble, 1, DISK_WRITE, 0, false), "there is room again");
    CU_ASSERT_FALSE(trouble_waits(&trouble));
    check_has(trouble_line(&trouble, &handset), "could not be read");
}

static void test_system(void)
{
    struct trouble trouble = {0};

    check_has(note(&trouble, 0, DISK_WRITE, ENOSPC, true), "temporary copy");
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"none", test_none},
                                        {"told to the guests", test_told},
                                        {"no room", test_full},
                                        {"system image", test_system},
                                        CU_TEST_INFO_NULL};

    return run_suite("trouble", tests);
}
