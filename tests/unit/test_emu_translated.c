/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the translations of snapshots are kept, and that a snapshot cannot name any other file. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "folder.h"
#include "suite.h"
#include "snapshot/store.h"
#include "snapshot/translated.h"

static char *folder;

static bool there(const char *id)
{
    g_autofree char *path = translated_path(id);

    return g_file_test(path, G_FILE_TEST_IS_REGULAR);
}

/* A file of a new id, which has been used `age` seconds ago; the id is the caller's. */
static char *keep_one(gint64 age)
{
    char *id = translated_new_id();
    g_autofree char *path = translated_begin(id);
    const struct timespec used = {.tv_sec = (time_t)(g_get_real_time() / G_USEC_PER_SEC - age)};

    CU_ASSERT_PTR_NOT_NULL_FATAL(path);
    CU_ASSERT_TRUE_FATAL(g_file_set_contents(path, "code", -1, NULL));
    CU_ASSERT_EQUAL_FATAL(utimensat(AT_FDCWD, path, (const struct timespec[]){used, used}, 0), 0);
    CU_ASSERT_FALSE(there(id));
    CU_ASSERT_TRUE(translated_keep(path, id));
    CU_ASSERT_TRUE(there(id));
    return id;
}

static void ids_differ(void)
{
    g_autofree char *one = translated_new_id();
    g_autofree char *two = translated_new_id();

    CU_ASSERT_STRING_NOT_EQUAL(one, two);
    CU_ASSERT_PTR_NULL(translated_path(NULL));
}

static void a_snapshot_names_its_file(void)
{
    g_autofree char *id = translated_new_id();
    g_autofree char *none = translated_read_id(folder);

    CU_ASSERT_PTR_NULL(none);
    CU_ASSERT_TRUE(translated_write_id(folder, id));
    g_autofree char *back = translated_read_id(folder);
    CU_ASSERT_PTR_NOT_NULL_FATAL(back);
    CU_ASSERT_STRING_EQUAL(back, id);
}

static void a_snapshot_names_no_other_file(void)
{
    static const char *const bad[] = {
        "",
        "../../../../etc/passwd",
        "0123456789abcdef0123456789abcde",
        "0123456789abcdef0123456789abcdef0",
        "0123456789ABCDEF0123456789abcdef",
        "../23456789abcdef0123456789abcdef",
        "0123456789abcdef0123456789abcdef\n",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autofree char *path = g_build_filename(folder, "translations", NULL);
        CU_ASSERT_TRUE_FATAL(g_file_set_contents(path, bad[i], -1, NULL));
        g_autofree char *id = translated_read_id(folder);
        CU_ASSERT_PTR_NULL(id);
    }
}

static void a_deleted_snapshot_takes_its_file_along(void)
{
    struct store store;
    g_autofree char *id = keep_one(0);
    g_autofree char *other = keep_one(0);
    g_autofree char *dir = NULL;
    g_autofree char *header = NULL;

    store_init(&store, folder);
    dir = store_begin(&store, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(dir);
    header = g_build_filename(dir, STORE_HEADER, NULL);
    CU_ASSERT_TRUE(g_file_set_contents(header, "{}", -1, NULL));
    CU_ASSERT_TRUE(translated_write_id(dir, id));
    CU_ASSERT_TRUE(store_commit(&store, dir, "one", NULL));
    CU_ASSERT_TRUE(there(id));
    CU_ASSERT_TRUE(store_delete(&store, "one", NULL));
    CU_ASSERT_FALSE(there(id));
    CU_ASSERT_TRUE(there(other));
    store_clear(&store);
}

static void the_oldest_files_go(void)
{
    g_autofree char *oldest = keep_one(100000);
    g_autofree char *newest = keep_one(0);

    for (int i = 0; i < 8; i++) {
        g_autofree char *id = keep_one(100);
    }
    CU_ASSERT_FALSE(there(oldest));
    CU_ASSERT_TRUE(there(newest));
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"ids differ", ids_differ},
        {"a snapshot names its file", a_snapshot_names_its_file},
        {"a snapshot names no other file", a_snapshot_names_no_other_file},
        {"a deleted snapshot takes its file along", a_deleted_snapshot_takes_its_file_along},
        {"the oldest files go", the_oldest_files_go},
        CU_TEST_INFO_NULL,
    };
    int status;

    folder = g_dir_make_tmp("emu-translated-XXXXXX", NULL);
    g_setenv("XDG_CACHE_HOME", folder, TRUE); /* before GLib reads it */
    status = run_suite("translations of snapshots", tests);
    remove_all(folder);
    g_free(folder);
    return status;
}
