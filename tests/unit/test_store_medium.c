/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The secure store's medium: what is kept, what is refused, and that a failed write changes
 * nothing. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "store_medium.h"
#include "suite.h"

static char *folder, *path;
static StoreMedium medium;
static uint8_t data[STORE_SLOT_SIZE], back[STORE_SLOT_SIZE];

static void open_medium(void)
{
    g_autoptr(GError) error = NULL;

    CU_ASSERT_TRUE_FATAL(store_medium_open(&medium, path, &error));
}

static void open_again(void)
{
    store_medium_close(&medium);
    open_medium();
}

static void fill(uint8_t value)
{
    memset(data, value, sizeof(data));
}

static bool slot_has(uint32_t slot, uint8_t value)
{
    memset(back, ~value, sizeof(back));
    if (store_medium_read(&medium, slot, back) != STORE_DONE) {
        return false;
    }
    fill(value);
    return memcmp(back, data, sizeof(back)) == 0;
}

static void is_empty_at_first(void)
{
    g_remove(path);
    open_medium();
    CU_ASSERT_EQUAL(medium.counter, 0);
    CU_ASSERT_TRUE(slot_has(0, 0));
    CU_ASSERT_TRUE(slot_has(STORE_SLOTS - 1, 0));
    CU_ASSERT_EQUAL(store_medium_read(&medium, STORE_SLOTS, back), STORE_BAD_SLOT);
    CU_ASSERT_FALSE(g_file_test(path, G_FILE_TEST_EXISTS));
    store_medium_close(&medium);
}

static void keeps_what_is_written(void)
{
    struct stat info;

    g_remove(path);
    open_medium();
    fill(1);
    CU_ASSERT_EQUAL(store_medium_write(&medium, 0, data, 0), STORE_DONE);
    fill(2);
    CU_ASSERT_EQUAL(store_medium_write(&medium, 15, data, 1), STORE_DONE);
    CU_ASSERT_EQUAL(store_medium_count(&medium, 2), STORE_DONE);
    open_again();
    CU_ASSERT_EQUAL(medium.counter, 3);
    CU_ASSERT_TRUE(slot_has(0, 1));
    CU_ASSERT_TRUE(slot_has(15, 2));
    CU_ASSERT_TRUE(slot_has(7, 0));
    CU_ASSERT_EQUAL_FATAL(stat(path, &info), 0);
    CU_ASSERT_EQUAL(info.st_mode & 0777, 0600);
    store_medium_close(&medium);
}

static void takes_no_other_counter(void)
{
    g_remove(path);
    open_medium();
    fill(1);
    CU_ASSERT_EQUAL(store_medium_write(&medium, 3, data, 0), STORE_DONE);
    fill(9);
    CU_ASSERT_EQUAL(store_medium_write(&medium, 3, data, 0), STORE_NOT_EXPECTED);
    CU_ASSERT_EQUAL(store_medium_write(&medium, 3, data, 2), STORE_NOT_EXPECTED);
    CU_ASSERT_EQUAL(store_medium_write(&medium, 16, data, 1), STORE_BAD_SLOT);
    CU_ASSERT_EQUAL(store_medium_count(&medium, UINT64_MAX), STORE_NOT_EXPECTED);
    CU_ASSERT_EQUAL(medium.counter, 1);
    CU_ASSERT_TRUE(slot_has(3, 1));
    medium.counter = UINT64_MAX; /* it does not start anew */
    CU_ASSERT_EQUAL(store_medium_count(&medium, UINT64_MAX), STORE_NOT_EXPECTED);
    CU_ASSERT_EQUAL(medium.counter, UINT64_MAX);
    store_medium_close(&medium);
}

static void a_failed_write_changes_nothing(void)
{
    char *elsewhere = g_build_filename(folder, "missing", "store", NULL);

    g_remove(path);
    open_medium();
    fill(1);
    CU_ASSERT_EQUAL(store_medium_write(&medium, 3, data, 0), STORE_DONE);
    g_free(medium.path);
    medium.path = elsewhere; /* a folder that is not there: no file can be made, by root neither */
    fill(2);
    CU_ASSERT_EQUAL(store_medium_write(&medium, 3, data, 1), STORE_FAILED);
    CU_ASSERT_EQUAL(store_medium_count(&medium, 1), STORE_FAILED);
    CU_ASSERT_EQUAL(medium.counter, 1);
    CU_ASSERT_TRUE(slot_has(3, 1));
    open_again();
    CU_ASSERT_EQUAL(medium.counter, 1);
    CU_ASSERT_TRUE(slot_has(3, 1));
    store_medium_close(&medium);
}

static void refuses(const char *text, gsize length)
{
    g_autoptr(GError) error = NULL;

    CU_ASSERT_TRUE_FATAL(g_file_set_contents(path, text, (gssize)length, NULL));
    CU_ASSERT_FALSE(store_medium_open(&medium, path, &error));
    CU_ASSERT_PTR_NOT_NULL_FATAL(error);
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, path));
    CU_ASSERT_PTR_NULL(strchr(error->message, '\n'));
    CU_ASSERT_PTR_NULL(medium.path);
}

static void refuses_a_damaged_file(void)
{
    g_autofree char *file = NULL;
    gsize length;

    g_remove(path);
    open_medium();
    CU_ASSERT_EQUAL(store_medium_count(&medium, 0), STORE_DONE);
    store_medium_close(&medium);
    CU_ASSERT_TRUE_FATAL(g_file_get_contents(path, &file, &length, NULL));
    refuses("", 0);
    refuses(file, length - 1);
    for (gsize at = 0; at < length; at += 97) {
        file[at] ^= 0x10;
        refuses(file, length);
        file[at] ^= 0x10;
    }
    CU_ASSERT_TRUE_FATAL(g_file_set_contents(path, file, (gssize)length, NULL));
    open_medium();
    CU_ASSERT_EQUAL(medium.counter, 1);
    store_medium_close(&medium);
}

static void forgets_its_file(void)
{
    g_remove(path);
    open_medium();
    CU_ASSERT_EQUAL(store_medium_count(&medium, 0), STORE_DONE);
    store_medium_close(&medium);
    fill(5);
    CU_ASSERT_EQUAL(store_medium_write(&medium, 0, data, 1), STORE_DONE);
    CU_ASSERT_TRUE(slot_has(0, 5));
    open_again();
    CU_ASSERT_EQUAL(medium.counter, 1);
    CU_ASSERT_TRUE(slot_has(0, 0));
    store_medium_close(&medium);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"is empty at first", is_empty_at_first},
        {"keeps what is written", keeps_what_is_written},
        {"takes no other counter", takes_no_other_counter},
        {"a failed write changes nothing", a_failed_write_changes_nothing},
        {"refuses a damaged file", refuses_a_damaged_file},
        {"forgets its file", forgets_its_file},
        CU_TEST_INFO_NULL,
    };
    int status;

    folder = g_dir_make_tmp("store-medium-XXXXXX", NULL);
    path = g_build_filename(folder, "secure-store.bin", NULL);
    status = run_suite("secure store's medium", tests);
    g_remove(path);
    g_rmdir(folder);
    g_free(path);
    g_free(folder);
    return status;
}
