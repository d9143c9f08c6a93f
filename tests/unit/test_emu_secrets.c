/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A handset's fuses: blown once, each handset's its own, nothing written by a trial. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "phone/secrets.h"
#include "folder.h"
#include "suite.h"

static char *folder;

/* A new empty folder, the caller's. */
static char *new_handset(const char *name)
{
    char *dir = g_build_filename(folder, name, NULL);

    CU_ASSERT_EQUAL_FATAL(g_mkdir(dir, 0700), 0);
    return dir;
}

/* What the fuses of `dir` are, the caller's; NULL: there are none. */
static char *fuses_of(const char *dir)
{
    g_autofree char *path = g_build_filename(dir, SECRETS_FUSES_FILE, NULL);
    char *fuses = NULL;
    gsize length = 0;

    g_file_get_contents(path, &fuses, &length, NULL);
    CU_ASSERT_TRUE(!fuses || length == SECRETS_FUSES_SIZE);
    return fuses;
}

static bool prepare(const char *dir, bool trial, char **said)
{
    struct secrets secrets;
    g_autoptr(GError) error = NULL;
    bool done = secrets_prepare(&secrets, dir, trial, &error);

    CU_ASSERT_EQUAL(done, error == NULL);
    *said = error ? g_strdup(error->message) : g_strdup(secrets.fuses);
    secrets_clear(&secrets);
    return done;
}

static void are_blown_once(void)
{
    g_autofree char *one = new_handset("one"), *two = new_handset("two");
    g_autofree char *path = g_build_filename(one, SECRETS_FUSES_FILE, NULL);
    g_autofree char *said = NULL, *again = NULL, *other = NULL;
    struct stat info;

    CU_ASSERT_TRUE_FATAL(prepare(one, false, &said));
    CU_ASSERT_STRING_EQUAL(said, path);
    g_autofree char *first = fuses_of(one);
    CU_ASSERT_PTR_NOT_NULL_FATAL(first);
    CU_ASSERT_TRUE(prepare(one, false, &again));
    g_autofree char *second = fuses_of(one);
    CU_ASSERT_EQUAL(memcmp(first, second, SECRETS_FUSES_SIZE), 0);
    CU_ASSERT_TRUE(prepare(two, false, &other));
    g_autofree char *theirs = fuses_of(two);
    CU_ASSERT_NOT_EQUAL(memcmp(first, theirs, SECRETS_FUSES_SIZE), 0);
    CU_ASSERT_EQUAL_FATAL(stat(path, &info), 0);
    CU_ASSERT_EQUAL(info.st_mode & 0777, 0600);
    g_autoptr(GDir) dir = g_dir_open(one, 0, NULL);
    CU_ASSERT_STRING_EQUAL(g_dir_read_name(dir), SECRETS_FUSES_FILE);
    CU_ASSERT_PTR_NULL(g_dir_read_name(dir));
}

static void a_trial_writes_nothing(void)
{
    g_autofree char *dir = new_handset("trial");
    g_autofree char *said = NULL, *now = NULL;

    CU_ASSERT_TRUE(prepare(dir, true, &said));
    CU_ASSERT_PTR_NULL(said);
    g_autofree char *none = fuses_of(dir);
    CU_ASSERT_PTR_NULL(none);
    g_free(said);
    CU_ASSERT_TRUE(prepare(dir, false, &said));
    CU_ASSERT_TRUE(prepare(dir, true, &now));
    CU_ASSERT_STRING_EQUAL(said, now);
}

static void refuses_what_are_none(void)
{
    g_autofree char *dir = new_handset("wrong");
    g_autofree char *path = g_build_filename(dir, SECRETS_FUSES_FILE, NULL);
    g_autofree char *said = NULL, *gone = NULL;

    CU_ASSERT_TRUE_FATAL(g_file_set_contents(path, "short", -1, NULL));
    CU_ASSERT_FALSE(prepare(dir, false, &said));
    CU_ASSERT_PTR_NOT_NULL(strstr(said, path));
    CU_ASSERT_PTR_NULL(strchr(said, '\n'));
    g_unlink(path);
    g_rmdir(dir);
    CU_ASSERT_FALSE(prepare(dir, false, &gone));
    CU_ASSERT_PTR_NOT_NULL(strstr(gone, dir));
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"are blown once", are_blown_once},
        {"a trial writes nothing", a_trial_writes_nothing},
        {"refuses what are none", refuses_what_are_none},
        CU_TEST_INFO_NULL,
    };
    int status;

    folder = g_dir_make_tmp("emu-secrets-XXXXXX", NULL);
    status = run_suite("fuses of a handset", tests);
    remove_all(folder);
    g_free(folder);
    return status;
}
