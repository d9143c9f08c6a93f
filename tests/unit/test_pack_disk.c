/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Data disks: made, grown with what is on them, and refused when they cannot be used. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "data_disk.h"
#include "format.h"
#include "pack_fixture.h"

#define GIB 0x40000000ull
#define MIB 0x100000ull

static guint64 file_size(const char *path)
{
    GStatBuf status;

    return g_stat(path, &status) ? 0 : (guint64)status.st_size;
}

/* Bytes of the ext4 file system in the image. */
static guint64 content_size(const char *path)
{
    guint8 head[4096];
    int fd = g_open(path, O_RDONLY);

    CU_ASSERT_EQUAL(read(fd, head, sizeof(head)), sizeof(head));
    close(fd);
    return pack_format_size(head, sizeof(head));
}

static void disk_refused(const char *path, guint64 size, const char *part)
{
    g_autoptr(GError) error = NULL;
    gboolean grown;
    guint64 before = file_size(path);

    CU_ASSERT_FALSE(pack_data_disk_make(path, size, &grown, &error));
    CU_ASSERT_PTR_NOT_NULL_FATAL(error);
    if (!strstr(error->message, part)) {
        g_printerr("said: %s\nwanted: %s\n", error->message, part);
    }
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, part));
    CU_ASSERT_PTR_NULL(strchr(error->message, '\n'));
    CU_ASSERT_EQUAL(file_size(path), before);
}

/* Whether `text` is somewhere in the image. */
static gboolean holds(const char *path, const char *text)
{
    g_autofree char *data = NULL;
    gsize size;

    return g_file_get_contents(path, &data, &size, NULL) &&
           memmem(data, size, text, strlen(text)) != NULL;
}

/* A file in the file system, without mounting it. */
static void store(const struct fixture *f, const char *path, const char *text)
{
    g_autofree char *file = fixture_write(f, "note", text);
    g_autofree char *command = g_strdup_printf("write %s note", file);
    const char *argv[] = {"debugfs", "-w", "-R", command, path, NULL};

    CU_ASSERT_TRUE(
        g_spawn_sync(NULL, (char **)argv, NULL,
                     G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                     NULL, NULL, NULL, NULL, NULL, NULL));
}

static void data_disk_grows(void)
{
    struct fixture f;
    g_autofree char *path = NULL;
    gboolean grown = TRUE;

    fixture_init(&f, GIB);
    path = g_build_filename(f.folder, "data.img", NULL);
    CU_ASSERT_TRUE_FATAL(pack_data_disk_make(path, 17 * MIB, &grown, NULL));
    CU_ASSERT_FALSE(grown);
    CU_ASSERT_EQUAL(file_size(path), 32 * MIB);
    CU_ASSERT_EQUAL(content_size(path), 32 * MIB);
    store(&f, path, "what the user wrote");
    CU_ASSERT_TRUE(pack_data_disk_make(path, 30 * MIB, &grown, NULL));
    CU_ASSERT_FALSE(grown);
    CU_ASSERT_TRUE(pack_data_disk_make(path, 100 * MIB, &grown, NULL));
    CU_ASSERT_TRUE(grown);
    CU_ASSERT_EQUAL(file_size(path), 128 * MIB);
    CU_ASSERT_EQUAL(content_size(path), 128 * MIB);
    CU_ASSERT_TRUE(holds(path, "what the user wrote"));
    disk_refused(path, 32 * MIB, "has 128 MiB, more than the description's data size of 32 MiB");
    fixture_finish(&f);
}

/* What lies over a disk shows it as it was: it must stay so. */
static void data_disk_below_snapshots(void)
{
    struct fixture f;
    gboolean grown;

    fixture_init(&f, GIB);
    g_autofree char *persona = g_build_filename(f.folder, "personal", NULL);
    g_autofree char *snapshots = g_build_filename(f.folder, "snapshots", NULL);
    g_autofree char *path = g_build_filename(persona, "data.img", NULL);
    g_autofree char *present = g_build_filename(snapshots, "present.json", NULL);
    CU_ASSERT_EQUAL_FATAL(g_mkdir(persona, 0700), 0);
    CU_ASSERT_EQUAL_FATAL(g_mkdir(snapshots, 0700), 0);
    CU_ASSERT_TRUE_FATAL(pack_data_disk_make(path, 32 * MIB, &grown, NULL));
    CU_ASSERT_TRUE_FATAL(g_file_set_contents(present, "{}", -1, NULL));
    CU_ASSERT_TRUE(pack_data_disk_make(path, 32 * MIB, &grown, NULL));
    disk_refused(path, 64 * MIB, "pack does not grow a disk that snapshots lie over");
    g_unlink(present);
    g_unlink(path);
    g_rmdir(snapshots);
    g_rmdir(persona);
    fixture_finish(&f);
}

/* A guest made a qcow2 file of it, over one of the host's: it is a raw disk all the same. */
static void data_disk_stays_raw(void)
{
    const guint8 size[] = {0, 0, 0, 0, 0x08, 0, 0, 0}; /* 128 MiB, big endian */
    guint8 head[4096] = "QFI\xfb\0\0\0\3";
    struct fixture f;
    gboolean grown;
    gsize length;

    fixture_init(&f, GIB);
    g_autofree char *path = fixture_write(&f, "data.img", "");
    g_autofree char *content = NULL;
    memcpy(head + 24, size, sizeof(size));
    head[14] = 1; /* the name of the file below: at 256 */
    head[19] = sizeof("/etc/hostname") - 1;
    memcpy(head + 256, "/etc/hostname", sizeof("/etc/hostname"));
    CU_ASSERT_TRUE_FATAL(g_file_set_contents(path, (char *)head, sizeof(head), NULL));
    CU_ASSERT_EQUAL_FATAL(truncate(path, 16 * MIB), 0);
    CU_ASSERT_TRUE(pack_data_disk_make(path, 16 * MIB, &grown, NULL));
    CU_ASSERT_TRUE(pack_data_disk_make(path, 32 * MIB, &grown, NULL) && grown);
    CU_ASSERT_TRUE_FATAL(g_file_get_contents(path, &content, &length, NULL));
    CU_ASSERT_TRUE(length == 32 * MIB && memcmp(content, head, sizeof(head)) == 0);
    fixture_finish(&f);
}

static void data_disk_unusable(void)
{
    struct flock lock = {.l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = 100, .l_len = 1};
    struct fixture f;
    g_autofree char *path = NULL;
    gboolean grown;
    int fd;

    fixture_init(&f, GIB);
    path = fixture_write(&f, "data.img", "ten bytes\n");
    disk_refused(path, 32 * MIB, "truncated: its size is not what it was made with");
    g_unlink(path);
    CU_ASSERT_EQUAL(g_mkdir(path, 0700), 0);
    disk_refused(path, 32 * MIB, "it is a persona's data disk: mend it");
    g_rmdir(path);
    CU_ASSERT_TRUE(pack_data_disk_make(path, 32 * MIB, &grown, NULL));
    CU_ASSERT_EQUAL(truncate(path, 16 * MIB), 0);
    disk_refused(path, 16 * MIB, "truncated");
    g_unlink(path);
    CU_ASSERT_TRUE(pack_data_disk_make(path, 32 * MIB, &grown, NULL));
    fd = g_open(path, O_RDWR);
    CU_ASSERT_EQUAL(fcntl(fd, F_OFD_SETLK, &lock), 0);
    disk_refused(path, 64 * MIB, "`booth stop` first");
    CU_ASSERT_TRUE(pack_data_disk_make(path, 32 * MIB, &grown, NULL));
    close(fd);
    fixture_finish(&f);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"a data disk grows", data_disk_grows},
        {"disks below snapshots", data_disk_below_snapshots},
        {"a data disk stays raw", data_disk_stays_raw},
        {"data disks that cannot be used", data_disk_unusable},
        CU_TEST_INFO_NULL,
    };

    return fixture_run("pack: data disks", tests);
}
